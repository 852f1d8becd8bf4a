/*
 * claque/counted.h - the co-share network of claque/network.h from counts made elsewhere,
 * say by the shards of a database: no share is needed here, only what was counted along
 * them. The same acts give the same edges, to the last bit, as claque_network_build().
 *
 * In this order:
 *   1. every account, the totals of weeks and of the whole, and every pair of accounts
 *      with an act of each on one object within the window, in any order. The same
 *      account, week or pair may come several times, from shards that have different
 *      objects: the counts add up.
 *   2. claque_counted_close() merges them. claque_counted_pair_at() now tells the pairs,
 *      and which of them stand out so far that they say nothing of their objects' pace.
 *   3. for each pair, each object that both acted on (claque_counted_add_common()),
 *      within the window or not, with the pairs of first acts on that object that are
 *      left once pairs that stand out are taken out.
 *   4. claque_counted_finish().
 *
 * What counts: acts with a known time, on objects of at most as many accounts as the cap
 * allows. All numbers are checked as foreign ones: EINPUT for what cannot be, ELIMIT past
 * 2^32 - 2 accounts or pairs.
 *
 * Memory: 24 bytes and its id for an account, 24 for each of its weeks, about 160 for a
 * pair of accounts, 8 for a pair of acts, 32 for each object of a pair.
 */
#ifndef CLAQUE_COUNTED_H
#define CLAQUE_COUNTED_H

#include "claque/network.h"

struct claque_counted;

CLAQUE_CHECKED enum claque_rc claque_counted_new(struct claque_counted **out,
	struct claque_err *err);
void claque_counted_free(struct claque_counted *c);	/* takes NULL */

/* An account's distinct objects, in all and by week; strings are copied. */
struct claque_counted_account {
	struct claque_str id, platform;
	uint64_t objects;
	const int64_t *weeks;	/* times of acts / 7 days of milliseconds, rounded down */
	const uint64_t *week_objects;
	size_t week_count;
};

/* *out: its number, 0, 1, 2 ... in the order of the calls; a known account's again. */
CLAQUE_CHECKED enum claque_rc claque_counted_add_account(struct claque_counted *c,
	const struct claque_counted_account *account, uint32_t *out, struct claque_err *err);
struct claque_str claque_counted_account_id(const struct claque_counted *c, uint32_t account);
uint32_t claque_counted_accounts(const struct claque_counted *c);

/*
 * Sums over objects, d being the accounts that act on one (in that week): of d and of
 * d (d - 1).
 */
struct claque_counted_total {
	uint64_t degrees, squares;
};
CLAQUE_CHECKED enum claque_rc claque_counted_add_week(struct claque_counted *c, int64_t week,
	const struct claque_counted_total *total, struct claque_err *err);
CLAQUE_CHECKED enum claque_rc claque_counted_add_whole(struct claque_counted *c,
	const struct claque_counted_total *total, struct claque_err *err);
/* Of pairs of first acts on one object, the number within the window; adds up. */
CLAQUE_CHECKED enum claque_rc claque_counted_add_near(struct claque_counted *c, uint64_t near,
	struct claque_err *err);

/* Two accounts, a != b, and the pairs of acts by them within the window. */
struct claque_counted_pair {
	uint32_t a, b;
	uint64_t weight;	/* distinct objects; at least 1 */
	uint64_t a_first, b_first;	/* pairs of acts in which that one was the first */
	int64_t first_seen, last_seen;
	const int64_t *lags_ms;	/* one for each pair of acts, at least weight; copied */
	size_t lag_count;
};
CLAQUE_CHECKED enum claque_rc claque_counted_add_pair(struct claque_counted *c,
	const struct claque_counted_pair *pair, struct claque_err *err);

/* Once. After any failure only claque_counted_free() is left to call. */
CLAQUE_CHECKED enum claque_rc claque_counted_close(struct claque_counted *c,
	const struct claque_progress *progress, struct claque_err *err);
uint32_t claque_counted_pairs(const struct claque_counted *c);
/* pair < claque_counted_pairs(). *out: it stands out. a before b, by id in byte order. */
void claque_counted_pair_at(const struct claque_counted *c, uint32_t pair, uint32_t *a,
	uint32_t *b, bool *out);

/* Objects of which this is the same; several may be told at once. */
struct claque_counted_common {
	uint64_t times;		/* so many objects; at least 1 */
	int64_t pairs, near;	/* pairs of first acts on it that are left; those in the window */
	bool hit;		/* the two first acted on it within the window */
};
CLAQUE_CHECKED enum claque_rc claque_counted_add_common(struct claque_counted *c, uint32_t pair,
	const struct claque_counted_common *common, struct claque_err *err);

/* Once. Takes min_weight and max_q of the settings. Edges name accounts by their numbers here. */
CLAQUE_CHECKED enum claque_rc claque_counted_finish(struct claque_counted *c,
	const struct claque_network_settings *settings, const struct claque_progress *progress,
	struct claque_network *out, struct claque_err *err);

#endif
