/*
 * view_ego.c - who is tied to an account, or to each other in a cluster: a
 * picture, and beside it the same as a list with what chance would give. Nodes
 * carry their place in the list, so that either can be read without the other.
 *
 * Weight is told by how dense a line is, never by colour. What is weaker than
 * the first forty is counted and not drawn: the list goes on.
 */
#include "config.h"

#include "tui/view.h"

#include "app/picture.h"
#include "base/clock.h"
#include "tui/canvas.h"

enum { NAME_COLS = 12, LIST_LEAST = 31, BELOW_ROWS = 6, DRAWN_LINKS = 60, MARGIN_COLS = 5,
       SHIFT_MAX = 6 };

/* Solid from two thirds of the strongest on, dotted from one third, sparse below. */
static int
every_of(uint32_t weight, uint32_t most)
{
	return 3 * weight >= 2 * most ? 1 : 3 * weight >= most ? 2 : 4;
}

struct drawing {
	struct area a;			/* of the picture */
	const struct ego_picture *p;
	bool *taken;			/* cells that hold a label */
	int64_t current;		/* account under the cursor of the list */
};

struct spot {
	int row, col;
};

static struct canvas_end
dot_of(const struct drawing *d, size_t node)
{
	int cols = d->a.cols - 2 * MARGIN_COLS, rows = d->a.rows - 1;

	return (struct canvas_end){
		2 * MARGIN_COLS + (int)(d->p->at[node].x * (2 * cols - 1) + 0.5),
		(int)(d->p->at[node].y * (4 * rows - 1) + 0.5) };
}

static void
draw_links(struct ui *u, const struct drawing *d)
{
	const struct ego *ego = &d->p->ego;
	struct canvas canvas = canvas_new(&u->grid.scratch, d->a);
	size_t drawn = ego->link_count < DRAWN_LINKS ? ego->link_count : DRAWN_LINKS;

	for (size_t i = 0; i < ego->link_count; i++) {
		const struct ego_link *link = &ego->links[i];

		if (i < drawn || (ego->has_centre && link->a == 0))
			canvas_line(&canvas, dot_of(d, link->a), dot_of(d, link->b),
				    every_of(link->weight, ego->links[0].weight));
	}
	canvas_draw(&canvas, &u->grid, STYLE_DIM);
}

static bool
is_free(const struct drawing *d, int row, int col, int cols)
{
	if (row < 0 || row >= d->a.rows || col < 0 || col + cols > d->a.cols)
		return false;
	for (int i = 0; i < cols; i++)
		if (d->taken[row * d->a.cols + col + i])
			return false;
	return true;
}

static void
take(const struct drawing *d, int row, int col, int cols)
{
	for (int i = 0; i < cols; i++)
		if (row >= 0 && row < d->a.rows && col + i >= 0 && col + i < d->a.cols)
			d->taken[row * d->a.cols + col + i] = true;
}

/* Where its number goes: on its spot, or the nearest free one beside, above or below. */
static struct spot
number_spot(const struct drawing *d, size_t node, int cols)
{
	struct canvas_end dot = dot_of(d, node);
	struct spot want = { dot.y / 4, dot.x / 2 };

	for (int off = 0; off < SHIFT_MAX; off++)
		for (int row = -off; row <= off; row++)
			for (int side = -1; side <= 1; side += 2) {
				struct spot s = { want.row + row,
						  want.col + side * 2 * (off - (row < 0 ? -row : row)) };

				/* a blank on either side, so that two numbers are not one */
				if (is_free(d, s.row, s.col - 1, cols + 2))
					return s;
			}
	return want;
}

static enum style
node_style(const struct ui *u, const struct drawing *d, size_t node)
{
	struct subject account = { SUBJECT_account, d->p->ego.nodes[node].id };

	if (account.id == d->current)
		return STYLE_CURSOR;
	if (d->p->ego.has_centre && node == 0)
		return STYLE_LEAD;
	return session_marked(u->s, account) ? STYLE_MARKED : STYLE_PLAIN;
}

/* Its place in the list; the one under the cursor of the list with an arrow. */
static struct claque_str
node_number(struct ui *u, const struct drawing *d, size_t node)
{
	const struct ego *ego = &d->p->ego;

	if (ego->has_centre && node == 0)
		return STR("*");
	return str_fmt(&u->grid.scratch, "%s%zu", ego->nodes[node].id == d->current ? ">" : "",
		       node + !ego->has_centre);
}

/* Numbers first, each its own; then names where there is room for them. */
static void
draw_nodes(struct ui *u, const struct drawing *d)
{
	const struct ego *ego = &d->p->ego;
	struct spot spots[EGO_NODES_MAX];

	for (size_t i = 0; i < ego->node_count; i++) {
		struct claque_str number = node_number(u, d, i);

		spots[i] = number_spot(d, i, (int)number.len);
		(void)grid_text(&u->grid, d->a, spots[i].row, spots[i].col, node_style(u, d, i),
				number);
		take(d, spots[i].row, spots[i].col, (int)number.len);
		spots[i].col += (int)number.len;
	}
	for (size_t i = 0; i < ego->node_count; i++) {
		struct arena scratch = u->grid.scratch;
		struct claque_str name = ego->nodes[i].name;
		int cols = (int)safe_cells_upto(&scratch, name, NAME_COLS).columns;

		cols = cols < NAME_COLS ? cols : NAME_COLS;
		if (!is_free(d, spots[i].row, spots[i].col, cols + 1))
			spots[i].col -= (int)node_number(u, d, i).len + 1 + cols;
		if (!is_free(d, spots[i].row, spots[i].col, cols + 1))
			continue;
		(void)grid_safe(&u->grid, d->a, spots[i].row, spots[i].col, cols,
				node_style(u, d, i), name, NULL, 0);
		take(d, spots[i].row, spots[i].col, cols);
	}
}

