/*
 * null.h - how likely is that by chance: tails of the counting distributions,
 * and multiple testing.
 *
 * Probabilities come back as natural logarithms, so that the surprise of nine
 * shared objects where 1e-60 were expected keeps its rank.
 */
#ifndef ENGINE_NULL_H
#define ENGINE_NULL_H

#include <stddef.h>
#include <stdint.h>

/* ln P(X >= n), X ~ Poisson(lambda), lambda >= 0; -INFINITY for lambda 0 and n > 0. */
double null_poisson_tail(double lambda, uint64_t n);
/* ln P(X >= k), X ~ Binomial(n, rate), 0 <= rate <= 1. */
double null_binomial_tail(uint64_t n, double rate, uint64_t k);
/*
 * ln P(X >= k), X the sum of n independent trials with these rates, each 0..1
 * (the Poisson-binomial). Exact to rounding up to POISSON_BINOMIAL_EXACT
 * trials; past them the saddlepoint formula of Lugannani and Rice (1980), with
 * Daniels' (1987) correction for whole numbers, which is off by less than a
 * hundredth of p. Where the variance is below 4 it is not to be trusted, and
 * the Poisson tail with the same mean stands in: it is the longer one
 * (Hoeffding 1956; Anderson and Samuels 1967), so it claims too little.
 */
enum { POISSON_BINOMIAL_EXACT = 512 };
double null_poisson_binomial_tail(const double *rates, size_t n, uint64_t k);
/*
 * ln P(X = k), X ~ beta-binomial(n; a, b), a, b > 0: a binomial whose rate is
 * itself uncertain, so that a group that differs a little is no surprise.
 */
double null_beta_binomial(uint64_t n, double a, double b, uint64_t k);

/*
 * Benjamini-Hochberg (1995). ln_p: p-values as logarithms in rising order, the
 * smallest of `tests` tests; ln_q gets their q-values, never falling, at most 0.
 */
void null_bh(const double *ln_p, size_t count, double tests, double *ln_q);

#endif
