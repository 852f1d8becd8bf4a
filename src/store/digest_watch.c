/*
 * digest_watch.c - which blocks an import wrote to, so that only those are read again.
 *
 * SQLite tells of each row that this connection inserts, updates or deletes (its update
 * hook), whichever statement did it: no list of statements has to be kept in step. It does
 * not tell of tables without a rowid, of which extra_row is the only one here: its rows
 * belong to an input, and that input's own row is written with them. Nor does it tell the
 * id that a row had before it moved: shares move from behind into places left free
 * (copies.c), so their end is looked at before each commit.
 *
 * Before a transaction with a block that was not written to before is committed, the block
 * is read once more by another connection, which still sees it as it was, and compared
 * with its digest: so an import vouches for nothing that was altered before it. A table
 * that two connections cannot see at once (no write-ahead log) is not watched.
 *
 * All of this is in memory. What a killed import wrote to nobody knows, and `undigested`
 * stays 1: the next one then reads everything.
 */
#include "config.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/map.h"
#include "store/digest_impl.h"

enum { EXTRA_BITS = 32, TABLE_BITS = 5 };	/* of extra_row's key: the row in its input */

struct touched {
	size_t table;
	struct block_range blocks;
};

struct digest_watch {
	struct store *s, *before;	/* before: sees what was committed */
	bool whole;			/* from the start on, all was digested */
	int64_t version;		/* of the case, at the start */
	bool kept[DIGEST_TABLES_MAX];	/* is watched and has blocks: compared with them */
	unsigned which;			/* tables that are watched now */
	size_t table;			/* of the last row; digest_tables(): none */
	int64_t block;
	struct set64 seen;
	struct touched *list;
	size_t count, cap, settled;	/* settled: so many were compared */
};

static size_t
table_named(const char *name)
{
	size_t i = 0;

	while (i < digest_tables() && strcmp(digest_table(i), name) != 0)
		i++;
	return i;
}

static void
touch(struct digest_watch *w, size_t table, int64_t first, int64_t last)
{
	if (!set64_add(&w->seen, (uint64_t)first << TABLE_BITS | table))
		return;
	GROW(w->list, w->cap, w->count + 1);
	w->list[w->count++] = (struct touched){ table, { first, last } };
}

/* The cells beside the columns of one input. */
static void
touch_extras(struct digest_watch *w, int64_t input)
{
	const int bits = EXTRA_BITS - BLOCK_BITS;

	touch(w, table_named("extra_row"), input << bits, ((input + 1) << bits) - 1);
}

static void
on_update(void *ctx, int what, const char *schema, const char *name, sqlite3_int64 row)
{
	struct digest_watch *w = ctx;

	(void)what;
	if (strcmp(schema, "main") != 0)
		return;
	if (w->table >= digest_tables() || strcmp(digest_table(w->table), name) != 0) {
		w->table = table_named(name);
		w->block = -1;
	}
	if (w->table >= digest_tables() || (digest_table_at(w->table)->which & w->which) == 0)
		return;
	if (strcmp(name, "input_file") == 0)
		touch_extras(w, row);
	if (w->block == row >> BLOCK_BITS)
		return;
	w->block = row >> BLOCK_BITS;
	touch(w, w->table, w->block, w->block);
}

static int
by_block(const void *a, const void *b)
{
	const struct block_range *x = a, *y = b;

	return (x->first > y->first) - (x->first < y->first);
}

/* In order; neighbours are one. */
static void
join_ranges(struct blocks *b)
{
	size_t n = 0;

	if (b->range_count > 1)
		qsort(b->ranges, b->range_count, sizeof(*b->ranges), by_block);
	for (size_t i = 1; i < b->range_count; i++) {
		if (b->ranges[i].first <= b->ranges[n].last + 1)
			b->ranges[n].last = b->ranges[i].last > b->ranges[n].last ?
					    b->ranges[i].last : b->ranges[n].last;
		else
			b->ranges[++n] = b->ranges[i];
	}
	b->range_count = b->range_count > 0 ? n + 1 : 0;
}

static void
add_touched(const struct digest_watch *w, size_t table, size_t from, struct blocks *out)
{
	for (size_t i = from; i < w->count; i++)
		if (w->list[i].table == table)
			blocks_add_range(out, w->list[i].blocks.first, w->list[i].blocks.last);
	join_ranges(out);
}

enum claque_rc
digest_watch_plan(struct digest_watch *w, size_t table, struct blocks *out, bool *planned,
		  struct claque_err *err)
{
	int64_t version;
	enum claque_rc rc = store_version(w->s, &version, err);

