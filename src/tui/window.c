/*
 * window.c - stretches of time as columns on a screen. Steps are those that
 * people think in; buckets begin on whole steps counted from Monday,
 * 1970-01-05, so that weeks begin on Mondays and the same case always gives
 * the same picture.
 */
#include "config.h"

#include "tui/view.h"

#include "base/clock.h"

#define SECOND_MS INT64_C(1000)
#define MINUTE_MS (60 * SECOND_MS)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)
#define MONDAY (4 * DAY_MS)

static const struct {
	int64_t ms;
	const char *text;
} steps[] = {
	{ SECOND_MS, "1 s" }, { 5 * SECOND_MS, "5 s" }, { 15 * SECOND_MS, "15 s" },
	{ MINUTE_MS, "1 min" }, { 5 * MINUTE_MS, "5 min" }, { 15 * MINUTE_MS, "15 min" },
	{ HOUR_MS, "1 h" }, { 3 * HOUR_MS, "3 h" }, { 6 * HOUR_MS, "6 h" },
	{ 12 * HOUR_MS, "12 h" }, { DAY_MS, "1 day" }, { 2 * DAY_MS, "2 days" },
	{ 7 * DAY_MS, "1 week" }, { 14 * DAY_MS, "2 weeks" }, { 28 * DAY_MS, "4 weeks" },
	{ 91 * DAY_MS, "13 weeks" }, { 364 * DAY_MS, "52 weeks" }, { 3640 * DAY_MS, "10 years" },
};

enum { STEP_COUNT = sizeof(steps) / sizeof(steps[0]) };

int64_t
window_step(int64_t from, int64_t to, size_t count)
{
	size_t i = 0;

	while (i + 1 < STEP_COUNT &&
	       (to - 1 - window_floor(from, steps[i].ms)) / steps[i].ms >= (int64_t)count)
		i++;
	return steps[i].ms;
}

int64_t
window_floor(int64_t at, int64_t step)
{
	int64_t rest = (at - MONDAY) % step;

	return at - (rest < 0 ? rest + step : rest);
}

static size_t
step_place(int64_t step)
{
	size_t i = 0;

	while (i + 1 < STEP_COUNT && steps[i].ms < step)
		i++;
	return i;
}

int64_t
window_finer(int64_t step)
{
	size_t i = step_place(step);

	return steps[i > 0 ? i - 1 : 0].ms;
}

int64_t
window_coarser(int64_t step)
{
	size_t i = step_place(step);

	return steps[i + 1 < STEP_COUNT ? i + 1 : i].ms;
}

struct claque_str
window_step_text(struct arena *perm, int64_t step)
{
	for (size_t i = 0; i < STEP_COUNT; i++)
		if (steps[i].ms == step)
			return str_of(steps[i].text);
	return str_fmt(perm, "%lld s", (long long)(step / SECOND_MS));
}

/* A stray time of the year 1 or 9999 must not overflow what is computed from it. */
static int64_t
sane(int64_t at)
{
	int64_t most = clock_days(9999, 12, 31) * DAY_MS, least = clock_days(1, 1, 1) * DAY_MS;

	return at < least ? least : at > most ? most : at;
}

bool
window_of_case(const struct session *s, int64_t *from, int64_t *to)
{
	const struct store_counts *c = session_counts(s);

	if (c->first_post == CLAQUE_NO_TIME || c->last_post == CLAQUE_NO_TIME)
		return false;
	*from = sane(c->first_post);
	*to = sane(c->last_post) + 1;
	return true;
}

/* What changes from one label to the next, as short as it can be told. */
static struct claque_str
axis_label(struct arena *perm, int64_t at, int64_t every)
{
	struct claque_str minute = clock_text(perm, at, CLOCK_MINUTE);

	if (every >= 300 * DAY_MS)
		return str_sub(minute, 0, 4);
	if (every >= 28 * DAY_MS)
		return str_sub(minute, 0, 7);
	return every >= DAY_MS ? str_sub(minute, 0, 10) : str_sub(minute, 5, 11);
}

enum { LABEL_COLS = 13 };

void
window_axis(struct ui *u, struct area a, int row, int col, int64_t from, int64_t step, int count)
{
	int64_t every = step * LABEL_COLS;

	for (int i = 0; i < count; i += LABEL_COLS) {
		struct claque_str label = axis_label(&u->grid.scratch, from + i * step, every);

		(void)grid_text(&u->grid, a, row, col + i, STYLE_DIM,
				u->grid.ascii ? STR("|") : STR("│"));
		if (i + 1 + (int)label.len < count)
			(void)grid_text(&u->grid, a, row, col + i + 1, STYLE_DIM, label);
	}
}
