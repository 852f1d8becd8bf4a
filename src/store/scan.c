/*
 * scan.c - the case as flat rows, in order of id, so that the engine gets the
 * same data in the same order whatever indexes there are.
 *
 * A post and its acts are merged from two statements in the same order: two
 * look-ups by index a post cost more than sorting all the acts (1.6 against
 * 2.1 s for a million posts, and the look-ups gave no hashtags).
 */
#include "config.h"

#include "store/scan.h"

#include <limits.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/map.h"
#include "store/annotation.h"
#include "store/schema.h"
#include "store/stmt.h"

/*
 * "" in a file with such a column is the platform's own picture. Anything but
 * 16 digits is no perceptual hash of 64 bits, but still tells equal from not.
 */
static void
read_avatar(struct claque_str s, struct claque_account *out)
{
	enum { DIGITS = 16 };
	uint64_t hash = 0;
	size_t i = 0;

	out->avatar = s.p == NULL ? CLAQUE_AVATAR_UNKNOWN :
		      s.len == 0 ? CLAQUE_AVATAR_DEFAULT : CLAQUE_AVATAR_HASH;
	for (; i < s.len && i < DIGITS && byte_hex(s.p[i]) >= 0; i++)
		hash = hash << 4 | (uint64_t)byte_hex(s.p[i]);
	if (out->avatar == CLAQUE_AVATAR_HASH)
		out->avatar_hash = i == DIGITS && s.len == DIGITS ? hash : hash_bytes(s, 0);
}

/*
 * Shares that the input tells. Copies across platforms are not among them, nor sources
 * that only copies go back to: the engine compares texts itself (engine/source.h), and a
 * fact must not count twice.
 */
#define TOLD "basis <> " COPIED

/* Counted along two indexes: asking for one told share would look into each share's row. */
#define ONLY_COPIED "SELECT source FROM share c WHERE basis = " COPIED " GROUP BY source" \
	" HAVING count(*) = (SELECT count(*) FROM share s WHERE s.source = c.source)"

/* Whether the last verdict on the row with this id is that it is cleared: of the one with
   the largest id, SQLite takes the bare column. */
#define IS_CLEARED "id IN (SELECT target FROM (SELECT target, word, max(id) FROM annotation" \
	" WHERE live AND kind = ?1 AND target_kind = ?2 GROUP BY target) WHERE word = ?3)"

static void
bind_cleared(sqlite3_stmt *st, enum subject_kind kind)
{
	bind_i64(st, 1, ANNOTATION_verdict);
	bind_i64(st, 2, kind);
	bind_str(st, 3, STR(VERDICT_CLEARED));
}

enum claque_rc
scan_accounts(struct store *s, bool (*each)(void *ctx, const struct scan_account *row), void *ctx,
	      struct claque_err *err)
{
	sqlite3_stmt *st;
	bool go = true;
	enum claque_rc rc;

	rc = stmt_prepare(s, "SELECT id, native_id, platform, handle, created_at, followers,"
			  " verified, display_name, location, bio, avatar_hash, " IS_CLEARED
			  " FROM account ORDER BY id", &st, err);
	if (rc == CLAQUE_OK)
		bind_cleared(st, SUBJECT_account);
	while (rc == CLAQUE_OK && go && (rc = stmt_step(s, st, err)) == CLAQUE_OK) {
		struct scan_account row = { column_i64(st, 0, 0), {
			.id = column_str(st, 1), .platform = column_str(st, 2),
			.handle = column_str(st, 3),
			.created_at = column_i64(st, 4, CLAQUE_NO_TIME),
			.followers = column_i64(st, 5, COUNT_UNKNOWN),
			.verified = (int)column_i64(st, 6, COUNT_UNKNOWN),
			.display_name = column_str(st, 7), .location = column_str(st, 8),
			.bio = column_str(st, 9),
			.mark = column_i64(st, 11, 0) != 0 ? CLAQUE_CLEARED
							   : CLAQUE_UNMARKED } };

		read_avatar(column_str(st, 10), &row.account);
		go = each(ctx, &row);
	}
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc == CLAQUE_OK ? CLAQUE_STOPPED : rc;
}

enum claque_rc
scan_cleared(struct store *s, bool (*each)(void *ctx, enum subject_kind kind, int64_t id), void *ctx,
	     struct claque_err *err)
{
	sqlite3_stmt *st;
	bool go = true;
	enum claque_rc rc = stmt_prepare(s, "SELECT target_kind, target FROM (SELECT target_kind,"
		" target, word, max(id) FROM annotation WHERE live AND kind = ?1 AND target_kind IN"
		" (?2, ?4) GROUP BY target_kind, target) WHERE word = ?3 ORDER BY 1, 2", &st, err);

