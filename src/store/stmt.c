#include "config.h"

#include "store/stmt.h"

#include "base/err.h"

/* X(primary result code, our code, remedy) */
#define FAILURE_LIST(X) \
	X(SQLITE_BUSY, EBUSY, "another process is writing; try again when it is done") \
	X(SQLITE_LOCKED, EBUSY, "another process is writing; try again when it is done") \
	X(SQLITE_FULL, EIO, "the disk is full; free some space, nothing committed is lost") \
	X(SQLITE_IOERR, EIO, "the disk or file system failed") \
	X(SQLITE_CANTOPEN, EIO, "check the folder and its permissions") \
	X(SQLITE_READONLY, EIO, "it cannot be written; check its permissions") \
	X(SQLITE_PERM, EIO, "check its permissions") \
	X(SQLITE_CORRUPT, EINPUT, "the file is damaged, or the disk cannot read it;" \
	  " restore a copy") \
	X(SQLITE_NOTADB, EINPUT, "the file is not a claque case") \
	X(SQLITE_AUTH, EUSAGE, "only reading queries are allowed") \
	X(SQLITE_TOOBIG, ELIMIT, "a value is too large")

static const struct {
	int code;
	enum claque_rc rc;
	const char *remedy;
} failures[] = {
#define X(code, rc, remedy) { code, CLAQUE_##rc, remedy },
	FAILURE_LIST(X)
#undef X
};

enum claque_rc
stmt_fail(struct store *s, const char *doing, struct claque_err *err)
{
	int code = sqlite3_errcode(s->db) & 0xff;

	if (code == SQLITE_INTERRUPT || code == SQLITE_ABORT)
		return CLAQUE_STOPPED;
	if (code == SQLITE_NOMEM)
		base_oom();
	/* Where the file is not there any more, SQLite calls its log's absence a fault. */
	if (code == SQLITE_IOERR && store_is_there(s, err) != CLAQUE_OK)
		return CLAQUE_EIO;
	for (size_t i = 0; i < sizeof(failures) / sizeof(*failures); i++)
		if (failures[i].code == code)
			return err_set(err, failures[i].rc, "%s: %s: %s (%s)", s->path, doing,
				       sqlite3_errmsg(s->db), failures[i].remedy);
	return err_set(err, CLAQUE_EUSAGE, "%s: %s: %s", s->path, doing, sqlite3_errmsg(s->db));
}

enum claque_rc
stmt_prepare(struct store *s, const char *sql, sqlite3_stmt **out, struct claque_err *err)
{
	*out = NULL;
	if (sqlite3_prepare_v3(s->db, sql, -1, 0, out, NULL) != SQLITE_OK)
		return stmt_fail(s, "preparing a query", err);
	return CLAQUE_OK;
}

enum claque_rc
stmt_step(struct store *s, sqlite3_stmt *st, struct claque_err *err)
{
	switch (sqlite3_step(st)) {
	case SQLITE_ROW:
		return CLAQUE_OK;
	case SQLITE_DONE:
		return CLAQUE_DONE;
	default:
		return stmt_fail(s, "running a query", err);
	}
}

enum claque_rc
stmt_run(struct store *s, sqlite3_stmt *st, struct claque_err *err)
{
	enum claque_rc rc;

	do
		rc = stmt_step(s, st, err);
	while (rc == CLAQUE_OK);
	(void)sqlite3_reset(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

enum claque_rc
store_exec(struct store *s, const char *sql, struct claque_err *err)
{
	if (sqlite3_exec(s->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return stmt_fail(s, "changing the case", err);
	return CLAQUE_OK;
}

enum claque_rc
store_number(struct store *s, const char *sql, int64_t none, int64_t *out, struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc;

	rc = stmt_prepare(s, sql, &st, err);
	if (rc != CLAQUE_OK)
		return rc;
	rc = stmt_step(s, st, err);
	*out = rc == CLAQUE_OK ? column_i64(st, 0, none) : none;
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

static int
on_progress(void *ctx)
{
	const struct claque_progress *progress = ctx;

	return !progress->tick(progress->ctx, "index", 0, 0);
}

void
store_watch(struct store *s, const struct claque_progress *progress)
{
	enum { STEPS_BETWEEN = 10000 };	/* less than a millisecond of work */
	union {
		const struct claque_progress *in;
		void *out;
	} ctx = { progress };

	s->progress = progress;
	if (progress->tick != NULL)
		sqlite3_progress_handler(s->db, STEPS_BETWEEN, on_progress, ctx.out);
}

void
store_unwatch(struct store *s)
{
	s->progress = NULL;
	sqlite3_progress_handler(s->db, 0, NULL, NULL);
}

bool
store_tick(struct store *s)
{
	return s->progress == NULL || s->progress->tick == NULL ||
	       s->progress->tick(s->progress->ctx, "index", 0, 0);
}

void
bind_str(sqlite3_stmt *st, int index, struct claque_str s)
{
	if (s.p == NULL)
		(void)sqlite3_bind_null(st, index);
	else
		(void)sqlite3_bind_text64(st, index, s.p, s.len, SQLITE_STATIC, SQLITE_UTF8);
}

void
bind_i64(sqlite3_stmt *st, int index, int64_t v)
{
	(void)sqlite3_bind_int64(st, index, v);
}

void
bind_real(sqlite3_stmt *st, int index, double v)
{
	(void)sqlite3_bind_double(st, index, v);
}

void
bind_time(sqlite3_stmt *st, int index, int64_t ms)
{
	if (ms == CLAQUE_NO_TIME)
		(void)sqlite3_bind_null(st, index);
	else
		(void)sqlite3_bind_int64(st, index, ms);
}

void
bind_count(sqlite3_stmt *st, int index, int64_t n)
{
	if (n < 0)
		(void)sqlite3_bind_null(st, index);
	else
		(void)sqlite3_bind_int64(st, index, n);
}

struct claque_str
column_str(sqlite3_stmt *st, int index)
{
	const char *p = (const char *)sqlite3_column_text(st, index);

	return (struct claque_str){ p, p != NULL ? (size_t)sqlite3_column_bytes(st, index) : 0 };
}

int64_t
column_i64(sqlite3_stmt *st, int index, int64_t none)
{
	int64_t v = sqlite3_column_int64(st, index);	/* 0 of NULL */

	return v == 0 && none != 0 && sqlite3_column_type(st, index) == SQLITE_NULL ? none : v;
}

struct value
column_value(sqlite3_stmt *st, int index)
{
	switch (sqlite3_column_type(st, index)) {
	case SQLITE_NULL:
		return (struct value){ .type = VALUE_NULL };
	case SQLITE_INTEGER:
		return (struct value){ .type = VALUE_INT, .i = sqlite3_column_int64(st, index) };
	case SQLITE_FLOAT:
		return (struct value){ .type = VALUE_REAL, .r = sqlite3_column_double(st, index) };
	default:
		return (struct value){ .type = VALUE_TEXT, .s = column_str(st, index) };
	}
}
