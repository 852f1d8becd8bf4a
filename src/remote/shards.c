#include "config.h"

#include "remote/shards.h"

#include <curl/curl.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

#include "base/err.h"

/* How often the caller is told how far it is. */
enum { TICK_MS = 50 };

struct shard_thread {
	struct remote *r;
	const struct shard_job *job;
	struct remote_shard *shard;
	void *work;
	pthread_t thread;
	bool started;
	atomic_bool ended;
	enum claque_rc rc;
	struct claque_err err;
};

enum claque_rc
shards_add(struct remote *r, struct claque_str url, struct claque_err *err)
{
	struct remote_shard *shard = &r->shards[r->shard_count];
	size_t cap = 0;
	char *copy = NULL;
	enum claque_rc rc;

	if (r->shard_count == REMOTE_SHARDS_MAX)
		return err_set(err, CLAQUE_ELIMIT, "more than %d shards", REMOTE_SHARDS_MAX);
	GROW(copy, cap, url.len + 1);
	if (url.len > 0)
		memcpy(copy, url.p, url.len);
	copy[url.len] = '\0';
	*shard = (struct remote_shard){ .url = copy, .number = r->shard_count };
	rc = http_check_url(copy, &r->options->http, err);
	if (rc == CLAQUE_OK)
		rc = http_new(&shard->http, copy, &r->options->http, &r->stop, err);
	if (rc != CLAQUE_OK)
		free(copy);
	else
		r->shard_count++;
	return rc;
}

enum claque_rc
remote_open(struct remote **out, const char *url, const struct remote_options *options,
	    struct claque_err *err)
{
	struct remote *r = NULL;
	size_t cap = 0;
	enum claque_rc rc;

	*out = NULL;
	if (options->database.p != NULL && !mapping_is_name(options->database))
		return err_set(err, CLAQUE_EUSAGE, "a database is named by letters, digits and _");
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return err_set(err, CLAQUE_EIO, "libcurl could not be started");
	GROW(r, cap, 1);
	*r = (struct remote){ .options = options, .own = mapping_own(),
			      .database = options->database.p != NULL ? options->database
								      : STR("claque") };
	r->mapping = options->mapping != NULL ? options->mapping : &r->own;
	atomic_init(&r->stop, false);
	rc = shards_add(r, str_of(url), err);
	if (rc == CLAQUE_OK)
		*out = r;
	else
		remote_close(r);
	return rc;
}

void
remote_close(struct remote *r)
{
	if (r == NULL)
		return;
	for (unsigned i = 0; i < r->shard_count; i++) {
		http_free(r->shards[i].http);
		free(r->shards[i].url);
	}
	free(r);
	curl_global_cleanup();
}

unsigned
remote_shards(const struct remote *r)
{
	return r->shard_count;
}

const char *
remote_url(const struct remote *r, unsigned shard)
{
	return r->shards[shard].url;
}

static void *
run_thread(void *ctx)
{
	struct shard_thread *t = ctx;

	t->rc = t->job->run(t->r, t->shard, t->work, &t->err);
	if (t->rc != CLAQUE_OK)
		atomic_store(&t->r->stop, true);
	atomic_store(&t->ended, true);
	return NULL;
}

/* Signals are the main thread's. */
static void
start(struct shard_thread *t)
{
	sigset_t all, before;

	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_BLOCK, &all, &before);
	t->started = pthread_create(&t->thread, NULL, run_thread, t) == 0;
	(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (!t->started) {
		t->rc = err_set(&t->err, CLAQUE_EIO, "no thread could be started");
		atomic_store(&t->r->stop, true);
		atomic_store(&t->ended, true);
	}
}

static void
wait_all(struct remote *r, struct shard_thread *threads, const char *stage,
	 const struct claque_progress *progress)
{
	const struct timespec step = { .tv_nsec = TICK_MS * 1000000L };
	bool running = true;

	while (running) {
		running = false;
		for (unsigned i = 0; i < r->shard_count; i++)
			running = running || !atomic_load(&threads[i].ended);
		if (progress->tick != NULL &&
		    !progress->tick(progress->ctx, stage, atomic_load(&r->done),
				    atomic_load(&r->total)))
			atomic_store(&r->stop, true);
		if (running)
			(void)nanosleep(&step, NULL);
	}
	for (unsigned i = 0; i < r->shard_count; i++)
		if (threads[i].started)
			(void)pthread_join(threads[i].thread, NULL);
}

