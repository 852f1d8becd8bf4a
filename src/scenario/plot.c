#include "config.h"

#include "scenario/plot.h"

#include <math.h>
#include <stdlib.h>

#include "base/clock.h"

enum { SECOND = 1000, MINUTE = 60000, HOUR = 3600000, DAY = 86400000, TRIES = 12,
       SHARE_OF_TARGETS = 24, SHARE_OF_FILLER = 8, SHARE_OF_NOISE = 2 };

/* When people post, by local hour. */
static const uint8_t human_hours[24] = { 2, 1, 1, 1, 1, 2, 4, 7, 8, 8, 7, 7,
					 8, 8, 7, 7, 8, 9, 10, 11, 11, 10, 7, 4 };
/* Shift work with a lunch break. */
static const uint8_t office_hours[24] = { [9] = 8, [10] = 10, [11] = 9, [12] = 2, [13] = 4,
					  [14] = 9, [15] = 10, [16] = 9, [17] = 6, [18] = 1 };

/* What an ordinary act is, in percent; the rest are posts of one's own. */
struct habit {
	uint8_t reshare, copy, link, reply;
};

static const struct habit habits[ROLE_COUNT] = {
	[ROLE_ORDINARY] = { 24, 3, 15, 12 },
	[ROLE_PARTISAN] = { 45, 10, 13, 10 },
	[ROLE_FAN] = { 55, 0, 4, 12 },
	[ROLE_ACTIVIST] = { 25, 3, 15, 10 },
	[ROLE_NEWSROOM] = { 0, 0, 50, 0 },
};

static const enum topic side_topics[SIDE_COUNT] = { TOPIC_LEFT, TOPIC_RIGHT, TOPIC_NEWS,
						    TOPIC_ASIA, TOPIC_STAR };

static double
clamp(double x, double low, double high)
{
	return fmin(fmax(x, low), high);
}

/* Poisson with a small mean. */
static unsigned
draw_count(struct rng *r, double mean)
{
	unsigned n = 0;

	for (double t = rng_exponential(r, 1); t < mean; t += rng_exponential(r, 1))
		n++;
	return n;
}

/* A time of this day with the rhythm of the hours where zone is. */
static int64_t
draw_time(struct plot *p, const uint8_t hours[24], int zone)
{
	uint64_t hour, minute;

	do
		hour = rng_below(&p->rng, 24);
	while (rng_below(&p->rng, 11) >= hours[hour]);
	minute = (hour * 60 + rng_below(&p->rng, 60) + (uint64_t)(2880 - zone)) % 1440;
	return p->day_start + (int64_t)minute * MINUTE + (int64_t)rng_below(&p->rng, MINUTE);
}

/* Numbers as X makes them: milliseconds since November 2010, then a counter. */
static struct event *
add_event(struct plot *p, uint32_t actor, int64_t at, enum act act)
{
	struct event *e;

	GROW(p->events, p->cap, p->count + 1);
	e = &p->events[p->count++];
	*e = (struct event){ .at = at, .actor = actor, .act = (uint8_t)act };
	e->id = (uint64_t)(at - 1288834974657) << 22 | (p->produced++ & 0x3fffff);
	return e;
}

static void
add_own(struct plot *p, uint32_t actor, int64_t at, enum topic topic, uint64_t text)
{
	struct event *e = add_event(p, actor, at, ACT_POST);

	e->topic = (uint8_t)topic;
	e->text = text;
}

static void
add_share(struct plot *p, uint32_t actor, int64_t at, enum act act, const struct pool_post *post)
{
	struct event *e = add_event(p, actor, at, act);
	enum side side = p->cast->groups[p->cast->actors[post->actor].group].side;

	e->topic = (uint8_t)side_topics[side];
	e->text = post->text;
	e->ref_id = post->id;
	e->ref_actor = post->actor;
}

/* --- sources */

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

/* One by attractiveness; NULL if there is none. */
static const struct pool_post *
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

