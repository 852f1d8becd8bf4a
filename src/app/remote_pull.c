/*
 * remote_pull.c - the shares of some accounts from the servers into a case, as posts.
 *
 * A post's shares lie on the shards of their objects, so all of them are gathered first,
 * then put together post by post. The input is named by the digest of what came: to pull the
 * same again adds nothing.
 */
#include "config.h"

#include <stdlib.h>

#include "app/digest_job.h"
#include "app/remote_job.h"
#include "base/err.h"
#include "base/sha256.h"
#include "case/case.h"
#include "store/writer.h"

/* Text of all that is gathered, and objects of one post. */
#define PULL_BYTES_MAX ((size_t)4 << 30)
enum { POST_SHARES_MAX = 256, SCRATCH_BYTES = 1024 };

struct pulled_share {
	size_t strings;			/* offset: object, account, platform, post, text */
	uint32_t lens[5];
	enum claque_object_kind kind;
	enum claque_act act;
	int64_t at;
};

struct pulling {
	struct pulled_share *shares;
	size_t count, cap;
	struct buf text;
};

static enum claque_rc
keep_share(void *ctx, const struct remote_share *share, struct claque_err *err)
{
	struct pulling *p = ctx;
	const struct claque_str parts[5] = { share->object, share->account, share->platform,
					     share->post, share->text };
	struct pulled_share *kept;

	GROW(p->shares, p->cap, p->count + 1);
	kept = &p->shares[p->count++];
	*kept = (struct pulled_share){ .strings = p->text.len, .kind = share->kind,
				       .act = share->act, .at = share->at };
	for (size_t i = 0; i < 5; i++) {
		kept->lens[i] = (uint32_t)parts[i].len;
		buf_add(&p->text, parts[i]);
	}
	return p->text.over ? err_set(err, CLAQUE_ELIMIT, "these accounts have more than %zu GB of"
				      " shares; pull fewer of them", PULL_BYTES_MAX >> 30)
			    : CLAQUE_OK;
}

static struct claque_str
part_of(const struct pulling *p, const struct pulled_share *s, size_t part)
{
	size_t at = s->strings;

	for (size_t i = 0; i < part; i++)
		at += s->lens[i];
	return (struct claque_str){ p->text.p + at, s->lens[part] };
}

/* By account, time and post, so that the shares of a post stand side by side. */
static int
compare_shares(const void *pa, const void *pb, void *ctx)
{
	static const size_t order[] = { 2, 1, 3, 4, 0 };
	const struct pulled_share *a = pa, *b = pb;
	int d = (a->at > b->at) - (a->at < b->at);

	for (size_t i = 0; i < 5 && d == 0; i++)
		d = str_cmp(part_of(ctx, a, order[i]), part_of(ctx, b, order[i]));
	return d != 0 ? d : (a->kind > b->kind) - (a->kind < b->kind);
}

/* Of one post: with an id by it, without one each by itself. */
static bool
is_same_post(const struct pulling *p, const struct pulled_share *a, const struct pulled_share *b)
{
	return a->at == b->at && a->lens[3] > 0 && str_eq(part_of(p, a, 3), part_of(p, b, 3)) &&
	       str_eq(part_of(p, a, 1), part_of(p, b, 1)) &&
	       str_eq(part_of(p, a, 2), part_of(p, b, 2));
}

static enum post_kind
kind_of(const struct share_record *shares, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (shares[i].act == CLAQUE_ACT_reshare)
			return POST_reshare;
		if (shares[i].act == CLAQUE_ACT_quote)
			return POST_quote;
		if (shares[i].act == CLAQUE_ACT_reply)
			return POST_reply;
	}
	return POST_original;
}

static struct claque_str
or_missing(struct claque_str s)
{
	return s.len > 0 ? s : (struct claque_str){ 0 };
}

static enum claque_rc
put_post(const struct pulling *p, size_t from, size_t count, const struct record_sink *sink,
	 struct claque_err *err)
{
	struct share_record shares[POST_SHARES_MAX];
	const struct pulled_share *first = &p->shares[from];
	struct record record = { .type = RECORD_POST, .post = {
		.platform = part_of(p, first, 2), .id = or_missing(part_of(p, first, 3)),
		.account_id = part_of(p, first, 1), .text = or_missing(part_of(p, first, 4)),
		.at = first->at, .precision = TIME_MILLISECOND, .likes = COUNT_UNKNOWN,
		.shares_count = COUNT_UNKNOWN, .replies = COUNT_UNKNOWN, .shares = shares,
		.share_count = count } };
	bool duplicate;
	enum claque_rc rc;

	for (size_t i = 0; i < count; i++)
		shares[i] = (struct share_record){ .kind = first[i].kind, .act = first[i].act,
			.basis = SHARE_BASIS_id, .key = part_of(p, &first[i], 0) };
	record.post.kind = kind_of(shares, count);
	rc = sink->put(sink->ctx, from + 1, &record, &duplicate, err);
	return rc == CLAQUE_OK ? sink->row_done(sink->ctx, from + 1, err) : rc;
}

