/*
 * grouping.c - who belongs together.
 *
 * Suspects (believed in an operation) and all others are grouped apart:
 * suspects by validated edges and by whatever they share, the others by
 * validated edges. So partisans who reshare what an operation reshares do
 * not water its group down, and do not stand accused with it; they are
 * named as exposed to it.
 *
 * Groups are Leiden communities, found in two graphs: in one, the few weak
 * links of suspects would fall below the resolution limit of modularity
 * (Fortunato and Barthelemy 2007) that the many strong ones of fans set. A
 * validated edge weighs its surprise up to a cap, so that one pair with a
 * thousand objects in common weighs no more than one with twenty.
 */
#include "config.h"

#include "engine/scene.h"

#include <limits.h>

#include "base/array.h"

/* One side's graph, between ranks. */
struct grouping {
	const struct scene *scene;
	const struct grouping_look *look;
	bool suspects;
	struct claque_link *links;
	size_t count, cap;
	uint32_t *node;		/* by rank: node number + 1, 0 for none */
	uint32_t nodes;
};

static void
add_link(struct grouping *g, uint32_t a, uint32_t b, double weight)
{
	ARRAY_GROW(g->links, g->cap, g->count + 1);
	g->links[g->count++] = (struct claque_link){ a, b, weight };
}

static void
add_validated(struct grouping *g)
{
	const struct scene *s = g->scene;

	for (unsigned f = 0; f < FUSED_COUNT; f++)
		for (size_t e = 0; e < s->valid[f].count; e++) {
			const struct valid_edge *v = &s->valid[f].edges[e];
			const struct claque_edge *edge = &v->edge;

			if ((v->windows & g->look->windows) != 0 &&
			    scene_suspects(s, edge->a) == g->suspects &&
			    scene_suspects(s, edge->b) == g->suspects)
				add_link(g, s->ds->rank[edge->a], s->ds->rank[edge->b],
					 scene_edge_weight(edge));
		}
}

static void
add_ties(struct grouping *g)
{
	const struct ties *ties = &g->scene->ties;

	for (size_t i = 0; i < ties->count; i++)
		add_link(g, ties->links[i].a, ties->links[i].b, ties->links[i].weight);
}

/* Linked accounts get node numbers in the order of their ids; links go over to them. */
static void
number_nodes(struct grouping *g)
{
	uint32_t accounts = g->scene->ds->account_names.count;

	g->node = ARRAY_NEW(uint32_t, accounts);
	for (size_t i = 0; i < g->count; i++)
		g->node[g->links[i].a] = g->node[g->links[i].b] = 1;
	for (uint32_t r = 0; r < accounts; r++)
		if (g->node[r] != 0)
			g->node[r] = ++g->nodes;
	for (size_t i = 0; i < g->count; i++) {
		g->links[i].a = g->node[g->links[i].a] - 1;
		g->links[i].b = g->node[g->links[i].b] - 1;
	}
}

/* What ties a community that is too small for a group to another one. */
struct pull {
	uint32_t small, to;
	double weight;
};

static int
compare_pulls(const void *pa, const void *pb)
{
	const struct pull *a = pa, *b = pb;

	if (a->small != b->small)
		return a->small < b->small ? -1 : 1;
	return (a->to > b->to) - (a->to < b->to);
}

/* Pulls of one pair of communities become one. */
static size_t
add_up_pulls(struct pull *pulls, size_t count)
{
	size_t n = 0;

	array_sort(pulls, count, sizeof(*pulls), compare_pulls);
	for (size_t i = 0; i < count; i++)
		if (n > 0 && compare_pulls(&pulls[n - 1], &pulls[i]) == 0)
			pulls[n - 1].weight += pulls[i].weight;
		else
			pulls[n++] = pulls[i];
	return n;
}

static size_t
find_pulls(const struct grouping *g, const uint32_t *membership, const uint32_t *sizes,
	   struct pull **out)
{
	struct pull *pulls = NULL;
	size_t count = 0, cap = 0, least = g->scene->settings->min_accounts;

