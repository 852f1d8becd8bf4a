/*
 * kept.h - the acts that count for one signal, and how active everybody is.
 *
 * Objects over the cap leave both the acts and the degrees: a null model
 * must be measured on what is compared with it.
 *
 * An act without a time takes no part, and is counted.
 */
#ifndef ENGINE_KEPT_H
#define ENGINE_KEPT_H

#include "engine/coact.h"

struct act {
	int64_t at;
	uint32_t account;	/* rank */
	uint32_t object;	/* number of the coact */
};

/* One account's distinct objects in one week. */
struct load {
	uint32_t week, objects;
};

struct kept {
	const struct claque_dataset *ds;
	struct act *acts;	/* by object, time; only objects of two accounts or more */
	uint32_t *rows;		/* the post behind each act */
	uint64_t *keys;		/* by object: its key */
	size_t act_count, acts_cap, rows_cap;
	uint64_t *runs;		/* first act of each object, and the end */
	size_t run_count, runs_cap;

	uint32_t account_count;	/* ranks; of the dataset */
	uint32_t active;	/* accounts with an act that counts */
	uint32_t *objects;	/* distinct objects by rank, whole period */
	struct load *loads;	/* of rank r: loads[load_from[r] .. load_from[r + 1]], by week */
	uint64_t *load_from;
	double *week_phi;	/* phi_b by week */
	double phi;		/* the same without strata */
	double week_pairs, pairs;	/* same-object pairs of accounts, in a week and in all */

	uint64_t hot_objects, hot_shares, undated_shares;
};

/* acts: sorted; not needed afterwards. */
CLAQUE_CHECKED enum claque_rc kept_init(struct kept *k, const struct claque_dataset *ds,
	const struct coact *acts, uint32_t object_cap, const struct claque_progress *progress);
void kept_done(struct kept *k);

/*
 * The part of all co-shares in the file that falls to this pair of ranks if
 * chance alone deals them. Times the co-shares seen within a window, that is
 * lambda for the window. The larger of two answers: with weeks as strata, and
 * without (which is what is left for two accounts that meet over midnight on
 * Sunday only).
 */
double kept_pair_part(const struct kept *k, uint32_t a, uint32_t b);
/* The same summed over all pairs of these ranks. */
double kept_group_part(const struct kept *k, const uint32_t *ranks, size_t count);

#endif
