/*
 * test_trail.c - the way of a session as a tree: nothing is overwritten, every step
 * is found again as it was left, two of them are told apart, and it is written down.
 */
#include "config.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/action.h"
#include "app/trail.h"
#include "small_case.h"
#include "small_session.h"
#include "store/trail.h"

/* 1 clusters, 2 accounts of C001, 3 by handle, 4 sources of C001, 5 the case's posts. */
static struct session *
with_two_branches(void)
{
	struct session *s = fresh();

	(void)run(s, ACTION_OPEN, "");
	(void)run(s, ACTION_SORT, "handle");
	(void)run(s, ACTION_BACK, "");
	(void)run(s, ACTION_SCREEN, "sources");
	(void)run(s, ACTION_BACK, "");
	(void)run(s, ACTION_BACK, "");
	(void)run(s, ACTION_SCREEN, "posts");
	return s;
}

static void
going_elsewhere_makes_a_branch_and_loses_nothing(void **state)
{
	static const size_t parents[] = { 0, 0, 1, 1, 0 };
	struct session *s = with_two_branches();

	(void)state;
	assert_int_equal(trail_count(s), 5);
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(trail_at(s, i)->parent, parents[i]);
	assert_int_equal(trail_here(s), 4);
	assert_int_equal(session_steps(s), 2);
	session_close(s);
}

static void
a_branch_left_stands_deeper_and_before_the_way_taken_after(void **state)
{
	static const struct trail_row want[] = {
		{ 0, 0, false }, { 1, 1, true }, { 2, 2, true }, { 3, 1, false }, { 4, 0, false },
	};
	struct arena whole = arena_new(1 << 20), perm = whole;
	struct session *s = with_two_branches();
	struct trail_row *rows;

	(void)state;
	assert_int_equal(trail_rows(s, &perm, &rows), 5);
	for (size_t i = 0; i < 5; i++) {
		assert_int_equal(rows[i].step, want[i].step);
		assert_int_equal(rows[i].level, want[i].level);
		assert_int_equal(rows[i].branches, want[i].branches);
	}
	session_close(s);
	arena_free(whole);
}

static void
the_same_way_again_is_the_same_step(void **state)
{
	struct session *s = with_two_branches();
	int64_t id;

	(void)state;
	(void)trail_go(s, 0);
	(void)run(s, ACTION_OPEN, "");
	assert_int_equal(trail_here(s), 1);
	(void)session_select(s, 3);
	id = session_current(s)->id;
	(void)run(s, ACTION_SORT, "handle");
	assert_int_equal(trail_here(s), 2);
	assert_int_equal(session_current(s)->id, id);
	(void)run(s, ACTION_ASCENDING, "");
	assert_int_equal(trail_here(s), 2);
	assert_int_equal(trail_count(s), 5);
	session_close(s);
}

static void
a_step_comes_back_as_it_was_left_also_in_the_next_session(void **state)
{
	struct session *s = with_two_branches();
	int64_t id;
	int sort;

	(void)state;
	(void)trail_go(s, 2);
	(void)session_select(s, 4);
	id = session_current(s)->id;
	sort = session_here(s)->panes[0].sort;
	(void)run(s, ACTION_FILTER, "lang:ru");
	(void)trail_name(s, 2, STR("by\tname %"));
	(void)trail_pin(s, 2);
	(void)trail_go(s, 4);
	session_close(s);
	s = open_case(false);
	assert_int_equal(trail_count(s), 6);
	assert_int_equal(trail_here(s), 4);
	assert_string_equal(trail_at(s, 2)->name, "by\tname %");
	assert_true(trail_at(s, 2)->pinned);
	assert_false(trail_at(s, 3)->pinned);
	(void)trail_go(s, 2);
	assert_int_equal(session_here(s)->screen, SCREEN_ACCOUNTS);
	assert_string_equal(session_here(s)->name, "C001");
	assert_int_equal(session_here(s)->panes[0].sort, sort);
	assert_true(lens_is_open(&session_here(s)->lens));
	assert_int_equal(session_current(s)->id, id);
	(void)run(s, ACTION_FORWARD, "");
	assert_string_equal(session_here(s)->lens.lang, "ru");
	session_close(s);
}

