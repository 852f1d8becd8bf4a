#include "config.h"

#include "base/radix.h"

#include <string.h>

enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS, KEY_BITS = 64 };

static size_t
digit_of(uint64_t key, unsigned shift)
{
	return (size_t)(key >> shift) & (DIGITS - 1);
}

/* Where each digit begins; the digit of all keys, or DIGITS if there are several. */
static size_t
count_digits(const uint64_t *keys, size_t count, unsigned shift, size_t from[DIGITS])
{
	size_t at = 0;

	memset(from, 0, DIGITS * sizeof(*from));
	for (size_t i = 0; i < count; i++)
		from[digit_of(keys[i], shift)]++;
	for (size_t d = 0; d < DIGITS; d++) {
		size_t here = from[d];

		if (here == count)
			return d;
		from[d] = at;
		at += here;
	}
	return DIGITS;
}

void
radix_sort(uint64_t *keys, uint64_t *room, size_t count, unsigned from_bit)
{
	uint64_t *in = keys, *out = room;
	size_t from[DIGITS];

	for (unsigned shift = from_bit; shift < KEY_BITS; shift += DIGIT_BITS) {
		uint64_t *sorted = out;

		if (count_digits(in, count, shift, from) < DIGITS)
			continue;
		for (size_t i = 0; i < count; i++)
			out[from[digit_of(in[i], shift)]++] = in[i];
		out = in;
		in = sorted;
	}
	if (in != keys)
		memcpy(keys, in, count * sizeof(*keys));
}
