/*
 * test_leiden_igraph.c - our Leiden reaches at least the quality of igraph's:
 * the best of as many seeds on either side, both sides until they find no more
 * (igraph: ten iterations; its "until nothing changes" stops after the first
 * that changes something in 0.10.2). One function, written from the definition,
 * measures both. Skipped where igraph is absent.
 */
#include "config.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>

#include "graphs.h"

enum { SEEDS = 5, RIVAL_ITERATIONS = 10 };

static const struct claque_progress quiet;

static double
our_best(const struct test_graph *g, enum claque_quality function, double resolution)
{
	uint32_t *part = calloc(g->nodes, sizeof(*part)), parts;
	double best = -1e300;

	assert_non_null(part);
	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		struct claque_cluster_settings s = { function, resolution, seed, 0 };
		struct claque_err err = { 0 };
		double said, measured;

		assert_ok(claque_cluster_leiden(g->nodes, g->links, g->count, &s, &quiet, part,
						&parts, &said, &err), err);
		measured = graph_quality(g, function, resolution, part);
		assert_true(said - measured < 1e-6 && measured - said < 1e-6);
		best = measured > best ? measured : best;
	}
	free(part);
	return best;
}

static double
rival_best(const struct test_graph *g, enum claque_quality function, double resolution)
{
	uint32_t *part = calloc(g->nodes, sizeof(*part));
	double best = -1e300;

	assert_non_null(part);
	for (unsigned long seed = 1; seed <= SEEDS; seed++) {
		struct rival how = { function, resolution, RIVAL_ITERATIONS, seed };
		double measured, seconds;

		if (!rival_leiden(g, &how, part, &seconds)) {
			free(part);
			print_message("built without igraph: nothing to compare with\n");
			skip();
		}
		measured = graph_quality(g, function, resolution, part);
		best = measured > best ? measured : best;
	}
	free(part);
	return best;
}

static void
compare(struct test_graph g, double cpm_resolution)
{
	static const char *const names[] = { "modularity", "CPM" };

	for (unsigned q = 0; q < 2; q++) {
		enum claque_quality function = q == 0 ? CLAQUE_MODULARITY : CLAQUE_CPM;
		double resolution = q == 0 ? 1 : cpm_resolution;
		double theirs = rival_best(&g, function, resolution);
		double ours = our_best(&g, function, resolution);

		print_message("%s of %u nodes: %.9g, igraph's %.9g\n", names[q], g.nodes, ours,
			      theirs);
		assert_true(ours >= theirs - 1e-9);
	}
	test_graph_done(&g);
}

static void
rings_of_cliques_are_clustered_as_well_as_by_igraph(void **state)
{
	(void)state;
	compare(graph_clique_ring(30, 5), 0.5);
	compare(graph_clique_ring(64, 8), 0.05);
}

static void
planted_partitions_are_clustered_as_well_as_by_igraph(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 2; seed++)
		for (int mixing = 1; mixing <= 5; mixing += 2)
			compare(graph_planted(&(struct planted){ .nodes = 1000, .degree = 12,
				.smallest = 10, .largest = 100, .mixing = mixing / 10.0,
				.seed = seed }), 0.05);
}

static void
weighted_graphs_are_clustered_as_well_as_by_igraph(void **state)
{
	(void)state;
	for (uint64_t seed = 3; seed <= 4; seed++)
		compare(graph_planted(&(struct planted){ .nodes = 1000, .degree = 12,
			.smallest = 10, .largest = 100, .mixing = 0.4, .weighted = true,
			.seed = seed }), 0.1);
}

static void
graphs_without_communities_are_clustered_as_well_as_by_igraph(void **state)
{
	(void)state;
	for (uint64_t seed = 5; seed <= 6; seed++)
		compare(graph_power_law(1000, 8, seed), 0.02);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rings_of_cliques_are_clustered_as_well_as_by_igraph),
		cmocka_unit_test(planted_partitions_are_clustered_as_well_as_by_igraph),
		cmocka_unit_test(weighted_graphs_are_clustered_as_well_as_by_igraph),
		cmocka_unit_test(graphs_without_communities_are_clustered_as_well_as_by_igraph),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
