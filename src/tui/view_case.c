/*
 * view_case.c - the analyst's own work: what was noted, tagged and pinned, and
 * the ledger of every act.
 */
#include "config.h"

#include "tui/view.h"

static bool
is_told(const struct value *v)
{
	return v->type == VALUE_TEXT && v->s.len > 0;
}

/*
 * Notes may be long: the one under the cursor in full, as far as there is room. A long
 * text takes the lines that the others leave, for it must not hide how sure somebody is.
 */
static void
draw_entry(struct ui *u, struct area a)
{
	const struct row *row = session_current(u->s);
	size_t count;
	const struct column *columns = list_columns(session_list(u->s), &count);
	int line = 1, spare = a.rows - 1;
	struct area place = a;

	grid_rule(&u->grid, a, 0, STR("in full"));
	for (size_t i = 0; i < count && row != NULL; i++)
		spare -= is_told(&row->values[i]);
	for (size_t i = 0; i < count && row != NULL && line < a.rows; i++) {
		if (!is_told(&row->values[i]))
			continue;
		place.rows = line + 1 + (spare > 0 ? spare : 0);
		(void)grid_text(&u->grid, a, line, 1, STYLE_DIM, str_of(columns[i].name));
		spare -= part_wrapped(u, place, line, 14, STYLE_PLAIN,
				      text_defanged(&u->grid.scratch, row->values[i].s)) - 1;
		line = place.rows - (spare > 0 ? spare : 0);
	}
}

static void
draw(struct ui *u, struct area a)
{
	int pane = session_here(u->s)->pane;
	struct area part, title;

	if (ui_is_narrow(u)) {
		table_active(u, a);
		return;
	}
	part = area_bottom(&a, a.rows > 24 ? 9 : 6);
	draw_entry(u, part);
	part = area_top(&a, a.rows / 2);
	title = area_top(&part, 1);
	grid_rule(&u->grid, title, 0, pane == 0 ? STR("notes, tags, pins") :
		  STR("notes, tags, pins  (Tab)"));
	table_pane(u, part, 0);
	title = area_top(&a, 1);
	grid_rule(&u->grid, title, 0, pane == 1 ? STR("ledger: append-only, each entry carries"
		  " the hash of the one before") : STR("ledger  (Tab)"));
	table_pane(u, a, 1);
}

static const enum action_id keys[] = {
	ACTION_OPEN, ACTION_FIND_NEXT, ACTION_PANE, ACTION_UNDO, ACTION_REDO, ACTION_SORT,
	ACTION_FIND, ACTION_EXPORT, ACTION_PALETTE, ACTION_BACK, ACTION_COUNT,
};

const struct view_ops view_case = { "case", draw, NULL, keys };
