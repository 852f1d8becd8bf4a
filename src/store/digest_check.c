/*
 * digest_check.c - tables compared with the digests that the case keeps of their blocks.
 */
#include "config.h"

#include <stdio.h>

#include "base/err.h"
#include "store/digest_impl.h"

enum { SHOWN_PATH = 120 };

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
	bool stopped;
};

/* One range; *at: the block in hand of those that were read. */
static enum claque_rc
compare_range(struct store *s, sqlite3_stmt *kept, const struct blocks *now, size_t *at,
	      const struct block_range *range, struct comparison *c, struct claque_err *err)
{
	const struct block none = { .number = INT64_MAX };
	struct block was;
	enum claque_rc rc;

	bind_i64(kept, 2, range->first);
	bind_i64(kept, 3, range->last);
	rc = next_kept(s, kept, &was, err);
	while (!c->stopped && (rc == CLAQUE_OK || rc == CLAQUE_DONE)) {
		bool any = *at < now->count && now->list[*at].number <= range->last;
		const struct block *is = any ? &now->list[*at] : &none;
		struct block empty = { .number = was.number < is->number ? was.number : is->number };

		if (!any && rc == CLAQUE_DONE)
			break;
		if (was.number != is->number)
			c->stopped = !c->differs(c->ctx, was.number < is->number ? &was : &empty,
						 was.number < is->number ? &empty : is);
		else if (!is_same(&was, is))
			c->stopped = !c->differs(c->ctx, &was, is);
		*at += is->number == empty.number;
		if (was.number == empty.number)
			rc = next_kept(s, kept, &was, err);
	}
	(void)sqlite3_reset(kept);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

static enum claque_rc
compare(struct store *s, const struct digest_table *t, const struct blocks *now,
	struct comparison *c, struct claque_err *err)
{
	sqlite3_stmt *kept;
	size_t at = 0;
	enum claque_rc rc = stmt_prepare(s, "SELECT block, rows, last, sum, weighted, digest"
					 " FROM table_digest WHERE name = ?1 AND block BETWEEN ?2"
					 " AND ?3 ORDER BY block", &kept, err);

	if (rc != CLAQUE_OK)
		return rc;
	bind_str(kept, 1, str_of(t->name));
	for (size_t i = 0; i < now->range_count && rc == CLAQUE_OK && !c->stopped; i++)
		rc = compare_range(s, kept, now, &at, &now->ranges[i], c, err);
	(void)sqlite3_finalize(kept);
	return rc;
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

enum claque_rc
digest_mark_blocks(struct store *s, const struct digest_table *t, const struct blocks *now,
		   struct claque_err *err)
{
	struct marking m = { .s = s, .rc = CLAQUE_OK, .err = err };
	struct comparison c = { .ctx = &m, .differs = mark_block };
	enum claque_rc rc = stmt_prepare(s, "INSERT INTO table_digest VALUES(?1, ?2, 0, 0, 0, 0, x'',"
					 " 1) ON CONFLICT(name, block) DO UPDATE SET broken = 1",
					 &m.st, err);

	if (rc == CLAQUE_OK) {
		bind_str(m.st, 1, str_of(t->name));
		rc = compare(s, t, now, &c, err);
	}
	(void)sqlite3_finalize(m.st);
	return rc == CLAQUE_OK ? m.rc : rc;
}

static enum claque_rc
mark_table(struct store *s, const struct digest_table *t, struct claque_err *err)
{
	struct blocks now = { 0 };
	int64_t start;
	enum claque_rc rc = digest_find_start(s, t, &start, err);

	blocks_add_range(&now, start, BLOCK_LAST);
	if (rc == CLAQUE_OK)
		rc = blocks_read(&now, s, t, err);
	if (rc == CLAQUE_OK)
		rc = digest_mark_blocks(s, t, &now, err);
	blocks_done(&now);
	return rc;
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
	for (size_t i = 0; rc == CLAQUE_OK && i < digest_tables() && whole; i++) {
		const struct digest_table *t = digest_table_at(i);

		if ((t->which & which) == 0)
			continue;
		rc = digest_kept_number(s, "SELECT count(*) FROM table_digest WHERE name = ?1", t,
					&kept, err);
		if (rc == CLAQUE_OK && kept > 0)
			rc = mark_table(s, t, err);
	}
	if (rc == CLAQUE_OK)
		rc = store_commit(s, err);
	if (rc != CLAQUE_OK)
		store_rollback(s);
	return rc;
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
	const struct digest_table *t = digest_table_at(table);
	struct checking checking = { s, t, out };
	struct comparison c = { .ctx = &checking, .differs = name_block };
	struct blocks now = { 0 };
	int64_t keys[] = { 0, INT64_MAX };
	bool whole;
	enum claque_rc rc = digest_is_whole(s, &whole, err);

	*out = (struct digest_outcome){ 0 };
	if (rc != CLAQUE_OK || (!whole && !t->grows && (t->which & DIGEST_IMPORT) != 0))
		return rc;
	if (!whole && (t->which & DIGEST_IMPORT) != 0)
		rc = digest_kept_number(s, "SELECT coalesce(max(last), 0) FROM table_digest"
					" WHERE name = ?1", t, &keys[1], err);
	blocks_add_range(&now, 0, BLOCK_LAST);
	if (rc == CLAQUE_OK)
		rc = blocks_read_keys(&now, s, t, keys, err);
	if (rc == CLAQUE_OK)
		rc = compare(s, t, &now, &c, err);
	for (size_t i = 0; i < now.count; i++)
		out->rows += now.list[i].rows;
	blocks_done(&now);
	return rc;
}
