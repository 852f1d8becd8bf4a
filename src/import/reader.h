/*
 * reader.h - the bytes of a file, unpacked as they are read.
 */
#ifndef IMPORT_READER_H
#define IMPORT_READER_H

#include "base/str.h"
#include "import/import.h"

struct reader;

/*
 * EIO: missing, unreadable, no regular file (a FIFO would hang, a folder has no
 * bytes) or packed and broken. EINPUT: a zip with no member or several, named.
 */
CLAQUE_CHECKED enum claque_rc reader_open(const char *path, struct reader **out,
					  struct claque_err *err);
/* The same over bytes in memory, which must live as long; name is for messages. */
CLAQUE_CHECKED enum claque_rc reader_open_bytes(struct claque_str bytes, const char *name,
						struct reader **out, struct claque_err *err);
/* Bytes that somebody makes, as they are: nothing of them is unpacked. */
struct reader *reader_open_stream(const struct import_stream *stream);
void reader_close(struct reader *r);	/* takes NULL */

/*
 * Up to size bytes into room; *got == 0 at the end. EIO names the file and how
 * far it got: what was handed out before stays good. EINPUT: so much comes out of so
 * little that it is there to fill a disk.
 */
CLAQUE_CHECKED enum claque_rc reader_read(struct reader *r, char *room, size_t size, size_t *got,
					  struct claque_err *err);

/* Bytes as stored, taken so far and in all. */
uint64_t reader_done(const struct reader *r);
uint64_t reader_total(const struct reader *r);

#endif
