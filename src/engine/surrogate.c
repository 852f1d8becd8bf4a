/*
 * surrogate.c - job 0 is the file as it is, needed only where a sample stands
 * for it; the jobs after it are dealt.
 *
 * A large file is sampled by account: pairs, which are most of the work, shrink
 * with the square. Its groups are then found in the sample as in the surrogate
 * worlds, and each of the file's groups is judged by the best of those that are
 * mostly its members.
 */
#include "config.h"

#include "engine/surrogate.h"

#include <math.h>

#include "base/array.h"
#include "base/map.h"
#include "engine/listing.h"
#include "engine/parallel.h"
#include "engine/part.h"
#include "engine/redeal.h"

/* What one world gave. */
struct world {
	double *figures;	/* by group found in it */
	uint32_t *of;		/* likewise: the file's group that most of its members are of */
	uint32_t group_count, largest;
	double *seen[FUSED_COUNT], *quick[FUSED_COUNT];	/* by group of the file: see flow.h */
};

struct surrogates {
	const struct scene *scene;
	uint64_t seed;
	bool whole;		/* nothing was left out */
	bool *drawn;		/* by rank: in the sample */
	uint32_t drawn_count, weeks;
	struct coact source, acts[FUSED_COUNT];	/* acts: none of those that are the source's */
	struct redeal source_deal, deals[FUSED_COUNT];
	struct world *worlds;	/* 0: as it is */
};

/* --- what is dealt */

/*
 * Suspects are grouped by what is then measured: were the two dealt apart, chance
 * would find nobody company twice, and every group of the file would look good.
 */
static bool
is_source(unsigned f)
{
	return fused_table[f].signal == CLAQUE_SIGNAL_CO_SOURCE;
}

/* Copies the acts of those in the sample; objects keep their numbers. */
static void
sample_acts(struct coact *c, const bool *drawn)
{
	size_t left = 0;

	for (uint32_t o = 0; o < c->object_count; o++) {
		uint64_t from = c->from[o], to = c->from[o + 1];

		c->from[o] = left;
		for (uint64_t i = from; i < to; i++)
			if (drawn[c->acts[i].account])
				c->acts[left++] = c->acts[i];
	}
	c->from[c->object_count] = left;
	c->count = left;
}

/* Acts shrink with the sample, pairs with its square. */
static double
sample_part(const struct surrogates *g)
{
	double acts = (double)g->source.count, pairs = 0, by_acts, by_pairs;

	for (unsigned f = 0; f < FUSED_COUNT; f++) {
		acts += (double)g->acts[f].count;
		pairs += g->scene->kept[f].pairs;
	}
	by_acts = acts > 0 ? CLAQUE_SURROGATE_ACTS / acts : 1;
	by_pairs = pairs > 0 ? sqrt(CLAQUE_SURROGATE_PAIRS / pairs) : 1;
	return by_acts < by_pairs ? by_acts : by_pairs;
}

static void
draw_sample(struct surrogates *g)
{
	uint32_t accounts = g->scene->ds->account_names.count;
	double part = sample_part(g);

	g->drawn = ARRAY_NEW(bool, accounts);
	g->whole = part >= 1;
	for (uint32_t r = 0; r < accounts; r++) {
		double at = (double)(hash_mix(g->seed, r) >> 11) * 0x1p-53;

		g->drawn[r] = g->whole || at < part;
		g->drawn_count += g->drawn[r];
	}
}

static enum claque_rc
read_acts(struct surrogates *g, const struct claque_progress *progress, struct claque_err *err)
{
	const struct scene *s = g->scene;
	enum claque_rc rc = CLAQUE_OK;

	coact_copy(&g->source, &s->work.source);
	for (unsigned f = 0; f < FUSED_COUNT && rc == CLAQUE_OK; f++) {
		if (s->settings->off[fused_table[f].signal] || is_source(f))
			continue;
		rc = signal_acts(signal_table[fused_table[f].signal], &s->work, progress,
				 &g->acts[f], err);
	}
	if (rc != CLAQUE_OK)
		return rc;
	draw_sample(g);
	sample_acts(&g->source, g->drawn);
	for (unsigned f = 0; f < FUSED_COUNT; f++)
		if (g->acts[f].from != NULL)
			sample_acts(&g->acts[f], g->drawn);
	return CLAQUE_OK;
}

