#include "config.h"

#include "store/describe.h"

#include "base/err.h"
#include "model/record.h"
#include "store/stmt.h"

/* One statement; each row goes through give(), which hands it on. */
struct scan {
	struct store *s;
	const char *sql;
	void *each_ctx;
	bool (*give)(const struct scan *scan, sqlite3_stmt *st);
	union {
		bool (*time)(void *ctx, const struct describe_time *row);
		bool (*post)(void *ctx, const struct describe_post *row);
		bool (*source)(void *ctx, int64_t source);
		bool (*handle)(void *ctx, struct claque_str handle);
	} each;
	int64_t bound;
};

static enum claque_rc
run(const struct scan *scan, struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(scan->s, scan->sql, &st, err);
	bool go = true;

	if (rc == CLAQUE_OK && sqlite3_bind_parameter_count(st) > 0)
		bind_i64(st, 1, scan->bound);
	while (rc == CLAQUE_OK && go && (rc = stmt_step(scan->s, st, err)) == CLAQUE_OK)
		go = scan->give(scan, st);
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc == CLAQUE_OK ? CLAQUE_STOPPED : rc;
}

static bool
give_time(const struct scan *scan, sqlite3_stmt *st)
{
	const struct describe_time row = { column_i64(st, 0, 0),
					   column_i64(st, 1, CLAQUE_NO_TIME) };

	return scan->each.time(scan->each_ctx, &row);
}

enum claque_rc
describe_times(struct store *s, int kind,
	       bool (*each)(void *ctx, const struct describe_time *row), void *ctx,
	       struct claque_err *err)
{
	/* The index alone, where nothing is asked of the post. */
	const char *sql = kind == DESCRIBE_ANY_KIND ?
			  "SELECT account, at FROM post ORDER BY account, at" :
			  "SELECT account, at FROM post WHERE kind = ?1 ORDER BY account, at";
	const struct scan scan = { s, sql, ctx, give_time, { .time = each }, kind };

	return run(&scan, err);
}

static bool
give_post(const struct scan *scan, sqlite3_stmt *st)
{
	const struct describe_post row = { column_i64(st, 0, 0), (int)column_i64(st, 1, 0),
					   column_str(st, 2), column_str(st, 3).len > 0 };

	return scan->each.post(scan->each_ctx, &row);
}

enum claque_rc
describe_posts(struct store *s, int kind,
	       bool (*each)(void *ctx, const struct describe_post *row), void *ctx,
	       struct claque_err *err)
{
	const struct scan scan = { s, "SELECT account, kind, text, urls FROM post WHERE ?1 < 0"
				   " OR kind = ?1 ORDER BY id", ctx, give_post, { .post = each }, kind };

	return run(&scan, err);
}

static bool
give_source(const struct scan *scan, sqlite3_stmt *st)
{
	return scan->each.source(scan->each_ctx, column_i64(st, 0, 0));
}

enum claque_rc
describe_reshares(struct store *s, bool (*each)(void *ctx, int64_t source), void *ctx,
		  struct claque_err *err)
{
	const struct scan scan = { s, "SELECT source FROM share WHERE act = ?1 ORDER BY source",
				   ctx, give_source, { .source = each }, CLAQUE_ACT_reshare };

	return run(&scan, err);
}

static bool
give_handle(const struct scan *scan, sqlite3_stmt *st)
{
	return scan->each.handle(scan->each_ctx, column_str(st, 0));
}

enum claque_rc
describe_handles(struct store *s, bool (*each)(void *ctx, struct claque_str handle), void *ctx,
		 struct claque_err *err)
{
	struct scan scan = { s, "SELECT handle FROM account WHERE handle <> '' ORDER BY id", ctx,
			     give_handle, { .handle = each }, INDICATOR_account };
	int64_t any;
	enum claque_rc rc = store_number(s, "SELECT EXISTS (SELECT 1 FROM account WHERE handle <> '')",
					 0, &any, err);

	if (any == 0)
		scan.sql = "SELECT value FROM indicator WHERE kind = ?1 AND value <> '' ORDER BY id";
	return rc == CLAQUE_OK ? run(&scan, err) : rc;
}
