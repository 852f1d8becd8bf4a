/* plot_source.c - what is there to be shared: posts of politicians, outlets, stars and brands. */
#include "config.h"

#include "scenario/plot_part.h"

#include <math.h>

enum { TRIES = 12, KEPT_DAYS = 2 };

static void
pool_start_day(struct pool *pool, int64_t oldest)
{
	size_t kept = 0;

	for (size_t i = 0; i < pool->count; i++)
		if (pool->posts[i].at >= oldest)
			pool->posts[kept++] = pool->posts[i];
	pool->count = kept;
}

static void
pool_sum(struct pool *pool)
{
	double sum = 0;

	for (size_t i = 0; i < pool->count; i++)
		pool->posts[i].upto = sum += pool->posts[i].weight;
}

const struct pool_post *
pool_pick(const struct pool *pool, struct rng *r)
{
	size_t low = 0, high = pool->count;
	double x;

	if (pool->count == 0)
		return NULL;
	x = rng_unit(r) * pool->posts[pool->count - 1].upto;
	while (low + 1 < high) {
		size_t mid = (low + high) / 2;

		if (pool->posts[mid - 1].upto <= x)
			low = mid;
		else
			high = mid;
	}
	return &pool->posts[low];
}

const struct pool_post *
pool_pick_any(const struct pool *pool, struct rng *r, int64_t before)
{
	for (int i = 0; i < TRIES && pool->count > 0; i++) {
		const struct pool_post *post = &pool->posts[rng_below(r, pool->count)];

		if (post->at < before)
			return post;
	}
	return NULL;
}

static void
source_posts(struct plot *p, uint32_t actor, enum side side)
{
	double mean = side == SIDE_STAR ? plot_clamp(1.2 * p->scale, 0.15, 4)
					: plot_clamp(4.5 * p->scale, 0.4, 12);
	unsigned n = plot_count(&p->rng, mean);
	struct pool *pool = &p->pools[side];

	for (unsigned i = 0; i < n; i++) {
		int64_t at = plot_time(p, plot_human_hours, p->cast->actors[actor].zone);
		uint64_t text = rng_next(&p->rng);

		plot_own(p, actor, at, plot_topics[side], text);
		GROW(pool->posts, pool->cap, pool->count + 1);
		pool->posts[pool->count++] = (struct pool_post){
			.at = at, .id = p->events[p->count - 1].id, .text = text, .actor = actor,
			.weight = exp(1.6 * rng_normal(&p->rng)) };
	}
}

void
plot_day_of_sources(struct plot *p)
{
	for (size_t s = 0; s < SIDE_COUNT; s++)
		pool_start_day(&p->pools[s], p->day_start - KEPT_DAYS * (int64_t)DAY);
	for (size_t i = 0; i < p->cast->group_count; i++) {
		const struct group *g = &p->cast->groups[i];

		for (uint32_t k = 0; g->role == ROLE_SOURCE && k < g->count; k++)
			source_posts(p, g->first + k, g->side);
	}
	for (size_t s = 0; s < SIDE_COUNT; s++)
		pool_sum(&p->pools[s]);
}
