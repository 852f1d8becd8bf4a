/*
 * stability.h - who is in a group only because of the window or the seed.
 *
 * The graph is clustered again: once for each time window, with the edges that
 * stand out in it alone, and with STABILITY_SEEDS other seeds. A member is
 * stable by so many of these looks as put it together with more than half of
 * its group. The lesser ties of suspects have no window; they count in the
 * whole period and with the seeds.
 */
#ifndef ENGINE_STABILITY_H
#define ENGINE_STABILITY_H

#include "engine/scene.h"

enum { STABILITY_SEEDS = 5, STABILITY_LOOKS = WINDOW_COUNT + STABILITY_SEEDS };

/* Fills stability and looks of the members of result->groups: the scene's, in their order. */
CLAQUE_CHECKED enum claque_rc stability_fill(const struct scene *s,
	const struct claque_progress *progress, struct claque_result *result,
	struct claque_err *err);

#endif
