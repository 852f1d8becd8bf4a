/*
 * view_matrix.c - which of a group shared what, and how soon after the first of
 * them: sources down, accounts across, the same of a control group beside it.
 *
 * A cell is a character, darker the sooner (or, by number, the more often), so
 * that nothing depends on colour. Rows and columns have the order in which like
 * stands beside like (app/seriate.h): shifts of work and copied feeds show as
 * blocks, a source that everybody shares as one loose row.
 */
#include "config.h"

#include "tui/view.h"

#include "app/picture.h"
#include "base/clock.h"

enum { NAME_COLS = 27, OF_COLS = 9, LEFT_COLS = 1 + NAME_COLS + OF_COLS, GAP_COLS = 3,
       WIDE_HEAD = 6, LOW_HEAD = 3, HEAD_MAX = 17, BELOW_ROWS = 10, LOW_BELOW = 4, SHADES = 5,
       LEADERS = 3, WIDE_ROWS_LEAST = 26, BAR_COLS = 24 };

/* From never to at once, or from none to many. */
static const char *const shades[2][SHADES] = {
	{ "·", "░", "▒", "▓", "█" },
	{ ".", "-", ":", "+", "#" },
};
static const int64_t soon_ms[SHADES - 1] = { INT64_MAX, 600000, 60000, 10000 };
static const uint32_t often[SHADES - 1] = { 1, 2, 4, 8 };
static const char *const soon_words[SHADES] = { "never", "later", "<=10 min", "<=60 s",
						"<=10 s" };
static const char *const often_words[SHADES] = { "none", "once", "2-3", "4-7", "8 or more" };

static const struct matrix_picture *
own(struct ui *u)
{
	const struct place *p = session_here(u->s);

	return session_matrix(u->s, p->subject, 0, (enum matrix_order)p->picture.order);
}

static const struct matrix_picture *
control(struct ui *u)
{
	const struct place *p = session_here(u->s);

	return session_matrix(u->s, p->subject, (uint64_t)p->picture.seed,
			      (enum matrix_order)p->picture.order);
}

static const struct matrix_cell *
cell_of(const struct matrix_picture *p, size_t row, size_t col)
{
	return &p->m.cells[p->sources[row] * p->m.account_count + p->accounts[col]];
}

static int
shade_of(const struct matrix_picture *p, size_t row, size_t col, bool by_number)
{
	const struct matrix_cell *c = cell_of(p, row, col);
	const struct matrix_source *source = &p->m.sources[p->sources[row]];
	int shade = 0;

	if (c->shares == 0)
		return 0;
	while (shade < SHADES - 1 &&
	       (by_number ? c->shares >= often[shade] :
		shade == 0 || (c->first != CLAQUE_NO_TIME && source->first != CLAQUE_NO_TIME &&
			       c->first - source->first <= soon_ms[shade])))
		shade++;
	return shade;
}

/* Where the cursor is, by ids: what is gone is the first again. */
static size_t
source_place(const struct ui *u, const struct matrix_picture *p)
{
	for (size_t i = 0; i < p->m.source_count; i++)
		if (p->m.sources[p->sources[i]].id == session_here(u->s)->panes[0].id)
			return i;
	return 0;
}

static size_t
account_place(const struct ui *u, const struct matrix_picture *p)
{
	for (size_t i = 0; i < p->m.account_count; i++)
		if (p->m.accounts[p->accounts[i]].id == session_here(u->s)->panes[1].id)
			return i;
	return 0;
}

static void
put_cursor(struct ui *u, const struct matrix_picture *p, size_t source, size_t account)
{
	struct place *here = session_place(u->s);

	if (p->m.source_count > 0)
		here->panes[0].id = p->m.sources[p->sources[source]].id;
	if (p->m.account_count > 0)
		here->panes[1].id = p->m.accounts[p->accounts[account]].id;
}

/* Part of a matrix that is on the screen. */
struct frame {
	struct area a;			/* rows of cells */
	int width;			/* columns of a cell */
	size_t top, left, rows, cols;
};

