/* leiden.h - one Leiden iteration; cluster.c repeats it. */
#ifndef ENGINE_LEIDEN_H
#define ENGINE_LEIDEN_H

#include "base/rng.h"
#include "engine/graph.h"

/*
 * Improves part[] (values below g->count) on a graph whose quality is
 *     sum over parts of (weight inside - penalty * mass^2 / 2).
 * *moved: whether anything did. STOPPED leaves part[] unspecified.
 */
CLAQUE_CHECKED enum claque_rc leiden_iterate(const struct graph *g, double penalty,
	struct rng *rng, uint32_t *part, bool *moved, const struct claque_progress *progress);

#endif
