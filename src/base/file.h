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
/* Appends all of it, or what fits: out->over tells. EIO. */
CLAQUE_CHECKED enum claque_rc file_read(const char *path, struct buf *out,
	struct claque_err *err);

#endif
