/*
 * array.c - see array.h.
 *
 * Every array stands behind a head that says where it lies. One file an array: growing is
 * a longer file mapped anew, nothing is copied. Room in a file is taken before it is
 * mapped (posix_fallocate), for a page that the disk has no room for is a SIGBUS when it
 * is touched, and not an error.
 */
#include "config.h"

#include "base/array.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/err.h"

struct head {
	size_t bytes;		/* of the whole block, with this */
	int fd;			/* -1: in memory */
	_Alignas(16) char items[];
};

static struct {
	_Atomic uint64_t in_memory, in_files, most_in_files;
	uint64_t limit;		/* 0: none */
	int folder;		/* open, where there is a limit */
} room = { .folder = -1 };

static struct head *
head_of(void *p)
{
	return (struct head *)((char *)p - offsetof(struct head, items));
}

static size_t
counted(size_t bytes)
{
	return bytes >= ARRAY_FILE_LEAST ? bytes : 0;
}

/* A file that nothing but its descriptor names. */
static int
open_nameless(int folder)
{
	static _Atomic unsigned number;
	char name[64];
	int fd;

#ifdef O_TMPFILE
	fd = openat(folder, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != ENOENT))
		return fd;
#endif
	(void)snprintf(name, sizeof(name), ".claque-arrays-%ld-%u", (long)getpid(), number++);
	fd = openat(folder, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd >= 0)
		(void)unlinkat(folder, name, 0);
	return fd;
}

static bool
lengthen(int fd, size_t bytes)
{
	int error;

	do
		error = posix_fallocate(fd, 0, (off_t)bytes);
	while (error == EINTR);
	return error == 0;
}

static struct head *
map_file(int fd, size_t bytes)
{
	void *p = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	return p == MAP_FAILED ? NULL : p;
}

static void
count_file(uint64_t more)
{
	uint64_t now = atomic_fetch_add(&room.in_files, more) + more;
	uint64_t most = atomic_load(&room.most_in_files);

	while (now > most && !atomic_compare_exchange_weak(&room.most_in_files, &most, now))
		;
}

/* NULL where the disk will not have it. */
static struct head *
file_new(size_t bytes)
{
	int fd = open_nameless(room.folder);
	struct head *h = NULL;

	if (fd >= 0 && lengthen(fd, bytes))
		h = map_file(fd, bytes);
	if (h == NULL) {
		if (fd >= 0)
			(void)close(fd);
		return NULL;
	}
	h->bytes = bytes;
	h->fd = fd;
	count_file(bytes);
	return h;
}

/* Whether memory has room for so many bytes more; then they are taken. */
static bool
take_memory(size_t bytes)
{
	uint64_t before = atomic_fetch_add(&room.in_memory, bytes);

	if (room.limit == 0 || bytes == 0 || before + bytes <= room.limit)
		return true;
	(void)atomic_fetch_sub(&room.in_memory, bytes);
	return false;
}

static struct head *
memory_new(size_t bytes)
{
	struct head *h = calloc(1, bytes);

	if (h == NULL)
		base_oom();
	h->bytes = bytes;
	h->fd = -1;
	return h;
}

static void
file_free(struct head *h)
{
	(void)atomic_fetch_sub(&room.in_files, h->bytes);
	(void)close(h->fd);
	(void)munmap(h, h->bytes);
}

/* The disk is full: what memory takes it may have, however much was allowed. */
static struct head *
file_to_memory(struct head *h, size_t bytes)
{
	struct head *m = memory_new(bytes);

	memcpy(m->items, h->items, h->bytes - sizeof(*h));
	(void)atomic_fetch_add(&room.in_memory, bytes);
	file_free(h);
	return m;
}

static struct head *
file_grow(struct head *h, size_t bytes)
{
	struct head *longer = lengthen(h->fd, bytes) ? map_file(h->fd, bytes) : NULL;
	size_t before = h->bytes;

	if (longer == NULL)
		return file_to_memory(h, bytes);
	(void)munmap(h, before);
	longer->bytes = bytes;
	count_file(bytes - before);
	return longer;
}

