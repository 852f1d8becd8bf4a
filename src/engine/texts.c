/*
 * texts.c - cutting a post into words. Scripts that write without spaces give
 * one word a character; all else that is not a letter or a digit parts words. The
 * exact borders do not matter as long as copies are cut alike.
 */
#include "config.h"

#include "engine/texts.h"

#include <assert.h>

#include "base/array.h"
#include "base/map.h"
#include "engine/letter.h"

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
	if (!letter_is(code)) {
		end_word(c);
		return;
	}
	if (letter_alone(code))
		end_word(c);
	c->word = hash_mix(c->word, letter_lower(code));
	c->inside = true;
	if (letter_alone(code))
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

/* Where the text stands, or the empty slot where it belongs. */
static size_t
find_slot(const struct texts *t, uint64_t print)
{
	size_t mask = t->slot_count - 1, i = print & mask;

	while (t->slots[i] != NO_TEXT && t->prints[t->slots[i]] != print)
		i = (i + 1) & mask;
	return i;
}

static void
grow_slots(struct texts *t)
{
	enum { LEAST = 64 };
	size_t cap = 0;

	array_free(t->slots);
	t->slots = NULL;
	t->slot_count = t->slot_count == 0 ? LEAST : t->slot_count * 2;
	ARRAY_GROW(t->slots, cap, t->slot_count);
	memset(t->slots, 0xff, t->slot_count * sizeof(*t->slots));
	for (uint32_t text = 0; text < t->count; text++)
		t->slots[find_slot(t, t->prints[text])] = text;
}

static uint32_t
add_cut(struct texts *t, const struct cutter *c)
{
	uint64_t print = fingerprint(c), end;
	uint32_t number = t->count;
	size_t slot;

	if (t->count >= t->slot_count / 2)
		grow_slots(t);
	slot = find_slot(t, print);
	if (t->slots[slot] != NO_TEXT)
		return t->slots[slot];
	assert(t->count < NO_TEXT);
	t->slots[slot] = t->count++;
	ARRAY_GROW(t->prints, t->prints_cap, t->count);
	t->prints[number] = print;
	ARRAY_GROW(t->from, t->from_cap, (size_t)number + 2);
	end = t->from[number];
	ARRAY_GROW(t->words, t->words_cap, end + c->count + 1);
	memcpy(t->words + end, c->words, c->count * sizeof(*c->words));
	t->from[number + 1] = end + c->count;
	return number;
}

void
texts_init(struct texts *t)
{
	struct cutter none = { .count = 0 };

	*t = (struct texts){ 0 };
	ARRAY_GROW(t->from, t->from_cap, 2);
	t->from[0] = 0;
	(void)add_cut(t, &none);
}

void
texts_done(struct texts *t)
{
	array_free(t->prints);
	array_free(t->slots);
	array_free(t->words);
	array_free(t->from);
	*t = (struct texts){ 0 };
}

uint32_t
texts_add(struct texts *t, struct claque_str text)
{
	struct cutter c = { .rest = text };

	cut(&c);
	return add_cut(t, &c);
}
