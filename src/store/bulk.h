/*
 * bulk.h - rows for one table, kept in memory and inserted many at a time.
 *
 * A row's values are given in the order of the columns, then the row is ended.
 * Rows reach the table in the order they were given, at the latest by bulk_flush();
 * whoever reads or changes the table flushes first. No row is half inserted, and
 * all of this happens inside the transaction that the caller has open.
 */
#ifndef STORE_BULK_H
#define STORE_BULK_H

#include "base/buf.h"
#include "store/stmt.h"

struct bulk_cell {
	int64_t value;		/* the number, or where in the text it begins */
	uint32_t len;
	uint32_t type;		/* SQLITE_NULL, SQLITE_INTEGER, SQLITE_TEXT */
};

/* The caller's; it must not move between bulk_open() and bulk_done(). */
struct bulk {
	struct store *s;
	sqlite3_stmt *insert;
	char name[32];		/* of the table that SQLite sees the rows as */
	size_t columns;
	struct bulk_cell *cells;
	size_t cell_count, cells_cap;
	struct buf text;
};

/* A table and how rows get in: "INSERT INTO post(id, ...)"; so many columns. */
struct bulk_table {
	const char *name, *insert;
	size_t columns;
};

/* b: zeroes. bulk_done() in either case. */
CLAQUE_CHECKED enum claque_rc bulk_open(struct bulk *b, struct store *s,
	const struct bulk_table *table, struct claque_err *err);
void bulk_done(struct bulk *b);

/* One value of the row in hand; as with bind_, missing texts, times and counts are NULL. */
void bulk_str(struct bulk *b, struct claque_str v);
void bulk_i64(struct bulk *b, int64_t v);
void bulk_time(struct bulk *b, int64_t ms);
void bulk_count(struct bulk *b, int64_t n);
/* Ends the row; inserts what is there once it is enough. */
CLAQUE_CHECKED enum claque_rc bulk_row(struct bulk *b, struct claque_err *err);

CLAQUE_CHECKED enum claque_rc bulk_flush(struct bulk *b, struct claque_err *err);
/* Forgets what was not inserted. */
void bulk_clear(struct bulk *b);

#endif
