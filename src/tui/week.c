/*
 * week.c - when in the week somebody is active: hours by weekday, as shades where
 * there is room, as columns of eighths where there is less, and as two lines where
 * there is hardly any. All in UTC: a case declares no zone of an account, and a
 * place that a profile claims is no clock.
 */
#include "config.h"

#include "tui/view.h"

#include "base/clock.h"

#define HOUR_MS (INT64_C(60) * 60 * 1000)
#define DAY_MS (24 * HOUR_MS)

enum { LABEL_COLS = 5, LINE_LABEL = 9, DAYS_AT = 44 };

void
week_count(struct week *w, const int64_t *values, size_t hours, int64_t from)
{
	for (size_t i = 0; i < hours; i++) {
		int64_t at = from + (int64_t)i * HOUR_MS, in_day = at - window_floor(at, DAY_MS);
		int day = clock_weekday(at), hour = (int)(in_day / HOUR_MS);

		w->cells[day][hour] += values[i];
		w->days[day] += values[i];
		w->hours[hour] += values[i];
	}
}

bool
week_of(struct ui *u, enum list_id list, struct subject subject, struct week *out)
{
	int64_t from, to, hours;
	const int64_t *values;
	bool was;

	*out = (struct week){ 0 };
	if (!window_of_case(u->s, &from, &to))
		return true;
	from = window_floor(from, HOUR_MS);
	hours = (to - from) / HOUR_MS + 1;
	if (hours > WEEK_HOURS_MAX) {	/* the last ten years of it */
		from += (hours - WEEK_HOURS_MAX) * HOUR_MS;
		hours = WEEK_HOURS_MAX;
	}
	was = session_soft(u->s, true);
	values = session_buckets(u->s, list, subject, from, HOUR_MS, (size_t)hours);
	(void)session_soft(u->s, was);
	if (values != NULL)
		week_count(out, values, (size_t)hours, from);
	return values != NULL;
}

static int64_t
largest(const int64_t *values, size_t count)
{
	int64_t max = 1;

	for (size_t i = 0; i < count; i++)
		max = values[i] > max ? values[i] : max;
	return max;
}

int64_t
week_busiest(const struct week *w)
{
	return largest(&w->cells[0][0], WEEK_DAYS * WEEK_HOURS);
}

const char *
week_day(int day)
{
	static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };

	return days[day];
}

/* A line a day, each hour as high as it is busy beside the busiest of the week. */
void
part_week(struct ui *u, struct area a, enum list_id list, struct subject subject)
{
	struct week w;
	bool known = week_of(u, list, subject, &w);
	int64_t max = week_busiest(&w);

	(void)grid_text(&u->grid, a, 0, LABEL_COLS, STYLE_DIM, STR("00    06    12    18   UTC"));
	for (int day = 0; day < WEEK_DAYS && day + 1 < a.rows; day++) {
		(void)grid_text(&u->grid, a, day + 1, 1, STYLE_DIM, str_of(week_day(day)));
		if (known)
			grid_spark(&u->grid, a, day + 1, LABEL_COLS, w.cells[day], WEEK_HOURS, max,
				   STYLE_CHART);
		else
			part_owed(u, a, day + 1, LABEL_COLS);
	}
}

void
part_week_line(struct ui *u, struct area a, int row, enum list_id list, struct subject subject)
{
	struct week w;

	(void)grid_text(&u->grid, a, row, 1, STYLE_DIM, STR("hours"));
	if (!week_of(u, list, subject, &w)) {
		part_owed(u, a, row, LINE_LABEL);
		return;
	}
	grid_spark(&u->grid, a, row, LINE_LABEL, w.hours, WEEK_HOURS, largest(w.hours, WEEK_HOURS),
		   STYLE_CHART);
	(void)grid_text(&u->grid, a, row, LINE_LABEL + WEEK_HOURS, STYLE_DIM, STR(" 00-23"));
	(void)grid_text(&u->grid, a, row, DAYS_AT, STYLE_DIM, STR("days"));
	grid_spark(&u->grid, a, row, DAYS_AT + 5, w.days, WEEK_DAYS, largest(w.days, WEEK_DAYS),
		   STYLE_CHART);
	(void)grid_text(&u->grid, a, row, DAYS_AT + 5 + WEEK_DAYS, STYLE_DIM, STR(" Mon-Sun, UTC"));
}
