/*
 * pivot.h - where one can go from a thing, and how much is there: counted
 * under the lens before anything is left behind.
 */
#ifndef APP_PIVOT_H
#define APP_PIVOT_H

#include "app/session.h"

struct pivot {
	enum screen_id screen;
	struct subject subject;
	char letter;
	const char *title;
	int64_t count;		/* or SESSION_MANY */
	bool counted;		/* false: not known yet, or it makes no sense */
};

enum { PIVOT_MAX = SCREEN_COUNT };

/*
 * The screens that can stand on the subject, in the order of the table, but
 * the place where one is. Returns how many.
 */
size_t pivot_list(struct session *s, struct subject subject, struct pivot out[PIVOT_MAX]);
/* "412", "12.3k", ">10k", "" where it is not counted. */
struct claque_str pivot_count_text(struct arena *perm, const struct pivot *p);

#endif
