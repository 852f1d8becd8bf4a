/* one.c - one table into a file of its own: what a screen shows. */
#include "config.h"

#include "export/export.h"

#include <unistd.h>

#include "export/sink.h"

enum { ROW_BYTES = 256 << 20 };

struct one {
	struct sink *sink;
	struct arena room;
	enum listing_form form;
	const struct rowset *table;
	int64_t rows;
};

static void
add_row(void *ctx, const struct row *row)
{
	struct one *one = ctx;

	listing_row(&one->sink->buf, one->room, one->form, one->table->columns,
		    one->table->column_count, row);
	one->rows++;
}

enum claque_rc
export_one(const struct rowset *table, enum listing_form form, const char *path, int64_t *rows,
	   struct claque_err *err)
{
	struct sink sink;
	struct one one = { .sink = &sink, .form = form, .table = table };
	enum claque_rc rc = sink_open(&sink, path, err);

	*rows = 0;
	if (rc != CLAQUE_OK)
		return rc;
	one.room = arena_new(ROW_BYTES);
	listing_head(&sink.buf, form, table->columns, table->column_count);
	rc = sink_close(&sink, sink_walk(&sink, table, add_row, &one, err), err);
	if (rc != CLAQUE_OK)
		(void)unlink(path);
	arena_free(one.room);
	*rows = one.rows;
	return rc;
}
