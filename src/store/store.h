/*
 * store.h - the case file: one SQLite database, NAME.claque.
 *
 * Writing is one process at a time (WAL); readers go on meanwhile and see the
 * last committed state. A case made by a newer claque is refused (EVERSION);
 * an older one is migrated forward when opened for writing. A case on read-only
 * media can be read. A value of more than 16 MiB, which claque never writes, is
 * ELIMIT wherever it is met.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "model/column.h"

struct store;

enum store_mode {
	STORE_READ,	/* ENOTFOUND if there is no such file */
	STORE_WRITE,	/* the same, for writing; EBUSY while another process writes */
	STORE_CREATE	/* as STORE_WRITE, made if absent, mode 0600 */
};

/*
 * Who is told, in a line, what an opening for writing has to finish first: it may take a
 * while. NULL: nobody, as while there is a screen.
 */
extern void (*store_tell)(const char *path, const char *line);
/* EINPUT: a file that is no case; EVERSION; EIO, EBUSY with path and remedy. */
CLAQUE_CHECKED enum claque_rc store_open(struct store **out, const char *path,
					 enum store_mode mode, struct claque_err *err);
/* EIO, with why and what to do, of a case that is there and that nobody here can write. */
CLAQUE_CHECKED enum claque_rc store_writable(const char *path, struct claque_err *err);
/*
 * Is it a case of an older format? Opening it for writing brings it forward, which takes
 * a while where it is large: say so before. False for whatever cannot be opened.
 */
bool store_is_older(const char *path);
/*
 * Takes the case for a workbench, which keeps in it where the analyst is: EBUSY
 * where another one has it. Gone with the process, however that ends. Where the
 * file system has no locks, it is given to everybody.
 */
CLAQUE_CHECKED enum claque_rc store_claim(struct store *s, struct claque_err *err);
/* Has another connection written since this was asked last? The first time: no. */
bool store_changed(struct store *s);
void store_close(struct store *s);	/* takes NULL; rolls back what is open */
/* Milliseconds since it was opened, on what an import leaves to be made of its rows. */
struct store_spent {
	int64_t indexes, rows, totals;	/* rows: changes of profiles, copies */
};
struct store_spent store_spent(const struct store *s);
const char *store_path(const struct store *s);
/*
 * Ceiling for the engine's arrays, in bytes: those beyond it lie in files beside the case
 * (base/array.h). Opening a case has set half of the machine's memory. EIO where no file
 * can be made there.
 */
CLAQUE_CHECKED enum claque_rc store_limit_memory(const struct store *s, uint64_t bytes,
	struct claque_err *err);
/* Of a path: without the ending ".claque", if it has it; and that without the folders. */
struct claque_str store_stem(const char *path);
struct claque_str store_title(const char *path);

/* One transaction around several writes; they may not nest. */
CLAQUE_CHECKED enum claque_rc store_begin(struct store *s, struct claque_err *err);
/* EIO, too, where the file was moved or deleted before what it holds was in it. */
CLAQUE_CHECKED enum claque_rc store_commit(struct store *s, struct claque_err *err);
void store_rollback(struct store *s);
/*
 * One state of the case for several walks, though others write meanwhile; until
 * store_rollback(). What is written in between is lost.
 */
CLAQUE_CHECKED enum claque_rc store_hold(struct store *s, struct claque_err *err);

/* Any thread: a running query returns CLAQUE_STOPPED soon. */
void store_interrupt(struct store *s);
/* While watched, long statements call progress->tick, and stop when it says so. */
void store_watch(struct store *s, const struct claque_progress *progress);
void store_unwatch(struct store *s);

/* What the case holds, for the status line. */
struct store_counts {
	int64_t posts, accounts, sources, shares, changes, indicators, clusters;
	int64_t first_post, last_post;	/* UTC ms; CLAQUE_NO_TIME when empty */
};
CLAQUE_CHECKED enum claque_rc store_count_all(struct store *s, struct store_counts *out,
					      struct claque_err *err);

/*
 * A read-only query by the analyst over the documented views. Anything that
 * would write, attach or read another file is refused with EUSAGE by SQLite's
 * authorizer. head() gets the columns once, before the first row; they are gone
 * when the call returns.
 */
CLAQUE_CHECKED enum claque_rc store_sql(struct store *s, struct claque_str query,
	void (*head)(void *ctx, const struct column *columns, size_t count),
	bool (*each)(void *ctx, const struct row *row), void *ctx, struct claque_err *err);

/* The same without running it; *at: the byte where it is not understood, or its length. */
CLAQUE_CHECKED enum claque_rc store_sql_check(struct store *s, struct claque_str query,
	size_t *at, struct claque_err *err);

/* Each column of each view, then of each table, while each() says so. */
CLAQUE_CHECKED enum claque_rc store_schema(struct store *s,
	bool (*each)(void *ctx, struct claque_str table, struct claque_str column), void *ctx,
	struct claque_err *err);

/* SQLite's own check of the whole file; EINPUT names the first fault. */
CLAQUE_CHECKED enum claque_rc store_check(struct store *s, struct claque_err *err);

#endif
