/*
 * schema_steps.c - the SQL that makes a case and brings an older one forward.
 *
 * A published step is never edited; a new one is appended, and tells its rows
 * what it can of the facts that are new. Views are thrown away and made anew
 * by each step: they hold nothing.
 *
 * Views are the public face of a case (docs: claque-sql(1)): times in them are
 * UTC text, with the exact milliseconds beside them where that matters.
 */
#include "config.h"

#include "store/schema_steps.h"

#define WHERE_FROM "input_file INTEGER NOT NULL REFERENCES input_file, row INTEGER NOT NULL"
#define PROFILE "handle TEXT, display_name TEXT, location TEXT, bio TEXT, url TEXT," \
	" avatar_hash TEXT, avatar_tag TEXT, lang TEXT, created_at INTEGER, observed_at INTEGER," \
	" followers INTEGER, following INTEGER, posts_total INTEGER, verified INTEGER"
#define UTC(ms) "strftime('%Y-%m-%dT%H:%M:%SZ', " ms " / 1000, 'unixepoch')"
#define TERM(list, number) \
	"(SELECT name FROM term WHERE list = '" list "' AND term.number = " number ")"
#define LAST_RUN "(SELECT max(id) FROM run)"
/* Numbers of ANNOTATION_LIST. */
#define TAG "1"
#define VERDICT "3"
#define NATIVE(id) "(SELECT native_id FROM account WHERE id = " id ")"

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

/*
 * What a run found comes with all it was measured on, so that it can be made
 * again and be doubted. A member of a cell is a member of the cluster around
 * it, too: cell keeps the two apart where each account is to be listed once.
 */
static const char version_2[] =
	"ALTER TABLE post ADD COLUMN deleted_at INTEGER;"
	/* settings: JSON of every parameter; accounts, shares, posts: what it was fed. */
	"ALTER TABLE run ADD COLUMN settings TEXT;"
	"ALTER TABLE run ADD COLUMN accounts INTEGER;"
	"ALTER TABLE run ADD COLUMN shares INTEGER;"
	"ALTER TABLE run ADD COLUMN posts INTEGER;"
	/* surrogate: groups as good as this expected by chance, from surrogate worlds.
	   parent: the cluster that this one is a cell of. */
	"ALTER TABLE cluster ADD COLUMN surrogate REAL;"
	"ALTER TABLE cluster ADD COLUMN disproof TEXT;"
	"ALTER TABLE cluster ADD COLUMN parent INTEGER REFERENCES cluster;"
	/* stability: share of time windows that put the account into the same group. */
	"ALTER TABLE member ADD COLUMN stability REAL;"
	"ALTER TABLE member ADD COLUMN cell INTEGER NOT NULL DEFAULT 0;"
	/* popularity: all who shared the object; surrogate: the figure in surrogate worlds;
	   kind: speaks for the lead, against it, or is an innocent explanation tested. */
	"ALTER TABLE evidence ADD COLUMN popularity INTEGER;"
	"ALTER TABLE evidence ADD COLUMN surrogate REAL;"
	"ALTER TABLE evidence ADD COLUMN kind TEXT NOT NULL DEFAULT 'for'"
	" CHECK(kind IN ('for', 'against', 'innocent'));"
	"UPDATE evidence SET kind = 'against' WHERE log_odds < 0;"
	"ALTER TABLE account_score ADD COLUMN coordination REAL;"
	"ALTER TABLE account_score ADD COLUMN deception REAL;"
	"ALTER TABLE account_score ADD COLUMN collective REAL;"
	"ALTER TABLE account_score ADD COLUMN overtness REAL;"
	/* Examples are posts: several shares of one post were one example several times. */
	"CREATE TABLE evidence_post(evidence INTEGER NOT NULL REFERENCES evidence,"
	" place INTEGER NOT NULL, post INTEGER NOT NULL REFERENCES post,"
	" PRIMARY KEY(evidence, place)) STRICT, WITHOUT ROWID;"
	"INSERT INTO evidence_post SELECT x.evidence, min(x.place), s.post FROM evidence_share x"
	" JOIN share s ON s.id = x.share GROUP BY x.evidence, s.post;"
	"DROP TABLE evidence_share;"
	/* Found beside the clusters; all by run. */
	"CREATE TABLE twin(id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES run,"
	" a INTEGER NOT NULL REFERENCES account, b INTEGER NOT NULL REFERENCES account,"
	" score REAL NOT NULL, why TEXT NOT NULL) STRICT;"
	"CREATE INDEX twin_a ON twin(a, run);"
	"CREATE INDEX twin_b ON twin(b, run);"
	"CREATE TABLE repurposed(id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES run,"
	" account INTEGER NOT NULL REFERENCES account, at INTEGER, score REAL NOT NULL,"
	" why TEXT NOT NULL) STRICT;"
	"CREATE INDEX repurposed_account ON repurposed(account, run);"
	"CREATE TABLE lookalike(id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES run,"
	" domain INTEGER NOT NULL REFERENCES source, target TEXT NOT NULL,"
	" score REAL NOT NULL, why TEXT NOT NULL) STRICT;"
	"CREATE INDEX lookalike_domain ON lookalike(domain, run);";

