/*
 * near.h - who stands next to whom: in time on a source that both shared, in
 * the order in which accounts were made, in the order of identity changes.
 *
 * All of them are sequences of accounts in the order of a time. The neighbours
 * of an account in a sequence are the few before and after it, if they are
 * not too far away. What share of an account's neighbours belongs to an
 * operation is a better guess at its own chances than the share of the whole
 * file (the collective step of relational classification: Macskassy and
 * Provost 2007), and it takes O(acts) however popular an object is. The share
 * is estimated from the neighbours' likelihoods, over a grid of shares; as
 * neighbours are alike in many ways, they count as NEAR_WORTH at most.
 */
#ifndef ENGINE_NEAR_H
#define ENGINE_NEAR_H

#include "engine/workings.h"

struct near_place {
	int64_t at;
	uint32_t account;	/* number */
};

/* One kind of neighbourhood. */
struct near {
	const char *name;
	struct near_place *places;
	size_t count, cap;
	uint64_t *from;		/* sequence s: places[from[s] .. from[s + 1]] */
	size_t sequences, from_cap;
	unsigned reach;		/* so many to either side */
	int64_t span_ms;	/* and no farther than this */
	double most, least;	/* log odds are cut to this */
};

#define NEAR_WORTH 12.0

/* Each account once in a sequence: its first act. */
void near_of_acts(struct near *n, const struct coact *acts, const struct claque_dataset *ds);
void near_of_births(struct near *n, const struct claque_dataset *ds);
void near_of_changes(struct near *n, const struct claque_dataset *ds);
void near_done(struct near *n);

/*
 * Adds to log_odds[] (by account number) how much likelier its neighbours make
 * it that an account is of an operation than the prior does. own: natural-log
 * likelihood ratios of the accounts by themselves; never what neighbours say
 * of them in their turn, or a circle of friends would convict itself.
 */
void near_add(const struct near *n, const double *own, uint32_t accounts, double prior,
	      double *log_odds);

#endif
