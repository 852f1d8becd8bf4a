/*
 * tactic_petitions.c - a network calls for signatures on petitions of both sides, at sites
 * where everybody has petitions; ordinary people share these and others of the same
 * sites, so that neither the site nor the petition tells on its own. Knobs: delay,
 * participation, reword, lean, petitions.
 */
#include "config.h"

#include "scenario/tactic.h"

enum { SIGNERS_MOST = 7, OTHER_PERCENT = 60 };

static void
call(struct plot *p, const struct network *n, uint32_t actor, int64_t at, uint64_t petition)
{
	struct event *e = plot_event(p, actor, at, ACT_PETITION);

	e->topic = (uint8_t)(petition & 1 ? TOPIC_LEFT : TOPIC_RIGHT);
	e->text = petition;
	e->ref_actor = (uint32_t)(n - p->cast->world.networks);
}

/* The side is the last bit. */
static uint64_t
draw_petition(struct plot *p, const struct network *n)
{
	uint64_t number = rng_below(&p->rng, n->petitions);

	return (hash_mix(n->seed, 900 + number) & ~1ull) | (rng_unit(&p->rng) < n->lean);
}

void
tactic_petition(struct plot *p, const struct group *g)
{
	const struct network *n = g->network;
	uint64_t petition = draw_petition(p, n);
	int64_t word = tactic_time(p, n), at;
	uint32_t who;

	for (uint32_t k = g->first; k < g->first + g->count; k++)
		if (tactic_joins(p, g, k, word, &at))
			call(p, n, k, at, petition);
	for (uint64_t signers = rng_below(&p->rng, SIGNERS_MOST); signers > 0; signers--) {
		bool other = rng_below(&p->rng, 100) < OTHER_PERCENT;

		if (tactic_passer_by(p, g, word, &who, &at))
			call(p, n, who, at, other ? rng_next(&p->rng) : petition);
	}
}
