/*
 * confirm.c - the few things that are asked about first: what lets names or raw
 * text out. Nothing else is, for what u undoes needs no question.
 */
#include "config.h"

#include "tui/view.h"

static void
draw(struct ui *u)
{
	struct area a = grid_area(&u->grid);
	int row = a.rows - 1;

	grid_fill(&u->grid, (struct area){ row, 0, 1, a.cols }, ' ', STYLE_INPUT);
	u->grid.cursor_row = row;
	u->grid.cursor_col = 1 + grid_textf(&u->grid, a, row, 1, STYLE_INPUT,
					    "%s  y: yes   any other key: no ", u->confirm.question);
}

static void
key(struct ui *u, uint32_t pressed)
{
	u->overlay = OVERLAY_NONE;
	session_hush(u->s);
	if (pressed == 'y')
		u->confirm.yes(u);
	else
		session_say(u->s, "left as it was");
}

void
ui_confirm(struct ui *u, const char *question, void (*yes)(struct ui *u))
{
	ui_open(u, OVERLAY_CONFIRM);
	u->confirm.question = question;
	u->confirm.yes = yes;
}

const struct overlay_ops overlay_confirm = { draw, key, "" };