static const char views_2[] =
	"DROP VIEW v_accounts;"
	"CREATE VIEW v_accounts AS SELECT a.id, a.platform, a.native_id AS account_id, a.handle,"
	" a.display_name, a.bio, a.location, a.url, a.lang, a.avatar_hash, a.avatar_tag,"
	" " UTC("a.created_at") " AS created_at, " UTC("a.observed_at") " AS observed_at,"
	" a.followers, a.following, a.verified, a.post_count AS posts, a.share_count AS shares,"
	" a.change_count AS changes, " UTC("a.first_seen") " AS first_seen,"
	" " UTC("a.last_seen") " AS last_seen, a.score, t.coordination, t.deception,"
	" t.collective, t.overtness, c.name AS cluster,"
	" coalesce(c.lead AND m.role <> " EXPOSED ", 0) AS lead, f.path AS source_file, a.row"
	" FROM account a JOIN input_file f ON f.id = a.input_file"
	" LEFT JOIN member m ON m.account = a.id AND m.run = " LAST_RUN " AND m.cell = 0"
	" LEFT JOIN cluster c ON c.id = m.cluster"
	" LEFT JOIN account_score t ON t.account = a.id AND t.run = " LAST_RUN ";"
	"DROP VIEW v_posts;"
	"CREATE VIEW v_posts AS SELECT p.id, a.platform, p.native_id AS post_id,"
	" a.native_id AS account_id, a.handle, " UTC("p.at") " AS at, p.at AS at_ms,"
	" " TERM("post_kind", "p.kind") " AS kind, p.text, p.lang, p.client, p.urls, p.likes,"
	" p.shares, p.replies, " UTC("p.deleted_at") " AS deleted_at, f.path AS source_file, p.row,"
	" (SELECT cells FROM extra_row x"
	" WHERE x.input_file = p.input_file AND x.row = p.row) AS extras FROM post p"
	" JOIN account a ON a.id = p.account JOIN input_file f ON f.id = p.input_file;"
	"DROP VIEW v_leads;"
	"CREATE VIEW v_leads AS SELECT c.name AS id, c.score, c.coordination, c.deception,"
	" c.overtness, c.account_count AS accounts, c.post_count AS posts, c.kind,"
	" " UTC("c.first_seen") " AS first_seen, " UTC("c.last_seen") " AS last_seen, c.why,"
	" c.surrogate, c.disproof, (SELECT name FROM cluster k WHERE k.id = c.parent) AS parent"
	" FROM cluster c WHERE c.run = " LAST_RUN " AND c.lead ORDER BY c.rank;"
	"DROP VIEW v_members;"
	"CREATE VIEW v_members AS SELECT c.name AS cluster, c.lead AND m.role <> " EXPOSED " AS lead,"
	" a.native_id AS account_id, a.platform, a.handle, m.score,"
	" " TERM("role", "m.role") " AS role, m.degree, m.stability, m.cell FROM member m"
	" JOIN cluster c ON c.id = m.cluster JOIN account a ON a.id = m.account"
	" WHERE m.run = " LAST_RUN ";"
	"CREATE VIEW v_evidence AS SELECT e.id, c.name AS cluster, " TERM("axis", "e.axis")
	" AS axis, e.signal, e.kind, e.log_odds, e.observed, e.expected, e.unit, e.p, e.n,"
	" e.popularity, e.surrogate, e.text, (SELECT group_concat(f.path || ':' || p.row, ' ')"
	" FROM evidence_post x JOIN post p ON p.id = x.post"
	" JOIN input_file f ON f.id = p.input_file WHERE x.evidence = e.id) AS rows"
	" FROM evidence e JOIN cluster c ON c.id = e.cluster WHERE c.run = " LAST_RUN ";"
	"CREATE VIEW v_twins AS SELECT a.platform AS a_platform, a.native_id AS a,"
	" a.handle AS a_handle, b.platform AS b_platform, b.native_id AS b, b.handle AS b_handle,"
	" w.score, w.why FROM twin w JOIN account a ON a.id = w.a JOIN account b ON b.id = w.b"
	" WHERE w.run = " LAST_RUN ";"
	"CREATE VIEW v_repurposed AS SELECT a.platform, a.native_id AS account_id, a.handle,"
	" " UTC("w.at") " AS at, w.at AS at_ms, w.score, w.why FROM repurposed w"
	" JOIN account a ON a.id = w.account WHERE w.run = " LAST_RUN ";"
	"CREATE VIEW v_lookalikes AS SELECT o.key AS domain, w.target, w.score, w.why,"
	" o.account_count AS accounts, o.share_count AS shares FROM lookalike w"
	" JOIN source o ON o.id = w.domain WHERE w.run = " LAST_RUN ";";

