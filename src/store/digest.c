/*
 * digest.c - tables read in blocks, kept, and read again.
 *
 * Why no trigger and no hash beside each row: an import writes millions of them, and
 * reading a table once in order costs a tenth of writing it (and can go on in another
 * thread while indexes are built). Blocks are of 1,024 keys, so that the digests of a
 * million posts are a thousandth of them.
 *
 * Not digested: what is made anew from these tables (totals, handles in use, matches of
 * indicators, topics), and edges and scores of all accounts, which a run makes again.
 */
#include "config.h"

#include "store/digest.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/blake2b.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/map.h"
#include "store/copies.h"
#include "store/stmt.h"

enum { BLOCK_BITS = 10, BLOCK_KEYS = 1 << BLOCK_BITS, ROW_BYTES_MAX = 1 << 30,
       SHOWN_PATH = 120 };

#define PROFILE "handle, display_name, location, bio, url, avatar_hash, avatar_tag, lang," \
	" created_at, observed_at, followers, following, posts_total, verified, "
#define BY_ID " WHERE id BETWEEN ?1 AND ?2 ORDER BY id"
#define TWO_KEYS(a, b) "(" a " << 32) | " b
#define BY_TWO(a, b) " WHERE " TWO_KEYS(a, b) " BETWEEN ?1 AND ?2 ORDER BY " a ", " b

/* The key, and then all that is not derived. grows: rows are only added, behind the last. */
static const struct digest_table {
	const char *name, *rows;
	unsigned which;
	bool grows, sited;	/* sited: input_file and row tell whence */
} tables[] = {
	{ "post", "SELECT id, account, native_id, at, precision, kind, text, lang, client, urls,"
	  " likes, shares, replies, deleted_at, input_file, row FROM post" BY_ID,
	  DIGEST_ROWS, true, true },
	{ "account", "SELECT id, platform, native_id, " PROFILE "profiled, input_file, row"
	  " FROM account" BY_ID, DIGEST_ROWS, false, true },
	{ "profile_snapshot", "SELECT id, account, basis, " PROFILE "input_file, row"
	  " FROM profile_snapshot" BY_ID, DIGEST_ROWS, true, true },
	{ "indicator", "SELECT id, kind, value, raw, platform, tactic, technique, procedure, role,"
	  " note, published, count, input_file, row FROM indicator" BY_ID,
	  DIGEST_ROWS, true, true },
	{ "extra_row", "SELECT " TWO_KEYS("input_file", "row") ", cells FROM extra_row"
	  BY_TWO("input_file", "row"), DIGEST_ROWS, false, false },
	{ "refused_row", "SELECT id, input_file, row, reason FROM refused_row" BY_ID,
	  DIGEST_ROWS, false, true },
	{ "input_file", "SELECT id, path, place, sha256, bytes, format, importer, started_at,"
	  " ended_at, done, last_row, rows, taken, duplicates, refused, posts, accounts, changes,"
	  " indicators, shares, partly FROM input_file" BY_ID, DIGEST_ROWS, false, false },
	{ "share", "SELECT id, post, account, source, act, at, basis, similarity, input_file, row"
	  " FROM share" BY_ID, DIGEST_SHARES, false, true },
	{ "source", "SELECT id, kind, key, author, input_file, row FROM source" BY_ID,
	  DIGEST_SHARES, false, true },
	{ "profile_change", "SELECT id, account, at, after_at, field, old_value, new_value,"
	  " input_file, row FROM profile_change" BY_ID, DIGEST_CHANGES, false, true },
	{ "event", "SELECT id, at, label, whole_day, source, file, row FROM event" BY_ID,
	  DIGEST_EVENTS, true, false },
	{ "run", "SELECT id, started_at, ended_at, version, prior, fdr, object_cap, min_accounts,"
	  " lead_score, seed, hot_objects, hot_shares, undated_shares, settings, accounts, shares,"
	  " posts, surrogate_worlds, surrogate_accounts, surrogate_groups, surrogate_largest"
	  " FROM run" BY_ID, DIGEST_RUNS, true, false },
	{ "cluster", "SELECT id, run, rank, name, score, coordination, deception, overtness, lead,"
	  " kind, first_seen, last_seen, shares, account_count, post_count, source_count, why,"
	  " surrogate, disproof, worlds, common, leader, median_lag_s, cells,"
	  " cells_modularity, cells_expected, cells_deviation, cells_p, platforms, cross_edges,"
	  " cross_signals, cross_needed FROM cluster" BY_ID, DIGEST_RUNS, true, false },
	{ "member", "SELECT " TWO_KEYS("cluster", "account") ", run, place, score, role, degree,"
	  " stability, cell, looks, firsts, median_lag_s FROM member" BY_TWO("cluster", "account"),
	  DIGEST_RUNS, true, false },
	{ "evidence", "SELECT id, cluster, axis, signal, unit, observed, expected, p, n, log_odds,"
	  " text, popularity, surrogate, kind, worlds, tests, covered, unexplained FROM evidence"
	  BY_ID, DIGEST_RUNS, true, false },
	{ "evidence_post", "SELECT " TWO_KEYS("evidence", "place") ", post FROM evidence_post"
	  BY_TWO("evidence", "place"), DIGEST_RUNS, true, false },
};

