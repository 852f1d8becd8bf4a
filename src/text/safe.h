/*
 * safe.h - hostile text made harmless and visible: the only way from data to a
 * terminal.
 *
 * What could move the cursor, hide, reorder or join text is shown as what it
 * is (<202E>, ^[, <FF>) and marked odd, to be drawn in reverse; and it sets a
 * badge, because in this field the trick is evidence. Emoji come as [1F600]:
 * terminals disagree on their width, and a column that drifts is a lie too.
 * Right-to-left scripts stay in logical order; no terminal is told to reorder.
 */
#ifndef TEXT_SAFE_H
#define TEXT_SAFE_H

#include "base/str.h"

/* X(name, word shown) */
#define SAFE_BADGE_LIST(X) \
	X(CONTROL, "control") X(BIDI, "bidi") X(ZERO_WIDTH, "zero width") \
	X(INVALID, "invalid bytes") X(COMBINING, "stacked marks") X(MIXED, "mixed script") \
	X(UNASSIGNED, "unassigned")

enum safe_badge_bit {
#define X(name, word) SAFE_BIT_##name,
	SAFE_BADGE_LIST(X)
#undef X
	SAFE_BIT_COUNT
};

/* One or two terminal columns. ch[0] != 0; ch[1], ch[2] combining or 0. */
struct safe_cell {
	uint32_t ch[3];
	uint32_t at;		/* byte of the text it stands for */
	uint8_t width;		/* 1 or 2 */
	bool odd;		/* stands for something that is not shown as itself */
};

struct safe_line {
	struct safe_cell *cells;
	size_t count;
	size_t columns;		/* sum of the widths */
	unsigned badges;	/* bit set of 1 << SAFE_BIT_x */
};

/* Stands for a line end (LF or CR LF). */
enum { SAFE_NEWLINE = 0x21b5 };

/*
 * One line: tabs become a space, line ends a visible mark. Never fails. Takes
 * at most 80 bytes of perm for each byte of s.
 */
struct safe_line safe_cells(struct arena *perm, struct claque_str s);
/*
 * The same, stopping once more than `columns` columns are there: what a narrow
 * field needs of a long text. Badges tell of the part that was looked at only.
 */
struct safe_line safe_cells_upto(struct arena *perm, struct claque_str s, size_t columns);
/*
 * The same as UTF-8, for what is printed without a screen. Uses as much of
 * perm as safe_cells() while it works, and gives back all but the result.
 */
struct claque_str safe_text(struct arena *perm, struct claque_str s);
/*
 * Where a line of at most `columns` (1 or more) that begins at cell `from` ends: at
 * a space if there is one. *next: the cell that the line after it begins with.
 */
size_t safe_line_end(const struct safe_line *text, size_t from, size_t columns, size_t *next);
/* "bidi", ...; bit in 0..SAFE_BIT_COUNT-1. */
const char *safe_badge_word(enum safe_badge_bit bit);
/* Columns of one code point in a terminal: 0, 1 or 2; 0 for what is not shown as itself. */
int safe_width(uint32_t code);

#endif
