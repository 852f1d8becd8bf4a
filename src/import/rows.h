/*
 * rows.h - text into rows of cells: CSV by libcsv, tab-separated text, which
 * has no quoting at all, and the tables of Markdown.
 *
 * All hand cells to one struct rows, which numbers the rows as a spreadsheet
 * does (blank ones count but are not handed on) and keeps them bounded: a cell
 * or row over its limit costs a fault on that row, never more memory.
 */
#ifndef IMPORT_ROWS_H
#define IMPORT_ROWS_H

#include "base/buf.h"

enum {
	CELL_BYTES_MAX = 1 << 20,
	ROW_BYTES_MAX = 4 << 20,
	ROW_CELLS_MAX = 4096,
	FEED_BYTES = 65536,	/* of one piece given to the parser */
};

/* One row. Cells are views, good until the call returns. */
struct row_cells {
	uint64_t number;		/* the first row of the file is 1 */
	const struct claque_str *cells;	/* p is never NULL */
	size_t count;			/* as found, at most ROW_CELLS_MAX in cells */
	const char *fault;		/* why the row cannot be taken, or NULL */
};

struct rows {
	void *ctx;
	/* Anything but CLAQUE_OK ends the feeding and comes back from it. */
	enum claque_rc (*take)(void *ctx, const struct row_cells *row, struct claque_err *err);
	struct claque_err *err;
	enum claque_rc rc;
	uint64_t number;	/* of rows ended so far */
	struct buf bytes;
	size_t ends[ROW_CELLS_MAX];
	struct claque_str cells[ROW_CELLS_MAX];
	size_t count;
	const char *fault;
};

/* What the two parsers call. */
void rows_cell(struct rows *r, struct claque_str cell);
void rows_fault(struct rows *r, const char *fault);
void rows_end(struct rows *r);

struct csv_rows;
struct tsv_rows;
struct md_rows;

/* rows: borrowed, must live as long. */
struct csv_rows *csv_rows_new(struct rows *rows, char separator);
/* Once at most: from the next bytes on, a quote after a backslash does not end a cell. */
void csv_rows_escapes(struct csv_rows *c);
void csv_rows_free(struct csv_rows *c);		/* takes NULL */
CLAQUE_CHECKED enum claque_rc csv_rows_feed(struct csv_rows *c, struct claque_str bytes);
/* The last row, with or without a line end. */
CLAQUE_CHECKED enum claque_rc csv_rows_finish(struct csv_rows *c);

struct tsv_rows *tsv_rows_new(struct rows *rows);
void tsv_rows_free(struct tsv_rows *t);		/* takes NULL */
CLAQUE_CHECKED enum claque_rc tsv_rows_feed(struct tsv_rows *t, struct claque_str bytes);
CLAQUE_CHECKED enum claque_rc tsv_rows_finish(struct tsv_rows *t);

struct md_rows *md_rows_new(struct rows *rows);
void md_rows_free(struct md_rows *m);		/* takes NULL */
CLAQUE_CHECKED enum claque_rc md_rows_feed(struct md_rows *m, struct claque_str bytes);
CLAQUE_CHECKED enum claque_rc md_rows_finish(struct md_rows *m);
/* "| :--- | ---: |": the row before it is the header of a Markdown table. */
bool md_is_rule(struct claque_str line);

/* Heap; the struct is too large for a stack. */
struct rows *rows_new(void *ctx,
		      enum claque_rc (*take)(void *ctx, const struct row_cells *row,
					     struct claque_err *err),
		      struct claque_err *err);
void rows_free(struct rows *r);			/* takes NULL */

#endif
