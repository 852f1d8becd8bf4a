#include "config.h"

#include "app/file_digest.h"

#include <signal.h>

static bool
on_tick(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
	struct file_digest *d = ctx;

	(void)stage, (void)done, (void)total;
	return !atomic_load(&d->stopping);
}

static void *
hash_main(void *ctx)
{
	struct file_digest *d = ctx;
	struct claque_progress progress = { d, on_tick };

	d->rc = sha256_file(d->path, d->hex, &d->bytes, &progress, &d->err);
	atomic_store(&d->ended, true);
	return NULL;
}

/* Signals are the caller's. Without a thread to be had, the hash is taken at once. */
void
file_digest_start(struct file_digest *d, const char *path)
{
	sigset_t all, before;

	*d = (struct file_digest){ .path = path };
	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, &before);
	d->running = pthread_create(&d->thread, NULL, hash_main, d) == 0;
	(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (!d->running)
		(void)hash_main(d);
}

static void
join(struct file_digest *d)
{
	if (d->running)
		(void)pthread_join(d->thread, NULL);
	d->running = false;
}

static bool
is_ready(void *ctx)
{
	struct file_digest *d = ctx;

	return atomic_load(&d->ended);
}

static enum claque_rc
get(void *ctx, const char **hex, uint64_t *bytes, struct claque_err *err)
{
	struct file_digest *d = ctx;

	join(d);
	*hex = d->hex;
	*bytes = d->bytes;
	if (d->rc != CLAQUE_OK)
		*err = d->err;
	return d->rc;
}

struct input_digest
file_digest_of(struct file_digest *d)
{
	return (struct input_digest){ d, is_ready, get };
}

void
file_digest_stop(struct file_digest *d)
{
	atomic_store(&d->stopping, true);
}

void
file_digest_done(struct file_digest *d)
{
	file_digest_stop(d);
	join(d);
}
