/*
 * test_desk.c - how the analyst arranges lists: several keys of order, columns,
 * and the list as it is shown in a file.
 */
#include "config.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/action.h"
#include "app/argue.h"
#include "app/desk.h"
#include "app/views.h"
#include "small_case.h"
#include "small_session.h"

static size_t
column(const struct session *s, const char *name)
{
	size_t count;
	const struct column *columns = session_columns(s, &count);
	size_t at = column_find(columns, count, str_of(name));

	assert_true(at < count);
	return at;
}

static void
what_was_sorted_by_before_decides_between_equals(void **state)
{
	struct session *s = fresh();
	const struct pane *pane;

	(void)state;
	(void)run(s, ACTION_SCREEN, "accounts");
	(void)run(s, ACTION_SORT, "handle");
	(void)run(s, ACTION_SORT, "score");
	(void)run(s, ACTION_SORT, "cluster");
	pane = &session_here(s)->panes[0];
	assert_int_equal(pane->sort, column(s, "cluster"));
	assert_int_equal(pane->then_count, 2);
	assert_int_equal(pane->then[0].column, column(s, "score"));
	assert_true(pane->then[0].descending);
	assert_int_equal(pane->then[1].column, column(s, "handle"));
	(void)run(s, ACTION_SORT, "followers");
	pane = &session_here(s)->panes[0];
	assert_int_equal(pane->then_count, 2);
	assert_int_equal(pane->then[1].column, column(s, "score"));
	(void)run(s, ACTION_SORT, "score");
	pane = &session_here(s)->panes[0];
	assert_int_equal(pane->then_count, 2);
	assert_int_equal(pane->then[0].column, column(s, "followers"));
	assert_int_equal(pane->then[1].column, column(s, "cluster"));
	session_close(s);
	s = open_case(false);
	pane = &session_here(s)->panes[0];
	assert_int_equal(pane->sort, column(s, "score"));
	assert_int_equal(pane->then_count, 2);
	assert_int_equal(pane->then[1].column, column(s, "cluster"));
	(void)session_sort(s, -1, true);
	pane = &session_here(s)->panes[0];
	assert_int_equal(pane->then_count, 0);
	assert_false(pane->descending);
	session_close(s);
}

static void
columns_stay_arranged_in_the_next_session(void **state)
{
	struct session *s = fresh();
	struct shape shape;
	size_t score, bio, lang;

	(void)state;
	(void)run(s, ACTION_SCREEN, "accounts");
	score = column(s, "score");
	bio = column(s, "bio");
	lang = column(s, "lang");
	assert_false(shape_has(&(struct shape){ { 0 }, 0 }, score));
	shape = desk_shape(s, LIST_ACCOUNTS);
	assert_true(shape_has(&shape, bio) && !shape_has(&shape, lang));
	(void)desk_toggle_column(s, LIST_ACCOUNTS, bio);
	(void)desk_toggle_column(s, LIST_ACCOUNTS, lang);
	(void)desk_move_column(s, LIST_ACCOUNTS, score, -1);
	(void)desk_move_column(s, LIST_ACCOUNTS, score, -1);
	session_close(s);
	s = open_case(false);
	shape = desk_shape(s, LIST_ACCOUNTS);
	assert_int_equal(shape.columns[0], score);
	assert_int_equal(shape.columns[shape.count - 1], lang);
	assert_false(shape_has(&shape, bio));
	(void)desk_reset_columns(s, LIST_ACCOUNTS);
	shape = desk_shape(s, LIST_ACCOUNTS);
	assert_true(shape_has(&shape, bio));
	session_close(s);
}

static void
a_list_keeps_its_last_column(void **state)
{
	struct session *s = fresh();
	struct shape shape = desk_shape(s, LIST_CLUSTERS);

	(void)state;
	for (size_t i = 0; i < shape.count; i++)
		(void)desk_toggle_column(s, LIST_CLUSTERS, shape.columns[i]);
	shape = desk_shape(s, LIST_CLUSTERS);
	assert_int_equal(shape.count, 1);
	session_close(s);
}

static void
assert_file(const char *path, const char *want)
{
	char text[4096];
	FILE *f = fopen(path, "rb");
	size_t n;

	assert_non_null(f);
	n = fread(text, 1, sizeof(text) - 1, f);
	(void)fclose(f);
	text[n] = '\0';
	assert_string_equal(text, want);
	assert_int_equal(unlink(path), 0);
}

