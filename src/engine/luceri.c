/*
 * luceri.c - fused similarity networks: Luceri, Pante, Burghardt and Ferrara,
 * "Unmasking the Web of Deceit" (2024). For each trace an account is a vector
 * of what it shares; networks of cosines are merged, and who is central in
 * the result is suspect.
 *
 * There the cosines are a dense matrix of all accounts, and so is the merged
 * network; here both are lists of what is not zero, in the same numbers.
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "claque/peer.h"

#include "base/array.h"
#include "base/err.h"

#include "engine/cosine.h"
#include "engine/peer.h"
#include "engine/peer_graph.h"
#include "engine/sort.h"

enum { LEAST_RETWEETS = 20, LEAST_TAGS = 5, LEAST_FAST = 2, MAX_EDGES = 1 << 26, STEPS_MAX = 1000 };

#define DAY_S		(INT64_C(24) * 3600)
#define FAST_S		10
#define TOLERANCE	1e-12	/* of the change of one step, an account */

struct luceri {
	struct ticker tick;
	struct claque_peer_row *rows;	/* of all traces */
	size_t row_count, rows_cap;
	struct peer_ranks names;
	struct claque_peer_network *net;
	size_t edges_cap;
	double *scores;			/* by rank */
};

static int
edge_cmp(const void *pa, const void *pb)
{
	const struct claque_peer_edge *a = pa, *b = pb;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return (a->to > b->to) - (a->to < b->to);
}

/* Whether a row counts at all; seconds without the days, floor towards the past, as there. */
static bool
is_counted(enum claque_trace trace, const struct claque_peer_row *row)
{
	int64_t s = row->at >= 0 ? row->at / 1000 : -((999 - row->at) / 1000);

	if (trace == CLAQUE_TRACE_HASH_SEQ)
		return row->content >= LEAST_TAGS;
	return trace != CLAQUE_TRACE_FAST_RETWEET || ((s % DAY_S) + DAY_S) % DAY_S <= FAST_S;
}

static bool
is_active(const void *ctx, const struct cosine_cell *cell)
{
	return ((const uint32_t *)ctx)[cell->rank] >= LEAST_RETWEETS;
}

static bool
is_shared(const void *ctx, const struct cosine_cell *cell)
{
	return ((const uint32_t *)ctx)[cell->feature] > 1;
}

static bool
is_repeated(const void *ctx, const struct cosine_cell *cell)
{
	(void)ctx;
	return cell->count >= LEAST_FAST;
}

static void
keep_active(const struct luceri *l, struct cosine *c)
{
	uint32_t *retweets = ARRAY_NEW(uint32_t, l->names.rank_count);

	for (size_t i = 0; i < c->count; i++)
		retweets[c->cells[i].rank] += c->cells[i].count;
	cosine_keep(c, is_active, retweets);
	array_free(retweets);
}

/* What counts of a trace, each account and feature once; how often only in FAST_RETWEET. */
static void
keep_cells(const struct luceri *l, enum claque_trace trace, struct cosine *c)
{
	uint32_t *users;

	if (trace == CLAQUE_TRACE_FAST_RETWEET) {
		cosine_keep(c, is_repeated, NULL);
	} else {
		if (trace == CLAQUE_TRACE_CO_RETWEET)
			keep_active(l, c);
		users = cosine_users(c);
		cosine_keep(c, is_shared, users);
		array_free(users);
	}
	for (size_t i = 0; i < c->count; i++)
		c->cells[i].weight = trace == CLAQUE_TRACE_FAST_RETWEET ? c->cells[i].count : 1;
}

static enum claque_rc
add_cosines(struct luceri *l, struct cosine *c, struct claque_err *err)
{
	struct claque_peer_network *net = l->net;

	for (size_t r = 0; r < l->names.rank_count; r++) {
		if (!cosine_sum(c, (uint32_t)r, (uint32_t)r + 1, &l->tick))
			return CLAQUE_STOPPED;
		if (net->edge_count + c->touched_count > MAX_EDGES)
			return err_set(err, CLAQUE_ELIMIT, "more than %d edges, and this definition "
				       "has no threshold; take a smaller case", MAX_EDGES);
		for (size_t i = 0; i < c->touched_count; i++) {
			ARRAY_GROW(net->edges, l->edges_cap, net->edge_count + 1);
			net->edges[net->edge_count++] = (struct claque_peer_edge){
				(uint32_t)r, c->touched[i], c->sums[c->touched[i]] };
		}
		cosine_clear(c);
	}
	return CLAQUE_OK;
}

/* Edges of one trace more, merged into those there are. */
static enum claque_rc
add_trace(struct luceri *l, enum claque_trace trace, const struct claque_peer_trace *t,
	  struct claque_err *err)
{
	struct cosine c = { 0 };
	enum claque_rc rc = CLAQUE_STOPPED;

