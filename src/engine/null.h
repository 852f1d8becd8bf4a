/*
 * null.h - how likely is that by chance: tails of the two counting
 * distributions, and multiple testing.
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
