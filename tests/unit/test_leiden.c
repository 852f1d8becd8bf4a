/* test_leiden.c - known graphs with known best partitions, and what must hold on any. */
#include "config.h"

#include "test.h"

#include <math.h>

#include "claque/cluster.h"

#include "base/rng.h"

static const struct claque_progress quiet;

/* Zachary (1977), the 78 friendships, members numbered from 1. */
static const uint8_t karate[][2] = {
	{ 1, 2 }, { 1, 3 }, { 1, 4 }, { 1, 5 }, { 1, 6 }, { 1, 7 }, { 1, 8 }, { 1, 9 }, { 1, 11 },
	{ 1, 12 }, { 1, 13 }, { 1, 14 }, { 1, 18 }, { 1, 20 }, { 1, 22 }, { 1, 32 }, { 2, 3 },
	{ 2, 4 }, { 2, 8 }, { 2, 14 }, { 2, 18 }, { 2, 20 }, { 2, 22 }, { 2, 31 }, { 3, 4 },
	{ 3, 8 }, { 3, 9 }, { 3, 10 }, { 3, 14 }, { 3, 28 }, { 3, 29 }, { 3, 33 }, { 4, 8 },
	{ 4, 13 }, { 4, 14 }, { 5, 7 }, { 5, 11 }, { 6, 7 }, { 6, 11 }, { 6, 17 }, { 7, 17 },
	{ 9, 31 }, { 9, 33 }, { 9, 34 }, { 10, 34 }, { 14, 34 }, { 15, 33 }, { 15, 34 },
	{ 16, 33 }, { 16, 34 }, { 19, 33 }, { 19, 34 }, { 20, 34 }, { 21, 33 }, { 21, 34 },
	{ 23, 33 }, { 23, 34 }, { 24, 26 }, { 24, 28 }, { 24, 30 }, { 24, 33 }, { 24, 34 },
	{ 25, 26 }, { 25, 28 }, { 25, 32 }, { 26, 32 }, { 27, 30 }, { 27, 34 }, { 28, 34 },
	{ 29, 32 }, { 29, 34 }, { 30, 33 }, { 30, 34 }, { 31, 33 }, { 31, 34 }, { 32, 33 },
	{ 32, 34 }, { 33, 34 },
};

enum { LINKS_MAX = 4000, NODES_MAX = 600 };

static struct claque_link links[LINKS_MAX];
static size_t link_count;
static uint32_t part[NODES_MAX], parts;
static double quality;

static void
link_nodes(uint32_t a, uint32_t b)
{
	assert_true(link_count < LINKS_MAX);
	links[link_count++] = (struct claque_link){ a, b, 1 };
}

static void
clique(uint32_t from, uint32_t size)
{
	for (uint32_t a = from; a < from + size; a++)
		for (uint32_t b = a + 1; b < from + size; b++)
			link_nodes(a, b);
}

static void
cluster(uint32_t nodes, enum claque_quality function, double resolution, uint64_t seed)
{
	struct claque_cluster_settings s = {
		.quality = function, .resolution = resolution, .seed = seed,
	};
	struct claque_err err;

	assert_ok(claque_cluster_leiden(nodes, links, link_count, &s, &quiet, part, &parts,
					&quality, &err), err);
}

static int
setup(void **state)
{
	(void)state;
	link_count = 0;
	return 0;
}

static void
zacharys_club_reaches_the_best_known_modularity(void **state)
{
	(void)state;
	assert_int_equal(sizeof(karate) / sizeof(karate[0]), 78);
	for (size_t i = 0; i < 78; i++)
		link_nodes(karate[i][0] - 1u, karate[i][1] - 1u);
	for (uint64_t seed = 1; seed <= 5; seed++) {
		cluster(34, CLAQUE_MODULARITY, 1, seed);
		assert_int_equal(parts, 4);
		assert_true(quality >= 0.4188);
		/* The optimum (Brandes et al. 2008) is 0.41979. */
		assert_true(quality < 0.4198);
	}
}

static void
two_cliques_joined_by_an_edge_are_two_communities(void **state)
{
	(void)state;
	clique(0, 5);
	clique(5, 6);
	link_nodes(0, 5);
	cluster(12, CLAQUE_MODULARITY, 1, 1);
	assert_int_equal(parts, 3);
	for (uint32_t v = 0; v < 11; v++)
		assert_int_equal(part[v], v < 5);	/* the larger clique is number 0 */
	assert_int_equal(part[11], 2);
	/* 26 edges: inside 25/26; strengths 21 and 31 of 52. */
	assert_true(fabs(quality - (25.0 / 26 - (21 * 21 + 31 * 31) / (52.0 * 52))) < 1e-12);
}