/* One letter of a name in each row, the last ones at the bottom. */
static void
draw_name_down(struct ui *u, struct area head, int col, int width, struct claque_str name)
{
	struct arena scratch = u->grid.scratch;
	struct safe_line line;

	if (session_in_workshop(u->s))	/* the number: what is before it is the same of all */
		name = str_sub(name, str_find(name, STR("-"), 0) + 1, name.len);
	line = safe_cells_upto(&scratch, name, (size_t)head.rows);
	for (size_t i = 0; i < line.count && (int)i < head.rows; i++) {
		size_t from = line.cells[i].at;
		size_t to = i + 1 < line.count ? line.cells[i + 1].at : name.len;

		(void)grid_safe(&u->grid, head, (int)i, col, width, STYLE_DIM,
				str_sub(name, from, to - from), NULL, 0);
	}
}

static void
draw_cells(struct ui *u, const struct frame *f, const struct matrix_picture *p, bool cursor)
{
	size_t row = source_place(u, p), col = account_place(u, p);
	bool by_number = session_here(u->s)->picture.by_number;

	for (size_t i = 0; i < f->rows; i++)
		for (size_t k = 0; k < f->cols; k++) {
			int shade = shade_of(p, f->top + i, f->left + k, by_number);
			bool here = cursor && f->top + i == row && f->left + k == col;
			enum style style = here ? STYLE_CURSOR : shade == 0 ? STYLE_DIM :
					   STYLE_CHART;

			for (int w = 0; w < f->width; w++)
				(void)grid_text(&u->grid, f->a, (int)i, (int)k * f->width + w, style,
						str_of(shades[u->grid.ascii][shade]));
			if (here) {
				u->grid.cursor_row = f->a.row + (int)i;
				u->grid.cursor_col = f->a.col + (int)k * f->width;
			}
		}
}

/* The names above; an arrow below them points at the column of the cursor. */
static void
draw_head(struct ui *u, struct area head, const struct frame *f, const struct matrix_picture *p)
{
	size_t col = account_place(u, p);
	struct area names = { head.row, f->a.col, head.rows - 1, f->a.cols };
	struct area arrow = { head.row + head.rows - 1, f->a.col, 1, f->a.cols };

	for (size_t k = 0; k < f->cols; k++) {
		const struct matrix_account *account = &p->m.accounts[p->accounts[f->left + k]];
		struct claque_str name = account->name;
		struct subject subject = { SUBJECT_account, account->id };

		if (str_starts(name, STR("@")))
			name = str_sub(name, 1, name.len);
		draw_name_down(u, names, (int)k * f->width, f->width, name);
		if (f->left + k == col)
			(void)grid_text(&u->grid, arrow, 0, (int)k * f->width, STYLE_CURSOR,
					u->grid.ascii ? STR("v") : STR("▼"));
		else if (session_marked(u->s, subject))
			(void)grid_text(&u->grid, arrow, 0, (int)k * f->width, STYLE_MARKED,
					STR("*"));
	}
}

static void
draw_labels(struct ui *u, struct area a, const struct frame *f, const struct matrix_picture *p)
{
	size_t row = source_place(u, p);

	for (size_t i = 0; i < f->rows; i++) {
		const struct matrix_source *source = &p->m.sources[p->sources[f->top + i]];
		struct subject subject = { SUBJECT_source, source->id };
		enum style style = f->top + i == row ? STYLE_CURSOR : STYLE_PLAIN;
		int line = f->a.row - a.row + (int)i;
		struct claque_str of = str_fmt(&u->grid.scratch, "%u/%s", source->group,
					       count_short(&u->grid.scratch, source->everybody).p);

		(void)grid_text(&u->grid, a, line, 0, style, f->top + i == row ? STR(">") :
				session_marked(u->s, subject) ? STR("*") : STR(" "));
		(void)grid_safe(&u->grid, a, line, 1, NAME_COLS - 1, style,
				text_defanged(&u->grid.scratch, source->key), NULL, 0);
		(void)grid_text(&u->grid, a, line, LEFT_COLS - 2 - (int)of.len, STYLE_DIM, of);
	}
}

static struct claque_str
percent(struct arena *perm, uint32_t part, uint32_t whole)
{
	return whole == 0 ? STR("-") : str_fmt(perm, "%.0f %%", 100.0 * part / whole);
}

