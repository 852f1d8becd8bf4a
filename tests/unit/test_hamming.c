/* test_hamming.c - near hashes are found, all of them, and no others. */
#include "config.h"

#include "test.h"

#include "base/hamming.h"
#include "base/rng.h"

enum { HASHES = 400, WORDS = 4 };

static void
apart_counts_the_bits_that_differ(void **state)
{
	const uint64_t a[] = { 0, 0xff, 0, 1 }, b[] = { 0, 0x0f, 0, 2 };

	(void)state;
	assert_int_equal(hamming_apart(a, b, WORDS), 6);
	assert_int_equal(hamming_apart(a, b, 1), 0);
}

static void
hex_is_read_in_either_case_and_nothing_else_is(void **state)
{
	uint64_t got[2] = { 7, 7 };

	(void)state;
	assert_true(hamming_parse(STR("00000000000000ff8000000000000001"), 2, got));
	assert_int_equal(got[0], 0xff);
	assert_true(got[1] == 0x8000000000000001);
	assert_true(hamming_parse(STR("ABCDEFabcdef0123"), 1, got));
	assert_true(got[0] == 0xabcdefabcdef0123);
	assert_false(hamming_parse(STR("ABCDEFabcdef012"), 1, got));
	assert_false(hamming_parse(STR("ABCDEFabcdef012g"), 1, got));
}

/* hash with so many of its bits turned, each another one */
static void
turn(uint64_t hash[WORDS], unsigned bits, struct rng *rng)
{
	uint64_t before[WORDS];

	memcpy(before, hash, sizeof(before));
	while (hamming_apart(before, hash, WORDS) < bits) {
		uint64_t bit = rng_below(rng, 256);

		hash[bit / 64] = (hash[bit / 64] & ~((uint64_t)1 << bit % 64)) |
			(~before[bit / 64] & (uint64_t)1 << bit % 64);
	}
}

static void
what_is_within_the_distance_is_found_and_what_is_not_is_not(void **state)
{
	struct rng rng = rng_seeded(11);
	struct hamming h;
	uint64_t hashes[HASHES][WORDS], work = 0;

	(void)state;
	hamming_init(&h, WORDS, 31, 0);
	for (unsigned i = 0; i < HASHES; i++) {
		for (unsigned k = 0; k < WORDS; k++)
			hashes[i][k] = rng_next(&rng);
		assert_int_equal(hamming_add(&h, hashes[i]), i);
	}
	for (unsigned i = 0; i < HASHES; i++) {
		uint64_t far[WORDS];

		memcpy(far, hashes[i], sizeof(far));
		turn(far, 32, &rng);	/* of all others a random one is some 128 apart */
		assert_int_equal(hamming_find(&h, far, &work), HAMMING_NONE);
		turn(hashes[i], i % 32, &rng);
		assert_int_equal(hamming_find(&h, hashes[i], &work), i);
	}
	hamming_done(&h);
	hamming_init(&h, 1, 6, 0);
	(void)hamming_add(&h, (uint64_t[]){ 0 });
	assert_int_equal(hamming_find(&h, (uint64_t[]){ 0x1010101010100 }, &work), 0);
	assert_int_equal(hamming_find(&h, (uint64_t[]){ 0x1010101010101 }, &work), HAMMING_NONE);
	hamming_done(&h);
}

static uint32_t
earliest_by_comparing_all(const uint64_t *hashes, uint32_t count, uint64_t hash, unsigned distance)
{
	for (uint32_t i = 0; i < count; i++)
		if (hamming_apart(&hashes[i], &hash, 1) <= distance)
			return i;
	return HAMMING_NONE;
}

static void
every_distance_finds_what_comparing_all_finds(void **state)
{
	enum { ROUNDS = 2000 };
	struct rng rng = rng_seeded(12);
	uint64_t hashes[HASHES], work = 0;

	(void)state;
	for (unsigned i = 0; i < HASHES; i++)
		hashes[i] = rng_next(&rng);
	for (unsigned distance = 0; distance < 16; distance++) {
		struct hamming h;
		unsigned found = 0;

		hamming_init(&h, 1, distance, 0);
		for (unsigned i = 0; i < HASHES; i++)
			(void)hamming_add(&h, &hashes[i]);
		for (unsigned i = 0; i < ROUNDS; i++) {
			uint64_t asked[WORDS] = { hashes[rng_below(&rng, HASHES)] };
			uint32_t near;

			for (unsigned bits = (unsigned)rng_below(&rng, distance + 3); bits > 0; bits--)
				asked[0] ^= (uint64_t)1 << rng_below(&rng, 64);
			near = hamming_find(&h, asked, &work);
			assert_int_equal(near, earliest_by_comparing_all(hashes, HASHES, asked[0],
									 distance));
			found += near != HAMMING_NONE;
		}
		assert_in_range(found, ROUNDS / 4, ROUNDS - 1);
		hamming_done(&h);
	}
}

static void
a_full_bucket_keeps_the_earliest(void **state)
{
	struct hamming h;
	uint64_t work = 0;

	(void)state;
	hamming_init(&h, 1, 0, 2);
	for (uint64_t i = 0; i < 3; i++)
		(void)hamming_add(&h, (uint64_t[]){ i << 16 });
	assert_int_equal(hamming_find(&h, (uint64_t[]){ 1 << 16 }, &work), 1);
	assert_int_equal(hamming_find(&h, (uint64_t[]){ 2 << 16 }, &work), HAMMING_NONE);
	hamming_done(&h);
}

static void
of_several_near_ones_the_earliest_is_found(void **state)
{
	struct hamming h;
	uint64_t work = 0;

	(void)state;
	hamming_init(&h, 1, 10, 0);
	(void)hamming_add(&h, (uint64_t[]){ 0xff });
	(void)hamming_add(&h, (uint64_t[]){ 0 });
	assert_int_equal(hamming_find(&h, (uint64_t[]){ 0 }, &work), 0);
	assert_int_equal(hamming_find(&h, (uint64_t[]){ 0xff00 }, &work), 1);
	hamming_done(&h);
}

/* 14,000^2 / 2 pairs, and 1.84e11 of 2^64 hashes lie within 10 bits of one: 0.98 pairs. */
static void
among_many_hashes_fewer_bits_may_differ(void **state)
{
	(void)state;
	assert_int_equal(hamming_beyond_chance(1, 10, 0), 10);
	assert_int_equal(hamming_beyond_chance(1, 10, 14000), 10);
	assert_int_equal(hamming_beyond_chance(1, 10, 15000), 9);
	assert_int_equal(hamming_beyond_chance(1, 10, 1000000), 5);
	assert_int_equal(hamming_beyond_chance(1, 4, 1000000), 4);
	assert_int_equal(hamming_beyond_chance(4, 31, 100000000), 31);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(apart_counts_the_bits_that_differ),
		cmocka_unit_test(hex_is_read_in_either_case_and_nothing_else_is),
		cmocka_unit_test(what_is_within_the_distance_is_found_and_what_is_not_is_not),
		cmocka_unit_test(every_distance_finds_what_comparing_all_finds),
		cmocka_unit_test(a_full_bucket_keeps_the_earliest),
		cmocka_unit_test(of_several_near_ones_the_earliest_is_found),
		cmocka_unit_test(among_many_hashes_fewer_bits_may_differ),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
