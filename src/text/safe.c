/*
 * safe.c - see safe.h. Everything not known to be harmless is spelled out: the
 * table of classes decides, and what it does not know is unassigned.
 *
 * Two things are left as they are, because they are ordinary writing: one line
 * end (a mark, no badge), and one emoji variation selector or joiner after an
 * emoji. Repeated selectors, which can carry a hidden message, are spelled out.
 *
 * Mixed script follows the idea of UTS #39 (2023), "single script" restriction,
 * for the two pairs that deceive in practice: Latin with Cyrillic or Greek.
 */
#include "config.h"

#include "text/safe.h"

#include <stdio.h>

#include "base/utf8.h"
#include "text/width.h"

enum { MARKS_KEPT = 2, DOTTED_CIRCLE = 0x25cc, JOINER = 0x200d, TEXT_STYLE = 0xfe0e,
       EMOJI_STYLE = 0xfe0f };

enum script { SCRIPT_NONE, SCRIPT_LATIN = 1, SCRIPT_GREEK = 2, SCRIPT_CYRILLIC = 4 };

struct maker {
	struct arena *perm;
	struct safe_line line;
	uint32_t at;		/* byte of the character in hand */
	size_t marks;		/* on the last cell */
	bool base;		/* the last cell may carry marks */
	bool symbol;		/* the last cell may carry one variation selector */
	bool emoji;		/* the last cell may be joined to another emoji */
	unsigned scripts;	/* of the word so far */
};

struct script_range {
	uint32_t first, last;
	enum script script;
};

static const struct script_range scripts[] = {
	{ 'A', 'Z', SCRIPT_LATIN }, { 'a', 'z', SCRIPT_LATIN },
	{ 0xc0, 0xd6, SCRIPT_LATIN }, { 0xd8, 0xf6, SCRIPT_LATIN }, { 0xf8, 0x24f, SCRIPT_LATIN },
	{ 0x370, 0x373, SCRIPT_GREEK }, { 0x376, 0x377, SCRIPT_GREEK },
	{ 0x37b, 0x37d, SCRIPT_GREEK }, { 0x37f, 0x37f, SCRIPT_GREEK },
	{ 0x386, 0x386, SCRIPT_GREEK }, { 0x388, 0x3ff, SCRIPT_GREEK },
	{ 0x400, 0x481, SCRIPT_CYRILLIC }, { 0x48a, 0x52f, SCRIPT_CYRILLIC },
	{ 0x1c80, 0x1c88, SCRIPT_CYRILLIC }, { 0x1e00, 0x1eff, SCRIPT_LATIN },
	{ 0x1f00, 0x1fbc, SCRIPT_GREEK }, { 0x1fc2, 0x1ffc, SCRIPT_GREEK },
	{ 0x2c60, 0x2c7f, SCRIPT_LATIN }, { 0xa640, 0xa66e, SCRIPT_CYRILLIC },
	{ 0xa680, 0xa69b, SCRIPT_CYRILLIC }, { 0xff21, 0xff3a, SCRIPT_LATIN },
	{ 0xff41, 0xff5a, SCRIPT_LATIN },
};

static enum script
script_of(uint32_t code)
{
	for (size_t i = 0; i < sizeof(scripts) / sizeof(scripts[0]); i++)
		if (code <= scripts[i].last)
			return code >= scripts[i].first ? scripts[i].script : SCRIPT_NONE;
	return SCRIPT_NONE;
}

static void
badge(struct maker *m, enum safe_badge_bit bit)
{
	m->line.badges |= 1u << bit;
}

/* What is unseen does not end a word: pay<200B>pal is one. */
static void
note_script(struct maker *m, uint32_t code, enum width_class class)
{
	enum script script = script_of(code);

	if (class != WIDTH_NARROW && class != WIDTH_WIDE && class != WIDTH_BLANK)
		return;
	if (script == SCRIPT_NONE && !(code >= '0' && code <= '9'))
		m->scripts = 0;
	m->scripts |= script;
	if ((m->scripts & SCRIPT_LATIN) != 0 &&
	    (m->scripts & (SCRIPT_GREEK | SCRIPT_CYRILLIC)) != 0)
		badge(m, SAFE_BIT_MIXED);
}