/* "6 x 5: 40 % of cells filled, 83 % of followers within 60 s, 3 blocks" */
static struct claque_str
sum_text(struct arena *perm, const struct matrix_picture *p)
{
	return str_fmt(perm, "%zu x %zu: %s of cells filled, %s of followers within 60 s, %u"
		       " block%s", p->m.account_count, p->m.source_count,
		       percent(perm, p->sum.filled, p->sum.cells).p,
		       percent(perm, p->sum.fast, p->sum.followed).p, p->sum.blocks,
		       p->sum.blocks == 1 ? "" : "s");
}

static void
draw_sums(struct ui *u, struct area a, int line, const struct matrix_picture *p,
	  const struct matrix_picture *other)
{
	struct arena *perm = &u->grid.scratch;

	(void)grid_text(&u->grid, a, line, 1, STYLE_BOLD, STR("group"));
	(void)grid_text(&u->grid, a, line, 9, STYLE_PLAIN, sum_text(perm, p));
	(void)grid_text(&u->grid, a, line + 1, 1, STYLE_BOLD, STR("control"));
	if (other == NULL)
		part_owed(u, a, line + 1, 9);
	else if (other->m.account_count == 0)
		(void)grid_text(&u->grid, a, line + 1, 9, STYLE_WARN,
				STR("none: every account that shares anything is in a cluster"));
	else
		(void)grid_text(&u->grid, a, line + 1, 9, STYLE_PLAIN, sum_text(perm, other));
}

static void
draw_legend(struct ui *u, struct area a, int line)
{
	const struct picture_place *how = &session_here(u->s)->picture;
	const char *const *words = how->by_number ? often_words : soon_words;
	int col = 1;

	for (int i = SHADES - 1; i >= 0; i--) {
		col += grid_text(&u->grid, a, line, col, STYLE_CHART,
				 str_of(shades[u->grid.ascii][i])) + 1;
		col += grid_text(&u->grid, a, line, col, STYLE_DIM, str_of(words[i])) + 2;
	}
	(void)grid_textf(&u->grid, a, line, col, STYLE_DIM, "order: %s",
			 matrix_order_name((enum matrix_order)how->order));
}

/* The cell in words: these are what a reader without the picture has. */
static void
draw_cell_words(struct ui *u, struct area a, int line, const struct matrix_picture *p)
{
	size_t row = source_place(u, p), col = account_place(u, p);
	const struct matrix_source *source = &p->m.sources[p->sources[row]];
	const struct matrix_account *account = &p->m.accounts[p->accounts[col]];
	const struct matrix_cell *c = cell_of(p, row, col);
	struct arena *perm = &u->grid.scratch;
	int at = 1;

	at += grid_safe(&u->grid, a, line, at, 24, STYLE_BOLD, account->name, NULL, 0);
	at += grid_text(&u->grid, a, line, at, STYLE_PLAIN, STR(" x "));
	at += grid_safe(&u->grid, a, line, at, 40, STYLE_BOLD, text_defanged(perm, source->key),
			NULL, 0) + 2;
	if (c->shares == 0)
		(void)grid_text(&u->grid, a, line, at, STYLE_DIM, STR("never"));
	else if (c->first == CLAQUE_NO_TIME || source->first == CLAQUE_NO_TIME)
		(void)grid_textf(&u->grid, a, line, at, STYLE_PLAIN, "%u times, undated",
				 c->shares);
	else
		(void)grid_textf(&u->grid, a, line, at, STYLE_PLAIN, "%u x, first " STR_FMT
				 "  %+lld s", c->shares,
				 STR_ARG(clock_text(perm, c->first, CLOCK_SECOND)),
				 (long long)((c->first - source->first) / 1000));
}

