/*
 * inside.c - cells of a group and its platforms.
 *
 * Only validated edges count: the lesser ties of suspects are drawn from
 * whatever they share, and would join everything. So a member without such an
 * edge is in no cell. The null of cells.c keeps degrees and weights, but not
 * that all who share one object are tied to each other; a split says that the
 * group's parts act apart, not that several people steer them.
 */
#include "config.h"

#include "engine/inside.h"

#include "base/array.h"
#include "engine/parallel.h"

/* The validated edges inside each group, end to end; nodes by their place among its members. */
struct inside {
	const struct scene *scene;
	struct claque_result *result;
	struct claque_link *links;
	uint64_t *from;		/* by group */
	uint32_t *place;	/* by account: among the linked ones of its group */
	uint32_t *linked;	/* by group: how many have an edge */
};

#define UNPLACED UINT32_MAX

static uint32_t
group_of_edge(const struct scene *s, const struct claque_edge *e)
{
	return s->group_of[e->a] == s->group_of[e->b] ? s->group_of[e->a] : NO_GROUP;
}

static void
count_links(struct inside *in)
{
	const struct scene *s = in->scene;

	for (unsigned f = 0; f < FUSED_COUNT; f++)
		for (size_t i = 0; i < s->valid[f].count; i++) {
			const struct claque_edge *e = &s->valid[f].edges[i].edge;
			uint32_t g = group_of_edge(s, e);

			if (g == NO_GROUP)
				continue;
			in->from[g + 1]++;
			in->place[e->a] = in->place[e->b] = 0;
		}
	for (uint32_t g = 0; g < s->group_count; g++)
		in->from[g + 1] += in->from[g];
}

/* In the order of ids, so that nothing depends on the order of rows. */
static void
place_accounts(struct inside *in)
{
	const struct scene *s = in->scene;

	for (uint32_t r = 0; r < s->ds->account_names.count; r++) {
		uint32_t account = s->ds->by_rank[r];

		if (in->place[account] != UNPLACED)
			in->place[account] = in->linked[s->group_of[account]]++;
	}
}

static void
fill_links(struct inside *in)
{
	const struct scene *s = in->scene;
	uint64_t *at = ARRAY_NEW(uint64_t, s->group_count);

	in->links = ARRAY_NEW(struct claque_link, in->from[s->group_count]);
	memcpy(at, in->from, s->group_count * sizeof(*at));
	for (unsigned f = 0; f < FUSED_COUNT; f++)
		for (size_t i = 0; i < s->valid[f].count; i++) {
			const struct claque_edge *e = &s->valid[f].edges[i].edge;
			uint32_t g = group_of_edge(s, e);

			if (g != NO_GROUP)
				in->links[at[g]++] = (struct claque_link){
					in->place[e->a], in->place[e->b], scene_edge_weight(e) };
		}
	array_free(at);
}

/* Cells of fewer accounts than a group must have are none. */
static void
name_cells(struct inside *in, struct claque_group *g, const uint32_t *cell, uint32_t least)
{
	uint32_t *size = ARRAY_NEW(uint32_t, g->cells.count);
	uint32_t kept = 0;

	for (size_t m = 0; m < g->member_count; m++)
		if (in->place[g->members[m].account] != UNPLACED &&
		    g->members[m].role != CLAQUE_EXPOSED)
			size[cell[in->place[g->members[m].account]]]++;
	while (kept < g->cells.count && size[kept] >= least)	/* the largest come first */
		kept++;
	g->cells.count = kept > 0 ? kept : 1;
	for (size_t m = 0; m < g->member_count && kept > 1; m++) {
		uint32_t place = in->place[g->members[m].account];

		if (place != UNPLACED && g->members[m].role != CLAQUE_EXPOSED && cell[place] < kept)
			g->members[m].cell = cell[place] + 1;
	}
	array_free(size);
}

