/*
 * file.h - plain files for reading, wherever somebody names one.
 *
 * The one place that opens them: a pipe (FIFO) that nobody writes to would be waited for
 * for ever, a device may never end, and a folder reads as an error that tells nothing.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/buf.h"

/* *fd is the caller's to close; *bytes: its size. EIO says what it is instead. */
CLAQUE_CHECKED enum claque_rc file_open(const char *path, int *fd, uint64_t *bytes,
	struct claque_err *err);
/* What tells that somebody has written to a file, or put another one in its place. */
struct file_state {
	uint64_t device, inode, bytes;
	int64_t seconds, nanoseconds;	/* of the last write */
};

/* What cannot be looked at is all zero. */
struct file_state file_look(const char *path);
/* One that was taken away since was not written to. */
bool file_has_changed(const char *path, const struct file_state *since);
/* Appends all of it, or what fits: out->over tells. EIO, also where it was cut meanwhile. */
CLAQUE_CHECKED enum claque_rc file_read(const char *path, struct buf *out,
	struct claque_err *err);

#endif
