/*
 * sql.c - the analyst's own query. SQLite's authorizer is asked for every act
 * that a statement would do, while it is compiled: what is not reading is
 * refused before a byte of the case is touched.
 */
#include "config.h"

#include "store/store.h"

#include <stdlib.h>

#include "base/err.h"
#include "store/stmt.h"

enum {
	SQL_BYTES_MAX = 64 << 10,
	SQL_COLUMNS_MAX = 2000,		/* SQLite's own limit */
	SQL_ROOM = SQL_COLUMNS_MAX * (sizeof(struct column) + sizeof(struct value)) + 64,
};

static const char *const safe_pragmas[] = {
	"table_info", "table_xinfo", "table_list", "index_list", "index_info", "function_list",
};

static int
authorize(void *ctx, int action, const char *a, const char *b, const char *database, const char *by)
{
	(void)ctx, (void)b, (void)database, (void)by;
	if (action == SQLITE_SELECT || action == SQLITE_READ || action == SQLITE_FUNCTION ||
	    action == SQLITE_RECURSIVE)
		return SQLITE_OK;
	if (action != SQLITE_PRAGMA)
		return SQLITE_DENY;
	for (size_t i = 0; i < sizeof(safe_pragmas) / sizeof(*safe_pragmas); i++)
		if (str_eq_nocase(str_of(a), str_of(safe_pragmas[i])))
			return SQLITE_OK;
	return SQLITE_DENY;
}

static enum claque_rc
compile(struct store *s, struct claque_str query, sqlite3_stmt **out, struct claque_err *err)
{
	const char *text = query.p != NULL ? query.p : "", *tail;
	int code;

	if (query.len > SQL_BYTES_MAX)
		return err_set(err, CLAQUE_ELIMIT, "the query is over %d bytes", SQL_BYTES_MAX);
	(void)sqlite3_set_authorizer(s->db, authorize, NULL);
	code = sqlite3_prepare_v2(s->db, text, (int)query.len, out, &tail);
	(void)sqlite3_set_authorizer(s->db, NULL, NULL);
	if ((code & 0xff) == SQLITE_AUTH)
		return err_set(err, CLAQUE_EUSAGE, "only reading queries are allowed: %s",
			       sqlite3_errmsg(s->db));
	if (code != SQLITE_OK)
		return err_set(err, CLAQUE_EUSAGE, "the query: %s", sqlite3_errmsg(s->db));
	if (*out == NULL)
		return err_set(err, CLAQUE_EUSAGE, "the query is empty");
	if (str_trim((struct claque_str){ tail, query.len - (size_t)(tail - text) }).len > 0 ||
	    !sqlite3_stmt_readonly(*out))
		return err_set(err, CLAQUE_EUSAGE, "one reading query at a time");
	return CLAQUE_OK;
}

static enum claque_rc
walk(struct store *s, sqlite3_stmt *st, size_t count, struct value *values,
     bool (*each)(void *ctx, const struct row *row), void *ctx, struct claque_err *err)
{
	struct row row = { 0, values };
	enum claque_rc rc;

	while ((rc = stmt_step(s, st, err)) == CLAQUE_OK) {
		row.id++;
		for (size_t i = 0; i < count; i++)
			values[i] = column_value(st, (int)i);
		if (!each(ctx, &row))
			return CLAQUE_STOPPED;
	}
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

enum claque_rc
store_sql(struct store *s, struct claque_str query,
	  void (*head)(void *ctx, const struct column *columns, size_t count),
	  bool (*each)(void *ctx, const struct row *row), void *ctx, struct claque_err *err)
{
	struct arena whole = arena_new(SQL_ROOM), scratch = whole;
	sqlite3_stmt *st = NULL;
	struct column *columns;
	struct value *values;
	size_t count;
	enum claque_rc rc;

	rc = compile(s, query, &st, err);
	if (rc != CLAQUE_OK)
		goto out;
	count = (size_t)sqlite3_column_count(st);
	columns = ARENA_NEW(&scratch, struct column, count);
	values = ARENA_NEW(&scratch, struct value, count);
	for (size_t i = 0; i < count; i++)
		columns[i] = (struct column){ .name = sqlite3_column_name(st, (int)i),
			.title = sqlite3_column_name(st, (int)i), .help = "", .min = 4,
			.ideal = 16 };
	head(ctx, columns, count);
	rc = walk(s, st, count, values, each, ctx, err);
out:
	(void)sqlite3_finalize(st);
	arena_free(whole);
	return rc;
}
