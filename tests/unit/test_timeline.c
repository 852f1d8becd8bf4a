/* test_timeline.c - communities followed from week to week, made by hand. */
#include "config.h"

#include "test.h"

#include "claque/timeline.h"

enum { LINKS_MAX = 2000, ACCOUNTS = 60 };

static const struct claque_progress quiet;
static struct claque_period_link links[LINKS_MAX];
static struct claque_period_use uses[LINKS_MAX];
static struct claque_timeline_input in;
static struct claque_timeline_settings how;
static struct claque_timeline line;

/* Accounts first..last all act together. */
static void
together(uint32_t week, uint32_t first, uint32_t last)
{
	for (uint32_t a = first; a <= last; a++)
		for (uint32_t b = a + 1; b <= last; b++) {
			assert_true(in.link_count < LINKS_MAX);
			links[in.link_count++] = (struct claque_period_link){ week, { a, b, 1 } };
		}
	in.periods = week + 1;
}

/* Accounts first..last turn to targets from..to. */
static void
turn_to(uint32_t week, uint32_t first, uint32_t last, uint32_t from, uint32_t to)
{
	for (uint32_t a = first; a <= last; a++)
		for (uint32_t t = from; t <= to; t++) {
			assert_true(in.use_count < LINKS_MAX);
			uses[in.use_count++] = (struct claque_period_use){ week, a, t };
		}
}

static void
follow(void)
{
	struct claque_err err;

	claque_timeline_done(&line);
	assert_ok(claque_cluster_weeks(&in, &how, &quiet, &line, &err), err);
}

static void
assert_cluster(size_t i, uint32_t week, uint32_t track, enum claque_cluster_change change,
	       uint32_t size)
{
	assert_true(i < line.cluster_count);
	assert_int_equal(line.clusters[i].period, week);
	assert_int_equal(line.clusters[i].track, track);
	assert_string_equal(claque_cluster_change_name(line.clusters[i].change),
			    claque_cluster_change_name(change));
	assert_int_equal(line.clusters[i].size, size);
}

static int
setup(void **state)
{
	(void)state;
	in = (struct claque_timeline_input){ .accounts = ACCOUNTS, .links = links, .uses = uses };
	how = claque_timeline_defaults();
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	claque_timeline_done(&line);
	return 0;
}

static void
a_community_keeps_its_track_while_members_come_and_go(void **state)
{
	(void)state;
	together(0, 0, 5);
	together(1, 1, 6);
	together(1, 20, 22);
	together(2, 2, 9);
	follow();
	assert_int_equal(line.cluster_count, 4);
	assert_cluster(0, 0, 0, CLAQUE_CLUSTER_BORN, 6);
	assert_cluster(1, 1, 0, CLAQUE_CLUSTER_KEPT, 6);
	assert_cluster(2, 1, 1, CLAQUE_CLUSTER_BORN, 3);
	assert_cluster(3, 2, 0, CLAQUE_CLUSTER_KEPT, 8);
	assert_true(line.clusters[1].jaccard == 5.0 / 7);
	assert_int_equal(line.members[line.clusters[3].first], 2);
	assert_int_equal(line.members[line.clusters[3].first + 7], 9);
	assert_int_equal(line.end_count, 0);
	assert_int_equal(line.tracks, 2);
}


static void
a_silent_week_is_no_death_and_two_are(void **state)
{
	(void)state;
	together(0, 0, 3);
	together(1, 20, 22);
	together(2, 0, 3);
	together(3, 20, 22);
	together(4, 30, 33);
	together(5, 30, 33);
	follow();
	assert_cluster(2, 2, 0, CLAQUE_CLUSTER_KEPT, 4);
	assert_int_equal(line.clusters[2].since, 0);
	assert_int_equal(line.end_count, 2);
	assert_int_equal(line.ends[0].track, 0);
	assert_int_equal(line.ends[0].period, 3);
	assert_int_equal(line.ends[0].change, CLAQUE_CLUSTER_DIED);
	assert_int_equal(line.ends[1].track, 1);
	assert_int_equal(line.ends[1].period, 4);
	how.gap = 1;
	follow();
	assert_cluster(2, 2, 2, CLAQUE_CLUSTER_BORN, 4);
}

