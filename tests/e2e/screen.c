#include "config.h"

#include "screen.h"

#ifdef HAVE_VTERM

#include <stdlib.h>
#include <vterm.h>

#include "base/utf8.h"

struct screen {
	VTerm *term;
	VTermScreen *cells;
	int cols;
	bool cursor_visible;
};

static int
on_property(VTermProp prop, VTermValue *value, void *user)
{
	struct screen *s = user;

	if (prop == VTERM_PROP_CURSORVISIBLE)
		s->cursor_visible = value->boolean != 0;
	return 1;
}

static const VTermScreenCallbacks callbacks = { .settermprop = on_property };

struct screen *
screen_new(int rows, int cols)
{
	struct screen *s = calloc(1, sizeof(*s));

	if (s == NULL)
		base_oom();
	*s = (struct screen){ .term = vterm_new(rows, cols), .cols = cols, .cursor_visible = true };
	vterm_set_utf8(s->term, 1);
	s->cells = vterm_obtain_screen(s->term);
	vterm_screen_enable_altscreen(s->cells, 1);
	vterm_screen_set_callbacks(s->cells, &callbacks, s);
	vterm_screen_reset(s->cells, 1);
	return s;
}

void
screen_free(struct screen *s)
{
	if (s == NULL)
		return;
	vterm_free(s->term);
	free(s);
}

void
screen_feed(struct screen *s, struct claque_str bytes)
{
	(void)vterm_input_write(s->term, bytes.p, bytes.len);
	vterm_screen_flush_damage(s->cells);
}

void
screen_resize(struct screen *s, int rows, int cols)
{
	vterm_set_size(s->term, rows, cols);
	s->cols = cols;
}

void
screen_row(const struct screen *s, int row, struct buf *out)
{
	size_t end = out->len;

	for (int col = 0; col < s->cols;) {
		VTermScreenCell cell;
		char bytes[4];

		if (vterm_screen_get_cell(s->cells, (VTermPos){ row, col }, &cell) == 0)
			break;
		if (cell.chars[0] == 0)
			buf_addc(out, ' ');
		for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] != 0; i++)
			buf_add(out, (struct claque_str){ bytes, utf8_put(bytes, cell.chars[i]) });
		if (cell.chars[0] != 0 && cell.chars[0] != ' ')
			end = out->len;
		col += cell.width > 0 ? cell.width : 1;
	}
	out->len = end;
}

unsigned
screen_looks(const struct screen *s, int row, int col)
{
	VTermScreenCell cell;
	unsigned looks;

	if (vterm_screen_get_cell(s->cells, (VTermPos){ row, col }, &cell) == 0)
		return 0;
	looks = cell.attrs.bold ? SCREEN_BOLD : 0;
	looks |= cell.attrs.underline ? SCREEN_UNDERLINE : 0;
	looks |= cell.attrs.reverse ? SCREEN_REVERSE : 0;
	if (!VTERM_COLOR_IS_DEFAULT_FG(&cell.fg) || !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg))
		looks |= SCREEN_COLOUR;
	return looks;
}

void
screen_cursor(const struct screen *s, int *row, int *col, bool *visible)
{
	VTermPos at;

	vterm_state_get_cursorpos(vterm_obtain_state(s->term), &at);
	*row = at.row;
	*col = at.col;
	*visible = s->cursor_visible;
}

#else

struct screen *
screen_new(int rows, int cols)
{
	(void)rows;
	(void)cols;
	return NULL;
}

void
screen_free(struct screen *s)
{
	(void)s;
}

void
screen_feed(struct screen *s, struct claque_str bytes)
{
	(void)s;
	(void)bytes;
}

void
screen_resize(struct screen *s, int rows, int cols)
{
	(void)s;
	(void)rows;
	(void)cols;
}

void
screen_row(const struct screen *s, int row, struct buf *out)
{
	(void)s;
	(void)row;
	(void)out;
}

unsigned
screen_looks(const struct screen *s, int row, int col)
{
	(void)s;
	(void)row;
	(void)col;
	return 0;
}

void
screen_cursor(const struct screen *s, int *row, int *col, bool *visible)
{
	(void)s;
	*row = *col = 0;
	*visible = false;
}

#endif
