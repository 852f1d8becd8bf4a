/*
 * view_account.c - the dossier: who an account says it is, what it changed
 * about itself, when it is active and at which hours of the week, what it posted,
 * and where to go from there.
 */
#include "config.h"

#include "app/pivot.h"
#include "tui/view.h"

enum { LABEL_COLS = 14, TOP_ROWS = 13, DIFF_ROWS = 6, DIFF_COLS = 60, TOPIC_ROWS = 3,
       LIST_LEAST = 9, LIST_FEW = 5, SHORT_ROWS = 10, BESIDE_COLS = 6 };

/* What a person would ask first; the last ones are left out where it is narrow. */
static const char *const asked[] = {
	"handle", "was_called", "others_had", "display_name", "looks_like", "bio", "score",
	"cluster", "created_at", "followers", "following", "location", "url", "lang", "verdict", "tags",
	"posts", "changes", "first_seen", "last_seen", "verified", "notes", "account_id", "platform",
	"avatar_hash", "observed_at",
};
/* Where there are few lines, two that belong together take one. */
static const char *const asked_first[] = {
	"handle", "was_called", "display_name", "score", "followers", "created_at", "bio", "location",
};
static const struct {
	const char *first, *column, *label;
} beside[] = {
	{ "score", "cluster", "cluster" }, { "followers", "following", "follows" },
};

static bool
draw_fact(struct ui *u, struct area a, int line, const struct row *row, size_t at)
{
	size_t count;
	const struct column *c = &list_columns(LIST_ACCOUNTS, &count)[at];
	const struct value *v = &row->values[at];
	struct arena *perm = &u->grid.scratch;
	struct grid_hit hits[COLOUR_HITS];
	struct claque_str text;

	if (v->type == VALUE_NULL || (v->type == VALUE_TEXT && v->s.len == 0))
		return false;
	(void)grid_safe(&u->grid, a, line, 1, LABEL_COLS - 2, STYLE_DIM, str_of(c->name), NULL, 0);
	text = text_defanged(perm, value_screen(perm, c, v));
	count = colour_cell(perm, LIST_ACCOUNTS, row, c, &text, hits);
	(void)grid_safe(&u->grid, a, line, LABEL_COLS, a.cols - LABEL_COLS, STYLE_PLAIN, text, hits,
			count);
	return true;
}

/* "cluster C061" behind the score */
static void
draw_beside(struct ui *u, struct area a, int line, const char *first, const struct row *row)
{
	size_t count;
	const struct column *columns = list_columns(LIST_ACCOUNTS, &count);

	for (size_t i = 0; i < sizeof(beside) / sizeof(beside[0]); i++) {
		size_t at = list_column(LIST_ACCOUNTS, str_of(beside[i].column));
		struct arena *perm = &u->grid.scratch;

		if (strcmp(beside[i].first, first) == 0 && row->values[at].type != VALUE_NULL)
			(void)grid_safe(&u->grid, a, line, LABEL_COLS + BESIDE_COLS,
					a.cols - LABEL_COLS - BESIDE_COLS, STYLE_PLAIN,
					str_fmt(perm, "%s " STR_FMT, beside[i].label,
						STR_ARG(value_screen(perm, &columns[at],
								     &row->values[at]))), NULL, 0);
	}
}

/* Who else shows this picture, and the keys that lead there. Returns the rows used. */
static int
draw_portrait(struct ui *u, struct area a, int line)
{
	struct arena *perm = &u->grid.scratch;
	int64_t others = pivot_portrait_others(u->s, session_here(u->s)->subject);

	if (others == 0)
		return 0;
	(void)grid_text(&u->grid, a, line, 1, STYLE_DIM, STR("picture"));
	(void)grid_safe(&u->grid, a, line, LABEL_COLS, a.cols - LABEL_COLS, STYLE_WARN,
			str_fmt(perm, STR_FMT " other%s (" STR_FMT " i)",
				STR_ARG(count_grouped(perm, others)), others == 1 ? " has it" :
				"s have it", STR_ARG(ui_key_of(u, ACTION_PIVOT))), NULL, 0);
	return 1;
}

static void
draw_short_profile(struct ui *u, struct area a, const struct row *row)
{
	int line = 0;

	for (size_t i = 0; i < sizeof(asked_first) / sizeof(asked_first[0]) && line < a.rows; i++) {
		size_t at = list_column(LIST_ACCOUNTS, str_of(asked_first[i]));

		if (strcmp(asked_first[i], "created_at") == 0)
			line += draw_portrait(u, a, line);
		if (line < a.rows && draw_fact(u, a, line, row, at))
			draw_beside(u, a, line++, asked_first[i], row);
	}
}

