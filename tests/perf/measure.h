/*
 * measure.h - one program at a terminal of 120 columns and 36 rows, timed.
 *
 * Times are milliseconds from the write of a key to the read of its answer: `first`
 * to its first byte, `whole` to the last byte before the program was quiet. Memory is
 * what smaps_rollup calls private of the program and all it has started, in KiB; pages
 * of a file that nobody else maps are among the clean ones.
 */
#ifndef TESTS_PERF_MEASURE_H
#define TESTS_PERF_MEASURE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "rivals.h"

struct pty;

enum { SCREEN_ROWS = 36, SCREEN_COLS = 120 };

/* Below zero: it never came. */
struct opening {
	double first_byte, first_row, loaded;
};

struct keying {
	size_t keys, silent;		/* those that nothing answered are in no figure */
	double first_p50, first_p95, whole_p50, whole_p95;
	double bytes;			/* mean a key */
};

struct memory {
	long clean, dirty;
};

/* The program's argv with its file; *out to be freed with pty_free(). False: not installed. */
bool measure_installed(const char *program);
/*
 * Starts it and waits for the needle; then, up to wait_s seconds, until it and its
 * children use less than a twentieth of a processor.
 */
struct pty *measure_open(const char *const *argv, const char *file, const char *needle, int wait_s,
			 struct opening *out);
struct keying measure_keys(struct pty *p, const struct key_group *group);
/* From a key to the needle on the screen; below zero: it did not come in so many seconds. */
double measure_until(struct pty *p, const char *keys, const char *needle, int seconds);
/* Reads until nothing came for so long. */
void measure_settle(struct pty *p, int quiet_ms, int limit_ms);
struct memory measure_memory(struct pty *p);
/* Takes the file out of the page cache, as far as nobody else has it. */
void measure_forget_file(const char *path);

#endif
