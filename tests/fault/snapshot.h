/*
 * snapshot.h - folders copied, taken away and remembered, a case by what is in it.
 */
#ifndef FAULT_SNAPSHOT_H
#define FAULT_SNAPSHOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PATH_BYTES = 512, SNAPSHOT_FILES_MAX = 200 };
/* Digests of cases: not whole; without a table yet, as one is that could not be begun. */
enum { CASE_BROKEN, CASE_EMPTY };

struct file {
	char path[PATH_BYTES];
	uint64_t digest;	/* of a case, of all its rows */
	uint64_t counts;	/* of a case, of how many each table has; else 0 */
};

struct snapshot {
	struct file files[SNAPSHOT_FILES_MAX];
	size_t count;
};

/* Ends the program, with errno. */
void die(const char *what) __attribute__((noreturn));
uint64_t digest_bytes(uint64_t digest, const void *p, size_t n);
#define DIGEST_START UINT64_C(0xcbf29ce484222325)

void folder_remove(const char *path);
/* A file, or a folder with all that is in it. */
void folder_copy(const char *from, const char *to);

/* goes_on: without the ledgers of cases, which tell how often something was begun. */
void snapshot_take(struct snapshot *out, const char *folder, bool goes_on);
const struct file *snapshot_find(const struct snapshot *s, const char *path);
/* But for files that have not their name yet. */
bool snapshot_equal(const struct snapshot *is, const struct snapshot *should);
/* The same files, and as many rows of everything in the cases. */
bool snapshot_counts_equal(const struct snapshot *is, const struct snapshot *should);
/* Has it not its name yet, or is it below such? */
bool snapshot_is_part(const char *path);
bool ends_with(const char *s, const char *ending);

#endif
