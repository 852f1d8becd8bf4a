/*
 * writer.c - inputs and batches.
 *
 * A batch is BATCH_ROWS input rows in one transaction, with the progress of
 * the input in the same transaction: so a kill loses a batch, never a row in
 * the middle. Ids and hashes live in memory and are ahead of the case while a
 * batch is open; after a rollback the writer therefore refuses to go on.
 *
 * Only one writer may add rows, because another one's rows would be unknown
 * here. It is not kept out by a lock, which would also keep out the analyst's
 * notes, but noticed: at the start of each batch, if another connection has
 * committed anything, the last ids must still be ours.
 *
 * Foreign keys are not checked while importing: every id that is written was
 * given by this writer a moment ago, and the check is two B-tree probes a row.
 */
#include "config.h"

#include "store/writer_state.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/err.h"
#include "store/schema.h"

enum {
	BATCH_ROWS = 20000,
	REFUSED_KEPT = 100000,		/* stored of one input; all are counted */
	KEY_BYTES_MAX = (2 << 20) + 2,	/* of a platform and an id, each as long as a cell may be */
	SCRATCH_BYTES = 1 << 12,	/* a name for what somebody forgotten wrote */
};

/* X(column, parameter) */
#define PROFILE_SET(X) \
	X(handle, 2) X(display_name, 3) X(location, 4) X(bio, 5) X(url, 6) X(avatar_hash, 7) \
	X(avatar_tag, 8) X(lang, 9) X(created_at, 10) X(observed_at, 11) X(followers, 12) \
	X(following, 13) X(posts_total, 14) X(verified, 15)

static const char *const statements[ST_COUNT] = {
#define X(name, n) ", " #name " = coalesce(?" #n ", " #name ")"
	[ST_ACCOUNT_NEWER] = "UPDATE account SET profiled = 1" PROFILE_SET(X) " WHERE id = ?1",
#undef X
#define X(name, n) ", " #name " = coalesce(" #name ", ?" #n ")"
	[ST_ACCOUNT_OLDER] = "UPDATE account SET profiled = 1" PROFILE_SET(X) " WHERE id = ?1",
#undef X
	[ST_ACCOUNT_PLATFORM] = "UPDATE account SET platform = ?2 WHERE id = ?1",
	[ST_ACCOUNT_HANDLE] = "UPDATE account SET handle = ?2 WHERE id = ?1",
	[ST_SOURCE_AUTHOR] = "UPDATE source SET author = ?2 WHERE id = ?1",
	[ST_CHANGE] = "INSERT INTO profile_change(id, account, at, field, old_value, new_value,"
		" input_file, row) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
	[ST_INDICATOR] = "INSERT INTO indicator(id, kind, value, raw, platform, tactic, technique,"
		" procedure, role, note, published, count, input_file, row) VALUES(?1, ?2, ?3, ?4,"
		" ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
	[ST_PORTRAIT] = "UPDATE account SET avatar_hash = ?2 WHERE id = ?1"
		" AND avatar_hash IS NOT ?2",
	[ST_REFUSED] = "INSERT INTO refused_row(reason, input_file, row) VALUES(?1, ?2, ?3)",
	[ST_INPUT_PROGRESS] = "UPDATE input_file SET last_row = ?2, rows = ?3, taken = ?4,"
		" duplicates = ?5, refused = ?6, posts = ?7, accounts = ?8, changes = ?9,"
		" indicators = ?10, shares = ?11, partly = ?12, done = ?13, ended_at = ?14"
		" WHERE id = ?1",
	[ST_DATA_VERSION] = "PRAGMA data_version",
	[ST_POSTERS] = "SELECT account FROM post WHERE native_id = ?1",
#define X(id, table) ", (SELECT max(id) FROM " #table ")"
	[ST_LAST_IDS] = "SELECT 0" WRITER_TABLE_LIST(X),
#undef X
};

static const struct bulk_table bulk_tables[BULK_COUNT] = {
	[BULK_ACCOUNT] = { "account", "INSERT INTO account(id, platform, native_id, "
		PROFILE_COLUMNS ", profiled, input_file, row)", 3 + PROFILE_COLUMN_COUNT + 3 },
	[BULK_SNAPSHOT] = { "snapshot", "INSERT INTO profile_snapshot(id, account, basis, "
		PROFILE_COLUMNS ", input_file, row)", 3 + PROFILE_COLUMN_COUNT + 2 },
	[BULK_SOURCE] = { "source", "INSERT INTO source(id, author, kind, key, input_file, row)", 6 },
	[BULK_POST] = { "post", "INSERT INTO post(id, account, native_id, at, precision, kind, text,"
		" lang, client, urls, likes, shares, replies, deleted_at, input_file, row)", 16 },
	[BULK_SHARE] = { "share", "INSERT INTO share(id, post, account, source, act, at, basis,"
		" input_file, row)", 9 },
	[BULK_EXTRA] = { "extra", "INSERT OR IGNORE INTO extra_row(cells, input_file, row)", 3 },
};

