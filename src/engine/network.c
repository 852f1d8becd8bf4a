/*
 * network.c - one co-share network for one window.
 */
#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/array.h"
#include "engine/edge.h"
#include "engine/null.h"
#include "engine/signal.h"
#include "engine/tick.h"

/* Objects that partners of one account hold, looked at together: 64 MB, twice. */
#define COMMONS_MAX (UINT64_C(1) << 22)

/* What visiting the pairs of accounts fills. */
struct gather {
	const struct kept *kept;
	int64_t window_ms;
	struct claque_edge *edges;
	size_t count, cap;
	double weight;		/* of all edges together */
	struct edge_room room;
	struct pace pace;	/* in this window */
	bool *outs;		/* by edge: whether it stands out by the pace of the file */
	struct commons commons;
	struct common_room common;
	uint32_t *partners;	/* of the account at hand */
	size_t partners_cap;
	struct pace_room pace_room;
};

struct claque_network_settings
claque_network_defaults(enum claque_signal signal)
{
	struct claque_network_settings s = {
		.signal = signal, .window_s = 60, .object_cap = 250, .min_weight = 1, .max_q = 1,
	};

	if ((unsigned)signal < CLAQUE_SIGNAL_COUNT && signal_table[signal] != NULL)
		signal_defaults(signal_table[signal], s.params);
	return s;
}

static enum claque_rc
check(const struct claque_network_settings *s, struct claque_err *err)
{
	if ((unsigned)s->signal >= CLAQUE_SIGNAL_COUNT || signal_table[s->signal] == NULL)
		return err_set(err, CLAQUE_EUSAGE, "signal %d does not exist", (int)s->signal);
	if (signal_table[s->signal]->info.shape != CLAQUE_EDGES)
		return err_set(err, CLAQUE_EUSAGE, "%s measures accounts one by one and has no "
			       "network; run it with `claque signal`",
			       signal_table[s->signal]->info.name);
	if (s->window_s < CLAQUE_WINDOW_WHOLE || s->window_s > INT64_MAX / 1000)
		return err_set(err, CLAQUE_EUSAGE, "a window of %lld s; give 0 or more, or the "
			       "whole period", (long long)s->window_s);
	if (s->min_weight < 1)
		return err_set(err, CLAQUE_EUSAGE, "the least weight of an edge is 1");
	if (!(s->max_q >= 0 && s->max_q <= 1))
		return err_set(err, CLAQUE_EUSAGE, "max_q is %g; give 0 to 1", s->max_q);
	return CLAQUE_OK;
}

static void
add_edge(void *ctx, const struct pair_run *run)
{
	struct gather *g = ctx;
	struct claque_edge *e;

	ARRAY_GROW(g->edges, g->cap, g->count + 1);
	e = &g->edges[g->count++];
	edge_fold(g->kept, run, g->window_ms, &g->room, e);
	e->expected = kept_pair_part(g->kept, run->a, run->b);
	g->weight += e->weight;
}

/* One object tells too little, whatever its chance. */
static bool
stands_out(const struct gather *g, const struct claque_edge *e)
{
	return e->weight >= 2 && pace_stands_out(e->weight,
		null_poisson_tail(e->expected * g->weight, e->weight));
}

/*
 * What the account of edges[from] has in common with those of its edges, or of those that
 * stand out. Gives back the end of its edges, or of as many as may have COMMONS_MAX.
 */
static size_t
find_commons(struct gather *g, size_t from, bool only_outs)
{
	const uint32_t *rank = g->kept->ds->rank;
	uint32_t a = g->edges[from].a;
	uint64_t most = 0;
	size_t end = from, count = 0;

	for (; end < g->count && g->edges[end].a == a && most < COMMONS_MAX; end++) {
		uint32_t b = rank[g->edges[end].b];

		if (only_outs && !g->outs[end])
			continue;
		ARRAY_GROW(g->partners, g->partners_cap, count + 1);
		g->partners[count++] = b;
		most += g->commons.from[b + 1] - g->commons.from[b];
	}
	common_find(&g->common, rank[a], g->partners, count);
	return end;
}

static enum claque_rc
find_outs(struct gather *g, const struct claque_progress *progress)
{
	struct ticker t = { .progress = progress, .stage = "judging", .total = g->count };

	g->outs = ARRAY_NEW(bool, g->count);
	for (size_t i = 0; i < g->count; i++) {
		g->outs[i] = stands_out(g, &g->edges[i]);
		if (!tick(&t, 1, 32))
			return CLAQUE_STOPPED;
	}
	return CLAQUE_OK;
}

static enum claque_rc
take_out(struct gather *g, const struct claque_progress *progress)
{
	struct ticker t = { .progress = progress, .stage = "judging", .total = g->count };

	for (size_t i = 0, end; i < g->count; i = end) {
		end = find_commons(g, i, true);
		for (size_t c = 0; c < g->common.count; c++)
			pace_take_out_of(&g->pace, g->common.list[c].run, g->common.list[c].lag_ms);
		if (!tick(&t, end - i, (end - i) * 32))
			return CLAQUE_STOPPED;
	}
	return CLAQUE_OK;
}

