/*
 * distribution.h - how numbers are spread, and how far two spreads are apart.
 *
 * Numbers are counted in bins, so that any many of them take the same 16 kB: on a log scale
 * 16 bins to a doubling (whole numbers up to 16 have one each), on a linear scale 1,022. A
 * bin keeps its sum and gives its mean as a quantile, so quantiles are off by 2.2 % at most
 * and mostly by nothing; distances take two spreads that were set up alike.
 *
 * Gini: Gini (1912). Kolmogorov-Smirnov: Smirnov (1939), its critical value as in Massey
 * (1951). Earth mover's or 1-Wasserstein distance: Vaserstein (1969), in one dimension the
 * area between the distribution functions. Jensen-Shannon divergence: Lin (1991). Cohen's h
 * of two shares: Cohen (1988).
 */
#ifndef BASE_DISTRIBUTION_H
#define BASE_DISTRIBUTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DISTRIBUTION_BINS = 1024 };

struct distribution {
	double low, step;	/* of the first bin its end; step 0: logs, 16 bins to a doubling */
	uint64_t counts[DISTRIBUTION_BINS];
	double sums[DISTRIBUTION_BINS];
	uint64_t n;
	double sum, least, most;
};

/* Of numbers from 0 on; those below `low` share a bin and are taken to be alike. low > 0. */
void distribution_log(struct distribution *d, double low);
/* Of numbers from low to high; what lies beyond counts at the end. */
void distribution_linear(struct distribution *d, double low, double high);
void distribution_add(struct distribution *d, double x);

/* NAN of no numbers. */
double distribution_mean(const struct distribution *d);
/* The least number that at least a share p of all are at or below; p in 0..1. */
double distribution_quantile(const struct distribution *d, double p);
/* 0: all have the same; towards 1: one has everything. Of numbers from 0 on; NAN if all are 0. */
double distribution_gini(const struct distribution *d);

/* Greatest difference of the two distribution functions, 0..1; NAN if one is empty. */
double distribution_ks(const struct distribution *a, const struct distribution *b);
/* In powers of ten on a log scale, else in the numbers' own unit; NAN if one is empty. */
double distribution_wasserstein(const struct distribution *a, const struct distribution *b);
/* What two samples of one spread stay below 19 times of 20 (D of Kolmogorov and Smirnov). */
double distribution_ks_chance(uint64_t n, uint64_t m);

/* In bits; NAN if nothing is counted. */
double counts_entropy(const uint64_t *counts, size_t k);
/* Between 0 and 1 bit; NAN if nothing is counted in one of them. */
double counts_divergence(const uint64_t *a, const uint64_t *b, size_t k);
/* The least of those after b is turned by 0 .. k - 1 places: rhythms in unknown time zones. */
double counts_divergence_turned(const uint64_t *a, const uint64_t *b, size_t k);
/* |h| of two shares: 0.2 is small, 0.5 medium, 0.8 large. */
double shares_h(double p, double q);

#endif
