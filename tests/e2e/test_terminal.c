/*
 * test_terminal.c - the terminal end to end: what is painted is seen, keys
 * arrive whole, and every way out leaves the terminal as it was found.
 */
#include "config.h"

#include "../unit/test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "pty.h"

static char probe_path[4096];

static struct pty *
start_probe(const char *const *env)
{
	return pty_start((const char *const[]){ probe_path, NULL }, env, 24, 80);
}

static bool
wrote(const struct pty *p, const char *bytes)
{
	struct claque_str raw = pty_raw(p);

	return str_find(raw, str_of(bytes), 0) < raw.len;
}

/* All that a terminal of the xterm family needs to be as before. */
static void
assert_restored(struct pty *p)
{
	struct claque_str raw = pty_raw(p);
	struct claque_str end = str_sub(raw, raw.len > 200 ? raw.len - 200 : 0, 200);
	int row, col;
	bool visible;

	assert_true(str_find(end, STR("\033[?1049l"), 0) < end.len);
	assert_true(str_find(end, STR("\033[?2004l"), 0) < end.len);
	assert_true(str_find(end, STR("\033[?1l"), 0) < end.len);
	assert_true(pty_settings_restored(p));
	screen_cursor(pty_cells(p), &row, &col, &visible);
	assert_true(visible);
	assert_wire(p);
}

static void
a_grid_is_painted_and_hostile_text_is_spelled_out(void **state)
{
	struct pty *p = start_probe(NULL);
	int row, col;
	bool visible;

	(void)state;
	assert_screen(p, "probe 24x80");
	assert_string_equal(pty_row(p, 3), "a^[]0;x^Gb<202E>c<200B>d\u4e2d\u0416 e\u0301.[1F600]");
	assert_string_equal(pty_row(p, 5), "warning   \u2588\u2588");
	assert_int_equal(strlen(pty_row(p, 23)), 80);
	assert_int_equal(screen_looks(pty_cells(p), 0, 0), SCREEN_BOLD);
	assert_true(screen_looks(pty_cells(p), 3, 1) & SCREEN_REVERSE);
	assert_true(screen_looks(pty_cells(p), 5, 0) & SCREEN_COLOUR);
	screen_cursor(pty_cells(p), &row, &col, &visible);
	assert_int_equal(row, 4);
	assert_int_equal(col, 0);
	pty_keys(p, "q");
	assert_exit(p, 0);
	assert_restored(p);
	pty_free(p);
}

static void
keys_arrive_whole(void **state)
{
	static const struct { const char *bytes, *name; } cases[] = {
		{ "\033[A", "<Up>" }, { "\033OA", "<Up>" }, { "\033[B", "<Down>" },
		{ "\033OD", "<Left>" }, { "\033OP", "<F1>" }, { "\033[15~", "<F5>" },
		{ "\004", "<C-d>" }, { "\003", "<C-c>" }, { "\033", "<Esc>" },
		{ "\177", "<Backspace>" }, { "\b", "<Backspace>" }, { "\r", "<Enter>" },
		{ "\t", "<Tab>" }, { "\033[Z", "<S-Tab>" }, { "\033[1~", "<Home>" },
		{ "\033[H", "<Home>" }, { "\033OF", "<End>" }, { "\033[6~", "<PageDown>" },
		{ "\033[3~", "<Delete>" }, { "\033[1;3D", "<A-Left>" }, { "\u0436", "\u0436" },
		{ "\u4e2d", "\u4e2d" }, { "<", "<lt>" },
	};
	struct pty *p = start_probe(NULL);

	(void)state;
	assert_screen(p, "key 0: none");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char want[64];

		(void)snprintf(want, sizeof(want), "key %zu: %s\n", i + 1, cases[i].name);
		pty_send(p, str_of(cases[i].bytes));
		assert_screen(p, want);
	}
	pty_keys(p, "q");
	assert_exit(p, 0);
	assert_wire(p);
	pty_free(p);
}

/* Taken apart, "ESC [ 1 ; 5 A" would press A, which aborts the probe. */
static void
an_unknown_sequence_is_no_key_at_all(void **state)
{
	struct pty *p = start_probe((const char *const[]){ "TERM=vt100", NULL });

	(void)state;
	assert_screen(p, "key 0: none");
	pty_send(p, STR("\033[1;5A"));
	pty_send(p, STR("\033[?62;1;6c"));
	pty_send(p, STR("j"));
	assert_screen(p, "key 1: j");
	pty_keys(p, "q");
	assert_exit(p, 0);
	pty_free(p);
}

