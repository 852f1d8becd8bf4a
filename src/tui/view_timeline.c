/*
 * view_timeline.c - activity over time, one lane a subject, all on one axis;
 * and when in the week the lane under the cursor is active. A period that is
 * brushed here becomes part of the lens and follows to every screen.
 *
 * The lanes ignore the period of the lens: what lies around a brush must stay
 * visible. Each lane is scaled to its own highest bucket, which is printed.
 * Aligned on a public event, buckets begin on it and it stands in the middle:
 * what every lane did before it and after it stands side by side.
 */
#include "config.h"

#include "tui/view.h"

#include "app/events.h"
#include "app/picture.h"
#include "base/clock.h"

#define HOUR_MS (INT64_C(60) * 60 * 1000)

enum { LABEL_COLS = 17, NUMBER_COLS = 16, HEAT_ROWS = 9, LAG_ROWS = 6, HEAT_COLS = 56,
       BUCKETS_LEAST = 8 };

static const int64_t *
values_of(struct ui *u, const struct lane *lane, int64_t from, int64_t step, size_t count)
{
	if (!lane->control)
		return session_buckets(u->s, lane->list, lane->subject, from, step, count);
	return session_control_buckets(u->s, lane->subject,
				       (uint64_t)session_here(u->s)->picture.seed, from, step, count);
}

static int
bucket_count(const struct ui *u)
{
	int count = u->grid.cols - LABEL_COLS - NUMBER_COLS;

	return count < BUCKETS_LEAST ? BUCKETS_LEAST : count;
}

/* Fits the window to what the lens shows, or to all there is; false without times. */
static bool
set_window(struct ui *u)
{
	struct place *p = session_place(u->s);
	int count = bucket_count(u);
	int64_t from, to;

	if (!window_of_case(u->s, &from, &to))
		return false;
	if (p->time.step > 0)
		return true;
	if (p->lens.from != INT64_MIN && p->lens.from < to)
		from = p->lens.from;
	if (p->lens.to != INT64_MAX && p->lens.to > from)
		to = p->lens.to;
	p->time.step = window_step(from, to, (size_t)count);
	p->time.from = window_floor(from, p->time.step);
	p->time.at = p->time.from;
	p->time.anchor = CLAQUE_NO_TIME;
	p->time.aligned = false;
	return true;
}

/* The start of the bucket that holds this time. */
static int64_t
bucket_floor(const struct time_window *w, int64_t at)
{
	int64_t rest;

	if (!w->aligned)
		return window_floor(at, w->step);
	rest = (at - w->origin) % w->step;
	return at - (rest < 0 ? rest + w->step : rest);
}

static int
column_of(const struct time_window *w, int64_t at)
{
	int64_t col = (at - w->from) / w->step;

	return at < w->from ? -1 : col > GRID_COLS_MAX ? GRID_COLS_MAX : (int)col;
}

/* Nothing at a time that the case covers is an observation, too. */
static void
draw_empty(struct ui *u, struct area a, int line, const int64_t *values, int count)
{
	const struct time_window *w = &session_here(u->s)->time;
	int64_t from, to;

	if (!window_of_case(u->s, &from, &to))
		return;
	for (int i = 0; i < count; i++) {
		int64_t at = w->from + i * w->step;

		if (values[i] == 0 && at + w->step > from && at < to)
			(void)grid_text(&u->grid, a, line, LABEL_COLS + i, STYLE_DIM,
					u->grid.ascii ? STR("_") : STR("·"));
	}
}

