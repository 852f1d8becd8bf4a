#include "config.h"

#include "app/digest_job.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/err.h"
#include "store/copies.h"
#include "store/digest.h"

struct digest_job {
	pthread_t thread;
	bool running, copies;
	unsigned later;			/* what derivations touch */
	struct store *store;		/* the thread's */
	struct digests *digests;
	enum claque_rc rc;		/* the thread's, once it was joined */
	struct claque_err err;
};

static void *
read_rows(void *ctx)
{
	struct digest_job *job = ctx;

	job->rc = digests_read(job->digests, job->store, &job->err);
	return NULL;
}

void
digest_job_start(struct digest_job **out, struct store *store)
{
	struct digest_job *job = calloc(1, sizeof(*job));

	if (job == NULL)
		base_oom();
	*out = job;
	job->digests = digests_new();
	job->rc = store_open(&job->store, store_path(store), STORE_READ, &job->err);
	if (job->rc == CLAQUE_OK)
		job->rc = copies_may_change(store, &job->copies, &job->err);
	job->later = job->copies ? DIGEST_CHANGES | DIGEST_SHARES : DIGEST_CHANGES;
	if (job->rc == CLAQUE_OK)
		job->rc = digests_plan(job->digests, store, DIGEST_IMPORT & ~job->later, &job->err);
	if (job->rc != CLAQUE_OK)
		return;
	digest_watch_narrow(store, job->later);
	job->running = pthread_create(&job->thread, NULL, read_rows, job) == 0;
	if (!job->running)
		job->rc = CLAQUE_EIO;
}

static void
end_thread(struct digest_job *job)
{
	if (job->running)
		(void)pthread_join(job->thread, NULL);
	job->running = false;
}

enum claque_rc
digest_job_record(struct digest_job *job, const struct case_context *c, const char *action,
		  struct claque_str payload_json, struct claque_err *err)
{
	bool whole;
	enum claque_rc rc = digest_is_whole(c->store, &whole, err);

	/* Another import that ended meanwhile calls all whole, and knows nothing of these rows. */
	if (rc == CLAQUE_OK && whole && !digest_watch_wrote(c->store))
		return case_record(c, str_of(action), str_of(store_path(c->store)), payload_json, err);
	end_thread(job);
	if (rc == CLAQUE_OK)	/* what the thread could not read is read here */
		rc = digests_take(job->digests, c->store, job->rc != CLAQUE_OK ? DIGEST_IMPORT :
				  job->later, err);
	return rc == CLAQUE_OK ? case_record_tables(c, action, payload_json, job->digests, err) : rc;
}

void
digest_job_free(struct digest_job *job)
{
	if (job == NULL)
		return;
	if (job->running)
		store_interrupt(job->store);
	end_thread(job);
	digests_free(job->digests);
	store_close(job->store);
	free(job);
}

enum claque_rc
digest_job_before(struct store *store, const struct claque_progress *progress,
		  struct claque_err *err)
{
	bool watched;
	enum claque_rc rc = digest_watch_start(store, &watched, err);

	if (rc != CLAQUE_OK || watched)
		return rc;
	store_watch(store, progress);
	rc = digest_mark(store, DIGEST_IMPORT, err);
	store_unwatch(store);
	return rc;
}
