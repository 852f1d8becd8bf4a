/*
 * page_chart.c - counts over time as inline SVG: bars, and hours by weekday.
 *
 * The accounts of leads and all others are drawn alike, one above the other, each against its
 * own greatest value: what is to be compared is the shape. All text in a picture is ours.
 */
#include "config.h"

#include "export/page.h"

#include "base/clock.h"

enum {
	BARS_MAX = 160, WIDTH = 760, HEIGHT = 110, LEFT = 46, DAY_MS = 86400000, CELL_WIDE = 31,
	CELL_TALL = 18
};

static const char *const weekdays[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };

struct bars {
	uint64_t counts[BARS_MAX];
	size_t count;
	uint64_t most;
};

static struct claque_str
date_of(struct arena *perm, int64_t day)
{
	return clock_text(perm, day * DAY_MS, CLOCK_DATE);
}

static const char *
class_of(bool leads)
{
	return leads ? " lead" : "";
}

static void
open_svg(struct page *h, int height, const char *title)
{
	buf_addf(h->out, "<figure>\n<svg viewBox=\"0 0 %d %d\" role=\"img\"><title>%s</title>\n",
		 WIDTH + LEFT, height, title);
}

static void
draw_bars(struct page *h, const struct bars *b, bool leads)
{
	double step = (double)WIDTH / (double)b->count;

	buf_addf(h->out, "<line class=\"axis\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n", LEFT,
		 HEIGHT, LEFT + WIDTH, HEIGHT);
	for (size_t i = 0; i < b->count; i++) {
		double tall = b->most == 0 ? 0 : (double)b->counts[i] * (HEIGHT - 12) /
						 (double)b->most;

		if (b->counts[i] > 0)
			buf_addf(h->out, "<rect class=\"bar%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" "
				 "height=\"%.1f\"/>\n", class_of(leads), LEFT + (double)i * step,
				 HEIGHT - tall, step * 0.86, tall);
	}
	buf_addf(h->out, "<text x=\"%d\" y=\"14\" text-anchor=\"end\">%llu</text>\n"
		 "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">0</text>\n", LEFT - 5,
		 (unsigned long long)b->most, LEFT - 5, HEIGHT);
}

static void
draw_ends(struct page *h, struct claque_str first, struct claque_str last)
{
	buf_addf(h->out, "<text x=\"%d\" y=\"%d\">" STR_FMT "</text>\n"
		 "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">" STR_FMT "</text>\n</svg>\n", LEFT,
		 HEIGHT + 14, STR_ARG(first), LEFT + WIDTH, HEIGHT + 14, STR_ARG(last));
}

static void
add_bar(struct bars *b, size_t at, uint32_t n)
{
	b->counts[at] += n;
	b->most = b->counts[at] > b->most ? b->counts[at] : b->most;
	b->count = at + 1 > b->count ? at + 1 : b->count;
}

void
page_days(struct page *h, bool leads)
{
	const struct survey *s = &h->s;
	const struct survey_side *side = leads ? &s->leads : &s->others;
	int64_t days = s->last_day - s->first_day + 1, each = (days + BARS_MAX - 1) / BARS_MAX;
	struct arena scratch = h->scratch;
	struct bars bars = { 0 };

	if (each > 1)
		each = (each + 6) / 7 * 7;
	for (int64_t day = s->first_day; day <= s->last_day; day++)
		add_bar(&bars, (size_t)((day - s->first_day) / each), side->days[day]);
	open_svg(h, HEIGHT + 20, leads ? "Posts of accounts of leads over time" :
					 "Posts of all other accounts over time");
	draw_bars(h, &bars, leads);
	draw_ends(h, date_of(&scratch, s->first_day), date_of(&scratch, s->last_day));
	buf_addf(h->out, "<figcaption>Posts of %s, ", leads ? "accounts of leads" :
							      "all other accounts");
	if (each == 1)
		buf_addz(h->out, "a bar a day: ");
	else
		buf_addf(h->out, "a bar for %lld days: ", (long long)each);
	page_count(h, side->posts);
	buf_addz(h->out, " in all.</figcaption>\n</figure>\n");
}

