/*
 * jobs.h - what takes long in a session, and what took: exports, searches, questions to
 * the case. One runs at a time, for one analyst waits for it; the list is of those since
 * the case was opened.
 */
#ifndef APP_JOBS_H
#define APP_JOBS_H

#include "app/session.h"

enum { JOBS_MAX = 32, JOB_NAME_MAX = 60 };

/* X(id, word shown) */
#define JOB_STATE_LIST(X) X(RUNS, "runs") X(DONE, "done") X(STOPPED, "stopped") X(FAILED, "failed")

enum job_state {
#define X(id, word) JOB_##id,
	JOB_STATE_LIST(X)
#undef X
	JOB_STATE_COUNT
};

struct job {
	char name[JOB_NAME_MAX];	/* our words and bytes from data */
	enum job_state state;
	int64_t began, took;		/* ms of clock_ticks(); took of what has ended */
	uint64_t done, total;		/* total 0: not known */
};

/* Those that are kept, and one of them: 0 is the last that began. */
size_t jobs_count(const struct session *s);
const struct job *jobs_get(const struct session *s, size_t i);
const char *jobs_state_word(enum job_state state);
/* What runs is given up as soon as it looks up; what it found so far stays. */
void jobs_cancel(struct session *s);

#endif