static void
a_paste_is_one_key_and_no_command(void **state)
{
	struct pty *p = start_probe(NULL);

	(void)state;
	assert_screen(p, "key 0: none");
	assert_true(wrote(p, "\033[?2004h"));
	pty_paste(p, "quit: q A\rE \033[A \u0436");
	assert_screen(p, "key 1: <Paste>");
	assert_string_equal(pty_row(p, 2), "quit: q A\u21b5E  \u0436");
	pty_keys(p, "q");
	assert_exit(p, 0);
	assert_restored(p);
	pty_free(p);
}

static void
a_paste_without_end_is_given_up(void **state)
{
	struct pty *p = start_probe(NULL);

	(void)state;
	assert_screen(p, "key 0: none");
	pty_send(p, STR("\033[200~abc"));
	assert_screen(p, "key 1: <Paste>");
	pty_keys(p, "j");
	assert_screen(p, "key 2: j");
	pty_keys(p, "q");
	assert_exit(p, 0);
	pty_free(p);
}

static void
a_resize_is_laid_out_anew(void **state)
{
	struct pty *p = start_probe(NULL);

	(void)state;
	assert_screen(p, "probe 24x80");
	pty_resize(p, 36, 120);
	assert_screen(p, "probe 36x120");
	assert_int_equal(strlen(pty_row(p, 35)), 120);
	for (int i = 0; i < 100; i++)
		pty_resize(p, 10 + i % 30, 30 + i);
	pty_resize(p, 12, 40);
	assert_screen(p, "probe 12x40");
	assert_int_equal(strlen(pty_row(p, 11)), 40);
	pty_resize(p, 1, 1);
	pty_resize(p, 24, 80);
	assert_screen(p, "probe 24x80");
	pty_keys(p, "q");
	assert_exit(p, 0);
	assert_wire(p);
	pty_free(p);
}

static void
an_unchanged_screen_costs_few_bytes_and_a_forgotten_one_all(void **state)
{
	struct pty *p = start_probe(NULL);
	size_t before, small;

	(void)state;
	assert_screen(p, "key 0: none");
	before = pty_raw(p).len;
	pty_keys(p, "j");
	assert_screen(p, "key 1: j");
	small = pty_raw(p).len - before;
	assert_true(small < 100);
	pty_keys(p, "L");
	assert_screen(p, "key 2: L");
	assert_true(pty_raw(p).len - before - small > 150);
	pty_keys(p, "q");
	assert_exit(p, 0);
	pty_free(p);
}

static void
another_thread_can_wake_the_wait(void **state)
{
	struct pty *p = start_probe(NULL);

	(void)state;
	assert_screen(p, "key 0: none");
	pty_keys(p, "W");
	assert_screen(p, "key 2: none");
	pty_keys(p, "q");
	assert_exit(p, 0);
	pty_free(p);
}

static void
deadly_signals_leave_the_terminal_and_kill(void **state)
{
	static const int numbers[] = { SIGINT, SIGQUIT, SIGSEGV, SIGBUS, SIGFPE, SIGABRT };

	(void)state;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		struct pty *p = start_probe(NULL);

		assert_screen(p, "key 0: none");
		assert_false(pty_settings_restored(p));
		pty_signal(p, numbers[i]);
		assert_killed(p, numbers[i]);
		assert_restored(p);
		pty_free(p);
	}
}

static void
a_crash_from_within_leaves_the_terminal(void **state)
{
	static const struct { const char *key; int number; } cases[] = {
		{ "A", SIGABRT }, { "S", SIGSEGV }, { "R", SIGSEGV }, { "O", SIGABRT },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct pty *p = start_probe(NULL);

		assert_screen(p, "key 0: none");
		pty_keys(p, cases[i].key);
		assert_killed(p, cases[i].number);
		assert_restored(p);
		pty_free(p);
	}
}

static void
term_and_hangup_let_the_program_save_and_then_kill(void **state)
{
	static const int numbers[] = { SIGTERM, SIGHUP };

	(void)state;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		struct pty *p = start_probe(NULL);

		assert_screen(p, "key 0: none");
		pty_signal(p, numbers[i]);
		assert_killed(p, numbers[i]);
		assert_restored(p);
		pty_free(p);
	}
}

