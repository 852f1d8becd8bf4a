/*
 * scan.c - the case as flat rows, in order of id, so that the engine gets the
 * same data in the same order whatever indexes there are.
 */
#include "config.h"

#include "store/scan.h"

#include "store/stmt.h"

enum claque_rc
scan_accounts(struct store *s, bool (*each)(void *ctx, const struct scan_account *row), void *ctx,
	      struct claque_err *err)
{
	sqlite3_stmt *st;
	bool go = true;
	enum claque_rc rc;

	rc = stmt_prepare(s, "SELECT id, native_id, platform, handle, created_at, followers,"
			  " verified FROM account ORDER BY id", &st, err);
	while (rc == CLAQUE_OK && go && (rc = stmt_step(s, st, err)) == CLAQUE_OK) {
		struct scan_account row = { column_i64(st, 0, 0), {
			.id = column_str(st, 1), .platform = column_str(st, 2),
			.handle = column_str(st, 3),
			.created_at = column_i64(st, 4, CLAQUE_NO_TIME),
			.followers = column_i64(st, 5, COUNT_UNKNOWN),
			.verified = (int)column_i64(st, 6, COUNT_UNKNOWN) } };

		go = each(ctx, &row);
	}
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc == CLAQUE_OK ? CLAQUE_STOPPED : rc;
}

enum claque_rc
scan_sources(struct store *s, bool (*each)(void *ctx, const struct scan_source *row), void *ctx,
	     struct claque_err *err)
{
	sqlite3_stmt *st;
	bool go = true;
	enum claque_rc rc;

	rc = stmt_prepare(s, "SELECT id, kind, key FROM source ORDER BY id", &st, err);
	while (rc == CLAQUE_OK && go && (rc = stmt_step(s, st, err)) == CLAQUE_OK) {
		struct scan_source row = { column_i64(st, 0, 0),
			(enum claque_object_kind)column_i64(st, 1, 0), column_str(st, 2) };

		go = each(ctx, &row);
	}
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc == CLAQUE_OK ? CLAQUE_STOPPED : rc;
}

enum claque_rc
scan_shares(struct store *s, bool (*each)(void *ctx, const struct scan_share *row), void *ctx,
	    struct claque_err *err)
{
	sqlite3_stmt *st;
	bool go = true;
	enum claque_rc rc;

	rc = stmt_prepare(s, "SELECT id, account, source, post, at, act FROM share ORDER BY id",
			  &st, err);
	while (rc == CLAQUE_OK && go && (rc = stmt_step(s, st, err)) == CLAQUE_OK) {
		struct scan_share row = { column_i64(st, 0, 0), column_i64(st, 1, 0),
			column_i64(st, 2, 0), column_i64(st, 3, 0),
			column_i64(st, 4, CLAQUE_NO_TIME),
			(enum claque_act)column_i64(st, 5, 0) };

		go = each(ctx, &row);
	}
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc == CLAQUE_OK ? CLAQUE_STOPPED : rc;
}

enum claque_rc
scan_changes(struct store *s, bool (*each)(void *ctx, const struct scan_change *row), void *ctx,
	     struct claque_err *err)
{
	sqlite3_stmt *st;
	bool go = true;
	enum claque_rc rc;

	rc = stmt_prepare(s, "SELECT account, at, field FROM profile_change ORDER BY id", &st, err);
	while (rc == CLAQUE_OK && go && (rc = stmt_step(s, st, err)) == CLAQUE_OK) {
		struct scan_change row = { column_i64(st, 0, 0), column_i64(st, 1, CLAQUE_NO_TIME),
			column_str(st, 2) };

		go = each(ctx, &row);
	}
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc == CLAQUE_OK ? CLAQUE_STOPPED : rc;
}

/*
 * Shares come in order of their post's id unless they accrued, so that a look
 * by index is the exception that stays right.
 */
enum claque_rc
scan_posts(struct store *s, bool (*each)(void *ctx, const struct scan_post *row), void *ctx,
	   struct claque_err *err)
{
	sqlite3_stmt *st;
	bool go = true;
	enum claque_rc rc;

	rc = stmt_prepare(s, "SELECT p.id, p.account, p.at, p.native_id, p.urls,"
			  " (SELECT min(s.source) FROM share s WHERE s.post = p.id AND s.act = ?1),"
			  " (SELECT min(s.source) FROM share s WHERE s.post = p.id AND s.act = ?2)"
			  " FROM post p ORDER BY p.id", &st, err);
	if (rc == CLAQUE_OK) {
		bind_i64(st, 1, CLAQUE_ACT_reshare);
		bind_i64(st, 2, CLAQUE_ACT_reply);
	}
	while (rc == CLAQUE_OK && go && (rc = stmt_step(s, st, err)) == CLAQUE_OK) {
		struct scan_post row = { column_i64(st, 0, 0), column_i64(st, 1, 0),
			column_i64(st, 2, CLAQUE_NO_TIME), column_str(st, 3), column_str(st, 4),
			column_i64(st, 5, 0), column_i64(st, 6, 0) };

		go = each(ctx, &row);
	}
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc == CLAQUE_OK ? CLAQUE_STOPPED : rc;
}
