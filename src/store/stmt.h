/*
 * stmt.h - what the files of store/ share: the connection, and SQLite's
 * statements with errors as claque_err and text as counted views.
 *
 * Values always travel by binding; SQL text is made of this folder's constants
 * only. bind_ calls fail only for an index that does not exist or a text of
 * more than a gigabyte, which importers do not let through, so their results
 * are not looked at; column views are good until the next step or reset.
 */
#ifndef STORE_STMT_H
#define STORE_STMT_H

#include <sqlite3.h>

#include "claque/dataset.h"

#include "store/store.h"

struct store {
	sqlite3 *db;
	char *path;
	bool writing;		/* opened for writing */
	bool in_transaction;
	int claim;		/* store_claim(); -1: none */
	int64_t seen_version;	/* store_changed(); 0: not asked yet */
	struct digest_watch *watch;	/* digest_watch_start(); NULL: nobody watches */
	const struct claque_progress *progress;	/* store_watch(); NULL: nobody watches */
	struct copies_ahead *ahead;	/* copies_ahead_start(); NULL: nobody looks */
	struct store_spent spent;
};

/* What this transaction wrote to for the first time, compared with its digests. */
CLAQUE_CHECKED enum claque_rc digest_watch_settle(struct digest_watch *w, struct claque_err *err);

/* EIO if the file that is open is not the one at the path any more. */
CLAQUE_CHECKED enum claque_rc store_is_there(struct store *s, struct claque_err *err);

/* What long statements do while watched, between others: false when told to stop. */
bool store_tick(struct store *s);

/* To whoever waits for the case to open: store_tell. */
void store_say(const struct store *s, const char *line);

/* How long a second writer is waited for. */
enum { STORE_BUSY_MS = 1000 };

/* The last SQLite error of s as a claque error; `doing` says what failed. */
CLAQUE_CHECKED enum claque_rc stmt_fail(struct store *s, const char *doing, struct claque_err *err);
CLAQUE_CHECKED enum claque_rc stmt_prepare(struct store *s, const char *sql, sqlite3_stmt **out,
	struct claque_err *err);
/* CLAQUE_OK: a row is there; CLAQUE_DONE: no more. */
CLAQUE_CHECKED enum claque_rc stmt_step(struct store *s, sqlite3_stmt *st, struct claque_err *err);
/* Steps to the end and resets; for statements without rows. */
CLAQUE_CHECKED enum claque_rc stmt_run(struct store *s, sqlite3_stmt *st, struct claque_err *err);
/* One or more statements without parameters and rows. */
CLAQUE_CHECKED enum claque_rc store_exec(struct store *s, const char *sql, struct claque_err *err);
/* Another number than before: another connection has written. */
CLAQUE_CHECKED enum claque_rc store_version(struct store *s, int64_t *out, struct claque_err *err);
/* The first column of the first row of a query without parameters; NULL gives `none`. */
CLAQUE_CHECKED enum claque_rc store_number(struct store *s, const char *sql, int64_t none,
	int64_t *out, struct claque_err *err);

/* NULL for a missing text; the bytes must stay until the next step is done. */
void bind_str(sqlite3_stmt *st, int index, struct claque_str s);
void bind_i64(sqlite3_stmt *st, int index, int64_t v);
void bind_real(sqlite3_stmt *st, int index, double v);
/* NULL for CLAQUE_NO_TIME, and for an unknown (negative) count. */
void bind_time(sqlite3_stmt *st, int index, int64_t ms);
void bind_count(sqlite3_stmt *st, int index, int64_t n);

struct claque_str column_str(sqlite3_stmt *st, int index);
/* `none` for NULL. */
int64_t column_i64(sqlite3_stmt *st, int index, int64_t none);
/* Any value; text is a view. */
struct value column_value(sqlite3_stmt *st, int index);

#endif