static void
show_only(struct session *s, const char *const names[], size_t count)
{
	struct shape shape = desk_shape(s, session_list(s));

	(void)desk_toggle_column(s, session_list(s), column(s, names[0]));
	for (size_t i = 0; i < shape.count; i++)
		(void)desk_toggle_column(s, session_list(s), shape.columns[i]);
	for (size_t i = 1; i < count; i++)
		(void)desk_toggle_column(s, session_list(s), column(s, names[i]));
}

/* Cells that a spreadsheet would run are guarded; order, lens and columns are the screen's. */
static void
an_export_holds_what_the_list_shows(void **state)
{
	static const char *const names[] = { "lang", "handle", "bio" };
	struct session *s = fresh();

	(void)state;
	(void)run(s, ACTION_SCREEN, "accounts");
	show_only(s, names, 3);
	(void)run(s, ACTION_SORT, "handle");
	(void)session_select(s, 8);
	(void)run(s, ACTION_EXPORT, "csv accounts.csv");
	assert_false(session_message_is_error(s));
	(void)run(s, ACTION_MARK, "");
	(void)session_select(s, 1);
	(void)run(s, ACTION_MARK, "");
	assert_int_equal(session_marks_here(s), 2);
	(void)run(s, ACTION_EXPORT, "csv marked.csv");
	(void)run(s, ACTION_SCREEN, "clusters");
	assert_int_equal(session_marks_here(s), 0);
	session_close(s);
	assert_file("marked.csv", "lang,handle,bio\nru,bob2153,truth\xe2\x80\x8b and pride\n"
		    "ru,karen12,\"'=cmd|' /C calc'!A0\"\n");
	assert_int_equal(unlink("accounts.csv"), 0);
}

static void
an_export_never_replaces_a_file(void **state)
{
	struct session *s = fresh();

	(void)state;
	(void)run(s, ACTION_EXPORT, "json clusters.json");
	assert_false(session_message_is_error(s));
	(void)run(s, ACTION_EXPORT, "json clusters.json");
	assert_true(session_message_is_error(s));
	assert_int_equal(unlink("clusters.json"), 0);
	session_close(s);
}

/* What is not typed here is that a lens with a facet follows, and goes with one x. */
static void
a_facet_of_the_lens_is_checked_and_follows(void **state)
{
	struct session *s = fresh();

	(void)state;
	(void)run(s, ACTION_SCREEN, "accounts");
	(void)run(s, ACTION_FILTER, "account.rumour:x");
	assert_true(session_message_is_error(s));
	(void)run(s, ACTION_FILTER, "account.cluster:C002 account.lang:en");
	assert_int_equal(session_length(s), 3);
	assert_int_equal(session_whole(s), 14);
	assert_true(session_lens_applies(s));
	(void)run(s, ACTION_SCREEN, "indicators");
	assert_false(session_lens_applies(s));
	assert_int_equal(session_length(s), 2);
	(void)run(s, ACTION_SCREEN, "posts");
	assert_true(session_lens_applies(s));
	assert_int_equal(session_length(s), 12);
	(void)run(s, ACTION_DROP, "");
	assert_int_equal(session_length(s), 12);
	(void)run(s, ACTION_DROP, "");
	assert_int_equal(session_length(s), 87);
	session_close(s);
}

static struct saved_view
view_at(struct session *s, struct arena *perm, size_t at, size_t count)
{
	static struct saved_view views[VIEWS_MAX];

	assert_int_equal(views_read(s, perm, views), count);
	return views[at];
}

static void
a_view_is_there_in_the_next_session(void **state)
{
	struct arena whole = arena_new(4 << 20), perm = whole;
	struct session *s = fresh();
	struct saved_view view;
	struct claque_str fill;

	(void)state;
	(void)run(s, ACTION_SCREEN, "accounts");
	(void)run(s, ACTION_FILTER, "account.cluster:C002");
	(void)run(s, ACTION_SORT, "handle");
	(void)run(s, ACTION_SAVE_VIEW, "fans by handle");
	(void)run(s, ACTION_SAVE_VIEW, "a view before it");
	(void)run(s, ACTION_CLEAR, "");
	(void)run(s, ACTION_SAVE_VIEW, "a view before it");
	(void)run(s, ACTION_SCREEN, "clusters");
	session_close(s);
	s = open_case(false);
	view = view_at(s, &perm, 1, 2);
	assert_true(str_eq(view.name, STR("fans by handle")));
	(void)views_open(s, &view, &fill);
	assert_int_equal(fill.len, 0);
	assert_int_equal(session_here(s)->screen, SCREEN_ACCOUNTS);
	assert_int_equal(session_here(s)->panes[0].sort, column(s, "handle"));
	assert_int_equal(session_length(s), 3);
	(void)run(s, ACTION_BACK, "");
	assert_int_equal(session_here(s)->screen, SCREEN_CLUSTERS);
	session_close(s);
	arena_free(whole);
}