static enum claque_rc
open_deals(struct surrogates *g, const struct claque_progress *progress)
{
	struct deal_period period = DEAL_PERIOD_EMPTY;
	uint32_t accounts = g->scene->ds->account_names.count;
	enum claque_rc rc;

	deal_period_widen(&period, &g->source);
	for (unsigned f = 0; f < FUSED_COUNT; f++)
		deal_period_widen(&period, &g->acts[f]);
	g->weeks = deal_period_weeks(&period);
	rc = redeal_init(&g->source_deal, &g->source, period, accounts, progress);
	for (unsigned f = 0; f < FUSED_COUNT && rc == CLAQUE_OK; f++)
		if (g->acts[f].from != NULL)
			rc = redeal_init(&g->deals[f], &g->acts[f], period, accounts, progress);
	return rc;
}

/* --- one world */

struct making {
	struct surrogates *all;
	struct scene scene;	/* the file's, but for acts and what comes of them */
	struct rng rng;
	uint32_t *shifts;	/* NULL: as it is */
};

static enum claque_rc
deal(struct making *m, const struct redeal *how, struct coact *out,
     const struct claque_progress *progress)
{
	if (m->shifts != NULL)
		return redeal_acts(how, m->shifts, &m->rng, out, progress);
	coact_copy(out, how->from);
	return CLAQUE_OK;
}

static enum claque_rc
deal_network(struct making *m, unsigned f, const struct claque_progress *progress,
	     struct coact *out)
{
	if (!is_source(f))
		return deal(m, &m->all->deals[f], out, progress);
	coact_copy(out, &m->scene.work.source);
	return CLAQUE_OK;
}

static enum claque_rc
make_network(struct making *m, unsigned f, const struct claque_progress *progress,
	     struct claque_err *err)
{
	struct scene *s = &m->scene;
	struct validation how = { &s->kept[f], fused_table[f].signal, s->settings->fdr, 1 };
	struct coact acts;
	enum claque_rc rc;

	if (s->settings->off[how.signal])
		return CLAQUE_OK;
	rc = deal_network(m, f, progress, &acts);
	if (rc != CLAQUE_OK)
		return rc;
	rc = kept_init(&s->kept[f], s->ds, &acts, s->settings->object_cap, progress);
	coact_done(&acts);
	return rc == CLAQUE_OK ? validate_pairs(&how, progress, &s->valid[f], err) : rc;
}

static enum claque_rc
make_scene(struct making *m, const struct claque_progress *progress, struct claque_err *err)
{
	enum claque_rc rc = deal(m, &m->all->source_deal, &m->scene.work.source, progress);

	for (unsigned f = 0; f < FUSED_COUNT && rc == CLAQUE_OK; f++)
		rc = make_network(m, f, progress, err);
	return rc == CLAQUE_OK ? scene_group(&m->scene, progress, err) : rc;
}

/* The scene without what will be made anew. */
static struct scene
bare_scene(const struct scene *s)
{
	struct scene bare = *s;

	memset(&bare.work.source, 0, sizeof(bare.work.source));
	memset(bare.kept, 0, sizeof(bare.kept));
	memset(bare.valid, 0, sizeof(bare.valid));
	memset(bare.flows, 0, sizeof(bare.flows));
	bare.ties = (struct ties){ 0 };
	bare.group_of = bare.exposed_to = NULL;
	bare.group_count = 0;
	return bare;
}

static void
making_done(struct making *m)
{
	scene_forget_networks(&m->scene);
	coact_done(&m->scene.work.source);
	array_free(m->shifts);
}

/* --- what a world gave */

/* How surprising all is that a group shares, in log units: no cap. */
static double
figure_of(const struct scene *s, const struct listing *list, uint32_t group)
{
	struct crew crew = { .group = group, .accounts = list->accounts + list->from[group],
			     .count = listing_count(list, group) };
	double figure = 0;

	for (unsigned f = 0; f < FUSED_COUNT; f++)
		figure += part_coshare_surprise(s, &crew, f);
	return figure;
}

