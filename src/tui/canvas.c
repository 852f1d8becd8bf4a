#include "config.h"

#include "tui/canvas.h"

#include <stdlib.h>

#include "tui/draw.h"

enum { DOT_COLS = 2, DOT_ROWS = 4 };

struct canvas
canvas_new(struct arena *perm, struct area a)
{
	size_t cells = a.rows > 0 && a.cols > 0 ? (size_t)a.rows * (size_t)a.cols : 0;
	struct canvas c = { a, ARENA_NEW(perm, uint8_t, cells + 1) };

	memset(c.dots, 0, cells + 1);
	return c;
}

void
canvas_dot(struct canvas *c, int x, int y)
{
	if (x < 0 || y < 0 || x >= c->a.cols * DOT_COLS || y >= c->a.rows * DOT_ROWS)
		return;
	c->dots[y / DOT_ROWS * c->a.cols + x / DOT_COLS] |=
		(uint8_t)(1u << (y % DOT_ROWS * DOT_COLS + x % DOT_COLS));
}

/* Bresenham's line (1965). */
void
canvas_line(struct canvas *c, struct canvas_end from, struct canvas_end to, int every)
{
	int dx = abs(to.x - from.x), dy = -abs(to.y - from.y);
	int sx = from.x < to.x ? 1 : -1, sy = from.y < to.y ? 1 : -1, error = dx + dy;

	for (int n = 0; ; n++) {
		int twice = 2 * error;

		if (n % every == 0)
			canvas_dot(c, from.x, from.y);
		if (from.x == to.x && from.y == to.y)
			return;
		if (twice >= dy) {
			error += dy;
			from.x += sx;
		}
		if (twice <= dx) {
			error += dx;
			from.y += sy;
		}
	}
}

/* Unicode numbers the upper six dots down the columns, then the two below. */
static uint32_t
braille(uint8_t dots)
{
	static const uint8_t bits[] = { 0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80 };
	uint32_t code = 0x2800;

	for (int i = 0; i < 8; i++)
		if (dots & 1u << i)
			code |= bits[i];
	return code;
}

static uint32_t
quarters(uint8_t dots)
{
	/* Upper left 1, upper right 2, lower left 4, lower right 8. */
	static const uint32_t glyphs[16] = {
		' ', 0x2598, 0x259d, 0x2580, 0x2596, 0x258c, 0x259e, 0x259b,
		0x2597, 0x259a, 0x2590, 0x259c, 0x2584, 0x2599, 0x259f, 0x2588,
	};
	unsigned at = (dots & 0x05 ? 1u : 0) | (dots & 0x0a ? 2u : 0) | (dots & 0x50 ? 4u : 0) |
		      (dots & 0xa0 ? 8u : 0);

	return glyphs[at];
}

/* High or low for lines that lie, upright, or leaning to one side. */
static uint32_t
leaning(uint8_t dots)
{
	int left = 0, right = 0, left_sum = 0, right_sum = 0, top = DOT_ROWS, bottom = -1;

	for (int y = 0; y < DOT_ROWS; y++)
		for (int x = 0; x < DOT_COLS; x++) {
			if (!(dots & 1u << (y * DOT_COLS + x)))
				continue;
			top = y < top ? y : top;
			bottom = y;
			left += x == 0;
			right += x == 1;
			*(x == 0 ? &left_sum : &right_sum) += y;
		}
	if (bottom - top >= 1 && left > 0 && right > 0 && left_sum * right != right_sum * left)
		return left_sum * right > right_sum * left ? '/' : '\\';
	if (bottom - top >= 2)
		return '|';
	if (bottom == top && left + right == 1)
		return bottom < 2 ? '\'' : '.';
	return bottom == 0 ? '\'' : top == DOT_ROWS - 1 ? '_' : '-';
}

uint32_t
canvas_glyph(uint8_t dots, bool ascii, bool blocks)
{
	if (dots == 0)
		return ' ';
	return ascii ? leaning(dots) : blocks ? quarters(dots) : braille(dots);
}

void
canvas_draw(const struct canvas *c, struct grid *g, enum style style)
{
	for (int row = 0; row < c->a.rows; row++)
		for (int col = 0; col < c->a.cols; col++) {
			uint8_t dots = c->dots[row * c->a.cols + col];

			if (dots != 0)
				draw_char(g, c->a, row, col, style,
					  canvas_glyph(dots, g->ascii, g->blocks));
		}
}
