/*
 * test_rivals.c - two published detectors, on networks small enough to weigh
 * by hand.
 */
#include "config.h"

#include "peer_input.h"

#include <math.h>

static struct arena whole;

static int
setup(void **state)
{
	(void)state;
	whole = arena_new((size_t)1 << 28);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(whole);
	return 0;
}

static void
retweet(struct input *in, const char *account, const char *post, int times)
{
	while (times-- > 0)
		add(in, post, account, "", 0);
}

static struct claque_peer_network *
osome(const struct input *in)
{
	struct claque_peer_names names = { in, account_name };
	struct claque_peer_network *net;
	struct claque_err err;

	assert_ok(claque_osome(in->rows, in->count, &names, &silent, &net, &err), err);
	return net;
}

/* "from-to", blanks between. */
static struct claque_str
ends(struct arena *a, const struct input *in, const struct claque_peer_network *net)
{
	struct claque_str all = STR("");

	for (size_t i = 0; i < net->edge_count; i++)
		all = str_fmt(a, STR_FMT "%s" STR_FMT "-" STR_FMT, STR_ARG(all), i > 0 ? " " : "",
			      STR_ARG(account_name(in, net->edges[i].from)),
			      STR_ARG(account_name(in, net->edges[i].to)));
	return all;
}

static void
assert_near(double got, double want)
{
	if (!(fabs(got - want) < 1e-12))
		fail_msg("got %.15g, expected %.15g", got, want);
}

/*
 * p has idf ln(3/3) + 1 = 1 and tf 1 + ln 10, q and r idf ln(3/2) + 1 and tf 1:
 * 3.302585^2 / (3.302585^2 + 1.405465^2).
 */
static void
osome_weighs_with_the_logarithm_of_counts(void **state)
{
	struct claque_peer_network *net;
	struct input in = { 0 };

	(void)state;
	retweet(&in, "b", "p", 10);
	retweet(&in, "b", "r", 1);
	retweet(&in, "a", "p", 10);
	retweet(&in, "a", "q", 1);
	net = osome(&in);
	assert_int_equal(net->edge_count, 1);
	assert_str(account_name(&in, net->edges[0].from), "a");
	assert_near(net->edges[0].weight, 0.846664278506588);
	assert_int_equal(net->account_count, 2);
	assert_near(net->accounts[1].score, net->edges[0].weight);
	assert_int_equal(net->accounts[1].component, 1);
	claque_peer_network_free(net);
	input_done(&in);
}

static void
osome_wants_more_than_ten_retweets_of_more_than_one_post(void **state)
{
	struct claque_peer_network *net;
	struct input in = { 0 };
	struct arena a = whole;

	(void)state;
	retweet(&in, "a", "p", 9);
	retweet(&in, "a", "q", 2);
	retweet(&in, "b", "p", 9);
	retweet(&in, "b", "q", 2);
	retweet(&in, "ten", "p", 8);
	retweet(&in, "ten", "q", 2);
	retweet(&in, "one", "p", 50);
	net = osome(&in);
	assert_str(ends(&a, &in, net), "a-b");
	claque_peer_network_free(net);
	input_done(&in);
}

/* Once a post has three retweeters, posts of fewer are not looked at: d and e share only one. */
static void
osome_leaves_out_rare_posts_where_there_are_others(void **state)
{
	static const char *const accounts[] = { "a", "b", "c" };
	struct claque_peer_network *net;
	struct input in = { 0 };
	struct arena a = whole;

	(void)state;
	for (int i = 0; i < 3; i++) {
		retweet(&in, accounts[i], "p", 9);
		retweet(&in, accounts[i], "q", 2);
	}
	retweet(&in, "d", "rare", 9);
	retweet(&in, "d", "rarer", 2);
	retweet(&in, "e", "rare", 9);
	retweet(&in, "e", "rarer", 2);
	net = osome(&in);
	assert_str(ends(&a, &in, net), "a-b a-c b-c");
	claque_peer_network_free(net);
	input_done(&in);
}

