/*
 * schema.c - a case made or brought forward (schema_steps.c), its indexes, and
 * the names of its numbers.
 *
 * Kinds and acts are stored as the numbers of the X-macro lists, because a case
 * has millions of them; the table `term` names them for any SQL tool. The
 * lists may only be appended to.
 *
 * No UNIQUE constraint on what is imported: each would cost a random B-tree
 * probe a row. The writer tells duplicates by hash (writer.c), and indexes
 * that serve the lists are built after a large import.
 */
#include "config.h"

#include "store/schema.h"

#include <stdio.h>

#include "claque/score.h"

#include "base/clock.h"
#include "base/err.h"
#include "model/record.h"
#include "store/annotation.h"
#include "store/copies.h"
#include "store/derive.h"
#include "store/handles.h"
#include "store/matching.h"
#include "store/schema_steps.h"
#include "store/stmt.h"

_Static_assert(SHARE_BASIS_copy == 3, "the number that COPIED stands for");
_Static_assert(CLAQUE_EXPOSED == 3, "the number that EXPOSED stands for");

const char *const schema_roles[] = {
	[CLAQUE_CORE] = "core", [CLAQUE_AMPLIFIER] = "amplifier", [CLAQUE_SEED] = "seed",
	[CLAQUE_EXPOSED] = "exposed",
};
_Static_assert(sizeof(schema_roles) / sizeof(*schema_roles) == CLAQUE_ROLE_COUNT, "roles");
const char *const schema_axes[] = {
	[CLAQUE_COORDINATION] = "coordination", [CLAQUE_DECEPTION] = "deception",
	[CLAQUE_OVERTNESS] = "overtness",
};

/*
 * X(name, table and columns), in the order of being built: last those that rest on totals,
 * before them those that every copy would be put into. Built earlier in a new case, each
 * row would be sought in them to be changed.
 */
#define INDEX_LIST(X) \
	X(post_at, "post(at)") \
	X(post_account, "post(account, at)") \
	X(post_native, "post(native_id, account)") \
	X(share_post, "share(post, source)") \
	X(share_copy, "share(source) WHERE basis = " COPIED) \
	X(source_key, "source(key)") \
	X(account_native, "account(native_id)") \
	X(account_handle, "account(handle)") \
	X(account_score, "account(score DESC)") \
	X(change_at, "profile_change(at, account)") \
	X(change_account, "profile_change(account, at)") \
	X(snapshot_account, "profile_snapshot(account)") \
	X(indicator_value, "indicator(value)") \
	X(share_source, "share(source, at, account)") \
	X(share_account, "share(account, source)") \
	X(source_rank, "source(account_count DESC)") \
	X(source_kind, "source(kind, account_count DESC)")

enum { INDEXES_OF_COPIES = 2, INDEXES_OF_TOTALS = 2 };	/* from the end */

static const struct {
	const char *create, *drop;
} indexes[] = {
#define X(name, on) { "CREATE INDEX IF NOT EXISTS by_" #name " ON " on, \
		      "DROP INDEX IF EXISTS by_" #name },
	INDEX_LIST(X)
#undef X
};

#define ACCOUNT "2"
#define INDICATOR "6"
_Static_assert(SUBJECT_account == 2 && SUBJECT_indicator == 6 && INDICATOR_account == 1,
	       "numbers of the table skeleton");
#define NAMES(name, table, kind, where) \
	"INSERT OR IGNORE INTO skeleton SELECT claque_skeleton(" name "), claque_plain(" name "), " \
	kind ", id FROM " table " WHERE " where " AND claque_skeleton(" name ") IS NOT NULL"

/* Only rows that change are written. */
static const char *const totals[] = {
	"UPDATE account SET post_count = t.n, first_seen = t.first, last_seen = t.last"
	" FROM (SELECT account, count(*) AS n, min(at) AS first, max(at) AS last"
	" FROM post GROUP BY account) t WHERE account.id = t.account"
	" AND (post_count <> t.n OR first_seen IS NOT t.first OR last_seen IS NOT t.last)",
	"UPDATE account SET share_count = t.n FROM (SELECT account, count(*) AS n"
	" FROM share GROUP BY account) t WHERE account.id = t.account AND share_count <> t.n",
	"UPDATE source SET share_count = t.n, account_count = t.accounts,"
	" first_seen = t.first, last_seen = t.last FROM (SELECT source, count(*) AS n,"
	" count(DISTINCT account) AS accounts, min(at) AS first, max(at) AS last"
	" FROM share GROUP BY source) t WHERE source.id = t.source AND share_count <> t.n",
};