/* How the analyst has the workbench: columns shown, views and sets by name; a text each. */
static const char version_3[] =
	"CREATE TABLE desk(name TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT, WITHOUT ROWID;";

/*
 * A cell is a number on a member, not a cluster of its own: each account is in
 * one cluster of a run, and no run before ever filled parent or cell.
 */
static const char version_4[] =
	/* Worlds: of surrogate figures; all sampled, and what such a world holds. */
	"ALTER TABLE run ADD COLUMN surrogate_worlds INTEGER;"
	"ALTER TABLE run ADD COLUMN surrogate_accounts INTEGER;"
	"ALTER TABLE run ADD COLUMN surrogate_groups REAL;"
	"ALTER TABLE run ADD COLUMN surrogate_largest REAL;"
	"DROP VIEW v_leads;"
	"ALTER TABLE cluster DROP COLUMN parent;"
	"ALTER TABLE cluster ADD COLUMN worlds INTEGER;"
	/* Objects that two members shared; who had most of them first; the others' lag. */
	"ALTER TABLE cluster ADD COLUMN common INTEGER;"
	"ALTER TABLE cluster ADD COLUMN leader INTEGER REFERENCES account;"
	"ALTER TABLE cluster ADD COLUMN median_lag_s INTEGER;"
	/* cells: parts of its network, 1: none; NULL: not looked for. Modularity of the
	   split that was found, and of rewired networks. */
	"ALTER TABLE cluster ADD COLUMN cells INTEGER;"
	"ALTER TABLE cluster ADD COLUMN cells_modularity REAL;"
	"ALTER TABLE cluster ADD COLUMN cells_expected REAL;"
	"ALTER TABLE cluster ADD COLUMN cells_deviation REAL;"
	"ALTER TABLE cluster ADD COLUMN cells_p REAL;"
	/* Of its own members. Validated edges across platforms, which signals make them,
	   and which of these are needed to hold it together. */
	"ALTER TABLE cluster ADD COLUMN platforms INTEGER;"
	"ALTER TABLE cluster ADD COLUMN cross_edges INTEGER;"
	"ALTER TABLE cluster ADD COLUMN cross_signals TEXT;"
	"ALTER TABLE cluster ADD COLUMN cross_needed TEXT;"
	/* stability: of so many looks; firsts: share of the common objects that it had
	   first; the lag behind the first on the others. */
	"ALTER TABLE member ADD COLUMN looks INTEGER;"
	"ALTER TABLE member ADD COLUMN firsts REAL;"
	"ALTER TABLE member ADD COLUMN median_lag_s INTEGER;"
	"ALTER TABLE evidence ADD COLUMN worlds INTEGER;"
	/* Of an innocent explanation: what it looks at, how far it fits, what it leaves. */
	"ALTER TABLE evidence ADD COLUMN tests TEXT;"
	"ALTER TABLE evidence ADD COLUMN covered REAL;"
	"ALTER TABLE evidence ADD COLUMN unexplained TEXT;"
	/* Common objects within the window by their own pace, and P of those seen. */
	"ALTER TABLE edge ADD COLUMN timing_expected REAL;"
	"ALTER TABLE edge ADD COLUMN timing_p REAL;";

