#include "config.h"

#include "graphs.h"

#include <math.h>
#include <time.h>

#include "base/array.h"
#include "base/rng.h"

static void
add_link(struct test_graph *g, uint32_t a, uint32_t b, double weight)
{
	if (a == b)
		return;
	ARRAY_GROW(g->links, g->cap, g->count + 1);
	g->links[g->count++] = (struct claque_link){ a, b, weight };
}

/* least..most with density x^-exponent, exponent > 1. */
static double
power_law(struct rng *r, double least, double most, double exponent)
{
	double low = pow(least, 1 - exponent), high = pow(most, 1 - exponent);

	return pow(low + (high - low) * rng_unit(r), 1 / (1 - exponent));
}

static void
shuffle(struct rng *r, uint32_t *list, uint32_t count)
{
	for (uint32_t v = 0; v < count; v++)
		list[v] = v;
	for (uint32_t n = count; n > 1; n--) {
		uint32_t i = (uint32_t)rng_below(r, n), swap = list[i];

		list[i] = list[n - 1];
		list[n - 1] = swap;
	}
}

/* Nodes in a row, communities one behind the other; each node as often as its degree. */
struct stubs {
	uint32_t *node;
	size_t *from;		/* by place in the row */
	uint32_t *first, *last;	/* places of the community, by place */
	size_t count;
};

static struct stubs
make_stubs(struct rng *r, const struct planted *how, const uint32_t *row)
{
	struct stubs s = {
		.from = ARRAY_NEW(size_t, (size_t)how->nodes + 1),
		.first = ARRAY_NEW(uint32_t, how->nodes), .last = ARRAY_NEW(uint32_t, how->nodes),
	};
	size_t cap = 0;

	for (uint32_t i = 0; i < how->nodes;) {
		uint32_t size = (uint32_t)power_law(r, how->smallest, how->largest + 1.0, 1.5);
		uint32_t end = size < how->nodes - i ? i + size : how->nodes;

		for (uint32_t from = i; i < end; i++) {
			double degree = power_law(r, how->degree / 3.0, how->degree * 20.0, 2.5);

			s.first[i] = from;
			s.last[i] = end;
			s.from[i] = s.count;
			ARRAY_GROW(s.node, cap, s.count + (size_t)degree + 1);
			for (size_t k = 0; k < (size_t)degree + 1; k++)
				s.node[s.count++] = row[i];
		}
	}
	s.from[how->nodes] = s.count;
	return s;
}

static double
draw_weight(struct rng *r, bool inside)
{
	double w = rng_exponential(r, inside ? 4 : 2);

	return w < 0.1 ? 0.1 : w > 12 ? 12 : w;
}

static void
link_stub(struct test_graph *g, struct rng *r, const struct planted *how, const struct stubs *s,
	  uint32_t place)
{
	bool inside = rng_unit(r) >= how->mixing;
	size_t from = inside ? s->from[s->first[place]] : 0;
	size_t to = inside ? s->from[s->last[place]] : s->count;
	uint32_t a = s->node[s->from[place]], b = s->node[from + rng_below(r, to - from)];

	add_link(g, a, b, how->weighted ? draw_weight(r, inside) : 1);
}

struct test_graph
graph_planted(const struct planted *how)
{
	struct test_graph g = { .nodes = how->nodes };
	struct rng r = rng_seeded(how->seed);
	uint32_t *row = ARRAY_NEW(uint32_t, how->nodes);
	struct stubs s;

	shuffle(&r, row, how->nodes);
	s = make_stubs(&r, how, row);
	/* Every second stub is one end, drawn to the other: as many links as half the stubs. */
	for (uint32_t i = 0; i < how->nodes; i++)
		for (size_t k = s.from[i]; k < s.from[i + 1]; k++)
			if (k % 2 == 0)
				link_stub(&g, &r, how, &s, i);
	array_free(row);
	array_free(s.node);
	array_free(s.from);
	array_free(s.first);
	array_free(s.last);
	return g;
}

struct test_graph
graph_power_law(uint32_t nodes, uint32_t degree, uint64_t seed)
{
	struct planted how = {
		.nodes = nodes, .degree = degree, .smallest = nodes, .largest = nodes, .seed = seed,
	};

	return graph_planted(&how);
}

