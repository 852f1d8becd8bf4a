/*
 * dump.c - a grid as text, for tests, documents and readers of the screen.
 */
#include "config.h"

#include "tui/grid.h"

#include "base/utf8.h"
#include "tui/theme.h"

static const char letters[STYLE_COUNT] = {
#define X(id, letter, help) letter,
	STYLE_LIST(X)
#undef X
};

static const struct cell *
row_cells(const struct grid *g, int row)
{
	return &g->cells[(size_t)row * (size_t)g->cols];
}

static void
add_code(struct buf *out, uint32_t code)
{
	char bytes[4];

	buf_add(out, (struct claque_str){ bytes, utf8_put(bytes, code) });
}

static void
add_cell(struct buf *out, const struct cell *c)
{
	for (int k = 0; k < 3 && c->ch[k] != 0; k++)
		add_code(out, c->ch[k]);
}

static int
text_end(const struct grid *g, int row)
{
	const struct cell *cells = row_cells(g, row);
	int end = g->cols;

	while (end > 0 && cells[end - 1].ch[0] == ' ' && cells[end - 1].ch[1] == 0)
		end--;
	return end;
}

static void
dump_text(const struct grid *g, struct buf *out)
{
	for (int row = 0; row < g->rows; row++) {
		int end = text_end(g, row);

		for (int col = 0; col < end; col++)
			add_cell(out, &row_cells(g, row)[col]);
		buf_addc(out, '\n');
	}
}

static void
dump_styles(const struct grid *g, struct buf *out)
{
	for (int row = 0; row < g->rows; row++) {
		const struct cell *cells = row_cells(g, row);
		int end = g->cols;

		while (end > 0 && cells[end - 1].style == STYLE_PLAIN)
			end--;
		for (int col = 0; col < end; col++)
			buf_addc(out, letters[cells[col].style]);
		buf_addc(out, '\n');
	}
}

static void
add_escaped(struct buf *out, const struct cell *c)
{
	switch (c->ch[0]) {
	case '<':
		buf_addz(out, "&lt;");
		return;
	case '>':
		buf_addz(out, "&gt;");
		return;
	case '&':
		buf_addz(out, "&amp;");
		return;
	case '"':
		buf_addz(out, "&quot;");
		return;
	default:
		add_cell(out, c);
	}
}

/* What looks like plain text needs no span. */
static enum style
html_style(const struct grid *g, const struct cell *c)
{
	struct look look = theme_look((enum theme)g->theme, (enum style)c->style, DEPTH_256);

	return look.fg < 0 && look.bg < 0 && look.attrs == 0 ? STYLE_PLAIN : (enum style)c->style;
}

static void
html_row(const struct grid *g, int row, struct buf *out)
{
	const struct cell *cells = row_cells(g, row);
	enum style style = STYLE_PLAIN;

	for (int col = 0; col < g->cols; col++) {
		enum style next = html_style(g, &cells[col]);

		if (next != style) {
			buf_addz(out, style != STYLE_PLAIN ? "</span>" : "");
			if (next != STYLE_PLAIN) {
				buf_addz(out, "<span style=\"");
				theme_css((enum theme)g->theme, next, out);
				buf_addz(out, "\">");
			}
			style = next;
		}
		add_escaped(out, &cells[col]);
	}
	buf_addz(out, style != STYLE_PLAIN ? "</span>\n" : "\n");
}

static void
dump_html(const struct grid *g, struct buf *out)
{
	buf_addz(out, "<pre style=\"");
	theme_css_page((enum theme)g->theme, out);
	buf_addz(out, "\">\n");
	for (int row = 0; row < g->rows; row++)
		html_row(g, row, out);
	buf_addz(out, "</pre>\n");
}

void
grid_dump(const struct grid *g, enum dump_form form, struct buf *out)
{
	if (form == DUMP_HTML) {
		dump_html(g, out);
		return;
	}
	dump_text(g, out);
	if (form == DUMP_ATTR) {
		buf_addz(out, "-- styles --\n");
		dump_styles(g, out);
	}
}