static const char *const account_totals[] = {
	"UPDATE account SET change_count = t.n FROM (SELECT account, count(*) AS n"
	" FROM profile_change GROUP BY account) t"
	" WHERE account.id = t.account AND change_count <> t.n",
	/* Names that are gone, and those that are new. */
	"DELETE FROM skeleton WHERE kind = " ACCOUNT " AND NOT EXISTS (SELECT 1 FROM account a"
	" WHERE a.id = subject AND plain IN (claque_plain(a.handle), claque_plain(a.display_name)))",
	NAMES("handle", "account", ACCOUNT, "1"),
	NAMES("display_name", "account", ACCOUNT, "1"),
	NAMES("value", "indicator", INDICATOR, "kind = 1"),
};

#define COUNT_OF(a) (sizeof(a) / sizeof(*(a)))

/* The names behind stored numbers. */
static const struct {
	const char *list, *name;
	int number;
} terms[] = {
#define X(name, ...) { "post_kind", #name, POST_##name },
	POST_KIND_LIST(X)
#undef X
#define X(name, ...) { "object_kind", #name, CLAQUE_OBJECT_##name },
	CLAQUE_OBJECT_LIST(X)
#undef X
#define X(name, ...) { "act", #name, CLAQUE_ACT_##name },
	CLAQUE_ACT_LIST(X)
#undef X
#define X(name, ...) { "share_basis", #name, SHARE_BASIS_##name },
	SHARE_BASIS_LIST(X)
#undef X
#define X(name, words, ...) { "handle_basis", words, HANDLE_BASIS_##name },
	HANDLE_BASIS_LIST(X)
#undef X
#define X(name, words, ...) { "match_how", words, MATCH_##name },
	MATCH_HOW_LIST(X)
#undef X
#define X(name, ...) { "indicator_kind", #name, INDICATOR_##name },
	INDICATOR_KIND_LIST(X)
#undef X
#define X(name, ...) { "annotation_kind", #name, ANNOTATION_##name },
	ANNOTATION_LIST(X)
#undef X
#define X(name, ...) { "subject", #name, SUBJECT_##name },
	SUBJECT_LIST(X)
#undef X
	{ "role", "core", CLAQUE_CORE }, { "role", "amplifier", CLAQUE_AMPLIFIER },
	{ "role", "seed", CLAQUE_SEED }, { "role", "exposed", CLAQUE_EXPOSED },
	{ "axis", "coordination", CLAQUE_COORDINATION }, { "axis", "deception", CLAQUE_DECEPTION },
	{ "axis", "overtness", CLAQUE_OVERTNESS },
};

enum claque_rc
schema_version(struct store *s, int64_t *version, struct claque_err *err)
{
	int64_t application, tables;
	enum claque_rc rc;

	rc = store_number(s, "PRAGMA application_id", 0, &application, err);
	if (rc == CLAQUE_OK)
		rc = store_number(s, "PRAGMA user_version", 0, version, err);
	if (rc == CLAQUE_OK)
		rc = store_number(s, "SELECT count(*) FROM sqlite_schema", 0, &tables, err);
	if (rc != CLAQUE_OK)
		return rc;
	if (application == 0 && *version == 0 && tables == 0)
		return CLAQUE_OK;
	if (application != SCHEMA_APPLICATION || *version < 1)
		return err_set(err, CLAQUE_EINPUT,
			       "%s: a database of another program, not a claque case", s->path);
	if (*version > SCHEMA_VERSION)
		return err_set(err, CLAQUE_EVERSION,
			       "%s: the case has format %lld, this claque reads up to %d;"
			       " open it with a newer claque", s->path, (long long)*version,
			       SCHEMA_VERSION);
	return CLAQUE_OK;
}