static void
mergers_and_splits_are_told(void **state)
{
	(void)state;
	together(0, 0, 5);
	together(0, 10, 13);
	together(1, 0, 5);
	together(1, 10, 13);
	/* One community of both. */
	for (uint32_t a = 0; a <= 5; a++)
		for (uint32_t b = 10; b <= 13; b++)
			links[in.link_count++] = (struct claque_period_link){ 1, { a, b, 1 } };
	together(2, 0, 5);
	together(2, 10, 13);
	follow();
	assert_int_equal(line.cluster_count, 5);
	assert_cluster(2, 1, 0, CLAQUE_CLUSTER_KEPT, 10);
	assert_int_equal(line.end_count, 1);
	assert_int_equal(line.ends[0].change, CLAQUE_CLUSTER_MERGED);
	assert_int_equal(line.ends[0].track, 1);
	assert_int_equal(line.ends[0].into, 0);
	assert_int_equal(line.ends[0].period, 1);
	assert_cluster(3, 2, 0, CLAQUE_CLUSTER_KEPT, 6);
	assert_cluster(4, 2, 2, CLAQUE_CLUSTER_SPLIT, 4);
	assert_int_equal(line.clusters[4].from, 0);
	assert_int_equal(line.clusters[4].since, 1);
}

static void
the_same_people_at_other_targets_have_turned(void **state)
{
	(void)state;
	together(0, 0, 5);
	together(0, 10, 15);
	together(1, 0, 5);
	together(1, 10, 15);
	turn_to(0, 0, 5, 1, 4);
	turn_to(0, 10, 15, 11, 14);
	turn_to(0, 20, 40, 21, 24);	/* the rest of the file */
	turn_to(1, 0, 5, 5, 8);		/* all new */
	turn_to(1, 10, 15, 12, 15);	/* three of five */
	turn_to(1, 20, 40, 21, 24);
	follow();
	assert_int_equal(line.cluster_count, 4);
	assert_true(line.clusters[2].overlap == 0);
	assert_int_equal(line.clusters[2].targets, 4);
	/* In both: 12, 13, 14 and 21 to 24; in either: 17. */
	assert_true(line.clusters[2].background == 7.0 / 17);
	assert_true(line.clusters[2].retargeted);
	assert_true(line.clusters[3].overlap == 3.0 / 5);
	assert_false(line.clusters[3].retargeted);
	assert_true(line.clusters[0].overlap == -1 && !line.clusters[0].retargeted);
	how.min_targets = 5;
	follow();
	assert_false(line.clusters[2].retargeted);
}

/* Where the whole file turns, the news has, and nobody is said to have been sent. */
static void
a_turn_that_the_whole_file_makes_is_none(void **state)
{
	(void)state;
	together(0, 0, 5);
	together(1, 0, 5);
	turn_to(0, 0, 40, 1, 4);
	turn_to(1, 0, 40, 5, 8);
	follow();
	assert_true(line.clusters[1].overlap == 0 && line.clusters[1].background == 0);
	assert_false(line.clusters[1].retargeted);
}

static void
what_one_member_alone_turned_to_is_no_target_of_the_community(void **state)
{
	(void)state;
	together(0, 0, 3);
	turn_to(0, 0, 3, 1, 1);
	turn_to(0, 2, 2, 2, 9);
	turn_to(0, 2, 2, 2, 9);
	follow();
	assert_int_equal(line.clusters[0].targets, 1);
}

static void
small_communities_are_not_followed(void **state)
{
	(void)state;
	together(0, 0, 1);
	together(0, 10, 12);
	follow();
	assert_int_equal(line.cluster_count, 1);
	how.min_accounts = 2;
	follow();
	assert_int_equal(line.cluster_count, 2);
}

static void
bad_rows_and_settings_are_misuse(void **state)
{
	struct claque_err err;

	(void)state;
	together(1, 0, 2);
	links[1].period = 0;
	assert_int_equal(claque_cluster_weeks(&in, &how, &quiet, &line, &err), CLAQUE_EUSAGE);
	links[1].period = 1;
	links[1].link.b = ACCOUNTS;
	assert_int_equal(claque_cluster_weeks(&in, &how, &quiet, &line, &err), CLAQUE_EUSAGE);
	links[1].link.b = 2;
	turn_to(2, 0, 0, 0, 0);
	assert_int_equal(claque_cluster_weeks(&in, &how, &quiet, &line, &err), CLAQUE_EUSAGE);
	in.use_count = 0;
	how.gap = 0;
	assert_int_equal(claque_cluster_weeks(&in, &how, &quiet, &line, &err), CLAQUE_EUSAGE);
	how.gap = 1;
	how.turn = 2;
	assert_int_equal(claque_cluster_weeks(&in, &how, &quiet, &line, &err), CLAQUE_EUSAGE);
}

static void
no_week_is_no_error(void **state)
{
	(void)state;
	follow();
	assert_int_equal(line.cluster_count, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_community_keeps_its_track_while_members_come_and_go),
		TEST(a_silent_week_is_no_death_and_two_are),
		TEST(mergers_and_splits_are_told),
		TEST(the_same_people_at_other_targets_have_turned),
		TEST(a_turn_that_the_whole_file_makes_is_none),
		TEST(what_one_member_alone_turned_to_is_no_target_of_the_community),
		TEST(small_communities_are_not_followed),
		TEST(bad_rows_and_settings_are_misuse),
		TEST(no_week_is_no_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