/* It does not look at its keys any more: the alarm ends it. */
static void
a_program_that_hangs_dies_of_term_all_the_same(void **state)
{
	struct pty *p = start_probe(NULL);

	(void)state;
	assert_screen(p, "key 0: none");
	pty_keys(p, "H");
	assert_screen(p, "hanging");
	pty_signal(p, SIGTERM);
	assert_killed(p, SIGTERM);
	assert_restored(p);
	pty_free(p);
}

static void
a_terminal_that_goes_away_ends_the_program(void **state)
{
	struct pty *p = start_probe(NULL);

	(void)state;
	assert_screen(p, "key 0: none");
	pty_hang_up(p);
	assert_killed(p, SIGHUP);
	pty_free(p);
}

static void
exit_without_stop_restores_too(void **state)
{
	struct pty *p = start_probe(NULL);

	(void)state;
	assert_screen(p, "key 0: none");
	pty_keys(p, "E");
	assert_exit(p, 3);
	assert_restored(p);
	pty_free(p);
}

/* A session of its own cannot stop; it leaves and enters the screen all the same. */
static void
suspend_and_continue_enter_the_screen_again(void **state)
{
	static const int numbers[] = { SIGTSTP, SIGCONT };

	(void)state;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		struct pty *p = start_probe(NULL);

		assert_screen(p, "key 0: none");
		pty_signal(p, numbers[i]);
		assert_screen(p, "key 1: <Resize>");
		assert_true(wrote(p, "\033[?1049l"));
		pty_keys(p, "j");
		assert_screen(p, "key 2: j");
		assert_false(pty_settings_restored(p));
		pty_signal(p, SIGSEGV);
		assert_killed(p, SIGSEGV);
		assert_restored(p);
		pty_free(p);
	}
}

/* With a shell above it the program does stop, and the shell gets its screen back. */
static void
ctrl_z_gives_the_shell_its_screen(void **state)
{
	char script[5000];
	struct pty *p;

	(void)state;
	(void)snprintf(script, sizeof(script), "set -m; '%s'; echo stopped; read -r line; fg",
		       probe_path);
	p = pty_start((const char *const[]){ "/bin/sh", "-c", script, NULL }, NULL, 24, 80);
	assert_screen(p, "key 0: none");
	pty_keys(p, "<C-z>");
	assert_screen(p, "stopped");
	assert_true(pty_wait_gone(p, "probe 24x80"));
	assert_true(pty_settings_restored(p));
	pty_send(p, STR("\n"));
	assert_screen(p, "key 1: <Resize>");
	assert_false(pty_settings_restored(p));
	pty_keys(p, "q");
	assert_exit(p, 0);
	pty_free(p);
}

