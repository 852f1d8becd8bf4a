/*
 * parallel.h - jobs that do not need each other, on several processors.
 *
 * What a job does may depend on its number only, never on who does it or when:
 * that is what keeps results the same with any number of threads. The caller's
 * progress is told of by the calling thread alone; the others hear from it
 * whether to go on.
 */
#ifndef ENGINE_PARALLEL_H
#define ENGINE_PARALLEL_H

#include "claque/types.h"

enum { THREADS_MAX = 64 };

struct jobs {
	void *ctx;
	size_t count;
	/* Does number `job`; called from any thread. */
	enum claque_rc (*run)(void *ctx, size_t job, const struct claque_progress *progress,
			      struct claque_err *err);
};

/* Of so many asked for; 0 is as many as there are processors. 1..THREADS_MAX. */
unsigned parallel_threads(unsigned asked);
/*
 * If a job fails, the others are told to stop; the failure of the smallest
 * number is given back, STOPPED only where nothing worse happened. With one
 * thread, jobs are done in order.
 */
CLAQUE_CHECKED enum claque_rc parallel_run(const struct jobs *jobs, unsigned threads,
	const struct claque_progress *progress, struct claque_err *err);

#endif
