#include "config.h"

#include "feed.h"

#include "store/facet.h"
#include "store/list_def.h"

static const struct feed_shape shape = { 5, 7 };

enum { ROWS = 200 };

struct world {
	char *path;
	struct store *s;
	struct arena whole, perm;
};

/* Changes: account 1 at hours 0 and 100, account 2 at hour 1, account 3 at hour 101. */
static void
add_changes(struct store *s)
{
	static const struct { const char *account; int64_t hour; } changes[] = {
		{ "a0", 0 }, { "a1", 1 }, { "a0", 100 }, { "a2", 101 },
	};
	struct claque_progress silent = { NULL, NULL };
	struct input_info input = { "changes.csv", "changes", "native-changes", 10 };
	struct claque_err err = { 0 };
	struct input_totals totals;
	struct record_sink sink;
	struct writer *w;
	uint64_t skip;
	bool flag;

	assert_ok(writer_new(&w, s, &silent, &err), err);
	assert_ok(writer_begin_input(w, &input, &skip, &flag, &err), err);
	sink = writer_sink(w);
	for (uint64_t i = 0; i < 4; i++) {
		struct record r = { .type = RECORD_CHANGE };

		r.change = (struct change_record){ STR("x"), str_of(changes[i].account),
			STR("handle"), STR("old"), STR("new"),
			FEED_START + changes[i].hour * 3600000 };
		assert_ok(sink.put(sink.ctx, i + 2, &r, &flag, &err), err);
		assert_ok(sink.row_done(sink.ctx, i + 2, &err), err);
	}
	for (uint64_t i = 6; i < 9; i++) {
		assert_ok(sink.refuse(sink.ctx, i, STR("at: 'x' is not a time"), &err), err);
		assert_ok(sink.row_done(sink.ctx, i, &err), err);
	}
	assert_ok(writer_end_input(w, &totals, &err), err);
	assert_ok(writer_finish(w, &silent, &err), err);
	writer_free(w);
}

static void
add_work(struct store *s)
{
	struct annotation tag = { .kind = ANNOTATION_tag, .target = { SUBJECT_cluster, 1 },
		.target_name = STR("C001"), .text = STR("fan"), .who = STR("me"),
		.at = FEED_START, .live = true };
	struct ledger_entry entry = { 1, FEED_START, STR("me"), STR("tag"), STR("C001"), STR(""),
		STR(""), STR("{}"), STR("0"), STR("1") };
	struct claque_err err = { 0 };
	int64_t id;

	assert_ok(store_begin(s, &err), err);
	assert_ok(annotation_add(s, &tag, &id, &err), err);
	tag.kind = ANNOTATION_note;
	assert_ok(annotation_add(s, &tag, &id, &err), err);
	assert_ok(ledger_append(s, &entry, &err), err);
	assert_ok(store_commit(s, &err), err);
}

static int
make_world(void **state)
{
	struct world *w = calloc(1, sizeof(*w));

	assert_non_null(w);
	w->path = feed_path();
	w->s = feed_open(w->path, STORE_CREATE);
	w->whole = w->perm = arena_new(256 << 20);
	(void)feed_import(w->s, &shape, ROWS);
	add_changes(w->s);
	(void)feed_run(w->s);
	add_work(w->s);
	*state = w;
	return 0;
}

static int
drop_world(void **state)
{
	struct world *w = *state;

	store_close(w->s);
	feed_drop(w->path);
	arena_free(w->whole);
	free(w);
	return 0;
}

static struct list_query
query(enum list_id list, enum subject_kind kind, int64_t id)
{
	return (struct list_query){ .list = list, .subject = { kind, id }, .lens = lens_open(),
		.sort = -1 };
}

static int64_t
count(struct world *w, const struct list_query *q)
{
	struct claque_err err = { 0 };
	int64_t n;

	assert_ok(list_count(w->s, q, 0, &n, &err), err);
	return n;
}

static struct row *
rows(struct world *w, const struct list_query *q, int64_t offset, int64_t limit, size_t *got)
{
	struct claque_err err = { 0 };
	struct row *out;

	if (list_rows(w->s, q, offset, limit, &w->perm, &out, got, &err) != CLAQUE_OK)
		fail_msg("%s by %s: %s", list_name(q->list), subject_kind_name(q->subject.kind),
			 err.msg);
	return out;
}

static bool
count_row(void *ctx, const struct row *row)
{
	(void)row;
	++*(int64_t *)ctx;
	return true;
}

struct seen {
	int64_t ids[8];
	size_t count, most;
};

static bool
see_id(void *ctx, const struct row *row)
{
	struct seen *seen = ctx;

	assert_true(seen->count < 8);
	seen->ids[seen->count++] = row->id;
	return seen->count < seen->most;
}

