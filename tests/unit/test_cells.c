/* test_cells.c - parts of a network that chance would not give, and platforms of one. */
#include "config.h"

#include "test.h"

#include "claque/cluster.h"

#include "base/rng.h"

enum { LINKS_MAX = 4000, NODES_MAX = 200 };

static const struct claque_progress quiet;
static struct claque_link links[LINKS_MAX];
static size_t link_count;
static uint32_t part[NODES_MAX];
static struct claque_cells cells;

static void
link_nodes(uint32_t a, uint32_t b, double weight)
{
	assert_true(link_count < LINKS_MAX);
	links[link_count++] = (struct claque_link){ a, b, weight };
}

static void
clique(uint32_t from, uint32_t size)
{
	for (uint32_t a = from; a < from + size; a++)
		for (uint32_t b = a + 1; b < from + size; b++)
			link_nodes(a, b, 1);
}

static void
find_cells(uint32_t nodes, uint64_t seed)
{
	struct claque_cell_settings s = claque_cell_defaults();
	struct claque_err err;

	s.seed = seed;
	assert_ok(claque_cluster_cells(nodes, links, link_count, &s, &quiet, part, &cells, &err),
		  err);
}

static int
setup(void **state)
{
	(void)state;
	link_count = 0;
	return 0;
}

static void
two_cells_that_a_few_links_join_are_told_apart(void **state)
{
	(void)state;
	clique(0, 8);
	clique(8, 10);
	link_nodes(0, 8, 1);
	link_nodes(1, 9, 1);
	link_nodes(2, 10, 1);
	find_cells(18, 1);
	assert_int_equal(cells.count, 2);
	for (uint32_t v = 0; v < 18; v++)
		assert_int_equal(part[v], v < 8);
	assert_true(cells.p == 1.0 / 21);
	assert_true(cells.modularity > cells.expected + 5 * cells.deviation);
	assert_true(cells.expected > 0 && cells.deviation > 0);
}

static void
one_clique_has_no_cells(void **state)
{
	(void)state;
	clique(0, 12);
	find_cells(12, 1);
	assert_int_equal(cells.count, 1);
	for (uint32_t v = 0; v < 12; v++)
		assert_int_equal(part[v], 0);
	assert_true(cells.p == 1);
}

static void
weights_alone_can_tell_cells_apart(void **state)
{
	(void)state;
	for (uint32_t a = 0; a < 16; a++)
		for (uint32_t b = a + 1; b < 16; b++)
			link_nodes(a, b, (a < 8) == (b < 8) ? 6 : 1);
	find_cells(16, 1);
	assert_int_equal(cells.count, 2);
	assert_int_equal(part[0], part[7]);
	assert_int_not_equal(part[0], part[8]);
}

/* Modularity finds parts in any random graph: p lets one in 21 of them pass. */
static void
random_networks_are_rarely_split(void **state)
{
	unsigned splits = 0, found = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 60; seed++) {
		struct rng r = rng_seeded(seed);

		link_count = 0;
		while (link_count < 120) {
			uint32_t a = (uint32_t)rng_below(&r, 40), b = (uint32_t)rng_below(&r, 40);

			if (a != b)
				link_nodes(a, b, 0.5 + rng_unit(&r));
		}
		find_cells(40, seed);
		found += cells.modularity > 0.25;
		splits += cells.count > 1;
	}
	assert_true(found > 50);
	assert_true(splits <= 9);	/* 3 expected; chance of more than 9: 0.1 % */
}

static void
the_same_seed_gives_the_same_figures(void **state)
{
	struct claque_cells before;

	(void)state;
	clique(0, 6);
	clique(6, 6);
	link_nodes(0, 6, 1);
	find_cells(12, 9);
	before = cells;
	find_cells(12, 9);
	assert_true(before.p == cells.p && before.expected == cells.expected &&
		    before.deviation == cells.deviation && before.modularity == cells.modularity);
}

static void
too_small_cells_are_no_split(void **state)
{
	(void)state;
	clique(0, 8);
	link_nodes(8, 9, 1);
	find_cells(10, 1);
	assert_int_equal(cells.count, 1);
	link_count = 0;
	find_cells(0, 1);
	assert_int_equal(cells.count, 0);
}