/* The file's group that more than half of these are of. */
static uint32_t
majority(const struct scene *file, const uint32_t *accounts, uint32_t count)
{
	uint32_t group = NO_GROUP, votes = 0, found = 0;

	for (uint32_t i = 0; i < count; i++) {	/* Boyer and Moore 1981 */
		uint32_t g = file->group_of[accounts[i]];

		if (votes == 0)
			group = g;
		votes = g == group ? votes + 1 : votes - 1;
	}
	for (uint32_t i = 0; i < count; i++)
		found += file->group_of[accounts[i]] == group;
	return 2 * found > count ? group : NO_GROUP;
}

static void
read_groups(const struct scene *s, const struct scene *file, struct world *out)
{
	struct listing list = listing_by(s->ds, s->group_of, s->group_count);

	out->group_count = s->group_count;
	out->figures = ARRAY_NEW(double, s->group_count);
	out->of = ARRAY_NEW(uint32_t, s->group_count);
	for (uint32_t g = 0; g < s->group_count; g++) {
		uint32_t count = listing_count(&list, g);

		out->figures[g] = figure_of(s, &list, g);
		out->of[g] = majority(file, list.accounts + list.from[g], count);
		out->largest = count > out->largest ? count : out->largest;
	}
	listing_done(&list);
}

/* What the members of the file's groups share in this world, in their groups' windows. */
static enum claque_rc
read_flows(const struct scene *s, const struct scene *file,
	   const struct claque_progress *progress, struct world *out)
{
	enum claque_rc rc = CLAQUE_OK;

	for (unsigned f = 0; f < FUSED_COUNT && rc == CLAQUE_OK; f++) {
		struct flow *flows = ARRAY_NEW(struct flow, file->group_count);

		out->seen[f] = ARRAY_NEW(double, file->group_count);
		out->quick[f] = ARRAY_NEW(double, file->group_count);
		for (uint32_t g = 0; file->flows[f] != NULL && g < file->group_count; g++)
			flows[g].window = file->flows[f][g].window;
		if (s->kept[f].act_count > 0)
			rc = flow_measure(&s->kept[f], file->group_of, flows, progress);
		for (uint32_t g = 0; g < file->group_count; g++) {
			out->seen[f][g] = flows[g].seen;
			out->quick[f][g] = flows[g].quick;
		}
		array_free(flows);
	}
	return rc;
}

static enum claque_rc
make_world(void *ctx, size_t job, const struct claque_progress *progress, struct claque_err *err)
{
	struct surrogates *all = ctx;
	uint32_t accounts = all->scene->ds->account_names.count;
	struct making m = { .all = all, .scene = bare_scene(all->scene),
			    .rng = rng_seeded(hash_mix(all->seed, job)) };
	enum claque_rc rc;

	if (job == 0 && all->whole)
		return CLAQUE_OK;
	if (job > 0) {
		m.shifts = ARRAY_NEW(uint32_t, accounts);
		for (uint32_t r = 0; r < accounts; r++)
			m.shifts[r] = (uint32_t)rng_below(&m.rng, all->weeks);
	}
	rc = make_scene(&m, progress, err);
	if (rc == CLAQUE_OK) {
		read_groups(&m.scene, all->scene, &all->worlds[job]);
		rc = read_flows(&m.scene, all->scene, progress, &all->worlds[job]);
	}
	making_done(&m);
	return rc;
}

/* --- what they say of the file's groups */

/* The figure of each of the file's groups; below 0 where the sample has none of it. */
static double *
own_figures(const struct surrogates *g, const struct listing *list)
{
	const struct scene *s = g->scene;
	double *figures = ARRAY_NEW(double, s->group_count);
	const struct world *sample = &g->worlds[0];

	for (uint32_t i = 0; i < s->group_count; i++)
		figures[i] = g->whole ? figure_of(s, list, i) : -1;
	for (uint32_t i = 0; i < sample->group_count; i++)
		if (sample->of[i] != NO_GROUP && sample->figures[i] > figures[sample->of[i]])
			figures[sample->of[i]] = sample->figures[i];
	return figures;
}

static double
as_good(const struct surrogates *g, uint32_t worlds, double figure)
{
	uint64_t count = 0;

	for (uint32_t w = 1; w <= worlds; w++)
		for (uint32_t i = 0; i < g->worlds[w].group_count; i++)
			count += g->worlds[w].figures[i] >= figure;
	return (double)count / worlds;
}