	if (rc == CLAQUE_OK) {
		bind_cleared(st, SUBJECT_account);
		bind_i64(st, 4, SUBJECT_source);
	}
	while (rc == CLAQUE_OK && go && (rc = stmt_step(s, st, err)) == CLAQUE_OK)
		go = each(ctx, (enum subject_kind)column_i64(st, 0, 0), column_i64(st, 1, 0));
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc == CLAQUE_OK ? CLAQUE_STOPPED : rc;
}

enum claque_rc
scan_sources(struct store *s, bool (*each)(void *ctx, const struct scan_source *row), void *ctx,
	     struct claque_err *err)
{
	sqlite3_stmt *st;
	bool go = true;
	enum claque_rc rc;

	rc = stmt_prepare(s, "SELECT id, kind, key, author, " IS_CLEARED " FROM source"
			  " WHERE id NOT IN (" ONLY_COPIED ") ORDER BY id", &st, err);
	if (rc == CLAQUE_OK)
		bind_cleared(st, SUBJECT_source);
	while (rc == CLAQUE_OK && go && (rc = stmt_step(s, st, err)) == CLAQUE_OK) {
		struct scan_source row = { column_i64(st, 0, 0),
			(enum claque_object_kind)column_i64(st, 1, 0), column_str(st, 2),
			column_str(st, 3), column_i64(st, 4, 0) != 0 };

		go = each(ctx, &row);
	}
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc == CLAQUE_OK ? CLAQUE_STOPPED : rc;
}

enum claque_rc
scan_shares_by(struct store *s, unsigned acts,
	       bool (*each)(void *ctx, const struct scan_share *row), void *ctx,
	       struct claque_err *err)
{
	sqlite3_stmt *st;
	bool go = true;
	enum claque_rc rc;

	rc = stmt_prepare(s, "SELECT id, account, source, post, at, act FROM share"
			  " WHERE (?1 >> act & 1) AND " TOLD " ORDER BY id", &st, err);
	if (rc == CLAQUE_OK)
		bind_i64(st, 1, acts);
	while (rc == CLAQUE_OK && go && (rc = stmt_step(s, st, err)) == CLAQUE_OK) {
		struct scan_share row = { column_i64(st, 0, 0), column_i64(st, 1, 0),
			column_i64(st, 2, 0), column_i64(st, 3, 0),
			column_i64(st, 4, CLAQUE_NO_TIME),
			(enum claque_act)column_i64(st, 5, 0) };

		go = each(ctx, &row);
	}
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc == CLAQUE_OK ? CLAQUE_STOPPED : rc;
}

enum claque_rc
scan_shares(struct store *s, bool (*each)(void *ctx, const struct scan_share *row), void *ctx,
	    struct claque_err *err)
{
	return scan_shares_by(s, UINT_MAX, each, ctx, err);
}

enum claque_rc
scan_shares_told(struct store *s, bool *out, struct claque_err *err)
{
	int64_t any = 0;
	enum claque_rc rc = store_number(s, "SELECT 1 FROM share WHERE " TOLD " LIMIT 1", 0, &any,
					 err);

	*out = any != 0;
	return rc;
}

enum claque_rc
scan_changes(struct store *s, bool (*each)(void *ctx, const struct scan_change *row), void *ctx,
	     struct claque_err *err)
{
	sqlite3_stmt *st;
	bool go = true;
	enum claque_rc rc;

	rc = stmt_prepare(s, "SELECT account, at, field, old_value, new_value FROM profile_change"
			  " ORDER BY id", &st, err);
	while (rc == CLAQUE_OK && go && (rc = stmt_step(s, st, err)) == CLAQUE_OK) {
		struct scan_change row = { column_i64(st, 0, 0), column_i64(st, 1, CLAQUE_NO_TIME),
			column_str(st, 2), column_str(st, 3), column_str(st, 4) };

		go = each(ctx, &row);
	}
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc == CLAQUE_OK ? CLAQUE_STOPPED : rc;
}

/* The acts of all posts, in the order of the posts. */
struct act_walk {
	struct store *s;
	sqlite3_stmt *st;
	int64_t post;		/* whose act the statement stands on; INT64_MAX: none left */
	int64_t *tags;
	size_t tags_cap;
};

