#include "config.h"

#include "engine/peer_graph.h"

#include "base/array.h"
#include "engine/sort.h"

struct root {
	uint32_t vertex, size;
};

/* Halves the path on the way, so that the next one is shorter. */
static uint32_t
root_of(uint32_t *parents, uint32_t v)
{
	while (parents[v] != v)
		v = parents[v] = parents[parents[v]];
	return v;
}

static int
root_cmp(const void *pa, const void *pb)
{
	const struct root *a = pa, *b = pb;

	if (a->size != b->size)
		return a->size > b->size ? -1 : 1;
	return (a->vertex > b->vertex) - (a->vertex < b->vertex);
}

/* Parents by vertex; the root of a component is its first vertex. */
static uint32_t *
join(const struct peer_tie *ties, size_t count, size_t vertices, bool *tied)
{
	uint32_t *parents = ARRAY_NEW(uint32_t, vertices);

	for (size_t v = 0; v < vertices; v++)
		parents[v] = (uint32_t)v;
	for (size_t i = 0; i < count; i++) {
		uint32_t a = root_of(parents, ties[i].a), b = root_of(parents, ties[i].b);

		tied[ties[i].a] = tied[ties[i].b] = true;
		parents[a > b ? a : b] = a > b ? b : a;
	}
	return parents;
}

bool
peer_components(const struct peer_tie *ties, size_t count, size_t vertices,
		struct peer_component *out, struct ticker *t)
{
	static const struct sort_kind by_size = { sizeof(struct root), root_cmp };
	bool *tied = ARRAY_NEW(bool, vertices), go_on;
	uint32_t *parents = join(ties, count, vertices, tied);
	struct root *roots = ARRAY_NEW(struct root, vertices);

	for (size_t v = 0; v < vertices; v++) {
		roots[v].vertex = (uint32_t)v;
		roots[root_of(parents, (uint32_t)v)].size += tied[v];
	}
	go_on = sort_items(&by_size, roots, vertices, t);
	for (size_t i = 0; i < vertices && go_on; i++)
		out[roots[i].vertex] = (struct peer_component){
			roots[i].size > 0 ? (uint32_t)i + 1 : 0, roots[i].size };
	for (size_t v = 0; v < vertices && go_on; v++)
		out[v] = out[root_of(parents, (uint32_t)v)];
	array_free(tied);
	array_free(parents);
	array_free(roots);
	return go_on;
}

static void
name_edges(struct claque_peer_network *net, const struct peer_ranks *names)
{
	for (size_t i = 0; i < net->edge_count; i++) {
		net->edges[i].from = names->by_rank[net->edges[i].from];
		net->edges[i].to = names->by_rank[net->edges[i].to];
	}
}

bool
peer_network_finish(struct claque_peer_network *net, const struct peer_ranks *names,
		    const double *scores, struct ticker *t)
{
	size_t vertices = names->rank_count;
	struct peer_tie *ties = ARRAY_NEW(struct peer_tie, net->edge_count);
	struct peer_component *parts = ARRAY_NEW(struct peer_component, vertices);
	bool go_on;

	for (size_t i = 0; i < net->edge_count; i++)
		ties[i] = (struct peer_tie){ net->edges[i].from, net->edges[i].to };
	go_on = peer_components(ties, net->edge_count, vertices, parts, t);
	net->accounts = ARRAY_NEW(struct claque_peer_score, vertices);
	for (size_t v = 0; v < vertices && go_on; v++)
		if (parts[v].number > 0)
			net->accounts[net->account_count++] = (struct claque_peer_score){
				names->by_rank[v], parts[v].number, scores[v] };
	name_edges(net, names);
	array_free(ties);
	array_free(parts);
	return go_on;
}

void
claque_peer_network_free(struct claque_peer_network *network)
{
	if (network == NULL)
		return;
	array_free(network->edges);
	array_free(network->accounts);
	array_free(network);
}