	for (size_t i = 0; i < g->count; i++) {
		uint32_t of[2] = { membership[g->links[i].a], membership[g->links[i].b] };

		for (unsigned k = 0; k < 2; k++) {
			if (of[0] == of[1] || sizes[of[k]] >= least)
				continue;
			ARRAY_GROW(pulls, cap, count + 1);
			pulls[count++] = (struct pull){ of[k], of[1 - k], g->links[i].weight };
		}
	}
	*out = pulls;
	return add_up_pulls(pulls, count);
}

static uint32_t
root_of(uint32_t *into, uint32_t community)
{
	while (into[community] != community)
		community = into[community] = into[into[community]];
	return community;
}

/*
 * Each of them goes to the community that it shares most with. A pair of suspects with one
 * strong edge is a community of its own to modularity, however many of its weaker links
 * lead to one group; as no group it would be in no lead, though it is believed. What one
 * thing gives an account in common with all sharers of it comes to 1 at most (ties.h):
 * more than that for each member is more than one thing that a crowd saw.
 */
static void
join_small(const struct grouping *g, uint32_t *membership, uint32_t found)
{
	uint32_t *sizes = ARRAY_NEW(uint32_t, found), *into = ARRAY_NEW(uint32_t, found);
	struct pull *pulls;
	size_t count;

	for (uint32_t c = 0; c < found; c++)
		into[c] = c;
	for (uint32_t n = 0; n < g->nodes; n++)
		sizes[membership[n]]++;
	count = find_pulls(g, membership, sizes, &pulls);
	for (size_t i = 0, from = 0; i < count; i++) {
		if (pulls[i].weight > pulls[from].weight)
			pulls[from] = pulls[i];
		if (i + 1 < count && pulls[i + 1].small == pulls[from].small)
			continue;
		if (pulls[from].weight > sizes[pulls[from].small])
			into[root_of(into, pulls[from].small)] = root_of(into, pulls[from].to);
		from = i + 1;
	}
	for (uint32_t n = 0; n < g->nodes; n++)
		membership[n] = root_of(into, membership[n]);
	array_free(pulls);
	array_free(into);
	array_free(sizes);
}

/* Sets community[] (by rank) of one side's accounts to *communities and up, and counts on. */
static enum claque_rc
cluster_side(struct grouping g, const struct claque_progress *progress,
	     uint32_t *community, uint32_t *communities, struct claque_err *err)
{
	struct claque_cluster_settings how = {
		.quality = CLAQUE_MODULARITY, .resolution = 1, .seed = g.look->seed,
	};
	uint32_t found = 0, *membership;
	enum claque_rc rc;
	double quality;

	ARRAY_GROW(g.links, g.cap, 1);
	add_validated(&g);
	if (g.suspects && g.look->ties)
		add_ties(&g);
	number_nodes(&g);
	membership = ARRAY_NEW(uint32_t, g.nodes);
	rc = claque_cluster_leiden(g.nodes, g.links, g.count, &how, progress, membership, &found,
				   &quality, err);
	if (rc == CLAQUE_OK && g.suspects)
		join_small(&g, membership, found);
	for (uint32_t r = 0; r < g.scene->ds->account_names.count && rc == CLAQUE_OK; r++)
		if (g.node[r] > 0)
			community[r] = *communities + membership[g.node[r] - 1];
	*communities += found;
	array_free(g.links);
	array_free(g.node);
	array_free(membership);
	return rc;
}

struct place {
	uint32_t community, size, first;	/* first: its smallest rank */
};

static int
compare_communities(const void *pa, const void *pb)
{
	const struct place *a = pa, *b = pb;

	if (a->size != b->size)
		return a->size > b->size ? -1 : 1;
	return (a->first > b->first) - (a->first < b->first);
}

