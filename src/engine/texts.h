/*
 * texts.h - the words of posts, each different text once.
 *
 * A text is kept as the hashes of its words in their order, folded to lower
 * case, without links, @names and punctuation: what near-duplicates have in
 * common, and no more than signals need. 4 bytes a word instead of the text.
 */
#ifndef ENGINE_TEXTS_H
#define ENGINE_TEXTS_H

#include "base/map.h"

/* Of one text; what is longer is compared by its beginning. */
enum { TEXT_WORDS_MAX = 128 };

struct texts {
	struct map known;	/* 8 bytes of fingerprint, to the number */
	uint32_t *words;	/* hashes, of all texts */
	size_t words_cap;
	uint64_t *from;		/* words of text t: words[from[t] .. from[t + 1]] */
	size_t from_cap;
};

void texts_init(struct texts *t);
void texts_done(struct texts *t);
/* Its number; text 0 is the one without words. */
uint32_t texts_add(struct texts *t, struct claque_str text);

static inline uint32_t
texts_count(const struct texts *t)
{
	return t->known.count;
}

static inline const uint32_t *
texts_words(const struct texts *t, uint32_t text, size_t *count)
{
	*count = (size_t)(t->from[text + 1] - t->from[text]);
	return t->words + t->from[text];
}

#endif
