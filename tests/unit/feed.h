/*
 * feed.h - a small world for the tests of store: accounts that post links,
 * straight into a writer's sink, without a file.
 */
#ifndef TESTS_UNIT_FEED_H
#define TESTS_UNIT_FEED_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "test.h"

#include "store/annotation.h"
#include "store/list.h"
#include "store/result.h"
#include "store/writer.h"

#define FEED_START INT64_C(1475280000000)	/* 2016-10-01 */

/* A path in a new folder; feed_drop() removes both. */
static inline char *
feed_path(void)
{
	char folder[] = "/tmp/claque-test-XXXXXX", *path = malloc(sizeof(folder) + 16);

	assert_non_null(path);
	assert_non_null(mkdtemp(folder));
	(void)snprintf(path, sizeof(folder) + 16, "%s/t.claque", folder);
	return path;
}

static inline void
feed_drop(char *path)
{
	static const char *const tails[] = { "", "-wal", "-shm" };
	char name[128];

	for (size_t i = 0; i < 3; i++) {
		(void)snprintf(name, sizeof(name), "%s%s", path, tails[i]);
		(void)unlink(name);
	}
	*strrchr(path, '/') = '\0';
	(void)rmdir(path);
	free(path);
}

static inline struct store *
feed_open(const char *path, enum store_mode mode)
{
	struct store *s = NULL;
	struct claque_err err = { 0 };

	assert_ok(store_open(&s, path, mode, &err), err);
	return s;
}

/* Row n: account n mod accounts posts link n mod links, ten seconds apart. */
struct feed_shape {
	unsigned accounts, links;
};

static inline enum claque_rc
feed_row(const struct record_sink *sink, const struct feed_shape *shape, uint64_t n,
	 struct claque_err *err)
{
	char account[32], id[32], key[64], text[96];
	struct share_record share = { .kind = CLAQUE_OBJECT_url, .act = CLAQUE_ACT_link };
	struct record r = { .type = RECORD_POST };
	bool duplicate;
	enum claque_rc rc;

	(void)snprintf(account, sizeof(account), "a%ju", (uintmax_t)(n % shape->accounts));
	(void)snprintf(id, sizeof(id), "p%ju", (uintmax_t)n);
	(void)snprintf(key, sizeof(key), "news.example/%ju", (uintmax_t)(n % shape->links));
	(void)snprintf(text, sizeof(text), "post %ju: they will never tell you this", (uintmax_t)n);
	share.key = str_of(key);
	r.post = (struct post_record){ .platform = STR("x"), .id = str_of(id),
		.account_id = str_of(account), .handle = str_of(account), .text = str_of(text),
		.lang = n % 3 == 0 ? STR("ru") : STR("en"), .urls = str_of(key),
		.at = FEED_START + (int64_t)n * 10000, .precision = TIME_SECOND,
		.kind = n % 5 == 0 ? POST_reshare : POST_original, .likes = (int64_t)(n % 7),
		.shares_count = COUNT_UNKNOWN, .replies = COUNT_UNKNOWN,
		.shares = &share, .share_count = 1 };
	rc = sink->put(sink->ctx, n + 2, &r, &duplicate, err);
	return rc == CLAQUE_OK ? sink->row_done(sink->ctx, n + 2, err) : rc;
}

static inline struct input_info
feed_input(uint64_t rows)
{
	return (struct input_info){ .path = "feed.csv", .sha256 = "feed", .format = "native-posts",
		.bytes = rows * 100 };
}

/* Rows skip..rows of the feed; leaves the writer as a whole import does. */
static inline struct input_totals
feed_import(struct store *s, const struct feed_shape *shape, uint64_t rows)
{
	struct claque_progress silent = { NULL, NULL };
	struct input_info input = feed_input(rows);
	struct claque_err err = { 0 };
	struct input_totals totals;
	struct record_sink sink;
	struct writer *w;
	uint64_t skip;
	bool done;

	assert_ok(writer_new(&w, s, &silent, &err), err);
	assert_ok(writer_begin_input(w, &input, &skip, &done, &err), err);
	sink = writer_sink(w);
	for (uint64_t n = skip; !done && n < rows; n++)
		assert_ok(feed_row(&sink, shape, n, &err), err);
	assert_ok(writer_end_input(w, &totals, &err), err);
	assert_ok(writer_finish(w, &silent, &err), err);
	writer_free(w);
	return totals;
}

/* A case that is imported into several times; each input has a name of its own. */
struct feed_bench {
	char *path;
	struct store *s;
	int imports;
};

static inline struct feed_bench
feed_bench_open(void)
{
	struct feed_bench b = { .path = feed_path() };

	b.s = feed_open(b.path, STORE_CREATE);
	return b;
}

static inline void
feed_bench_drop(struct feed_bench *b)
{
	store_close(b->s);
	feed_drop(b->path);
}

/* finish: false leaves the case as a kill after the last batch would. */
static inline void
feed_records(struct feed_bench *b, const struct record *records, size_t count, bool finish)
{
	char digest[16];
	struct claque_progress silent = { NULL, NULL };
	struct input_info input = { "in.csv", digest, "native", 1 << 20 };
	struct input_totals totals;
	struct writer *w;
	struct claque_err err = { 0 };
	struct record_sink sink;
	uint64_t skip;
	bool done, duplicate;

	(void)snprintf(digest, sizeof(digest), "file%d", b->imports++);
	assert_ok(writer_new(&w, b->s, &silent, &err), err);
	assert_ok(writer_begin_input(w, &input, &skip, &done, &err), err);
	sink = writer_sink(w);
	for (size_t i = 0; i < count; i++) {
		assert_ok(sink.put(sink.ctx, i + 2, &records[i], &duplicate, &err), err);
		assert_ok(sink.row_done(sink.ctx, i + 2, &err), err);
	}
	assert_ok(writer_end_input(w, &totals, &err), err);
	if (finish)
		assert_ok(writer_finish(w, &silent, &err), err);
	writer_free(w);
}

