/*
 * writer_put.c - one record to its rows. Ids are given here, one after the
 * other, so that every insert is an append.
 */
#include "config.h"

#include "store/writer_state.h"

#include "base/err.h"

static enum claque_rc
run(struct writer *w, enum writer_stmt which, struct claque_err *err)
{
	return stmt_run(w->s, w->st[which], err);
}

/* A statement that changes a row which may still be on its way to the table. */
static enum claque_rc
update(struct writer *w, enum writer_bulk table, enum writer_stmt which, struct claque_err *err)
{
	enum claque_rc rc = bulk_flush(&w->bulk[table], err);

	return rc == CLAQUE_OK ? run(w, which, err) : rc;
}

/* Where the row comes from, at two consecutive parameters. */
static void
bind_origin(struct writer *w, sqlite3_stmt *st, int index, uint64_t row)
{
	bind_i64(st, index, w->in.id);
	bind_i64(st, index + 1, (int64_t)row);
}

/* The same as the last two columns, which end the row. */
static enum claque_rc
end_row(struct writer *w, struct bulk *b, uint64_t row, struct claque_err *err)
{
	bulk_i64(b, w->in.id);
	bulk_i64(b, (int64_t)row);
	return bulk_row(b, err);
}

/* PROFILE_COLUMNS by type, in their order. */
struct profile_row {
	struct claque_str texts[8];
	int64_t times[2], counts[4];
};

static struct profile_row
profile_row(const struct account_record *r)
{
	return (struct profile_row){
		.texts = { r->handle, r->display_name, r->location, r->bio, r->url, r->avatar_hash,
			   r->avatar_tag, r->lang },
		.times = { r->created_at, r->observed_at },
		.counts = { r->followers, r->following, r->posts_total, r->verified },
	};
}

#define COUNT_OF(a) (sizeof(a) / sizeof(*(a)))

static void
bind_profile(sqlite3_stmt *st, int index, const struct account_record *r)
{
	struct profile_row row = profile_row(r);

	for (size_t i = 0; i < COUNT_OF(row.texts); i++)
		bind_str(st, index++, row.texts[i]);
	for (size_t i = 0; i < COUNT_OF(row.times); i++)
		bind_time(st, index++, row.times[i]);
	for (size_t i = 0; i < COUNT_OF(row.counts); i++)
		bind_count(st, index++, row.counts[i]);
}

static void
bulk_profile(struct bulk *b, const struct account_record *r)
{
	struct profile_row row = profile_row(r);

	for (size_t i = 0; i < COUNT_OF(row.texts); i++)
		bulk_str(b, row.texts[i]);
	for (size_t i = 0; i < COUNT_OF(row.times); i++)
		bulk_time(b, row.times[i]);
	for (size_t i = 0; i < COUNT_OF(row.counts); i++)
		bulk_count(b, row.counts[i]);
}

static struct claque_str
present(struct claque_str s)
{
	return s.p == NULL ? STR("") : s;
}

static enum claque_rc
insert_account(struct writer *w, uint64_t row, const struct account_record *r, bool profiled,
	       struct claque_err *err)
{
	struct bulk *b = &w->bulk[BULK_ACCOUNT];

	w->accounts_changed = true;
	bulk_i64(b, ++w->last[TABLE_ACCOUNT]);
	bulk_str(b, present(r->platform));
	bulk_str(b, present(r->id));
	bulk_profile(b, r);
	bulk_i64(b, profiled);
	return end_row(w, b, row, err);
}

/* Finds or numbers the account; writes down a platform that is told only now. */
static enum claque_rc
find_account(struct writer *w, uint64_t row, const struct account_record *r, uint32_t *out,
	     bool *is_new, struct claque_err *err)
{
	enum account_news news;

	*out = writer_add_account(w, r->platform, r->id, &news);
	*is_new = news == ACCOUNT_NEW;
	if (w->key.over)
		return err_set(err, CLAQUE_ELIMIT, "row %llu: an account id of more than %zu bytes",
			       (unsigned long long)row, w->key.max);
	if (news != ACCOUNT_PLACED)
		return CLAQUE_OK;
	w->accounts_changed = true;
	bind_i64(w->st[ST_ACCOUNT_PLATFORM], 1, (int64_t)*out + 1);
	bind_str(w->st[ST_ACCOUNT_PLATFORM], 2, r->platform);
	return update(w, BULK_ACCOUNT, ST_ACCOUNT_PLATFORM, err);
}

