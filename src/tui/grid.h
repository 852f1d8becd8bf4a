/*
 * grid.h - the screen as cells: what every view draws on.
 *
 * A grid belongs to no terminal. The terminal backend copies it to curses; a
 * dump prints it as text; a test compares it. Drawing outside is clipped.
 * Everything that comes from data enters through grid_safe(), which shows
 * hostile characters as what they are; grid_text() is for our own words.
 */
#ifndef TUI_GRID_H
#define TUI_GRID_H

#include "base/buf.h"
#include "text/safe.h"

/*
 * Roles, not colours: a theme maps them. X(id, letter in attribute dumps, help)
 */
#define STYLE_LIST(X) \
	X(PLAIN, '.', "body text") \
	X(DIM, 'd', "less important") \
	X(BOLD, 'b', "headings, names of columns") \
	X(CURSOR, 'r', "the focused row") \
	X(MARKED, 'm', "a marked row") \
	X(HIT, 'h', "a search hit") \
	X(ODD, 'o', "stands for a hostile character") \
	X(WARN, 'w', "badges, what speaks against") \
	X(GOOD, 'g', "confirmed, safe") \
	X(LEAD, 'l', "a high score") \
	X(CHART, 'c', "bars and sparklines") \
	X(FRAME, 'f', "rules and boxes") \
	X(BAR, 's', "status and key lines") \
	X(INPUT, 'i', "what is being typed") \
	X(ERROR, 'e', "an error message") \
	X(RED, 'R', "colours of tags and highlights, as the analyst gave them") \
	X(YELLOW, 'Y', "") X(GREEN, 'G', "") X(CYAN, 'C', "") X(BLUE, 'B', "") \
	X(MAGENTA, 'M', "")

enum style {
#define X(id, letter, help) STYLE_##id,
	STYLE_LIST(X)
#undef X
	STYLE_COUNT
};

struct cell {
	uint32_t ch[3];		/* base, two combining or 0; ch[0] 0: right half of a wide one */
	uint8_t style;		/* enum style */
};

struct area {			/* a rectangle of the grid */
	int row, col, rows, cols;
};

/* What is done to text from data before it is drawn; text NULL: nothing. */
struct grid_filter {
	void *ctx;
	struct claque_str (*text)(void *ctx, struct arena *perm, struct claque_str s);
};

struct grid {
	int rows, cols;
	struct cell *cells;	/* row by row */
	int cursor_row, cursor_col;	/* where the hardware cursor rests */
	bool ascii;		/* draw with ASCII only: charts and frames too */
	bool blocks;		/* the font has blocks, but no braille */
	uint8_t theme;		/* enum theme, for what shows colours */
	struct arena scratch;	/* of the frame: emptied by grid_clear() */
	struct arena frame;	/* what grid_clear() empties it to */
	struct grid_filter filter;
	struct area box;	/* inside of the last grid_box(); rows 0: none since grid_clear() */
};

enum { GRID_ROWS_MAX = 500, GRID_COLS_MAX = 1000 };

/* rows and cols are cut to 1..MAX. */
void grid_init(struct grid *g, int rows, int cols, bool ascii);
void grid_done(struct grid *g);
void grid_resize(struct grid *g, int rows, int cols);
/* Cells and cursor of another one, whose size it takes; its scratch stays its own. */
void grid_copy(struct grid *g, const struct grid *from);
/* All blank, PLAIN, cursor at 0,0, scratch emptied. */
void grid_clear(struct grid *g);
struct area grid_area(const struct grid *g);

/*
 * Our own words (UTF-8 that we wrote), cut at the edge without a mark. Returns
 * the columns used. textf: up to 4 KB.
 */
int grid_text(struct grid *g, struct area a, int row, int col, enum style style,
	      struct claque_str s);
int grid_textf(struct grid *g, struct area a, int row, int col, enum style style,
	       const char *fmt, ...) __attribute__((format(printf, 6, 7)));
/*
 * Text from data, through safe_cells(), in at most `width` columns; cut text ends
 * in '~'. hits: byte ranges drawn in a style of their own (may be NULL), of several the
 * first; none in a text that the filter changes.
 */
struct grid_hit { size_t at, len; enum style style; };
int grid_safe(struct grid *g, struct area a, int row, int col, int width, enum style style,
	      struct claque_str s, const struct grid_hit *hits, size_t hit_count);
/* The whole row of the area in this style; hits, coloured and odd cells keep theirs. */
void grid_style_row(struct grid *g, struct area a, int row, enum style style);
void grid_fill(struct grid *g, struct area a, uint32_t ch, enum style style);
/* A rule across the row with a title in it: "-- posts ------". */
void grid_rule(struct grid *g, struct area a, int row, struct claque_str title);
/* A box around the area, title on its top edge; returns the inside, blanked. */
struct area grid_box(struct grid *g, struct area a, struct claque_str title);

/* One column a value, 0..max, in eighths of a block (or " .:|#" in ASCII). */
void grid_spark(struct grid *g, struct area a, int row, int col, const int64_t *values,
		size_t count, int64_t max, enum style style);
/* A bar of `width` columns filled to part/whole. */
void grid_bar(struct grid *g, struct area a, int row, int col, int width, int64_t part,
	      int64_t whole, enum style style);

/*
 * Dumps. text: rows with trailing blanks dropped. attr: the same, then a line
 * "-- styles --" and a block of style letters, trailing '.' dropped. html: a
 * self-contained <pre> with spans in the colours of the theme, all escaped.
 */
enum dump_form { DUMP_TEXT, DUMP_ATTR, DUMP_HTML };
void grid_dump(const struct grid *g, enum dump_form form, struct buf *out);

#endif
