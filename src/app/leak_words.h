/*
 * leak_words.h - a text as the words in which names are looked for, whatever a format
 * wraps them in; and which stretches of it hold none of them.
 *
 * A word is one of text/letters.h. Backslashes and zero bytes are passed over (Markdown, JSON,
 * DOT), %5F and &#95; are what they stand for, other entities part words. Letters are
 * compared folded (NFKC_Casefold).
 */
#ifndef APP_LEAK_WORDS_H
#define APP_LEAK_WORDS_H

#include "base/map.h"

enum { LEAK_WORD_MAX = 120 };

struct leak_word {
	char bytes[LEAK_WORD_MAX];
	size_t len;
	size_t at, end;			/* in the text */
	char before;			/* what stands before it, however written, or '\0' */
};

/* The first word at or after `from`; false if there is none. */
bool leak_next(struct claque_str s, size_t from, struct leak_word *out);
struct claque_str leak_str(const struct leak_word *w);
/* Of words and whether a '_' ties them: "anna_k" is not "Anna K.". */
uint64_t leak_hash(const struct leak_word *words, size_t count);
/*
 * Two cells of a table, or an element and the next, are no name. What stands between is read
 * as words are, so that the ';' of "&#95;" parts nothing; that of "&amp;" does.
 */
bool leak_is_apart(struct claque_str gap);

/* Bits by the hash of a word: one that is not set is no word that was put in. */
struct leak_sieve {
	uint64_t *bits;
	uint64_t mask;			/* number of bits less 1 */
};

/* Room for so many words. */
void leak_sieve_init(struct leak_sieve *v, size_t words);
void leak_sieve_done(struct leak_sieve *v);
/* By leak_hash(word, 1). */
void leak_sieve_add(struct leak_sieve *v, uint64_t hash);

static inline bool
leak_sieve_has(const struct leak_sieve *v, uint64_t hash)
{
	return v->bits[(hash & v->mask) / 64] >> (hash % 64) & 1;
}

/*
 * From where leak_next() finds the first word that could be one of the sieve, or the first
 * that takes more than a glance; `from` is the end of a word, or 0. Not far past `until`.
 */
size_t leak_skip(const struct leak_sieve *v, struct claque_str s, size_t from, size_t until);

#endif
