/*
 * plot_trap.c - innocents who look alike without a common aim: contest hunters,
 * people who post on two platforms at once, bots that keep the minute; and the
 * spam ring, which is coordinated and none of this program's business.
 */
#include "config.h"

#include "scenario/plot_part.h"

enum { BOT_POSTS = 3, CROSS_POSTS = 20, BRANDS_OF_A_GROUP = 4, BURSTS_PERCENT = 30 };

/* Every contest of its brands, whenever the member comes by. */
void
plot_day_of_contest(struct plot *p, const struct group *g)
{
	const struct pool *brands = &p->pools[SIDE_BRAND];
	uint32_t number = (uint32_t)(g->name[strlen(g->name) - 1] - '1');

	for (size_t i = 0; i < brands->count; i++) {
		const struct pool_post *post = &brands->posts[i];
		uint32_t first = p->cast->groups[p->cast->actors[post->actor].group].first;

		if (post->at < p->day_start ||
		    (post->actor - first) / BRANDS_OF_A_GROUP != number % 2)
			continue;
		for (uint32_t k = g->first; k < g->first + g->count; k++)
			if (rng_unit(&p->rng) < g->joins)
				plot_share(p, k, post->at + MINUTE +
					   (int64_t)rng_exponential(&p->rng, 3.0 * HOUR),
					   ACT_RESHARE, post);
	}
}

/* A tool posts to both of their accounts. */
void
plot_day_of_seconds(struct plot *p, const struct group *g)
{
	for (uint32_t k = g->first; k < g->first + g->count; k++) {
		const struct actor *a = &p->cast->actors[k];
		uint64_t text = rng_next(&p->rng);
		int64_t at;

		if (rng_below(&p->rng, 100) >= CROSS_POSTS)
			continue;
		at = plot_time(p, plot_human_hours, a->zone);
		plot_own(p, a->persona, at, TOPIC_DAILY, text);
		plot_own(p, k, at + (int64_t)rng_below(&p->rng, 90 * SECOND), TOPIC_DAILY, text);
	}
}

/* All of a family at their own minute of the same hours. */
void
plot_day_of_bots(struct plot *p, const struct group *g)
{
	for (uint32_t k = g->first; k < g->first + g->count; k++)
		for (int hour = 0; hour < BOT_POSTS; hour++) {
			int64_t minute = (6 + 6 * hour) * 60 + (int)(p->cast->actors[k].seed % 20);
			struct event *e = plot_event(p, k, p->day_start + minute * MINUTE +
						     (int64_t)rng_below(&p->rng, SECOND), ACT_BOT);

			e->topic = TOPIC_BOT;
			e->text = hash_mix(g->first, p->day * BOT_POSTS + (uint64_t)hour);
		}
}

void
plot_day_of_spam(struct plot *p, const struct group *g)
{
	int64_t word = plot_time(p, plot_human_hours, 0);
	uint64_t text = rng_next(&p->rng);

	if (rng_below(&p->rng, 100) >= BURSTS_PERCENT)
		return;
	for (uint32_t k = g->first; k < g->first + g->count; k++) {
		struct event *e;

		if (rng_unit(&p->rng) >= g->joins)
			continue;
		e = plot_event(p, k, word + (int64_t)rng_below(&p->rng, 10 * MINUTE), ACT_SPAM);
		e->topic = TOPIC_SPAM;
		e->text = text;
	}
}