/* Nothing else allocates from perm meanwhile, so the cells lie end to end. */
static struct safe_cell *
put_cell(struct maker *m, uint32_t code, uint8_t width, bool odd)
{
	struct safe_cell *cell = ARENA_NEW(m->perm, struct safe_cell, 1);

	if (m->line.cells == NULL)
		m->line.cells = cell;
	*cell = (struct safe_cell){ .ch = { code }, .at = m->at, .width = width, .odd = odd };
	m->line.count++;
	m->line.columns += width;
	m->marks = 0;
	m->base = !odd;
	m->symbol = m->emoji = false;
	return cell;
}

static void
put_spelled(struct maker *m, const char *spelled)
{
	for (const char *p = spelled; *p != '\0'; p++)
		(void)put_cell(m, (unsigned char)*p, 1, true);
}

static void
put_hex(struct maker *m, const char brackets[2], uint32_t code)
{
	char spelled[16];

	(void)snprintf(spelled, sizeof(spelled), "%c%0*X%c", brackets[0], code < 0x100 ? 2 : 4,
		       code, brackets[1]);
	put_spelled(m, spelled);
}

static void
put_hidden(struct maker *m, uint32_t code, enum safe_badge_bit bit)
{
	badge(m, bit);
	put_hex(m, "<>", code);
}

static void
put_control(struct maker *m, uint32_t code)
{
	if (code >= 0x80) {
		put_hidden(m, code, SAFE_BIT_CONTROL);
		return;
	}
	badge(m, SAFE_BIT_CONTROL);
	put_spelled(m, (char[]){ '^', (char)(code ^ 0x40), '\0' });
}

static void
put_mark(struct maker *m, uint32_t code)
{
	struct safe_cell *last;

	if (!m->base) {
		(void)put_cell(m, DOTTED_CIRCLE, 1, true);
		m->base = true;
		badge(m, SAFE_BIT_COMBINING);
	}
	last = &m->line.cells[m->line.count - 1];
	if (m->marks < MARKS_KEPT) {
		last->ch[++m->marks] = code;
	} else {
		last->odd = true;
		badge(m, SAFE_BIT_COMBINING);
	}
}

/* A variation selector after a symbol, a joiner after an emoji: part of it. */
static void
put_invisible(struct maker *m, uint32_t code)
{
	if ((code == TEXT_STYLE || code == EMOJI_STYLE) && m->symbol) {
		m->line.cells[m->line.count - 1].odd = true;
		m->symbol = false;
		m->emoji = true;
	} else if (code == JOINER && m->emoji) {
		(void)put_cell(m, '+', 1, true);
	} else {
		put_hidden(m, code, SAFE_BIT_ZERO_WIDTH);
	}
}

static void
put_unstable(struct maker *m, uint32_t code)
{
	put_hex(m, "[]", code);
	m->symbol = m->emoji = true;
}

static bool
takes_selector(uint32_t code)
{
	return code == '#' || code == '*' || (code >= '0' && code <= '9') ||
	       code == 0xa9 || code == 0xae || (code >= 0x2000 && code < 0x3300);
}

static void
put_shown(struct maker *m, uint32_t code, uint8_t width)
{
	(void)put_cell(m, code, width, false);
	m->symbol = takes_selector(code);
}

static void
put_code(struct maker *m, uint32_t code)
{
	enum width_class class = width_class(code);

	note_script(m, code, class);
	switch (class) {
	case WIDTH_NARROW:
	case WIDTH_WIDE:
		put_shown(m, code, class == WIDTH_WIDE ? 2 : 1);
		return;
	case WIDTH_MARK:
		put_mark(m, code);
		return;
	case WIDTH_BLANK:
		(void)put_cell(m, ' ', 1, true);
		return;
	case WIDTH_CONTROL:
		put_control(m, code);
		return;
	case WIDTH_LINE:
		put_hidden(m, code, SAFE_BIT_CONTROL);
		return;
	case WIDTH_BIDI:
		put_hidden(m, code, SAFE_BIT_BIDI);
		return;
	case WIDTH_INVISIBLE:
		put_invisible(m, code);
		return;
	case WIDTH_UNSTABLE:
		put_unstable(m, code);
		return;
	case WIDTH_UNASSIGNED:
	default:
		put_hidden(m, code, SAFE_BIT_UNASSIGNED);
	}
}

