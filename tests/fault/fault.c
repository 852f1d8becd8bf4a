/*
 * fault.c - a library to be preloaded: counts the calls that can fail and fails one.
 *
 * The seam is the dynamic linker's, so that the program under test is the one that is
 * shipped, libraries included: SQLite's own writes fail as ours do. Counting begins with
 * main(); what goes to the terminal (descriptors 0 to 2) is left alone, for what a
 * program says when all else fails must be seen.
 *
 * A statement of SQLite fails without having done anything. Where SQLite would roll the
 * transaction back by itself (a full disk, sometimes) it is not rolled back here: a caller
 * may rely on neither.
 */
#include "config.h"

#include "fault.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const names[FAULT_CLASSES] = {
#define X(name, what) #name,
	FAULT_LIST(X)
#undef X
};

static struct fault_report unshared, *report = &unshared;
static bool counting;
static enum fault_class chosen = FAULT_CLASSES;
static uint64_t chosen_from, chosen_to;	/* calls that fail */
static bool deadly;				/* they are not made, and nothing after them */
static const char *deed;			/* instead of failing; NULL: they fail */

/* The words of a shell, without this library, and only then on with the call. */
static void
do_deed(void)
{
	static char shell[] = "/bin/sh", option[] = "-c";
	char *words[] = { shell, option, (char *)(uintptr_t)deed, NULL };
	pid_t child;
	int status;

	counting = false;
	(void)unsetenv("LD_PRELOAD");
	if (posix_spawn(&child, shell, NULL, NULL, words, environ) == 0)
		while (waitpid(child, &status, 0) < 0 && errno == EINTR)
			;
}

/* Is this call to fail? */
static bool
fails(enum fault_class class)
{
	uint64_t n;

	if (!counting)
		return false;
	n = __atomic_add_fetch(&report->calls[class], 1, __ATOMIC_RELAXED);
	if (class != chosen || n < chosen_from || n > chosen_to)
		return false;
	(void)__atomic_add_fetch(&report->failed, 1, __ATOMIC_RELAXED);
	if (deadly)
		(void)kill(getpid(), SIGKILL);
	if (deed != NULL) {
		do_deed();
		return false;
	}
	if (getenv("CLAQUE_FAULT_TRAP") != NULL)
		__builtin_trap();	/* for a debugger: who called? */
	return true;
}

static bool
fails_with(enum fault_class class, int error)
{
	if (!fails(class))
		return false;
	errno = error;
	return true;
}

/* The function that would have been called: NEXT(read)(fd, p, n). */
#define NEXT(name) __extension__ ({ \
	static __typeof__(&name) real_; \
	if (real_ == NULL) { \
		void *found_ = dlsym(RTLD_NEXT, #name); \
		memcpy(&real_, &found_, sizeof(real_)); \
	} \
	real_; })

/* --- memory: glibc's own names, since dlsym() itself allocates */

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *p, size_t size);

/* caller: where the call returns to. */
static bool
no_memory(const void *caller)
{
	Dl_info where;

	if (!fails_with(FAULT_alloc, ENOMEM))
		return false;
	if (dladdr(caller, &where) != 0 && strstr(where.dli_fname, "libarchive") != NULL)
		(void)__atomic_add_fetch(&report->of_archive, 1, __ATOMIC_RELAXED);
	return true;
}

