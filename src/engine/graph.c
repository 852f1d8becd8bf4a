#include "config.h"

#include "engine/graph.h"

#include "base/array.h"

static void
open_columns(struct graph *g, uint32_t count)
{
	*g = (struct graph){ .count = count };
	g->from = ARRAY_NEW(uint64_t, (size_t)count + 2);
	g->loop = ARRAY_NEW(double, count);
	g->mass = ARRAY_NEW(double, count);
}

/* Room that is written before it is read: zeroing it would cost as much as filling it. */
static void
open_rows(struct graph *g, uint64_t room)
{
	size_t cap = 0;

	ARRAY_GROW(g->to, cap, room);
	cap = 0;
	ARRAY_GROW(g->weight, cap, room);
}

static uint32_t
at_place(const uint32_t *place, uint32_t v)
{
	return place != NULL ? place[v] : v;
}

/* Loops and, two places on, how many neighbours each node has. */
static void
count_links(struct graph *g, const struct claque_link *links, size_t link_count,
	    const uint32_t *place)
{
	for (size_t i = 0; i < link_count; i++) {
		uint32_t a = at_place(place, links[i].a), b = at_place(place, links[i].b);

		g->from[(size_t)a + 2] += a != b;
		g->from[(size_t)b + 2] += a != b;
		if (a == b)
			g->loop[a] += links[i].weight;
	}
}

static void
weigh_nodes(struct graph *g, bool strength)
{
	for (uint32_t v = 0; v < g->count; v++) {
		double sum = 2 * g->loop[v];

		for (uint64_t i = g->from[v]; i < g->from[(size_t)v + 1]; i++)
			sum += g->weight[i];
		g->mass[v] = strength ? sum : 1;
	}
}

/* Both directions of each link, row by row in the order of the links. */
static void
fill_rows(struct graph *g, const struct claque_link *links, size_t link_count,
	  const uint32_t *place)
{
	for (size_t i = 0; i < link_count; i++) {
		uint32_t a = at_place(place, links[i].a), b = at_place(place, links[i].b);
		uint64_t at;

		if (a == b)
			continue;
		at = g->from[(size_t)a + 1]++;
		g->to[at] = b;
		g->weight[at] = links[i].weight;
		at = g->from[(size_t)b + 1]++;
		g->to[at] = a;
		g->weight[at] = links[i].weight;
	}
}

/* Sums what leads from one node to the same other more than once. */
static void
merge_rows(struct graph *g)
{
	uint64_t *place = ARRAY_NEW(uint64_t, g->count), from = 0, out = 0;

	for (uint32_t v = 0; v < g->count; v++) {
		uint64_t row = out;

		for (uint64_t i = from; i < g->from[(size_t)v + 1]; i++) {
			uint32_t w = g->to[i];

			if (place[w] > row) {
				g->weight[place[w] - 1] += g->weight[i];
				continue;
			}
			g->to[out] = w;
			g->weight[out] = g->weight[i];
			place[w] = ++out;
		}
		from = g->from[(size_t)v + 1];
		g->from[(size_t)v + 1] = out;
	}
	array_free(place);
}

void
graph_init(struct graph *g, uint32_t count, const struct claque_link *links, size_t link_count,
	   bool strength, const uint32_t *place)
{
	open_columns(g, count);
	count_links(g, links, link_count, place);
	for (size_t v = 2; v < (size_t)count + 2; v++)
		g->from[v] += g->from[v - 1];
	open_rows(g, g->from[(size_t)count + 1]);
	fill_rows(g, links, link_count, place);
	merge_rows(g);
	weigh_nodes(g, strength);
}

void
graph_reorder(struct graph *g, const struct graph *from, const uint32_t *order,
	      const uint32_t *place)
{
	uint64_t out = 0;

	open_columns(g, from->count);
	open_rows(g, from->from[from->count]);
	for (uint32_t k = 0; k < from->count; k++) {
		uint32_t v = order[k];

		g->loop[k] = from->loop[v];
		g->mass[k] = from->mass[v];
		for (uint64_t i = from->from[v]; i < from->from[(size_t)v + 1]; i++, out++) {
			g->to[out] = place[from->to[i]];
			g->weight[out] = from->weight[i];
		}
		g->from[(size_t)k + 1] = out;
	}
}

