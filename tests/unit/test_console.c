/*
 * test_console.c - queries of one's own: what is refused and why, rows that are as
 * good as those of any list, stopping, what could stand at the cursor.
 */
#include "config.h"

#include "test.h"

#include <stdio.h>
#include <unistd.h>

#include "app/console.h"
#include "app/pivot.h"
#include "small_case.h"
#include "small_session.h"

#define ENDLESS "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "

static void
ask(struct session *s, const char *query)
{
	struct claque_err err;
	size_t at;

	assert_ok(console_run(s, str_of(query), &at, &err), err);
	(void)console_look(s);
	session_finish(s);
	(void)session_current(s);
}

static struct claque_str
cell(struct session *s, int64_t index, const char *column)
{
	const struct row *row = session_row(s, index);
	const struct value *v = row != NULL ? session_value(s, row, column) : NULL;

	return v != NULL && v->type == VALUE_TEXT ? v->s : STR("");
}

static void
only_reading_is_allowed_and_it_says_what_was_not(void **state)
{
	static const struct {
		const char *query, *said;
	} cases[] = {
		{ "INSERT INTO desk VALUES('a', 'b')", "not INSERT" },
		{ "UPDATE account SET score = 1", "not UPDATE" },
		{ "DELETE FROM annotation", "not DELETE" },
		{ "WITH x AS (SELECT 1) DELETE FROM annotation", "not DELETE" },
		{ "DROP TABLE account", "not DROP" },
		{ "CREATE TEMP TABLE t(a)", "not CREATE" },
		{ "ATTACH 'other.claque' AS o", "not ATTACH" },
		{ "DETACH main", "not DETACH" },
		{ "VACUUM INTO 'copy'", "not VACUUM" },
		{ "BEGIN", "not BEGIN" },
		{ "PRAGMA user_version = 7", "not PRAGMA user_version" },
		{ "PRAGMA query_only = OFF", "not PRAGMA query_only" },
		{ "SELECT load_extension('x.so')", "not load_extension()" },
		{ "SELECT 1; SELECT 2", "one reading query at a time" },
		{ "  ", "empty" },
	};
	struct session *s = fresh();
	struct claque_err err;
	size_t at;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(console_run(s, str_of(cases[i].query), &at, &err), CLAQUE_EUSAGE);
		if (strstr(err.msg, cases[i].said) == NULL)
			fail_msg("%s: %s", cases[i].query, err.msg);
	}
	assert_int_equal(console_past_count(s), 0);
	assert_int_equal(session_here(s)->screen, SCREEN_CLUSTERS);
	session_close(s);
}

static void
a_fault_is_told_with_its_place(void **state)
{
	struct session *s = fresh();
	struct claque_err err;
	size_t at;

	(void)state;
	assert_int_equal(console_run(s, STR("SELECT nosuch FROM v_posts"), &at, &err),
			 CLAQUE_EUSAGE);
	assert_int_equal(at, 7);
	assert_non_null(strstr(err.msg, "character 8: no such column: nosuch"));
	assert_int_equal(console_run(s, STR("SELECT 1 FRO v_posts x y"), &at, &err), CLAQUE_EUSAGE);
	assert_int_equal(at, 13);
	session_close(s);
}

static void
rows_are_sorted_found_and_lead_on(void **state)
{
	struct session *s = fresh();

	(void)state;
	ask(s, "SELECT handle, count(*) n FROM v_posts GROUP BY handle ORDER BY handle");
	assert_int_equal(session_length(s), 14);
	assert_true(str_eq(cell(s, 0, "handle"), STR("alice14")));
	(void)run(s, ACTION_SORT, "handle");
	assert_true(str_eq(cell(s, 0, "handle"), STR("alice14")));
	(void)run(s, ACTION_SORT, "handle");
	assert_true(str_eq(cell(s, 0, "handle"), STR("sasha22")));
	(void)session_select(s, 0);
	(void)run(s, ACTION_FIND, "fan_two");
	assert_true(str_eq(session_current(s)->values[0].s, STR("fan_two")));
	(void)run(s, ACTION_OPEN, "");
	assert_int_equal(session_here(s)->screen, SCREEN_ACCOUNT);
	assert_string_equal(session_here(s)->name, "@fan_two");
	(void)run(s, ACTION_BACK, "");
	assert_int_equal(session_here(s)->screen, SCREEN_CONSOLE);
	assert_true(str_eq(session_current(s)->values[0].s, STR("fan_two")));
	session_close(s);
}