static void
check_first_of_walk(struct world *w, const struct list_query *q, const struct row *all, size_t count)
{
	struct claque_err err = { 0 };
	struct seen seen = { .most = 8 };
	struct list_query two = *q;

	two.first = 2;
	assert_ok(list_walk(w->s, &two, see_id, &seen, &err), err);
	assert_int_equal(seen.count, count < 2 ? count : 2);
	for (size_t i = 0; i < seen.count; i++)
		assert_int_equal(seen.ids[i], all[i].id);
}

/* Every page, walk and position of one query agree. */
static void
check_query(struct world *w, const struct list_query *q)
{
	struct claque_err err = { 0 };
	int64_t total = count(w, q), capped, walked = 0, at;
	size_t got, page;
	struct row *all = rows(w, q, 0, 1000, &got), *part;

	assert_int_equal(got, total);
	assert_ok(list_walk(w->s, q, count_row, &walked, &err), err);
	assert_int_equal(walked, total);
	check_first_of_walk(w, q, all, got);
	assert_ok(list_count(w->s, q, 3, &capped, &err), err);
	assert_int_equal(capped, total > 3 ? 4 : total);
	for (size_t i = 0; i < got; i += 3) {
		part = rows(w, q, (int64_t)i, 3, &page);
		for (size_t k = 0; k < page; k++)
			assert_int_equal(part[k].id, all[i + k].id);
		assert_ok(list_position(w->s, q, all[i].id, &at, &err), err);
		assert_int_equal(at, i);
	}
	assert_ok(list_position(w->s, q, 999999, &at, &err), err);
	assert_int_equal(at, -1);
}

static void
every_list_runs_for_every_subject_and_sort(void **state)
{
	struct world *w = *state;
	size_t columns;

	for (unsigned list = 0; list < LIST_COUNT; list++)
		for (unsigned kind = 0; kind < SUBJECT_COUNT; kind++) {
			struct list_query q = query((enum list_id)list, (enum subject_kind)kind, 1);

			if (!list_takes(q.list, q.subject.kind))
				continue;
			(void)list_columns(q.list, &columns);
			for (q.sort = -1; q.sort < (int)columns; q.sort++) {
				q.descending = q.sort % 2 == 0;
				check_query(w, &q);
			}
		}
}

/* Pages read backwards from the end give the rows that pages forwards give. */
static void
pages_from_the_end_are_the_same(void **state)
{
	struct world *w = *state;
	struct list_query q = query(LIST_POSTS, SUBJECT_none, 0);
	struct buf forward, backward;

	buf_init(&forward, 1 << 16);
	buf_init(&backward, 1 << 16);
	list_page_sql(&forward, &q, false);
	list_page_sql(&backward, &q, true);
	buf_addc(&forward, '\0');
	buf_addc(&backward, '\0');
	for (int64_t offset = 0; offset < ROWS; offset += 37) {
		const char *const sql[] = { forward.p, backward.p };
		int64_t ids[2][10], limit = 10 > ROWS - offset ? ROWS - offset : 10;

		for (int end = 0; end < 2; end++) {
			struct claque_err err = { 0 };
			sqlite3_stmt *st;

			assert_ok(stmt_prepare(w->s, sql[end], &st, &err), err);
			list_bind(st, &q);
			bind_i64(st, P_LIMIT, limit);
			bind_i64(st, P_OFFSET, end == 0 ? offset : ROWS - offset - limit);
			for (int64_t i = 0; i < limit; i++) {
				assert_int_equal(stmt_step(w->s, st, &err), CLAQUE_OK);
				ids[end][end == 0 ? i : limit - 1 - i] = column_i64(st, 0, 0);
			}
			(void)sqlite3_finalize(st);
		}
		assert_memory_equal(ids[0], ids[1], (size_t)limit * sizeof(int64_t));
	}
	buf_done(&forward);
	buf_done(&backward);
}

static void
public_columns_keep_their_order(void **state)
{
	static const struct { enum list_id list; const char *names[11]; } expected[] = {
		{ LIST_CLUSTERS, { "id", "score", "coordination", "deception", "overtness",
				   "accounts", "posts", "kind", "first_seen", "last_seen" } },
		{ LIST_LEADS, { "id", "score", "coordination", "deception", "overtness",
				"accounts", "posts", "kind", "first_seen", "last_seen" } },
		{ LIST_ACCOUNTS, { "account_id", "score", "cluster", "lead" } },
		{ LIST_EDGES, { "a", "b", "weight", "pairs", "expected", "p", "q", "first_seen",
				"last_seen", "median_lag_s", "leader" } },
		{ LIST_INDICATORS, { "kind", "value", "platform", "source_file", "row" } },
	};
	size_t n;

	(void)state;
	for (size_t i = 0; i < sizeof(expected) / sizeof(*expected); i++) {
		const struct column *columns = list_columns(expected[i].list, &n);

		for (size_t k = 0; k < 11 && expected[i].names[k] != NULL; k++)
			assert_string_equal(columns[k].name, expected[i].names[k]);
	}
}

