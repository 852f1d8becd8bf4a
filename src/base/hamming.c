#include "config.h"

#include "base/hamming.h"

#include <stdlib.h>

enum { PIECE_BITS = 16, PIECE_VALUES = 1 << PIECE_BITS, PIECES_OF_WORD = 4, WORD_DIGITS = 16 };

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

void
hamming_init(struct hamming *h, unsigned words, unsigned distance, unsigned bucket_max)
{
	unsigned pieces = words * PIECES_OF_WORD;
	size_t buckets = (size_t)pieces * PIECE_VALUES;

	*h = (struct hamming){ .words = words, .pieces = pieces, .distance = distance,
			       .bucket_max = bucket_max };
	h->masks = new_array(PIECE_VALUES, sizeof(*h->masks));
	h->heads = new_array(buckets, sizeof(*h->heads));
	h->sizes = new_array(buckets, sizeof(*h->sizes));
	for (unsigned mask = 0; mask < PIECE_VALUES; mask++)
		if ((unsigned)__builtin_popcount(mask) <= distance / pieces)
			h->masks[h->mask_count++] = (uint16_t)mask;
	for (size_t i = 0; i < buckets; i++)
		h->heads[i] = HAMMING_NONE;
}

void
hamming_done(struct hamming *h)
{
	free(h->masks);
	free(h->heads);
	free(h->sizes);
	free(h->bits);
	free(h->next);
	*h = (struct hamming){ 0 };
}

uint32_t
hamming_add(struct hamming *h, const uint64_t *bits)
{
	uint32_t number = h->count++;

	GROW(h->bits, h->bits_cap, (size_t)h->count * h->words);
	GROW(h->next, h->next_cap, (size_t)h->count * h->pieces);
	memcpy(&h->bits[(size_t)number * h->words], bits, h->words * sizeof(*bits));
	for (unsigned piece = 0; piece < h->pieces; piece++) {
		size_t bucket = (size_t)piece * PIECE_VALUES + piece_of(bits, piece);

		if (h->bucket_max > 0 && h->sizes[bucket] == h->bucket_max)
			continue;
		h->sizes[bucket]++;
		h->next[(size_t)number * h->pieces + piece] = h->heads[bucket];
		h->heads[bucket] = number;
	}
	return number;
}

uint32_t
hamming_find(const struct hamming *h, const uint64_t *bits, uint64_t *work)
{
	uint32_t found = HAMMING_NONE;

	for (unsigned piece = 0; piece < h->pieces; piece++)
		for (size_t m = 0; m < h->mask_count; m++) {
			size_t bucket = (size_t)piece * PIECE_VALUES +
				(piece_of(bits, piece) ^ h->masks[m]);

			*work += 1 + h->sizes[bucket];
			for (uint32_t i = h->heads[bucket]; i != HAMMING_NONE;
			     i = h->next[(size_t)i * h->pieces + piece])
				if (i < found && hamming_apart(&h->bits[(size_t)i * h->words], bits,
							       h->words) <= h->distance)
					found = i;
		}
	return found;
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
