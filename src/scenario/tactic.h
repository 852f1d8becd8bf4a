/*
 * tactic.h - what a network of a graded world does, one file for each tactic;
 * its knobs are in struct network (world.h).
 */
#ifndef SCENARIO_TACTIC_H
#define SCENARIO_TACTIC_H

#include "scenario/plot_part.h"

/* Mean acts of a member on this day, for a share of all that it does; 0 while it is silent. */
double tactic_rate(const struct plot *p, const struct group *g, double share);
/* A time of this day as the network works: its own shift, or a day where it claims to be. */
int64_t tactic_time(struct plot *p, const struct network *n);
/* The same moment, or the next one of a shift, as far as the network has shifts. */
int64_t tactic_in_shift(struct plot *p, const struct network *n, int64_t at);
/*
 * Whether a member takes part this time, some being more eager than others, and when: at
 * most the network's delay after `from`, sooner rather than later, in its shift.
 */
bool tactic_joins(struct plot *p, const struct group *g, uint32_t member, int64_t from,
		  int64_t *at);
/* An ordinary account that comes by in the hours after; false after the end. */
bool tactic_passer_by(struct plot *p, const struct group *g, int64_t after, uint32_t *who,
		      int64_t *at);
/* False for what would come after the end of the period, or after the group's takedown. */
bool tactic_in_period(const struct plot *p, const struct group *g, int64_t at);
/* A post of today that the network takes up, or NULL; own: of its platform only. */
const struct pool_post *tactic_pick(struct plot *p, const struct group *g, bool own);

void tactic_target(struct plot *p, const struct group *g);	/* tactic_targets.c */
void tactic_link(struct plot *p, const struct group *g);	/* tactic_links.c */
void tactic_filler(struct plot *p, const struct group *g);	/* tactic_filler.c */
void tactic_petition(struct plot *p, const struct group *g);	/* tactic_petitions.c */
void tactic_reply(struct plot *p, const struct group *g);	/* tactic_replies.c */

#endif
