/*
 * trait.h - from a measure of accounts to log odds: of one account, and of a
 * group.
 *
 * A measure is cut into bins. How operations spread over the bins is known
 * from takedowns (struct trait_model); how everybody else spreads is measured
 * on the file. An account's log odds are the logarithm of the ratio, capped.
 * An operation that does not show the sign looks like everybody else, so its
 * absence takes away little.
 *
 * What operations look like is corrected, carefully, by the members of leads
 * (seeds), never by mere suspects: tried, and it made any tight circle of fans
 * its own model of an operation.
 */
#ifndef ENGINE_TRAIT_H
#define ENGINE_TRAIT_H

#include "engine/signal.h"

#define NO_BIN UINT8_MAX

struct trait {
	const struct signal *signal;
	struct claque_trait *measures;	/* by account number */
	uint8_t *bin;			/* by account number; NO_BIN: not assessed */
	uint64_t known;			/* accounts with a bin */
	double open[BIN_MAX];	/* shares of the bins outside operations */
	double log_odds[BIN_MAX];	/* of one account */
};

/* Runs the signal with its usual parameters. */
CLAQUE_CHECKED enum claque_rc trait_init(struct trait *t, const struct signal *s,
	const struct workings *w, const struct claque_progress *progress, struct claque_err *err);
void trait_done(struct trait *t);
/*
 * Sets open and log_odds. belief: by account number, how surely it
 * is of an operation, 0..1. seed: likewise, members of leads. by_rank: account numbers in the order of ids.
 */
void trait_learn(struct trait *t, const double *belief, const bool *seed,
		 const uint32_t *by_rank, uint32_t accounts);
/* 0 where the account was not assessed. */
static inline double
trait_of(const struct trait *t, uint32_t account)
{
	return t->bin[account] == NO_BIN ? 0 : t->log_odds[t->bin[account]];
}

/* Log odds of a group whose known members fall into the bins so often. */
double trait_of_group(const struct trait *t, const uint64_t counts[BIN_MAX]);

#endif
