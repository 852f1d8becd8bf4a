/*
 * test_peers.c - the definitions of CooRTweet and of the coordination network
 * toolkit, each rule on a case small enough to do by hand.
 */
#include "config.h"

#include "peer_input.h"


#include "claque/dataset.h"

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

/* --- CooRTweet */

static const struct claque_coortweet_settings loose = {
	.window_s = 10, .min_participation = 1, .edge_weight = 0.5 };

/* Pairs in the order they came: "object,older,newer,content,content,delta". */
static struct claque_str
pairs_of(struct arena *a, const struct input *in, struct claque_coortweet_settings settings)
{
	struct claque_coortweet_result *r = coortweet(in, settings);
	struct claque_str all = STR("");

	for (size_t i = 0; i < r->pair_count; i++)
		all = str_fmt(a, STR_FMT "%s" STR_FMT, STR_ARG(all), i > 0 ? " " : "",
			      STR_ARG(pair_line(a, in, &r->pairs[i])));
	claque_coortweet_free(r);
	return all;
}

/* Edges: "from-to:weight", with ! where the threshold is passed. */
static struct claque_str
edges_of(struct arena *a, const struct input *in, struct claque_coortweet_settings settings)
{
	struct claque_coortweet_result *r = coortweet(in, settings);
	struct claque_str all = STR("");

	for (size_t i = 0; i < r->edge_count; i++) {
		const struct claque_coortweet_edge *e = &r->edges[i];

		all = str_fmt(a, STR_FMT "%s" STR_FMT "-" STR_FMT ":%u%s", STR_ARG(all),
			      i > 0 ? " " : "", STR_ARG(account_name(in, e->from)),
			      STR_ARG(account_name(in, e->to)), e->full.weight,
			      e->full.weight_threshold ? "!" : "");
	}
	claque_coortweet_free(r);
	return all;
}

static void
the_window_is_inclusive_and_zero_is_legal(void **state)
{
	struct claque_coortweet_settings s = loose;
	struct input in = { 0 };
	struct arena a = whole;

	(void)state;
	add(&in, "o", "a", "c1", 100);
	add(&in, "o", "b", "c2", 110);
	add(&in, "o", "c", "c3", 121);
	add(&in, "p", "a", "c4", 100);
	add(&in, "p", "b", "c5", 100);
	assert_str(pairs_of(&a, &in, s), "o,a,b,c1,c2,10 p,a,b,c4,c5,0");
	s.window_s = 0;
	assert_str(pairs_of(&a, &in, s), "p,a,b,c4,c5,0");
	s.window_s = INT64_MAX;
	assert_str(edges_of(&a, &in, s), "a-b:2! a-c:1 b-c:1");
	input_done(&in);
}

static void
repeated_shares_make_all_their_pairs(void **state)
{
	struct input in = { 0 };
	struct arena a = whole;

	(void)state;
	add(&in, "o", "a", "c1", 0);
	add(&in, "o", "a", "c2", 1);
	add(&in, "o", "a", "c3", 2);
	add(&in, "o", "b", "c4", 3);
	add(&in, "o", "b", "c5", 4);
	assert_str(edges_of(&a, &in, loose), "a-b:6");
	input_done(&in);
}

static void
loops_are_own_pairs_same_contents_and_the_shared_post_itself(void **state)
{
	struct claque_coortweet_settings s = loose;
	struct input in = { 0 };
	struct arena a = whole;

	(void)state;
	add(&in, "o", "a", "o", 0);	/* the original */
	add(&in, "o", "b", "c1", 1);
	add(&in, "o", "b", "c2", 2);	/* the same account */
	add(&in, "p", "c", "same", 0);
	add(&in, "p", "d", "same", 1);
	assert_str(edges_of(&a, &in, s), "");
	s.keep_loops = true;
	assert_str(edges_of(&a, &in, s), "a-b:2! b-b:1 c-d:1");
	input_done(&in);
}

static void
ties_keep_the_order_of_first_appearance(void **state)
{
	struct input in = { 0 };
	struct arena a = whole;

	(void)state;
	add(&in, "x", "z", "c0", 500);	/* z appears first, so it is the "older" at a tie */
	add(&in, "o", "y", "c1", 7);
	add(&in, "o", "z", "c2", 7);
	assert_str(pairs_of(&a, &in, loose), "o,z,y,c2,c1,0");
	assert_str(edges_of(&a, &in, loose), "y-z:1");
	input_done(&in);
}

