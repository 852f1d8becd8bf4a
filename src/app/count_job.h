/*
 * count_job.h - how many rows of a list match a pattern, and which; or how many a
 * lens would leave. While it is at work, what it has found so far can be read.
 */
#ifndef APP_COUNT_JOB_H
#define APP_COUNT_JOB_H

#include "app/desk.h"
#include "app/worker.h"
#include "text/pattern.h"

enum { PATTERN_BYTES_MAX = 256, HITS_MAX = 1 << 20 };

struct count_question {
	struct list_query list;
	/* As session_set_pattern() takes it; "": all rows of the query are counted. */
	char pattern[PATTERN_BYTES_MAX + 1];
	struct shape shape;			/* columns that the pattern looks into */
};

struct count_job {
	struct task job;
	struct count_question q;
	char *set;				/* of the query: its own */
	struct arena whole;			/* of the hits: room for all, touched as they come */
	int64_t *hits;				/* places of rows that match, the first HITS_MAX */
	_Atomic int64_t found, seen;		/* so far; seen: rows looked at, 0 without a pattern */
};

struct count_job *count_job_new(const struct count_question *q);
bool count_question_eq(const struct count_question *a, const struct count_question *b);
/* Does a text in one of these columns match? */
bool count_row_matches(const struct pattern *p, const struct shape *shape, const struct row *row);
/* How many hits stand before this place, of those that are kept. */
size_t count_hits_before(const struct count_job *c, int64_t place);

#endif
