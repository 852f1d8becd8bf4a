/* odds.h - probabilities and natural-log odds. */
#ifndef ENGINE_ODDS_H
#define ENGINE_ODDS_H

#include <math.h>

/* lgamma writes a global, which threads share; its twin does not. */
static inline double
ln_gamma(double x)
{
	int sign;

	return lgamma_r(x, &sign);
}

static inline double
logit(double p)
{
	return log(p) - log1p(-p);
}

static inline double
logistic(double x)
{
	return 1 / (1 + exp(-x));
}

static inline double
cut_to(double x, double least, double most)
{
	return x < least ? least : x > most ? most : x;
}

/*
 * x in steps of 1 / per_one, a power of two. Sums of such numbers are exact as
 * long as they have room below 2^53 steps, so they do not depend on the order in
 * which things are told, which is that of the input.
 */
static inline double
in_steps(double x, double per_one)
{
	return nearbyint(x * per_one) / per_one;
}

/*
 * ln of the odds that a p-value gives for "p tends to be small" against "p is
 * anything": Beta(1/4, 1) against uniform (Sellke, Bayarri and Berger 2001).
 * -1.39 at p = 1, 0 at .16, 2.1 at .01; at most `most`.
 */
static inline double
odds_of_p(double p, double most)
{
	double ln = p > 0 ? log(0.25) - 0.75 * log(p) : most;

	return ln < most ? ln : most;
}

#endif