enum { TABLES = sizeof(tables) / sizeof(tables[0]) };
_Static_assert((int)TABLES <= (int)DIGEST_TABLES_MAX, "room for all of them");

struct block {
	int64_t number, rows, last;	/* last: the key of its last row */
	uint64_t sum, weighted;		/* of the rows' hashes; times their keys */
	unsigned char digest[BLAKE2B_BYTES];
};

struct blocks {
	struct block *list;
	size_t count, cap;
	int64_t from;			/* the first key that was read */
	bool taken;
};

struct digests {
	struct blocks of[TABLES];
};

struct digests *
digests_new(void)
{
	struct digests *d = calloc(1, sizeof(*d));

	if (d == NULL)
		base_oom();
	return d;
}

void
digests_free(struct digests *d)
{
	if (d == NULL)
		return;
	for (size_t i = 0; i < TABLES; i++)
		free(d->of[i].list);
	free(d);
}

/* --- reading */

static void
add_number(struct buf *row, char type, uint64_t n)
{
	char bytes[9] = { type };

	for (int i = 1; i < 9; i++, n >>= 8)
		bytes[i] = (char)(n & 0xff);
	buf_add(row, (struct claque_str){ bytes, sizeof(bytes) });
}

/* Type, length and bytes: no two rows look the same. */
static void
add_cell(struct buf *row, sqlite3_stmt *st, int column)
{
	double real;
	uint64_t bits;
	struct claque_str text;

	switch (sqlite3_column_type(st, column)) {
	case SQLITE_NULL:
		buf_addc(row, 'n');
		break;
	case SQLITE_INTEGER:
		add_number(row, 'i', (uint64_t)sqlite3_column_int64(st, column));
		break;
	case SQLITE_FLOAT:
		real = sqlite3_column_double(st, column);
		memcpy(&bits, &real, sizeof(bits));
		add_number(row, 'r', bits);
		break;
	default:	/* a NUL in a text is a byte like any other */
		text = column_str(st, column);
		add_number(row, 't', text.len);
		buf_add(row, text);
	}
}

struct reader {
	struct blocks *out;
	struct buf row;
	struct blake2b hash;
};

static void
end_block(struct reader *r)
{
	if (r->out->count > 0)
		blake2b_end(&r->hash, r->out->list[r->out->count - 1].digest);
}

static void
add_row(struct reader *r, sqlite3_stmt *st, int columns)
{
	struct blocks *out = r->out;
	int64_t key = column_i64(st, 0, 0);
	struct block *b = out->count > 0 ? &out->list[out->count - 1] : NULL;
	uint64_t hash;

	if (b == NULL || b->number != key >> BLOCK_BITS) {
		end_block(r);
		GROW(out->list, out->cap, out->count + 1);
		b = &out->list[out->count++];
		*b = (struct block){ .number = key >> BLOCK_BITS };
		blake2b_start(&r->hash);
	}
	buf_clear(&r->row);
	for (int i = 0; i < columns; i++)
		add_cell(&r->row, st, i);
	hash = hash_bytes(buf_str(&r->row), 0);
	b->rows++;
	b->last = key;
	b->sum += hash;
	b->weighted += hash * (uint64_t)key;
	blake2b_add(&r->hash, buf_str(&r->row));
}

