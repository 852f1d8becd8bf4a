/*
 * graphs.h - generated graphs for the tests and the bench of clustering, and
 * what a partition of one is worth, computed from the definition.
 *
 * The planted partition follows the LFR benchmark (Lancichinetti, Fortunato
 * and Radicchi 2008) in its power laws of degrees and community sizes and its
 * mixing parameter, but draws each node's links instead of wiring degrees
 * exactly.
 */
#ifndef TESTS_UNIT_GRAPHS_H
#define TESTS_UNIT_GRAPHS_H

#include "claque/cluster.h"

struct test_graph {
	uint32_t nodes;
	struct claque_link *links;	/* parallel links are allowed; no loops */
	size_t count, cap;
};

struct planted {
	uint32_t nodes, degree;		/* mean degree; the largest is 20 times as much */
	uint32_t smallest, largest;	/* communities */
	double mixing;			/* share of links that lead outside */
	bool weighted;			/* 0.1..12, inside twice as heavy on average */
	uint64_t seed;
};

/* The caller's to test_graph_done(). Node numbers tell nothing of communities. */
struct test_graph graph_planted(const struct planted *how);
/* Cliques of `size`, each joined to the next by one link. */
struct test_graph graph_clique_ring(uint32_t cliques, uint32_t size);
/* Degrees by a power law with exponent 2.5 and nothing else (Chung and Lu 2002). */
struct test_graph graph_power_law(uint32_t nodes, uint32_t degree, uint64_t seed);
void test_graph_done(struct test_graph *g);

/* Of any membership (values below g->nodes), as claque/cluster.h defines it. */
double graph_quality(const struct test_graph *g, enum claque_quality function, double resolution,
		     const uint32_t *membership);

/*
 * igraph's Leiden: `iterations` of them, -1 until nothing changes. False where
 * the tests were built without igraph.
 */
struct rival {
	enum claque_quality function;
	double resolution;
	int iterations;
	unsigned long seed;
};
/* seconds: of processor time, for the clustering alone. */
bool rival_leiden(const struct test_graph *g, const struct rival *how, uint32_t *membership,
		  double *seconds);

#endif