/* Who was first how often among the sources shown, the busiest leaders. */
static void
draw_leaders(struct ui *u, struct area a, int line, const struct matrix_picture *p)
{
	uint32_t led[GROUP_MAX + 1] = { 0 };
	int col = 11;

	for (size_t i = 0; i < p->m.source_count; i++)
		led[p->m.sources[i].leader]++;
	led[p->m.account_count] = 0;
	(void)grid_text(&u->grid, a, line, 1, STYLE_DIM, STR("who led"));
	for (int n = 0; n < LEADERS; n++) {
		size_t best = 0;

		for (size_t i = 1; i < p->m.account_count; i++)
			best = led[i] > led[best] ? i : best;
		if (led[best] == 0)
			break;
		col += grid_safe(&u->grid, a, line, col, 20, STYLE_PLAIN,
				 p->m.accounts[best].name, NULL, 0);
		col += grid_textf(&u->grid, a, line, col, STYLE_DIM, " first of %u", led[best]) + 3;
		led[best] = 0;
	}
}

/* What the source is: who is behind it, and what it says if the case has its text. */
static void
draw_says(struct ui *u, struct area a, int line, const struct matrix_source *source)
{
	const struct row *row = session_detail(u->s, LIST_SOURCES, source->id);
	struct arena *perm = &u->grid.scratch;
	int col = 11;

	if (row == NULL) {
		part_owed(u, a, line, 1);
		return;
	}
	(void)grid_safe(&u->grid, a, line, 1, 9, STYLE_DIM, row_text(LIST_SOURCES, row, "kind"),
			NULL, 0);
	if (row_text(LIST_SOURCES, row, "author").len > 0)
		col += grid_safe(&u->grid, a, line, col, 24, STYLE_BOLD,
				 row_text(LIST_SOURCES, row, "author"), NULL, 0) + 2;
	(void)grid_safe(&u->grid, a, line, col, a.cols - col - 1, STYLE_PLAIN,
			text_defanged(perm, row_text(LIST_SOURCES, row, "text")), NULL, 0);
}

static void
draw_others(struct ui *u, struct area a, int line, const struct matrix_source *source)
{
	struct subject subject = { SUBJECT_source, source->id };
	struct side side = session_side(u->s, LIST_CLUSTERS, subject, 12);
	int col = 11;

	(void)grid_text(&u->grid, a, line, 1, STYLE_DIM, STR("also in"));
	if (!side.ready)
		part_owed(u, a, line, col);
	for (size_t i = 0; i < side.got && col < a.cols - 8; i++)
		if (side.rows[i].id != session_here(u->s)->subject.id)
			col += grid_safe(&u->grid, a, line, col, 8, STYLE_PLAIN,
					 row_text(LIST_CLUSTERS, &side.rows[i], "id"), NULL, 0) + 2;
	if (side.ready && col == 11)
		col += grid_text(&u->grid, a, line, col, STYLE_DIM, STR("no other cluster")) + 2;
	if (source->everybody > source->group)
		(void)grid_textf(&u->grid, a, line, col, STYLE_DIM, "%lld accounts outside",
				 (long long)(source->everybody - source->group));
}

/* How soon the others followed the first, of the source under the cursor. */
static void
draw_lags(struct ui *u, struct area a, int line, const struct matrix_picture *p)
{
	size_t row = source_place(u, p);
	uint32_t count[SHADES] = { 0 }, most = 1;
	int col = 11;

	for (size_t k = 0; k < p->m.account_count; k++)
		if (p->m.sources[p->sources[row]].leader != p->accounts[k])
			count[shade_of(p, row, k, false)]++;
	for (int i = 1; i < SHADES; i++)
		most = count[i] > most ? count[i] : most;
	(void)grid_text(&u->grid, a, line, 1, STYLE_DIM, STR("followed"));
	for (int i = SHADES - 1; i > 0; i--) {
		int width = BAR_COLS * (int)count[i] / (int)most;

		width = width > 0 || count[i] == 0 ? width : 1;
		if (col + 14 + width >= a.cols)
			return;
		col += grid_textf(&u->grid, a, line, col, STYLE_DIM, "%s %u ", soon_words[i],
				  count[i]);
		grid_bar(&u->grid, a, line, col, width, 1, 1, STYLE_CHART);
		col += width + 2;
	}
}