static void
numbers_are_ordered_as_numbers_and_before_texts(void **state)
{
	struct session *s = fresh();

	(void)state;
	ask(s, "SELECT * FROM (VALUES (10), (9), ('a'), (NULL), (9.5))");
	(void)session_sort(s, 0, false);
	assert_int_equal(session_row(s, 0)->values[0].type, VALUE_NULL);
	assert_int_equal(session_row(s, 1)->values[0].i, 9);
	assert_true(session_row(s, 2)->values[0].r == 9.5);
	assert_int_equal(session_row(s, 3)->values[0].i, 10);
	assert_int_equal(session_row(s, 4)->values[0].type, VALUE_TEXT);
	assert_null(session_row(s, 5));
	session_close(s);
}

/* A cell of each kind, and one that names nothing. */
static void
a_row_is_about_what_its_columns_name(void **state)
{
	static const struct {
		const char *query;
		enum subject_kind kind;
	} cases[] = {
		{ "SELECT account_id FROM v_accounts", SUBJECT_account },
		{ "SELECT 5 n, '@ivan142' AS handle", SUBJECT_account },
		{ "SELECT post_id, handle FROM v_posts", SUBJECT_post },
		{ "SELECT handle, post_id FROM v_posts", SUBJECT_account },
		{ "SELECT id FROM v_leads", SUBJECT_cluster },
		{ "SELECT key FROM v_sources", SUBJECT_source },
		{ "SELECT id FROM v_posts", SUBJECT_none },
		{ "SELECT 1 AS account_id", SUBJECT_none },
		{ "SELECT 'nobody' AS handle, NULL AS account_id", SUBJECT_none },
	};
	struct session *s = fresh();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		ask(s, cases[i].query);
		if (session_row_subject(s, session_row(s, 0)).kind != cases[i].kind)
			fail_msg("%s", cases[i].query);
	}
	ask(s, "SELECT handle, post_id FROM v_posts");
	session_place(s)->panes[0].column = 1;
	assert_int_equal(session_subject(s).kind, SUBJECT_post);
	session_close(s);
}

static void
a_result_is_sets_of_what_its_rows_are_about(void **state)
{
	struct session *s = fresh();
	struct pivot to = { .screen = SCREEN_POSTS };
	struct subject sets[SESSION_SETS];

	(void)state;
	ask(s, "SELECT handle FROM v_accounts WHERE handle LIKE 'fan%' UNION ALL SELECT 'fan_one'");
	assert_int_equal(console_sets(s, sets), 1);
	assert_int_equal(sets[0].kind, SUBJECT_set);
	assert_int_equal(session_set_size(s, sets[0].id), 3);
	to.subject = sets[0];
	assert_int_equal(pivot_count(s, &to), 12);
	(void)run(s, ACTION_MARK_ALL, "");
	assert_int_equal(session_mark_count(s), 3);
	(void)run(s, ACTION_MARK_NONE, "");
	ask(s, "SELECT post_id FROM v_posts WHERE text LIKE 'new single%'");
	assert_int_equal(session_length(s), 12);
	assert_int_equal(console_sets(s, sets), 2);
	assert_int_equal(session_set_size(s, sets[0].id), 3);
	assert_int_equal(sets[1].kind, SUBJECT_posts);
	assert_int_equal(session_set_size(s, sets[1].id), 12);
	ask(s, "SELECT 1");
	assert_int_equal(console_sets(s, sets), 0);
	session_close(s);
}

/* A query could tell a name in any form: substr(handle, 2), a sum of its letters ... */
static void
while_people_look_on_there_are_no_rows(void **state)
{
	struct session *s = fresh();
	struct claque_err err;

	(void)state;
	ask(s, "SELECT handle FROM v_accounts");
	assert_non_null(session_row(s, 0));
	assert_ok(session_workshop(s, true, &err), err);
	assert_null(session_row(s, 0));
	assert_int_equal(session_length(s), 0);
	assert_ok(session_workshop(s, false, &err), err);
	assert_int_equal(session_length(s), 14);
	session_close(s);
}

