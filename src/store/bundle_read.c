#include "config.h"

#include "store/bundle_def.h"

#include "base/buf.h"
#include "store/annotation.h"
#include "store/stmt.h"

enum { SQL_MAX = 16 << 10 };

static enum claque_rc
prepare_walk(struct store *s, const struct bundle_def *def, sqlite3_stmt **out,
	     struct claque_err *err)
{
	struct buf sql;
	enum claque_rc rc;

	buf_init(&sql, SQL_MAX);
	buf_addf(&sql, "SELECT %s", def->account);
	for (size_t i = 0; i < def->count; i++)
		buf_addf(&sql, ", %s", def->columns[i].sql);
	buf_addf(&sql, " FROM %s ORDER BY %s", def->from, def->order);
	buf_addc(&sql, '\0');
	rc = stmt_prepare(s, sql.p, out, err);
	buf_done(&sql);
	return rc;
}

enum claque_rc
bundle_walk(struct store *s, enum bundle_table table,
	    bool (*each)(void *ctx, const struct row *row), void *ctx, struct claque_err *err)
{
	const struct bundle_def *def = &bundle_defs[table];
	struct value values[BUNDLE_COLUMNS_MAX];
	sqlite3_stmt *st;
	enum claque_rc rc = prepare_walk(s, def, &st, err);

	while (rc == CLAQUE_OK && (rc = stmt_step(s, st, err)) == CLAQUE_OK) {
		struct row row = { column_i64(st, 0, 0), values };

		for (size_t i = 0; i < def->count; i++)
			values[i] = column_value(st, (int)i + 1);
		if (!each(ctx, &row))
			rc = CLAQUE_STOPPED;
	}
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

enum claque_rc
bundle_rows(struct store *s, enum bundle_table table, int64_t *out, struct claque_err *err)
{
	struct buf sql;
	enum claque_rc rc;

	buf_init(&sql, SQL_MAX);
	buf_addf(&sql, "SELECT count(*) FROM %s", table == BUNDLE_STATE ?
		 bundle_defs[table].from : bundle_defs[table].into);
	buf_addc(&sql, '\0');
	rc = store_number(s, sql.p, 0, out, err);
	buf_done(&sql);
	return rc;
}

enum claque_rc
bundle_pseudonyms(struct store *s, bool (*each)(void *ctx, int64_t account), void *ctx,
		  struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(s, "SELECT account FROM pseudonym ORDER BY 1", &st, err);

	while (rc == CLAQUE_OK && (rc = stmt_step(s, st, err)) == CLAQUE_OK)
		if (!each(ctx, column_i64(st, 0, 0)))
			rc = CLAQUE_STOPPED;
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

enum claque_rc
foreign_walk(struct store *s, bool (*each)(void *ctx, const struct foreign_ledger *ledger),
	     void *ctx, struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(s, "SELECT f.id, f.origin, b.sha256, f.hash, f.entries, b.done FROM"
					 " foreign_ledger f JOIN bundle b ON b.id = f.bundle"
					 " ORDER BY f.id", &st, err);

	while (rc == CLAQUE_OK && (rc = stmt_step(s, st, err)) == CLAQUE_OK) {
		struct foreign_ledger ledger = { column_i64(st, 0, 0), column_str(st, 1),
			column_str(st, 2), column_str(st, 3), column_i64(st, 4, 0),
			column_i64(st, 5, 0) != 0 };

		if (!each(ctx, &ledger))
			rc = CLAQUE_STOPPED;
	}
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

enum claque_rc
foreign_entries(struct store *s, int64_t ledger,
		bool (*each)(void *ctx, const struct ledger_entry *entry, bool redacted),
		void *ctx, struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(s, "SELECT seq, at, who, action, target, lens, command,"
					 " payload, previous, hash, redacted FROM foreign_entry"
					 " WHERE ledger = ?1 ORDER BY seq", &st, err);

	if (rc != CLAQUE_OK)
		return rc;
	bind_i64(st, 1, ledger);
	while (rc == CLAQUE_OK && (rc = stmt_step(s, st, err)) == CLAQUE_OK) {
		struct ledger_entry e = { column_i64(st, 0, 0), column_i64(st, 1, 0),
			column_str(st, 2), column_str(st, 3), column_str(st, 4), column_str(st, 5),
			column_str(st, 6), column_str(st, 7), column_str(st, 8), column_str(st, 9) };

		if (!each(ctx, &e, column_i64(st, 10, 0) != 0))
			rc = CLAQUE_STOPPED;
	}
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}