static void
draw_below(struct ui *u, struct area a, const struct matrix_picture *p,
	   const struct matrix_picture *other)
{
	const struct matrix_source *source = &p->m.sources[p->sources[source_place(u, p)]];
	bool low = a.rows < BELOW_ROWS;

	if (!low)
		grid_rule(&u->grid, area_top(&a, 1), 0, STR("cell, source and control"));
	draw_cell_words(u, a, 0, p);
	draw_sums(u, a, low ? 1 : 5, p, other);
	draw_legend(u, a, low ? 3 : 8);
	if (low)
		return;
	draw_says(u, a, 1, source);
	draw_lags(u, a, 2, p);
	draw_leaders(u, a, 3, p);
	draw_others(u, a, 4, source);
	(void)grid_textf(&u->grid, a, 7, 9, STYLE_DIM, "for each of the group one of the 16 nearest in"
			 " shares, in no cluster, drawn by seed %d (R: another)",
			 session_here(u->s)->picture.seed);
}

/* What part of it all is on the screen, if it is a part. */
static void
draw_part(struct ui *u, struct area head, const struct frame *f, const struct matrix_picture *p)
{
	if (f->cols < p->m.account_count)
		(void)grid_textf(&u->grid, head, 0, 1, STYLE_DIM, "accounts %zu-%zu of %zu",
				 f->left + 1, f->left + f->cols, p->m.account_count);
	if (f->rows < p->m.source_count)
		(void)grid_textf(&u->grid, head, 1, 1, STYLE_DIM, "sources %zu-%zu of %zu",
				 f->top + 1, f->top + f->rows, p->m.source_count);
}

/* So much that the cursor is inside, and no more than there is. */
static size_t
scrolled(size_t at, size_t count, size_t room)
{
	size_t from = at >= room ? at - room + 1 : 0;

	return count > room ? from : 0;
}

static struct frame
fit(const struct matrix_picture *p, struct area a, int width, size_t row, size_t col)
{
	struct frame f = { .a = a, .width = width };
	size_t room = a.cols > 0 ? (size_t)(a.cols / width) : 0, rows = (size_t)a.rows;

	f.top = scrolled(row, p->m.source_count, rows);
	f.left = scrolled(col, p->m.account_count, room);
	f.rows = p->m.source_count - f.top < rows ? p->m.source_count - f.top : rows;
	f.cols = p->m.account_count - f.left < room ? p->m.account_count - f.left : room;
	return f;
}

/* Both side by side where they fit; else the group alone, and the control in words. */
static void
draw_both(struct ui *u, struct area a, int above, const struct matrix_picture *p,
	  const struct matrix_picture *other)
{
	struct area head = { a.row, a.col, above, a.cols };
	struct area left = { a.row + above, a.col + LEFT_COLS, a.rows - above,
			     a.cols - LEFT_COLS };
	int n = (int)p->m.account_count, m = other != NULL ? (int)other->m.account_count : 0;
	int width = 2 * (n + m) + GAP_COLS < left.cols ? 2 : 1;
	bool beside = m > 0 && width * (n + m) + GAP_COLS < left.cols;
	struct area right = left;
	struct frame f;

	if (beside) {
		left.cols = width * n;
		right.col = left.col + left.cols + GAP_COLS;
		right.cols = width * m;
	}
	f = fit(p, left, width, source_place(u, p), account_place(u, p));
	(void)grid_text(&u->grid, a, above - 1, 1, STYLE_BOLD, STR("source"));
	(void)grid_text(&u->grid, a, above - 1, LEFT_COLS - 8, STYLE_BOLD, STR("in/all"));
	draw_labels(u, a, &f, p);
	draw_head(u, head, &f, p);
	draw_part(u, head, &f, p);
	draw_cells(u, &f, p, true);
	if (!beside)
		return;
	f = fit(other, right, width, 0, 0);
	(void)grid_textf(&u->grid, head, above - 1, right.col - a.col, STYLE_BOLD,
			 a.cols - right.col > 16 ? "control, seed %d" : "control",
			 session_here(u->s)->picture.seed);
	draw_cells(u, &f, other, false);
}

/* Names are read to their end where the sources leave room for it. */
static int
head_rows(struct ui *u, const struct matrix_picture *p, int rows, int least)
{
	struct arena scratch = u->grid.scratch;
	int room = rows - (int)p->m.source_count, longest = 0;

	for (size_t i = 0; i < p->m.account_count; i++) {
		int cells = (int)safe_cells_upto(&scratch, p->m.accounts[i].name, HEAD_MAX).count;

		longest = cells > longest ? cells : longest;
	}
	room = room < longest ? room : longest;
	room = room < HEAD_MAX ? room : HEAD_MAX;
	return room > least ? room : least;
}