/* The blocks of these keys. */
static enum claque_rc
read_table(struct store *s, const struct digest_table *t, int64_t from, int64_t to,
	   struct blocks *out, struct claque_err *err)
{
	struct reader r = { .out = out };
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(s, t->rows, &st, err);

	out->count = 0;
	out->from = from;
	out->taken = true;
	buf_init(&r.row, ROW_BYTES_MAX);
	if (rc == CLAQUE_OK) {
		bind_i64(st, 1, from);
		bind_i64(st, 2, to);
	}
	while (rc == CLAQUE_OK && (rc = stmt_step(s, st, err)) == CLAQUE_OK)
		add_row(&r, st, sqlite3_column_count(st));
	end_block(&r);
	buf_done(&r.row);
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

/* --- what the case keeps */

/* Of a table: a number from its blocks; ?1 is the name. */
static enum claque_rc
kept_number(struct store *s, const char *sql, const struct digest_table *t, int64_t *out,
	    struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(s, sql, &st, err);

	*out = 0;
	if (rc != CLAQUE_OK)
		return rc;
	bind_str(st, 1, str_of(t->name));
	rc = stmt_step(s, st, err);
	if (rc == CLAQUE_OK)
		*out = column_i64(st, 0, 0);
	(void)sqlite3_finalize(st);
	return rc;
}

/*
 * The first key that must be read again: of the last block, which may be filled up. Shares
 * grow, too, where no copies of other platforms come and go among them.
 */
static enum claque_rc
find_start(struct store *s, const struct digest_table *t, int64_t *out, struct claque_err *err)
{
	bool change = !t->grows;
	enum claque_rc rc = CLAQUE_OK;

	*out = 0;
	if (strcmp(t->name, "share") == 0)
		rc = copies_may_change(s, &change, err);
	if (rc != CLAQUE_OK || change)
		return rc;
	rc = kept_number(s, "SELECT coalesce(max(block), 0) FROM table_digest WHERE name = ?1", t,
			 out, err);
	*out <<= BLOCK_BITS;
	return rc;
}

enum claque_rc
digests_take(struct digests *d, struct store *s, unsigned which, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;
	int64_t from;

	for (size_t i = 0; i < TABLES && rc == CLAQUE_OK; i++) {
		if ((tables[i].which & which) == 0)
			continue;
		rc = find_start(s, &tables[i], &from, err);
		if (rc == CLAQUE_OK)
			rc = read_table(s, &tables[i], from, INT64_MAX, &d->of[i], err);
	}
	return rc;
}

bool
digests_have(const struct digests *d, size_t table)
{
	return d->of[table].taken;
}

static enum claque_rc
save_blocks(struct store *s, const struct digest_table *t, const struct blocks *b,
	    struct claque_err *err)
{
	sqlite3_stmt *gone = NULL, *put = NULL;
	enum claque_rc rc = stmt_prepare(s, "DELETE FROM table_digest WHERE name = ?1"
					 " AND block >= ?2 AND NOT broken", &gone, err);