static void
every_account_is_listed_best_first(void **state)
{
	struct world *w = *state;
	struct list_query q = query(LIST_ACCOUNTS, SUBJECT_none, 0);
	size_t got;
	struct row *r = rows(w, &q, 0, 10, &got);

	assert_int_equal(got, 5);
	assert_str(r[0].values[0].s, "a0");
	assert_true(r[0].values[1].r == 0.9);
	assert_str(r[0].values[2].s, "C001");
	assert_int_equal(r[0].values[3].i, 1);
	assert_str(r[2].values[2].s, "C002");
	assert_int_equal(r[2].values[3].i, 0);	/* weak: no lead */
	assert_str(r[4].values[0].s, "a4");
	assert_true(r[4].values[1].r == 0);
	assert_int_equal(r[4].values[2].type, VALUE_NULL);
}

static void
leads_are_the_clusters_that_reach_the_score(void **state)
{
	struct world *w = *state;
	struct list_query q = query(LIST_LEADS, SUBJECT_none, 0);
	size_t got;
	struct row *r = rows(w, &q, 0, 10, &got);

	assert_int_equal(got, 1);
	assert_str(r[0].values[0].s, "C001");
	assert_int_equal(r[0].values[5].i, 2);
	assert_int_equal(r[0].values[6].i, 80);		/* 200 posts, 5 accounts, 2 members */
	q.list = LIST_CLUSTERS;
	assert_int_equal(count(w, &q), 2);
}

static void
a_subject_narrows_a_list(void **state)
{
	static const struct {
		enum list_id list;
		enum subject_kind kind;
		int64_t id, rows;
	} cases[] = {
		{ LIST_POSTS, SUBJECT_account, 1, 40 }, { LIST_POSTS, SUBJECT_cluster, 1, 80 },
		{ LIST_POSTS, SUBJECT_source, 1, 29 },	/* 0, 7, ... 196 */
		{ LIST_ACCOUNTS, SUBJECT_cluster, 1, 2 }, { LIST_ACCOUNTS, SUBJECT_source, 1, 5 },
		{ LIST_ACCOUNTS, SUBJECT_post, 3, 1 }, { LIST_SOURCES, SUBJECT_post, 3, 1 },
		{ LIST_SOURCES, SUBJECT_cluster, 1, 7 }, { LIST_SOURCES, SUBJECT_account, 1, 7 },
		{ LIST_CHANGES, SUBJECT_cluster, 1, 3 }, { LIST_CHANGES, SUBJECT_account, 1, 2 },
		{ LIST_CHANGES, SUBJECT_change, 1, 1 }, { LIST_ACCOUNTS, SUBJECT_change, 1, 1 },
		{ LIST_CLUSTERS, SUBJECT_account, 3, 1 }, { LIST_CLUSTERS, SUBJECT_account, 5, 0 },
		{ LIST_CLUSTERS, SUBJECT_source, 1, 2 }, { LIST_EVIDENCE, SUBJECT_cluster, 1, 2 },
		{ LIST_MEMBERS, SUBJECT_cluster, 2, 2 }, { LIST_EDGES, SUBJECT_cluster, 1, 1 },
		{ LIST_EDGES, SUBJECT_account, 4, 1 }, { LIST_NOTES, SUBJECT_cluster, 1, 2 },
		{ LIST_NOTES, SUBJECT_account, 1, 0 }, { LIST_REFUSED, SUBJECT_none, 0, 3 },
		{ LIST_EVIDENCE, SUBJECT_account, 1, 2 }, { LIST_EVIDENCE, SUBJECT_account, 5, 0 },
		{ LIST_CLUSTERS, SUBJECT_evidence, 1, 1 }, { LIST_INPUTS, SUBJECT_post, 1, 1 },
		{ LIST_INPUTS, SUBJECT_account, 1, 1 }, { LIST_INPUTS, SUBJECT_change, 1, 1 },
		{ LIST_INPUTS, SUBJECT_none, 0, 2 }, { LIST_LEDGER, SUBJECT_none, 0, 1 },
	};
	struct world *w = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct list_query q = query(cases[i].list, cases[i].kind, cases[i].id);
		int64_t n = count(w, &q);

		if (n != cases[i].rows)
			fail_msg("case %zu: %lld rows", i, (long long)n);
	}
}

static void
a_subject_that_does_not_fit_is_misuse(void **state)
{
	struct world *w = *state;
	struct list_query q = query(LIST_LEDGER, SUBJECT_account, 1);
	struct claque_err err = { 0 };
	struct row *out;
	size_t got;
	int64_t n;

	assert_int_equal(list_count(w->s, &q, 0, &n, &err), CLAQUE_EUSAGE);
	assert_int_equal(list_rows(w->s, &q, 0, 9, &w->perm, &out, &got, &err), CLAQUE_EUSAGE);
	q = query(LIST_POSTS, SUBJECT_none, 0);
	(void)snprintf(q.lens.text, sizeof(q.lens.text), "(");
	assert_int_equal(list_count(w->s, &q, 0, &n, &err), CLAQUE_EINPUT);
}

