#include "config.h"

#include "scenario/plot_part.h"

#include <math.h>
#include <stdlib.h>

/* When people post, by local hour. */
const uint8_t plot_human_hours[24] = { 2, 1, 1, 1, 1, 2, 4, 7, 8, 8, 7, 7,
					 8, 8, 7, 7, 8, 9, 10, 11, 11, 10, 7, 4 };
/* Shift work with a lunch break. */
const uint8_t plot_office_hours[24] = { [9] = 8, [10] = 10, [11] = 9, [12] = 2, [13] = 4,
					  [14] = 9, [15] = 10, [16] = 9, [17] = 6, [18] = 1 };

const enum topic plot_topics[SIDE_COUNT] = { TOPIC_LEFT, TOPIC_RIGHT, TOPIC_NEWS,
						    TOPIC_ASIA, TOPIC_STAR, TOPIC_CONTEST };

double
plot_clamp(double x, double low, double high)
{
	return fmin(fmax(x, low), high);
}

unsigned
plot_count(struct rng *r, double mean)
{
	unsigned n = 0;

	for (double t = rng_exponential(r, 1); t < mean; t += rng_exponential(r, 1))
		n++;
	return n;
}

int64_t
plot_time(struct plot *p, const uint8_t hours[24], int zone)
{
	uint64_t hour, minute;

	do
		hour = rng_below(&p->rng, 24);
	while (rng_below(&p->rng, 11) >= hours[hour]);
	minute = (hour * 60 + rng_below(&p->rng, 60) + (uint64_t)(2880 - zone)) % 1440;
	return p->day_start + (int64_t)minute * MINUTE + (int64_t)rng_below(&p->rng, MINUTE);
}

/* Numbers as X makes them: milliseconds since November 2010, then a counter. */
struct event *
plot_event(struct plot *p, uint32_t actor, int64_t at, enum act act)
{
	struct event *e;

	GROW(p->events, p->cap, p->count + 1);
	e = &p->events[p->count++];
	*e = (struct event){ .at = at, .actor = actor, .act = (uint8_t)act };
	e->id = (uint64_t)(at - 1288834974657) << 22 | (p->produced++ & 0x3fffff);
	return e;
}

void
plot_own(struct plot *p, uint32_t actor, int64_t at, enum topic topic, uint64_t text)
{
	struct event *e = plot_event(p, actor, at, ACT_POST);

	e->topic = (uint8_t)topic;
	e->text = text;
}

void
plot_share(struct plot *p, uint32_t actor, int64_t at, enum act act, const struct pool_post *post)
{
	const struct actor *author = &p->cast->actors[post->actor];
	enum side side = p->cast->groups[author->group].side;
	struct event *e;

	if (p->cast->world.graded && act != ACT_COPY &&
	    author->platform != p->cast->actors[actor].platform)
		return;
	e = plot_event(p, actor, at, act);
	e->topic = (uint8_t)plot_topics[side];
	e->text = post->text;
	e->ref_id = post->id;
	e->ref_actor = post->actor;
}

static void
day_of_groups(struct plot *p)
{
	static void (*const days[ROLE_COUNT])(struct plot *, const struct group *) = {
		[ROLE_FAN] = plot_day_of_fans, [ROLE_ACTIVIST] = plot_day_of_activists,
		[ROLE_NEWSROOM] = plot_day_of_newsrooms, [ROLE_TWIN] = plot_day_of_twins,
		[ROLE_CELL] = plot_day_of_network, [ROLE_RETURN] = plot_day_of_network,
		[ROLE_CONTEST] = plot_day_of_contest,
		[ROLE_SECOND] = plot_day_of_seconds, [ROLE_BOT] = plot_day_of_bots,
		[ROLE_SPAM] = plot_day_of_spam };

	for (size_t i = 0; i < p->cast->group_count; i++) {
		const struct group *g = &p->cast->groups[i];
		bool demo = g->role == ROLE_CELL && g->network == NULL;

		if (days[g->role] != NULL && !demo)
			days[g->role](p, g);
	}
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
		bool idle = role == ROLE_SOURCE || role_is_planted(role) || role == ROLE_BOT ||
			    role == ROLE_SPAM;

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
	plot_day_of_sources(p);
	if (p->cast->settings->planted > 0 && !p->cast->world.graded)
		plot_day_of_cells(p);
	day_of_groups(p);
	plot_day_of_ordinary(p);
	qsort(p->events, p->count, sizeof(*p->events), event_cmp);
	*ready = p->count;
	while (p->day + 1 < p->cast->settings->days && *ready > 0 &&
	       p->events[*ready - 1].at >= end)
		(*ready)--;
	return true;
}
