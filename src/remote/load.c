/*
 * load.c - shares on their way to the shards, in batches.
 *
 * A batch is one INSERT of fewer rows than a server puts into one block, so that it is there
 * wholly or not at all; and batches go to a shard in the order of their rows. So the largest
 * row of an origin that a shard has tells how far it is: what is not larger is there. That is
 * asked at the beginning, and whenever it is not known whether a batch arrived.
 */
#include "config.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/map.h"
#include "remote/shards.h"

enum { BATCH_ROWS = 100000, BATCH_BYTES = 32 << 20, ROW_MAX = 4 << 20, SEND_TRIES = 4 };

struct load_shard {
	struct map origins;		/* 8 bytes each, to a place in rows */
	uint64_t *rows;			/* the largest that is there */
	size_t rows_cap;
	struct buf batch;
	uint64_t batch_rows;
	uint64_t last_origin, last_row;	/* of the batch */
};

struct remote_load {
	struct remote *r;
	const struct claque_progress *progress;
	struct load_shard shards[REMOTE_SHARDS_MAX];
	struct remote_loaded loaded;
};

static struct claque_str
origin_bytes(const uint64_t *origin)
{
	return (struct claque_str){ (const char *)origin, sizeof(*origin) };
}

static enum claque_rc
take_origin(void *ctx, const struct answer_cell *cells, struct claque_err *err)
{
	struct load_shard *s = ctx;
	bool is_new;
	uint32_t place = map_add(&s->origins, origin_bytes(&cells[0].u), &is_new);

	(void)err;
	GROW(s->rows, s->rows_cap, (size_t)place + 1);
	s->rows[place] = cells[1].u;
	return CLAQUE_OK;
}

static enum claque_rc
ask_origins(struct remote *r, struct remote_shard *shard, void *work, struct claque_err *err)
{
	struct sql_scope scope = shards_scope(r);

	return shard_ask(shard, &(struct shard_question){
		SQL_ORIGINS, &scope, .sink = { work, take_origin } }, err);
}

static bool
is_there(const struct load_shard *s, uint64_t origin, uint64_t row)
{
	uint32_t place = map_get(&s->origins, origin_bytes(&origin));

	return place != MAP_NONE && row <= s->rows[place];
}

enum claque_rc
remote_load_new(struct remote_load **out, struct remote *r, const struct claque_progress *progress,
		struct claque_err *err)
{
	struct remote_load *load = NULL;
	size_t cap = 0;
	struct shard_job job = { .stage = "asking what is there", .run = ask_origins,
				 .work_size = sizeof(struct load_shard) };
	enum claque_rc rc;

	*out = NULL;
	if (!r->mapping->own)
		return err_set(err, CLAQUE_EUSAGE, "nothing is loaded into a table that is somebody"
			       " else's; leave out --mapping");
	GROW(load, cap, 1);
	*load = (struct remote_load){ .r = r, .progress = progress };
	for (unsigned i = 0; i < REMOTE_SHARDS_MAX; i++) {
		map_init(&load->shards[i].origins);
		buf_init(&load->shards[i].batch, BATCH_BYTES + ROW_MAX);
	}
	job.work = load->shards;
	rc = shards_run(r, &job, progress, err);
	if (rc == CLAQUE_OK)
		*out = load;
	else
		remote_load_free(load);
	return rc;
}

void
remote_load_free(struct remote_load *load)
{
	if (load == NULL)
		return;
	for (unsigned i = 0; i < REMOTE_SHARDS_MAX; i++) {
		map_done(&load->shards[i].origins);
		free(load->shards[i].rows);
		buf_done(&load->shards[i].batch);
	}
	free(load);
}

/* Not repeated blindly: it may have arrived though its answer did not. */
static enum claque_rc
send_batch(struct remote *r, struct remote_shard *shard, void *work, struct claque_err *err)
{
	struct load_shard *s = work;
	struct buf into;
	struct claque_err asked;
	enum claque_rc rc = CLAQUE_OK;

	if (s->batch_rows == 0)
		return CLAQUE_OK;
	buf_init(&into, SQL_BYTES_MAX);
	buf_addf(&into, "`" STR_FMT "`.claque_share (" SQL_SHARE_COLUMNS ")", STR_ARG(r->database));
	for (int i = 0; i < SEND_TRIES; i++) {
		rc = shard_insert(shard, &(struct shard_rows){
			buf_str(&into), buf_str(&s->batch), .once = true }, err);
		if (rc != CLAQUE_EIO || ask_origins(r, shard, s, &asked) != CLAQUE_OK)
			break;
		if (is_there(s, s->last_origin, s->last_row)) {
			rc = CLAQUE_OK;
			break;
		}
	}
	buf_done(&into);
	atomic_fetch_add(&r->done, s->batch_rows);
	return rc;
}

static enum claque_rc
flush(struct remote_load *load, struct claque_err *err)
{
	struct shard_job job = { "sending shares", send_batch, load->shards,
				 sizeof(struct load_shard) };
	enum claque_rc rc = shards_run(load->r, &job, load->progress, err);

	for (unsigned i = 0; i < load->r->shard_count && rc == CLAQUE_OK; i++) {
		struct load_shard *s = &load->shards[i];

		load->loaded.shares += s->batch_rows;
		s->batch_rows = 0;
		buf_clear(&s->batch);
	}
	return rc;
}

/* Of the object alone: all that share it meet on one shard. */
static unsigned
shard_of(const struct remote *r, const struct remote_share *share)
{
	return (unsigned)(hash_bytes(share->object, (uint64_t)share->kind) % r->shard_count);
}

static void
put_row(struct buf *b, const struct remote_share *share)
{
	answer_put_byte(b, (uint8_t)share->kind);
	answer_put_byte(b, (uint8_t)share->act);
	answer_put_str(b, share->object);
	answer_put_str(b, share->account);
	answer_put_str(b, share->platform);
	answer_put_str(b, share->post);
	answer_put_str(b, share->text);
	answer_put_i64(b, share->at);
	answer_put_u64(b, share->origin);
	answer_put_u64(b, share->row);
}

enum claque_rc
remote_load_add(struct remote_load *load, const struct remote_share *share, struct claque_err *err)
{
	struct load_shard *s = &load->shards[shard_of(load->r, share)];
	size_t bytes = share->object.len + share->account.len + share->platform.len +
		       share->post.len + share->text.len;

	if (is_there(s, share->origin, share->row)) {
		load->loaded.passed++;
		return CLAQUE_OK;
	}
	if (bytes > ROW_MAX / 2)
		return err_set(err, CLAQUE_ELIMIT, "a share of %zu bytes", bytes);
	put_row(&s->batch, share);
	s->last_origin = share->origin;
	s->last_row = share->row;
	s->batch_rows++;
	return s->batch_rows < BATCH_ROWS && s->batch.len < BATCH_BYTES ? CLAQUE_OK
									 : flush(load, err);
}

enum claque_rc
remote_load_end(struct remote_load *load, struct remote_loaded *out, struct claque_err *err)
{
	enum claque_rc rc = flush(load, err);

	*out = load->loaded;
	return rc;
}