static void
a_view_asks_for_its_parameters(void **state)
{
	struct arena whole = arena_new(4 << 20), perm = whole;
	struct session *s = fresh();
	struct saved_view view;
	struct claque_str fill;
	size_t at, len;

	(void)state;
	(void)run(s, ACTION_SCREEN, "posts");
	(void)run(s, ACTION_SAVE_VIEW, "said: kind:reshare text:^$word$");
	view = view_at(s, &perm, 0, 1);
	(void)views_open(s, &view, &fill);
	assert_true(lens_is_open(&session_here(s)->lens));
	assert_true(view_parameter(fill, &at, &len));
	assert_true(str_eq(str_sub(fill, at, len), STR("$word")));
	assert_false(view_parameter(STR("text:end$ 5$"), &at, &len));
	(void)run(s, ACTION_SAVE_VIEW, "wrong: kind:rumour");
	(void)view_at(s, &perm, 0, 1);
	session_close(s);
	arena_free(whole);
}

/* What each screen with a list of its own can stand on in the small case. */
static struct subject
stand(enum screen_id screen)
{
	static const struct subject tries[] = { { SUBJECT_none, 0 }, { SUBJECT_cluster, 1 },
						{ SUBJECT_account, 1 }, { SUBJECT_sources, 1 } };

	for (size_t i = 0; i < sizeof(tries) / sizeof(tries[0]); i++)
		if (screen_takes(screen, tries[i].kind))
			return tries[i];
	fail_msg("%s stands on nothing here", screen_get(screen)->name);
	return tries[0];
}

static int64_t
rows_here(struct session *s)
{
	int64_t n = 0;

	while (session_row(s, n) != NULL)
		n++;
	return n;
}

/* By each column, then by the one before it as well, both ways: never a row more or less. */
static void
check_orders(struct session *s)
{
	size_t count;
	int64_t rows = rows_here(s);

	(void)session_columns(s, &count);
	assert_true(rows > 0);
	for (size_t i = 0; i < count; i++) {
		(void)session_sort(s, (int)i, i % 2 == 0);
		assert_int_equal(session_here(s)->panes[session_here(s)->pane].sort, i);
		assert_int_equal(rows_here(s), rows);
		if (session_message_is_error(s))
			fail_msg("%s by %zu: " STR_FMT, list_name(session_list(s)), i,
				 STR_ARG(session_message(s)));
	}
	(void)session_sort(s, -1, false);
}

/* Each has some, and no value that one of them counts leads to another number of rows. */
static void
check_facets(struct session *s)
{
	enum list_id list = session_list(s);

	assert_true(list_facets(list) > 0);
	for (size_t i = 0; i < list_facets(list); i++) {
		const struct facet_counts *f = session_facet(s, i, 5);
		struct lens lens = lens_open();
		struct facet_value first;

		assert_non_null(f);
		if (f->got == 0)
			continue;
		first = f->values[0];
		assert_true(lens_toggle(&lens, str_of(list_facet_name(list, i)), first.value));
		(void)session_set_lens(s, &lens);
		assert_int_equal(rows_here(s), first.count);
		(void)session_back(s);
	}
}

/* What is shown is exported: fewer columns, in another order, and all the rows. */
static void
check_columns(struct session *s)
{
	enum list_id list = session_list(s);
	struct shape shape = desk_shape(s, list);
	size_t last = shape.count - 1;

	assert_true(shape.count >= 2);
	(void)desk_move_column(s, list, shape.columns[last], -1);
	assert_int_equal(desk_shape(s, list).columns[last - 1], shape.columns[last]);
	(void)desk_toggle_column(s, list, shape.columns[0]);
	assert_int_equal(desk_shape(s, list).count, last);
	(void)unlink("shown.csv");
	(void)session_export(s, STR("csv"), STR("shown.csv"));
	assert_int_equal(access("shown.csv", R_OK), 0);
	(void)desk_reset_columns(s, list);
}

static void
claim_something(struct session *s)
{
	struct annotation claim = { .kind = ANNOTATION_claim, .text = STR("one hand") };
	struct annotation evidence = { .kind = ANNOTATION_evidence, .text = STR("same minute"),
				       .word = STR("for") };
	bool ok;

	(void)session_claim(s, &claim, &ok);
	assert_true(ok);
	evidence.about = session_argument(s, (struct subject){ 0 })->claims[0].line;
	(void)session_evidence(s, &evidence, &ok);
	assert_true(ok);
}

