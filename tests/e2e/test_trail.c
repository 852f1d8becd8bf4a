/*
 * test_trail.c - the trail at a terminal: a branch, the step before it, the whole
 * tree after the process was killed, two steps told apart, the method written down.
 */
#include "config.h"

#include "../unit/test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../unit/small_case.h"
#include "sitting.h"

static void
branch_off_twice(struct pty *p)
{
	assert_screen(p, "Clusters");
	pty_keys(p, "<Enter>");
	assert_screen(p, "C001 › Accounts");
	pty_keys(p, "jjj<Enter>");
	assert_screen(p, "Dossier");
	pty_keys(p, "<lt>");
	assert_screen(p, "C001 › Accounts");
	pty_keys(p, "Flang:en<Enter>");
	assert_screen(p, "LENS lang:en");
	pty_keys(p, "<lt>3");
	assert_screen(p, "C001 › Sources");
}

static void
a_branch_outlives_the_process(void **state)
{
	struct pty *p;

	(void)state;
	small_case_copy("copy.claque");
	p = sitting_open(36, 120);
	branch_off_twice(p);
	pty_keys(p, "T");
	assert_screen(p, "TRAIL  5 steps, 2 left aside, 0 pinned");
	pty_keys(p, "kkcthe dossier<Enter>p");
	assert_screen(p, "[the dossier] Dossier of @");
	assert_screen(p, "1 pinned");
	pty_signal(p, SIGKILL);
	assert_killed(p, SIGKILL);
	pty_free(p);
	p = sitting_open(36, 120);
	assert_screen(p, "C001 › Sources");
	pty_keys(p, "T");
	assert_screen(p, "[the dossier] Dossier of @");
	pty_keys(p, "kk<Enter>");
	assert_screen(p, "Dossier");
	pty_keys(p, "<lt>");
	assert_screen(p, "row 4/6");
	pty_keys(p, "Tk d");
	assert_screen(p, "mark two steps");
	pty_keys(p, "<Esc>Tjjd");
	assert_screen(p, "step 2 to 4: 0 accounts lost, 0 gained, 6 in both");
	pty_keys(p, "E");
	assert_screen(p, "method FILE: the pinned steps");
	pty_keys(p, "way.md<Enter>");
	assert_screen(p, "3 of 5 steps as a method section: way.md");
	assert_int_equal(unlink("way.md"), 0);
	sitting_end(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_branch_outlives_the_process),
	};

	return sitting_run(tests);
}