/* 30 cliques of 5 in a ring: modularity pairs them up (Fortunato and Barthelemy 2007). */
static void
ring_of_cliques_is_merged_by_modularity_and_resolved_by_cpm(void **state)
{
	(void)state;
	for (uint32_t c = 0; c < 30; c++) {
		clique(c * 5, 5);
		link_nodes(c * 5, (c + 1) % 30 * 5 + 1);
	}
	cluster(150, CLAQUE_MODULARITY, 1, 1);
	assert_true(parts < 20);
	assert_true(quality >= 0.8757);	/* that of the 30 cliques, which is not the best */
	cluster(150, CLAQUE_CPM, 0.5, 1);
	assert_int_equal(parts, 30);
	for (uint32_t v = 0; v < 150; v++)
		assert_int_equal(part[v], v / 5);
	/* Each clique: 10 edges less half of 10 pairs. */
	assert_true(fabs(quality - 150) < 1e-9);
}

static bool
every_community_is_connected(uint32_t nodes)
{
	static struct claque_link inside[LINKS_MAX];
	static uint32_t pieces[NODES_MAX];
	struct claque_err err;
	uint32_t count = 0;
	size_t n = 0;

	for (size_t i = 0; i < link_count; i++)
		if (part[links[i].a] == part[links[i].b])
			inside[n++] = links[i];
	assert_ok(claque_cluster_components(nodes, inside, n, pieces, &count, &err), err);
	return count == parts;
}

static void
random_graph(uint32_t nodes, size_t count, uint64_t seed)
{
	struct rng r = rng_seeded(seed);

	link_count = 0;
	while (link_count < count) {
		link_nodes((uint32_t)rng_below(&r, nodes), (uint32_t)rng_below(&r, nodes));
		links[link_count - 1].weight = 0.1 + rng_unit(&r);
	}
}

static void
communities_of_random_graphs_are_connected_and_sorted_by_size(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 40; seed++) {
		uint32_t sizes[NODES_MAX] = { 0 }, first[NODES_MAX] = { 0 };

		random_graph(400, 300 + seed * 30, seed);
		cluster(400, seed % 2 ? CLAQUE_CPM : CLAQUE_MODULARITY, seed % 2 ? 0.02 : 1, seed);
		assert_true(every_community_is_connected(400));
		for (uint32_t v = 400; v-- > 0;) {
			sizes[part[v]]++;
			first[part[v]] = v;
		}
		for (uint32_t c = 1; c < parts; c++)
			assert_true(sizes[c] < sizes[c - 1] ||
				    (sizes[c] == sizes[c - 1] && first[c] > first[c - 1]));
	}
}

static void
the_same_seed_gives_the_same_partition(void **state)
{
	uint32_t before[NODES_MAX];

	(void)state;
	random_graph(500, 1500, 7);
	cluster(500, CLAQUE_MODULARITY, 1, 3);
	memcpy(before, part, sizeof(part));
	cluster(500, CLAQUE_MODULARITY, 1, 3);
	assert_memory_equal(before, part, sizeof(part));
}

/* What CPM finds in a clique does not depend on how large the rest is (Traag et al. 2011). */
static void
cpm_resolves_the_same_cliques_in_any_ring(void **state)
{
	(void)state;
	for (uint32_t cliques = 4; cliques <= 100; cliques *= 5) {
		link_count = 0;
		for (uint32_t c = 0; c < cliques; c++) {
			clique(c * 6, 6);
			link_nodes(c * 6, (c + 1) % cliques * 6 + 1);
		}
		cluster(cliques * 6, CLAQUE_CPM, 0.3, 1);
		assert_int_equal(parts, cliques);
		/* Each: 15 edges less 0.3 of 15 pairs. */
		assert_true(fabs(quality - cliques * 10.5) < 1e-9);
	}
}

/* Links of weight 2, 3 and 5 in a row: 0 =2= 1 =3= 2 =5= 3, with the resolution given. */
static void
quality_is_what_a_hand_computes(void **state)
{
	(void)state;
	link_nodes(0, 1);
	link_nodes(1, 2);
	link_nodes(2, 3);
	links[0].weight = 2;
	links[1].weight = 3;
	links[2].weight = 5;
	cluster(4, CLAQUE_MODULARITY, 1, 1);
	/* {0 1} {2 3}: inside 7 of 10; strengths 7 and 13 of 20. */
	assert_int_equal(parts, 2);
	assert_true(fabs(quality - (0.7 - (49 + 169) / 400.0)) < 1e-12);
	cluster(4, CLAQUE_MODULARITY, 0.25, 1);
	/* All in one: inside all; a quarter of all against. */
	assert_int_equal(parts, 1);
	assert_true(fabs(quality - 0.75) < 1e-12);
	cluster(4, CLAQUE_CPM, 2.5, 1);
	/* {2 3} alone: 5 - 2.5; {1 2 3} would be 8 - 7.5. */
	assert_int_equal(parts, 3);
	assert_true(fabs(quality - 2.5) < 1e-12);
	cluster(4, CLAQUE_CPM, 1, 1);
	/* {1 2 3}: 8 - 3, {0 1} {2 3}: 1 + 4, all: 10 - 6. */
	assert_true(fabs(quality - 5) < 1e-12);
}