/* One that is older than `before`, all equally likely; NULL if none is found. */
static const struct pool_post *
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
	double mean = side == SIDE_STAR ? clamp(1.2 * p->scale, 0.15, 4)
					: clamp(4.5 * p->scale, 0.4, 12);
	unsigned n = draw_count(&p->rng, mean);
	struct pool *pool = &p->pools[side];

	for (unsigned i = 0; i < n; i++) {
		int64_t at = draw_time(p, human_hours, p->cast->actors[actor].zone);
		uint64_t text = rng_next(&p->rng);

		add_own(p, actor, at, side_topics[side], text);
		GROW(pool->posts, pool->cap, pool->count + 1);
		pool->posts[pool->count++] = (struct pool_post){
			.at = at, .id = p->events[p->count - 1].id, .text = text, .actor = actor,
			.weight = exp(1.6 * rng_normal(&p->rng)) };
	}
}

static void
day_of_sources(struct plot *p)
{
	for (size_t s = 0; s < SIDE_COUNT; s++)
		pool_start_day(&p->pools[s], p->day_start - 2 * (int64_t)DAY);
	for (size_t i = 0; i < p->cast->group_count; i++) {
		const struct group *g = &p->cast->groups[i];

		for (uint32_t k = 0; g->role == ROLE_SOURCE && k < g->count; k++)
			source_posts(p, g->first + k, g->side);
	}
	for (size_t s = 0; s < SIDE_COUNT; s++)
		pool_sum(&p->pools[s]);
}

/* --- the operation */

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
	int64_t word = draw_time(p, office_hours, p->cast->actors[g->first].zone), at;
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
		add_share(p, g->first + k, at,
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

		for (unsigned n = draw_count(&p->rng, filler); n > 0; n--) {
			uint64_t stock = hash_mix(group, rng_below(&p->rng, 60));

			add_own(p, actor, draw_time(p, office_hours, zone),
				stock & 1 ? TOPIC_PETS : TOPIC_FASHION, stock);
		}
		for (unsigned n = draw_count(&p->rng, noise); n > 0; n--) {
			int64_t at = draw_time(p, office_hours, zone);

			post = pool_pick_any(&p->pools[rng_below(&p->rng, 3)], &p->rng, at);
			if (post != NULL)
				add_share(p, actor, at, ACT_RESHARE, post);
		}
	}
}

static void
day_of_cells(struct plot *p)
{
	double intensity = clock_weekday(p->day_start) < 5 ? 1 : 0.06;
	int64_t silence = p->cast->wave_at - PLOT_SILENT_DAYS * (int64_t)DAY;

	for (size_t i = 0; i < p->cast->group_count; i++) {
		const struct group *g = &p->cast->groups[i];
		unsigned n;

		if (g->role != ROLE_CELL ||
		    (g->renamed && p->day_start >= silence && p->day_start <= p->cast->wave_at))
			continue;
		n = draw_count(&p->rng, fake_rate(p, SHARE_OF_TARGETS) / g->joins * intensity);
		while (n-- > 0)
			share_target(p, g, i);
		share_noise(p, g, i, intensity);
	}
}

/* The twins reshare what the last star of the list posted since yesterday. */
static void
day_of_twins(struct plot *p, const struct group *g)
{
	const struct pool *stars = &p->pools[SIDE_STAR];
	int zone = 480;

	for (size_t i = 0; i < stars->count; i++) {
		const struct pool_post *post = &stars->posts[i];
		uint32_t first = p->cast->groups[p->cast->actors[post->actor].group].first;
		int64_t word = draw_time(p, office_hours, zone);

		if (post->actor - first != words_count(WORDS_STAR) - 1 || post->at >= word ||
		    post->at < word - DAY)
			continue;
		for (uint32_t k = 0; k < g->count; k++)
			if (rng_unit(&p->rng) < g->joins)
				add_share(p, g->first + k,
					  word + (int64_t)rng_below(&p->rng, 40 * MINUTE),
					  ACT_RESHARE, post);
	}
}

/* --- open coordination */