static void
draw_lane(struct ui *u, struct area a, int line, const struct lane *lane, bool chosen)
{
	const struct time_window *w = &session_here(u->s)->time;
	int count = bucket_count(u);
	const int64_t *values = values_of(u, lane, w->from, w->step, (size_t)count);
	int64_t max = 0, sum = 0;

	if (chosen) {
		(void)grid_text(&u->grid, a, line, 0, STYLE_CURSOR, STR(">"));
		u->grid.cursor_row = a.row + line;
		u->grid.cursor_col = a.col;
	}
	(void)grid_safe(&u->grid, a, line, 1, LABEL_COLS - 2, chosen ? STYLE_CURSOR : STYLE_PLAIN,
			lane_name(u, lane), NULL, 0);
	if (values == NULL) {
		part_owed(u, a, line, LABEL_COLS);
		return;
	}
	for (int i = 0; i < count; i++) {
		max = values[i] > max ? values[i] : max;
		sum += values[i];
	}
	grid_spark(&u->grid, a, line, LABEL_COLS, values, (size_t)count, max, STYLE_CHART);
	draw_empty(u, a, line, values, count);
	(void)grid_textf(&u->grid, a, line, LABEL_COLS + count, STYLE_DIM, "%6s %8s",
			 count_short(&u->grid.scratch, max).p,
			 count_grouped(&u->grid.scratch, sum).p);
}

/* The period of the lens, or the one that is being brushed. */
static void
draw_brush(struct ui *u, struct area a, int line)
{
	const struct place *p = session_here(u->s);
	const struct time_window *w = &p->time;
	bool brushing = w->anchor != CLAQUE_NO_TIME;
	int64_t from = p->lens.from, to = p->lens.to;
	int count = bucket_count(u), first, last;

	if (brushing) {
		from = w->anchor < w->at ? w->anchor : w->at;
		to = (w->anchor < w->at ? w->at : w->anchor) + w->step;
	} else if (from == INT64_MIN && to == INT64_MAX) {
		return;
	}
	first = from < w->from ? 0 : column_of(w, from);
	last = to == INT64_MAX ? count - 1 : column_of(w, to - 1);
	for (int i = first; i <= last && i < count; i++)
		(void)grid_text(&u->grid, a, line, LABEL_COLS + i, STYLE_HIT, STR("="));
	(void)grid_text(&u->grid, a, line, 1, STYLE_DIM, brushing ? STR("brush (v)") : STR("lens"));
}

static void
draw_cursor(struct ui *u, struct area a, int line, const struct lane *lane)
{
	const struct time_window *w = &session_here(u->s)->time;
	struct arena *perm = &u->grid.scratch;
	int count = bucket_count(u), col = column_of(w, w->at), at;
	const int64_t *values = values_of(u, lane, w->from, w->step, (size_t)count);
	struct claque_str text;

	if (col < 0 || col >= count)
		return;
	text = str_fmt(perm, STR_FMT " %s" STR_FMT "  %s %s",
		       STR_ARG(clock_text(perm, w->at, w->step < 60000 ? CLOCK_SECOND : CLOCK_MINUTE)),
		       w->aligned ? " event " : "+", STR_ARG(w->aligned ?
		       events_span(perm, w->at - w->origin, w->step) :
		       window_step_text(perm, w->step)),
		       values != NULL ? count_grouped(perm, values[col]).p : "?",
		       lane->list == LIST_POSTS ? "posts" : "changes");
	at = LABEL_COLS + col;
	(void)grid_text(&u->grid, a, line, at, STYLE_CURSOR, u->grid.ascii ? STR("^") : STR("▲"));
	at = at + 2 + (int)text.len < a.cols ? at + 2 : at - 1 - (int)text.len;
	at = at < 0 ? 0 : at;
	(void)grid_text(&u->grid, a, line, at, STYLE_BOLD, text);
}

static void
draw_heat_cells(struct ui *u, struct area a, const struct week *week)
{
	static const char *const shades[2][5] = { { "· ", "░░", "▒▒", "▓▓", "██" },
						  { ". ", "::", "||", "HH", "##" } };
	int64_t max = week_busiest(week);

	for (int hour = 0; hour < 24; hour += 3)
		(void)grid_textf(&u->grid, a, 1, 6 + 2 * hour, STYLE_DIM, "%02d", hour);
	for (int day = 0; day < 7; day++) {
		(void)grid_text(&u->grid, a, day + 2, 1, STYLE_DIM, str_of(week_day(day)));
		for (int hour = 0; hour < 24; hour++) {
			int64_t n = week->cells[day][hour];
			int shade = n == 0 ? 0 : 1 + (int)((n - 1) * 4 / max);

			(void)grid_text(&u->grid, a, day + 2, 6 + 2 * hour,
					shade == 0 ? STYLE_DIM : STYLE_CHART,
					str_of(shades[u->grid.ascii][shade > 4 ? 4 : shade]));
		}
	}
}

