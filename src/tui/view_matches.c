/*
 * view_matches.c - published indicators that something here matches, and under them,
 * always in sight, what the publisher says that a match is worth.
 */
#include "config.h"

#include "tui/view.h"

enum { BELOW_ROWS = 5, ROWS_LEAST = 8, LABEL_COL = 11 };

static void
draw_below(struct ui *u, struct area a, const struct row *row)
{
	struct claque_str note = row_text(LIST_MATCHES, row, "note");
	int line = 1;

	grid_rule(&u->grid, a, 0, STR("what the publisher says of every match"));
	(void)grid_text(&u->grid, a, line, 1, STYLE_DIM, STR("caveat"));
	line += part_wrapped(u, a, line, LABEL_COL, STYLE_WARN,
			     row_text(LIST_MATCHES, row, "caveat"));
	if (note.len == 0 || line >= a.rows)
		return;
	(void)grid_text(&u->grid, a, line, 1, STYLE_DIM, STR("its note"));
	(void)grid_safe(&u->grid, a, line, LABEL_COL, a.cols - LABEL_COL - 1, STYLE_PLAIN,
			text_defanged(&u->grid.scratch, note), NULL, 0);
}

static void
draw(struct ui *u, struct area a)
{
	const struct row *row = session_current(u->s);
	struct area below;

	if (row == NULL || a.rows < ROWS_LEAST) {
		table_active(u, a);
		return;
	}
	below = area_bottom(&a, BELOW_ROWS);
	table_active(u, a);
	draw_below(u, below, row);
}

static const enum action_id keys[] = {
	ACTION_OPEN, ACTION_FIND_NEXT, ACTION_PIVOT, ACTION_MARK, ACTION_PIN, ACTION_TAG,
	ACTION_NOTE, ACTION_SORT, ACTION_FACETS, ACTION_FIND, ACTION_PALETTE, ACTION_BACK,
	ACTION_COUNT,
};

const struct view_ops view_matches = { "matches", draw, NULL, keys };