static const char views_4[] =
	"DROP VIEW v_accounts;"
	"CREATE VIEW v_accounts AS SELECT a.id, a.platform, a.native_id AS account_id, a.handle,"
	" a.display_name, a.bio, a.location, a.url, a.lang, a.avatar_hash, a.avatar_tag,"
	" " UTC("a.created_at") " AS created_at, " UTC("a.observed_at") " AS observed_at,"
	" a.followers, a.following, a.verified, a.post_count AS posts, a.share_count AS shares,"
	" a.change_count AS changes, " UTC("a.first_seen") " AS first_seen,"
	" " UTC("a.last_seen") " AS last_seen, a.score, t.coordination, t.deception,"
	" t.collective, t.overtness, c.name AS cluster,"
	" coalesce(c.lead AND m.role <> " EXPOSED ", 0) AS lead, f.path AS source_file, a.row"
	" FROM account a JOIN input_file f ON f.id = a.input_file"
	" LEFT JOIN member m ON m.account = a.id AND m.run = " LAST_RUN
	" LEFT JOIN cluster c ON c.id = m.cluster"
	" LEFT JOIN account_score t ON t.account = a.id AND t.run = " LAST_RUN ";"
	"CREATE VIEW v_leads AS SELECT c.name AS id, c.score, c.coordination, c.deception,"
	" c.overtness, c.account_count AS accounts, c.post_count AS posts, c.kind,"
	" " UTC("c.first_seen") " AS first_seen, " UTC("c.last_seen") " AS last_seen, c.why,"
	" c.surrogate, c.worlds, c.disproof, c.common, " NATIVE("c.leader") " AS leader,"
	" c.median_lag_s, c.cells, c.cells_modularity, c.cells_expected, c.cells_deviation,"
	" c.cells_p, c.platforms, c.cross_edges, c.cross_signals, c.cross_needed"
	" FROM cluster c WHERE c.run = " LAST_RUN " AND c.lead ORDER BY c.rank;"
	"DROP VIEW v_members;"
	"CREATE VIEW v_members AS SELECT c.name AS cluster, c.lead AND m.role <> " EXPOSED " AS lead,"
	" a.native_id AS account_id, a.platform, a.handle, m.score,"
	" " TERM("role", "m.role") " AS role, m.degree, m.stability, m.looks, m.firsts,"
	" m.median_lag_s, m.cell FROM member m"
	" JOIN cluster c ON c.id = m.cluster JOIN account a ON a.id = m.account"
	" WHERE m.run = " LAST_RUN ";"
	"DROP VIEW v_evidence;"
	"CREATE VIEW v_evidence AS SELECT e.id, c.name AS cluster, " TERM("axis", "e.axis")
	" AS axis, e.signal, e.kind, e.log_odds, e.observed, e.expected, e.unit, e.p, e.n,"
	" e.popularity, e.surrogate, e.worlds, e.text, e.tests, e.covered, e.unexplained,"
	" (SELECT group_concat(f.path || ':' || p.row, ' ')"
	" FROM evidence_post x JOIN post p ON p.id = x.post"
	" JOIN input_file f ON f.id = p.input_file WHERE x.evidence = e.id) AS rows"
	" FROM evidence e JOIN cluster c ON c.id = e.cluster WHERE c.run = " LAST_RUN ";"
	"CREATE VIEW v_edges AS SELECT e.signal, e.window_s, " NATIVE("e.a") " AS a,"
	" " NATIVE("e.b") " AS b, e.weight, e.pairs, e.expected, e.p, e.q, e.log10_p,"
	" e.timing_expected, e.timing_p, " UTC("e.first_seen") " AS first_seen,"
	" " UTC("e.last_seen") " AS last_seen, e.median_lag_s, " NATIVE("e.leader") " AS leader"
	" FROM edge e WHERE e.run = " LAST_RUN ";";

