/*
 * seriate.h - an order in which like rows of a table stand beside each other.
 *
 * The shortest path through all rows by the Jaccard distance of their filled
 * cells, as a travelling salesman would go (Lenstra 1974, "Clustering a data
 * array and the traveling-salesman problem"): nearest neighbour from every
 * start, improved by turning parts round until none helps; the best of these.
 * Distances are whole numbers and ties go to the lower number, so that the same
 * table has the same order everywhere.
 */
#ifndef APP_SERIATE_H
#define APP_SERIATE_H

#include <stddef.h>
#include <stdint.h>

enum { SERIATE_MAX = 64, SERIATE_FAR = 1000000 };

/* filled[i]: bit k says whether row i has something in column k. n <= SERIATE_MAX. */
void seriate(const uint64_t *filled, size_t n, uint32_t order[SERIATE_MAX]);
/* 0 for equal rows, SERIATE_FAR for rows that share nothing. Two empty ones are equal. */
uint32_t seriate_distance(uint64_t a, uint64_t b);
/* Length of the path in this order. */
uint64_t seriate_length(const uint64_t *filled, const uint32_t *order, size_t n);

#endif
