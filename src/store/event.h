/*
 * event.h - public events: what happened in the world outside, as the analyst's
 * own table tells it. They explain bursts, or do not; nothing is scored by them.
 */
#ifndef STORE_EVENT_H
#define STORE_EVENT_H

#include "store/store.h"

/* In a case; a label is one line of text, and a source where it can be read about. */
enum { EVENTS_MAX = 10000, EVENT_LABEL_MAX = 200, EVENT_SOURCE_MAX = 2000 };

/* What it is: public, or the analyst's note on what happened then, or on a period. */
enum event_sort { EVENT_PUBLIC, EVENT_NOTE, EVENT_BEGIN, EVENT_END };

struct event {
	int64_t at;			/* UTC ms; of a whole day its start */
	int64_t until;			/* of EVENT_BEGIN: the last ms of the period; else 0 */
	bool whole_day;			/* no time of day is known */
	struct claque_str label;
	struct claque_str source;	/* "" if none is given */
	uint64_t row;			/* in its file, as a spreadsheet counts; 0 of a note */
	enum event_sort sort;
};

/* By time, then label. */
struct events {
	struct event *list;
	size_t count;
};

/*
 * Inside the caller's transaction. One with the time and the label of another is
 * that one: *added counts the new. ELIMIT: the case would hold more than
 * EVENTS_MAX.
 */
CLAQUE_CHECKED enum claque_rc event_save(struct store *s, const struct events *events,
	struct claque_str file, size_t *added, struct claque_err *err);
/*
 * All of them, copied into perm, and the analyst's notes on posts and profile changes
 * at the time of those; what is said of a period stands at both its ends. NOTES_ON_TIME of
 * them at most.
 */
enum { NOTES_ON_TIME = 1000 };
CLAQUE_CHECKED enum claque_rc event_read(struct store *s, struct arena *perm,
	struct events *out, struct claque_err *err);

#endif
