/*
 * arena.h - memory that is freed by the group, not by the object.
 *
 * Why: most objects here live exactly as long as a screen frame, an import
 * batch or a case. A function that returns memory takes `struct arena *perm`;
 * one that only needs room to work takes `struct arena scratch` by value, and
 * its allocations are gone when it returns, on every path.
 *
 * arena_new() reserves address space, not memory: pages are taken as they are
 * touched, so a generous size costs nothing until it is used.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena {
	char *beg, *end;
};

#define ARENA_NEW(arena, type, count) \
	((type *)arena_alloc((arena), (count), sizeof(type), _Alignof(type)))

/* Reserves size bytes of address space; a failure goes to base_oom(). */
struct arena arena_new(size_t size);
/* Gives it back; `whole` is the arena as arena_new() returned it. */
void arena_free(struct arena whole);

/* Zeroed memory, never NULL: base_oom() decides what running out means. */
void *arena_alloc(struct arena *arena, size_t count, size_t size, size_t align)
	__attribute__((nonnull, returns_nonnull, alloc_size(2, 3), warn_unused_result));

/*
 * Heap memory for arrays that outgrow any arena (columns of shares, edges).
 * Grows *p to hold at least `need` items of `size` bytes, doubling; *cap is
 * the number of items there is room for. New room is not zeroed.
 */
void *grow_array(void *p, size_t *cap, size_t need, size_t size)
	__attribute__((returns_nonnull, warn_unused_result));

#define GROW(p, cap, need) \
	((p) = grow_array((p), &(cap), (need), sizeof(*(p))))

/* Called once memory is gone; never returns. The screen sets one that restores the tty. */
extern __attribute__((noreturn)) void (*base_oom)(void);

#endif
