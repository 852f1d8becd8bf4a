/*
 * array.h - heap arrays that may outgrow memory.
 *
 * All that a score holds grows with the posts, and most of it is read in order. Once the
 * arrays of this process take more than array_limit() allows, those that come or grow
 * after that lie in files, mapped: the kernel keeps them in memory as long as there is
 * room, and writes them out where it would otherwise have to kill. The files have no
 * names, so nothing is left of them however the process ends. What an array holds does
 * not depend on where it lies.
 *
 * Arrays below ARRAY_FILE_LEAST always stay in memory: there are many, and they take
 * little. So do all where the disk has no room either: then base_oom() has the last word.
 */
#ifndef BASE_ARRAY_H
#define BASE_ARRAY_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "claque/types.h"

#define ARRAY_FILE_LEAST ((size_t)1 << 20)

#define ARRAY_NEW(type, count) ((type *)array_new((count), sizeof(type)))
#define ARRAY_GROW(p, cap, need) \
	((p) = array_grow((p), &(cap), (need), sizeof(*(p))))

/* `count` zeroed items; array_free() it. Never NULL. */
void *array_new(size_t count, size_t size)
	__attribute__((returns_nonnull, warn_unused_result));
/*
 * As grow_array(), for an array from here or NULL: *cap becomes the number of items there
 * is room for, at least `need`. New room is not zeroed.
 */
void *array_grow(void *p, size_t *cap, size_t need, size_t size)
	__attribute__((returns_nonnull, warn_unused_result));
void array_free(void *p);	/* takes NULL */

/*
 * At most so many bytes of arrays in memory from now on, the rest in files in this
 * folder; 0 and NULL: all in memory, as at first. Of the whole process; not while
 * another thread uses arrays. False, and nothing changed, where there is no such folder:
 * errno says so.
 */
bool array_limit(uint64_t bytes, const char *folder);
/*
 * The same once a file was made there, to see whether it can be done. EIO, and nothing
 * changed, where not: `instead` says what else can be done.
 */
CLAQUE_CHECKED enum claque_rc array_limit_in(uint64_t bytes, const char *folder,
	const char *instead, struct claque_err *err);
/* Bytes that lay in files at most since array_limit(). */
uint64_t array_in_files(void);

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

#endif
