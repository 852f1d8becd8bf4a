/*
 * leiden.c - our Leiden beside igraph's on the same graphs, in turn: seconds of
 * processor time (a busy machine must tell for neither), and the quality
 * reached, which must not be bought with time. Both make as many iterations as
 * igraph's faces for R and Python do when not asked: two. Ours builds its graph
 * from the list of links in that time, igraph's is built before.
 *
 * usage: leiden [rounds]
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "engine/array.h"

#include "../unit/graphs.h"

enum { NODES = 100000, DEGREE = 22, ITERATIONS = 2, ROUNDS_MAX = 32 };

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
run_ours(const struct test_graph *g, const struct rival *how, uint32_t *part)
{
	struct claque_cluster_settings s = {
		.quality = how->function, .resolution = how->resolution, .seed = how->seed,
		.rounds = (uint32_t)how->iterations,
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
compare(const char *name, const struct test_graph *g, struct rival how, unsigned rounds)
{
	struct round ours[ROUNDS_MAX], theirs[ROUNDS_MAX];
	uint32_t *part = COLUMN_NEW(uint32_t, g->nodes);
	double mine, other;

	for (unsigned i = 0; i < rounds; i++) {
		how.seed = i + 1;
		theirs[i] = run_rival(g, &how, part);
		ours[i] = run_ours(g, &how, part);
	}
	qsort(ours, rounds, sizeof(*ours), compare_rounds);
	qsort(theirs, rounds, sizeof(*theirs), compare_rounds);
	mine = ours[rounds / 2].seconds;
	other = theirs[rounds / 2].seconds;
	printf("| %s, %zu links | %.3f s | %.3f s | %.3f | %.8g | %.8g |\n", name, g->count, mine,
	       other, mine / other, mean_quality(ours, rounds), mean_quality(theirs, rounds));
	fflush(stdout);
	free(part);
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
	printf("| Leiden, %d iterations, %d nodes | claque | igraph | ratio | quality | igraph's |\n"
	       "|---|---|---|---|---|---|\n", ITERATIONS, NODES);
	compare("planted partition, modularity", &planted, modularity, rounds);
	compare("planted partition, CPM", &planted, cpm, rounds);
	compare("weighted, modularity", &weighted, modularity, rounds);
	compare("power law without communities, modularity", &loose, modularity, rounds);
	test_graph_done(&planted);
	test_graph_done(&weighted);
	test_graph_done(&loose);
	return 0;
}
