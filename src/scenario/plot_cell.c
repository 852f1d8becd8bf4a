/*
 * plot_cell.c - the cells of the demo's world. Graded worlds have networks
 * instead (tactic_*.c), of which every knob can be turned.
 */
#include "config.h"

#include "scenario/plot_part.h"

#include <math.h>

#include "base/clock.h"

enum { SHARE_OF_TARGETS = 24, SHARE_OF_FILLER = 8, SHARE_OF_NOISE = 2 };

/* Mean acts of one fake account on one working day, for a share of all posts in percent. */
static double
fake_rate(const struct plot *p, unsigned percent)
{
	const struct scenario_settings *s = p->cast->settings;
	double workdays = s->days * 5 / 7.0;
	double each = (double)s->posts * percent / 100 / s->planted;

	return fmin(each / workdays, 1);
}

/* Both sides from the start, then as the cell leans: 35 to 65 percent. */
static enum side
target_side(struct plot *p, const struct group *g, size_t group)
{
	double lean = 0.35 + 0.3 * (double)(hash_mix(group, p->cast->settings->seed) % 1000) / 1000;

	if (g->renamed && p->day_start > p->cast->wave_at && rng_below(&p->rng, 100) < 85)
		return SIDE_ASIA;
	if (p->targets[group] < 2)
		return p->targets[group] == 0 ? SIDE_LEFT : SIDE_RIGHT;
	return rng_unit(&p->rng) < lean ? SIDE_LEFT : SIDE_RIGHT;
}

/* A cell shares one post: some of its members, 1 to 20 minutes after the word is given. */
static void
share_target(struct plot *p, const struct group *g, size_t group)
{
	int64_t word = plot_time(p, plot_office_hours, p->cast->actors[g->first].zone), at;
	const struct pool_post *post = pool_pick_any(&p->pools[target_side(p, g, group)], &p->rng,
						     word);
	if (post == NULL)
		return;
	p->targets[group]++;
	for (uint32_t k = 0; k < g->count; k++) {
		uint64_t seed = p->cast->actors[g->first + k].seed;
		double eager = 0.6 + 0.8 * (double)(seed % 1000) / 1000;

		if (rng_unit(&p->rng) >= g->joins * eager)
			continue;
		at = word + MINUTE + (int64_t)(19 * MINUTE * pow(rng_unit(&p->rng), 1.6));
		plot_share(p, g->first + k, at,
			  rng_below(&p->rng, 100) < 55 ? ACT_RESHARE : ACT_COPY, post);
	}
}

/* Camouflage out of the cell's own stock, and shares of one's own choice. */
static void
share_noise(struct plot *p, const struct group *g, size_t group, double intensity)
{
	double filler = fake_rate(p, SHARE_OF_FILLER) * intensity;
	double noise = fake_rate(p, SHARE_OF_NOISE) * intensity;
	const struct pool_post *post;

	for (uint32_t actor = g->first; actor < g->first + g->count; actor++) {
		int zone = p->cast->actors[actor].zone;

		for (unsigned n = plot_count(&p->rng, filler); n > 0; n--) {
			uint64_t stock = hash_mix(group, rng_below(&p->rng, 60));

			plot_own(p, actor, plot_time(p, plot_office_hours, zone),
				stock & 1 ? TOPIC_PETS : TOPIC_FASHION, stock);
		}
		for (unsigned n = plot_count(&p->rng, noise); n > 0; n--) {
			int64_t at = plot_time(p, plot_office_hours, zone);

			post = pool_pick_any(&p->pools[rng_below(&p->rng, 3)], &p->rng, at);
			if (post != NULL)
				plot_share(p, actor, at, ACT_RESHARE, post);
		}
	}
}

void
plot_day_of_cells(struct plot *p)
{
	double intensity = clock_weekday(p->day_start) < 5 ? 1 : 0.06;
	int64_t silence = p->cast->wave_at - PLOT_SILENT_DAYS * (int64_t)DAY;

	for (size_t i = 0; i < p->cast->group_count; i++) {
		const struct group *g = &p->cast->groups[i];
		unsigned n;

		if (g->role != ROLE_CELL ||
		    (g->renamed && p->day_start >= silence && p->day_start <= p->cast->wave_at))
			continue;
		n = plot_count(&p->rng, fake_rate(p, SHARE_OF_TARGETS) / g->joins * intensity);
		while (n-- > 0)
			share_target(p, g, i);
		share_noise(p, g, i, intensity);
	}
}
