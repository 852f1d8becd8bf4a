/*
 * replay.c - the way of a session step by step, as a lesson: each place as it was
 * left, with what it is called, and a key for the next one. It takes no steps of
 * its own, and the way stays as it is.
 */
#include "config.h"

#include "tui/view.h"

void
replay_begin(struct ui *u, size_t step)
{
	struct replay *r = &u->replay;

	r->from = trail_here(u->s);
	r->count = trail_way(u->s, step, r->steps);
	r->at = 0;
	if (r->count < 2) {
		session_say(u->s, "one step alone is no way: choose a later one, or a pinned one"
			    " that leads on");
		return;
	}
	ui_open(u, OVERLAY_REPLAY);
	(void)trail_go(u->s, r->steps[0]);
}

static void
draw(struct ui *u)
{
	const struct replay *r = &u->replay;
	const struct trail_step *step = trail_at(u->s, r->steps[r->at]);
	struct arena *perm = &u->grid.scratch;
	struct area a = grid_area(&u->grid);
	int row = a.rows - 2, col = 1;

	if (session_message(u->s).len > 0)
		return;			/* what it stood on is gone: that is said there */
	grid_fill(&u->grid, (struct area){ row, 0, 1, a.cols }, ' ', STYLE_BAR);
	col += grid_textf(&u->grid, a, row, col, STYLE_BAR, "REPLAY %zu of %zu  ", r->at + 1,
			  r->count);
	if (step->name[0] != '\0')
		col += grid_safe(&u->grid, a, row, col, a.cols - col - 1, STYLE_HIT,
				 session_shown(u->s, perm, text_defanged(perm, str_of(step->name))),
				 NULL, 0) + 2;
	if (col < a.cols)
		(void)grid_safe(&u->grid, a, row, col, a.cols - col - 1, STYLE_BAR,
				trail_title(u, step), NULL, 0);
	u->grid.cursor_row = row;
	u->grid.cursor_col = 1;
}

static void
show(struct ui *u, size_t at)
{
	u->replay.at = at;
	(void)trail_go(u->s, u->replay.steps[at]);
}

static void
key(struct ui *u, uint32_t pressed)
{
	struct replay *r = &u->replay;

	session_hush(u->s);
	if (pressed == CK_ENTER || pressed == ' ' || pressed == 'l' || pressed == CK_RIGHT) {
		if (r->at + 1 < r->count)
			show(u, r->at + 1);
		else
			session_say(u->s, "this was the last step; Esc stays here, q goes back");
	} else if (pressed == 'h' || pressed == CK_LEFT || pressed == CK_BACKSPACE) {
		show(u, r->at > 0 ? r->at - 1 : 0);
	} else if (pressed == 'q') {
		u->overlay = OVERLAY_NONE;
		(void)trail_go(u->s, r->from);
	} else if (pressed == CK_ESC) {
		u->overlay = OVERLAY_NONE;
	}
}

const struct overlay_ops overlay_replay = {
	draw, key, " Space next step   h the one before   Esc stays here   q back to where you were" };
