/* plot_open.c - those who act together and say so: fans, activists, newsrooms. */
#include "config.h"

#include "scenario/plot_part.h"

/* Fans of star n share its posts as soon as they see them. */
void
plot_day_of_fans(struct plot *p, const struct group *g)
{
	const struct pool *stars = &p->pools[SIDE_STAR];
	uint32_t star = (uint32_t)(g->name[strlen(g->name) - 1] - '1');

	for (size_t i = 0; i < stars->count; i++) {
		const struct pool_post *post = &stars->posts[i];
		uint32_t first = p->cast->groups[p->cast->actors[post->actor].group].first;

		if (post->at < p->day_start || post->actor - first != star)
			continue;
		for (uint32_t k = 0; k < g->count; k++)
			if (rng_unit(&p->rng) < g->joins)
				plot_share(p, g->first + k,
					  post->at + 20 * SECOND +
					  (int64_t)rng_exponential(&p->rng, 7 * MINUTE),
					  ACT_RESHARE, post);
	}
}

/* On action days, about twice in three weeks, everybody posts in the same forty minutes. */
void
plot_day_of_activists(struct plot *p, const struct group *g)
{
	int64_t word = p->day_start + 17 * (int64_t)HOUR;

	if (p->day % 10 != 3 + g->first % 4)
		return;
	for (uint32_t k = 0; k < g->count; k++) {
		struct event *e;

		if (rng_unit(&p->rng) >= g->joins)
			continue;
		e = plot_event(p, g->first + k, word + (int64_t)rng_below(&p->rng, 40 * MINUTE),
			      ACT_ACTION);
		e->topic = TOPIC_ACTION;
		e->text = rng_next(&p->rng);
	}
}

void
plot_day_of_newsrooms(struct plot *p, const struct group *g)
{
	unsigned stories = plot_count(&p->rng, plot_clamp(1.2 * p->scale, 0.2, 4));

	for (; stories > 0; stories--) {
		int64_t word = plot_time(p, plot_human_hours, -300);
		uint64_t story = rng_next(&p->rng);

		for (uint32_t k = 0; k < g->count; k++) {
			struct event *e;

			if (rng_unit(&p->rng) >= g->joins)
				continue;
			e = plot_event(p, g->first + k,
				      word + (int64_t)rng_below(&p->rng, 25 * MINUTE), ACT_WIRE);
			e->topic = TOPIC_WIRE;
			e->text = story;
		}
	}
}
