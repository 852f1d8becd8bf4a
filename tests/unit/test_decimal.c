/* test_decimal.c - numbers read as printf() writes them, to the byte. */
#include "config.h"

#include "test.h"

#include <float.h>
#include <math.h>
#include <stdio.h>

#include "base/decimal.h"
#include "base/rng.h"

static void
assert_like_printf(double r)
{
	char expected[64], got[DECIMAL_MAX + 1];
	int len = snprintf(expected, sizeof(expected), "%.15g", r);

	memset(got, 0, sizeof(got));
	if (decimal_real(got, r) != (size_t)len || strcmp(got, expected) != 0)
		fail_msg("%a: %s, not %s", r, got, expected);
}

static void
reals_are_those_of_printf(void **state)
{
	static const double some[] = {
		0, -0.0, 1, -1, 0.1, 0.5, 10, 100, 123456, 0.0001, 0.00001, 0.000012345, 1e-13,
		1e-14, 1e-15, 1e-300, DBL_MIN, DBL_MIN / 3, DBL_MAX, -DBL_MAX, 1e14, 1e15, 1e16,
		999999999999999, 9999999999999996, 0.99999999999999944, 0.9999999999999999,
		99999.999999999996, 9.9999999999999995e-5, 1.0 / 3, 2.0 / 3, -M_PI, 1e22, 1e23,
	};

	(void)state;
	for (size_t i = 0; i < sizeof(some) / sizeof(*some); i++)
		assert_like_printf(some[i]);
}

/* 16 digits of which the last is a 5: what decides is whether the digit before is even. */
static void
halves_go_to_the_even_digit(void **state)
{
	char got[DECIMAL_MAX];

	(void)state;
	assert_str(((struct claque_str){ got, decimal_real(got, 12345678901234.25) }),
		   "12345678901234.2");
	assert_str(((struct claque_str){ got, decimal_real(got, 12345678901234.75) }),
		   "12345678901234.8");
	for (int i = 0; i < 2000; i++)
		assert_like_printf(100000000000000 + i + 0.5);
}

static void
any_bits_read_as_by_printf(void **state)
{
	struct rng rng = rng_seeded(3);

	(void)state;
	for (int i = 0; i < 100000; i++) {
		uint64_t bits = rng_next(&rng);
		double r;

		memcpy(&r, &bits, sizeof(r));
		if (isfinite(r))
			assert_like_printf(r);
		assert_like_printf((double)(bits >> 11) / (double)(UINT64_C(1) << 53));
		assert_like_printf(exp(-(double)(bits >> 44) / 1500));
		assert_like_printf((double)(bits >> 40) / 1000);
	}
}

static void
assert_whole(int64_t n, size_t places)
{
	char expected[64], got[DECIMAL_MAX + 1];
	int len = snprintf(expected, sizeof(expected), "%0*lld", (int)places, (long long)n);

	memset(got, 0, sizeof(got));
	assert_int_equal(decimal_padded(got, n, places), len);
	assert_string_equal(got, expected);
}

static void
whole_numbers_are_those_of_printf(void **state)
{
	static const int64_t some[] = { 0, 7, -7, 10, 42, -100, 99999, INT64_MAX, INT64_MIN,
					-INT64_MAX };
	char got[DECIMAL_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(some) / sizeof(*some); i++)
		for (size_t places = 1; places <= 20; places++)
			assert_whole(some[i], places);
	assert_str(((struct claque_str){ got, decimal_whole(got, INT64_MIN) }),
		   "-9223372036854775808");
	assert_str(((struct claque_str){ got, decimal_whole(got, 0) }), "0");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reals_are_those_of_printf),
		cmocka_unit_test(halves_go_to_the_even_digit),
		cmocka_unit_test(any_bits_read_as_by_printf),
		cmocka_unit_test(whole_numbers_are_those_of_printf),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
