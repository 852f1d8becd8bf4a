#include "config.h"

#include "store/forget.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/map.h"
#include "base/secret.h"
#include "store/schema.h"
#include "store/stmt.h"

static const char unnamed[] = "forgotten:";
enum { TEXT_BYTES_MAX = 32 << 20, LETTERS = 20, UNNAMED_BYTES = sizeof(unnamed) - 1 + LETTERS };

struct forget {
	struct store *s;
	struct forget_names *names;
	unsigned char key[SECRET_BYTES];
	struct buf room;		/* of the SQL function */
};

/* SUBJECT_account, SUBJECT_source, SUBJECT_post and CLAQUE_OBJECT_post in the SQL below. */
_Static_assert(SUBJECT_account == 2 && SUBJECT_source == 3 && SUBJECT_post == 4, "numbers");
_Static_assert(CLAQUE_OBJECT_post == 0 && CLAQUE_ACT_reshare == 0, "numbers");

#define A "(SELECT id FROM temp.gone_account)"
#define P "(SELECT id FROM temp.gone_post)"
#define S "(SELECT id FROM temp.gone_source)"

/* --- who it is */

static const char make_tables[] =
	"CREATE TEMP TABLE IF NOT EXISTS gone_account(id INTEGER PRIMARY KEY);"
	"CREATE TEMP TABLE IF NOT EXISTS gone_post(id INTEGER PRIMARY KEY);"
	"CREATE TEMP TABLE IF NOT EXISTS gone_source(id INTEGER PRIMARY KEY);"
	"DELETE FROM temp.gone_account; DELETE FROM temp.gone_post; DELETE FROM temp.gone_source";

static const char find_rows[] =
	"INSERT INTO temp.gone_post SELECT id FROM post WHERE account IN " A ";"
	"INSERT INTO temp.gone_source SELECT id FROM source WHERE author IN"
	" (SELECT native_id FROM account WHERE id IN " A ") OR (kind = 0 AND key IN"
	" (SELECT native_id FROM post WHERE id IN " P " AND native_id <> ''))";

/* Names and ids: of the account, and of posts. */
static const char *const name_queries[] = {
	"SELECT native_id FROM account WHERE id IN " A,
	"SELECT handle FROM account WHERE id IN " A,
	"SELECT display_name FROM account WHERE id IN " A,
	"SELECT handle FROM profile_snapshot WHERE account IN " A,
	"SELECT display_name FROM profile_snapshot WHERE account IN " A,
	"SELECT old_value FROM profile_change WHERE account IN " A
	" AND field IN ('handle', 'display_name')",
	"SELECT new_value FROM profile_change WHERE account IN " A
	" AND field IN ('handle', 'display_name')",
	"SELECT handle FROM handle_use WHERE account IN " A,
	"SELECT native_id FROM post WHERE id IN " P,
	"SELECT key FROM source WHERE kind = 0 AND id IN " S,
};

