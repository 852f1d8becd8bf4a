/*
 * coortweet_stats.c - what CooRTweet 2.1.3 says of the accounts and objects of
 * a network: account_stats(), group_stats(), and the vertices themselves.
 *
 * Kept as published unless `corrected`: an account's averages leave out edges
 * that repeat the values of another, and an object's accounts are only those
 * at the `from` ends of its edges.
 */
#include "config.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "claque/peer.h"

#include "base/array.h"
#include "base/err.h"

#include "engine/peer.h"
#include "engine/peer_graph.h"
#include "engine/sort.h"

/* One end of an edge, as account_stats() sees it. */
struct end {
	uint32_t rank;
	double delta, delta_fast, symmetry, symmetry_fast;	/* fast: NAN without such a pair */
};

/* An account, or an object, and something of it: to count distinct ones. */
struct mention {
	uint32_t of, what;
};

struct stats {
	const struct claque_coortweet_run *run;
	enum claque_coortweet_level level;
	struct ticker tick;
	struct peer_ranks names;
};

static int
real_cmp(double a, double b)
{
	if (isnan(a) || isnan(b))
		return !isnan(a) - !isnan(b);
	return (a > b) - (a < b);
}

static int
end_cmp(const void *pa, const void *pb)
{
	const struct end *a = pa, *b = pb;
	int d = (a->rank > b->rank) - (a->rank < b->rank);

	d = d != 0 ? d : real_cmp(a->delta, b->delta);
	d = d != 0 ? d : real_cmp(a->delta_fast, b->delta_fast);
	d = d != 0 ? d : real_cmp(a->symmetry, b->symmetry);
	return d != 0 ? d : real_cmp(a->symmetry_fast, b->symmetry_fast);
}

static int
mention_cmp(const void *pa, const void *pb)
{
	const struct mention *a = pa, *b = pb;

	if (a->of != b->of)
		return a->of < b->of ? -1 : 1;
	return (a->what > b->what) - (a->what < b->what);
}

static int
group_cmp(const void *pa, const void *pb)
{
	const struct claque_coortweet_group *a = pa, *b = pb;

	if (a->account_count != b->account_count)
		return a->account_count > b->account_count ? -1 : 1;
	return (a->object > b->object) - (a->object < b->object);
}

static bool
is_counted(const struct stats *s, const struct claque_coortweet_edge *e)
{
	return s->level == CLAQUE_LEVEL_NONE ||
	       (s->level == CLAQUE_LEVEL_FULL && e->full.weight_threshold) ||
	       (s->level == CLAQUE_LEVEL_FAST && e->fast.weight_threshold);
}

static enum claque_rc
start(struct stats *s, struct claque_err *err)
{
	const struct claque_coortweet_run *run = s->run;

	s->tick.stage = "statistics";
	s->tick.total = run->result->edge_count;
	if (s->level == CLAQUE_LEVEL_FAST && !run->result->has_fast)
		return err_set(err, CLAQUE_EUSAGE,
			       "level fast needs the fast tier: a fast window must be given");
	return peer_rank_names(run->rows, run->count, run->names, &s->tick, &s->names)
		? CLAQUE_OK : CLAQUE_STOPPED;
}

/* Both ends of every counted edge, sorted; distinct ones only, unless corrected. */
static struct end *
collect_ends(struct stats *s, bool corrected, size_t *out_count)
{
	static const struct sort_kind by_rank = { sizeof(struct end), end_cmp };
	const struct claque_coortweet_result *res = s->run->result;
	struct end *ends = ARRAY_NEW(struct end, 2 * res->edge_count);
	size_t n = 0, kept = 0;

	for (size_t i = 0; i < res->edge_count; i++) {
		const struct claque_coortweet_edge *e = &res->edges[i];
		bool fast = e->fast.weight > 0;
		struct end end = { s->names.ranks[e->from], e->full.avg_time_delta_s,
			fast ? e->fast.avg_time_delta_s : (double)NAN, e->full.edge_symmetry_score,
			fast ? e->fast.edge_symmetry_score : (double)NAN };

		if (!is_counted(s, e))
			continue;
		ends[n++] = end;
		end.rank = s->names.ranks[e->to];
		if (!corrected || e->from != e->to)
			ends[n++] = end;
	}
	if (!sort_items(&by_rank, ends, n, &s->tick)) {
		array_free(ends);
		return NULL;
	}
	for (size_t i = 0; i < n; i++)
		if (corrected || i == 0 || end_cmp(&ends[i - 1], &ends[i]) != 0)
			ends[kept++] = ends[i];
	*out_count = kept;
	return ends;
}

