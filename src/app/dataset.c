/* dataset.c - flat scans of the case into a claque_dataset. */
#include "config.h"

#include "app/dataset.h"

#include <limits.h>
#include <math.h>

#include "app/row_numbers.h"
#include "base/buf.h"
#include "base/err.h"
#include "store/scan.h"
#include "text/domain.h"

enum { TICK_EVERY = 1 << 16, TAGS_BYTES_MAX = 1 << 16, PRIOR_MOST = 20 };
#define EVERY UINT_MAX	/* kind, or act */

struct source_note {
	enum claque_object_kind kind;
	bool allowed;
};

struct load {
	struct dataset *out;
	struct row_numbers accounts, objects, posts;
	struct decisions *decisions;
	double prior;		/* of all */
	bool shares_only;	/* no posts, no changes */
	unsigned kinds, acts;	/* of the sources and shares that are asked for, as bits */
	struct source_note *sources;	/* by object number */
	size_t source_cap;
	size_t account_cap, post_cap;
	struct buf tags;	/* of the post at hand */
	const struct claque_progress *progress;
	const char *stage;
	uint64_t done;
	enum claque_rc rc;
	struct claque_err *err;
};

/* After each row: keep the rc, tick now and then; false stops the scan. */
static bool
go_on(struct load *load, enum claque_rc rc)
{
	load->rc = rc;
	if (rc == CLAQUE_OK && ++load->done % TICK_EVERY == 0 && load->progress->tick != NULL &&
	    !load->progress->tick(load->progress->ctx, load->stage, load->done, 0))
		load->rc = CLAQUE_STOPPED;
	return load->rc == CLAQUE_OK;
}

static double
log_odds(double p)
{
	return log(p / (1 - p));
}

/* What is added to the prior of all: 0 where the analyst tells nothing. */
static double
own_prior(struct load *load, const struct claque_account *account)
{
	double own = decisions_meet_account(load->decisions, account->id, account->handle);

	if (isnan(own))
		return 0;
	load->out->prior_count++;
	own = log_odds(own) - log_odds(load->prior);
	return own < -PRIOR_MOST ? -PRIOR_MOST : own > PRIOR_MOST ? PRIOR_MOST : own;
}

static bool
take_account(void *ctx, const struct scan_account *row)
{
	struct load *load = ctx;
	struct dataset *d = load->out;
	struct claque_account account = row->account;
	uint32_t number;
	enum claque_rc rc;

	account.prior = own_prior(load, &row->account);
	if (decisions_clear(load->decisions, account.id, account.mark == CLAQUE_CLEARED))
		account.mark = CLAQUE_CLEARED;
	if (load->shares_only)
		account = (struct claque_account){ .id = account.id, .platform = account.platform,
			.created_at = CLAQUE_NO_TIME, .followers = COUNT_UNKNOWN,
			.verified = COUNT_UNKNOWN, .mark = account.mark };
	rc = claque_dataset_add_account(d->columns, &account, &number, load->err);

	if (rc == CLAQUE_OK) {
		row_numbers_set(&load->accounts, row->id, number);
		ARRAY_GROW(d->account_ids, load->account_cap, d->account_count + 1);
		d->account_ids[d->account_count++] = row->id;
		d->cleared_count += account.mark == CLAQUE_CLEARED;
	}
	return go_on(load, rc);
}

static void
note_source(struct load *load, uint32_t number, const struct scan_source *row)
{
	ARRAY_GROW(load->sources, load->source_cap, (size_t)number + 1);
	load->sources[number] = (struct source_note){
		row->kind, decisions_meet_source(load->decisions, row->kind, row->key, row->author) };
}

/* A domain that is tagged may come after its pages. */
static void
allow_pages(struct load *load)
{
	for (uint32_t o = 0; o < claque_dataset_objects(load->out->columns); o++) {
		struct source_note *note = &load->sources[o];
		struct claque_str key = claque_dataset_object_id(load->out->columns, o);

		if (note->kind == CLAQUE_OBJECT_url || note->kind == CLAQUE_OBJECT_domain)
			note->allowed = decisions_meet_source(load->decisions, note->kind, key, STR(""));
		load->out->allowed_count += note->allowed;
	}
}

static bool
take_source(void *ctx, const struct scan_source *row)
{
	struct load *load = ctx;
	uint32_t number;
	enum claque_rc rc;

	if (row->cleared)
		decisions_allow_source(load->decisions, row->kind, row->key);
	if ((load->kinds >> row->kind & 1) == 0)
		return go_on(load, CLAQUE_OK);
	rc = claque_dataset_add_object(load->out->columns, row->kind, row->key, &number, load->err);
	if (rc == CLAQUE_OK) {
		row_numbers_set(&load->objects, row->id, number);
		note_source(load, number, row);
		if (!load->shares_only)
			rc = claque_dataset_set_author(load->out->columns, number, row->author,
						       load->err);
	}
	return go_on(load, rc);
}

