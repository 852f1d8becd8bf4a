/*
 * writer.h - records into the case, in batches that survive kill -9.
 *
 * A batch is a transaction that also stores how many rows of the input are
 * done. Killed at any moment, an import loses at most the current batch; run
 * again, it goes on after the last committed row. Native ids that are there
 * already are duplicates: found by hash in memory, not by B-tree probes.
 * Indexes are built after a large import, and rebuilt when a case is opened
 * that lost them.
 */
#ifndef STORE_WRITER_H
#define STORE_WRITER_H

#include "model/record.h"
#include "store/store.h"

struct writer;

struct input_info {
	const char *path;	/* as given */
	const char *sha256;	/* hex */
	const char *format;	/* "native-posts", ... */
	uint64_t bytes;
};

struct input_totals {
	uint64_t rows, taken, duplicates, refused;	/* of this input, over all its runs */
	uint64_t partly;	/* rows taken or duplicate of which a part was refused */
	uint64_t posts, accounts, changes, indicators, shares;	/* records taken */
	uint64_t forgotten;	/* records, in this run, of people whom the case forgot */
};

/* Loads what is needed to tell duplicates. s must be open for writing; both outlast it. */
CLAQUE_CHECKED enum claque_rc writer_new(struct writer **out, struct store *s,
	const struct claque_progress *progress, struct claque_err *err);
/*
 * Inputs from here on tell of what the case has, as pictures do: indexes stay, and what
 * was imported before is read again, for what it tells of may have come since.
 */
void writer_tell_of_known(struct writer *w);
/*
 * *skip: rows (calls of row_done) done in an earlier, interrupted run (0 for a new input).
 * *done_before: this very file was wholly imported in this format, and something
 * was taken from it; nothing need be read.
 */
CLAQUE_CHECKED enum claque_rc writer_begin_input(struct writer *w, const struct input_info *input,
	uint64_t *skip, bool *done_before, struct claque_err *err);
/* The sink of the current input. */
struct record_sink writer_sink(struct writer *w);
/* Commits the rows that are done, so that nobody has to wait for the writer meanwhile. */
CLAQUE_CHECKED enum claque_rc writer_commit(struct writer *w, struct claque_err *err);
/* Commits and marks the input as whole. */
CLAQUE_CHECKED enum claque_rc writer_end_input(struct writer *w, struct input_totals *out,
	struct claque_err *err);
/*
 * After a failure in the middle, so that another input may begin: whole rows stay,
 * but a batch with a row that is not whole is rolled back.
 */
void writer_leave_input(struct writer *w);
/* A batch could not be written, say on a full disk: this writer takes no more. */
bool writer_is_broken(const struct writer *w);
/* Builds what is missing: indexes, account and source totals. */
CLAQUE_CHECKED enum claque_rc writer_finish(struct writer *w,
	const struct claque_progress *progress, struct claque_err *err);
void writer_free(struct writer *w);	/* takes NULL; an open batch is rolled back */

#endif