/* The account that a post or a change names: made without a profile if it is new. */
static enum claque_rc
name_account(struct writer *w, uint64_t row, const struct account_record *r, uint32_t *out,
	     struct claque_err *err)
{
	bool is_new;
	enum claque_rc rc = find_account(w, row, r, out, &is_new, err);

	if (rc != CLAQUE_OK)
		return rc;
	if (!is_new && (r->handle.len == 0 || w->known[*out].has_handle))
		return CLAQUE_OK;
	w->known[*out].has_handle = r->handle.len > 0;
	if (is_new)
		return insert_account(w, row, r, false, err);
	w->accounts_changed = true;
	bind_i64(w->st[ST_ACCOUNT_HANDLE], 1, (int64_t)*out + 1);
	bind_str(w->st[ST_ACCOUNT_HANDLE], 2, r->handle);
	return update(w, BULK_ACCOUNT, ST_ACCOUNT_HANDLE, err);
}

static struct account_record
bare_account(struct claque_str platform, struct claque_str id, struct claque_str handle)
{
	return (struct account_record){ .platform = platform, .id = id, .handle = handle,
		.created_at = CLAQUE_NO_TIME, .observed_at = CLAQUE_NO_TIME,
		.followers = COUNT_UNKNOWN, .following = COUNT_UNKNOWN,
		.posts_total = COUNT_UNKNOWN, .verified = COUNT_UNKNOWN };
}

static enum claque_rc
insert_snapshot(struct writer *w, uint64_t row, uint32_t account, const struct account_record *r,
		struct claque_err *err)
{
	struct bulk *b = &w->bulk[BULK_SNAPSHOT];

	w->accounts_changed = true;
	bulk_i64(b, ++w->last[TABLE_SNAPSHOT]);
	bulk_i64(b, (int64_t)account + 1);
	bulk_str(b, r->observed_at == CLAQUE_NO_TIME ? STR("unknown") : STR("observed"));
	bulk_profile(b, r);
	return end_row(w, b, row, err);
}

/* The later observed wins, the later read on a tie; either fills what is missing. */
static enum claque_rc
update_profile(struct writer *w, uint32_t account, const struct account_record *r,
	       struct claque_err *err)
{
	struct known_account *known = &w->known[account];
	bool newer = !known->profiled || r->observed_at >= known->observed_at;
	enum writer_stmt which = newer ? ST_ACCOUNT_NEWER : ST_ACCOUNT_OLDER;

	if (newer)
		known->observed_at = r->observed_at;
	known->profiled = true;
	known->has_handle |= r->handle.len > 0;
	bind_i64(w->st[which], 1, (int64_t)account + 1);
	bind_profile(w->st[which], 2, r);
	return update(w, BULK_ACCOUNT, which, err);
}

static enum claque_rc
put_account(struct writer *w, uint64_t row, const struct account_record *r, bool *duplicate,
	    struct claque_err *err)
{
	uint32_t account;
	bool is_new;
	enum claque_rc rc;

	rc = writer_know_snapshots(w, err);
	if (rc == CLAQUE_OK)
		rc = find_account(w, row, r, &account, &is_new, err);
	if (rc != CLAQUE_OK)
		return rc;
	*duplicate = !set64_add(&w->snapshots, writer_profile_hash(account, r));
	if (*duplicate)
		return CLAQUE_OK;
	if (!is_new) {
		rc = update_profile(w, account, r, err);
	} else {
		w->known[account].observed_at = r->observed_at;
		w->known[account].profiled = true;
		w->known[account].has_handle = r->handle.len > 0;
		rc = insert_account(w, row, r, true, err);
	}
	return rc == CLAQUE_OK ? insert_snapshot(w, row, account, r, err) : rc;
}

static enum claque_rc
insert_source(struct writer *w, uint64_t row, const struct share_record *share,
	      struct claque_err *err)
{
	struct bulk *b = &w->bulk[BULK_SOURCE];

	bulk_i64(b, ++w->last[TABLE_SOURCE]);
	bulk_str(b, share->author);
	bulk_i64(b, share->kind);
	bulk_str(b, present(share->key));
	return end_row(w, b, row, err);
}