/* a-b is 1, c-d less: the .995 quantile of the two lies between them. */
static void
osome_keeps_the_heaviest_edges(void **state)
{
	struct claque_peer_network *net;
	struct input in = { 0 };
	struct arena a = whole;

	(void)state;
	retweet(&in, "a", "p", 6);
	retweet(&in, "a", "q", 6);
	retweet(&in, "b", "p", 6);
	retweet(&in, "b", "q", 6);
	retweet(&in, "c", "r", 6);
	retweet(&in, "c", "s", 6);
	retweet(&in, "d", "r", 6);
	retweet(&in, "d", "t", 6);
	net = osome(&in);
	assert_str(ends(&a, &in, net), "a-b");
	assert_int_equal(net->account_count, 2);
	claque_peer_network_free(net);
	input_done(&in);
}

/*
 * 102 alike: each has 101 neighbours and takes the first 100 by name, so that
 * only the last two miss each other. 102 * 101 / 2 - 1.
 */
static void
osome_takes_a_hundred_nearest(void **state)
{
	struct claque_peer_network *net;
	struct input in = { 0 };
	struct arena a = whole;

	(void)state;
	for (int i = 0; i < 102; i++) {
		const char *name = str_fmt(&a, "%03d", i).p;

		retweet(&in, name, "p", 10);
		retweet(&in, name, "q", 1);
	}
	net = osome(&in);
	assert_int_equal(net->edge_count, 5150);
	for (size_t i = 0; i < net->edge_count; i++)
		assert_false(str_eq(account_name(&in, net->edges[i].from), STR("100")) &&
			     str_eq(account_name(&in, net->edges[i].to), STR("101")));
	claque_peer_network_free(net);
	input_done(&in);
}

/* Traces share one numbering of accounts, so one input holds all; at: milliseconds. */
struct traces {
	struct input in;
	struct claque_peer_trace trace[CLAQUE_TRACE_COUNT];
	struct claque_peer_row rows[CLAQUE_TRACE_COUNT][64];
};

static void
leave(struct traces *t, enum claque_trace trace, const char *account, const char *feature)
{
	input_add(&t->in, str_of(feature), str_of(account), STR(""), 0);
	t->rows[trace][t->trace[trace].count++] = t->in.rows[t->in.count - 1];
	t->trace[trace].rows = t->rows[trace];
}

static struct claque_peer_row *
last(struct traces *t, enum claque_trace trace)
{
	return &t->rows[trace][t->trace[trace].count - 1];
}

static struct claque_peer_network *
luceri(struct traces *t)
{
	struct claque_peer_names names = { &t->in, account_name };
	struct claque_peer_network *net;
	struct claque_err err;

	for (unsigned i = 0; i < CLAQUE_TRACE_COUNT; i++)
		t->trace[i].rows = t->rows[i];
	assert_ok(claque_luceri(t->trace, &names, &silent, &net, &err), err);
	return net;
}

/*
 * Of 4 accounts u1 has 2, u2 3, u3 2, and u9 one, which is left out: idf 1.5108,
 * 1.2231, 1.5108. a.b = 1; a.c = b.c = 1.2231^2 / (1.5108^2 + 1.2231^2);
 * c.d = 1.5108 / its length.
 */
static void
luceri_weighs_what_two_share(void **state)
{
	static const double want[] = { 1, 0.395927265217222, 0.395927265217222,
				       0.777221162078580 };
	struct claque_peer_network *net;
	struct traces t = { 0 };
	struct arena a = whole;

	(void)state;
	leave(&t, CLAQUE_TRACE_CO_URL, "a", "u1");
	leave(&t, CLAQUE_TRACE_CO_URL, "a", "u2");
	leave(&t, CLAQUE_TRACE_CO_URL, "a", "u2");	/* twice is once */
	leave(&t, CLAQUE_TRACE_CO_URL, "a", "u9");
	leave(&t, CLAQUE_TRACE_CO_URL, "b", "u1");
	leave(&t, CLAQUE_TRACE_CO_URL, "b", "u2");
	leave(&t, CLAQUE_TRACE_CO_URL, "c", "u2");
	leave(&t, CLAQUE_TRACE_CO_URL, "c", "u3");
	leave(&t, CLAQUE_TRACE_CO_URL, "d", "u3");
	net = luceri(&t);
	assert_str(ends(&a, &t.in, net), "a-b a-c b-c c-d");
	for (size_t i = 0; i < 4; i++)
		assert_near(net->edges[i].weight, want[i]);
	claque_peer_network_free(net);
	input_done(&t.in);
}

