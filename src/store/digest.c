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

#include "base/buf.h"
#include "base/err.h"
#include "base/map.h"
#include "store/copies.h"
#include "store/digest_impl.h"

enum { ROW_BYTES_MAX = 1 << 30 };

#define PROFILE "handle, display_name, location, bio, url, avatar_hash, avatar_tag, lang," \
	" created_at, observed_at, followers, following, posts_total, verified, "
#define BY_ID " WHERE id BETWEEN ?1 AND ?2 ORDER BY id"
#define TWO_KEYS(a, b) "(" a " << 32) | " b
/* The first by the table's key, so that a few rows are found without reading all. */
#define BY_TWO(a, b) " WHERE " a " BETWEEN ?1 >> 32 AND ?2 >> 32 AND (" TWO_KEYS(a, b) \
	") BETWEEN ?1 AND ?2 ORDER BY " a ", " b

static const struct digest_table tables[] = {
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

struct digests {
	struct blocks of[TABLES];
	int64_t version;	/* of the case for who plans: another's commit changes it */
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
		blocks_done(&d->of[i]);
	free(d);
}

const struct digest_table *
digest_table_at(size_t table)
{
	return &tables[table];
}

void
blocks_done(struct blocks *b)
{
	free(b->list);
	free(b->ranges);
	*b = (struct blocks){ 0 };
}

void
blocks_add_range(struct blocks *b, int64_t first, int64_t last)
{
	GROW(b->ranges, b->ranges_cap, b->range_count + 1);
	b->ranges[b->range_count++] = (struct block_range){ first, last };
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
	bool open;			/* the last block is this reader's */
	struct buf row;
	struct blake2b hash;
};

static void
end_block(struct reader *r)
{
	blake2b_end(&r->hash, r->out->list[r->out->count - 1].digest);
}

static void
add_row(struct reader *r, sqlite3_stmt *st, int columns)
{
	struct blocks *out = r->out;
	int64_t key = column_i64(st, 0, 0);
	struct block *b = r->open ? &out->list[out->count - 1] : NULL;
	uint64_t hash;

	if (b == NULL || b->number != key >> BLOCK_BITS) {
		if (r->open)
			end_block(r);
		r->open = true;
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

enum claque_rc
blocks_read_keys(struct blocks *b, struct store *s, const struct digest_table *t,
		 const int64_t keys[2], struct claque_err *err)
{
	struct reader r = { .out = b };
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(s, t->rows, &st, err);

	buf_init(&r.row, ROW_BYTES_MAX);
	if (rc == CLAQUE_OK) {
		bind_i64(st, 1, keys[0]);
		bind_i64(st, 2, keys[1]);
	}
	while (rc == CLAQUE_OK && (rc = stmt_step(s, st, err)) == CLAQUE_OK)
		add_row(&r, st, sqlite3_column_count(st));
	if (r.open)
		end_block(&r);
	buf_done(&r.row);
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

enum claque_rc
blocks_read(struct blocks *b, struct store *s, const struct digest_table *t,
	    struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	b->count = 0;
	for (size_t i = 0; i < b->range_count && rc == CLAQUE_OK; i++) {
		const struct block_range *r = &b->ranges[i];
		const int64_t keys[] = { r->first << BLOCK_BITS,
					 (r->last << BLOCK_BITS) + (BLOCK_KEYS - 1) };

		rc = blocks_read_keys(b, s, t, keys, err);
	}
	b->taken = rc == CLAQUE_OK;
	return rc;
}

/* --- what the case keeps */

enum claque_rc
digest_kept_number(struct store *s, const char *sql, const struct digest_table *t, int64_t *out,
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
 * The last block may be filled up. Shares grow, too, where no copies of other platforms
 * come and go among them.
 */
enum claque_rc
digest_find_start(struct store *s, const struct digest_table *t, int64_t *out,
		  struct claque_err *err)
{
	bool change = !t->grows;
	enum claque_rc rc = CLAQUE_OK;

	*out = 0;
	if (strcmp(t->name, "share") == 0)
		rc = copies_may_change(s, &change, err);
	if (rc != CLAQUE_OK || change)
		return rc;
	return digest_kept_number(s, "SELECT coalesce(max(block), 0) FROM table_digest"
				  " WHERE name = ?1", t, out, err);
}

static enum claque_rc
plan_table(struct digests *d, size_t table, struct store *s, struct claque_err *err)
{
	struct blocks *b = &d->of[table];
	bool planned = false;
	int64_t start;
	enum claque_rc rc = CLAQUE_OK;

	b->range_count = 0;
	b->planned = true;
	b->taken = false;
	if (s->watch != NULL)
		rc = digest_watch_plan(s->watch, table, b, &planned, err);
	if (rc != CLAQUE_OK || planned)
		return rc;
	rc = digest_find_start(s, &tables[table], &start, err);
	blocks_add_range(b, start, BLOCK_LAST);
	return rc;
}

enum claque_rc
digests_plan(struct digests *d, struct store *s, unsigned which, struct claque_err *err)
{
	enum claque_rc rc = d->version == 0 ? store_version(s, &d->version, err) : CLAQUE_OK;

	for (size_t i = 0; i < TABLES && rc == CLAQUE_OK; i++)
		if ((tables[i].which & which) != 0)
			rc = plan_table(d, i, s, err);
	return rc;
}

enum claque_rc
digests_read(struct digests *d, struct store *s, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 0; i < TABLES && rc == CLAQUE_OK; i++)
		if (d->of[i].planned && !d->of[i].taken)
			rc = blocks_read(&d->of[i], s, &tables[i], err);
	return rc;
}

enum claque_rc
digests_take(struct digests *d, struct store *s, unsigned which, struct claque_err *err)
{
	enum claque_rc rc = digests_plan(d, s, which, err);

	return rc == CLAQUE_OK ? digests_read(d, s, err) : rc;
}

static enum claque_rc
take_whole(struct blocks *b, struct store *s, const struct digest_table *t, struct claque_err *err)
{
	blocks_done(b);
	*b = (struct blocks){ .planned = true };
	blocks_add_range(b, 0, BLOCK_LAST);
	return blocks_read(b, s, t, err);
}

enum claque_rc
digests_take_all(struct digests *d, struct store *s, unsigned which, struct claque_err *err)
{
	enum claque_rc rc = store_version(s, &d->version, err);

	for (size_t i = 0; i < TABLES && rc == CLAQUE_OK; i++)
		if ((tables[i].which & which) != 0)
			rc = take_whole(&d->of[i], s, &tables[i], err);
	return rc;
}

bool
digests_have(const struct digests *d, size_t table)
{
	return d->of[table].taken;
}

static enum claque_rc
forget_blocks(struct store *s, const struct digest_table *t, const struct blocks *b,
	      struct claque_err *err)
{
	sqlite3_stmt *gone = NULL;
	enum claque_rc rc = stmt_prepare(s, "DELETE FROM table_digest WHERE name = ?1"
					 " AND block BETWEEN ?2 AND ?3 AND NOT broken", &gone, err);

	for (size_t i = 0; i < b->range_count && rc == CLAQUE_OK; i++) {
		bind_str(gone, 1, str_of(t->name));
		bind_i64(gone, 2, b->ranges[i].first);
		bind_i64(gone, 3, b->ranges[i].last);
		rc = stmt_run(s, gone, err);
	}
	(void)sqlite3_finalize(gone);
	return rc;
}

static enum claque_rc
save_blocks(struct store *s, const struct digest_table *t, const struct blocks *b,
	    struct claque_err *err)
{
	sqlite3_stmt *put = NULL;
	enum claque_rc rc = forget_blocks(s, t, b, err);

	if (rc == CLAQUE_OK)
		rc = stmt_prepare(s, "INSERT OR IGNORE INTO table_digest VALUES(?1, ?2, ?3, ?4, ?5,"
				  " ?6, ?7, 0)", &put, err);
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
	(void)sqlite3_finalize(put);
	return rc;
}

/* Somebody else has written since they were planned, perhaps into the same tables. */
static enum claque_rc
read_anew(struct digests *d, struct store *s, struct claque_err *err)
{
	int64_t version = 0;
	enum claque_rc rc = store_version(s, &version, err);

	if (rc != CLAQUE_OK || version == d->version)
		return rc;
	for (size_t i = 0; i < TABLES && rc == CLAQUE_OK; i++)
		if (d->of[i].taken)
			rc = plan_table(d, i, s, err);
	return rc == CLAQUE_OK ? digests_read(d, s, err) : rc;
}

enum claque_rc
digests_save(struct digests *d, struct store *s, struct claque_err *err)
{
	bool rows = false;
	enum claque_rc rc = read_anew(d, s, err);

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

enum claque_rc
digest_not_whole(struct store *s, struct claque_err *err)
{
	return store_exec(s, "INSERT OR REPLACE INTO state VALUES('undigested', 1)", err);
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
