#include "config.h"

#include "base/distribution.h"

#include <math.h>

enum { BINS_A_DOUBLING = 16, LAST = DISTRIBUTION_BINS - 1 };

void
distribution_log(struct distribution *d, double low)
{
	*d = (struct distribution){ .low = low, .least = HUGE_VAL, .most = -HUGE_VAL };
}

void
distribution_linear(struct distribution *d, double low, double high)
{
	distribution_log(d, low);
	d->step = (high - low) / (LAST - 1);
}

static size_t
bin_of(const struct distribution *d, double x)
{
	double at;

	if (!(x >= d->low))
		return 0;
	at = d->step > 0 ? (x - d->low) / d->step : BINS_A_DOUBLING * log2(x / d->low);
	return at + 1 < LAST ? (size_t)at + 1 : LAST;
}

void
distribution_add(struct distribution *d, double x)
{
	size_t bin = bin_of(d, x);

	d->counts[bin]++;
	d->sums[bin] += x;
	d->n++;
	d->sum += x;
	d->least = fmin(d->least, x);
	d->most = fmax(d->most, x);
}

double
distribution_mean(const struct distribution *d)
{
	return d->n > 0 ? d->sum / (double)d->n : (double)NAN;
}

double
distribution_quantile(const struct distribution *d, double p)
{
	double rank = fmax(ceil(p * (double)d->n - 1e-9), 1);
	uint64_t upto = 0;
	size_t bin = 0;

	if (d->n == 0)
		return (double)NAN;
	for (upto = d->counts[0]; bin < LAST && (double)upto < rank; upto += d->counts[bin])
		bin++;
	return d->sums[bin] / (double)d->counts[bin];
}

/*
 * 1 - the area below the Lorenz curve, twice: for each bin its part of all numbers times the
 * parts of the sum up to it and below it.
 */
double
distribution_gini(const struct distribution *d)
{
	double below = 0, area = 0;

	if (d->n == 0 || !(d->sum > 0))
		return (double)NAN;
	for (size_t i = 0; i < DISTRIBUTION_BINS; i++) {
		area += (double)d->counts[i] * (2 * below + d->sums[i]);
		below += d->sums[i];
	}
	return 1 - area / ((double)d->n * d->sum);
}

double
distribution_ks(const struct distribution *a, const struct distribution *b)
{
	double f = 0, g = 0, most = 0;

	if (a->n == 0 || b->n == 0)
		return (double)NAN;
	for (size_t i = 0; i < DISTRIBUTION_BINS; i++) {
		f += (double)a->counts[i] / (double)a->n;
		g += (double)b->counts[i] / (double)b->n;
		most = fmax(most, fabs(f - g));
	}
	return most;
}

double
distribution_wasserstein(const struct distribution *a, const struct distribution *b)
{
	double wide = a->step > 0 ? a->step : log10(2) / BINS_A_DOUBLING, f = 0, g = 0, area = 0;

	if (a->n == 0 || b->n == 0)
		return (double)NAN;
	for (size_t i = 0; i < DISTRIBUTION_BINS; i++) {
		f += (double)a->counts[i] / (double)a->n;
		g += (double)b->counts[i] / (double)b->n;
		area += fabs(f - g) * wide;
	}
	return area;
}

double
distribution_ks_chance(uint64_t n, uint64_t m)
{
	return 1.358 * sqrt(1 / (double)n + 1 / (double)m);
}

/* --- counts by kind */

static double
sum_of(const uint64_t *counts, size_t k)
{
	double sum = 0;

	for (size_t i = 0; i < k; i++)
		sum += (double)counts[i];
	return sum;
}

static double
bits(double p)
{
	return p > 0 ? -p * log2(p) : 0;
}

double
counts_entropy(const uint64_t *counts, size_t k)
{
	double all = sum_of(counts, k), entropy = 0;

	for (size_t i = 0; i < k && all > 0; i++)
		entropy += bits((double)counts[i] / all);
	return all > 0 ? entropy : (double)NAN;
}

/* b is turned by so many places. */
static double
divergence(const uint64_t *a, const uint64_t *b, size_t k, size_t turned)
{
	double in_a = sum_of(a, k), in_b = sum_of(b, k), sum = 0;

	if (!(in_a > 0) || !(in_b > 0))
		return (double)NAN;
	for (size_t i = 0; i < k; i++) {
		double p = (double)a[i] / in_a, q = (double)b[(i + turned) % k] / in_b;

		sum += bits((p + q) / 2) - (bits(p) + bits(q)) / 2;
	}
	return fmax(sum, 0);
}

double
counts_divergence(const uint64_t *a, const uint64_t *b, size_t k)
{
	return divergence(a, b, k, 0);
}

double
counts_divergence_turned(const uint64_t *a, const uint64_t *b, size_t k)
{
	double least = divergence(a, b, k, 0);

	for (size_t i = 1; i < k; i++)
		least = fmin(least, divergence(a, b, k, i));
	return least;
}

double
shares_h(double p, double q)
{
	return fabs(2 * asin(sqrt(p)) - 2 * asin(sqrt(q)));
}
