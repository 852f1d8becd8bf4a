/*
 * claque/peer.h - the networks of other tools, by their own definitions, so
 * that a published result can be reproduced to the edge.
 *
 *   coortweet   CooRTweet 2.1.3 (Righetti and Balluff 2023): detect_groups()
 *               and generate_coordinated_network().
 *   toolkit     coordination-network-toolkit (QUT Digital Observatory; Graham
 *               et al. 2020).
 *
 * Both read rows in input order and compare ids as numbers: equal numbers mean
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
	unsigned subgraph;		/* 0 whole graph, 1 only edges over the threshold */
	bool keep_loops;		/* remove_loops = FALSE */
};

struct claque_coortweet_pair {
	uint32_t row, row_y;		/* indexes of the older and the newer input row */
	int64_t time_delta_s;
};

struct claque_coortweet_edge {
	uint32_t from, to;		/* by account name in byte order */
	uint32_t weight, n_content_id, n_content_id_y;
	double avg_time_delta_s, edge_symmetry_score;
	bool weight_threshold;
	uint32_t *objects;		/* distinct, in order of first appearance */
	size_t object_count;
};

struct claque_coortweet_result {
	struct claque_coortweet_pair *pairs;	/* by object, then as there */
	size_t pair_count;
	struct claque_coortweet_edge *edges;	/* by from, to */
	size_t edge_count;
	double threshold;
};

CLAQUE_CHECKED enum claque_rc claque_coortweet(const struct claque_peer_row *rows, size_t count,
	const struct claque_peer_names *names, const struct claque_coortweet_settings *settings,
	const struct claque_progress *progress, struct claque_coortweet_result **out,
	struct claque_err *err);
void claque_coortweet_free(struct claque_coortweet_result *result);	/* takes NULL */

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
 * the same one, with the same key within the window. *out is malloc'd, sorted
 * by the users' names; free() it.
 */
CLAQUE_CHECKED enum claque_rc claque_toolkit(const struct claque_peer_row *rows, size_t count,
	const struct claque_peer_names *names, const struct claque_toolkit_settings *settings,
	const struct claque_progress *progress, struct claque_toolkit_edge **out,
	size_t *out_count, struct claque_err *err);

#endif
