/* plot_network.c - a day of a network: when it works, and how much of each tactic. */
#include "config.h"

#include "scenario/plot_part.h"

#include <math.h>

#include "base/clock.h"

#include "scenario/tactic.h"

enum { SHIFT_FROM = 9, SHIFT_TO = 18, SHARE_OF_LINKS = 25 };

static bool
is_silent(const struct plot *p, const struct group *g)
{
	return g->renamed && p->day_start >= g->wave_at - PLOT_SILENT_DAYS * (int64_t)DAY &&
	       p->day_start <= g->wave_at;
}

double
tactic_rate(const struct plot *p, const struct group *g, double share)
{
	const struct network *n = g->network;
	bool weekend = clock_weekday(p->day_start) >= 5;
	double days = p->cast->settings->days * (5 + 2 * n->knobs.weekend) / 7;

	return is_silent(p, g) ? 0 : n->acts * share / days * (weekend ? n->knobs.weekend : 1);
}

static bool
on_duty(struct plot *p, const struct network *n)
{
	return network_uses(n, TACTIC_HOURS) && rng_unit(&p->rng) < n->knobs.discipline;
}

int64_t
tactic_time(struct plot *p, const struct network *n)
{
	return on_duty(p, n) ? plot_time(p, plot_office_hours, n->zone)
			     : plot_time(p, plot_human_hours, n->claimed->zone);
}

int64_t
tactic_in_shift(struct plot *p, const struct network *n, int64_t at)
{
	int64_t local = ((at / MINUTE + n->zone) % 1440 + 1440) % 1440;
	int64_t wait = (SHIFT_FROM * 60 - local + 1440) % 1440;

	if (!on_duty(p, n) || (local >= SHIFT_FROM * 60 && local < SHIFT_TO * 60))
		return at;
	return at + wait * MINUTE + (int64_t)rng_below(&p->rng, 90 * MINUTE);
}

bool
tactic_joins(struct plot *p, const struct group *g, uint32_t member)
{
	double eager = 0.6 + 0.8 * (double)(p->cast->actors[member].seed % 1000) / 1000;

	return rng_unit(&p->rng) < fmin(g->joins * eager, 0.97);
}

int64_t
tactic_delay(struct plot *p, const struct network *n, int64_t from)
{
	double delay = (double)n->knobs.delay * pow(rng_unit(&p->rng), 1.6);

	return tactic_in_shift(p, n, from + 20 * SECOND + (int64_t)delay);
}

bool
tactic_in_period(const struct plot *p, int64_t at)
{
	return at < p->cast->start + p->cast->settings->days * (int64_t)DAY;
}

void
plot_day_of_network(struct plot *p, const struct group *g)
{
	const struct network *n = g->network;
	double mean = tactic_rate(p, g, 1 - n->knobs.filler) / g->joins;
	bool links = network_uses(n, TACTIC_LINKS);
	bool posts = network_uses(n, TACTIC_COPIES) || network_uses(n, TACTIC_RESHARES);

	for (unsigned acts = plot_count(&p->rng, mean); acts > 0; acts--) {
		if (links && (!posts || rng_below(&p->rng, 100) < SHARE_OF_LINKS))
			tactic_link(p, g);
		else
			tactic_target(p, g);
	}
	tactic_filler(p, g);
}
