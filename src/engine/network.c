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

/* What visiting the pairs of accounts fills. */
struct gather {
	const struct kept *kept;
	int64_t window_ms;
	struct claque_edge *edges;
	size_t count, cap;
	double weight;		/* of all edges together */
	struct edge_room room;
	struct pace pace;	/* in this window */
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

static struct pace_pair
pair_of(const struct gather *g, const struct claque_edge *e)
{
	const uint32_t *rank = g->kept->ds->rank;

	/* One object tells too little to stand out, whatever its chance. */
	return (struct pace_pair){ rank[e->a], rank[e->b], e->weight >= 2 &&
		pace_stands_out(e->weight, null_poisson_tail(e->expected * g->weight, e->weight)) };
}

static enum claque_rc
take_out(struct gather *g, const struct claque_progress *progress)
{
	struct ticker t = { .progress = progress, .stage = "judging", .total = g->count };

	for (size_t i = 0; i < g->count; i++) {
		struct pace_pair pair = pair_of(g, &g->edges[i]);

		if (pair.out)
			pace_take_out(&g->pace, pair.a, pair.b, &g->pace_room);
		if (!tick(&t, 1, 128))
			return CLAQUE_STOPPED;
	}
	return CLAQUE_OK;
}

static enum claque_rc
judge_each(struct gather *g, const struct claque_progress *progress)
{
	struct ticker t = { .progress = progress, .stage = "judging", .total = g->count };

	for (size_t i = 0; i < g->count; i++) {
		struct claque_edge *e = &g->edges[i];
		struct pace_pair pair = pair_of(g, e);
		struct meeting m = pace_meeting(&g->pace, &pair, 0, &g->pace_room);

		edge_judge_within(e, &m, g->kept->pairs, g->weight);
		if (!tick(&t, 1, 128))
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
		rc = pace_list(&g->pace, progress);
	if (rc == CLAQUE_OK)
		rc = take_out(g, progress);
	if (rc == CLAQUE_OK)
		rc = judge_each(g, progress);
	if (rc == CLAQUE_OK)
		rc = edge_correct(g->edges, g->count, tests, progress);
	pace_done(&g->pace);
	pace_room_done(&g->pace_room);
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
