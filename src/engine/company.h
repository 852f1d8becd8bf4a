/*
 * company.h - in whose company an account acts: all its encounters, one account
 * at a time.
 *
 * Pairs of accounts that meet often have many encounters each (26 in a file full
 * of fan clubs), and listing all of them to sort them by pair takes more time and
 * memory than anything else in scoring. Here the encounters of one account are
 * walked along its objects and counted at once in a place for each other account
 * (a row of a sparse matrix product: Gustavson 1978). Nothing is sorted, nothing
 * is kept, and accounts can be done in any order by any thread; whoever needs
 * them again walks again.
 */
#ifndef ENGINE_COMPANY_H
#define ENGINE_COMPANY_H

#include <stdlib.h>

#include "engine/kept.h"

/* An account's act, and its object's place in kept->runs. */
struct own_act {
	uint32_t run, act;
};

struct company {
	const struct kept *kept;
	uint32_t reach;		/* an act meets so many before and after it on its object */
	struct own_act *own;	/* of rank r: own[from[r] .. from[r + 1]], by object, then time */
	uint64_t *from;
};

/* Two acts on one object; the second is of an account with a larger rank. */
struct encounter {
	uint32_t run, with;	/* with: rank */
	uint32_t act, other;	/* acts of the account at hand, and of the other */
	int64_t lag_ms;		/* between them, either way */
};

void company_init(struct company *c, const struct kept *kept, uint32_t reach);
void company_done(struct company *c);

/*
 * Calls `at` for every encounter of the rank with larger ones, by object, then
 * by its own acts, then by the others'. Inlined with its callback: this is
 * where scoring spends its time.
 */
static inline __attribute__((always_inline)) void
company_walk(const struct company *c, uint32_t rank, void *ctx,
	     void (*at)(void *ctx, const struct encounter *e))
{
	const struct kept *k = c->kept;

	for (uint64_t o = c->from[rank]; o < c->from[rank + 1]; o++) {
		struct encounter e = { .run = c->own[o].run, .act = c->own[o].act };
		uint64_t first = k->runs[e.run], end = k->runs[e.run + 1];
		int64_t when = k->acts[e.act].at;

		first = e.act - first > c->reach ? e.act - c->reach : first;
		end = end - e.act > c->reach ? (uint64_t)e.act + c->reach + 1 : end;
		for (uint64_t j = first; j < end; j++) {
			const struct act *other = &k->acts[j];

			if (other->account <= rank)
				continue;
			e.with = other->account;
			e.other = (uint32_t)j;
			e.lag_ms = llabs(other->at - when);
			at(ctx, &e);
		}
	}
}

#endif
