/*
 * view_changes.c - what accounts changed about themselves: the list, below it
 * the change under the cursor word by word, who else changed in the same hours,
 * and, on a cluster, its waves.
 *
 * A word that is gone has a minus before it, a new one a plus: what changed does
 * not depend on colour.
 */
#include "config.h"

#include "tui/view.h"

#include "app/picture.h"
#include "base/clock.h"

enum { BELOW_ROWS = 15, BELOW_LEAST = 20, WORDS_MAX = 80, LABEL_COLS = 14, NAMES = 12,
       NAME_COLS = 18, WHAT_COL = 47 };

struct words {
	struct claque_str at[WORDS_MAX];
	size_t count;
};

static struct words
words_of(struct claque_str text)
{
	struct words w = { .count = 0 };
	struct claque_str word;

	text = str_head(text, TEXT_LOOKED_AT);
	while (w.count < WORDS_MAX && str_cut(&text, ' ', &word))
		if (word.len > 0)
			w.at[w.count++] = word;
	return w;
}

static bool
has_word(const struct words *w, struct claque_str word)
{
	for (size_t i = 0; i < w->count; i++)
		if (str_eq(w->at[i], word))
			return true;
	return false;
}

/* One side of the change in rows of the area, its own words marked. */
static void
draw_words(struct ui *u, struct area a, const struct words *w, const struct words *other,
	   const char *mark)
{
	int line = 0, col = 0;

	if (w->count == 0)
		(void)grid_text(&u->grid, a, 0, 0, STYLE_DIM, STR("(nothing)"));
	for (size_t i = 0; i < w->count && line < a.rows; i++) {
		bool own = !has_word(other, w->at[i]);
		struct claque_str text = text_defanged(&u->grid.scratch, w->at[i]);
		struct arena scratch = u->grid.scratch;
		int cols = (int)safe_cells_upto(&scratch, text, (size_t)a.cols).columns + own;

		if (col > 0 && col + cols > a.cols) {
			line++;
			col = 0;
		}
		if (line == a.rows)
			return;
		if (own)
			col += grid_text(&u->grid, a, line, col, STYLE_WARN, str_of(mark));
		col += grid_safe(&u->grid, a, line, col, a.cols - col,
				 own ? STYLE_HIT : STYLE_PLAIN, text, NULL, 0) + 1;
	}
}

void
changes_diff(struct ui *u, struct area a, const struct row *row)
{
	struct words old = words_of(row_text(LIST_CHANGES, row, "old"));
	struct words new = words_of(row_text(LIST_CHANGES, row, "new"));
	int half = (a.cols - LABEL_COLS) / 2;
	struct area left = { a.row, a.col + LABEL_COLS, a.rows, half - 2 };
	struct area right = { a.row, a.col + LABEL_COLS + half, a.rows, half - 1 };

	(void)grid_safe(&u->grid, a, 0, 1, LABEL_COLS - 2, STYLE_DIM,
			row_text(LIST_CHANGES, row, "field"), NULL, 0);
	draw_words(u, left, &old, &new, "-");
	draw_words(u, right, &new, &old, "+");
}

/* A change between two looks has no moment. */
static struct claque_str
when_text(struct arena *perm, const struct row *row)
{
	size_t count;
	const struct column *columns = list_columns(LIST_CHANGES, &count);
	const struct value *at = &row->values[column_find(columns, count, STR("at"))];
	const struct value *after = &row->values[column_find(columns, count, STR("after_at"))];

	if (at->type != VALUE_INT)
		return STR("nobody knows when");
	if (after->type != VALUE_INT)
		return str_fmt(perm, "at " STR_FMT, STR_ARG(clock_text(perm, at->i, CLOCK_MINUTE)));
	return str_fmt(perm, "between " STR_FMT " and " STR_FMT,
		       STR_ARG(clock_text(perm, after->i, CLOCK_MINUTE)),
		       STR_ARG(clock_text(perm, at->i, CLOCK_MINUTE)));
}

void
changes_when(struct ui *u, struct area a, int line, const struct row *row)
{
	struct arena *perm = &u->grid.scratch;
	size_t count;
	const struct column *columns = list_columns(LIST_CHANGES, &count);
	const struct value *minor = &row->values[column_find(columns, count, STR("minor"))];
	const struct value *number = &row->values[column_find(columns, count, STR("row"))];
	struct claque_str file = row_text(LIST_CHANGES, row, "source_file");

	(void)grid_safe(&u->grid, a, line, 1, a.cols - 2, STYLE_PLAIN,
			str_fmt(perm, STR_FMT ", seen in " STR_FMT ":%lld%s",
				STR_ARG(when_text(perm, row)), STR_ARG(file),
				(long long)(number->type == VALUE_INT ? number->i : 0),
				minor->type == VALUE_INT && minor->i != 0 ?
				"; minor: only capitals differ" : ""), NULL, 0);
}