static void
every_list_of_a_screen_is_the_analysts_own(void **state)
{
	struct session *s = fresh();

	(void)state;
	(void)run(s, ACTION_NOTE, "a note");
	claim_something(s);
	(void)run(s, ACTION_SCREEN, "sources");
	(void)run(s, ACTION_MARK_ALL, "");
	assert_int_equal(session_marked_set(s).id, 1);
	(void)run(s, ACTION_MARK_NONE, "");
	for (unsigned i = 0; i < SCREEN_COUNT; i++) {
		/* Without rows here: what the case has nothing for, and answers to no query. */
		if (screen_is_picture((enum screen_id)i) || i == SCREEN_HASHTAGS ||
		    i == SCREEN_SITES || i == SCREEN_REUSED || i == SCREEN_CONSOLE)
			continue;
		(void)session_go(s, (enum screen_id)i, stand((enum screen_id)i));
		for (int pane = 0; pane < SESSION_PANES; pane++) {
			(void)session_set_pane(s, pane);
			if (session_here(s)->pane != pane)
				continue;
			check_orders(s);
			check_facets(s);
			check_columns(s);
		}
	}
	(void)unlink("shown.csv");
	session_close(s);
}

static void
a_view_is_renamed_and_removed_for_good(void **state)
{
	struct arena whole = arena_new(4 << 20), perm = whole;
	struct session *s = fresh();

	(void)state;
	(void)run(s, ACTION_SCREEN, "accounts");
	(void)run(s, ACTION_SAVE_VIEW, "a");
	(void)run(s, ACTION_SAVE_VIEW, "b");
	(void)run(s, ACTION_RENAME_VIEW, "a: b");
	assert_true(str_eq(view_at(s, &perm, 0, 2).name, STR("a")));
	(void)run(s, ACTION_RENAME_VIEW, "c: d");
	(void)run(s, ACTION_RENAME_VIEW, "a");
	assert_true(str_eq(view_at(s, &perm, 0, 2).name, STR("a")));
	(void)run(s, ACTION_RENAME_VIEW, "a: zero");
	assert_true(str_eq(view_at(s, &perm, 1, 2).name, STR("zero")));
	assert_true(view_at(s, &perm, 1, 2).step.len > 0);
	(void)run(s, ACTION_REMOVE_VIEW, "nobody");
	(void)run(s, ACTION_REMOVE_VIEW, "b");
	session_close(s);
	s = open_case(false);
	assert_true(str_eq(view_at(s, &perm, 0, 1).name, STR("zero")));
	session_close(s);
	arena_free(whole);
}

static void
a_parameter_comes_back_with_its_last_value(void **state)
{
	struct arena whole = arena_new(4 << 20), perm = whole;
	struct session *s = fresh();

	(void)state;
	assert_int_equal(view_value(s, &perm, STR("word")).len, 0);
	view_keep_value(s, STR("$word"), STR("never tell"));
	view_keep_value(s, STR("$from"), STR("2016\t09"));
	view_keep_value(s, STR("$word"), STR("truth"));
	session_close(s);
	s = open_case(false);
	assert_true(str_eq(view_value(s, &perm, STR("$word")), STR("truth")));
	assert_true(str_eq(view_value(s, &perm, STR("from")), STR("2016\t09")));
	session_close(s);
	arena_free(whole);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_sorted_by_before_decides_between_equals),
		cmocka_unit_test(columns_stay_arranged_in_the_next_session),
		cmocka_unit_test(a_list_keeps_its_last_column),
		cmocka_unit_test(a_facet_of_the_lens_is_checked_and_follows),
		cmocka_unit_test(a_view_is_there_in_the_next_session),
		cmocka_unit_test(a_view_asks_for_its_parameters),
		cmocka_unit_test(every_list_of_a_screen_is_the_analysts_own),
		cmocka_unit_test(a_view_is_renamed_and_removed_for_good),
		cmocka_unit_test(a_parameter_comes_back_with_its_last_value),
		cmocka_unit_test(an_export_holds_what_the_list_shows),
		cmocka_unit_test(an_export_never_replaces_a_file),
	};

	(void)setenv("CLAQUE_CLOCK", "2026-11-21T14:00:00Z", 1);
	return cmocka_run_group_tests(tests, small_case_set_up, small_case_tear_down);
}