static void
the_unit_of_the_weights_does_not_matter(void **state)
{
	uint32_t before[NODES_MAX];

	(void)state;
	random_graph(500, 1500, 11);
	cluster(500, CLAQUE_MODULARITY, 1, 2);
	memcpy(before, part, sizeof(part));
	for (size_t i = 0; i < link_count; i++)
		links[i].weight *= 0x1p60;
	cluster(500, CLAQUE_MODULARITY, 1, 2);
	assert_memory_equal(before, part, sizeof(part));
	for (size_t i = 0; i < link_count; i++)
		links[i].weight *= 0x1p-120;
	cluster(500, CLAQUE_MODULARITY, 1, 2);
	assert_memory_equal(before, part, sizeof(part));
}

static void
parallel_links_are_one_of_their_weight(void **state)
{
	double once;

	(void)state;
	random_graph(300, 900, 13);
	cluster(300, CLAQUE_MODULARITY, 1, 2);
	once = quality;
	for (size_t i = 0, n = link_count; i < n; i++) {
		links[i].weight /= 2;
		links[link_count] = links[i];
		links[link_count++].a = links[i].b;
		links[link_count - 1].b = links[i].a;
	}
	cluster(300, CLAQUE_MODULARITY, 1, 2);
	assert_true(fabs(quality - once) < 1e-12);
}

/* Other numbers are another search: it must end about as well. */
static void
renumbering_the_nodes_keeps_the_quality(void **state)
{
	double low = 1, high = -1;
	uint32_t place[400];
	struct rng r = rng_seeded(17);

	(void)state;
	random_graph(400, 1600, 19);
	for (uint32_t v = 0; v < 400; v++)
		place[v] = v;
	for (unsigned round = 0; round < 8; round++) {
		for (uint32_t n = 400; n > 1; n--) {
			uint32_t i = (uint32_t)rng_below(&r, n), swap = place[i];

			place[i] = place[n - 1];
			place[n - 1] = swap;
		}
		for (size_t i = 0; i < link_count; i++) {
			links[i].a = place[links[i].a];
			links[i].b = place[links[i].b];
		}
		cluster(400, CLAQUE_MODULARITY, 1, 1);
		low = fmin(low, quality);
		high = fmax(high, quality);
	}
	assert_true(high - low < 0.03 * high);
}

static void
more_rounds_never_end_with_less_quality(void **state)
{
	struct claque_cluster_settings s = { .resolution = 1, .seed = 5, .rounds = 1 };
	struct claque_err err;
	double once;

	(void)state;
	random_graph(500, 1000, 9);
	assert_ok(claque_cluster_leiden(500, links, link_count, &s, &quiet, part, &parts, &once,
					&err), err);
	assert_true(every_community_is_connected(500));
	cluster(500, CLAQUE_MODULARITY, 1, 5);
	assert_true(quality >= once - 1e-12);
	assert_true(quality > 0.5);
}

static void
a_self_loop_is_weight_inside(void **state)
{
	(void)state;
	link_nodes(0, 0);
	link_nodes(1, 2);
	cluster(3, CLAQUE_MODULARITY, 1, 1);
	assert_int_equal(parts, 2);
	/* Two parts with half of the weight each: 1 - 2 * (1/2)^2 */
	assert_true(fabs(quality - 0.5) < 1e-12);
}

static void
nothing_to_cluster_is_no_error(void **state)
{
	(void)state;
	cluster(0, CLAQUE_MODULARITY, 1, 1);
	assert_int_equal(parts, 0);
	cluster(3, CLAQUE_CPM, 1, 1);
	assert_int_equal(parts, 3);
	assert_int_equal(part[2], 2);
}

static void
bad_links_and_settings_are_misuse(void **state)
{
	struct claque_cluster_settings s = { .resolution = 0 };
	struct claque_err err;

	(void)state;
	assert_int_equal(claque_cluster_leiden(2, links, 0, &s, &quiet, part, &parts, &quality,
					       &err), CLAQUE_EUSAGE);
	link_nodes(0, 2);
	assert_int_equal(claque_cluster_components(2, links, 1, part, &parts, &err),
			 CLAQUE_EUSAGE);
	links[0] = (struct claque_link){ 0, 1, nan("") };
	assert_int_equal(claque_cluster_components(2, links, 1, part, &parts, &err),
			 CLAQUE_EUSAGE);
}

#define TEST(name) cmocka_unit_test_setup(name, setup)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(zacharys_club_reaches_the_best_known_modularity),
		TEST(two_cliques_joined_by_an_edge_are_two_communities),
		TEST(ring_of_cliques_is_merged_by_modularity_and_resolved_by_cpm),
		TEST(communities_of_random_graphs_are_connected_and_sorted_by_size),
		TEST(the_same_seed_gives_the_same_partition),
		TEST(cpm_resolves_the_same_cliques_in_any_ring),
		TEST(quality_is_what_a_hand_computes),
		TEST(the_unit_of_the_weights_does_not_matter),
		TEST(parallel_links_are_one_of_their_weight),
		TEST(renumbering_the_nodes_keeps_the_quality),
		TEST(more_rounds_never_end_with_less_quality),
		TEST(a_self_loop_is_weight_inside),
		TEST(nothing_to_cluster_is_no_error),
		TEST(bad_links_and_settings_are_misuse),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
