#include "config.h"

#include "app/lesson_run.h"

#include <stdlib.h>

#include "app/session_impl.h"
#include "base/err.h"

enum { RUN_ARENA = 16 << 20 };

const struct lesson_run *
lesson_of(const struct session *s)
{
	return s->lesson;
}

void
lesson_end(struct session *s)
{
	if (s->lesson == NULL)
		return;
	arena_free(s->lesson->whole);
	free(s->lesson);
	s->lesson = NULL;
}

size_t
lesson_done_count(const struct lesson_run *run)
{
	size_t count = 0;

	for (size_t i = 0; i < run->lesson.step_count; i++)
		count += run->done[i];
	return count;
}

/* The first that is not done, or the first. */
static size_t
where_to_begin(const struct lesson_run *run)
{
	for (size_t i = 0; i < run->lesson.step_count; i++)
		if (!run->done[i])
			return i;
	return 0;
}

enum claque_rc
lesson_begin(struct session *s, struct claque_str name, struct claque_err *err)
{
	struct lesson_run *run = calloc(1, sizeof(*run));
	enum claque_rc rc;

	if (run == NULL)
		base_oom();
	run->whole = run->perm = arena_new(RUN_ARENA);
	rc = lesson_find(&run->perm, name, &run->lesson, err);
	for (size_t i = 0; rc == CLAQUE_OK && i < run->lesson.step_count; i++)
		rc = lesson_step_done(s, &run->lesson.steps[i], &run->done[i], err);
	if (rc != CLAQUE_OK) {
		arena_free(run->whole);
		free(run);
		return rc;
	}
	lesson_end(s);
	s->lesson = run;
	if (lesson_done_count(run) == run->lesson.step_count)
		session_say(s, "every step of this lesson is done in this case already");
	(void)lesson_go(s, where_to_begin(run));
	return CLAQUE_OK;
}

/* What a step begins on may not be in this case: then one stays where one is. */
static unsigned
go_to_place(struct session *s, const struct lesson_place *p)
{
	enum screen_id screen;
	struct subject on;
	struct claque_err err;

	if (!screen_parse(p->screen, &screen)) {
		session_say(s, "the lesson names a screen that there is not: " STR_FMT,
			    STR_ARG(p->screen));
		return SESSION_REDRAW;
	}
	if (lesson_subject(s, &p->on, &on, &err) != CLAQUE_OK || !screen_takes(screen, on.kind)) {
		session_say(s, "this case has no %s " STR_FMT " for the step to begin on",
			    subject_kind_name(p->on.kind), STR_ARG(p->on.name));
		return SESSION_REDRAW;
	}
	return session_go_through(s, screen, on, &p->lens);
}

unsigned
lesson_go(struct session *s, size_t step)
{
	s->lesson->at = step;
	lesson_task(s);
	return go_to_place(s, &s->lesson->lesson.steps[step].place);
}

void
lesson_look(struct session *s)
{
	struct lesson_run *run = s->lesson;
	struct claque_err err;

	if (lesson_step_done(s, &run->lesson.steps[run->at], &run->done[run->at], &err) !=
	    CLAQUE_OK)
		session_fail(s, &err);
}

static size_t
hint_count(const struct lesson_step *step)
{
	struct claque_str rest = step->hints, hint;
	size_t count = 0;

	while (str_cut(&rest, '\n', &hint))
		count++;
	return count;
}

void
lesson_hint(struct session *s)
{
	struct lesson_run *run = s->lesson;

	if (run->hints < hint_count(&run->lesson.steps[run->at]))
		run->hints++;
	else
		session_say(s, run->hints > 0 ? "there are no more hints" :
			    "there is no hint for this step");
}

void
lesson_answer(struct session *s)
{
	struct lesson_run *run = s->lesson;

	run->answer = run->lesson.steps[run->at].answer.len > 0;
	if (!run->answer)
		session_say(s, "there is no answer written for this step");
}

void
lesson_task(struct session *s)
{
	s->lesson->hints = 0;
	s->lesson->answer = false;
}
