/*
 * pivot.h - where one can go from a thing, or from a set of marked ones, and how
 * much is there: counted under the lens before anything is left behind.
 */
#ifndef APP_PIVOT_H
#define APP_PIVOT_H

#include "app/session.h"
#include "text/trick.h"

struct pivot {
	enum screen_id screen;
	struct subject subject;
	char letter;
	const char *title;
	struct claque_str trick;	/* what is looked for, or whom it looks like; or "" */
	struct subject other;		/* what it is compared with, or none */
};

/* Screens, what a row's texts are tricked with, and what its names look like. */
enum { PIVOT_MAX = SCREEN_COUNT + TRICKS_MAX + 3 };

/*
 * The screens that can stand on the subject, in the order of the table, but
 * the place where one is. Returns how many.
 */
size_t pivot_list(struct session *s, struct subject subject, struct pivot out[PIVOT_MAX]);
/* For each trick in the texts of the row under the cursor: who else carries it. */
size_t pivot_tricks(struct session *s, struct arena *perm, struct pivot *out, size_t max);
/* For an account whose names pass for another's: all of the same skeleton; 0 or 1. */
size_t pivot_look(struct session *s, struct subject subject, struct pivot *out);
/* For an account with a profile picture that others have, too: all of them; 0 or 1. */
size_t pivot_portrait(struct session *s, struct subject subject, struct pivot *out);
/* Others that have its picture; 0: none, or not known. */
int64_t pivot_portrait_others(struct session *s, struct subject subject);
/* The first two marked accounts beside each other; 0 or 1. */
size_t pivot_compare(const struct session *s, struct pivot *out);
unsigned pivot_go(struct session *s, const struct pivot *p);
/* Does a number of rows say anything about it? */
bool pivot_is_counted(const struct pivot *p);
/* Rows, SESSION_MANY, -1 while it is owed, SESSION_SLOW: not counted in time. */
int64_t pivot_count(struct session *s, const struct pivot *p);
/* "412", "12.3k", ">10k", "~" for what took too long, "" where it is not counted. */
struct claque_str pivot_count_text(struct session *s, struct arena *perm, const struct pivot *p);
/* When its rows are: `count` buckets over the whole case; NULL: owed, or without times. */
const int64_t *pivot_spark(struct session *s, const struct pivot *p, size_t count);

#endif