void *
malloc(size_t size)
{
	return no_memory(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

void *
calloc(size_t count, size_t size)
{
	return no_memory(__builtin_return_address(0)) ? NULL : __libc_calloc(count, size);
}

void *
realloc(void *p, size_t size)
{
	return no_memory(__builtin_return_address(0)) ? NULL : __libc_realloc(p, size);
}

void *
mmap(void *at, size_t size, int prot, int flags, int fd, off_t offset)
{
	if (fails_with(FAULT_map, ENOMEM))
		return MAP_FAILED;
	return (void *)syscall(SYS_mmap, at, size, prot, flags, fd, offset);
}

void *
mmap64(void *at, size_t size, int prot, int flags, int fd, off_t offset)
{
	return mmap(at, size, prot, flags, fd, offset);
}

/* --- files */

#define MODE_OF(flags, mode) do { \
	if (((flags) & O_CREAT) != 0) { \
		va_list list_; \
		va_start(list_, flags); \
		mode = va_arg(list_, mode_t); \
		va_end(list_); \
	} } while (0)

static int
open_file(int dir, const char *path, int flags, mode_t mode)
{
	if (fails_with(FAULT_open, EMFILE))
		return -1;
	return (int)syscall(SYS_openat, dir, path, flags, mode);
}

int
open(const char *path, int flags, ...)
{
	mode_t mode = 0;

	MODE_OF(flags, mode);
	return open_file(AT_FDCWD, path, flags, mode);
}

int
open64(const char *path, int flags, ...)
{
	mode_t mode = 0;

	MODE_OF(flags, mode);
	return open_file(AT_FDCWD, path, flags, mode);
}

int
openat(int dir, const char *path, int flags, ...)
{
	mode_t mode = 0;

	MODE_OF(flags, mode);
	return open_file(dir, path, flags, mode);
}

int __open_2(const char *path, int flags);
int __open64_2(const char *path, int flags);
int __openat_2(int dir, const char *path, int flags);

int
__open_2(const char *path, int flags)
{
	return open_file(AT_FDCWD, path, flags, 0);
}

int
__open64_2(const char *path, int flags)
{
	return open_file(AT_FDCWD, path, flags, 0);
}

int
__openat_2(int dir, const char *path, int flags)
{
	return open_file(dir, path, flags, 0);
}

FILE *
fopen(const char *path, const char *mode)
{
	return fails_with(FAULT_open, EMFILE) ? NULL : NEXT(fopen)(path, mode);
}

DIR *
opendir(const char *path)
{
	return fails_with(FAULT_open, EMFILE) ? NULL : NEXT(opendir)(path);
}

int
mkdir(const char *path, mode_t mode)
{
	return fails_with(FAULT_open, ENOSPC) ? -1 : NEXT(mkdir)(path, mode);
}

ssize_t
read(int fd, void *p, size_t n)
{
	return fd > STDERR_FILENO && fails_with(FAULT_read, EIO) ? -1 : NEXT(read)(fd, p, n);
}

ssize_t
pread(int fd, void *p, size_t n, off_t at)
{
	return fails_with(FAULT_read, EIO) ? -1 : NEXT(pread)(fd, p, n, at);
}

ssize_t
pread64(int fd, void *p, size_t n, off_t at)
{
	return fails_with(FAULT_read, EIO) ? -1 : NEXT(pread64)(fd, p, n, at);
}

size_t
fread(void *p, size_t size, size_t count, FILE *file)
{
	if (file != stdin && fails_with(FAULT_read, EIO)) {
		file->_flags |= 0x20;	/* glibc's _IO_ERR_SEEN: ferror() has to tell */
		return 0;
	}
	return NEXT(fread)(p, size, count, file);
}

struct dirent *
readdir(DIR *dir)
{
	return fails_with(FAULT_read, EIO) ? NULL : NEXT(readdir)(dir);
}

static size_t
part_of(size_t n)
{
	return n > 1 && fails(FAULT_part) ? n / 2 : n;
}

ssize_t
write(int fd, const void *p, size_t n)
{
	if (fd <= STDERR_FILENO)
		return NEXT(write)(fd, p, n);
	return fails_with(FAULT_write, ENOSPC) ? -1 : NEXT(write)(fd, p, part_of(n));
}

ssize_t
pwrite(int fd, const void *p, size_t n, off_t at)
{
	return fails_with(FAULT_write, ENOSPC) ? -1 : NEXT(pwrite)(fd, p, part_of(n), at);
}

ssize_t
pwrite64(int fd, const void *p, size_t n, off_t at)
{
	return fails_with(FAULT_write, ENOSPC) ? -1 : NEXT(pwrite64)(fd, p, part_of(n), at);
}

size_t
fwrite(const void *p, size_t size, size_t count, FILE *file)
{
	if (file != stdout && file != stderr && fails_with(FAULT_write, ENOSPC))
		return 0;
	return NEXT(fwrite)(p, size, count, file);
}

int
fsync(int fd)
{
	return fails_with(FAULT_sync, EIO) ? -1 : NEXT(fsync)(fd);
}

int
fdatasync(int fd)
{
	return fails_with(FAULT_sync, EIO) ? -1 : NEXT(fdatasync)(fd);
}

int
rename(const char *from, const char *to)
{
	return fails_with(FAULT_rename, ENOSPC) ? -1 : NEXT(rename)(from, to);
}

int
renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags)
{
	if (fails_with(FAULT_rename, ENOSPC))
		return -1;
	return NEXT(renameat2)(from_dir, from, to_dir, to, flags);
}

int
ftruncate(int fd, off_t size)
{
	return fails_with(FAULT_trunc, EIO) ? -1 : NEXT(ftruncate)(fd, size);
}

int
ftruncate64(int fd, off_t size)
{
	return fails_with(FAULT_trunc, EIO) ? -1 : NEXT(ftruncate64)(fd, size);
}

int
unlink(const char *path)
{
	return fails_with(FAULT_unlink, EPERM) ? -1 : NEXT(unlink)(path);
}

int
rmdir(const char *path)
{
	return fails_with(FAULT_unlink, EPERM) ? -1 : NEXT(rmdir)(path);
}

/* --- SQLite */

static _Thread_local int inside;	/* calls that SQLite makes of itself are its own */
static _Thread_local sqlite3 *failed_db;
static _Thread_local int failed_code;

static int
fail_sql(sqlite3 *db, bool prepare)
{
	int code = SQLITE_OK;

	if (inside > 0)
		return SQLITE_OK;
	if (prepare) {
		code = fails(FAULT_prepare) ? SQLITE_IOERR : SQLITE_OK;
	} else {
		code = fails(FAULT_step) ? SQLITE_IOERR : SQLITE_OK;
		if (fails(FAULT_full))
			code = SQLITE_FULL;
	}
	failed_db = code != SQLITE_OK ? db : NULL;
	failed_code = code;
	return code;
}

