/*
 * schema.c - the tables, views and indexes of a case.
 *
 * A case of version n is brought forward by migrations[n], migrations[n + 1]
 * and so on. A published step is never edited; a new one is appended.
 *
 * Kinds and acts are stored as the numbers of the X-macro lists, because a case
 * has millions of them; the table `term` names them for any SQL tool. The
 * lists may only be appended to.
 *
 * No UNIQUE constraint on what is imported: each would cost a random B-tree
 * probe a row. The writer tells duplicates by hash (writer.c), and indexes
 * that serve the lists are built after a large import.
 *
 * Views are the public face of a case (docs: claque-sql(1)): times in them are
 * UTC text, with the exact milliseconds beside them where that matters.
 */
#include "config.h"

#include "store/schema.h"

#include <stdio.h>

#include "claque/score.h"

#include "base/err.h"
#include "model/record.h"
#include "store/annotation.h"
#include "store/stmt.h"

const char *const schema_roles[] = {
	[CLAQUE_CORE] = "core", [CLAQUE_AMPLIFIER] = "amplifier",
};
const char *const schema_axes[] = {
	[CLAQUE_COORDINATION] = "coordination", [CLAQUE_DECEPTION] = "deception",
	[CLAQUE_OVERTNESS] = "overtness",
};

#define WHERE_FROM "input_file INTEGER NOT NULL REFERENCES input_file, row INTEGER NOT NULL"
#define PROFILE "handle TEXT, display_name TEXT, location TEXT, bio TEXT, url TEXT," \
	" avatar_hash TEXT, avatar_tag TEXT, lang TEXT, created_at INTEGER, observed_at INTEGER," \
	" followers INTEGER, following INTEGER, posts_total INTEGER, verified INTEGER"
#define UTC(ms) "strftime('%Y-%m-%dT%H:%M:%SZ', " ms " / 1000, 'unixepoch')"
#define TERM(list, number) \
	"(SELECT name FROM term WHERE list = '" list "' AND term.number = " number ")"
#define LAST_RUN "(SELECT max(id) FROM run)"

