/*
 * writer_known.c - what the case holds already, as hashes in memory.
 *
 * Loaded by sequential scans when a writer starts, so that the rows of an
 * import need no B-tree probe: on a case that outgrows the page cache each
 * probe is a random read, and a million of them take minutes. What only some
 * inputs need is loaded when the first record of that sort comes. Posts are not loaded
 * for an input that is small beside the case: there a probe each costs less.
 */
#include "config.h"

#include "store/writer_state.h"

#include <stdlib.h>

#include "base/err.h"
#include "store/schema.h"

enum { TICK_ROWS = 1 << 14 };

static uint64_t
add_text(uint64_t h, struct claque_str s)
{
	return hash_mix(h, s.p == NULL ? 1 : hash_bytes(s, 2));	/* missing is not empty */
}

/*
 * A post is its platform and native id; one without an id is its account,
 * time and text.
 */
uint64_t
writer_post_hash(const struct writer *w, uint32_t account, const struct post_record *r)
{
	uint64_t h = w->known[account].posts_seed;

	if (r->id.len > 0)
		return hash_mix(h, hash_bytes(r->id, 0));
	h = hash_mix(hash_mix(account, (uint64_t)r->at), r->kind);
	return add_text(add_text(h, r->text), r->urls);
}

uint64_t
writer_share_hash(int64_t post, int64_t source, unsigned act)
{
	return hash_mix(hash_mix((uint64_t)post, (uint64_t)source), act);
}

uint64_t
writer_change_hash(uint32_t account, const struct change_record *r)
{
	uint64_t h = hash_mix(account, (uint64_t)r->at);

	return add_text(add_text(add_text(h, r->field), r->old_value), r->new_value);
}

uint64_t
writer_profile_hash(uint32_t account, const struct account_record *r)
{
	const struct claque_str texts[] = { r->handle, r->display_name, r->location, r->bio, r->url,
		r->avatar_hash, r->avatar_tag, r->lang };
	const int64_t numbers[] = { r->created_at, r->observed_at, r->followers, r->following,
		r->posts_total, r->verified };
	uint64_t h = account;

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		h = add_text(h, texts[i]);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		h = hash_mix(h, (uint64_t)numbers[i]);
	return h;
}

/* The number of exactly this platform and id. */
static uint32_t
add_exact(struct writer *w, struct claque_str platform, struct claque_str id, bool *is_new)
{
	uint32_t number, place;
	bool first;

	buf_clear(&w->key);
	buf_add(&w->key, platform);
	buf_addc(&w->key, '\0');
	buf_add(&w->key, id);
	number = map_add(&w->accounts, buf_str(&w->key), is_new);
	if (!*is_new)
		return number;
	GROW(w->known, w->known_cap, w->accounts.count);
	w->known[number] = (struct known_account){
		.platform_hash = hash_bytes(platform, 0), .posts_seed = hash_bytes(platform, 0),
		.observed_at = CLAQUE_NO_TIME };
	place = map_add(&w->ids, id, &first);
	GROW(w->with_id, w->with_id_cap, w->ids.count);
	w->with_id[place] = first ? number : (uint32_t)MAP_NONE;
	return number;
}

/*
 * A row that does not tell the platform means the account of that id, if there
 * is one only; and an account whose platform was not told so far is the one that
 * a row with a platform means. profile_changes.csv, say, may tell ids alone.
 */
uint32_t
writer_add_account(struct writer *w, struct claque_str platform, struct claque_str id,
		   enum account_news *news)
{
	uint32_t place = map_get(&w->ids, id), only, number;
	uint64_t nowhere = hash_bytes(STR(""), 0);
	bool is_new;

	buf_clear(&w->key);	/* its `over` is looked at afterwards */
	only = place == MAP_NONE ? (uint32_t)MAP_NONE : w->with_id[place];
	*news = ACCOUNT_KNOWN;
	if (only != MAP_NONE && platform.len == 0)
		return only;
	if (only != MAP_NONE && w->known[only].platform_hash == nowhere) {
		w->known[only].platform_hash = hash_bytes(platform, 0);
		*news = ACCOUNT_PLACED;
		return only;
	}
	if (only != MAP_NONE && w->known[only].platform_hash == hash_bytes(platform, 0))
		return only;
	number = add_exact(w, platform, id, &is_new);
	*news = is_new ? ACCOUNT_NEW : ACCOUNT_KNOWN;
	return number;
}

