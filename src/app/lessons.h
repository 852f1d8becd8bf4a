/*
 * lessons.h - where the lessons are: a file that is named, those of the user, those that
 * are installed. See claque-lesson(7).
 */
#ifndef APP_LESSONS_H
#define APP_LESSONS_H

#include "scenario/generate.h"
#include "scenario/lesson.h"

enum { LESSONS_MAX = 64 };

struct lessons {
	struct arena whole, perm;
	struct lesson at[LESSONS_MAX];
	size_t count;
};

/*
 * Reads *.lesson in claque/lessons/ under XDG_CONFIG_HOME or ~/.config, then the installed
 * ones (or the folder that CLAQUE_LESSONS names); of two of one name the first counts.
 * EINPUT names file and line; EIO, ELIMIT. Also after an error lessons_done() is due.
 */
CLAQUE_CHECKED enum claque_rc lessons_read(struct lessons *out, struct claque_err *err);
void lessons_done(struct lessons *l);	/* takes one that is all zero */
/* NULL if there is none of this name. */
const struct lesson *lessons_find(const struct lessons *l, struct claque_str name);

/*
 * A lesson by its name or, where that has a slash or ends in .lesson, by the path of its
 * file; in perm. ENOTFOUND lists the names that there are.
 */
CLAQUE_CHECKED enum claque_rc lesson_find(struct arena *perm, struct claque_str name,
	struct lesson *out, struct claque_err *err);
/*
 * The world that a lesson runs on: the demo's, one of a level of stealth, or that of a
 * scenario file, which is kept in perm. ENOTFOUND, EINPUT.
 */
CLAQUE_CHECKED enum claque_rc lesson_world(const struct lesson *lesson, struct arena *perm,
	struct scenario_settings *out, struct claque_err *err);

#endif