/* Public events: unique by time and label, so that a table that grew may be given again. */
static const char version_5[] =
	"CREATE TABLE event(id INTEGER PRIMARY KEY, at INTEGER NOT NULL, label TEXT NOT NULL,"
	" whole_day INTEGER NOT NULL, source TEXT, file TEXT NOT NULL, row INTEGER NOT NULL,"
	" UNIQUE(at, label)) STRICT;";

static const char views_5[] =
	"CREATE VIEW v_events AS SELECT id, " UTC("at") " AS at, at AS at_ms, whole_day, label,"
	" source, file AS source_file, row FROM event;";

/*
 * What names look like (claque/skeleton.h), of accounts (kind 2) and of accounts that
 * are published indicators (kind 6): its key is the look-up of who looks like whom. It
 * is filled with the totals.
 */
static const char version_6[] =
	"CREATE TABLE skeleton(text TEXT NOT NULL, plain TEXT NOT NULL, kind INTEGER NOT NULL,"
	" subject INTEGER NOT NULL, PRIMARY KEY(text, plain, kind, subject))"
	" STRICT, WITHOUT ROWID;"
	"CREATE INDEX skeleton_subject ON skeleton(kind, subject);"
	"INSERT OR REPLACE INTO state VALUES('totals_stale', 1);";

/*
 * after_at: of a change that two looks at a profile show, when the first was; basis: what a
 * shared object is known by (model/record.h).
 */
static const char version_7[] =
	"ALTER TABLE profile_change ADD COLUMN after_at INTEGER;"
	"ALTER TABLE share ADD COLUMN basis INTEGER NOT NULL DEFAULT 0;";

static const char views_7[] =
	"DROP VIEW v_shares;"
	"CREATE VIEW v_shares AS SELECT s.id, a.native_id AS account_id, a.platform, a.handle,"
	" p.native_id AS post_id, " TERM("act", "s.act") " AS act,"
	" " TERM("object_kind", "o.kind") " AS kind, o.key, " TERM("share_basis", "s.basis")
	" AS basis, " UTC("s.at") " AS at, s.at AS at_ms, f.path AS source_file, s.row FROM share s"
	" JOIN account a ON a.id = s.account JOIN post p ON p.id = s.post"
	" JOIN source o ON o.id = s.source JOIN input_file f ON f.id = s.input_file;"
	"DROP VIEW v_changes;"
	"CREATE VIEW v_changes AS SELECT h.id, a.native_id AS account_id, a.platform, a.handle,"
	" " UTC("h.after_at") " AS after_at, " UTC("h.at") " AS at, h.at AS at_ms, h.field,"
	" h.old_value, h.new_value, f.path AS source_file, h.row FROM profile_change h"
	" JOIN account a ON a.id = h.account JOIN input_file f ON f.id = h.input_file;"
	/* A handle that several accounts of a platform had at some time, as far as was seen. */
	"CREATE VIEW v_reused_handles AS SELECT platform, handle, count(DISTINCT account) AS accounts,"
	" group_concat(DISTINCT native_id) AS account_ids FROM"
	" (SELECT a.platform, lower(s.handle) AS handle, s.account, a.native_id"
	" FROM profile_snapshot s JOIN account a ON a.id = s.account WHERE s.handle <> ''"
	" UNION SELECT a.platform, lower(h.old_value), h.account, a.native_id"
	" FROM profile_change h JOIN account a ON a.id = h.account WHERE h.field = 'handle'"
	" AND h.old_value <> '') GROUP BY platform, handle HAVING count(DISTINCT account) > 1;";

/*
 * handle_use: who had which handle when, of accounts that had several and of handles that
 * several had (store/handles.h); gap: milliseconds after the last of those before it.
 * indicator_match and match_hit: what published indicators are here, and how
 * (store/matching.h). All are filled with the totals.
 *
 * similarity: of a copy across platforms, how much of the two texts is the same (0..1);
 * NULL of what the input itself says.
 */