	if (rc == CLAQUE_OK)
		rc = stmt_prepare(s, "INSERT OR IGNORE INTO table_digest VALUES(?1, ?2, ?3, ?4, ?5,"
				  " ?6, ?7, 0)", &put, err);
	if (rc == CLAQUE_OK) {
		bind_str(gone, 1, str_of(t->name));
		bind_i64(gone, 2, b->from >> BLOCK_BITS);
		rc = stmt_run(s, gone, err);
	}
	for (size_t i = 0; i < b->count && rc == CLAQUE_OK; i++) {
		const struct block *one = &b->list[i];

		bind_str(put, 1, str_of(t->name));
		bind_i64(put, 2, one->number);
		bind_i64(put, 3, one->rows);
		bind_i64(put, 4, one->last);
		bind_i64(put, 5, (int64_t)one->sum);
		bind_i64(put, 6, (int64_t)one->weighted);
		(void)sqlite3_bind_blob(put, 7, one->digest, BLAKE2B_BYTES, SQLITE_STATIC);
		rc = stmt_run(s, put, err);
	}
	(void)sqlite3_finalize(gone);
	(void)sqlite3_finalize(put);
	return rc;
}

enum claque_rc
digests_save(const struct digests *d, struct store *s, struct claque_err *err)
{
	bool rows = false;
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 0; i < TABLES && rc == CLAQUE_OK; i++) {
		if (!d->of[i].taken)
			continue;
		rc = save_blocks(s, &tables[i], &d->of[i], err);
		rows = rows || (tables[i].which & DIGEST_ROWS) != 0;
	}
	if (rc == CLAQUE_OK && rows)
		rc = store_exec(s, "INSERT OR REPLACE INTO state VALUES('undigested', 0)", err);
	return rc;
}

enum claque_rc
digest_is_whole(struct store *s, bool *out, struct claque_err *err)
{
	int64_t n = 1;
	enum claque_rc rc = store_number(s, "SELECT coalesce((SELECT value FROM state"
					 " WHERE name = 'undigested'), 1)", 1, &n, err);

	*out = n == 0;
	return rc;
}

/* --- what is not as it was */

static bool
is_same(const struct block *a, const struct block *b)
{
	return a->rows == b->rows && memcmp(a->digest, b->digest, BLAKE2B_BYTES) == 0;
}

/* The next block that is kept; CLAQUE_DONE: no more. */
static enum claque_rc
next_kept(struct store *s, sqlite3_stmt *st, struct block *out, struct claque_err *err)
{
	enum claque_rc rc = stmt_step(s, st, err);

	*out = (struct block){ .number = INT64_MAX };
	if (rc != CLAQUE_OK)
		return rc;
	*out = (struct block){ column_i64(st, 0, 0), column_i64(st, 1, 0), column_i64(st, 2, 0),
			       (uint64_t)column_i64(st, 3, 0), (uint64_t)column_i64(st, 4, 0),
			       { 0 } };
	if (sqlite3_column_bytes(st, 5) == BLAKE2B_BYTES)
		memcpy(out->digest, sqlite3_column_blob(st, 5), BLAKE2B_BYTES);
	return CLAQUE_OK;
}

struct comparison {
	void *ctx;
	/* One of the two may have no rows; false stops. */
	bool (*differs)(void *ctx, const struct block *was, const struct block *is);
};

