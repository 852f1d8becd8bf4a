/* Digests of the tables in the ledger: what was altered is named, whatever column it is in. */
#include "config.h"

#include "test.h"

#include "small_case.h"

#include <stdio.h>

#include "case/tables.h"
#include "store/stmt.h"

static struct store *store;
static struct claque_err err;
static const struct claque_progress quiet;

enum { ALL = DIGEST_IMPORT | DIGEST_EVENTS | DIGEST_RUNS };

/* One row for each table of which the case has none. */
static const char more_rows[] =
	"INSERT OR IGNORE INTO extra_row SELECT 1, 2, '{\"odd\":\"cell\"}';"
	"INSERT INTO refused_row(input_file, row, reason) VALUES(1, 9, 'no time');"
	"INSERT INTO profile_snapshot(account, basis, handle, input_file, row)"
	" VALUES(1, 'file', 'old', 1, 2);"
	"INSERT INTO profile_change(account, at, field, old_value, new_value, input_file, row)"
	" VALUES(1, 5, 'bio', 'a', 'b', 1, 2);"
	"INSERT INTO indicator(kind, value, raw, input_file, row) VALUES(1, 'v', 'V', 1, 3);"
	"INSERT OR IGNORE INTO event(at, label, whole_day, source, file, row)"
	" VALUES(7, 'debate', 0, 's', 'f', 1);"
	"INSERT OR IGNORE INTO evidence_post SELECT min(id), 7, 1 FROM evidence;";

static void
run_sql(const char *sql)
{
	assert_ok(store_exec(store, sql, &err), err);
}

static int64_t
number(const char *sql)
{
	int64_t n;

	assert_ok(store_number(store, sql, -1, &n, &err), err);
	return n;
}

static void
record(unsigned which)
{
	struct case_context c = { .store = store, .who = STR("me") };
	struct digests *d = digests_new();

	assert_ok(digests_take(d, store, which, &err), err);
	assert_ok(case_record_tables(&c, "import", STR("{\"files\":1}"), d, &err), err);
	digests_free(d);
}

static int
open_case(void **state)
{
	(void)state;
	small_case_copy("t.claque");
	assert_ok(store_open(&store, "t.claque", STORE_WRITE, &err), err);
	run_sql(more_rows);
	record(ALL);
	return 0;
}

static int
close_case(void **state)
{
	(void)state;
	store_close(store);
	store = NULL;
	return 0;
}

static struct verify_report
verify(void)
{
	struct verify_report report;

	assert_ok(case_verify(store, STR(""), &quiet, &report, &err), err);
	return report;
}

#define assert_fault(words) do { \
	struct verify_report report_ = verify(); \
	if (strstr(report_.fault, words) == NULL) \
		fail_msg("fault is '%s', not '%s'", report_.fault, words); \
} while (0)

/* Made anew from other columns, whenever that is wanted. */
static bool
is_derived(const char *table, struct claque_str column)
{
	static const struct {
		const char *table, *columns;
	} derived[] = {
		{ "account", "post_count share_count change_count first_seen last_seen score" },
		{ "source", "share_count account_count cluster_accounts first_seen last_seen" },
		{ "run", "threads" },
		{ "cluster", "parent" },
	};
	struct claque_str names, one;

	for (size_t i = 0; i < sizeof(derived) / sizeof(derived[0]); i++) {
		names = strcmp(table, derived[i].table) == 0 ? str_of(derived[i].columns) : STR("");
		while (str_cut(&names, ' ', &one))
			if (str_eq(one, column))
				return true;
	}
	return false;
}

/* Changes the column, looks, and takes it back. */
static void
alter_column(size_t table, struct claque_str column, struct claque_str type)
{
	const char *name = digest_table(table);
	struct digest_outcome outcome;
	char sql[300], words[80];

	if (str_eq(type, STR("TEXT")))	/* 'for': evidence is of three kinds only */
		(void)snprintf(sql, sizeof(sql), "UPDATE OR IGNORE %s SET " STR_FMT " = iif(" STR_FMT
			       " = 'for', 'against', coalesce(" STR_FMT ", '') || '.')", name,
			       STR_ARG(column), STR_ARG(column), STR_ARG(column));
	else
		(void)snprintf(sql, sizeof(sql), "UPDATE OR IGNORE %s SET " STR_FMT " = coalesce("
			       STR_FMT ", 0) + 1", name, STR_ARG(column), STR_ARG(column));
	(void)snprintf(words, sizeof(words), "table %s:", name);
	run_sql("SAVEPOINT before");
	run_sql(sql);
	if (number("SELECT changes()") < 1)
		fail_msg("%s: there is nothing to change", sql);
	assert_ok(digest_check(store, table, &outcome, &err), err);
	run_sql("ROLLBACK TO before");
	run_sql("RELEASE before");
	if (is_derived(name, column) != (outcome.fault[0] == '\0'))
		fail_msg("%s: '%s'", sql, outcome.fault);
	if (outcome.fault[0] != '\0' && strstr(outcome.fault, words) == NULL)
		fail_msg("'%s' does not name table %s", outcome.fault, name);
}

