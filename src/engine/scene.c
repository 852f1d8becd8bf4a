/*
 * scene.c - from the dataset to groups and the background around them.
 *
 * Groups are Leiden communities of the validated edges, each weighted by its
 * surprise up to a cap, so that one pair with a thousand objects in common
 * weighs no more than one with twenty.
 */
#include "config.h"

#include "engine/scene.h"

#include <stdlib.h>

#include "engine/array.h"
#include "engine/dataset.h"
#include "engine/signal.h"

#define WEIGHT_MAX 12

double
scene_edge_weight(const struct claque_edge *edge)
{
	return -edge->log10_p < WEIGHT_MAX ? -edge->log10_p : WEIGHT_MAX;
}

static enum claque_rc
validate_signals(struct scene *s, const struct claque_progress *progress,
		 struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	for (unsigned i = 0; i < CLAQUE_SIGNAL_COUNT && rc == CLAQUE_OK; i++) {
		if (signal_table[i] == NULL || signal_table[i]->info.shape != CLAQUE_EDGES)
			continue;
		rc = signal_keep(&s->kept[i], s->ds, (enum claque_signal)i,
				 s->settings->object_cap, progress, err);
		if (rc == CLAQUE_OK)
			rc = validate_pairs(&s->kept[i], (enum claque_signal)i, s->settings->fdr,
					    progress, &s->valid[i]);
	}
	return rc;
}

static size_t
edge_total(const struct scene *s)
{
	size_t total = 0;

	for (unsigned i = 0; i < CLAQUE_SIGNAL_COUNT; i++)
		total += s->valid[i].count;
	return total;
}

/* Accounts with an edge get node numbers in the order of their ids; by rank + 1, 0 for none. */
static uint32_t
number_nodes(const struct scene *s, uint32_t *node)
{
	uint32_t nodes = 0;

	for (unsigned i = 0; i < CLAQUE_SIGNAL_COUNT; i++)
		for (size_t e = 0; e < s->valid[i].count; e++) {
			node[s->ds->rank[s->valid[i].edges[e].edge.a]] = 1;
			node[s->ds->rank[s->valid[i].edges[e].edge.b]] = 1;
		}
	for (uint32_t r = 0; r < s->ds->account_names.count; r++)
		if (node[r] != 0)
			node[r] = ++nodes;
	return nodes;
}

static struct claque_link *
make_links(const struct scene *s, const uint32_t *node)
{
	struct claque_link *links = COLUMN_NEW(struct claque_link, edge_total(s));
	size_t n = 0;

	for (unsigned i = 0; i < CLAQUE_SIGNAL_COUNT; i++)
		for (size_t e = 0; e < s->valid[i].count; e++) {
			const struct claque_edge *edge = &s->valid[i].edges[e].edge;

			links[n++] = (struct claque_link){
				node[s->ds->rank[edge->a]] - 1, node[s->ds->rank[edge->b]] - 1,
				scene_edge_weight(edge),
			};
		}
	return links;
}

/* Communities come largest first, so those of enough accounts are the first ones. */
static void
set_groups(struct scene *s, const uint32_t *node, const uint32_t *membership, uint32_t nodes,
	   uint32_t communities)
{
	uint32_t *sizes = COLUMN_NEW(uint32_t, communities);

	for (uint32_t v = 0; v < nodes; v++)
		sizes[membership[v]]++;
	while (s->group_count < communities &&
	       sizes[s->group_count] >= s->settings->min_accounts)
		s->group_count++;
	for (uint32_t a = 0; a < s->ds->account_names.count; a++) {
		uint32_t n = node[s->ds->rank[a]];
		uint32_t group = n > 0 ? membership[n - 1] : UINT32_MAX;

		s->group_of[a] = group < s->group_count ? group : UINT32_MAX;
	}
	free(sizes);
}

static enum claque_rc
find_groups(struct scene *s, const struct claque_progress *progress, struct claque_err *err)
{
	struct claque_cluster_settings how = {
		.quality = CLAQUE_MODULARITY, .resolution = 1, .seed = s->settings->seed,
	};
	uint32_t *node = COLUMN_NEW(uint32_t, s->ds->account_names.count);
	uint32_t nodes = number_nodes(s, node), communities, *membership;
	struct claque_link *links = make_links(s, node);
	enum claque_rc rc;
	double quality;

	membership = COLUMN_NEW(uint32_t, nodes);
	s->group_of = COLUMN_NEW(uint32_t, s->ds->account_names.count);
	rc = claque_cluster_leiden(nodes, links, edge_total(s), &how, progress, membership,
				   &communities, &quality, err);
	if (rc == CLAQUE_OK)
		set_groups(s, node, membership, nodes, communities);
	free(node);
	free(links);
	free(membership);
	return rc;
}

