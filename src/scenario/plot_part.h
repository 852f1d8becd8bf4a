/*
 * plot_part.h - what the parts of the plot share: one file for everybody who
 * acts on a day, and the events and pools that they all write to and draw from.
 */
#ifndef SCENARIO_PLOT_PART_H
#define SCENARIO_PLOT_PART_H

#include "scenario/plot.h"

enum { SECOND = 1000, MINUTE = 60000, HOUR = 3600000, DAY = 86400000 };

/* When people post and when shifts work, by local hour, 0..11. */
extern const uint8_t plot_human_hours[24], plot_office_hours[24];
extern const enum topic plot_topics[SIDE_COUNT];

double plot_clamp(double x, double low, double high);
/* Poisson with a small mean. */
unsigned plot_count(struct rng *r, double mean);
/* A time of this day with the rhythm of the hours where zone is. */
int64_t plot_time(struct plot *p, const uint8_t hours[24], int zone);
/* Good until the next one. */
struct event *plot_event(struct plot *p, uint32_t actor, int64_t at, enum act act);
void plot_own(struct plot *p, uint32_t actor, int64_t at, enum topic topic, uint64_t text);
/* In a graded world what is on the other platform can only be copied: else nothing happens. */
void plot_share(struct plot *p, uint32_t actor, int64_t at, enum act act,
		const struct pool_post *post);

/* One by attractiveness; NULL if there is none. */
const struct pool_post *pool_pick(const struct pool *pool, struct rng *r);
/* One that is older than `before`, all equally likely; NULL if none is found. */
const struct pool_post *pool_pick_any(const struct pool *pool, struct rng *r, int64_t before);

/* One day of everybody of a sort; plot.c calls them in a fixed order. */
void plot_day_of_sources(struct plot *p);
void plot_day_of_cells(struct plot *p);		/* the demo's */
void plot_day_of_ordinary(struct plot *p);

/* One day of one group. */
void plot_day_of_fans(struct plot *p, const struct group *g);
void plot_day_of_activists(struct plot *p, const struct group *g);
void plot_day_of_newsrooms(struct plot *p, const struct group *g);
void plot_day_of_twins(struct plot *p, const struct group *g);
void plot_day_of_network(struct plot *p, const struct group *g);
void plot_day_of_contest(struct plot *p, const struct group *g);
void plot_day_of_seconds(struct plot *p, const struct group *g);
void plot_day_of_bots(struct plot *p, const struct group *g);
void plot_day_of_spam(struct plot *p, const struct group *g);

/*
 * One ordinary act by the habits of the role, at this time or (0) at the hours of the shift or
 * (NULL) of its home; returns when.
 */
int64_t plot_ordinary(struct plot *p, uint32_t actor, const struct network *shift, int64_t at);

#endif