static enum claque_rc
name_source(struct writer *w, uint64_t row, const struct share_record *share, int64_t *out,
	    struct claque_err *err)
{
	bool is_new;
	uint32_t number = writer_add_source(w, share->kind, share->key, &is_new);
	sqlite3_stmt *st = w->st[ST_SOURCE_AUTHOR];

	if (w->key.over)
		return err_set(err, CLAQUE_ELIMIT, "row %llu: a source of more than %zu bytes",
			       (unsigned long long)row, w->key.max);
	*out = (int64_t)number + 1;
	if (!is_new && (share->author.len == 0 || w->authored[number]))
		return CLAQUE_OK;
	w->authored[number] = share->author.len > 0;
	if (is_new)
		return insert_source(w, row, share, err);
	bind_i64(st, 1, *out);
	bind_str(st, 2, share->author);
	return update(w, BULK_SOURCE, ST_SOURCE_AUTHOR, err);
}

static enum claque_rc
insert_post(struct writer *w, uint64_t row, uint32_t account, const struct post_record *r,
	    struct claque_err *err)
{
	struct bulk *b = &w->bulk[BULK_POST];

	bulk_i64(b, ++w->last[TABLE_POST]);
	bulk_i64(b, (int64_t)account + 1);
	bulk_str(b, r->id);
	bulk_time(b, r->at);
	bulk_i64(b, r->precision);
	bulk_i64(b, r->kind);
	bulk_str(b, r->text);
	bulk_str(b, r->lang);
	bulk_str(b, r->client);
	bulk_str(b, r->urls);
	bulk_count(b, r->likes);
	bulk_count(b, r->shares_count);
	bulk_count(b, r->replies);
	bulk_time(b, r->deleted_at == 0 ? CLAQUE_NO_TIME : r->deleted_at);
	return end_row(w, b, row, err);
}

struct share_context {
	uint64_t row;
	int64_t post, account;	/* row ids */
	int64_t at;
};

static enum claque_rc
insert_share(struct writer *w, const struct share_context *c, const struct share_record *share,
	     bool *added, struct claque_err *err)
{
	struct bulk *b = &w->bulk[BULK_SHARE];
	int64_t source = 0;
	enum claque_rc rc;

	rc = name_source(w, c->row, share, &source, err);
	if (rc != CLAQUE_OK)
		return rc;
	if (w->knows_shares &&
	    !set64_add(&w->shares, writer_share_hash(c->post, source, share->act)))
		return CLAQUE_OK;
	bulk_i64(b, ++w->last[TABLE_SHARE]);
	bulk_i64(b, c->post);
	bulk_i64(b, c->account);
	bulk_i64(b, source);
	bulk_i64(b, share->act);
	bulk_time(b, c->at);
	bulk_i64(b, share->basis);
	*added = true;
	w->in.totals.shares++;
	return end_row(w, b, c->row, err);
}

/* What somebody forgotten wrote, and is shared here, is nobody's, and not called as it was. */
static struct share_record
without_forgotten(struct writer *w, const struct post_record *r, struct share_record share,
		  struct arena *perm)
{
	if (!forgotten_is(w->forgotten, r->platform, share.author))
		return share;
	share.author = (struct claque_str){ 0 };
	share.key = forgotten_source(w->forgotten, perm, share.kind, present(share.key));
	return share;
}

/* Is it a copy of what somebody forgotten wrote? */
static bool
repeats_forgotten(const struct writer *w, const struct post_record *r)
{
	for (size_t i = 0; i < r->share_count; i++)
		if (r->shares[i].act == CLAQUE_ACT_reshare &&
		    forgotten_is(w->forgotten, r->platform, r->shares[i].author))
			return true;
	return false;
}

/* The row id of a post that is there and accrues shares; 0 if it does not. */
static int64_t
find_accruing(const struct writer *w, const struct post_record *r, uint64_t hash)
{
	struct claque_str key = { (const char *)&hash, sizeof(hash) };
	uint32_t number = r->shares_accrue ? map_get(&w->post_numbers, key) : MAP_NONE;

	return number == MAP_NONE ? 0 : w->post_ids[number];
}

/* A post is its platform and id: whoever wrote it. */
static enum claque_rc
look_up_post(struct writer *w, uint32_t account, const struct post_record *r, bool *found,
	     struct claque_err *err)
{
	sqlite3_stmt *st = w->st[ST_POSTERS];
	enum claque_rc rc;

