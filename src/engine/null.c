/*
 * null.c - the regularised incomplete gamma function for whole n, which is the
 * Poisson tail, by its series (Abramowitz and Stegun 1964, 6.5.29): all terms
 * are positive, so no digits cancel, however far out.
 */
#include "config.h"

#include "engine/null.h"

#include <math.h>

/* lgamma() writes a global; its twin does not. */
static double
ln_gamma(double x)
{
	int sign;

	return lgamma_r(x, &sign);
}

/* The first term of a falling sum is 1, each next one term * ratio(i). */
static double
ln_upper_series(double lambda, double n)
{
	double term = 1, sum = 1;

	for (double i = n + 1; term > sum * 1e-17; i++) {
		term *= lambda / i;
		sum += term;
	}
	return log(sum);
}

static double
ln_lower_series(double lambda, double n)
{
	double term = 1, sum = 1;

	for (double i = n; i > 0 && term > sum * 1e-17; i--) {
		term *= i / lambda;
		sum += term;
	}
	return log(sum);
}

static double
ln_poisson(double lambda, double n)
{
	return n * log(lambda) - lambda - ln_gamma(n + 1);
}

/* ln(1 - exp(x)) for x <= 0. */
static double
ln_rest(double x)
{
	return x > -M_LN2 ? log(-expm1(x)) : log1p(-exp(x));
}

double
null_poisson_tail(double lambda, uint64_t n)
{
	double k = (double)n, below;

	if (n == 0)
		return 0;
	if (lambda <= 0)
		return -HUGE_VAL;
	if (n == 1)
		return ln_rest(-lambda);
	if (k > lambda)
		return ln_poisson(lambda, k) + ln_upper_series(lambda, k);
	below = ln_poisson(lambda, k - 1) + ln_lower_series(lambda, k - 1);
	return below < 0 ? ln_rest(below) : -HUGE_VAL;
}

static double
ln_binomial(double n, double rate, double k)
{
	return ln_gamma(n + 1) - ln_gamma(k + 1) - ln_gamma(n - k + 1) + k * log(rate) +
	       (n - k) * log1p(-rate);
}

/* ln of the sum of P(X = i), i from k in steps away from the mean. */
static double
ln_binomial_sum(double n, double rate, double k, int step)
{
	double odds = rate / (1 - rate), term = 1, sum = 1;

	for (double i = k; term > sum * 1e-17; i += step) {
		term *= step > 0 ? (n - i) / (i + 1) * odds : i / (n - i + 1) / odds;
		sum += term;
	}
	return ln_binomial(n, rate, k) + log(sum);
}

double
null_binomial_tail(uint64_t n, double rate, uint64_t k)
{
	double below;

	if (k == 0 || (rate >= 1 && k <= n))
		return 0;
	if (k > n || rate <= 0)
		return -HUGE_VAL;
	if ((double)k > (double)n * rate)
		return ln_binomial_sum((double)n, rate, (double)k, 1);
	below = ln_binomial_sum((double)n, rate, (double)k - 1, -1);
	return below < 0 ? ln_rest(below) : -HUGE_VAL;
}

static double
ln_beta(double a, double b)
{
	return ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b);
}

double
null_beta_binomial(uint64_t n, double a, double b, uint64_t k)
{
	double trials = (double)n, hits = (double)k;

	return ln_gamma(trials + 1) - ln_gamma(hits + 1) - ln_gamma(trials - hits + 1) +
	       ln_beta(hits + a, trials - hits + b) - ln_beta(a, b);
}

void
null_bh(const double *ln_p, size_t count, double tests, double *ln_q)
{
	double least = 0;

	for (size_t i = count; i-- > 0;) {
		double q = ln_p[i] + log(tests) - log((double)(i + 1));

		least = q < least ? q : least;
		ln_q[i] = least;
	}
}
