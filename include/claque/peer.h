/*
 * claque/peer.h - the networks of other tools, by their own definitions, so
 * that a published result can be reproduced to the edge.
 *
 *   coortweet   CooRTweet 2.1.3 (Righetti and Balluff 2023): detect_groups()
 *               and generate_coordinated_network().
 *   toolkit     coordination-network-toolkit (QUT Digital Observatory; Graham
 *               et al. 2020).
 *   osome, luceri  two published detectors, which give accounts a score.
 *
 * All read rows in input order and compare ids as numbers: equal numbers mean
 * equal strings. For coortweet, objects and contents come from one numbering,
 * because a share of the shared post itself must be recognised.
 */
#ifndef CLAQUE_PEER_H
#define CLAQUE_PEER_H

#include "claque/types.h"

struct claque_peer_row {
	uint32_t object;	/* coortweet: object_id. toolkit: the network's key */
	uint32_t account;
	uint32_t content;	/* coortweet: content_id. toolkit: message_id */
	int64_t at;		/* milliseconds */
};

/* The strings behind the numbers: only their order (bytes) is asked for. */
struct claque_peer_names {
	const void *ctx;
	struct claque_str (*account)(const void *ctx, uint32_t account);
};

struct claque_coortweet_settings {
	int64_t window_s;		/* time_window; 0.. inclusive */
	uint32_t min_participation;	/* 1 turns both filters off in effect, as there */
	double edge_weight;		/* percentile of the weights, 0..1 */
	/*
	 * 0 the whole graph; 1 edges over the threshold (not with the fast tier, as
	 * there); 2 edges over the fast tier's threshold; 3 the neighbours of their
	 * ends, with all edges between them.
	 */
	unsigned subgraph;
	bool keep_loops;		/* remove_loops = FALSE */
	bool fast;			/* flag_speed_share() and fast_net = TRUE */
	int64_t fast_window_s;		/* its time_window; 0.. inclusive */
	/*
	 * What its manual says instead of what it does: n_content_id counts contents of
	 * `from` and n_content_id_y those of `to`, not the older and the newer ones.
	 */
	bool corrected;
};

struct claque_coortweet_pair {
	uint32_t row, row_y;		/* indexes of the older and the newer input row */
	int64_t time_delta_s;
	bool fast;			/* marked by flag_speed_share() */
};

/* What the pairs of one tier say of an edge. */
struct claque_coortweet_tier {
	uint32_t weight;		/* pairs; 0: none in this tier, the rest is not set */
	uint32_t n_content_id, n_content_id_y;
	bool weight_threshold;
	double avg_time_delta_s, edge_symmetry_score;
	uint32_t *objects;		/* distinct, in order of first appearance */
	size_t object_count;
};

struct claque_coortweet_edge {
	uint32_t from, to;		/* by account name in byte order */
	struct claque_coortweet_tier full, fast;	/* fast is all 0 without that tier */
};

struct claque_coortweet_result {
	struct claque_coortweet_pair *pairs;	/* by object, then as there */
	size_t pair_count;
	struct claque_coortweet_edge *edges;	/* by from, to */
	size_t edge_count;
	double threshold, threshold_fast;	/* 0 where there is no edge */
	bool has_fast;
};

CLAQUE_CHECKED enum claque_rc claque_coortweet(const struct claque_peer_row *rows, size_t count,
	const struct claque_peer_names *names, const struct claque_coortweet_settings *settings,
	const struct claque_progress *progress, struct claque_coortweet_result **out,
	struct claque_err *err);
void claque_coortweet_free(struct claque_coortweet_result *result);	/* takes NULL */

/* weight_threshold of account_stats() and group_stats(): which edges count. */
enum claque_coortweet_level { CLAQUE_LEVEL_NONE, CLAQUE_LEVEL_FULL, CLAQUE_LEVEL_FAST };

