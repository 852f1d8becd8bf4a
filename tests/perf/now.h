/* now.h - milliseconds with their fraction, for what is measured. */
#ifndef TESTS_PERF_NOW_H
#define TESTS_PERF_NOW_H

#include <time.h>

static inline double
now_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

#endif
