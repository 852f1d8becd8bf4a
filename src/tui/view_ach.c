/*
 * view_ach.c - evidence against competing hypotheses: a row for each piece of evidence, a
 * column for each hypothesis, the one with fewest inconsistencies first, for what counts is
 * what speaks against (Heuer 1999). Evidence that tells no hypothesis from another is dim.
 *
 * Rows stand as the evidence was added, and columns stay where they are while one rates: a
 * matrix that turns under the hand is filled in wrongly.
 */
#include "config.h"

#include "tui/view.h"

#include <stdlib.h>

#include "app/argue.h"

enum { CELL_COLS = 5, TEXT_LEAST = 24, HEAD_ROWS = 3, BELOW_WIDE = 13, BELOW_LOW = 6, ROW_LEFT = 3,
       SUM_COLS = 34, NO_CELL = -1 };

static const struct ach *
ach_of(struct ui *u)
{
	const struct argument *argued = session_argument(u->s, session_here(u->s)->subject);

	return argued != NULL ? &argued->ach : NULL;
}

static int
by_id(const void *a, const void *b)
{
	const struct ach_evidence *x = *(const struct ach_evidence *const *)a;
	const struct ach_evidence *y = *(const struct ach_evidence *const *)b;

	return (x->id > y->id) - (x->id < y->id);
}

/* The evidence, of which there is some, in the order in which it was added. */
static const struct ach_evidence **
rows_of(struct ui *u, const struct ach *ach)
{
	const struct ach_evidence **rows = ARENA_NEW(&u->grid.scratch, const struct ach_evidence *,
						     ach->evidence_count);

	for (size_t i = 0; i < ach->evidence_count; i++)
		rows[i] = &ach->evidence[i];
	qsort(rows, ach->evidence_count, sizeof(*rows), by_id);
	return rows;
}

/* Columns from the left: by rank, or as they stood when rating began. */
static size_t
column(const struct ui *u, const struct ach *ach, size_t place)
{
	bool kept = u->overlay == OVERLAY_RATE && u->rating.count == ach->hypothesis_count;

	return kept ? u->rating.order[place] : ach->order[place];
}

struct cursor {
	size_t row, col;
};

static struct cursor
cursor_of(const struct ui *u, const struct ach *ach)
{
	const struct pane *panes = session_here(u->s)->panes;
	size_t rows = ach->evidence_count, cols = ach->hypothesis_count;
	struct cursor c = { (size_t)panes[0].index, (size_t)panes[1].index };

	c.row = c.row < rows ? c.row : rows > 0 ? rows - 1 : 0;
	c.col = c.col < cols ? c.col : cols > 0 ? cols - 1 : 0;
	return c;
}

static void
put_cursor(struct ui *u, const struct ach *ach, int64_t row, int64_t col)
{
	struct place *p = session_place(u->s);
	int64_t rows = (int64_t)ach->evidence_count, cols = (int64_t)ach->hypothesis_count;

	p->panes[0].index = row < 0 ? 0 : row < rows ? row : rows - 1;
	p->panes[1].index = col < 0 ? 0 : col < cols ? col : cols - 1;
}

struct frame {
	struct area a;
	int text_cols;			/* before the first column */
	size_t top, rows, left, cols;	/* what is shown */
};

static struct frame
fit(struct area a, const struct ach *ach, struct cursor c)
{
	struct frame f = { .a = a };
	size_t room = (size_t)(a.cols - TEXT_LEAST) / CELL_COLS;

	f.cols = ach->hypothesis_count < room ? ach->hypothesis_count : room;
	f.left = c.col >= f.cols ? c.col - f.cols + 1 : 0;
	f.text_cols = a.cols - (int)f.cols * CELL_COLS;
	room = a.rows > HEAD_ROWS ? (size_t)(a.rows - HEAD_ROWS) : 0;
	f.rows = ach->evidence_count < room ? ach->evidence_count : room;
	f.top = c.row >= f.rows ? c.row - f.rows + 1 : 0;
	return f;
}

