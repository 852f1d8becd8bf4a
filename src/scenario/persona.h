/*
 * persona.h - what an account of a graded world looks like: names in the
 * tongue of the country that it claims, and everything that a twin, an honest
 * second account or a fan has in common with others.
 */
#ifndef SCENARIO_PERSONA_H
#define SCENARIO_PERSONA_H

#include "scenario/profile.h"

struct profile persona_of(const struct cast *c, uint32_t actor, bool after, struct arena *perm);
/* Proposed, not yet known to be free. */
struct claque_str persona_handle(const struct cast *c, uint32_t actor, bool after, struct rng *r,
				 struct arena *perm);
int16_t persona_zone(const struct cast *c, uint32_t actor);

#endif
