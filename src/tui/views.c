/*
 * views.c - the saved views: where each leads, and the first line, which saves
 * what is seen now. One with parameters asks for them one by one.
 */
#include "config.h"

#include "app/views.h"
#include "tui/view.h"

enum { BOX_COLS = 74, NAME_COLS = 24, SCREEN_COL = 28, LENS_COL = 40 };

static struct claque_str
screen_of_step(struct claque_str step)
{
	struct claque_str name;

	return str_cut(&step, '\t', &name) ? name : STR("");
}

static void
draw_view(struct ui *u, struct area a, int line, const struct saved_view *v)
{
	(void)grid_safe(&u->grid, a, line, 3, NAME_COLS, STYLE_PLAIN, v->name, NULL, 0);
	(void)grid_safe(&u->grid, a, line, SCREEN_COL, LENS_COL - SCREEN_COL - 1, STYLE_DIM,
			screen_of_step(v->step), NULL, 0);
	(void)grid_safe(&u->grid, a, line, LENS_COL, a.cols - LENS_COL - 1, STYLE_DIM,
			v->lens.len > 0 ? v->lens : STR("open"), NULL, 0);
}

static void
draw_views(struct ui *u)
{
	struct saved_view views[VIEWS_MAX];
	size_t count = views_read(u->s, &u->grid.scratch, views), top = 0;
	struct area a;

	u->choices = count + 1;
	a = overlay_box(u, (int)u->choices, BOX_COLS, STR("saved views"));
	if ((int)u->choice >= a.rows)
		top = u->choice - (size_t)a.rows + 1;
	for (int line = 0; line < a.rows && top + (size_t)line < u->choices; line++) {
		size_t at = top + (size_t)line;

		if (at == 0)
			(void)grid_text(&u->grid, a, line, 1, STYLE_BOLD,
					STR("s save what is seen now under a name"));
		else
			draw_view(u, a, line, &views[at - 1]);
		overlay_choice(u, a, line, at == u->choice);
	}
}

void
ui_open_view(struct ui *u, const struct saved_view *view)
{
	struct claque_str fill;

	(void)views_open(u->s, view, &fill);
	if (fill.len > 0)
		ui_fill(u, fill);
}

static void
key_views(struct ui *u, uint32_t key)
{
	struct saved_view views[VIEWS_MAX];
	size_t count = views_read(u->s, &u->grid.scratch, views);

	u->choices = count + 1;
	if (ui_choose(u, key, true))
		return;
	u->overlay = OVERLAY_NONE;
	if (u->choice > 0 && u->choice <= count && key == 'd') {
		ui_ask(u, ACTION_REMOVE_VIEW, views[u->choice - 1].name);
		return;
	}
	if (u->choice > 0 && u->choice <= count && key == 'c') {
		ui_ask(u, ACTION_RENAME_VIEW,
		       str_fmt(&u->grid.scratch, STR_FMT ": " STR_FMT,
			       STR_ARG(views[u->choice - 1].name),
			       STR_ARG(views[u->choice - 1].name)));
		return;
	}
	if (key == 's' || (key == CK_ENTER && u->choice == 0))
		ui_ask(u, ACTION_SAVE_VIEW, STR(""));
	else if (key == CK_ENTER && u->choice <= count)
		ui_open_view(u, &views[u->choice - 1]);
}

const struct overlay_ops overlay_views = {
	draw_views, key_views,
	" j k choose   Enter opens   s saves   c renames   d removes   Esc closes" };
