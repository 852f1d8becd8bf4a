/*
 * test_lessons.c - every lesson that is shipped, taken at a terminal by the keys that it
 * holds itself: no step is done before they are pressed, and each is after.
 */
#include "config.h"

#include "../unit/test.h"

#include <stdio.h>
#include <stdlib.h>

#include "../unit/small_case.h"
#include "../unit/small_session.h"
#include "app/lesson_test.h"
#include "sitting.h"

enum { LESSONS_LEAST = 8 };

static struct lessons lessons;

static int
set_up(void **state)
{
	const char *srcdir = getenv("srcdir");
	struct claque_err err = { 0 };
	char path[4096];

	(void)snprintf(path, sizeof(path), "%s/share/lessons", srcdir != NULL ? srcdir : ".");
	assert_int_equal(setenv("CLAQUE_LESSONS", path, 1), 0);
	assert_ok(lessons_read(&lessons, &err), err);
	return small_case_set_up(state);
}

static int
tear_down(void **state)
{
	lessons_done(&lessons);
	return small_case_tear_down(state);
}

/* The panel, with its tick or without. */
static void
assert_step(struct pty *p, const struct lesson *l, size_t step, bool done)
{
	char text[80];

	(void)snprintf(text, sizeof(text), "LESSON %zu of %zu %s", step + 1, l->step_count,
		       done ? "[x]" : "[ ]");
	assert_screen(p, text);
}

static void
press(struct pty *p, struct claque_str keys)
{
	char text[LESSON_KEYS_MAX + 40];

	(void)snprintf(text, sizeof(text), STR_FMT, STR_ARG(keys));
	pty_keys(p, text);
}

/* What `claque lesson check` tells afterwards. */
static void
assert_all_done(const struct lesson *l)
{
	struct session *s = open_case(true);
	struct claque_err err = { 0 };

	for (size_t i = 0; i < l->step_count; i++) {
		bool done;

		assert_ok(lesson_step_done(s, &l->steps[i], &done, &err), err);
		assert_true(done);
	}
	session_close(s);
}

static void
take_lesson(const struct lesson *l, int rows, int cols)
{
	struct pty *p = sitting_fresh(rows, cols);
	char begin[80];

	(void)snprintf(begin, sizeof(begin), ":lesson " STR_FMT "<Enter>", STR_ARG(l->name));
	pty_keys(p, begin);
	for (size_t i = 0; i < l->step_count; i++) {
		assert_step(p, l, i, false);
		press(p, l->steps[i].keys);
		assert_step(p, l, i, true);
		pty_keys(p, "Ln");
	}
	assert_screen(p, "this is the last step");
	sitting_end(p);
	assert_all_done(l);
}

static void
every_lesson_is_solved_by_its_keys(void **state)
{
	(void)state;
	for (size_t i = 0; i < lessons.count; i++)
		take_lesson(&lessons.at[i], i % 2 == 0 ? 36 : 24, i % 2 == 0 ? 120 : 80);
}

static void
there_are_lessons_from_the_first_pivot_to_the_report(void **state)
{
	static const char *const wanted[] = { "first-pivot", "clear-the-innocent", "write-the-report" };

	(void)state;
	assert_true(lessons.count >= LESSONS_LEAST);
	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
		assert_non_null(lessons_find(&lessons, str_of(wanted[i])));
}

static void
every_step_has_a_hint_and_an_answer_that_are_not_shown_at_first(void **state)
{
	struct pty *p = sitting_fresh(36, 120);

	(void)state;
	for (size_t i = 0; i < lessons.count; i++)
		for (size_t k = 0; k < lessons.at[i].step_count; k++) {
			assert_true(lessons.at[i].steps[k].hints.len > 0);
			assert_true(lessons.at[i].steps[k].answer.len > 0);
		}
	pty_keys(p, ":lesson first-pivot<Enter>");
	assert_screen(p, "LESSON 1 of");
	assert_true(pty_wait_gone(p, "hint:"));
	assert_true(pty_wait_gone(p, "answer:"));
	pty_keys(p, "Lh");
	assert_screen(p, "hint: Enter opens");
	pty_keys(p, "La");
	assert_screen(p, "answer: Enter on C001");
	pty_keys(p, "Lt");
	assert_screen(p, "LESSON 1 of");
	pty_keys(p, "Lq");
	assert_screen(p, "Clusters");
	assert_true(pty_wait_gone(p, "LESSON"));
	sitting_end(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_lesson_is_solved_by_its_keys),
		cmocka_unit_test(there_are_lessons_from_the_first_pivot_to_the_report),
		cmocka_unit_test(every_step_has_a_hint_and_an_answer_that_are_not_shown_at_first),
	};

	return sitting_possible() ? cmocka_run_group_tests(tests, set_up, tear_down) : pty_skip();
}
