/*
 * console.h - queries of one's own: each is checked, kept in the case under a number,
 * and a place that can be gone back to stands on it. Its rows come from a thread
 * beside the keys (sql_job.h), and are as good as those of any list: they are
 * sorted, searched, marked, exported, and lead on.
 *
 * The case remembers QUERIES_MAX queries, the session the rows of the last few.
 * Where the rows are gone, a place asks again.
 */
#ifndef APP_CONSOLE_H
#define APP_CONSOLE_H

#include "app/complete.h"
#include "app/session.h"

enum { QUERIES_MAX = 200, QUERY_BYTES_MAX = 4096 };

/*
 * Goes to the result of this query; SESSION_ bits. A query that is not understood, or would
 * not only read: EUSAGE, *at is the byte where that shows, or its length.
 */
CLAQUE_CHECKED enum claque_rc console_run(struct session *s, struct claque_str query, size_t *at,
	struct claque_err *err);
/* The query of the place; "" elsewhere. */
struct claque_str console_query(const struct session *s);
bool console_stop(struct session *s);		/* false: nothing is at work */

struct console_state {
	int64_t rows, took_ms;
	bool running, more, stopped, failed;
	size_t columns_left_out;
	struct claque_str fault;		/* of one that failed */
};
struct console_state console_look(struct session *s);

/* Earlier queries: 0 is the last one; "" past the first. */
struct claque_str console_past(const struct session *s, size_t back);
size_t console_past_count(const struct session *s);
/* The next one before `back` that holds this text; console_past_count() if none does. */
size_t console_past_find(const struct session *s, struct claque_str text, size_t back);

/*
 * What the rows of the result are about, as sets: their accounts, among them the authors of
 * posts; posts; sources. Of two and more; returns how many sets.
 */
size_t console_sets(struct session *s, struct subject out[SESSION_SETS]);
/* Words that could stand at byte `at` of a query; as complete(). */
size_t console_complete(struct session *s, struct arena *perm, struct claque_str text, size_t at,
			size_t *from, struct claque_str out[COMPLETE_MAX]);
/* Tables and views with their columns; empty if they cannot be read. */
const struct schema *console_schema(struct session *s);

#endif