uint32_t
writer_add_source(struct writer *w, enum claque_object_kind kind, struct claque_str key,
		  bool *is_new)
{
	uint32_t number;

	buf_clear(&w->key);
	buf_addc(&w->key, (char)kind);
	buf_add(&w->key, key);
	number = map_add(&w->sources, buf_str(&w->key), is_new);
	if (*is_new) {
		GROW(w->authored, w->authored_cap, w->sources.count);
		w->authored[number] = false;
	}
	return number;
}

void
writer_remember_post(struct writer *w, uint64_t hash, int64_t id)
{
	uint32_t number = map_add(&w->post_numbers,
				  (struct claque_str){ (const char *)&hash, sizeof(hash) }, NULL);

	GROW(w->post_ids, w->post_ids_cap, w->post_numbers.count);
	w->post_ids[number] = id;
}

/* Runs each(w, st) on the rows of a query, those on their way too; progress may be NULL. */
static enum claque_rc
scan(struct writer *w, const char *sql, void (*each)(struct writer *w, sqlite3_stmt *st),
     const struct claque_progress *progress, struct claque_err *err)
{
	sqlite3_stmt *st;
	uint64_t rows = 0;
	enum claque_rc rc = writer_flush(w, err);

	if (rc == CLAQUE_OK)
		rc = stmt_prepare(w->s, sql, &st, err);
	if (rc != CLAQUE_OK)
		return rc;
	while ((rc = stmt_step(w->s, st, err)) == CLAQUE_OK) {
		each(w, st);
		if (++rows % TICK_ROWS == 0 && progress != NULL && progress->tick != NULL &&
		    !progress->tick(progress->ctx, "reading the case", rows, 0)) {
			rc = CLAQUE_STOPPED;
			break;
		}
	}
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

static void
load_account(struct writer *w, sqlite3_stmt *st)
{
	bool is_new;
	uint32_t number = add_exact(w, column_str(st, 0), column_str(st, 1), &is_new);

	w->known[number].observed_at = column_i64(st, 2, CLAQUE_NO_TIME);
	w->known[number].profiled = column_i64(st, 3, 0) != 0;
	w->known[number].has_handle = column_i64(st, 4, 0) != 0;
}

static void
load_source(struct writer *w, sqlite3_stmt *st)
{
	bool is_new;
	uint32_t number = writer_add_source(w, (enum claque_object_kind)column_i64(st, 0, 0),
					    column_str(st, 1), &is_new);

	w->authored[number] = column_i64(st, 2, 0) != 0;
}

/* An account number that a post names; damaged cases must not index past the end. */
static bool
account_of(struct writer *w, sqlite3_stmt *st, int column, uint32_t *out)
{
	int64_t id = column_i64(st, column, 0);

	*out = (uint32_t)(id - 1);
	return id >= 1 && id <= w->accounts.count;
}

static void
load_post(struct writer *w, sqlite3_stmt *st)
{
	struct post_record r = { .id = column_str(st, 1) };
	uint32_t account;

	if (r.id.len > 0 && account_of(w, st, 0, &account))
		(void)set64_add(&w->posts, writer_post_hash(w, account, &r));
}

static enum claque_rc
load_last_ids(struct writer *w, struct claque_err *err)
{
	enum claque_rc rc = stmt_step(w->s, w->st[ST_LAST_IDS], err);

	for (int i = 0; rc == CLAQUE_OK && i < TABLE_COUNT; i++)
		w->last[i] = column_i64(w->st[ST_LAST_IDS], i + 1, 0);
	(void)sqlite3_reset(w->st[ST_LAST_IDS]);
	return rc;
}

enum claque_rc
writer_load(struct writer *w, const struct claque_progress *progress, struct claque_err *err)
{
	enum claque_rc rc;

	rc = load_last_ids(w, err);
	if (rc == CLAQUE_OK)
		rc = scan(w, "SELECT platform, native_id, observed_at, profiled, handle IS NOT NULL"
			  " FROM account ORDER BY id", load_account, progress, err);
	if (rc == CLAQUE_OK)
		rc = scan(w, "SELECT kind, key, author IS NOT NULL FROM source ORDER BY id",
			  load_source, progress, err);
	if (rc == CLAQUE_OK &&
	    (w->accounts.count != w->last[TABLE_ACCOUNT] ||
	     w->sources.count != w->last[TABLE_SOURCE]))
		return err_set(err, CLAQUE_EINPUT, "%s: accounts or sources were removed or"
			       " doubled by another program; import the inputs into a new case",
			       w->s->path);
	return rc;
}

enum claque_rc
writer_know_posts(struct writer *w, const struct claque_progress *progress,
		  struct claque_err *err)
{
	if (w->knows_posts)
		return CLAQUE_OK;
	w->knows_posts = true;
	return scan(w, "SELECT account, native_id FROM post", load_post, progress, err);
}

static void
load_unnamed(struct writer *w, sqlite3_stmt *st)
{
	struct post_record r = { .at = column_i64(st, 1, CLAQUE_NO_TIME),
		.kind = (enum post_kind)column_i64(st, 2, 0), .text = column_str(st, 3),
		.urls = column_str(st, 4) };
	uint32_t account;

	if (account_of(w, st, 0, &account))
		(void)set64_add(&w->posts, writer_post_hash(w, account, &r));
}

enum claque_rc
writer_know_unnamed(struct writer *w, struct claque_err *err)
{
	if (w->knows_unnamed)
		return CLAQUE_OK;
	w->knows_unnamed = true;
	return scan(w, "SELECT account, at, kind, text, urls FROM post"
		    " WHERE native_id IS NULL OR native_id = ''", load_unnamed, NULL, err);
}

static void
load_change(struct writer *w, sqlite3_stmt *st)
{
	struct change_record r = { .at = column_i64(st, 1, CLAQUE_NO_TIME),
		.field = column_str(st, 2), .old_value = column_str(st, 3),
		.new_value = column_str(st, 4) };
	uint32_t account;

	if (account_of(w, st, 0, &account))
		(void)set64_add(&w->changes, writer_change_hash(account, &r));
}

enum claque_rc
writer_know_changes(struct writer *w, struct claque_err *err)
{
	if (w->knows_changes)
		return CLAQUE_OK;
	w->knows_changes = true;
	return scan(w, "SELECT account, at, field, old_value, new_value FROM profile_change",
		    load_change, NULL, err);
}

static void
load_snapshot(struct writer *w, sqlite3_stmt *st)
{
	struct account_record r = { .handle = column_str(st, 1), .display_name = column_str(st, 2),
		.location = column_str(st, 3), .bio = column_str(st, 4), .url = column_str(st, 5),
		.avatar_hash = column_str(st, 6), .avatar_tag = column_str(st, 7),
		.lang = column_str(st, 8), .created_at = column_i64(st, 9, CLAQUE_NO_TIME),
		.observed_at = column_i64(st, 10, CLAQUE_NO_TIME),
		.followers = column_i64(st, 11, COUNT_UNKNOWN),
		.following = column_i64(st, 12, COUNT_UNKNOWN),
		.posts_total = column_i64(st, 13, COUNT_UNKNOWN),
		.verified = (int)column_i64(st, 14, COUNT_UNKNOWN) };
	uint32_t account;

	if (account_of(w, st, 0, &account))
		(void)set64_add(&w->snapshots, writer_profile_hash(account, &r));
}

enum claque_rc
writer_know_snapshots(struct writer *w, struct claque_err *err)
{
	if (w->knows_snapshots)
		return CLAQUE_OK;
	w->knows_snapshots = true;
	return scan(w, "SELECT account, " PROFILE_COLUMNS " FROM profile_snapshot", load_snapshot,
		    NULL, err);
}

static void
load_post_id(struct writer *w, sqlite3_stmt *st)
{
	struct post_record r = { .id = column_str(st, 1) };
	uint32_t account;

	if (r.id.len > 0 && account_of(w, st, 0, &account))
		writer_remember_post(w, writer_post_hash(w, account, &r), column_i64(st, 2, 0));
}

static void
load_share(struct writer *w, sqlite3_stmt *st)
{
	(void)set64_add(&w->shares, writer_share_hash(column_i64(st, 0, 0), column_i64(st, 1, 0),
						      (unsigned)column_i64(st, 2, 0)));
}

enum claque_rc
writer_know_shares(struct writer *w, struct claque_err *err)
{
	enum claque_rc rc;

	if (w->knows_shares)
		return CLAQUE_OK;
	w->knows_shares = true;
	rc = scan(w, "SELECT account, native_id, id FROM post", load_post_id, NULL, err);
	if (rc == CLAQUE_OK)
		rc = scan(w, "SELECT post, source, act FROM share WHERE basis <> " COPIED, load_share,
			  NULL, err);
	return rc;
}

void
writer_forget(struct writer *w)
{
	map_done(&w->post_numbers);
	set64_done(&w->posts);
	set64_done(&w->changes);
	set64_done(&w->snapshots);
	set64_done(&w->shares);
	free(w->post_ids);
	w->post_ids = NULL;
	w->post_ids_cap = 0;
	w->knows_posts = w->knows_unnamed = w->knows_changes = false;
	w->knows_snapshots = w->knows_shares = false;
}