static void
a_lens_narrows_by_time_kind_language_and_text(void **state)
{
	struct world *w = *state;
	struct list_query q = query(LIST_POSTS, SUBJECT_none, 0);

	q.lens.from = FEED_START + 100000;	/* rows 10..19 */
	q.lens.to = FEED_START + 200000;
	assert_int_equal(count(w, &q), 10);
	check_query(w, &q);
	q.lens = lens_open();
	q.lens.kinds = 1u << POST_reshare;
	assert_int_equal(count(w, &q), 40);
	q.lens.kinds |= 1u << POST_original;
	assert_int_equal(count(w, &q), 200);
	q.lens = lens_open();
	(void)snprintf(q.lens.lang, sizeof(q.lens.lang), "ru");
	assert_int_equal(count(w, &q), 67);
	q.lens = lens_open();
	(void)snprintf(q.lens.text, sizeof(q.lens.text), "POST 1[0-9]:");
	assert_int_equal(count(w, &q), 10);
	check_query(w, &q);
	q.lens.kinds = 1u << POST_reshare;
	assert_int_equal(count(w, &q), 2);	/* 10 and 15 */
	q = query(LIST_CHANGES, SUBJECT_none, 0);
	q.lens.to = FEED_START + 2 * 3600000;
	assert_int_equal(count(w, &q), 2);
	q = query(LIST_ACCOUNTS, SUBJECT_none, 0);
	q.lens.from = INT64_MAX - 1;
	assert_int_equal(count(w, &q), 5);	/* no such column: no effect */
}

static void
a_histogram_sums_to_the_count(void **state)
{
	struct world *w = *state;
	struct list_query q = query(LIST_POSTS, SUBJECT_cluster, 1);
	struct claque_err err = { 0 };
	int64_t counts[20], sum = 0;

	assert_ok(list_histogram(w->s, &q, FEED_START, 100000, counts, 20, &err), err);
	for (size_t i = 0; i < 20; i++) {
		assert_int_equal(counts[i], 4);	/* 2 of 5 accounts in each 10 rows */
		sum += counts[i];
	}
	assert_int_equal(sum, count(w, &q));
	assert_ok(list_histogram(w->s, &q, FEED_START + 1900000, 50000, counts, 4, &err), err);
	assert_int_equal(counts[0] + counts[1], 4);
	assert_int_equal(counts[2] + counts[3], 0);
	assert_ok(list_histogram(w->s, &q, FEED_START + 1900000, 50000, counts, 4, &err), err);
	q = query(LIST_SOURCES, SUBJECT_none, 0);
	assert_ok(list_histogram(w->s, &q, FEED_START, 1000000, counts, 20, &err), err);
	sum = 0;
	for (size_t i = 0; i < 20; i++)
		sum += counts[i];
	assert_int_equal(sum, count(w, &q));
	assert_ok(list_histogram(w->s, &q, FEED_START - 10, 1, counts, 10, &err), err);
	assert_int_equal(counts[9], 0);
	q = query(LIST_EVIDENCE, SUBJECT_none, 0);
	assert_int_equal(list_histogram(w->s, &q, 0, 1, counts, 2, &err), CLAQUE_EUSAGE);
}

/* By the times of its shares: as by those of its posts, which a lens of all kinds asks for. */
static void
a_source_is_shared_when_its_posts_were(void **state)
{
	struct world *w = *state;
	int64_t by_shares[20], by_posts[20], sum = 0;
	struct claque_err err = { 0 };

	for (int64_t source = 1; source <= 5; source++) {
		struct list_query q = query(LIST_POSTS, SUBJECT_source, source);

		assert_ok(list_histogram(w->s, &q, FEED_START, 100000, by_shares, 20, &err), err);
		q.lens.kinds = ~0U;
		assert_ok(list_histogram(w->s, &q, FEED_START, 100000, by_posts, 20, &err), err);
		assert_memory_equal(by_shares, by_posts, sizeof(by_posts));
		for (size_t i = 0; i < 20; i++)
			sum += by_posts[i];
	}
	assert_true(sum > 0);
}

static bool
see_row(void *ctx, const struct row *row)
{
	assert_int_equal(row->values[list_column(LIST_POSTS, STR("account_id"))].type, VALUE_TEXT);
	return see_id(ctx, row);
}

static void
rows_by_their_ids_come_in_that_order(void **state)
{
	static const int64_t ids[] = { 13, 999, 2, 13, 7 };
	struct world *w = *state;
	struct claque_err err = { 0 };
	struct seen seen = { .most = 8 }, two = { .most = 2 };

	assert_ok(list_walk_ids(w->s, LIST_POSTS, ids, 5, see_row, &seen, &err), err);
	assert_int_equal(seen.count, 4);
	assert_int_equal(seen.ids[0], 13);
	assert_int_equal(seen.ids[1], 2);
	assert_int_equal(seen.ids[2], 13);
	assert_int_equal(seen.ids[3], 7);
	assert_int_equal(list_walk_ids(w->s, LIST_POSTS, ids, 5, see_row, &two, &err), CLAQUE_STOPPED);
	assert_int_equal(two.count, 2);
}

