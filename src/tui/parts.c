/*
 * parts.c - what more than one view shows.
 */
#include "config.h"

#include "tui/view.h"

#include "app/pivot.h"
#include "base/clock.h"

struct area
area_top(struct area *a, int rows)
{
	struct area top = *a;

	rows = rows < a->rows ? rows : a->rows;
	top.rows = rows;
	a->row += rows;
	a->rows -= rows;
	return top;
}

struct area
area_bottom(struct area *a, int rows)
{
	struct area bottom = *a;

	rows = rows < a->rows ? rows : a->rows;
	a->rows -= rows;
	bottom.row += a->rows;
	bottom.rows = rows;
	return bottom;
}

struct area
area_left(struct area *a, int cols)
{
	struct area left = *a;

	cols = cols < a->cols ? cols : a->cols;
	left.cols = cols;
	a->col += cols;
	a->cols -= cols;
	return left;
}

size_t
hits_from(const struct grid_hit *hits, size_t count, size_t from, struct grid_hit *out)
{
	size_t n = 0;

	for (size_t i = 0; i < count; i++)
		if (hits[i].at + hits[i].len > from)
			out[n++] = hits[i].at >= from ?
				   (struct grid_hit){ hits[i].at - from, hits[i].len, hits[i].style } :
				   (struct grid_hit){ 0, hits[i].at + hits[i].len - from,
						      hits[i].style };
	return n;
}

static int
draw_wrapped(struct ui *u, struct area a, int row, int col, enum style style,
	     struct claque_str text, const struct grid_hit *hits, size_t hit_count)
{
	struct arena kept = u->grid.scratch;
	struct safe_line line = safe_cells(&u->grid.scratch, str_head(text, TEXT_LOOKED_AT));
	struct grid_hit here[2 * MARKS_MAX];
	size_t next;
	int width = a.cols - col - 1, first = row;

	for (size_t i = 0; i < line.count && row < a.rows && width > 1; i = next, row++) {
		size_t end = safe_line_end(&line, i, (size_t)width, &next), at = line.cells[i].at;
		size_t to = row + 1 < a.rows && end < line.count ? line.cells[end].at : text.len;
		size_t n = hits_from(hits, hit_count, at, here);

		(void)grid_safe(&u->grid, a, row, col, width, style, str_sub(text, at, to - at),
				here, n);
	}
	u->grid.scratch = kept;
	return row - first;
}

int
part_wrapped(struct ui *u, struct area a, int row, int col, enum style style,
	     struct claque_str text)
{
	struct grid_hit hits[MARKS_MAX];
	size_t count = search_hits(u, text, hits, MARKS_MAX);

	return draw_wrapped(u, a, row, col, style, text, hits, count);
}

int
part_marked(struct ui *u, struct area a, int row, int col, struct claque_str text,
	    const struct grid_hit *marks, size_t mark_count)
{
	struct grid_hit hits[2 * MARKS_MAX];
	size_t count = search_hits(u, text, hits, MARKS_MAX);

	for (size_t i = 0; i < mark_count && i < MARKS_MAX; i++)
		hits[count++] = marks[i];
	return draw_wrapped(u, a, row, col, STYLE_PLAIN, text, hits, count);
}

int
part_pivots(struct ui *u, struct area a, int row, struct subject subject)
{
	struct pivot pivots[PIVOT_MAX];
	size_t all = pivot_list(u->s, subject, pivots);
	struct arena *perm = &u->grid.scratch;
	int col = 1, first = row;

	/* Its letters are no keys of the screen: they choose in what this key opens. */
	if (all > 0)
		col += grid_textf(&u->grid, a, row, col, STYLE_DIM, STR_FMT " then",
				  STR_ARG(ui_key_of(u, ACTION_PIVOT))) + 2;
	for (size_t i = 0; i < all; i++) {
		const struct pivot *p = &pivots[i];
		struct claque_str name = str_lower(perm, str_of(p->title)), count, text;

		if (screen_get(p->screen)->digit == '\0' &&
		    (pivot_is_counted(p) || p->screen == SCREEN_ACH))
			continue;		/* o has these as well */
		count = pivot_count_text(u->s, perm, p);
		text = str_fmt(perm, STR_FMT "%s" STR_FMT, STR_ARG(name), count.len > 0 ? " " : "",
			       STR_ARG(count));

		if (col + 2 + (int)text.len > a.cols && col > 1) {
			col = 1;
			row++;
		}
		col += grid_textf(&u->grid, a, row, col, STYLE_BOLD, "%c ", p->letter);
		col += grid_text(&u->grid, a, row, col, STYLE_PLAIN, text) + 3;
	}
	return row - first + 1;
}

