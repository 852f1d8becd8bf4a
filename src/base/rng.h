/*
 * rng.h - the one random source: seeded, so that the same seed gives the same
 * world and the same clusters on every machine.
 *
 * xoshiro256** (Blackman and Vigna 2018), seeded through splitmix64. Not for
 * secrets.
 */
#ifndef BASE_RNG_H
#define BASE_RNG_H

#include <stdint.h>

struct rng {
	uint64_t s[4];
};

struct rng rng_seeded(uint64_t seed);
uint64_t rng_next(struct rng *r);
/* 0..n-1 without bias; n > 0. */
uint64_t rng_below(struct rng *r, uint64_t n);
/* 0 <= x < 1. */
double rng_unit(struct rng *r);
/* Mean 0, deviation 1. */
double rng_normal(struct rng *r);
/* Mean `mean`. */
double rng_exponential(struct rng *r, double mean);

#endif
