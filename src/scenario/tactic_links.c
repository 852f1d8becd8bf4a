/*
 * tactic_links.c - a network pushes pages of its own: a campaign's site, and
 * stories on hosts that look like an outlet's, some behind throw-away hosts that lead
 * there, some as ads. A few people fall for each. Knobs: delay, participation, reword,
 * ads, spend; LOOKALIKES, REDIRECTS, ADS.
 */
#include "config.h"

#include "scenario/tactic.h"

enum { FOOLED_MOST = 3 };

static void
push(struct plot *p, const struct network *n, uint32_t actor, int64_t at, uint64_t story)
{
	bool own = p->cast->groups[p->cast->actors[actor].group].network == n;
	bool paid = network_uses(n, TACTIC_ADS) && own && rng_unit(&p->rng) < n->ads;
	struct event *e = plot_event(p, actor, at, paid ? ACT_AD : ACT_PUSH);

	e->topic = TOPIC_NEWS;
	e->text = story;
	e->ref_actor = (uint32_t)(n - p->cast->world.networks);
}

void
tactic_link(struct plot *p, const struct group *g)
{
	const struct network *n = g->network;
	int64_t word = tactic_time(p, n), at;
	uint64_t story = rng_next(&p->rng);
	uint32_t who;

	for (uint32_t k = g->first; k < g->first + g->count; k++)
		if (tactic_joins(p, g, k, word, &at))
			push(p, n, k, at, story);
	for (uint64_t fooled = rng_below(&p->rng, FOOLED_MOST); fooled > 0; fooled--)
		if (tactic_passer_by(p, g, word, &who, &at))
			push(p, n, who, at, story);
}