	*planned = rc == CLAQUE_OK && w->whole && w->kept[table] && version == w->version;
	if (*planned)
		add_touched(w, table, 0, out);
	return rc;
}

/* --- before a commit */

/* Shares that went from the end, or moved away from there. */
static enum claque_rc
touch_end(struct digest_watch *w, struct claque_err *err)
{
	static const char sql[] = "SELECT max(id) FROM share";
	int64_t was = 0, is = 0;
	enum claque_rc rc = store_number(w->before, sql, 0, &was, err);

	if (rc == CLAQUE_OK)
		rc = store_number(w->s, sql, 0, &is, err);
	for (int64_t b = is >> BLOCK_BITS; rc == CLAQUE_OK && is < was && b <= was >> BLOCK_BITS; b++)
		touch(w, table_named("share"), b, b);
	return rc;
}

static enum claque_rc
settle_table(struct digest_watch *w, size_t table, struct claque_err *err)
{
	const struct digest_table *t = digest_table_at(table);
	struct blocks was = { 0 };
	enum claque_rc rc = CLAQUE_OK;

	add_touched(w, table, w->settled, &was);
	if (was.range_count > 0)
		rc = blocks_read(&was, w->before, t, err);
	if (rc == CLAQUE_OK && was.range_count > 0)
		rc = digest_mark_blocks(w->s, t, &was, err);
	blocks_done(&was);
	return rc;
}

enum claque_rc
digest_watch_settle(struct digest_watch *w, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	if (!w->whole)
		return CLAQUE_OK;
	rc = touch_end(w, err);
	if (w->settled == w->count)
		return rc;
	for (size_t i = 0; i < digest_tables() && rc == CLAQUE_OK; i++)
		if (w->kept[i])
			rc = settle_table(w, i, err);
	if (rc == CLAQUE_OK)
		w->settled = w->count;
	return rc;
}

/* --- from when to when */

static enum claque_rc
look_at_kept(struct digest_watch *w, struct claque_err *err)
{
	enum claque_rc rc = digest_is_whole(w->s, &w->whole, err);
	int64_t kept;

	for (size_t i = 0; i < digest_tables() && rc == CLAQUE_OK; i++) {
		rc = digest_kept_number(w->s, "SELECT EXISTS(SELECT 1 FROM table_digest"
					" WHERE name = ?1)", digest_table_at(i), &kept, err);
		w->kept[i] = kept != 0 && (digest_table_at(i)->which & w->which) != 0;
	}
	return rc;
}

static bool
has_log(struct store *s)
{
	struct claque_err err;
	sqlite3_stmt *st;
	bool wal = false;

	if (stmt_prepare(s, "PRAGMA journal_mode", &st, &err) != CLAQUE_OK)
		return false;
	if (stmt_step(s, st, &err) == CLAQUE_OK)
		wal = str_eq(column_str(st, 0), STR("wal"));
	(void)sqlite3_finalize(st);
	return wal;
}

enum claque_rc
digest_watch_start(struct store *s, bool *watched, struct claque_err *err)
{
	struct digest_watch *w;
	enum claque_rc rc;

	*watched = false;
	if (s->watch != NULL || !has_log(s))
		return CLAQUE_OK;
	w = calloc(1, sizeof(*w));
	if (w == NULL)
		base_oom();
	*w = (struct digest_watch){ .s = s, .which = DIGEST_IMPORT, .table = digest_tables() };
	set64_init(&w->seen);
	s->watch = w;
	rc = store_version(s, &w->version, err);
	if (rc == CLAQUE_OK)
		rc = look_at_kept(w, err);
	if (rc == CLAQUE_OK)
		rc = store_open(&w->before, s->path, STORE_READ, err);
	if (rc != CLAQUE_OK) {
		digest_watch_stop(s);
		return rc;
	}
	(void)sqlite3_update_hook(s->db, on_update, w);
	*watched = true;
	return CLAQUE_OK;
}

void
digest_watch_extras(struct store *s)
{
	if (s->watch != NULL)
		touch(s->watch, table_named("extra_row"), 0, BLOCK_LAST);
}

void
digest_watch_narrow(struct store *s, unsigned which)
{
	if (s->watch != NULL)
		s->watch->which = which;
}

bool
digest_watch_wrote(const struct store *s)
{
	return s->watch != NULL && s->watch->count > 0;
}

void
digest_watch_stop(struct store *s)
{
	struct digest_watch *w = s->watch;

	if (w == NULL)
		return;
	(void)sqlite3_update_hook(s->db, NULL, NULL);
	store_close(w->before);
	set64_done(&w->seen);
	free(w->list);
	free(w);
	s->watch = NULL;
}