static void
draw_head(struct ui *u, const struct frame *f, const struct ach *ach, struct cursor c)
{
	static const char *const labels[] = { "evidence", "inconsistent, of it very", "not rated yet" };

	for (int i = 0; i < HEAD_ROWS; i++)
		(void)grid_text(&u->grid, f->a, i, 1, i == 0 ? STYLE_BOLD : STYLE_DIM,
				str_of(labels[i]));
	for (size_t i = 0; i < f->cols; i++) {
		const struct ach_hypothesis *h = &ach->hypotheses[column(u, ach, f->left + i)];
		int col = f->text_cols + (int)i * CELL_COLS;

		(void)grid_safe(&u->grid, f->a, 0, col, CELL_COLS - 1,
				f->left + i == c.col ? STYLE_CURSOR : STYLE_BOLD, h->key, NULL, 0);
		if (h->rank > 0)
			(void)grid_textf(&u->grid, f->a, 1, col, h->rank == 1 ? STYLE_LEAD :
					 STYLE_PLAIN, h->rated[ACH_II] > 0 ? "%zu,%zu" : "%zu",
					 h->inconsistent, h->rated[ACH_II]);
		else
			(void)grid_text(&u->grid, f->a, 1, col, STYLE_DIM, STR("?"));
		if (h->rated[ACH_NONE] > 0)
			(void)grid_textf(&u->grid, f->a, 2, col, STYLE_DIM, "%zu", h->rated[ACH_NONE]);
	}
}

static enum style
rating_style(enum ach_rating rating, bool told)
{
	if (!told)
		return STYLE_DIM;
	if (rating == ACH_I || rating == ACH_II)
		return STYLE_WARN;
	return rating == ACH_NONE || rating == ACH_N ? STYLE_DIM : STYLE_GOOD;
}

static void
draw_row(struct ui *u, const struct frame *f, const struct ach *ach, int line,
	 const struct ach_evidence *e, int at)
{
	static const char *const marks[] = { [SIDE_for] = "+", [SIDE_against] = "-",
					     [SIDE_neutral] = "o" };
	bool told = e->spread > 0 || e->hypotheses == 0;

	(void)grid_text(&u->grid, f->a, line, 1, STYLE_DIM, str_of(marks[e->side]));
	(void)grid_safe(&u->grid, f->a, line, ROW_LEFT, f->text_cols - ROW_LEFT - 2,
			at != NO_CELL ? STYLE_BOLD : told ? STYLE_PLAIN : STYLE_DIM,
			text_defanged(&u->grid.scratch, e->text), NULL, 0);
	for (size_t i = 0; i < f->cols; i++) {
		enum ach_rating rating = e->ratings[column(u, ach, f->left + i)];
		bool here = at == (int)(f->left + i);
		int col = f->text_cols + (int)i * CELL_COLS;

		(void)grid_textf(&u->grid, f->a, line, col, here ? STYLE_CURSOR :
				 rating_style(rating, told), here ? "%-3s" : "%s",
				 rating == ACH_NONE ? (u->grid.ascii ? "." : "·") : rating_name(rating));
		if (here) {
			(void)grid_text(&u->grid, f->a, line, 0, STYLE_CURSOR, STR(">"));
			u->grid.cursor_row = f->a.row + line;
			u->grid.cursor_col = f->a.col + col;
		}
	}
}

/* What is under the cursor, in words: this is what a reader without the picture has. */
static void
draw_cell_words(struct ui *u, struct area a, const struct ach_hypothesis *h,
		const struct ach_evidence *e, enum ach_rating rating)
{
	struct arena *perm = &u->grid.scratch;
	int line;

	line = part_wrapped(u, (struct area){ a.row, a.col, 2, a.cols }, 0, 1, STYLE_BOLD,
			    text_defanged(perm, e->text));
	(void)grid_safe(&u->grid, a, line, 1, a.cols - 2, STYLE_PLAIN,
			str_fmt(perm, "%s; as a whole: %s%s" STR_FMT "%s", rating == ACH_NONE ? "not rated here" :
				rating_words(rating), ach_worth(e), e->target.len > 0 ? "; on " : "",
				STR_ARG(text_defanged(perm, e->target)),
				e->side == SIDE_neutral ? "; speaks neither for nor against its claim" :
				e->side == SIDE_for ? "; speaks for its claim" :
				"; speaks against its claim"), NULL, 0);
	(void)grid_safe(&u->grid, a, line + 1, 1, a.cols - 2, STYLE_PLAIN,
			str_fmt(perm, "under " STR_FMT ": " STR_FMT, STR_ARG(h->key),
				STR_ARG(text_defanged(perm, h->text))), NULL, 0);
}

