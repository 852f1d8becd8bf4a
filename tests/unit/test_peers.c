/*
 * test_peers.c - the definitions of CooRTweet and of the coordination network
 * toolkit: each rule on a case small enough to do by hand, then the tables
 * that the two tools themselves gave for real data.
 */
#include "config.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "claque/peer.h"

#include "base/map.h"

#include "csv_table.h"

struct input {
	struct claque_peer_row *rows;
	size_t count, cap;
	struct map accounts, things;	/* things: objects, contents, keys */
};

static struct arena whole;
static const struct claque_progress silent = { 0 };

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

static struct claque_str
account_name(const void *ctx, uint32_t account)
{
	const struct input *in = ctx;

	return map_key(&in->accounts, account);
}

static void
input_add(struct input *in, struct claque_str object, struct claque_str account,
	  struct claque_str content, int64_t ms)
{
	GROW(in->rows, in->cap, in->count + 1);
	in->rows[in->count++] = (struct claque_peer_row){
		.object = map_add(&in->things, object, NULL),
		.account = map_add(&in->accounts, account, NULL),
		.content = map_add(&in->things, content, NULL), .at = ms };
}

static void
add(struct input *in, const char *object, const char *account, const char *content, int seconds)
{
	input_add(in, str_of(object), str_of(account), str_of(content), (int64_t)seconds * 1000);
}

static void
input_done(struct input *in)
{
	free(in->rows);
	map_done(&in->accounts);
	map_done(&in->things);
}

/* What came out, one line each, sorted, so that two runs compare as sets. */
struct lines {
	struct claque_str *at;
	size_t count, cap;
};

static void
lines_add(struct lines *l, struct claque_str line)
{
	GROW(l->at, l->cap, l->count + 1);
	l->at[l->count++] = line;
}

static int
line_cmp(const void *a, const void *b)
{
	return str_cmp(*(const struct claque_str *)a, *(const struct claque_str *)b);
}

static void
lines_sort(struct lines *l)
{
	if (l->count > 0)
		qsort(l->at, l->count, sizeof(*l->at), line_cmp);
}

/* One string: the sorted lines with blanks between. */
static struct claque_str
lines_join(struct arena *a, struct lines *l)
{
	struct claque_str all = STR("");

	lines_sort(l);
	for (size_t i = 0; i < l->count; i++)
		all = str_fmt(a, STR_FMT "%s" STR_FMT, STR_ARG(all), i > 0 ? " " : "",
			      STR_ARG(l->at[i]));
	free(l->at);
	return all;
}

static void
assert_same_lines(struct lines *got, struct lines *want, const char *what)
{
	lines_sort(got);
	lines_sort(want);
	for (size_t i = 0; i < got->count && i < want->count; i++)
		if (!str_eq(got->at[i], want->at[i]))
			fail_msg("%s: got " STR_FMT ", expected " STR_FMT, what,
				 STR_ARG(got->at[i]), STR_ARG(want->at[i]));
	if (got->count != want->count)
		fail_msg("%s: %zu lines, expected %zu", what, got->count, want->count);
	free(got->at);
	free(want->at);
}

/* --- CooRTweet */

static const struct claque_coortweet_settings loose = {
	.window_s = 10, .min_participation = 1, .edge_weight = 0.5 };

static struct claque_coortweet_result *
coortweet(const struct input *in, struct claque_coortweet_settings settings)
{
	struct claque_peer_names names = { in, account_name };
	struct claque_coortweet_result *r;
	struct claque_err err;

	assert_ok(claque_coortweet(in->rows, in->count, &names, &settings, &silent, &r, &err), err);
	return r;
}

static struct claque_str
thing(const struct input *in, uint32_t number)
{
	return map_key(&in->things, number);
}

static struct claque_str
pair_line(struct arena *a, const struct input *in, const struct claque_coortweet_pair *p)
{
	const struct claque_peer_row *x = &in->rows[p->row], *y = &in->rows[p->row_y];

	return str_fmt(a, STR_FMT "," STR_FMT "," STR_FMT "," STR_FMT "," STR_FMT ",%lld",
		       STR_ARG(thing(in, x->object)), STR_ARG(account_name(in, x->account)),
		       STR_ARG(account_name(in, y->account)), STR_ARG(thing(in, x->content)),
		       STR_ARG(thing(in, y->content)), (long long)p->time_delta_s);
}

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
			      STR_ARG(account_name(in, e->to)), e->weight,
			      e->weight_threshold ? "!" : "");
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
	assert_int_equal(r->edges[0].weight, 3);
	assert_int_equal(r->edges[0].n_content_id, 2);		/* c1 c4 */
	assert_int_equal(r->edges[0].n_content_id_y, 3);	/* c2 c3 c5 */
	assert_true(r->edges[0].edge_symmetry_score == 2.0 / 3.0);
	assert_true(r->edges[0].avg_time_delta_s == (1 + 2 + 4) / 3.0);
	assert_int_equal(r->edges[0].object_count, 2);
	assert_str(thing(&in, r->edges[0].objects[0]), "o");
	assert_str(thing(&in, r->edges[0].objects[1]), "p");
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
	struct claque_coortweet_settings bad[] = { loose, loose, loose, loose };
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
	bad[3].subgraph = 2;
	for (size_t i = 0; i < 4; i++) {
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
	assert_int_equal(r->edges[0].weight, 100000);
	assert_int_equal(r->edges[0].object_count, 100000);
	assert_int_equal(r->edges[0].n_content_id, 100000);
	claque_coortweet_free(r);
	input_done(&in);
}

