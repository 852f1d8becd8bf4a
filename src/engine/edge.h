/* edge.h - one pair's acts folded into an edge. */
#ifndef ENGINE_EDGE_H
#define ENGINE_EDGE_H

#include "claque/network.h"

#include "engine/pace.h"
#include "engine/pair.h"

/* Room for the lags of one pair. */
struct edge_room {
	int64_t *lags;
	size_t cap;
};

/* Distinct objects among the run's pairs with a lag of at most window_ms. */
uint32_t edge_weight(const struct kept *k, const struct pair_run *run, int64_t window_ms);
/*
 * Everything but expected, p and q, from the pairs within window_ms; at least one
 * must be. Every byte of *out is set, so that equal results are equal in bytes.
 */
void edge_fold(const struct kept *k, const struct pair_run *run, int64_t window_ms,
	       struct edge_room *room, struct claque_edge *out);
/* Of at least one lag in ms: seconds, rounded down; of an even number the middle two's mean. */
int64_t edge_median_s(int64_t *lags, size_t count);
/* Sets expected, log10_p and p from lambda. */
void edge_judge(struct claque_edge *edge, double lambda);
/* Sets timing_expected and timing_p; in the whole period everything is a hit. */
void edge_time(struct claque_edge *edge, const struct meeting *meeting);
/*
 * Both in one window: expected is the pair's part (kept_pair_part()), pairs all co-shares of
 * the file, weight those within the window.
 */
void edge_judge_within(struct claque_edge *edge, const struct meeting *meeting, double pairs,
		       double weight);
/*
 * Sets q of every edge from its log10_p. tests: as many as there were, seen or
 * not. edges may be NULL if there are none.
 */
enum claque_rc edge_correct(struct claque_edge *edges, size_t count, double tests,
			    const struct claque_progress *progress)
	__attribute__((warn_unused_result));
/* Keeps those of min_weight and max_q; gives back how many. */
size_t edge_drop(struct claque_edge *edges, size_t count,
		 const struct claque_network_settings *settings);

#endif
