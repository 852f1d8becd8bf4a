#include "config.h"

#include "scenario/world.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/map.h"
#include "base/rng.h"

#include "scenario/script.h"

enum { MINUTE = 60000, DAY = 86400000, POSTS_PER_ACCOUNT = 25, ORGANIC_LEAST = 400,
       PLANTED_MOST = WORLD_NETWORKS * 100, FOUR_HOURS = 240 };

/* By level, from 1: between a network that does not care and one that takes pains. */
static const struct knobs levels[SCENARIO_STEALTH_MOST] = {
	{ 5 * MINUTE, .85, .30, 0, .94, .40, 1, .05, 1.5, 0, .7, .95, 2, 40, 4 },
	{ 30 * MINUTE, .60, .45, .15, .80, .25, .95, .15, 1.1, .1, .5, .9, 7, 80, 24 },
	{ 180 * MINUTE, .35, .60, .30, .65, .15, .85, .30, .8, .2, .3, .8, 30, 200, 96 },
	{ 720 * MINUTE, .18, .75, .45, .50, .08, .65, .55, .5, .3, .2, .65, 120, 600, 240 },
	{ 2160 * MINUTE, .08, .90, .60, .35, .03, .40, .85, .2, .4, .1, .5, 500, 2000, 480 },
};

/* How likely a varied network uses each, in percent. */
static const uint8_t usual[TACTIC_DRAWN] = {
	[TACTIC_HANDLES] = 85, [TACTIC_BURSTS] = 75, [TACTIC_AVATARS] = 60, [TACTIC_TWINS] = 50,
	[TACTIC_RENAMES] = 45, [TACTIC_HOURS] = 65, [TACTIC_CAMOUFLAGE] = 90,
	[TACTIC_BOTH_SIDES] = 60, [TACTIC_COPIES] = 80, [TACTIC_RESHARES] = 80,
	[TACTIC_LINKS] = 50, [TACTIC_LOOKALIKES] = 40 };

static const char *const platform_pairs[][2] = {
	{ "x", "facebook" }, { "facebook", "x" }, { "x", "instagram" }, { "threads", "facebook" },
	{ "vk", "telegram" }, { "x", "telegram" } };

/* Minutes between two zones, the shorter way round. */
static int
apart(int a, int b)
{
	int d = abs(a - b) % 1440;

	return d < 1440 - d ? d : 1440 - d;
}

/* A zone from which the claimed country's day is not the own. */
static int16_t
draw_zone(struct rng *r, const struct country *claimed)
{
	int zone;

	do
		zone = (int)rng_below(r, 24) * 60 - 660;
	while (apart(zone, claimed->zone) < FOUR_HOURS ||
	       apart(zone, claimed->zone - 60 * (claimed->zones - 1)) < FOUR_HOURS);
	return (int16_t)zone;
}

/* A fifth more or less of what the level says. */
static double
about(struct rng *r, double x, double most)
{
	return fmin(x * exp(0.4 * rng_unit(r) - 0.2), most);
}

static void
vary_knobs(struct rng *r, struct knobs *k)
{
	k->delay = (int64_t)about(r, (double)k->delay, 2160.0 * MINUTE);
	k->participation = about(r, k->participation, 0.9);
	k->filler = about(r, k->filler, 0.92);
	k->reword = about(r, k->reword, 0.6);
	k->default_handles = about(r, k->default_handles, 0.96);
	k->stock_avatars = about(r, k->stock_avatars, 0.6);
	k->discipline = about(r, k->discipline, 1);
	k->weekend = about(r, k->weekend, 1);
	k->gap = about(r, k->gap, 2);
	k->batch_days = 1 + (uint32_t)about(r, k->batch_days, 900);
}

static uint32_t
draw_tactics(struct rng *r)
{
	uint32_t bits = 0;

	for (size_t t = 0; t < TACTIC_DRAWN; t++)
		bits |= rng_below(r, 100) < usual[t] ? 1u << t : 0;
	return bits;
}

/* Something must be done together, and a look-alike is for linking to. */
static uint32_t
sound_tactics(uint32_t bits, uint32_t without)
{
	const uint32_t joint = 1u << TACTIC_COPIES | 1u << TACTIC_RESHARES | 1u << TACTIC_LINKS;

	bits &= ~without;
	if ((bits & joint) == 0)
		bits |= joint & ~without;
	if ((bits & 1u << TACTIC_LINKS) == 0)
		bits &= ~(1u << TACTIC_LOOKALIKES);
	return bits;
}