/* Fans of star n share its posts as soon as they see them. */
static void
day_of_fans(struct plot *p, const struct group *g)
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
				add_share(p, g->first + k,
					  post->at + 20 * SECOND +
					  (int64_t)rng_exponential(&p->rng, 7 * MINUTE),
					  ACT_RESHARE, post);
	}
}

/* On action days, about twice in three weeks, everybody posts in the same forty minutes. */
static void
day_of_activists(struct plot *p, const struct group *g)
{
	int64_t word = p->day_start + 17 * (int64_t)HOUR;

	if (p->day % 10 != 3 + g->first % 4)
		return;
	for (uint32_t k = 0; k < g->count; k++) {
		struct event *e;

		if (rng_unit(&p->rng) >= g->joins)
			continue;
		e = add_event(p, g->first + k, word + (int64_t)rng_below(&p->rng, 40 * MINUTE),
			      ACT_ACTION);
		e->topic = TOPIC_ACTION;
		e->text = rng_next(&p->rng);
	}
}

static void
day_of_newsrooms(struct plot *p, const struct group *g)
{
	unsigned stories = draw_count(&p->rng, clamp(1.2 * p->scale, 0.2, 4));

	for (; stories > 0; stories--) {
		int64_t word = draw_time(p, human_hours, -300);
		uint64_t story = rng_next(&p->rng);

		for (uint32_t k = 0; k < g->count; k++) {
			struct event *e;

			if (rng_unit(&p->rng) >= g->joins)
				continue;
			e = add_event(p, g->first + k,
				      word + (int64_t)rng_below(&p->rng, 25 * MINUTE), ACT_WIRE);
			e->topic = TOPIC_WIRE;
			e->text = story;
		}
	}
}

static void
day_of_groups(struct plot *p)
{
	static void (*const days[ROLE_COUNT])(struct plot *, const struct group *) = {
		[ROLE_FAN] = day_of_fans, [ROLE_ACTIVIST] = day_of_activists,
		[ROLE_NEWSROOM] = day_of_newsrooms, [ROLE_TWIN] = day_of_twins };

	for (size_t i = 0; i < p->cast->group_count; i++)
		if (days[p->cast->groups[i].role] != NULL)
			days[p->cast->groups[i].role](p, &p->cast->groups[i]);
}

/* --- everybody else */

/* Whose posts an account reads: partisans one side only, others mostly none. */
static enum side
reads(const struct cast *c, const struct actor *a)
{
	static const enum side taste[10] = { SIDE_NEWS, SIDE_NEWS, SIDE_NEWS, SIDE_NEWS, SIDE_NEWS,
					     SIDE_STAR, SIDE_STAR, SIDE_LEFT, SIDE_RIGHT,
					     SIDE_ASIA };
	const struct group *g = &c->groups[a->group];

	return g->role == ROLE_ORDINARY ? taste[a->seed % 10] : g->side;
}

/* An article of the last days; few are read by many. */
static void
add_link(struct plot *p, uint32_t actor, int64_t at, enum side side)
{
	struct event *e = add_event(p, actor, at, ACT_LINK);
	double u = rng_unit(&p->rng);
	uint64_t rank = (uint64_t)(400 * u * u * u), day = p->day - rng_below(&p->rng, 3);

	e->topic = (uint8_t)side_topics[side];
	e->text = hash_mix(hash_mix(day, rank), side);
}

static void
add_ordinary(struct plot *p, uint32_t actor)
{
	const struct actor *a = &p->cast->actors[actor];
	struct habit h = habits[p->cast->groups[a->group].role];
	enum side side = reads(p->cast, a);
	const struct pool_post *post = pool_pick(&p->pools[side], &p->rng);
	int64_t at = draw_time(p, human_hours, a->zone);
	unsigned roll = (unsigned)rng_below(&p->rng, 100);
	unsigned reshares = h.reshare, copies = reshares + h.copy, replies = copies + h.reply;

	if (roll < replies && post != NULL) {
		if (at < post->at)
			at = post->at + 5 * SECOND + (int64_t)rng_exponential(&p->rng, 3.0 * HOUR);
		add_share(p, actor, at, roll < reshares ? ACT_RESHARE
			  : roll < copies ? ACT_COPY : ACT_REPLY, post);
	} else if (roll >= replies && roll < replies + h.link) {
		add_link(p, actor, at, side);
	} else {
		static const enum topic own[8] = { TOPIC_DAILY, TOPIC_DAILY, TOPIC_DAILY,
						   TOPIC_DAILY, TOPIC_DAILY, TOPIC_DAILY,
						   TOPIC_PETS, TOPIC_FASHION };

		add_own(p, actor, at, own[rng_below(&p->rng, 8)], rng_next(&p->rng));
	}
}

