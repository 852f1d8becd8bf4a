/*
 * tick.h - telling the caller how far a long computation is, and hearing
 * whether to stop.
 *
 * Work is counted in steps of a few nanoseconds and the callback is only made
 * once enough of them have passed, so that it can be asked in inner loops.
 */
#ifndef ENGINE_TICK_H
#define ENGINE_TICK_H

#include "claque/types.h"

enum { TICK_WORK = 1 << 18 };	/* steps between two calls: about a millisecond */

struct ticker {
	const struct claque_progress *progress;
	const char *stage;
	uint64_t done, total;	/* as the caller will see them */
	uint64_t work;		/* steps since the last call */
};

/* False once the caller wants to stop. */
static inline bool
tick(struct ticker *t, uint64_t done, uint64_t work)
{
	t->done += done;
	t->work += work;
	if (t->work < TICK_WORK)
		return true;
	t->work = 0;
	return t->progress->tick == NULL ||
	       t->progress->tick(t->progress->ctx, t->stage, t->done, t->total);
}

#endif