/* A path of two equal edges: 1/2, 1/sqrt 2, 1/2; whoever is in the middle is most suspect. */
static void
luceri_scores_by_eigenvector_centrality(void **state)
{
	struct claque_peer_network *net;
	struct traces t = { 0 };

	(void)state;
	leave(&t, CLAQUE_TRACE_CO_URL, "a", "u1");
	leave(&t, CLAQUE_TRACE_CO_URL, "b", "u1");
	leave(&t, CLAQUE_TRACE_CO_URL, "b", "u2");
	leave(&t, CLAQUE_TRACE_CO_URL, "c", "u2");
	net = luceri(&t);
	assert_int_equal(net->account_count, 3);
	assert_near(net->accounts[0].score, 0.5);
	assert_near(net->accounts[1].score, sqrt(0.5));
	assert_near(net->accounts[2].score, 0.5);
	assert_int_equal(net->accounts[2].component, 1);
	claque_peer_network_free(net);
	input_done(&t.in);
}

static void
luceri_merges_traces_by_the_largest_cosine(void **state)
{
	struct claque_peer_network *net;
	struct traces t = { 0 };
	struct arena a = whole;

	(void)state;
	leave(&t, CLAQUE_TRACE_CO_URL, "a", "u1");	/* a-b less than 1 here */
	leave(&t, CLAQUE_TRACE_CO_URL, "a", "u2");
	leave(&t, CLAQUE_TRACE_CO_URL, "b", "u1");
	leave(&t, CLAQUE_TRACE_CO_URL, "c", "u2");
	leave(&t, CLAQUE_TRACE_HASH_SEQ, "a", "#1#2#3#4#5");
	last(&t, CLAQUE_TRACE_HASH_SEQ)->content = 5;
	leave(&t, CLAQUE_TRACE_HASH_SEQ, "b", "#1#2#3#4#5");
	last(&t, CLAQUE_TRACE_HASH_SEQ)->content = 5;
	leave(&t, CLAQUE_TRACE_HASH_SEQ, "b", "#1#2#3#4");	/* four are a topic */
	last(&t, CLAQUE_TRACE_HASH_SEQ)->content = 4;
	leave(&t, CLAQUE_TRACE_HASH_SEQ, "d", "#1#2#3#4");
	last(&t, CLAQUE_TRACE_HASH_SEQ)->content = 4;
	net = luceri(&t);
	assert_str(ends(&a, &t.in, net), "a-b a-c");
	assert_near(net->edges[0].weight, 1);
	assert_near(net->edges[1].weight, sqrt(0.5));
	claque_peer_network_free(net);
	input_done(&t.in);
}

static void
luceri_wants_twenty_retweets(void **state)
{
	struct claque_peer_network *net;
	struct traces t = { 0 };
	struct arena a = whole;

	(void)state;
	for (int i = 0; i < 20; i++)
		leave(&t, CLAQUE_TRACE_CO_RETWEET, "a", "p");
	for (int i = 0; i < 19; i++)
		leave(&t, CLAQUE_TRACE_CO_RETWEET, "b", "p");
	net = luceri(&t);
	assert_int_equal(net->edge_count, 0);
	assert_int_equal(net->account_count, 0);
	claque_peer_network_free(net);
	leave(&t, CLAQUE_TRACE_CO_RETWEET, "b", "p");
	net = luceri(&t);
	assert_str(ends(&a, &t.in, net), "a-b");
	claque_peer_network_free(net);
	input_done(&t.in);
}

