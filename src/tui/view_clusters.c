/*
 * view_clusters.c - the home screen: groups, and below them what the one under
 * the cursor is made of, so that most of them need not be opened.
 */
#include "config.h"

#include "tui/view.h"

#include "base/clock.h"

enum { PREVIEW_ROWS = 18, PREVIEW_LEAST = 8, MEMBERS = 24, NAME_COLS = 20, MORE_COLS = 8,
       WIDE_PIVOTS = 100, NAMED_ROWS = 12, SPARK_ROWS = 2, TOPIC_ROWS = 2 };

static void
draw_facts(struct ui *u, struct area a, int line, const struct row *row)
{
	struct arena *perm = &u->grid.scratch;
	int64_t first = row_int(LIST_CLUSTERS, row, "first_seen", CLAQUE_NO_TIME);
	int64_t last = row_int(LIST_CLUSTERS, row, "last_seen", CLAQUE_NO_TIME);
	int col = 1;

	col += grid_textf(&u->grid, a, line, col, STYLE_BOLD, STR_FMT " accounts",
			  STR_ARG(count_grouped(perm, row_int(LIST_CLUSTERS, row, "accounts", 0))));
	if (first != CLAQUE_NO_TIME && last != CLAQUE_NO_TIME)
		col += grid_textf(&u->grid, a, line, col, STYLE_PLAIN,
				  "  " STR_FMT ".." STR_FMT,
				  STR_ARG(clock_text(perm, first, CLOCK_DATE)),
				  STR_ARG(clock_text(perm, last, CLOCK_DATE)));
	if (session_covers(u->s))
		return;
	(void)grid_textf(&u->grid, a, line, col, STYLE_PLAIN,
			 a.cols < 100 ? "  coord %.2f  decep %.2f  overt %.2f" :
			 "   coordination %.2f   deception %.2f   overtness %.2f",
			 row_real(LIST_CLUSTERS, row, "coordination"),
			 row_real(LIST_CLUSTERS, row, "deception"),
			 row_real(LIST_CLUSTERS, row, "overtness"));
}

static int
draw_name(struct ui *u, struct area a, int line, int col, const struct row *member)
{
	struct claque_str handle = row_text(LIST_MEMBERS, member, "handle");
	bool has_handle = handle.len > 0;

	if (has_handle && !str_starts(handle, STR("@")))
		col += grid_text(&u->grid, a, line, col, STYLE_DIM, STR("@"));
	else
		handle = row_text(LIST_MEMBERS, member, "account_id");
	return col + grid_safe(&u->grid, a, line, col, NAME_COLS, STYLE_PLAIN, handle, NULL, 0) + 2;
}

static void
draw_members(struct ui *u, struct area a, int line, struct subject cluster)
{
	struct side side = session_side(u->s, LIST_MEMBERS, cluster, MEMBERS);
	int64_t all = session_side_count(u->s, LIST_MEMBERS, cluster);
	int col = 9;
	size_t shown = 0;

	(void)grid_text(&u->grid, a, line, 1, STYLE_DIM, STR("members"));
	if (!side.ready)
		part_owed(u, a, line, col);
	while (shown < side.got && col + 1 + NAME_COLS + MORE_COLS < a.cols)
		col = draw_name(u, a, line, col, &side.rows[shown++]);
	if (all > (int64_t)shown && shown > 0)
		(void)grid_textf(&u->grid, a, line, col, STYLE_DIM, "+%lld",
				 (long long)(all - (int64_t)shown));
}

/* The reasons come first: members are named where a row is left. */
static void
draw_preview(struct ui *u, struct area a)
{
	const struct row *row = session_current(u->s);
	struct subject cluster = session_row_subject(u->s, row);
	struct arena *perm = &u->grid.scratch;
	int pivots = a.cols < WIDE_PIVOTS ? 2 : 1, rest = SPARK_ROWS + pivots;
	int line = 1;

	if (row == NULL)
		return;
	grid_rule(&u->grid, a, 0, str_fmt(perm, STR_FMT "  " STR_FMT "  (e: every reason)",
		  STR_ARG(session_subject_name(u->s, cluster, perm)),
		  STR_ARG(row_text(LIST_CLUSTERS, row, "kind"))));
	draw_facts(u, a, line++, row);
	line += part_review(u, a, line, LIST_CLUSTERS, row);
	if (a.rows >= NAMED_ROWS)
		line += part_topics(u, a, line, TOPIC_ROWS, LIST_CLUSTERS, row);
	line += part_reasons(u, a, line, a.rows - line - rest - (a.rows >= NAMED_ROWS), cluster);
	part_spark(u, a, line++, "posts", LIST_POSTS, cluster);
	part_spark(u, a, line++, "changes", LIST_CHANGES, cluster);
	if (line + pivots < a.rows)
		draw_members(u, a, line++, cluster);
	(void)part_pivots(u, a, line, cluster);
}

static void
draw(struct ui *u, struct area a)
{
	int rows = a.rows / 2 > PREVIEW_ROWS ? PREVIEW_ROWS : a.rows / 2;
	struct area below;

	if (ui_is_narrow(u) || rows < PREVIEW_LEAST || session_current(u->s) == NULL) {
		table_active(u, a);
		return;
	}
	below = area_bottom(&a, rows);
	table_active(u, a);
	draw_preview(u, below);
}

static const enum action_id keys[] = {
	ACTION_OPEN, ACTION_FIND_NEXT, ACTION_PIVOT, ACTION_MARK, ACTION_PIN, ACTION_TAG,
	ACTION_NOTE, ACTION_WHY, ACTION_SORT, ACTION_FACETS, ACTION_FIND, ACTION_PALETTE,
	ACTION_BACK, ACTION_COUNT,
};

const struct view_ops view_clusters = { "clusters", draw, NULL, keys };
