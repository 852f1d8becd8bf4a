#include "config.h"

#include "store/meet.h"

#include "base/err.h"
#include "store/stmt.h"

enum { ID_SHOWN = 80 };

#define OF_PLATFORM " AND (?2 = '' OR a.platform = ?2) LIMIT 2"
#define ACCOUNT "SELECT a.platform, a.native_id FROM account a WHERE "
static const char post_by_id[] = "SELECT a.platform, a.native_id, p.native_id, p.at, p.precision,"
	" p.kind FROM post p JOIN account a ON a.id = p.account WHERE p.native_id = ?1" OF_PLATFORM;
static const char account_by_id[] = ACCOUNT "a.native_id = ?1" OF_PLATFORM;
static const char account_by_handle[] = ACCOUNT "a.handle IN (?1, '@' || ?1)" OF_PLATFORM;

static void
take_row(sqlite3_stmt *st, bool post, struct arena *perm, struct meeting *out)
{
	*out = (struct meeting){ .platform = str_dup(perm, column_str(st, 0)),
				 .account_id = str_dup(perm, column_str(st, 1)) };
	if (!post)
		return;
	out->post_id = str_dup(perm, column_str(st, 2));
	out->at = column_i64(st, 3, CLAQUE_NO_TIME);
	out->precision = (enum time_precision)column_i64(st, 4, TIME_SECOND);
	out->kind = (enum post_kind)column_i64(st, 5, POST_original);
}

static enum claque_rc
several(const char *what, struct claque_str id, struct claque_err *err)
{
	struct claque_str head = str_head(id, ID_SHOWN);

	return err_set(err, CLAQUE_EUSAGE, "several %s are called '" STR_FMT "'", what,
		       STR_ARG(head));
}

/* CLAQUE_DONE: none; EUSAGE: two. */
static enum claque_rc
only_row(struct store *s, const char *sql, struct claque_str platform, struct claque_str id,
	 struct arena *perm, struct meeting *out, struct claque_err *err)
{
	bool post = sql == post_by_id;
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(s, sql, &st, err);

	if (rc != CLAQUE_OK)
		return rc;
	bind_str(st, 1, id);
	bind_str(st, 2, platform.p == NULL ? STR("") : platform);
	rc = stmt_step(s, st, err);
	if (rc == CLAQUE_OK) {
		take_row(st, post, perm, out);
		rc = stmt_step(s, st, err);
		if (rc == CLAQUE_OK)
			rc = several(post ? "posts" : "accounts", id, err);
		else if (rc == CLAQUE_DONE)
			rc = CLAQUE_OK;
	}
	(void)sqlite3_finalize(st);
	return rc;
}

static enum claque_rc
none(const char *what, struct claque_str id, struct claque_err *err)
{
	struct claque_str head = str_head(id, ID_SHOWN);

	return err_set(err, CLAQUE_ENOTFOUND, "no %s is called '" STR_FMT "'", what, STR_ARG(head));
}

enum claque_rc
meet_account(struct store *s, struct claque_str platform, struct claque_str name,
	     struct arena *perm, struct meeting *out, struct claque_err *err)
{
	enum claque_rc rc = only_row(s, account_by_id, platform, name, perm, out, err);

	if (rc == CLAQUE_DONE && str_starts(name, STR("@")))
		name = str_sub(name, 1, name.len);
	if (rc == CLAQUE_DONE)
		rc = only_row(s, account_by_handle, platform, name, perm, out, err);
	return rc == CLAQUE_DONE ? none("account", name, err) : rc;
}

enum claque_rc
meet_post(struct store *s, struct claque_str platform, struct claque_str id, struct arena *perm,
	  struct meeting *out, struct claque_err *err)
{
	enum claque_rc rc = only_row(s, post_by_id, platform, id, perm, out, err);

	return rc == CLAQUE_DONE ? none("post", id, err) : rc;
}

enum claque_rc
meet_media(struct store *s, void (*each)(void *ctx, struct claque_str key), void *ctx,
	   struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(s, "SELECT key FROM source WHERE kind = ?1 ORDER BY id",
					 &st, err);

	if (rc != CLAQUE_OK)
		return rc;
	bind_i64(st, 1, CLAQUE_OBJECT_media);
	while ((rc = stmt_step(s, st, err)) == CLAQUE_OK)
		each(ctx, column_str(st, 0));
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}
