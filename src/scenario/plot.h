/*
 * plot.h - what happens in the training world, day by day.
 *
 * One day is made at a time and handed out in order of time, so that memory
 * depends on the busiest day and not on the period. Coordinated acts come
 * first; ordinary accounts then fill the day up to its share of the total.
 */
#ifndef SCENARIO_PLOT_H
#define SCENARIO_PLOT_H

#include "scenario/cast.h"
#include "scenario/words.h"

/* How long cells say nothing before they take new identities. */
enum { PLOT_SILENT_DAYS = 12 };

enum act { ACT_POST, ACT_RESHARE, ACT_COPY, ACT_REPLY, ACT_LINK, ACT_ACTION, ACT_WIRE,
	   ACT_PUSH, ACT_BOT, ACT_SPAM, ACT_AD, ACT_PETITION, ACT_SWARM, ACT_COUNT };

struct event {
	int64_t at;
	uint64_t id;		/* grows with the time, unique */
	uint64_t text;		/* seed of the text, of the original in a reshare or copy */
	uint64_t ref_id;	/* of the post that is shared or answered */
	uint32_t actor, ref_actor;	/* ref_actor of a push, ad or petition: the network */
	uint8_t act, topic;
};

/* Posts of the last days that can be reshared, of one side. */
struct pool_post {
	int64_t at;
	uint64_t id, text;
	double weight, upto;	/* how attractive; running sum */
	uint32_t actor;
};

struct pool {
	struct pool_post *posts;
	size_t count, cap;
};

struct plot {
	const struct cast *cast;
	struct rng rng;
	struct event *events;	/* not handed out yet */
	size_t count, cap;
	struct pool pools[SIDE_COUNT];
	double *activity;	/* running sum by actor */
	uint32_t *targets;	/* by group: chosen so far */
	uint64_t produced;
	uint32_t day;
	int64_t day_start;
	double scale;		/* posts asked for, against the usual 250,000 */
};

void plot_init(struct plot *p, const struct cast *cast);
void plot_done(struct plot *p);
/*
 * Makes the next day. *ready events at p->events are complete then, in order
 * of time; plot_next() of the day after forgets them. False after the last day.
 */
bool plot_next(struct plot *p, size_t *ready);

#endif
