/*
 * Merge sort, bottom up: runs that qsort() puts in order in a few
 * milliseconds, then merges that ask the ticker at every item.
 */
#include "config.h"

#include "engine/sort.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"

enum { RUN = 1 << 16 };

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static bool
sort_runs(const struct sort_kind *kind, char *items, size_t count, struct ticker *t)
{
	for (size_t from = 0; from < count; from += RUN) {
		size_t n = least(RUN, count - from);

		qsort(items + from * kind->size, n, kind->size, kind->cmp);
		if (!tick(t, 0, n * 8))
			return false;
	}
	return true;
}

/* Merges src[from..mid) and src[mid..to) into dst[from..to). */
static bool
merge(const struct sort_kind *kind, const char *src, char *dst, const size_t span[3],
      struct ticker *t)
{
	size_t size = kind->size, a = span[0], b = span[1];

	for (size_t k = span[0]; k < span[2]; k++) {
		bool left = b == span[2] ||
			    (a < span[1] && kind->cmp(src + a * size, src + b * size) <= 0);

		memcpy(dst + k * size, src + (left ? a++ : b++) * size, size);
		if (!tick(t, 0, 1))
			return false;
	}
	return true;
}

static bool
merge_pass(const struct sort_kind *kind, const char *src, char *dst, size_t width, size_t count,
	   struct ticker *t)
{
	for (size_t from = 0; from < count; from += 2 * width) {
		size_t span[3] = { from, least(from + width, count),
				   least(from + 2 * width, count) };

		if (!merge(kind, src, dst, span, t))
			return false;
	}
	return true;
}

bool
sort_items(const struct sort_kind *kind, void *items, size_t count, struct ticker *t)
{
	char *src = items, *dst, *room;
	size_t cap = 0;
	bool go_on = sort_runs(kind, items, count, t);

	if (!go_on || count <= RUN)
		return go_on;
	room = dst = array_grow(NULL, &cap, count, kind->size);
	for (size_t width = RUN; go_on && width < count; width *= 2) {
		char *old = src;

		go_on = merge_pass(kind, src, dst, width, count, t);
		src = dst;
		dst = old;
	}
	if (go_on && src == room)
		memcpy(items, room, count * kind->size);
	array_free(room);
	return go_on;
}