/* --- the toolkit */

static const struct claque_toolkit_settings plain = { .window_s = 10, .min_weight = 1 };

static struct lines
toolkit_lines(struct arena *a, const struct input *in, struct claque_toolkit_settings settings)
{
	struct claque_peer_names names = { in, account_name };
	struct claque_toolkit_edge *edges;
	struct lines l = { 0 };
	struct claque_err err;
	size_t n;

	assert_ok(claque_toolkit(in->rows, in->count, &names, &settings, &silent, &edges, &n,
				 &err), err);
	for (size_t i = 0; i < n; i++)
		lines_add(&l, str_fmt(a, STR_FMT "," STR_FMT ",%u",
				      STR_ARG(account_name(in, edges[i].user_1)),
				      STR_ARG(account_name(in, edges[i].user_2)),
				      edges[i].weight));
	free(edges);
	return l;
}

static struct claque_str
toolkit(struct arena *a, const struct input *in, struct claque_toolkit_settings settings)
{
	struct lines l = toolkit_lines(a, in, settings);

	return lines_join(a, &l);
}

static void
weights_are_directed_and_count_messages_once(void **state)
{
	struct claque_toolkit_settings s = plain;
	struct input in = { 0 };
	struct arena a = whole;

	(void)state;
	add(&in, "k", "spam", "m1", 0);
	add(&in, "k", "spam", "m2", 1);
	add(&in, "k", "spam", "m3", 2);
	add(&in, "k", "quiet", "m4", 3);
	assert_str(toolkit(&a, &in, s), "quiet,spam,1 spam,quiet,3");
	s.min_weight = 2;		/* each direction on its own */
	assert_str(toolkit(&a, &in, s), "spam,quiet,3");
	s.self_loops = true;
	assert_str(toolkit(&a, &in, s), "spam,quiet,3 spam,spam,3");
	input_done(&in);
}

static void
the_toolkits_window_is_inclusive_at_both_ends(void **state)
{
	struct input in = { 0 };
	struct arena a = whole;

	(void)state;
	add(&in, "k", "b", "m1", 100);
	add(&in, "k", "a", "m2", 90);
	add(&in, "k", "c", "m3", 110);
	add(&in, "k", "d", "m4", 121);
	assert_str(toolkit(&a, &in, plain), "a,b,1 b,a,1 b,c,1 c,b,1");
	input_done(&in);
}

/* One message under two keys never meets itself, and meets a partner once. */
static void
a_message_does_not_meet_itself(void **state)
{
	struct claque_toolkit_settings s = plain;
	struct input in = { 0 };
	struct arena a = whole;

	(void)state;
	s.self_loops = true;
	add(&in, "url1", "a", "m1", 0);
	add(&in, "url2", "a", "m1", 0);
	assert_str(toolkit(&a, &in, s), "");
	add(&in, "url1", "b", "m2", 1);
	add(&in, "url2", "b", "m2", 1);
	assert_str(toolkit(&a, &in, s), "a,b,1 b,a,1");
	input_done(&in);
}

/* --- what the tools themselves gave */

/* NULL, with a message, where the file is not to be had. */
static const char *
shared(struct arena *a, const char *file)
{
	const char *root = getenv("CLAQUE_SHARED");
	const char *path = str_fmt(a, "%s/data/%s", root != NULL ? root : "", file).p;

	if (access(path, R_OK) == 0)
		return path;
	print_message("# skipped: %s is not under CLAQUE_SHARED\n", file);
	return NULL;
}

static void
read_table(struct csv_table *t, const char *path)
{
	if (!csv_table_read(t, path))
		fail_msg("%s cannot be read", path);
	assert_true(t->sound);
}

static int64_t
milliseconds(struct claque_str seconds)
{
	double s;

	assert_true(str_to_double(seconds, &s));
	return (int64_t)(s * 1000 + 0.5);
}