static const char version_1[] =
	/* The case itself: small facts about its state. */
	"CREATE TABLE state(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
	"CREATE TABLE term(list TEXT NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL,"
	" PRIMARY KEY(list, number)) STRICT, WITHOUT ROWID;"
	/* place: the path from the root, so that verify finds the file from anywhere.
	   last_row: the number of the last row committed; done: wholly imported. */
	"CREATE TABLE input_file(id INTEGER PRIMARY KEY, path TEXT NOT NULL, place TEXT,"
	" sha256 TEXT NOT NULL,"
	" bytes INTEGER NOT NULL, format TEXT NOT NULL, importer TEXT NOT NULL,"
	" started_at INTEGER NOT NULL, ended_at INTEGER, done INTEGER NOT NULL DEFAULT 0,"
	" last_row INTEGER NOT NULL DEFAULT 0, rows INTEGER NOT NULL DEFAULT 0,"
	" taken INTEGER NOT NULL DEFAULT 0, duplicates INTEGER NOT NULL DEFAULT 0,"
	" refused INTEGER NOT NULL DEFAULT 0, posts INTEGER NOT NULL DEFAULT 0,"
	" accounts INTEGER NOT NULL DEFAULT 0, changes INTEGER NOT NULL DEFAULT 0,"
	" indicators INTEGER NOT NULL DEFAULT 0, shares INTEGER NOT NULL DEFAULT 0) STRICT;"
	"CREATE INDEX input_sha256 ON input_file(sha256);"
	"CREATE TABLE refused_row(id INTEGER PRIMARY KEY, " WHERE_FROM ","
	" reason TEXT NOT NULL) STRICT;"
	"CREATE INDEX refused_input ON refused_row(input_file);"
	/* cells: JSON object of what no field takes; the rest of that row is elsewhere. */
	"CREATE TABLE extra_row(input_file INTEGER NOT NULL, row INTEGER NOT NULL,"
	" cells TEXT NOT NULL, PRIMARY KEY(input_file, row)) STRICT, WITHOUT ROWID;"
	/* profiled: an account record told its profile; else only posts name it. */
	"CREATE TABLE account(id INTEGER PRIMARY KEY, platform TEXT NOT NULL,"
	" native_id TEXT NOT NULL, " PROFILE ", profiled INTEGER NOT NULL DEFAULT 0,"
	" post_count INTEGER NOT NULL DEFAULT 0, share_count INTEGER NOT NULL DEFAULT 0,"
	" change_count INTEGER NOT NULL DEFAULT 0, first_seen INTEGER, last_seen INTEGER,"
	" score REAL NOT NULL DEFAULT 0, " WHERE_FROM ") STRICT;"
	"CREATE TABLE profile_snapshot(id INTEGER PRIMARY KEY,"
	" account INTEGER NOT NULL REFERENCES account, basis TEXT NOT NULL, " PROFILE ", "
	WHERE_FROM ") STRICT;"
	"CREATE TABLE profile_change(id INTEGER PRIMARY KEY,"
	" account INTEGER NOT NULL REFERENCES account, at INTEGER, field TEXT NOT NULL,"
	" old_value TEXT, new_value TEXT, " WHERE_FROM ") STRICT;"
	/* urls: as written in the input, because peers join on them. */
	"CREATE TABLE post(id INTEGER PRIMARY KEY, account INTEGER NOT NULL REFERENCES account,"
	" native_id TEXT, at INTEGER, precision INTEGER NOT NULL, kind INTEGER NOT NULL, text TEXT,"
	" lang TEXT, client TEXT, urls TEXT, likes INTEGER, shares INTEGER, replies INTEGER, "
	WHERE_FROM ") STRICT;"
	/* author: native id of the account behind it. */
	"CREATE TABLE source(id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, key TEXT NOT NULL,"
	" author TEXT, share_count INTEGER NOT NULL DEFAULT 0,"
	" account_count INTEGER NOT NULL DEFAULT 0, cluster_accounts INTEGER NOT NULL DEFAULT 0,"
	" first_seen INTEGER, last_seen INTEGER, " WHERE_FROM ") STRICT;"
	"CREATE TABLE share(id INTEGER PRIMARY KEY, post INTEGER NOT NULL REFERENCES post,"
	" account INTEGER NOT NULL REFERENCES account, source INTEGER NOT NULL REFERENCES source,"
	" act INTEGER NOT NULL, at INTEGER, " WHERE_FROM ") STRICT;"
	"CREATE TABLE indicator(id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, value TEXT,"
	" raw TEXT, platform TEXT, tactic TEXT, technique TEXT, procedure TEXT, role TEXT,"
	" note TEXT, published TEXT, count INTEGER, " WHERE_FROM ") STRICT;"
	/* What runs of the engine found. */
	"CREATE TABLE run(id INTEGER PRIMARY KEY, started_at INTEGER NOT NULL,"
	" ended_at INTEGER NOT NULL, version TEXT NOT NULL, prior REAL NOT NULL,"
	" fdr REAL NOT NULL, object_cap INTEGER NOT NULL, min_accounts INTEGER NOT NULL,"
	" lead_score REAL NOT NULL, seed INTEGER NOT NULL, threads INTEGER NOT NULL,"
	" hot_objects INTEGER NOT NULL, hot_shares INTEGER NOT NULL,"
	" undated_shares INTEGER NOT NULL) STRICT;"
	"CREATE TABLE edge(id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES run,"
	" signal TEXT NOT NULL, window_s INTEGER NOT NULL, a INTEGER NOT NULL REFERENCES account,"
	" b INTEGER NOT NULL REFERENCES account, weight INTEGER NOT NULL, pairs INTEGER NOT NULL,"
	" expected REAL, p REAL, q REAL, log10_p REAL, first_seen INTEGER, last_seen INTEGER,"
	" median_lag_s INTEGER, leader INTEGER REFERENCES account) STRICT;"
	"CREATE INDEX edge_a ON edge(a, run);"
	"CREATE INDEX edge_b ON edge(b, run);"
	"CREATE INDEX edge_run ON edge(run);"
	"CREATE TABLE cluster(id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES run,"
	" rank INTEGER NOT NULL, name TEXT NOT NULL, score REAL NOT NULL,"
	" coordination REAL NOT NULL, deception REAL NOT NULL, overtness REAL NOT NULL,"
	" lead INTEGER NOT NULL, kind TEXT NOT NULL, first_seen INTEGER, last_seen INTEGER,"
	" shares INTEGER NOT NULL, account_count INTEGER NOT NULL,"
	" post_count INTEGER NOT NULL DEFAULT 0, source_count INTEGER NOT NULL DEFAULT 0,"
	" why TEXT, UNIQUE(run, rank)) STRICT;"
	"CREATE TABLE member(cluster INTEGER NOT NULL REFERENCES cluster,"
	" account INTEGER NOT NULL REFERENCES account, run INTEGER NOT NULL REFERENCES run,"
	" place INTEGER NOT NULL, score REAL NOT NULL, role INTEGER NOT NULL,"
	" degree INTEGER NOT NULL, PRIMARY KEY(cluster, account)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX member_place ON member(run, place);"
	"CREATE INDEX member_account ON member(account, run);"
	"CREATE TABLE evidence(id INTEGER PRIMARY KEY, cluster INTEGER NOT NULL REFERENCES cluster,"
	" axis INTEGER NOT NULL, signal TEXT NOT NULL, unit TEXT NOT NULL, observed REAL,"
	" expected REAL, p REAL, n INTEGER NOT NULL, log_odds REAL NOT NULL,"
	" text TEXT NOT NULL) STRICT;"
	"CREATE INDEX evidence_cluster ON evidence(cluster);"
	"CREATE TABLE evidence_share(evidence INTEGER NOT NULL REFERENCES evidence,"
	" place INTEGER NOT NULL, share INTEGER NOT NULL REFERENCES share,"
	" PRIMARY KEY(evidence, place)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE account_score(run INTEGER NOT NULL REFERENCES run,"
	" account INTEGER NOT NULL REFERENCES account, score REAL NOT NULL,"
	" PRIMARY KEY(run, account)) STRICT, WITHOUT ROWID;"
	/* The analyst's work. */
	"CREATE TABLE annotation(id INTEGER PRIMARY KEY, kind INTEGER NOT NULL,"
	" target_kind INTEGER NOT NULL, target INTEGER NOT NULL, target_name TEXT NOT NULL,"
	" text TEXT NOT NULL, who TEXT NOT NULL, at INTEGER NOT NULL,"
	" live INTEGER NOT NULL) STRICT;"
	"CREATE INDEX annotation_target ON annotation(target_kind, target);"
	/* Where the last session was; no part of the ledger. */
	"CREATE TABLE trail(id INTEGER PRIMARY KEY CHECK(id = 1), steps TEXT NOT NULL) STRICT;"
	"CREATE TABLE ledger(seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL,"
	" action TEXT NOT NULL, target TEXT NOT NULL, lens TEXT NOT NULL, command TEXT NOT NULL,"
	" payload TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL) STRICT;"
	"CREATE TRIGGER ledger_stays BEFORE UPDATE ON ledger"
	" BEGIN SELECT raise(ABORT, 'the ledger is append-only'); END;"
	"CREATE TRIGGER ledger_keeps BEFORE DELETE ON ledger"
	" BEGIN SELECT raise(ABORT, 'the ledger is append-only'); END;";