int
sqlite3_step(sqlite3_stmt *st)
{
	int code = fail_sql(sqlite3_db_handle(st), false);

	if (code != SQLITE_OK)
		return code;
	inside++;
	code = NEXT(sqlite3_step)(st);
	inside--;
	return code;
}

int
sqlite3_exec(sqlite3 *db, const char *sql, int (*each)(void *, int, char **, char **),
	     void *ctx, char **message)
{
	/* A ROLLBACK that fails has rolled back all the same. */
	int code = strcmp(sql, "ROLLBACK") == 0 ? SQLITE_OK : fail_sql(db, false);

	if (code != SQLITE_OK)
		return code;
	inside++;
	code = NEXT(sqlite3_exec)(db, sql, each, ctx, message);
	inside--;
	return code;
}

int
sqlite3_prepare_v2(sqlite3 *db, const char *sql, int bytes, sqlite3_stmt **out, const char **end)
{
	int code = fail_sql(db, true);

	*out = NULL;
	if (code != SQLITE_OK)
		return code;
	inside++;
	code = NEXT(sqlite3_prepare_v2)(db, sql, bytes, out, end);
	inside--;
	return code;
}

int
sqlite3_prepare_v3(sqlite3 *db, const char *sql, int bytes, unsigned flags, sqlite3_stmt **out,
		   const char **end)
{
	int code = fail_sql(db, true);

	*out = NULL;
	if (code != SQLITE_OK)
		return code;
	inside++;
	code = NEXT(sqlite3_prepare_v3)(db, sql, bytes, flags, out, end);
	inside--;
	return code;
}

int
sqlite3_errcode(sqlite3 *db)
{
	return failed_db == db && db != NULL ? failed_code : NEXT(sqlite3_errcode)(db);
}

const char *
sqlite3_errmsg(sqlite3 *db)
{
	return failed_db == db && db != NULL ? sqlite3_errstr(failed_code)
					     : NEXT(sqlite3_errmsg)(db);
}

/* --- threads and processes */

int
pthread_create(pthread_t *out, const pthread_attr_t *how, void *(*begin)(void *), void *ctx)
{
	return fails(FAULT_spawn) ? EAGAIN : NEXT(pthread_create)(out, how, begin, ctx);
}

pid_t
fork(void)
{
	return fails_with(FAULT_spawn, EAGAIN) ? -1 : NEXT(fork)();
}

int
pipe(int out[2])
{
	return fails_with(FAULT_spawn, EMFILE) ? -1 : NEXT(pipe)(out);
}

int
socketpair(int domain, int type, int protocol, int out[2])
{
	return fails_with(FAULT_spawn, EMFILE) ? -1 : NEXT(socketpair)(domain, type, protocol, out);
}

/* --- from main() on */

static void
share_report(const char *path)
{
	int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC, 0);
	void *p = MAP_FAILED;

	if (fd >= 0)
		p = (void *)syscall(SYS_mmap, NULL, sizeof(*report), PROT_READ | PROT_WRITE,
				    MAP_SHARED, fd, 0);
	if (p == MAP_FAILED) {
		(void)fprintf(stderr, "fault.c: no report at %s\n", path);
		_exit(125);
	}
	(void)close(fd);
	report = p;
}

/* CLASS:N, CLASS:N:on, CLASS:N:kill or CLASS:N:do */
static void
choose(const char *what)
{
	for (unsigned i = 0; i < FAULT_CLASSES; i++) {
		size_t len = strlen(names[i]);
		char *end;

		if (strncmp(what, names[i], len) != 0 || what[len] != ':')
			continue;
		chosen = (enum fault_class)i;
		chosen_from = strtoull(what + len + 1, &end, 10);
		deadly = strcmp(end, ":kill") == 0;
		deed = strcmp(end, ":do") == 0 ? getenv("CLAQUE_FAULT_DEED") : NULL;
		chosen_to = strcmp(end, ":on") == 0 ? UINT64_MAX : chosen_from;
	}
}

static int (*real_main)(int, char **, char **);

static int
counted_main(int argc, char **argv, char **env)
{
	const char *path = getenv("CLAQUE_FAULT_REPORT"), *what = getenv("CLAQUE_FAULT");

	if (path != NULL)
		share_report(path);
	if (what != NULL)
		choose(what);
	counting = true;
	return real_main(argc, argv, env);
}

int __libc_start_main(int (*program)(int, char **, char **), int argc, char **argv,
		      void (*init)(void), void (*done)(void), void (*linker_done)(void),
		      void *stack);

int
__libc_start_main(int (*program)(int, char **, char **), int argc, char **argv,
		  void (*init)(void), void (*done)(void), void (*linker_done)(void), void *stack)
{
	real_main = program;
	return NEXT(__libc_start_main)(counted_main, argc, argv, init, done, linker_done, stack);
}
