/*
 * crowd.h - who is in a world that is made for grading: its networks, and
 * innocents of every sort that has ever been taken for one.
 *
 * Each trap is a group of its own in truth.csv, so that a false accusation has
 * a name: fans, activists, newsrooms, contest hunters, people who paste posts
 * of another platform, honest people with two accounts, residents of the zones
 * where networks work, bots that say so, accounts of a signup surge. Spam rings
 * are neither: a kind of their own, right to find and right to miss.
 */
#ifndef SCENARIO_CROWD_H
#define SCENARIO_CROWD_H

#include "scenario/cast.h"

/* Everybody of a graded world, with their changes of profile. */
void crowd_add(struct cast *c, struct rng *r);

/* Of the actor that is being added to the last group. */
int64_t crowd_created(const struct cast *c, struct rng *r, enum role role);
double crowd_followers(const struct cast *c, enum role role);	/* mean of the logarithm */
uint8_t crowd_platform(const struct cast *c, struct rng *r, enum role role);

/* Of cast.c: a group without members, and one more member of the last group. */
struct group *cast_add_group(struct cast *c, const char *name, enum role role, enum side side,
			     uint32_t count);
void cast_add_actor(struct cast *c, struct rng *r, uint32_t number_in_role);

#endif
