/*
 * lesson_run.h - a lesson while it is taken in a session: which step is at hand, what of
 * it was asked to be seen, and which steps are done by what the case holds now.
 *
 * Nothing of this is kept: a lesson that is begun again goes on at the first step that
 * is not done, because the learner's own tags, verdicts, notes and trail say which.
 */
#ifndef APP_LESSON_RUN_H
#define APP_LESSON_RUN_H

#include "app/lessons.h"
#include "app/session.h"

struct lesson_run {
	struct arena whole, perm;
	struct lesson lesson;
	bool done[LESSON_STEPS_MAX];
	size_t at;			/* the step at hand */
	size_t hints;			/* of it, shown so far */
	bool answer;			/* it is shown */
};

/* NULL: none is being taken. */
const struct lesson_run *lesson_of(const struct session *s);
/*
 * Begins the lesson of that name or path in place of another, at its first step that is
 * not done. After an error the session is as it was.
 */
CLAQUE_CHECKED enum claque_rc lesson_begin(struct session *s, struct claque_str name,
	struct claque_err *err);
void lesson_end(struct session *s);

/* All below want a lesson. To a step (below its step_count), at the place where it begins. */
unsigned lesson_go(struct session *s, size_t step);
void lesson_hint(struct session *s);	/* one more; says so if there is none */
void lesson_answer(struct session *s);
void lesson_task(struct session *s);	/* hints and answer are covered again */
/* Is the step at hand done now? Cheap enough for every key. */
void lesson_look(struct session *s);
/* "2 of 5" */
size_t lesson_done_count(const struct lesson_run *run);

/* Of any lesson: does the case hold what the check, or all of the step's, ask for? */
CLAQUE_CHECKED enum claque_rc lesson_holds(struct session *s, const struct lesson_check *check,
	bool *out, struct claque_err *err);
CLAQUE_CHECKED enum claque_rc lesson_step_done(struct session *s, const struct lesson_step *step,
	bool *out, struct claque_err *err);
/* Which world a lesson is about. */
struct lesson_setting {
	struct claque_str scenario;	/* "": not said */
	uint64_t posts, seed;
};

/*
 * The world that a case was generated from, by the README.txt in the folder beside it, for
 * a case tells nothing of its truth. False, and the world of a small lesson, if there is none.
 */
bool lesson_setting_of(const char *case_path, struct arena *perm, struct lesson_setting *out);
/*
 * The way to where the session is as the text of a lesson on that world, for somebody to
 * write its words. ENOTFOUND: it has no step that a file can tell.
 */
CLAQUE_CHECKED enum claque_rc lesson_from_trail(struct session *s,
	const struct lesson_setting *world, struct buf *out, struct claque_err *err);
/* What a target is in this case; ENOTFOUND. "*" is nothing. */
CLAQUE_CHECKED enum claque_rc lesson_subject(struct session *s, const struct lesson_target *on,
	struct subject *out, struct claque_err *err);

#endif