static enum claque_rc
read_data_version(struct writer *w, int64_t *out, struct claque_err *err)
{
	enum claque_rc rc = stmt_step(w->s, w->st[ST_DATA_VERSION], err);

	*out = rc == CLAQUE_OK ? column_i64(w->st[ST_DATA_VERSION], 0, 0) : 0;
	(void)sqlite3_reset(w->st[ST_DATA_VERSION]);
	return rc;
}

static enum claque_rc
check_alone(struct writer *w, struct claque_err *err)
{
	int64_t version;
	bool same = true;
	enum claque_rc rc;

	rc = read_data_version(w, &version, err);
	if (rc != CLAQUE_OK || version == w->data_version)
		return rc;
	w->data_version = version;
	rc = stmt_step(w->s, w->st[ST_LAST_IDS], err);
	for (int i = 0; rc == CLAQUE_OK && i < TABLE_COUNT; i++)
		same &= column_i64(w->st[ST_LAST_IDS], i + 1, 0) == w->last[i];
	(void)sqlite3_reset(w->st[ST_LAST_IDS]);
	if (rc == CLAQUE_OK && !same)
		return err_set(err, CLAQUE_EBUSY, "%s: another import is writing into this case;"
			       " run this one again when it is done", w->s->path);
	return rc;
}

static void
abandon(struct writer *w)
{
	store_rollback(w->s);
	for (int i = 0; i < BULK_COUNT; i++)
		bulk_clear(&w->bulk[i]);
	w->broken = true;
}

enum claque_rc
writer_flush(struct writer *w, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	for (int i = 0; rc == CLAQUE_OK && i < BULK_COUNT; i++)
		rc = bulk_flush(&w->bulk[i], err);
	return rc;
}

static enum claque_rc
open_batch(struct writer *w, struct claque_err *err)
{
	enum claque_rc rc;

	if (w->s->in_transaction && !w->broken)
		return CLAQUE_OK;
	if (w->broken || w->in.id == 0)
		return err_set(err, CLAQUE_EUSAGE, "%s: %s", w->s->path, w->broken ?
			       "an earlier batch failed; open the case again" : "no input is open");
	rc = store_begin(w->s, err);
	if (rc == CLAQUE_OK)
		rc = check_alone(w, err);
	if (rc != CLAQUE_OK)
		abandon(w);
	return rc;
}

/*
 * With each batch, for whoever opens the case meanwhile may have refreshed what is derived,
 * and an import that ends meanwhile calls all digested.
 */
static enum claque_rc
tell_stale(struct writer *w, struct claque_err *err)
{
	bool accounts = w->accounts_changed;

	w->accounts_changed = false;
	return store_exec(w->s, accounts ? "INSERT OR REPLACE INTO state VALUES('totals_stale', 1),"
			  " ('undigested', 1), ('accounts_stale', 1)" : "INSERT OR REPLACE INTO state"
			  " VALUES('totals_stale', 1), ('undigested', 1)", err);
}

static enum claque_rc
close_batch(struct writer *w, bool done, struct claque_err *err)
{
	enum claque_rc rc;

	rc = writer_flush(w, err);
	if (rc == CLAQUE_OK)
		rc = tell_stale(w, err);
	if (rc == CLAQUE_OK)
		rc = writer_input_progress(w, done, err);
	if (rc == CLAQUE_OK)
		rc = store_commit(w->s, err);
	if (rc != CLAQUE_OK)
		abandon(w);
	w->batch_rows = 0;
	return rc;
}

/* A reader that skips too little after a resume does no harm. */
static bool
is_done_before(struct writer *w, uint64_t row)
{
	if (row > w->in.resume_row)
		w->in.resume_row = 0;
	return w->in.resume_row != 0;
}

