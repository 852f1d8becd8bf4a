/*
 * view_table.c - the screens that are one list, and the one that explains a
 * score: the list above, what speaks for and against below.
 */
#include "config.h"

#include "tui/view.h"

static void
draw_table(struct ui *u, struct area a)
{
	table_active(u, a);
}

static void
draw_why(struct ui *u, struct area a)
{
	struct subject subject = session_here(u->s)->subject;
	const struct row *row;
	struct area below;

	if (ui_is_narrow(u) || a.rows < 14) {
		table_active(u, a);
		return;
	}
	below = area_bottom(&a, 4);
	table_active(u, a);
	row = session_current(u->s);
	grid_rule(&u->grid, below, 0, STR("reason"));
	if (row == NULL)
		return;
	(void)grid_safe(&u->grid, below, 1, 1, below.cols - 2, STYLE_PLAIN,
			row_text(LIST_EVIDENCE, row, "text"), NULL, 0);
	(void)grid_textf(&u->grid, below, 2, 1, STYLE_DIM,
			 "%+.2f log odds   observed %.4g against %.4g expected by chance   p %.1e",
			 row_real(LIST_EVIDENCE, row, "log_odds"),
			 row_real(LIST_EVIDENCE, row, "observed"),
			 row_real(LIST_EVIDENCE, row, "expected"),
			 row_real(LIST_EVIDENCE, row, "p"));
	if (subject.kind != SUBJECT_none)
		(void)part_pivots(u, below, 3, subject);
}

static const enum action_id table_keys[] = {
	ACTION_OPEN, ACTION_FIND_NEXT, ACTION_PIVOT, ACTION_MARK, ACTION_PIN, ACTION_TAG,
	ACTION_NOTE, ACTION_WHY, ACTION_SORT, ACTION_FILTER, ACTION_FIND, ACTION_PALETTE,
	ACTION_BACK, ACTION_COUNT,
};

static const enum action_id why_keys[] = {
	ACTION_PIVOT, ACTION_FIND_NEXT, ACTION_SORT, ACTION_FIND, ACTION_NOTE, ACTION_PIN,
	ACTION_PALETTE, ACTION_BACK, ACTION_COUNT,
};

const struct view_ops view_table = { "table", draw_table, NULL, table_keys };
const struct view_ops view_why = { "why", draw_why, NULL, why_keys };