/* By rank: distinct contents in the whole pair table, or in its fast part. NULL if cancelled. */
static uint32_t *
count_shares(struct stats *s)
{
	static const struct sort_kind by_account = { sizeof(struct mention), mention_cmp };
	const struct claque_coortweet_result *res = s->run->result;
	struct mention *m = ARRAY_NEW(struct mention, 2 * res->pair_count);
	uint32_t *shares = ARRAY_NEW(uint32_t, s->names.rank_count);
	size_t n = 0;

	for (size_t i = 0; i < res->pair_count; i++) {
		const struct claque_coortweet_pair *p = &res->pairs[i];
		const struct claque_peer_row *x = &s->run->rows[p->row];
		const struct claque_peer_row *y = &s->run->rows[p->row_y];

		if (s->level == CLAQUE_LEVEL_FAST && !p->fast)
			continue;
		m[n++] = (struct mention){ s->names.ranks[x->account], x->content };
		m[n++] = (struct mention){ s->names.ranks[y->account], y->content };
	}
	if (!sort_items(&by_account, m, n, &s->tick)) {
		array_free(shares);
		shares = NULL;
	}
	for (size_t i = 0; i < n && shares != NULL; i++)
		shares[m[i].of] += i == 0 || mention_cmp(&m[i - 1], &m[i]) != 0;
	array_free(m);
	return shares;
}

/* The mean of one column, in long doubles as there; NAN ones are left out, NAN if all are. */
static double
mean_of(const struct end *ends, size_t count, size_t column)
{
	long double sum = 0;
	size_t n = 0;

	for (size_t i = 0; i < count; i++) {
		double x;

		memcpy(&x, (const char *)&ends[i] + column, sizeof(x));
		if (isnan(x))
			continue;
		sum += (long double)x;
		n++;
	}
	return n > 0 ? (double)(sum / (long double)n) : (double)NAN;
}

/* Every account of the ends, which lie by rank. */
static size_t
sum_accounts(const struct stats *s, const struct end *ends, size_t count, const uint32_t *shares,
	     struct claque_coortweet_account *out)
{
	size_t n = 0, to;

	for (size_t from = 0; from < count; from = to) {
		const struct end *at = ends + from;

		for (to = from + 1; to < count && ends[to].rank == at->rank; to++)
			;
		out[n++] = (struct claque_coortweet_account){
			.account = s->names.by_rank[at->rank],
			.avg_time_delta_s = mean_of(at, to - from, offsetof(struct end, delta)),
			.avg_time_delta_fast_s =
				mean_of(at, to - from, offsetof(struct end, delta_fast)),
			.avg_edge_symmetry_score =
				mean_of(at, to - from, offsetof(struct end, symmetry)),
			.avg_edge_symmetry_score_fast =
				mean_of(at, to - from, offsetof(struct end, symmetry_fast)),
			.unique_shares_count = shares[at->rank],
		};
	}
	return n;
}

enum claque_rc
claque_coortweet_accounts(const struct claque_coortweet_run *run, enum claque_coortweet_level level,
			  bool corrected, const struct claque_progress *progress,
			  struct claque_coortweet_account **out, size_t *out_count,
			  struct claque_err *err)
{
	struct stats s = { .run = run, .level = level, .tick = { .progress = progress } };
	enum claque_rc rc = start(&s, err);
	struct end *ends = NULL;
	uint32_t *shares = NULL;
	size_t count = 0;

	*out = NULL;
	*out_count = 0;
	if (rc == CLAQUE_OK && ((ends = collect_ends(&s, corrected, &count)) == NULL ||
				(shares = count_shares(&s)) == NULL))
		rc = CLAQUE_STOPPED;
	if (rc == CLAQUE_OK) {
		*out = ARRAY_NEW(struct claque_coortweet_account, s.names.rank_count);
		*out_count = sum_accounts(&s, ends, count, shares, *out);
	}
	array_free(ends);
	array_free(shares);
	peer_ranks_done(&s.names);
	return rc;
}

/* Objects of the counted edges with the accounts that count for them. */
static struct mention *
collect_mentions(const struct stats *s, bool corrected, size_t *out_count)
{
	const struct claque_coortweet_result *res = s->run->result;
	struct mention *m = NULL;
	size_t n = 0, cap = 0;

	ARRAY_GROW(m, cap, 1);
	for (size_t i = 0; i < res->edge_count; i++) {
		const struct claque_coortweet_edge *e = &res->edges[i];
		const struct claque_coortweet_tier *t =
			s->level == CLAQUE_LEVEL_FAST ? &e->fast : &e->full;

		if (!is_counted(s, e))
			continue;
		for (size_t o = 0; o < t->object_count; o++) {
			ARRAY_GROW(m, cap, n + 2);
			m[n++] = (struct mention){ t->objects[o], e->from };
			if (corrected)
				m[n++] = (struct mention){ t->objects[o], e->to };
		}
	}
	*out_count = n;
	return m;
}

