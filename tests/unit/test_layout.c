/* test_layout.c - nodes in their places, dots in their cells. */
#include "config.h"

#include "test.h"

#include <math.h>

#include "app/layout.h"
#include "tui/canvas.h"

static double
far(struct layout_point a, struct layout_point b)
{
	return hypot(a.x - b.x, a.y - b.y);
}

static void
one_node_is_in_the_middle(void **state)
{
	struct layout_point at[1];

	(void)state;
	layout_place(NULL, 0, 1, true, 1, at);
	assert_true(at[0].x == 0.5 && at[0].y == 0.5);
	layout_place(NULL, 0, 1, false, 1, at);
	assert_true(at[0].x == 0.5 && at[0].y == 0.5);
	layout_place(NULL, 0, 0, false, 1, at);
}

static void
a_pinned_node_stays_in_the_middle_of_its_star(void **state)
{
	struct layout_link links[8];
	struct layout_point at[9];

	(void)state;
	for (uint8_t i = 0; i < 8; i++)
		links[i] = (struct layout_link){ 0, (uint8_t)(i + 1), 1 };
	layout_place(links, 8, 9, true, 1, at);
	assert_true(fabs(at[0].x - 0.5) < 1e-9 && fabs(at[0].y - 0.5) < 1e-9);
	for (size_t i = 1; i < 9; i++) {
		assert_true(at[i].x >= 0 && at[i].x <= 1 && at[i].y >= 0 && at[i].y <= 1);
		for (size_t k = 0; k < i; k++)
			assert_true(far(at[i], at[k]) > 0.1);
	}
}

/* Two triangles joined by one link: each is nearer to its own. */
static void
what_is_tied_lies_together(void **state)
{
	static const struct layout_link links[] = { { 0, 2, 1 }, { 0, 4, 1 }, { 2, 4, 1 },
		{ 1, 3, 1 }, { 1, 5, 1 }, { 3, 5, 1 }, { 0, 1, 0.1 } };
	struct layout_point at[6];

	(void)state;
	layout_place(links, 7, 6, false, 1, at);
	assert_true(far(at[2], at[4]) < far(at[2], at[3]));
	assert_true(far(at[2], at[4]) < far(at[2], at[5]));
	assert_true(far(at[3], at[5]) < far(at[3], at[4]));
}

static void
the_same_seed_gives_the_same_picture_and_another_another(void **state)
{
	static const struct layout_link links[] = { { 0, 1, 1 }, { 1, 2, 0.5 }, { 2, 3, 0.2 } };
	struct layout_point a[4], b[4];

	(void)state;
	layout_place(links, 3, 4, false, 1, a);
	layout_place(links, 3, 4, false, 1, b);
	assert_memory_equal(a, b, sizeof(a));
	layout_place(links, 3, 4, false, 2, b);
	assert_true(memcmp(a, b, sizeof(a)) != 0);
}

/* Dots of a cell, from the upper left: bit row * 2 + column. */
static void
dots_are_drawn_as_braille_quarters_or_ascii(void **state)
{
	static const struct { uint8_t dots; uint32_t braille, block; char ascii; } glyphs[] = {
		{ 0x00, ' ', ' ', ' ' },
		{ 0x01, 0x2801, 0x2598, '\'' },		/* upper left */
		{ 0x80, 0x2880, 0x2597, '.' },		/* lower right */
		{ 0x55, 0x2847, 0x258c, '|' },		/* left column */
		{ 0xaa, 0x28b8, 0x2590, '|' },
		{ 0x03, 0x2809, 0x2580, '\'' },		/* upper row */
		{ 0x0c, 0x2812, 0x2580, '-' },
		{ 0xc0, 0x28c0, 0x2584, '_' },		/* lower row */
		{ 0x5a, 0x285c, 0x259e, '/' },		/* lower left to upper right */
		{ 0xa5, 0x28a3, 0x259a, '\\' },
		{ 0xff, 0x28ff, 0x2588, '|' },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(glyphs) / sizeof(glyphs[0]); i++) {
		assert_int_equal(canvas_glyph(glyphs[i].dots, false, false), glyphs[i].braille);
		assert_int_equal(canvas_glyph(glyphs[i].dots, false, true), glyphs[i].block);
		assert_int_equal(canvas_glyph(glyphs[i].dots, true, false),
				 (unsigned char)glyphs[i].ascii);
	}
}

static void
a_line_goes_from_end_to_end_and_stays_inside(void **state)
{
	struct arena whole = arena_new(1 << 16), perm = whole;
	struct canvas c = canvas_new(&perm, (struct area){ 0, 0, 2, 3 });
	int dots = 0;

	(void)state;
	/* 6 dots across, 8 down: a line over all of them has 8 dots. */
	canvas_line(&c, (struct canvas_end){ 0, 0 }, (struct canvas_end){ 5, 7 }, 1);
	for (int i = 0; i < 6; i++)
		dots += __builtin_popcount(c.dots[i]);
	assert_int_equal(dots, 8);
	assert_int_equal(c.dots[0] & 1, 1);
	assert_int_equal(c.dots[5] & 0x80, 0x80);
	canvas_line(&c, (struct canvas_end){ -50, 3 }, (struct canvas_end){ 50, 3 }, 2);
	canvas_dot(&c, 0, 8);
	canvas_dot(&c, 6, 0);
	dots = 0;
	for (int i = 0; i < 6; i++)
		dots += __builtin_popcount(c.dots[i]);
	assert_in_range(dots, 10, 11);
	arena_free(whole);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_node_is_in_the_middle),
		cmocka_unit_test(a_pinned_node_stays_in_the_middle_of_its_star),
		cmocka_unit_test(what_is_tied_lies_together),
		cmocka_unit_test(the_same_seed_gives_the_same_picture_and_another_another),
		cmocka_unit_test(dots_are_drawn_as_braille_quarters_or_ascii),
		cmocka_unit_test(a_line_goes_from_end_to_end_and_stays_inside),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
