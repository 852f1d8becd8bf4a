/*
 * test_peer_tiers.c - CooRTweet's fast tier, subgraphs and statistics, as
 * published and corrected, on cases small enough to do by hand.
 */
#include "config.h"

#include "peer_input.h"

#include <math.h>

static struct arena whole;

static int
setup(void **state)
{
	(void)state;
	whole = arena_new((size_t)1 << 30);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(whole);
	return 0;
}

static const struct claque_coortweet_settings loose = {
	.window_s = 10, .min_participation = 1, .edge_weight = 0.5 };

/*
 * Window 100 s, fast 10 s. Pairs: o a1-b1 5 s, p a2-b2 50 s, q a3-b3 8 s (a-b: 3, fast 2);
 * o c1-a1 40 s and c1-b1 45 s; q d1-c2 3 s (fast). a-b is the only edge over both thresholds.
 */
static void
two_tiers(struct input *in)
{
	add(in, "o", "a", "a1", 100);
	add(in, "o", "b", "b1", 105);
	add(in, "o", "c", "c1", 60);
	add(in, "p", "a", "a2", 1000);
	add(in, "p", "b", "b2", 1050);
	add(in, "q", "a", "a3", 2008);
	add(in, "q", "b", "b3", 2000);
	add(in, "q", "c", "c2", 5000);
	add(in, "q", "d", "d1", 5003);
	add(in, "r", "d", "d2", 9000);
	add(in, "r", "e", "e1", 9090);
}

static const struct claque_coortweet_settings fast = {
	.window_s = 100, .min_participation = 1, .edge_weight = 0.5, .fast = true,
	.fast_window_s = 10 };

/* "from-to:weight/fast weight", with ! behind a weight over its threshold. */
static struct claque_str
tiers_of(struct arena *a, const struct input *in, struct claque_coortweet_settings settings)
{
	struct claque_coortweet_result *r = coortweet(in, settings);
	struct claque_str all = STR("");

	for (size_t i = 0; i < r->edge_count; i++) {
		const struct claque_coortweet_edge *e = &r->edges[i];

		all = str_fmt(a, STR_FMT "%s" STR_FMT "-" STR_FMT ":%u%s/%u%s", STR_ARG(all),
			      i > 0 ? " " : "", STR_ARG(account_name(in, e->from)),
			      STR_ARG(account_name(in, e->to)), e->full.weight,
			      e->full.weight_threshold ? "!" : "", e->fast.weight,
			      e->fast.weight_threshold ? "!" : "");
	}
	claque_coortweet_free(r);
	return all;
}

static void
the_fast_tier_counts_the_fast_pairs_of_an_edge(void **state)
{
	struct claque_coortweet_result *r;
	struct input in = { 0 };
	struct arena a = whole;

	(void)state;
	two_tiers(&in);
	/* full weights 3 1 1 1 1: median 1; fast weights 2 1: median 1.5 */
	assert_str(tiers_of(&a, &in, fast), "a-b:3!/2! a-c:1/0 b-c:1/0 c-d:1/1 d-e:1/0");
	r = coortweet(&in, fast);
	assert_true(r->threshold_fast == 1.5);
	assert_true(r->edges[0].fast.avg_time_delta_s == (5 + 8) / 2.0);
	assert_int_equal(r->edges[0].fast.object_count, 2);
	assert_str(thing(&in, r->edges[0].fast.objects[1]), "q");
	assert_int_equal(r->edges[0].full.object_count, 3);
	claque_coortweet_free(r);
	input_done(&in);
}

static void
subgraphs_are_the_fast_edges_and_their_neighbourhood(void **state)
{
	struct claque_coortweet_settings s = fast;
	struct input in = { 0 };
	struct arena a = whole;

	(void)state;
	two_tiers(&in);
	s.subgraph = 2;
	assert_str(tiers_of(&a, &in, s), "a-b:3!/2!");
	s.subgraph = 3;		/* c is a neighbour of the core, d only of c */
	assert_str(tiers_of(&a, &in, s), "a-b:3!/2! a-c:1/0 b-c:1/0");
	input_done(&in);
}

