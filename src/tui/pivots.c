/*
 * pivots.c - where one can go from the row under the cursor, or, with Tab, from
 * what is marked: how many rows are there, and when, before anything is left
 * behind. What is not counted in time is a "~".
 */
#include "config.h"

#include "tui/view.h"

#include "app/console.h"
#include "app/pivot.h"

enum { BOX_COLS = 62, TITLE_COL = 4, SPARK_COLS = 20, COUNT_COLS = 8, NAME_MAX = 34 };

struct choices {
	struct pivot at[PIVOT_MAX];
	size_t count;
	struct subject on;
	bool of_set;
	size_t subjects;		/* sets of what is marked, and the row if there is one */
};

/* Marks are what one has just worked for: they come first. */
static struct choices
choices_of(struct ui *u)
{
	struct subject sets[SESSION_SETS], row = session_subject(u->s);
	size_t marked = session_marked_sets(u->s, sets), at;
	size_t count = marked > 0 ? marked : console_sets(u->s, sets);
	bool has_row = row.kind != SUBJECT_none && row.kind != SUBJECT_query;
	struct choices c = { .subjects = count + has_row };

	at = c.subjects > 0 ? u->pivots_of % c.subjects : 0;
	c.of_set = at < count;
	c.on = c.of_set ? sets[at] : has_row ? row : (struct subject){ 0 };
	c.count = pivot_list(u->s, c.on, c.at);
	if (c.of_set && marked > 0 && c.on.kind == SUBJECT_set)
		c.count += pivot_compare(u->s, c.at + c.count);
	if (c.of_set)
		return c;
	c.count += pivot_look(u->s, c.on, c.at + c.count);
	c.count += pivot_portrait(u->s, c.on, c.at + c.count);
	c.count += pivot_tricks(u->s, &u->grid.scratch, c.at + c.count, PIVOT_MAX - c.count);
	return c;
}

static struct claque_str
title_of(struct ui *u, const struct choices *c)
{
	struct arena *perm = &u->grid.scratch;
	struct claque_str name = safe_text(perm, text_defanged(perm, session_subject_name(u->s,
									c->on, perm)));

	if (name.len > NAME_MAX)
		name = str_fmt(perm, STR_FMT "~", STR_ARG(str_head(name, NAME_MAX - 1)));

	if (c->subjects > 1 && session_mark_count(u->s) == 0)
		return str_fmt(perm, "pivot: " STR_FMT "  (Tab: %s)",
			       STR_ARG(name), !c->of_set ?
			       "all rows" : c->subjects > 2 ? "other things in the rows, the row" :
			       "the row");
	return str_fmt(perm, "pivot: " STR_FMT "%s",
		       STR_ARG(name),
		       c->subjects < 2 ? "" : !c->of_set ? "  (Tab: what is marked)" :
		       c->subjects > 2 ? "  (Tab: other marks, the row)" : "  (Tab: the row)");
}

static void
draw_pivot(struct ui *u, struct area a, int line, const struct pivot *p)
{
	struct claque_str count = pivot_count_text(u->s, &u->grid.scratch, p);
	const int64_t *spark = pivot_spark(u->s, p, SPARK_COLS);
	int right = a.cols - 2, col = TITLE_COL;
	int64_t max = 0;

	(void)grid_textf(&u->grid, a, line, 1, STYLE_BOLD, "%c", p->letter);
	col += grid_text(&u->grid, a, line, col, STYLE_PLAIN, str_of(p->title));
	if (p->trick.len > 0)
		(void)grid_safe(&u->grid, a, line, col + 1, right - COUNT_COLS - SPARK_COLS - col - 1,
				STYLE_WARN, text_defanged(&u->grid.scratch, p->trick), NULL, 0);
	(void)grid_text(&u->grid, a, line, right - (int)count.len, STYLE_PLAIN, count);
	right -= COUNT_COLS + SPARK_COLS;
	if (spark == NULL || right < col)
		return;
	for (int i = 0; i < SPARK_COLS; i++)
		max = spark[i] > max ? spark[i] : max;
	grid_spark(&u->grid, a, line, right, spark, SPARK_COLS, max, STYLE_CHART);
}

static void
draw_pivots(struct ui *u)
{
	struct choices c = choices_of(u);
	struct area a = overlay_box(u, c.count > 0 ? (int)c.count : 1, BOX_COLS, title_of(u, &c));
	size_t top = 0;

	u->choices = c.count;
	if ((int)u->choice >= a.rows)
		top = u->choice - (size_t)a.rows + 1;
	for (int line = 0; line < a.rows && top + (size_t)line < c.count; line++) {
		draw_pivot(u, a, line, &c.at[top + (size_t)line]);
		overlay_choice(u, a, line, top + (size_t)line == u->choice);
	}
	if (c.count == 0)
		(void)grid_text(&u->grid, a, 0, 1, STYLE_DIM, STR("nowhere to go from here"));
}

static void
key_pivots(struct ui *u, uint32_t key)
{
	struct choices c = choices_of(u);
	size_t at = c.count;

	u->choices = c.count;
	if (ui_choose(u, key, true))
		return;
	if (key == CK_TAB && c.subjects > 1) {
		u->pivots_of = (u->pivots_of + 1) % c.subjects;
		u->choice = 0;
		return;
	}
	for (size_t i = 0; i < c.count; i++)
		if ((uint32_t)c.at[i].letter == key)
			at = i;
	if (key == CK_ENTER && u->choice < c.count)
		at = u->choice;
	u->overlay = OVERLAY_NONE;
	if (at < c.count)
		(void)pivot_go(u->s, &c.at[at]);
	else if (key != CK_ESC && key != 'q' && key != 'o')
		session_say(u->s, "no pivot has that letter; o shows them");
}

const struct overlay_ops overlay_pivots = {
	draw_pivots, key_pivots, " j k choose   Enter goes there   or its letter   Esc closes" };
