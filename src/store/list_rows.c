/*
 * list_rows.c - rows of a list: pages, walks, single ones.
 *
 * A page is taken in two steps: the ids first, from what conditions and order
 * need (often an index alone), then the columns of those few rows. A column
 * may so cost a look-up without making deep pages slow.
 */
#include "config.h"

#include "store/list.h"

#include <stdio.h>

#include "base/err.h"
#include "store/list_def.h"

enum {
	COUNT_FIRST = 4096,	/* from this offset on, see which end is nearer */
	WALK_CACHE = -16384,	/* KiB, as SQLite states it */
};

static struct value
copy_value(struct arena *perm, struct value v)
{
	if (v.type == VALUE_TEXT)
		v.s = str_dup(perm, v.s);
	return v;
}

static void
copy_row(struct arena *perm, sqlite3_stmt *st, size_t columns, struct row *out)
{
	struct value *values = ARENA_NEW(perm, struct value, columns);

	for (size_t i = 0; i < columns; i++)
		values[i] = copy_value(perm, column_value(st, (int)i + 1));
	*out = (struct row){ column_i64(st, 0, 0), values };
}

static enum claque_rc
read_page(struct store *s, const struct list_query *q, sqlite3_stmt *st, struct arena *perm,
	  struct row *rows, size_t *got, struct claque_err *err)
{
	enum claque_rc rc;

	while ((rc = stmt_step(s, st, err)) == CLAQUE_OK)
		copy_row(perm, st, list_defs[q->list].column_count, &rows[(*got)++]);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

static void
reverse(struct row *rows, size_t count)
{
	for (size_t i = 0; i < count / 2; i++) {
		struct row row = rows[i];

		rows[i] = rows[count - 1 - i];
		rows[count - 1 - i] = row;
	}
}

struct page {
	int64_t offset, limit;
	bool from_end;
};

/* Far from the start, the end may be nearer. */
static enum claque_rc
find_end(struct store *s, const struct list_query *q, struct page *page, struct claque_err *err)
{
	int64_t total;
	enum claque_rc rc;

	if (page->offset < COUNT_FIRST)
		return CLAQUE_OK;
	rc = list_count(s, q, 0, &total, err);
	if (rc != CLAQUE_OK || page->offset <= total / 2)
		return rc;
	page->from_end = true;
	if (page->offset >= total)
		page->limit = 0;
	else if (page->limit > total - page->offset)
		page->limit = total - page->offset;
	page->offset = total - page->offset - page->limit;
	return CLAQUE_OK;
}

enum claque_rc
list_rows(struct store *s, const struct list_query *q, int64_t offset, int64_t limit,
	  struct arena *perm, struct row **out, size_t *got, struct claque_err *err)
{
	struct page page = { offset < 0 ? 0 : offset, limit < 0 ? 0 : limit, false };
	sqlite3_stmt *st = NULL;
	struct buf sql;
	enum claque_rc rc;