static void
draw_heat(struct ui *u, struct area a, const struct lane *lane)
{
	const struct time_window *w = &session_here(u->s)->time;
	int64_t from = window_floor(w->from, HOUR_MS);
	struct week week = { 0 };
	int64_t hours = (w->step * bucket_count(u)) / HOUR_MS + 1;
	const int64_t *values;

	grid_rule(&u->grid, a, 0, str_fmt(&u->grid.scratch, "hour x weekday (UTC): " STR_FMT,
		  STR_ARG(safe_text(&u->grid.scratch, lane_name(u, lane)))));
	if (hours > WEEK_HOURS_MAX) {
		(void)grid_text(&u->grid, a, 1, 1, STYLE_DIM, STR("more than 10 years: z zooms in"));
		return;
	}
	values = values_of(u, lane, from, HOUR_MS, (size_t)hours);
	if (values == NULL) {
		part_owed(u, a, 1, 1);
		return;
	}
	week_count(&week, values, (size_t)hours, from);
	draw_heat_cells(u, a, &week);
}

static double
part_of(const struct matrix_picture *p, int lag)
{
	return p == NULL || p->sum.followed == 0 ? 0 : 100.0 * p->sum.lags[lag] / p->sum.followed;
}

/* How soon members follow the first of them to share a source, beside the control. */
static void
draw_lags(struct ui *u, struct area a, struct subject cluster)
{
	static const char *const words[MATRIX_LAGS] = { "<=10 s", "<=60 s", "<=10 min", "later" };
	const struct matrix_picture *p = session_matrix(u->s, cluster, 0, MATRIX_LIKE);
	const struct matrix_picture *c = session_matrix(u->s, cluster,
			(uint64_t)session_here(u->s)->picture.seed, MATRIX_LIKE);
	int width = a.cols - 36;

	grid_rule(&u->grid, a, 0, STR("lag after the first member, under the lens"));
	if (p == NULL || c == NULL) {
		part_owed(u, a, 1, 1);
		return;
	}
	for (int i = 0; i < MATRIX_LAGS && width > 0; i++) {
		double own = part_of(p, i);

		(void)grid_text(&u->grid, a, i + 1, 1, STYLE_DIM, str_of(words[i]));
		grid_bar(&u->grid, a, i + 1, 10, width, (int64_t)(10 * own), 1000, STYLE_CHART);
		(void)grid_textf(&u->grid, a, i + 1, 11 + width, STYLE_PLAIN,
				 "%3.0f %%   control %3.0f %%", own, part_of(c, i));
	}
}

static void
draw_below(struct ui *u, struct area a, const struct lane *lane)
{
	struct area left, title;

	if (a.rows < HEAT_ROWS)
		return;
	left = area_left(&a, a.cols < HEAT_COLS + 40 ? a.cols : HEAT_COLS);
	draw_heat(u, left, lane);
	if (a.cols < 30 || !list_takes(LIST_SOURCES, lane->subject.kind))
		return;
	if (lane->subject.kind == SUBJECT_cluster && a.rows > LAG_ROWS + 3)
		draw_lags(u, area_top(&a, LAG_ROWS), lane->subject);
	title = area_top(&a, 1);
	grid_rule(&u->grid, title, 0, STR("what it shares, under the lens"));
	table_side(u, a, LIST_SOURCES, lane->subject);
}

static void
keep_lane(struct ui *u, size_t count)
{
	struct time_window *w = &session_place(u->s)->time;

	if (w->lane >= (int)count)
		w->lane = (int)count - 1;
	if (w->lane < 0)
		w->lane = 0;
}