struct paced_run {
	double rate;
	uint32_t run;
};

static int
compare_paced(const void *pa, const void *pb)
{
	const struct paced_run *a = pa, *b = pb;

	if (a->rate < b->rate || a->rate > b->rate)
		return a->rate < b->rate ? -1 : 1;
	return (a->run > b->run) - (a->run < b->run);
}

/* Slow objects first: so the rates of a pair, which are to be sorted, nearly are. */
static void
order_by_rate(struct gather *g)
{
	size_t count = g->kept->run_count;
	struct paced_run *paced = ARRAY_NEW(struct paced_run, count);
	uint32_t *runs = ARRAY_NEW(uint32_t, count);

	for (size_t run = 0; run < count; run++)
		paced[run] = (struct paced_run){ pace_rate_at(&g->pace, run, 0, false, true),
						 (uint32_t)run };
	array_sort(paced, count, sizeof(*paced), compare_paced);
	for (size_t i = 0; i < count; i++)
		runs[i] = paced[i].run;
	commons_reorder(&g->commons, runs);
	array_free(paced);
	array_free(runs);
}

static void
judge_edge(struct gather *g, struct claque_edge *e, size_t place, bool out)
{
	uint64_t from = g->common.from[place];
	uint32_t count = (uint32_t)(g->common.from[place + 1] - from);
	struct meeting m;

	ARRAY_GROW(g->pace_room.rates, g->pace_room.cap, count);
	m = pace_meeting(&g->pace, g->common.list + from, count,
			 &(struct pace_view){ 0, out, g->pace_room.rates });
	edge_judge_within(e, &m, g->kept->pairs, g->weight);
}

static enum claque_rc
judge_each(struct gather *g, const struct claque_progress *progress)
{
	struct ticker t = { .progress = progress, .stage = "judging", .total = g->count };

	for (size_t i = 0, end; i < g->count; i = end) {
		end = find_commons(g, i, false);
		for (size_t e = i; e < end; e++)
			judge_edge(g, &g->edges[e], e - i, g->outs[e]);
		if (!tick(&t, end - i, (end - i) * 128))
			return CLAQUE_STOPPED;
	}
	return CLAQUE_OK;
}

static enum claque_rc
judge_all(struct gather *g, double tests, const struct claque_progress *progress)
{
	const struct pace_range range = { &g->window_ms, 1, UINT32_MAX };
	enum claque_rc rc = pace_init(&g->pace, g->kept, &range, progress);

	if (rc == CLAQUE_OK)
		rc = commons_init(&g->commons, g->kept, progress);
	if (rc == CLAQUE_OK) {
		g->common = common_room_of(&g->commons);
		rc = find_outs(g, progress);
	}
	if (rc == CLAQUE_OK)
		rc = take_out(g, progress);
	if (rc == CLAQUE_OK) {
		order_by_rate(g);
		rc = judge_each(g, progress);
	}
	if (rc == CLAQUE_OK)
		rc = edge_correct(g->edges, g->count, tests, progress);
	pace_done(&g->pace);
	commons_done(&g->commons);
	common_room_done(&g->common);
	array_free(g->pace_room.rates);
	array_free(g->partners);
	array_free(g->outs);
	return rc;
}

static enum claque_rc
gather_edges(struct gather *g, const struct claque_progress *progress)
{
	struct pairs pairs;
	enum claque_rc rc = pairs_init(&pairs, g->kept, g->window_ms, PAIR_CEILING, progress);

	if (rc == CLAQUE_OK)
		rc = pairs_each(&pairs, g, add_edge, progress);
	pairs_done(&pairs);
	array_free(g->room.lags);
	return rc;
}

enum claque_rc
claque_network_build(const struct claque_dataset *ds,
		     const struct claque_network_settings *settings,
		     const struct claque_progress *progress, struct claque_network *out,
		     struct claque_err *err)
{
	struct kept kept;
	struct gather g = { .kept = &kept };
	enum claque_rc rc = check(settings, err);
	uint64_t tests;

	*out = (struct claque_network){ 0 };
	if (rc == CLAQUE_OK)
		rc = signal_keep(&kept, ds, settings, progress, err);
	if (rc != CLAQUE_OK)
		return rc;
	g.window_ms = settings->window_s == CLAQUE_WINDOW_WHOLE ? INT64_MAX
								: settings->window_s * 1000;
	tests = (uint64_t)kept.active * (kept.active - (kept.active > 0)) / 2;
	rc = gather_edges(&g, progress);
	if (rc == CLAQUE_OK)
		rc = judge_all(&g, (double)tests, progress);
	if (rc == CLAQUE_OK) {
		g.count = edge_drop(g.edges, g.count, settings);
		*out = (struct claque_network){
			.edges = g.edges, .edge_count = g.count, .pairs_tested = tests,
			.hot_objects = kept.hot_objects, .hot_shares = kept.hot_shares,
			.undated_shares = kept.undated_shares,
		};
	} else {
		array_free(g.edges);
	}
	kept_done(&kept);
	return rc;
}

void
claque_network_done(struct claque_network *network)
{
	array_free(network->edges);
	*network = (struct claque_network){ 0 };
}