/* Distinct accounts by object. m lies by object. */
static size_t
count_groups(const struct mention *m, size_t count, struct claque_coortweet_group *out)
{
	size_t n = 0;

	for (size_t i = 0; i < count; i++) {
		bool same = i > 0 && m[i - 1].of == m[i].of;

		if (!same)
			out[n++] = (struct claque_coortweet_group){ .object = m[i].of };
		if (!same || m[i - 1].what != m[i].what)
			out[n - 1].account_count++;
	}
	return n;
}

enum claque_rc
claque_coortweet_groups(const struct claque_coortweet_run *run, enum claque_coortweet_level level,
			bool corrected, const struct claque_progress *progress,
			struct claque_coortweet_group **out, size_t *out_count,
			struct claque_err *err)
{
	static const struct sort_kind by_object = { sizeof(struct mention), mention_cmp };
	static const struct sort_kind by_size = { sizeof(**out), group_cmp };
	struct stats s = { .run = run, .level = level, .tick = { .progress = progress } };
	struct mention *m = NULL;
	size_t count = 0;
	enum claque_rc rc = start(&s, err);

	*out = NULL;
	*out_count = 0;
	if (rc == CLAQUE_OK) {
		m = collect_mentions(&s, corrected, &count);
		*out = ARRAY_NEW(struct claque_coortweet_group, count);
		if (sort_items(&by_object, m, count, &s.tick))
			*out_count = count_groups(m, count, *out);
		else
			rc = CLAQUE_STOPPED;
		if (rc == CLAQUE_OK && !sort_items(&by_size, *out, *out_count, &s.tick))
			rc = CLAQUE_STOPPED;
	}
	if (rc != CLAQUE_OK) {
		array_free(*out);
		*out = NULL;
		*out_count = 0;
	}
	array_free(m);
	peer_ranks_done(&s.names);
	return rc;
}

static void
add_end(struct claque_coortweet_node *node, const struct claque_coortweet_edge *e)
{
	node->degree++;
	node->strength += e->full.weight;
	node->core |= e->fast.weight_threshold;
	if (e->full.weight > node->best_weight)
		node->best_weight = e->full.weight;
}

/* The ties of the counted edges; what they say of their ends goes to nodes, by rank. */
static struct peer_tie *
collect_ties(const struct stats *s, struct claque_coortweet_node *nodes, size_t *out_count)
{
	const struct claque_coortweet_result *res = s->run->result;
	struct peer_tie *ties = ARRAY_NEW(struct peer_tie, res->edge_count);
	size_t n = 0;

	for (size_t i = 0; i < res->edge_count; i++) {
		const struct claque_coortweet_edge *e = &res->edges[i];
		struct peer_tie tie = { s->names.ranks[e->from], s->names.ranks[e->to] };

		if (!is_counted(s, e))
			continue;
		ties[n++] = tie;
		add_end(&nodes[tie.a], e);
		add_end(&nodes[tie.b], e);
	}
	*out_count = n;
	return ties;
}

/* The nodes by rank, those without an edge taken out. NULL if cancelled. */
static struct claque_coortweet_node *
make_nodes(struct stats *s, size_t *out_count)
{
	size_t vertices = s->names.rank_count, count = 0, kept = 0;
	struct claque_coortweet_node *nodes = ARRAY_NEW(struct claque_coortweet_node, vertices);
	struct peer_component *parts = ARRAY_NEW(struct peer_component, vertices);
	struct peer_tie *ties = collect_ties(s, nodes, &count);
	bool go_on = peer_components(ties, count, vertices, parts, &s->tick);

	for (size_t v = 0; v < vertices && go_on; v++) {
		if (parts[v].number == 0)
			continue;
		nodes[v].account = s->names.by_rank[v];
		nodes[v].component = parts[v].number;
		nodes[v].component_size = parts[v].size;
		nodes[kept++] = nodes[v];
	}
	array_free(ties);
	array_free(parts);
	if (!go_on) {
		array_free(nodes);
		return NULL;
	}
	*out_count = kept;
	return nodes;
}

enum claque_rc
claque_coortweet_nodes(const struct claque_coortweet_run *run, enum claque_coortweet_level level,
		       const struct claque_progress *progress, struct claque_coortweet_node **out,
		       size_t *out_count, struct claque_err *err)
{
	struct stats s = { .run = run, .level = level, .tick = { .progress = progress } };
	enum claque_rc rc = start(&s, err);

	*out = NULL;
	*out_count = 0;
	if (rc == CLAQUE_OK && (*out = make_nodes(&s, out_count)) == NULL)
		rc = CLAQUE_STOPPED;
	peer_ranks_done(&s.names);
	return rc;
}
