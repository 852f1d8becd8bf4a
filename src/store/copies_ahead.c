/*
 * copies_ahead.c - copies looked for in a thread, with a reader's connection of its own,
 * while the writer builds indexes: to print the texts and to compare them is a fifth of an
 * import, and needs nothing that an index or a derivation changes.
 *
 * What it finds is used if nobody wrote to the case meanwhile but who builds the indexes;
 * else, and if anything went wrong, it is thrown away and looked for again, and errors are
 * told there.
 */
#include "config.h"

#include "store/copies.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/err.h"
#include "store/copies_impl.h"

struct copies_ahead {
	pthread_t thread;
	atomic_bool stop, ended;
	bool running, found;
	struct store *store;		/* the thread's */
	struct copies *copies;		/* its own until it is joined */
	size_t most;			/* bytes of prints in memory */
	int64_t version;		/* of the writer's connection, before */
	int64_t state;			/* what all of it rests on */
	enum claque_rc rc;
};

/* All of it as at one moment. */
static enum claque_rc
look(struct copies_ahead *a, struct claque_err *err)
{
	bool several, whole = false;
	enum claque_rc rc = store_hold(a->store, err);

	if (rc == CLAQUE_OK)
		rc = copies_may_change(a->store, &several, err);
	if (rc == CLAQUE_OK && !several)
		return CLAQUE_DONE;
	if (rc == CLAQUE_OK)
		rc = copies_state(a->store, &a->state, err);
	if (rc == CLAQUE_OK)
		rc = copies_new(&a->copies, a->store, err);
	if (rc != CLAQUE_OK)
		return rc;
	a->copies->stop = &a->stop;
	rc = copies_read_new(a->copies, a->most, &whole, err);
	if (rc != CLAQUE_OK || !whole)
		return rc;
	rc = copies_find(a->copies, err);
	a->found = rc == CLAQUE_OK;
	return rc;
}

static void *
run(void *ctx)
{
	struct copies_ahead *a = ctx;
	struct claque_err err;

	a->rc = look(a, &err);
	store_rollback(a->store);	/* the log may be begun anew */
	atomic_store(&a->ended, true);
	return NULL;
}

void
copies_ahead_start(struct store *s, size_t most)
{
	struct copies_ahead *a = calloc(1, sizeof(*a));
	struct claque_err err;

	if (a == NULL)
		base_oom();
	s->ahead = a;
	a->most = most;
	a->running = store_version(s, &a->version, &err) == CLAQUE_OK &&
		     store_open(&a->store, s->path, STORE_READ, &err) == CLAQUE_OK &&
		     pthread_create(&a->thread, NULL, run, a) == 0;
	if (!a->running)
		copies_ahead_end(s);
}

static void
join(struct copies_ahead *a)
{
	if (a->running)
		(void)pthread_join(a->thread, NULL);
	a->running = false;
}

/* As patient as whoever watches the writer. */
static bool
wait_for(struct store *s)
{
	static const struct timespec moment = { 0, 5000000 };

	for (;;) {
		if (!store_tick(s))
			return false;
		if (!s->ahead->running || atomic_load(&s->ahead->ended))
			break;
		(void)nanosleep(&moment, NULL);
	}
	join(s->ahead);
	return true;
}

enum claque_rc
copies_ahead_take(struct store *s, int64_t state, struct copies **out, bool *found)
{
	struct copies_ahead *a = s->ahead;
	int64_t version = 0;
	struct claque_err err;

	*out = NULL;
	*found = false;
	if (a == NULL)
		return CLAQUE_OK;
	if (!wait_for(s))
		return CLAQUE_STOPPED;
	if (a->rc == CLAQUE_OK && a->state == state &&
	    store_version(s, &version, &err) == CLAQUE_OK && version == a->version) {
		*out = a->copies;
		a->copies = NULL;
		*found = a->found;
	}
	return CLAQUE_OK;
}

void
copies_ahead_end(struct store *s)
{
	struct copies_ahead *a = s->ahead;

	if (a == NULL)
		return;
	s->ahead = NULL;
	atomic_store(&a->stop, true);
	if (a->running)
		store_interrupt(a->store);
	join(a);
	copies_free(a->copies);
	store_close(a->store);
	free(a);
}
