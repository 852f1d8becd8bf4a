/*
 * derive.c - profile changes that two looks at one account show.
 *
 * Files that hold profiles as they were when somebody collected them tell a
 * change by two of them: it happened after the first look and by the second,
 * nobody knows when; both are kept (after_at, at). Rules, for each field:
 * missing is not empty, so a look that lacks it says nothing; a handle that
 * differs in case only is the same handle; counts are series, not changes; and
 * a change that an input itself reports is not told twice.
 *
 * Derived anew with the totals, for a later file may hold a look between two
 * others. Rows that stay true keep their ids, because notes hang on them.
 */
#include "config.h"

#include "store/derive.h"

#include "base/buf.h"
#include "store/stmt.h"

/* X(column) - what is compared, in this order */
#define FIELD_LIST(X) \
	X(handle) X(display_name) X(location) X(bio) X(url) X(avatar_hash) X(lang)

#define X(name) FIELD_##name,
enum field { FIELD_LIST(X) FIELD_COUNT };
#undef X

enum { VALUE_MAX = 1 << 20, COLUMNS_BEFORE = 4 };

static const char *const names[] = {
#define X(name) #name,
	FIELD_LIST(X)
#undef X
};

struct look {			/* the last one that told the field */
	bool told;
	int64_t at;
	struct buf value;
};

struct derivation {
	struct store *s;
	sqlite3_stmt *put;
	int64_t account;	/* whose looks these are; 0: none yet */
	struct look last[FIELD_COUNT];
};

static const char make_table[] =
	"CREATE TEMP TABLE IF NOT EXISTS derived(account INTEGER, at INTEGER, after_at INTEGER,"
	" field TEXT, old_value TEXT, new_value TEXT, input_file INTEGER, row INTEGER);"
	"DELETE FROM temp.derived";

#define X(name) ", s." #name
static const char looks[] =
	"SELECT s.account, s.observed_at, s.input_file, s.row" FIELD_LIST(X)
	" FROM profile_snapshot s WHERE s.observed_at IS NOT NULL AND s.account IN"
	" (SELECT account FROM profile_snapshot GROUP BY account HAVING count(*) > 1)"
	" ORDER BY s.account, s.observed_at, s.id";
#undef X

#define SAME "c.account = d.account AND c.field = d.field AND c.new_value IS d.new_value"

static const char *const merge[] = {
	"DELETE FROM profile_change AS c WHERE after_at IS NOT NULL AND NOT EXISTS"
	" (SELECT 1 FROM temp.derived d WHERE " SAME " AND c.at = d.at AND c.after_at = d.after_at)",
	"INSERT INTO profile_change(account, at, after_at, field, old_value, new_value, input_file,"
	" row) SELECT account, at, after_at, field, old_value, new_value, input_file, row"
	" FROM temp.derived d WHERE NOT EXISTS (SELECT 1 FROM profile_change c WHERE " SAME
	" AND c.at > d.after_at AND c.at <= d.at) ORDER BY rowid",
	"DROP TABLE temp.derived",
};

static bool
is_same(enum field field, struct claque_str a, struct claque_str b)
{
	return field == FIELD_handle ? str_eq_nocase(a, b) : str_eq(a, b);
}

static enum claque_rc
put_change(struct derivation *d, sqlite3_stmt *look, enum field field, struct claque_str value,
	   struct claque_err *err)
{
	const struct look *last = &d->last[field];

	bind_i64(d->put, 1, d->account);
	bind_i64(d->put, 2, column_i64(look, 1, 0));
	bind_i64(d->put, 3, last->at);
	bind_str(d->put, 4, str_of(names[field]));
	bind_str(d->put, 5, last->value.len > 0 ? buf_str(&last->value) : STR(""));
	bind_str(d->put, 6, value);
	bind_i64(d->put, 7, column_i64(look, 2, 0));
	bind_i64(d->put, 8, column_i64(look, 3, 0));
	return stmt_run(d->s, d->put, err);
}

static enum claque_rc
take_look(struct derivation *d, sqlite3_stmt *look, struct claque_err *err)
{
	int64_t account = column_i64(look, 0, 0);
	enum claque_rc rc = CLAQUE_OK;

	for (enum field f = 0; rc == CLAQUE_OK && f < FIELD_COUNT; f++) {
		struct claque_str value = column_str(look, COLUMNS_BEFORE + (int)f);
		struct look *last = &d->last[f];

		if (account != d->account)
			last->told = false;
		if (value.p == NULL)
			continue;
		if (last->told && account == d->account &&
		    !is_same(f, buf_str(&last->value), value))
			rc = put_change(d, look, f, value, err);
		last->told = true;
		last->at = column_i64(look, 1, 0);
		buf_clear(&last->value);
		buf_add(&last->value, value);
	}
	d->account = account;
	return rc;
}

static enum claque_rc
compare_looks(struct derivation *d, struct claque_err *err)
{
	sqlite3_stmt *look = NULL;
	enum claque_rc rc = stmt_prepare(d->s, looks, &look, err);

	if (rc == CLAQUE_OK)
		rc = stmt_prepare(d->s, "INSERT INTO temp.derived VALUES(?1, ?2, ?3, ?4, ?5, ?6,"
				  " ?7, ?8)", &d->put, err);
	while (rc == CLAQUE_OK && (rc = stmt_step(d->s, look, err)) == CLAQUE_OK)
		rc = take_look(d, look, err);
	(void)sqlite3_finalize(look);
	(void)sqlite3_finalize(d->put);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

static enum claque_rc
derive(struct store *s, struct claque_err *err)
{
	struct derivation d = { .s = s };
	enum claque_rc rc = store_exec(s, make_table, err);

	for (size_t f = 0; f < FIELD_COUNT; f++)
		buf_init(&d.last[f].value, VALUE_MAX);
	if (rc == CLAQUE_OK)
		rc = compare_looks(&d, err);
	for (size_t f = 0; f < FIELD_COUNT; f++)
		buf_done(&d.last[f].value);
	for (size_t i = 0; rc == CLAQUE_OK && i < sizeof(merge) / sizeof(merge[0]); i++)
		rc = store_exec(s, merge[i], err);
	return rc;
}

enum claque_rc
derive_changes(struct store *s, struct claque_err *err)
{
	int64_t several = 0;
	enum claque_rc rc = store_number(s, "SELECT EXISTS(SELECT 1 FROM profile_snapshot"
					 " GROUP BY account HAVING count(*) > 1)", 0, &several, err);

	return rc == CLAQUE_OK && several != 0 ? derive(s, err) : rc;
}