static void
every_column_that_is_not_derived_is_digested(void **state)
{
	(void)state;
	run_sql("PRAGMA foreign_keys = OFF");
	for (size_t i = 0; i < digest_tables(); i++) {
		char sql[100];
		sqlite3_stmt *st;
		int columns = 0;

		(void)snprintf(sql, sizeof(sql), "SELECT name, type FROM pragma_table_info('%s')",
			       digest_table(i));
		assert_ok(stmt_prepare(store, sql, &st, &err), err);
		for (; stmt_step(store, st, &err) == CLAQUE_OK; columns++) {
			char name[64], type[16];

			(void)snprintf(name, sizeof(name), STR_FMT, STR_ARG(column_str(st, 0)));
			(void)snprintf(type, sizeof(type), STR_FMT, STR_ARG(column_str(st, 1)));
			alter_column(i, str_of(name), str_of(type));
		}
		assert_true(columns > 2);
		(void)sqlite3_finalize(st);
	}
}

static void
the_row_that_was_altered_is_named(void **state)
{
	struct verify_report report = verify();

	(void)state;
	assert_string_equal(report.fault, "");
	assert_int_equal(report.tables, VERIFY_TABLES_HOLD);
	assert_true(report.rows > 30);
	run_sql("UPDATE post SET text = 'never said' WHERE id = 3");
	assert_fault("table post: row 3 (");
	assert_fault("was altered");
}

static void
a_row_that_was_taken_out_or_added_is_named(void **state)
{
	(void)state;
	run_sql("PRAGMA foreign_keys = OFF");
	run_sql("DELETE FROM share WHERE id = 2");
	assert_fault("table share: row 2 was taken out");
	run_sql("INSERT INTO indicator(id, kind, value, input_file, row)"
		" SELECT id + 5000, kind, 'planted', input_file, row FROM indicator WHERE id = 1");
	run_sql("DELETE FROM table_digest WHERE name = 'share'");
	assert_fault("table indicator: row 5001 (");
	assert_fault("was added");
}

static void
a_row_in_a_table_that_had_none_is_named(void **state)
{
	(void)state;
	run_sql("DELETE FROM event");
	run_sql("DELETE FROM table_digest WHERE name = 'event'");
	record(DIGEST_EVENTS);
	assert_string_equal(verify().fault, "");
	run_sql("INSERT INTO event(at, label, whole_day, file, row) VALUES(8, 'never', 0, 'f', 1)");
	assert_fault("table event: row 1 was added");
}

static void
of_several_rows_the_block_is_named(void **state)
{
	(void)state;
	run_sql("UPDATE account SET bio = 'x' || id WHERE id < 4");
	assert_fault("table account: of rows 0 to 1023");
}

static void
digests_that_were_made_to_fit_do_not_fit_the_ledger(void **state)
{
	struct digests *d = digests_new();

	(void)state;
	run_sql("UPDATE account SET handle = 'somebody' WHERE id = 2");
	assert_ok(store_begin(store, &err), err);
	assert_ok(digests_take(d, store, ALL, &err), err);
	assert_ok(digests_save(d, store, &err), err);
	assert_ok(store_commit(store, &err), err);
	digests_free(d);
	assert_fault("table account: its digests are not those of ledger entry");
}

static void
an_import_does_not_cover_up_what_was_altered_before_it(void **state)
{
	(void)state;
	run_sql("UPDATE account SET handle = 'somebody' WHERE id = 2");
	run_sql("INSERT INTO source(id, kind, key, input_file, row) VALUES(9999, 1, 'planted', 1, 1)");
	assert_ok(digest_mark(store, DIGEST_IMPORT, &err), err);
	record(DIGEST_IMPORT);
	assert_fault("table account: row 2 (");
	run_sql("UPDATE table_digest SET broken = 0 WHERE name = 'account'");
	assert_int_equal(number("SELECT count(*) FROM table_digest WHERE name = 'source' AND broken"),
			 1);
}

static void
posts_are_covered_also_after_an_interrupted_import(void **state)
{
	struct verify_report report;

	(void)state;
	run_sql("INSERT OR REPLACE INTO state VALUES('undigested', 1)");
	run_sql("INSERT INTO post(account, precision, kind, text, input_file, row)"
		" VALUES(1, 0, 0, 'of the interrupted one', 1, 99)");
	run_sql("UPDATE account SET handle = 'renamed by it' WHERE id = 2");
	report = verify();
	assert_string_equal(report.fault, "");
	assert_int_equal(report.tables, VERIFY_TABLES_PARTLY);
	run_sql("UPDATE post SET at = at + 1 WHERE id = 1");
	assert_fault("table post: row 1 (");
}

static void
an_older_case_is_said_to_be_not_covered(void **state)
{
	struct verify_report report;

	(void)state;
	run_sql("DROP TRIGGER ledger_keeps");
	run_sql("DELETE FROM ledger");
	report = verify();
	assert_int_equal(report.tables, VERIFY_TABLES_NOT_COVERED);
	assert_string_equal(report.fault, "");
}

int
main(void)
{
#define CASE_TEST(name) cmocka_unit_test_setup_teardown(name, open_case, close_case)
	const struct CMUnitTest tests[] = {
		CASE_TEST(every_column_that_is_not_derived_is_digested),
		CASE_TEST(the_row_that_was_altered_is_named),
		CASE_TEST(a_row_that_was_taken_out_or_added_is_named),
		CASE_TEST(a_row_in_a_table_that_had_none_is_named),
		CASE_TEST(of_several_rows_the_block_is_named),
		CASE_TEST(digests_that_were_made_to_fit_do_not_fit_the_ledger),
		CASE_TEST(an_import_does_not_cover_up_what_was_altered_before_it),
		CASE_TEST(posts_are_covered_also_after_an_interrupted_import),
		CASE_TEST(an_older_case_is_said_to_be_not_covered),
	};

	return cmocka_run_group_tests(tests, small_case_set_up, small_case_tear_down);
}