/* The object that the post repeats, quotes or answers; what it repeats comes first. */
static uint32_t
parent_of(const struct load *load, const struct scan_post *row)
{
	int64_t id = row->reshare_of != 0 ? row->reshare_of :
		     row->quote_of != 0 ? row->quote_of : row->reply_to;
	uint32_t number = id == 0 ? (uint32_t)MAP_NONE : row_numbers_get(&load->objects, id);

	return number == MAP_NONE ? CLAQUE_NO_OBJECT : number;
}

/* "one two three"; tags past the room are left out whole. */
static struct claque_str
join_tags(struct load *load, const struct scan_post *row)
{
	struct buf *out = &load->tags;

	buf_clear(out);
	for (size_t i = 0; i < row->tag_count; i++) {
		uint32_t number = row_numbers_get(&load->objects, row->tags[i]);
		struct claque_str tag;

		if (number == MAP_NONE || load->sources[number].allowed)
			continue;
		tag = claque_dataset_object_id(load->out->columns, number);
		if (out->len + tag.len + 1 > TAGS_BYTES_MAX)
			break;
		if (out->len > 0)
			buf_add(out, STR(" "));
		buf_add(out, tag);
	}
	return buf_str(out);
}

static bool
take_post(void *ctx, const struct scan_post *row)
{
	struct load *load = ctx;
	struct dataset *d = load->out;
	struct claque_post post = {
		.at = row->at, .deleted_at = row->deleted_at, .id = row->native_id,
		.text = row->text, .client = row->client, .tags = join_tags(load, row),
		.likes = row->likes, .shares = row->shares, .replies = row->replies,
		.account = row_numbers_get(&load->accounts, row->account_id),
		.parent = parent_of(load, row), .row = (uint32_t)d->post_count, .kind = row->kind,
	};
	enum claque_rc rc = claque_dataset_add_post(d->columns, &post, load->err);

	if (rc == CLAQUE_OK) {
		row_numbers_set(&load->posts, row->id, post.row);
		ARRAY_GROW(d->post_ids, load->post_cap, d->post_count + 1);
		d->post_ids[d->post_count++] = row->id;
	}
	return go_on(load, rc);
}

/* What the engine calls the post by; MAP_NONE where that cannot be. */
static uint32_t
name_of_post(const struct load *load, int64_t id)
{
	if (!load->shares_only)
		return row_numbers_get(&load->posts, id);
	return id >= 0 && id < MAP_NONE ? (uint32_t)id : (uint32_t)MAP_NONE;
}

static bool
take_share(void *ctx, const struct scan_share *row)
{
	struct load *load = ctx;
	struct claque_share share = {
		.at = row->at,
		.account = row_numbers_get(&load->accounts, row->account_id),
		.object = row_numbers_get(&load->objects, row->source_id),
		.row = name_of_post(load, row->post_id),
		.act = (uint8_t)row->act,
	};

	if (share.object == MAP_NONE && load->kinds != EVERY)
		return go_on(load, CLAQUE_OK);
	if (share.row == MAP_NONE)
		return go_on(load, err_set(load->err, CLAQUE_EINPUT, "share %lld is of post %lld, "
					   "which is not in the case", (long long)row->id,
					   (long long)row->post_id));
	if (load->sources[share.object].allowed) {
		load->out->allowed_shares++;
		return go_on(load, CLAQUE_OK);
	}
	load->out->share_count++;
	return go_on(load, claque_dataset_add_share(load->out->columns, &share, load->err));
}

static bool
take_change(void *ctx, const struct scan_change *row)
{
	struct load *load = ctx;
	struct claque_change change = {
		.at = row->at,
		.account = row_numbers_get(&load->accounts, row->account_id),
		.field = field_parse(row->field),
		.old_value = row->old_value, .new_value = row->new_value,
	};

	return go_on(load, claque_dataset_add_change(load->out->columns, &change, load->err));
}

/* The scan's own failure comes first; else what the callback kept. */
static enum claque_rc
outcome(const struct load *load, enum claque_rc scan)
{
	return scan == CLAQUE_OK || scan == CLAQUE_STOPPED ? load->rc : scan;
}

