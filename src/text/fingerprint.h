/*
 * fingerprint.h - what two copies of one text have in common: its words in
 * lower case, without links, @names and the dots of a cut.
 *
 * It is part of the key of a stored source: what a reshare repeats, where the input
 * has no id of it (import/feed.c). So it is frozen, better normal forms or not
 * (text/normal.h): the reshare imported tomorrow must meet the one imported today.
 * Nor has it need of one, for what a collector repeats is the platform's own bytes,
 * but for where they were cut.
 */
#ifndef TEXT_FINGERPRINT_H
#define TEXT_FINGERPRINT_H

#include "base/str.h"

/*
 * Equal for texts that differ in case, white space, links, @names or a final
 * ellipsis only. 64 bits: among a million texts two meet by accident once in
 * forty million cases.
 */
uint64_t text_fingerprint(struct arena *perm, struct claque_str text);

#endif