static bool
sum_id(void *ctx, const struct row *row)
{
	int64_t *sum = ctx;

	sum[0] += row->id;
	sum[1]++;
	return true;
}

static void
a_walk_in_no_order_gives_the_same_rows(void **state)
{
	struct world *w = *state;
	struct list_query q = query(LIST_POSTS, SUBJECT_cluster, 1);
	struct claque_err err = { 0 };
	int64_t ordered[2] = { 0 }, any[2] = { 0 };

	assert_ok(list_walk(w->s, &q, sum_id, ordered, &err), err);
	q.unordered = true;
	assert_ok(list_walk(w->s, &q, sum_id, any, &err), err);
	assert_int_equal(any[0], ordered[0]);
	assert_int_equal(any[1], ordered[1]);
	assert_true(any[1] > 0);
}

static void
a_change_knows_who_changed_with_it(void **state)
{
	struct world *w = *state;
	struct list_query q = query(LIST_CHANGES, SUBJECT_none, 0);
	size_t got;
	struct row *r = rows(w, &q, 0, 10, &got);

	assert_int_equal(got, 4);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(r[i].values[5].i, 1);
}

static void
subjects_are_found_by_what_is_typed(void **state)
{
	static const struct {
		enum subject_kind kind;
		const char *typed;
		int64_t id;
		const char *name;
	} cases[] = {
		{ SUBJECT_cluster, "C002", 2, "C002" }, { SUBJECT_cluster, "c001", 1, "C001" },
		{ SUBJECT_cluster, "2", 2, "C002" }, { SUBJECT_account, "a3", 4, "@a3" },
		{ SUBJECT_account, "@a3", 4, "@a3" }, { SUBJECT_account, "5", 5, "@a4" },
		{ SUBJECT_source, "news.example/3", 4, "news.example/3" },
		{ SUBJECT_post, "p12", 13, "post p12" },
		{ SUBJECT_change, "H2", 2, "handle of @a1" },
	};
	struct world *w = *state;
	struct claque_err err = { 0 };
	struct subject found;
	struct claque_str name;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_ok(list_find_subject(w->s, cases[i].kind, str_of(cases[i].typed), &found,
					    &err), err);
		assert_int_equal(found.kind, cases[i].kind);
		assert_int_equal(found.id, cases[i].id);
		assert_ok(list_subject_name(w->s, found, &w->perm, &name, &err), err);
		assert_str(name, cases[i].name);
	}
	assert_int_equal(list_find_subject(w->s, SUBJECT_account, STR("a"), &found, &err),
			 CLAQUE_ENOTFOUND);
	assert_non_null(strstr(err.msg, "near it is 'a0'"));
	assert_int_equal(found.kind, SUBJECT_none);
}

static void
one_row_is_there_or_not_found(void **state)
{
	struct world *w = *state;
	struct claque_err err = { 0 };
	struct row row;

	assert_ok(list_row(w->s, LIST_POSTS, 13, &w->perm, &row, &err), err);
	assert_int_equal(row.id, 13);
	assert_str(row.values[7].s, "p12");
	assert_int_equal(row.values[5].i, 4);		/* also by 4 of the 5 accounts */
	assert_int_equal(list_row(w->s, LIST_POSTS, 999, &w->perm, &row, &err), CLAQUE_ENOTFOUND);
}

/* Deep pages are read from the end; post n of the feed has row id n + 1. */
static void
deep_pages_hold_the_right_rows(void **state)
{
	enum { MANY = 10000 };
	static const int64_t offsets[] = { 0, 4095, 4096, 5000, 5001, 7777, 9995, 9999 };
	char *path = feed_path();
	struct world w = { .path = path, .s = feed_open(path, STORE_CREATE) };
	struct list_query q = query(LIST_POSTS, SUBJECT_none, 0);
	size_t got;

	(void)state;
	w.whole = w.perm = arena_new(256 << 20);
	(void)feed_import(w.s, &shape, MANY);
	for (size_t i = 0; i < sizeof(offsets) / sizeof(*offsets); i++) {
		struct row *r = rows(&w, &q, offsets[i], 10, &got);

		assert_int_equal(got, offsets[i] + 10 > MANY ? MANY - offsets[i] : 10);
		for (size_t k = 0; k < got; k++)
			assert_int_equal(r[k].id, offsets[i] + (int64_t)k + 1);
	}
	(void)rows(&w, &q, MANY, 10, &got);
	assert_int_equal(got, 0);
	(void)rows(&w, &q, MANY + 500, 10, &got);
	assert_int_equal(got, 0);
	store_close(w.s);
	feed_drop(path);
	arena_free(w.whole);
}