static enum claque_rc
scan_all(struct load *load, struct store *s)
{
	enum claque_rc rc;

	load->stage = "loading accounts";
	rc = outcome(load, scan_accounts(s, take_account, load, load->err));
	if (rc != CLAQUE_OK)
		return rc;
	load->stage = "loading sources";
	rc = outcome(load, scan_sources(s, take_source, load, load->err));
	if (rc != CLAQUE_OK)
		return rc;
	allow_pages(load);
	load->stage = "loading posts";
	rc = load->shares_only ? CLAQUE_OK :
		outcome(load, scan_posts(s, take_post, load, load->err));
	if (rc != CLAQUE_OK)
		return rc;
	load->stage = "loading shares";
	rc = outcome(load, scan_shares_by(s, load->acts, take_share, load, load->err));
	if (rc != CLAQUE_OK || load->shares_only)
		return rc;
	load->stage = "loading profile changes";
	return outcome(load, scan_changes(s, take_change, load, load->err));
}

static size_t
suffix_of(void *ctx, struct claque_str host, bool *hosted)
{
	(void)ctx;
	return domain_suffix(host, hosted).len;
}

static enum claque_rc
load_all(struct load *load, struct store *store)
{
	struct dataset *out = load->out;
	enum claque_rc rc;

	*out = (struct dataset){ 0 };
	buf_init(&load->tags, TAGS_BYTES_MAX);
	rc = claque_dataset_new(&out->columns, load->err);
	if (rc == CLAQUE_OK) {
		claque_dataset_set_suffixes(out->columns, suffix_of, NULL);
		rc = scan_all(load, store);
	}
	if (rc == CLAQUE_OK)
		rc = claque_dataset_seal(out->columns, load->progress, load->err);
	row_numbers_done(&load->accounts);
	row_numbers_done(&load->objects);
	row_numbers_done(&load->posts);
	buf_done(&load->tags);
	array_free(load->sources);
	if (rc != CLAQUE_OK)
		dataset_done(out);
	return rc;
}

static enum claque_rc
load_undecided(struct load *load, struct store *store)
{
	struct decisions none;
	enum claque_rc rc;

	decisions_init(&none);
	load->decisions = &none;
	load->prior = 0.5;
	rc = load_all(load, store);
	load->decisions = NULL;
	decisions_done(&none);
	return rc;
}

enum claque_rc
dataset_load_any(struct store *store, struct dataset *out,
		 const struct claque_progress *progress, struct claque_err *err)
{
	struct load load = { .out = out, .progress = progress, .err = err, .kinds = EVERY,
			     .acts = EVERY };

	return load_undecided(&load, store);
}

/* Something must be left to score. */
static enum claque_rc
check_shares(struct store *store, struct dataset *d, struct claque_err *err)
{
	uint64_t left_out;

	if (d->share_count > 0)
		return CLAQUE_OK;
	left_out = d->allowed_shares;
	dataset_done(d);
	return err_set(err, CLAQUE_EINPUT, "%s: no shares to score%s; import posts that reshare "
		       "or link something first", store_path(store),
		       left_out > 0 ? " beside those on allowed sources" : "");
}

enum claque_rc
dataset_load(struct store *store, struct dataset *out, const struct claque_progress *progress,
	     struct claque_err *err)
{
	enum claque_rc rc = dataset_load_any(store, out, progress, err);

	return rc == CLAQUE_OK ? check_shares(store, out, err) : rc;
}

enum claque_rc
dataset_load_shares(struct store *store, const struct claque_signal_info *signal,
		    struct dataset *out, const struct claque_progress *progress,
		    struct claque_err *err)
{
	struct load load = { .out = out, .progress = progress, .err = err, .shares_only = true,
			     .kinds = signal->kinds != 0 ? signal->kinds : EVERY,
			     .acts = signal->acts != 0 ? signal->acts : EVERY };
	enum claque_rc rc = load_undecided(&load, store);
	bool others = false;

	if (rc == CLAQUE_OK && out->share_count == 0 && out->allowed_shares == 0)
		rc = scan_shares_told(store, &others, err);
	if (rc != CLAQUE_OK)
		dataset_done(out);
	return rc == CLAQUE_OK && !others ? check_shares(store, out, err) : rc;
}

enum claque_rc
dataset_load_decided(struct store *store, const struct decided *decided, struct dataset *out,
		     const struct claque_progress *progress, struct claque_err *err)
{
	struct load load = { .out = out, .progress = progress, .err = err,
			     .decisions = decided->decisions, .prior = decided->prior,
			     .kinds = EVERY, .acts = EVERY };
	enum claque_rc rc = load_all(&load, store);

	if (rc != CLAQUE_OK)
		return rc;
	out->prior_unknown = decisions_unmet_accounts(decided->decisions);
	out->allowed_unknown = decisions_unmet_sources(decided->decisions);
	return check_shares(store, out, err);
}

void
dataset_done(struct dataset *d)
{
	claque_dataset_free(d->columns);
	array_free(d->account_ids);
	array_free(d->post_ids);
	*d = (struct dataset){ 0 };
}
