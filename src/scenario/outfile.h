/*
 * outfile.h - a CSV or text file that appears whole or not at all: written
 * under a temporary name, renamed once it is complete and on disk.
 *
 * Write errors are kept and told by outfile_commit(), so that rows can be
 * written without a check each.
 */
#ifndef SCENARIO_OUTFILE_H
#define SCENARIO_OUTFILE_H

#include <stdio.h>

#include "base/buf.h"

struct outfile {
	FILE *file;		/* NULL once committed or dropped */
	const char *path, *temporary;
	struct buf bytes;	/* not yet written */
	bool in_row;		/* the row has a field already */
	int error;		/* errno of the first failure, or 0 */
};

/* Paths are kept in perm. EINPUT if dir/name is there already; EIO. */
CLAQUE_CHECKED enum claque_rc outfile_open(struct outfile *o, struct arena *perm, const char *dir,
					   const char *name, struct claque_err *err);
/*
 * No file: rows stay in bytes until the caller clears them, which he does before they come
 * to half a MiB. Takes outfile_drop() in the end.
 */
void outfile_memory(struct outfile *o);
/* Quoted as RFC 4180 asks, and only then. */
void outfile_field(struct outfile *o, struct claque_str s);
void outfile_field_number(struct outfile *o, int64_t n);
void outfile_end_row(struct outfile *o);
void outfile_text(struct outfile *o, struct claque_str s);
CLAQUE_CHECKED enum claque_rc outfile_commit(struct outfile *o, struct claque_err *err);
/* Removes what was written, unless it was committed. */
void outfile_drop(struct outfile *o);

#endif
