/*
 * score.h - a scoring that can be asked afterwards: claque_score() is this and
 * scene_done().
 */
#ifndef ENGINE_SCORE_H
#define ENGINE_SCORE_H

#include "engine/scene.h"

struct score_ask {
	const struct claque_score_settings *settings;
	/* Groups come with innocent explanations, surrogates, stability and firsts. */
	bool measured;
};

/* On OK both are the caller's: the scene, which is good while settings are, and the result. */
CLAQUE_CHECKED enum claque_rc score_scene_of(const struct claque_dataset *ds,
	const struct score_ask *ask, const struct claque_progress *progress, struct scene *scene,
	struct claque_result **out, struct claque_err *err);

#endif
