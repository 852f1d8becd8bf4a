/*
 * cosine.h - which accounts share what, weighted by TF-IDF, and how much two
 * of them point the same way: the common machine of two peers.
 *
 * Sparse both ways round: the cosines of one account with all others are
 * summed along the lists of what it shares, so that memory is in proportion
 * to the shares and nothing is computed that is zero. The same products are
 * added in the same order whichever of two accounts begins, so that a cosine
 * is the same number from both sides.
 */
#ifndef ENGINE_COSINE_H
#define ENGINE_COSINE_H

#include "claque/peer.h"

#include "engine/tick.h"

/* How often an account (by rank) shares a feature. */
struct cosine_cell {
	uint32_t rank, feature, count;
	double weight;		/* the term frequency; then TF-IDF, of length 1 an account */
};

struct cosine {
	struct cosine_cell *cells;	/* by rank, then feature */
	size_t count;
	uint64_t *cells_from;		/* by rank */
	uint32_t *columns;		/* cells by feature, then rank */
	uint64_t *columns_from;		/* by feature */
	size_t ranks, features;
	/* Of the account at work: */
	double *sums;			/* by rank */
	uint32_t *touched;		/* ranks that have a sum, rising */
	size_t touched_count;
};

/*
 * Counts rows by (account, object). ranks: of accounts, may be NULL where there
 * is no row. False if cancelled; cosine_done() in any case.
 */
bool cosine_count(struct cosine *c, const struct claque_peer_row *rows, size_t count,
		  const uint32_t *ranks, struct ticker *t)
	__attribute__((nonnull(1, 2, 5), warn_unused_result));

/* Drops the cells for which keep() says no, in order. */
void cosine_keep(struct cosine *c, bool (*keep)(const void *ctx, const struct cosine_cell *cell),
		 const void *ctx);
/* By feature: how many accounts share it. array_free() it. */
uint32_t *cosine_users(const struct cosine *c);
/* How many accounts have a cell. */
size_t cosine_accounts(const struct cosine *c);

/*
 * Weights: term frequency (set by the caller) times ln((1 + n) / (1 + users)) + 1,
 * n accounts in all, then brought to length 1; and the lists.
 */
void cosine_weigh(struct cosine *c, size_t n, size_t ranks);
/* The cosines with accounts of at least `least`, other than itself. False if cancelled. */
bool cosine_sum(struct cosine *c, uint32_t rank, uint32_t least, struct ticker *t)
	__attribute__((nonnull, warn_unused_result));
/* Makes room for the next account. */
void cosine_clear(struct cosine *c);
void cosine_done(struct cosine *c);

#endif