/* Which shard, what it said, what about the others. */
static enum claque_rc
outcome(const struct remote *r, const struct shard_thread *threads, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	for (unsigned i = 0; i < r->shard_count; i++) {
		const struct shard_thread *t = &threads[i];

		if (t->rc == CLAQUE_STOPPED && rc == CLAQUE_OK)
			rc = CLAQUE_STOPPED;
		if (t->rc == CLAQUE_OK || t->rc == CLAQUE_STOPPED)
			continue;
		*err = t->err;
		return err_wrap(err, "shard %u of %u, %.80s", i + 1, r->shard_count,
				t->shard->url);
	}
	return rc;
}

enum claque_rc
shards_run(struct remote *r, const struct shard_job *job, const struct claque_progress *progress,
	   struct claque_err *err)
{
	struct shard_thread *threads = NULL;
	size_t cap = 0;
	enum claque_rc rc;

	GROW(threads, cap, r->shard_count);
	atomic_store(&r->stop, false);
	atomic_store(&r->done, 0);
	atomic_store(&r->total, 0);
	for (unsigned i = 0; i < r->shard_count; i++) {
		threads[i] = (struct shard_thread){ .r = r, .job = job, .shard = &r->shards[i],
			.work = (char *)job->work + i * job->work_size };
		atomic_init(&threads[i].ended, false);
		start(&threads[i]);
	}
	wait_all(r, threads, job->stage, progress);
	rc = outcome(r, threads, err);
	free(threads);
	return rc;
}

struct sql_scope
shards_scope(const struct remote *r)
{
	return (struct sql_scope){ .mapping = r->mapping, .database = r->database,
				   .hi = UINT64_MAX };
}

static enum claque_rc
read_answer(const struct shard_question *q, const struct buf *answer, struct claque_err *err)
{
	enum claque_rc rc;

	if (q->sink.row == NULL)
		return CLAQUE_OK;
	if (q->lock != NULL)
		(void)pthread_mutex_lock(q->lock);
	rc = answer_read(buf_str(answer), sql_layout(q->statement), &q->sink, err);
	if (q->lock != NULL)
		(void)pthread_mutex_unlock(q->lock);
	return rc;
}

enum claque_rc
shard_ask(struct remote_shard *shard, const struct shard_question *question,
	  struct claque_err *err)
{
	struct buf sql, answer;
	struct http_call call = { .session = question->session };
	enum claque_rc rc;

	buf_init(&sql, SQL_BYTES_MAX);
	buf_init(&answer, SHARD_ANSWER_MAX);
	sql_write(question->statement, question->scope, &sql);
	call.sql = buf_str(&sql);
	call.answer = question->sink.row != NULL ? &answer : NULL;
	rc = http_run(shard->http, &call, err);
	if (rc == CLAQUE_OK)
		rc = read_answer(question, &answer, err);
	if (rc != CLAQUE_OK && rc != CLAQUE_STOPPED)
		rc = err_wrap(err, "%s", sql_purpose(question->statement));
	buf_done(&sql);
	buf_done(&answer);
	return rc;
}

enum claque_rc
shard_insert(struct remote_shard *shard, const struct shard_rows *rows, struct claque_err *err)
{
	struct buf sql;
	struct http_call call = { .body = rows->rows, .session = rows->session,
				  .once = rows->once };
	enum claque_rc rc;

	buf_init(&sql, SQL_BYTES_MAX);
	buf_addf(&sql, "INSERT INTO " STR_FMT " FORMAT RowBinary", STR_ARG(rows->into));
	call.sql = buf_str(&sql);
	rc = http_run(shard->http, &call, err);
	buf_done(&sql);
	return rc;
}
