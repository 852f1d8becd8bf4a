/*
 * test_manners.c - how the workbench behaves at a terminal beside what it shows: the
 * mouse, the clipboard and frames that appear whole only where they are wanted, slow
 * lines, colours as asked for, the cursor where one reads.
 */
#include "config.h"

#include "../unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "../unit/small_case.h"
#include "sitting.h"

#define MOUSE_ON  "\033[?1000h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1000l"

static struct pty *
start(const char *option, const char *value, const char *const *env)
{
	const char *argv[] = { sitting_program(), "open", "copy.claque", option, value, NULL };
	struct pty *p;

	small_case_copy("copy.claque");
	p = pty_start(argv, env, 24, 80);
	assert_screen(p, "Clusters");
	return p;
}

static struct pty *
start_with_conf(const char *conf, const char *const *env)
{
	FILE *f = fopen("settings.conf", "wb");

	assert_non_null(f);
	assert_true(fputs(conf, f) >= 0);
	assert_int_equal(fclose(f), 0);
	return start("--config", "settings.conf", env);
}

static bool
wrote(const struct pty *p, const char *bytes)
{
	struct claque_str raw = pty_raw(p);

	return str_find(raw, str_of(bytes), 0) < raw.len;
}

/* All but these sequences is on the list of what may be written. */
static void
assert_wire_but(struct pty *p, const char *const *allowed, size_t count)
{
	struct claque_str raw = pty_raw(p);
	struct buf rest, complaint;

	buf_init(&rest, PTY_RAW_MAX);
	buf_init(&complaint, 4096);
	for (size_t at = 0; at < raw.len; ) {
		size_t skip = 0;

		for (size_t i = 0; i < count; i++)
			if (str_starts(str_sub(raw, at, raw.len), str_of(allowed[i])))
				skip = strlen(allowed[i]);
		if (skip == 0)
			buf_addc(&rest, raw.p[at]);
		at += skip > 0 ? skip : 1;
	}
	if (!wire_clean(buf_str(&rest), &complaint))
		fail_msg(STR_FMT, STR_ARG(buf_str(&complaint)));
	buf_done(&rest);
	buf_done(&complaint);
}

static void
finish(struct pty *p, const char *const *allowed, size_t count)
{
	pty_keys(p, "Q");
	assert_exit(p, 0);
	assert_wire_but(p, allowed, count);
	assert_true(pty_settings_restored(p));
	pty_free(p);
	(void)unlink("settings.conf");
	(void)unlink("copy.claque");
}

static const char *const mouse_modes[] = { MOUSE_ON, MOUSE_OFF };

static void
a_click_moves_a_second_opens_and_the_wheel_scrolls(void **state)
{
	struct pty *p = start("--mouse", NULL, NULL);

	(void)state;
	assert_true(wrote(p, MOUSE_ON));
	pty_keys(p, "2");
	assert_screen(p, "row 1/14");
	pty_send(p, STR("\033[<0;20;9M\033[<0;20;9m"));
	assert_screen(p, "row 5/14");
	pty_send(p, STR("\033[<65;20;9M"));
	assert_screen(p, "row 8/14");
	pty_send(p, STR("\033[<64;20;9M"));
	assert_screen(p, "row 5/14");
	pty_send(p, STR("\033[M !'\033[M#!'"));
	assert_screen(p, "row 3/14");
	pty_send(p, STR("\033[<0;1;1M\033[<2;20;9M\033[<35;4;4M"));
	pty_send(p, STR("\033[<0;20;7M\033[<0;20;7m"));
	assert_screen(p, "Dossier");
	finish(p, mouse_modes, 2);
}

