/*
 * test_pictures.c - the pictures at a terminal: each is reached as an analyst
 * reaches it, walked over, and left for what is behind it. The case is the one
 * of small_case.h.
 */
#include "config.h"

#include "../unit/test.h"

#include <stdio.h>
#include <stdlib.h>

#include "../unit/small_case.h"
#include "pty.h"

static char program[4096];

static struct pty *
start(int rows, int cols)
{
	const char *argv[] = { program, "open", "copy.claque", NULL };
	const char *env[] = { "CLAQUE_WHO=nr", "CLAQUE_CLOCK=2026-11-21T14:00:00Z", NULL };
	struct pty *p;

	small_case_copy("copy.claque");
	p = pty_start(argv, env, rows, cols);
	assert_screen(p, "Clusters");
	return p;
}

static void
end(struct pty *p)
{
	pty_keys(p, "Q");
	assert_exit(p, 0);
	assert_wire(p);
	assert_true(pty_settings_restored(p));
	pty_free(p);
}

static void
a_cell_of_the_matrix_leads_to_its_posts_and_back(void **state)
{
	struct pty *p = start(36, 120);

	(void)state;
	pty_keys(p, "om");
	assert_screen(p, "C001 › Sources x accounts");
	assert_screen(p, "control, seed 1");
	pty_keys(p, "jl");
	assert_screen(p, "@olga795 x https://blog[.]example/p/9");
	pty_keys(p, "R");
	assert_screen(p, "control drawn by seed 2");
	pty_keys(p, "s");
	assert_screen(p, "order: first to share first");
	pty_keys(p, "w");
	assert_screen(p, "8 or more");
	pty_keys(p, "<Enter>");
	assert_screen(p, "› Posts");
	assert_screen(p, "6 of 6 posts");
	pty_keys(p, "<lt>");
	assert_screen(p, "8 or more");
	assert_screen(p, "control, seed 2");
	end(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_cell_of_the_matrix_leads_to_its_posts_and_back),
	};
	const char *builddir = getenv("top_builddir");

	if (!pty_available())
		return pty_skip();
	(void)snprintf(program, sizeof(program), "%s/claque", builddir != NULL ? builddir : ".");
	return cmocka_run_group_tests(tests, small_case_set_up, small_case_tear_down);
}