static void
every_terminal_gets_what_is_on_the_list(void **state)
{
	static const char *const envs[][2] = {
		{ "TERM=xterm" }, { "TERM=xterm-256color" }, { "TERM=screen-256color" },
		{ "TERM=tmux-256color" }, { "TERM=rxvt-unicode-256color" }, { "TERM=linux" },
		{ "TERM=vt220" }, { "TERM=ansi" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(envs) / sizeof(envs[0]); i++) {
		struct pty *p = start_probe(envs[i]);

		assert_screen(p, "key 0: none");
		pty_keys(p, "jL<Up>");
		assert_screen(p, "key 3: <Up>");
		pty_resize(p, 30, 100);
		assert_screen(p, "probe 30x100");
		pty_keys(p, "q");
		assert_exit(p, 0);
		assert_true(pty_settings_restored(p));
		assert_wire(p);
		pty_free(p);
	}
}

static void
a_plain_terminal_loses_no_meaning(void **state)
{
	struct pty *p = start_probe((const char *const[]){ "TERM=vt100", NULL });

	(void)state;
	assert_screen(p, "probe 24x80");
	assert_int_equal(screen_looks(pty_cells(p), 0, 0), SCREEN_BOLD);
	assert_int_equal(screen_looks(pty_cells(p), 4, 0), SCREEN_REVERSE);
	assert_int_equal(screen_looks(pty_cells(p), 3, 1),
			 SCREEN_BOLD | SCREEN_UNDERLINE | SCREEN_REVERSE);
	assert_int_equal(screen_looks(pty_cells(p), 5, 0), SCREEN_BOLD);
	pty_keys(p, "q");
	assert_exit(p, 0);
	assert_true(pty_settings_restored(p));
	assert_wire(p);
	pty_free(p);
}

static void
no_color_is_obeyed(void **state)
{
	static const char *const envs[][2] = { { "NO_COLOR=1", NULL }, { "CLICOLOR=0", NULL } };

	(void)state;
	for (size_t i = 0; i < sizeof(envs) / sizeof(envs[0]); i++) {
		struct pty *p = start_probe(envs[i]);

		assert_screen(p, "probe 24x80");
		for (int row = 0; row < 6; row++)
			assert_false(screen_looks(pty_cells(p), row, 0) & SCREEN_COLOUR);
		assert_false(wrote(p, "38;5"));
		pty_keys(p, "q");
		assert_exit(p, 0);
		pty_free(p);
	}
}

static void
an_unknown_terminal_is_taken_for_xterm_and_says_so(void **state)
{
	struct pty *p = start_probe((const char *const[]){ "TERM=unknown-xyz", NULL });

	(void)state;
	assert_screen(p, "terminal 'unknown-xyz' is unknown here");
	pty_keys(p, "q");
	assert_exit(p, 0);
	assert_restored(p);
	pty_free(p);
}

static void
a_terminal_that_cannot_place_the_cursor_is_refused(void **state)
{
	struct pty *p = start_probe((const char *const[]){ "TERM=dumb", NULL });

	(void)state;
	assert_exit(p, 2);
	assert_true(wrote(p, "set TERM=xterm-256color"));
	assert_true(pty_settings_restored(p));
	pty_free(p);
}

static void
a_locale_without_utf8_gets_ascii(void **state)
{
	struct pty *p = start_probe((const char *const[]){ "LC_ALL=C", NULL });

	(void)state;
	assert_screen(p, "probe 24x80");
	assert_string_equal(pty_row(p, 3), "a^[]0;x^Gb<202E>c<200B>d? ? e.[1F600]");
	assert_string_equal(pty_row(p, 5), "warning   ##");
	for (size_t i = 0; i < pty_raw(p).len; i++)
		assert_true((unsigned char)pty_raw(p).p[i] < 0x80);
	pty_keys(p, "q");
	assert_exit(p, 0);
	pty_free(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_grid_is_painted_and_hostile_text_is_spelled_out),
		cmocka_unit_test(keys_arrive_whole),
		cmocka_unit_test(an_unknown_sequence_is_no_key_at_all),
		cmocka_unit_test(a_paste_is_one_key_and_no_command),
		cmocka_unit_test(a_paste_without_end_is_given_up),
		cmocka_unit_test(a_resize_is_laid_out_anew),
		cmocka_unit_test(an_unchanged_screen_costs_few_bytes_and_a_forgotten_one_all),
		cmocka_unit_test(another_thread_can_wake_the_wait),
		cmocka_unit_test(deadly_signals_leave_the_terminal_and_kill),
		cmocka_unit_test(a_crash_from_within_leaves_the_terminal),
		cmocka_unit_test(term_and_hangup_let_the_program_save_and_then_kill),
		cmocka_unit_test(a_program_that_hangs_dies_of_term_all_the_same),
		cmocka_unit_test(a_terminal_that_goes_away_ends_the_program),
		cmocka_unit_test(exit_without_stop_restores_too),
		cmocka_unit_test(suspend_and_continue_enter_the_screen_again),
		cmocka_unit_test(ctrl_z_gives_the_shell_its_screen),
		cmocka_unit_test(every_terminal_gets_what_is_on_the_list),
		cmocka_unit_test(a_plain_terminal_loses_no_meaning),
		cmocka_unit_test(no_color_is_obeyed),
		cmocka_unit_test(an_unknown_terminal_is_taken_for_xterm_and_says_so),
		cmocka_unit_test(a_terminal_that_cannot_place_the_cursor_is_refused),
		cmocka_unit_test(a_locale_without_utf8_gets_ascii),
	};
	const char *builddir = getenv("top_builddir");

	if (!pty_available())
		return pty_skip();
	(void)snprintf(probe_path, sizeof(probe_path), "%s/tests/e2e/term_probe",
		       builddir != NULL ? builddir : ".");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