/* Pairs of members in the file for each pair of them in the sample; 0: there is none. */
static double
pairs_for_one(const struct surrogates *g, const struct listing *list, uint32_t group)
{
	double all = listing_count(list, group), drawn = 0;

	for (uint64_t i = list->from[group]; i < list->from[group + 1]; i++)
		drawn += g->drawn[g->scene->ds->rank[list->accounts[i]]];
	return drawn < 2 ? 0 : all * (all - 1) / (drawn * (drawn - 1));
}

static double
mean_of(const struct surrogates *g, uint32_t worlds, uint32_t group, unsigned f, bool quick)
{
	double sum = 0;

	for (uint32_t w = 1; w <= worlds; w++)
		sum += quick ? g->worlds[w].quick[f][group] : g->worlds[w].seen[f][group];
	return sum / worlds;
}

static void
fill_evidence(const struct surrogates *g, uint32_t worlds, uint32_t group, double scale,
	      struct claque_evidence *e)
{
	for (unsigned f = 0; f < FUSED_COUNT; f++) {
		const struct fused *of = &fused_table[f];
		bool timing = strcmp(e->signal, of->timing) == 0;

		if (!timing && strcmp(e->signal, signal_table[of->signal]->info.name) != 0)
			continue;
		e->surrogate = scale * mean_of(g, worlds, group, f, timing);
		e->worlds = worlds;
	}
}

static void
fill_groups(const struct surrogates *g, uint32_t worlds, struct claque_result *result)
{
	const struct scene *s = g->scene;
	struct listing list = listing_by(s->ds, s->group_of, s->group_count);
	double *figures = own_figures(g, &list);

	for (uint32_t i = 0; i < s->group_count; i++) {
		struct claque_group *group = &result->groups[i];
		double scale = pairs_for_one(g, &list, i);

		if (figures[i] >= 0) {
			group->surrogate = as_good(g, worlds, figures[i]);
			group->worlds = worlds;
		}
		for (size_t e = 0; scale > 0 && e < group->evidence_count; e++)
			fill_evidence(g, worlds, i, scale, &group->evidence[e]);
	}
	array_free(figures);
	listing_done(&list);
}

static void
sum_up(const struct surrogates *g, uint32_t worlds, struct claque_surrogates *out)
{
	*out = (struct claque_surrogates){ .worlds = worlds, .accounts = g->drawn_count };
	for (uint32_t w = 1; w <= worlds; w++) {
		out->groups += (double)g->worlds[w].group_count / worlds;
		out->largest += (double)g->worlds[w].largest / worlds;
	}
}

static void
surrogates_done(struct surrogates *g, uint32_t worlds)
{
	for (uint32_t w = 0; w <= worlds; w++) {
		array_free(g->worlds[w].figures);
		array_free(g->worlds[w].of);
		for (unsigned f = 0; f < FUSED_COUNT; f++) {
			array_free(g->worlds[w].seen[f]);
			array_free(g->worlds[w].quick[f]);
		}
	}
	array_free(g->worlds);
	redeal_done(&g->source_deal);
	coact_done(&g->source);
	for (unsigned f = 0; f < FUSED_COUNT; f++) {
		redeal_done(&g->deals[f]);
		coact_done(&g->acts[f]);
	}
	array_free(g->drawn);
}

enum claque_rc
surrogate_fill(const struct scene *s, const struct claque_progress *progress,
	       struct claque_result *result, struct claque_err *err)
{
	uint32_t worlds = s->settings->surrogates;
	struct surrogates g = { .scene = s, .seed = s->settings->seed };
	struct jobs jobs = { &g, (size_t)worlds + 1, make_world };
	enum claque_rc rc;

	if (worlds == 0 || s->group_count == 0)
		return CLAQUE_OK;
	g.worlds = ARRAY_NEW(struct world, (size_t)worlds + 1);
	rc = read_acts(&g, progress, err);
	if (rc == CLAQUE_OK)
		rc = open_deals(&g, progress);
	if (rc == CLAQUE_OK)
		rc = parallel_run(&jobs, s->threads, progress, err);
	if (rc == CLAQUE_OK) {
		fill_groups(&g, worlds, result);
		sum_up(&g, worlds, &result->surrogates);
	}
	surrogates_done(&g, worlds);
	return rc;
}