static enum claque_rc
add_names(struct forget *f, const char *sql, struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(f->s, sql, &st, err);

	if (rc != CLAQUE_OK)
		return rc;
	while ((rc = stmt_step(f->s, st, err)) == CLAQUE_OK)
		forget_names_add(f->names, column_str(st, 0));
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

static enum claque_rc
take_accounts(struct forget *f, const int64_t *accounts, size_t count, struct claque_err *err)
{
	sqlite3_stmt *st = NULL;
	enum claque_rc rc = store_exec(f->s, make_tables, err);

	if (rc == CLAQUE_OK)
		rc = stmt_prepare(f->s, "INSERT OR IGNORE INTO temp.gone_account VALUES(?1)", &st, err);
	for (size_t i = 0; rc == CLAQUE_OK && i < count; i++) {
		bind_i64(st, 1, accounts[i]);
		rc = stmt_run(f->s, st, err);
	}
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_OK ? store_exec(f->s, find_rows, err) : rc;
}

/* One key for all that a case forgets, or each account that comes in is digested often. */
static enum claque_rc
find_key(struct forget *f, struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(f->s, "SELECT key FROM forgotten ORDER BY id LIMIT 1", &st,
					 err);

	if (rc != CLAQUE_OK)
		return rc;
	rc = stmt_step(f->s, st, err);
	if (rc != CLAQUE_OK || !secret_from_hex(column_str(st, 0), f->key))
		secret_make(f->key);
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

enum claque_rc
forget_new(struct forget **out, struct store *s, const int64_t *accounts, size_t count,
	   struct claque_err *err)
{
	struct forget *f = calloc(1, sizeof(*f));
	enum claque_rc rc;

	*out = f;
	if (f == NULL)
		base_oom();
	f->s = s;
	f->names = forget_names_new();
	buf_init(&f->room, TEXT_BYTES_MAX);
	rc = take_accounts(f, accounts, count, err);
	if (rc == CLAQUE_OK)
		rc = find_key(f, err);
	for (size_t i = 0; rc == CLAQUE_OK && i < sizeof(name_queries) / sizeof(*name_queries); i++)
		rc = add_names(f, name_queries[i], err);
	return rc;
}

void
forget_free(struct forget *f)
{
	if (f == NULL)
		return;
	(void)sqlite3_exec(f->s->db, "DROP TABLE IF EXISTS temp.gone_account;"
			   "DROP TABLE IF EXISTS temp.gone_post;"
			   "DROP TABLE IF EXISTS temp.gone_source", NULL, NULL, NULL);
	(void)sqlite3_create_function_v2(f->s->db, "claque_forget", 1, SQLITE_UTF8, NULL, NULL, NULL,
					 NULL, NULL);
	forget_names_free(f->names);
	buf_done(&f->room);
	free(f);
}

const struct forget_names *
forget_names_of(const struct forget *f)
{
	return f->names;
}

enum claque_rc
forget_concerns(struct forget *f, struct subject subject, bool *out, struct claque_err *err)
{
	const char *sql = subject.kind == SUBJECT_account ? "SELECT ?1 IN " A :
			  subject.kind == SUBJECT_post ? "SELECT ?1 IN " P :
			  subject.kind == SUBJECT_source ? "SELECT ?1 IN " S : "SELECT 0";
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(f->s, sql, &st, err);

	*out = false;
	if (rc != CLAQUE_OK)
		return rc;
	bind_i64(st, 1, subject.id);
	rc = stmt_step(f->s, st, err);
	*out = rc == CLAQUE_OK && column_i64(st, 0, 0) != 0;
	(void)sqlite3_finalize(st);
	return rc;
}

enum claque_rc
forget_inputs(struct forget *f,
	      void (*each)(void *ctx, struct claque_str path, struct claque_str sha256), void *ctx,
	      int64_t *since, struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(f->s, "SELECT coalesce(place, path), sha256,"
		" min(started_at) OVER () FROM input_file"
		" WHERE id IN (SELECT input_file FROM account WHERE id IN " A " UNION"
		" SELECT input_file FROM post WHERE id IN " P " UNION"
		" SELECT input_file FROM profile_snapshot WHERE account IN " A " UNION"
		" SELECT input_file FROM profile_change WHERE account IN " A ") ORDER BY id", &st, err);

	*since = 0;
	if (rc != CLAQUE_OK)
		return rc;
	while ((rc = stmt_step(f->s, st, err)) == CLAQUE_OK) {
		*since = column_i64(st, 2, 0);
		each(ctx, column_str(st, 0), column_str(st, 1));
	}
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

/* --- their rows; X(count, SQL), in this order: what others name comes last */

#define PROFILE_GONE "handle = NULL, display_name = NULL, location = NULL, bio = NULL," \
	" url = NULL, avatar_hash = NULL, avatar_tag = NULL, lang = NULL, created_at = NULL," \
	" observed_at = NULL, followers = NULL, following = NULL, posts_total = NULL, verified = NULL"
#define ROW_LIST(X) \
	X(others, "DELETE FROM extra_row WHERE (input_file, row) IN" \
	  " (SELECT input_file, row FROM post WHERE id IN " P " UNION ALL" \
	  " SELECT input_file, row FROM account WHERE id IN " A " UNION ALL" \
	  " SELECT input_file, row FROM profile_snapshot WHERE account IN " A " UNION ALL" \
	  " SELECT input_file, row FROM profile_change WHERE account IN " A ")") \
	X(found, "DELETE FROM member WHERE account IN " A) \
	X(found, "DELETE FROM edge WHERE a IN " A " OR b IN " A) \
	X(found, "UPDATE edge SET leader = NULL WHERE leader IN " A) \
	X(found, "UPDATE cluster SET leader = NULL WHERE leader IN " A) \
	X(found, "DELETE FROM evidence_post WHERE post IN " P) \
	X(found, "DELETE FROM account_score WHERE account IN " A) \
	X(found, "DELETE FROM twin WHERE a IN " A " OR b IN " A) \
	X(found, "DELETE FROM repurposed WHERE account IN " A) \
	X(others, "DELETE FROM post_topic WHERE post IN " P) \
	X(others, "DELETE FROM account_topic WHERE account IN " A) \
	X(others, "DELETE FROM account_topics WHERE account IN " A) \
	X(others, "DELETE FROM account_leaning WHERE account IN " A) \
	X(others, "DELETE FROM leaning WHERE claque_forget(key) IS NOT key") \
	X(others, "DELETE FROM match_hit WHERE (kind = 2 AND subject IN " A ") OR" \
	  " (kind = 4 AND subject IN " P ") OR (kind = 3 AND subject IN " S ")") \
	X(others, "DELETE FROM handle_use WHERE account IN " A) \
	X(others, "DELETE FROM skeleton WHERE kind = 2 AND subject IN " A) \
	X(others, "DELETE FROM skeleton WHERE claque_forget(plain) IS NOT plain OR" \
	  " claque_forget(text) IS NOT text") \
	X(others, "DELETE FROM pseudonym WHERE account IN " A) \
	X(others, "DELETE FROM copy_print") \
	X(profiles, "DELETE FROM profile_snapshot WHERE account IN " A) \
	X(changes, "DELETE FROM profile_change WHERE account IN " A) \
	X(texts, "UPDATE post SET text = NULL WHERE text IS NOT NULL AND id NOT IN " P " AND id IN" \
	  " (SELECT post FROM share WHERE act = 0 AND source IN " S ")") \
	X(shares, "DELETE FROM share WHERE account IN " A) \
	X(sources, "UPDATE source SET key = claque_unname(kind, key), author = NULL" \
	  " WHERE id IN " S) \
	X(sources, "UPDATE source SET key = claque_unname(kind, key)" \
	  " WHERE claque_forget(key) IS NOT key") \
	X(posts, "UPDATE post SET native_id = NULL, at = NULL, precision = 0, kind = 0," \
	  " text = NULL, lang = NULL, client = NULL, urls = NULL, likes = NULL, shares = NULL," \
	  " replies = NULL, deleted_at = NULL, row = 0 WHERE id IN " P) \
	X(accounts, "UPDATE account SET native_id = claque_unname(-1, platform || x'00' ||" \
	  " native_id), " PROFILE_GONE ", profiled = 0, post_count = 0, share_count = 0," \
	  " change_count = 0, first_seen = NULL, last_seen = NULL, score = 0, row = 0" \
	  " WHERE id IN " A)

/*
 * Texts that may name them, in rows of others. The rest of the texts of a case are words of
 * claque's own, or gone with the rows above; tests/unit/test_forget.c holds the two lists
 * against the schema.
 */
#define TEXT_LIST(X) \
	X(refused_row, reason) X(extra_row, cells) X(account, handle) X(account, display_name) \
	X(account, location) X(account, bio) X(account, url) X(profile_snapshot, handle) \
	X(profile_snapshot, display_name) X(profile_snapshot, location) X(profile_snapshot, bio) \
	X(profile_snapshot, url) X(profile_change, old_value) X(profile_change, new_value) \
	X(post, text) X(post, urls) X(source, author) X(indicator, value) X(indicator, raw) \
	X(indicator, note) X(indicator, procedure) X(indicator, role) X(run, settings) \
	X(cluster, why) X(cluster, disproof) X(evidence, text) X(evidence, tests) \
	X(evidence, unexplained) X(twin, why) X(repurposed, why) X(lookalike, target) \
	X(lookalike, why) X(trail, steps) X(desk, text) X(event, label) X(event, source) \
	X(handle_use, handle) X(handle_use, key) X(period, about_name) X(topic, about) \
	X(account_topics, turned) X(leaning, citation) X(bundle, header)

static const struct {
	const char *sql;
	size_t count;
} steps[] = {
#define X(field, sql) { sql, offsetof(struct forget_counts, field) },
	ROW_LIST(X)
#undef X
#define X(table, column) { "UPDATE OR REPLACE " #table " SET " #column " = claque_forget(" \
	#column ") WHERE claque_forget(" #column ") IS NOT " #column, \
	offsetof(struct forget_counts, texts) },
	TEXT_LIST(X)
#undef X
};

/* Ids of rows that were deleted are not there to be counted (store.c, lists.c). */
static const char tell_state[] =
	"INSERT OR REPLACE INTO state SELECT 'gaps_share',"
	" coalesce((SELECT max(id) FROM share), 0) - (SELECT count(*) FROM share);"
	"INSERT OR REPLACE INTO state SELECT 'gaps_change',"
	" coalesce((SELECT max(id) FROM profile_change), 0) - (SELECT count(*) FROM profile_change);"
	"DELETE FROM state WHERE name IN ('copies_of', 'copy_prints_to', 'copy_prints_rules');"
	"INSERT OR REPLACE INTO state VALUES('totals_stale', 1), ('accounts_stale', 1),"
	" ('" FORGET_UNCLEAN "', 1)";

static void
call_forget(sqlite3_context *call, int count, sqlite3_value **values)
{
	struct forget *f = sqlite3_user_data(call);
	struct claque_str s = { (const char *)sqlite3_value_text(values[0]),
				(size_t)sqlite3_value_bytes(values[0]) };

	(void)count;
	if (s.p == NULL || sqlite3_value_type(values[0]) != SQLITE_TEXT) {
		sqlite3_result_value(call, values[0]);
		return;
	}
	buf_clear(&f->room);
	if (forget_names_take_out(f->names, s, &f->room) == 0 || f->room.over)
		sqlite3_result_value(call, values[0]);
	else
		sqlite3_result_text64(call, f->room.p, f->room.len, SQLITE_TRANSIENT, SQLITE_UTF8);
}

/* What is called so from now on: the same for the same name, in one case. */
static void
unname(const unsigned char key[SECRET_BYTES], int kind, struct claque_str name, struct buf *room,
       char out[UNNAMED_BYTES])
{
	unsigned char digest[SECRET_BYTES];

	buf_clear(room);
	buf_addf(room, "%d:", kind);
	buf_add(room, name);
	secret_digest(key, buf_str(room), digest);
	memcpy(out, unnamed, sizeof(unnamed) - 1);
	secret_letters(digest, out + sizeof(unnamed) - 1, LETTERS);
}

static void
call_unname(sqlite3_context *call, int count, sqlite3_value **values)
{
	struct forget *f = sqlite3_user_data(call);
	char name[UNNAMED_BYTES];
	struct claque_str s;

	(void)count;
	s.p = sqlite3_value_blob(values[1]);
	s.len = (size_t)sqlite3_value_bytes(values[1]);
	unname(f->key, sqlite3_value_int(values[0]), s, &f->room, name);
	sqlite3_result_text(call, name, sizeof(name), SQLITE_TRANSIENT);
}

static enum claque_rc
add_functions(struct forget *f, struct claque_err *err)
{
	const int flags = SQLITE_UTF8 | SQLITE_DIRECTONLY | SQLITE_DETERMINISTIC;

	if (sqlite3_create_function_v2(f->s->db, "claque_forget", 1, flags, f, call_forget, NULL, NULL,
				       NULL) != SQLITE_OK ||
	    sqlite3_create_function_v2(f->s->db, "claque_unname", 2, flags, f, call_unname, NULL, NULL,
				       NULL) != SQLITE_OK)
		return stmt_fail(f->s, "registering a function", err);
	return CLAQUE_OK;
}

/* --- who must not come back */

/* What is known of a person: platform and id; an id that may be of any platform. */
static struct claque_str
identity(struct arena *perm, struct claque_str platform, struct claque_str id)
{
	char *lower = ARENA_NEW(perm, char, id.len + 1);

	for (size_t i = 0; i < id.len; i++)
		lower[i] = byte_lower(id.p[i]);
	return str_fmt(perm, STR_FMT "%c" STR_FMT, STR_ARG(platform), '\n', (int)id.len, lower);
}

static enum claque_rc
put_digest(struct forget *f, sqlite3_stmt *put, struct claque_str platform, struct claque_str id,
	   struct claque_err *err)
{
	enum { ROOM = 1 << 16 };
	struct arena whole, perm;
	unsigned char digest[SECRET_BYTES];
	enum claque_rc rc;

	if (id.len == 0 || id.len > ROOM / 8 || platform.len > ROOM / 8)
		return CLAQUE_OK;
	whole = arena_new(ROOM);
	perm = whole;
	secret_digest(f->key, identity(&perm, platform, id), digest);
	bind_str(put, 1, secret_to_hex(&perm, f->key));
	bind_str(put, 2, secret_to_hex(&perm, digest));
	rc = stmt_run(f->s, put, err);
	arena_free(whole);
	return rc;
}

/* Ids and handles, each with the platform and without: an input may not tell it. */
static enum claque_rc
put_digests(struct forget *f, struct claque_err *err)
{
	sqlite3_stmt *put = NULL, *st = NULL;
	enum claque_rc rc = stmt_prepare(f->s, "SELECT platform, native_id FROM account WHERE id IN " A
		" UNION SELECT platform, handle FROM account WHERE id IN " A " AND handle <> ''"
		" UNION SELECT '', native_id FROM account WHERE id IN " A, &st, err);

	if (rc == CLAQUE_OK)
		rc = stmt_prepare(f->s, "INSERT OR IGNORE INTO forgotten(key, digest) VALUES(?1, ?2)",
				  &put, err);
	while (rc == CLAQUE_OK && (rc = stmt_step(f->s, st, err)) == CLAQUE_OK)
		rc = put_digest(f, put, column_str(st, 0), column_str(st, 1), err);
	(void)sqlite3_finalize(st);
	(void)sqlite3_finalize(put);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

struct forgotten {
	unsigned char (*keys)[SECRET_BYTES];
	size_t key_count, key_cap;
	struct map digests;		/* hex, as it stands in the case */
};

void
forgotten_free(struct forgotten *f)
{
	if (f == NULL)
		return;
	map_done(&f->digests);
	free(f->keys);
	free(f);
}

static void
take_key(struct forgotten *f, struct claque_str hex)
{
	unsigned char key[SECRET_BYTES];

	if (!secret_from_hex(hex, key))
		return;
	for (size_t i = 0; i < f->key_count; i++)
		if (memcmp(f->keys[i], key, SECRET_BYTES) == 0)
			return;
	GROW(f->keys, f->key_cap, f->key_count + 1);
	memcpy(f->keys[f->key_count++], key, SECRET_BYTES);
}

enum claque_rc
forgotten_load(struct store *s, struct forgotten **out, struct claque_err *err)
{
	struct forgotten *f = calloc(1, sizeof(*f));
	sqlite3_stmt *st;
	enum claque_rc rc;

	*out = f;
	if (f == NULL)
		base_oom();
	map_init(&f->digests);
	rc = stmt_prepare(s, "SELECT key, digest FROM forgotten ORDER BY id", &st, err);
	while (rc == CLAQUE_OK && (rc = stmt_step(s, st, err)) == CLAQUE_OK) {
		take_key(f, column_str(st, 0));
		(void)map_add(&f->digests, column_str(st, 1), NULL);
	}
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

bool
forgotten_is_anybody(const struct forgotten *f)
{
	return f->key_count > 0;
}

bool
forgotten_is(const struct forgotten *f, struct claque_str platform, struct claque_str id)
{
	enum { ROOM = 1 << 17 };
	struct arena whole, perm;
	unsigned char digest[SECRET_BYTES];
	bool found = false;

	if (f == NULL || f->key_count == 0 || id.len == 0 || id.len > ROOM / 8 ||
	    platform.len > ROOM / 8)
		return false;
	whole = arena_new(ROOM);
	perm = whole;
	for (size_t i = 0; i < f->key_count && !found; i++) {
		secret_digest(f->keys[i], identity(&perm, platform, id), digest);
		found = map_get(&f->digests, secret_to_hex(&perm, digest)) != MAP_NONE;
	}
	arena_free(whole);
	return found;
}

struct claque_str
forgotten_source(const struct forgotten *f, struct arena *perm, enum claque_object_kind kind,
		 struct claque_str key)
{
	char name[UNNAMED_BYTES];
	struct buf room;

	buf_init(&room, TEXT_BYTES_MAX);
	unname(f->keys[0], (int)kind, key, &room, name);
	buf_done(&room);
	return str_dup(perm, (struct claque_str){ name, sizeof(name) });
}

/* --- together */

static enum claque_rc
count_foreign(struct forget *f, struct forget_counts *out, struct claque_err *err)
{
	return store_number(f->s, "SELECT count(*) FROM foreign_entry WHERE claque_forget(target) IS NOT"
			    " target OR claque_forget(lens) IS NOT lens OR claque_forget(command) IS"
			    " NOT command OR claque_forget(payload) IS NOT payload", 0, &out->foreign,
			    err);
}

enum claque_rc
forget_rows(struct forget *f, struct forget_counts *out, struct claque_err *err)
{
	enum claque_rc rc = add_functions(f, err);

	*out = (struct forget_counts){ 0 };
	if (rc == CLAQUE_OK)
		rc = put_digests(f, err);
	for (size_t i = 0; rc == CLAQUE_OK && i < sizeof(steps) / sizeof(*steps); i++) {
		int64_t *count = (int64_t *)(void *)((char *)out + steps[i].count);

		rc = store_exec(f->s, steps[i].sql, err);
		*count += rc == CLAQUE_OK ? sqlite3_changes64(f->s->db) : 0;
	}
	if (rc == CLAQUE_OK)
		rc = count_foreign(f, out, err);
	return rc == CLAQUE_OK ? store_exec(f->s, tell_state, err) : rc;
}

enum claque_rc
forget_annotation(struct store *s, const struct annotation *a, struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(s, "UPDATE annotation SET target_name = ?2, text = ?3,"
					 " word = ?4, quote = ?5, was_tag = ?6 WHERE id = ?1", &st, err);

	if (rc != CLAQUE_OK)
		return rc;
	bind_i64(st, 1, a->id);
	bind_str(st, 2, a->target_name);
	bind_str(st, 3, a->text);
	bind_str(st, 4, a->word);
	bind_str(st, 5, a->quote);
	bind_str(st, 6, a->was_tag);
	rc = stmt_run(s, st, err);
	(void)sqlite3_finalize(st);
	return rc;
}

static enum claque_rc
update_entries(struct store *s, const struct ledger_entry *entries, size_t count,
	       struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(s, "UPDATE ledger SET target = ?2, lens = ?3, command = ?4,"
					 " payload = ?5 WHERE seq = ?1", &st, err);

	for (size_t i = 0; rc == CLAQUE_OK && i < count; i++) {
		bind_i64(st, 1, entries[i].seq);
		bind_str(st, 2, entries[i].target);
		bind_str(st, 3, entries[i].lens);
		bind_str(st, 4, entries[i].command);
		bind_str(st, 5, entries[i].payload);
		rc = stmt_run(s, st, err);
	}
	(void)sqlite3_finalize(st);
	return rc;
}

/* The one place where an entry is written over; its guard is away for no longer. */
enum claque_rc
forget_entries(struct store *s, const struct ledger_entry *entries, size_t count,
	       struct claque_err *err)
{
	enum claque_rc rc = store_exec(s, "DROP TRIGGER IF EXISTS ledger_stays", err);

	if (rc == CLAQUE_OK)
		rc = update_entries(s, entries, count, err);
	return rc == CLAQUE_OK ? store_exec(s, "CREATE TRIGGER ledger_stays BEFORE UPDATE ON ledger"
					    " BEGIN SELECT raise(ABORT, 'the ledger is append-only');"
					    " END", err) : rc;
}
