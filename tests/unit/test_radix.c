/* test_radix.c - keys come out ascending, and equal ones as they came in. */
#include "config.h"

#include "test.h"

#include <stdlib.h>

#include "base/radix.h"
#include "base/rng.h"

enum { KEYS = 2000 };

static int
by_number(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void
keys_are_sorted_as_by_comparing_them(void **state)
{
	static const unsigned bits[] = { 64, 40, 11, 3 };
	uint64_t keys[KEYS], room[KEYS], expected[KEYS];
	struct rng rng = rng_seeded(5);

	(void)state;
	for (size_t b = 0; b < sizeof(bits) / sizeof(*bits); b++) {
		for (size_t i = 0; i < KEYS; i++)
			expected[i] = keys[i] = rng_next(&rng) >> (64 - bits[b]);
		qsort(expected, KEYS, sizeof(*expected), by_number);
		radix_sort(keys, room, KEYS, 0);
		assert_memory_equal(keys, expected, sizeof(keys));
	}
}

static void
what_stands_below_the_first_bit_keeps_its_order(void **state)
{
	uint64_t keys[] = { 5ull << 32 | 9, 1ull << 63, 5ull << 32 | 1, 0, 5ull << 32 | 4 };
	const uint64_t expected[] = { 0, 5ull << 32 | 9, 5ull << 32 | 1, 5ull << 32 | 4, 1ull << 63 };
	uint64_t room[5];

	(void)state;
	radix_sort(keys, room, 5, 32);
	assert_memory_equal(keys, expected, sizeof(keys));
	radix_sort(keys, room, 0, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_are_sorted_as_by_comparing_them),
		cmocka_unit_test(what_stands_below_the_first_bit_keeps_its_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
