/*
 * persona.h - are two accounts one and the same, by what they call themselves?
 *
 * One person on two platforms, or with two accounts under one name, does
 * honestly what an operation's accounts do under invented names: has the same
 * picture, posts the same words. Whoever compares accounts leaves such out.
 */
#ifndef ENGINE_PERSONA_H
#define ENGINE_PERSONA_H

#include "engine/dataset.h"

/* The letters of an account's names: pairs[from ..], those of the name, then of the handle. */
struct persona {
	uint64_t from;
	uint8_t name, handle;		/* how many pairs */
	bool known;
};

/* Of the accounts that were asked for: each is compared with many. */
struct personas {
	const struct claque_dataset *ds;
	struct persona *of;		/* by account number */
	uint64_t *pairs;
	size_t pair_count, pairs_cap;
};

void personas_init(struct personas *p, const struct claque_dataset *ds);
void personas_done(struct personas *p);
/*
 * Whether display name and handle are both clearly different; a name or handle
 * that is not known does not count. False where nothing can be compared.
 */
bool persona_differs(struct personas *p, uint32_t a, uint32_t b);
/* 0 to 1: how alike two names are, whatever their case, digits and punctuation. */
double persona_alike(struct claque_str a, struct claque_str b);

#endif
