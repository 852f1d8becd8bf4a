/*
 * claque/network.h - co-share networks: who shares the same objects, how close
 * in time, and how surprising that is.
 *
 * An edge's weight is the number of distinct objects that both accounts shared
 * within the time window. Beside it stands the weight expected by chance: a
 * configuration model stratified by week (Newman 2010, ch. 13, per stratum):
 *     lambda_ij = share_of_window * sum_b k_ib k_jb phi_b,
 *     phi_b = sum_o d_ob (d_ob - 1) / K_b^2
 * with k = objects shared by an account, d = accounts on an object, K = all,
 * each in stratum b. share_of_window = sum of all edges' weights / sum_b
 * sum_o d_ob (d_ob - 1) / 2, so that lambda, summed over all pairs, is what
 * was seen. The same is computed with the whole period as the one stratum
 * (share_of_window is 1 there for the whole-period window), and the larger
 * lambda counts: two accounts that meet across the turn of a week have no
 * stratum in common, which is no evidence.
 *
 * In a window shorter than the period share_of_window is raised to the pair's
 * own where that is larger: the mean, over the objects that both shared, of the
 * share of each object's pairs of first acts that lie within the window, the
 * pair itself left out, two pairs of the file's mean blended in. Things that
 * everybody shares within the hour would else tie strangers who read the news.
 * The same shares are the chances of a Poisson-binomial sum (Poisson 1837; Hong
 * 2013), to which the number of common objects that the two first shared within
 * the window is compared: timing_p says how surprising their timing is, given
 * what they share. It does not enter p.
 *
 * p = P(Poisson(lambda) >= weight), and q its Benjamini-Hochberg (1995) value
 * over all N(N-1)/2 pairs of accounts with an act that counts, seen or not.
 */
#ifndef CLAQUE_NETWORK_H
#define CLAQUE_NETWORK_H

#include "claque/signal.h"

enum { CLAQUE_WINDOW_WHOLE = -1 };	/* the whole period */

struct claque_network_settings {
	enum claque_signal signal;	/* one of the shape `edges` */
	double params[CLAQUE_PARAM_MAX];	/* of the signal, each within its range */
	int64_t window_s;		/* 0.., inclusive, or CLAQUE_WINDOW_WHOLE */
	/* Objects shared by more accounts are left out and counted; 0 = no cap. */
	uint32_t object_cap;
	uint32_t min_weight;		/* edges below it are not kept; at least 1 */
	double max_q;			/* edges above it are not kept; 1 keeps all */
};

/* The signal's usual parameters, 60 s, cap 250, weight 1, all edges. */
struct claque_network_settings claque_network_defaults(enum claque_signal signal);

struct claque_edge {
	uint32_t a, b;			/* accounts, a < b by id in byte order */
	uint32_t weight;		/* distinct objects */
	/* Pairs of acts, repeats counted; an act with at most the 64 next of the other's. */
	uint32_t pairs;
	double expected, p, q;
	double log10_p;			/* of p, which itself is 0 below 1e-307 */
	int64_t first_seen, last_seen;	/* of the acts behind it */
	int64_t median_lag_s;		/* between the two, rounded down */
	uint32_t leader;		/* was first more often; CLAQUE_NO_LEADER on a tie */
	/* Common objects first shared within the window, by the pace of the objects, and P of the seen. */
	double timing_expected, timing_p;
};

#define CLAQUE_NO_LEADER UINT32_MAX

struct claque_network {
	struct claque_edge *edges;	/* sorted by account id a, then b */
	size_t edge_count;
	uint64_t pairs_tested;		/* N(N-1)/2 */
	uint64_t hot_objects;		/* left out by object_cap */
	uint64_t hot_shares;		/* acts on them */
	uint64_t undated_shares;	/* acts without a time: left out */
};

CLAQUE_CHECKED enum claque_rc claque_network_build(const struct claque_dataset *ds,
	const struct claque_network_settings *settings, const struct claque_progress *progress,
	struct claque_network *out, struct claque_err *err);
void claque_network_done(struct claque_network *network);

#endif