static void
pairs_of_an_object_go_by_position_not_by_time(void **state)
{
	struct input in = { 0 };
	struct arena a = whole;

	(void)state;
	add(&in, "o", "a", "c1", 9);
	add(&in, "o", "b", "c2", 5);
	add(&in, "o", "c", "c3", 7);
	assert_str(pairs_of(&a, &in, loose), "o,b,a,c2,c1,4 o,c,a,c3,c1,2 o,b,c,c2,c3,2");
	input_done(&in);
}

static void
rare_accounts_are_dropped_before_pairing(void **state)
{
	struct claque_coortweet_settings s = loose;
	struct input in = { 0 };
	struct arena a = whole;

	(void)state;
	add(&in, "o", "a", "c1", 0);
	add(&in, "p", "a", "c2", 0);
	add(&in, "o", "b", "c3", 1);	/* b has one row in all */
	s.min_participation = 2;
	assert_str(edges_of(&a, &in, s), "");
	add(&in, "q", "b", "c4", 900);	/* now two, but one of them outside any pair */
	assert_str(edges_of(&a, &in, s), "");
	add(&in, "p", "b", "c5", 1);
	assert_str(edges_of(&a, &in, s), "a-b:2");
	input_done(&in);
}

/*
 * a pairs on o and p: two rows in pairs, busy. b and d have two rows each but
 * only one in a pair. a-b stays through a; c-d goes, both being one-hit there.
 */
static void
the_second_filter_keeps_the_one_hit_partner_of_a_busy_account(void **state)
{
	struct claque_coortweet_settings s = loose;
	struct input in = { 0 };
	struct arena a = whole;

	(void)state;
	s.min_participation = 2;
	add(&in, "o", "a", "c1", 0);
	add(&in, "o", "b", "c2", 1);
	add(&in, "p", "a", "c3", 0);
	add(&in, "p", "e", "c4", 1);
	add(&in, "q", "c", "c5", 0);
	add(&in, "q", "d", "c6", 1);
	for (int i = 0; i < 4; i++)	/* each a second row, far from everything */
		add(&in, "far", (const char *[]){ "b", "c", "d", "e" }[i],
		    (const char *[]){ "f1", "f2", "f3", "f4" }[i], 1000 * (i + 1));
	assert_str(edges_of(&a, &in, s), "a-b:1 a-e:1");
	input_done(&in);
}

/* Rows count, not contents: one content under two objects is two rows. */
static void
the_second_filter_counts_rows(void **state)
{
	struct claque_coortweet_settings s = loose;
	struct input in = { 0 };
	struct arena a = whole;

	(void)state;
	s.min_participation = 2;
	add(&in, "o", "a", "c1", 0);
	add(&in, "far", "a", "c1", 5000);	/* no pair here, but c1 is in pairs */
	add(&in, "o", "b", "c2", 1);
	add(&in, "far", "b", "c9", 9000);
	assert_str(edges_of(&a, &in, s), "a-b:1");
	input_done(&in);
}

static void
an_edge_counts_older_and_newer_contents(void **state)
{
	struct claque_coortweet_result *r;
	struct input in = { 0 };

	(void)state;
	add(&in, "o", "b", "c1", 0);	/* one older share, three newer */
	add(&in, "o", "a", "c2", 1);
	add(&in, "o", "a", "c3", 2);
	add(&in, "p", "a", "c4", 10);
	add(&in, "p", "b", "c5", 14);	/* here a is the older */
	r = coortweet(&in, loose);
	assert_int_equal(r->edge_count, 1);
	assert_str(account_name(&in, r->edges[0].from), "a");
	assert_int_equal(r->edges[0].full.weight, 3);
	assert_int_equal(r->edges[0].full.n_content_id, 2);		/* c1 c4 */
	assert_int_equal(r->edges[0].full.n_content_id_y, 3);	/* c2 c3 c5 */
	assert_true(r->edges[0].full.edge_symmetry_score == 2.0 / 3.0);
	assert_true(r->edges[0].full.avg_time_delta_s == (1 + 2 + 4) / 3.0);
	assert_int_equal(r->edges[0].full.object_count, 2);
	assert_str(thing(&in, r->edges[0].full.objects[0]), "o");
	assert_str(thing(&in, r->edges[0].full.objects[1]), "p");
	claque_coortweet_free(r);
	input_done(&in);
}

