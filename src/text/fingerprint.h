/*
 * fingerprint.h - what two copies of one text have in common: its words in
 * lower case, without links, @names and the dots of a cut.
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
