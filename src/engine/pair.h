/*
 * pair.h - every pair of acts by different accounts on one object within a
 * time window, grouped by the two accounts.
 *
 * One sweep counts each account's pairs, a second puts them straight into the
 * account's place: no hash table is probed per pair, and what is left to sort
 * is one account's pairs at a time. 12 bytes a pair; where all pairs together
 * would pass the ceiling, the accounts are done in several passes, at the
 * price of one more sweep each. (A single account's pairs are never split.)
 *
 * Two spammers who post one link 20,000 times each have 400 million pairs that
 * say what a few of them say. So an act meets at most REPEATS_MAX later acts of
 * one account on its object, the nearest: weights are exact in any window, and
 * so is what the pairs tell as long as nobody repeats himself more often.
 */
#ifndef ENGINE_PAIR_H
#define ENGINE_PAIR_H

#include "engine/kept.h"

enum { REPEATS_MAX = 64 };

struct pair_event {
	uint32_t b;		/* rank; the account with the larger one */
	uint32_t i, j;		/* acts, i not later than j */
};

/* All events of one pair of accounts, by object, then time. */
struct pair_run {
	uint32_t a, b;		/* ranks, a < b */
	const struct pair_event *events;
	size_t count;
};

/* How often the act with this stamp has met an account. */
struct pair_meets {
	uint64_t stamp;
	uint32_t acts;
};

struct pairs {
	const struct kept *kept;
	int64_t window_ms;	/* inclusive; INT64_MAX for the whole period */
	uint64_t ceiling;	/* events held at once */
	uint64_t *counts;	/* by rank a */
	uint64_t *from;		/* by rank a, within the range that is loaded */
	struct pair_event *events, *spare;
	size_t events_cap, spare_cap;
	uint32_t lo, hi;	/* the ranks loaded; lo == hi: none */
	struct pair_meets *meets;	/* by rank */
	uint64_t stamp;
	uint32_t met;		/* accounts that the act at hand has met often enough */
};

/* 32 million events: 400 MB, and as much again where one account has them all. */
#define PAIR_CEILING (UINT64_C(1) << 25)

/* ceiling: at least 1. */
CLAQUE_CHECKED enum claque_rc pairs_init(struct pairs *p, const struct kept *kept,
	int64_t window_ms, uint64_t ceiling, const struct claque_progress *progress);
void pairs_done(struct pairs *p);
/* Calls visit for every pair of accounts, by a, then b. May be called again. */
CLAQUE_CHECKED enum claque_rc pairs_each(struct pairs *p, void *ctx,
	void (*visit)(void *ctx, const struct pair_run *run),
	const struct claque_progress *progress);

#endif