static enum claque_rc
write_terms(struct store *s, struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc;

	rc = stmt_prepare(s, "INSERT OR REPLACE INTO term VALUES(?1, ?2, ?3)", &st, err);
	for (size_t i = 0; rc == CLAQUE_OK && i < COUNT_OF(terms); i++) {
		bind_str(st, 1, str_of(terms[i].list));
		bind_i64(st, 2, terms[i].number);
		bind_str(st, 3, str_of(terms[i].name));
		rc = stmt_run(s, st, err);
	}
	(void)sqlite3_finalize(st);
	return rc;
}

static enum claque_rc
stamp_version(struct store *s, struct claque_err *err)
{
	char sql[96];

	(void)snprintf(sql, sizeof(sql), "PRAGMA application_id = %d; PRAGMA user_version = %d",
		       SCHEMA_APPLICATION, SCHEMA_VERSION);
	return store_exec(s, sql, err);
}

/* SQLite sorts in pieces of the cache's size; in a processor's cache that is fastest. */
#define CACHE_TO_SORT "PRAGMA cache_size = -2048"
/* Totals and what else is derived change rows here and there. */
#define CACHE_TO_CHANGE "PRAGMA cache_size = -65536"
#define CACHE_AFTERWARDS "PRAGMA cache_size = -2000"

static enum claque_rc
build_indexes(struct store *s, size_t from, size_t to, struct claque_err *err)
{
	int64_t began = clock_ticks();
	enum claque_rc rc = store_exec(s, CACHE_TO_SORT, err);

	for (size_t i = from; rc == CLAQUE_OK && i < to; i++)
		rc = store_exec(s, indexes[i].create, err);
	s->spent.indexes += clock_ticks() - began;
	return rc;
}

static enum claque_rc
run_migrations(struct store *s, int64_t version, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	for (; rc == CLAQUE_OK && version < SCHEMA_VERSION; version++)
		for (size_t i = 0; rc == CLAQUE_OK && i < SCHEMA_STEP_PARTS; i++)
			rc = store_exec(s, schema_steps[version][i], err);
	if (rc == CLAQUE_OK)
		rc = write_terms(s, err);
	if (rc == CLAQUE_OK)
		rc = build_indexes(s, 0, COUNT_OF(indexes), err);
	return rc == CLAQUE_OK ? stamp_version(s, err) : rc;
}

enum claque_rc
schema_migrate(struct store *s, struct claque_err *err)
{
	int64_t version;
	enum claque_rc rc;

	rc = store_begin(s, err);
	if (rc == CLAQUE_OK)
		rc = schema_version(s, &version, err);	/* another process may have been first */
	if (rc == CLAQUE_OK && version < SCHEMA_VERSION)
		rc = run_migrations(s, version, err);
	if (rc == CLAQUE_OK)
		rc = store_commit(s, err);
	if (rc != CLAQUE_OK)
		store_rollback(s);
	return rc;
}

enum claque_rc
schema_drop_indexes(struct store *s, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 0; rc == CLAQUE_OK && i < COUNT_OF(indexes); i++)
		rc = store_exec(s, indexes[i].drop, err);
	return rc;
}

static enum claque_rc
run_all(struct store *s, const char *const *sql, size_t count, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 0; rc == CLAQUE_OK && i < count; i++)
		rc = store_exec(s, sql[i], err);
	return rc;
}

/* What rests on accounts, profiles, changes and indicators only. */
static enum claque_rc
refresh_accounts(struct store *s, struct claque_err *err)
{
	int64_t stale = 0;
	enum claque_rc rc = store_number(s, "SELECT coalesce((SELECT value FROM state"
					 " WHERE name = 'accounts_stale'), 1)", 1, &stale, err);

	if (rc != CLAQUE_OK || stale == 0)
		return rc;
	rc = derive_changes(s, err);
	if (rc == CLAQUE_OK)
		rc = run_all(s, account_totals, COUNT_OF(account_totals), err);
	if (rc == CLAQUE_OK)
		rc = handles_refresh(s, err);
	if (rc == CLAQUE_OK)
		rc = store_exec(s, "INSERT OR REPLACE INTO state VALUES('accounts_stale', 0)", err);
	return rc;
}

