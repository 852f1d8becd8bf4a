/*
 * map.h - string to uint32_t, for interning ids: every distinct string gets
 * the next number, so that columns hold 4 bytes instead of a name.
 *
 * Open addressing with linear probing, one 64-bit hash kept per slot; the
 * strings themselves sit end to end in one heap buffer. Insertion order is the
 * number, so iteration is an index loop and deterministic.
 *
 * The hash is not keyed against an attacker who picks ids to collide: a case
 * file is opened by one analyst, and the worst such input costs time only.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/str.h"

enum { MAP_NONE = 0xffffffffu };

struct map {
	uint64_t *hashes;	/* by slot; 0 = empty */
	uint32_t *slots;	/* by slot: number */
	size_t slot_count;	/* power of two, or 0 */
	char *bytes;
	size_t bytes_len, bytes_cap;
	size_t *ends;		/* by number: where its bytes end */
	size_t ends_cap;
	uint32_t count;
};

void map_init(struct map *m);
void map_done(struct map *m);
/* Its number; *is_new (may be NULL) says whether this call made it. */
uint32_t map_add(struct map *m, struct claque_str key, bool *is_new);
/* Its number or MAP_NONE. */
uint32_t map_get(const struct map *m, struct claque_str key);
/* Good until the next map_add. number < m->count. */
struct claque_str map_key(const struct map *m, uint32_t number);

/* A set of 64-bit keys (0 is allowed): "seen this before?". */
struct set64 {
	uint64_t *slots;
	size_t slot_count, count;
	bool has_zero;
};

void set64_init(struct set64 *s);
void set64_done(struct set64 *s);
/* True if it was not there. */
bool set64_add(struct set64 *s, uint64_t key);
bool set64_has(const struct set64 *s, uint64_t key);

/* A good 64-bit hash of bytes; seed 0 for general use. */
uint64_t hash_bytes(struct claque_str s, uint64_t seed);
/*
 * Mixes two hashes or numbers; order matters. The 128-bit product folded: the mixer of
 * wyhash (Wang Yi, public domain).
 */
static inline uint64_t
hash_mix(uint64_t a, uint64_t b)
{
	__extension__ unsigned __int128 m =
		(unsigned __int128)(a ^ 0xa0761d6478bd642fu) * (b ^ 0xe7037ed1a0b428dbu);

	return (uint64_t)m ^ (uint64_t)(m >> 64);
}

/*
 * hash_mix(), guarded. The bare product is 0 whenever one side equals its
 * constant, whatever the other: 8 bytes of a hostile id would wipe out all that
 * came before them, and ids would be one that are not.
 */
static inline uint64_t
hash_foreign(uint64_t h, uint64_t word)
{
	return hash_mix(h, word) ^ h ^ (word << 32 | word >> 32);
}

/* Of hash_bytes(): where it begins, a step for each 8 bytes, and with the rest and the length its end. */
static inline uint64_t
hash_begin(uint64_t seed)
{
	return seed ^ UINT64_C(0x8ebc6af09c88c6e3);
}

static inline uint64_t
hash_end(uint64_t h, uint64_t rest, size_t len)
{
	return hash_mix(hash_foreign(h, rest), len);
}

#endif
