/* test_session_jobs.c - what a session lets one wait for: searches, exports, counts. */
#include "config.h"

#include "test.h"

#include <stdlib.h>
#include <unistd.h>

#include "app/export_job.h"
#include "app/jobs.h"
#include "app/session_impl.h"
#include "base/clock.h"
#include "small_case.h"
#include "small_session.h"
#include "store/stmt.h"

enum { LONG_MS = 60 };

static void
search_goes_around_in_both_directions(void **state)
{
	struct session *s = fresh();
	int64_t first;

	(void)state;
	(void)run(s, ACTION_SCREEN, "posts");
	(void)run(s, ACTION_FIND, "never tell");
	first = session_here(s)->panes[0].index;
	assert_true(first > 0);
	(void)run(s, ACTION_FIND_NEXT, "");
	assert_true(session_here(s)->panes[0].index > first);
	(void)run(s, ACTION_FIND_PREVIOUS, "");
	assert_int_equal(session_here(s)->panes[0].index, first);
	(void)session_select(s, 0);
	(void)run(s, ACTION_FIND_PREVIOUS, "");
	assert_true(session_here(s)->panes[0].index > first);
	(void)run(s, ACTION_FIND_NEXT, "");
	(void)run(s, ACTION_FIND, "no such text");
	assert_true(session_message(s).len > 0);
	session_close(s);
}

/* Counts ticks, and says no from one on. */
struct patience {
	int ticks, most;
	bool told;		/* of a job, not of a query */
};

static bool
tick(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
	struct patience *p = ctx;

	(void)stage, (void)done;
	p->told = p->told || total > 0;
	return ++p->ticks < p->most;
}

static void
a_search_starts_at_the_cursor_and_says_when_it_goes_around(void **state)
{
	struct session *s = fresh();
	int64_t first;

	(void)state;
	(void)run(s, ACTION_SCREEN, "posts");
	(void)run(s, ACTION_FIND, "good morning");
	first = session_here(s)->panes[0].index;
	assert_true(first > 0);
	(void)session_select(s, session_exact_length(s) - 1);
	session_hush(s);
	(void)run(s, ACTION_FIND_NEXT, "");
	assert_int_equal(session_here(s)->panes[0].index, first);
	assert_true(str_eq(session_message(s), STR("no hit below: went on from the top")));
	(void)session_select(s, 0);
	session_hush(s);
	(void)run(s, ACTION_FIND_NEXT, "");
	assert_int_equal(session_message(s).len, 0);
	session_close(s);
}

/* Stops at once: nothing is left behind, also no entry in the ledger. */
static void
an_export_that_is_stopped_leaves_nothing(void **state)
{
	struct patience none = { .most = 1 }, all = { .most = 1 << 20 };
	struct claque_progress stop = { &none, tick }, go = { &all, tick },
			       silent = { NULL, NULL };
	struct export_request request = { .format = STR("markdown"), .path = "out.md",
					  .who = STR("nr") };
	struct claque_err err = { 0 };
	struct store *store;

	(void)state;
	small_case_copy("copy.claque");
	assert_ok(store_open(&store, "copy.claque", STORE_WRITE, &err), err);
	assert_int_equal(export_job(store, &request, &stop, &err), CLAQUE_STOPPED);
	assert_int_equal(access("out.md", F_OK), -1);
	assert_true(none.told);
	assert_ok(export_job(store, &request, &go, &err), err);
	assert_int_equal(unlink("out.md"), 0);
	assert_ok(export_job(store, &request, &silent, &err), err);
	assert_int_equal(unlink("out.md"), 0);
	store_close(store);
}

static void
a_pattern_that_is_wrong_is_an_error_and_no_search(void **state)
{
	struct session *s = fresh();

	(void)state;
	(void)run(s, ACTION_SCREEN, "posts");
	(void)run(s, ACTION_FIND, "(");
	assert_true(session_message_is_error(s));
	assert_non_null(action_missing(s, ACTION_FIND_NEXT));
	session_close(s);
}

static bool
say_no(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
	uint64_t *asked = ctx;

	(void)stage, (void)total;
	*asked = done;
	return false;
}

static bool
say_yes(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
	uint64_t *asked = ctx;

	(void)stage, (void)total;
	*asked = done;
	return true;
}

