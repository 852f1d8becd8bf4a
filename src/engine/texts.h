/*
 * texts.h - the words of posts, each different text once.
 *
 * A text is kept as the hashes of its words in their order, folded to lower
 * case, without links, @names and punctuation: what near-duplicates have in
 * common, and no more than signals need. 4 bytes a word instead of the text, and 24 to 32
 * for each different one.
 */
#ifndef ENGINE_TEXTS_H
#define ENGINE_TEXTS_H

#include "base/str.h"

/* Of one text; what is longer is compared by its beginning. */
enum { TEXT_WORDS_MAX = 128 };

#define NO_TEXT UINT32_MAX

struct texts {
	uint64_t *prints;	/* by text: fingerprint of its words */
	size_t prints_cap;
	uint32_t *slots;	/* texts by fingerprint, open addressing; NO_TEXT is empty */
	size_t slot_count;	/* a power of two, at least twice the texts */
	uint32_t count;
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
	return t->count;
}

/* The bytes of its fingerprint: the same for the same words in any dataset. */
static inline struct claque_str
texts_print(const struct texts *t, uint32_t text)
{
	return (struct claque_str){ (const char *)&t->prints[text], sizeof(*t->prints) };
}

static inline const uint32_t *
texts_words(const struct texts *t, uint32_t text, size_t *count)
{
	*count = (size_t)(t->from[text + 1] - t->from[text]);
	return t->words + t->from[text];
}

#endif
