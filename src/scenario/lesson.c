/*
 * lesson.c - a lesson read line by line. A line that is not understood refuses the
 * file: a check that is quietly not made would tick a step that nobody did.
 */
#include "config.h"

#include "scenario/lesson.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/err.h"
#include "text/lines.h"

enum { QUOTE_MAX = 60, POSTS_USUAL = 10000, POSTS_MOST = 100000000, MINUTES_MOST = 480 };

#define QUOTED(s) STR_ARG(str_head(s, QUOTE_MAX))

/* What a check or place is read from, word by word. */
struct words {
	struct claque_str rest;
};

struct reading {
	struct arena *perm;
	struct lesson *lesson;
	struct lesson_step *step;	/* the last one, or NULL */
	struct lines lines;
	struct claque_err *err;
};

static enum claque_rc refuse(struct reading *r, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

static enum claque_rc
refuse(struct reading *r, const char *fmt, ...)
{
	char text[300];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	return err_set(r->err, CLAQUE_EINPUT, STR_FMT ":%zu: %s", STR_ARG(r->lesson->path),
		       r->lines.number, text);
}

static enum claque_rc
refuse_whole(struct reading *r, const char *what)
{
	return err_set(r->err, CLAQUE_EINPUT, STR_FMT ": %s", STR_ARG(r->lesson->path), what);
}

/* --- texts and numbers */

static enum claque_rc
take_name(struct reading *r, struct claque_str value, struct claque_str *out)
{
	if (out->len > 0)
		return refuse(r, "'%.*s' a second time; leave one of the lines out",
			      QUOTED(r->lines.word));
	if (!lines_is_name(value, LESSON_NAME_MAX))
		return refuse(r, "'%.*s' is no name; write at most %d small letters, digits and -",
			      QUOTED(value), LESSON_NAME_MAX);
	*out = str_dup(r->perm, value);
	return CLAQUE_OK;
}

/* One line, and once. */
static enum claque_rc
take_once(struct reading *r, struct claque_str value, size_t most, struct claque_str *out)
{
	if (out->len > 0)
		return refuse(r, "'%.*s' a second time; leave one of the lines out",
			      QUOTED(r->lines.word));
	if (value.len > most)
		return refuse(r, "more than %zu bytes; make it shorter", most);
	*out = str_dup(r->perm, value);
	return CLAQUE_OK;
}

/* A further line of what may have several. */
static enum claque_rc
take_more(struct reading *r, struct claque_str value, size_t most, struct claque_str *out)
{
	if (out->len + value.len > most)
		return refuse(r, "more than %zu bytes in all lines of '%.*s'; make it shorter",
			      most, QUOTED(r->lines.word));
	*out = out->len == 0 ? str_dup(r->perm, value) :
	       str_fmt(r->perm, STR_FMT "\n" STR_FMT, STR_ARG(*out), STR_ARG(value));
	return CLAQUE_OK;
}

static enum claque_rc
take_number(struct reading *r, struct claque_str value, int64_t most, int64_t *out)
{
	if (str_to_i64(value, out) && *out >= 1 && *out <= most)
		return CLAQUE_OK;
	return refuse(r, "'%.*s'; write a number from 1 to %lld", QUOTED(value), (long long)most);
}

/* --- places and checks */

static struct claque_str
next_word(struct words *w)
{
	struct claque_str word;
	size_t len = 0;

	w->rest = str_trim(w->rest);
	while (len < w->rest.len && !byte_is_space(w->rest.p[len]))
		len++;
	word = str_sub(w->rest, 0, len);
	w->rest = str_trim(str_sub(w->rest, len, w->rest.len));
	return word;
}

static bool
take_word(struct words *w, const char *word)
{
	struct words ahead = *w;

	if (!str_eq(next_word(&ahead), str_of(word)))
		return false;
	*w = ahead;
	return true;
}

static enum claque_rc
take_kind(struct reading *r, struct words *w, enum subject_kind *out)
{
	struct claque_str kind = next_word(w);

	if (subject_kind_parse(kind, out) && *out != SUBJECT_none)
		return CLAQUE_OK;
	return refuse(r, "'%.*s' is no kind of subject; write cluster, account, source or post",
		      QUOTED(kind));
}

static enum claque_rc
take_target(struct reading *r, struct words *w, struct lesson_target *out)
{
	struct claque_str name;
	enum claque_rc rc = take_kind(r, w, &out->kind);

	if (rc != CLAQUE_OK)
		return rc;
	name = next_word(w);
	if (name.len == 0)
		return refuse(r, "no name after the kind; write one, or * for any");
	out->name = str_dup(r->perm, name);
	return CLAQUE_OK;
}

static enum claque_rc
take_place(struct reading *r, struct claque_str value, struct lesson_place *out)
{
	struct words w = { value };
	struct claque_str screen = next_word(&w);
	struct claque_err why = { 0 };
	enum claque_rc rc = CLAQUE_OK;

	*out = (struct lesson_place){ .screen = str_dup(r->perm, screen), .lens = lens_open() };
	if (take_word(&w, "on"))
		rc = take_target(r, &w, &out->on);
	if (rc == CLAQUE_OK && take_word(&w, "lens")) {
		if (lens_parse(w.rest, &out->lens, &why) != CLAQUE_OK)
			rc = refuse(r, "%s", why.msg);
		w.rest = STR("");
	}
	if (rc == CLAQUE_OK && w.rest.len > 0)
		rc = refuse(r, "'%.*s' after the screen; write SCREEN [on KIND NAME] [lens LENS]",
			    QUOTED(w.rest));
	return rc;
}

/* Where a step begins is one place. */
static enum claque_rc
take_beginning(struct reading *r, struct claque_str value)
{
	enum claque_rc rc = take_place(r, value, &r->step->place);

	if (rc == CLAQUE_OK && str_eq(r->step->place.on.name, STR("*")))
		rc = refuse(r, "a step cannot begin on any %s; name one",
			    subject_kind_name(r->step->place.on.kind));
	return rc;
}

static bool
parse_act(struct claque_str word, enum annotation_kind *out)
{
	for (unsigned k = 0; k < ANNOTATION_COUNT; k++) {
		*out = (enum annotation_kind)k;
		if (str_eq(word, str_of(annotation_kind_name(*out))))
			return true;
	}
	return false;
}

static bool
is_verdict(struct claque_str word)
{
	static const char *const verdicts[] = {
#define X(name, wants_reason, help) #name,
		VERDICT_LIST(X)
#undef X
	};

	for (size_t i = 0; i < sizeof(verdicts) / sizeof(verdicts[0]); i++)
		if (str_eq(word, str_of(verdicts[i])))
			return true;
	return false;
}

/* What stands behind the subject: needed of a verdict and a tag, refused of a pin. */
static enum claque_rc
take_what(struct reading *r, struct claque_str rest, struct lesson_check *c)
{
	if (c->act == ANNOTATION_verdict && !is_verdict(rest))
		return refuse(r, "'%.*s' is no verdict; write new, reviewing, confirmed, cleared or"
			      " shared", QUOTED(rest));
	if (c->act == ANNOTATION_tag && (rest.len == 0 || str_find(rest, STR(" "), 0) < rest.len))
		return refuse(r, "'%.*s' is no tag; write one word", QUOTED(rest));
	if (c->act == ANNOTATION_pin && rest.len > 0)
		return refuse(r, "'%.*s' after a pin; nothing stands there", QUOTED(rest));
	c->word = str_dup(r->perm, rest);
	return CLAQUE_OK;
}

static enum claque_rc
take_count(struct reading *r, struct words *w, struct lesson_check *c)
{
	struct claque_str act;
	enum claque_rc rc = take_number(r, next_word(w), LESSON_COUNT_MAX, &c->count);

	if (rc != CLAQUE_OK)
		return rc;
	act = next_word(w);
	if (!parse_act(act, &c->act))
		return refuse(r, "'%.*s' is nothing to count; write verdict, tag, note, pin or"
			      " highlight", QUOTED(act));
	c->on.name = STR("*");
	return take_kind(r, w, &c->on.kind);
}

/* By what follows the word; r->step has room for it. */
static enum claque_rc
take_asked(struct reading *r, struct claque_str word, struct words *w, struct lesson_check *c)
{
	enum claque_rc rc;

	if (c->kind == LESSON_CHECK_at)
		return take_place(r, w->rest, &c->place);
	if (c->kind == LESSON_CHECK_export) {
		c->word = str_dup(r->perm, next_word(w));
		return w->rest.len == 0 ? CLAQUE_OK :
		       refuse(r, "'%.*s' after the format; nothing stands there", QUOTED(w->rest));
	}
	if (c->kind == LESSON_CHECK_count)
		rc = take_count(r, w, c);
	else
		rc = parse_act(word, &c->act) ? take_target(r, w, &c->on) : CLAQUE_EINPUT;
	return rc == CLAQUE_OK ? take_what(r, w->rest, c) : rc;
}

static enum claque_rc
take_check(struct reading *r, struct claque_str value)
{
	static const char *const names[] = {
#define X(name, values, help) #name,
		LESSON_CHECK_LIST(X)
#undef X
	};
	struct words w = { value };
	struct lesson_check c = { .kind = LESSON_CHECK_COUNT, .count = 1,
				  .not = take_word(&w, "not") };
	struct claque_str word = next_word(&w);
	enum claque_rc rc;

	for (unsigned k = 0; k < LESSON_CHECK_COUNT; k++)
		if (str_eq(word, str_of(names[k])))
			c.kind = (enum lesson_check_kind)k;
	if (c.kind == LESSON_CHECK_COUNT)
		return refuse(r, "'%.*s' cannot be checked; write at, verdict, tag, note, pin,"
			      " highlight, export or count", QUOTED(word));
	if (c.not && c.kind == LESSON_CHECK_at)
		return refuse(r, "not at: where one has been stays in the trail; leave not out");
	if (r->step->check_count == LESSON_CHECKS_MAX)
		return refuse(r, "more than %d checks; make two steps of it", LESSON_CHECKS_MAX);
	rc = take_asked(r, word, &w, &c);
	r->step->checks[r->step->check_count++] = c;
	return rc;
}

/* --- lines */

/* A step that cannot be begun or cannot be done is a slip. */
static enum claque_rc
check_step(struct reading *r)
{
	const struct lesson_step *s = r->step;

	if (s == NULL)
		return CLAQUE_OK;
	if (s->place.screen.len == 0 || s->text.len == 0 || s->check_count == 0)
		return err_set(r->err, CLAQUE_EINPUT, STR_FMT ":%zu: the step that begins here lacks"
			       " its %s line; write one", STR_ARG(r->lesson->path), s->line,
			       s->place.screen.len == 0 ? "place" : s->text.len == 0 ? "text" :
			       "check");
	return CLAQUE_OK;
}

static enum claque_rc
take_step(struct reading *r, struct claque_str value)
{
	enum claque_rc rc = check_step(r);

	if (rc != CLAQUE_OK)
		return rc;
	if (r->lesson->step_count == LESSON_STEPS_MAX)
		return refuse(r, "more than %d steps; make two lessons of it", LESSON_STEPS_MAX);
	r->step = &r->lesson->steps[r->lesson->step_count++];
	*r->step = (struct lesson_step){ .line = r->lines.number, .place.lens = lens_open() };
	return take_once(r, value, LESSON_TITLE_MAX, &r->step->title);
}

/* Of the lesson as a whole; *taken false: no such word. */
static enum claque_rc
take_head(struct reading *r, struct claque_str word, struct claque_str value, bool *taken)
{
	struct lesson *l = r->lesson;
	int64_t n = 0;
	enum claque_rc rc;

	if (str_eq(word, STR("title")))
		return take_once(r, value, LESSON_TITLE_MAX, &l->title);
	if (str_eq(word, STR("goal")))
		return take_more(r, value, LESSON_NOTES_MAX, &l->goal);
	if (str_eq(word, STR("scenario")))
		return take_name(r, value, &l->scenario);
	if (str_eq(word, STR("minutes")))
		return take_number(r, value, MINUTES_MOST, &l->minutes);
	if (str_eq(word, STR("presenter")))
		return take_more(r, value, LESSON_NOTES_MAX, &l->presenter);
	*taken = str_eq(word, STR("posts")) || str_eq(word, STR("seed"));
	if (!*taken)
		return CLAQUE_OK;
	rc = take_number(r, value, word.p[0] == 'p' ? POSTS_MOST : INT64_MAX, &n);
	*(word.p[0] == 'p' ? &l->posts : &l->seed) = (uint64_t)n;
	return rc;
}

static enum claque_rc
take_of_step(struct reading *r, struct claque_str word, struct claque_str value, bool *taken)
{
	struct lesson_step *s = r->step;

	if (str_eq(word, STR("place")) && s->place.screen.len > 0)
		return refuse(r, "a second place; a step begins at one");
	if (str_eq(word, STR("place")))
		return take_beginning(r, value);
	if (str_eq(word, STR("text")))
		return take_more(r, value, LESSON_TEXT_MAX, &s->text);
	if (str_eq(word, STR("hint")))
		return take_more(r, value, LESSON_TEXT_MAX, &s->hints);
	if (str_eq(word, STR("expect")))
		return take_more(r, value, LESSON_NOTES_MAX, &s->expect);
	if (str_eq(word, STR("answer")))
		return take_more(r, value, LESSON_TEXT_MAX, &s->answer);
	if (str_eq(word, STR("presenter")))
		return take_more(r, value, LESSON_NOTES_MAX, &s->presenter);
	if (str_eq(word, STR("keys")))
		return take_once(r, value, LESSON_KEYS_MAX, &s->keys);
	if (str_eq(word, STR("check")))
		return take_check(r, value);
	*taken = false;
	return CLAQUE_OK;
}

static enum claque_rc
take_line(struct reading *r)
{
	const struct lines *l = &r->lines;
	bool taken = true;
	enum claque_rc rc;

	if (l->fault != NULL)
		return refuse(r, "%s", l->fault);
	if (r->lesson->name.len == 0 && !str_eq(l->word, STR("lesson")))
		return refuse(r, "the first line of a lesson is: lesson NAME");
	if (l->value.len == 0)
		return refuse(r, "'%.*s': nothing stands behind it", QUOTED(l->word));
	if (str_eq(l->word, STR("lesson")))
		return take_name(r, l->value, &r->lesson->name);
	if (str_eq(l->word, STR("step")))
		return take_step(r, l->value);
	rc = r->step != NULL ? take_of_step(r, l->word, l->value, &taken) :
	     take_head(r, l->word, l->value, &taken);
	if (taken)
		return rc;
	return refuse(r, "'%.*s' is no word that a line %s begins with; claque-lesson(7) lists them",
		      QUOTED(l->word), r->step != NULL ? "of a step" : "before the first step");
}

static enum claque_rc
check_whole(struct reading *r)
{
	const struct lesson *l = r->lesson;

	if (l->name.len == 0)
		return refuse_whole(r, "holds no lesson; its first line is: lesson NAME");
	if (l->title.len == 0 || l->goal.len == 0 || l->scenario.len == 0)
		return refuse_whole(r, "a lesson has a title, a goal and a scenario; write a line for"
				    " each before the first step");
	if (l->step_count == 0)
		return refuse_whole(r, "no step; write a step line, and what belongs to it below");
	return check_step(r);
}

enum claque_rc
lesson_read(struct arena *perm, struct claque_str path, struct claque_str text,
	    struct lesson *out, struct claque_err *err)
{
	struct reading r = { .perm = perm, .lesson = out, .lines = lines_of(text), .err = err };
	enum claque_rc rc = CLAQUE_OK;

	*out = (struct lesson){ .path = str_dup(perm, path), .posts = POSTS_USUAL, .seed = 1,
				.steps = ARENA_NEW(perm, struct lesson_step, LESSON_STEPS_MAX) };
	if (text.len > LESSON_BYTES_MAX)
		return refuse_whole(&r, "over 64 KiB; make two lessons of it");
	while (rc == CLAQUE_OK && lines_next(&r.lines))
		rc = take_line(&r);
	return rc == CLAQUE_OK ? check_whole(&r) : rc;
}