/* A finished run and the rows it was made of. */
struct claque_coortweet_run {
	const struct claque_peer_row *rows;
	size_t count;
	const struct claque_peer_names *names;
	const struct claque_coortweet_result *result;
};

struct claque_coortweet_account {
	uint32_t account;
	double avg_time_delta_s, avg_edge_symmetry_score;
	double avg_time_delta_fast_s, avg_edge_symmetry_score_fast;	/* NAN: no fast edge */
	uint32_t unique_shares_count;
};

/*
 * account_stats(). *out, by account name, is claque_free()d. As published
 * the averages go over distinct values: edges that agree in all of them count
 * once. corrected: over edges. EUSAGE: level FAST without the fast tier.
 */
CLAQUE_CHECKED enum claque_rc claque_coortweet_accounts(const struct claque_coortweet_run *run,
	enum claque_coortweet_level level, bool corrected, const struct claque_progress *progress,
	struct claque_coortweet_account **out, size_t *out_count, struct claque_err *err);

struct claque_coortweet_group {
	uint32_t object, account_count;
};

/*
 * group_stats(): how many accounts shared an object, most first, then by
 * number. *out is claque_free()d. As published
 * only the `from` ends are counted, which is too few for every object;
 * corrected: both ends. EUSAGE: level FAST without the fast tier.
 *
 * There object ids are joined by commas and cut apart again, so that an id with
 * a comma falls to pieces; whoever wants that too renumbers the edges' objects.
 */
CLAQUE_CHECKED enum claque_rc claque_coortweet_groups(const struct claque_coortweet_run *run,
	enum claque_coortweet_level level, bool corrected, const struct claque_progress *progress,
	struct claque_coortweet_group **out, size_t *out_count, struct claque_err *err);

struct claque_coortweet_node {
	uint32_t account;
	uint32_t component;		/* from 1, the largest first, then by its first name */
	uint32_t component_size;
	uint32_t degree;	/* edges; a loop counts twice */
	uint64_t strength;		/* their weights in the full tier; a loop counts twice */
	uint32_t best_weight;		/* the largest of them */
	bool core;			/* color_v: at an edge over the fast threshold */
};

/*
 * The vertices of the graph made of a level's edges, by account name. *out is
 * claque_free()d.
 */
CLAQUE_CHECKED enum claque_rc claque_coortweet_nodes(const struct claque_coortweet_run *run,
	enum claque_coortweet_level level, const struct claque_progress *progress,
	struct claque_coortweet_node **out, size_t *out_count, struct claque_err *err);

struct claque_toolkit_settings {
	int64_t window_s;	/* inclusive at both ends */
	uint32_t min_weight;	/* min_edge_weight */
	bool self_loops;
};

struct claque_toolkit_edge {
	uint32_t user_1, user_2, weight;	/* directed */
};

/*
 * weight(u1 -> u2) = distinct messages of u1 that have a message of u2, not
 * the same one, with the same key within the window. *out, sorted by
 * the users' names, is claque_free()d.
 */
CLAQUE_CHECKED enum claque_rc claque_toolkit(const struct claque_peer_row *rows, size_t count,
	const struct claque_peer_names *names, const struct claque_toolkit_settings *settings,
	const struct claque_progress *progress, struct claque_toolkit_edge **out,
	size_t *out_count, struct claque_err *err);

/* The words of row i by number, each once, rising: words[from[i]] up to words[from[i + 1]]. */
struct claque_peer_words {
	const uint32_t *words;
	const uint64_t *from;	/* one more than rows */
};

struct claque_similar_settings {
	struct claque_toolkit_settings network;
	double similarity;		/* similarity_threshold; above 0, up to 1 */
	uint32_t min_document_size;	/* least words of a message, 0.. */
};

