/* stopping.h - somebody who watches a job, and wants it to end. */
#ifndef TESTS_UNIT_STOPPING_H
#define TESTS_UNIT_STOPPING_H

#include "claque/types.h"

static inline bool
stop_at_once(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
	(void)ctx, (void)stage, (void)done, (void)total;
	return false;
}

static const struct claque_progress stopping = { NULL, stop_at_once };

#endif
