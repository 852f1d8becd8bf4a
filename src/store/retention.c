#include "config.h"

#include "store/retention.h"

#include "store/stmt.h"

const struct column retention_columns[RETENTION_COLUMNS] = {
	{ .name = "data", .help = "what is kept; input: of a file", .form = FORM_ID },
	{ .name = "rows", .help = "how many", .form = FORM_COUNT },
	{ .name = "people", .help = "accounts that they are of, or analysts", .form = FORM_COUNT },
	{ .name = "oldest", .help = "the first time that they tell of", .form = FORM_TIME },
	{ .name = "newest", .help = "the last one", .form = FORM_TIME },
	{ .name = "since", .help = "in the case since", .form = FORM_TIME },
	{ .name = "days", .help = "in the case, whole days", .form = FORM_COUNT },
	{ .name = "file", .help = "of an input: where it lay", .form = FORM_TEXT },
	{ .name = "sha256", .help = "of an input", .form = FORM_ID },
};

#define FIRST_INPUT "(SELECT min(started_at) FROM input_file)"
#define NAMED "SELECT id FROM account WHERE native_id NOT GLOB 'forgotten:*'"
/* Of accounts: rows, accounts, times. */
#define OF(table, at, where) "SELECT count(*), count(DISTINCT account), min(" at "), max(" at "), " \
	FIRST_INPUT ", NULL, NULL FROM " table " WHERE account IN (" NAMED ")" where

static const struct {
	const char *data, *sql;
} parts[] = {
	{ "accounts", "SELECT count(*), count(*), min(first_seen), max(last_seen), " FIRST_INPUT
	  ", NULL, NULL FROM account WHERE id IN (" NAMED ")" },
	{ "profiles", OF("profile_snapshot", "observed_at", "") },
	{ "changes", OF("profile_change", "at", "") },
	{ "posts", OF("post", "at", "") },
	{ "texts", OF("post", "at", " AND text <> ''") },
	{ "shares", OF("share", "at", "") },
	{ "published", "SELECT count(*), count(DISTINCT value), NULL, NULL, " FIRST_INPUT
	  ", NULL, NULL FROM indicator WHERE kind = 1" },
	{ "found", "SELECT count(*), count(DISTINCT m.account), min(r.started_at),"
	  " max(r.started_at), min(r.started_at), NULL, NULL FROM member m JOIN run r"
	  " ON r.id = m.run" },
	{ "annotations", "SELECT count(*), count(DISTINCT who), min(at), max(at), min(at), NULL, NULL"
	  " FROM annotation" },
	{ "ledger", "SELECT count(*), count(DISTINCT who), min(at), max(at), min(at), NULL, NULL"
	  " FROM ledger" },
	{ "forgotten", "SELECT count(*), 0, min(at), max(at), min(at), NULL, NULL FROM ledger"
	  " WHERE action = 'forget'" },
	{ "input", "SELECT f.taken, count(DISTINCT p.account), min(p.at), max(p.at), f.started_at,"
	  " f.path, f.sha256 FROM input_file f LEFT JOIN post p ON p.input_file = f.id"
	  " AND p.account IN (" NAMED ") GROUP BY f.id ORDER BY f.id" },
};

enum { SINCE = 5, DAYS = 6, DAY_MS = 86400000 };

struct walk {
	int64_t now, min_days, id;
	bool (*each)(void *ctx, const struct row *row);
	void *ctx;
};

/* false: no more is wanted. */
static bool
pass(struct walk *w, const char *data, sqlite3_stmt *st)
{
	struct value values[RETENTION_COLUMNS] = {
		{ .type = VALUE_TEXT, .s = str_of(data) },
	};
	bool is_input = sqlite3_column_type(st, 6) != SQLITE_NULL;

	for (int i = 0; i < SINCE; i++)
		values[i + 1] = column_value(st, i);
	values[7] = column_value(st, 5);
	values[8] = column_value(st, 6);
	if (values[SINCE].type == VALUE_INT)
		values[DAYS] = (struct value){ .type = VALUE_INT,
					       .i = (w->now - values[SINCE].i) / DAY_MS };
	if (is_input && values[DAYS].type == VALUE_INT && values[DAYS].i < w->min_days)
		return true;
	return w->each(w->ctx, &(struct row){ ++w->id, values });
}

enum claque_rc
retention_walk(struct store *s, int64_t now, int64_t min_days,
	       bool (*each)(void *ctx, const struct row *row), void *ctx, struct claque_err *err)
{
	struct walk w = { .now = now, .min_days = min_days, .each = each, .ctx = ctx };
	enum claque_rc rc = CLAQUE_OK;
	bool more = true;

	for (size_t i = 0; rc == CLAQUE_OK && more && i < sizeof(parts) / sizeof(*parts); i++) {
		sqlite3_stmt *st;

		rc = stmt_prepare(s, parts[i].sql, &st, err);
		while (rc == CLAQUE_OK && more && (rc = stmt_step(s, st, err)) == CLAQUE_OK)
			more = pass(&w, parts[i].data, st);
		(void)sqlite3_finalize(st);
		rc = rc == CLAQUE_DONE ? CLAQUE_OK : rc;
	}
	return rc;
}
