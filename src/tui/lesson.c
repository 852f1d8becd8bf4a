/*
 * lesson.c - the panel of a lesson, below the screen that it is about: the screen gives
 * up some rows for it, so that nothing of a list is covered. Its key is a prefix, as that
 * of the pivots is: the next one is for the lesson, the one after for the screen again.
 *
 * Where there is little room only what was asked for last is shown: the task, a hint,
 * or the answer.
 */
#include "config.h"

#include "app/lesson_run.h"
#include "tui/view.h"

enum { ROOMY_ROWS = 30, PANEL_ROOMY = 8, PANEL_USUAL = 6, PANEL_SMALL = 3 };

static int
panel_rows(const struct ui *u)
{
	return u->grid.rows >= ROOMY_ROWS ? PANEL_ROOMY :
	       u->grid.rows >= WIDE_ROWS ? PANEL_USUAL : PANEL_SMALL;
}

static void
draw_title(struct ui *u, struct area a, const struct lesson_run *run)
{
	const struct lesson_step *step = &run->lesson.steps[run->at];
	bool done = run->done[run->at];
	struct claque_str tail = str_fmt(&u->grid.scratch, " done %zu of %zu  " STR_FMT ": keys ",
					 lesson_done_count(run), run->lesson.step_count,
					 STR_ARG(ui_key_of(u, ACTION_LESSON)));
	int col = 2, end = a.cols - (int)tail.len - 2;

	grid_rule(&u->grid, a, 0, STR(""));
	col += grid_textf(&u->grid, a, 0, col, STYLE_BAR, " LESSON %zu of %zu %s ", run->at + 1,
			  run->lesson.step_count, done ? "[x]" : "[ ]");
	if (end > col)
		col += grid_safe(&u->grid, a, 0, col, end - col - 1,
				 done ? STYLE_LEAD : STYLE_BOLD, step->title, NULL, 0);
	(void)grid_text(&u->grid, a, 0, col, STYLE_PLAIN, STR(" "));
	if (end > col)
		(void)grid_text(&u->grid, a, 0, end, STYLE_DIM, tail);
}

/* Paragraphs, each behind its label; returns the next row. */
static int
draw_lines(struct ui *u, struct area a, int row, const char *label, struct claque_str text)
{
	int indent = 1 + (int)strlen(label);
	struct claque_str line;

	while (row < a.rows && str_cut(&text, '\n', &line)) {
		(void)grid_text(&u->grid, a, row, 1, STYLE_WARN, str_of(label));
		row += part_wrapped(u, a, row, indent, STYLE_PLAIN, line);
	}
	return row;
}

/* The first n lines of a text; with `last`, the n-th alone. */
static struct claque_str
lines_of_text(struct claque_str text, size_t n, bool last)
{
	struct claque_str rest = text, line = { 0 };

	for (size_t i = 0; i < n; i++)
		if (!str_cut(&rest, '\n', &line))
			break;
	return last || line.p == NULL ? line :
	       str_sub(text, 0, (size_t)(line.p + line.len - text.p));
}

static void
draw_content(struct ui *u, struct area a, const struct lesson_run *run)
{
	const struct lesson_step *step = &run->lesson.steps[run->at];
	bool roomy = panel_rows(u) == PANEL_ROOMY;
	int row = 0;

	if (roomy || (run->hints == 0 && !run->answer))
		row = draw_lines(u, a, row, "", step->text);
	if (run->hints > 0 && (roomy || !run->answer))
		row = draw_lines(u, a, row, "hint: ",
				 lines_of_text(step->hints, run->hints, !roomy));
	if (run->answer)
		row = draw_lines(u, a, row, "answer: ", step->answer);
	if (run->done[run->at] && row < a.rows)
		(void)grid_textf(&u->grid, a, row, 1, STYLE_LEAD, "Done. " STR_FMT " %s",
				 STR_ARG(ui_key_of(u, ACTION_LESSON)),
				 run->at + 1 < run->lesson.step_count ? "n: the next step" :
				 "q: that was the last step");
}

struct area
lesson_draw(struct ui *u, struct area a)
{
	const struct lesson_run *run = lesson_of(u->s);
	struct area panel;

	if (run == NULL)
		return a;
	panel = area_bottom(&a, panel_rows(u));
	draw_title(u, panel, run);
	(void)area_top(&panel, 1);
	draw_content(u, panel, run);
	return a;
}

/* What the prompt offers. */
struct claque_str
lesson_names(struct ui *u)
{
	struct arena *perm = &u->grid.scratch;
	struct lessons *all = ARENA_NEW(perm, struct lessons, 1);
	struct claque_str names = STR("");
	struct claque_err err;

	if (lessons_read(all, &err) != CLAQUE_OK)
		names = str_dup(perm, str_of(err.msg));
	else
		for (size_t i = 0; i < all->count; i++)
			names = str_fmt(perm, STR_FMT STR_FMT "  ", STR_ARG(names),
					STR_ARG(all->at[i].name));
	lessons_done(all);
	return names.len > 0 ? names : STR("there is no lesson; the path of a file will do");
}

void
lesson_open(struct ui *u)
{
	if (lesson_of(u->s) != NULL)
		ui_open(u, OVERLAY_LESSON);
	else
		ui_ask(u, ACTION_LESSON, STR(""));
}

static void
go(struct ui *u, bool next)
{
	const struct lesson_run *run = lesson_of(u->s);

	if (next && run->at + 1 == run->lesson.step_count)
		session_say(u->s, "this is the last step; q leaves the lesson");
	else if (!next && run->at == 0)
		session_say(u->s, "this is the first step");
	else
		(void)lesson_go(u->s, next ? run->at + 1 : run->at - 1);
}

static void
key(struct ui *u, uint32_t pressed)
{
	u->overlay = OVERLAY_NONE;
	session_hush(u->s);
	if (pressed == 'n' || pressed == ' ' || pressed == CK_RIGHT)
		go(u, true);
	else if (pressed == 'p' || pressed == CK_LEFT || pressed == CK_BACKSPACE)
		go(u, false);
	else if (pressed == 'h')
		lesson_hint(u->s);
	else if (pressed == 'a')
		lesson_answer(u->s);
	else if (pressed == 't')
		lesson_task(u->s);
	else if (pressed == CK_ENTER)
		(void)lesson_go(u->s, lesson_of(u->s)->at);
	else if (pressed == 'q')
		lesson_end(u->s);
	else if (pressed != CK_ESC)
		session_say(u->s, "of the lesson: n p h a t Enter q");
}

const struct overlay_ops overlay_lesson = {
	NULL, key, " n next  p back  h hint  a answer  t task  Enter to its place  q leave" };
