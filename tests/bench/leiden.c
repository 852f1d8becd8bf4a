/*
 * leiden.c - our Leiden beside igraph's on the same graphs, in turn: seconds of
 * processor time, the least of the rounds (a busy machine must tell for neither),
 * and the mean quality reached, which must not be bought with time. igraph makes
 * as many iterations as its faces for R and Python do when not asked: two. Ours
 * makes one, then two. Ours builds its graph from the list of links in that
 * time, igraph's is built before.
 *
 * usage: leiden [rounds]
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/array.h"

#include "../unit/graphs.h"

enum { NODES = 100000, DEGREE = 23, ITERATIONS = 2, ROUNDS_MAX = 32 };

struct round {
	double seconds, quality;
};

static double
cpu_seconds(void)
{
	return (double)clock() / CLOCKS_PER_SEC;
}

static int
compare_rounds(const void *pa, const void *pb)
{
	const struct round *a = pa, *b = pb;

	return (a->seconds > b->seconds) - (a->seconds < b->seconds);
}

static struct round
run_ours(const struct test_graph *g, const struct rival *how, uint32_t iterations,
	 uint32_t *part)
{
	struct claque_cluster_settings s = {
		.quality = how->function, .resolution = how->resolution, .seed = how->seed,
		.rounds = iterations,
	};
	const struct claque_progress quiet = { 0 };
	struct claque_err err = { 0 };
	uint32_t parts;
	double quality, began = cpu_seconds();

	if (claque_cluster_leiden(g->nodes, g->links, g->count, &s, &quiet, part, &parts, &quality,
				  &err) != CLAQUE_OK) {
		fprintf(stderr, "%s\n", err.msg);
		exit(1);
	}
	return (struct round){ cpu_seconds() - began,
		graph_quality(g, how->function, how->resolution, part) };
}

static struct round
run_rival(const struct test_graph *g, const struct rival *how, uint32_t *part)
{
	double seconds;

	if (!rival_leiden(g, how, part, &seconds)) {
		printf("igraph is not installed: nothing to compare Leiden with\n");
		exit(0);
	}
	return (struct round){ seconds, graph_quality(g, how->function, how->resolution, part) };
}

static double
mean_quality(const struct round *rounds, unsigned count)
{
	double sum = 0;

	for (unsigned i = 0; i < count; i++)
		sum += rounds[i].quality;
	return sum / count;
}

static void
print_row(const char *name, struct round *ours, const struct round *theirs, unsigned rounds)
{
	double mean = mean_quality(ours, rounds);

	qsort(ours, rounds, sizeof(*ours), compare_rounds);
	printf("| %s | %.3f s | %.3f s | %.3f | %.7g | %.7g |\n", name, ours[0].seconds,
	       theirs[0].seconds, ours[0].seconds / theirs[0].seconds, mean,
	       mean_quality(theirs, rounds));
	fflush(stdout);
}

static void
compare(const char *name, const struct test_graph *g, struct rival how, unsigned rounds)
{
	struct round once[ROUNDS_MAX], twice[ROUNDS_MAX], theirs[ROUNDS_MAX];
	uint32_t *part = ARRAY_NEW(uint32_t, g->nodes);
	char title[128];

	for (unsigned i = 0; i < rounds; i++) {
		how.seed = i + 1;
		theirs[i] = run_rival(g, &how, part);
		once[i] = run_ours(g, &how, 1, part);
		twice[i] = run_ours(g, &how, 2, part);
	}
	qsort(theirs, rounds, sizeof(*theirs), compare_rounds);
	(void)snprintf(title, sizeof(title), "%s, %zu links, 1 iteration", name, g->count);
	print_row(title, once, theirs, rounds);
	print_row("the same, 2 iterations", twice, theirs, rounds);
	array_free(part);
}

int
main(int argc, char **argv)
{
	unsigned long asked = argc > 1 ? strtoul(argv[1], NULL, 10) : 3;
	unsigned rounds = asked < 1 ? 1 : asked > ROUNDS_MAX ? ROUNDS_MAX : (unsigned)asked;
	struct planted how = {
		.nodes = NODES, .degree = DEGREE, .smallest = 20, .largest = 1000, .mixing = 0.4,
		.seed = 1,
	};
	const struct rival modularity = { CLAQUE_MODULARITY, 1, ITERATIONS, 1 };
	const struct rival cpm = { CLAQUE_CPM, 0.02, ITERATIONS, 1 };
	struct test_graph planted = graph_planted(&how), weighted, loose;

	how.weighted = true;
	weighted = graph_planted(&how);
	loose = graph_power_law(NODES, DEGREE, 1);
	printf("| Leiden, %d nodes | claque | igraph, %d iterations | ratio | quality | igraph's |\n"
	       "|---|---|---|---|---|---|\n", NODES, ITERATIONS);
	compare("planted partition, modularity", &planted, modularity, rounds);
	compare("planted partition, CPM", &planted, cpm, rounds);
	compare("weighted, modularity", &weighted, modularity, rounds);
	compare("power law without communities, modularity", &loose, modularity, rounds);
	test_graph_done(&planted);
	test_graph_done(&weighted);
	test_graph_done(&loose);
	return 0;
}
