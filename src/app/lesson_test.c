#include "config.h"

#include "app/lesson_test.h"

#include <stdarg.h>
#include <stdio.h>

#include "app/value.h"

enum { TEST_SCRATCH = 1 << 20, WHAT_BYTES = 600 };

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static const struct column list_columns_of_lessons[] = {
	{ .name = "name", .form = FORM_ID }, { .name = "title", .form = FORM_TEXT },
	{ .name = "steps", .form = FORM_COUNT }, { .name = "minutes", .form = FORM_COUNT },
	{ .name = "scenario", .form = FORM_ID }, { .name = "posts", .form = FORM_COUNT },
	{ .name = "goal", .form = FORM_TEXT }, { .name = "file", .form = FORM_ID },
};

void
lesson_list(const struct lessons *lessons, const struct row_sink *sink)
{
	sink->head(sink->ctx, list_columns_of_lessons, LENGTH(list_columns_of_lessons));
	for (size_t i = 0; i < lessons->count; i++) {
		const struct lesson *l = &lessons->at[i];
		const struct value values[LENGTH(list_columns_of_lessons)] = {
			value_str(l->name), value_str(l->title),
			value_int((int64_t)l->step_count),
			l->minutes > 0 ? value_int(l->minutes) : (struct value){ 0 },
			value_str(l->scenario), value_int((int64_t)l->posts),
			value_str(l->goal), value_str(l->path),
		};

		if (!sink->each(sink->ctx, &(struct row){ (int64_t)i, values }))
			return;
	}
}

/* --- test */

static const struct column test_columns[] = {
	{ .name = "result", .form = FORM_ID }, { .name = "line", .form = FORM_NUMBER },
	{ .name = "step", .form = FORM_TEXT }, { .name = "what", .form = FORM_TEXT },
};

struct trial {
	struct session *s;		/* or NULL */
	const struct row_sink *sink;
	const struct lesson_step *step;	/* NULL: the lesson as a whole */
	struct arena scratch;
	size_t faults;
};

