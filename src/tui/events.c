/*
 * events.c - public events on the timeline: a lane of marks, those nearest to
 * the cursor named below it by letters, and an axis that counts from one.
 */
#include "config.h"

#include "tui/view.h"

#include "app/events.h"
#include "base/clock.h"

/* Two of those nearest stand side by side in at least so many columns each, or three. */
enum { NAMED_MAX = 3, NAME_COLS = 38, AXIS_COLS = 12 };

#define SECOND_MS INT64_C(1000)
#define MINUTE_MS (60 * SECOND_MS)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)

/* The events that have letters. */
static size_t
named(const struct events *events, const struct time_window *w, int count, size_t most,
      size_t *first)
{
	return events_near(events, w->from, w->from + w->step * count, w->at, most, first);
}

static size_t
most_named(const struct area a)
{
	size_t most = (size_t)(a.cols / NAME_COLS);

	return most < 1 ? 1 : most > NAMED_MAX ? NAMED_MAX : most;
}

bool
events_there(struct ui *u)
{
	const struct events *events = session_events(u->s);

	return events != NULL && events->count > 0;
}

/* How many there are, or of one what it is: an event, a note, an end of a period. */
static void
draw_mark(struct ui *u, struct area a, int line, int col, int64_t n, enum event_sort sort)
{
	static const char *const marks[] = { [EVENT_PUBLIC] = "!", [EVENT_NOTE] = "n",
					     [EVENT_BEGIN] = "[", [EVENT_END] = "]" };

	if (n > 9)
		(void)grid_text(&u->grid, a, line, col, STYLE_HIT, STR("+"));
	else if (n > 1)
		(void)grid_textf(&u->grid, a, line, col, STYLE_HIT, "%lld", (long long)n);
	else if (n == 1)
		(void)grid_text(&u->grid, a, line, col, STYLE_HIT, str_of(marks[sort]));
}

/* What the first one from `from` on is. */
static enum event_sort
sort_from(const struct events *events, int64_t from)
{
	size_t first;

	return events_near(events, from, INT64_MAX, from, 1, &first) > 0 ?
	       events->list[first].sort : EVENT_PUBLIC;
}

/* From end to end of the periods that something is said of. */
static void
draw_periods(struct ui *u, struct area a, int line, int col, int count)
{
	const struct time_window *w = &session_here(u->s)->time;
	const struct events *events = session_events(u->s);
	int64_t end = w->from + w->step * count;

	for (size_t i = 0; i < events->count; i++) {
		int64_t at = events->list[i].at, to = events->list[i].until;

		if (events->list[i].sort != EVENT_BEGIN || to < w->from || at >= end)
			continue;
		at = at > w->from ? at : w->from;
		to = to < end ? to : end - 1;
		for (int64_t k = (at - w->from) / w->step; k <= (to - w->from) / w->step; k++)
			(void)grid_text(&u->grid, a, line, col + (int)k, STYLE_DIM,
					u->grid.ascii ? STR("-") : STR("─"));
	}
}

void
events_lane(struct ui *u, struct area a, int line, int col, int count)
{
	const struct time_window *w = &session_here(u->s)->time;
	const struct events *events = session_events(u->s);
	int64_t *counts = ARENA_NEW(&u->grid.scratch, int64_t, (size_t)count);
	int64_t max = 0, sum = 0;
	size_t first, n;

	if (events == NULL)
		return;
	events_spread(events, w->from, w->step, counts, (size_t)count);
	draw_periods(u, a, line, col, count);
	for (int i = 0; i < count; i++) {
		draw_mark(u, a, line, col + i, counts[i],
			  sort_from(events, w->from + i * w->step));
		max = counts[i] > max ? counts[i] : max;
		sum += counts[i];
	}
	n = named(events, w, count, most_named(a), &first);
	for (size_t i = 0; i < n; i++) {
		int64_t bucket = (events->list[first + i].at - w->from) / w->step;

		if (counts[bucket] == 1)
			(void)grid_textf(&u->grid, a, line, col + (int)bucket, STYLE_HIT, "%c",
					 (char)('A' + i));
	}
	(void)grid_text(&u->grid, a, line, 1, STYLE_DIM, STR("events"));
	(void)grid_textf(&u->grid, a, line, col + count, STYLE_DIM, "%6s %8s",
			 count_short(&u->grid.scratch, max).p,
			 count_grouped(&u->grid.scratch, sum).p);
}

void
events_names(struct ui *u, struct area a, int line, int count)
{
	const struct time_window *w = &session_here(u->s)->time;
	const struct events *events = session_events(u->s);
	size_t most = most_named(a), first, n;
	int width;

	if (events == NULL)
		return;
	n = named(events, w, count, most, &first);
	width = (a.cols - 1) / (int)(n > 0 ? n : 1);
	for (size_t i = 0; i < n; i++) {
		const struct event *e = &events->list[first + i];
		struct claque_str when = clock_text(&u->grid.scratch, e->at, e->whole_day ?
						    CLOCK_DATE : CLOCK_MINUTE);
		int col = 1 + (int)i * width;

		col += grid_textf(&u->grid, a, line, col, STYLE_HIT, "%c ", (char)('A' + i));
		col += grid_text(&u->grid, a, line, col, STYLE_DIM, when) + 1;
		(void)grid_safe(&u->grid, a, line, col, (int)(i + 1) * width - col, STYLE_PLAIN,
				text_defanged(&u->grid.scratch, e->label), NULL, 0);
	}
	if (n == 0)
		(void)grid_text(&u->grid, a, line, 1, STYLE_DIM, STR("no event in this period"));
}

struct span_unit {
	int64_t ms;
	const char *text;
};

/* The largest unit of which `every` is a whole number. */
static const struct span_unit *
unit_of(int64_t every)
{
	static const struct span_unit units[] = {
		{ DAY_MS, "d" }, { HOUR_MS, "h" }, { MINUTE_MS, "min" }, { SECOND_MS, "s" },
	};
	size_t i = 0;

	while (i + 1 < sizeof(units) / sizeof(units[0]) && every % units[i].ms != 0)
		i++;
	return &units[i];
}

struct claque_str
events_span(struct arena *perm, int64_t span, int64_t every)
{
	const struct span_unit *unit = unit_of(every);

	if (span == 0)
		return STR("0");
	return str_fmt(perm, "%+lld %s", (long long)(span / unit->ms), unit->text);
}

void
events_axis(struct ui *u, struct area a, int row, int col, int count)
{
	const struct time_window *w = &session_here(u->s)->time;
	int zero = (int)((w->origin - w->from) / w->step), first = zero % AXIS_COLS;

	for (int i = first < 0 ? first + AXIS_COLS : first; i < count; i += AXIS_COLS) {
		struct claque_str label = events_span(&u->grid.scratch, (i - zero) * w->step,
						      AXIS_COLS * w->step);

		(void)grid_text(&u->grid, a, row, col + i, i == zero ? STYLE_HIT : STYLE_DIM,
				u->grid.ascii ? STR("|") : STR("│"));
		if (i + 1 + (int)label.len < count)
			(void)grid_text(&u->grid, a, row, col + i + 1,
					i == zero ? STYLE_HIT : STYLE_DIM, label);
	}
}