/* The same two contents under another object are marked too, however slow. */
static void
a_mark_holds_for_the_two_contents_wherever_they_meet(void **state)
{
	struct input in = { 0 };
	struct arena a = whole;

	(void)state;
	add(&in, "tag1", "a", "a1", 0);
	add(&in, "tag1", "b", "b1", 5);
	add(&in, "tag2", "a", "a1", 0);
	add(&in, "tag2", "b", "b1", 60);
	add(&in, "tag3", "a", "a2", 0);
	add(&in, "tag3", "b", "b2", 60);
	assert_str(tiers_of(&a, &in, fast), "a-b:3/2");
	input_done(&in);
}

/* a has two rows on fast contents, c and d one each: c-d is fast enough, but nobody is busy. */
static void
the_fast_tier_filters_by_participation_again(void **state)
{
	struct claque_coortweet_settings s = fast;
	struct input in = { 0 };
	struct arena a = whole;

	(void)state;
	s.min_participation = 2;
	add(&in, "o", "a", "a1", 0);
	add(&in, "o", "b", "b1", 5);
	add(&in, "p", "a", "a2", 100);
	add(&in, "p", "b", "b2", 105);
	add(&in, "q", "c", "c1", 200);
	add(&in, "q", "d", "d1", 205);
	add(&in, "r", "c", "c2", 300);
	add(&in, "r", "d", "d2", 350);
	assert_str(tiers_of(&a, &in, s), "a-b:2/2 c-d:2/0");
	input_done(&in);
}

/* As an_edge_counts_older_and_newer_contents, with the sides put right: a c2 c3 c4, b c1 c5. */
static void
corrected_counts_belong_to_the_accounts(void **state)
{
	struct claque_coortweet_settings s = loose;
	struct claque_coortweet_result *r;
	struct input in = { 0 };

	(void)state;
	s.corrected = true;
	add(&in, "o", "b", "c1", 0);
	add(&in, "o", "a", "c2", 1);
	add(&in, "o", "a", "c3", 2);
	add(&in, "p", "a", "c4", 10);
	add(&in, "p", "b", "c5", 14);
	r = coortweet(&in, s);
	assert_int_equal(r->edges[0].full.n_content_id, 3);
	assert_int_equal(r->edges[0].full.n_content_id_y, 2);
	claque_coortweet_free(r);
	input_done(&in);
}

static struct claque_coortweet_run
run_of(const struct input *in, const struct claque_peer_names *names,
       const struct claque_coortweet_result *r)
{
	return (struct claque_coortweet_run){ in->rows, in->count, names, r };
}

/*
 * a has three edges: b 10 s, c 10 s, d 40 s, all of symmetry 1. b and c agree, so that as
 * published the mean is (10 + 40) / 2 and not (10 + 10 + 40) / 3.
 */
