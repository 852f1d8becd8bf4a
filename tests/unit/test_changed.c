/*
 * test_changed.c - files that somebody writes to, moves or takes away while they are read. What
 * the case then says of them must be true: read to the end is only what has the digest.
 */
#include "config.h"

#include "test.h"

#include "small_case.h"

#include <stdio.h>
#include <unistd.h>

#include "app/bundle_job.h"
#include "app/export_job.h"
#include "app/import_job.h"
#include "case/case.h"
#include "store/stmt.h"

#define CASE "changed.claque"

/* Of most bytes of the file: where it is cut is within a text. */
enum { POSTS = 2000, TEXT = 500 };

static struct claque_err err;
static const struct claque_progress quiet;

static void
write_posts(const char *name)
{
	FILE *f = fopen(name, "wb");

	assert_non_null(f);
	(void)fputs("post_id,account_id,platform,created_at,text\n", f);
	for (unsigned i = 0; i < POSTS; i++)
		(void)fprintf(f, "p%u,a%u,x,2024-01-01T00:00:00Z,%0*u\n", i, i % 7, TEXT, i);
	assert_int_equal(fclose(f), 0);
}

/* --- what somebody does, once, when the file is being read */

static void
cut_it(const char *path)
{
	assert_int_equal(truncate(path, 2 * TEXT), 0);
}

static void
add_to_it(const char *path)
{
	FILE *f = fopen(path, "ab");

	assert_non_null(f);
	(void)fprintf(f, "late,a1,x,2024-01-01T00:00:00Z,%0*u\n", TEXT, 0);
	assert_int_equal(fclose(f), 0);
}

static void
replace_it(const char *path)
{
	write_posts("new.csv");
	add_to_it("new.csv");
	assert_int_equal(rename("new.csv", path), 0);
}

struct deed {
	const char *path;
	void (*act)(const char *path);	/* NULL: it was done */
};

static bool
on_tick(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
	struct deed *d = ctx;

	(void)done, (void)total;
	if (strcmp(stage, "reading") == 0 && d->act != NULL) {
		d->act(d->path);
		d->act = NULL;
	}
	return true;
}

static enum claque_rc reported;

static void
keep_outcome(void *ctx, const struct import_report *report)
{
	(void)ctx;
	reported = report->rc;
}

static enum claque_rc
import(const char *path, void (*act)(const char *path), bool dry)
{
	struct import_request request = { .case_path = CASE, .paths = &path, .path_count = 1,
					  .who = STR("me"), .report = keep_outcome,
					  .dry_run = dry };
	struct deed deed = { path, act };
	const struct claque_progress progress = { &deed, on_tick };
	enum claque_rc rc = import_job(&request, &progress, &err);

	assert_null(deed.act);
	return rc;
}

static int64_t
number(const char *sql)
{
	return small_case_number(CASE, sql);
}

static struct verify_report
verify(void)
{
	return small_case_verify(CASE);
}

static void
what_is_written_to_meanwhile_is_not_done(void **state)
{
	static void (*const acts[])(const char *path) = { cut_it, add_to_it, replace_it };

	(void)state;
	for (size_t i = 0; i < sizeof(acts) / sizeof(*acts); i++) {
		int64_t rows;

		write_posts("posts.csv");
		assert_int_equal(import("posts.csv", acts[i], true), CLAQUE_EIO);
		write_posts("posts.csv");
		assert_int_equal(import("posts.csv", acts[i], false), CLAQUE_EIO);
		assert_true(strstr(err.msg, "posts.csv was changed while it was read") != NULL);
		assert_int_equal(number("SELECT count(*) FROM input_file WHERE done"), 0);
		assert_int_equal(number("SELECT min(length(text)) FROM post"), TEXT);
		/* What the file is by now goes in, whole, and what was begun is no fault. */
		assert_ok(import("posts.csv", NULL, false), err);
		rows = number("SELECT rows FROM input_file WHERE done");
		assert_true(number("SELECT count(*) FROM post") >= rows);
		assert_string_equal(verify().fault, "");
		assert_int_equal(verify().inputs_same, 1);
		assert_int_equal(verify().inputs_missing, 1);
		(void)remove(CASE);
	}
}

