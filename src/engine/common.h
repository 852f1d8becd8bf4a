/*
 * common.h - what two accounts have in common: the objects that both acted on in the whole
 * period, however far apart, and how far apart their first acts are there.
 *
 * For one account and all its partners at once there are two ways: along everybody on each
 * object of the account, or along the objects of each partner. The first is a tenth of the
 * work where no object is everybody's, the second is what is left where one is. Whichever
 * has fewer steps is taken; both find the same.
 */
#ifndef ENGINE_COMMON_H
#define ENGINE_COMMON_H

#include "engine/kept.h"

/* Somebody's first act on an object. */
struct holder {
	int64_t at;
	uint32_t rank;
};
struct holding {
	uint32_t run, holder;	/* places in kept->runs and commons->holders */
};

/* Who holds what. */
struct commons {
	const struct kept *kept;
	struct holder *holders;	/* of run r: holders[kept->runs[r] .. ends[r]], by rank */
	uint64_t *ends;
	struct holding *holdings;	/* of rank r: holdings[from[r] .. from[r + 1]] */
	uint64_t *from;
};

CLAQUE_CHECKED enum claque_rc commons_init(struct commons *c, const struct kept *kept,
	const struct claque_progress *progress);
void commons_done(struct commons *c);
/*
 * Lists everybody's holdings in this order of runs, all of them, and what is found from now
 * on; until then they stand in that of kept->runs.
 */
void commons_reorder(struct commons *c, const uint32_t *runs);

struct common {
	uint32_t partner;	/* its place among the partners */
	uint32_t run;
	int64_t lag_ms;		/* between the first acts of the two, >= 0 */
};

/* What one account has in common with its partners; one for each thread. */
struct common_room {
	const struct commons *commons;
	/* Of partner p: list[from[p] .. from[p + 1]], in the order of holdings. */
	struct common *list, *spare;
	uint64_t *from;
	size_t count, cap, spare_cap, from_cap;
	uint32_t *places;	/* by rank: among the partners, plus 1; 0 between calls */
	uint32_t *marks;	/* by run: who of its holders the account is, plus 1; likewise */
};

struct common_room common_room_of(const struct commons *commons);
void common_room_done(struct common_room *room);
/* partners: ranks, each once and each larger than the account's. */
void common_find(struct common_room *room, uint32_t account, const uint32_t *partners,
	size_t count);

#endif