static enum claque_rc
on_put(void *ctx, uint64_t row, const struct record *r, bool *duplicate, struct claque_err *err)
{
	struct writer *w = ctx;
	enum claque_rc rc;

	*duplicate = false;
	if (is_done_before(w, row))
		return CLAQUE_OK;
	rc = open_batch(w, err);
	if (rc != CLAQUE_OK)
		return rc;
	w->in.row_open = true;
	if (writer_is_forgotten(w, r)) {
		w->in.row_refused = true;
		w->in.totals.forgotten++;
		return CLAQUE_OK;
	}
	rc = writer_put(w, row, r, duplicate, err);
	if (rc != CLAQUE_OK)
		abandon(w);
	w->in.row_taken += !*duplicate;
	w->in.row_duplicates += *duplicate;
	return rc;
}

static enum claque_rc
on_refuse(void *ctx, uint64_t row, struct claque_str reason, struct claque_err *err)
{
	struct writer *w = ctx;
	sqlite3_stmt *st = w->st[ST_REFUSED];
	enum claque_rc rc;

	if (is_done_before(w, row))
		return CLAQUE_OK;
	rc = open_batch(w, err);
	if (rc != CLAQUE_OK)
		return rc;
	w->in.row_open = true;
	w->in.row_refused = true;
	if (w->in.totals.refused + w->in.totals.partly >= REFUSED_KEPT)
		return CLAQUE_OK;
	bind_str(st, 1, reason.p == NULL ? STR("") : reason);
	bind_i64(st, 2, w->in.id);
	bind_i64(st, 3, (int64_t)row);
	rc = stmt_run(w->s, st, err);
	if (rc != CLAQUE_OK)
		abandon(w);
	return rc;
}

static void
count_row(struct writer_input *in, uint64_t row)
{
	in->totals.rows++;
	in->last_row = row;
	if (in->row_taken > 0)
		in->totals.taken++;
	else if (in->row_duplicates > 0)
		in->totals.duplicates++;
	else
		in->totals.refused += in->row_refused;
	in->totals.partly += in->row_refused && in->row_taken + in->row_duplicates > 0;
	in->row_open = in->row_refused = false;
	in->row_taken = in->row_duplicates = 0;
}

static enum claque_rc
on_row_done(void *ctx, uint64_t row, struct claque_err *err)
{
	struct writer *w = ctx;
	enum claque_rc rc;

	if (is_done_before(w, row))
		return CLAQUE_OK;
	rc = open_batch(w, err);
	if (rc != CLAQUE_OK)
		return rc;
	count_row(&w->in, row);
	return ++w->batch_rows < BATCH_ROWS ? CLAQUE_OK : close_batch(w, false, err);
}

struct record_sink
writer_sink(struct writer *w)
{
	return (struct record_sink){ w, on_put, on_refuse, on_row_done };
}

static enum claque_rc
prepare_all(struct writer *w, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	for (int i = 0; rc == CLAQUE_OK && i < ST_COUNT; i++)
		rc = stmt_prepare(w->s, statements[i], &w->st[i], err);
	for (int i = 0; rc == CLAQUE_OK && i < BULK_COUNT; i++)
		rc = bulk_open(&w->bulk[i], w->s, &bulk_tables[i], err);
	return rc;
}

static enum claque_rc
load(struct writer *w, const struct claque_progress *progress, struct claque_err *err)
{
	enum claque_rc rc;

	rc = store_begin(w->s, err);
	if (rc != CLAQUE_OK)
		return rc;
	rc = read_data_version(w, &w->data_version, err);
	if (rc == CLAQUE_OK)
		rc = writer_load(w, progress, err);
	store_rollback(w->s);
	return rc;
}

enum claque_rc
writer_new(struct writer **out, struct store *s, const struct claque_progress *progress,
	   struct claque_err *err)
{
	struct writer *w = calloc(1, sizeof(*w));
	enum claque_rc rc;

	*out = NULL;
	if (w == NULL)
		base_oom();
	w->s = s;
	w->progress = progress;
	buf_init(&w->key, KEY_BYTES_MAX);
	w->scratch = arena_new(SCRATCH_BYTES);
	/* 64 MB of cache and of log before a checkpoint: appends, few rewrites. */
	rc = store_exec(s, "PRAGMA foreign_keys = OFF; PRAGMA cache_size = -65536;"
			"PRAGMA wal_autocheckpoint = 8192", err);
	if (rc == CLAQUE_OK)
		rc = prepare_all(w, err);
	if (rc == CLAQUE_OK)
		rc = load(w, progress, err);
	if (rc == CLAQUE_OK)
		rc = forgotten_load(s, &w->forgotten, err);
	if (rc == CLAQUE_OK)
		*out = w;
	else
		writer_free(w);
	return rc;
}