static void
draw_picture(struct ui *u, struct area a)
{
	const struct place *here = session_here(u->s);
	const struct ego_picture *p = session_ego(u->s, here->subject, (uint64_t)here->picture.seed);
	const struct row *row = session_current(u->s);
	struct drawing d = { .p = p };
	size_t cells;

	if (p == NULL) {
		part_owed(u, a, 1, 1);
		return;
	}
	(void)grid_textf(&u->grid, a, a.rows - 1, 1, STYLE_DIM, "%zu drawn%s%s   %s strong  %s half"
			 "  %s weak", p->ego.node_count - p->ego.has_centre,
			 p->ego.folded > 0 ? ", +" : "", p->ego.folded > 0 ?
			 str_fmt(&u->grid.scratch, "%lld weaker", (long long)p->ego.folded).p : "",
			 u->grid.ascii ? "----" : "⠤⠤⠤⠤", u->grid.ascii ? "- - " : "⠄⠄⠄⠄",
			 u->grid.ascii ? "-  -" : "⠄ ⠄ ");
	a.rows--;
	d.a = a;
	cells = (size_t)(a.rows > 0 ? a.rows : 0) * (size_t)a.cols;
	d.taken = ARENA_NEW(&u->grid.scratch, bool, cells + 1);
	memset(d.taken, 0, cells + 1);
	if (a.rows < 3)
		return;
	draw_links(u, &d);
	d.current = row != NULL ? row->id : 0;
	draw_nodes(u, &d);
}

/* What the row says, in words. */
static void
draw_edge(struct ui *u, struct area a)
{
	const struct row *row = session_current(u->s);
	struct arena *perm = &u->grid.scratch;
	struct claque_str here = session_subject_name(u->s, session_here(u->s)->subject, perm);
	int64_t first = row_int(LIST_NEIGHBOURS, row, "first_seen", CLAQUE_NO_TIME);
	int64_t last = row_int(LIST_NEIGHBOURS, row, "last_seen", CLAQUE_NO_TIME);
	struct claque_str title;

	if (row == NULL)
		return;
	title = str_fmt(perm, STR_FMT " %s " STR_FMT,
			STR_ARG(row_text(LIST_NEIGHBOURS, row, "neighbour")),
			session_here(u->s)->subject.kind == SUBJECT_account ? "and" : "inside",
			STR_ARG(here));
	grid_rule(&u->grid, a, 0, title);
	(void)grid_textf(&u->grid, a, 1, 1, STYLE_PLAIN, "%lld shared, %.3g by chance",
			 (long long)row_int(LIST_NEIGHBOURS, row, "weight", 0),
			 row_real(LIST_NEIGHBOURS, row, "expected"));
	(void)grid_textf(&u->grid, a, 2, 1, STYLE_PLAIN, "surprise %.1f  (p = 1e-%.0f)",
			 row_real(LIST_NEIGHBOURS, row, "surprise"),
			 row_real(LIST_NEIGHBOURS, row, "surprise"));
	(void)grid_textf(&u->grid, a, 3, 1, STYLE_PLAIN, STR_FMT ", median lag %lld s",
			 STR_ARG(row_text(LIST_NEIGHBOURS, row, "signal")),
			 (long long)row_int(LIST_NEIGHBOURS, row, "median_lag_s", 0));
	if (first != CLAQUE_NO_TIME && last != CLAQUE_NO_TIME)
		(void)grid_textf(&u->grid, a, 4, 1, STYLE_DIM, STR_FMT ".." STR_FMT,
				 STR_ARG(clock_text(perm, first, CLOCK_DATE)),
				 STR_ARG(clock_text(perm, last, CLOCK_DATE)));
}

static void
draw(struct ui *u, struct area a)
{
	struct area left;
	int list = a.cols * 2 / 5 > LIST_LEAST ? a.cols * 2 / 5 : LIST_LEAST;

	if (ui_is_narrow(u)) {
		table_active(u, a);
		return;
	}
	left = area_left(&a, a.cols - list);
	for (int i = 0; i < left.rows; i++)
		(void)grid_text(&u->grid, left, i, left.cols - 1, STYLE_FRAME,
				u->grid.ascii ? STR("|") : STR("│"));
	left.cols--;
	draw_edge(u, area_bottom(&a, BELOW_ROWS));
	table_active(u, a);
	draw_picture(u, left);
}

static const enum action_id keys[] = {
	ACTION_OPEN, ACTION_PIVOT, ACTION_MARK, ACTION_SORT, ACTION_FIND, ACTION_PIN, ACTION_TAG,
	ACTION_NOTE, ACTION_WHY, ACTION_PALETTE, ACTION_BACK, ACTION_COUNT,
};

const struct view_ops view_ego = { "ego", draw, NULL, keys };
