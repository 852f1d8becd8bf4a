/*
 * lesson_from.c - a way as a lesson: every step begins where the one before ended and is
 * done when one has been where it led. The words are for whoever teaches it to write;
 * names that a step was given are its title.
 */
#include "config.h"

#include "app/lesson_run.h"
#include "app/trail.h"
#include "app/world_job.h"
#include "base/err.h"
#include "base/file.h"
#include "text/lines.h"
#include "text/safe.h"

enum { FROM_ROOM = 16 << 20, README_MAX = 1 << 20 };

/* False where a file cannot tell it: sets, queries, names with blanks or with tricks. */
static bool
take_place(struct session *s, struct arena *perm, const struct place *p, struct lesson_place *out)
{
	struct subject found;
	struct claque_err err;

	*out = (struct lesson_place){ .screen = str_of(screen_get(p->screen)->name),
				      .lens = p->lens };
	if (p->subject.kind == SUBJECT_none)
		return true;
	out->on.kind = p->subject.kind;
	out->on.name = session_subject_name(s, p->subject, perm);
	if (!str_eq(safe_text(perm, out->on.name), out->on.name))
		return false;
	for (size_t i = 0; i < out->on.name.len; i++)
		if (byte_is_space(out->on.name.p[i]))
			return false;
	return lesson_subject(s, &out->on, &found, &err) == CLAQUE_OK &&
	       found.id == p->subject.id;
}

static void
take_step(struct session *s, struct arena *perm, const size_t way[2], struct lesson *l)
{
	const struct trail_step *from = trail_at(s, way[0]), *to = trail_at(s, way[1]);
	struct lesson_step *step = &l->steps[l->step_count];
	const char *title = screen_get(to->place.screen)->title;

	*step = (struct lesson_step){ .check_count = 1 };
	step->checks[0].kind = LESSON_CHECK_at;
	step->title = to->name[0] != '\0' ? safe_text(perm, str_of(to->name)) :
		      str_fmt(perm, "To: %s", title);
	step->text = str_fmt(perm, "Go on to the screen %s.", title);
	if (to->rows >= 0)
		step->expect = str_fmt(perm, "%lld rows, when this was written.",
				       (long long)to->rows);
	if (!take_place(s, perm, &from->place, &step->place) ||
	    !take_place(s, perm, &to->place, &step->checks[0].place) ||
	    (from->place.screen == to->place.screen &&
	     from->place.subject.id == to->place.subject.id &&
	     lesson_lens_has(&from->place.lens, &to->place.lens)))
		return;
	l->step_count++;
}

static void
take_number(struct claque_str text, uint64_t *out)
{
	int64_t n;

	if (str_to_i64(text, &n) && n >= 0)
		*out = (uint64_t)n;
}

bool
lesson_setting_of(const char *case_path, struct arena *perm, struct lesson_setting *out)
{
	const char *path = str_fmt(perm, "%s/README.txt", world_folder(case_path, perm)).p;
	struct claque_err err;
	struct lines lines;
	struct buf text;
	size_t from;

	*out = (struct lesson_setting){ STR("stealth-1"), 10000, 1 };
	buf_init(&text, README_MAX);
	if (file_read(path, &text, &err) != CLAQUE_OK) {
		buf_done(&text);
		return false;
	}
	from = str_find(buf_str(&text), STR(SCENARIO_LESSON), 0);
	lines = lines_of(str_sub(buf_str(&text), from, SIZE_MAX));
	while (lines_next(&lines)) {
		if (str_eq(lines.word, STR("scenario")))
			out->scenario = str_dup(perm, lines.value);
		else if (str_eq(lines.word, STR("posts")))
			take_number(lines.value, &out->posts);
		else if (str_eq(lines.word, STR("seed")))
			take_number(lines.value, &out->seed);
	}
	from = from < text.len;
	buf_done(&text);
	return from != 0;
}

enum claque_rc
lesson_from_trail(struct session *s, const struct lesson_setting *world, struct buf *out,
		  struct claque_err *err)
{
	struct arena whole = arena_new(FROM_ROOM), perm = whole;
	struct lesson l = { .name = STR("from-a-trail"), .title = STR("A way through a case"),
			    .goal = STR("Write what the learner can do afterwards."),
			    .scenario = world->scenario, .posts = world->posts,
			    .seed = world->seed,
			    .steps = ARENA_NEW(&perm, struct lesson_step, LESSON_STEPS_MAX) };
	size_t *way = ARENA_NEW(&perm, size_t, TRAIL_MAX);
	size_t count = trail_way(s, trail_here(s), way);
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 1; i < count && l.step_count < LESSON_STEPS_MAX; i++)
		take_step(s, &perm, &way[i - 1], &l);
	if (l.step_count == 0)
		rc = err_set(err, CLAQUE_ENOTFOUND, "the trail of this case leads nowhere that a"
			     " lesson can tell; take a way in the workbench first");
	else
		lesson_write(out, perm, &l);
	arena_free(whole);
	return rc;
}
