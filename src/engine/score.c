/*
 * score.c - the public call: scene, groups, and one score for every account.
 * What the scene's networks, surrogate worlds and looks do not need of each
 * other is done in threads (parallel.h); the rest takes one.
 */
#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/err.h"
#include "engine/dataset.h"
#include "engine/firsts.h"
#include "engine/group.h"
#include "engine/innocent.h"
#include "engine/inside.h"
#include "engine/listing.h"
#include "engine/odds.h"
#include "engine/scene.h"
#include "engine/score.h"
#include "engine/stability.h"
#include "engine/surrogate.h"
#include "engine/tick.h"

struct claque_score_settings
claque_score_defaults(void)
{
	return (struct claque_score_settings){
		.prior = 0.01, .fdr = 0.01, .object_cap = 250, .min_accounts = 3,
		.lead_score = 0.5, .seed = 1, .surrogates = 20,
	};
}

enum { SURROGATES_MAX = 1000 };

static enum claque_rc
check(const struct claque_score_settings *s, struct claque_err *err)
{
	if (!(s->prior > 0 && s->prior < 1))
		return err_set(err, CLAQUE_EUSAGE, "prior %g; give more than 0 and less than 1",
			       s->prior);
	if (!(s->fdr > 0 && s->fdr <= 1))
		return err_set(err, CLAQUE_EUSAGE, "false discovery rate %g; give more than 0, at "
			       "most 1", s->fdr);
	if (s->min_accounts < 2)
		return err_set(err, CLAQUE_EUSAGE, "groups of %u accounts; give 2 or more",
			       s->min_accounts);
	if (!(s->lead_score >= 0 && s->lead_score <= 1))
		return err_set(err, CLAQUE_EUSAGE, "lead score %g; give 0 to 1", s->lead_score);
	if (s->surrogates > SURROGATES_MAX)
		return err_set(err, CLAQUE_EUSAGE, "%u surrogate worlds; give at most %d",
			       s->surrogates, SURROGATES_MAX);
	return CLAQUE_OK;
}

static void
count_shares(const struct scene *s, struct claque_group *groups)
{
	for (size_t i = 0; i < s->ds->share_count; i++) {
		uint32_t group = s->group_of[s->ds->shares[i].account];

		if (group != UINT32_MAX)
			groups[group].shares++;
	}
}

static struct roster
roster_of(const struct listing *own, const struct listing *exposed, uint32_t group)
{
	return (struct roster){
		.own = own->accounts + own->from[group],
		.own_count = (uint32_t)(own->from[group + 1] - own->from[group]),
		.exposed = exposed->accounts + exposed->from[group],
		.exposed_count = (uint32_t)(exposed->from[group + 1] - exposed->from[group]),
	};
}

static enum claque_rc
score_groups(const struct scene *s, const struct inner *in,
	     const struct claque_progress *progress, struct claque_result *out)
{
	struct ticker t = { .progress = progress, .stage = "scoring groups",
			    .total = s->group_count };
	struct listing own = listing_by(s->ds, s->group_of, s->group_count);
	struct listing exposed = listing_by(s->ds, s->exposed_to, s->group_count);
	enum claque_rc rc = CLAQUE_OK;

	out->groups = ARRAY_NEW(struct claque_group, s->group_count);
	for (uint32_t g = 0; g < s->group_count && rc == CLAQUE_OK; g++) {
		struct roster roster = roster_of(&own, &exposed, g);

		group_score(s, in, g, &roster, &out->groups[g]);
		out->group_count++;
		if (!tick(&t, 1, 64 * (uint64_t)roster.own_count))
			rc = CLAQUE_STOPPED;
	}
	if (rc == CLAQUE_OK)
		count_shares(s, out->groups);
	listing_done(&own);
	listing_done(&exposed);
	return rc;
}

