/*
 * relay.h - reading on one processor, storing on another.
 *
 * Parsing takes about as long as half the inserts, and neither needs the other:
 * a thread reads rows ahead into a few blocks of copies, the caller's thread
 * takes them in the same order. What is stored is the same to the byte; memory
 * is that of the blocks, whatever the size of the file.
 */
#ifndef APP_RELAY_H
#define APP_RELAY_H

#include "model/record.h"

/* What reads: import_file() with its arguments in ctx. */
struct relay_source {
	void *ctx;
	enum claque_rc (*read)(void *ctx, const struct record_sink *sink,
			       const struct claque_progress *progress, struct claque_err *err);
};

/*
 * Runs source->read in a thread of its own and passes what it puts on to sink,
 * in this thread; so does progress. A row is passed on whole or not at all.
 * The source never learns of duplicates. Its failure, or the sink's, which
 * comes first, is the result; CLAQUE_STOPPED when progress says so.
 */
CLAQUE_CHECKED enum claque_rc relay_run(const struct relay_source *source,
	const struct record_sink *sink, const struct claque_progress *progress,
	struct claque_err *err);

#endif
