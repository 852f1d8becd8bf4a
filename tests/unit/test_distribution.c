/* test_distribution.c - quantiles, Gini and distances on numbers worked out by hand. */
#include "config.h"

#include "test.h"

#include <math.h>

#include "base/distribution.h"

static void
near(double got, double expected, double within)
{
	if (!(fabs(got - expected) <= within))
		fail_msg("%.15g instead of %.15g", got, expected);
}

/* Large for a frame. */
static struct distribution a, b, c, d;

static void
take(struct distribution *to, const double *x, size_t n)
{
	distribution_log(to, 1.0 / 1024);
	for (size_t i = 0; i < n; i++)
		distribution_add(to, x[i]);
}

static void
quantiles_are_the_least_number_that_covers_the_share(void **state)
{
	const double x[] = { 7, 1, 3, 2, 5, 1, 1, 12, 4, 6 };	/* 1 1 1 2 3 4 5 6 7 12 */

	(void)state;
	take(&d, x, 10);
	near(distribution_quantile(&d, 0), 1, 1e-12);
	near(distribution_quantile(&d, 0.3), 1, 1e-12);
	near(distribution_quantile(&d, 0.5), 3, 1e-12);
	near(distribution_quantile(&d, 0.9), 7, 1e-12);
	near(distribution_quantile(&d, 0.99), 12, 1e-12);
	near(distribution_mean(&d), 4.2, 1e-12);
	near(d.least, 1, 0);
	near(d.most, 12, 0);
}

/* 1 and 1.02 share a bin, whose mean is 1.01. */
static void
numbers_of_one_bin_are_taken_at_their_mean(void **state)
{
	const double x[] = { 1, 1.02, 1000, 0, 1e-9, 1e300 };

	(void)state;
	take(&d, x, 2);
	near(distribution_quantile(&d, 0.5), 1.01, 1e-12);
	take(&d, x + 2, 4);	/* ends are counted, too */
	assert_int_equal(d.n, 4);
	near(distribution_quantile(&d, 0.5), 0.5e-9, 1e-18);
	near(distribution_quantile(&d, 1), 1e300, 1e287);
}

/* 1, 2, 3: the mean difference over all 9 pairs is 8/9, over twice the mean of 2: 2/9. */
static void
gini_is_half_the_relative_mean_difference(void **state)
{
	const double x[] = { 1, 2, 3 }, same[] = { 4, 4, 4 }, one[] = { 0, 0, 0, 8 }, none[] = { 0 };

	(void)state;
	take(&d, x, 3);
	near(distribution_gini(&d), 2.0 / 9, 1e-12);
	take(&d, same, 3);
	near(distribution_gini(&d), 0, 1e-12);
	take(&d, one, 4);
	near(distribution_gini(&d), 0.75, 1e-12);
	take(&d, none, 1);
	assert_true(isnan(distribution_gini(&d)));
}

/* At 2: three of four against one of four; at 4: all against half. */
static void
ks_is_the_greatest_difference(void **state)
{
	const double x[] = { 1, 2, 2, 4 }, y[] = { 2, 4, 8, 8 }, far[] = { 100, 200 };

	(void)state;
	take(&a, x, 4);
	take(&b, y, 4);
	take(&c, far, 2);
	take(&d, far, 0);
	near(distribution_ks(&a, &b), 0.5, 1e-12);
	near(distribution_ks(&b, &a), 0.5, 1e-12);
	near(distribution_ks(&a, &a), 0, 0);
	near(distribution_ks(&a, &c), 1, 1e-12);
	assert_true(isnan(distribution_ks(&a, &d)));
	near(distribution_ks_chance(100, 100), 0.192050, 1e-6);
}

/* Ten times as much is one power of ten away; half of it moved once is a half. */
static void
wasserstein_is_the_way_that_the_numbers_must_go(void **state)
{
	const double x[] = { 1, 1, 1, 1 }, y[] = { 10, 10, 10, 10 }, z[] = { 1, 1, 2, 2 };

	(void)state;
	take(&a, x, 4);
	take(&b, y, 4);
	take(&c, z, 4);
	near(distribution_wasserstein(&a, &b), 1, 0.02);
	near(distribution_wasserstein(&a, &c), log10(2) / 2, 1e-9);
	distribution_linear(&c, -1, 1);
	distribution_linear(&d, -1, 1);
	distribution_add(&c, -0.25);
	distribution_add(&d, 0.5);
	near(distribution_wasserstein(&c, &d), 0.75, 0.003);
	near(distribution_quantile(&c, 0.5), -0.25, 1e-12);
}

/* Half and half: 1 bit. All here against all there: 1 bit apart. */
static void
entropy_and_divergence_are_in_bits(void **state)
{
	const uint64_t half[] = { 5, 5, 0, 0 }, other[] = { 0, 0, 7, 7 }, all[] = { 1, 1, 1, 1 };
	const uint64_t none[4] = { 0 }, turned[] = { 0, 3, 3, 0 };

	(void)state;
	near(counts_entropy(half, 4), 1, 1e-12);
	near(counts_entropy(all, 4), 2, 1e-12);
	assert_true(isnan(counts_entropy(none, 4)));
	near(counts_divergence(half, other, 4), 1, 1e-12);
	near(counts_divergence(half, half, 4), 0, 1e-12);
	/* m = 3/8 3/8 1/8 1/8: 0.75 log2(8/3) + 0.75 - (1 + 2) / 2. */
	near(counts_divergence(half, all, 4), 0.75 * log2(8.0 / 3) + 0.75 - 1.5, 1e-12);
	near(counts_divergence(half, turned, 4), 0.5, 1e-12);
	near(counts_divergence_turned(half, turned, 4), 0, 1e-12);
	assert_true(isnan(counts_divergence_turned(half, none, 4)));
}

/* 2 asin(1) - 2 asin(0) is pi; of a half against a quarter pi/6. */
static void
h_is_the_difference_of_arcs(void **state)
{
	(void)state;
	near(shares_h(1, 0), 3.14159265358979, 1e-12);
	near(shares_h(0.25, 0.5), 3.14159265358979 / 6, 1e-12);
	near(shares_h(0.3, 0.3), 0, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quantiles_are_the_least_number_that_covers_the_share),
		cmocka_unit_test(numbers_of_one_bin_are_taken_at_their_mean),
		cmocka_unit_test(gini_is_half_the_relative_mean_difference),
		cmocka_unit_test(ks_is_the_greatest_difference),
		cmocka_unit_test(wasserstein_is_the_way_that_the_numbers_must_go),
		cmocka_unit_test(entropy_and_divergence_are_in_bits),
		cmocka_unit_test(h_is_the_difference_of_arcs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