static void
fast(struct traces *t, const char *account, const char *author, int64_t ms)
{
	leave(t, CLAQUE_TRACE_FAST_RETWEET, account, author);
	last(t, CLAQUE_TRACE_FAST_RETWEET)->at = ms;
}

/* 10.999 s is ten whole seconds, eleven is not; a day and five seconds is five, as published. */
static void
luceri_counts_retweets_within_ten_seconds_twice(void **state)
{
	struct claque_peer_network *net;
	struct traces t = { 0 };
	struct arena a = whole;

	(void)state;
	fast(&t, "a", "star", 10999);
	fast(&t, "a", "star", 0);
	fast(&t, "b", "star", 86405000);
	fast(&t, "b", "star", 3000);
	fast(&t, "c", "star", 11000);
	fast(&t, "c", "star", 1000);
	fast(&t, "d", "star", 1000);
	fast(&t, "e", "star", -1);	/* before the original: 86,399 s there */
	fast(&t, "e", "star", 1000);
	net = luceri(&t);
	assert_str(ends(&a, &t.in, net), "a-b");
	claque_peer_network_free(net);
	input_done(&t.in);
}

static void
nobody_gives_no_network(void **state)
{
	struct claque_peer_network *net;
	struct claque_peer_row none;
	struct input in = { 0 };
	struct traces t = { 0 };

	(void)state;
	in.rows = malloc(sizeof(none));
	net = osome(&in);
	assert_int_equal(net->edge_count, 0);
	assert_int_equal(net->account_count, 0);
	claque_peer_network_free(net);
	input_done(&in);
	net = luceri(&t);
	assert_int_equal(net->edge_count, 0);
	claque_peer_network_free(net);
	input_done(&t.in);
}

static bool
stop(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
	(void)ctx;
	(void)stage;
	(void)done;
	(void)total;
	return false;
}

static void
rivals_can_be_cancelled(void **state)
{
	struct claque_progress at_once = { NULL, stop };
	struct claque_peer_names names;
	struct claque_peer_network *net;
	struct claque_peer_trace traces[CLAQUE_TRACE_COUNT];
	struct input in = { 0 };
	struct claque_err err;
	struct arena a = whole;

	(void)state;
	for (int i = 0; i < 3000; i++)
		input_add(&in, STR("p"), str_fmt(&a, "a%d", i / 20), STR(""), 0);
	for (int i = 0; i < 20000; i++)
		input_add(&in, str_fmt(&a, "p%d", i % 50), str_fmt(&a, "a%d", i / 20), STR(""), 0);
	names = (struct claque_peer_names){ &in, account_name };
	for (unsigned i = 0; i < CLAQUE_TRACE_COUNT; i++)
		traces[i] = (struct claque_peer_trace){ in.rows, in.count };
	assert_int_equal(claque_osome(in.rows, in.count, &names, &at_once, &net, &err),
			 CLAQUE_STOPPED);
	assert_null(net);
	assert_int_equal(claque_luceri(traces, &names, &at_once, &net, &err), CLAQUE_STOPPED);
	assert_null(net);
	input_done(&in);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(osome_weighs_with_the_logarithm_of_counts),
		cmocka_unit_test(osome_wants_more_than_ten_retweets_of_more_than_one_post),
		cmocka_unit_test(osome_leaves_out_rare_posts_where_there_are_others),
		cmocka_unit_test(osome_keeps_the_heaviest_edges),
		cmocka_unit_test(osome_takes_a_hundred_nearest),
		cmocka_unit_test(luceri_weighs_what_two_share),
		cmocka_unit_test(luceri_scores_by_eigenvector_centrality),
		cmocka_unit_test(luceri_merges_traces_by_the_largest_cosine),
		cmocka_unit_test(luceri_wants_twenty_retweets),
		cmocka_unit_test(luceri_counts_retweets_within_ten_seconds_twice),
		cmocka_unit_test(nobody_gives_no_network),
		cmocka_unit_test(rivals_can_be_cancelled),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
