/*
 * test_peers_data.c - what CooRTweet and the coordination network toolkit
 * themselves gave for real data must come out, line by line: every file under
 * data/.../expected, whose name says how it was made. A file whose name or
 * columns nobody knows is a failure, so that none can be added and not tested.
 */
#include "config.h"

#include "peer_input.h"

#include <glob.h>
#include <math.h>
#include <stdio.h>

#include "text/words.h"

#include "csv_table.h"

static struct arena whole;

static int
setup(void **state)
{
	(void)state;
	whole = arena_new((size_t)1 << 32);
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

/* One file that a peer wrote. */
struct expected {
	struct arena *a;
	const char *root;	/* of the data */
	const char *path;
	struct claque_str name;	/* without folder and .csv */
	struct csv_table table;
};

/* Where a mark such as "_tw" stands in the name, with a number behind it; or its length. */
static size_t
mark_at(struct claque_str name, const char *mark)
{
	size_t at = 0, n = strlen(mark);

	while ((at = str_find(name, str_of(mark), at)) < name.len &&
	       !(at + n < name.len && byte_is_digit(name.p[at + n])))
		at++;
	return at;
}

/* The number behind a mark; without is what it is if there is none. */
static double
number_after(const struct expected *x, const char *mark, double without)
{
	size_t at = mark_at(x->name, mark) + strlen(mark), end = at;
	double number;

	if (at > x->name.len)
		return without;
	while (end < x->name.len && (byte_is_digit(x->name.p[end]) ||
	       (x->name.p[end] == '.' && end + 1 < x->name.len &&
		byte_is_digit(x->name.p[end + 1]))))
		end++;
	if (!str_to_double(str_sub(x->name, at, end - at), &number))
		fail_msg("%s: no number behind %s", x->path, mark);
	return number;
}

static bool
ends_with(struct claque_str s, const char *end)
{
	size_t n = strlen(end);

	return s.len >= n && str_eq(str_sub(s, s.len - n, n), str_of(end));
}

static const char *
data_file(const struct expected *x, const char *file)
{
	return str_fmt(x->a, "%s/data/%s", x->root, file).p;
}

/* All rows but the header; lists in a cell in order, NA as nothing. */
static struct lines
wanted_lines(struct expected *x)
{
	struct lines l = { 0 };

	for (size_t i = 1; i < x->table.row_count; i++) {
		struct claque_str line = STR("");

		for (size_t c = 0; c < csv_width(&x->table, 0); c++) {
			struct claque_str rest = csv_at(&x->table, i, c), piece;
			struct lines pieces = { 0 };

			if (str_eq(rest, STR("NA")))
				rest = STR("");
			while (str_cut(&rest, '|', &piece))
				lines_add(&pieces, piece);
			piece = lines_join(x->a, &pieces);
			line = str_fmt(x->a, STR_FMT STR_FMT ",", STR_ARG(line), STR_ARG(piece));
		}
		lines_add(&l, line);
	}
	return l;
}

/* What we make of it: a cell by row and the name of its column. */
struct produced {
	const void *ctx;
	size_t count;
	struct claque_str (*cell)(struct arena *a, const void *ctx, size_t row, struct claque_str col);
};

static void
compare(struct expected *x, const struct produced *p)
{
	struct lines got = { 0 }, want = wanted_lines(x);

	for (size_t i = 0; i < p->count; i++) {
		struct claque_str line = STR("");

		for (size_t c = 0; c < csv_width(&x->table, 0); c++) {
			struct claque_str col = csv_at(&x->table, 0, c);
			struct claque_str cell = p->cell(x->a, p->ctx, i, col);

			if (cell.p == NULL)
				fail_msg("%s: nobody knows column " STR_FMT, x->path, STR_ARG(col));
			line = str_fmt(x->a, STR_FMT STR_FMT ",", STR_ARG(line), STR_ARG(cell));
		}
		lines_add(&got, line);
	}
	assert_same_lines(&got, &want, x->path);
}

static struct claque_str
whole_number(struct arena *a, uint64_t n)
{
	return str_fmt(a, "%llu", (unsigned long long)n);
}

/* As R prints it. */
static struct claque_str
real_number(struct arena *a, double r)
{
	return isnan(r) ? STR("") : str_fmt(a, "%.15g", r);
}

/* --- CooRTweet */

struct coortweet_tables {
	struct input in;
	struct claque_coortweet_result *result;
	struct claque_coortweet_node *nodes;
	struct claque_coortweet_account *accounts;
};

static struct claque_str
pair_cell(struct arena *a, const void *ctx, size_t row, struct claque_str col)
{
	const struct coortweet_tables *t = ctx;
	const struct claque_coortweet_pair *p = &t->result->pairs[row];
	const struct claque_peer_row *x = &t->in.rows[p->row], *y = &t->in.rows[p->row_y];

	return str_eq(col, STR("object_id")) ? thing(&t->in, x->object) :
	       str_eq(col, STR("account_id")) ? account_name(&t->in, x->account) :
	       str_eq(col, STR("account_id_y")) ? account_name(&t->in, y->account) :
	       str_eq(col, STR("content_id")) ? thing(&t->in, x->content) :
	       str_eq(col, STR("content_id_y")) ? thing(&t->in, y->content) :
	       str_eq(col, STR("time_delta")) ? whole_number(a, (uint64_t)p->time_delta_s) :
	       (struct claque_str){ 0 };
}

static struct claque_str
objects_cell(struct arena *a, const struct coortweet_tables *t,
	     const struct claque_coortweet_tier *tier)
{
	struct lines objects = { 0 };

	for (size_t i = 0; i < tier->object_count; i++)
		lines_add(&objects, thing(&t->in, tier->objects[i]));
	return lines_join(a, &objects);
}

static struct claque_str
edge_cell(struct arena *a, const void *ctx, size_t row, struct claque_str col)
{
	const struct coortweet_tables *t = ctx;
	const struct claque_coortweet_edge *e = &t->result->edges[row];
	bool fast = ends_with(col, "_fast");
	const struct claque_coortweet_tier *tier = fast ? &e->fast : &e->full;
	struct claque_str base = fast || ends_with(col, "_full") ? str_sub(col, 0, col.len - 5) : col;

	if (str_eq(col, STR("from")) || str_eq(col, STR("to")))
		return account_name(&t->in, col.len == 2 ? e->to : e->from);
	if (tier->weight == 0)
		return STR("");
	return str_eq(base, STR("weight")) ? whole_number(a, tier->weight) :
	       str_eq(base, STR("avg_time_delta")) ? real_number(a, tier->avg_time_delta_s) :
	       str_eq(base, STR("n_content_id")) ? whole_number(a, tier->n_content_id) :
	       str_eq(base, STR("n_content_id_y")) ? whole_number(a, tier->n_content_id_y) :
	       str_eq(base, STR("edge_symmetry_score")) ?
		       real_number(a, tier->edge_symmetry_score) :
	       str_eq(base, STR("weight_threshold")) ? whole_number(a, tier->weight_threshold) :
	       str_eq(base, STR("object_ids")) ? objects_cell(a, t, tier) :
	       (struct claque_str){ 0 };
}

static struct claque_str
node_cell(struct arena *a, const void *ctx, size_t row, struct claque_str col)
{
	const struct coortweet_tables *t = ctx;
	const struct claque_coortweet_node *n = &t->nodes[row];

	return str_eq(col, STR("account_id")) ? account_name(&t->in, n->account) :
	       str_eq(col, STR("component")) ? whole_number(a, n->component) :
	       str_eq(col, STR("component_size")) ? whole_number(a, n->component_size) :
	       str_eq(col, STR("degree")) ? whole_number(a, n->degree) :
	       str_eq(col, STR("strength")) ? whole_number(a, n->strength) :
	       str_eq(col, STR("color_v")) ? whole_number(a, n->core) :
	       (struct claque_str){ 0 };
}

static struct claque_str
stats_cell(struct arena *a, const void *ctx, size_t row, struct claque_str col)
{
	const struct coortweet_tables *t = ctx;
	const struct claque_coortweet_account *s = &t->accounts[row];

	return str_eq(col, STR("account_id")) ? account_name(&t->in, s->account) :
	       str_eq(col, STR("avg_time_delta")) || str_eq(col, STR("avg_time_delta_full")) ?
		       real_number(a, s->avg_time_delta_s) :
	       str_eq(col, STR("avg_time_delta_fast")) ? real_number(a, s->avg_time_delta_fast_s) :
	       str_eq(col, STR("avg_edge_symmetry_score")) ||
	       str_eq(col, STR("avg_edge_symmetry_score_full")) ?
		       real_number(a, s->avg_edge_symmetry_score) :
	       str_eq(col, STR("avg_edge_symmetry_score_fast")) ?
		       real_number(a, s->avg_edge_symmetry_score_fast) :
	       str_eq(col, STR("unique_shares_count")) ? whole_number(a, s->unique_shares_count) :
	       (struct claque_str){ 0 };
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

static enum claque_coortweet_level
level_of(struct claque_str name)
{
	return ends_with(name, ".full") ? CLAQUE_LEVEL_FULL :
	       ends_with(name, ".fast") ? CLAQUE_LEVEL_FAST : CLAQUE_LEVEL_NONE;
}

/* The table that the end of the name says; false: nobody knows it. */
static bool
compare_coortweet(struct expected *x, struct coortweet_tables *t)
{
	struct claque_peer_names names = { &t->in, account_name };
	struct claque_coortweet_run run = { t->in.rows, t->in.count, &names, t->result };
	struct produced p = { .ctx = t };
	struct claque_err err;

	if (ends_with(x->name, ".result")) {
		p.cell = pair_cell;
		p.count = t->result->pair_count;
	} else if (ends_with(x->name, ".edges")) {
		p.cell = edge_cell;
		p.count = t->result->edge_count;
	} else if (ends_with(x->name, ".nodes")) {
		p.cell = node_cell;
		assert_ok(claque_coortweet_nodes(&run, CLAQUE_LEVEL_NONE, &silent, &t->nodes,
						 &p.count, &err), err);
	} else if (str_find(x->name, STR(".account_stats."), 0) < x->name.len) {
		p.cell = stats_cell;
		assert_ok(claque_coortweet_accounts(&run, level_of(x->name), false, &silent,
						    &t->accounts, &p.count, &err), err);
	} else {
		return false;
	}
	compare(x, &p);
	return true;
}

/* INPUT_tw60_mp2[_fast10][_ew0.5][_sg3].TABLE */
static bool
check_coortweet(struct expected *x)
{
	struct coortweet_tables t = { 0 };
	size_t input_len = mark_at(x->name, "_tw");
	struct claque_coortweet_settings s = {
		.window_s = (int64_t)number_after(x, "_tw", 0),
		.min_participation = (uint32_t)number_after(x, "_mp", 0),
		.edge_weight = number_after(x, "_ew", 0.5),
		.subgraph = (unsigned)number_after(x, "_sg", 0),
		.fast_window_s = (int64_t)number_after(x, "_fast", -1),
	};
	bool known;

	s.fast = s.fast_window_s >= 0;
	read_shares(&t.in, data_file(x, str_fmt(x->a, "reshares/%.*s.csv", (int)input_len,
						x->name.p).p));
	t.result = coortweet(&t.in, s);
	known = compare_coortweet(x, &t);
	claque_free(t.nodes);
	claque_free(t.accounts);
	claque_coortweet_free(t.result);
	input_done(&t.in);
	return known;
}

/* --- the toolkit */

/* The rows of one network, with the words that only co_similar_tweet wants. */
struct messages {
	struct input in;
	struct map words;
	uint32_t *numbers;
	uint64_t *from;
	size_t numbers_cap, from_cap;
};

static int
number_cmp(const void *pa, const void *pb)
{
	const uint32_t *a = pa, *b = pb;

	return (*a > *b) - (*a < *b);
}

static void
add_words(struct messages *m, struct arena a, struct claque_str text)
{
	uint64_t from = m->in.count == 1 ? 0 : m->from[m->in.count - 1], to = from;
	struct claque_str word;
	struct words w;

	GROW(m->from, m->from_cap, m->in.count + 1);
	m->from[0] = 0;
	words_start(&w, &a, text);
	while (words_next(&w, &a, &word)) {
		uint32_t number = map_add(&m->words, word, NULL);
		uint64_t i = from;

		while (i < to && m->numbers[i] != number)
			i++;
		GROW(m->numbers, m->numbers_cap, (size_t)to + 1);
		m->numbers[i] = number;
		to += i == to;
	}
	qsort(m->numbers + from, (size_t)(to - from), sizeof(*m->numbers), number_cmp);
	m->from[m->in.count] = to;
}

/*
 * A row's keys in one network, as the toolkit takes them. An empty cell of
 * URLs is the one URL "" there, so that messages without links all co-link.
 */
static bool
add_message(struct messages *m, struct arena a, const struct csv_table *t, size_t row,
	    struct claque_str network)
{
	struct claque_str repost = csv_get(t, row, "repost_id"), key = STR("");
	struct claque_str urls = csv_get(t, row, "urls"), user = csv_get(t, row, "user_id");
	struct claque_str message = csv_get(t, row, "message_id");
	struct claque_str reply = csv_get(t, row, "reply_id"), text = csv_get(t, row, "message");
	int64_t at = milliseconds(csv_get(t, row, "timestamp"));

	if (str_eq(network, STR("co_post"))) {
		input_add(&m->in, key, user, message, at);
	} else if (str_eq(network, STR("co_retweet"))) {
		if (repost.len > 0)
			input_add(&m->in, repost, user, message, at);
	} else if (repost.len > 0) {
		return true;
	} else if (str_eq(network, STR("co_reply"))) {
		if (reply.len > 0)
			input_add(&m->in, reply, user, message, at);
	} else if (str_eq(network, STR("co_link"))) {
		if (urls.len == 0)
			input_add(&m->in, key, user, message, at);
		while (str_cut(&urls, ' ', &key))
			input_add(&m->in, key, user, message, at);
	} else if (str_eq(network, STR("co_tweet"))) {
		input_add(&m->in, words_line(&a, text), user, message, at);
	} else if (str_eq(network, STR("co_similar_tweet"))) {
		input_add(&m->in, key, user, message, at);
		add_words(m, a, text);
	} else {
		return false;
	}
	return true;
}

struct toolkit_edges {
	const struct input *in;
	struct claque_toolkit_edge *edges;
};

static struct claque_str
toolkit_cell(struct arena *a, const void *ctx, size_t row, struct claque_str col)
{
	const struct toolkit_edges *t = ctx;
	const struct claque_toolkit_edge *e = &t->edges[row];

	return str_eq(col, STR("user_1")) ? account_name(t->in, e->user_1) :
	       str_eq(col, STR("user_2")) ? account_name(t->in, e->user_2) :
	       str_eq(col, STR("weight")) ? whole_number(a, e->weight) : (struct claque_str){ 0 };
}

static void
compare_network(struct expected *x, struct messages *m, bool similar)
{
	struct claque_similar_settings s = {
		.network = { .window_s = (int64_t)number_after(x, "_tw", 0),
			     .min_weight = (uint32_t)number_after(x, "_mw", 0),
			     .self_loops = true },
		.similarity = 0.8, .min_document_size = 1 };	/* its defaults */
	struct claque_peer_names names = { &m->in, account_name };
	struct claque_peer_words words = { m->numbers, m->from };
	struct toolkit_edges t = { .in = &m->in };
	struct produced p = { .ctx = &t, .cell = toolkit_cell };
	struct claque_err err;

	if (m->in.rows == NULL)
		GROW(m->in.rows, m->in.cap, 1);
	if (similar)
		assert_ok(claque_toolkit_similar(m->in.rows, m->in.count, &words, &names, &s,
						 &silent, &t.edges, &p.count, &err), err);
	else
		assert_ok(claque_toolkit(m->in.rows, m->in.count, &names, &s.network, &silent,
					 &t.edges, &p.count, &err), err);
	compare(x, &p);
	claque_free(t.edges);
}

/* The expected files name their input a little differently. */
static void
read_messages(struct expected *x, struct csv_table *t, size_t prefix_len)
{
	static const char *const others[][2] = { { "sample", "sample_data" },
						 { "emptyurl", "cnt_emptyurl" } };
	struct claque_str prefix = str_sub(x->name, 0, prefix_len);

	for (size_t i = 0; i < 2; i++)
		if (str_eq(prefix, str_of(others[i][0])))
			prefix = str_of(others[i][1]);
	read_table(t, data_file(x, str_fmt(x->a, "toolkit/" STR_FMT ".csv", STR_ARG(prefix)).p));
}

/* INPUT_co_link_tw60_mw1.edges */
static bool
check_network(struct expected *x)
{
	size_t from = str_find(x->name, STR("_co_"), 0) + 1;
	size_t to = mark_at(x->name, "_tw");
	struct claque_str network = str_sub(x->name, from, to - from);
	struct messages m = { 0 };
	struct csv_table t;
	bool known = true;

	read_messages(x, &t, from - 1);
	GROW(m.numbers, m.numbers_cap, 1);
	GROW(m.from, m.from_cap, 1);
	m.from[0] = 0;
	for (size_t i = 1; i < t.row_count && known; i++)
		known = add_message(&m, *x->a, &t, i, network);
	if (known)
		compare_network(x, &m, str_eq(network, STR("co_similar_tweet")));
	input_done(&m.in);
	map_done(&m.words);
	free(m.numbers);
	free(m.from);
	csv_table_done(&t);
	return known;
}

static struct claque_str
word_set(struct arena *a, struct claque_str text)
{
	struct lines all = { 0 }, once = { 0 };
	struct claque_str word;
	struct words w;

	words_start(&w, a, text);
	while (words_next(&w, a, &word))
		lines_add(&all, word);
	lines_sort(&all);
	for (size_t i = 0; i < all.count; i++)
		if (i == 0 || !str_eq(all.at[i], all.at[i - 1]))
			lines_add(&once, all.at[i]);
	free(all.at);
	return lines_join(a, &once);
}

static struct claque_str
token_cell(struct arena *a, const void *ctx, size_t row, struct claque_str col)
{
	const struct csv_table *t = ctx;
	struct claque_str text = csv_get(t, row + 1, "message");
	struct claque_str line = words_line(a, text);
	bool repost = csv_get(t, row + 1, "repost_id").len > 0;
	uint32_t low = 1, high = 0;

	for (size_t i = 0; i < line.len; i++) {
		low = (low + (unsigned char)line.p[i]) % 65521;
		high = (high + low) % 65521;
	}
	return str_eq(col, STR("message_id")) ? csv_get(t, row + 1, "message_id") :
	       str_eq(col, STR("is_repost")) ? whole_number(a, repost) :
	       repost ? STR("") :
	       str_eq(col, STR("normalised")) ? line :
	       str_eq(col, STR("len_chars")) ? whole_number(a, line.len) :	/* all is ASCII */
	       str_eq(col, STR("adler32")) ? whole_number(a, high << 16 | low) :
	       str_eq(col, STR("token_set")) ? word_set(a, text) : (struct claque_str){ 0 };
}

/* INPUT.tokens */
static bool
check_tokens(struct expected *x)
{
	struct csv_table t;
	struct produced p = { .ctx = &t, .cell = token_cell };

	read_messages(x, &t, x->name.len - strlen(".tokens"));
	p.count = t.row_count - 1;
	compare(x, &p);
	csv_table_done(&t);
	return true;
}

/* --- every file */

static void
check_file(const char *root, const char *path)
{
	struct arena a = whole;
	struct expected x = { .a = &a, .root = root, .path = path,
			      .name = str_of(strrchr(path, '/') + 1) };
	bool known;

	if (!ends_with(x.name, ".csv"))
		fail_msg("%s: nobody knows this kind of file", path);
	x.name = str_sub(x.name, 0, x.name.len - 4);
	read_table(&x.table, path);
	known = strstr(path, "/reshares/expected/") != NULL ? check_coortweet(&x) :
		strstr(path, "/toolkit/expected/") == NULL ? false :
		ends_with(x.name, ".tokens") ? check_tokens(&x) :
		ends_with(x.name, ".edges") && check_network(&x);
	if (!known)
		fail_msg("%s: no test makes this table", path);
	csv_table_done(&x.table);
}

static void
every_expected_table_comes_out(void **state)
{
	const char *root = getenv("CLAQUE_SHARED");
	struct arena a = whole;
	glob_t files;

	(void)state;
	if (root == NULL || glob(str_fmt(&a, "%s/data/*/expected/*", root).p, 0, NULL, &files) != 0) {
		print_message("# skipped: no data/*/expected under CLAQUE_SHARED\n");
		skip();
	}
	for (size_t i = 0; i < files.gl_pathc; i++)
		check_file(root, files.gl_pathv[i]);
	print_message("# %zu files compared\n", files.gl_pathc);
	globfree(&files);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_expected_table_comes_out),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