static int
compare_edges(const void *pa, const void *pb, void *ctx)
{
	const struct valid_edge *a = pa, *b = pb;
	const uint32_t *rank = ctx;

	if (a->edge.a != b->edge.a)
		return rank[a->edge.a] < rank[b->edge.a] ? -1 : 1;
	if (a->edge.b != b->edge.b)
		return rank[a->edge.b] < rank[b->edge.b] ? -1 : 1;
	return (a->signal > b->signal) - (a->signal < b->signal);
}

static void
list_edges(const struct scene *s, struct claque_result *out)
{
	struct valid_edge *all;
	size_t n = 0;

	for (unsigned i = 0; i < FUSED_COUNT; i++)
		out->edge_count += s->valid[i].count;
	all = ARRAY_NEW(struct valid_edge, out->edge_count);
	for (unsigned i = 0; i < FUSED_COUNT; i++)
		for (size_t e = 0; e < s->valid[i].count; e++)
			all[n++] = s->valid[i].edges[e];
	qsort_r(all, n, sizeof(*all), compare_edges, s->ds->rank);
	out->edges = ARRAY_NEW(struct claque_edge, n);
	out->edge_signals = ARRAY_NEW(uint8_t, n);
	out->edge_windows = ARRAY_NEW(int64_t, n);
	for (size_t i = 0; i < n; i++) {
		out->edges[i] = all[i].edge;
		out->edge_signals[i] = all[i].signal;
		out->edge_windows[i] = window_seconds[all[i].window];
	}
	array_free(all);
}

static void
score_accounts(const struct scene *s, struct claque_result *out)
{
	uint32_t accounts = s->ds->account_names.count;

	out->account_scores = ARRAY_NEW(double, accounts);
	out->account_parts = ARRAY_NEW(struct claque_account_parts, accounts);
	for (uint32_t a = 0; a < accounts; a++) {
		out->account_scores[a] = s->belief.at[a];
		out->account_parts[a] = (struct claque_account_parts){
			.coordination = (float)s->belief.ties[a],
			.deception = (float)s->belief.own[a],
			.overtness = (float)s->belief.open[a],
			.collective = (float)(s->belief.around[a] + s->belief.like[a]),
		};
	}
}

static uint32_t
smallest_rank(const struct claque_group *g, const uint32_t *rank)
{
	uint32_t least = UINT32_MAX;

	for (size_t i = 0; i < g->member_count; i++)
		least = rank[g->members[i].account] < least ? rank[g->members[i].account] : least;
	return least;
}

static int
compare_results(const void *pa, const void *pb, void *ctx)
{
	const struct claque_group *a = pa, *b = pb;

	if (a->score < b->score || a->score > b->score)
		return a->score > b->score ? -1 : 1;
	if (a->member_count != b->member_count)
		return a->member_count > b->member_count ? -1 : 1;
	return smallest_rank(a, ctx) < smallest_rank(b, ctx) ? -1 : 1;
}

static void
free_groups(struct claque_result *r)
{
	for (size_t g = 0; g < r->group_count; g++) {
		array_free(r->groups[g].members);
		array_free(r->groups[g].evidence);
		array_free(r->groups[g].innocents);
	}
	array_free(r->groups);
	r->groups = NULL;
	r->group_count = 0;
}

static enum claque_rc
score_scene(const struct scene *s, const struct claque_progress *progress,
	    struct claque_result *out)
{
	struct inner in;
	enum claque_rc rc;

	inner_init(&in, s);
	rc = score_groups(s, &in, progress, out);
	inner_done(&in);
	return rc;
}

/* Members of leads, but for those who are merely exposed; how many. */
static size_t
mark_seeds(const struct claque_result *r, bool *seed)
{
	size_t count = 0;

	for (size_t g = 0; g < r->group_count; g++)
		for (size_t m = 0; r->groups[g].lead && m < r->groups[g].member_count; m++)
			if (r->groups[g].members[m].role != CLAQUE_EXPOSED) {
				seed[r->groups[g].members[m].account] = true;
				count++;
			}
	return count;
}

