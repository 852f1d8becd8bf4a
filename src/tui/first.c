/*
 * first.c - what an empty case says: how data get in, and that there is a case to try
 * everything on.
 */
#include "config.h"

#include "tui/view.h"

enum { BOX_COLS = 74, COMMAND_COLS = 38 };

static void
draw(struct ui *u)
{
	static const struct {
		const char *before, *after, *meaning;	/* the name of the case stands between */
	} steps[] = {
		{ "claque import ", " FILE...", "posts and accounts, many formats" },
		{ "claque score ", "", "finds groups that act together" },
		{ "claque ", "", "opens the workbench on them" },
	};
	enum { STEPS = sizeof(steps) / sizeof(steps[0]) };
	struct arena *perm = &u->grid.scratch;
	struct area a = overlay_box(u, STEPS + 4, BOX_COLS, STR("an empty case"));
	int line = 0;

	(void)grid_text(&u->grid, a, line++, 1, STYLE_PLAIN,
			STR("There is nothing in this case yet. Three commands fill it:"));
	line++;
	for (size_t i = 0; i < STEPS; i++, line++) {
		(void)grid_safe(&u->grid, a, line, 2, COMMAND_COLS - 3, STYLE_BOLD,
				str_fmt(perm, "%s%s.claque%s", steps[i].before,
					session_name(u->s), steps[i].after), NULL, 0);
		(void)grid_text(&u->grid, a, line, COMMAND_COLS, STYLE_DIM,
				str_of(steps[i].meaning));
	}
	(void)grid_text(&u->grid, a, ++line, 1, STYLE_LEAD,
			STR("d  try the training case: a made-up world, ready in a minute"));
	u->grid.cursor_row = a.row;
	u->grid.cursor_col = a.col;
}

static void
key(struct ui *u, uint32_t pressed)
{
	u->overlay = OVERLAY_NONE;
	u->wants_demo = u->quit = pressed == 'd';
	if (pressed == 'q' || pressed == 'Q')
		u->quit = true;
	else if (pressed == '?')
		ui_open(u, OVERLAY_HELP);
}

void
first_open(struct ui *u)
{
	const struct store_counts *c = session_counts(u->s);

	if (c->posts == 0 && c->accounts == 0)
		ui_open(u, OVERLAY_FIRST);
}

const struct overlay_ops overlay_first = {
	draw, key, " d training case   ? keys   q quit   Esc closes" };
