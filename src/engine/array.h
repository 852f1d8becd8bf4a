/* array.h - heap columns that start zeroed. */
#ifndef ENGINE_ARRAY_H
#define ENGINE_ARRAY_H

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

#define COLUMN_NEW(type, count) ((type *)column_new((count), sizeof(type)))

#endif
