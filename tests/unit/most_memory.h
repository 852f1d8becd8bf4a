/*
 * most_memory.h - what this process had in memory at most.
 */
#ifndef TESTS_UNIT_MOST_MEMORY_H
#define TESTS_UNIT_MOST_MEMORY_H

#include <sys/resource.h>

#include "test.h"

/* Bytes. */
static inline size_t
most_memory(void)
{
	struct rusage usage;

	assert_int_equal(getrusage(RUSAGE_SELF, &usage), 0);
	return (size_t)usage.ru_maxrss << 10;
}

#endif
