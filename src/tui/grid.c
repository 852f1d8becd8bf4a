/*
 * grid.c - cells, clipping and text. Our own words go through the same safe
 * path as data: it costs little, and a name that slips into a heading by
 * mistake stays harmless.
 */
#include "config.h"

#include "tui/grid.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "tui/draw.h"

enum { SCRATCH_BYTES = 64 << 20, TEXT_MAX = 4096, CUT_MARK = '~', UNKNOWN = '?' };

/* What our own words and the safe path use beyond ASCII. */
struct fallback {
	uint32_t code;
	char ascii;
};

static const struct fallback fallbacks[] = {
	{ 0xb7, '.' }, { 0xd7, 'x' }, { 0x2013, '-' }, { 0x2014, '-' }, { 0x2018, '\'' },
	{ 0x2019, '\'' }, { 0x201c, '"' }, { 0x201d, '"' }, { 0x2026, '.' }, { 0x2190, '<' },
	{ 0x2191, '^' }, { 0x2192, '>' }, { 0x2193, 'v' }, { SAFE_NEWLINE, '$' },
	{ 0x2500, '-' }, { 0x2502, '|' }, { 0x250c, '+' }, { 0x2510, '+' }, { 0x2514, '+' },
	{ 0x2518, '+' }, { 0x2588, '#' }, { 0x25cc, 'o' },
};

static int
between(int low, int value, int high)
{
	return value < low ? low : value > high ? high : value;
}

static uint32_t
ascii_of(uint32_t code)
{
	for (size_t i = 0; i < sizeof(fallbacks) / sizeof(fallbacks[0]); i++)
		if (fallbacks[i].code == code)
			return (unsigned char)fallbacks[i].ascii;
	return UNKNOWN;
}

static struct cell *
cell_at(const struct grid *g, int row, int col)
{
	return &g->cells[(size_t)row * (size_t)g->cols + (size_t)col];
}

/* Half of a wide character is none: what is left of it becomes a blank. */
static void
break_wide(struct grid *g, int row, int col)
{
	if (cell_at(g, row, col)->ch[0] == 0 && col > 0)
		cell_at(g, row, col - 1)->ch[0] = ' ';
	if (col + 1 < g->cols && cell_at(g, row, col + 1)->ch[0] == 0)
		cell_at(g, row, col + 1)->ch[0] = ' ';
}

static struct area
clip(const struct grid *g, struct area a)
{
	int bottom = between(0, a.row + a.rows, g->rows);
	int right = between(0, a.col + a.cols, g->cols);

	a.row = between(0, a.row, g->rows);
	a.col = between(0, a.col, g->cols);
	a.rows = between(0, bottom - a.row, g->rows);
	a.cols = between(0, right - a.col, g->cols);
	return a;
}

static bool
inside(struct area a, int row, int col)
{
	return row >= a.row && row < a.row + a.rows && col >= a.col && col < a.col + a.cols;
}

void
draw_char(struct grid *g, struct area a, int row, int col, enum style style, uint32_t code)
{
	if (!inside(clip(g, a), a.row + row, a.col + col))
		return;
	break_wide(g, a.row + row, a.col + col);
	*cell_at(g, a.row + row, a.col + col) = (struct cell){ { code }, (uint8_t)style };
}

static void
draw_wide_tail(struct grid *g, struct area a, int row, int col, enum style style)
{
	draw_char(g, a, row, col, style, ' ');
	cell_at(g, a.row + row, a.col + col)->ch[0] = 0;
}

static void
draw_cell(struct grid *g, struct area a, int row, int col, enum style style,
	  const struct safe_cell *c)
{
	bool ascii = g->ascii && c->ch[0] >= 0x80;
	bool whole = inside(clip(g, a), a.row + row, a.col + col) &&
		     inside(clip(g, a), a.row + row, a.col + col + c->width - 1);

	draw_char(g, a, row, col, style, ascii ? ascii_of(c->ch[0]) : whole ? c->ch[0] : ' ');
	if (c->width == 2 && ascii)
		draw_char(g, a, row, col + 1, style, ' ');
	else if (c->width == 2 && !whole)
		draw_char(g, a, row, col + 1, style, ' ');
	else if (c->width == 2)
		draw_wide_tail(g, a, row, col + 1, style);
	if (whole && !g->ascii) {
		cell_at(g, a.row + row, a.col + col)->ch[1] = c->ch[1];
		cell_at(g, a.row + row, a.col + col)->ch[2] = c->ch[2];
	}
}

static enum style
style_at(const struct grid_hit *hits, size_t count, size_t at, enum style other)
{
	for (size_t i = 0; i < count; i++)
		if (at >= hits[i].at && at - hits[i].at < hits[i].len)
			return hits[i].style;
	return other;
}

