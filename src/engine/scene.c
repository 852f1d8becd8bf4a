/*
 * scene.c - from the dataset to networks, beliefs and groups, in this order.
 */
#include "config.h"

#include "engine/scene.h"

#include "base/array.h"
#include "base/err.h"
#include "engine/odds.h"
#include "engine/parallel.h"

#define WEIGHT_MAX 12

/*
 * Of the accounts of operations so many stand in a validated network; careful
 * ones act too seldom. The file says how many of all accounts do.
 */
#define TIED_IN_OPERATIONS 0.6
#define TIES_MAX 1.5

const struct fused fused_table[FUSED_COUNT] = {
#define X(signal, timing, noun) { CLAQUE_SIGNAL_##signal, timing, noun },
	FUSED_LIST(X)
#undef X
};

double
scene_edge_weight(const struct claque_edge *edge)
{
	return -edge->log10_p < WEIGHT_MAX ? -edge->log10_p : WEIGHT_MAX;
}

static unsigned
all_needs(const struct claque_score_settings *settings)
{
	unsigned needs = WORKING_SOURCE;

	for (unsigned i = 0; i < CLAQUE_SIGNAL_COUNT; i++)
		if (signal_table[i] != NULL && !settings->off[i])
			needs |= signal_table[i]->needs;
	return needs;
}

static enum claque_rc
keep_one(void *ctx, size_t f, const struct claque_progress *progress, struct claque_err *err)
{
	struct scene *s = ctx;
	enum claque_signal signal = fused_table[f].signal;

	return s->settings->off[signal] ? CLAQUE_OK :
		signal_keep_from(&s->kept[f], &s->work, signal_table[signal],
				 s->settings->object_cap, progress, err);
}

static enum claque_rc
validate_networks(struct scene *s, const struct claque_progress *progress,
		  struct claque_err *err)
{
	struct jobs keep = { s, FUSED_COUNT, keep_one };
	enum claque_rc rc = parallel_run(&keep, s->threads, progress, err);

	for (unsigned f = 0; f < FUSED_COUNT && rc == CLAQUE_OK; f++) {
		struct validation how = { &s->kept[f], fused_table[f].signal, s->settings->fdr,
					  s->threads };

		if (!s->settings->off[how.signal])
			rc = validate_pairs(&how, progress, &s->valid[f], err);
	}
	return rc;
}

static void
mark_tied(const struct scene *s, bool *tied)
{
	for (unsigned f = 0; f < FUSED_COUNT; f++)
		for (size_t e = 0; e < s->valid[f].count; e++) {
			tied[s->valid[f].edges[e].edge.a] = true;
			tied[s->valid[f].edges[e].edge.b] = true;
		}
}

/* What standing in a validated network, or not, says of an account. */
static double *
weigh_ties(const struct scene *s)
{
	uint32_t accounts = s->ds->account_names.count;
	bool *tied = ARRAY_NEW(bool, accounts);
	double *ties = ARRAY_NEW(double, accounts), rate, with, without;
	uint64_t count = 0;

	mark_tied(s, tied);
	for (uint32_t a = 0; a < accounts; a++)
		count += tied[a];
	rate = ((double)count + 0.5) / ((double)accounts + 1);
	with = cut_to(log(TIED_IN_OPERATIONS / rate), 0, TIES_MAX);
	without = cut_to(log((1 - TIED_IN_OPERATIONS) / (1 - rate)), -TIES_MAX, 0);
	for (uint32_t a = 0; a < accounts; a++)
		ties[a] = tied[a] ? with : without;
	array_free(tied);
	return ties;
}

static enum claque_rc
believe(struct scene *s, const struct claque_progress *progress, struct claque_err *err)
{
	double *ties = weigh_ties(s);
	enum claque_rc rc = belief_init(&s->belief, &s->work, s->settings->off, ties,
					s->settings->prior, progress, err);

	array_free(ties);
	return rc;
}

/* The window in which most of each group's edges stand out; the shorter on a tie. */
static void
choose_windows(struct scene *s, unsigned f)
{
	uint32_t *votes = ARRAY_NEW(uint32_t, (size_t)s->group_count * WINDOW_COUNT);

	for (size_t e = 0; e < s->valid[f].count; e++) {
		const struct valid_edge *v = &s->valid[f].edges[e];
		uint32_t group = s->group_of[v->edge.a];

		if (group != NO_GROUP && group == s->group_of[v->edge.b])
			votes[(size_t)group * WINDOW_COUNT + v->window]++;
	}
	for (uint32_t g = 0; g < s->group_count; g++) {
		const uint32_t *of = votes + (size_t)g * WINDOW_COUNT;
		unsigned best = 0;

		for (unsigned w = 1; w < WINDOW_COUNT; w++)
			if (of[w] > of[best])
				best = w;
		s->flows[f][g].window = of[best] > 0 ? best : WINDOW_DAY;
	}
	array_free(votes);
}

static enum claque_rc
measure_flows(struct scene *s, const struct claque_progress *progress)
{
	enum claque_rc rc = CLAQUE_OK;

	for (unsigned f = 0; f < FUSED_COUNT && rc == CLAQUE_OK; f++) {
		if (s->kept[f].act_count == 0)
			continue;
		s->flows[f] = ARRAY_NEW(struct flow, s->group_count);
		choose_windows(s, f);
		rc = flow_measure(&s->kept[f], s->group_of, s->flows[f], progress);
	}
	return rc;
}

enum claque_rc
scene_init(struct scene *s, const struct claque_dataset *ds,
	   const struct claque_score_settings *settings,
	   const struct claque_progress *progress, struct claque_err *err)
{
	enum claque_rc rc;

	*s = (struct scene){ .ds = ds, .settings = settings };
	s->threads = parallel_threads(settings->threads);
	rc = workings_init(&s->work, ds, all_needs(settings), progress, err);
	if (rc == CLAQUE_OK)
		rc = validate_networks(s, progress, err);
	if (rc == CLAQUE_OK)
		rc = believe(s, progress, err);
	if (rc == CLAQUE_OK)
		rc = scene_group(s, progress, err);
	if (rc != CLAQUE_OK)
		scene_done(s);
	return rc;
}

static void
forget_groups(struct scene *s)
{
	for (unsigned f = 0; f < FUSED_COUNT; f++) {
		array_free(s->flows[f]);
		s->flows[f] = NULL;
	}
	ties_done(&s->ties);
	array_free(s->group_of);
	array_free(s->exposed_to);
	s->group_of = s->exposed_to = NULL;
	s->group_count = 0;
}

enum claque_rc
scene_group(struct scene *s, const struct claque_progress *progress, struct claque_err *err)
{
	enum claque_rc rc;

	forget_groups(s);
	rc = grouping_find(s, progress, err);
	return rc == CLAQUE_OK ? measure_flows(s, progress) : rc;
}

void
scene_forget_networks(struct scene *s)
{
	forget_groups(s);
	for (unsigned f = 0; f < FUSED_COUNT; f++) {
		kept_done(&s->kept[f]);
		array_free(s->valid[f].edges);
		s->valid[f] = (struct validated){ 0 };
	}
}

void
scene_done(struct scene *s)
{
	scene_forget_networks(s);
	workings_done(&s->work);
	belief_done(&s->belief);
	*s = (struct scene){ 0 };
}
