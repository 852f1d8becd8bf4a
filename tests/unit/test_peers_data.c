/*
 * test_peers_data.c - what CooRTweet and the coordination network toolkit
 * themselves gave for real data must come out, line by line.
 */
#include "config.h"

#include "peer_input.h"

#include <stdio.h>
#include <unistd.h>

#include "csv_table.h"

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

	for (size_t i = 0; with_objects && i < e->full.object_count; i++)
		lines_add(&objects, thing(in, e->full.objects[i]));
	names = lines_join(a, &objects);
	return str_fmt(a, STR_FMT "," STR_FMT ",%u,%.15g,%u,%u,%.15g," STR_FMT "%s%d",
		       STR_ARG(account_name(in, e->from)), STR_ARG(account_name(in, e->to)),
		       e->full.weight, e->full.avg_time_delta_s, e->full.n_content_id,
		       e->full.n_content_id_y, e->full.edge_symmetry_score, STR_ARG(names),
		       with_objects ? "," : "", e->full.weight_threshold);
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
	struct claque_coortweet_settings s = { .window_s = c->window_s,
		.min_participation = c->min_participation, .edge_weight = 0.5 };
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
	struct claque_coortweet_settings s = { .window_s = c->window_s,
		.min_participation = c->min_participation, .edge_weight = c->edge_weight,
		.subgraph = c->subgraph };
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
		cmocka_unit_test(coortweets_own_tables_come_out),
		cmocka_unit_test(the_toolkits_own_tables_come_out),
		cmocka_unit_test(the_toolkit_on_real_reshares_and_on_messages_without_links),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
