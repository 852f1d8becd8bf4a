/* odds.h - probabilities and natural-log odds. */
#ifndef ENGINE_ODDS_H
#define ENGINE_ODDS_H

#include <math.h>

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

#endif