void
grid_init(struct grid *g, int rows, int cols, bool ascii)
{
	*g = (struct grid){ .ascii = ascii, .frame = arena_new(SCRATCH_BYTES) };
	grid_resize(g, rows, cols);
}

void
grid_done(struct grid *g)
{
	free(g->cells);
	arena_free(g->frame);
	*g = (struct grid){ 0 };
}

void
grid_resize(struct grid *g, int rows, int cols)
{
	size_t cap = 0;

	g->rows = between(1, rows, GRID_ROWS_MAX);
	g->cols = between(1, cols, GRID_COLS_MAX);
	GROW(g->cells, cap, (size_t)g->rows * (size_t)g->cols);
	grid_clear(g);
}

void
grid_clear(struct grid *g)
{
	size_t count = (size_t)g->rows * (size_t)g->cols;

	for (size_t i = 0; i < count; i++)
		g->cells[i] = (struct cell){ .ch = { ' ' }, .style = STYLE_PLAIN };
	g->cursor_row = g->cursor_col = 0;
	g->box = (struct area){ 0 };
	g->scratch = g->frame;
}

void
grid_copy(struct grid *g, const struct grid *from)
{
	if (g->rows != from->rows || g->cols != from->cols)
		grid_resize(g, from->rows, from->cols);
	memcpy(g->cells, from->cells,
	       (size_t)g->rows * (size_t)g->cols * sizeof(*g->cells));
	g->cursor_row = from->cursor_row;
	g->cursor_col = from->cursor_col;
}

struct area
grid_area(const struct grid *g)
{
	return (struct area){ 0, 0, g->rows, g->cols };
}

/* Cells outside the grid are worked out too: they are what clipping cuts. */
int
grid_text(struct grid *g, struct area a, int row, int col, enum style style, struct claque_str s)
{
	struct arena scratch = g->scratch;
	struct safe_line line = safe_cells_upto(&scratch, s, GRID_COLS_MAX);
	int used = 0;

	for (size_t i = 0; i < line.count && col + used < a.cols; i++) {
		draw_cell(g, a, row, col + used, style, &line.cells[i]);
		used += line.cells[i].width;
	}
	return used;
}

int
grid_textf(struct grid *g, struct area a, int row, int col, enum style style, const char *fmt, ...)
{
	char text[TEXT_MAX];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (n < 0)
		return 0;
	return grid_text(g, a, row, col, style,
			 (struct claque_str){ text, (size_t)between(0, n, TEXT_MAX - 1) });
}

int
grid_safe(struct grid *g, struct area a, int row, int col, int width, enum style style,
	  struct claque_str s, const struct grid_hit *hits, size_t hit_count)
{
	struct arena scratch = g->scratch;
	struct safe_line line;
	bool cut;
	int used = 0;

	width = between(0, width, between(0, a.cols - col, GRID_COLS_MAX));
	if (width == 0)
		return 0;
	if (g->filter.text != NULL) {
		struct claque_str shown = g->filter.text(g->filter.ctx, &scratch, s);

		hit_count = shown.p == s.p ? hit_count : 0;
		s = shown;
	}
	line = safe_cells_upto(&scratch, s, (size_t)width);
	cut = line.columns > (size_t)width;
	for (size_t i = 0; i < line.count; i++) {
		const struct safe_cell *c = &line.cells[i];
		enum style here = c->odd ? STYLE_ODD : style_at(hits, hit_count, c->at, style);

		if (used + c->width > width - (cut ? 1 : 0))
			break;
		draw_cell(g, a, row, col + used, here, c);
		used += c->width;
	}
	if (cut)
		draw_char(g, a, row, col + used++, style, CUT_MARK);
	return used;
}

void
grid_style_row(struct grid *g, struct area a, int row, enum style style)
{
	struct area in = clip(g, a);

	if (!inside(in, a.row + row, in.col))
		return;
	for (int col = in.col; col < in.col + in.cols; col++) {
		struct cell *c = cell_at(g, a.row + row, col);

		if (c->style != STYLE_ODD && c->style != STYLE_HIT && c->style < STYLE_RED)
			c->style = (uint8_t)style;
	}
}

void
grid_fill(struct grid *g, struct area a, uint32_t ch, enum style style)
{
	struct area in = clip(g, a);

	if (safe_width(ch) != 1)
		ch = ' ';
	if (g->ascii && ch >= 0x80)
		ch = ascii_of(ch);
	for (int row = 0; row < in.rows; row++)
		for (int col = 0; col < in.cols; col++)
			draw_char(g, in, row, col, style, ch);
}