/* A walk over every row of a big table, by itself or through the index of its times. */
static bool
is_long_walk(const struct list_query *q, struct claque_str detail)
{
	static const char *const big[] = { "SCAN p", "SCAN s", "SCAN h", "SCAN g", "SCAN post",
		"SCAN share", "SCAN profile_change", "SCAN t", "SCAN skeleton" };

	if (q->list == LIST_POSTS && str_find(detail, STR("by_post_at"), 0) < detail.len)
		return true;
	for (size_t i = 0; i < sizeof(big) / sizeof(*big); i++) {
		size_t len = strlen(big[i]);

		if (str_starts(detail, str_of(big[i])) &&
		    (detail.len == len || detail.p[len] == ' ') &&
		    /* the few of a cluster */
		    !(list_subject(q->list) == SUBJECT_source && detail.p[5] == 'g'))
			return true;
	}
	return false;
}

static void
check_plan(struct world *w, const struct list_query *q)
{
	struct claque_err err = { 0 };
	sqlite3_stmt *st;
	struct buf sql;

	buf_init(&sql, 1 << 16);
	buf_addz(&sql, "EXPLAIN QUERY PLAN ");
	list_page_sql(&sql, q, false);
	buf_addc(&sql, '\0');
	assert_ok(stmt_prepare(w->s, sql.p, &st, &err), err);
	while (stmt_step(w->s, st, &err) == CLAQUE_OK)
		if (is_long_walk(q, column_str(st, 3)))
			fail_msg("%s by %s: %s", list_name(q->list),
				 subject_kind_name(q->subject.kind), column_str(st, 3).p);
	(void)sqlite3_finalize(st);
	buf_done(&sql);
}

/* It would stall the screen. */
static void
no_list_of_a_subject_scans_a_big_table(void **state)
{
	for (unsigned list = 0; list < LIST_COUNT; list++)
		for (unsigned kind = 1; kind < SUBJECT_COUNT; kind++) {
			struct list_query q = query((enum list_id)list, (enum subject_kind)kind, 1);

			/* For a trick every text is looked at: it is counted within a deadline. */
			if (!list_takes(q.list, q.subject.kind) || kind == SUBJECT_trick)
				continue;
			check_plan(*state, &q);
			q.lens.from = FEED_START;
			q.lens.to = FEED_START + 1;
			check_plan(*state, &q);
		}
}

/* How many steps of the page's plan have these words. */
static int
steps_on(struct world *w, const struct list_query *q, const char *words)
{
	struct claque_str step = str_of(words);
	struct claque_err err = { 0 };
	sqlite3_stmt *st;
	struct buf sql;
	int n = 0;

	buf_init(&sql, 1 << 16);
	buf_addz(&sql, "EXPLAIN QUERY PLAN ");
	list_page_sql(&sql, q, false);
	buf_addc(&sql, '\0');
	assert_ok(stmt_prepare(w->s, sql.p, &st, &err), err);
	while (stmt_step(w->s, st, &err) == CLAQUE_OK)
		n += str_find(column_str(st, 3), step, 0) < column_str(st, 3).len;
	(void)sqlite3_finalize(st);
	buf_done(&sql);
	return n;
}

static int
column_of(enum list_id list, const char *name)
{
	size_t columns;
	const struct column *c = list_columns(list, &columns);

	return (int)column_find(c, columns, str_of(name));
}

/* All accounts are joined with their cluster only where that is what they are sorted by. */
static void
an_order_joins_what_it_needs_and_no_more(void **state)
{
	struct list_query q = query(LIST_ACCOUNTS, SUBJECT_none, 0);

	q.sort = column_of(LIST_ACCOUNTS, "followers");
	assert_false(list_order_joins(&q));
	assert_int_equal(steps_on(*state, &q, "SEARCH m "), 1);	/* for the page's rows */
	q.then[0] = (struct list_key){ column_of(LIST_ACCOUNTS, "cluster"), false };
	q.then_count = 1;
	assert_true(list_order_joins(&q));
	assert_int_equal(steps_on(*state, &q, "SEARCH m "), 2);
	q = query(LIST_POSTS, SUBJECT_none, 0);
	q.sort = column_of(LIST_POSTS, "likes");
	assert_false(list_order_joins(&q));
	q.sort = column_of(LIST_POSTS, "account");
	assert_true(list_order_joins(&q));
}

static bool
keep_text(void *ctx, const struct row *row)
{
	const struct value **out = ctx;

	assert_int_equal(row->values[column_of(LIST_POSTS, "text")].type, VALUE_TEXT);
	assert_int_equal(row->values[column_of(LIST_POSTS, "likes")].type, VALUE_NULL);
	*out = row->values;
	return false;
}