static const char views_1[] =
	"CREATE VIEW v_accounts AS SELECT a.id, a.platform, a.native_id AS account_id, a.handle,"
	" a.display_name, a.bio, a.location, a.url, a.lang, a.avatar_hash, a.avatar_tag,"
	" " UTC("a.created_at") " AS created_at, " UTC("a.observed_at") " AS observed_at,"
	" a.followers, a.following, a.verified, a.post_count AS posts, a.share_count AS shares,"
	" a.change_count AS changes, " UTC("a.first_seen") " AS first_seen,"
	" " UTC("a.last_seen") " AS last_seen, a.score, c.name AS cluster,"
	" coalesce(c.lead, 0) AS lead, f.path AS source_file, a.row"
	" FROM account a JOIN input_file f ON f.id = a.input_file"
	" LEFT JOIN member m ON m.account = a.id AND m.run = " LAST_RUN
	" LEFT JOIN cluster c ON c.id = m.cluster;"
	"CREATE VIEW v_posts AS SELECT p.id, a.platform, p.native_id AS post_id,"
	" a.native_id AS account_id, a.handle, " UTC("p.at") " AS at, p.at AS at_ms,"
	" " TERM("post_kind", "p.kind") " AS kind, p.text, p.lang, p.client, p.urls, p.likes,"
	" p.shares, p.replies, f.path AS source_file, p.row, (SELECT cells FROM extra_row x"
	" WHERE x.input_file = p.input_file AND x.row = p.row) AS extras FROM post p"
	" JOIN account a ON a.id = p.account JOIN input_file f ON f.id = p.input_file;"
	"CREATE VIEW v_extras AS SELECT f.path AS source_file, x.row, x.cells FROM extra_row x"
	" JOIN input_file f ON f.id = x.input_file;"
	"CREATE VIEW v_sources AS SELECT o.id, " TERM("object_kind", "o.kind") " AS kind, o.key,"
	" o.author, o.share_count AS shares, o.account_count AS accounts, o.cluster_accounts,"
	" " UTC("o.first_seen") " AS first_seen, " UTC("o.last_seen") " AS last_seen,"
	" f.path AS source_file, o.row FROM source o JOIN input_file f ON f.id = o.input_file;"
	"CREATE VIEW v_shares AS SELECT s.id, a.native_id AS account_id, a.platform, a.handle,"
	" p.native_id AS post_id, " TERM("act", "s.act") " AS act,"
	" " TERM("object_kind", "o.kind") " AS kind, o.key, " UTC("s.at") " AS at,"
	" s.at AS at_ms, f.path AS source_file, s.row FROM share s"
	" JOIN account a ON a.id = s.account JOIN post p ON p.id = s.post"
	" JOIN source o ON o.id = s.source JOIN input_file f ON f.id = s.input_file;"
	"CREATE VIEW v_changes AS SELECT h.id, a.native_id AS account_id, a.platform, a.handle,"
	" " UTC("h.at") " AS at, h.at AS at_ms, h.field, h.old_value, h.new_value,"
	" f.path AS source_file, h.row FROM profile_change h JOIN account a ON a.id = h.account"
	" JOIN input_file f ON f.id = h.input_file;"
	"CREATE VIEW v_leads AS SELECT c.name AS id, c.score, c.coordination, c.deception,"
	" c.overtness, c.account_count AS accounts, c.post_count AS posts, c.kind,"
	" " UTC("c.first_seen") " AS first_seen, " UTC("c.last_seen") " AS last_seen, c.why"
	" FROM cluster c WHERE c.run = " LAST_RUN " AND c.lead ORDER BY c.rank;"
	"CREATE VIEW v_members AS SELECT c.name AS cluster, coalesce(c.lead, 0) AS lead,"
	" a.native_id AS account_id, a.platform, a.handle, m.score,"
	" " TERM("role", "m.role") " AS role, m.degree FROM member m"
	" JOIN cluster c ON c.id = m.cluster JOIN account a ON a.id = m.account"
	" WHERE m.run = " LAST_RUN ";"
	"CREATE VIEW v_indicators AS SELECT " TERM("indicator_kind", "i.kind") " AS kind, i.value,"
	" i.platform, f.path AS source_file, i.row, i.id, i.raw, i.tactic, i.technique,"
	" i.procedure, i.role, i.note, i.published, i.count FROM indicator i"
	" JOIN input_file f ON f.id = i.input_file;"
	"CREATE VIEW v_notes AS SELECT n.id, " TERM("annotation_kind", "n.kind") " AS kind,"
	" n.target_name AS target, n.text, n.who, " UTC("n.at") " AS at FROM annotation n"
	" WHERE n.live;"
	"CREATE VIEW v_ledger AS SELECT seq, " UTC("at") " AS at, who, action, target, lens,"
	" command, payload, previous, hash FROM ledger;";