static void
read_shares(struct input *in, const char *path)
{
	struct csv_table t;

	read_table(&t, path);
	for (size_t i = 1; i < t.row_count; i++)
		input_add(in, csv_at(&t, i, 0), csv_at(&t, i, 1), csv_at(&t, i, 2),
			  milliseconds(csv_at(&t, i, 3)));
	csv_table_done(&t);
}

/* Chosen columns of every row but the first; cells with | are put in order. */
static struct lines
table_lines(struct arena *a, const char *path, size_t columns)
{
	struct lines l = { 0 };
	struct csv_table t;

	read_table(&t, path);
	for (size_t i = 1; i < t.row_count; i++) {
		struct claque_str line = STR("");

		for (size_t c = 0; c < columns; c++) {
			struct claque_str rest = csv_at(&t, i, c), piece;
			struct lines pieces = { 0 };

			while (str_cut(&rest, '|', &piece))
				lines_add(&pieces, piece);
			piece = lines_join(a, &pieces);
			line = str_fmt(a, STR_FMT "%s" STR_FMT, STR_ARG(line), c > 0 ? "," : "",
				       STR_ARG(piece));
		}
		lines_add(&l, line);
	}
	csv_table_done(&t);
	return l;
}

static struct claque_str
edge_line(struct arena *a, const struct input *in, const struct claque_coortweet_edge *e,
	  bool with_objects)
{
	struct lines objects = { 0 };
	struct claque_str names;

	for (size_t i = 0; with_objects && i < e->object_count; i++)
		lines_add(&objects, thing(in, e->objects[i]));
	names = lines_join(a, &objects);
	return str_fmt(a, STR_FMT "," STR_FMT ",%u,%.15g,%u,%u,%.15g," STR_FMT "%s%d",
		       STR_ARG(account_name(in, e->from)), STR_ARG(account_name(in, e->to)),
		       e->weight, e->avg_time_delta_s, e->n_content_id, e->n_content_id_y,
		       e->edge_symmetry_score, STR_ARG(names), with_objects ? "," : "",
		       e->weight_threshold);
}

struct reshare_case {
	const char *file;
	int64_t window_s;
	uint32_t min_participation;
	double edge_weight;
	unsigned subgraph;
};

static void
check_pairs(const struct input *in, const struct reshare_case *c)
{
	struct claque_coortweet_settings s = { c->window_s, c->min_participation, 0.5, 0, false };
	struct claque_coortweet_result *r = coortweet(in, s);
	struct lines got = { 0 }, want;
	struct arena a = whole;

	for (size_t i = 0; i < r->pair_count; i++)
		lines_add(&got, pair_line(&a, in, &r->pairs[i]));
	want = table_lines(&a, shared(&a, c->file), 6);
	assert_same_lines(&got, &want, c->file);
	claque_coortweet_free(r);
}

static void
check_edges(const struct input *in, const struct reshare_case *c)
{
	struct claque_coortweet_settings s = { c->window_s, c->min_participation, c->edge_weight,
					       c->subgraph, false };
	struct claque_coortweet_result *r = coortweet(in, s);
	struct lines got = { 0 }, want;
	struct arena a = whole;

	for (size_t i = 0; i < r->edge_count; i++)
		lines_add(&got, edge_line(&a, in, &r->edges[i], c->subgraph == 0));
	want = table_lines(&a, shared(&a, c->file), c->subgraph == 0 ? 9 : 8);
	assert_same_lines(&got, &want, c->file);
	claque_coortweet_free(r);
}

#define RESHARES "reshares/expected/russian_coord_tweets_"

static void
coortweets_own_tables_come_out(void **state)
{
	static const struct reshare_case pairs[] = {
		{ RESHARES "tw10_mp2.result.csv", 10, 2, 0, 0 },
		{ RESHARES "tw60_mp2.result.csv", 60, 2, 0, 0 },
		{ RESHARES "tw60_mp5.result.csv", 60, 5, 0, 0 },
	};
	static const struct reshare_case edges[] = {
		{ RESHARES "tw10_mp2_ew0.5.edges.csv", 10, 2, 0.5, 0 },
		{ RESHARES "tw60_mp2_ew0.5.edges.csv", 60, 2, 0.5, 0 },
		{ RESHARES "tw60_mp5_ew0.5.edges.csv", 60, 5, 0.5, 0 },
		{ RESHARES "tw60_mp2_ew0.9_sg1.edges.csv", 60, 2, 0.9, 1 },
	};
	struct input in = { 0 };
	struct arena a = whole;
	const char *path = shared(&a, "reshares/russian_coord_tweets.csv");

	(void)state;
	if (path == NULL)
		skip();
	read_shares(&in, path);
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
		check_pairs(&in, &pairs[i]);
	for (size_t i = 0; i < sizeof(edges) / sizeof(*edges); i++)
		check_edges(&in, &edges[i]);
	input_done(&in);
}

