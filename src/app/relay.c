#include "config.h"

#include "app/relay.h"

#include <pthread.h>
#include <signal.h>

/*
 * A block is handed over when it is BLOCK_BYTES full; the row in hand may take
 * it further, up to a row's own maximum (4 MiB, and its shares). Small enough
 * that the blocks stay in a processor's cache.
 */
enum { BLOCKS = 4, BLOCK_BYTES = 128 << 10, BLOCK_ROOM = 160 << 20 };

enum event_kind { EVENT_RECORD, EVENT_REFUSAL, EVENT_ROW_DONE };

struct event {
	struct event *next;
	enum event_kind kind;
	uint64_t row;
	const struct record *record;
	struct claque_str reason;
};

struct block {
	struct arena whole, room;
	struct event *first, **end;
};

struct relay {
	const struct relay_source *source;
	pthread_t thread;
	struct block blocks[BLOCKS];	/* a ring */
	struct block *filling;		/* the reader's own; NULL: it needs one */

	pthread_mutex_t lock;		/* of all below */
	pthread_cond_t changed;
	uint64_t filled, drained;	/* blocks so far */
	bool ended, stopping;
	const char *stage;		/* what the reader would have told progress */
	uint64_t done, total;
	enum claque_rc rc;		/* of the reader, once it has ended */
	struct claque_err err;
};

/* The reader's side. */

static void
wipe(struct block *b)
{
	b->room = b->whole;
	b->first = NULL;
	b->end = &b->first;
}

static bool
take_block(struct relay *r)
{
	(void)pthread_mutex_lock(&r->lock);
	while (r->filled - r->drained == BLOCKS && !r->stopping)
		(void)pthread_cond_wait(&r->changed, &r->lock);
	if (!r->stopping)
		r->filling = &r->blocks[r->filled % BLOCKS];
	(void)pthread_mutex_unlock(&r->lock);
	if (r->filling == NULL)
		return false;
	wipe(r->filling);
	return true;
}

static void
give_block(struct relay *r)
{
	(void)pthread_mutex_lock(&r->lock);
	r->filled++;
	r->filling = NULL;
	(void)pthread_cond_broadcast(&r->changed);
	(void)pthread_mutex_unlock(&r->lock);
}

/* NULL once the other side is gone. */
static struct event *
add_event(struct relay *r, enum event_kind kind, uint64_t row)
{
	struct event *e;

	if (r->filling == NULL && !take_block(r))
		return NULL;
	e = ARENA_NEW(&r->filling->room, struct event, 1);
	e->kind = kind;
	e->row = row;
	*r->filling->end = e;
	r->filling->end = &e->next;
	return e;
}

static enum claque_rc
on_put(void *ctx, uint64_t row, const struct record *record, bool *duplicate,
       struct claque_err *err)
{
	struct relay *r = ctx;
	struct event *e = add_event(r, EVENT_RECORD, row);

	(void)err;
	*duplicate = false;
	if (e == NULL)
		return CLAQUE_STOPPED;
	e->record = record_copy(&r->filling->room, record);
	return CLAQUE_OK;
}

static enum claque_rc
on_refuse(void *ctx, uint64_t row, struct claque_str reason, struct claque_err *err)
{
	struct relay *r = ctx;
	struct event *e = add_event(r, EVENT_REFUSAL, row);

	(void)err;
	if (e == NULL)
		return CLAQUE_STOPPED;
	e->reason = str_dup(&r->filling->room, reason);
	return CLAQUE_OK;
}

static enum claque_rc
on_row_done(void *ctx, uint64_t row, struct claque_err *err)
{
	struct relay *r = ctx;

	(void)err;
	if (add_event(r, EVENT_ROW_DONE, row) == NULL)
		return CLAQUE_STOPPED;
	if (r->filling->room.beg - r->filling->whole.beg >= BLOCK_BYTES)
		give_block(r);
	return CLAQUE_OK;
}

static bool
on_tick(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
	struct relay *r = ctx;
	bool go;

	(void)pthread_mutex_lock(&r->lock);
	r->stage = stage;
	r->done = done;
	r->total = total;
	go = !r->stopping;
	(void)pthread_cond_broadcast(&r->changed);
	(void)pthread_mutex_unlock(&r->lock);
	return go;
}

