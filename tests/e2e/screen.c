#include "config.h"

#include "screen.h"

#ifdef HAVE_VTERM

#include <stdlib.h>
#include <vterm.h>

#include "base/utf8.h"

enum { WAITING_MAX = 1 << 20 };

struct screen {
	VTerm *term;
	VTermScreen *cells;
	int cols;
	bool cursor_visible, alternate;
	struct buf waiting;		/* bytes that are not understood yet */
	char last;			/* the byte before them */
};

static int
on_property(VTermProp prop, VTermValue *value, void *user)
{
	struct screen *s = user;

	if (prop == VTERM_PROP_CURSORVISIBLE)
		s->cursor_visible = value->boolean != 0;
	if (prop == VTERM_PROP_ALTSCREEN)
		s->alternate = value->boolean != 0;
	return 1;
}

static const VTermScreenCallbacks callbacks = { .settermprop = on_property };

/* A second column: libvterm writes a wide letter into one that is not there. */
static void
start_terminal(struct screen *s, int rows, int cols)
{
	s->cols = cols;
	s->term = vterm_new(rows, cols > 1 ? cols : 2);
	vterm_set_utf8(s->term, 1);
	s->cells = vterm_obtain_screen(s->term);
	vterm_screen_enable_altscreen(s->cells, 1);
	vterm_screen_set_callbacks(s->cells, &callbacks, s);
	vterm_screen_reset(s->cells, 1);
}

struct screen *
screen_new(int rows, int cols)
{
	struct screen *s = calloc(1, sizeof(*s));

	if (s == NULL)
		base_oom();
	s->cursor_visible = true;
	buf_init(&s->waiting, WAITING_MAX);
	start_terminal(s, rows, cols);
	return s;
}

void
screen_free(struct screen *s)
{
	if (s == NULL)
		return;
	vterm_free(s->term);
	buf_done(&s->waiting);
	free(s);
}

/* Bytes of "ESC [ digits" at the front, and of the 'b' behind; *whole: it is all there. */
static size_t
repeat_length(struct claque_str s, bool *whole)
{
	size_t n = 2;

	*whole = false;
	if (s.p[0] != '\033' || (s.len > 1 && s.p[1] != '['))
		return 0;
	while (n < s.len && byte_is_digit(s.p[n]))
		n++;
	if (n >= s.len)
		return s.len;
	*whole = s.p[n] == 'b';
	return *whole ? n + 1 : 0;
}

static void
repeat(struct screen *s, struct claque_str digits)
{
	int64_t count;

	if (!str_to_i64(digits, &count) || count < 1)
		count = 1;
	while (count-- > 0)
		(void)vterm_input_write(s->term, &s->last, 1);
}

/*
 * libvterm 0.1 does not know REP, "the character before, n times more", which
 * curses sends to xterm for ASCII. What may yet become one is kept for later.
 */
void
screen_feed(struct screen *s, struct claque_str bytes)
{
	struct claque_str rest;
	bool whole;

	buf_add(&s->waiting, bytes);
	for (rest = buf_str(&s->waiting); rest.len > 0; ) {
		size_t n = repeat_length(rest, &whole);

		if (n > 0 && !whole)
			break;
		if (n > 0) {
			repeat(s, str_sub(rest, 2, n - 3));
		} else {
			n = str_find(rest, STR("\033"), 1);
			(void)vterm_input_write(s->term, rest.p, n);
			s->last = rest.p[n - 1];
		}
		rest = str_sub(rest, n, rest.len);
	}
	memmove(s->waiting.p, rest.p, rest.len);
	s->waiting.len = rest.len;
	vterm_screen_flush_damage(s->cells);
}

void
screen_answers(struct screen *s, struct buf *out)
{
	char bytes[256];
	size_t n;

	while ((n = vterm_output_read(s->term, bytes, sizeof(bytes))) > 0)
		buf_add(out, (struct claque_str){ bytes, n });
}

/*
 * Begins anew with an empty screen: libvterm 0.1 keeps a scroll region and a
 * saved place of the rows before, and writes behind its memory then. Nobody
 * misses the old text, who is told of a new size draws everything.
 */
void
screen_resize(struct screen *s, int rows, int cols)
{
	static const char switch_over[] = "\033[?1049h";
	bool alternate = s->alternate, visible = s->cursor_visible;

	vterm_free(s->term);
	start_terminal(s, rows, cols);
	if (alternate)
		(void)vterm_input_write(s->term, switch_over, sizeof(switch_over) - 1);
	s->cursor_visible = visible;
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
screen_answers(struct screen *s, struct buf *out)
{
	(void)s;
	(void)out;
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