/* Rows that follow from rows. */
static enum claque_rc
refresh_rows(struct store *s, struct claque_err *err)
{
	int64_t began = clock_ticks();
	enum claque_rc rc = refresh_accounts(s, err);

	if (rc == CLAQUE_OK)
		rc = derive_copies(s, err);
	s->spent.rows += clock_ticks() - began;
	return rc;
}

/* Numbers that follow from rows. */
static enum claque_rc
refresh_totals(struct store *s, struct claque_err *err)
{
	int64_t began = clock_ticks();
	enum claque_rc rc = run_all(s, totals, COUNT_OF(totals), err);

	if (rc == CLAQUE_OK)
		rc = matching_refresh(s, err);
	if (rc == CLAQUE_OK)
		rc = store_exec(s, "INSERT OR REPLACE INTO state VALUES('totals_stale', 0)", err);
	s->spent.totals += clock_ticks() - began;
	return rc;
}

static enum claque_rc
refresh_all(struct store *s, struct claque_err *err)
{
	enum claque_rc rc = refresh_rows(s, err);

	return rc == CLAQUE_OK ? refresh_totals(s, err) : rc;
}

static enum claque_rc
change(struct store *s, enum claque_rc (*what)(struct store *s, struct claque_err *err),
       struct claque_err *err)
{
	enum claque_rc rc = store_exec(s, CACHE_TO_CHANGE, err);

	if (rc == CLAQUE_OK)
		rc = store_begin(s, err);
	if (rc == CLAQUE_OK)
		rc = what(s, err);
	if (rc == CLAQUE_OK)
		rc = store_commit(s, err);
	if (rc != CLAQUE_OK)
		store_rollback(s);
	return rc;
}

/*
 * Copies before the indexes of shares that they would be put into, row by row. Not where
 * some are there: one that is not true any more is looked for by those indexes.
 */
static enum claque_rc
copy_first(struct store *s, struct claque_err *err)
{
	int64_t some = 0;
	enum claque_rc rc = build_indexes(s, 0, COUNT_OF(indexes) - INDEXES_OF_TOTALS -
					  INDEXES_OF_COPIES, err);

	if (rc == CLAQUE_OK)
		rc = store_number(s, "SELECT EXISTS(SELECT 1 FROM share WHERE basis = " COPIED ")", 0,
				  &some, err);
	return rc == CLAQUE_OK && some == 0 ? change(s, refresh_rows, err) : rc;
}

static enum claque_rc
is_stale(struct store *s, bool *out, struct claque_err *err)
{
	int64_t stale = 0;
	enum claque_rc rc = store_number(s, "SELECT value FROM state WHERE name = 'totals_stale'", 0,
					 &stale, err);

	*out = stale != 0;
	return rc;
}

static enum claque_rc
lacks_indexes(struct store *s, bool *out, struct claque_err *err)
{
	int64_t built = 0;
	enum claque_rc rc = store_number(s, "SELECT count(*) FROM sqlite_schema WHERE type = 'index'"
					 " AND name GLOB 'by_*'", 0, &built, err);

	*out = built < (int64_t)COUNT_OF(indexes);
	return rc;
}

static enum claque_rc
repair(struct store *s, bool missing, bool stale, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	if (missing && stale)
		rc = copy_first(s, err);
	if (rc == CLAQUE_OK && missing)
		rc = build_indexes(s, 0, COUNT_OF(indexes) - INDEXES_OF_TOTALS, err);
	return rc == CLAQUE_OK && stale ? change(s, refresh_all, err) : rc;
}

enum claque_rc
schema_repair(struct store *s, struct claque_err *err)
{
	bool stale = false, missing = false;
	enum claque_rc rc = is_stale(s, &stale, err);

	if (rc == CLAQUE_OK)
		rc = lacks_indexes(s, &missing, err);
	if (rc == CLAQUE_OK && missing && stale)
		copies_ahead_start(s, COPY_AHEAD_BYTES);
	if (rc == CLAQUE_OK)
		rc = repair(s, missing, stale, err);
	copies_ahead_end(s);
	if (rc == CLAQUE_OK && missing)
		rc = build_indexes(s, 0, COUNT_OF(indexes), err);
	return rc == CLAQUE_OK && (missing || stale) ? store_exec(s, CACHE_AFTERWARDS, err) : rc;
}
