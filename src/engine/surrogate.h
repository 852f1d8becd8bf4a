/*
 * surrogate.h - groups and their figures in worlds without coordination: the
 * acts dealt anew (redeal.h), everything behind them done again.
 *
 * A p-value rests on a formula; this asks the same question of worlds that
 * keep the file's bursts, rhythms and popularity. Who is suspected stays as it
 * is: traits belong to accounts and are not dealt.
 *
 * Networks are dealt one by one, with the same shift of an account in all. So a
 * post that carries a link and a picture is no double evidence in a surrogate
 * world, and the number of groups there is a little low.
 */
#ifndef ENGINE_SURROGATE_H
#define ENGINE_SURROGATE_H

#include "engine/scene.h"

/*
 * Fills the surrogate figures of result->groups, which are the scene's groups in
 * their order, of their evidence, and result->surrogates.
 */
CLAQUE_CHECKED enum claque_rc surrogate_fill(const struct scene *s,
	const struct claque_progress *progress, struct claque_result *result,
	struct claque_err *err);

#endif
