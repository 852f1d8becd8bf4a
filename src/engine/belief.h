/*
 * belief.h - how surely each account belongs to an operation: what it shows
 * itself, and what its neighbours show.
 *
 *     x_i = logit(prior) + own prior_i + ties_i + sum of traits_i + like_i + sum of neighbourhoods_i
 *
 * Traits are capped one by one, so that no sign convicts. What everybody else
 * in the file looks like depends on who is believed in an operation, so both
 * are found by turns, in a fixed number of rounds.
 */
#ifndef ENGINE_BELIEF_H
#define ENGINE_BELIEF_H

#include "engine/near.h"
#include "engine/trait.h"

enum { NEAR_COUNT = 3 };

struct belief {
	const struct claque_dataset *ds;
	uint32_t accounts;
	struct trait traits[CLAQUE_SIGNAL_COUNT];
	size_t trait_count;
	struct near near[NEAR_COUNT];
	double *ties;		/* by account number: given by the caller, log odds */
	/* By account number, log odds: */
	double *own;		/* sum of the traits of deception */
	double *open;		/* sum of the traits of overtness */
	double *around;		/* of the neighbourhoods */
	double *alone;		/* own and open together, cut: what neighbours hear of it */
	double *like;		/* habits like those of the leads found first */
	bool *seed;		/* of those leads */
	double *at;		/* logistic(all): 0..1; 0 for an account that was cleared */
};

/* ties: the caller's, by account number. */
CLAQUE_CHECKED enum claque_rc belief_init(struct belief *b, const struct workings *w,
	const bool *off, const double *ties, double prior,
	const struct claque_progress *progress, struct claque_err *err);
/*
 * Looks for more like these. seed: the caller's, by account number: members of
 * leads. What operations look like is then read off the seeds, too, and who
 * stands next to a seed hears of an operation.
 */
CLAQUE_CHECKED enum claque_rc belief_extend(struct belief *b, const bool *seed, double prior,
	const struct claque_progress *progress);
void belief_done(struct belief *b);

#endif
