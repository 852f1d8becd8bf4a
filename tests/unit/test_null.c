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

/* All 2^n outcomes, one by one. */
static double
tail_of_all_outcomes(const double *rates, unsigned n, unsigned k)
{
	double sum = 0;

	for (uint32_t hits = 0; hits < UINT32_C(1) << n; hits++) {
		double chance = 1;
		unsigned count = 0;

		for (unsigned i = 0; i < n; i++) {
			chance *= hits >> i & 1 ? rates[i] : 1 - rates[i];
			count += hits >> i & 1;
		}
		sum += count >= k ? chance : 0;
	}
	return sum;
}

static void
poisson_binomial_tails_match_the_sum_over_all_outcomes(void **state)
{
	static const double worlds[][12] = {
		{ 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5 },
		{ 0.9, 1e-3, 0.2, 0.7, 0.01, 0.5, 0.33, 0.99, 1e-6, 0.04, 0.6, 0.15 },
		{ 1e-9, 2e-9, 0.5, 1e-4, 0.3, 0.2, 1e-2, 0.999999, 0.8, 0.8, 0.1, 0.1 },
		{ 1, 1, 0, 0, 0.25, 0.5, 0.75, 0, 1, 0.1, 0.2, 0.3 },
	};

	(void)state;
	for (size_t w = 0; w < sizeof(worlds) / sizeof(worlds[0]); w++)
		for (unsigned n = 1; n <= 12; n++)
			for (unsigned k = 0; k <= n + 1; k++) {
				double want = tail_of_all_outcomes(worlds[w], n, k);
				double got = null_poisson_binomial_tail(worlds[w], n, k);

				if (want > 0)
					assert_close(exp(got), want);
				else
					assert_true(isinf(got));
			}
}

/* Rates (i + 1) / (2 n + 2): from nearly 0 to nearly a half. */
static double
rising_rates_tail(size_t n, uint64_t k)
{
	static double rates[2000];

	for (size_t i = 0; i < n; i++)
		rates[i] = (double)(i + 1) / (2.0 * (double)(n + 1));
	return null_poisson_binomial_tail(rates, n, k);
}

/* Against the recursion in decimals of 120 digits. */
static void
poisson_binomial_tails_keep_their_digits_far_out(void **state)
{
	static double small[500];

	(void)state;
	assert_close(rising_rates_tail(10, 8), -8.69814373898119679);
	assert_close(rising_rates_tail(40, 39), -60.2056382430539468);
	assert_close(rising_rates_tail(300, 120), -20.9916573711660949);
	assert_close(rising_rates_tail(512, 400), -382.472374457375116);
	for (int i = 0; i < 500; i++)
		small[i] = 1e-3 / (i + 1);
	assert_close(null_poisson_binomial_tail(small, 500, 20), -146.540749529920235);
	/* Past the smallest double: 1e-398. */
	assert_close(null_poisson_binomial_tail(small, 100, 90), -915.888343695774449);
}

static void
assert_within_a_hundredth(double got, double want)
{
	if (!(fabs(got - want) <= 0.01))
		fail_msg("ln p %.15g is not %.15g", got, want);
}

static void
with_many_trials_the_saddlepoint_is_right_to_a_hundredth_of_p(void **state)
{
	static double rare[1000];

	(void)state;
	assert_within_a_hundredth(rising_rates_tail(2000, 480), -0.13991290577999209);
	assert_within_a_hundredth(rising_rates_tail(2000, 560), -7.38068996743974203);
	assert_within_a_hundredth(rising_rates_tail(2000, 700), -59.4602816478519231);
	assert_within_a_hundredth(rising_rates_tail(2000, 1500), -1312.48833810876285);
	assert_within_a_hundredth(rising_rates_tail(600, 300), -103.069237939108242);
	for (int i = 0; i < 1000; i++)
		rare[i] = 0.01;
	assert_within_a_hundredth(null_poisson_binomial_tail(rare, 1000, 60),
				  -61.5579536742143103);
	/* Without a gap where one formula takes over from the other. */
	for (uint64_t k = 440; k < 560; k++)
		assert_true(rising_rates_tail(2000, k + 1) < rising_rates_tail(2000, k));
}

/* Where hits are too rare for the saddlepoint, p is never below the truth. */
static void
rare_hits_among_many_trials_are_not_called_more_surprising_than_they_are(void **state)
{
	static double rates[600];

	(void)state;
	for (int i = 0; i < 600; i++)
		rates[i] = 1e-3;
	for (uint64_t k = 2; k < 30; k++) {
		double want = null_binomial_tail(600, 1e-3, k);
		double got = null_poisson_binomial_tail(rates, 600, k);

		assert_true(got >= want && got < want + 0.01 + 0.002 * (double)(k * k));
	}
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
		cmocka_unit_test(poisson_binomial_tails_match_the_sum_over_all_outcomes),
		cmocka_unit_test(poisson_binomial_tails_keep_their_digits_far_out),
		cmocka_unit_test(with_many_trials_the_saddlepoint_is_right_to_a_hundredth_of_p),
		cmocka_unit_test(rare_hits_among_many_trials_are_not_called_more_surprising_than_they_are),
		cmocka_unit_test(beta_binomial_with_a_flat_prior_gives_every_count_the_same_chance),
		cmocka_unit_test(q_values_never_fall_and_never_pass_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
