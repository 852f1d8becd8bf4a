/* test_grid.c - drawing is clipped, cut text says so, dumps are stable. */
#include "config.h"

#include "test.h"

#include "model/column.h"
#include "tui/grid.h"
#include "tui/theme.h"

static void
assert_dump(const struct grid *g, enum dump_form form, const char *want)
{
	struct buf out;

	buf_init(&out, 1 << 20);
	grid_dump(g, form, &out);
	buf_addc(&out, '\0');
	assert_string_equal(out.p, want);
	buf_done(&out);
}

static void
text_outside_the_area_is_clipped(void **state)
{
	struct grid g;

	(void)state;
	grid_init(&g, 3, 8, true);
	assert_int_equal(grid_text(&g, (struct area){ 1, 2, 1, 4 }, 0, 0, STYLE_PLAIN,
				   STR("abcdefgh")), 4);
	(void)grid_text(&g, (struct area){ 1, 2, 1, 4 }, 1, 0, STYLE_PLAIN, STR("below"));
	(void)grid_text(&g, (struct area){ -1, -2, 3, 9 }, 1, 0, STYLE_PLAIN, STR("xyz"));
	(void)grid_text(&g, (struct area){ 2, 6, 9, 99 }, 0, 0, STYLE_PLAIN, STR("pqrs"));
	assert_dump(&g, DUMP_TEXT, "z\n  abcd\n      pq\n");
	grid_done(&g);
}

static int
draw(struct grid *g, int row, int col, int width, struct claque_str s)
{
	return grid_safe(g, grid_area(g), row, col, width, STYLE_PLAIN, s, NULL, 0);
}

static void
cut_data_ends_in_a_mark(void **state)
{
	struct grid g;

	(void)state;
	grid_init(&g, 3, 12, false);
	assert_int_equal(draw(&g, 0, 1, 5, STR("abcdef")), 5);
	assert_int_equal(draw(&g, 1, 1, 5, STR("abcde")), 5);
	assert_int_equal(draw(&g, 2, 9, 50, STR("abcde")), 3);
	assert_dump(&g, DUMP_TEXT, " abcd~\n abcde\n         ab~\n");
	grid_done(&g);
}

static void
a_wide_character_is_never_halved(void **state)
{
	struct grid g;

	(void)state;
	grid_init(&g, 4, 5, false);
	assert_int_equal(draw(&g, 0, 0, 5, STR("\u4e2d\u4e2d\u4e2d")), 5);
	(void)grid_text(&g, grid_area(&g), 1, 0, STYLE_PLAIN, STR("abcd\u4e2d"));
	(void)grid_text(&g, grid_area(&g), 2, 0, STYLE_PLAIN, STR("\u4e2d\u4e2d"));
	(void)grid_text(&g, grid_area(&g), 2, 1, STYLE_PLAIN, STR("xy"));
	(void)grid_text(&g, (struct area){ 3, -1, 1, 5 }, 0, 0, STYLE_PLAIN, STR("\u4e2dz"));
	assert_dump(&g, DUMP_TEXT, "\u4e2d\u4e2d~\nabcd\n xy\n z\n");
	grid_done(&g);
}

static void
hostile_and_hit_cells_have_their_style_even_under_the_cursor(void **state)
{
	static const struct grid_hit hits[] = { { 1, 2, STYLE_HIT } };
	struct grid g;

	(void)state;
	grid_init(&g, 2, 12, false);
	(void)grid_safe(&g, grid_area(&g), 0, 0, 12, STYLE_PLAIN, STR("abcd\u202ez"), hits, 1);
	grid_style_row(&g, grid_area(&g), 0, STYLE_CURSOR);
	grid_style_row(&g, grid_area(&g), 7, STYLE_CURSOR);
	assert_dump(&g, DUMP_ATTR, "abcd<202E>z\n\n-- styles --\nrhhroooooorr\n\n");
	grid_done(&g);
}

static void
ascii_screens_hold_ascii_only(void **state)
{
	struct grid g;

	(void)state;
	grid_init(&g, 4, 12, true);
	(void)grid_safe(&g, grid_area(&g), 0, 0, 12, STYLE_PLAIN,
			STR("\u0416\u4e2d\n\u2026e\u0301"), NULL, 0);
	grid_rule(&g, grid_area(&g), 1, STR("posts"));
	grid_fill(&g, (struct area){ 2, 1, 2, 3 }, 0x2588, STYLE_CHART);
	assert_dump(&g, DUMP_TEXT, "?? $.e\n-- posts ---\n ###\n ###\n");
	grid_done(&g);
}

static void
boxes_and_rules_hold_their_title(void **state)
{
	struct grid g;
	struct area in;

	(void)state;
	grid_init(&g, 4, 12, false);
	grid_rule(&g, grid_area(&g), 0, STR("longer than this"));
	in = grid_box(&g, (struct area){ 1, 0, 3, 12 }, STR("why"));
	assert_int_equal(in.row, 2);
	assert_int_equal(in.rows, 1);
	assert_int_equal(in.cols, 10);
	assert_dump(&g, DUMP_TEXT, "\u2500\u2500 longe~ \u2500\u2500\n"
		    "\u250c\u2500 why \u2500\u2500\u2500\u2500\u2510\n"
		    "\u2502          \u2502\n"
		    "\u2514\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2518\n");
	assert_int_equal(grid_box(&g, (struct area){ 0, 0, 1, 5 }, STR("")).rows, 0);
	grid_done(&g);
}

