#include "config.h"

#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

__attribute__((noreturn)) void (*base_oom)(void) = abort;

struct arena
arena_new(size_t size)
{
	char *p = mmap(NULL, size, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (p == MAP_FAILED)
		base_oom();
	return (struct arena){ p, p + size };
}

void
arena_free(struct arena whole)
{
	if (whole.beg != NULL)
		(void)munmap(whole.beg, (size_t)(whole.end - whole.beg));
}

void *
arena_alloc(struct arena *arena, size_t count, size_t size, size_t align)
{
	size_t pad = -(uintptr_t)arena->beg & (align - 1);
	size_t room = (size_t)(arena->end - arena->beg);
	char *p;

	if (pad > room || count > (room - pad) / size)
		base_oom();
	p = arena->beg + pad;
	arena->beg = p + count * size;
	return memset(p, 0, count * size);
}

void *
grow_array(void *p, size_t *cap, size_t need, size_t size)
{
	size_t want = *cap == 0 ? 64 : *cap, bytes;

	if (p != NULL && need <= *cap)
		return p;
	while (want < need)
		if (__builtin_mul_overflow(want, 2, &want))
			base_oom();
	if (__builtin_mul_overflow(want, size, &bytes))
		base_oom();
	p = realloc(p, bytes);
	if (p == NULL)
		base_oom();
	*cap = want;
	return p;
}