static const char version_8[] =
	"ALTER TABLE share ADD COLUMN similarity REAL;"
	/* Rows (a page of many posts) of which something was taken and something refused. */
	"ALTER TABLE input_file ADD COLUMN partly INTEGER NOT NULL DEFAULT 0;"
	/* Copies are looked for. */
	"INSERT OR REPLACE INTO state VALUES('totals_stale', 1);"
	/* Of annotations: see store/annotation.h. */
	"ALTER TABLE annotation ADD COLUMN word TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE annotation ADD COLUMN confidence TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE annotation ADD COLUMN colour TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE annotation ADD COLUMN quote TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE annotation ADD COLUMN first INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE annotation ADD COLUMN replaces INTEGER NOT NULL DEFAULT 0;"
	"CREATE INDEX annotation_replaces ON annotation(replaces) WHERE replaces <> 0;"
	/* The claim of evidence, the evidence of a rating: the first wording of it. */
	"ALTER TABLE annotation ADD COLUMN about INTEGER NOT NULL DEFAULT 0;"
	"CREATE INDEX annotation_about ON annotation(about) WHERE about <> 0;"
	/* The tag that cleared before there were verdicts is one: what its entry of the
	   ledger says can be told from was_tag. */
	"ALTER TABLE annotation ADD COLUMN was_tag TEXT NOT NULL DEFAULT '';"
	"UPDATE annotation SET kind = " VERDICT ", word = 'cleared', was_tag = text,"
	" text = 'tagged cleared' WHERE kind = " TAG " AND text = 'cleared' COLLATE NOCASE;"
	/* Times that an annotation is about, of one subject or (kind 0) of the whole case. */
	"CREATE TABLE period(id INTEGER PRIMARY KEY, from_at INTEGER NOT NULL,"
	" to_at INTEGER NOT NULL, about_kind INTEGER NOT NULL DEFAULT 0,"
	" about INTEGER NOT NULL DEFAULT 0, about_name TEXT NOT NULL DEFAULT '',"
	" UNIQUE(from_at, to_at, about_kind, about_name)) STRICT;"
	"CREATE TABLE handle_use(id INTEGER PRIMARY KEY,"
	" account INTEGER NOT NULL REFERENCES account, platform TEXT NOT NULL, key TEXT NOT NULL,"
	" handle TEXT NOT NULL, from_at INTEGER, until_at INTEGER, gone_by INTEGER, gap INTEGER,"
	" now INTEGER NOT NULL, basis INTEGER NOT NULL, handles INTEGER NOT NULL,"
	" holders INTEGER NOT NULL, " WHERE_FROM ", UNIQUE(account, key)) STRICT;"
	"CREATE INDEX handle_use_key ON handle_use(platform, key);"
	"CREATE TABLE indicator_match(id INTEGER PRIMARY KEY,"
	" indicator INTEGER NOT NULL REFERENCES indicator, how INTEGER NOT NULL,"
	" UNIQUE(indicator, how)) STRICT;"
	"CREATE TABLE match_hit(match INTEGER NOT NULL REFERENCES indicator_match,"
	" kind INTEGER NOT NULL, subject INTEGER NOT NULL, PRIMARY KEY(match, kind, subject))"
	" STRICT, WITHOUT ROWID;"
	"CREATE INDEX match_hit_subject ON match_hit(kind, subject);"
	"INSERT OR REPLACE INTO state VALUES('totals_stale', 1);"
	/* What posts are about, by rule packs: which pack gave it, and what each account
	   comes to. posts: those that were looked at, which are all up to the state's
	   topics_post; turned: when its narratives became others, and which. */
	"CREATE TABLE topic_pack(id INTEGER PRIMARY KEY, name TEXT NOT NULL,"
	" version TEXT NOT NULL, kind TEXT NOT NULL, author TEXT NOT NULL,"
	" source TEXT NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL) STRICT;"
	"CREATE TABLE topic(id INTEGER PRIMARY KEY, pack INTEGER NOT NULL REFERENCES topic_pack,"
	" name TEXT NOT NULL, about TEXT) STRICT;"
	"CREATE TABLE post_topic(post INTEGER NOT NULL REFERENCES post,"
	" topic INTEGER NOT NULL REFERENCES topic, PRIMARY KEY(post, topic))"
	" STRICT, WITHOUT ROWID;"
	"CREATE INDEX topic_post ON post_topic(topic, post);"
	"CREATE TABLE account_topic(account INTEGER NOT NULL REFERENCES account,"
	" topic INTEGER NOT NULL REFERENCES topic, posts INTEGER NOT NULL,"
	" PRIMARY KEY(account, topic)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE account_topics(account INTEGER PRIMARY KEY REFERENCES account,"
	" posts INTEGER NOT NULL, camouflage INTEGER NOT NULL, narrative INTEGER NOT NULL,"
	" turned_at INTEGER, turned TEXT) STRICT;"
	/* An analyst's list of sides (a domain, or an account's handle or native id), and
	   how the shares of each account split by it, up to the state's leaning_share. */
	"CREATE TABLE leaning(key TEXT PRIMARY KEY, leaning TEXT NOT NULL, citation TEXT NOT NULL,"
	" file TEXT NOT NULL, row INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
	"CREATE TABLE account_leaning(account INTEGER NOT NULL REFERENCES account,"
	" leaning TEXT NOT NULL, shares INTEGER NOT NULL, PRIMARY KEY(account, leaning))"
	" STRICT, WITHOUT ROWID;"
	/* Posts as they are compared for copies (store/copies_prints.c): first is the id of
	   the first of a row's posts, copy_prints_to the state's last that was looked at. */
	"CREATE TABLE copy_print(first INTEGER PRIMARY KEY, prints BLOB NOT NULL) STRICT;"
	/* Digests of what was imported and found, in blocks (store/digest.h). */
	"CREATE TABLE table_digest(name TEXT NOT NULL, block INTEGER NOT NULL,"
	" rows INTEGER NOT NULL, last INTEGER NOT NULL, sum INTEGER NOT NULL,"
	" weighted INTEGER NOT NULL, digest BLOB NOT NULL, broken INTEGER NOT NULL,"
	" PRIMARY KEY(name, block)) STRICT, WITHOUT ROWID;"
	/* Case bundles that came in (store/bundle.h): whole, into an empty case; runs, with
	   what runs found; line, how far. Ledgers of their cases stand apart from this one's:
	   they are chains of their own. pseudonym: accounts that came without a name. */
	"CREATE TABLE bundle(id INTEGER PRIMARY KEY, path TEXT NOT NULL, sha256 TEXT NOT NULL,"
	" bytes INTEGER NOT NULL, header TEXT NOT NULL, started_at INTEGER NOT NULL,"
	" ended_at INTEGER, whole INTEGER NOT NULL, runs INTEGER NOT NULL,"
	" line INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0) STRICT;"
	"CREATE TABLE foreign_ledger(id INTEGER PRIMARY KEY,"
	" bundle INTEGER NOT NULL REFERENCES bundle, number INTEGER NOT NULL,"
	" origin TEXT, hash TEXT, entries INTEGER NOT NULL, UNIQUE(bundle, number)) STRICT;"
	"CREATE TABLE foreign_entry(ledger INTEGER NOT NULL REFERENCES foreign_ledger,"
	" seq INTEGER NOT NULL, at INTEGER NOT NULL, redacted INTEGER NOT NULL,"
	" who TEXT NOT NULL, action TEXT NOT NULL, target TEXT NOT NULL, lens TEXT NOT NULL,"
	" command TEXT NOT NULL, payload TEXT NOT NULL, previous TEXT NOT NULL,"
	" hash TEXT NOT NULL, PRIMARY KEY(ledger, seq)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE pseudonym(account INTEGER PRIMARY KEY REFERENCES account) STRICT;";

