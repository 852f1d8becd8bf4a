/*
 * shards.h - the same work on every shard at once, a thread each.
 */
#ifndef REMOTE_SHARDS_H
#define REMOTE_SHARDS_H

#include <pthread.h>

#include "remote/answer.h"
#include "remote/remote.h"
#include "remote/sql.h"

struct remote_shard {
	char *url;
	struct http *http;
	unsigned number;		/* from 0 */
};

struct remote {
	const struct remote_options *options;
	struct claque_str database;
	struct mapping own;		/* used where the options give none */
	const struct mapping *mapping;
	struct remote_shard shards[REMOTE_SHARDS_MAX];
	unsigned shard_count;
	atomic_bool stop;
	atomic_uint_fast64_t done, total;	/* parts, for the progress line */
};

/* No answer is longer: parts of the work are made small enough. */
#define SHARD_ANSWER_MAX ((size_t)1 << 30)

/* What a shard is to do. Runs in a thread of its own; work[i] is the i-th shard's. */
struct shard_job {
	const char *stage;		/* for the progress line and messages */
	enum claque_rc (*run)(struct remote *r, struct remote_shard *shard, void *work,
			      struct claque_err *err);
	void *work;			/* shard_count items of work_size bytes */
	size_t work_size;
};
/*
 * Waits for all. The first failure, by number of the shard, stops the others, and is told
 * with the shard's URL.
 */
CLAQUE_CHECKED enum claque_rc shards_run(struct remote *r, const struct shard_job *job,
	const struct claque_progress *progress, struct claque_err *err);
/* Adds a shard; EUSAGE for what is no URL, ELIMIT past REMOTE_SHARDS_MAX. */
CLAQUE_CHECKED enum claque_rc shards_add(struct remote *r, struct claque_str url,
	struct claque_err *err);
struct sql_scope shards_scope(const struct remote *r);

/* A statement and who reads its answer. */
struct shard_question {
	enum sql_statement statement;
	const struct sql_scope *scope;
	struct claque_str session;	/* or missing */
	struct answer_sink sink;	/* row may be NULL where nothing is answered */
	pthread_mutex_t *lock;		/* held while rows are read; or NULL */
};
CLAQUE_CHECKED enum claque_rc shard_ask(struct remote_shard *shard,
	const struct shard_question *question, struct claque_err *err);
/* rows: RowBinary of these columns: "`claque`.claque_share (kind, ...)". */
struct shard_rows {
	struct claque_str into, rows, session;
	bool once;			/* not to be repeated blindly */
};
CLAQUE_CHECKED enum claque_rc shard_insert(struct remote_shard *shard,
	const struct shard_rows *rows, struct claque_err *err);

#endif