static void *
reader_main(void *ctx)
{
	struct relay *r = ctx;
	struct record_sink sink = { r, on_put, on_refuse, on_row_done };
	struct claque_progress progress = { r, on_tick };
	enum claque_rc rc = r->source->read(r->source->ctx, &sink, &progress, &r->err);

	if (r->filling != NULL)
		give_block(r);
	(void)pthread_mutex_lock(&r->lock);
	r->rc = rc;
	r->ended = true;
	(void)pthread_cond_broadcast(&r->changed);
	(void)pthread_mutex_unlock(&r->lock);
	return NULL;
}

/* The caller's side. */

/* The next block; NULL when there is none: *ended says whether for good. */
static const struct block *
next_block(struct relay *r, const struct claque_progress *progress, bool *go, bool *ended)
{
	const struct block *b = NULL;
	const char *stage;
	uint64_t done, total;

	(void)pthread_mutex_lock(&r->lock);
	while (r->filled == r->drained && !r->ended && r->stage == NULL)
		(void)pthread_cond_wait(&r->changed, &r->lock);
	if (r->filled > r->drained)
		b = &r->blocks[r->drained % BLOCKS];
	*ended = b == NULL && r->ended;
	stage = r->stage;
	done = r->done;
	total = r->total;
	r->stage = NULL;
	(void)pthread_mutex_unlock(&r->lock);
	*go = stage == NULL || progress->tick == NULL ||
	      progress->tick(progress->ctx, stage, done, total);
	return b;
}

static enum claque_rc
pass_on(const struct block *b, const struct record_sink *sink, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;
	bool duplicate;

	for (const struct event *e = b->first; rc == CLAQUE_OK && e != NULL; e = e->next) {
		if (e->kind == EVENT_RECORD)
			rc = sink->put(sink->ctx, e->row, e->record, &duplicate, err);
		else if (e->kind == EVENT_REFUSAL)
			rc = sink->refuse(sink->ctx, e->row, e->reason, err);
		else
			rc = sink->row_done(sink->ctx, e->row, err);
	}
	return rc;
}

static void
release(struct relay *r, bool stop)
{
	(void)pthread_mutex_lock(&r->lock);
	r->drained += !stop;
	r->stopping |= stop;
	(void)pthread_cond_broadcast(&r->changed);
	(void)pthread_mutex_unlock(&r->lock);
}

static enum claque_rc
drain(struct relay *r, const struct record_sink *sink, const struct claque_progress *progress,
      struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;
	bool go = true, ended = false;

	while (rc == CLAQUE_OK && !ended) {
		const struct block *b = next_block(r, progress, &go, &ended);

		if (!go)
			rc = CLAQUE_STOPPED;
		else if (b != NULL)
			rc = pass_on(b, sink, err);
		if (rc == CLAQUE_OK && b != NULL)
			release(r, false);
	}
	if (rc != CLAQUE_OK)
		release(r, true);
	return rc;
}

/* Signals are the caller's. */
static int
start_reader(struct relay *r)
{
	sigset_t all, before;
	int rc;

	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, &before);
	rc = pthread_create(&r->thread, NULL, reader_main, r);
	(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
	return rc;
}

enum claque_rc
relay_run(const struct relay_source *source, const struct record_sink *sink,
	  const struct claque_progress *progress, struct claque_err *err)
{
	struct relay r = { .source = source, .lock = PTHREAD_MUTEX_INITIALIZER,
			   .changed = PTHREAD_COND_INITIALIZER };
	enum claque_rc rc;

	for (size_t i = 0; i < BLOCKS; i++)
		r.blocks[i].whole = arena_new(BLOCK_ROOM);
	if (start_reader(&r) == 0) {
		rc = drain(&r, sink, progress, err);
		(void)pthread_join(r.thread, NULL);
		if (rc == CLAQUE_OK && r.rc != CLAQUE_OK) {
			rc = r.rc;
			*err = r.err;
		}
	} else {	/* no thread to be had: one after the other */
		rc = source->read(source->ctx, sink, progress, err);
	}
	for (size_t i = 0; i < BLOCKS; i++)
		arena_free(r.blocks[i].whole);
	(void)pthread_cond_destroy(&r.changed);
	(void)pthread_mutex_destroy(&r.lock);
	return rc;
}
