/*
 * inside.h - what the validated edges inside a group tell of it: cells, and
 * which kind of evidence joins its accounts across platforms.
 */
#ifndef ENGINE_INSIDE_H
#define ENGINE_INSIDE_H

#include "engine/scene.h"

/* Fills cells and platforms of result->groups, the scene's in their order, and their members' cell. */
CLAQUE_CHECKED enum claque_rc inside_fill(const struct scene *s,
	const struct claque_progress *progress, struct claque_result *result,
	struct claque_err *err);

#endif