static void
draw_legend(struct ui *u, struct area a, const struct ach *ach)
{
	int right = a.cols >= WIDE_COLS + 20 ? a.cols - SUM_COLS : a.cols - 1;

	for (size_t i = 0; i < ach->hypothesis_count && (int)i < a.rows; i++) {
		const struct ach_hypothesis *h = &ach->hypotheses[column(u, ach, i)];
		int col = 1 + grid_safe(&u->grid, a, (int)i, 1, 6, STYLE_BOLD, h->key, NULL, 0) + 1;

		col = col < 5 ? 5 : col;
		(void)grid_safe(&u->grid, a, (int)i, col, right - col - 1, STYLE_PLAIN,
				text_defanged(&u->grid.scratch, h->text), NULL, 0);
		if (h->rank == 0)
			(void)grid_text(&u->grid, a, (int)i, right, STYLE_DIM, STR("not tested"));
		else
			(void)grid_textf(&u->grid, a, (int)i, right, STYLE_DIM,
					 "%zu inconsistent, %zu consistent", h->inconsistent,
					 h->rated[ACH_C] + h->rated[ACH_CC]);
	}
}

static void
draw_below(struct ui *u, struct area a, const struct ach *ach, struct cursor c,
	   const struct ach_evidence *e)
{
	size_t k = column(u, ach, c.col);
	bool wide = a.rows > BELOW_LOW && a.cols >= WIDE_COLS + 20;

	grid_rule(&u->grid, area_top(&a, 1), 0, STR("Enter rates; fewest inconsistent first; dim: tells none"
		  " from another"));
	draw_cell_words(u, area_top(&a, wide ? 4 : a.rows), &ach->hypotheses[k], e, e->ratings[k]);
	if (wide)
		draw_legend(u, a, ach);
}

static void
draw_nothing(struct ui *u, struct area a)
{
	(void)grid_textf(&u->grid, a, 1, 2, STYLE_DIM, "no evidence yet: " STR_FMT " makes a claim about a"
			 " row, " STR_FMT " adds a row as evidence;",
			 STR_ARG(ui_key_of(u, ACTION_CLAIM)), STR_ARG(ui_key_of(u, ACTION_EVIDENCE)));
	(void)grid_text(&u->grid, a, 2, 2, STYLE_DIM,
			STR("it is then rated here under each hypothesis of:"));
}

static void
draw(struct ui *u, struct area a)
{
	const struct ach *ach = ach_of(u);
	struct area below;
	struct cursor c;
	struct frame f;
	const struct ach_evidence **rows;

	if (ach == NULL) {
		part_owed(u, a, 1, 1);
		return;
	}
	if (ach->evidence_count == 0 || ach->hypothesis_count == 0) {
		draw_nothing(u, a);
		(void)area_top(&a, 4);
		draw_legend(u, a, ach);
		return;
	}
	c = cursor_of(u, ach);
	rows = rows_of(u, ach);
	below = area_bottom(&a, a.rows > 2 * BELOW_WIDE ? BELOW_WIDE : BELOW_LOW);
	f = fit(a, ach, c);
	draw_head(u, &f, ach, c);
	for (size_t i = 0; i < f.rows; i++)
		draw_row(u, &f, ach, HEAD_ROWS + (int)i, rows[f.top + i],
			 f.top + i == c.row ? (int)c.col : NO_CELL);
	draw_below(u, below, ach, c, rows[c.row]);
}