struct test_graph
graph_clique_ring(uint32_t cliques, uint32_t size)
{
	struct test_graph g = { .nodes = cliques * size };

	for (uint32_t c = 0; c < cliques; c++) {
		for (uint32_t a = 0; a < size; a++)
			for (uint32_t b = a + 1; b < size; b++)
				add_link(&g, c * size + a, c * size + b, 1);
		add_link(&g, c * size, (c + 1) % cliques * size + 1, 1);
	}
	return g;
}

void
test_graph_done(struct test_graph *g)
{
	array_free(g->links);
	*g = (struct test_graph){ 0 };
}

double
graph_quality(const struct test_graph *g, enum claque_quality function, double resolution,
	      const uint32_t *membership)
{
	double *mass = ARRAY_NEW(double, g->nodes), inside = 0, total = 0, expected = 0;

	for (size_t i = 0; i < g->count; i++) {
		const struct claque_link *l = &g->links[i];

		total += l->weight;
		inside += membership[l->a] == membership[l->b] ? l->weight : 0;
		if (function == CLAQUE_MODULARITY) {
			mass[membership[l->a]] += l->weight;
			mass[membership[l->b]] += l->weight;
		}
	}
	for (uint32_t v = 0; v < g->nodes && function == CLAQUE_CPM; v++)
		mass[membership[v]]++;
	for (uint32_t c = 0; c < g->nodes; c++)
		expected += function == CLAQUE_CPM ? mass[c] * (mass[c] - 1) / 2
						   : mass[c] * mass[c] / (4 * total);
	array_free(mass);
	inside -= resolution * expected;
	return function == CLAQUE_CPM ? inside : inside / total;
}

#ifdef HAVE_IGRAPH

#include <igraph/igraph.h>

static void
open_rival(const struct test_graph *g, const struct rival *how, igraph_t *graph,
	   igraph_vector_t *edges, igraph_vector_t *nodes)
{
	igraph_vector_int_t ends;

	igraph_vector_int_init(&ends, (igraph_integer_t)(2 * g->count));
	igraph_vector_init(edges, (igraph_integer_t)g->count);
	igraph_vector_init(nodes, g->nodes);
	for (size_t i = 0; i < g->count; i++) {
		const struct claque_link *l = &g->links[i];

		VECTOR(ends)[2 * i] = l->a;
		VECTOR(ends)[2 * i + 1] = l->b;
		VECTOR(*edges)[i] = l->weight;
		VECTOR(*nodes)[l->a] += l->weight;
		VECTOR(*nodes)[l->b] += l->weight;
	}
	if (how->function == CLAQUE_CPM)
		igraph_vector_fill(nodes, 1);
	igraph_create(graph, &ends, g->nodes, IGRAPH_UNDIRECTED);
	igraph_vector_int_destroy(&ends);
}

bool
rival_leiden(const struct test_graph *g, const struct rival *how, uint32_t *membership,
	     double *seconds)
{
	igraph_t graph;
	igraph_vector_t edges, nodes;
	igraph_vector_int_t parts;
	igraph_error_t rc;
	clock_t began;
	double penalty = how->resolution;

	open_rival(g, how, &graph, &edges, &nodes);
	igraph_vector_int_init(&parts, g->nodes);
	igraph_rng_seed(igraph_rng_default(), how->seed);
	if (how->function == CLAQUE_MODULARITY)
		penalty /= igraph_vector_sum(&nodes);
	/* 0.01 is the randomness that igraph's own faces give by default. */
	began = clock();
	rc = igraph_community_leiden(&graph, &edges, &nodes, penalty, 0.01, false,
				     how->iterations, &parts, NULL, NULL);
	*seconds = (double)(clock() - began) / CLOCKS_PER_SEC;
	for (uint32_t v = 0; v < g->nodes && rc == IGRAPH_SUCCESS; v++)
		membership[v] = (uint32_t)VECTOR(parts)[v];
	igraph_vector_int_destroy(&parts);
	igraph_vector_destroy(&edges);
	igraph_vector_destroy(&nodes);
	igraph_destroy(&graph);
	return rc == IGRAPH_SUCCESS;
}

#else

bool
rival_leiden(const struct test_graph *g, const struct rival *how, uint32_t *membership,
	     double *seconds)
{
	(void)g;
	(void)how;
	(void)membership;
	(void)seconds;
	return false;
}

#endif
