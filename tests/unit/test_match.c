/* test_match.c - clusters followed from one run to the next, on rows made by hand. */
#include "config.h"

#include "test.h"

#include "claque/cluster.h"

#include "base/rng.h"

enum { ROWS_MAX = 2000 };

struct run {
	uint64_t accounts[ROWS_MAX];
	uint32_t clusters[ROWS_MAX];
	struct claque_membership m;
};

static struct run before, after;
static struct claque_cluster_match match;

static void
clear(void)
{
	struct run *const runs[] = { &before, &after };

	for (unsigned i = 0; i < 2; i++)
		runs[i]->m = (struct claque_membership){ runs[i]->accounts, runs[i]->clusters, 0, 0 };
}

/* Accounts first..last to a new cluster. */
static void
cluster(struct run *r, uint64_t first, uint64_t last)
{
	for (uint64_t a = first; a <= last; a++) {
		assert_true(r->m.count < ROWS_MAX);
		r->accounts[r->m.count] = a;
		r->clusters[r->m.count++] = r->m.cluster_count;
	}
	r->m.cluster_count++;
}

static void
run_match(double least)
{
	struct claque_err err;

	claque_cluster_match_done(&match);
	assert_ok(claque_cluster_match(&before.m, &after.m, least, &match, &err), err);
}

static void
assert_event(size_t i, enum claque_cluster_change change, uint32_t from, uint32_t to,
	     uint32_t shared)
{
	assert_true(i < match.event_count);
	assert_string_equal(claque_cluster_change_name(match.events[i].change),
			    claque_cluster_change_name(change));
	assert_int_equal(match.events[i].before, from);
	assert_int_equal(match.events[i].after, to);
	assert_int_equal(match.events[i].shared, shared);
}

static int
setup(void **state)
{
	(void)state;
	clear();
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	claque_cluster_match_done(&match);
	return 0;
}

static void
clusters_keep_their_names_when_ranks_change(void **state)
{
	(void)state;
	cluster(&before, 1, 10);
	cluster(&before, 11, 15);
	cluster(&after, 11, 30);	/* it has grown: 5 of 20 */
	cluster(&after, 2, 11 - 1);
	run_match(CLAQUE_MATCH_MIN);
	assert_int_equal(match.event_count, 2);
	assert_event(0, CLAQUE_CLUSTER_KEPT, 1, 0, 5);
	assert_event(1, CLAQUE_CLUSTER_KEPT, 0, 1, 9);
	assert_true(match.events[0].jaccard == 0.25 && match.events[1].jaccard == 0.9);
	assert_int_equal(match.before[0], 1);
	assert_int_equal(match.before[1], 0);
}

static void
a_birth_a_death_and_nothing_in_common(void **state)
{
	(void)state;
	cluster(&before, 1, 5);
	cluster(&after, 6, 9);
	run_match(CLAQUE_MATCH_MIN);
	assert_int_equal(match.event_count, 2);
	assert_event(0, CLAQUE_CLUSTER_BORN, CLAQUE_NO_CLUSTER, 0, 0);
	assert_event(1, CLAQUE_CLUSTER_DIED, 0, CLAQUE_NO_CLUSTER, 0);
	assert_int_equal(match.before[0], CLAQUE_NO_CLUSTER);
}

static void
the_larger_part_of_a_split_keeps_the_name(void **state)
{
	(void)state;
	cluster(&before, 1, 10);
	cluster(&after, 1, 4);
	cluster(&after, 5, 10);
	run_match(CLAQUE_MATCH_MIN);
	assert_int_equal(match.event_count, 2);
	assert_event(0, CLAQUE_CLUSTER_SPLIT, 0, 0, 4);
	assert_event(1, CLAQUE_CLUSTER_KEPT, 0, 1, 6);
}

static void
a_merger_keeps_the_name_of_the_larger(void **state)
{
	(void)state;
	cluster(&before, 1, 4);
	cluster(&before, 5, 10);
	cluster(&after, 1, 10);
	run_match(CLAQUE_MATCH_MIN);
	assert_int_equal(match.event_count, 2);
	assert_event(0, CLAQUE_CLUSTER_MERGED, 0, 0, 4);
	assert_event(1, CLAQUE_CLUSTER_KEPT, 1, 0, 6);
}

