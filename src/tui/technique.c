/*
 * technique.c - what the findings are called elsewhere: techniques of the Online Operations
 * Kill Chain and of DISARM that signals suggest. A suggestion is none of the case's words
 * until the analyst confirms it here.
 */
#include "config.h"

#include "tui/view.h"

#include "app/argue.h"

enum { BOX_COLS = 78, BOX_ROWS = 14, NAME_COL = 12, NAME_COLS = 36, DISARM_COL = 49, SIGNAL_COL = 60 };

static const struct argument *
argued_here(struct ui *u)
{
	return session_argument(u->s, session_claim_about(u->s));
}

static void
draw_line(struct ui *u, struct area a, int line, const struct case_technique *t)
{
	bool confirmed = t->confirmed.id != 0;

	(void)grid_text(&u->grid, a, line, 1, confirmed ? STYLE_GOOD : STYLE_DIM,
			confirmed ? STR("confirmed") : STR("suggested"));
	(void)grid_safe(&u->grid, a, line, NAME_COL, NAME_COLS, STYLE_PLAIN, str_of(t->name), NULL, 0);
	if (t->disarm != NULL)
		(void)grid_text(&u->grid, a, line, DISARM_COL, STYLE_DIM, str_of(t->disarm));
	(void)grid_safe(&u->grid, a, line, SIGNAL_COL, a.cols - SIGNAL_COL - 1, STYLE_DIM, t->signals,
			NULL, 0);
}

static void
draw(struct ui *u)
{
	const struct argument *argued = argued_here(u);
	size_t count = argued != NULL ? argued->technique_count : 0, top;
	int rows = count < BOX_ROWS ? (int)count : BOX_ROWS;
	struct area a = overlay_box(u, rows > 0 ? rows : 1, BOX_COLS,
				    STR("techniques that signals suggest"));

	u->choices = count;
	if (count == 0)
		(void)grid_text(&u->grid, a, 0, 1, STYLE_DIM,
				STR("no signal of a group suggests any: score the case first"));
	top = (int)u->choice >= a.rows ? u->choice - (size_t)a.rows + 1 : 0;
	for (int i = 0; i < a.rows && top + (size_t)i < count; i++) {
		draw_line(u, a, i, &argued->techniques[top + (size_t)i]);
		overlay_choice(u, a, i, top + (size_t)i == u->choice);
	}
}

static void
key(struct ui *u, uint32_t pressed)
{
	const struct argument *argued = argued_here(u);

	session_hush(u->s);
	u->choices = argued != NULL ? argued->technique_count : 0;
	if (ui_choose(u, pressed, true))
		return;
	if ((pressed == CK_ENTER || pressed == ' ') && u->choice < u->choices)
		(void)session_technique(u->s, &argued->techniques[u->choice]);
	else
		u->overlay = OVERLAY_NONE;
}

const struct overlay_ops overlay_technique = { draw, key,
	" j k choose   Enter confirms, or takes it back   Esc closes" };