static void
columns_not_asked_for_are_null(void **state)
{
	struct world *w = *state;
	struct list_query q = query(LIST_POSTS, SUBJECT_none, 0);
	const struct value *seen = NULL;
	struct claque_err err = { 0 };

	q.without = ~(UINT64_C(1) << column_of(LIST_POSTS, "text"));
	assert_int_equal(list_walk(w->s, &q, keep_text, &seen, &err), CLAQUE_STOPPED);
	assert_non_null(seen);
}

/* A first answer holds the best of the rows looked at, all of them under lens and subject. */
static void
a_first_answer_is_the_best_of_some_rows(void **state)
{
	struct world *w = *state;
	struct list_query q = query(LIST_POSTS, SUBJECT_none, 0);
	size_t likes = (size_t)column_of(LIST_POSTS, "likes"), got;
	struct claque_err err = { 0 };
	struct row *rows, *all;

	q.sort = (int)likes;
	q.descending = true;
	assert_ok(list_rows(w->s, &q, 0, ROWS, &w->perm, &all, &got, &err), err);
	assert_int_equal(got, ROWS);
	q.among = 10;
	assert_ok(list_rows(w->s, &q, 0, ROWS, &w->perm, &rows, &got, &err), err);
	assert_int_equal(got, 10);
	for (size_t i = 1; i < got; i++)
		assert_true(rows[i].values[likes].i <= rows[i - 1].values[likes].i);
	q.among = ROWS;
	assert_ok(list_rows(w->s, &q, 0, ROWS, &w->perm, &rows, &got, &err), err);
	assert_int_equal(got, ROWS);
	for (size_t i = 0; i < got; i++)
		assert_int_equal(rows[i].id, all[i].id);
	q.lens.from = FEED_START - 2;
	q.lens.to = FEED_START - 1;
	assert_ok(list_rows(w->s, &q, 0, ROWS, &w->perm, &rows, &got, &err), err);
	assert_int_equal(got, 0);
}

/* Rows in two keys' order are where they are said to be, and ordered by both. */
static void
several_keys_order_a_list(void **state)
{
	struct world *w = *state;
	struct list_query q = query(LIST_POSTS, SUBJECT_none, 0);
	size_t columns;
	const struct column *c = list_columns(LIST_POSTS, &columns);
	size_t kind = column_find(c, columns, STR("kind"));
	size_t likes = column_find(c, columns, STR("likes"));
	struct claque_err err = { 0 };
	struct row *rows;
	size_t got;
	int64_t at;

	q.sort = (int)kind;
	q.then[0] = (struct list_key){ (int)likes, true };
	q.then_count = 1;
	assert_ok(list_rows(w->s, &q, 0, ROWS, &w->perm, &rows, &got, &err), err);
	assert_int_equal(got, ROWS);
	for (size_t i = 0; i < got; i++) {
		assert_ok(list_position(w->s, &q, rows[i].id, &at, &err), err);
		assert_int_equal(at, i);
		if (i > 0 && str_eq(rows[i].values[kind].s, rows[i - 1].values[kind].s))
			assert_true(rows[i].values[likes].i <= rows[i - 1].values[likes].i);
	}
	q.then[0].column = (int)columns;
	assert_int_equal(list_rows(w->s, &q, 0, 1, &w->perm, &rows, &got, &err), CLAQUE_EUSAGE);
}

static void
assert_value(struct world *w, struct list_query q, const struct facet_counts *f, size_t at,
	     const char *name)
{
	assert_true(lens_toggle(&q.lens, str_of(name), f->values[at].value));
	assert_int_equal(count(w, &q), f->values[at].count);
}

/* Of every facet of every list: each value's count is the rows that choosing it leaves. */
static void
a_facet_counts_what_choosing_it_shows(void **state)
{
	struct world *w = *state;
	size_t looked_at = 0;

	for (unsigned l = 0; l < LIST_COUNT; l++) {
		struct list_query q = query((enum list_id)l, SUBJECT_none, 0);

		for (size_t i = 0; i < list_facets(q.list); i++, looked_at++) {
			struct arena perm = w->perm;
			struct claque_err err = { 0 };
			struct facet_counts f;

			assert_ok(list_facet_counts(w->s, &q, i, 100, &perm, &f, &err), err);
			assert_true(f.all);
			assert_true(list_facet_known(str_of(list_facet_name(q.list, i))));
			for (size_t k = 0; k < f.got; k++)
				if (f.values[k].value.len > 0 ||
				    strchr(list_facet_name(q.list, i), '.') != NULL)
					assert_value(w, q, &f, k, list_facet_name(q.list, i));
		}
	}
	assert_true(looked_at > 30);
	assert_false(list_facet_known(STR("account.rumour")));
}

