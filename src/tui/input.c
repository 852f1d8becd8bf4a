/*
 * input.c - keys by our own table first, by terminfo second. An escape sequence
 * neither knows is swallowed whole: taken apart, its letters would be commands.
 */
#include "config.h"

#include "tui/input.h"

#include <curses.h>

#include "base/utf8.h"
#include "tui/key.h"

/* Our codes lie above all of curses' own, extended ones included. */
enum { CODE_BASE = 0x4000, PASTE_BEGIN = KEY_LIMIT, PASTE_END,
       PASTE_PATIENCE_MS = 500, SEQUENCE_MAX = 64 };

static const struct {
	const char *bytes;
	uint32_t key;
} sequences[] = {
	{ "\033[A", CK_UP }, { "\033OA", CK_UP }, { "\033[B", CK_DOWN }, { "\033OB", CK_DOWN },
	{ "\033[C", CK_RIGHT }, { "\033OC", CK_RIGHT }, { "\033[D", CK_LEFT },
	{ "\033OD", CK_LEFT }, { "\033[H", CK_HOME }, { "\033OH", CK_HOME },
	{ "\033[1~", CK_HOME }, { "\033[7~", CK_HOME }, { "\033[F", CK_END },
	{ "\033OF", CK_END }, { "\033[4~", CK_END }, { "\033[8~", CK_END },
	{ "\033[5~", CK_PAGE_UP }, { "\033[6~", CK_PAGE_DOWN }, { "\033[2~", CK_INSERT },
	{ "\033[3~", CK_DELETE }, { "\033[Z", CK_BACKTAB }, { "\033OM", CK_ENTER },
	{ "\033OP", CK_F1 }, { "\033[11~", CK_F1 }, { "\033[[A", CK_F1 }, { "\033[15~", CK_F5 },
	{ "\033[[E", CK_F5 }, { "\033[1;3D", CK_ALT_LEFT }, { "\033[1;9D", CK_ALT_LEFT },
	{ "\033\033[D", CK_ALT_LEFT }, { "\033[1;3C", CK_ALT_RIGHT },
	{ "\033[1;9C", CK_ALT_RIGHT }, { "\033\033[C", CK_ALT_RIGHT },
	{ "\033[200~", PASTE_BEGIN }, { "\033[201~", PASTE_END },
};

enum { SEQUENCES = sizeof(sequences) / sizeof(sequences[0]) };

/* What terminfo may still name, on terminals with sequences of their own. */
static const struct {
	int code;
	uint32_t key;
} named[] = {
	{ KEY_UP, CK_UP }, { KEY_DOWN, CK_DOWN }, { KEY_LEFT, CK_LEFT }, { KEY_RIGHT, CK_RIGHT },
	{ KEY_HOME, CK_HOME }, { KEY_FIND, CK_HOME }, { KEY_END, CK_END }, { KEY_SELECT, CK_END },
	{ KEY_PPAGE, CK_PAGE_UP }, { KEY_NPAGE, CK_PAGE_DOWN }, { KEY_ENTER, CK_ENTER },
	{ KEY_BTAB, CK_BACKTAB }, { KEY_BACKSPACE, CK_BACKSPACE }, { KEY_DC, CK_DELETE },
	{ KEY_IC, CK_INSERT }, { KEY_F(1), CK_F1 }, { KEY_F(5), CK_F5 },
};

static uint32_t
key_of_code(wint_t code)
{
	if (code >= CODE_BASE && code < CODE_BASE + SEQUENCES)
		return sequences[code - CODE_BASE].key;
	for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++)
		if ((wint_t)named[i].code == code)
			return named[i].key;
	return 0;
}

/* ESC is read. What follows at once belongs to a sequence nobody knows. */
static uint32_t
after_escape(void)
{
	wint_t ch;

	if (get_wch(&ch) != OK)
		return CK_ESC;
	if (ch != '[' && ch != 'O') {
		(void)unget_wch((wchar_t)ch);
		return CK_ESC;
	}
	for (int i = 0; i < SEQUENCE_MAX && get_wch(&ch) == OK; i++)
		if (ch >= 0x40 && ch <= 0x7e && ch != '[')
			break;
	return 0;
}

static void
add_pasted(struct buf *pasted, wint_t ch)
{
	char bytes[4];

	if (ch == '\r')
		ch = '\n';
	if (ch <= 0x10ffff)
		buf_add(pasted, (struct claque_str){ bytes, utf8_put(bytes, (uint32_t)ch) });
}

/* All up to the closing bracket is text, or up to half a second of silence. */
static uint32_t
read_paste(struct buf *pasted)
{
	wint_t ch;
	int rc;

	buf_clear(pasted);
	timeout(PASTE_PATIENCE_MS);
	while ((rc = get_wch(&ch)) != ERR) {
		if (rc == KEY_CODE_YES && key_of_code(ch) == PASTE_END)
			break;
		if (rc == OK)
			add_pasted(pasted, ch);
	}
	timeout(0);
	return CK_PASTE;
}

void
input_define(void)
{
	for (size_t i = 0; i < SEQUENCES; i++)
		(void)define_key(sequences[i].bytes, CODE_BASE + (int)i);
	(void)keypad(stdscr, TRUE);
	(void)nodelay(stdscr, TRUE);
}

uint32_t
input_next(struct buf *pasted)
{
	wint_t ch;
	int rc;

	while ((rc = get_wch(&ch)) != ERR) {
		uint32_t key = rc == KEY_CODE_YES ? key_of_code(ch) : key_of_char((uint32_t)ch);

		if (key == CK_ESC)
			key = after_escape();
		if (key == PASTE_BEGIN)
			return read_paste(pasted);
		if (key != 0 && key != PASTE_END)
			return key;
	}
	return 0;
}
