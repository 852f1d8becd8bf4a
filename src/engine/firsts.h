/*
 * firsts.h - who of a group is first, and how long the others take.
 *
 * On each object that two members or more shared, their first acts are put in
 * order. Who acted before all others is first on it; on a tie nobody is. The
 * others' lag is the time since the first act. Objects are those of all fused
 * networks, so a source and a link in one post count twice, for everybody.
 */
#ifndef ENGINE_FIRSTS_H
#define ENGINE_FIRSTS_H

#include "engine/scene.h"

/* Fills leader, common, lags and firsts of result->groups: the scene's, in their order. */
CLAQUE_CHECKED enum claque_rc firsts_fill(const struct scene *s,
	const struct claque_progress *progress, struct claque_result *result);

#endif