/* Those of the list that ACCOUNTS is under a change: changed within hours of it. */
void
changes_others(struct ui *u, struct area a, int line, const struct row *row)
{
	struct subject change = { SUBJECT_change, row->id };
	struct side side = session_side(u->s, LIST_ACCOUNTS, change, NAMES);
	int64_t all = session_side_count(u->s, LIST_ACCOUNTS, change);
	int col = 1;

	if (!side.ready || all < 0) {
		part_owed(u, a, line, 1);
		return;
	}
	col += grid_textf(&u->grid, a, line, col, STYLE_BOLD, "%lld other%s within 6 h  ",
			  (long long)all, all == 1 ? "" : "s");
	for (size_t i = 0; i < side.got && col + NAME_COLS < a.cols; i++) {
		struct claque_str name = row_text(LIST_ACCOUNTS, &side.rows[i], "handle");

		col += grid_safe(&u->grid, a, line, col, NAME_COLS, STYLE_PLAIN, name.len > 0 ? name :
				 row_text(LIST_ACCOUNTS, &side.rows[i], "account_id"), NULL, 0) + 2;
	}
}

static struct claque_str
fields_text(struct arena *perm, const struct wave *w)
{
	struct claque_str text = STR("");

	for (size_t i = 0; i < w->field_count; i++)
		text = str_fmt(perm, STR_FMT "%s" STR_FMT " %u", STR_ARG(text), i > 0 ? ", " : "",
			       STR_ARG(w->fields[i].name), w->fields[i].count);
	return text;
}

/* "#a -> #b", with nothing where nothing is known. */
static struct claque_str
turn_text(struct arena *perm, const char *what, const struct claque_str sides[2])
{
	if (sides[0].len == 0 && sides[1].len == 0)
		return STR("");
	return str_fmt(perm, "   %s " STR_FMT " -> " STR_FMT, what,
		       STR_ARG(sides[0].len > 0 ? sides[0] : STR("-")),
		       STR_ARG(sides[1].len > 0 ? sides[1] : STR("-")));
}

/* A line for who and what, and one for where and about what if that is known. */
static int
draw_wave(struct ui *u, struct area a, int line, const struct wave *w, int64_t members)
{
	struct arena *perm = &u->grid.scratch;
	struct claque_str turns = str_fmt(perm, STR_FMT STR_FMT,
					  STR_ARG(turn_text(perm, "place", w->places)),
					  STR_ARG(turn_text(perm, "topic", w->topics)));

	(void)grid_textf(&u->grid, a, line, 1, STYLE_BOLD, STR_FMT "  %+lld min  %zu of %lld accounts",
			 STR_ARG(clock_text(perm, w->from, CLOCK_MINUTE)),
			 (long long)((w->to - w->from + 59999) / 60000), w->who.count,
			 (long long)members);
	(void)grid_safe(&u->grid, a, line, WHAT_COL, a.cols - WHAT_COL - 1, STYLE_PLAIN,
			fields_text(perm, w), NULL, 0);
	if (turns.len == 0)
		return 1;
	(void)grid_safe(&u->grid, a, line + 1, 16, a.cols - 17, STYLE_PLAIN,
			text_defanged(perm, turns), NULL, 0);
	return 2;
}

static void
draw_waves(struct ui *u, struct area a)
{
	const struct waves *waves = session_waves(u->s, session_here(u->s)->subject);
	int line = 1;

	if (waves == NULL) {
		part_owed(u, a, 1, 1);
		return;
	}
	grid_rule(&u->grid, a, 0, str_fmt(&u->grid.scratch, "waves: %zu of two accounts or more,"
		  " no 15 min between; the largest first", waves->all));
	for (size_t i = 0; i < waves->count && line < a.rows; i++)
		line += draw_wave(u, a, line, &waves->waves[i], waves->members);
}

static void
draw(struct ui *u, struct area a)
{
	bool cluster = session_here(u->s)->subject.kind == SUBJECT_cluster;
	const struct row *row = session_current(u->s);
	struct area below, part;

	if (a.rows < BELOW_LEAST - 2 || row == NULL) {
		table_active(u, a);
		return;
	}
	below = area_bottom(&a, a.rows >= BELOW_LEAST + 6 ? BELOW_ROWS : BELOW_ROWS / 2 + 1);
	table_active(u, a);
	part = area_top(&below, cluster ? below.rows * 2 / 5 + 1 : below.rows);
	grid_rule(&u->grid, part, 0, STR("before and after: - gone  + new"));
	changes_others(u, part, part.rows - 1, row);
	changes_when(u, part, 1, row);
	part.row += 2;
	part.rows -= 3;
	changes_diff(u, part, row);
	if (cluster)
		draw_waves(u, below);
}

static const enum action_id keys[] = {
	ACTION_OPEN, ACTION_FIND_NEXT, ACTION_PIVOT, ACTION_MARK, ACTION_PIN, ACTION_TAG,
	ACTION_NOTE, ACTION_SORT, ACTION_FACETS, ACTION_FIND, ACTION_PALETTE, ACTION_BACK,
	ACTION_COUNT,
};

const struct view_ops view_changes = { "changes", draw, NULL, keys };
