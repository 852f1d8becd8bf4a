/* tactic_twins.c - accounts on a second platform that look like others and reshare one star. */
#include "config.h"

#include "scenario/plot_part.h"
#include "scenario/tactic.h"

/*
 * The twins reshare what one star posted since yesterday; those of a graded
 * world lead a life besides, as camouflage.
 */
void
plot_day_of_twins(struct plot *p, const struct group *g)
{
	const struct pool *stars = &p->pools[SIDE_STAR];
	int zone = g->network != NULL ? g->network->zone : 480;
	size_t star = g->network != NULL ? g->network->seed % words_count(WORDS_STAR)
					 : words_count(WORDS_STAR) - 1;

	for (size_t i = 0; i < stars->count; i++) {
		const struct pool_post *post = &stars->posts[i];
		uint32_t first = p->cast->groups[p->cast->actors[post->actor].group].first;
		int64_t word = plot_time(p, plot_office_hours, zone);

		if (post->actor - first != star || post->at >= word ||
		    post->at < word - DAY)
			continue;
		for (uint32_t k = 0; k < g->count; k++)
			if (rng_unit(&p->rng) < g->joins)
				plot_share(p, g->first + k,
					  word + (int64_t)rng_below(&p->rng, 40 * MINUTE),
					  ACT_RESHARE, post);
	}	if (g->network != NULL)
		tactic_filler(p, g);
}
