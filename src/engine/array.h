/* array.h - heap columns that start zeroed. */
#ifndef ENGINE_ARRAY_H
#define ENGINE_ARRAY_H

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

/* A new column of `count` zeroed items; free() it. Never NULL. */
static inline void *
column_new(size_t count, size_t size)
{
	size_t cap = 0;
	void *p = grow_array(NULL, &cap, count, size);

	return memset(p, 0, count * size);
}

/* qsort() and memcpy() may not be given NULL, not even for no items. */
static inline void
array_sort(void *items, size_t count, size_t size, int (*cmp)(const void *a, const void *b))
{
	if (count > 1)
		qsort(items, count, size, cmp);
}

static inline void
array_copy(void *to, const void *from, size_t count, size_t size)
{
	if (count > 0)
		memcpy(to, from, count * size);
}

#define COLUMN_NEW(type, count) ((type *)column_new((count), sizeof(type)))

#endif
