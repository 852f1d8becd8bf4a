/*
 * sql.c - the analyst's own query. SQLite's authorizer is asked for every act
 * that a statement would do, while it is compiled: what is not reading is
 * refused before a byte of the case is touched.
 */
#include "config.h"

#include "store/store.h"

#include <stdio.h>

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

/* Reads as a function does, but not from the case. */
static const char *const unsafe_functions[] = { "load_extension", "fts3_tokenizer" };

enum { REFUSED_MAX = 60 };

struct refusal {
	char what[REFUSED_MAX];		/* "" where the first word of the query says it */
};

static bool
is_among(const char *name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq_nocase(str_of(name), str_of(names[i])))
			return true;
	return false;
}

#define IS_AMONG(name, names) is_among((name), (names), sizeof(names) / sizeof(*(names)))

static int
authorize(void *ctx, int action, const char *a, const char *b, const char *database, const char *by)
{
	struct refusal *r = ctx;

	(void)database, (void)by;
	if (action == SQLITE_SELECT || action == SQLITE_READ || action == SQLITE_RECURSIVE ||
	    (action == SQLITE_FUNCTION && !IS_AMONG(b, unsafe_functions)) ||
	    (action == SQLITE_PRAGMA && IS_AMONG(a, safe_pragmas)))
		return SQLITE_OK;
	if (action == SQLITE_FUNCTION)
		(void)snprintf(r->what, sizeof(r->what), "%s()", b);
	else if (action == SQLITE_PRAGMA)
		(void)snprintf(r->what, sizeof(r->what), "PRAGMA %s", a);
	else if (a != NULL && !str_starts(str_of(a), STR("sqlite_")))
		(void)snprintf(r->what, sizeof(r->what), "%s", action == SQLITE_INSERT ? "INSERT" :
			       action == SQLITE_UPDATE ? "UPDATE" :
			       action == SQLITE_DELETE ? "DELETE" : "");
	return SQLITE_DENY;
}

static enum claque_rc
refuse(struct claque_str query, const struct refusal *r, struct claque_err *err)
{
	struct claque_str word;

	query = str_trim(query);
	if (r->what[0] != '\0' || !str_cut(&query, ' ', &word))
		word = str_of(r->what);
	return err_set(err, CLAQUE_EUSAGE, "only reading queries are allowed, not " STR_FMT
		       ": SELECT, WITH ... SELECT, EXPLAIN", STR_ARG(str_head(word, REFUSED_MAX)));
}

/* The byte that SQLite stopped at, or the query's length where it does not say. */
static size_t
fault_at(struct store *s, struct claque_str query)
{
#if SQLITE_VERSION_NUMBER >= 3038000
	int at = sqlite3_error_offset(s->db);

	return at >= 0 && (size_t)at <= query.len ? (size_t)at : query.len;
#else
	(void)s;
	return query.len;
#endif
}

static enum claque_rc
not_understood(struct store *s, struct claque_str query, size_t at, struct claque_err *err)
{
	if (at < query.len)
		return err_set(err, CLAQUE_EUSAGE, "the query, character %zu: %s", at + 1,
			       sqlite3_errmsg(s->db));
	return err_set(err, CLAQUE_EUSAGE, "the query: %s", sqlite3_errmsg(s->db));
}

static enum claque_rc
compile(struct store *s, struct claque_str query, sqlite3_stmt **out, size_t *at,
	struct claque_err *err)
{
	const char *text = query.p != NULL ? query.p : "", *tail;
	struct refusal refusal = { "" };
	int code;

	*at = query.len;
	*out = NULL;
	if (query.len > SQL_BYTES_MAX)
		return err_set(err, CLAQUE_ELIMIT, "the query is over %d bytes", SQL_BYTES_MAX);
	(void)sqlite3_set_authorizer(s->db, authorize, &refusal);
	code = sqlite3_prepare_v2(s->db, text, (int)query.len, out, &tail);
	(void)sqlite3_set_authorizer(s->db, NULL, NULL);
	if (code != SQLITE_OK)
		*at = fault_at(s, query);
	if ((code & 0xff) == SQLITE_AUTH || (code != SQLITE_OK && refusal.what[0] != '\0'))
		return refuse(query, &refusal, err);
	if (code != SQLITE_OK)
		return not_understood(s, query, *at, err);
	if (*out == NULL)
		return err_set(err, CLAQUE_EUSAGE, "the query is empty");
	if (!sqlite3_stmt_readonly(*out))
		return refuse(query, &refusal, err);
	if (str_trim((struct claque_str){ tail, query.len - (size_t)(tail - text) }).len > 0)
		return err_set(err, CLAQUE_EUSAGE, "one reading query at a time");
	return CLAQUE_OK;
}

enum claque_rc
store_sql_check(struct store *s, struct claque_str query, size_t *at, struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = compile(s, query, &st, at, err);

	(void)sqlite3_finalize(st);
	return rc;
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
	size_t count, at;
	enum claque_rc rc;

	rc = compile(s, query, &st, &at, err);
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

enum claque_rc
store_schema(struct store *s, bool (*each)(void *ctx, struct claque_str table,
	     struct claque_str column), void *ctx, struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc;

	rc = stmt_prepare(s, "SELECT m.name, p.name FROM sqlite_schema m"
			  " JOIN pragma_table_info(m.name) p WHERE m.type IN ('view', 'table')"
			  " AND m.name NOT LIKE 'sqlite%' ORDER BY m.type DESC, m.name, p.cid",
			  &st, err);
	if (rc != CLAQUE_OK)
		return rc;
	while ((rc = stmt_step(s, st, err)) == CLAQUE_OK)
		if (!each(ctx, column_str(st, 0), column_str(st, 1)))
			break;
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}