/* skip: posts that a pull which was killed has put already. */
static enum claque_rc
put_posts(const struct pulling *p, const struct record_sink *sink, uint64_t skip,
	  struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;
	uint64_t posts = 0;

	for (size_t i = 0, j; i < p->count && rc == CLAQUE_OK; i = j) {
		for (j = i + 1; j < p->count && j - i < POST_SHARES_MAX &&
				is_same_post(p, &p->shares[i], &p->shares[j]); j++)
			;
		if (posts++ >= skip)
			rc = put_post(p, i, j - i, sink, err);
	}
	return rc;
}

static uint64_t
digest_of(const struct pulling *p, char out[SHA256_HEX + 1])
{
	struct sha256 h;

	sha256_start(&h);
	for (size_t i = 0; i < p->count; i++) {
		const struct pulled_share *s = &p->shares[i];
		const int64_t numbers[3] = { s->kind, s->act, s->at };

		sha256_add(&h, (struct claque_str){ (const char *)s->lens, sizeof(s->lens) });
		sha256_add(&h, (struct claque_str){ (const char *)numbers, sizeof(numbers) });
		for (size_t part = 0; part < 5; part++)
			sha256_add(&h, part_of(p, s, part));
	}
	sha256_end(&h, out);
	return p->text.len;
}

static enum claque_rc
record_all(struct store *store, struct writer *writer, const struct remote_pull_request *request,
	   const struct remote_pulled *pulled, const struct claque_progress *progress,
	   struct claque_err *err)
{
	char room[SCRATCH_BYTES];
	struct arena scratch = { room, room + sizeof(room) };
	struct case_context c = { .store = store, .who = request->who };
	struct digest_job *digests;
	enum claque_rc rc;

	digest_job_start(&digests, store);
	rc = writer_finish(writer, progress, err);
	if (rc == CLAQUE_OK)
		rc = digest_job_record(digests, &c, "import", str_fmt(&scratch,
			"{\"accounts\":%zu,\"remote\":true,\"shares\":%llu}",
			request->account_count, (unsigned long long)pulled->shares), err);
	digest_job_free(digests);
	return rc;
}

static enum claque_rc
put_all(struct writer *writer, const struct pulling *p, const char *url, struct remote_pulled *out,
	struct claque_err *err)
{
	char digest[SHA256_HEX + 1];
	struct input_info info = { .path = url, .sha256 = digest, .format = "remote" };
	struct record_sink sink;
	struct input_totals totals = { 0 };
	uint64_t skip;
	enum claque_rc rc;

	info.bytes = digest_of(p, digest);
	rc = writer_begin_input(writer, &info, &skip, &out->done_before, err);
	if (rc != CLAQUE_OK || out->done_before)
		return rc;
	sink = writer_sink(writer);
	rc = put_posts(p, &sink, skip, err);
	if (rc == CLAQUE_OK)
		rc = writer_end_input(writer, &totals, err);
	else
		writer_leave_input(writer);
	out->posts = totals.posts;
	out->duplicates = totals.duplicates;
	return rc;
}

static enum claque_rc
store_all(const struct pulling *p, const char *url, const struct remote_pull_request *request,
	  const struct claque_progress *progress, struct remote_pulled *out, struct claque_err *err)
{
	struct store *store = NULL;
	struct writer *writer = NULL;
	enum claque_rc rc = store_open(&store, request->case_path, STORE_CREATE, err);

	if (rc == CLAQUE_OK)
		rc = digest_job_before(store, progress, err);
	if (rc == CLAQUE_OK)
		rc = writer_new(&writer, store, progress, err);
	if (rc == CLAQUE_OK)
		rc = put_all(writer, p, url, out, err);
	if (rc == CLAQUE_OK && !out->done_before)
		rc = record_all(store, writer, request, out, progress, err);
	writer_free(writer);
	store_close(store);
	return rc;
}

enum claque_rc
remote_pull_job(struct remote *r, const struct remote_pull_request *request,
		const struct claque_progress *progress, struct remote_pulled *out,
		struct claque_err *err)
{
	struct pulling p = { 0 };
	struct remote_pull pull = { request->accounts, request->account_count, &p, keep_share };
	enum claque_rc rc;

	*out = (struct remote_pulled){ 0 };
	buf_init(&p.text, PULL_BYTES_MAX);
	rc = remote_pull(r, &pull, progress, err);
	if (rc == CLAQUE_OK && p.count == 0)
		rc = err_set(err, CLAQUE_ENOTFOUND, "the servers hold no share of any of these %zu"
			     " accounts", request->account_count);
	if (rc == CLAQUE_OK) {
		out->shares = p.count;
		if (p.count > 1)
			qsort_r(p.shares, p.count, sizeof(*p.shares), compare_shares, &p);
		rc = store_all(&p, remote_url(r, 0), request, progress, out, err);
	}
	free(p.shares);
	buf_done(&p.text);
	return rc;
}