static void
draw(struct ui *u, struct area a)
{
	struct lane lanes[LANES_MAX];
	size_t count = lanes_of(u, lanes);
	const struct time_window *w = &session_here(u->s)->time;
	bool events = events_there(u);
	int line = 1, gap;

	if (!set_window(u)) {
		(void)grid_text(&u->grid, a, 1, 2, STYLE_DIM, STR("no post has a time yet"));
		return;
	}
	keep_lane(u, count);
	gap = a.rows > HEAT_ROWS + 2 * (int)count + 4 ? 2 : 1;
	(void)grid_text(&u->grid, a, 0, 1, STYLE_BOLD, STR("lane"));
	if (w->aligned)
		events_axis(u, a, 0, LABEL_COLS, bucket_count(u));
	else
		window_axis(u, a, 0, LABEL_COLS, w->from, w->step, bucket_count(u));
	(void)grid_textf(&u->grid, a, 0, LABEL_COLS + bucket_count(u), STYLE_BOLD, "%6s %8s",
			 "max", "total");
	for (size_t i = 0; i < count && line < a.rows; i++, line += gap)
		draw_lane(u, a, line, &lanes[i], (int)i == w->lane);
	if (events) {
		events_lane(u, a, line++, LABEL_COLS, bucket_count(u));
		events_names(u, a, line + 2, bucket_count(u));
	}
	draw_brush(u, a, line);
	draw_cursor(u, a, line + 1, &lanes[w->lane]);
	line += events && a.rows - line > HEAT_ROWS + 3 ? 4 : 3;
	a.row += line;
	a.rows -= line;
	if (!ui_is_narrow(u))
		draw_below(u, a, &lanes[w->lane]);
}

/* The cursor may push the window on, but not past what the case holds. */
static void
move_time(struct ui *u, int steps)
{
	struct time_window *w = &session_place(u->s)->time;
	int64_t from, to, width = w->step * bucket_count(u);

	if (!window_of_case(u->s, &from, &to))
		return;
	if (w->aligned && w->origin < from)
		from = w->origin;
	if (w->aligned && w->origin > to)
		to = w->origin;
	w->at += steps * w->step;
	if (w->at < bucket_floor(w, from))
		w->at = bucket_floor(w, from);
	if (w->at > bucket_floor(w, to))
		w->at = bucket_floor(w, to);
	if (w->at < w->from)
		w->from = w->at;
	if (w->at >= w->from + width)
		w->from = w->at - width + w->step;
}

/* The window around its middle: the event it is aligned on, or the cursor. */
static void
centre(struct ui *u, int64_t from, int64_t to)
{
	struct time_window *w = &session_place(u->s)->time;
	int count = bucket_count(u);

	w->from = bucket_floor(w, w->aligned ? w->origin : w->at) - w->step * (count / 2);
	if (!w->aligned && w->from + w->step * count > to)
		w->from = bucket_floor(w, to) - w->step * (count - 1);
	if (!w->aligned && w->from < from)
		w->from = bucket_floor(w, from);
	w->at = bucket_floor(w, w->at);
	move_time(u, 0);
}

/* Aligned, twice the steps may be needed to have all of the case on one side. */
static void
zoom(struct ui *u, bool in)
{
	struct time_window *w = &session_place(u->s)->time;
	int64_t from, to, all;

	if (!window_of_case(u->s, &from, &to))
		return;
	all = window_step(from, to, (size_t)bucket_count(u));
	if (w->aligned)
		all = window_coarser(all);
	w->step = in ? window_finer(w->step) : window_coarser(w->step);
	if (w->step > all)
		w->step = all;
	if (!w->aligned && w->step == all) {
		w->from = window_floor(from, all);
		w->at = window_floor(w->at, all);
		move_time(u, 0);
	} else {
		centre(u, from, to);
	}
}

/* What is aligned already goes back to the calendar, where the cursor is. */
static void
align(struct ui *u)
{
	struct time_window *w = &session_place(u->s)->time;
	const struct events *events = session_events(u->s);
	bool again = w->origin >= w->at && w->origin < w->at + w->step;
	const struct event *next;
	int64_t from, to;

	if (events == NULL || !window_of_case(u->s, &from, &to))
		return;
	next = events_next(events, w->at, again ? w->origin : INT64_MIN);
	if (w->aligned || next == NULL) {
		session_say(u->s, w->aligned ? "time is by the calendar again" :
			    "there are no public events: claque events CASE FILE.csv adds them");
		w->aligned = false;
	} else {
		session_say(u->s, "time counts from: " STR_FMT, STR_ARG(next->label));
		w->aligned = true;
		w->origin = w->at = next->at;
	}
	centre(u, from, to);
}