static void
the_mouse_is_off_until_it_is_asked_for_and_off_at_the_end(void **state)
{
	struct pty *p = start(NULL, NULL, NULL);

	(void)state;
	assert_false(wrote(p, "\033[?1000h"));
	pty_keys(p, ":mouse on<Enter>");
	assert_screen(p, "for this session: set mouse on");
	assert_true(wrote(p, MOUSE_ON));
	pty_keys(p, ":mouse off<Enter>");
	assert_screen(p, "for this session: set mouse off");
	assert_true(wrote(p, MOUSE_OFF));
	pty_keys(p, ":mouse on<Enter>");
	assert_screen(p, "for this session: set mouse on");
	pty_signal(p, SIGSEGV);
	assert_killed(p, SIGSEGV);
	assert_true(str_find(pty_raw(p), STR(MOUSE_OFF), pty_raw(p).len - 200) < pty_raw(p).len);
	assert_true(pty_settings_restored(p));
	pty_free(p);
}

static void
a_copy_goes_to_a_file_of_the_user_and_says_so(void **state)
{
	static const char *const env[] = { "XDG_STATE_HOME=/tmp/claque-manners-state", NULL };
	static const char path[] = "/tmp/claque-manners-state/claque/copied.txt";
	struct pty *p = start(NULL, NULL, env);
	char text[400] = "";
	struct stat info;
	FILE *f;

	(void)state;
	pty_keys(p, "4jjjjy");
	assert_screen(p, "copied.txt");
	f = fopen(path, "rb");
	assert_non_null(f);
	assert_true(fread(text, 1, sizeof(text) - 1, f) > 0);
	(void)fclose(f);
	assert_non_null(strstr(text, "blog[.]example"));
	assert_null(strstr(text, "blog.example"));
	assert_int_equal(stat(path, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	assert_false(wrote(p, "\033]52"));
	pty_keys(p, "Y");
	assert_screen(p, "as it is, with links that work?");
	pty_keys(p, "n");
	assert_screen(p, "left as it was");
	pty_keys(p, "Yy");
	assert_screen(p, "bytes are in");
	f = fopen(path, "rb");
	memset(text, 0, sizeof(text));
	assert_true(fread(text, 1, sizeof(text) - 1, f) > 0);
	(void)fclose(f);
	assert_non_null(strstr(text, "https://blog.example"));
	(void)unlink(path);
	(void)rmdir("/tmp/claque-manners-state/claque");
	(void)rmdir("/tmp/claque-manners-state");
	finish(p, NULL, 0);
}

/* "@ivan142" is QGl2YW4xNDI=. A text with an escape in it never gets there. */
static void
the_clipboard_is_written_only_if_it_is_wanted_and_never_with_controls(void **state)
{
	static const char *const copied[] = { "\033]52;c;QGl2YW4xNDI=\033\\" };
	static const char *const env[] = { "XDG_STATE_HOME=/tmp/claque-manners-state", NULL };
	struct pty *p = start_with_conf("set clipboard osc52\n", env);

	(void)state;
	pty_keys(p, "2y");
	assert_screen(p, "8 bytes went to the terminal's clipboard");
	assert_true(wrote(p, copied[0]));
	pty_keys(p, "4/owned<Enter>Yy");
	assert_screen(p, "control characters");
	(void)unlink("/tmp/claque-manners-state/claque/copied.txt");
	(void)rmdir("/tmp/claque-manners-state/claque");
	(void)rmdir("/tmp/claque-manners-state");
	finish(p, copied, 1);
}

static const char *const frame_modes[] = { "\033[?2026$p", "\033[?2026h", "\033[?2026l" };

static void
frames_are_held_back_where_the_terminal_says_that_it_can(void **state)
{
	struct pty *p = start_with_conf("set sync ask\n", NULL);

	(void)state;
	assert_true(wrote(p, "\033[?2026$p"));
	assert_false(wrote(p, "\033[?2026h"));
	pty_send(p, STR("\033[?2026;2$y"));
	pty_keys(p, "2");
	assert_screen(p, "row 1/14");
	assert_true(wrote(p, "\033[?2026h"));
	finish(p, frame_modes, 3);
	p = start_with_conf("set sync ask\n", NULL);
	pty_send(p, STR("\033[?2026;0$y"));
	pty_keys(p, "2");
	assert_screen(p, "row 1/14");
	assert_false(wrote(p, "\033[?2026h"));
	finish(p, frame_modes, 3);
}

static void
no_question_is_sent_unless_it_is_wanted(void **state)
{
	struct pty *p = start(NULL, NULL, NULL);

	(void)state;
	pty_keys(p, "2");
	assert_screen(p, "row 1/14");
	assert_false(wrote(p, "$p"));
	finish(p, NULL, 0);
}

/* On a slow line the parts of one key come one by one. */
static void
the_wait_after_escape_is_the_user_s(void **state)
{
	static const char *const slow[] = { "CLAQUE_ESCDELAY=1000", NULL };
	const struct timespec line = { .tv_nsec = 100000000 };
	struct pty *p = start(NULL, NULL, slow);

	(void)state;
	pty_keys(p, "2");
	assert_screen(p, "row 1/14");
	pty_send(p, STR("\033"));
	(void)nanosleep(&line, NULL);
	pty_send(p, STR("[B"));
	assert_screen(p, "row 2/14");
	finish(p, NULL, 0);
	p = start(NULL, NULL, NULL);
	pty_keys(p, "2");
	assert_screen(p, "row 1/14");
	pty_send(p, STR("\033"));
	(void)nanosleep(&line, NULL);
	pty_send(p, STR("[B"));		/* by then two keys of their own: an order, and evidence */
	assert_screen(p, "there is no claim yet");
	finish(p, NULL, 0);
}

static void
a_paste_is_no_command_in_every_terminal_that_brackets_it(void **state)
{
	static const char *const terms[][2] = {
		{ "TERM=xterm-256color" }, { "TERM=screen-256color" }, { "TERM=tmux-256color" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(terms) / sizeof(terms[0]); i++) {
		struct pty *p = start(NULL, NULL, terms[i]);

		assert_true(wrote(p, "\033[?2004h"));
		pty_paste(p, "QQq2\rQ");
		assert_screen(p, "pasted text is not taken as keys");
		pty_keys(p, "/");
		pty_paste(p, "ne\nws");
		assert_screen(p, "ne ws");
		pty_keys(p, "<Esc>");
		finish(p, NULL, 0);
	}
}

static bool
has_colour(struct pty *p)
{
	int row, col;

	assert_screen(p, "LENS open");
	assert_true(pty_find(p, "LENS", &row, &col));
	return (screen_looks(pty_cells(p), row, col) & SCREEN_COLOUR) != 0;
}

static void
colours_are_as_the_command_line_says(void **state)
{
	static const char *const no_color[] = { "NO_COLOR=1", NULL };
	struct pty *p = start("--color=never", NULL, NULL);

	(void)state;
	assert_false(has_colour(p));
	finish(p, NULL, 0);
	p = start("--color=always", NULL, no_color);
	assert_true(has_colour(p));
	finish(p, NULL, 0);
	p = start("--color=auto", NULL, no_color);
	assert_false(has_colour(p));
	finish(p, NULL, 0);
}

/* A braille line and a screen reader read where the hardware cursor is. */
static void
the_cursor_rests_on_what_is_looked_at_on_every_screen(void **state)
{
	static const char *const keys[] = {
		"1j", "2j", "3j", "4j", "5j", "6l", "7j", "8", "9j", "1om", "1<lt>og", "1=", "2<Enter>",
		"1o", "1?", "1:", "1f", "2s", "2C", "1S", "1T", "4ji", "1:go to sites<Enter>",
		"1:go to hashtags<Enter>", "1:go to matches<Enter>", "1of", "1/", "1F",
	};
	struct pty *p = start(NULL, NULL, NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		int row, col;
		bool visible;

		pty_keys(p, keys[i]);
		assert_screen(p, " ");
		screen_cursor(pty_cells(p), &row, &col, &visible);
		if (!visible || row < 1)
			fail_msg("%s: the cursor is at row %d", keys[i], row);
		pty_keys(p, "<Esc>");
		assert_screen(p, "LENS");
	}
	finish(p, NULL, 0);
}

static void
a_terminal_that_is_too_small_says_so_and_comes_back(void **state)
{
	struct pty *p = start(NULL, NULL, NULL);

	(void)state;
	pty_resize(p, 12, 39);
	assert_screen(p, "claque needs 40x12");
	pty_resize(p, 11, 40);
	assert_screen(p, "too small: 40x11");
	pty_resize(p, 12, 40);
	assert_screen(p, "LENS open");
	finish(p, NULL, 0);
}

/* Lines in, lines out: not one escape, on a terminal that knows none. */
static void
linear_works_on_a_terminal_that_only_types(void **state)
{
	const char *argv[] = { sitting_program(), "open", "copy.claque", "--linear", NULL };
	static const char *const env[] = { "TERM=dumb", NULL };
	struct claque_str raw;
	struct pty *p;

	(void)state;
	small_case_copy("copy.claque");
	p = pty_start(argv, env, 60, 160);
	assert_screen(p, "row 2: id: C002");
	pty_send(p, STR("2\n"));
	assert_screen(p, "row 14: account: 6200000005");
	pty_send(p, STR("/karen\n"));
	assert_screen(p, "chosen: row 4");
	pty_send(p, STR(":go to posts\n"));
	assert_screen(p, "lens: open  87 of 87 posts");
	pty_send(p, STR("Q\n"));
	assert_exit(p, 0);
	raw = pty_raw(p);
	for (size_t i = 0; i < raw.len; i++)
		assert_true((unsigned char)raw.p[i] >= ' ' || raw.p[i] == '\n' || raw.p[i] == '\r');
	pty_free(p);
	(void)unlink("copy.claque");
}

/* A trainer with an audience, from the first screen to the last. */
static void
a_workshop_from_beginning_to_end(void **state)
{
	struct pty *p = start("--workshop", NULL, NULL);

	(void)state;
	assert_screen(p, "[MASKED]");
	pty_keys(p, "2");
	assert_screen(p, "@acct-001");
	pty_keys(p, "<Enter>");
	assert_screen(p, "Enter \u2192 Dossier");
	pty_keys(p, "<lt><lt>om");
	assert_screen(p, "o m \u2192 Sources x accounts");
	pty_keys(p, "1");
	assert_screen(p, "C001 \u00b7\u00b7\u00b7\u00b7");
	pty_keys(p, "a");
	assert_screen(p, "C001  0.97");
	pty_keys(p, "2");
	assert_screen(p, "\u00b7\u00b7\u00b7\u00b7  C001");
	assert_false(wrote(p, "ivan142"));
	assert_false(wrote(p, "bob2153"));
	pty_keys(p, ":workshop<Enter>");
	assert_screen(p, "Show the names again?");
	pty_keys(p, "y");
	assert_screen(p, "ivan142");
	finish(p, NULL, 0);
}

static void
an_empty_case_says_what_fills_it_and_a_missing_one_what_makes_it(void **state)
{
	const char *missing[] = { sitting_program(), "open", "none.claque", NULL };
	const char *empty[] = { sitting_program(), "open", "copy.claque", NULL };
	struct pty *p = pty_start(missing, NULL, 24, 80);

	(void)state;
	assert_exit(p, 2);
	assert_true(wrote(p, "there is no such case"));
	assert_true(wrote(p, "claque import CASE FILE..."));
	assert_true(wrote(p, "claque demo"));
	pty_free(p);
	small_case_empty("copy.claque");
	p = pty_start(empty, NULL, 24, 80);
	assert_screen(p, "claque import copy.claque FILE...");
	assert_screen(p, "d  try the training case");
	pty_keys(p, "<Esc>");
	assert_true(pty_wait_gone(p, "try the training case"));
	finish(p, NULL, 0);
}

static void
crumbs_lead_back_and_forward_stays(void **state)
{
	struct pty *p = start(NULL, NULL, NULL);

	(void)state;
	pty_keys(p, "2<Enter>:crumbs<Enter>");
	assert_screen(p, "the way here");
	pty_keys(p, "kk<Enter>");
	assert_screen(p, "2 of 2 clusters");
	pty_keys(p, ">>");
	assert_screen(p, "Dossier");
	pty_keys(p, "<C-t>");
	assert_screen(p, "nothing has taken long");
	pty_keys(p, "<Esc>Ecsv jobs.csv<Enter>");
	assert_screen(p, "jobs.csv");
	pty_keys(p, "<C-t>");
	assert_screen(p, "export csv");
	pty_keys(p, "<Esc>");
	(void)unlink("jobs.csv");
	finish(p, NULL, 0);
}

static void
a_passphrase_is_asked_for_twice_and_never_shown(void **state)
{
	const char *argv[] = { sitting_program(), "export", "copy.claque", "--to", "bag", "--encrypt",
			       "--out", "copy.sealed", NULL };
	static const char *const env[] = { "CLAQUE_BAG_PASSPHRASE", NULL };
	struct pty *p;

	(void)state;
	small_case_copy("copy.claque");
	p = pty_start(argv, env, 24, 80);
	assert_screen(p, "Passphrase of the bag:");
	pty_keys(p, "sesame<Enter>");
	assert_screen(p, "The same again:");
	pty_keys(p, "sesam<Enter>");
	assert_screen(p, "these are two passphrases");
	assert_exit(p, 2);
	assert_int_equal(str_find(pty_raw(p), STR("sesam"), 0), pty_raw(p).len);
	assert_true(pty_settings_restored(p));
	assert_int_not_equal(access("copy.sealed", F_OK), 0);
	pty_free(p);
}

static void
control_c_at_the_passphrase_stops_and_gives_the_echo_back(void **state)
{
	const char *argv[] = { sitting_program(), "decrypt", "copy.claque", "--out", "copy", NULL };
	static const char *const env[] = { "CLAQUE_BAG_PASSPHRASE", NULL };
	struct pty *p;

	(void)state;
	small_case_copy("copy.claque");
	p = pty_start(argv, env, 24, 80);
	assert_screen(p, "Passphrase of the bag:");
	pty_keys(p, "ses<C-c>");
	assert_exit(p, 130);
	assert_true(pty_settings_restored(p));
	pty_free(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_click_moves_a_second_opens_and_the_wheel_scrolls),
		cmocka_unit_test(the_mouse_is_off_until_it_is_asked_for_and_off_at_the_end),
		cmocka_unit_test(a_copy_goes_to_a_file_of_the_user_and_says_so),
		cmocka_unit_test(the_clipboard_is_written_only_if_it_is_wanted_and_never_with_controls),
		cmocka_unit_test(frames_are_held_back_where_the_terminal_says_that_it_can),
		cmocka_unit_test(no_question_is_sent_unless_it_is_wanted),
		cmocka_unit_test(the_wait_after_escape_is_the_user_s),
		cmocka_unit_test(a_paste_is_no_command_in_every_terminal_that_brackets_it),
		cmocka_unit_test(colours_are_as_the_command_line_says),
		cmocka_unit_test(the_cursor_rests_on_what_is_looked_at_on_every_screen),
		cmocka_unit_test(a_terminal_that_is_too_small_says_so_and_comes_back),
		cmocka_unit_test(an_empty_case_says_what_fills_it_and_a_missing_one_what_makes_it),
		cmocka_unit_test(crumbs_lead_back_and_forward_stays),
		cmocka_unit_test(linear_works_on_a_terminal_that_only_types),
		cmocka_unit_test(a_workshop_from_beginning_to_end),
		cmocka_unit_test(a_passphrase_is_asked_for_twice_and_never_shown),
		cmocka_unit_test(control_c_at_the_passphrase_stops_and_gives_the_echo_back),
	};

	return sitting_run(tests);
}
