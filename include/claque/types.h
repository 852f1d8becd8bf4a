/*
 * claque/types.h - codes, errors, strings, progress: what every call shares.
 *
 * libclaque never prints, exits, or sees a terminal or a database, and keeps no
 * global state, but for how much memory it may take (claque/memory.h). Two contexts may be used from two threads at once;
 * one context by one thread at a time.
 *
 * Times are milliseconds since 1970-01-01 UTC (int64_t) unless a name ends in
 * _s (seconds). Sizes are bytes. Scores and probabilities lie in 0..1.
 */
#ifndef CLAQUE_TYPES_H
#define CLAQUE_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CLAQUE_VERSION_MAJOR 0
#define CLAQUE_VERSION_MINOR 1

/* The result must be looked at; no pointer argument may be NULL. */
#define CLAQUE_CHECKED __attribute__((warn_unused_result, nonnull))

/* One list, so that codes and texts cannot drift apart. */
#define CLAQUE_RC_LIST(X) \
	X(OK, "success") \
	X(DONE, "end of rows") \
	X(STOPPED, "stopped on request") \
	X(EUSAGE, "misuse") \
	X(EINPUT, "bad input") \
	X(ELIMIT, "over a limit") \
	X(EIO, "input or output failed") \
	X(EBUSY, "in use by another process") \
	X(EVERSION, "made by another version") \
	X(ENOTFOUND, "not found")

#define X(name, text) CLAQUE_##name,
enum claque_rc { CLAQUE_RC_LIST(X) CLAQUE_RC_COUNT };
#undef X

/* Belongs to the caller; filled exactly when a CLAQUE_E code is returned. */
struct claque_err {
	enum claque_rc rc;
	char msg[400];
};

/* A borrowed view: not terminated, may hold NUL bytes, p may be NULL if len is 0. */
struct claque_str {
	const char *p;
	size_t len;
};

/*
 * Called at least every 100 ms of work from the calling thread. total is 0
 * where it is not known. Returning false cancels: the call then returns
 * CLAQUE_STOPPED and leaves its outputs empty. tick may be NULL.
 */
struct claque_progress {
	void *ctx;
	bool (*tick)(void *ctx, const char *stage, uint64_t done, uint64_t total);
};

/* "success", "misuse", ...; never NULL. */
const char *claque_rc_text(enum claque_rc rc);

#endif
