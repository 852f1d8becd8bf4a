/*
 * tactic_replies.c - a network answers one post all at once, out of few talking points.
 * Knobs: delay, participation, popular, reword, talking-points.
 */
#include "config.h"

#include "scenario/tactic.h"

static void
answer(struct plot *p, const struct network *n, uint32_t actor, int64_t at,
       const struct pool_post *post)
{
	uint64_t point = rng_below(&p->rng, n->talking_points);

	plot_share(p, actor, at, ACT_SWARM, post);
	p->events[p->count - 1].text = hash_mix(n->seed, 500 + point);
}

void
tactic_reply(struct plot *p, const struct group *g)
{
	const struct network *n = g->network;
	const struct pool_post *post = tactic_pick(p, g, true);
	int64_t at;

	if (post == NULL)
		return;
	for (uint32_t k = g->first; k < g->first + g->count; k++)
		if (tactic_joins(p, g, k, post->at, &at))
			answer(p, n, k, at, post);
}