static void
bad_settings_are_misuse(void **state)
{
	struct claque_cell_settings s = claque_cell_defaults();
	struct claque_err err;

	(void)state;
	s.rewires = 0;
	assert_int_equal(claque_cluster_cells(1, links, 0, &s, &quiet, part, &cells, &err),
			 CLAQUE_EUSAGE);
	s = claque_cell_defaults();
	s.max_p = 2;
	assert_int_equal(claque_cluster_cells(1, links, 0, &s, &quiet, part, &cells, &err),
			 CLAQUE_EUSAGE);
}

enum { X, FACEBOOK, TELEGRAM, TEXT = 3, MEDIA = 5, NAME = 31 };

static void
what_holds_platforms_together_is_named(void **state)
{
	/* 0..3 on X, 4..6 on Facebook, 7 on Telegram: community 0; 8, 9 on X: 1; 10 nowhere. */
	static const uint32_t platform[] = { X, X, X, X, FACEBOOK, FACEBOOK, FACEBOOK, TELEGRAM, X,
		X, X };
	static const uint32_t member[] = { 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, CLAQUE_NO_CLUSTER };
	struct claque_signal_link list[] = {
		{ 0, 1, TEXT }, { 1, 2, TEXT }, { 2, 3, TEXT }, { 4, 5, MEDIA }, { 5, 6, TEXT },
		{ 0, 4, TEXT }, { 1, 5, TEXT }, { 3, 6, MEDIA },	/* two kinds, X and Facebook */
		{ 6, 7, NAME }, { 4, 7, NAME },		/* one, to Telegram */
		{ 8, 9, TEXT }, { 8, 4, TEXT }, { 10, 4, TEXT },	/* not inside */
	};
	struct claque_platform_input in = { 11, 2, 3, member, platform, list,
		sizeof(list) / sizeof(*list) };
	struct claque_community_platforms out[2];
	uint32_t counts[6];
	struct claque_err err;

	(void)state;
	assert_ok(claque_cluster_platforms(&in, out, counts, &err), err);
	assert_int_equal(out[0].accounts, 8);
	assert_int_equal(out[0].platforms, 3);
	assert_int_equal(out[0].cross_links, 5);
	assert_int_equal(out[0].signals, 1u << TEXT | 1u << MEDIA | 1u << NAME);
	assert_int_equal(out[0].needed, 1u << NAME);
	assert_int_equal(counts[X], 4);
	assert_int_equal(counts[FACEBOOK], 3);
	assert_int_equal(counts[TELEGRAM], 1);
	assert_int_equal(out[1].platforms, 1);
	assert_int_equal(out[1].cross_links, 0);
	assert_int_equal(out[1].needed, 0);
	list[7].signal = TEXT;	/* now text alone joins X and Facebook */
	assert_ok(claque_cluster_platforms(&in, out, counts, &err), err);
	assert_int_equal(out[0].needed, 1u << NAME | 1u << TEXT);
}

static void
platforms_that_are_not_there_are_misuse(void **state)
{
	static const uint32_t platform[] = { 0, 1 }, member[] = { 0, 0 };
	struct claque_signal_link list[] = { { 0, 1, 32 } };
	struct claque_platform_input in = { 2, 1, 2, member, platform, list, 1 };
	struct claque_community_platforms out[1];
	uint32_t counts[2];
	struct claque_err err;

	(void)state;
	assert_int_equal(claque_cluster_platforms(&in, out, counts, &err), CLAQUE_EUSAGE);
	in.link_count = 0;
	in.platforms = 1;
	assert_int_equal(claque_cluster_platforms(&in, out, counts, &err), CLAQUE_EUSAGE);
}

#define TEST(name) cmocka_unit_test_setup(name, setup)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(two_cells_that_a_few_links_join_are_told_apart),
		TEST(one_clique_has_no_cells),
		TEST(weights_alone_can_tell_cells_apart),
		TEST(random_networks_are_rarely_split),
		TEST(the_same_seed_gives_the_same_figures),
		TEST(too_small_cells_are_no_split),
		TEST(bad_settings_are_misuse),
		TEST(what_holds_platforms_together_is_named),
		TEST(platforms_that_are_not_there_are_misuse),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