static bool
move(struct ui *u, const struct ach *ach, enum action_id id)
{
	static const struct { enum action_id id; int down, right; } moves[] = {
		{ ACTION_DOWN, 1, 0 }, { ACTION_UP, -1, 0 }, { ACTION_LEFT, 0, -1 },
		{ ACTION_RIGHT, 0, 1 }, { ACTION_PAGE_DOWN, 10, 0 }, { ACTION_PAGE_UP, -10, 0 },
		{ ACTION_HALF_DOWN, 5, 0 }, { ACTION_HALF_UP, -5, 0 },
		{ ACTION_TOP, -100000, 0 }, { ACTION_BOTTOM, 100000, 0 },
	};
	struct cursor c = cursor_of(u, ach);

	for (size_t i = 0; i < sizeof(moves) / sizeof(moves[0]); i++)
		if (moves[i].id == id) {
			put_cursor(u, ach, (int64_t)c.row + moves[i].down,
				   (int64_t)c.col + moves[i].right);
			return true;
		}
	return false;
}

static void
begin_rating(struct ui *u, const struct ach *ach)
{
	size_t count = ach->hypothesis_count < RATING_COLUMNS ? ach->hypothesis_count : RATING_COLUMNS;

	for (size_t i = 0; i < count; i++)
		u->rating.order[i] = ach->order[i];
	u->rating.count = count;
	ui_open(u, OVERLAY_RATE);
}

static bool
act(struct ui *u, enum action_id id)
{
	const struct ach *ach = ach_of(u);

	if (ach == NULL || ach->evidence_count == 0 || ach->hypothesis_count == 0)
		return false;
	if (move(u, ach, id))
		return true;
	if (id != ACTION_OPEN || !session_writable(u->s))
		return false;
	begin_rating(u, ach);
	return true;
}

/* Across, hypothesis by hypothesis, and on to the next piece of evidence (Heuer, step 4). */
static void
rate(struct ui *u, const struct ach *ach, enum ach_rating rating)
{
	struct cursor c = cursor_of(u, ach);
	const struct ach_evidence *e = rows_of(u, ach)[c.row];
	size_t k = column(u, ach, c.col);

	if (c.col + 1 == ach->hypothesis_count && c.row + 1 < ach->evidence_count)
		put_cursor(u, ach, (int64_t)c.row + 1, 0);
	else
		put_cursor(u, ach, (int64_t)c.row, (int64_t)c.col + 1);
	(void)session_rate(u->s, e->id, ach->hypotheses[k].key, rating);
}

static void
key_rate(struct ui *u, uint32_t pressed)
{
	static const struct { uint32_t key; enum action_id id; } ways[] = {
		{ CK_DOWN, ACTION_DOWN }, { 'j', ACTION_DOWN }, { CK_UP, ACTION_UP }, { 'k', ACTION_UP },
		{ CK_LEFT, ACTION_LEFT }, { 'h', ACTION_LEFT }, { CK_RIGHT, ACTION_RIGHT },
		{ 'l', ACTION_RIGHT },
	};
	const struct ach *ach = ach_of(u);
	bool did;

	session_hush(u->s);
	if (ach == NULL || ach->evidence_count == 0)
		u->overlay = OVERLAY_NONE;
	else if (pressed >= '1' && pressed < '1' + ACH_RATINGS)
		rate(u, ach, (enum ach_rating)(pressed - '1'));
	else if (pressed == 'u')
		(void)action_run(u->s, ACTION_UNDO, STR(""), &did);
	else if (pressed == CK_ESC || pressed == CK_ENTER || pressed == 'q')
		u->overlay = OVERLAY_NONE;
	for (size_t i = 0; ach != NULL && i < sizeof(ways) / sizeof(ways[0]); i++)
		if (ways[i].key == pressed)
			(void)move(u, ach, ways[i].id);
}

static const enum action_id keys[] = {
	ACTION_OPEN, ACTION_HYPOTHESIS, ACTION_EVIDENCE, ACTION_CLAIM, ACTION_UNDO, ACTION_REDO,
	ACTION_EXPORT, ACTION_PALETTE, ACTION_BACK, ACTION_COUNT,
};

const struct view_ops view_ach = { "ach", draw, act, keys };

const struct overlay_ops overlay_rate = { NULL, key_rate,
	" 1 CC  2 C  3 N  4 I  5 II   h j k l cell   u undo   Enter or Esc ends" };
