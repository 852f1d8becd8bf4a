/*
 * words.h - posts as the coordination-network-toolkit compares them: without
 * @names, in lower case, as one line (co_tweet) or cut into words
 * (co_similar_tweet).
 *
 * Cutting follows UAX #29, "Unicode Text Segmentation", as the PyPI package
 * regex does it, because a network must come out to the last edge. Neither
 * ICU, which looks words of Thai or Japanese up in dictionaries, nor PCRE2,
 * which has no Word_Break, cuts in the same places.
 */
#ifndef TEXT_WORDS_H
#define TEXT_WORDS_H

#include "base/str.h"

/* Lower case, @names deleted, every run of white space one blank. "" where nothing is left. */
struct claque_str words_line(struct arena *perm, struct claque_str text);

/* The pieces of one text, in order; the same word may come again. */
struct words {
	uint32_t *codes;	/* lower case, @names deleted */
	uint16_t *kinds;
	size_t count;
	size_t at;		/* where the next boundary is looked for */
	size_t open;		/* where the next segment begins */
	size_t from, to;	/* what is left of this segment */
};

void words_start(struct words *w, struct arena *perm, struct claque_str text);
/* The next piece in perm, never empty; false at the end. */
bool words_next(struct words *w, struct arena *perm, struct claque_str *out);

#endif
