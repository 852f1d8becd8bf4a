/*
 * table_file.h - a CSV table with named columns, read row by row: what other
 * programs say about accounts, and what is true of a training world. Not an
 * import: posts and accounts never come this way.
 */
#ifndef APP_TABLE_FILE_H
#define APP_TABLE_FILE_H

#include "base/str.h"

enum { TABLE_FILE_COLUMNS = 8 };

struct table_file {
	const char *path;
	const char *columns[TABLE_FILE_COLUMNS];	/* names; ends at NULL */
	size_t required;	/* so many of the first must be there */
	void *ctx;
	/* cells: one a column, "" where the file has no such column; row as a spreadsheet counts. */
	enum claque_rc (*each)(void *ctx, const struct claque_str *cells, uint64_t row,
			       struct claque_err *err);
};

/* EIO, or EINPUT naming file and row; whatever each() returns that is not CLAQUE_OK. */
CLAQUE_CHECKED enum claque_rc table_file_read(const struct table_file *t, struct claque_err *err);

#endif