/* The row that one looked at stands elsewhere by now: it is found by what it is. */
static void
back_finds_the_row_and_not_its_number(void **state)
{
	struct session *s = fresh();
	int64_t id, index;

	(void)state;
	(void)run(s, ACTION_SCREEN, "accounts");
	(void)run(s, ACTION_SORT, "review");
	(void)session_select(s, 5);
	id = session_current(s)->id;
	index = session_here(s)->panes[0].index;
	(void)run(s, ACTION_OPEN, "");
	assert_int_equal(session_here(s)->screen, SCREEN_ACCOUNT);
	(void)run(s, ACTION_TAG, "zz");
	(void)run(s, ACTION_BACK, "");
	assert_int_equal(session_current(s)->id, id);
	assert_int_not_equal(session_here(s)->panes[0].index, index);
	(void)run(s, ACTION_FORWARD, "");
	assert_int_equal(session_here(s)->subject.id, id);
	(void)run(s, ACTION_BACK, "");
	(void)run(s, ACTION_UNDO, "");
	assert_int_equal(session_current(s)->id, id);
	assert_int_equal(session_here(s)->panes[0].index, index);
	session_close(s);
}

/* To a step from the first one; from a pinned one, where > leads. */
static void
a_way_is_replayed_to_a_step_or_from_a_pinned_one(void **state)
{
	struct session *s = with_two_branches();
	size_t steps[TRAIL_MAX];

	(void)state;
	assert_int_equal(trail_way(s, 2, steps), 3);
	assert_int_equal(steps[0], 0);
	assert_int_equal(steps[1], 1);
	assert_int_equal(steps[2], 2);
	assert_int_equal(trail_way(s, 0, steps), 1);
	(void)trail_go(s, 2);
	(void)trail_pin(s, 1);
	assert_int_equal(trail_way(s, 1, steps), 2);
	assert_int_equal(steps[0], 1);
	assert_int_equal(steps[1], 2);
	assert_int_equal(trail_count(s), 5);
	session_close(s);
}

/* In the order of the step and not of where one is; a set that is gone has none. */
static void
a_step_is_looked_into_without_going_there(void **state)
{
	struct session *s = with_two_branches();
	struct side side;

	(void)state;
	side = trail_preview(s, 2, 3);
	assert_true(side.ready);
	assert_int_equal(side.got, 3);
	assert_int_equal(side.rows[0].id, 5);		/* bob2153 */
	assert_int_equal(side.rows[1].id, 3);		/* elena806 */
	assert_int_equal(trail_here(s), 4);
	(void)session_go(s, SCREEN_ACCOUNTS, (struct subject){ SUBJECT_set, 99 });
	side = trail_preview(s, trail_here(s), 3);
	assert_true(side.ready);
	assert_int_equal(side.got, 0);
	session_close(s);
}

static void
a_step_keeps_how_many_rows_were_seen(void **state)
{
	struct session *s = fresh();

	(void)state;
	(void)run(s, ACTION_SCREEN, "posts");
	assert_int_equal(trail_at(s, 1)->rows, -1);
	(void)run(s, ACTION_FILTER, "kind:reshare");
	assert_int_equal(trail_at(s, 1)->rows, 87);
	(void)session_length(s);
	(void)run(s, ACTION_BACK, "");
	assert_true(trail_at(s, 2)->rows > 0 && trail_at(s, 2)->rows < 87);
	assert_int_equal(trail_at(s, 2)->whole, 87);
	session_close(s);
}

static void
up_leaves_the_screen_whatever_was_sorted_there(void **state)
{
	struct session *s = fresh();
	bool did;

	(void)state;
	(void)run(s, ACTION_OPEN, "");
	(void)run(s, ACTION_SORT, "handle");
	(void)run(s, ACTION_FILTER, "lang:ru");
	(void)run(s, ACTION_LEAVE, "");
	assert_int_equal(session_here(s)->screen, SCREEN_CLUSTERS);
	(void)run(s, ACTION_FILTER, "lang:ru");
	assert_true(action_run(s, ACTION_LEAVE, STR(""), &did) & SESSION_QUIT);
	session_close(s);
}