static const char views_8[] =
	"DROP VIEW v_shares;"
	"CREATE VIEW v_shares AS SELECT s.id, a.native_id AS account_id, a.platform, a.handle,"
	" p.native_id AS post_id, " TERM("act", "s.act") " AS act,"
	" " TERM("object_kind", "o.kind") " AS kind, o.key, " TERM("share_basis", "s.basis")
	" AS basis, s.similarity, " UTC("s.at") " AS at, s.at AS at_ms, f.path AS source_file,"
	" s.row FROM share s"
	" JOIN account a ON a.id = s.account JOIN post p ON p.id = s.post"
	" JOIN source o ON o.id = s.source JOIN input_file f ON f.id = s.input_file;"
	"CREATE VIEW v_copies AS SELECT s.id, a.platform, a.native_id AS account_id, a.handle,"
	" p.native_id AS post_id, " UTC("s.at") " AS at, s.similarity, " MATCH_WORDS("s", "o")
	" AS match, o.key AS original, o.author AS original_account, p.text FROM share s"
	" JOIN account a ON a.id = s.account JOIN post p ON p.id = s.post"
	" JOIN source o ON o.id = s.source WHERE s.basis = " COPIED ";"
	"DROP VIEW v_notes;"
	"CREATE VIEW v_notes AS SELECT n.id, " TERM("annotation_kind", "n.kind") " AS kind,"
	" n.target_name AS target, n.word, n.confidence, n.text, n.colour, n.quote, n.who,"
	" " UTC("n.at") " AS at, nullif(n.about, 0) AS belongs_to FROM annotation n WHERE n.live;"
	/* Every verdict that was not undone; the last one on a subject counts. */
	"CREATE VIEW v_verdicts AS SELECT n.id, " TERM("subject", "n.target_kind")
	" AS target_kind, n.target_name AS target, n.word AS status, n.text AS reason, n.confidence,"
	" n.who, " UTC("n.at") " AS at, n.id = max(n.id) OVER (PARTITION BY n.target_kind,"
	" CASE n.target_kind WHEN 1 THEN n.target_name ELSE n.target END) AS counts"
	" FROM annotation n WHERE n.live AND n.kind = " VERDICT ";"
	"CREATE VIEW v_handles AS SELECT u.platform, u.handle, a.native_id AS account_id,"
	" a.handle AS handle_now, " UTC("u.from_at") " AS seen_from, " UTC("u.until_at")
	" AS seen_until, " UTC("u.gone_by") " AS gone_by, u.gap AS gap_ms, u.now,"
	" " TERM("handle_basis", "u.basis") " AS basis, u.handles, u.holders AS accounts,"
	" f.path AS source_file, u.row FROM handle_use u JOIN account a ON a.id = u.account"
	" JOIN input_file f ON f.id = u.input_file;"
	"CREATE VIEW v_matches AS SELECT " TERM("indicator_kind", "i.kind") " AS kind, i.value,"
	" " TERM("match_how", "x.how") " AS how, " TERM("subject", "h.kind") " AS subject,"
	" CASE h.kind WHEN 2 THEN " NATIVE("h.subject") " WHEN 3 THEN"
	" (SELECT key FROM source WHERE id = h.subject) ELSE"
	" (SELECT native_id FROM post WHERE id = h.subject) END AS subject_id, i.platform, i.note,"
	" f.path AS source_file, i.row FROM match_hit h JOIN indicator_match x ON x.id = h.match"
	" JOIN indicator i ON i.id = x.indicator JOIN input_file f ON f.id = i.input_file;"
	"CREATE VIEW v_topics AS SELECT t.name AS topic, k.kind, coalesce(x.posts, 0) AS posts,"
	" coalesce(x.accounts, 0) AS accounts, k.name AS pack, k.version, k.sha256,"
	" k.author, k.source, k.file, t.about FROM topic t JOIN topic_pack k ON k.id = t.pack"
	" LEFT JOIN (SELECT topic, sum(posts) AS posts, count(*) AS accounts FROM account_topic"
	" GROUP BY topic) x ON x.topic = t.id ORDER BY t.id;"
	"CREATE VIEW v_post_topics AS SELECT a.platform, p.native_id AS post_id,"
	" a.native_id AS account_id, t.name AS topic, k.kind, k.name AS pack, k.version"
	" FROM post_topic x JOIN post p ON p.id = x.post JOIN account a ON a.id = p.account"
	" JOIN topic t ON t.id = x.topic JOIN topic_pack k ON k.id = t.pack;"
	"CREATE VIEW v_leanings AS SELECT key, leaning, citation, file AS source_file, row"
	" FROM leaning;";

static const char version_9[] =
	/* Who was forgotten, as HMACs of platform and id with a key of this case or of one that
	   it came from (store/forget.h). */
	"CREATE TABLE forgotten(id INTEGER PRIMARY KEY, key TEXT NOT NULL, digest TEXT NOT NULL,"
	" UNIQUE(key, digest)) STRICT;";

const char *const schema_steps[SCHEMA_VERSION][SCHEMA_STEP_PARTS] = {
	{ version_1, views_1 },
	{ version_2, views_2 },
	{ version_3, "" },
	{ version_4, views_4 },
	{ version_5, views_5 },
	{ version_6, "" },
	{ version_7, views_7 },
	{ version_8, views_8 },
	{ version_9, "" },
};
