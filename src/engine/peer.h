/*
 * peer.h - what the definitions of the two peers have in common: rows in
 * order of time inside each object, and accounts in order of their names.
 */
#ifndef ENGINE_PEER_H
#define ENGINE_PEER_H

#include "claque/peer.h"

#include "engine/tick.h"

/* One act on an object; pos is whatever the caller calls it by. */
struct peer_act {
	uint32_t object, pos;
	int64_t at;
};

/* By object, then time, then pos. False if cancelled. */
bool peer_sort_acts(struct peer_act *acts, size_t count, struct ticker *t)
	__attribute__((nonnull, warn_unused_result));

/* Milliseconds from the older to the newer: exact for any two times. */
static inline uint64_t
peer_lag(int64_t older, int64_t newer)
{
	return (uint64_t)newer - (uint64_t)older;
}

/* A window in milliseconds; past the range of times it holds everything. */
static inline uint64_t
peer_window(int64_t window_s)
{
	uint64_t ms;

	return __builtin_mul_overflow((uint64_t)window_s, 1000, &ms) ? UINT64_MAX : ms;
}

/* One more than the largest account number; 0 without rows. */
size_t peer_accounts(const struct claque_peer_row *rows, size_t count);

/* Accounts that have rows, in byte order of their names. */
struct peer_ranks {
	uint32_t *ranks;	/* by account: its place; undefined for those without rows */
	uint32_t *by_rank;	/* the inverse: rank_count accounts */
	size_t rank_count;
};

/* False if cancelled: *out is then empty. */
bool peer_rank_names(const struct claque_peer_row *rows, size_t count,
		     const struct claque_peer_names *names, struct ticker *t,
		     struct peer_ranks *out) __attribute__((nonnull, warn_unused_result));
void peer_ranks_done(struct peer_ranks *r);

/*
 * R's quantile(), type 7, which is also the default of numpy and pandas, in R's
 * order of operations. sorted: count > 0. p: 0..1.
 */
double peer_quantile(const uint32_t *sorted, size_t count, double p) __attribute__((nonnull));

/* ELIMIT past what a row number can hold, EUSAGE for a negative window. */
CLAQUE_CHECKED enum claque_rc peer_check(size_t count, int64_t window_s, struct claque_err *err);

#endif
