/*
 * test_live.c - what is counted beside the keys: hits of a pattern, rows that a
 * lens would leave, and which hit is the next.
 */
#include "config.h"

#include "test.h"

#include "small_case.h"
#include "small_session.h"

static struct tally
hits(struct session *s, const char *pattern)
{
	struct tally t = session_count_hits(s, str_of(pattern));

	while (!t.final) {
		assert_true(session_unsettled(s));
		session_finish(s);
		t = session_count_hits(s, str_of(pattern));
	}
	return t;
}

static int64_t
kept_by(struct session *s, const char *text)
{
	struct claque_err err;
	struct lens lens;
	struct tally t;

	assert_ok(session_read_lens(str_of(text), &lens, &err), err);
	(void)session_count_lens(s, &lens);
	session_finish(s);
	t = session_count_lens(s, &lens);
	assert_true(t.final && !t.failed);
	return t.found;
}

/* What the list itself says, through the lens that Tab would make of the pattern. */
static int64_t
rows_through(struct session *s, const char *text)
{
	int64_t n;

	(void)run(s, ACTION_FILTER, text);
	n = session_exact_length(s);
	(void)session_back(s);
	return n;
}

static void
hits_are_the_rows_that_the_lens_would_leave(void **state)
{
	struct session *s = fresh();
	struct tally t;

	(void)state;
	(void)run(s, ACTION_SCREEN, "posts");
	t = hits(s, "good morning");
	assert_false(t.failed);
	assert_int_equal(t.found, rows_through(s, "text:good morning"));
	assert_int_equal(t.found, 40);	/* 45 posts, every ninth says something else */
	assert_int_equal(t.seen, session_exact_length(s));
	assert_int_equal(hits(s, "Good morning").found, 0);
	assert_int_equal(hits(s, "no such text").found, 0);
	assert_true(hits(s, "(broken").failed);
	assert_int_equal(hits(s, "").found, 0);
	session_close(s);
}

static void
a_lens_is_counted_before_it_is_there(void **state)
{
	struct session *s = fresh();

	(void)state;
	(void)run(s, ACTION_SCREEN, "posts");
	assert_int_equal(kept_by(s, "kind:reshare"), rows_through(s, "kind:reshare"));
	assert_int_equal(kept_by(s, "kind:reshare text:never"),
			 rows_through(s, "kind:reshare text:never"));
	assert_true(lens_is_open(&session_here(s)->lens));
	assert_int_equal(kept_by(s, ""), session_whole(s));
	session_close(s);
}

static void
known_hits_lead_where_a_search_of_the_list_leads(void **state)
{
	struct session *s = fresh();
	int64_t searched[30], end;

	(void)state;
	(void)run(s, ACTION_SCREEN, "posts");
	(void)run(s, ACTION_FIND, "never");
	for (int i = 0; i < 30; i++) {
		(void)run(s, i < 15 ? ACTION_FIND_NEXT : ACTION_FIND_PREVIOUS, "");
		searched[i] = session_here(s)->panes[0].index;
	}
	(void)session_select(s, 0);
	end = hits(s, "never").found;
	assert_in_range(end, 3, 14);
	(void)run(s, ACTION_FIND, "never");
	for (int i = 0; i < 30; i++) {
		(void)run(s, i < 15 ? ACTION_FIND_NEXT : ACTION_FIND_PREVIOUS, "");
		assert_int_equal(session_here(s)->panes[0].index, searched[i]);
		assert_in_range(hits(s, "never").nth, 1, end);
	}
	session_close(s);
}

static void
another_order_is_counted_anew(void **state)
{
	struct session *s = fresh();
	int64_t first;

	(void)state;
	(void)run(s, ACTION_SCREEN, "accounts");
	(void)run(s, ACTION_FIND, "fan_one");
	assert_int_equal(hits(s, "fan_one").nth, 1);
	first = session_here(s)->panes[0].index;
	(void)run(s, ACTION_SORT, "handle");
	(void)session_current(s);
	assert_int_not_equal(session_here(s)->panes[0].index, first);
	assert_int_equal(hits(s, "fan_one").nth, 1);
	assert_int_equal(hits(s, "fan_one").found, 1);
	session_close(s);
}

/* Each question stops the one before; closing does not wait for an answer. */
static void
asking_again_is_always_possible(void **state)
{
	static const char *const typed[] = { "n", "ne", "nev", "neve", "never", "neve", "nev" };
	struct session *s = fresh();

	(void)state;
	(void)run(s, ACTION_SCREEN, "posts");
	for (int round = 0; round < 50; round++)
		for (size_t i = 0; i < sizeof(typed) / sizeof(typed[0]); i++)
			(void)session_count_hits(s, str_of(typed[i]));
	assert_true(hits(s, "never").found > 0);
	(void)session_count_hits(s, STR("n"));
	session_close(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hits_are_the_rows_that_the_lens_would_leave),
		cmocka_unit_test(a_lens_is_counted_before_it_is_there),
		cmocka_unit_test(known_hits_lead_where_a_search_of_the_list_leads),
		cmocka_unit_test(another_order_is_counted_anew),
		cmocka_unit_test(asking_again_is_always_possible),
	};

	return cmocka_run_group_tests(tests, small_case_set_up, small_case_tear_down);
}