static void
equal_edges_count_once_as_published(void **state)
{
	struct claque_peer_names names;
	struct claque_coortweet_account *list;
	struct claque_coortweet_result *r;
	struct claque_coortweet_run run;
	struct input in = { 0 };
	struct claque_err err;
	size_t n;

	(void)state;
	add(&in, "o", "a", "a1", 0);
	add(&in, "o", "b", "b1", 10);
	add(&in, "p", "a", "a2", 100);
	add(&in, "p", "c", "c1", 110);
	add(&in, "q", "a", "a1", 200);		/* a1 again: two distinct shares of a, not three */
	add(&in, "q", "d", "d1", 240);
	names = (struct claque_peer_names){ &in, account_name };
	r = coortweet(&in, (struct claque_coortweet_settings){ .window_s = 60,
			   .min_participation = 1, .edge_weight = 0.5 });
	run = run_of(&in, &names, r);
	assert_ok(claque_coortweet_accounts(&run, CLAQUE_LEVEL_NONE, false, &silent, &list, &n,
					    &err), err);
	assert_int_equal(n, 4);
	assert_str(account_name(&in, list[0].account), "a");
	assert_true(list[0].avg_time_delta_s == 25);
	assert_true(list[0].avg_edge_symmetry_score == 1);
	assert_int_equal(list[0].unique_shares_count, 2);
	assert_true(list[3].avg_time_delta_s == 40);
	claque_free(list);
	assert_ok(claque_coortweet_accounts(&run, CLAQUE_LEVEL_NONE, true, &silent, &list, &n,
					    &err), err);
	assert_true(list[0].avg_time_delta_s == 20);
	claque_free(list);
	/* No edge is over the threshold, as all weigh the same. */
	assert_ok(claque_coortweet_accounts(&run, CLAQUE_LEVEL_FULL, false, &silent, &list, &n,
					    &err), err);
	assert_int_equal(n, 0);
	claque_free(list);
	assert_int_equal(claque_coortweet_accounts(&run, CLAQUE_LEVEL_FAST, false, &silent, &list,
						   &n, &err), CLAQUE_EUSAGE);
	assert_null(list);
	claque_coortweet_free(r);
	input_done(&in);
}

static void
fast_statistics_see_fast_edges_and_shares_only(void **state)
{
	struct claque_peer_names names;
	struct claque_coortweet_account *list;
	struct claque_coortweet_result *r;
	struct claque_coortweet_run run;
	struct input in = { 0 };
	struct claque_err err;
	size_t n;

	(void)state;
	two_tiers(&in);
	names = (struct claque_peer_names){ &in, account_name };
	r = coortweet(&in, fast);
	run = run_of(&in, &names, r);
	assert_ok(claque_coortweet_accounts(&run, CLAQUE_LEVEL_NONE, false, &silent, &list, &n,
					    &err), err);
	assert_int_equal(n, 5);
	assert_true(isnan(list[4].avg_time_delta_fast_s));		/* e */
	assert_true(list[2].avg_time_delta_fast_s == 3);		/* c: only c-d is fast */
	assert_true(list[2].avg_time_delta_s == (40 + 45 + 3) / 3.0);
	assert_int_equal(list[0].unique_shares_count, 3);
	claque_free(list);
	assert_ok(claque_coortweet_accounts(&run, CLAQUE_LEVEL_FAST, false, &silent, &list, &n,
					    &err), err);
	assert_int_equal(n, 2);
	assert_int_equal(list[0].unique_shares_count, 2);		/* a1 a3 */
	assert_true(list[0].avg_time_delta_fast_s == 6.5);
	claque_free(list);
	claque_coortweet_free(r);
	input_done(&in);
}

/* "object:accounts", most first. */
static struct claque_str
groups_of(struct arena *a, const struct input *in, const struct claque_coortweet_result *r,
	  enum claque_coortweet_level level, bool corrected)
{
	struct claque_peer_names names = { in, account_name };
	struct claque_coortweet_run run = run_of(in, &names, r);
	struct claque_coortweet_group *list;
	struct claque_str all = STR("");
	struct claque_err err;
	size_t n;

	assert_ok(claque_coortweet_groups(&run, level, corrected, &silent, &list, &n, &err), err);
	for (size_t i = 0; i < n; i++)
		all = str_fmt(a, STR_FMT "%s" STR_FMT ":%u", STR_ARG(all), i > 0 ? " " : "",
			      STR_ARG(thing(in, list[i].object)), list[i].account_count);
	claque_free(list);
	return all;
}