static void fault(struct trial *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static void
put(struct trial *t, const char *result, const char *what)
{
	const struct value values[LENGTH(test_columns)] = {
		value_str(str_of(result)),
		t->step != NULL ? value_int((int64_t)t->step->line) : (struct value){ 0 },
		value_str(t->step != NULL ? t->step->title : STR("")), value_str(str_of(what)),
	};

	(void)t->sink->each(t->sink->ctx, &(struct row){ (int64_t)t->faults, values });
}

static void
fault(struct trial *t, const char *fmt, ...)
{
	char text[WHAT_BYTES];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	t->faults++;
	put(t, "FAIL", text);
}

static void
test_target(struct trial *t, const struct lesson_target *on)
{
	struct subject subject;
	struct claque_err err;

	if (t->s != NULL && lesson_subject(t->s, on, &subject, &err) != CLAQUE_OK)
		fault(t, "%s", err.msg);
}

/* Can one be there at all? What a check asks for may be any of a kind. */
static void
test_place(struct trial *t, const struct lesson_place *p)
{
	struct arena perm = t->scratch;
	enum screen_id screen;
	struct lens lens;
	struct claque_err err;

	if (!screen_parse(p->screen, &screen))
		fault(t, "there is no screen '" STR_FMT "'; claque screen --help lists them",
		      STR_ARG(p->screen));
	else if (p->on.kind != SUBJECT_none && !screen_takes(screen, p->on.kind))
		fault(t, "the screen '" STR_FMT "' does not stand on a %s", STR_ARG(p->screen),
		      subject_kind_name(p->on.kind));
	if (session_read_lens(lens_text(&perm, &p->lens), &lens, &err) != CLAQUE_OK)
		fault(t, "%s", err.msg);
	test_target(t, &p->on);
}

/* A step that begins where its check wants one to be is done by nobody. */
static bool
is_there_at_once(const struct lesson_place *begin, const struct lesson_place *asked)
{
	return str_eq(begin->screen, asked->screen) &&
	       (asked->on.kind == SUBJECT_none ||
		(asked->on.kind == begin->on.kind &&
		 (str_eq(asked->on.name, STR("*")) || str_eq(asked->on.name, begin->on.name)))) &&
	       lesson_lens_has(&begin->lens, &asked->lens);
}

static void
test_step(struct trial *t)
{
	const struct lesson_step *step = t->step;
	enum screen_id screen;

	test_place(t, &step->place);
	if (step->place.on.kind == SUBJECT_none && screen_parse(step->place.screen, &screen) &&
	    !screen_takes(screen, SUBJECT_none))
		fault(t, "the screen '" STR_FMT "' stands on something; write on KIND NAME",
		      STR_ARG(step->place.screen));
	for (size_t i = 0; i < step->check_count; i++) {
		const struct lesson_check *c = &step->checks[i];

		if (c->kind != LESSON_CHECK_at) {
			test_target(t, &c->on);	/* of none there is nothing to find */
			continue;
		}
		test_place(t, &c->place);
		if (is_there_at_once(&step->place, &c->place))
			fault(t, "the step begins where its check asks to be: nobody does anything");
	}
}

size_t
lesson_test(const struct lesson *lesson, struct session *s, const struct row_sink *sink)
{
	struct arena whole = arena_new(TEST_SCRATCH), once = whole;
	struct trial t = { .s = s, .sink = sink, .scratch = whole };
	struct scenario_settings world;
	struct claque_err err;

	sink->head(sink->ctx, test_columns, LENGTH(test_columns));
	if (lesson_world(lesson, &once, &world, &err) != CLAQUE_OK)
		fault(&t, "%s", err.msg);
	for (size_t i = 0; i < lesson->step_count; i++) {
		size_t before = t.faults;

		t.step = &lesson->steps[i];
		test_step(&t);
		if (t.faults == before)
			put(&t, "pass", "");
	}
	arena_free(whole);
	return t.faults;
}

/* --- check */

static const struct column table_columns[] = {
	{ .name = "step", .form = FORM_NUMBER }, { .name = "title", .form = FORM_TEXT },
	{ .name = "done", .form = FORM_ID }, { .name = "missing", .form = FORM_TEXT },
};

/* What of a step is not there yet, in the words of the file. */
static enum claque_rc
missing(const struct lesson_step *step, struct session *s, struct arena *perm,
	struct claque_str *out, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;
	bool holds;

	*out = STR("");
	for (size_t i = 0; rc == CLAQUE_OK && i < step->check_count; i++) {
		rc = lesson_holds(s, &step->checks[i], &holds, err);
		if (rc == CLAQUE_OK && !holds)
			*out = str_fmt(perm, STR_FMT "%s" STR_FMT, STR_ARG(*out),
				       out->len > 0 ? "; " : "",
				       STR_ARG(lesson_check_text(perm, &step->checks[i])));
	}
	return rc;
}

enum claque_rc
lesson_table(const struct lesson *lesson, struct session *s, const struct row_sink *sink,
	     size_t *undone, struct claque_err *err)
{
	struct arena whole = arena_new(TEST_SCRATCH), perm = whole;
	enum claque_rc rc = CLAQUE_OK;

	*undone = 0;
	sink->head(sink->ctx, table_columns, LENGTH(table_columns));
	for (size_t i = 0; rc == CLAQUE_OK && i < lesson->step_count; i++) {
		struct claque_str lacks;

		rc = missing(&lesson->steps[i], s, &perm, &lacks, err);
		if (rc != CLAQUE_OK)
			break;
		*undone += lacks.len > 0;
		(void)sink->each(sink->ctx, &(struct row){ (int64_t)i, (const struct value[]){
			value_int((int64_t)i + 1), value_str(lesson->steps[i].title),
			value_str(lacks.len > 0 ? STR("no") : STR("yes")), value_str(lacks) } });
	}
	arena_free(whole);
	return rc;
}
