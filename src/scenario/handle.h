/*
 * handle.h - how people come to their handles: the platform proposes one, or
 * they think of one.
 */
#ifndef SCENARIO_HANDLE_H
#define SCENARIO_HANDLE_H

#include "base/rng.h"
#include "base/str.h"

/* ASCII letters of a name, all others left out; at most `most`. */
struct claque_str handle_letters(struct claque_str s, size_t most, struct arena *perm);
/* As the platform proposes them: "Abigail_marl48213377". */
struct claque_str handle_default(struct claque_str name, struct rng *r, struct arena *perm);
/* As people choose them. */
struct claque_str handle_chosen(struct claque_str name, struct rng *r, struct arena *perm);

#endif
