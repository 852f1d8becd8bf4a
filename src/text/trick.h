/*
 * trick.h - a trick that texts carry, as a number: what the analyst sees in one
 * text and looks for in all others.
 *
 * A code point that hides, reorders or forges is its own number. Where there is
 * none to name (bytes that are no UTF-8, words of mixed scripts) it is -1 - the bit of
 * the badge in text/safe.h.
 */
#ifndef TEXT_TRICK_H
#define TEXT_TRICK_H

#include "text/safe.h"

enum { TRICKS_MAX = 6 };

/* Those that the text carries, each once, in order; adds to out, returns the new count. */
size_t trick_find(struct arena scratch, struct claque_str text, int64_t out[TRICKS_MAX],
		  size_t count);
bool trick_in(int64_t trick, struct claque_str text);
/* The word of the worst badge that the text has ("bidi"), or NULL. */
const char *trick_word(struct claque_str text);
/* "U+200B zero width", "mixed script" */
struct claque_str trick_name(struct arena *perm, int64_t trick);

#endif
