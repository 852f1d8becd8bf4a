#include "config.h"

#include "base/hamming.h"

#include <stdlib.h>

enum { PIECE_BITS = 16, PIECE_VALUES = 1 << PIECE_BITS, PIECES_OF_WORD = 4, WORD_DIGITS = 16,
       WORD_BITS = 64 };

static unsigned
piece_of(const uint64_t *bits, unsigned piece)
{
	return (unsigned)(bits[piece / PIECES_OF_WORD] >> piece % PIECES_OF_WORD * PIECE_BITS) &
		(PIECE_VALUES - 1);
}

static void *
new_array(size_t count, size_t size)
{
	void *p = calloc(count, size);

	if (p == NULL)
		base_oom();
	return p;
}

/*
 * Compiled twice: the instruction that counts bits is younger than the processors a
 * distribution builds for, and this loop is little else.
 */
static inline __attribute__((always_inline)) uint32_t
scan_bucket(const struct hamming_bucket *b, uint32_t from, uint64_t fold, unsigned distance)
{
	while (from < b->count &&
	       (unsigned)__builtin_popcountll(b->folds[from] ^ fold) > distance)
		from++;
	return from;
}

static uint32_t
next_near(const struct hamming_bucket *b, uint32_t from, uint64_t fold, unsigned distance)
{
	return scan_bucket(b, from, fold, distance);
}

#ifdef __x86_64__
__attribute__((target("popcnt"))) static uint32_t
next_near_counted(const struct hamming_bucket *b, uint32_t from, uint64_t fold, unsigned distance)
{
	return scan_bucket(b, from, fold, distance);
}

static bool
counts_bits(void)
{
	return __builtin_cpu_supports("popcnt") != 0;
}
#else
#define next_near_counted next_near
#define counts_bits() false
#endif

/* Those with at most so many bits set, fewest first; how many have fewer than that. */
static void
list_masks(struct hamming *h, unsigned most)
{
	h->masks = new_array(PIECE_VALUES, sizeof(*h->masks));
	for (unsigned bits = 0; bits <= most; bits++) {
		h->fewer_masks = h->mask_count;
		for (unsigned mask = 0; mask < PIECE_VALUES; mask++)
			if ((unsigned)__builtin_popcount(mask) == bits)
				h->masks[h->mask_count++] = (uint16_t)mask;
	}
}

void
hamming_init(struct hamming *h, unsigned words, unsigned distance, unsigned bucket_max)
{
	unsigned pieces = words * PIECES_OF_WORD;

	*h = (struct hamming){ .words = words, .pieces = pieces, .distance = distance,
			       .bucket_max = bucket_max, .first_pieces = distance % pieces + 1,
			       .next_near = counts_bits() ? next_near_counted : next_near };
	list_masks(h, distance / pieces);
	h->buckets = new_array((size_t)pieces * PIECE_VALUES, sizeof(*h->buckets));
}

void
hamming_done(struct hamming *h)
{
	for (size_t i = 0; i < (size_t)h->pieces * PIECE_VALUES; i++)
		free(h->buckets[i].folds);
	free(h->masks);
	free(h->buckets);
	free(h->bits);
	*h = (struct hamming){ 0 };
}

static uint64_t
fold_of(const struct hamming *h, const uint64_t *bits)
{
	uint64_t fold = bits[0];

	for (unsigned i = 1; i < h->words; i++)
		fold ^= bits[i];
	return fold;
}

static uint32_t *
numbers_of(const struct hamming_bucket *b)
{
	return (uint32_t *)(b->folds + b->room);
}

static void
enlarge(struct hamming_bucket *b)
{
	struct hamming_bucket next = { .count = b->count, .room = b->room == 0 ? 4 : b->room * 2 };

	next.folds = new_array(next.room, sizeof(*next.folds) + sizeof(uint32_t));
	if (b->count > 0) {
		memcpy(next.folds, b->folds, b->count * sizeof(*b->folds));
		memcpy(numbers_of(&next), numbers_of(b), b->count * sizeof(uint32_t));
	}
	free(b->folds);
	*b = next;
}

uint32_t
hamming_add(struct hamming *h, const uint64_t *bits)
{
	uint32_t number = h->count++;
	uint64_t fold = fold_of(h, bits);

	GROW(h->bits, h->bits_cap, (size_t)h->count * h->words);
	memcpy(&h->bits[(size_t)number * h->words], bits, h->words * sizeof(*bits));
	for (unsigned piece = 0; piece < h->pieces; piece++) {
		struct hamming_bucket *b =
			&h->buckets[(size_t)piece * PIECE_VALUES + piece_of(bits, piece)];

		if (h->bucket_max > 0 && b->count == h->bucket_max)
			continue;
		if (b->count == b->room)
			enlarge(b);
		numbers_of(b)[b->count] = number;
		b->folds[b->count++] = fold;
	}
	return number;
}

/* The earliest of the bucket that is within the distance. */
static uint32_t
find_in(const struct hamming *h, const struct hamming_bucket *b, const uint64_t *bits,
	uint64_t fold)
{
	uint32_t i = 0;

	while ((i = h->next_near(b, i, fold, h->distance)) < b->count) {
		uint32_t number = numbers_of(b)[i++];

		if (hamming_apart(&h->bits[(size_t)number * h->words], bits, h->words) <=
		    h->distance)
			return number;
	}
	return HAMMING_NONE;
}

uint32_t
hamming_find(const struct hamming *h, const uint64_t *bits, uint64_t *work)
{
	uint32_t found = HAMMING_NONE;
	uint64_t fold = fold_of(h, bits);

	for (unsigned piece = 0; piece < h->pieces; piece++) {
		const struct hamming_bucket *of_piece = h->buckets + (size_t)piece * PIECE_VALUES;
		size_t masks = piece < h->first_pieces ? h->mask_count : h->fewer_masks;

		for (size_t m = 0; m < masks; m++) {
			const struct hamming_bucket *b =
				&of_piece[piece_of(bits, piece) ^ h->masks[m]];
			uint32_t near = find_in(h, b, bits, fold);

			*work += 1 + b->count;
			found = near < found ? near : found;
		}
	}
	return found;
}

/* Of all hashes C(bits, k) / 2^bits are k bits away from one. */
unsigned
hamming_beyond_chance(unsigned words, unsigned distance, size_t count)
{
	unsigned bits = words * WORD_BITS;
	double pairs = (double)count * ((double)count - 1) / 2, at_this = 1, within = 0;

	for (unsigned i = 0; i < bits; i++)
		at_this /= 2;
	for (unsigned k = 0; k <= distance; k++) {
		within += at_this;
		if (pairs * within > 1)
			return k > 0 ? k - 1 : 0;
		at_this *= (double)(bits - k) / (k + 1);
	}
	return distance;
}

unsigned
hamming_apart(const uint64_t *a, const uint64_t *b, unsigned words)
{
	unsigned bits = 0;

	for (unsigned i = 0; i < words; i++)
		bits += (unsigned)__builtin_popcountll(a[i] ^ b[i]);
	return bits;
}

bool
hamming_parse(struct claque_str hex, unsigned words, uint64_t *out)
{
	if (hex.len != (size_t)words * WORD_DIGITS)
		return false;
	for (size_t i = 0; i < hex.len; i++) {
		int digit = byte_hex(hex.p[i]);

		if (digit < 0)
			return false;
		out[i / WORD_DIGITS] = (i % WORD_DIGITS == 0 ? 0 : out[i / WORD_DIGITS] << 4) |
			(uint64_t)digit;
	}
	return true;
}