/* What is not known takes no row. */
static void
draw_profile(struct ui *u, struct area a, const struct row *row)
{
	size_t count;
	const struct column *columns = list_columns(LIST_ACCOUNTS, &count);
	int line = 0;

	for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]) && line < a.rows; i++) {
		if (strcmp(asked[i], "created_at") == 0)
			line += draw_portrait(u, a, line);
		for (size_t k = 0; k < count && line < a.rows; k++)
			if (strcmp(columns[k].name, asked[i]) == 0)
				line += draw_fact(u, a, line, row, k);
	}
}

/* The change under the cursor of their pane; until there was one, the first. */
static const struct row *
change_looked_at(struct ui *u)
{
	const struct place *p = session_here(u->s);
	struct side first;

	if (p->pane == 1)
		return session_current(u->s);
	if (p->panes[1].id != 0)
		return session_detail(u->s, LIST_CHANGES, p->panes[1].id);
	first = session_side(u->s, LIST_CHANGES, p->subject, 1);
	return first.got > 0 ? &first.rows[0] : NULL;
}

/* The list, and one of its rows word by word where there is room. */
static void
draw_changes(struct ui *u, struct area a)
{
	const struct row *row = change_looked_at(u);
	struct area below;

	if (row == NULL || a.cols < DIFF_COLS || a.rows < 2 * DIFF_ROWS - 1) {
		table_pane(u, a, 1);
		return;
	}
	below = area_bottom(&a, DIFF_ROWS);
	grid_rule(&u->grid, below, 0, STR("before and after: - gone  + new"));
	changes_others(u, below, DIFF_ROWS - 1, row);
	changes_when(u, below, 1, row);
	below.row += 2;
	below.rows -= 3;
	changes_diff(u, below, row);
	table_pane(u, a, 1);
}

static void
draw_top(struct ui *u, struct area a)
{
	struct subject account = session_here(u->s)->subject;
	struct area left = area_left(&a, a.cols * 2 / 5 + 1), title = area_top(&left, 1);
	const struct row *row = session_detail(u->s, LIST_ACCOUNTS, account.id);

	grid_rule(&u->grid, title, 0, STR("profile"));
	if (row == NULL)
		part_owed(u, left, 0, 1);
	else if (left.rows < SHORT_ROWS)
		draw_short_profile(u, left, row);
	else
		draw_profile(u, left, row);
	title = area_top(&a, 1);
	grid_rule(&u->grid, title, 0, session_here(u->s)->pane == 1 ? STR("changes") :
		  STR("changes  (Tab)"));
	draw_changes(u, a);
}

/* Below the activity, and only as many rows as there is something to say. */
static void
draw_topics(struct ui *u, struct area *a, struct subject account)
{
	const struct row *row = session_detail(u->s, LIST_ACCOUNTS, account.id);
	int used;

	if (row == NULL || a->rows < LIST_FEW)
		return;
	used = part_topics(u, *a, 0, a->rows < LIST_LEAST ? 1 : TOPIC_ROWS, LIST_ACCOUNTS, row);
	(void)area_top(a, used);
}

static void
draw(struct ui *u, struct area a)
{
	struct subject account = session_here(u->s)->subject;
	int pane = session_here(u->s)->pane;
	struct area part;
	bool week;

	if (ui_is_narrow(u)) {
		table_active(u, a);
		return;
	}
	part = area_bottom(&a, 2);
	(void)part_pivots(u, part, 0, account);
	part = area_top(&a, a.rows > 2 * TOP_ROWS ? TOP_ROWS : a.rows / 2);
	draw_top(u, part);
	week = a.rows > WEEK_ROWS + 3 && a.cols >= WEEK_COLS + WIDE_COLS;
	part = area_top(&a, week ? 3 : 4);
	grid_rule(&u->grid, part, 0, STR("activity"));
	part_spark(u, part, 1, "posts", LIST_POSTS, account);
	part_spark(u, part, 2, "changes", LIST_CHANGES, account);
	if (!week)
		part_week_line(u, part, 3, LIST_POSTS, account);
	draw_topics(u, &a, account);
	part = area_top(&a, 1);
	grid_rule(&u->grid, part, 0, pane == 0 ? STR("posts") : STR("posts  (Tab)"));
	if (week) {
		part = area_left(&a, a.cols - WEEK_COLS);
		part_week(u, a, LIST_POSTS, account);
		a = part;
	}
	table_pane(u, a, 0);
}

static const enum action_id keys[] = {
	ACTION_PANE, ACTION_FIND_NEXT, ACTION_PIVOT, ACTION_PIN, ACTION_TAG, ACTION_NOTE,
	ACTION_WHY, ACTION_MARK, ACTION_FACETS, ACTION_FIND, ACTION_PALETTE, ACTION_BACK,
	ACTION_COUNT,
};

const struct view_ops view_account = { "account", draw, NULL, keys };
