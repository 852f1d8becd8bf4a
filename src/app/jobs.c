#include "config.h"

#include "app/jobs.h"

#include <stdarg.h>
#include <stdio.h>

#include "app/session_impl.h"
#include "base/clock.h"

/* What took less is not worth a line, unless it wrote something. */
enum { WORTH_MS = 300 };

static const char *const words[] = {
#define X(id, word) [JOB_##id] = word,
	JOB_STATE_LIST(X)
#undef X
};

static struct job *
last_job(struct session *s)
{
	return &s->jobs[(s->job_count - 1) % (JOBS_MAX + 1)];
}

static struct job *
running(struct session *s)
{
	return s->job_count > 0 && last_job(s)->state == JOB_RUNS ? last_job(s) : NULL;
}

void
jobs_begin(struct session *s, const char *fmt, ...)
{
	struct job *job;
	va_list args;

	s->job_count++;
	s->job_stop = false;
	job = last_job(s);
	*job = (struct job){ .state = JOB_RUNS, .began = clock_ticks() };
	va_start(args, fmt);
	(void)vsnprintf(job->name, sizeof(job->name), fmt, args);
	va_end(args);
}

void
jobs_end(struct session *s, bool keep)
{
	struct job *job = running(s);

	if (job == NULL)
		return;
	job->took = clock_ticks() - job->began;
	job->state = s->job_stop ? JOB_STOPPED : s->is_error ? JOB_FAILED : JOB_DONE;
	s->job_stop = false;		/* what is asked next is not to stop */
	if (!keep && job->state == JOB_DONE && job->took < WORTH_MS)
		s->job_count--;
}

void
jobs_note(struct session *s, const char *name, int64_t began, bool whole)
{
	if (running(s) != NULL || clock_ticks() - began < WORTH_MS)
		return;
	jobs_begin(s, "%s", name);
	last_job(s)->began = began;
	s->job_stop = !whole;
	jobs_end(s, true);
}

bool
jobs_tick(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
	struct session *s = ctx;
	struct job *job = running(s);

	if (job != NULL && done > 0) {
		job->done = done;
		job->total = total;
	}
	if (!s->job_stop && s->outer.tick(s->outer.ctx, stage, done, total))
		return true;
	s->job_stop = job != NULL;
	return false;
}

size_t
jobs_count(const struct session *s)
{
	return s->job_count < JOBS_MAX ? s->job_count : JOBS_MAX;
}

const struct job *
jobs_get(const struct session *s, size_t i)
{
	return &s->jobs[(s->job_count - 1 - i) % (JOBS_MAX + 1)];
}

const char *
jobs_state_word(enum job_state state)
{
	return words[state];
}

void
jobs_cancel(struct session *s)
{
	s->job_stop = running(s) != NULL;
}
