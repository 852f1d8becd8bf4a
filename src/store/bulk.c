/*
 * bulk.c - INSERT INTO post SELECT * FROM rows in memory.
 *
 * A statement a row spends nearly half of its time on beginning and ending: values
 * bound one by one, cursors opened, the place for the new row sought from the root.
 * One statement for many rows does that once, and SQLite then knows that each row
 * goes behind the one before. The rows are a virtual table that only this
 * connection sees, and only while a writer has it.
 */
#include "config.h"

#include "store/bulk.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"

/* What is inserted at a time stays in a processor's cache; one row may be larger. */
enum { FLUSH_CELLS = 8192, FLUSH_BYTES = 256 << 10, TEXT_MAX = 64 << 20, SQL_MAX = 1024 };

struct rows_table {
	sqlite3_vtab base;	/* first: SQLite's */
	const struct bulk *rows;
};

struct rows_cursor {
	sqlite3_vtab_cursor base;	/* first: SQLite's */
	const struct bulk *rows;
	size_t at;		/* the first cell of the row */
};

static int
on_connect(sqlite3 *db, void *ctx, int argc, const char *const *argv, sqlite3_vtab **out,
	   char **message)
{
	const struct bulk *rows = ctx;
	struct rows_table *table;
	struct buf sql;
	int code;

	(void)argc, (void)argv, (void)message;
	buf_init(&sql, SQL_MAX);
	for (size_t i = 0; i < rows->columns; i++)
		buf_addf(&sql, "%s c%zu", i == 0 ? "CREATE TABLE rows(" : ",", i);
	buf_add(&sql, (struct claque_str){ ")", 2 });	/* and the end of the text */
	code = sqlite3_declare_vtab(db, sql.p);
	buf_done(&sql);
	if (code != SQLITE_OK)
		return code;
	table = sqlite3_malloc(sizeof(*table));
	if (table == NULL)
		return SQLITE_NOMEM;
	*table = (struct rows_table){ .rows = rows };
	*out = &table->base;
	return SQLITE_OK;
}

static int
on_disconnect(sqlite3_vtab *table)
{
	sqlite3_free(table);
	return SQLITE_OK;
}

static int
on_best_index(sqlite3_vtab *table, sqlite3_index_info *info)
{
	(void)table;
	info->estimatedCost = FLUSH_CELLS;
	return SQLITE_OK;
}

static int
on_open(sqlite3_vtab *table, sqlite3_vtab_cursor **out)
{
	struct rows_cursor *cursor = sqlite3_malloc(sizeof(*cursor));

	if (cursor == NULL)
		return SQLITE_NOMEM;
	*cursor = (struct rows_cursor){ .rows = ((struct rows_table *)table)->rows };
	*out = &cursor->base;
	return SQLITE_OK;
}

static int
on_close(sqlite3_vtab_cursor *cursor)
{
	sqlite3_free(cursor);
	return SQLITE_OK;
}

static int
on_filter(sqlite3_vtab_cursor *cursor, int index, const char *name, int argc, sqlite3_value **argv)
{
	(void)index, (void)name, (void)argc, (void)argv;
	((struct rows_cursor *)cursor)->at = 0;
	return SQLITE_OK;
}

static int
on_next(sqlite3_vtab_cursor *cursor)
{
	struct rows_cursor *c = (struct rows_cursor *)cursor;

	c->at += c->rows->columns;
	return SQLITE_OK;
}

static int
on_eof(sqlite3_vtab_cursor *cursor)
{
	const struct rows_cursor *c = (const struct rows_cursor *)cursor;

	return c->at >= c->rows->cell_count;
}

/* Texts are views: nobody touches them until the statement is done. */
static int
on_column(sqlite3_vtab_cursor *cursor, sqlite3_context *out, int column)
{
	const struct rows_cursor *c = (const struct rows_cursor *)cursor;
	const struct bulk_cell *cell = &c->rows->cells[c->at + (size_t)column];

	if (cell->type == SQLITE_INTEGER)
		sqlite3_result_int64(out, cell->value);
	else if (cell->type == SQLITE_TEXT)
		sqlite3_result_text64(out, c->rows->text.p + cell->value, cell->len,
				      SQLITE_STATIC, SQLITE_UTF8);
	return SQLITE_OK;
}