/*
 * A row's keys in one network, as the toolkit takes them. An empty cell of
 * URLs is the one URL "" there, so that messages without links all co-link.
 */
static void
add_message(struct input *in, const struct csv_table *t, size_t row, const char *network)
{
	struct claque_str repost = csv_get(t, row, "repost_id"), key = STR("");
	struct claque_str urls = csv_get(t, row, "urls"), user = csv_get(t, row, "user_id");
	struct claque_str message = csv_get(t, row, "message_id");
	int64_t at = milliseconds(csv_get(t, row, "timestamp"));

	if (strcmp(network, "co_post") == 0) {
		input_add(in, key, user, message, at);
	} else if (strcmp(network, "co_link") == 0) {
		if (repost.len == 0 && urls.len == 0)
			input_add(in, key, user, message, at);
		while (repost.len == 0 && str_cut(&urls, ' ', &key))
			input_add(in, key, user, message, at);
	} else {
		if (strcmp(network, "co_retweet") == 0)
			key = repost;
		else if (repost.len == 0)
			key = csv_get(t, row, "reply_id");
		if (key.len > 0)
			input_add(in, key, user, message, at);
	}
}

/* want: the file's name without _tw..., then network, window, minimum weight. */
static void
check_network(const struct csv_table *t, const char *prefix, const char *network,
	      struct claque_toolkit_settings s)
{
	struct arena a = whole;
	const char *file = str_fmt(&a, "toolkit/expected/%s_%s_tw%d_mw%u.edges.csv", prefix,
				   network, (int)s.window_s, s.min_weight).p;
	struct lines got, want;
	struct input in = { 0 };

	for (size_t i = 1; i < t->row_count; i++)
		add_message(&in, t, i, network);
	if (in.rows == NULL)
		GROW(in.rows, in.cap, 1);
	got = toolkit_lines(&a, &in, s);
	want = table_lines(&a, shared(&a, file), 3);
	assert_same_lines(&got, &want, file);
	input_done(&in);
}

static void
the_toolkits_own_tables_come_out(void **state)
{
	static const char *const files[][2] = {
		{ "toolkit/coretweet_test_input.csv", "coretweet_test_input" },
		{ "toolkit/sample_data.csv", "sample" },
	};
	static const char *const networks[] = { "co_retweet", "co_reply", "co_link", "co_post" };
	struct arena a = whole;
	struct csv_table t;

	(void)state;
	for (size_t i = 0; i < 2 * 4 * 4; i++) {
		const char *path = shared(&a, files[i / 16][0]);
		struct claque_toolkit_settings s = { .window_s = i & 1 ? 60 : 1,
						     .min_weight = i & 2 ? 2 : 1,
						     .self_loops = true };

		if (path == NULL)
			skip();
		read_table(&t, path);
		check_network(&t, files[i / 16][1], networks[i / 4 % 4], s);
		csv_table_done(&t);
	}
}

static void
the_toolkit_on_real_reshares_and_on_messages_without_links(void **state)
{
	static const struct {
		const char *path, *prefix, *network;
		int64_t window_s;
		uint32_t min_weight;
	} cases[] = {
		{ "russian_coord_tweets_rt.csv", "russian_coord_tweets_rt", "co_retweet", 10, 1 },
		{ "russian_coord_tweets_rt.csv", "russian_coord_tweets_rt", "co_retweet", 60, 2 },
		{ "cnt_emptyurl.csv", "emptyurl", "co_link", 60, 1 },
	};
	struct arena a = whole;
	struct csv_table t;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct claque_toolkit_settings s = { cases[i].window_s, cases[i].min_weight, true };
		const char *path = shared(&a, str_fmt(&a, "toolkit/%s", cases[i].path).p);

		if (path == NULL)
			skip();
		read_table(&t, path);
		check_network(&t, cases[i].prefix, cases[i].network, s);
		csv_table_done(&t);
	}
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
		cmocka_unit_test(weights_are_directed_and_count_messages_once),
		cmocka_unit_test(the_toolkits_window_is_inclusive_at_both_ends),
		cmocka_unit_test(a_message_does_not_meet_itself),
		cmocka_unit_test(coortweets_own_tables_come_out),
		cmocka_unit_test(the_toolkits_own_tables_come_out),
		cmocka_unit_test(the_toolkit_on_real_reshares_and_on_messages_without_links),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