static const struct country *
draw_other(struct rng *r, const struct country *home)
{
	const struct country *c;

	do
		c = places_at(rng_below(r, places_count()));
	while (c == home);
	return c;
}

static void
draw_network(struct world *w, struct rng *r, uint32_t count)
{
	const struct scenario_settings *s = &w->settings;
	struct network *n = &w->networks[w->network_count++];

	*n = (struct network){ .knobs = levels[s->stealth - 1], .claimed = w->home, .count = count,
			       .zone = 480, .tactics = (1u << TACTIC_DRAWN) - 1, .platform = 1 };
	(void)snprintf(n->name, sizeof(n->name), "network-%zu", w->network_count);
	n->seed = rng_next(r);
	n->lean = 0.35 + 0.3 * rng_unit(r);
	n->after = draw_other(r, w->home);
	n->acts = 30 + 30 * rng_unit(r);
	n->created_at = s->start - (int64_t)((60 + 500 * rng_unit(r)) * DAY);
	if (s->vary) {
		vary_knobs(r, &n->knobs);
		n->tactics = draw_tactics(r);
		n->claimed = rng_below(r, 10) < 7 ? w->home : draw_other(r, w->home);
		n->zone = draw_zone(r, n->claimed);
		n->platform = (uint8_t)rng_below(r, 2);
	}
	n->tactics = sound_tactics(n->tactics, s->without);
	if (!network_uses(n, TACTIC_BOTH_SIDES))
		n->lean = (double)rng_below(r, 2);
	n->knobs.filler = network_uses(n, TACTIC_CAMOUFLAGE) ? n->knobs.filler : 0;
	if (network_uses(n, TACTIC_TWINS))
		n->twins = count / (5 + (uint32_t)rng_below(r, 10));
}

/* As many as it takes; all sizes from 15 to 400 are as likely as their double. */
static void
draw_networks(struct world *w, struct rng *r, uint32_t planted)
{
	while (planted >= NETWORK_LEAST && w->network_count < WORLD_NETWORKS) {
		double size = pow((double)NETWORK_MOST / NETWORK_LEAST, rng_unit(r));
		uint32_t count = (uint32_t)fmin(NETWORK_LEAST * size, planted);

		if (planted - count < NETWORK_LEAST && planted <= NETWORK_MOST)
			count = planted;
		draw_network(w, r, count);
		planted -= count;
	}
}

static void
settle(struct world *w, struct rng *r)
{
	struct scenario_settings *s = &w->settings;
	double share = s->vary ? 0.03 + 0.09 * rng_unit(r) : 0.06;

	s->organic = (uint32_t)fmax((double)s->posts / POSTS_PER_ACCOUNT, ORGANIC_LEAST);
	share = s->stealth == 0 ? 0 : s->needle ? 0.01 : share;
	s->planted = s->renamed = s->twins = 0;
	draw_networks(w, r, (uint32_t)fmin(fmax(s->organic * share, share > 0 ? NETWORK_LEAST : 0),
					   PLANTED_MOST));
	for (size_t i = 0; i < w->network_count; i++) {
		s->planted += w->networks[i].count;
		s->twins += w->networks[i].twins;
	}
}

const struct knobs *
world_knobs(int level)
{
	return &levels[level - 1];
}

void
world_init(struct world *w, const struct scenario_settings *settings)
{
	struct rng r = rng_seeded(hash_mix(settings->seed, 4));

	*w = (struct world){ .settings = *settings, .graded = settings->stealth >= 0,
			     .home = places_at(0), .platforms = { "x", "facebook" },
			     .organic_handles = 0.04, .size = 1 };
	if (settings->script != NULL)
		script_settle(settings->script, w);
	if (!w->graded || settings->script != NULL)
		return;
	if (settings->vary) {
		size_t pair = rng_below(&r, sizeof(platform_pairs) / sizeof(*platform_pairs));

		w->home = places_at(rng_below(&r, places_count()));
		w->platforms[0] = platform_pairs[pair][0];
		w->platforms[1] = platform_pairs[pair][1];
		w->organic_handles = 0.02 + 0.1 * rng_unit(&r);
	}
	w->tongue = w->home->tongue;
	settle(w, &r);
	w->size = w->settings.organic / 10000.0;
}
