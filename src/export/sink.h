/*
 * sink.h - a file being written: gathered, digested, its first failure kept.
 *
 * A writer appends to `buf` and lets it flow; what goes wrong on the way is
 * reported once, by sink_close().
 */
#ifndef EXPORT_SINK_H
#define EXPORT_SINK_H

#include "base/buf.h"
#include "base/sha256.h"
#include "model/column.h"

struct sink {
	struct buf buf;		/* append here */
	int fd;
	const char *path;	/* the caller's, good until sink_close() */
	struct sha256 digest;	/* of what is written */
	int error;		/* errno of the first failure, or 0 */
};

/* Makes a new file of mode 0600. EIO if it cannot be made or is there. */
CLAQUE_CHECKED enum claque_rc sink_open(struct sink *out, const char *path, struct claque_err *err);
/* Writes what has gathered once it is worth a call; false after a failure. */
bool sink_flow(struct sink *s);
/* Every row of the table through each(), which appends to s->buf. */
CLAQUE_CHECKED enum claque_rc sink_walk(struct sink *s, const struct rowset *table,
	void (*each)(void *ctx, const struct row *row), void *ctx, struct claque_err *err);
/* The same by table_walk_some(). */
CLAQUE_CHECKED enum claque_rc sink_walk_some(struct sink *s, const struct rowset *table,
	const char *columns, void (*each)(void *ctx, const struct row *row), void *ctx,
	struct claque_err *err);
/*
 * Closes on every path. With rc CLAQUE_OK the rest is written and brought to
 * the disk first, and a failure is EIO; any other rc is handed through.
 */
CLAQUE_CHECKED enum claque_rc sink_close(struct sink *s, enum claque_rc rc, struct claque_err *err);
/* The names in a folder to the disk, before it gets its own name. EIO. */
CLAQUE_CHECKED enum claque_rc sink_sync_folder(const char *path, struct claque_err *err);

#endif