static const char *const migrations[SCHEMA_VERSION][2] = { { version_1, views_1 } };

/* X(name, table and columns) */
#define INDEX_LIST(X) \
	X(post_at, "post(at)") \
	X(post_account, "post(account, at)") \
	X(post_native, "post(native_id, account)") \
	X(share_source, "share(source, at, account)") \
	X(share_account, "share(account, source)") \
	X(share_post, "share(post, source)") \
	X(source_key, "source(key)") \
	X(source_rank, "source(account_count DESC)") \
	X(account_native, "account(native_id)") \
	X(account_handle, "account(handle)") \
	X(account_score, "account(score DESC)") \
	X(change_at, "profile_change(at, account)") \
	X(change_account, "profile_change(account, at)") \
	X(snapshot_account, "profile_snapshot(account)") \
	X(indicator_value, "indicator(value)")

static const struct {
	const char *create, *drop;
} indexes[] = {
#define X(name, on) { "CREATE INDEX IF NOT EXISTS by_" #name " ON " on, \
		      "DROP INDEX IF EXISTS by_" #name },
	INDEX_LIST(X)
#undef X
};

/* Only rows that change are written. */
static const char *const totals[] = {
	"UPDATE account SET post_count = t.n, first_seen = t.first, last_seen = t.last"
	" FROM (SELECT account, count(*) AS n, min(at) AS first, max(at) AS last"
	" FROM post GROUP BY account) t WHERE account.id = t.account"
	" AND (post_count <> t.n OR first_seen IS NOT t.first OR last_seen IS NOT t.last)",
	"UPDATE account SET share_count = t.n FROM (SELECT account, count(*) AS n"
	" FROM share GROUP BY account) t WHERE account.id = t.account AND share_count <> t.n",
	"UPDATE account SET change_count = t.n FROM (SELECT account, count(*) AS n"
	" FROM profile_change GROUP BY account) t"
	" WHERE account.id = t.account AND change_count <> t.n",
	"UPDATE source SET share_count = t.n, account_count = t.accounts,"
	" first_seen = t.first, last_seen = t.last FROM (SELECT source, count(*) AS n,"
	" count(DISTINCT account) AS accounts, min(at) AS first, max(at) AS last"
	" FROM share GROUP BY source) t WHERE source.id = t.source AND share_count <> t.n",
	"INSERT OR REPLACE INTO state VALUES('totals_stale', 0)",
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

static enum claque_rc
run_migrations(struct store *s, int64_t version, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	for (; rc == CLAQUE_OK && version < SCHEMA_VERSION; version++)
		for (size_t i = 0; rc == CLAQUE_OK && i < COUNT_OF(migrations[0]); i++)
			rc = store_exec(s, migrations[version][i], err);
	if (rc == CLAQUE_OK)
		rc = write_terms(s, err);
	if (rc == CLAQUE_OK)
		rc = schema_build_indexes(s, err);
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

enum claque_rc
schema_build_indexes(struct store *s, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 0; rc == CLAQUE_OK && i < COUNT_OF(indexes); i++)
		rc = store_exec(s, indexes[i].create, err);
	return rc;
}

enum claque_rc
schema_refresh_totals(struct store *s, struct claque_err *err)
{
	enum claque_rc rc;

	rc = store_begin(s, err);
	for (size_t i = 0; rc == CLAQUE_OK && i < COUNT_OF(totals); i++)
		rc = store_exec(s, totals[i], err);
	if (rc == CLAQUE_OK)
		rc = store_commit(s, err);
	if (rc != CLAQUE_OK)
		store_rollback(s);
	return rc;
}

enum claque_rc
schema_repair(struct store *s, struct claque_err *err)
{
	int64_t stale, built;
	enum claque_rc rc;

	rc = store_number(s, "SELECT count(*) FROM sqlite_schema WHERE type = 'index'"
			  " AND name GLOB 'by_*'", 0, &built, err);
	if (rc == CLAQUE_OK && built < (int64_t)COUNT_OF(indexes))
		rc = schema_build_indexes(s, err);
	if (rc == CLAQUE_OK)
		rc = store_number(s, "SELECT value FROM state WHERE name = 'totals_stale'", 0,
				  &stale, err);
	if (rc == CLAQUE_OK && stale != 0)
		rc = schema_refresh_totals(s, err);
	return rc;
}
