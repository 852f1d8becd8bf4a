/*
 * parts.c - what more than one view shows.
 */
#include "config.h"

#include "tui/view.h"

#include "app/pivot.h"

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

int
part_pivots(struct ui *u, struct area a, int row, struct subject subject)
{
	struct pivot pivots[PIVOT_MAX];
	size_t count = pivot_list(u->s, subject, pivots);
	struct arena *perm = &u->grid.scratch;
	int col = 1, first = row;

	for (size_t i = 0; i < count; i++) {
		const struct pivot *p = &pivots[i];
		struct claque_str name = str_lower(perm, str_of(p->title));
		struct claque_str text = str_fmt(perm, STR_FMT "%s" STR_FMT, STR_ARG(name),
						 p->counted ? " " : "",
						 STR_ARG(pivot_count_text(perm, p)));

		if (col + 2 + (int)text.len > a.cols && col > 1) {
			col = 1;
			row++;
		}
		col += grid_textf(&u->grid, a, row, col, STYLE_BOLD, "%c ", p->letter);
		col += grid_text(&u->grid, a, row, col, STYLE_PLAIN, text) + 3;
	}
	return row - first + 1;
}

void
part_spark(struct ui *u, struct area a, int row, const char *label, enum list_id list,
	   struct subject subject)
{
	enum { LABEL = 9 };
	int count = a.cols - LABEL - 10;
	int64_t from, to, step, max = 0, sum = 0;
	const int64_t *values;

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
	(void)grid_textf(&u->grid, a, row, LABEL + count + 1, STYLE_DIM, STR_FMT,
			 STR_ARG(count_short(&u->grid.scratch, sum)));
}

/* One side of the reasons. */
static int
reasons(struct ui *u, struct area a, int row, int rows, const struct side *side, bool against)
{
	int used = 0;

	for (size_t i = 0; i < side->got && used < rows; i++) {
		double odds = row_real(LIST_EVIDENCE, &side->rows[i], "log_odds");

		if (against != (odds < 0))
			continue;
		(void)grid_text(&u->grid, a, row + used, 1, against ? STYLE_WARN : STYLE_GOOD,
				used > 0 ? STR("") : against ? STR("AGAINST") : STR("FOR"));
		(void)grid_textf(&u->grid, a, row + used, 9, STYLE_DIM, "%+5.1f", odds);
		(void)grid_safe(&u->grid, a, row + used, 15, a.cols - 15, STYLE_PLAIN,
				row_text(LIST_EVIDENCE, &side->rows[i], "text"), NULL, 0);
		used++;
	}
	if (used == 0 && against && rows > 0)
		(void)grid_text(&u->grid, a, row + used++, 1, STYLE_DIM,
				STR("AGAINST  nothing found that speaks for an innocent group"));
	return used;
}

int
part_reasons(struct ui *u, struct area a, int row, int rows, struct subject cluster)
{
	struct side side = session_side(u->s, LIST_EVIDENCE, cluster, 24);
	int half = rows - rows / 3, used;

	if (!side.ready || side.got == 0) {
		if (!side.ready)
			part_owed(u, a, row, 1);
		return side.ready ? 0 : 1;
	}
	used = reasons(u, a, row, half, &side, false);
	return used + reasons(u, a, row + used, rows - used, &side, true);
}
