/*
 * test_gate.c - the wire gate: over a case full of every trick that we know of
 * (hostile_case.h) each screen, overlay and prompt of tests/screen/SCREENS is
 * walked to and gone through, on terminals of five kinds at once; every byte
 * that the program writes must be on the list of wire.h.
 */
#include "config.h"

#include "../unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../unit/hostile_case.h"
#include "../unit/screen_table.h"
#include "../unit/small_case.h"
#include "app/screen.h"
#include "sitting.h"

enum { ARENA_BYTES = 4 << 20 };

static const struct terminal_kind {
	const char *name, *env[3];
	int rows, cols;
} kinds[] = {
	{ "xterm-256color", { "TERM=xterm-256color" }, 36, 120 },
	{ "tmux-256color", { "TERM=tmux-256color" }, 24, 80 },
	{ "vt100", { "TERM=vt100" }, 24, 80 },
	{ "vt100 in ASCII", { "TERM=vt100", "LC_ALL=C" }, 36, 120 },
	{ "xterm-256color in ASCII", { "TERM=xterm-256color", "LC_ALL=C" }, 40, 200 },
};

enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

static struct pty *
start(const struct terminal_kind *kind, size_t number)
{
	char name[32];
	const char *argv[] = { sitting_program(), "open", name, NULL };
	const char *env[] = { "CLAQUE_WHO=nr", "CLAQUE_CLOCK=2026-11-21T14:00:00Z", kind->env[0],
			      kind->env[1], NULL };

	(void)snprintf(name, sizeof(name), "copy%zu.claque", number);
	small_case_copy(name);
	hostile_case_add(name);
	return pty_start(argv, env, kind->rows, kind->cols);
}

static void
press(struct pty *all[KINDS], const char *keys)
{
	for (size_t i = 0; i < KINDS; i++)
		pty_keys(all[i], keys);
}

static void
wait_for(struct pty *all[KINDS], const char *needle)
{
	pty_settle(all, KINDS);
	for (size_t i = 0; i < KINDS; i++)
		if (strstr(pty_screen(all[i]), needle) == NULL)
			assert_screen(all[i], needle);
}

/* The title of the screen, where its name shows that one has arrived. */
static const char *
title_of(const struct screen_line *line)
{
	enum screen_id id;

	if (!str_starts(line->of, STR("screen ")) ||
	    !screen_parse(str_sub(line->of, strlen("screen "), line->of.len), &id))
		return "";
	return screen_get(id)->title;
}

/* There, to the end of what it shows, and home again. */
static void
walk(struct pty *all[KINDS], const struct screen_line *line, struct arena perm)
{
	press(all, str_z(&perm, line->way));
	wait_for(all, title_of(line));
	press(all, "G<PageUp>k<C-u>");
	wait_for(all, "");
	press(all, "<Esc><Esc>_<lt><lt><lt><lt><lt><lt><lt><lt>");
	wait_for(all, "C001");
}

static void
assert_ascii(const struct terminal_kind *kind, const struct pty *p)
{
	struct claque_str raw = pty_raw(p);

	for (size_t at = 0; at < raw.len; at++)
		if ((unsigned char)raw.p[at] >= 0x80)
			fail_msg("%s: byte %zu is no ASCII", kind->name, at);
}

static void
no_screen_lets_a_trick_through_to_any_terminal(void **state)
{
	struct arena whole = arena_new(ARENA_BYTES), perm = whole;
	struct pty *all[KINDS];
	struct screen_table table;

	(void)state;
	screen_table_read(&table, &perm);
	for (size_t i = 0; i < KINDS; i++)
		all[i] = start(&kinds[i], i);
	wait_for(all, "C001");
	for (size_t i = 0; i < table.count; i++)
		walk(all, &table.lines[i], perm);
	for (size_t i = 0; i < KINDS; i++) {
		if (kinds[i].env[1] != NULL)
			assert_ascii(&kinds[i], all[i]);
		sitting_end(all[i]);
	}
	arena_free(whole);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_screen_lets_a_trick_through_to_any_terminal),
	};

	return sitting_run(tests);
}