/* The months with accounts made in them, of both sides. */
static bool
find_months(const struct survey *s, size_t *first, size_t *last)
{
	bool any = false;

	for (size_t i = 0; i < SURVEY_MONTHS; i++) {
		if (s->leads.months[i] + s->others.months[i] == 0)
			continue;
		*first = any ? *first : i;
		*last = i;
		any = true;
	}
	return any;
}

static void
draw_months(struct page *h, bool leads, size_t first, size_t last)
{
	const struct survey_side *side = leads ? &h->s.leads : &h->s.others;
	size_t each = (last - first + BARS_MAX) / BARS_MAX;
	struct arena scratch = h->scratch;
	struct bars bars = { 0 };

	for (size_t i = first; i <= last; i++)
		add_bar(&bars, (i - first) / each, side->months[i]);
	open_svg(h, HEIGHT + 20, leads ? "When accounts of leads were made" :
					 "When all other accounts were made");
	draw_bars(h, &bars, leads);
	draw_ends(h, str_fmt(&scratch, "%zu-%02zu", 1970 + first / 12, first % 12 + 1),
		  str_fmt(&scratch, "%zu-%02zu", 1970 + last / 12, last % 12 + 1));
	buf_addf(h->out, "<figcaption>%s made, ", leads ? "Accounts of leads" : "All other accounts");
	if (each == 1)
		buf_addz(h->out, "a bar a month: known of ");
	else
		buf_addf(h->out, "a bar for %zu months: known of ", each);
	page_count(h, side->made);
	buf_addz(h->out, " of ");
	page_count(h, side->accounts);
	buf_addz(h->out, ".</figcaption>\n</figure>\n");
}

void
page_months(struct page *h)
{
	size_t first = 0, last = 0;

	if (!find_months(&h->s, &first, &last))
		return;
	draw_months(h, true, first, last);
	draw_months(h, false, first, last);
}

static uint64_t
most_of(const struct survey_side *side)
{
	uint64_t most = 0;

	for (size_t d = 0; d < 7; d++)
		for (size_t hour = 0; hour < 24; hour++)
			most = side->hours[d][hour] > most ? side->hours[d][hour] : most;
	return most;
}

/* A cell, the darker the more of its side's fullest. */
static void
draw_hour(struct page *h, bool leads, int day, int hour, uint64_t most)
{
	uint64_t n = (leads ? &h->s.leads : &h->s.others)->hours[day][hour];

	buf_addf(h->out, "<rect class=\"heat%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" "
		 "fill-opacity=\"%.2f\"><title>%s %02d h: %llu</title></rect>\n", class_of(leads),
		 LEFT + hour * CELL_WIDE, day * CELL_TALL, CELL_WIDE - 2, CELL_TALL - 2,
		 0.04 + 0.96 * (double)n / (double)most, weekdays[day], hour,
		 (unsigned long long)n);
}

void
page_hours(struct page *h, bool leads)
{
	const struct survey_side *side = leads ? &h->s.leads : &h->s.others;
	uint64_t most = most_of(side);

	open_svg(h, 7 * CELL_TALL + 20, leads ? "Hours by weekday, accounts of leads" :
						"Hours by weekday, all other accounts");
	for (int d = 0; d < 7; d++) {
		buf_addf(h->out, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n<rect "
			 "class=\"heat%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" "
			 "fill-opacity=\"0.05\"/>\n", LEFT - 6, d * CELL_TALL + 13, weekdays[d],
			 class_of(leads), LEFT, d * CELL_TALL, 24 * CELL_WIDE - 2, CELL_TALL - 2);
		for (int hour = 0; hour < 24; hour++)
			if (side->hours[d][hour] > 0)
				draw_hour(h, leads, d, hour, most);
	}
	for (int hour = 0; hour < 24; hour += 3)
		buf_addf(h->out, "<text x=\"%d\" y=\"%d\">%02d</text>\n", LEFT + hour * CELL_WIDE,
			 7 * CELL_TALL + 13, hour);
	buf_addf(h->out, "</svg>\n<figcaption>%s, posts by hour (UTC) and weekday; the fullest cell "
		 "is %llu.</figcaption>\n</figure>\n",
		 leads ? "Accounts of leads" : "All other accounts", (unsigned long long)most);
}
