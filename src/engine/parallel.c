#include "config.h"

#include "engine/parallel.h"

#include <pthread.h>
#include <time.h>
#include <unistd.h>

#include "base/array.h"

/* How often a caller without a job of its own is told that others are at work. */
enum { WAIT_MS = 50 };

struct crowd {
	const struct jobs *jobs;
	pthread_mutex_t lock;
	pthread_cond_t left;		/* a thread has no more to do */
	size_t next;			/* job */
	unsigned working;		/* threads beside the caller's */
	bool stop;
	enum claque_rc *rcs;		/* by job */
	struct claque_err *errs;
};

unsigned
parallel_threads(unsigned asked)
{
	long there = sysconf(_SC_NPROCESSORS_ONLN);

	if (asked == 0)
		asked = there > 0 ? (unsigned)there : 1;
	return asked < THREADS_MAX ? asked : THREADS_MAX;
}

/* The next job to do, or their number at the end. */
static size_t
take_job(struct crowd *c)
{
	size_t job;

	pthread_mutex_lock(&c->lock);
	job = c->stop || c->next == c->jobs->count ? c->jobs->count : c->next++;
	pthread_mutex_unlock(&c->lock);
	return job;
}

static void
do_jobs(struct crowd *c, const struct claque_progress *progress)
{
	size_t job;

	while ((job = take_job(c)) < c->jobs->count) {
		enum claque_rc rc = c->jobs->run(c->jobs->ctx, job, progress, &c->errs[job]);

		pthread_mutex_lock(&c->lock);
		c->rcs[job] = rc;
		c->stop = c->stop || rc != CLAQUE_OK;
		pthread_mutex_unlock(&c->lock);
	}
}

static bool
may_go_on(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
	struct crowd *c = ctx;
	bool stop;

	(void)stage;
	(void)done;
	(void)total;
	pthread_mutex_lock(&c->lock);
	stop = c->stop;
	pthread_mutex_unlock(&c->lock);
	return !stop;
}

static void *
help(void *ctx)
{
	struct crowd *c = ctx;
	struct claque_progress hears = { c, may_go_on };

	do_jobs(c, &hears);
	pthread_mutex_lock(&c->lock);
	c->working--;
	pthread_cond_signal(&c->left);
	pthread_mutex_unlock(&c->lock);
	return NULL;
}

/* Until the others have done, tells the caller that there is life. */
static void
wait_for_others(struct crowd *c, const struct claque_progress *progress)
{
	pthread_mutex_lock(&c->lock);
	while (c->working > 0) {
		struct timespec until;
		bool go;

		(void)clock_gettime(CLOCK_REALTIME, &until);
		until.tv_nsec += WAIT_MS * 1000000L;
		until.tv_sec += until.tv_nsec / 1000000000;
		until.tv_nsec %= 1000000000;
		(void)pthread_cond_timedwait(&c->left, &c->lock, &until);
		pthread_mutex_unlock(&c->lock);
		go = progress->tick == NULL || progress->tick(progress->ctx, "waiting", 0, 0);
		pthread_mutex_lock(&c->lock);
		c->stop = c->stop || !go;
	}
	pthread_mutex_unlock(&c->lock);
}

/* A thread that cannot be had is done without. */
static unsigned
call_help(struct crowd *c, pthread_t *threads, unsigned wanted)
{
	unsigned came = 0;

	pthread_mutex_lock(&c->lock);
	while (came < wanted && pthread_create(&threads[came], NULL, help, c) == 0)
		came++;
	c->working = came;
	pthread_mutex_unlock(&c->lock);
	return came;
}

static enum claque_rc
first_failure(const struct crowd *c, struct claque_err *err)
{
	for (size_t job = 0; job < c->jobs->count; job++) {
		if (c->rcs[job] == CLAQUE_OK || c->rcs[job] == CLAQUE_STOPPED)
			continue;
		*err = c->errs[job];
		return c->rcs[job];
	}
	return c->stop ? CLAQUE_STOPPED : CLAQUE_OK;
}

enum claque_rc
parallel_run(const struct jobs *jobs, unsigned threads, const struct claque_progress *progress,
	     struct claque_err *err)
{
	struct crowd c = { .jobs = jobs, .rcs = ARRAY_NEW(enum claque_rc, jobs->count),
			   .errs = ARRAY_NEW(struct claque_err, jobs->count) };
	unsigned wanted = jobs->count < threads ? (unsigned)jobs->count : threads, came = 0;
	pthread_t helpers[THREADS_MAX];
	enum claque_rc rc;

	pthread_mutex_init(&c.lock, NULL);
	pthread_cond_init(&c.left, NULL);
	if (wanted > 1)
		came = call_help(&c, helpers, wanted - 1);
	do_jobs(&c, progress);
	wait_for_others(&c, progress);
	for (unsigned i = 0; i < came; i++)
		(void)pthread_join(helpers[i], NULL);
	rc = first_failure(&c, err);
	pthread_cond_destroy(&c.left);
	pthread_mutex_destroy(&c.lock);
	array_free(c.rcs);
	array_free(c.errs);
	return rc;
}