/* "camouflage 12%  narrative 40%  elections 31, pets 9  (12 posts not looked at)" */
static struct claque_str
topics_text(struct arena *perm, enum list_id list, const struct row *of)
{
	int64_t waiting = row_int(list, of, "topics_waiting", 0);
	struct claque_str late = waiting > 0 ? str_fmt(perm, "  (%lld posts not looked at)",
						       (long long)waiting) : STR("");

	if (row_text(list, of, "topics").len == 0)
		return waiting > 0 ? str_trim(late) : STR("");
	return str_fmt(perm, "camouflage %.0f%%  narrative %.0f%%  " STR_FMT STR_FMT,
		       100 * row_real(list, of, "camouflage"), 100 * row_real(list, of, "narrative"),
		       STR_ARG(row_text(list, of, "topics")), STR_ARG(late));
}

int
part_topics(struct ui *u, struct area a, int row, int rows, enum list_id list,
	    const struct row *of)
{
	struct arena *perm = &u->grid.scratch;
	int64_t at = list == LIST_ACCOUNTS ? row_int(list, of, "turned_at", CLAQUE_NO_TIME) :
		     CLAQUE_NO_TIME;
	struct claque_str turned = at == CLAQUE_NO_TIME ? STR("") :
		str_fmt(perm, STR_FMT "  " STR_FMT, STR_ARG(clock_text(perm, at, CLOCK_DATE)),
			STR_ARG(row_text(list, of, "turned")));
	const struct {
		const char *label;
		struct claque_str text;
	} lines[] = {
		{ "topics", topics_text(perm, list, of) }, { "turned", turned },
		{ "sides", row_text(list, of, "sides") },
	};
	int used = 0;

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]) && used < rows; i++) {
		if (lines[i].text.len == 0)
			continue;
		(void)grid_text(&u->grid, a, row + used, 1, STYLE_DIM, str_of(lines[i].label));
		(void)grid_safe(&u->grid, a, row + used++, 9, a.cols - 10, STYLE_PLAIN,
				lines[i].text, NULL, 0);
	}
	return used;
}

void
part_spark(struct ui *u, struct area a, int row, const char *label, enum list_id list,
	   struct subject subject)
{
	enum { LABEL = 9, TOTAL = 15 };
	int count = a.cols - LABEL - TOTAL;
	int64_t from, to, step, max = 0, sum = 0, all;
	struct arena *perm = &u->grid.scratch;
	const int64_t *values;
	int col;

	(void)grid_text(&u->grid, a, row, 1, STYLE_DIM, str_of(label));
	if (count < 4 || !window_of_case(u->s, &from, &to))
		return;
	step = window_step(from, to, (size_t)count);
	from = window_floor(from, step);
	count = (int)((to - 1 - from) / step) + 1;
	values = session_buckets(u->s, list, subject, from, step, (size_t)count);
	if (values == NULL) {
		part_owed(u, a, row, LABEL);
		return;
	}
	for (int i = 0; i < count; i++) {
		max = values[i] > max ? values[i] : max;
		sum += values[i];
	}
	grid_spark(&u->grid, a, row, LABEL, values, (size_t)count, max, STYLE_CHART);
	col = LABEL + count + 1;
	col += grid_text(&u->grid, a, row, col, STYLE_DIM, count_short(perm, sum));
	all = session_side_count(u->s, list, subject);
	if (all > sum)		/* the rest is from before or after all posts, or undated */
		(void)grid_textf(&u->grid, a, row, col, STYLE_DIM, " of " STR_FMT,
				 STR_ARG(all == SESSION_MANY ? STR(">10k") : count_short(perm, all)));
}

enum { REASONS_MAX = 24, ODDS_COL = 9, REASON_COL = 15 };

static bool
speaks_against(const struct row *reason)
{
	return row_real(LIST_EVIDENCE, reason, "log_odds") < 0;
}