/* Communities of enough accounts become groups, the largest first. */
static void
set_groups(struct scene *s, const uint32_t *community, uint32_t communities)
{
	struct place *places = ARRAY_NEW(struct place, communities);
	uint32_t *group = ARRAY_NEW(uint32_t, communities);
	uint32_t accounts = s->ds->account_names.count;

	for (uint32_t c = 0; c < communities; c++) {
		places[c] = (struct place){ .community = c, .first = UINT32_MAX };
		group[c] = NO_GROUP;
	}
	for (uint32_t r = 0; r < accounts; r++) {
		struct place *p = community[r] == NO_GROUP ? NULL : &places[community[r]];

		if (p == NULL)
			continue;
		p->size++;
		p->first = r < p->first ? r : p->first;
	}
	array_sort(places, communities, sizeof(*places), compare_communities);
	while (s->group_count < communities &&
	       places[s->group_count].size >= s->settings->min_accounts) {
		group[places[s->group_count].community] = s->group_count;
		s->group_count++;
	}
	for (uint32_t r = 0; r < accounts; r++)
		s->group_of[s->ds->by_rank[r]] =
			community[r] == NO_GROUP ? NO_GROUP : group[community[r]];
	array_free(places);
	array_free(group);
}

/*
 * An account that is no suspect and in no group of its own, by its strongest
 * validated edge to a group of suspects.
 */
static void
expose(struct scene *s, double *strongest, uint32_t account, uint32_t to, double weight)
{
	uint32_t group = s->group_of[to];

	if (scene_suspects(s, account) || s->group_of[account] != NO_GROUP ||
	    s->ds->accounts[account].mark == CLAQUE_CLEARED || !scene_suspects(s, to) ||
	    group == NO_GROUP)
		return;
	if (weight > strongest[account] ||
	    (weight == strongest[account] && group < s->exposed_to[account])) {
		strongest[account] = weight;
		s->exposed_to[account] = group;
	}
}

static void
find_exposed(struct scene *s)
{
	uint32_t accounts = s->ds->account_names.count;
	double *strongest = ARRAY_NEW(double, accounts);

	for (uint32_t a = 0; a < accounts; a++)
		s->exposed_to[a] = NO_GROUP;
	for (unsigned f = 0; f < FUSED_COUNT; f++)
		for (size_t e = 0; e < s->valid[f].count; e++) {
			const struct claque_edge *edge = &s->valid[f].edges[e].edge;

			expose(s, strongest, edge->a, edge->b, scene_edge_weight(edge));
			expose(s, strongest, edge->b, edge->a, scene_edge_weight(edge));
		}
	array_free(strongest);
}

enum claque_rc
grouping_communities(const struct scene *s, const struct grouping_look *look,
		     const struct claque_progress *progress, uint32_t *community,
		     uint32_t *communities, struct claque_err *err)
{
	struct grouping suspects = { .scene = s, .look = look, .suspects = true };
	struct grouping others = { .scene = s, .look = look };
	enum claque_rc rc;

	*communities = 0;
	for (uint32_t r = 0; r < s->ds->account_names.count; r++)
		community[r] = NO_GROUP;
	rc = cluster_side(suspects, progress, community, communities, err);
	if (rc == CLAQUE_OK)
		rc = cluster_side(others, progress, community, communities, err);
	return rc;
}

static enum claque_rc
tie_suspects(struct scene *s, const struct claque_progress *progress)
{
	uint32_t accounts = s->ds->account_names.count;
	bool *chosen = ARRAY_NEW(bool, accounts);
	enum claque_rc rc;

	for (uint32_t a = 0; a < accounts; a++)
		chosen[s->ds->rank[a]] = scene_suspects(s, a);
	ties_done(&s->ties);
	rc = ties_find(&s->ties, &s->work.source, chosen, accounts, progress);
	array_free(chosen);
	return rc;
}

enum claque_rc
grouping_find(struct scene *s, const struct claque_progress *progress, struct claque_err *err)
{
	struct grouping_look all = { UINT_MAX, true, s->settings->seed };
	uint32_t accounts = s->ds->account_names.count, communities;
	uint32_t *community = ARRAY_NEW(uint32_t, accounts);
	enum claque_rc rc;

	s->group_of = ARRAY_NEW(uint32_t, accounts);
	s->exposed_to = ARRAY_NEW(uint32_t, accounts);
	rc = tie_suspects(s, progress);
	if (rc == CLAQUE_OK)
		rc = grouping_communities(s, &all, progress, community, &communities, err);
	if (rc == CLAQUE_OK) {
		set_groups(s, community, communities);
		find_exposed(s);
	}
	array_free(community);
	return rc;
}