void
graph_sort_nodes(const uint32_t *part, uint32_t count, uint32_t parts, uint32_t *nodes,
		 uint32_t *starts)
{
	memset(starts, 0, ((size_t)parts + 2) * sizeof(*starts));
	for (uint32_t v = 0; v < count; v++)
		starts[(size_t)part[v] + 2]++;
	for (size_t c = 2; c < (size_t)parts + 2; c++)
		starts[c] += starts[c - 1];
	for (uint32_t v = 0; v < count; v++)
		nodes[starts[(size_t)part[v] + 1]++] = v;
}

/* Adds one fine node's edges to the row of its part c, which begins at g->from[c]. */
static void
fold_node(struct graph *g, const struct graph *fine, const uint32_t *part, uint32_t v,
	  uint64_t *place)
{
	uint32_t c = part[v];
	uint64_t row = g->from[c], end = g->from[(size_t)c + 1];

	g->loop[c] += fine->loop[v];
	g->mass[c] += fine->mass[v];
	for (uint64_t i = fine->from[v]; i < fine->from[v + 1]; i++) {
		uint32_t d = part[fine->to[i]];

		if (d == c) {
			g->loop[c] += fine->weight[i] / 2;
		} else if (place[d] > row) {
			g->weight[place[d] - 1] += fine->weight[i];
		} else {
			g->to[end] = d;
			g->weight[end] = fine->weight[i];
			place[d] = ++end;
		}
	}
	g->from[(size_t)c + 1] = end;
}

void
graph_fold(struct graph *g, const struct graph *fine, const uint32_t *part, uint32_t parts)
{
	uint64_t *place = ARRAY_NEW(uint64_t, parts);
	uint32_t *nodes = ARRAY_NEW(uint32_t, fine->count);
	uint32_t *starts = ARRAY_NEW(uint32_t, (size_t)parts + 2);

	graph_sort_nodes(part, fine->count, parts, nodes, starts);
	open_columns(g, parts);
	open_rows(g, fine->from[fine->count]);
	for (uint32_t c = 0; c < parts; c++) {
		g->from[(size_t)c + 1] = g->from[c];
		for (uint32_t i = starts[c]; i < starts[c + 1]; i++)
			fold_node(g, fine, part, nodes[i], place);
	}
	array_free(starts);
	array_free(place);
	array_free(nodes);
}

void
graph_done(struct graph *g)
{
	array_free(g->from);
	array_free(g->to);
	array_free(g->weight);
	array_free(g->loop);
	array_free(g->mass);
	*g = (struct graph){ 0 };
}

uint32_t
graph_components(const struct graph *g, const uint32_t *part, uint32_t *out)
{
	uint32_t *stack = ARRAY_NEW(uint32_t, g->count), components = 0;

	for (uint32_t v = 0; v < g->count; v++)
		out[v] = UINT32_MAX;
	for (uint32_t root = 0; root < g->count; root++) {
		size_t depth = 0;

		if (out[root] != UINT32_MAX)
			continue;
		out[root] = components;
		stack[depth++] = root;
		while (depth > 0) {
			uint32_t v = stack[--depth];

			for (uint64_t i = g->from[v]; i < g->from[v + 1]; i++) {
				uint32_t w = g->to[i];

				if (out[w] != UINT32_MAX || (part != NULL && part[w] != part[v]))
					continue;
				out[w] = components;
				stack[depth++] = w;
			}
		}
		components++;
	}
	array_free(stack);
	return components;
}

struct part_rank {
	uint32_t size, first, old;
};

static int
compare_parts(const void *pa, const void *pb)
{
	const struct part_rank *a = pa, *b = pb;

	if (a->size != b->size)
		return a->size > b->size ? -1 : 1;
	return (a->first > b->first) - (a->first < b->first);
}

void
graph_renumber(uint32_t *part, uint32_t count, uint32_t parts)
{
	struct part_rank *ranks = ARRAY_NEW(struct part_rank, parts);
	uint32_t *next = ARRAY_NEW(uint32_t, parts);

	for (uint32_t v = 0; v < count; v++) {
		struct part_rank *r = &ranks[part[v]];

		r->first = r->size == 0 ? v : r->first;
		r->size++;
	}
	for (uint32_t c = 0; c < parts; c++)
		ranks[c].old = c;
	array_sort(ranks, parts, sizeof(*ranks), compare_parts);
	for (uint32_t c = 0; c < parts; c++)
		next[ranks[c].old] = c;
	for (uint32_t v = 0; v < count; v++)
		part[v] = next[part[v]];
	array_free(ranks);
	array_free(next);
}