/* Values of one facet are an OR, facets an AND; its own condition does not hide its values. */
static void
facets_of_a_lens_narrow_together(void **state)
{
	struct world *w = *state;
	struct list_query q = query(LIST_POSTS, SUBJECT_none, 0);
	struct claque_err err = { 0 };
	struct facet_counts before, after;
	size_t at = 0;

	while (strcmp(list_facet_name(LIST_POSTS, at), "account.cluster") != 0)
		at++;
	assert_ok(list_facet_counts(w->s, &q, at, 100, &w->perm, &before, &err), err);
	assert_true(before.got >= 2);
	for (size_t i = 0; i < 2; i++)
		assert_true(lens_toggle(&q.lens, STR("account.cluster"), before.values[i].value));
	assert_int_equal(count(w, &q), before.values[0].count + before.values[1].count);
	assert_ok(list_facet_counts(w->s, &q, at, 100, &w->perm, &after, &err), err);
	assert_int_equal(after.got, before.got);
	assert_true(lens_toggle(&q.lens, STR("account.platform"), STR("no such platform")));
	assert_int_equal(count(w, &q), 0);
}

/* `rows` sources, of which the last `urls` are links and the rest posts. */
static void
add_sources(struct store *s, int64_t rows, int64_t urls)
{
	struct claque_err err = { 0 };
	char sql[256];

	(void)snprintf(sql, sizeof(sql), "INSERT INTO source(kind, key, input_file, row) WITH RECURSIVE n(i) AS"
		       " (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %lld)"
		       " SELECT i > %lld, format('s%%d', i), 1, i FROM n", (long long)rows,
		       (long long)(rows - urls));
	assert_ok(store_exec(s, sql, &err), err);
}

static void
assert_kinds(struct store *s, struct arena perm, int64_t among, struct facet_counts *out)
{
	struct list_query q = query(LIST_SOURCES, SUBJECT_none, 0);
	struct claque_err err = { 0 };

	q.among = among;
	assert_string_equal(list_facet_name(LIST_SOURCES, 0), "source.kind");
	assert_ok(list_facet_counts(s, &q, 0, 10, &perm, out, &err), err);
	assert_int_equal(out->got, 2);
	assert_str(out->values[0].value, "post");
	assert_str(out->values[1].value, "url");
}

/* What stands last in the file counts as what stands first. */
static void
a_facet_counts_all_rows_or_those_of_a_sample_of_the_whole_list(void **state)
{
	struct world *w = *state;
	struct feed_bench b = feed_bench_open();
	struct facet_counts f;

	add_changes(b.s);	/* a file to be of */
	add_sources(b.s, 30000, 5000);
	assert_kinds(b.s, w->perm, 0, &f);
	assert_true(f.all);
	assert_int_equal(f.rows, 30000);
	assert_int_equal(f.values[0].count, 25000);
	assert_int_equal(f.values[1].count, 5000);
	assert_kinds(b.s, w->perm, 1, &f);
	assert_false(f.all);
	assert_int_equal(f.rows, FACET_SAMPLE);
	/* 400 runs of 50 ids, 300 apart: those from 25,201 to 29,701 and from 110,101 on. */
	add_sources(b.s, 90000, 10000);
	assert_kinds(b.s, w->perm, 0, &f);
	assert_false(f.all);
	assert_int_equal(f.values[0].count, FACET_SAMPLE - 2450);
	assert_int_equal(f.values[1].count, (16 + 33) * 50);
	feed_bench_drop(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_list_runs_for_every_subject_and_sort),
		cmocka_unit_test(pages_from_the_end_are_the_same),
		cmocka_unit_test(a_facet_counts_what_choosing_it_shows),
		cmocka_unit_test(facets_of_a_lens_narrow_together),
		cmocka_unit_test(a_facet_counts_all_rows_or_those_of_a_sample_of_the_whole_list),
		cmocka_unit_test(several_keys_order_a_list),
		cmocka_unit_test(public_columns_keep_their_order),
		cmocka_unit_test(every_account_is_listed_best_first),
		cmocka_unit_test(leads_are_the_clusters_that_reach_the_score),
		cmocka_unit_test(a_subject_narrows_a_list),
		cmocka_unit_test(a_subject_that_does_not_fit_is_misuse),
		cmocka_unit_test(a_lens_narrows_by_time_kind_language_and_text),
		cmocka_unit_test(a_histogram_sums_to_the_count),
		cmocka_unit_test(a_source_is_shared_when_its_posts_were),
		cmocka_unit_test(rows_by_their_ids_come_in_that_order),
		cmocka_unit_test(a_walk_in_no_order_gives_the_same_rows),
		cmocka_unit_test(a_change_knows_who_changed_with_it),
		cmocka_unit_test(subjects_are_found_by_what_is_typed),
		cmocka_unit_test(one_row_is_there_or_not_found),
		cmocka_unit_test(deep_pages_hold_the_right_rows),
		cmocka_unit_test(no_list_of_a_subject_scans_a_big_table),
		cmocka_unit_test(an_order_joins_what_it_needs_and_no_more),
		cmocka_unit_test(a_first_answer_is_the_best_of_some_rows),
		cmocka_unit_test(columns_not_asked_for_are_null),
	};

	return cmocka_run_group_tests_name("list", tests, make_world, drop_world);
}
