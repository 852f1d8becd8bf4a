/*
 * score.h - a scoring that can be asked afterwards: claque_score() is this and
 * scene_done().
 */
#ifndef ENGINE_SCORE_H
#define ENGINE_SCORE_H

#include "engine/scene.h"

/* On OK both are the caller's: the scene, which is good while settings is, and the result. */
CLAQUE_CHECKED enum claque_rc score_scene_of(const struct claque_dataset *ds,
	const struct claque_score_settings *settings, const struct claque_progress *progress,
	struct scene *scene, struct claque_result **out, struct claque_err *err);

#endif
