/*
 * chart.c - rules, boxes, sparklines and bars: what is drawn from characters
 * that differ between a Unicode and an ASCII screen.
 */
#include "config.h"

#include "tui/draw.h"

struct frame {
	uint32_t across, down, corner[2][2];	/* [bottom][right] */
};

static const struct frame frames[] = {
	{ 0x2500, 0x2502, { { 0x250c, 0x2510 }, { 0x2514, 0x2518 } } },
	{ '-', '|', { { '+', '+' }, { '+', '+' } } },
};

/* Growing: sparks from the bottom, bars from the left. */
struct ramp {
	uint32_t step[9];
	int64_t count;
};

static const struct ramp spark_ramps[] = {
	{ { ' ', 0x2581, 0x2582, 0x2583, 0x2584, 0x2585, 0x2586, 0x2587, 0x2588 }, 8 },
	{ { ' ', '.', ':', '|', '#' }, 4 },
};
static const struct ramp bar_ramps[] = {
	{ { ' ', 0x258f, 0x258e, 0x258d, 0x258c, 0x258b, 0x258a, 0x2589, 0x2588 }, 8 },
	{ { ' ', ':', '#' }, 2 },
};

/* value of whole in steps, rounded up: what is there is seen. 0..steps. */
static int64_t
scale(int64_t value, int64_t whole, int64_t steps)
{
	if (value <= 0 || whole <= 0)
		return 0;
	if (value >= whole)
		return steps;
	while (whole > INT64_MAX / (steps + 1)) {
		value >>= 1;
		whole >>= 1;
	}
	value = (value * steps + whole - 1) / whole;
	return value > 0 ? value : 1;
}

static void
draw_across(struct grid *g, struct area a, int row, uint32_t code)
{
	for (int col = 0; col < a.cols; col++)
		draw_char(g, a, row, col, STYLE_FRAME, code);
}

/* " title " from the third column, leaving two of the line after it. */
static void
draw_title(struct grid *g, struct area a, int row, struct claque_str title)
{
	int used;

	if (title.len == 0 || a.cols < 8)
		return;
	draw_char(g, a, row, 2, STYLE_FRAME, ' ');
	used = grid_safe(g, a, row, 3, a.cols - 6, STYLE_BOLD, title, NULL, 0);
	draw_char(g, a, row, 3 + used, STYLE_FRAME, ' ');
}

void
grid_rule(struct grid *g, struct area a, int row, struct claque_str title)
{
	draw_across(g, a, row, frames[g->ascii].across);
	draw_title(g, a, row, title);
}

struct area
grid_box(struct grid *g, struct area a, struct claque_str title)
{
	const struct frame *f = &frames[g->ascii];
	int edges[] = { 0, a.rows - 1 };

	if (a.rows < 2 || a.cols < 2)
		return (struct area){ a.row, a.col, 0, 0 };
	grid_fill(g, a, ' ', STYLE_PLAIN);
	for (int i = 0; i < 2; i++) {
		draw_across(g, a, edges[i], f->across);
		draw_char(g, a, edges[i], 0, STYLE_FRAME, f->corner[i][0]);
		draw_char(g, a, edges[i], a.cols - 1, STYLE_FRAME, f->corner[i][1]);
	}
	for (int row = 1; row < a.rows - 1; row++) {
		draw_char(g, a, row, 0, STYLE_FRAME, f->down);
		draw_char(g, a, row, a.cols - 1, STYLE_FRAME, f->down);
	}
	draw_title(g, a, 0, title);
	g->box = (struct area){ a.row + 1, a.col + 1, a.rows - 2, a.cols - 2 };
	return g->box;
}

void
grid_spark(struct grid *g, struct area a, int row, int col, const int64_t *values, size_t count,
	   int64_t max, enum style style)
{
	const struct ramp *ramp = &spark_ramps[g->ascii];

	for (size_t i = 0; i < count && i < GRID_COLS_MAX; i++)
		draw_char(g, a, row, col + (int)i, style,
			  ramp->step[scale(values[i], max, ramp->count)]);
}

void
grid_bar(struct grid *g, struct area a, int row, int col, int width, int64_t part, int64_t whole,
	 enum style style)
{
	const struct ramp *ramp = &bar_ramps[g->ascii];
	int64_t left;

	if (width <= 0 || width > GRID_COLS_MAX)
		return;
	left = scale(part, whole, ramp->count * width);
	for (int i = 0; i < width; i++) {
		int64_t here = left < ramp->count ? left : ramp->count;

		draw_char(g, a, row, col + i, style, ramp->step[here]);
		left -= here;
	}
}