static void
ties_go_to_more_members_then_to_the_lower_number(void **state)
{
	(void)state;
	cluster(&before, 1, 2);
	cluster(&before, 3, 4);
	cluster(&after, 1, 4);		/* Jaccard 1/2 with either */
	run_match(CLAQUE_MATCH_MIN);
	assert_int_equal(match.before[0], 0);
	clear();
	cluster(&before, 1, 2);
	cluster(&before, 3, 6);
	cluster(&after, 1, 1);		/* 1/2 of the first */
	cluster(&after, 3, 4);		/* 2/4 of the second */
	cluster(&after, 5, 6);		/* as much */
	run_match(0.5);
	assert_int_equal(match.before[0], 0);
	assert_int_equal(match.before[1], 1);
	assert_int_equal(match.before[2], CLAQUE_NO_CLUSTER);
	assert_event(2, CLAQUE_CLUSTER_SPLIT, 1, 2, 2);
}

static void
too_little_in_common_is_another_cluster(void **state)
{
	(void)state;
	cluster(&before, 1, 10);
	cluster(&after, 10, 19);	/* 1 of 19 */
	run_match(0.1);
	assert_event(0, CLAQUE_CLUSTER_BORN, CLAQUE_NO_CLUSTER, 0, 0);
	run_match(0.05);
	assert_event(0, CLAQUE_CLUSTER_KEPT, 0, 0, 1);
}

static void
every_cluster_is_told_of_once_and_no_name_twice(void **state)
{
	struct rng r = rng_seeded(5);

	(void)state;
	for (unsigned round = 0; round < 30; round++) {
		unsigned told_before[40] = { 0 }, told_after[40] = { 0 }, from[40] = { 0 };

		clear();
		before.m.cluster_count = after.m.cluster_count = 40;
		for (uint64_t a = 0; a < 300; a++) {
			before.accounts[before.m.count] = after.accounts[after.m.count] = a;
			before.clusters[before.m.count++] = (uint32_t)rng_below(&r, 40);
			after.clusters[after.m.count] = rng_below(&r, 4) > 0 ?
				before.clusters[before.m.count - 1] : (uint32_t)rng_below(&r, 40);
			after.m.count++;
		}
		run_match(CLAQUE_MATCH_MIN);
		for (size_t i = 0; i < match.event_count; i++) {
			const struct claque_cluster_event *e = &match.events[i];

			if (e->before != CLAQUE_NO_CLUSTER && e->change != CLAQUE_CLUSTER_SPLIT)
				told_before[e->before]++;
			if (e->after != CLAQUE_NO_CLUSTER && e->change != CLAQUE_CLUSTER_MERGED)
				told_after[e->after]++;
		}
		for (uint32_t c = 0; c < 40; c++) {
			assert_int_equal(told_before[c], 1);
			assert_int_equal(told_after[c], 1);
			if (match.before[c] != CLAQUE_NO_CLUSTER)
				assert_int_equal(from[match.before[c]]++, 0);
		}
	}
}

static void
an_account_may_be_in_two_clusters(void **state)
{
	(void)state;
	cluster(&before, 1, 6);
	cluster(&before, 5, 10);
	cluster(&after, 5, 10);
	cluster(&after, 1, 6);
	run_match(CLAQUE_MATCH_MIN);
	assert_int_equal(match.event_count, 2);
	assert_event(0, CLAQUE_CLUSTER_KEPT, 1, 0, 6);
	assert_event(1, CLAQUE_CLUSTER_KEPT, 0, 1, 6);
	assert_true(match.events[0].jaccard == 1);
}

static void
nothing_against_nothing_is_nothing(void **state)
{
	(void)state;
	run_match(CLAQUE_MATCH_MIN);
	assert_int_equal(match.event_count, 0);
}

static void
bad_rows_are_misuse(void **state)
{
	struct claque_err err;

	(void)state;
	cluster(&before, 1, 3);
	before.clusters[1] = 1;
	assert_int_equal(claque_cluster_match(&before.m, &after.m, 0.1, &match, &err),
			 CLAQUE_EUSAGE);
	before.clusters[1] = 0;
	before.accounts[1] = 1;
	assert_int_equal(claque_cluster_match(&before.m, &after.m, 0.1, &match, &err),
			 CLAQUE_EUSAGE);
	before.accounts[1] = 2;
	assert_int_equal(claque_cluster_match(&before.m, &after.m, 1.5, &match, &err),
			 CLAQUE_EUSAGE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(clusters_keep_their_names_when_ranks_change),
		TEST(a_birth_a_death_and_nothing_in_common),
		TEST(the_larger_part_of_a_split_keeps_the_name),
		TEST(a_merger_keeps_the_name_of_the_larger),
		TEST(ties_go_to_more_members_then_to_the_lower_number),
		TEST(too_little_in_common_is_another_cluster),
		TEST(every_cluster_is_told_of_once_and_no_name_twice),
		TEST(an_account_may_be_in_two_clusters),
		TEST(nothing_against_nothing_is_nothing),
		TEST(bad_rows_are_misuse),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
