/*
 * tactic_targets.c - a network spreads the posts of others: as reshares where
 * its platform has them, as copies of the text where it does not or where it
 * prefers so. Knobs: delay, participation, popular, linked, reword, lean.
 */
#include "config.h"

#include "scenario/tactic.h"

enum { TRIES = 16, AFTER_WAVE = 85 };

static enum side
draw_side(struct plot *p, const struct group *g)
{
	if (g->renamed && p->day_start > g->wave_at && rng_below(&p->rng, 100) < AFTER_WAVE)
		return SIDE_ASIA;
	return rng_unit(&p->rng) < g->network->lean ? SIDE_LEFT : SIDE_RIGHT;
}

/* Written while the network is at work. */
const struct pool_post *
tactic_pick(struct plot *p, const struct group *g, bool own)
{
	const struct network *n = g->network;
	const struct pool *pool = &p->pools[draw_side(p, g)];

	for (int i = 0; i < TRIES && pool->count > 0; i++) {
		bool popular = rng_unit(&p->rng) < n->knobs.popular;
		const struct pool_post *any = &pool->posts[rng_below(&p->rng, pool->count)];
		const struct pool_post *post = popular ? pool_pick(pool, &p->rng) : any;
		bool on_platform = p->cast->actors[post->actor].platform == n->platform;

		if (post->at >= p->day_start && (on_platform || !own) &&
		    tactic_in_shift(p, n, post->at) == post->at)
			return post;
	}
	return NULL;
}

void
tactic_target(struct plot *p, const struct group *g)
{
	const struct network *n = g->network;
	const struct pool_post *post = tactic_pick(p, g, !network_uses(n, TACTIC_COPIES));
	bool copies = network_uses(n, TACTIC_COPIES), reshares = network_uses(n, TACTIC_RESHARES);
	int64_t at;

	if (post == NULL)
		return;
	reshares &= p->cast->actors[post->actor].platform == n->platform;
	for (uint32_t k = g->first; k < g->first + g->count; k++)
		if (tactic_joins(p, g, k, post->at, &at))
			plot_share(p, k, at, reshares && (!copies || rng_below(&p->rng, 2) == 0)
				   ? ACT_RESHARE : ACT_COPY, post);
}