static void
a_job_is_counted_given_up_and_listed_with_the_last_first(void **state)
{
	struct session *s = fresh();
	uint64_t asked = 0;
	const struct claque_progress yes = { &asked, say_yes }, no = { &asked, say_no };

	(void)state;
	assert_int_equal(jobs_count(s), 0);
	session_on_wait(s, &yes);
	jobs_begin(s, "one");
	assert_true(s->progress.tick(s->progress.ctx, "exporting", 500, 2000));
	assert_int_equal(asked, 500);
	assert_int_equal(jobs_get(s, 0)->state, JOB_RUNS);
	assert_int_equal(jobs_get(s, 0)->done, 500);
	assert_int_equal(jobs_get(s, 0)->total, 2000);
	jobs_cancel(s);
	assert_false(s->progress.tick(s->progress.ctx, "exporting", 1000, 2000));
	jobs_end(s, true);
	assert_int_equal(jobs_get(s, 0)->state, JOB_STOPPED);
	session_on_wait(s, &no);
	jobs_begin(s, "two");
	assert_false(s->progress.tick(s->progress.ctx, "exporting", 1, 0));
	jobs_end(s, true);
	session_on_wait(s, NULL);
	assert_int_equal(jobs_count(s), 2);
	assert_string_equal(jobs_get(s, 0)->name, "two");
	assert_int_equal(jobs_get(s, 0)->state, JOB_STOPPED);
	assert_string_equal(jobs_get(s, 1)->name, "one");
	for (int i = 0; i < 100; i++) {
		jobs_begin(s, "job %d", i);
		jobs_end(s, true);
	}
	assert_int_equal(jobs_count(s), JOBS_MAX);
	assert_string_equal(jobs_get(s, 0)->name, "job 99");
	assert_string_equal(jobs_get(s, JOBS_MAX - 1)->name, "job 68");
	jobs_begin(s, "short");
	jobs_end(s, false);
	assert_string_equal(jobs_get(s, 0)->name, "job 99");
	assert_string_equal(jobs_get(s, JOBS_MAX - 1)->name, "job 68");
	session_close(s);
}

static void
exports_are_jobs_that_are_done_or_have_failed(void **state)
{
	struct session *s = fresh();

	(void)state;
	(void)run(s, ACTION_EXPORT, "csv jobs.csv");
	assert_int_equal(jobs_get(s, 0)->state, JOB_DONE);
	assert_string_equal(jobs_get(s, 0)->name, "export csv");
	(void)run(s, ACTION_EXPORT, "csv /nowhere/at/all/jobs.csv");
	assert_int_equal(jobs_get(s, 0)->state, JOB_FAILED);
	assert_int_equal(jobs_count(s), 2);
	session_close(s);
}

static bool
never_stop(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
	(void)ctx, (void)stage, (void)done, (void)total;
	return true;
}

/* A question that was given up is noted; the next one is asked in peace. */
static void
what_was_stopped_stops_nothing_else(void **state)
{
	struct claque_progress progress = { .tick = never_stop };
	struct session *s = open_case(false);

	(void)state;
	session_on_wait(s, &progress);
	jobs_note(s, "posts", clock_ticks() - 1000, false);
	assert_int_equal(jobs_get(s, 0)->state, JOB_STOPPED);
	assert_true(jobs_tick(s, "posts", 0, 0));
	session_on_wait(s, NULL);
	session_close(s);
}

/* Each look at the clock costs more than a key may wait for rows. */
static bool
dawdle(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
	int64_t until = clock_ticks() + LONG_MS;

	(void)ctx, (void)stage, (void)done, (void)total;
	while (clock_ticks() < until)
		continue;
	return true;
}

/* One that is looked for, behind more than are looked through at first. */
static void
add_posts(void)
{
	struct store *store;
	struct claque_err err;

	small_case_copy("copy.claque");
	assert_ok(store_open(&store, "copy.claque", STORE_WRITE, &err), err);
	assert_ok(store_exec(store, "INSERT INTO post(account, at, precision, kind, text, input_file, row)"
			     " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
			     " WHERE i < 30000) SELECT 1, 1474000000000 + i, 1, 0,"
			     " iif(i = 15000, 'a needle', 'hay'), 1, i FROM n", &err), err);
	store_close(store);
}

/* As a key that was typed ahead, on a machine that has much to do. */
static void
an_action_waits_for_the_row_that_it_needs(void **state)
{
	struct claque_progress slow = { .tick = dawdle };
	struct session *s;

	(void)state;
	add_posts();
	s = open_case(false);
	session_on_wait(s, &slow);
	(void)run(s, ACTION_SCREEN, "posts");
	(void)run(s, ACTION_FILTER, "text:needle");
	assert_null(session_current(s));
	assert_true(session_shows_some(s));
	assert_non_null(action_missing(s, ACTION_FIND));
	assert_null(action_refused(s, ACTION_FIND));
	assert_non_null(session_current(s));
	session_on_wait(s, NULL);
	session_close(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(search_goes_around_in_both_directions),
		cmocka_unit_test(a_search_starts_at_the_cursor_and_says_when_it_goes_around),
		cmocka_unit_test(an_export_that_is_stopped_leaves_nothing),
		cmocka_unit_test(a_pattern_that_is_wrong_is_an_error_and_no_search),
		cmocka_unit_test(a_job_is_counted_given_up_and_listed_with_the_last_first),
		cmocka_unit_test(exports_are_jobs_that_are_done_or_have_failed),
		cmocka_unit_test(what_was_stopped_stops_nothing_else),
		cmocka_unit_test(an_action_waits_for_the_row_that_it_needs),
	};

	(void)setenv("CLAQUE_CLOCK", "2026-11-21T14:00:00Z", 1);
	return cmocka_run_group_tests(tests, small_case_set_up, small_case_tear_down);
}