static enum claque_rc
next_act(struct act_walk *w, struct claque_err *err)
{
	enum claque_rc rc = stmt_step(w->s, w->st, err);

	w->post = rc == CLAQUE_OK ? column_i64(w->st, 0, 0) : INT64_MAX;
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

static enum claque_rc
start_acts(struct act_walk *w, struct claque_err *err)
{
	static const enum claque_act acts[] = { CLAQUE_ACT_reshare, CLAQUE_ACT_quote,
						CLAQUE_ACT_reply, CLAQUE_ACT_tag };
	enum claque_rc rc;

	rc = stmt_prepare(w->s, "SELECT post, act, source FROM share WHERE act IN"
			  " (?1, ?2, ?3, ?4) AND " TOLD " ORDER BY post, id", &w->st, err);
	if (rc != CLAQUE_OK)
		return rc;
	for (int i = 0; i < (int)(sizeof(acts) / sizeof(*acts)); i++)
		bind_i64(w->st, i + 1, acts[i]);
	return next_act(w, err);
}

static void
take_act(struct act_walk *w, struct scan_post *row)
{
	int64_t act = column_i64(w->st, 1, 0), source = column_i64(w->st, 2, 0);
	int64_t *target = act == CLAQUE_ACT_reshare ? &row->reshare_of :
			  act == CLAQUE_ACT_quote ? &row->quote_of : &row->reply_to;

	if (act == CLAQUE_ACT_tag) {
		GROW(w->tags, w->tags_cap, row->tag_count + 1);
		w->tags[row->tag_count++] = source;
	} else if (*target == 0 || source < *target) {
		*target = source;
	}
}

static enum claque_rc
take_acts(struct act_walk *w, struct scan_post *row, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	while (rc == CLAQUE_OK && w->post <= row->id) {
		if (w->post == row->id)
			take_act(w, row);
		rc = next_act(w, err);
	}
	row->tags = w->tags;
	return rc;
}

/* Ads and petitions are posts of their own kind to an analyst, not to the engine. */
static enum claque_post_kind
engine_kind(int64_t kind)
{
	static const enum claque_post_kind kinds[POST_KIND_COUNT] = {
		[POST_original] = CLAQUE_IS_original, [POST_reshare] = CLAQUE_IS_reshare,
		[POST_reply] = CLAQUE_IS_reply, [POST_quote] = CLAQUE_IS_quote,
		[POST_ad] = CLAQUE_IS_other, [POST_petition] = CLAQUE_IS_other,
	};

	return kind >= 0 && kind < POST_KIND_COUNT ? kinds[kind] : CLAQUE_IS_other;
}

static struct scan_post
read_post(sqlite3_stmt *st)
{
	return (struct scan_post){
		.id = column_i64(st, 0, 0), .account_id = column_i64(st, 1, 0),
		.at = column_i64(st, 2, CLAQUE_NO_TIME),
		.deleted_at = column_i64(st, 3, CLAQUE_NO_TIME),
		.kind = engine_kind(column_i64(st, 4, POST_KIND_COUNT)),
		.native_id = column_str(st, 5), .text = column_str(st, 6),
		.client = column_str(st, 7), .urls = column_str(st, 8),
		.likes = column_i64(st, 9, COUNT_UNKNOWN),
		.shares = column_i64(st, 10, COUNT_UNKNOWN),
		.replies = column_i64(st, 11, COUNT_UNKNOWN),
	};
}

enum claque_rc
scan_posts(struct store *s, bool (*each)(void *ctx, const struct scan_post *row), void *ctx,
	   struct claque_err *err)
{
	struct act_walk acts = { .s = s };
	sqlite3_stmt *st;
	bool go = true;
	enum claque_rc rc;

	rc = stmt_prepare(s, "SELECT id, account, at, deleted_at, kind, native_id, text, client,"
			  " urls, likes, shares, replies FROM post ORDER BY id", &st, err);
	if (rc == CLAQUE_OK)
		rc = start_acts(&acts, err);
	while (rc == CLAQUE_OK && go && (rc = stmt_step(s, st, err)) == CLAQUE_OK) {
		struct scan_post row = read_post(st);

		rc = take_acts(&acts, &row, err);
		go = rc != CLAQUE_OK || each(ctx, &row);
	}
	(void)sqlite3_finalize(st);
	(void)sqlite3_finalize(acts.st);
	free(acts.tags);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc == CLAQUE_OK ? CLAQUE_STOPPED : rc;
}
