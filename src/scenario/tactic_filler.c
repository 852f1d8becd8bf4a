/*
 * tactic_filler.c - camouflage: harmless posts out of a stock that the network
 * shares, and what an ordinary account does. Knobs: filler, stock, reword.
 */
#include "config.h"

#include "scenario/tactic.h"

enum { SHARE_OF_STOCK = 55 };

static void
stock_post(struct plot *p, const struct network *n, uint32_t actor)
{
	static const enum topic topics[3] = { TOPIC_PETS, TOPIC_FASHION, TOPIC_DAILY };
	uint64_t stock = hash_mix(n->seed, 1000 + rng_below(&p->rng, n->knobs.stock));

	plot_own(p, actor, tactic_time(p, n), topics[stock % 3], stock);
}

/* Who is removed today says nothing tomorrow. */
static void
ordinary_act(struct plot *p, const struct group *g, uint32_t actor)
{
	size_t before = p->count;

	(void)plot_ordinary(p, actor, g->network, 0);
	if (p->count > before && network_uses(g->network, TACTIC_RETURNS) &&
	    !tactic_in_period(p, g, p->events[before].at)) {
		p->count--;
		p->produced--;
	}
}

void
tactic_filler(struct plot *p, const struct group *g)
{
	const struct network *n = g->network;
	double mean = tactic_rate(p, g, n->knobs.filler);

	for (uint32_t actor = g->first; actor < g->first + g->count; actor++)
		for (unsigned acts = plot_count(&p->rng, mean); acts > 0; acts--) {
			if (rng_below(&p->rng, 100) < SHARE_OF_STOCK)
				stock_post(p, n, actor);
			else
				ordinary_act(p, g, actor);
		}
}
