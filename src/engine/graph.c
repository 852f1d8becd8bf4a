#include "config.h"

#include "engine/graph.h"

#include <stdlib.h>

#include "engine/array.h"

static void
open_columns(struct graph *g, uint32_t count)
{
	*g = (struct graph){ .count = count };
	g->from = COLUMN_NEW(uint64_t, (size_t)count + 2);
	g->loop = COLUMN_NEW(double, count);
	g->mass = COLUMN_NEW(double, count);
}

void
graph_init(struct graph *g, uint32_t count, const struct claque_link *links, size_t link_count,
	   bool strength)
{
	open_columns(g, count);
	for (size_t i = 0; i < link_count; i++) {
		const struct claque_link *l = &links[i];

		g->from[(size_t)l->a + 2] += l->a != l->b;
		g->from[(size_t)l->b + 2] += l->a != l->b;
		g->mass[l->a] += strength ? l->weight : 0;
		g->mass[l->b] += strength ? l->weight : 0;
		g->loop[l->a] += l->a == l->b ? l->weight : 0;
	}
	for (size_t v = 2; v < (size_t)count + 2; v++)
		g->from[v] += g->from[v - 1];
	g->to = COLUMN_NEW(uint32_t, g->from[(size_t)count + 1]);
	g->weight = COLUMN_NEW(double, g->from[(size_t)count + 1]);
	for (size_t i = 0; i < link_count; i++) {
		const struct claque_link *l = &links[i];

		if (l->a == l->b)
			continue;
		g->to[g->from[(size_t)l->a + 1]] = l->b;
		g->weight[g->from[(size_t)l->a + 1]++] = l->weight;
		g->to[g->from[(size_t)l->b + 1]] = l->a;
		g->weight[g->from[(size_t)l->b + 1]++] = l->weight;
	}
	for (uint32_t v = 0; v < count && !strength; v++)
		g->mass[v] = 1;
}

/* Nodes of each part, end to end, in order; starts gets parts + 1 places. */
static uint32_t *
nodes_by_part(const struct graph *g, const uint32_t *part, uint32_t parts, uint64_t **starts)
{
	uint32_t *nodes = COLUMN_NEW(uint32_t, g->count);
	uint64_t *from = COLUMN_NEW(uint64_t, (size_t)parts + 2);

	for (uint32_t v = 0; v < g->count; v++)
		from[(size_t)part[v] + 2]++;
	for (size_t c = 2; c < (size_t)parts + 2; c++)
		from[c] += from[c - 1];
	for (uint32_t v = 0; v < g->count; v++)
		nodes[from[(size_t)part[v] + 1]++] = v;
	*starts = from;
	return nodes;
}

/* Adds one fine node's edges to the row of its part c that begins at `start`. */
static void
fold_node(struct graph *g, const struct graph *fine, const uint32_t *part, uint32_t v,
	  uint64_t *place)
{
	uint32_t c = part[v];

	g->loop[c] += fine->loop[v];
	g->mass[c] += fine->mass[v];
	for (uint64_t i = fine->from[v]; i < fine->from[v + 1]; i++) {
		uint32_t d = part[fine->to[i]];

		if (d == c) {
			g->loop[c] += fine->weight[i] / 2;
			continue;
		}
		if (place[d] == 0) {
			place[d] = ++g->from[(size_t)c + 1];
			g->to[place[d] - 1] = d;
		}
		g->weight[place[d] - 1] += fine->weight[i];
	}
}

void
graph_fold(struct graph *g, const struct graph *fine, const uint32_t *part, uint32_t parts)
{
	uint64_t *starts, *place = COLUMN_NEW(uint64_t, parts);
	uint32_t *nodes = nodes_by_part(fine, part, parts, &starts);

	open_columns(g, parts);
	g->to = COLUMN_NEW(uint32_t, fine->from[fine->count]);
	g->weight = COLUMN_NEW(double, fine->from[fine->count]);
	for (uint32_t c = 0; c < parts; c++) {
		g->from[(size_t)c + 1] = g->from[c];
		for (uint64_t i = starts[c]; i < starts[c + 1]; i++)
			fold_node(g, fine, part, nodes[i], place);
		for (uint64_t i = g->from[c]; i < g->from[(size_t)c + 1]; i++)
			place[g->to[i]] = 0;
	}
	free(starts);
	free(place);
	free(nodes);
}

void
graph_done(struct graph *g)
{
	free(g->from);
	free(g->to);
	free(g->weight);
	free(g->loop);
	free(g->mass);
	*g = (struct graph){ 0 };
}

uint32_t
graph_components(const struct graph *g, const uint32_t *part, uint32_t *out)
{
	uint32_t *stack = COLUMN_NEW(uint32_t, g->count), components = 0;

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
	free(stack);
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
	struct part_rank *ranks = COLUMN_NEW(struct part_rank, parts);
	uint32_t *next = COLUMN_NEW(uint32_t, parts);

	for (uint32_t v = 0; v < count; v++) {
		struct part_rank *r = &ranks[part[v]];

		r->first = r->size == 0 ? v : r->first;
		r->size++;
	}
	for (uint32_t c = 0; c < parts; c++)
		ranks[c].old = c;
	qsort(ranks, parts, sizeof(*ranks), compare_parts);
	for (uint32_t c = 0; c < parts; c++)
		next[ranks[c].old] = c;
	for (uint32_t v = 0; v < count; v++)
		part[v] = next[part[v]];
	free(ranks);
	free(next);
}