	*got = 0;
	*out = NULL;
	rc = list_check(q, err);
	if (rc == CLAQUE_OK)
		rc = find_end(s, q, &page, err);
	if (rc != CLAQUE_OK || page.limit == 0)
		return rc;
	buf_init(&sql, LIST_SQL_MAX);
	list_page_sql(&sql, q, page.from_end);
	buf_addc(&sql, '\0');
	rc = list_prepare(s, &sql, q, &st, err);
	if (rc == CLAQUE_OK) {
		bind_i64(st, P_LIMIT, page.limit);
		bind_i64(st, P_OFFSET, page.offset);
		*out = ARENA_NEW(perm, struct row, (size_t)page.limit);
		rc = read_page(s, q, st, perm, *out, got, err);
	}
	if (page.from_end)
		reverse(*out, *got);
	(void)sqlite3_finalize(st);
	buf_done(&sql);
	return rc;
}

static enum claque_rc
walk(struct store *s, const struct list_query *q, sqlite3_stmt *st,
     bool (*each)(void *ctx, const struct row *row), void *ctx, struct claque_err *err)
{
	struct value values[LIST_COLUMNS_MAX] = { { .type = VALUE_NULL } };
	struct row row = { 0, values };
	size_t wanted[LIST_COLUMNS_MAX], count = 0;
	enum claque_rc rc;

	for (size_t i = 0; i < list_defs[q->list].column_count; i++)
		if (!(q->without & UINT64_C(1) << i))
			wanted[count++] = i;
	while ((rc = stmt_step(s, st, err)) == CLAQUE_OK) {
		row.id = column_i64(st, 0, 0);
		for (size_t i = 0; i < count; i++)
			values[wanted[i]] = column_value(st, (int)wanted[i] + 1);
		if (!each(ctx, &row))
			return CLAQUE_STOPPED;
	}
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

/*
 * SQLite's cache, which it states as less than 0; returns what it was. Columns of all rows
 * are looked up all over the case: with 16 MB a tenth as many pages are read again.
 */
static int64_t
set_cache(struct store *s, int64_t kib)
{
	struct claque_err err;
	char sql[64];
	int64_t before;

	if (store_number(s, "PRAGMA cache_size", 0, &before, &err) != CLAQUE_OK)
		before = 0;
	(void)snprintf(sql, sizeof(sql), "PRAGMA cache_size = %lld", (long long)kib);
	(void)sqlite3_exec(s->db, sql, NULL, NULL, NULL);	/* without, it is slower */
	return before;
}

enum claque_rc
list_walk_from(struct store *s, const struct list_query *q, int64_t offset,
	       bool (*each)(void *ctx, const struct row *row), void *ctx, struct claque_err *err)
{
	bool whole = q->subject.kind == SUBJECT_none && q->first == 0;
	int64_t cache = 0;
	sqlite3_stmt *st;
	struct buf sql;
	enum claque_rc rc;

	rc = list_check(q, err);
	if (rc != CLAQUE_OK)
		return rc;
	if (whole)
		cache = set_cache(s, WALK_CACHE);
	buf_init(&sql, LIST_SQL_MAX);
	list_walk_sql(&sql, q, offset);
	buf_addc(&sql, '\0');
	rc = list_prepare(s, &sql, q, &st, err);
	if (rc == CLAQUE_OK) {
		bind_i64(st, P_LIMIT, q->first);
		bind_i64(st, P_OFFSET, offset);
		rc = walk(s, q, st, each, ctx, err);
	}
	(void)sqlite3_finalize(st);
	buf_done(&sql);
	if (cache < 0)
		(void)set_cache(s, cache);
	return rc;
}

enum claque_rc
list_walk(struct store *s, const struct list_query *q,
	  bool (*each)(void *ctx, const struct row *row), void *ctx, struct claque_err *err)
{
	return list_walk_from(s, q, 0, each, ctx, err);
}

/* Of one row, whose id is P_ROW. */
static enum claque_rc
prepare_row(struct store *s, enum list_id list, sqlite3_stmt **out, struct claque_err *err)
{
	struct list_query q = { .list = list, .lens = lens_open(), .sort = -1 };
	struct buf sql;
	enum claque_rc rc;

	buf_init(&sql, LIST_SQL_MAX);
	list_row_sql(&sql, list);
	buf_addc(&sql, '\0');
	rc = list_prepare(s, &sql, &q, out, err);
	buf_done(&sql);
	return rc;
}

enum claque_rc
list_row(struct store *s, enum list_id list, int64_t id, struct arena *perm, struct row *out,
	 struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = prepare_row(s, list, &st, err);

	if (rc == CLAQUE_OK) {
		bind_i64(st, P_ROW, id);
		rc = stmt_step(s, st, err);
	}
	if (rc == CLAQUE_OK)
		copy_row(perm, st, list_defs[list].column_count, out);
	else if (rc == CLAQUE_DONE)
		rc = err_set(err, CLAQUE_ENOTFOUND, "no row %lld in the list of %s", (long long)id,
			     list_name(list));
	(void)sqlite3_finalize(st);
	return rc;
}

enum claque_rc
list_walk_ids(struct store *s, enum list_id list, const int64_t *ids, size_t count,
	      bool (*each)(void *ctx, const struct row *row), void *ctx, struct claque_err *err)
{
	const struct list_query whole = { .list = list };
	sqlite3_stmt *st;
	enum claque_rc rc = prepare_row(s, list, &st, err);

	for (size_t i = 0; i < count && rc == CLAQUE_OK; i++) {
		bind_i64(st, P_ROW, ids[i]);
		rc = walk(s, &whole, st, each, ctx, err);
		(void)sqlite3_reset(st);
	}
	(void)sqlite3_finalize(st);
	return rc;
}
