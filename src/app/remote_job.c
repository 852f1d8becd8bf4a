#include "config.h"

#include "app/remote_job.h"

#include "app/relay.h"
#include "app/value.h"
#include "base/err.h"
#include "base/map.h"
#include "base/sha256.h"
#include "import/import.h"
#include "store/outbound.h"

/* Shares of one input row: more than any row has. */
enum { ROW_SHIFT = 16, ROW_SHARES_MAX = 1 << ROW_SHIFT };

/* What numbers shares: the input that they come from and their place in it. */
struct numbering {
	uint64_t origin, row, next;
};

struct loading {
	struct remote_load *load;
	struct numbering at;
	struct set64 posts;		/* of a file: those seen, by hash of platform and id */
};

/* The first 16 digits of a SHA-256. */
static uint64_t
origin_of(struct claque_str sha256)
{
	uint64_t origin = 0;

	for (size_t i = 0; i < 16 && i < sha256.len && byte_hex(sha256.p[i]) >= 0; i++)
		origin = origin << 4 | (uint64_t)byte_hex(sha256.p[i]);
	return origin;
}

static enum claque_rc
send_share(struct loading *l, uint64_t origin, uint64_t row, struct remote_share *share,
	   struct claque_err *err)
{
	if (origin != l->at.origin || row != l->at.row)
		l->at = (struct numbering){ origin, row, 0 };
	if (++l->at.next >= ROW_SHARES_MAX || row > UINT64_MAX >> ROW_SHIFT)
		return err_set(err, CLAQUE_ELIMIT, "row %llu has more than %d shares",
			       (unsigned long long)row, ROW_SHARES_MAX);
	share->origin = origin;
	share->row = row << ROW_SHIFT | l->at.next;
	return remote_load_add(l->load, share, err);
}

static enum claque_rc
load_outbound(void *ctx, const struct outbound_share *row, struct claque_err *err)
{
	struct remote_share share = {
		row->kind, row->act, row->object, row->account, row->platform, row->post, row->text,
		row->at, 0, 0 };

	return send_share(ctx, origin_of(row->input), row->row, &share, err);
}

/* As the case would: a post that was there before adds nothing, unless its shares accrue. */
static bool
is_repeated(struct loading *l, const struct post_record *post)
{
	if (post->shares_accrue || post->id.len == 0)
		return false;
	return !set64_add(&l->posts, hash_mix(hash_bytes(post->platform, 0),
					      hash_bytes(post->id, 1)));
}

static enum claque_rc
load_put(void *ctx, uint64_t row, const struct record *r, bool *duplicate, struct claque_err *err)
{
	struct loading *l = ctx;
	const struct post_record *post = &r->post;
	enum claque_rc rc = CLAQUE_OK;

	*duplicate = r->type == RECORD_POST && is_repeated(l, post);
	if (r->type != RECORD_POST || *duplicate)
		return CLAQUE_OK;
	for (size_t i = 0; i < post->share_count && rc == CLAQUE_OK; i++) {
		const struct share_record *s = &post->shares[i];
		struct remote_share share = { s->kind, s->act, s->key, post->account_id,
			post->platform, post->id, post->text, post->at, 0, 0 };

		rc = send_share(l, l->at.origin, row, &share, err);
	}
	return rc;
}

static enum claque_rc
load_refuse(void *ctx, uint64_t row, struct claque_str reason, struct claque_err *err)
{
	(void)ctx, (void)row, (void)reason, (void)err;
	return CLAQUE_OK;
}

static enum claque_rc
load_row(void *ctx, uint64_t row, struct claque_err *err)
{
	(void)ctx, (void)row, (void)err;
	return CLAQUE_OK;
}

struct reading {		/* arguments of import_file() */
	const char *path;
};

static enum claque_rc
read_path(void *ctx, const struct record_sink *sink, const struct claque_progress *progress,
	  struct claque_err *err)
{
	const struct reading *reading = ctx;
	struct import_options options = { 0 };
	struct import_totals totals;

	return import_file(reading->path, &options, sink, progress, &totals, err);
}

static enum claque_rc
load_file(struct loading *l, const char *path, const struct claque_progress *progress,
	  struct claque_err *err)
{
	char digest[SHA256_HEX + 1];
	struct reading reading = { path };
	struct record_sink sink = { l, load_put, load_refuse, load_row };
	enum claque_rc rc = sha256_file(path, digest, NULL, progress, err);

	if (rc != CLAQUE_OK)
		return rc;
	l->at.origin = origin_of(str_of(digest));
	return relay_run(&(struct relay_source){ &reading, read_path }, &sink, progress, err);
}

/* What is no case is a file to import. */
static enum claque_rc
load_any(struct loading *l, const char *path, const struct claque_progress *progress,
	 struct claque_err *err)
{
	struct store *store = NULL;
	enum claque_rc rc = store_open(&store, path, STORE_READ, err);

	if (rc == CLAQUE_OK) {
		rc = outbound_shares(store, load_outbound, l, err);
		store_close(store);
		return rc;
	}
	return rc == CLAQUE_EINPUT ? load_file(l, path, progress, err) : rc;
}

enum claque_rc
remote_load_job(struct remote *r, const char *path, const struct claque_progress *progress,
		struct remote_loaded *out, struct claque_err *err)
{
	struct loading l = { 0 };
	enum claque_rc rc;

	*out = (struct remote_loaded){ 0 };
	set64_init(&l.posts);
	rc = remote_load_new(&l.load, r, progress, err);
	if (rc == CLAQUE_OK)
		rc = load_any(&l, path, progress, err);
	if (rc == CLAQUE_OK)
		rc = remote_load_end(l.load, out, err);
	remote_load_free(l.load);
	set64_done(&l.posts);
	return rc;
}

static struct claque_str
id_in_counts(const void *ctx, uint32_t account)
{
	return claque_counted_account_id(ctx, account);
}

enum claque_rc
remote_network_job(struct remote *r, const struct remote_network *how,
		   const struct claque_progress *progress, const struct row_sink *sink,
		   struct claque_err *err)
{
	struct claque_counted *counted;
	struct claque_network net;
	enum claque_rc rc = remote_network(r, how, progress, &counted, &net, err);

	if (rc == CLAQUE_OK)
		network_put(&(struct network_names){ counted, id_in_counts }, &net, sink);
	claque_network_done(&net);
	claque_counted_free(counted);
	return rc;
}
