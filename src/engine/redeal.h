/*
 * redeal.h - the same acts dealt anew: a world in which nobody acts together.
 *
 * Every account's timeline is shifted by a number of whole weeks of its own,
 * in a circle inside the period, and then takes, at each of its moments, the
 * place of whoever acted in those hours of that day (in that week, or where the
 * weeks differ, one near it) on an object of the same popularity. Kept are: for
 * every object how many shared it and when, to the millisecond (bursts stay
 * bursts); for every account how many objects of each class of popularity it
 * shares, its hours, its days and about its ups and downs from week to week
 * (shifted). Lost is who shares what with whom, and who is busy in the same weeks.
 *
 * A seeded permutation inside strata, as configuration models are drawn
 * (Newman 2010, ch. 13); reference models in time: Holme and Saramaki 2012.
 * Communities of taste are not strata: a network that has its sources for
 * itself would be its own stratum, and shuffled with itself.
 */
#ifndef ENGINE_REDEAL_H
#define ENGINE_REDEAL_H

#include "base/rng.h"
#include "engine/coact.h"

/* The acts of one account on one object; they stay together. */
struct deal_unit {
	int64_t at;		/* the first of them */
	uint32_t account, object;
};

/* Of all that is dealt: shifts are the same in all of it. ms, the last included. */
struct deal_period {
	int64_t start, end;
};

#define DEAL_PERIOD_EMPTY ((struct deal_period){ INT64_MAX, INT64_MIN })

struct redeal {
	const struct coact *from;
	struct deal_period period;
	uint32_t accounts;
	uint32_t *unit_of;	/* by act */
	struct deal_unit *units;	/* by object, then time */
	size_t unit_count, units_cap;
	uint64_t *unit_from;	/* by object */
	uint32_t *deck_of;	/* by unit, as it is: of which deck its place is */
	uint32_t decks;		/* a class of popularity, hours of the week and a stretch each */
	uint32_t stretches, stretch_weeks;	/* of the period */
	uint32_t *places;	/* units by deck */
	uint64_t *place_from;	/* by deck */
};

void deal_period_widen(struct deal_period *p, const struct coact *acts);
/* In weeks, rounded up; 1 if nothing is in it. */
uint32_t deal_period_weeks(const struct deal_period *p);
CLAQUE_CHECKED enum claque_rc redeal_init(struct redeal *r, const struct coact *from,
	struct deal_period period, uint32_t accounts, const struct claque_progress *progress);
void redeal_done(struct redeal *r);
/*
 * Fills *out; it is not to be in use. shifts: weeks by rank, each fewer than
 * the period's. Objects, times and rows stay; acts of one moment are in no
 * order of accounts.
 */
CLAQUE_CHECKED enum claque_rc redeal_acts(const struct redeal *r, const uint32_t *shifts,
	struct rng *rng, struct coact *out, const struct claque_progress *progress);

#endif