static int
on_rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *out)
{
	const struct rows_cursor *c = (const struct rows_cursor *)cursor;

	*out = (sqlite3_int64)(c->at / c->rows->columns);
	return SQLITE_OK;
}

/* Without xCreate there is but the one table of that name, made by nobody. */
static const sqlite3_module rows_module = {
	.xConnect = on_connect, .xDisconnect = on_disconnect, .xBestIndex = on_best_index,
	.xOpen = on_open, .xClose = on_close, .xFilter = on_filter, .xNext = on_next,
	.xEof = on_eof, .xColumn = on_column, .xRowid = on_rowid,
};

enum claque_rc
bulk_open(struct bulk *b, struct store *s, const struct bulk_table *table, struct claque_err *err)
{
	char sql[SQL_MAX];

	b->s = s;
	b->columns = table->columns;
	buf_init(&b->text, TEXT_MAX);
	(void)snprintf(b->name, sizeof(b->name), "rows_of_%s", table->name);
	(void)snprintf(sql, sizeof(sql), "%s SELECT * FROM %s", table->insert, b->name);
	if (sqlite3_create_module(s->db, b->name, &rows_module, b) != SQLITE_OK)
		return stmt_fail(s, "preparing an insert", err);
	return stmt_prepare(s, sql, &b->insert, err);
}

void
bulk_done(struct bulk *b)
{
	(void)sqlite3_finalize(b->insert);
	if (b->s != NULL)
		(void)sqlite3_create_module(b->s->db, b->name, NULL, NULL);
	free(b->cells);
	buf_done(&b->text);
	*b = (struct bulk){ 0 };
}

static void
add_cell(struct bulk *b, struct bulk_cell cell)
{
	GROW(b->cells, b->cells_cap, b->cell_count + 1);
	b->cells[b->cell_count++] = cell;
}

void
bulk_str(struct bulk *b, struct claque_str v)
{
	struct bulk_cell cell = { .value = (int64_t)b->text.len, .len = (uint32_t)v.len,
				  .type = v.p == NULL ? SQLITE_NULL : SQLITE_TEXT };

	buf_add(&b->text, v);
	add_cell(b, cell);
}

void
bulk_i64(struct bulk *b, int64_t v)
{
	add_cell(b, (struct bulk_cell){ .value = v, .type = SQLITE_INTEGER });
}

void
bulk_time(struct bulk *b, int64_t ms)
{
	add_cell(b, (struct bulk_cell){ .value = ms, .type = ms == CLAQUE_NO_TIME ?
					SQLITE_NULL : SQLITE_INTEGER });
}

void
bulk_count(struct bulk *b, int64_t n)
{
	add_cell(b, (struct bulk_cell){ .value = n, .type = n < 0 ? SQLITE_NULL : SQLITE_INTEGER });
}

enum claque_rc
bulk_row(struct bulk *b, struct claque_err *err)
{
	assert(b->cell_count % b->columns == 0);
	if (b->text.over)
		return err_set(err, CLAQUE_ELIMIT, "%s: a row of more than %zu bytes", b->s->path,
			       b->text.max);
	if (b->cell_count < FLUSH_CELLS && b->text.len < FLUSH_BYTES)
		return CLAQUE_OK;
	return bulk_flush(b, err);
}

enum claque_rc
bulk_flush(struct bulk *b, struct claque_err *err)
{
	enum claque_rc rc = b->cell_count > 0 ? stmt_run(b->s, b->insert, err) : CLAQUE_OK;

	bulk_clear(b);
	return rc;
}

void
bulk_clear(struct bulk *b)
{
	b->cell_count = 0;
	buf_clear(&b->text);
}
