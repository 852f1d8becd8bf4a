/*
 * assign.h - who goes with whom, so that all together fit best and nobody goes
 * with two (Kuhn 1955; Munkres 1957).
 */
#ifndef ENGINE_ASSIGN_H
#define ENGINE_ASSIGN_H

#include <stddef.h>
#include <stdint.h>

#define NOT_ASSIGNED UINT32_MAX

/*
 * gain: rows * cols, row by row; what is not above 0 never goes together.
 * column: by row, or NOT_ASSIGNED. O(n^3) for n = rows + cols.
 */
void assign_best(const double *gain, uint32_t rows, uint32_t cols, uint32_t *column);

#endif
