/*
 * radix.h - many numbers sorted without comparing them: least digit first, 11 bits at a
 * time. Of millions that takes a quarter of what qsort() does, and the order of equal
 * ones is kept, so that what stands below from_bit may say which is which.
 */
#ifndef BASE_RADIX_H
#define BASE_RADIX_H

#include <stddef.h>
#include <stdint.h>

/* Ascending by their bits from from_bit (0..63) on. room: for as many more. */
void radix_sort(uint64_t *keys, uint64_t *room, size_t count, unsigned from_bit);

#endif