static void
an_endless_query_is_stopped_and_its_rows_stay(void **state)
{
	struct session *s = fresh();
	struct console_state look;
	struct claque_err err;
	size_t at;

	(void)state;
	assert_ok(console_run(s, STR(ENDLESS "SELECT count(*) FROM n"), &at, &err), err);
	look = console_look(s);
	assert_true(look.running && session_unsettled(s));
	assert_true(console_stop(s));
	session_finish(s);
	look = console_look(s);
	assert_true(look.stopped && !look.running && !look.failed);
	assert_false(console_stop(s));
	ask(s, ENDLESS "SELECT i FROM n");
	look = console_look(s);
	assert_true(look.more && !look.stopped);
	assert_int_equal(look.rows, 10000);
	assert_int_equal(session_length(s), SESSION_MANY);
	assert_int_equal(session_exact_length(s), 10000);
	assert_ok(console_run(s, STR(ENDLESS "SELECT count(*) FROM n"), &at, &err), err);
	(void)console_look(s);
	session_close(s);	/* does not wait for the end of it */
}

static void
a_fault_at_work_is_told(void **state)
{
	struct session *s = fresh();
	struct console_state look;

	(void)state;
	ask(s, "SELECT abs(-9223372036854775807 - 1)");
	look = console_look(s);
	assert_true(look.failed);
	assert_true(str_find(look.fault, STR("integer overflow"), 0) < look.fault.len);
	session_close(s);
}

static void
queries_are_remembered_and_places_ask_again(void **state)
{
	struct session *s = fresh();

	(void)state;
	ask(s, "SELECT handle\tFROM v_accounts WHERE handle = 'jo'");
	ask(s, "SELECT 2");
	ask(s, "SELECT handle\tFROM v_accounts WHERE handle = 'jo'");
	assert_int_equal(console_past_count(s), 2);
	session_close(s);
	s = open_case(false);
	assert_int_equal(console_past_count(s), 2);
	assert_true(str_eq(console_past(s, 1), STR("SELECT 2")));
	assert_int_equal(console_past_find(s, STR("2"), 0), 1);
	assert_int_equal(console_past_find(s, STR("no such"), 0), 2);
	assert_int_equal(session_here(s)->screen, SCREEN_CONSOLE);
	assert_true(str_eq(console_query(s), console_past(s, 0)));
	(void)console_look(s);
	session_finish(s);
	assert_true(str_eq(cell(s, 0, "handle"), STR("jo")));
	session_close(s);
}

static void
a_sorted_result_outlives_the_session(void **state)
{
	struct session *s = fresh();

	(void)state;
	ask(s, "SELECT 1 a, 2 b, 3 c UNION ALL SELECT 4, 5, 6");
	(void)session_sort(s, 2, true);
	session_close(s);
	s = open_case(false);
	assert_int_equal(session_here(s)->screen, SCREEN_CONSOLE);
	(void)console_look(s);
	session_finish(s);
	assert_int_equal(session_row(s, 0)->values[2].i, 6);
	session_close(s);
}

/* As every list: spreadsheets are not handed formulas. */
static void
the_rows_are_exported_as_shown(void **state)
{
	struct session *s = fresh();
	char text[200] = "";
	FILE *f;

	(void)state;
	ask(s, "SELECT bio, 1.5 x FROM v_accounts WHERE handle = 'karen12'");
	(void)run(s, ACTION_EXPORT, "csv rows.csv");
	f = fopen("rows.csv", "rb");
	assert_non_null(f);
	assert_true(fread(text, 1, sizeof(text) - 1, f) > 0);
	(void)fclose(f);
	assert_int_equal(unlink("rows.csv"), 0);
	assert_non_null(strstr(text, "bio,x"));
	assert_non_null(strstr(text, "\"'=cmd|' /C calc'!A0\",1.5"));
	session_close(s);
}

