/*
 * pull.c - the shares of some accounts home. One shard after the other, so that what comes
 * comes in one order.
 */
#include "config.h"

#include "base/err.h"
#include "base/secret.h"
#include "remote/shards.h"

enum { SESSION_LETTERS = 20, WANTED_BYTES_MAX = 64 << 20 };

struct pull_work {
	const struct remote_pull *pull;
	unsigned shard;			/* whose turn it is */
	uint64_t row;
};

static enum claque_rc
take_share(void *ctx, const struct answer_cell *cells, struct claque_err *err)
{
	struct pull_work *w = ctx;
	struct remote_share share = {
		.account = cells[0].s, .platform = cells[1].s, .post = cells[2].s,
		.object = cells[3].s, .text = cells[6].s, .at = cells[7].i, .row = ++w->row };

	if (!object_kind_parse(cells[4].s, &share.kind) || !act_parse(cells[5].s, &share.act))
		return err_set(err, CLAQUE_EINPUT, "share %llu of the answer is of kind '" STR_FMT
			       "' and act '" STR_FMT "', which claque does not know",
			       (unsigned long long)w->row, STR_ARG(str_head(cells[4].s, 32)),
			       STR_ARG(str_head(cells[5].s, 32)));
	return w->pull->each(w->pull->ctx, &share, err);
}

static enum claque_rc
send_wanted(struct remote_shard *shard, const struct pull_work *w, struct claque_str session,
	    struct claque_err *err)
{
	struct buf rows;
	enum claque_rc rc;

	buf_init(&rows, WANTED_BYTES_MAX);
	for (size_t i = 0; i < w->pull->account_count; i++)
		answer_put_str(&rows, w->pull->accounts[i]);
	rc = rows.over ? err_set(err, CLAQUE_ELIMIT, "more account ids than %d MB",
				 WANTED_BYTES_MAX >> 20) :
		shard_insert(shard, &(struct shard_rows){
			STR("claque_wanted (" SQL_WANTED_COLUMNS ")"), buf_str(&rows), session,
			.once = true }, err);
	buf_done(&rows);
	return rc;
}

static enum claque_rc
run_pull(struct remote *r, struct remote_shard *shard, void *work, struct claque_err *err)
{
	struct pull_work *w = *(struct pull_work **)work;
	struct sql_scope scope = shards_scope(r);
	unsigned char bytes[SECRET_BYTES];
	char session[SESSION_LETTERS];
	struct claque_str name = { session, sizeof(session) };
	enum claque_rc rc;

	if (shard->number != w->shard)
		return CLAQUE_OK;
	secret_make(bytes);
	secret_letters(bytes, session, sizeof(session));
	rc = shard_ask(shard, &(struct shard_question){
		.statement = SQL_WANTED, .scope = &scope, .session = name }, err);
	if (rc == CLAQUE_OK)
		rc = send_wanted(shard, w, name, err);
	if (rc == CLAQUE_OK)
		rc = shard_ask(shard, &(struct shard_question){
			.statement = SQL_PULL, .scope = &scope, .session = name,
			.sink = { w, take_share } }, err);
	return rc;
}

enum claque_rc
remote_pull(struct remote *r, const struct remote_pull *pull,
	    const struct claque_progress *progress, struct claque_err *err)
{
	struct pull_work work = { .pull = pull }, *works[REMOTE_SHARDS_MAX];
	struct shard_job job = { "reading shares", run_pull, works, sizeof(works[0]) };
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 0; i < REMOTE_SHARDS_MAX; i++)
		works[i] = &work;
	for (; rc == CLAQUE_OK && work.shard < r->shard_count; work.shard++)
		rc = shards_run(r, &job, progress, err);
	return rc;
}
