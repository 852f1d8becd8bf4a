/*
 * worker.h - one thread beside the keys, with a reader's connection of its own to
 * the case. It does the last job that it was given: a new one stops the one at
 * hand. So a question may be asked anew with every key that is typed.
 *
 * What a job has found so far it leaves in fields that the other side may read
 * meanwhile. A job is held by whoever looks at it and, while it is at work, by the
 * worker; the last one to let go of it frees it.
 */
#ifndef APP_WORKER_H
#define APP_WORKER_H

#include <stdatomic.h>

#include "store/store.h"

/* The first member of what a job needs. */
struct task {
	/* In the worker's thread. CLAQUE_STOPPED when task_stopping() says so. */
	enum claque_rc (*run)(struct task *job, struct store *store, struct claque_err *err);
	void (*free)(struct task *job);		/* of all of it; from either thread */
	atomic_bool stopping, ended;
	atomic_int holders;
	/* Once it has ended. */
	enum claque_rc rc;
	struct claque_err err;
};

/* Held by the caller. */
void task_init(struct task *job, enum claque_rc (*run)(struct task *, struct store *,
	      struct claque_err *), void (*free)(struct task *));
void task_release(struct task *job);		/* takes NULL */
void task_stop(struct task *job);			/* takes NULL; does not wait for its end */
bool task_stopping(struct task *job);
bool task_ended(struct task *job);

struct worker;

/* path must outlive it. The thread begins with the first job. */
struct worker *worker_new(const char *path);
void worker_free(struct worker *w);		/* takes NULL; stops the job, waits for that */
void worker_give(struct worker *w, struct task *job);
void worker_wait(struct worker *w, struct task *job);	/* until it has ended */

#endif
