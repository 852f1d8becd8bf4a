/*
 * literal.h - what a text must hold for a pattern to match it: strings that are
 * looked for in one pass, so that the pattern itself is tried on few texts.
 */
#ifndef TEXT_LITERAL_H
#define TEXT_LITERAL_H

#include "base/str.h"

enum { LITERALS_MAX = 512 };

/*
 * Letters as a search that is blind to case has them equal, one for one: of Latin,
 * Cyrillic and scripts without case. Of others *known is false: the letter may
 * equal one that this table does not tell.
 */
uint32_t literal_fold(uint32_t code, bool *known);
/*
 * The text as literal_fold() has it, bytes that are no UTF-8 as they are. In room,
 * which holds at least 3 * text.len bytes; returns how many it took.
 */
size_t literal_fold_text(struct claque_str text, char *room);

/*
 * Every text that the PCRE2 pattern matches, blind to case or not, holds at least one
 * of out[0..count), folded; no string is shorter than two bytes. 0: nothing can be
 * said, and the pattern is to be tried on all texts.
 */
size_t literal_required(struct claque_str pattern, struct arena *perm,
			struct claque_str out[LITERALS_MAX]);

#endif