static void
draw(struct ui *u, struct area a)
{
	const struct matrix_picture *p = own(u), *other;
	bool low = a.rows < WIDE_ROWS_LEAST;
	struct area below;

	if (p == NULL) {
		part_owed(u, a, 1, 1);
		return;
	}
	if (p->m.source_count == 0 || p->m.account_count == 0) {
		(void)grid_text(&u->grid, a, 1, 2, STYLE_DIM,
				STR("nothing was shared under this lens  (X clears it)"));
		return;
	}
	put_cursor(u, p, source_place(u, p), account_place(u, p));
	other = control(u);
	below = area_bottom(&a, low ? LOW_BELOW : BELOW_ROWS);
	draw_both(u, a, head_rows(u, p, a.rows, low ? LOW_HEAD : WIDE_HEAD), p, other);
	draw_below(u, below, p, other);
}

static size_t
stepped(size_t at, int64_t by, size_t count)
{
	int64_t to = (int64_t)at + by;

	return to < 0 ? 0 : to >= (int64_t)count ? count - 1 : (size_t)to;
}

static void
move(struct ui *u, const struct matrix_picture *p, int64_t down, int64_t right)
{
	put_cursor(u, p, stepped(source_place(u, p), down, p->m.source_count),
		   stepped(account_place(u, p), right, p->m.account_count));
}

/* The posts of the source, the cursor on the one that the cell begins with. */
static void
open_cell(struct ui *u, const struct matrix_picture *p)
{
	size_t row = source_place(u, p), col = account_place(u, p);
	const struct matrix_cell *c = cell_of(p, row, col);
	struct subject source = { SUBJECT_source, p->m.sources[p->sources[row]].id };

	if (c->shares == 0) {
		session_say(u->s, "this account never shared this source under the lens");
		return;
	}
	(void)session_go(u->s, SCREEN_POSTS, source);
	session_place(u->s)->panes[0].id = c->post;
}

static void
turn_order(struct ui *u)
{
	struct picture_place *how = &session_place(u->s)->picture;

	how->order = (how->order + 1) % MATRIX_ORDER_COUNT;
	session_say(u->s, "order: %s", matrix_order_name((enum matrix_order)how->order));
}

static bool
act(struct ui *u, enum action_id id)
{
	static const struct { enum action_id id; int down, right; } moves[] = {
		{ ACTION_DOWN, 1, 0 }, { ACTION_UP, -1, 0 }, { ACTION_LEFT, 0, -1 },
		{ ACTION_RIGHT, 0, 1 }, { ACTION_PAGE_DOWN, 10, 0 }, { ACTION_PAGE_UP, -10, 0 },
		{ ACTION_HALF_DOWN, 0, 10 }, { ACTION_HALF_UP, 0, -10 },
		{ ACTION_TOP, -GROUP_MAX, -GROUP_MAX }, { ACTION_BOTTOM, GROUP_MAX, GROUP_MAX },
	};
	const struct matrix_picture *p = own(u);

	if (p == NULL || p->m.source_count == 0 || p->m.account_count == 0)
		return false;
	for (size_t i = 0; i < sizeof(moves) / sizeof(moves[0]); i++)
		if (moves[i].id == id) {
			move(u, p, moves[i].down, moves[i].right);
			return true;
		}
	if (id == ACTION_OPEN)
		open_cell(u, p);
	else if (id == ACTION_SORT)
		turn_order(u);
	else if (id == ACTION_MARK)
		(void)session_mark_toggle(u->s, session_subject(u->s));
	else
		return false;
	return true;
}

static const enum action_id keys[] = {
	ACTION_OPEN, ACTION_PANE, ACTION_MARK, ACTION_SORT, ACTION_BY_NUMBER, ACTION_CONTROL,
	ACTION_PIVOT, ACTION_PIN, ACTION_FACETS, ACTION_PALETTE, ACTION_BACK, ACTION_COUNT,
};

const struct view_ops view_matrix = { "matrix", draw, act, keys };
