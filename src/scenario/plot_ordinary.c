/* plot_ordinary.c - everybody else, and what everybody does besides. */
#include "config.h"

#include "scenario/plot_part.h"

#include "base/clock.h"

#include "scenario/tactic.h"

enum { TRIES = 4 };

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
	[ROLE_RESIDENT] = { 24, 3, 15, 12 },
	[ROLE_PASTER] = { 5, 50, 10, 8 },
	[ROLE_CONTEST] = { 30, 2, 5, 8 },
	[ROLE_SECOND] = { 24, 3, 15, 12 },
	[ROLE_SURGE] = { 30, 3, 10, 12 },
	[ROLE_CELL] = { 30, 4, 15, 10 },	/* when they play ordinary accounts */
	[ROLE_TWIN] = { 30, 4, 15, 10 },
	[ROLE_RETURN] = { 30, 4, 15, 10 },
};

/* Whose posts an account reads: partisans one side only, others mostly none. */
static enum side
reads(const struct cast *c, const struct actor *a)
{
	static const enum side taste[10] = { SIDE_NEWS, SIDE_NEWS, SIDE_NEWS, SIDE_NEWS, SIDE_NEWS,
					     SIDE_STAR, SIDE_STAR, SIDE_LEFT, SIDE_RIGHT,
					     SIDE_ASIA };
	const struct group *g = &c->groups[a->group];
	bool anything = c->world.graded && g->role != ROLE_PARTISAN && g->role != ROLE_FAN &&
			g->role != ROLE_CONTEST;

	return g->role == ROLE_ORDINARY || anything ? taste[a->seed % 10] : g->side;
}

/* An article of the last days; few are read by many. */
static void
add_link(struct plot *p, uint32_t actor, int64_t at, enum side side)
{
	struct event *e = plot_event(p, actor, at, ACT_LINK);
	double u = rng_unit(&p->rng);
	uint64_t rank = (uint64_t)(400 * u * u * u), day = p->day - rng_below(&p->rng, 3);

	e->topic = (uint8_t)plot_topics[side];
	e->text = hash_mix(hash_mix(day, rank), side);
}

/* Where nobody reshares across platforms, most see posts of their own. */
static const struct pool_post *
pick_post(struct plot *p, const struct actor *a, enum side side)
{
	const struct pool_post *post = pool_pick(&p->pools[side], &p->rng);

	for (int i = 0; i < TRIES && p->cast->world.graded && post != NULL; i++) {
		if (p->cast->actors[post->actor].platform == a->platform)
			break;
		post = pool_pick(&p->pools[side], &p->rng);
	}
	return post;
}

/* In a graded world partisans talk politics now and then. */
static enum topic
own_topic(struct plot *p, const struct actor *a, enum side side)
{
	static const enum topic own[8] = { TOPIC_DAILY, TOPIC_DAILY, TOPIC_DAILY, TOPIC_DAILY,
					   TOPIC_DAILY, TOPIC_DAILY, TOPIC_PETS, TOPIC_FASHION };
	bool partisan = p->cast->groups[a->group].role == ROLE_PARTISAN;

	if (p->cast->world.graded && rng_below(&p->rng, 100) < (partisan ? 45 : 12))
		return plot_topics[side];
	return own[rng_below(&p->rng, 8)];
}

int64_t
plot_ordinary(struct plot *p, uint32_t actor, const struct network *shift, int64_t at)
{
	const struct actor *a = &p->cast->actors[actor];
	struct habit h = habits[p->cast->groups[a->group].role];
	enum side side = reads(p->cast, a);
	const struct pool_post *post = pick_post(p, a, side);
	unsigned reshares = h.reshare, copies = reshares + h.copy, replies = copies + h.reply;
	unsigned roll;

	if (at == 0)
		at = shift != NULL ? tactic_time(p, shift)
				   : plot_time(p, plot_human_hours, a->zone);
	roll = (unsigned)rng_below(&p->rng, 100);
	if (roll < replies && post != NULL) {
		if (at < post->at)
			at = post->at + 5 * SECOND + (int64_t)rng_exponential(&p->rng, 3.0 * HOUR);
		plot_share(p, actor, at, roll < reshares ? ACT_RESHARE
			  : roll < copies ? ACT_COPY : ACT_REPLY, post);
	} else if (roll >= replies && roll < replies + h.link) {
		add_link(p, actor, at, side);
	} else {
		uint64_t text = rng_next(&p->rng);

		plot_own(p, actor, at, own_topic(p, a, side), text);
	}
	return at;
}

/* Who acted last, and when; 0: nobody today. */
struct sitting {
	uint32_t actor;
	int64_t at;
};

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

/*
 * One act of somebody, or the next of a sitting that ends with the day: most gaps between
 * posts of real people are of minutes or of days, few lie between.
 */
static void
act_or_go_on(struct plot *p, struct sitting *s)
{
	double share = p->cast->world.sittings;

	if (share > 0 && s->at > 0 && s->at < p->day_start + DAY - HOUR &&
	    rng_unit(&p->rng) < share) {
		s->at += 10 * SECOND + (int64_t)rng_exponential(&p->rng, 4.0 * MINUTE);
	} else {
		s->actor = pick_actor(p);
		s->at = 0;
	}
	s->at = plot_ordinary(p, s->actor, NULL, s->at);
}

/* Fills up to the day's share of all posts; weekends are quieter. */
void
plot_day_of_ordinary(struct plot *p)
{
	const struct scenario_settings *s = p->cast->settings;
	double weights[2] = { 0 };	/* up to this day, of all days */
	struct sitting sitting = { 0 };
	uint64_t upto;

	for (uint32_t d = 0; d < s->days; d++) {
		double w = clock_weekday(p->cast->start + d * (int64_t)DAY) < 5 ? 1 : 0.8;

		weights[0] += d <= p->day ? w : 0;
		weights[1] += w;
	}
	upto = p->day + 1 == s->days ? s->posts
				     : (uint64_t)((double)s->posts * weights[0] / weights[1]);
	while (p->produced < upto)
		act_or_go_on(p, &sitting);
}
