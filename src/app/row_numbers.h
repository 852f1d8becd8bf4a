/*
 * row_numbers.h - row id of the case -> number in a dense table. Row ids run
 * from 1 with few gaps, so this is an array and not a map.
 */
#ifndef APP_ROW_NUMBERS_H
#define APP_ROW_NUMBERS_H

#include "base/array.h"
#include "base/map.h"

struct row_numbers {		/* all zero to begin with */
	uint32_t *of;
	size_t count, cap;
};

static inline void
row_numbers_set(struct row_numbers *n, int64_t id, uint32_t number)
{
	size_t need = (size_t)id + 1;

	ARRAY_GROW(n->of, n->cap, need);
	while (n->count < need)
		n->of[n->count++] = MAP_NONE;
	n->of[id] = number;
}

/* MAP_NONE for a row that was never set. */
static inline uint32_t
row_numbers_get(const struct row_numbers *n, int64_t id)
{
	return id >= 0 && (size_t)id < n->count ? n->of[id] : (uint32_t)MAP_NONE;
}

static inline void
row_numbers_done(struct row_numbers *n)
{
	array_free(n->of);
	*n = (struct row_numbers){ 0 };
}

#endif
