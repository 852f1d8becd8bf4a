/*
 * edit.c - one line of typing. The cursor stands between characters, never
 * inside one; what does not fit is not taken.
 */
#include "config.h"

#include "tui/view.h"

#include "base/utf8.h"

void
edit_set(struct edit *e, struct claque_str text)
{
	e->len = e->at = 0;
	edit_insert(e, text);
}

struct claque_str
edit_str(const struct edit *e)
{
	return (struct claque_str){ e->text, e->len };
}

/* Line ends and other controls of a paste become blanks: it is one line. */
void
edit_insert(struct edit *e, struct claque_str text)
{
	if (text.len == 0 || text.len > EDIT_MAX - e->len)
		return;
	memmove(e->text + e->at + text.len, e->text + e->at, e->len - e->at);
	for (size_t i = 0; i < text.len; i++)
		e->text[e->at + i] = (unsigned char)text.p[i] < ' ' ? ' ' : text.p[i];
	e->at += text.len;
	e->len += text.len;
}

static size_t
char_before(const struct edit *e)
{
	size_t at = e->at;

	while (at > 0 && ((unsigned char)e->text[--at] & 0xc0) == 0x80)
		;
	return at;
}

static size_t
char_after(const struct edit *e)
{
	size_t at = e->at;

	if (at < e->len)
		at++;
	while (at < e->len && ((unsigned char)e->text[at] & 0xc0) == 0x80)
		at++;
	return at;
}

static void
cut(struct edit *e, size_t from, size_t to)
{
	memmove(e->text + from, e->text + to, e->len - to);
	e->len -= to - from;
	e->at = from;
}

static size_t
word_before(const struct edit *e)
{
	size_t at = e->at;

	while (at > 0 && e->text[at - 1] == ' ')
		at--;
	while (at > 0 && e->text[at - 1] != ' ')
		at--;
	return at;
}

bool
edit_key(struct edit *e, uint32_t key)
{
	enum { CTRL_A = 1, CTRL_E = 5, CTRL_K = 11, CTRL_U = 21, CTRL_W = 23 };
	char bytes[4];

	if (key == CK_BACKSPACE)
		cut(e, char_before(e), e->at);
	else if (key == CK_DELETE)
		cut(e, e->at, char_after(e));
	else if (key == CK_LEFT)
		e->at = char_before(e);
	else if (key == CK_RIGHT)
		e->at = char_after(e);
	else if (key == CK_HOME || key == CTRL_A)
		e->at = 0;
	else if (key == CK_END || key == CTRL_E)
		e->at = e->len;
	else if (key == CTRL_U)
		cut(e, 0, e->at);
	else if (key == CTRL_K)
		cut(e, e->at, e->len);
	else if (key == CTRL_W)
		cut(e, word_before(e), e->at);
	else if (key >= ' ' && key < KEY_BASE)
		edit_insert(e, (struct claque_str){ bytes, utf8_put(bytes, key) });
	else
		return false;
	return true;
}

/* A line longer than the screen is shown from where the cursor is still seen. */
void
edit_draw(struct ui *u, struct area a, int row, int col, const struct edit *e)
{
	int room = a.cols - col - 1;
	size_t from = 0, before;

	for (;;) {
		struct arena scratch = u->grid.scratch;

		before = safe_cells(&scratch, str_sub(edit_str(e), from, e->at - from)).columns;
		if ((int)before <= room || from >= e->at)
			break;
		from++;
		while (from < e->at && ((unsigned char)e->text[from] & 0xc0) == 0x80)
			from++;
	}
	(void)grid_safe(&u->grid, a, row, col, room + 1, STYLE_INPUT,
			str_sub(edit_str(e), from, e->len), NULL, 0);
	u->grid.cursor_row = a.row + row;
	u->grid.cursor_col = a.col + col + (int)before;
}