static void
what_could_stand_at_the_cursor(void **state)
{
	static const struct {
		const char *text;	/* the cursor stands at the ^ */
		const char *words;
	} cases[] = {
		{ "sel^", "select" },
		{ "SEL^", "SELECT" },
		{ "del^", "" },
		{ "select * from v_acc^", "v_accounts" },
		{ "select * from v_posts p join v_sh^", "v_shares" },
		{ "select * from v_posts, v_sh^", "v_shares" },
		{ "select hand^ from v_posts", "handle" },
		{ "select new_^ from v_changes", "new_value" },
		{ "select new_^ from v_posts", "" },
		{ "select p.po^ from v_posts p, v_accounts a", "post_id" },
		{ "select a.po^ from v_posts p, v_accounts a", "posts" },
		{ "select a.po^ from v_posts p, v_accounts as a", "posts" },
		{ "select v_leads.wh^ from v_leads", "why" },
		{ "select x.wh^ from v_leads", "" },
		{ "select * from v_posts wh^", "where when" },
		{ "select 'hand^", "" },
		{ "select handle as po^ from v_posts", "" },
		{ "select nosuch^", "" },
		{ "select old_^", "old_value" },
		{ "select lik^ from v_posts", "likes like" },
	};
	struct session *s = fresh();
	struct arena whole = arena_new(16 << 20);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena perm = whole;
		struct claque_str text = str_of(cases[i].text), words[COMPLETE_MAX], all = STR("");
		size_t from, at = str_find(text, STR("^"), 0);
		size_t count;

		text = str_fmt(&perm, STR_FMT STR_FMT, STR_ARG(str_sub(text, 0, at)),
			       STR_ARG(str_sub(text, at + 1, text.len)));
		count = console_complete(s, &perm, text, at, &from, words);
		for (size_t k = 0; k < count; k++)
			all = str_fmt(&perm, STR_FMT "%s" STR_FMT, STR_ARG(all), k > 0 ? " " : "",
				      STR_ARG(words[k]));
		if (!str_eq(all, str_of(cases[i].words)))
			fail_msg("%s: " STR_FMT, cases[i].text, STR_ARG(all));
	}
	arena_free(whole);
	session_close(s);
}

static void
a_place_is_told_in_words(void **state)
{
	struct arena whole = arena_new(1 << 20), perm = whole;
	struct session *s = fresh();
	struct claque_err err;
	struct claque_str command;

	(void)state;
	assert_ok(session_jump(s, STR("console"), STR("SELECT 'it''s' AS x"), STR(""), &err), err);
	assert_true(str_eq(console_query(s), STR("SELECT 'it''s' AS x")));
	command = session_command(s, &perm);
	assert_true(str_find(command, STR("--screen console --subject 'SELECT "), 0) < command.len);
	assert_int_equal(session_jump(s, STR("console"), STR("DROP TABLE x"), STR(""), &err),
			 CLAQUE_EUSAGE);
	assert_int_equal(session_jump(s, STR("console"), STR("query:77"), STR(""), &err),
			 CLAQUE_ENOTFOUND);
	session_close(s);
	arena_free(whole);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_reading_is_allowed_and_it_says_what_was_not),
		cmocka_unit_test(a_fault_is_told_with_its_place),
		cmocka_unit_test(rows_are_sorted_found_and_lead_on),
		cmocka_unit_test(numbers_are_ordered_as_numbers_and_before_texts),
		cmocka_unit_test(a_row_is_about_what_its_columns_name),
		cmocka_unit_test(a_result_is_sets_of_what_its_rows_are_about),
		cmocka_unit_test(while_people_look_on_there_are_no_rows),
		cmocka_unit_test(an_endless_query_is_stopped_and_its_rows_stay),
		cmocka_unit_test(a_fault_at_work_is_told),
		cmocka_unit_test(queries_are_remembered_and_places_ask_again),
		cmocka_unit_test(a_sorted_result_outlives_the_session),
		cmocka_unit_test(the_rows_are_exported_as_shown),
		cmocka_unit_test(what_could_stand_at_the_cursor),
		cmocka_unit_test(a_place_is_told_in_words),
	};

	return cmocka_run_group_tests(tests, small_case_set_up, small_case_tear_down);
}
