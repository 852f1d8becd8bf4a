#include "config.h"

#include "../unit/test.h"

#include "sitting.h"

#include <stdio.h>
#include <stdlib.h>

#include "../unit/small_case.h"

static char program[4096];

const char *
sitting_program(void)
{
	return program;
}

struct pty *
sitting_open(int rows, int cols)
{
	const char *argv[] = { program, "open", "copy.claque", NULL };
	const char *env[] = { "CLAQUE_WHO=nr", "CLAQUE_CLOCK=2026-11-21T14:00:00Z", NULL };

	return pty_start(argv, env, rows, cols);
}

struct pty *
sitting_fresh(int rows, int cols)
{
	struct pty *p;

	small_case_copy("copy.claque");
	p = sitting_open(rows, cols);
	assert_screen(p, "Clusters");
	return p;
}

void
sitting_end(struct pty *p)
{
	pty_keys(p, "Q");
	assert_exit(p, 0);
	assert_wire(p);
	assert_true(pty_settings_restored(p));
	pty_free(p);
}

bool
sitting_possible(void)
{
	const char *builddir = getenv("top_builddir");

	(void)snprintf(program, sizeof(program), "%s/claque", builddir != NULL ? builddir : ".");
	return pty_available();
}