/*
 * co_similar_tweet: two messages match when words in common / words of either
 * is at least `similarity`, divided as there in double precision; the weights
 * are as in claque_toolkit(). row.object is not looked at. A message without
 * words matches nothing: there, min_document_size 0 divides zero by zero.
 *
 * Exact, yet not every pair in the window is compared: two messages that are
 * similar enough must share one of their few rarest words (prefix filter:
 * Chaudhuri, Ganti and Kaushik 2006; Bayardo, Ma and Srikant 2007).
 */
CLAQUE_CHECKED enum claque_rc claque_toolkit_similar(const struct claque_peer_row *rows,
	size_t count, const struct claque_peer_words *words, const struct claque_peer_names *names,
	const struct claque_similar_settings *settings, const struct claque_progress *progress,
	struct claque_toolkit_edge **out, size_t *out_count, struct claque_err *err);

/* --- two published detectors of accounts, for comparison */

struct claque_peer_edge {
	uint32_t from, to;	/* by account name in byte order */
	double weight;		/* a cosine: above 0, up to 1 */
};

struct claque_peer_score {
	uint32_t account;
	uint32_t component;	/* from 1, the largest first, then by its first name */
	double score;		/* more is more suspect; the scale is each detector's own */
};

struct claque_peer_network {
	struct claque_peer_edge *edges;		/* by from, to */
	size_t edge_count;
	struct claque_peer_score *accounts;	/* those at an edge, by name */
	size_t account_count;
};

void claque_peer_network_free(struct claque_peer_network *network);	/* takes NULL */

/*
 * Co-retweets as Pacheco, Hui, Torres-Lugo et al. (2021, ICWSM), case study 4:
 * accounts with more than 10 retweets of more than 1 post; TF-IDF with 1 + ln tf,
 * posts retweeted by 3 accounts at least (1 where none is), smooth idf; cosine;
 * the 100 nearest of each account, itself not counted and ties by name; of
 * those edges the ones not below the .995 quantile of their weights.
 *
 * rows: one a retweet; object is the post. Content and time are not looked at.
 * Score: the account's largest cosine among these edges (ours: they rank none).
 */
CLAQUE_CHECKED enum claque_rc claque_osome(const struct claque_peer_row *rows, size_t count,
	const struct claque_peer_names *names, const struct claque_progress *progress,
	struct claque_peer_network **out, struct claque_err *err);

/* The traces of claque_luceri(). X(name, row.object; what else of a row is looked at) */
#define CLAQUE_TRACE_LIST(X) \
	X(CO_RETWEET, "the post retweeted; accounts with 20 rows at least") \
	X(CO_URL, "the URL") \
	X(HASH_SEQ, "the hashtags of a post in order, no retweet; content: how many, 5 at least") \
	X(FAST_RETWEET, "the account retweeted; at: milliseconds after the original, up to 10 s")

#define X(name, help) CLAQUE_TRACE_##name,
enum claque_trace { CLAQUE_TRACE_LIST(X) CLAQUE_TRACE_COUNT };
#undef X

struct claque_peer_trace {
	const struct claque_peer_row *rows;
	size_t count;
};

/*
 * Luceri, Pante, Burghardt and Ferrara (2024, WWW): for each trace the TF-IDF
 * of what accounts share, an edge wherever the cosine is above 0, no threshold;
 * merged by the largest cosine. Features of one row are left out (not in
 * FAST_RETWEET, where an account must retweet another twice). Score: eigenvector
 * centrality in the merged network, of length 1, by at most 1,000 steps from
 * equal scores.
 *
 * Kept as published: in FAST_RETWEET whole days are dropped from the delay, so
 * that a retweet a day later to the second counts as fast. Their fifth trace,
 * similar texts, needs sentence embeddings and is left out.
 *
 * ELIMIT past 2^26 edges.
 */
CLAQUE_CHECKED enum claque_rc claque_luceri(const struct claque_peer_trace *traces,
	const struct claque_peer_names *names, const struct claque_progress *progress,
	struct claque_peer_network **out, struct claque_err *err);

#endif
