/*
 * peer_graph.h - components, as the peers number them.
 */
#ifndef ENGINE_PEER_GRAPH_H
#define ENGINE_PEER_GRAPH_H

#include "engine/tick.h"

/* Vertices by rank: in byte order of the accounts' names. */
struct peer_tie {
	uint32_t a, b;
};

struct peer_component {
	uint32_t number;	/* from 1, the largest first, then by its first vertex; 0: no tie */
	uint32_t size;
};

/* out: one a vertex. False if cancelled. */
bool peer_components(const struct peer_tie *ties, size_t count, size_t vertices,
		     struct peer_component *out, struct ticker *t)
	__attribute__((nonnull(4, 5), warn_unused_result));

#endif
