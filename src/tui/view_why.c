/*
 * view_why.c - what a score is made of: the reasons, and the one under the
 * cursor in full: what was measured, against what, on how many, and the rows of
 * the input that anybody can look up. Enter shows the posts behind it.
 */
#include "config.h"

#include "tui/view.h"

enum { LABEL_COLS = 11, PANE_ROWS = 11, PANE_LEAST = 6, FIGURE_ROWS = 2 };

static struct claque_str
cell(struct ui *u, const struct row *row, const char *name)
{
	size_t count;
	const struct column *columns = list_columns(LIST_EVIDENCE, &count);
	size_t at = column_find(columns, count, str_of(name));

	return at < count ? value_screen(&u->grid.scratch, &columns[at], &row->values[at]) :
	       STR("");
}

static void
draw_heading(struct ui *u, struct area a, const struct row *row)
{
	bool against = row_real(LIST_EVIDENCE, row, "log_odds") < 0;
	struct claque_str axis = row_text(LIST_EVIDENCE, row, "axis");
	struct claque_str signal = row_text(LIST_EVIDENCE, row, "signal");

	grid_rule(&u->grid, a, 0, str_fmt(&u->grid.scratch, "%s  " STR_FMT ", " STR_FMT,
		  against ? "AGAINST" : "FOR", STR_ARG(signal), STR_ARG(axis)));
	(void)grid_text(&u->grid, a, 0, 3, against ? STYLE_WARN : STYLE_GOOD,
			against ? STR("AGAINST") : STR("FOR"));
}

/* Returns the rows used. */
static int
draw_figures(struct ui *u, struct area a, int line, const struct row *row)
{
	struct claque_str unit = row_text(LIST_EVIDENCE, row, "unit");

	(void)grid_text(&u->grid, a, line, 1, STYLE_DIM, STR("measured"));
	(void)grid_textf(&u->grid, a, line, LABEL_COLS, STYLE_PLAIN,
			 "observed " STR_FMT "%s" STR_FMT ", expected by chance " STR_FMT
			 ", n = " STR_FMT, STR_ARG(cell(u, row, "observed")),
			 unit.len > 0 ? " " : "", STR_ARG(unit),
			 STR_ARG(cell(u, row, "expected")), STR_ARG(cell(u, row, "n")));
	(void)grid_text(&u->grid, a, line + 1, 1, STYLE_DIM, STR("weight"));
	(void)grid_textf(&u->grid, a, line + 1, LABEL_COLS, STYLE_PLAIN,
			 STR_FMT " log odds, p = " STR_FMT, STR_ARG(cell(u, row, "log_odds")),
			 STR_ARG(cell(u, row, "p")));
	return FIGURE_ROWS;
}

/* "world/posts.csv:17 ..." without the folders, which are in the list of inputs. */
static struct claque_str
without_folders(struct arena *perm, struct claque_str rows)
{
	char *p = ARENA_NEW(perm, char, rows.len + 1);
	size_t n = 0, word = 0;

	for (size_t i = 0; i < rows.len; i++) {
		p[n++] = rows.p[i];
		if (rows.p[i] == '/')
			n = word;
		else if (rows.p[i] == ' ')
			word = n;
	}
	return (struct claque_str){ p, n };
}

static int
draw_examples(struct ui *u, struct area a, int line, const struct row *row)
{
	struct claque_str rows = str_head(row_text(LIST_EVIDENCE, row, "rows"), TEXT_LOOKED_AT);

	if (rows.len == 0 || line >= a.rows)
		return 0;
	(void)grid_text(&u->grid, a, line, 1, STYLE_DIM, STR("examples"));
	return part_wrapped(u, a, line, LABEL_COLS, STYLE_PLAIN,
			    without_folders(&u->grid.scratch, rows));
}

static void
draw_reason(struct ui *u, struct area a, const struct row *row)
{
	struct subject cluster = session_here(u->s)->subject;
	struct area last = area_bottom(&a, cluster.kind == SUBJECT_none ? 0 : 1);
	struct area text = a;
	int line = 1;

	draw_heading(u, a, row);
	text.rows -= FIGURE_ROWS;	/* which are worth more than its last lines */
	line += part_wrapped(u, text, line, 1, STYLE_PLAIN, row_text(LIST_EVIDENCE, row, "text"));
	line += draw_figures(u, a, line, row);
	(void)draw_examples(u, a, line, row);
	if (last.rows > 0)
		(void)part_pivots(u, last, 0, cluster);
}

static void
draw(struct ui *u, struct area a)
{
	const struct row *row = session_current(u->s);
	int rows = a.rows / 2 < PANE_ROWS ? a.rows / 2 : PANE_ROWS;
	struct area below;

	if (row == NULL || rows < PANE_LEAST) {
		table_active(u, a);
		return;
	}
	below = area_bottom(&a, rows);
	table_active(u, a);
	draw_reason(u, below, session_current(u->s));
}

static const enum action_id keys[] = {
	ACTION_OPEN, ACTION_PIVOT, ACTION_FIND_NEXT, ACTION_SORT, ACTION_FIND, ACTION_NOTE, ACTION_PIN,
	ACTION_PALETTE, ACTION_BACK, ACTION_COUNT,
};

const struct view_ops view_why = { "why", draw, NULL, keys };
