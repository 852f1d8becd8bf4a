#include "config.h"

#include "base/map.h"

#include <assert.h>

#include "base/array.h"

uint64_t
hash_bytes(struct claque_str s, uint64_t seed)
{
	uint64_t h = hash_begin(seed), word;
	size_t len = s.len;

	while (s.len >= 8) {
		memcpy(&word, s.p, 8);
		h = hash_foreign(h, word);
		s = str_sub(s, 8, s.len);
	}
	word = 0;
	if (s.len > 0)
		memcpy(&word, s.p, s.len);
	return hash_end(h, word, len);
}

void
map_init(struct map *m)
{
	*m = (struct map){ 0 };
}

void
map_done(struct map *m)
{
	array_free(m->hashes);
	array_free(m->slots);
	array_free(m->bytes);
	array_free(m->ends);
	map_init(m);
}

struct claque_str
map_key(const struct map *m, uint32_t number)
{
	size_t from = number == 0 ? 0 : m->ends[number - 1];

	return (struct claque_str){ m->bytes + from, m->ends[number] - from };
}

static uint64_t
key_hash(struct claque_str key)
{
	uint64_t h = hash_bytes(key, 0);

	return h == 0 ? 1 : h;
}

/* The slot that holds the key, or the empty one where it belongs. */
static size_t
find_slot(const struct map *m, struct claque_str key, uint64_t h)
{
	size_t mask = m->slot_count - 1, i = h & mask;

	while (m->hashes[i] != 0 &&
	       !(m->hashes[i] == h && str_eq(map_key(m, m->slots[i]), key)))
		i = (i + 1) & mask;
	return i;
}

static void
grow_slots(struct map *m)
{
	struct map next = { .slot_count = m->slot_count == 0 ? 64 : m->slot_count * 2 };
	size_t mask = next.slot_count - 1, cap = 0;

	ARRAY_GROW(next.hashes, cap, next.slot_count);
	cap = 0;
	ARRAY_GROW(next.slots, cap, next.slot_count);
	memset(next.hashes, 0, next.slot_count * sizeof(*next.hashes));
	for (size_t i = 0; i < m->slot_count; i++) {
		size_t j = m->hashes[i] & mask;

		if (m->hashes[i] == 0)
			continue;
		while (next.hashes[j] != 0)
			j = (j + 1) & mask;
		next.hashes[j] = m->hashes[i];
		next.slots[j] = m->slots[i];
	}
	array_free(m->hashes);
	array_free(m->slots);
	m->hashes = next.hashes;
	m->slots = next.slots;
	m->slot_count = next.slot_count;
}

uint32_t
map_add(struct map *m, struct claque_str key, bool *is_new)
{
	uint64_t h = key_hash(key);
	size_t i;

	if (m->slot_count == 0 || m->count >= m->slot_count / 2)
		grow_slots(m);
	i = find_slot(m, key, h);
	if (is_new != NULL)
		*is_new = m->hashes[i] == 0;
	if (m->hashes[i] != 0)
		return m->slots[i];
	assert(m->count < MAP_NONE);
	ARRAY_GROW(m->bytes, m->bytes_cap, m->bytes_len + key.len + 1);
	if (key.len > 0)
		memcpy(m->bytes + m->bytes_len, key.p, key.len);
	m->bytes_len += key.len;
	ARRAY_GROW(m->ends, m->ends_cap, (size_t)m->count + 1);
	m->ends[m->count] = m->bytes_len;
	m->hashes[i] = h;
	m->slots[i] = m->count;
	return m->count++;
}

uint32_t
map_get(const struct map *m, struct claque_str key)
{
	uint64_t h = key_hash(key);
	size_t i;

	if (m->slot_count == 0)
		return MAP_NONE;
	i = find_slot(m, key, h);
	return m->hashes[i] == 0 ? (uint32_t)MAP_NONE : m->slots[i];
}

void
set64_init(struct set64 *s)
{
	*s = (struct set64){ 0 };
}

void
set64_done(struct set64 *s)
{
	array_free(s->slots);
	set64_init(s);
}

static size_t
set_slot(const struct set64 *s, uint64_t key)
{
	size_t mask = s->slot_count - 1, i = hash_mix(key, 0) & mask;

	while (s->slots[i] != 0 && s->slots[i] != key)
		i = (i + 1) & mask;
	return i;
}

static void
grow_set(struct set64 *s)
{
	struct set64 next = { .slot_count = s->slot_count == 0 ? 64 : s->slot_count * 2 };
	size_t cap = 0;

	ARRAY_GROW(next.slots, cap, next.slot_count);
	memset(next.slots, 0, next.slot_count * sizeof(*next.slots));
	for (size_t i = 0; i < s->slot_count; i++)
		if (s->slots[i] != 0)
			next.slots[set_slot(&next, s->slots[i])] = s->slots[i];
	array_free(s->slots);
	s->slots = next.slots;
	s->slot_count = next.slot_count;
}

bool
set64_add(struct set64 *s, uint64_t key)
{
	size_t i;
	bool added;

	if (key == 0) {
		added = !s->has_zero;
		s->has_zero = true;
		s->count += added;
		return added;
	}
	if (s->slot_count == 0 || s->count >= s->slot_count / 2)
		grow_set(s);
	i = set_slot(s, key);
	added = s->slots[i] == 0;
	s->slots[i] = key;
	s->count += added;
	return added;
}

bool
set64_has(const struct set64 *s, uint64_t key)
{
	if (key == 0)
		return s->has_zero;
	return s->slot_count > 0 && s->slots[set_slot(s, key)] == key;
}