/* Where there are leads, looks for more like them and groups again. */
static enum claque_rc
extend_leads(struct scene *s, const struct claque_progress *progress, struct claque_result *out,
	     struct claque_err *err)
{
	bool *seed = ARRAY_NEW(bool, s->ds->account_names.count);
	enum claque_rc rc = CLAQUE_OK;

	if (mark_seeds(out, seed) > 0) {
		free_groups(out);
		rc = belief_extend(&s->belief, seed, s->settings->prior, progress);
		if (rc == CLAQUE_OK)
			rc = scene_group(s, progress, err);
		if (rc == CLAQUE_OK)
			rc = score_scene(s, progress, out);
	}
	array_free(seed);
	return rc;
}

/* What is told about groups beside their scores. */
static enum claque_rc
measure_groups(const struct scene *s, const struct claque_progress *progress,
	       struct claque_result *out, struct claque_err *err)
{
	enum claque_rc rc = innocents_find(s, progress, out);

	if (rc == CLAQUE_OK)
		rc = surrogate_fill(s, progress, out, err);
	if (rc == CLAQUE_OK)
		rc = stability_fill(s, progress, out, err);
	if (rc == CLAQUE_OK)
		rc = firsts_fill(s, progress, out);
	return rc == CLAQUE_OK ? inside_fill(s, progress, out, err) : rc;
}

static enum claque_rc
fill_result(struct scene *s, bool measured, const struct claque_progress *progress,
	    struct claque_result *out, struct claque_err *err)
{
	enum claque_rc rc = score_scene(s, progress, out);

	if (rc == CLAQUE_OK)
		rc = extend_leads(s, progress, out, err);
	if (rc == CLAQUE_OK && measured)
		rc = measure_groups(s, progress, out, err);
	if (rc != CLAQUE_OK)
		return rc;
	list_edges(s, out);
	score_accounts(s, out);
	qsort_r(out->groups, out->group_count, sizeof(*out->groups), compare_results, s->ds->rank);
	for (unsigned i = 0; i < FUSED_COUNT; i++) {
		out->hot_objects += s->kept[i].hot_objects;
		out->hot_shares += s->kept[i].hot_shares;
		out->undated_shares += s->kept[i].undated_shares;
	}
	return CLAQUE_OK;
}

enum claque_rc
score_scene_of(const struct claque_dataset *ds, const struct score_ask *ask,
	       const struct claque_progress *progress, struct scene *scene,
	       struct claque_result **out, struct claque_err *err)
{
	enum claque_rc rc = check(ask->settings, err);
	struct claque_result *result;

	*out = NULL;
	if (rc == CLAQUE_OK)
		rc = scene_init(scene, ds, ask->settings, progress, err);
	if (rc != CLAQUE_OK)
		return rc;
	result = ARRAY_NEW(struct claque_result, 1);
	rc = fill_result(scene, ask->measured, progress, result, err);
	if (rc == CLAQUE_OK) {
		*out = result;
		return CLAQUE_OK;
	}
	scene_done(scene);
	claque_result_free(result);
	return rc;
}

enum claque_rc
claque_score(const struct claque_dataset *ds, const struct claque_score_settings *settings,
	     const struct claque_progress *progress, struct claque_result **out,
	     struct claque_err *err)
{
	struct score_ask ask = { .settings = settings, .measured = true };
	struct scene scene;
	enum claque_rc rc = score_scene_of(ds, &ask, progress, &scene, out, err);

	if (rc != CLAQUE_OK)
		return rc;
	(*out)->twins = scene.work.twins;
	scene.work.twins = (struct claque_twins){ 0 };
	scene_done(&scene);
	return CLAQUE_OK;
}

void
claque_result_free(struct claque_result *result)
{
	if (result == NULL)
		return;
	free_groups(result);
	claque_twins_done(&result->twins);
	array_free(result->account_scores);
	array_free(result->account_parts);
	array_free(result->edges);
	array_free(result->edge_signals);
	array_free(result->edge_windows);
	array_free(result);
}
