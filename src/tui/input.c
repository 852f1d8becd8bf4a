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
enum { CODE_BASE = 0x4000, PASTE_BEGIN = KEY_LIMIT, PASTE_END, MOUSE_SGR, MOUSE_X10,
       PATIENCE_MS = 500, PASTE_PATIENCE_MS = 1500, SEQUENCE_MAX = 64 };

static struct input_mouse mouse;
static char answer;			/* '0'..'4', or 0: none so far */

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
	{ "\033[<", MOUSE_SGR }, { "\033[M", MOUSE_X10 },
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

/*
 * The rest of a sequence up to its last character, which is none of its digits. Over a
 * slow line it may come in parts.
 */
static struct claque_str
rest_of_sequence(char bytes[SEQUENCE_MAX], int patience_ms)
{
	size_t n = 0;
	wint_t ch;

	timeout(patience_ms);
	while (n < SEQUENCE_MAX && get_wch(&ch) == OK) {
		bytes[n++] = ch < 0x80 ? (char)ch : '?';
		if (ch >= 0x40 && ch <= 0x7e && ch != '[')
			break;
	}
	timeout(0);
	return (struct claque_str){ bytes, n };
}

/* "?2026;2$y": mode 2026 is there, and off. */
static void
take_answer(struct claque_str sequence)
{
	if (str_starts(sequence, STR("?2026;")) && sequence.len > 6 &&
	    sequence.p[sequence.len - 1] == 'y')
		answer = sequence.p[6];
}

/* ESC is read. What follows at once belongs to a sequence nobody knows. */
static uint32_t
after_escape(void)
{
	char bytes[SEQUENCE_MAX];
	wint_t ch;

	if (get_wch(&ch) != OK)
		return CK_ESC;
	if (ch != '[' && ch != 'O') {
		(void)unget_wch((wchar_t)ch);
		return CK_ESC;
	}
	take_answer(rest_of_sequence(bytes, get_escdelay()));
	return 0;
}

/* Bits of a report: 0..2 which button, 64 the wheel; 4, 8, 16 are keys held with it. */
static uint32_t
mouse_key(int64_t button, int64_t col, int64_t row)
{
	enum { HELD = 4 | 8 | 16, WHEEL = 64 };

	mouse = (struct input_mouse){ row > 0 ? (int)row - 1 : 0, col > 0 ? (int)col - 1 : 0 };
	switch (button & ~(int64_t)HELD) {
	case 0:
		return CK_CLICK;
	case WHEEL:
		return CK_WHEEL_UP;
	case WHEEL + 1:
		return CK_WHEEL_DOWN;
	default:
		return 0;
	}
}

/* "0;17;4M": button, column, row; m where it is let go. */
static uint32_t
read_mouse(void)
{
	char bytes[SEQUENCE_MAX];
	struct claque_str rest = rest_of_sequence(bytes, PATIENCE_MS), part;
	int64_t numbers[3];

	if (rest.len == 0 || rest.p[rest.len - 1] != 'M')
		return 0;
	rest.len--;
	for (size_t i = 0; i < 3; i++)
		if (!str_cut(&rest, ';', &part) || !str_to_i64(part, &numbers[i]) ||
		    numbers[i] < 0 || numbers[i] > INT16_MAX)
			return 0;
	return mouse_key(numbers[0], numbers[1], numbers[2]);
}

/* Three characters, each 32 more than its number; button 3 is one let go. */
static uint32_t
read_old_mouse(void)
{
	bool whole = true;
	wint_t ch[3];

	timeout(PATIENCE_MS);
	for (size_t i = 0; whole && i < 3; i++)
		whole = get_wch(&ch[i]) == OK && ch[i] >= 32 && ch[i] <= 255;
	timeout(0);
	if (!whole)
		return 0;
	return mouse_key((int64_t)ch[0] - 32, (int64_t)ch[1] - 32, (int64_t)ch[2] - 32);
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

/*
 * All up to the closing bracket is text, or up to a silence that no link makes: what is
 * given up too early would go on as commands.
 */
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

/* keypad() first: it reads terminfo, whose key for the mouse would go before ours. */
void
input_define(void)
{
	(void)keypad(stdscr, TRUE);
	for (size_t i = 0; i < SEQUENCES; i++)
		(void)define_key(sequences[i].bytes, CODE_BASE + (int)i);
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
		if (key == MOUSE_SGR)
			key = read_mouse();
		else if (key == MOUSE_X10)
			key = read_old_mouse();
		if (key != 0 && key != PASTE_END)
			return key;
	}
	return 0;
}

const struct input_mouse *
input_mouse(void)
{
	return &mouse;
}

bool
input_has_answer(void)
{
	return answer != 0;
}

/* 1 and 2: it knows the mode and can set it. */
bool
input_answered(void)
{
	return answer == '1' || answer == '2';
}
