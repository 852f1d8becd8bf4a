/* plot_network.c - a day of a network: when it works, and how much of each tactic. */
#include "config.h"

#include "scenario/plot_part.h"

#include <math.h>

#include "base/clock.h"

#include "scenario/tactic.h"

enum { SHIFT_FROM = 9, SHIFT_TO = 18, SHARE_OF_LINKS = 25, SHARE_OF_PETITIONS = 40,
       SHARE_OF_REPLIES = 35, RETURN_DAYS = 5 };

static int64_t
takedown_of(const struct plot *p, const struct group *g)
{
	return p->cast->start + g->network->takedown * (int64_t)DAY;
}

/* Removed, or not yet back. */
static bool
is_away(const struct plot *p, const struct group *g)
{
	if (!network_uses(g->network, TACTIC_RETURNS) || g->role == ROLE_TWIN)
		return false;
	if (g->role == ROLE_RETURN)
		return p->day_start < takedown_of(p, g) + RETURN_DAYS * (int64_t)DAY;
	return p->day_start >= takedown_of(p, g);
}

static bool
is_silent(const struct plot *p, const struct group *g)
{
	if (is_away(p, g))
		return true;
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
tactic_in_period(const struct plot *p, const struct group *g, int64_t at)
{
	if (network_uses(g->network, TACTIC_RETURNS) && g->role == ROLE_CELL &&
	    at >= takedown_of(p, g))
		return false;
	return at < p->cast->start + p->cast->settings->days * (int64_t)DAY;
}

bool
tactic_joins(struct plot *p, const struct group *g, uint32_t member, int64_t from, int64_t *at)
{
	double eager = 0.6 + 0.8 * (double)(p->cast->actors[member].seed % 1000) / 1000, delay;

	if (rng_unit(&p->rng) >= fmin(g->joins * eager, 0.97))
		return false;
	delay = (double)g->network->knobs.delay * pow(rng_unit(&p->rng), 1.6);
	*at = tactic_in_shift(p, g->network, from + 20 * SECOND + (int64_t)delay);
	return tactic_in_period(p, g, *at);
}

bool
tactic_passer_by(struct plot *p, const struct group *g, int64_t after, uint32_t *who, int64_t *at)
{
	const struct group *ordinary = &p->cast->groups[0];

	*who = ordinary->first + (uint32_t)rng_below(&p->rng, ordinary->count);
	*at = after + HOUR + (int64_t)rng_exponential(&p->rng, 12.0 * HOUR);
	return tactic_in_period(p, g, *at);
}

/* Chance decides among what it does together, as far as there is a choice. */
static void
act_together(struct plot *p, const struct group *g)
{
	const struct network *n = g->network;
	bool links = network_uses(n, TACTIC_LINKS), replies = network_uses(n, TACTIC_REPLIES);
	bool posts = network_uses(n, TACTIC_COPIES) || network_uses(n, TACTIC_RESHARES);
	bool other = links || posts;

	if (network_uses(n, TACTIC_PETITIONS) &&
	    (!(other || replies) || rng_below(&p->rng, 100) < SHARE_OF_PETITIONS))
		tactic_petition(p, g);
	else if (replies && (!other || rng_below(&p->rng, 100) < SHARE_OF_REPLIES))
		tactic_reply(p, g);
	else if (links && (!posts || rng_below(&p->rng, 100) < SHARE_OF_LINKS))
		tactic_link(p, g);
	else
		tactic_target(p, g);
}

void
plot_day_of_network(struct plot *p, const struct group *g)
{
	const struct network *n = g->network;
	double mean = tactic_rate(p, g, 1 - n->knobs.filler) / g->joins;

	for (unsigned acts = plot_count(&p->rng, mean); acts > 0; acts--)
		act_together(p, g);
	tactic_filler(p, g);
}
