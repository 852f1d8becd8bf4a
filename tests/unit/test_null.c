/*
 * test_null.c - tails against numbers computed by hand from their first terms,
 * and one published value.
 */
#include "config.h"

#include "test.h"

#include <math.h>

#include "engine/null.h"

static void
assert_close(double got, double want)
{
	if (!(fabs(got - want) <= 1e-10 * fabs(want)))
		fail_msg("%.15g is not %.15g", got, want);
}

static void
poisson_tails_match_sums_of_few_terms(void **state)
{
	(void)state;
	assert_true(fabs(null_poisson_tail(3, 0)) < 1e-300);
	assert_close(null_poisson_tail(0.5, 1), log(1 - exp(-0.5)));
	assert_close(null_poisson_tail(0.5, 2), log(1 - exp(-0.5) * 1.5));
	assert_close(null_poisson_tail(5, 3), log(1 - exp(-5) * (1 + 5 + 12.5)));
	assert_true(isinf(null_poisson_tail(0, 1)));
}

static void
extreme_tails_keep_all_their_digits(void **state)
{
	(void)state;
	/* 0.04^9 / 9! e^-0.04 (1 + 0.04/10 + 0.04^2/110 + ...) */
	assert_close(null_poisson_tail(0.04, 9), 9 * log(0.04) - log(362880) - 0.04 +
		     log(1 + 0.004 + 0.0016 / 110 + 0.000064 / 1320 + 0.00000256 / 17160));
	assert_close(null_poisson_tail(1e-12, 1), log(1e-12) - 0.5e-12);
	/* Past the smallest double: 1e-3^200 / 200! is about 1e-975. */
	assert_close(null_poisson_tail(1e-3, 200),
		     200 * log(1e-3) - 863.2319871924054 - 1e-3 + log1p(1e-3 / 201));
	assert_true(null_poisson_tail(1e-3, 201) < null_poisson_tail(1e-3, 200));
}

static void
the_middle_and_the_upper_end_of_the_poisson_are_right(void **state)
{
	(void)state;
	/* P(X >= 100 | 100) = 0.513298798279148664 */
	assert_close(exp(null_poisson_tail(100, 100)), 0.51329879827914866);
	/* 1 - e^-50 (1 + 50): indistinguishable from 1, but not above it. */
	assert_true(null_poisson_tail(50, 2) < 0);
	assert_true(null_poisson_tail(50, 2) > -1e-19);
}

static void
binomial_tails_match_sums_of_few_terms(void **state)
{
	(void)state;
	/* 10 coins: P(X >= 9) = 11/1024, P(X >= 3) = 968/1024 */
	assert_close(null_binomial_tail(10, 0.5, 9), log(11.0 / 1024));
	assert_close(null_binomial_tail(10, 0.5, 3), log(968.0 / 1024));
	assert_close(null_binomial_tail(10, 0.5, 10), log(1.0 / 1024));
	assert_close(null_binomial_tail(1000, 1e-3, 1000), 1000 * log(1e-3));
	assert_true(isinf(null_binomial_tail(3, 0.5, 4)));
	assert_true(isinf(null_binomial_tail(3, 0, 1)));
	assert_true(fabs(null_binomial_tail(3, 1, 3)) < 1e-300);
}

static void
beta_binomial_with_a_flat_prior_gives_every_count_the_same_chance(void **state)
{
	double sum = 0;

	(void)state;
	for (uint64_t k = 0; k <= 9; k++) {
		assert_close(null_beta_binomial(9, 1, 1, k), log(0.1));
		sum += exp(null_beta_binomial(9, 0.3, 7, k));
	}
	assert_close(sum, 1);
}

static void
q_values_never_fall_and_never_pass_one(void **state)
{
	double ln_p[] = { log(0.001), log(0.008), log(0.009), log(0.9) }, ln_q[4];

	(void)state;
	/* Of 10 tests: 0.01, then min(0.04, 0.03) twice, then 2.25 cut to 1. */
	null_bh(ln_p, 4, 10, ln_q);
	assert_close(ln_q[0], log(0.01));
	assert_close(ln_q[1], log(0.03));
	assert_close(ln_q[2], log(0.03));
	assert_true(fabs(ln_q[3]) < 1e-300);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(poisson_tails_match_sums_of_few_terms),
		cmocka_unit_test(extreme_tails_keep_all_their_digits),
		cmocka_unit_test(the_middle_and_the_upper_end_of_the_poisson_are_right),
		cmocka_unit_test(binomial_tails_match_sums_of_few_terms),
		cmocka_unit_test(beta_binomial_with_a_flat_prior_gives_every_count_the_same_chance),
		cmocka_unit_test(q_values_never_fall_and_never_pass_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
