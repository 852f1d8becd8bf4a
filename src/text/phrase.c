#include "config.h"

#include "text/phrase.h"

#include "base/map.h"
#include "base/utf8.h"
#include "text/normal.h"
#include "text/words.h"

enum { FIRST_WIDE = 0x2e80 };

struct code_range {
	uint32_t first, last;
};

static bool
is_in(uint32_t code, const struct code_range *ranges, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (code >= ranges[i].first && code <= ranges[i].last)
			return true;
	return false;
}

/* Blanks, punctuation and signs that no word begins with. */
static bool
is_mark(uint32_t code)
{
	static const struct code_range marks[] = {
		{ 0x80, 0xa9 }, { 0xab, 0xb4 }, { 0xb6, 0xb9 }, { 0xbb, 0xbf },
		{ 0x2000, 0x206f }, { 0x2e00, 0x2e7f }, { 0x3000, 0x3004 }, { 0x3008, 0x3020 },
		{ 0x30fb, 0x30fb }, { 0xfe00, 0xfe6f }, { 0xff00, 0xff0f }, { 0xff1a, 0xff20 },
		{ 0xff3b, 0xff40 }, { 0xff5b, 0xff65 },
	};

	if (code < 0x80)
		return !byte_is_alpha((char)code) && !byte_is_digit((char)code);
	return code == UTF8_BAD || is_in(code, marks, sizeof(marks) / sizeof(marks[0]));
}

/* An apostrophe is written in two ways, or left out. */
static uint64_t
hash_word(struct claque_str word, size_t *letters)
{
	uint64_t hash = 0;
	uint32_t code;

	for (size_t i = 0, used; i < word.len; i += used) {
		code = utf8_next(str_sub(word, i, word.len), &used);
		if (code == '\'' || code == 0x2019)
			continue;
		hash = hash_mix(hash, code);
		*letters += code >= FIRST_WIDE ? 2 : 1;
	}
	return hash;
}

struct phrase
phrase_of(struct arena *perm, struct claque_str text)
{
	struct claque_str normal = text_normal(perm, text).text, piece;
	/* No more pieces than bytes. */
	struct phrase p = { .words = ARENA_NEW(perm, uint64_t, normal.len + 1) };
	struct words words;
	size_t used;

	words_start(&words, perm, normal);
	while (words_next(&words, perm, &piece))
		if (!is_mark(utf8_next(piece, &used)))
			p.words[p.count++] = hash_word(piece, &p.letters);
	return p;
}

bool
phrase_is_telling(const struct phrase *p)
{
	return p->count >= PHRASE_WORDS_LEAST && p->letters >= PHRASE_LETTERS_LEAST;
}

uint64_t
phrase_key(const struct phrase *p, size_t at, size_t count)
{
	uint64_t key = count;

	for (size_t i = 0; i < count; i++)
		key = hash_mix(key, p->words[at + i]);
	return key;
}
