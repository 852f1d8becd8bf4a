/*
 * events.h - public events from a CSV table into the case, and on an axis of
 * time: how many in each bucket, which are nearest to the cursor, which comes
 * next.
 */
#ifndef APP_EVENTS_H
#define APP_EVENTS_H

#include "app/session.h"
#include "store/event.h"

/*
 * Columns when, label and, if it has one, source. EINPUT names file, row and
 * remedy; ELIMIT past EVENTS_MAX.
 */
CLAQUE_CHECKED enum claque_rc events_from_file(const char *path, struct arena *perm,
	struct events *out, struct claque_err *err);

struct events_report {
	size_t rows, added;		/* rows that were there already are not added */
};

/*
 * The file into the case, all of it or nothing, and an entry of the ledger if
 * anything was new.
 */
CLAQUE_CHECKED enum claque_rc events_job(struct store *store, const char *path,
	struct claque_str who, struct events_report *out, struct claque_err *err);

/* Those of the case; NULL: owed. */
const struct events *session_events(struct session *s);

/* counts[i]: those from from + i * step to before from + (i + 1) * step. */
void events_spread(const struct events *events, int64_t from, int64_t step, int64_t *counts,
		   size_t count);
/*
 * Of those from `from` to before `to` the `most` nearest to `at`, the earlier of two as
 * near; *first is the number of the first of them. Returns how many.
 */
size_t events_near(const struct events *events, int64_t from, int64_t to, int64_t at, size_t most,
		   size_t *first);
/* The first at or after `from` and later than `after`; past the last, the first. NULL: none. */
const struct event *events_next(const struct events *events, int64_t from, int64_t after);

#endif
