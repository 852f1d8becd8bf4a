#include "config.h"

#include "text/phrase.h"

#include "base/map.h"
#include "base/utf8.h"
#include "text/normal.h"

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

/* Scripts that are written without blanks: a letter is a word there. */
static bool
is_wide(uint32_t code)
{
	static const struct code_range scripts[] = {
		{ 0x0e00, 0x0eff }, { 0x1000, 0x109f }, { 0x1780, 0x17ff }, { 0x2e80, 0xa4cf },
		{ 0xf900, 0xfaff }, { 0x20000, 0x3ffff },
	};

	return code >= scripts[0].first &&
	       is_in(code, scripts, sizeof(scripts) / sizeof(scripts[0]));
}

/* The word at *at, and behind it in *at; an apostrophe is written in two ways, or left out. */
static uint64_t
take_word(struct claque_str text, size_t *at, size_t *letters)
{
	uint64_t hash = 0;
	size_t used;

	for (; *at < text.len; *at += used) {
		uint32_t code = utf8_next(str_sub(text, *at, text.len), &used);

		if (code == '\'' || code == 0x2019)
			continue;
		if (is_mark(code) || (hash != 0 && is_wide(code)))
			break;
		hash = hash_mix(hash, code);
		*letters += is_wide(code) ? 2 : 1;
		if (is_wide(code)) {
			*at += used;
			break;
		}
	}
	return hash;
}

struct phrase
phrase_of(struct arena *perm, struct claque_str text)
{
	struct claque_str normal = text_normal(perm, text).text;
	/* No more words than bytes. */
	struct phrase p = { .words = ARENA_NEW(perm, uint64_t, normal.len + 1) };
	size_t used;

	for (size_t at = 0; at < normal.len; ) {
		if (is_mark(utf8_next(str_sub(normal, at, normal.len), &used)))
			at += used;
		else
			p.words[p.count++] = take_word(normal, &at, &p.letters);
	}
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