static void
groups_miss_the_far_ends_as_published(void **state)
{
	struct claque_coortweet_result *r;
	struct input in = { 0 };
	struct arena a = whole;

	(void)state;
	two_tiers(&in);
	r = coortweet(&in, fast);
	/* o: a-b a-c b-c; p: a-b; q: a-b c-d; r: d-e */
	assert_str(groups_of(&a, &in, r, CLAQUE_LEVEL_NONE, false), "o:2 q:2 p:1 r:1");
	assert_str(groups_of(&a, &in, r, CLAQUE_LEVEL_NONE, true), "q:4 o:3 p:2 r:2");
	assert_str(groups_of(&a, &in, r, CLAQUE_LEVEL_FULL, true), "o:2 p:2 q:2");
	assert_str(groups_of(&a, &in, r, CLAQUE_LEVEL_FAST, true), "o:2 q:2");
	claque_coortweet_free(r);
	input_done(&in);
}

/* "account:component(size) degree strength", with ! for the core. */
static struct claque_str
nodes_of(struct arena *a, const struct input *in, const struct claque_coortweet_result *r,
	 enum claque_coortweet_level level)
{
	struct claque_peer_names names = { in, account_name };
	struct claque_coortweet_run run = run_of(in, &names, r);
	struct claque_coortweet_node *list;
	struct claque_str all = STR("");
	struct claque_err err;
	size_t n;

	assert_ok(claque_coortweet_nodes(&run, level, &silent, &list, &n, &err), err);
	for (size_t i = 0; i < n; i++)
		all = str_fmt(a, STR_FMT "%s" STR_FMT ":%u(%u) %u %llu%s", STR_ARG(all),
			      i > 0 ? ", " : "", STR_ARG(account_name(in, list[i].account)),
			      list[i].component, list[i].component_size, list[i].degree,
			      (unsigned long long)list[i].strength, list[i].core ? "!" : "");
	claque_free(list);
	return all;
}

static void
components_go_by_size_and_then_by_name(void **state)
{
	struct claque_coortweet_settings s = loose;
	struct claque_coortweet_result *r;
	struct input in = { 0 };
	struct arena a = whole;

	(void)state;
	two_tiers(&in);
	r = coortweet(&in, fast);
	assert_str(nodes_of(&a, &in, r, CLAQUE_LEVEL_NONE),
		   "a:1(5) 2 4!, b:1(5) 2 4!, c:1(5) 3 3, d:1(5) 2 2, e:1(5) 1 1");
	assert_str(nodes_of(&a, &in, r, CLAQUE_LEVEL_FULL), "a:1(2) 1 3!, b:1(2) 1 3!");
	claque_coortweet_free(r);
	input_done(&in);

	in = (struct input){ 0 };
	add(&in, "1", "z", "z1", 0);
	add(&in, "1", "b", "b1", 1);
	add(&in, "2", "a", "a1", 100);
	add(&in, "2", "y", "y1", 101);
	add(&in, "3", "x", "x1", 200);
	add(&in, "3", "w", "w1", 201);
	add(&in, "3", "v", "v1", 202);
	add(&in, "3", "v", "v2", 203);
	s.keep_loops = true;
	r = coortweet(&in, s);
	/* v-v weighs 1 and counts twice at v: v-w 2, v-x 2, v-v 1 */
	assert_str(nodes_of(&a, &in, r, CLAQUE_LEVEL_NONE),
		   "a:2(2) 1 1, b:3(2) 1 1, v:1(3) 4 6, w:1(3) 2 3, x:1(3) 2 3, "
		   "y:2(2) 1 1, z:3(2) 1 1");
	claque_coortweet_free(r);
	input_done(&in);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_fast_tier_counts_the_fast_pairs_of_an_edge),
		cmocka_unit_test(subgraphs_are_the_fast_edges_and_their_neighbourhood),
		cmocka_unit_test(a_mark_holds_for_the_two_contents_wherever_they_meet),
		cmocka_unit_test(the_fast_tier_filters_by_participation_again),
		cmocka_unit_test(corrected_counts_belong_to_the_accounts),
		cmocka_unit_test(equal_edges_count_once_as_published),
		cmocka_unit_test(fast_statistics_see_fast_edges_and_shares_only),
		cmocka_unit_test(groups_miss_the_far_ends_as_published),
		cmocka_unit_test(components_go_by_size_and_then_by_name),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
