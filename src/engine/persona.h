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

/*
 * Whether display name and handle are both clearly different; a name or handle
 * that is not known does not count. False where nothing can be compared.
 */
bool persona_differs(const struct claque_dataset *ds, uint32_t a, uint32_t b);
/* 0 to 1: how alike two names are, whatever their case, digits and punctuation. */
double persona_alike(struct claque_str a, struct claque_str b);

#endif