/* Edges of weight 1, 2, 4: the median is 2 and 2 is not over it. */
static void
three_weights(struct input *in)
{
	static const char *const objects[] = { "o1", "o2", "o3", "o4" };
	static const char *const contents[] = { "c1", "c2", "c3", "c4" };

	for (int i = 0; i < 4; i++) {
		add(in, objects[i], "a", contents[i], 100 * i);
		add(in, objects[i], "b", contents[3 - i], 100 * i);
		if (i < 2)
			add(in, objects[i], "c", "x", 100 * i + 10);
		if (i < 1)
			add(in, objects[i], "d", "y", 20);
	}
}

static void
the_threshold_is_strict_and_interpolated(void **state)
{
	struct claque_coortweet_settings s = loose;
	struct claque_coortweet_result *r;
	struct input in = { 0 };
	struct arena a = whole;

	(void)state;
	three_weights(&in);
	/* c1..c4 meet themselves as loops nowhere: weights a-b 4, a-c 2, b-c 2, c-d 1 */
	assert_str(edges_of(&a, &in, s), "a-b:4! a-c:2 b-c:2 c-d:1");
	s.edge_weight = 0.9;		/* index 2.7 of 1 2 2 4: .3 * 2 + .7 * 4 */
	r = coortweet(&in, s);
	assert_true(r->threshold > 3.3999 && r->threshold < 3.4001);
	claque_coortweet_free(r);
	s.edge_weight = 1;
	assert_str(edges_of(&a, &in, s), "a-b:4 a-c:2 b-c:2 c-d:1");
	s.edge_weight = 0;
	s.subgraph = 1;
	assert_str(edges_of(&a, &in, s), "a-b:4! a-c:2! b-c:2!");
	input_done(&in);
}

static void
settings_out_of_range_are_misuse(void **state)
{
	struct claque_coortweet_settings bad[] = { loose, loose, loose, loose, loose, loose };
	struct claque_peer_names names = { NULL, account_name };
	struct claque_toolkit_settings toolkit = { .window_s = -1 };
	struct claque_coortweet_result *r;
	struct claque_toolkit_edge *edges;
	struct claque_peer_row row = { 0 };
	struct claque_err err;
	size_t n;

	(void)state;
	bad[0].window_s = -1;
	bad[1].edge_weight = 1.5;
	bad[2].edge_weight = strtod("nan", NULL);
	bad[3].subgraph = 2;		/* needs the fast tier */
	bad[4].subgraph = 1;		/* and this one must not have it */
	bad[4].fast = true;
	bad[5].fast = true;
	bad[5].fast_window_s = -1;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_int_equal(claque_coortweet(&row, 0, &names, &bad[i], &silent, &r, &err),
				 CLAQUE_EUSAGE);
		assert_null(r);
	}
	assert_int_equal(claque_toolkit(&row, 0, &names, &toolkit, &silent, &edges, &n, &err),
			 CLAQUE_EUSAGE);
}

static void
no_rows_give_no_edges(void **state)
{
	struct input in = { 0 };
	struct claque_peer_row none;
	struct arena a = whole;

	(void)state;
	in.rows = malloc(sizeof(none));
	assert_str(edges_of(&a, &in, loose), "");
	input_done(&in);
}

/* 23,200 accounts in one second: more pairs than fit, refused without building them. */
static void
too_many_pairs_are_refused_at_once(void **state)
{
	struct claque_peer_names names;
	struct claque_coortweet_result *r;
	struct input in = { 0 };
	struct claque_err err;
	struct arena a = whole;

	(void)state;
	for (int i = 0; i < 23200; i++)
		input_add(&in, STR("o"), str_fmt(&a, "a%d", i), str_fmt(&a, "c%d", i), 0);
	names = (struct claque_peer_names){ &in, account_name };
	assert_int_equal(claque_coortweet(in.rows, in.count, &names, &loose, &silent, &r, &err),
			 CLAQUE_ELIMIT);
	assert_null(r);
	assert_non_null(strstr(err.msg, "shorter window"));
	input_done(&in);
}

