/* run.c - how the last run was made: its settings, and what the analyst had decided. */
#include "config.h"

#include "base/clock.h"
#include "base/err.h"
#include "store/result.h"
#include "store/stmt.h"

static struct claque_str
settings_text(struct arena *perm, sqlite3_stmt *st)
{
	struct claque_str ended = clock_text(perm, column_i64(st, 6, 0), CLOCK_RFC3339);

	return str_fmt(perm, "claque " STR_FMT ", prior %.15g, fdr %.15g, object cap %lld, "
		       "groups of at least %lld accounts, lead score %.15g, seed %lld, ended "
		       STR_FMT,
		       STR_ARG(column_str(st, 0)), column_value(st, 1).r, column_value(st, 2).r,
		       (long long)column_i64(st, 3, 0), (long long)column_i64(st, 4, 0),
		       column_value(st, 5).r, (long long)column_i64(st, 7, 0), STR_ARG(ended));
}

enum claque_rc
result_settings(struct store *s, struct arena *perm, struct claque_str *out, struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(s, "SELECT version, prior, fdr, object_cap, min_accounts,"
					 " lead_score, ended_at, seed FROM run"
					 " ORDER BY id DESC LIMIT 1",
					 &st, err);

	*out = STR("");
	if (rc != CLAQUE_OK)
		return rc;
	rc = stmt_step(s, st, err);
	if (rc == CLAQUE_OK)
		*out = settings_text(perm, st);
	(void)sqlite3_finalize(st);	/* reports the step's error once more */
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

/* Signals that were off; those of another version of claque are passed over. */
static enum claque_rc
read_off(struct store *s, int64_t run, struct claque_score_settings *out, struct claque_err *err)
{
	struct claque_err unknown;
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(s, "SELECT value FROM run, json_each(run.settings, '$.off')"
					 " WHERE run.id = ?1", &st, err);

	if (rc != CLAQUE_OK)
		return rc;
	bind_i64(st, 1, run);
	while ((rc = stmt_step(s, st, err)) == CLAQUE_OK) {
		enum claque_signal signal;

		if (claque_signal_parse(column_str(st, 0), &signal, &unknown) == CLAQUE_OK)
			out->off[signal] = true;
	}
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

enum claque_rc
result_last_settings(struct store *s, struct claque_score_settings *out, struct claque_err *err)
{
	sqlite3_stmt *st;
	int64_t run = 0;
	enum claque_rc rc = stmt_prepare(s, "SELECT id, prior, fdr, object_cap, min_accounts,"
					 " lead_score, seed FROM run ORDER BY id DESC LIMIT 1", &st,
					 err);

	*out = claque_score_defaults();
	if (rc != CLAQUE_OK)
		return rc;
	rc = stmt_step(s, st, err);
	if (rc == CLAQUE_OK) {
		run = column_i64(st, 0, 0);
		out->prior = column_value(st, 1).r;
		out->fdr = column_value(st, 2).r;
		out->object_cap = (uint32_t)column_i64(st, 3, 0);
		out->min_accounts = (uint32_t)column_i64(st, 4, 0);
		out->lead_score = column_value(st, 5).r;
		out->seed = (uint64_t)column_i64(st, 6, 0);
	}
	(void)sqlite3_finalize(st);
	if (rc == CLAQUE_DONE)
		return err_set(err, CLAQUE_ENOTFOUND, "no run yet; claque score looks for leads first");
	return rc == CLAQUE_OK ? read_off(s, run, out, err) : rc;
}

static struct claque_str
decisions_text(struct arena *perm, sqlite3_stmt *st)
{
	int64_t cleared = column_i64(st, 0, 0), allowed = column_i64(st, 1, 0);
	int64_t shares = column_i64(st, 2, 0), priors = column_i64(st, 3, 0);
	struct claque_str text = STR("");

	if (cleared > 0)
		text = str_fmt(perm, "%lld accounts cleared by the analyst are in no lead",
			       (long long)cleared);
	if (allowed > 0)
		text = str_fmt(perm, STR_FMT "%s%lld sources allowed by the analyst prove "
			       "nothing: %lld acts on them are left out", STR_ARG(text),
			       text.len > 0 ? "; " : "", (long long)allowed, (long long)shares);
	if (priors > 0)
		text = str_fmt(perm, STR_FMT "%s%lld accounts have a prior of their own",
			       STR_ARG(text), text.len > 0 ? "; " : "", (long long)priors);
	return text;
}

enum claque_rc
result_decisions(struct store *s, struct arena *perm, struct claque_str *out,
		 struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(s, "SELECT settings ->> 'cleared', settings ->> 'allowed',"
					 " settings ->> 'allowed_shares', settings ->> 'own_priors'"
					 " FROM run ORDER BY id DESC LIMIT 1", &st, err);

	*out = STR("");
	if (rc != CLAQUE_OK)
		return rc;
	rc = stmt_step(s, st, err);
	if (rc == CLAQUE_OK)
		*out = decisions_text(perm, st);
	(void)sqlite3_finalize(st);	/* reports the step's error once more */
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

enum claque_rc
result_decided(struct store *s, enum result_list list,
	       bool (*each)(void *ctx, struct claque_str name, double prior), void *ctx,
	       struct claque_err *err)
{
	static const char *const queries[] = {
		[RESULT_CLEARED] = "SELECT value, 0 FROM json_each((SELECT settings FROM run"
			" ORDER BY id DESC LIMIT 1), '$.cleared_accounts') ORDER BY key",
		[RESULT_PRIORS] = "SELECT value ->> 'account', value ->> 'prior' FROM json_each(("
			"SELECT settings FROM run ORDER BY id DESC LIMIT 1), '$.priors') ORDER BY key",
		[RESULT_ALLOWED] = "SELECT value, 0 FROM json_each((SELECT settings FROM run"
			" ORDER BY id DESC LIMIT 1), '$.allow') ORDER BY key",
	};
	sqlite3_stmt *st;
	bool go = true;
	enum claque_rc rc = stmt_prepare(s, queries[list], &st, err);

	if (rc != CLAQUE_OK)
		return rc;
	while (go && (rc = stmt_step(s, st, err)) == CLAQUE_OK)
		go = each(ctx, column_str(st, 0), column_value(st, 1).r);
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc == CLAQUE_OK ? CLAQUE_STOPPED : rc;
}