/* Once it was read to its end, another content is a fault. */
static void
what_is_done_and_altered_is_a_fault(void **state)
{
	(void)state;
	write_posts("posts.csv");
	assert_ok(import("posts.csv", NULL, false), err);
	assert_string_equal(verify().fault, "");
	cut_it("posts.csv");
	assert_true(strstr(verify().fault, "posts.csv' is not what was imported") != NULL);
	(void)remove(CASE);
}

static void
take_it_away(const char *path)
{
	assert_int_equal(remove(path), 0);
}

static void
what_is_taken_away_while_it_is_open_was_read(void **state)
{
	(void)state;
	write_posts("posts.csv");
	assert_ok(import("posts.csv", take_it_away, false), err);
	assert_int_equal(number("SELECT count(*) FROM post"), POSTS);
	(void)remove(CASE);
}

/* Nothing of it, for half a bundle is no case. */
static void
a_bundle_that_is_written_to_meanwhile_is_not_taken(void **state)
{
	static void (*const acts[])(const char *path) = { cut_it, add_to_it };
	struct export_request q = { .format = STR("bundle"), .path = "b.ndjson", .who = STR("me") };
	struct store *s;

	(void)state;
	for (size_t i = 0; i < sizeof(acts) / sizeof(*acts); i++) {
		small_case_copy("whole.claque");
		assert_ok(store_open(&s, "whole.claque", STORE_WRITE, &err), err);
		assert_ok(export_job(s, &q, &quiet, &err), err);
		store_close(s);
		assert_int_equal(import("b.ndjson", acts[i], false), CLAQUE_EIO);
		assert_true(strstr(err.msg, "b.ndjson was changed while it was read") != NULL);
		assert_int_equal(number("SELECT count(*) FROM post"), 0);
		(void)remove("b.ndjson");
		(void)remove(CASE);
	}
}

/* --- a case that somebody writes to while it is verified */

struct meanwhile {
	struct store *verified;
	int64_t before, during;
};

static bool
write_meanwhile(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
	struct meanwhile *m = ctx;
	struct store *other;

	(void)stage, (void)done, (void)total;
	if (m->during >= 0)
		return true;
	assert_ok(store_open(&other, CASE, STORE_WRITE, &err), err);
	assert_ok(store_exec(other, "INSERT INTO state VALUES('probe', 1)", &err), err);
	store_close(other);
	assert_ok(store_number(m->verified, "SELECT count(*) FROM state", -1, &m->during, &err), err);
	/* From the first step to the last: the list of inputs alone would hold it here, too. */
	assert_false(sqlite3_get_autocommit(m->verified->db));
	return true;
}

/* Else a note of that moment would be one that no entry of the ledger tells of. */
static void
a_case_is_verified_as_it_was_at_one_moment(void **state)
{
	struct meanwhile m = { .during = -1 };
	const struct claque_progress progress = { &m, write_meanwhile };
	struct verify_report report;

	(void)state;
	write_posts("posts.csv");
	assert_ok(import("posts.csv", NULL, false), err);
	m.before = number("SELECT count(*) FROM state");
	assert_ok(store_open(&m.verified, CASE, STORE_READ, &err), err);
	assert_ok(case_verify(m.verified, STR(""), &progress, &report, &err), err);
	assert_string_equal(report.fault, "");
	assert_int_equal(m.during, m.before);
	store_close(m.verified);
	assert_int_equal(number("SELECT count(*) FROM state"), m.before + 1);
	(void)remove(CASE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_to_meanwhile_is_not_done),
		cmocka_unit_test(what_is_done_and_altered_is_a_fault),
		cmocka_unit_test(what_is_taken_away_while_it_is_open_was_read),
		cmocka_unit_test(a_bundle_that_is_written_to_meanwhile_is_not_taken),
		cmocka_unit_test(a_case_is_verified_as_it_was_at_one_moment),
	};

	return cmocka_run_group_tests(tests, small_case_set_up, small_case_tear_down);
}
