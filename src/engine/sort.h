/*
 * sort.h - sorting that can be watched and cancelled: qsort() says nothing
 * until a hundred million items are in order.
 */
#ifndef ENGINE_SORT_H
#define ENGINE_SORT_H

#include "engine/tick.h"

/* What is sorted: size bytes each, in the order of cmp, which must leave no ties that matter. */
struct sort_kind {
	size_t size;
	int (*cmp)(const void *a, const void *b);
};

/* Needs as much room again past 64 Ki items. False if cancelled: the order is then undefined. */
bool sort_items(const struct sort_kind *kind, void *items, size_t count, struct ticker *t)
	__attribute__((nonnull, warn_unused_result));

#endif