static struct head *
block_new(size_t bytes)
{
	struct head *h = NULL;

	if (!take_memory(counted(bytes))) {
		h = file_new(bytes);
		if (h != NULL)
			return h;
		(void)atomic_fetch_add(&room.in_memory, bytes);
	}
	return memory_new(bytes);
}

static struct head *
memory_to_file(struct head *h, size_t bytes)
{
	struct head *f = file_new(bytes);

	if (f == NULL)
		return NULL;
	memcpy(f->items, h->items, h->bytes - sizeof(*h));
	(void)atomic_fetch_sub(&room.in_memory, counted(h->bytes));
	free(h);
	return f;
}

static struct head *
memory_grow(struct head *h, size_t bytes)
{
	size_t more = counted(bytes) - counted(h->bytes);

	if (!take_memory(more)) {
		struct head *f = memory_to_file(h, bytes);

		if (f != NULL)
			return f;
		(void)atomic_fetch_add(&room.in_memory, more);
	}
	h = realloc(h, bytes);
	if (h == NULL)
		base_oom();
	h->bytes = bytes;
	return h;
}

static size_t
bytes_of(size_t count, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(count, size, &bytes) ||
	    __builtin_add_overflow(bytes, sizeof(struct head), &bytes))
		base_oom();
	return bytes;
}

void *
array_new(size_t count, size_t size)
{
	return block_new(bytes_of(count, size))->items;
}

/* By doubling; in a file, where growing copies nothing, by an eighth: disks fill up. */
static size_t
room_for(size_t cap, size_t need, bool in_file)
{
	size_t want = cap == 0 ? 64 : cap;

	while (want < need)
		if (__builtin_add_overflow(want, in_file ? want / 8 + 1 : want, &want))
			base_oom();
	return want;
}

void *
array_grow(void *p, size_t *cap, size_t need, size_t size)
{
	struct head *h = p == NULL ? NULL : head_of(p);
	size_t bytes;

	if (h != NULL && need <= *cap)
		return p;
	*cap = room_for(*cap, need, h != NULL && h->fd >= 0);
	bytes = bytes_of(*cap, size);
	if (h == NULL)
		return block_new(bytes)->items;
	return (h->fd >= 0 ? file_grow(h, bytes) : memory_grow(h, bytes))->items;
}

void
array_free(void *p)
{
	struct head *h;

	if (p == NULL)
		return;
	h = head_of(p);
	if (h->fd < 0) {
		(void)atomic_fetch_sub(&room.in_memory, counted(h->bytes));
		free(h);
		return;
	}
	file_free(h);
}

static int
open_folder(const char *folder)
{
	return open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static bool
can_make_files(const char *folder)
{
	int at = open_folder(folder), fd = at < 0 ? -1 : open_nameless(at), error = errno;

	if (fd >= 0)
		(void)close(fd);
	if (at >= 0)
		(void)close(at);
	errno = error;
	return fd >= 0;
}

bool
array_limit(uint64_t bytes, const char *folder)
{
	int fd = folder == NULL ? -1 : open_folder(folder);

	if (folder != NULL && fd < 0)
		return false;
	if (room.folder >= 0)
		(void)close(room.folder);
	room.folder = fd;
	room.limit = folder == NULL ? 0 : bytes;
	atomic_store(&room.most_in_files, atomic_load(&room.in_files));
	return true;
}

enum claque_rc
array_limit_in(uint64_t bytes, const char *folder, const char *instead, struct claque_err *err)
{
	if (can_make_files(folder) && array_limit(bytes, folder))
		return CLAQUE_OK;
	return err_set(err, CLAQUE_EIO, "%s: no file can be made there for what memory has no room "
		       "for: %s; %s", folder, strerror(errno), instead);
}

uint64_t
array_in_files(void)
{
	return atomic_load(&room.most_in_files);
}