/* The window in which most of each group's edges stand out; the shorter on a tie. */
static void
choose_windows(struct scene *s, unsigned signal)
{
	uint32_t *votes = COLUMN_NEW(uint32_t, (size_t)s->group_count * WINDOW_COUNT);

	for (size_t e = 0; e < s->valid[signal].count; e++) {
		const struct valid_edge *v = &s->valid[signal].edges[e];
		uint32_t group = s->group_of[v->edge.a];

		if (group != UINT32_MAX && group == s->group_of[v->edge.b])
			votes[(size_t)group * WINDOW_COUNT + v->window]++;
	}
	for (uint32_t g = 0; g < s->group_count; g++) {
		const uint32_t *of = votes + (size_t)g * WINDOW_COUNT;

		for (unsigned w = 1; w < WINDOW_COUNT; w++)
			if (of[w] > of[s->flows[signal][g].window])
				s->flows[signal][g].window = w;
	}
	free(votes);
}

static enum claque_rc
measure_flows(struct scene *s, const struct claque_progress *progress)
{
	enum claque_rc rc = CLAQUE_OK;

	for (unsigned i = 0; i < CLAQUE_SIGNAL_COUNT && rc == CLAQUE_OK; i++) {
		if (s->valid[i].count == 0)
			continue;
		s->flows[i] = COLUMN_NEW(struct flow, s->group_count);
		choose_windows(s, i);
		rc = flow_measure(&s->kept[i], s->group_of, s->flows[i], progress);
	}
	return rc;
}

static int
compare_numbers(const void *pa, const void *pb)
{
	int64_t a = *(const int64_t *)pa, b = *(const int64_t *)pb;

	return (a > b) - (a < b);
}

static void
read_background(struct scene *s)
{
	uint32_t accounts = s->ds->account_names.count;

	s->outside = COLUMN_NEW(uint32_t, accounts);
	s->births = COLUMN_NEW(int64_t, accounts);
	s->audiences = COLUMN_NEW(int64_t, accounts);
	/* By id: who is drawn at random must not depend on the order of the input. */
	for (uint32_t r = 0; r < accounts; r++) {
		uint32_t a = s->ds->by_rank[r];
		const struct account *account = &s->ds->accounts[a];

		if (s->group_of[a] != UINT32_MAX)
			continue;
		s->outside[s->outside_count++] = a;
		if (account->created_at != CLAQUE_NO_TIME)
			s->births[s->birth_count++] = account->created_at;
		if (account->followers >= 0)
			s->audiences[s->audience_count++] = account->followers;
	}
	qsort(s->births, s->birth_count, sizeof(*s->births), compare_numbers);
	qsort(s->audiences, s->audience_count, sizeof(*s->audiences), compare_numbers);
}

enum claque_rc
scene_init(struct scene *s, const struct claque_dataset *ds,
	   const struct claque_score_settings *settings,
	   const struct claque_progress *progress, struct claque_err *err)
{
	enum claque_rc rc;

	*s = (struct scene){ .ds = ds, .settings = settings };
	rc = validate_signals(s, progress, err);
	if (rc == CLAQUE_OK)
		rc = find_groups(s, progress, err);
	if (rc == CLAQUE_OK)
		rc = measure_flows(s, progress);
	if (rc == CLAQUE_OK) {
		read_background(s);
		wave_prepare(s);
		handle_prepare(s);
		verified_prepare(s);
	} else {
		scene_done(s);
	}
	return rc;
}

void
scene_done(struct scene *s)
{
	for (unsigned i = 0; i < CLAQUE_SIGNAL_COUNT; i++) {
		kept_done(&s->kept[i]);
		free(s->valid[i].edges);
		free(s->flows[i]);
	}
	free(s->group_of);
	free(s->outside);
	free(s->births);
	free(s->audiences);
	free(s->makeovers);
	free(s->makeover_from);
	*s = (struct scene){ 0 };
}