static enum claque_rc
compare(struct store *s, const struct digest_table *t, const struct blocks *now,
	const struct comparison *c, struct claque_err *err)
{
	sqlite3_stmt *st;
	struct block was;
	size_t i = 0;
	bool more = true;
	enum claque_rc rc = stmt_prepare(s, "SELECT block, rows, last, sum, weighted, digest"
					 " FROM table_digest WHERE name = ?1 AND block >= ?2"
					 " ORDER BY block", &st, err);

	if (rc != CLAQUE_OK)
		return rc;
	bind_str(st, 1, str_of(t->name));
	bind_i64(st, 2, now->from >> BLOCK_BITS);
	rc = next_kept(s, st, &was, err);
	while (more && (rc == CLAQUE_OK || (rc == CLAQUE_DONE && i < now->count))) {
		const struct block none = { .number = INT64_MAX };
		const struct block *is = i < now->count ? &now->list[i] : &none;
		struct block empty = { .number = was.number < is->number ? was.number : is->number };

		if (was.number != is->number)
			more = c->differs(c->ctx, was.number < is->number ? &was : &empty,
					  was.number < is->number ? &empty : is);
		else if (!is_same(&was, is))
			more = c->differs(c->ctx, &was, is);
		i += is->number == empty.number;
		if (was.number == empty.number)
			rc = next_kept(s, st, &was, err);
	}
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

struct marking {
	struct store *s;
	sqlite3_stmt *st;
	enum claque_rc rc;
	struct claque_err *err;
};

static bool
mark_block(void *ctx, const struct block *was, const struct block *is)
{
	struct marking *m = ctx;

	(void)is;
	bind_i64(m->st, 2, was->number);
	m->rc = stmt_run(m->s, m->st, m->err);
	return m->rc == CLAQUE_OK;
}

static enum claque_rc
mark_table(struct store *s, const struct digest_table *t, struct claque_err *err)
{
	struct marking m = { .s = s, .rc = CLAQUE_OK, .err = err };
	struct comparison c = { &m, mark_block };
	struct blocks now = { 0 };
	int64_t from;
	enum claque_rc rc = find_start(s, t, &from, err);

	if (rc == CLAQUE_OK)
		rc = read_table(s, t, from, INT64_MAX, &now, err);
	if (rc == CLAQUE_OK)
		rc = stmt_prepare(s, "INSERT INTO table_digest VALUES(?1, ?2, 0, 0, 0, 0, x'', 1)"
				  " ON CONFLICT(name, block) DO UPDATE SET broken = 1", &m.st, err);
	if (rc == CLAQUE_OK) {
		bind_str(m.st, 1, str_of(t->name));
		rc = compare(s, t, &now, &c, err);
	}
	(void)sqlite3_finalize(m.st);
	free(now.list);
	return rc == CLAQUE_OK ? m.rc : rc;
}

enum claque_rc
digest_mark(struct store *s, unsigned which, struct claque_err *err)
{
	bool whole;
	int64_t kept = 0;
	enum claque_rc rc = store_begin(s, err);

	if (rc != CLAQUE_OK)
		return rc;
	rc = digest_is_whole(s, &whole, err);
	for (size_t i = 0; rc == CLAQUE_OK && i < TABLES && whole; i++) {
		if ((tables[i].which & which) == 0)
			continue;
		rc = kept_number(s, "SELECT count(*) FROM table_digest WHERE name = ?1",
				 &tables[i], &kept, err);
		if (rc == CLAQUE_OK && kept > 0)
			rc = mark_table(s, &tables[i], err);
	}
	if (rc == CLAQUE_OK)
		rc = store_commit(s, err);
	if (rc != CLAQUE_OK)
		store_rollback(s);
	return rc;
}

/* --- the tables, to who asks */

size_t
digest_tables(void)
{
	return TABLES;
}

const char *
digest_table(size_t table)
{
	return tables[table].name;
}

enum claque_rc
digest_root(struct store *s, size_t table, char out[DIGEST_ROOT_HEX + 1], struct claque_err *err)
{
	unsigned char digest[BLAKE2B_BYTES];
	struct blake2b hash;
	struct buf row;
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(s, "SELECT block, rows, last, sum, weighted, digest, broken"
					 " FROM table_digest WHERE name = ?1 ORDER BY block", &st, err);

	out[0] = '\0';
	if (rc != CLAQUE_OK)
		return rc;
	bind_str(st, 1, str_of(tables[table].name));
	buf_init(&row, ROW_BYTES_MAX);
	blake2b_start(&hash);
	while ((rc = stmt_step(s, st, err)) == CLAQUE_OK) {
		buf_clear(&row);
		for (int i = 0; i < sqlite3_column_count(st); i++)
			add_cell(&row, st, i);
		blake2b_add(&hash, buf_str(&row));
	}
	blake2b_end(&hash, digest);
	for (size_t i = 0; i < BLAKE2B_BYTES; i++)
		(void)snprintf(out + 2 * i, 3, "%02x", (unsigned)digest[i]);
	buf_done(&row);
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

struct checking {
	struct store *s;
	const struct digest_table *table;
	struct digest_outcome *out;
};

/* The one key whose row explains both differences, or -1. */
static int64_t
find_key(const struct block *was, const struct block *is)
{
	uint64_t sum = is->sum - was->sum, weighted = is->weighted - was->weighted;
	int64_t first = was->number * BLOCK_KEYS, found = -1;

	for (int64_t key = first; key < first + BLOCK_KEYS; key++)
		if (sum != 0 && sum * (uint64_t)key == weighted) {
			if (found >= 0)
				return -1;
			found = key;
		}
	return found;
}

/* "(posts.csv, row 12)", "" where nothing tells. */
static void
write_site(const struct checking *c, int64_t first, int64_t last, char out[SHOWN_PATH + 60])
{
	char sql[200];
	sqlite3_stmt *st;
	struct claque_err err;

	out[0] = '\0';
	if (!c->table->sited)
		return;
	(void)snprintf(sql, sizeof(sql), "SELECT f.path, t.row FROM %s t JOIN input_file f"
		       " ON f.id = t.input_file WHERE t.id BETWEEN ?1 AND ?2 ORDER BY t.id LIMIT 1",
		       c->table->name);
	if (stmt_prepare(c->s, sql, &st, &err) != CLAQUE_OK)
		return;
	bind_i64(st, 1, first);
	bind_i64(st, 2, last);
	if (stmt_step(c->s, st, &err) == CLAQUE_OK)
		(void)snprintf(out, SHOWN_PATH + 60, first == last ? " (" STR_FMT ", row %lld)" :
			       " (from " STR_FMT ", row %lld, on)",
			       STR_ARG(str_head(column_str(st, 0), SHOWN_PATH)),
			       (long long)column_i64(st, 1, 0));
	(void)sqlite3_finalize(st);
}

/* A key of two numbers, as people say it. */
static void
write_key(const struct digest_table *t, int64_t key, char out[48])
{
	if (strstr(t->rows, "<< 32") != NULL)
		(void)snprintf(out, 48, "%lld/%lld", (long long)(key >> 32),
			       (long long)(key & 0xffffffff));
	else
		(void)snprintf(out, 48, "%lld", (long long)key);
}

static bool
name_block(void *ctx, const struct block *was, const struct block *is)
{
	struct checking *c = ctx;
	int64_t key = find_key(was, is), first = was->number * BLOCK_KEYS;
	char site[SHOWN_PATH + 60], from[48], to[48];

	write_key(c->table, key >= 0 ? key : first, from);
	write_key(c->table, first + BLOCK_KEYS - 1, to);
	write_site(c, key >= 0 ? key : first, key >= 0 ? key : first + BLOCK_KEYS - 1, site);
	if (key >= 0 && is->rows != was->rows)
		(void)snprintf(c->out->fault, sizeof(c->out->fault), "table %s: row %s%s was %s",
			       c->table->name, from, site, is->rows > was->rows ? "added" : "taken out");
	else if (key >= 0)
		(void)snprintf(c->out->fault, sizeof(c->out->fault), "table %s: row %s%s was altered",
			       c->table->name, from, site);
	else
		(void)snprintf(c->out->fault, sizeof(c->out->fault), "table %s: of rows %s to %s%s"
			       " some were altered: %lld were digested, %lld are there",
			       c->table->name, from, to, site, (long long)was->rows,
			       (long long)is->rows);
	return false;
}

enum claque_rc
digest_check(struct store *s, size_t table, struct digest_outcome *out, struct claque_err *err)
{
	const struct digest_table *t = &tables[table];
	struct checking checking = { s, t, out };
	struct comparison c = { &checking, name_block };
	struct blocks now = { 0 };
	int64_t last = INT64_MAX;
	bool whole;
	enum claque_rc rc = digest_is_whole(s, &whole, err);

	*out = (struct digest_outcome){ 0 };
	if (rc != CLAQUE_OK || (!whole && !t->grows && (t->which & DIGEST_IMPORT) != 0))
		return rc;
	if (!whole && (t->which & DIGEST_IMPORT) != 0)
		rc = kept_number(s, "SELECT coalesce(max(last), 0) FROM table_digest WHERE name = ?1",
				 t, &last, err);
	if (rc == CLAQUE_OK)
		rc = read_table(s, t, 0, last, &now, err);
	if (rc == CLAQUE_OK)
		rc = compare(s, t, &now, &c, err);
	for (size_t i = 0; i < now.count; i++)
		out->rows += now.list[i].rows;
	free(now.list);
	return rc;
}