static void
charts_round_up_and_never_leave_the_area(void **state)
{
	static const int64_t values[] = { 0, 1, 50, 100, INT64_MAX, -5 };
	static const int64_t huge[] = { 1, INT64_MAX / 2, INT64_MAX };
	struct grid g;

	(void)state;
	grid_init(&g, 4, 8, true);
	grid_spark(&g, grid_area(&g), 0, 0, values, 6, 100, STYLE_CHART);
	grid_spark(&g, grid_area(&g), 1, 6, huge, 3, INT64_MAX, STYLE_CHART);
	grid_bar(&g, grid_area(&g), 2, 0, 4, 1, 1000, STYLE_CHART);
	grid_bar(&g, grid_area(&g), 3, 0, 4, 5, 8, STYLE_CHART);
	assert_dump(&g, DUMP_TEXT, " .:##\n      .:\n:\n##:\n");
	g.ascii = false;
	grid_clear(&g);
	grid_spark(&g, grid_area(&g), 0, 0, values, 6, 100, STYLE_CHART);
	grid_bar(&g, grid_area(&g), 1, 0, 4, 5, 8, STYLE_CHART);
	grid_bar(&g, grid_area(&g), 2, 0, 4, 1, 0, STYLE_CHART);
	assert_dump(&g, DUMP_TEXT, " \u2581\u2584\u2588\u2588\n\u2588\u2588\u258c\n\n\n");
	grid_done(&g);
}

static void
html_is_escaped_and_styled_inline(void **state)
{
	struct grid g;

	(void)state;
	grid_init(&g, 1, 6, false);
	(void)grid_text(&g, grid_area(&g), 0, 0, STYLE_PLAIN, STR("<a>&"));
	(void)grid_text(&g, grid_area(&g), 0, 4, STYLE_BOLD, STR("\"b"));
	assert_dump(&g, DUMP_HTML, "<pre style=\"color:#d0d0d0;background:#1c1c1c;padding:1em\">\n"
		    "&lt;a&gt;&amp;<span style=\"font-weight:bold;\">&quot;b</span>\n</pre>\n");
	grid_done(&g);
}

static void
the_size_has_limits_and_a_resize_blanks(void **state)
{
	struct grid g;

	(void)state;
	grid_init(&g, 0, -4, true);
	assert_int_equal(g.rows, 1);
	assert_int_equal(g.cols, 1);
	grid_resize(&g, 100000, 100000);
	assert_int_equal(g.rows, GRID_ROWS_MAX);
	assert_int_equal(g.cols, GRID_COLS_MAX);
	grid_resize(&g, 2, 3);
	assert_int_equal(grid_textf(&g, grid_area(&g), 0, 0, STYLE_PLAIN, "%d", 1234567), 3);
	g.cursor_col = 2;
	grid_clear(&g);
	assert_int_equal(g.cursor_col, 0);
	assert_dump(&g, DUMP_TEXT, "\n\n");
	grid_done(&g);
}

/* The reverse of "colour only": these must differ on a screen without colours. */
static void
mono_keeps_what_matters_apart(void **state)
{
	static const enum style apart[] = {
		STYLE_PLAIN, STYLE_CURSOR, STYLE_MARKED, STYLE_HIT, STYLE_ODD, STYLE_ERROR,
	};
	size_t count = sizeof(apart) / sizeof(apart[0]);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		uint8_t attrs = theme_look(THEME_DARK, apart[i], DEPTH_MONO).attrs;

		for (size_t k = i + 1; k < count; k++)
			if (attrs == theme_look(THEME_DARK, apart[k], DEPTH_MONO).attrs)
				fail_msg("styles %zu and %zu look the same", i, k);
	}
	for (int i = 0; i < STYLE_COUNT; i++)
		assert_int_equal(theme_look(THEME_DARK, (enum style)i, DEPTH_MONO).fg, -1);
	assert_int_equal(theme_depth(8), DEPTH_8);
	assert_int_equal(theme_depth(256), DEPTH_256);
	assert_int_equal(theme_depth(1 << 24), DEPTH_8);
	assert_int_equal(theme_depth(-1), DEPTH_MONO);
}

static void
a_count_is_as_exact_as_its_column_is_wide(void **state)
{
	static const struct {
		int64_t n;
		int cells;
		const char *want;
	} counts[] = {
		{ 999, 3, "999" }, { 1305, 5, "1,305" }, { 1305, 4, "1.3k" }, { 1305, 2, "1k" },
		{ 12345, 5, "12.3k" }, { 12345, 4, "12k" }, { 999950, 4, "1.0M" },
		{ 123456, 5, "123k" }, { 12, 1, "12" }, { 0, 1, "0" },
	};
	struct arena whole = arena_new(1 << 16), perm = whole;

	(void)state;
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
		assert_string_equal(str_z(&perm, count_within(&perm, counts[i].n,
							      counts[i].cells)), counts[i].want);
	arena_free(whole);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_outside_the_area_is_clipped),
		cmocka_unit_test(cut_data_ends_in_a_mark),
		cmocka_unit_test(a_wide_character_is_never_halved),
		cmocka_unit_test(hostile_and_hit_cells_have_their_style_even_under_the_cursor),
		cmocka_unit_test(ascii_screens_hold_ascii_only),
		cmocka_unit_test(boxes_and_rules_hold_their_title),
		cmocka_unit_test(charts_round_up_and_never_leave_the_area),
		cmocka_unit_test(html_is_escaped_and_styled_inline),
		cmocka_unit_test(the_size_has_limits_and_a_resize_blanks),
		cmocka_unit_test(mono_keeps_what_matters_apart),
		cmocka_unit_test(a_count_is_as_exact_as_its_column_is_wide),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