/* The first value of a query as an integer. */
static inline void
feed_ignore_head(void *ctx, const struct column *columns, size_t count)
{
	(void)ctx, (void)columns, (void)count;
}

static inline bool
feed_take_first(void *ctx, const struct row *row)
{
	*(int64_t *)ctx = row->values[0].i;
	return true;
}

static inline int64_t
feed_number(struct store *s, const char *sql)
{
	struct claque_err err = { 0 };
	int64_t n = INT64_MIN;

	assert_ok(store_sql(s, str_of(sql), feed_ignore_head, feed_take_first, &n, &err), err);
	return n;
}

/* A run by hand: accounts 1, 2 are C001 (a lead), 3, 4 are C002 (weak). */
static inline int64_t
feed_run(struct store *s)
{
	static const int64_t account_ids[] = { 1, 2, 3, 4, 5 };
	double scores[] = { 0.9, 0.8, 0.3, 0.2, 0 };
	uint8_t signals[] = { CLAQUE_SIGNAL_CO_URL, CLAQUE_SIGNAL_CO_RESHARE };
	int64_t windows[] = { 60, CLAQUE_WINDOW_WHOLE }, run;
	struct claque_edge edges[] = {
		{ .a = 0, .b = 1, .weight = 6, .pairs = 8, .expected = 0.5, .p = 1e-9, .q = 2e-9,
		  .log10_p = -9, .first_seen = FEED_START, .last_seen = FEED_START + 60000,
		  .median_lag_s = 12, .leader = 1, .timing_expected = 1.5, .timing_p = 0.25 },
		{ .a = 2, .b = 3, .weight = 2, .pairs = 2, .expected = 0.25, .p = 0.01, .q = 0.02,
		  .log10_p = -2, .first_seen = FEED_START, .last_seen = FEED_START + 9000,
		  .median_lag_s = 9, .leader = CLAQUE_NO_LEADER },
	};
	struct claque_member first[] = {
		{ .account = 0, .score = 0.9, .role = CLAQUE_CORE, .degree = 1 },
		{ .account = 1, .score = 0.8, .role = CLAQUE_AMPLIFIER, .degree = 1 },
	};
	struct claque_member second[] = {
		{ .account = 2, .score = 0.3, .role = CLAQUE_CORE, .degree = 1 },
		{ .account = 3, .score = 0.2, .role = CLAQUE_CORE, .degree = 1 },
	};
	struct claque_evidence evidence[] = {
		{ .axis = CLAQUE_COORDINATION, .signal = "co-url", .unit = "edges", .observed = 6,
		  .expected = 0.5, .p = 1e-9, .n = 10, .log_odds = 4.5, .rows = { 1, 2 },
		  .row_count = 2, .text = "6 links shared within 60 s, 0.5 expected" },
		{ .axis = CLAQUE_OVERTNESS, .signal = "verified", .unit = "accounts",
		  .observed = 1, .expected = 2, .p = 0.5, .n = 2, .log_odds = -0.5,
		  .text = "one of 2 is verified" },
	};
	struct claque_group groups[] = {
		{ .score = 0.95, .axes = { 0.9, 0.8, 0.1 }, .lead = true, .kind = "lead",
		  .first_seen = FEED_START, .last_seen = FEED_START + 60000, .shares = 40,
		  .members = first, .member_count = 2, .evidence = evidence,
		  .evidence_count = 2 },
		{ .score = 0.3, .axes = { 0.3, 0.1, 0.2 }, .kind = "weak",
		  .first_seen = FEED_START, .last_seen = FEED_START + 9000, .shares = 20,
		  .members = second, .member_count = 2, .evidence = evidence + 1,
		  .evidence_count = 1 },
	};
	struct claque_result result = { .groups = groups, .group_count = 2,
		.account_scores = scores, .edges = edges, .edge_signals = signals,
		.edge_windows = windows, .edge_count = 2, .hot_objects = 1, .hot_shares = 300 };
	struct claque_score_settings settings = { .prior = 0.01, .fdr = 0.01, .object_cap = 250,
		.min_accounts = 3, .lead_score = 0.5, .seed = 7, .threads = 2 };
	struct result_input in = { .result = &result, .settings = &settings,
		.account_ids = account_ids, .account_count = 5, .started = FEED_START,
		.ended = FEED_START + 1000 };
	struct claque_err err = { 0 };

	assert_ok(result_save(s, &in, &run, &err), err);
	return run;
}

/* How many rows a list has for a subject. */
static inline int64_t
feed_rows(struct feed_bench *b, enum list_id list, enum subject_kind kind, int64_t id)
{
	struct list_query q = { .list = list, .subject = { kind, id }, .lens = lens_open(),
				.sort = -1 };
	struct claque_err err = { 0 };
	int64_t count = -1;

	assert_ok(list_count(b->s, &q, 0, &count, &err), err);
	return count;
}

#endif