/* Takes one character, or one line end, off the front of s. */
static size_t
put_next(struct maker *m, struct claque_str s)
{
	size_t used;
	uint32_t code = utf8_next(s, &used);

	if (code == UTF8_BAD) {
		badge(m, SAFE_BIT_INVALID);
		put_hex(m, "<>", (unsigned char)s.p[0]);
	} else if (code == '\t') {
		m->scripts = 0;
		(void)put_cell(m, ' ', 1, false);
	} else if (code == '\n' || str_starts(s, STR("\r\n"))) {
		used = code == '\n' ? 1 : 2;
		m->scripts = 0;
		(void)put_cell(m, SAFE_NEWLINE, 1, true);
	} else {
		put_code(m, code);
	}
	return used;
}

static size_t
put_utf8(char *out, const struct safe_line *line)
{
	char bytes[4];
	size_t len = 0;

	for (size_t i = 0; i < line->count; i++) {
		for (size_t k = 0; k < 3 && line->cells[i].ch[k] != 0; k++) {
			size_t n = utf8_put(bytes, line->cells[i].ch[k]);

			if (out != NULL)
				memcpy(out + len, bytes, n);
			len += n;
		}
	}
	return len;
}

static bool
is_plain(struct claque_str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.p[i] < ' ' || s.p[i] > '~')
			return false;
	return true;
}

struct safe_line
safe_cells_upto(struct arena *perm, struct claque_str s, size_t columns)
{
	struct maker m = { .perm = perm };
	size_t at = 0;

	s = str_sub(s, 0, UINT32_MAX);
	while (at < s.len && m.line.columns <= columns) {
		m.at = (uint32_t)at;
		at += put_next(&m, str_sub(s, at, s.len));
	}
	return m.line;
}

struct safe_line
safe_cells(struct arena *perm, struct claque_str s)
{
	return safe_cells_upto(perm, s, SIZE_MAX);
}

/* Made twice: once to know its length, so that perm keeps nothing but the text. */
struct claque_str
safe_text(struct arena *perm, struct claque_str s)
{
	struct arena scratch = *perm;
	struct safe_line line;
	size_t len;
	char *out;

	if (is_plain(s))
		return str_dup(perm, s);
	line = safe_cells(&scratch, s);
	len = put_utf8(NULL, &line);
	out = ARENA_NEW(perm, char, len + 1);
	scratch = *perm;
	line = safe_cells(&scratch, s);
	(void)put_utf8(out, &line);
	return (struct claque_str){ out, len };
}

size_t
safe_line_end(const struct safe_line *text, size_t from, size_t columns, size_t *next)
{
	size_t i = from, space = from, cols = 0;

	while (i < text->count && (cols + text->cells[i].width <= columns || i == from)) {
		if (text->cells[i].ch[0] == ' ' && !text->cells[i].odd)
			space = i;
		cols += text->cells[i++].width;
	}
	*next = i;
	if (i == text->count)
		return i;
	if (text->cells[i].ch[0] == ' ' && !text->cells[i].odd)
		space = i;
	if (space == from)
		return i;
	*next = space + 1;
	return space;
}

const char *
safe_badge_word(enum safe_badge_bit bit)
{
	static const char *const words[] = {
#define X(name, word) word,
		SAFE_BADGE_LIST(X)
#undef X
	};

	return words[bit];
}

int
safe_width(uint32_t code)
{
	enum width_class class = width_class(code);

	return class == WIDTH_WIDE ? 2 : class == WIDTH_NARROW || class == WIDTH_BLANK ? 1 : 0;
}