/* Accounts 1 to 6 are C001's and write in ru, 7 to 9 are fans: en. */
static void
two_steps_differ_by_what_was_lost_and_gained(void **state)
{
	struct session *s = fresh();
	struct claque_err err = { 0 };
	struct trail_diff d;

	(void)state;
	(void)session_go(s, SCREEN_ACCOUNTS, (struct subject){ SUBJECT_cluster, 1 });
	(void)session_go(s, SCREEN_ACCOUNTS, (struct subject){ 0 });
	(void)run(s, ACTION_MARK_NONE, "");
	(void)session_select(s, 0);
	(void)session_mark_toggle(s, (struct subject){ SUBJECT_account, 5 });
	(void)session_mark_toggle(s, (struct subject){ SUBJECT_account, 6 });
	(void)session_mark_toggle(s, (struct subject){ SUBJECT_account, 9 });
	(void)session_go(s, SCREEN_ACCOUNTS, session_marked_set(s));
	assert_ok(trail_compare(s, 1, 3, &d, &err), err);
	assert_int_equal(d.lost, 4);
	assert_int_equal(d.gained, 1);
	assert_int_equal(d.kept, 2);
	for (int i = 0; i < 4; i++)
		assert_int_equal(d.lost_ids[i], i + 1);
	assert_int_equal(d.gained_ids[0], 9);
	assert_ok(trail_compare(s, 2, 2, &d, &err), err);
	assert_int_equal(d.lost + d.gained, 0);
	assert_int_equal(d.kept, 14);
	session_close(s);
}

static void
what_lists_something_else_is_not_compared(void **state)
{
	struct session *s = with_two_branches();
	struct claque_err err = { 0 };
	struct trail_diff d;

	(void)state;
	assert_int_equal(trail_compare(s, 1, 3, &d, &err), CLAQUE_EINPUT);
	assert_non_null(strstr(err.msg, "step 2 lists accounts, step 4 sources"));
	session_close(s);
}

static void
the_oldest_makes_room_but_not_what_was_pinned_or_named(void **state)
{
	struct session *s = fresh();

	(void)state;
	for (int i = 0; i < TRAIL_MAX + 20; i++) {
		if (i == 1)
			(void)trail_pin(s, 1);
		if (i == 2)
			(void)trail_name(s, 2, STR("kept"));
		(void)session_go(s, i % 2 == 0 ? SCREEN_POSTS : SCREEN_CHANGES,
				 (struct subject){ SUBJECT_account, 1 + i % 7 });
	}
	assert_int_equal(trail_count(s), TRAIL_MAX);
	assert_true(trail_at(s, 1)->pinned);
	assert_string_equal(trail_at(s, 2)->name, "kept");
	assert_int_equal(trail_here(s), TRAIL_MAX - 1);
	for (size_t i = 1; i < TRAIL_MAX; i++)
		assert_true(trail_at(s, i)->parent < i);
	assert_int_equal(session_steps(s), TRAIL_MAX);
	session_close(s);
	s = open_case(false);
	assert_int_equal(trail_count(s), TRAIL_MAX);
	session_close(s);
}

static void
set_trail(const char *text)
{
	struct claque_err err = { 0 };
	struct store *store;

	small_case_copy("copy.claque");
	assert_ok(store_open(&store, "copy.claque", STORE_WRITE, &err), err);
	assert_ok(trail_set(store, str_of(text), &err), err);
	store_close(store);
}

#define PANES "-1\t0\t0\t-1\t0\t0\t"

static void
a_way_that_an_earlier_version_kept_is_one_branch(void **state)
{
	struct session *s;

	(void)state;
	set_trail("1\nclusters\tnone\t0\t0\t" PANES "\t\t\t\t\nposts\tcluster\t1\t0\t" PANES
		  "kind:reshare\tC001\t\t\t\nsources\tnone\t0\t0\t" PANES "\t\t\t\t\n");
	s = open_case(false);
	assert_int_equal(trail_count(s), 3);
	assert_int_equal(trail_here(s), 1);
	assert_int_equal(session_steps(s), 3);
	(void)run(s, ACTION_FORWARD, "");
	assert_int_equal(session_here(s)->screen, SCREEN_SOURCES);
	session_close(s);
}

