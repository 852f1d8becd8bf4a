/*
 * redacting.h - the small case open, and a redactor over it: for a test of what is hidden in
 * it and what the search for leaks finds. Of one test program.
 */
#ifndef TESTS_UNIT_REDACTING_H
#define TESTS_UNIT_REDACTING_H

#include "test.h"

#include "app/leak.h"
#include "small_case.h"

static struct arena room, arena;
static struct store *store;
static struct redactor *redactor;
static struct leaks *leaks;
static struct claque_err err;

static void
open_at(enum redaction level, int64_t followers)
{
	struct redaction_plan plan = { level, followers };

	redactor_free(redactor);
	assert_ok(redactor_new(&redactor, store, &plan, &err), err);
}

/* The fixture of a test. */
static int
set_up(void **state)
{
	(void)state;
	room = arena_new(32 << 20);
	arena = room;
	small_case_copy("mine.claque");
	assert_ok(store_open(&store, "mine.claque", STORE_WRITE, &err), err);
	open_at(REDACTION_PSEUDONYMISED, REDACTION_FOLLOWERS);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	leaks_free(leaks);
	leaks = NULL;
	redactor_free(redactor);
	redactor = NULL;
	store_close(store);
	arena_free(room);
	return 0;
}

#endif
