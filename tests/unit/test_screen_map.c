/*
 * test_screen_map.c - the map of the workbench: tests/screen/SCREENS names every
 * screen, every overlay and every prompt, the command and the keys that lead
 * there. What each looks like, in every size and way of drawing, is in
 * NAME.map beside it; `make update-goldens` writes those: read the difference.
 */
#include "config.h"

#include "test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "hostile_case.h"
#include "screen_table.h"
#include "small_case.h"
#include "tui/view.h"
#include "tui/workbench.h"

enum { DUMP_MAX = 1 << 20, WHOLE_BYTES = 64 << 20 };

static struct screen_table table;
static struct arena table_arena;

static const struct look_of_map {
	const char *name;
	int rows, cols;
	bool ascii, mono;
} looks[] = {
	{ "120x36 utf-8", 36, 120, false, false },
	{ "120x36 ascii", 36, 120, true, false },
	{ "120x36 mono", 36, 120, false, true },
	{ "80x24 utf-8", 24, 80, false, false },
	{ "80x24 ascii", 24, 80, true, false },
	{ "80x24 mono", 24, 80, false, true },
};

enum { LOOKS = sizeof(looks) / sizeof(looks[0]) };

/* What an empty case says needs one. */
static void
copy_file(const char *from, const char *to)
{
	char block[1 << 14];
	FILE *in = fopen(from, "rb"), *out;
	size_t n;

	(void)unlink("copy.claque-wal");
	(void)unlink("copy.claque-shm");
	out = fopen(to, "wb");
	assert_non_null(in);
	assert_non_null(out);
	while ((n = fread(block, 1, sizeof(block), in)) > 0)
		assert_int_equal(fwrite(block, 1, n, out), n);
	assert_int_equal(fclose(in), 0);
	assert_int_equal(fclose(out), 0);
}

/* Made once: filling a case takes longer than drawing it. */
static int
set_up(void **state)
{
	(void)small_case_set_up(state);
	small_case_copy("events.claque");
	small_case_add_events("events.claque");
	small_case_colleague("hers.ndjson");
	small_case_copy("hostile.claque");
	hostile_case_add("hostile.claque");
	return 0;
}

static struct session *
open_fresh(const struct screen_line *line)
{
	struct session_options options = { .path = "copy.claque", .who = STR("nr") };
	struct claque_err err = { 0 };
	struct session *s;

	if (str_eq(line->of, STR("overlay FIRST")))
		small_case_empty("copy.claque");
	else
		copy_file(line->hostile ? "hostile.claque" : "events.claque", "copy.claque");
	assert_ok(session_open(&s, &options, &err), err);
	return s;
}

static void
press(struct session *s, const struct look_of_map *look, struct claque_str keys, struct buf *out)
{
	struct claque_err err = { 0 };
	struct settings set;

	settings_init(&set);
	set.values[SETTING_ASCII] = look->ascii;
	if (look->mono)
		set.values[SETTING_THEME] = THEME_MONO;
	assert_ok(workbench_dump(s, look->rows, look->cols, keys, &set,
				 look->mono ? DUMP_HTML : DUMP_TEXT, out, &err), err);
}

/* As `claque screen CASE SCREEN --subject ... --keys ...` shows it. */
static void
draw_by_command(const struct screen_line *line, const struct look_of_map *look, struct buf *out)
{
	struct claque_err err = { 0 };
	struct session *s = open_fresh(line);

	assert_ok(session_jump(s, line->screen, line->subject, line->lens, &err), err);
	if (line->with.len > 0)
		assert_ok(session_set_other(s, line->with, &err), err);
	press(s, look, line->keys, out);
	session_close(s);
}

static void
draw_by_keys(const struct screen_line *line, const struct look_of_map *look, struct buf *out)
{
	struct session *s = open_fresh(line);

	press(s, look, line->way, out);
	session_close(s);
}

static void
every_screen_of_the_map_looks_as_it_should(void **state)
{
	(void)state;
	for (size_t i = 0; i < table.count; i++) {
		const struct screen_line *line = &table.lines[i];
		struct arena perm = table_arena;
		struct claque_str want = screen_file_read(&perm, line->name, ".map");
		struct buf got;

		buf_init(&got, DUMP_MAX);
		for (size_t k = 0; k < LOOKS; k++) {
			buf_addf(&got, "=== %s\n", looks[k].name);
			draw_by_command(line, &looks[k], &got);
		}
		if (getenv("UPDATE_GOLDENS") != NULL)
			screen_file_write(perm, line->name, ".map", buf_str(&got));
		else if (!str_eq(want, buf_str(&got)))
			fail_msg(STR_FMT ": is now\n" STR_FMT "\nand was\n" STR_FMT,
				 STR_ARG(line->name), STR_ARG(buf_str(&got)), STR_ARG(want));
		buf_done(&got);
	}
}