static void
set_period(struct ui *u, int64_t from, int64_t to)
{
	struct lens lens = session_here(u->s)->lens;

	lens.from = from;
	lens.to = to;
	(void)session_set_lens(u->s, &lens);
}

static void
brush(struct ui *u)
{
	struct time_window *w = &session_place(u->s)->time;
	int64_t from, to;

	if (w->anchor == CLAQUE_NO_TIME) {
		w->anchor = w->at;
		session_say(u->s, "h and l move the end; v makes it the lens, Esc gives it up");
		return;
	}
	from = w->anchor < w->at ? w->anchor : w->at;
	to = (w->anchor < w->at ? w->at : w->anchor) + w->step;
	w->anchor = CLAQUE_NO_TIME;
	set_period(u, from, to);
}

/* Only the new place gets the narrow lens: back brings the wide one again. */
static void
open_bucket(struct ui *u)
{
	const struct time_window w = session_here(u->s)->time;
	struct lane lanes[LANES_MAX];
	struct lens lens;
	size_t count = lanes_of(u, lanes);
	const struct lane *lane;

	if (w.step <= 0)
		return;
	keep_lane(u, count);
	lane = &lanes[w.lane];
	if (lane->control) {
		session_say(u->s, "the control only measures what chance does; R draws another");
		return;
	}
	lens = session_here(u->s)->lens;
	lens.from = w.at;
	lens.to = w.at + w.step;
	(void)session_go_through(u->s, lane->list == LIST_POSTS ? SCREEN_POSTS : SCREEN_CHANGES,
				 lane->subject, &lens);
	session_place(u->s)->time.step = 0;
}

static void
drop_lane(struct ui *u)
{
	struct lane lanes[LANES_MAX];
	size_t count = lanes_of(u, lanes);

	keep_lane(u, count);
	lanes_toggle(u, &lanes[session_here(u->s)->time.lane]);
}

static bool
act(struct ui *u, enum action_id id)
{
	struct time_window *w = &session_place(u->s)->time;

	if (!set_window(u))
		return false;
	if (id == ACTION_LEFT || id == ACTION_RIGHT)
		move_time(u, id == ACTION_LEFT ? -1 : 1);
	else if (id == ACTION_HALF_UP || id == ACTION_HALF_DOWN)
		move_time(u, id == ACTION_HALF_UP ? -10 : 10);
	else if (id == ACTION_PAGE_UP || id == ACTION_PAGE_DOWN)
		move_time(u, (id == ACTION_PAGE_UP ? -1 : 1) * bucket_count(u));
	else if (id == ACTION_UP || id == ACTION_DOWN)
		w->lane += id == ACTION_UP ? -1 : 1;
	else if (id == ACTION_TOP || id == ACTION_BOTTOM)
		w->lane = id == ACTION_TOP ? 0 : LANES_MAX;
	else if (id == ACTION_ZOOM_IN || id == ACTION_ZOOM_OUT)
		zoom(u, id == ACTION_ZOOM_IN);
	else if (id == ACTION_ALIGN)
		align(u);
	else if (id == ACTION_BRUSH)
		brush(u);
	else if (id == ACTION_DROP_LANE)
		drop_lane(u);
	else if (id == ACTION_OPEN)
		open_bucket(u);
	else if (id == ACTION_CLOSE && w->anchor != CLAQUE_NO_TIME)
		w->anchor = CLAQUE_NO_TIME;
	else
		return false;
	return true;
}

static const enum action_id keys[] = {
	ACTION_LEFT, ACTION_RIGHT, ACTION_OPEN, ACTION_BRUSH, ACTION_ZOOM_IN, ACTION_ZOOM_OUT,
	ACTION_LANES, ACTION_ALIGN, ACTION_CONTROL, ACTION_PIVOT,
	ACTION_FACETS, ACTION_DROP, ACTION_PERIOD, ACTION_NOTE, ACTION_PALETTE, ACTION_BACK, ACTION_COUNT,
};

const struct view_ops view_timeline = { "timeline", draw, act, keys };
