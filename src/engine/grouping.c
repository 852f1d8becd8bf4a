/*
 * grouping.c - who belongs together.
 *
 * Suspects (believed in an operation) and all others are grouped apart:
 * suspects by validated edges and by whatever they share, the others by
 * validated edges. So partisans who reshare what an operation reshares do
 * not water its group down, and do not stand accused with it; they are
 * named as exposed to it.
 *
 * Groups are Leiden communities; a validated edge weighs its surprise up to a
 * cap, so that one pair with a thousand objects in common weighs no more than
 * one with twenty.
 */
#include "config.h"

#include "engine/scene.h"

#include <stdlib.h>

#include "engine/array.h"
#include "engine/ties.h"

struct grouping {
	const struct scene *scene;
	struct claque_link *links;	/* between ranks */
	size_t count, cap;
	uint32_t *node;		/* by rank: node number + 1, 0 for none */
	uint32_t nodes;
};

static bool
same_side(const struct scene *s, uint32_t a, uint32_t b)
{
	return scene_suspects(s, a) == scene_suspects(s, b);
}

static void
add_link(struct grouping *g, uint32_t a, uint32_t b, double weight)
{
	GROW(g->links, g->cap, g->count + 1);
	g->links[g->count++] = (struct claque_link){ a, b, weight };
}

static void
add_validated(struct grouping *g)
{
	const struct scene *s = g->scene;

	for (unsigned f = 0; f < FUSED_COUNT; f++)
		for (size_t e = 0; e < s->valid[f].count; e++) {
			const struct claque_edge *edge = &s->valid[f].edges[e].edge;

			if (same_side(s, edge->a, edge->b))
				add_link(g, s->ds->rank[edge->a], s->ds->rank[edge->b],
					 scene_edge_weight(edge));
		}
}

static enum claque_rc
add_ties(struct grouping *g, const struct claque_progress *progress)
{
	const struct scene *s = g->scene;
	uint32_t accounts = s->ds->account_names.count;
	bool *chosen = COLUMN_NEW(bool, accounts);
	struct ties ties;
	enum claque_rc rc;

	for (uint32_t a = 0; a < accounts; a++)
		chosen[s->ds->rank[a]] = scene_suspects(s, a);
	rc = ties_find(&ties, &s->work.source, chosen, accounts, progress);
	free(chosen);
	if (rc != CLAQUE_OK)
		return rc;
	for (size_t i = 0; i < ties.count; i++)
		add_link(g, ties.links[i].a, ties.links[i].b, ties.links[i].weight);
	ties_done(&ties);
	return CLAQUE_OK;
}

/* Linked accounts get node numbers in the order of their ids; links go over to them. */
static void
number_nodes(struct grouping *g)
{
	uint32_t accounts = g->scene->ds->account_names.count;

	g->node = COLUMN_NEW(uint32_t, accounts);
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

/* Communities come largest first, so those of enough accounts are the first ones. */
static void
set_groups(struct scene *s, const struct grouping *g, const uint32_t *membership,
	   uint32_t communities)
{
	uint32_t *sizes = COLUMN_NEW(uint32_t, communities);

	for (uint32_t v = 0; v < g->nodes; v++)
		sizes[membership[v]]++;
	while (s->group_count < communities &&
	       sizes[s->group_count] >= s->settings->min_accounts)
		s->group_count++;
	for (uint32_t a = 0; a < s->ds->account_names.count; a++) {
		uint32_t n = g->node[s->ds->rank[a]];
		uint32_t group = n > 0 ? membership[n - 1] : NO_GROUP;

		s->group_of[a] = group < s->group_count ? group : NO_GROUP;
	}
	free(sizes);
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
	    !scene_suspects(s, to) || group == NO_GROUP)
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
	double *strongest = COLUMN_NEW(double, accounts);

	for (uint32_t a = 0; a < accounts; a++)
		s->exposed_to[a] = NO_GROUP;
	for (unsigned f = 0; f < FUSED_COUNT; f++)
		for (size_t e = 0; e < s->valid[f].count; e++) {
			const struct claque_edge *edge = &s->valid[f].edges[e].edge;

			expose(s, strongest, edge->a, edge->b, scene_edge_weight(edge));
			expose(s, strongest, edge->b, edge->a, scene_edge_weight(edge));
		}
	free(strongest);
}

enum claque_rc
grouping_find(struct scene *s, const struct claque_progress *progress, struct claque_err *err)
{
	struct claque_cluster_settings how = {
		.quality = CLAQUE_MODULARITY, .resolution = 1, .seed = s->settings->seed,
	};
	struct grouping g = { .scene = s };
	uint32_t communities, *membership;
	enum claque_rc rc;
	double quality;

	s->group_of = COLUMN_NEW(uint32_t, s->ds->account_names.count);
	s->exposed_to = COLUMN_NEW(uint32_t, s->ds->account_names.count);
	GROW(g.links, g.cap, 1);
	add_validated(&g);
	rc = add_ties(&g, progress);
	number_nodes(&g);
	membership = COLUMN_NEW(uint32_t, g.nodes);
	if (rc == CLAQUE_OK)
		rc = claque_cluster_leiden(g.nodes, g.links, g.count, &how, progress, membership,
					   &communities, &quality, err);
	if (rc == CLAQUE_OK) {
		set_groups(s, &g, membership, communities);
		find_exposed(s);
	}
	free(g.links);
	free(g.node);
	free(membership);
	return rc;
}
