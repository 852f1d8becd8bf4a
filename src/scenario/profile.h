/*
 * profile.h - what an account of the training world looks like, before and
 * after its change: names, places, pictures and handles, made from its seed.
 */
#ifndef SCENARIO_PROFILE_H
#define SCENARIO_PROFILE_H

#include "scenario/cast.h"

/* Views into the arena or into static words. */
struct profile {
	struct claque_str handle, name, place, avatar, bio;
	bool verified;
};

struct profile profile_of(const struct cast *c, uint32_t actor, bool after, struct arena *perm);
/* Minutes east of UTC of the place that it really posts from. */
int16_t profile_zone(const struct cast *c, uint32_t actor);
/* Finds a handle that is free on the actor's platform; its number in c->handles. */
uint32_t profile_new_handle(struct cast *c, uint32_t actor, bool after, struct rng *r,
			    struct arena scratch);

#endif