	*found = false;
	bind_str(st, 1, r->id);
	while (!*found && (rc = stmt_step(w->s, st, err)) == CLAQUE_OK) {
		int64_t poster = column_i64(st, 0, 0);

		*found = poster >= 1 && poster <= w->accounts.count &&
			 w->known[poster - 1].posts_seed == w->known[account].posts_seed;
	}
	(void)sqlite3_reset(st);
	return *found || rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

/* c->post: its row, new or old, or 0 where shares are not to be added. */
static enum claque_rc
add_post(struct writer *w, struct share_context *c, const struct post_record *r, bool *is_new,
	 struct claque_err *err)
{
	uint32_t account = (uint32_t)(c->account - 1);
	uint64_t hash = writer_post_hash(w, account, r);
	bool found = false;
	enum claque_rc rc = CLAQUE_OK;

	*is_new = set64_add(&w->posts, hash);
	if (*is_new && !w->knows_posts && r->id.len > 0)
		rc = look_up_post(w, account, r, &found, err);
	if (rc != CLAQUE_OK)
		return rc;
	*is_new &= !found;
	if (!*is_new) {
		c->post = find_accruing(w, r, hash);
		return CLAQUE_OK;
	}
	c->post = w->last[TABLE_POST] + 1;
	if (w->knows_shares)
		writer_remember_post(w, hash, c->post);
	return insert_post(w, c->row, account, r, err);
}

static enum claque_rc
put_shares(struct writer *w, const struct share_context *c, const struct post_record *r,
	   bool *added, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 0; rc == CLAQUE_OK && i < r->share_count; i++) {
		struct arena room = w->scratch;
		struct share_record share = without_forgotten(w, r, r->shares[i], &room);

		rc = insert_share(w, c, &share, added, err);
	}
	return rc;
}

static enum claque_rc
put_post(struct writer *w, uint64_t row, const struct post_record *told, bool *duplicate,
	 struct claque_err *err)
{
	struct post_record copy = *told;
	const struct post_record *r = &copy;
	struct account_record who = bare_account(r->platform, r->account_id, r->handle);
	struct share_context c = { .row = row, .at = r->at };
	uint32_t account;
	bool added;
	enum claque_rc rc = CLAQUE_OK;

	if (repeats_forgotten(w, r))
		copy.text = (struct claque_str){ 0 };
	if (r->shares_accrue)
		rc = writer_know_shares(w, err);
	if (rc == CLAQUE_OK && r->id.len == 0)
		rc = writer_know_unnamed(w, err);
	if (rc == CLAQUE_OK)
		rc = name_account(w, row, &who, &account, err);
	if (rc != CLAQUE_OK)
		return rc;
	c.account = (int64_t)account + 1;
	rc = add_post(w, &c, r, &added, err);
	if (rc == CLAQUE_OK && c.post != 0 && r->share_count > 0)
		rc = put_shares(w, &c, r, &added, err);
	*duplicate = !added;
	return rc;
}

static enum claque_rc
put_change(struct writer *w, uint64_t row, const struct change_record *r, bool *duplicate,
	   struct claque_err *err)
{
	struct account_record who = bare_account(r->platform, r->account_id, (struct claque_str){ 0 });
	sqlite3_stmt *st = w->st[ST_CHANGE];
	uint32_t account;
	enum claque_rc rc;

	rc = writer_know_changes(w, err);
	if (rc == CLAQUE_OK)
		rc = name_account(w, row, &who, &account, err);
	if (rc != CLAQUE_OK)
		return rc;
	*duplicate = !set64_add(&w->changes, writer_change_hash(account, r));
	if (*duplicate)
		return CLAQUE_OK;
	w->accounts_changed = true;
	bind_i64(st, 1, ++w->last[TABLE_CHANGE]);
	bind_i64(st, 2, (int64_t)account + 1);
	bind_time(st, 3, r->at);
	bind_str(st, 4, present(r->field));
	bind_str(st, 5, r->old_value);
	bind_str(st, 6, r->new_value);
	bind_origin(w, st, 7, row);
	return run(w, ST_CHANGE, err);
}

/*
 * Never a duplicate: that two reports, or two rows of one, name the same account
 * is itself a fact. The same file again is stopped by its digest.
 */