static void
a_trail_that_was_tampered_with_is_no_trap(void **state)
{
	static const char *const texts[] = {
		"tree\t0\n", "tree\t5\nposts", "tree\t-1\nclusters", "tree\t0\n9\t9\t0\t0\t0\t0\t\t",
		"tree\t1\n0\t1\t0\t1\t1\t0\t\tclusters\tnone\t0\t0\t" PANES "\t\t\t\t\n"
		"1\t1\t0\t1\t1\t0\t\tposts\tnone\t0\t0\t" PANES "\t\t\t\t\n",
		"tree\t0\n0\t0\t0\t1\t1\t0\t\tclusters\tnone\t0\t0\t" PANES "\t\t\t\t\n"
		"0\t0\t0\t1\t1\t0\t0123456789012345678901234567890123456789012345678901234567890"
		"\tposts\tnone\t0\t0\t" PANES "\t\t\t\t\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct session *s;

		set_trail(texts[i]);
		s = open_case(false);
		assert_int_equal(session_here(s)->screen, SCREEN_CLUSTERS);
		assert_int_equal(trail_count(s), 1);
		assert_int_equal(session_steps(s), 1);
		session_close(s);
	}
}

static void
the_pinned_way_is_written_as_a_method(void **state)
{
	struct session *s = with_two_branches();
	char text[8192];
	size_t n;
	FILE *f;

	(void)state;
	(void)trail_name(s, 2, STR("|<b>names</b>"));
	(void)trail_pin(s, 2);
	(void)run(s, ACTION_EXPORT, "method way.md");
	assert_false(session_message_is_error(s));
	f = fopen("way.md", "rb");
	assert_non_null(f);
	n = fread(text, 1, sizeof(text) - 1, f);
	(void)fclose(f);
	text[n] = '\0';
	assert_non_null(strstr(text, "3 of 5 steps: those that were pinned"));
	assert_non_null(strstr(text, "| 3 | 2 | accounts | C001 (cluster:1) | - | handle, smallest"
			       " first |"));
	assert_null(strstr(text, "| 4 |"));
	assert_null(strstr(text, "<b>"));
	(void)run(s, ACTION_EXPORT, "method way.md");
	assert_true(session_message_is_error(s));
	assert_int_equal(unlink("way.md"), 0);
	session_close(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(going_elsewhere_makes_a_branch_and_loses_nothing),
		cmocka_unit_test(a_branch_left_stands_deeper_and_before_the_way_taken_after),
		cmocka_unit_test(the_same_way_again_is_the_same_step),
		cmocka_unit_test(a_step_comes_back_as_it_was_left_also_in_the_next_session),
		cmocka_unit_test(back_finds_the_row_and_not_its_number),
		cmocka_unit_test(a_way_is_replayed_to_a_step_or_from_a_pinned_one),
		cmocka_unit_test(a_step_is_looked_into_without_going_there),
		cmocka_unit_test(a_step_keeps_how_many_rows_were_seen),
		cmocka_unit_test(up_leaves_the_screen_whatever_was_sorted_there),
		cmocka_unit_test(two_steps_differ_by_what_was_lost_and_gained),
		cmocka_unit_test(what_lists_something_else_is_not_compared),
		cmocka_unit_test(the_oldest_makes_room_but_not_what_was_pinned_or_named),
		cmocka_unit_test(a_way_that_an_earlier_version_kept_is_one_branch),
		cmocka_unit_test(a_trail_that_was_tampered_with_is_no_trap),
		cmocka_unit_test(the_pinned_way_is_written_as_a_method),
	};

	(void)setenv("CLAQUE_CLOCK", "2026-11-21T14:00:00Z", 1);
	return cmocka_run_group_tests(tests, small_case_set_up, small_case_tear_down);
}