/* By activity. */
static uint32_t
pick_actor(struct plot *p)
{
	size_t low = 0, high = p->cast->actor_count - 1;
	double x = rng_unit(&p->rng) * p->activity[high];

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (p->activity[mid] > x)
			high = mid;
		else
			low = mid + 1;
	}
	return (uint32_t)low;
}

/* Fills up to the day's share of all posts; weekends are quieter. */
static void
day_of_ordinary(struct plot *p)
{
	const struct scenario_settings *s = p->cast->settings;
	double weights[2] = { 0 };	/* up to this day, of all days */
	uint64_t upto;

	for (uint32_t d = 0; d < s->days; d++) {
		double w = clock_weekday(p->cast->start + d * (int64_t)DAY) < 5 ? 1 : 0.8;

		weights[0] += d <= p->day ? w : 0;
		weights[1] += w;
	}
	upto = p->day + 1 == s->days ? s->posts
				     : (uint64_t)((double)s->posts * weights[0] / weights[1]);
	while (p->produced < upto)
		add_ordinary(p, pick_actor(p));
}

static int
event_cmp(const void *pa, const void *pb)
{
	const struct event *a = pa, *b = pb;

	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	return (a->id > b->id) - (a->id < b->id);
}

void
plot_init(struct plot *p, const struct cast *cast)
{
	size_t caps[2] = { 0 };
	double sum = 0;

	*p = (struct plot){ .cast = cast, .rng = rng_seeded(hash_mix(cast->settings->seed, 2)),
			    .scale = (double)cast->settings->posts / 250000 };
	p->day = UINT32_MAX;	/* before the first */
	GROW(p->activity, caps[0], cast->actor_count);
	GROW(p->targets, caps[1], cast->group_count);
	memset(p->targets, 0, cast->group_count * sizeof(*p->targets));
	for (size_t i = 0; i < cast->actor_count; i++) {
		enum role role = cast->groups[cast->actors[i].group].role;
		bool idle = role == ROLE_SOURCE || role == ROLE_CELL || role == ROLE_TWIN;

		p->activity[i] = sum += idle ? 0 : cast->actors[i].activity;
	}
}

void
plot_done(struct plot *p)
{
	for (size_t s = 0; s < SIDE_COUNT; s++)
		free(p->pools[s].posts);
	free(p->events);
	free(p->activity);
	free(p->targets);
}

/* Drops the events of the days before, which were handed out. */
static void
forget(struct plot *p)
{
	size_t kept = 0;

	for (size_t i = 0; i < p->count; i++)
		if (p->events[i].at >= p->day_start)
			p->events[kept++] = p->events[i];
	p->count = kept;
}

bool
plot_next(struct plot *p, size_t *ready)
{
	int64_t end;

	p->day++;
	if (p->day >= p->cast->settings->days)
		return false;
	p->day_start = p->cast->start + p->day * (int64_t)DAY;
	end = p->day_start + DAY;
	forget(p);
	day_of_sources(p);
	if (p->cast->settings->planted > 0)
		day_of_cells(p);
	day_of_groups(p);
	day_of_ordinary(p);
	qsort(p->events, p->count, sizeof(*p->events), event_cmp);
	*ready = p->count;
	while (p->day + 1 < p->cast->settings->days && *ready > 0 &&
	       p->events[*ready - 1].at >= end)
		(*ready)--;
	return true;
}
