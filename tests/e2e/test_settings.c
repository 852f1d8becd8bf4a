/*
 * test_settings.c - a claque.conf at a terminal: the keys it binds are the keys
 * that work and that are shown, a wrong line is told and stops nothing.
 */
#include "config.h"

#include "../unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../unit/small_case.h"
#include "sitting.h"

static void
write_conf(const char *text)
{
	FILE *f = fopen("settings.conf", "wb");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static struct pty *
start(const char *const *env)
{
	const char *argv[] = { sitting_program(), "open", "copy.claque", "--config", "settings.conf", NULL };

	small_case_copy("copy.claque");
	return pty_start(argv, env, 24, 80);
}

static void
finish(struct pty *p, const char *keys)
{
	pty_keys(p, keys);
	assert_exit(p, 0);
	assert_wire(p);
	assert_true(pty_settings_restored(p));
	pty_free(p);
	(void)unlink("settings.conf");
	(void)unlink("copy.claque");
}

static void
a_key_is_bound_by_the_file_and_by_hand(void **state)
{
	struct pty *p;

	(void)state;
	write_conf("map W go-to accounts\nmap <F5> command\nunmap 2\nmap J fly\nlangmap ru\n");
	p = start(NULL);
	assert_screen(p, "settings.conf:4: map: there is no action 'fly'");
	pty_keys(p, "2");
	assert_screen(p, "2 does nothing here");
	pty_keys(p, "W");
	assert_screen(p, "Accounts");
	pty_keys(p, "\u043e");
	assert_screen(p, "row 2/");
	pty_keys(p, "<F5>map K go-to clusters<Enter>");
	assert_screen(p, "for this session: map K go-to clusters");
	pty_keys(p, "K");
	assert_screen(p, "C001");
	pty_keys(p, "?");
	assert_screen(p, "K Clusters   W Accounts");
	finish(p, "<Esc>Q");
}

static bool
has_colour(struct pty *p, const char *text)
{
	int row, col;

	assert_true(pty_find(p, text, &row, &col));
	return (screen_looks(pty_cells(p), row, col) & SCREEN_COLOUR) != 0;
}

static void
options_are_seen_at_once(void **state)
{
	struct pty *p;

	(void)state;
	write_conf("set theme mono\n");
	p = start(NULL);
	assert_screen(p, "LENS open");
	assert_false(has_colour(p, "LENS"));
	pty_keys(p, ":set theme light<Enter>");
	assert_screen(p, "for this session: set theme light");
	assert_true(has_colour(p, "LENS"));
	pty_keys(p, ":set ascii on<Enter>");
	assert_screen(p, "for this session: set ascii on");
	assert_screen(p, "-------");
	pty_keys(p, ":set theme mono<Enter>");
	assert_screen(p, "for this session: set theme mono");
	assert_false(has_colour(p, "LENS"));
	finish(p, "Q");
}

/* no-color.org: what the user has written down goes before the variable. */
static void
no_color_counts_unless_a_theme_is_set(void **state)
{
	static const char *const env[] = { "NO_COLOR=1", NULL };
	struct pty *p;

	(void)state;
	write_conf("");
	p = start(env);
	assert_screen(p, "LENS open");
	assert_false(has_colour(p, "LENS"));
	pty_keys(p, "Q");
	assert_exit(p, 0);
	pty_free(p);
	write_conf("set theme dark\n");
	p = start(env);
	assert_screen(p, "LENS open");
	assert_true(has_colour(p, "LENS"));
	finish(p, "Q");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_is_bound_by_the_file_and_by_hand),
		cmocka_unit_test(options_are_seen_at_once),
		cmocka_unit_test(no_color_counts_unless_a_theme_is_set),
	};

	return sitting_run(tests);
}
