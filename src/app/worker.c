#include "config.h"

#include "app/worker.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

struct worker {
	const char *path;
	struct store *store;		/* the thread's own */
	pthread_t thread;
	bool running;

	pthread_mutex_t lock;		/* of all below, and of a job's end */
	pthread_cond_t changed;
	struct task *next, *at_hand;
	bool closing;
};

void
task_init(struct task *job, enum claque_rc (*run)(struct task *, struct store *, struct claque_err *),
	 void (*release)(struct task *))
{
	job->run = run;
	job->free = release;
	job->rc = CLAQUE_OK;
	atomic_init(&job->stopping, false);
	atomic_init(&job->ended, false);
	atomic_init(&job->holders, 1);
}

static void
hold(struct task *job)
{
	(void)atomic_fetch_add(&job->holders, 1);
}

void
task_release(struct task *job)
{
	if (job != NULL && atomic_fetch_sub(&job->holders, 1) == 1)
		job->free(job);
}

void
task_stop(struct task *job)
{
	if (job != NULL)
		atomic_store(&job->stopping, true);
}

bool
task_stopping(struct task *job)
{
	return atomic_load(&job->stopping);
}

bool
task_ended(struct task *job)
{
	return atomic_load(&job->ended);
}

/* SQLite asks now and then whether to go on. */
static bool
go_on(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
	(void)stage, (void)done, (void)total;
	return !task_stopping(ctx);
}

static void
do_job(struct worker *w, struct task *job)
{
	struct claque_progress watch = { job, go_on };
	enum claque_rc rc = CLAQUE_OK;

	if (w->store == NULL)
		rc = store_open(&w->store, w->path, STORE_READ, &job->err);
	if (rc == CLAQUE_OK) {
		store_watch(w->store, &watch);
		rc = task_stopping(job) ? CLAQUE_STOPPED : job->run(job, w->store, &job->err);
		store_unwatch(w->store);
	}
	job->rc = rc;
}

/* What is at hand is held until its end has been told. Under the lock. */
static void
end_job(struct worker *w, struct task *job)
{
	atomic_store(&job->ended, true);
	(void)pthread_cond_broadcast(&w->changed);
	task_release(job);
}

static void *
worker_main(void *ctx)
{
	struct worker *w = ctx;

	(void)pthread_mutex_lock(&w->lock);
	for (;;) {
		while (w->next == NULL && !w->closing)
			(void)pthread_cond_wait(&w->changed, &w->lock);
		if (w->closing)
			break;
		w->at_hand = w->next;
		w->next = NULL;
		(void)pthread_mutex_unlock(&w->lock);
		do_job(w, w->at_hand);
		(void)pthread_mutex_lock(&w->lock);
		end_job(w, w->at_hand);
		w->at_hand = NULL;
	}
	(void)pthread_mutex_unlock(&w->lock);
	return NULL;
}

struct worker *
worker_new(const char *path)
{
	struct worker *w = calloc(1, sizeof(*w));

	if (w == NULL)
		base_oom();
	w->path = path;
	(void)pthread_mutex_init(&w->lock, NULL);
	(void)pthread_cond_init(&w->changed, NULL);
	return w;
}

/* Signals are the caller's. */
static void
start(struct worker *w)
{
	sigset_t all, before;

	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, &before);
	w->running = pthread_create(&w->thread, NULL, worker_main, w) == 0;
	(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/* One that never began ends as if it had been stopped. Under the lock. */
static void
drop_next(struct worker *w)
{
	if (w->next == NULL)
		return;
	w->next->rc = CLAQUE_STOPPED;
	end_job(w, w->next);
	w->next = NULL;
}

void
worker_give(struct worker *w, struct task *job)
{
	hold(job);
	if (!w->running)
		start(w);
	if (!w->running) {	/* no thread to be had: now, then */
		do_job(w, job);
		end_job(w, job);
		return;
	}
	(void)pthread_mutex_lock(&w->lock);
	task_stop(w->at_hand);
	drop_next(w);
	w->next = job;
	(void)pthread_cond_broadcast(&w->changed);
	(void)pthread_mutex_unlock(&w->lock);
}

void
worker_wait(struct worker *w, struct task *job)
{
	(void)pthread_mutex_lock(&w->lock);
	while (!task_ended(job))
		(void)pthread_cond_wait(&w->changed, &w->lock);
	(void)pthread_mutex_unlock(&w->lock);
}

void
worker_free(struct worker *w)
{
	if (w == NULL)
		return;
	(void)pthread_mutex_lock(&w->lock);
	w->closing = true;
	task_stop(w->at_hand);
	drop_next(w);
	(void)pthread_cond_broadcast(&w->changed);
	(void)pthread_mutex_unlock(&w->lock);
	if (w->running)
		(void)pthread_join(w->thread, NULL);
	store_close(w->store);
	(void)pthread_cond_destroy(&w->changed);
	(void)pthread_mutex_destroy(&w->lock);
	free(w);
}
