/*
 * texts.c - cutting a post into words. Scripts that write without spaces give
 * one word a character; all else that is not a letter or a digit parts words.
 * No library does this here, because libclaque must be embeddable anywhere; the
 * exact borders do not matter as long as copies are cut alike.
 */
#include "config.h"

#include "engine/texts.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "engine/array.h"

struct range {
	uint32_t from, to;
};

/* Past ASCII: what is no letter. In order. */
static const struct range gaps[] = {
	{ 0x80, 0xa9 }, { 0xab, 0xb4 }, { 0xb6, 0xb9 }, { 0xbb, 0xbf }, { 0xd7, 0xd7 },
	{ 0xf7, 0xf7 }, { 0x2000, 0x2bff }, { 0x2e00, 0x2e7f }, { 0x3000, 0x303f },
	{ 0xd800, 0xf8ff }, { 0xfe00, 0xfe4f }, { 0xff00, 0xff0f }, { 0xff1a, 0xff20 },
	{ 0x1f000, 0x1ffff }, { 0xe0000, 0x10ffff },
};

/* Scripts without spaces: Thai and Lao, Burmese, Khmer, kana, ideographs. */
static const struct range alone[] = {
	{ 0xe00, 0xeff }, { 0x1000, 0x109f }, { 0x1780, 0x17ff }, { 0x3040, 0x30ff },
	{ 0x3400, 0x9fff }, { 0xf900, 0xfaff }, { 0x20000, 0x3ffff },
};

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static bool
within(const struct range *ranges, size_t count, uint32_t code)
{
	for (size_t i = 0; i < count && ranges[i].from <= code; i++)
		if (code <= ranges[i].to)
			return true;
	return false;
}

static bool
is_letter(uint32_t code)
{
	if (code < 0x80)
		return byte_is_alpha((char)code) || byte_is_digit((char)code);
	return code != UTF8_BAD && !within(gaps, LENGTH(gaps), code);
}

/* Lower case of the alphabets that have one and a simple rule. */
static uint32_t
fold(uint32_t code)
{
	if (code < 0x80)
		return (uint32_t)(unsigned char)byte_lower((char)code);
	if ((code >= 0xc0 && code <= 0xde) || (code >= 0x391 && code <= 0x3a9) ||
	    (code >= 0x410 && code <= 0x42f))
		return code + 32;
	if (code >= 0x400 && code <= 0x40f)
		return code + 80;
	if ((code >= 0x139 && code <= 0x148) || (code >= 0x179 && code <= 0x17e))
		return code + (code & 1);
	if ((code >= 0x100 && code <= 0x177) || (code >= 0x460 && code <= 0x52f))
		return code | 1;
	return code;
}

struct cutter {
	struct claque_str rest;
	uint32_t words[TEXT_WORDS_MAX];
	size_t count;
	uint64_t word;		/* hash of the letters so far */
	bool inside;
};

static void
end_word(struct cutter *c)
{
	if (c->inside && c->count < TEXT_WORDS_MAX)
		c->words[c->count++] = (uint32_t)(hash_mix(c->word, 1) >> 32);
	c->inside = false;
	c->word = 0;
}

static bool
starts_with(struct claque_str s, const char *lower)
{
	for (size_t i = 0; lower[i] != '\0'; i++)
		if (i >= s.len || byte_lower(s.p[i]) != lower[i])
			return false;
	return true;
}

static void
skip_to_space(struct cutter *c)
{
	size_t n = 0;

	while (n < c->rest.len && !byte_is_space(c->rest.p[n]))
		n++;
	c->rest = str_sub(c->rest, n, c->rest.len);
}

/* Links and @names are left out where a word could begin; whether there was one. */
static bool
skip_reference(struct cutter *c)
{
	if (c->inside || !(c->rest.p[0] == '@' || starts_with(c->rest, "http://") ||
			   starts_with(c->rest, "https://") || starts_with(c->rest, "www.")))
		return false;
	skip_to_space(c);
	return true;
}

static void
take_letter(struct cutter *c, uint32_t code)
{
	if (!is_letter(code)) {
		end_word(c);
		return;
	}
	if (code >= 0xe00 && within(alone, LENGTH(alone), code))
		end_word(c);
	c->word = hash_mix(c->word, fold(code));
	c->inside = true;
	if (code >= 0xe00 && within(alone, LENGTH(alone), code))
		end_word(c);
}

static void
cut(struct cutter *c)
{
	if (starts_with(c->rest, "rt @"))
		c->rest = str_sub(c->rest, 3, c->rest.len);
	while (c->rest.len > 0 && c->count < TEXT_WORDS_MAX) {
		size_t used;
		uint32_t code;

		if (skip_reference(c))
			continue;
		code = utf8_next(c->rest, &used);
		take_letter(c, code);
		c->rest = str_sub(c->rest, used, c->rest.len);
	}
	end_word(c);
}

static uint64_t
fingerprint(const struct cutter *c)
{
	return hash_bytes((struct claque_str){ (const char *)c->words,
					       c->count * sizeof(*c->words) }, c->count);
}

static uint32_t
add_cut(struct texts *t, const struct cutter *c)
{
	uint64_t print = fingerprint(c), end;
	bool is_new;
	uint32_t number = map_add(&t->known, (struct claque_str){ (const char *)&print,
								  sizeof(print) }, &is_new);

	if (!is_new)
		return number;
	GROW(t->from, t->from_cap, (size_t)number + 2);
	end = t->from[number];
	GROW(t->words, t->words_cap, end + c->count + 1);
	memcpy(t->words + end, c->words, c->count * sizeof(*c->words));
	t->from[number + 1] = end + c->count;
	return number;
}

void
texts_init(struct texts *t)
{
	struct cutter none = { .count = 0 };

	*t = (struct texts){ 0 };
	map_init(&t->known);
	GROW(t->from, t->from_cap, 2);
	t->from[0] = 0;
	(void)add_cut(t, &none);
}

void
texts_done(struct texts *t)
{
	map_done(&t->known);
	free(t->words);
	free(t->from);
	*t = (struct texts){ 0 };
}

uint32_t
texts_add(struct texts *t, struct claque_str text)
{
	struct cutter c = { .rest = text };

	cut(&c);
	return add_cut(t, &c);
}
