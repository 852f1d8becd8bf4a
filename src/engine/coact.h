/*
 * coact.h - acts that can be compared: who did what to which object, when.
 *
 * Objects have numbers of their own here, because a signal may see one object
 * where the dataset has several (a post, its copies and a link to it).
 */
#ifndef ENGINE_COACT_H
#define ENGINE_COACT_H

#include "engine/dataset.h"

struct coact_act {
	int64_t at;
	uint32_t account;	/* rank */
	uint32_t object;	/* of coact, not of the dataset */
	uint32_t row;		/* the post behind it */
};

struct coact {
	struct coact_act *acts;	/* by object, time, account, row */
	size_t count, cap;
	uint64_t *from;		/* once sorted; acts of object o: acts[from[o] .. from[o + 1]] */
	/* By object: says which one it is, and does not depend on the order of the input. */
	uint64_t *keys;
	size_t keys_cap;
	uint32_t object_count;
	uint64_t undated;	/* acts left out for want of a time */
};

/* A new object; its number. */
uint32_t coact_object(struct coact *c, uint64_t key);
/* account: number in the dataset. An act without a time is counted and left out. */
void coact_add(struct coact *c, const struct claque_dataset *ds, uint32_t object, int64_t at,
	       uint32_t account, uint32_t row);
/* Puts the acts in order and makes `from`. Once. */
void coact_sort(struct coact *c);
/* The same, and of several acts of one post on one object only one is kept. */
void coact_sort_once(struct coact *c);
/* A sorted copy; *out is not to be in use. */
void coact_copy(struct coact *out, const struct coact *c);
void coact_done(struct coact *c);
/*
 * Fills *out with the shares of these kinds of object (bits of enum
 * claque_object_kind) by these acts (bits of enum claque_act), sorted.
 */
CLAQUE_CHECKED enum claque_rc coact_shares(struct coact *out, const struct claque_dataset *ds,
	unsigned kinds, unsigned acts, const struct claque_progress *progress);
/* A key for an object of the dataset. */
uint64_t coact_key(const struct claque_dataset *ds, uint32_t object);

#endif