static bool
stop_at_once(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
	(void)stage;
	assert_true(done <= total);
	(*(int *)ctx)++;
	return false;
}

static void
both_can_be_cancelled(void **state)
{
	int calls = 0;
	struct claque_progress stop = { &calls, stop_at_once };
	struct claque_toolkit_settings toolkit = { .window_s = 10, .min_weight = 1 };
	struct claque_peer_names names;
	struct claque_coortweet_result *r;
	struct claque_toolkit_edge *edges;
	struct input in = { 0 };
	struct claque_err err;
	struct arena a = whole;
	size_t n;

	(void)state;
	for (int i = 0; i < 3000; i++)
		input_add(&in, STR("o"), str_fmt(&a, "a%d", i), str_fmt(&a, "c%d", i), 0);
	names = (struct claque_peer_names){ &in, account_name };
	assert_int_equal(claque_coortweet(in.rows, in.count, &names, &loose, &stop, &r, &err),
			 CLAQUE_STOPPED);
	assert_null(r);
	assert_int_equal(claque_toolkit(in.rows, in.count, &names, &toolkit, &stop, &edges, &n,
					&err), CLAQUE_STOPPED);
	assert_null(edges);
	assert_int_equal(calls, 2);
	input_done(&in);
}

/* 200,000 rows are past one sorted run: the merge must not lose or repeat any. */
static void
many_rows_are_sorted_whole(void **state)
{
	struct claque_coortweet_result *r;
	struct input in = { 0 };
	struct arena a = whole;

	(void)state;
	for (int i = 0; i < 200000; i++) {
		struct claque_str object = str_fmt(&a, "o%d", (int)((i * 7919LL) % 100000));

		input_add(&in, object, i < 100000 ? STR("a") : STR("b"), str_fmt(&a, "c%d", i),
			  1000LL * (i % 7));
	}
	r = coortweet(&in, loose);
	assert_int_equal(r->pair_count, 100000);
	assert_int_equal(r->edge_count, 1);
	assert_int_equal(r->edges[0].full.weight, 100000);
	assert_int_equal(r->edges[0].full.object_count, 100000);
	assert_int_equal(r->edges[0].full.n_content_id, 100000);
	claque_coortweet_free(r);
	input_done(&in);
}

static void
rows_without_a_time_pair_with_nothing(void **state)
{
	struct input in = { 0 };
	struct arena a = whole;

	(void)state;
	input_add(&in, STR("o"), STR("a"), STR("m1"), CLAQUE_NO_TIME);
	input_add(&in, STR("o"), STR("b"), STR("m2"), CLAQUE_NO_TIME);
	assert_str(edges_of(&a, &in, loose), "");
	input_done(&in);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_window_is_inclusive_and_zero_is_legal),
		cmocka_unit_test(repeated_shares_make_all_their_pairs),
		cmocka_unit_test(loops_are_own_pairs_same_contents_and_the_shared_post_itself),
		cmocka_unit_test(ties_keep_the_order_of_first_appearance),
		cmocka_unit_test(pairs_of_an_object_go_by_position_not_by_time),
		cmocka_unit_test(rare_accounts_are_dropped_before_pairing),
		cmocka_unit_test(the_second_filter_keeps_the_one_hit_partner_of_a_busy_account),
		cmocka_unit_test(the_second_filter_counts_rows),
		cmocka_unit_test(an_edge_counts_older_and_newer_contents),
		cmocka_unit_test(the_threshold_is_strict_and_interpolated),
		cmocka_unit_test(settings_out_of_range_are_misuse),
		cmocka_unit_test(no_rows_give_no_edges),
		cmocka_unit_test(too_many_pairs_are_refused_at_once),
		cmocka_unit_test(both_can_be_cancelled),
		cmocka_unit_test(many_rows_are_sorted_whole),
		cmocka_unit_test(rows_without_a_time_pair_with_nothing),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