static enum claque_rc
put_indicator(struct writer *w, uint64_t row, const struct indicator_record *r, bool *duplicate,
	      struct claque_err *err)
{
	const struct claque_str texts[] = { r->value, r->raw, r->platform, r->tactic, r->technique,
		r->procedure, r->role, r->note, r->published };
	sqlite3_stmt *st = w->st[ST_INDICATOR];
	int index = 3;

	*duplicate = false;
	w->accounts_changed = true;
	bind_i64(st, 1, ++w->last[TABLE_INDICATOR]);
	bind_i64(st, 2, r->kind);
	for (size_t i = 0; i < COUNT_OF(texts); i++)
		bind_str(st, index++, texts[i]);
	bind_count(st, index++, r->count);
	bind_origin(w, st, index, row);
	return run(w, ST_INDICATOR, err);
}

/* No look at the profile: when the picture was saved nobody knows. */
static enum claque_rc
put_portrait(struct writer *w, uint64_t row, const struct portrait_record *r, bool *duplicate,
	     struct claque_err *err)
{
	struct account_record who = bare_account(r->platform, r->account_id,
						 (struct claque_str){ 0 });
	uint32_t account;
	enum claque_rc rc = name_account(w, row, &who, &account, err);

	if (rc != CLAQUE_OK)
		return rc;
	bind_i64(w->st[ST_PORTRAIT], 1, (int64_t)account + 1);
	bind_str(w->st[ST_PORTRAIT], 2, r->avatar_hash);
	rc = update(w, BULK_ACCOUNT, ST_PORTRAIT, err);
	*duplicate = rc == CLAQUE_OK && sqlite3_changes(w->s->db) == 0;
	return rc;
}

/* Once a row, however many records it makes. */
static enum claque_rc
put_extras(struct writer *w, uint64_t row, struct claque_str cells, struct claque_err *err)
{
	bulk_str(&w->bulk[BULK_EXTRA], cells);
	return end_row(w, &w->bulk[BULK_EXTRA], row, err);
}

bool
writer_is_forgotten(const struct writer *w, const struct record *r)
{
	switch (r->type) {
	case RECORD_POST:
		return forgotten_is(w->forgotten, r->post.platform, r->post.account_id) ||
		       forgotten_is(w->forgotten, r->post.platform, r->post.handle);
	case RECORD_ACCOUNT:
		return forgotten_is(w->forgotten, r->account.platform, r->account.id) ||
		       forgotten_is(w->forgotten, r->account.platform, r->account.handle);
	case RECORD_CHANGE:
		return forgotten_is(w->forgotten, r->change.platform, r->change.account_id);
	case RECORD_PORTRAIT:
		return forgotten_is(w->forgotten, r->portrait.platform, r->portrait.account_id);
	case RECORD_INDICATOR:
		break;
	}
	return false;
}

enum claque_rc
writer_put(struct writer *w, uint64_t row, const struct record *r, bool *duplicate,
	   struct claque_err *err)
{
	int64_t posts = w->last[TABLE_POST];
	uint64_t *counter;
	enum claque_rc rc;

	*duplicate = false;
	switch (r->type) {
	case RECORD_POST:
		counter = &w->in.totals.posts;
		rc = put_post(w, row, &r->post, duplicate, err);
		break;
	case RECORD_ACCOUNT:
		counter = &w->in.totals.accounts;
		rc = put_account(w, row, &r->account, duplicate, err);
		break;
	case RECORD_CHANGE:
		counter = &w->in.totals.changes;
		rc = put_change(w, row, &r->change, duplicate, err);
		break;
	case RECORD_INDICATOR:
		counter = &w->in.totals.indicators;
		rc = put_indicator(w, row, &r->indicator, duplicate, err);
		break;
	case RECORD_PORTRAIT:
		counter = &w->in.totals.accounts;
		rc = put_portrait(w, row, &r->portrait, duplicate, err);
		break;
	default:
		return err_set(err, CLAQUE_EUSAGE, "row %llu: no such record type",
			       (unsigned long long)row);
	}
	/* A row that tells more of a post that is there is taken, but it is no other post. */
	*counter += rc == CLAQUE_OK && (r->type == RECORD_POST ? w->last[TABLE_POST] > posts :
					!*duplicate);
	return rc == CLAQUE_OK && !*duplicate && r->extras.len > 0 ?
	       put_extras(w, row, r->extras, err) : rc;
}