	l->row_count = 0;
	for (size_t i = 0; i < t->count; i++)
		if (is_counted(trace, &t->rows[i]))
			l->rows[l->row_count++] = t->rows[i];
	if (cosine_count(&c, l->rows, l->row_count, l->names.ranks, &l->tick)) {
		keep_cells(l, trace, &c);
		cosine_weigh(&c, cosine_accounts(&c), l->names.rank_count);
		rc = add_cosines(l, &c, err);
	}
	cosine_done(&c);
	return rc;
}

static bool
merge_edges(struct luceri *l)
{
	static const struct sort_kind by_ends = { sizeof(struct claque_peer_edge), edge_cmp };
	struct claque_peer_edge *edges = l->net->edges;
	size_t kept = 0;

	if (!sort_items(&by_ends, edges, l->net->edge_count, &l->tick))
		return false;
	for (size_t i = 0; i < l->net->edge_count; i++) {
		if (kept > 0 && edge_cmp(&edges[kept - 1], &edges[i]) == 0)
			edges[kept - 1].weight = fmax(edges[kept - 1].weight, edges[i].weight);
		else
			edges[kept++] = edges[i];
	}
	l->net->edge_count = kept;
	return true;
}

/* x + Ax, brought to length 1, into next; returns how much the entries changed in sum. */
static double
step(const struct luceri *l, double *next)
{
	size_t n = l->names.rank_count;
	double length = 0, change = 0;

	memcpy(next, l->scores, n * sizeof(*next));
	for (size_t i = 0; i < l->net->edge_count; i++) {
		const struct claque_peer_edge *e = &l->net->edges[i];

		next[e->from] += e->weight * l->scores[e->to];
		next[e->to] += e->weight * l->scores[e->from];
	}
	for (size_t v = 0; v < n; v++)
		length += next[v] * next[v];
	for (size_t v = 0; v < n; v++) {
		next[v] /= sqrt(length);
		change += fabs(next[v] - l->scores[v]);
	}
	memcpy(l->scores, next, n * sizeof(*next));
	return change;
}

/* Power iteration, shifted by one so that it settles on networks of two sides, too. */
static bool
find_centrality(struct luceri *l)
{
	size_t n = l->names.rank_count;
	double *next = ARRAY_NEW(double, n);
	bool go_on = true;

	l->scores = ARRAY_NEW(double, n);
	for (size_t i = 0; i < l->net->edge_count; i++)
		l->scores[l->net->edges[i].from] = l->scores[l->net->edges[i].to] = 1;
	for (int i = 0; i < STEPS_MAX && go_on && l->net->edge_count > 0; i++) {
		if (step(l, next) < TOLERANCE * (double)n)
			break;
		go_on = tick(&l->tick, 0, 4 * (l->net->edge_count + n));
	}
	array_free(next);
	return go_on;
}

static enum claque_rc
build(struct luceri *l, const struct claque_peer_trace *traces,
      const struct claque_peer_names *names, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	for (unsigned t = 0; t < CLAQUE_TRACE_COUNT; t++) {
		ARRAY_GROW(l->rows, l->rows_cap, l->row_count + traces[t].count);
		for (size_t i = 0; i < traces[t].count; i++)
			l->rows[l->row_count++] = traces[t].rows[i];
	}
	l->tick.total = l->row_count;
	rc = peer_check(l->row_count, 0, err);
	if (rc != CLAQUE_OK)
		return rc;
	if (!peer_rank_names(l->rows, l->row_count, names, &l->tick, &l->names))
		return CLAQUE_STOPPED;
	for (unsigned t = 0; t < CLAQUE_TRACE_COUNT && rc == CLAQUE_OK; t++)
		rc = add_trace(l, (enum claque_trace)t, &traces[t], err);
	if (rc != CLAQUE_OK)
		return rc;
	return merge_edges(l) && find_centrality(l) &&
	       peer_network_finish(l->net, &l->names, l->scores, &l->tick) ? CLAQUE_OK :
	       CLAQUE_STOPPED;
}

enum claque_rc
claque_luceri(const struct claque_peer_trace *traces, const struct claque_peer_names *names,
	      const struct claque_progress *progress, struct claque_peer_network **out,
	      struct claque_err *err)
{
	struct luceri l = { .tick = { .progress = progress, .stage = "network" } };
	enum claque_rc rc;

	*out = NULL;
	l.net = ARRAY_NEW(struct claque_peer_network, 1);
	ARRAY_GROW(l.net->edges, l.edges_cap, 1);	/* none is an array, too */
	rc = build(&l, traces, names, err);
	if (rc == CLAQUE_OK)
		*out = l.net;
	else
		claque_peer_network_free(l.net);
	peer_ranks_done(&l.names);
	array_free(l.rows);
	array_free(l.scores);
	return rc;
}