static enum claque_rc
find_cells(void *ctx, size_t job, const struct claque_progress *progress, struct claque_err *err)
{
	struct inside *in = ctx;
	struct claque_cell_settings how = claque_cell_defaults();
	struct claque_group *g = &in->result->groups[job];
	size_t links = (size_t)(in->from[job + 1] - in->from[job]);
	uint32_t *cell;
	enum claque_rc rc;

	how.seed = in->scene->settings->seed;
	if (in->linked[job] < 2 * how.min_accounts)
		return CLAQUE_OK;
	cell = ARRAY_NEW(uint32_t, in->linked[job]);
	rc = claque_cluster_cells(in->linked[job], in->links + in->from[job], links, &how, progress,
				  cell, &g->cells, err);
	if (rc == CLAQUE_OK)
		name_cells(in, g, cell, how.min_accounts);
	array_free(cell);
	return rc;
}

/* By account: a number for its platform; how many there are. */
static uint32_t
number_platforms(const struct claque_dataset *ds, uint32_t *platform)
{
	uint32_t *number = ARRAY_NEW(uint32_t, ds->strings.count), count = 0;

	for (uint32_t a = 0; a < ds->account_names.count; a++) {
		uint32_t *n = &number[ds->accounts[a].platform];

		if (*n == 0)
			*n = ++count;
		platform[a] = *n - 1;
	}
	array_free(number);
	return count;
}

static struct claque_signal_link *
signal_links(const struct scene *s, size_t *count)
{
	struct claque_signal_link *links;
	size_t n = 0;

	for (unsigned f = 0; f < FUSED_COUNT; f++)
		n += s->valid[f].count;
	links = ARRAY_NEW(struct claque_signal_link, n);
	n = 0;
	for (unsigned f = 0; f < FUSED_COUNT; f++)
		for (size_t i = 0; i < s->valid[f].count; i++)
			links[n++] = (struct claque_signal_link){
				s->valid[f].edges[i].edge.a, s->valid[f].edges[i].edge.b,
				s->valid[f].edges[i].signal };
	*count = n;
	return links;
}

_Static_assert((int)CLAQUE_SIGNAL_COUNT <= (int)CLAQUE_LINK_SIGNALS_MAX, "a bit for each signal");
_Static_assert(NO_GROUP == CLAQUE_NO_CLUSTER, "an account in no group is in no community");

static enum claque_rc
find_platforms(const struct scene *s, struct claque_result *result, struct claque_err *err)
{
	uint32_t accounts = s->ds->account_names.count;
	uint32_t *platform = ARRAY_NEW(uint32_t, accounts), *counts;
	struct claque_community_platforms *found = ARRAY_NEW(struct claque_community_platforms,
							      s->group_count);
	struct claque_platform_input in = { .nodes = accounts, .communities = s->group_count,
		.membership = s->group_of, .platform = platform };
	struct claque_signal_link *links = signal_links(s, &in.link_count);
	enum claque_rc rc;

	in.links = links;
	in.platforms = number_platforms(s->ds, platform);
	counts = ARRAY_NEW(uint32_t, (size_t)s->group_count * in.platforms);
	rc = claque_cluster_platforms(&in, found, counts, err);
	for (uint32_t g = 0; rc == CLAQUE_OK && g < s->group_count; g++)
		result->groups[g].platforms = found[g];
	array_free(platform);
	array_free(counts);
	array_free(found);
	array_free(links);
	return rc;
}

enum claque_rc
inside_fill(const struct scene *s, const struct claque_progress *progress,
	    struct claque_result *result, struct claque_err *err)
{
	struct inside in = { .scene = s, .result = result };
	struct jobs jobs = { &in, s->group_count, find_cells };
	enum claque_rc rc;

	if (s->group_count == 0)
		return CLAQUE_OK;
	in.from = ARRAY_NEW(uint64_t, (size_t)s->group_count + 1);
	in.linked = ARRAY_NEW(uint32_t, s->group_count);
	in.place = ARRAY_NEW(uint32_t, s->ds->account_names.count);
	memset(in.place, 0xff, s->ds->account_names.count * sizeof(*in.place));
	count_links(&in);
	place_accounts(&in);
	fill_links(&in);
	rc = parallel_run(&jobs, s->threads, progress, err);
	if (rc == CLAQUE_OK)
		rc = find_platforms(s, result, err);
	array_free(in.links);
	array_free(in.from);
	array_free(in.linked);
	array_free(in.place);
	return rc;
}