/* All but the row that counts the steps. */
static void
assert_same_screen(const struct screen_line *line, struct claque_str a, struct claque_str b,
		   int rows)
{
	struct claque_str x, y;

	for (int row = 0; row < rows; row++) {
		assert_true(str_cut(&a, '\n', &x) && str_cut(&b, '\n', &y));
		if (row != rows - 2 && !str_eq(x, y))
			fail_msg(STR_FMT ": the command shows\n" STR_FMT "\nand the keys\n" STR_FMT,
				 STR_ARG(line->name), STR_ARG(x), STR_ARG(y));
	}
}

static void
the_keys_lead_where_the_command_does(void **state)
{
	(void)state;
	for (size_t i = 0; i < table.count; i++) {
		struct buf by_command, by_keys;

		buf_init(&by_command, DUMP_MAX);
		buf_init(&by_keys, DUMP_MAX);
		draw_by_command(&table.lines[i], &looks[0], &by_command);
		draw_by_keys(&table.lines[i], &looks[0], &by_keys);
		assert_same_screen(&table.lines[i], buf_str(&by_command), buf_str(&by_keys),
				   looks[0].rows);
		buf_done(&by_command);
		buf_done(&by_keys);
	}
}

static void
assert_in_table(const char *kind, const char *name)
{
	struct arena perm = table_arena;
	struct claque_str of = str_fmt(&perm, "%s %s", kind, name);

	for (size_t i = 0; i < table.count; i++)
		if (str_eq(table.lines[i].of, of))
			return;
	fail_msg("tests/screen/SCREENS has no line for %s %s", kind, name);
}

/* Those that the prompt asks: it opens for whatever takes a word and has no menu for it. */
static bool
is_asked(enum action_id id)
{
	return action_get(id)->args[0] != '\0' && id != ACTION_SCREEN && id != ACTION_SORT;
}

static void
no_screen_overlay_or_prompt_is_left_out(void **state)
{
	static const char *const overlays[] = {
#define X(id) #id,
		OVERLAY_LIST(X)
#undef X
	};

	(void)state;
	for (unsigned i = 0; i < SCREEN_COUNT; i++)
		assert_in_table("screen", screen_get((enum screen_id)i)->name);
	for (unsigned i = 0; i < OVERLAY_COUNT; i++)
		if (i != OVERLAY_NONE && i != OVERLAY_PROMPT)
			assert_in_table("overlay", overlays[i]);
	for (unsigned i = 0; i < ACTION_COUNT; i++)
		if (is_asked((enum action_id)i))
			assert_in_table("prompt", action_get((enum action_id)i)->name);
}

static bool
has_line(struct claque_str name)
{
	for (size_t i = 0; i < table.count; i++)
		if (str_eq(table.lines[i].name, name))
			return true;
	return false;
}

/* A golden that nothing is compared with would be believed for ever. */
static void
every_golden_belongs_to_something(void **state)
{
	struct arena perm = table_arena;
	DIR *dir = opendir(screen_folder(&perm));
	struct dirent *entry;

	(void)state;
	assert_non_null(dir);
	while ((entry = readdir(dir)) != NULL) {
		struct arena room = perm;
		struct claque_str name = str_of(entry->d_name), stem = name, ending;

		while (stem.len > 0 && stem.p[stem.len - 1] != '.')
			stem.len--;
		stem.len -= stem.len > 0;
		ending = str_sub(name, stem.len, name.len);
		if (str_eq(ending, STR(".map")) && !has_line(stem))
			fail_msg("tests/screen/%s: SCREENS has no such line", entry->d_name);
		if (str_eq(ending, STR(".screen")) &&
		    screen_file_read(&room, stem, ".keys").p == NULL)
			fail_msg("tests/screen/%s: nothing draws this", entry->d_name);
	}
	(void)closedir(dir);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_screen_overlay_or_prompt_is_left_out),
		cmocka_unit_test(every_screen_of_the_map_looks_as_it_should),
		cmocka_unit_test(the_keys_lead_where_the_command_does),
		cmocka_unit_test(every_golden_belongs_to_something),
	};
	struct arena whole = arena_new(WHOLE_BYTES);
	int failed;

	(void)setenv("CLAQUE_CLOCK", "2026-11-21T14:00:00Z", 1);
	table_arena = whole;
	screen_table_read(&table, &table_arena);
	failed = cmocka_run_group_tests(tests, set_up, small_case_tear_down);
	arena_free(whole);
	return failed;
}