static int
lines_of(struct ui *u, struct claque_str text, int width)
{
	struct arena scratch = u->grid.scratch;
	struct safe_line line = safe_cells(&scratch, str_head(text, TEXT_LOOKED_AT));
	int lines = 0;

	for (size_t i = 0; i < line.count && width > 1; lines++)
		(void)safe_line_end(&line, i, (size_t)width, &i);
	return lines > 0 ? lines : 1;
}

/*
 * A row for each reason, a third of the rows at least for those against; what
 * is left over lets the first be read to their end.
 */
static void
share_rows(struct ui *u, const struct side *side, int width, int rows, int given[REASONS_MAX])
{
	int count[2] = { 0, 0 }, part[2], spare;

	for (size_t i = 0; i < side->got; i++)
		count[speaks_against(&side->rows[i])]++;
	part[true] = count[true] > 0 ? count[true] : 1;
	if (count[false] + part[true] > rows && part[true] > (rows + 2) / 3)
		part[true] = (rows + 2) / 3;
	part[false] = count[false] < rows - part[true] ? count[false] : rows - part[true];
	spare = rows - part[false] - part[true];
	for (size_t i = 0; i < side->got; i++) {
		bool against = speaks_against(&side->rows[i]);
		int more = lines_of(u, row_text(LIST_EVIDENCE, &side->rows[i], "text"), width) - 1;

		given[i] = part[against]-- > 0;
		more = given[i] == 0 ? 0 : more < spare ? more : spare;
		given[i] += more;
		spare -= more;
	}
}

/* One side of the reasons; returns the rows used. */
static int
reasons(struct ui *u, struct area a, int row, const struct side *side, const int *given,
	bool against)
{
	bool covered = session_covers(u->s);
	int first = row;

	for (size_t i = 0; i < side->got; i++) {
		enum style style = covered ? STYLE_DIM : against ? STYLE_WARN : STYLE_GOOD;
		struct area place = { a.row, a.col, row + given[i], a.cols };

		if (given[i] == 0 || against != speaks_against(&side->rows[i]))
			continue;
		if (row == first)
			(void)grid_text(&u->grid, a, row, 1, style, covered ? STR("REASONS") :
					against ? STR("AGAINST") : STR("FOR"));
		if (!covered)
			(void)grid_textf(&u->grid, a, row, ODDS_COL, style, "%+5.2f",
					 row_real(LIST_EVIDENCE, &side->rows[i], "log_odds"));
		(void)part_wrapped(u, place, row, REASON_COL, STYLE_PLAIN,
				   row_text(LIST_EVIDENCE, &side->rows[i], "text"));
		row += given[i];
	}
	return row - first;
}

int
part_reasons(struct ui *u, struct area a, int row, int rows, struct subject cluster)
{
	struct side side = session_side(u->s, LIST_EVIDENCE, cluster, REASONS_MAX);
	int given[REASONS_MAX], used, against;

	if (!side.ready)
		part_owed(u, a, row, 1);
	if (side.got == 0 || rows < 1)
		return side.ready ? 0 : 1;
	share_rows(u, &side, a.cols - REASON_COL - 1, rows, given);
	used = reasons(u, a, row, &side, given, false);
	against = reasons(u, a, row + used, &side, given, true);
	if (against == 0 && used < rows && !session_covers(u->s))
		(void)grid_text(&u->grid, a, row + used, 1, STYLE_DIM,
				STR("AGAINST  nothing found that speaks for an innocent group"));
	return used + (against > 0 ? against : 1);
}

void
part_against(struct ui *u, struct area a, int row, int col, struct subject cluster)
{
	struct side side = session_side(u->s, LIST_EVIDENCE, cluster, REASONS_MAX);
	int first = col;

	for (size_t i = 0; i < side.got && col < a.cols; i++) {
		const struct row *reason = &side.rows[i];

		if (!speaks_against(reason))
			continue;
		if (col > first)
			col += grid_text(&u->grid, a, row, col, STYLE_DIM, STR(", "));
		col += grid_safe(&u->grid, a, row, col, a.cols - col - 1, STYLE_WARN,
				 str_fmt(&u->grid.scratch, STR_FMT " %+.2f",
					 STR_ARG(row_text(LIST_EVIDENCE, reason, "signal")),
					 row_real(LIST_EVIDENCE, reason, "log_odds")), NULL, 0);
	}
	if (!side.ready)
		part_owed(u, a, row, first);
	else if (col == first)
		(void)grid_text(&u->grid, a, row, first, STYLE_DIM,
				STR("nothing found that speaks for an innocent group"));
}
