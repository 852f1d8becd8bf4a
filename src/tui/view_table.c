/* view_table.c - the screens that are one list. */
#include "config.h"

#include "tui/view.h"

static void
draw_table(struct ui *u, struct area a)
{
	table_active(u, a);
}

static const enum action_id table_keys[] = {
	ACTION_OPEN, ACTION_FIND_NEXT, ACTION_PIVOT, ACTION_MARK, ACTION_PIN, ACTION_TAG,
	ACTION_NOTE, ACTION_WHY, ACTION_SORT, ACTION_FACETS, ACTION_FIND, ACTION_PALETTE,
	ACTION_BACK, ACTION_COUNT,
};

const struct view_ops view_table = { "table", draw_table, NULL, table_keys };
