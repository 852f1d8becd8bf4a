/*
 * mouse.c - clicks and the wheel, as what keys do: there is nothing that only a mouse
 * can. A click moves the cursor to its row, a second one there opens; the wheel scrolls.
 * Selecting text stays the terminal's, with Shift held.
 */
#include "config.h"

#include "tui/view.h"

enum { WHEEL_ROWS = 3 };

/* So many rows down, or up, in whatever has the keys. */
static void
move_by(struct ui *u, int rows)
{
	const struct overlay_ops *overlay = overlay_of(u->overlay);
	bool down = rows > 0;

	for (int i = down ? rows : -rows; i > 0; i--)
		if (overlay != NULL)
			overlay->key(u, down ? CK_DOWN : CK_UP);
		else
			ui_act(u, down ? ACTION_DOWN : ACTION_UP, STR(""));
}

void
mouse_wheel(struct ui *u, bool down)
{
	move_by(u, down ? WHEEL_ROWS : -WHEEL_ROWS);
}

/* The cursor rests on the chosen row, of a menu as of a list; where one types it does not. */
void
mouse_click(struct ui *u, int row)
{
	const struct overlay_ops *overlay = overlay_of(u->overlay);
	struct area list = u->list_area;

	if (ui_is_typing(u) || u->overlay == OVERLAY_CONFIRM)
		return;
	if (overlay == NULL && (row < list.row || row >= list.row + list.rows))
		return;
	if (row != u->grid.cursor_row)
		move_by(u, row - u->grid.cursor_row);
	else if (overlay != NULL)
		overlay->key(u, CK_ENTER);
	else
		ui_act(u, ACTION_OPEN, STR(""));
}
