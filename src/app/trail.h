/*
 * trail.h - the way of a session as a tree. Every pivot, lens and order is a step;
 * going back and then elsewhere begins a branch, and nothing is overwritten. It is
 * kept in the case with every step.
 *
 * A step has a number, from 0 in the order in which steps were taken, and comes
 * after another of a lower number. Where one goes again to what was already gone
 * to from there, it is the same step. Of more than TRAIL_MAX the oldest makes room
 * that is neither pinned nor named nor the way here; the numbers after it move up.
 */
#ifndef APP_TRAIL_H
#define APP_TRAIL_H

#include "app/session.h"

enum { TRAIL_MAX = 1000, TRAIL_NAME_MAX = 60, TRAIL_DIFF_SHOWN = 50 };

struct trail_step {
	struct place place;
	size_t parent;			/* of the first: 0 */
	size_t next;			/* where > leads; 0: nowhere */
	int64_t taken_at;		/* UTC ms; 0: not known */
	int64_t rows, whole;		/* as they were counted; -1 not known, SESSION_MANY */
	bool pinned;
	char name[TRAIL_NAME_MAX + 1];	/* "" = none */
};

size_t trail_count(const struct session *s);
size_t trail_here(const struct session *s);
/* at < trail_count(). */
const struct trail_step *trail_at(const struct session *s, size_t at);

/*
 * The tree in the order in which it is drawn: a branch that was left stands, with
 * all that came of it, before the way taken after it, and one level deeper. So a
 * level is a choice, not a step.
 */
struct trail_row {
	size_t step;
	int level;
	bool branches;			/* the first step of what is a level deeper */
};
/* In perm; returns how many, all of them. */
size_t trail_rows(const struct session *s, struct arena *perm, struct trail_row **out);

/* Writes down how many rows are here, if they were counted; nothing is asked for it. */
void trail_note(struct session *s);

/* Back to a step as it was left: screen, lens, order, cursor. SESSION_ bits, as all. */
unsigned trail_go(struct session *s, size_t step);
/* To the last place that was another screen or subject; false at the beginning. */
bool trail_up(struct session *s);
/* Up to TRAIL_NAME_MAX bytes; "" takes the name away. */
unsigned trail_name(struct session *s, size_t step, struct claque_str name);
unsigned trail_pin(struct session *s, size_t step);	/* or takes the pin away */

/*
 * The steps to show one after the other: from the first to this one, or, if it is pinned,
 * from it on, as > goes. Returns how many.
 */
size_t trail_way(const struct session *s, size_t step, size_t out[TRAIL_MAX]);
/*
 * The first rows of a step as the case has them now, `limit` at most; none of what is gone,
 * or takes long.
 */
struct side trail_preview(struct session *s, size_t step, size_t limit);

/* Rows of two steps that list the same kind of thing, as the case has them now. */
struct trail_diff {
	size_t from, to;		/* steps */
	enum list_id list;		/* of `to` */
	size_t lost, gained, kept;
	/* Row ids, ascending: the first of each. */
	int64_t lost_ids[TRAIL_DIFF_SHOWN], gained_ids[TRAIL_DIFF_SHOWN];
};
/* EINPUT: they list different things, or one has too many rows. */
CLAQUE_CHECKED enum claque_rc trail_compare(struct session *s, size_t from, size_t to,
	struct trail_diff *out, struct claque_err *err);

/*
 * The pinned steps and those that lead to them, or, with none pinned, the way here, as
 * the method section of a report: Markdown, into a new file.
 */
unsigned trail_export(struct session *s, struct claque_str path);

#endif
