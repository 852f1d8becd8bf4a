/*
 * phrase.h - a text as the numbers of its words, to find one text inside another: a
 * published title inside a post.
 *
 * Of its normal text (text/normal.h); punctuation and quotes make no difference either.
 * An ideograph, or a letter of Thai, is a word of its own, so that a title is found in a
 * text without blanks.
 */
#ifndef TEXT_PHRASE_H
#define TEXT_PHRASE_H

#include "base/str.h"

/* A title has words enough to be told from what anybody says; longer ones are cut. */
enum { PHRASE_WORDS_LEAST = 3, PHRASE_WORDS_MOST = 64, PHRASE_LETTERS_LEAST = 16 };

struct phrase {
	uint64_t *words;	/* 64-bit hashes, in order */
	size_t count;
	size_t letters;		/* an ideograph counts as two */
};

/* All words of the text, in perm. */
struct phrase phrase_of(struct arena *perm, struct claque_str text);
/* Of so many words that it says something. */
bool phrase_is_telling(const struct phrase *p);
/* The key of `count` words from `at` on: equal for equal runs of words. */
uint64_t phrase_key(const struct phrase *p, size_t at, size_t count);

#endif