/*
 * An input that may be a fair part of the case is worth dropping the indexes, and reading
 * which posts are there; for a small one they are looked up by an index.
 */
static enum claque_rc
make_ready(struct writer *w, const struct input_info *input, struct claque_err *err)
{
	enum { FAIR_PART = 4 };
	int64_t pages = 0, page_size = 0;
	bool large;
	enum claque_rc rc;

	rc = store_number(w->s, "PRAGMA page_count", 0, &pages, err);
	if (rc == CLAQUE_OK)
		rc = store_number(w->s, "PRAGMA page_size", 0, &page_size, err);
	large = !w->of_known && input->bytes * FAIR_PART >= (uint64_t)(pages * page_size);
	if (rc == CLAQUE_OK && large)
		rc = writer_know_posts(w, w->progress, err);
	if (rc == CLAQUE_OK && large)
		rc = schema_drop_indexes(w->s, err);
	if (rc == CLAQUE_OK)
		rc = store_exec(w->s, "INSERT OR REPLACE INTO state"
				" VALUES('totals_stale', 1), ('undigested', 1)", err);
	return rc;
}

void
writer_tell_of_known(struct writer *w)
{
	w->of_known = true;
}

enum claque_rc
writer_begin_input(struct writer *w, const struct input_info *input, uint64_t *skip,
		   bool *done_before, struct claque_err *err)
{
	enum claque_rc rc;

	*skip = 0;
	*done_before = false;
	if (w->broken || w->s->in_transaction)
		return err_set(err, CLAQUE_EUSAGE, "%s: the input before this one was not ended",
			       w->s->path);
	w->in = (struct writer_input){ 0 };
	rc = store_begin(w->s, err);
	if (rc == CLAQUE_OK)
		rc = check_alone(w, err);
	if (rc == CLAQUE_OK)
		rc = writer_input_begin(w, input, done_before, err);
	if (rc == CLAQUE_OK && !*done_before)
		rc = make_ready(w, input, err);
	if (rc == CLAQUE_OK)
		rc = store_commit(w->s, err);
	if (rc != CLAQUE_OK)
		abandon(w);
	else if (*done_before)
		w->in.id = 0;
	*skip = w->in.totals.rows;
	return rc;
}

enum claque_rc
writer_commit(struct writer *w, struct claque_err *err)
{
	return w->s->in_transaction && !w->broken ? close_batch(w, false, err) : CLAQUE_OK;
}

enum claque_rc
writer_end_input(struct writer *w, struct input_totals *out, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	if (w->in.id != 0) {
		rc = open_batch(w, err);
		if (rc == CLAQUE_OK)
			rc = close_batch(w, true, err);
	}
	*out = w->in.totals;
	w->in.id = 0;
	return rc;
}

/* A row that is not whole does not stay. */
void
writer_leave_input(struct writer *w)
{
	struct claque_err err;

	if (w->s->in_transaction && (w->in.row_open || close_batch(w, false, &err) != CLAQUE_OK))
		abandon(w);
	w->in = (struct writer_input){ 0 };
}

bool
writer_is_broken(const struct writer *w)
{
	return w->broken;
}

enum claque_rc
writer_finish(struct writer *w, const struct claque_progress *progress, struct claque_err *err)
{
	enum claque_rc rc;

	writer_leave_input(w);
	writer_forget(w);
	store_watch(w->s, progress);
	rc = schema_repair(w->s, err);
	store_unwatch(w->s);
	return rc;
}

void
writer_free(struct writer *w)
{
	if (w == NULL)
		return;
	store_rollback(w->s);
	for (int i = 0; i < ST_COUNT; i++)
		(void)sqlite3_finalize(w->st[i]);
	for (int i = 0; i < BULK_COUNT; i++)
		bulk_done(&w->bulk[i]);
	(void)sqlite3_exec(w->s->db, "PRAGMA foreign_keys = ON; PRAGMA cache_size = -2000;"
			   "PRAGMA wal_autocheckpoint = 1000", NULL, NULL, NULL);
	writer_forget(w);
	map_done(&w->accounts);
	map_done(&w->ids);
	free(w->with_id);
	map_done(&w->sources);
	buf_done(&w->key);
	arena_free(w->scratch);
	forgotten_free(w->forgotten);
	free(w->known);
	free(w->authored);
	free(w);
}
