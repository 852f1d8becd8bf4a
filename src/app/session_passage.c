/* session_passage.c - annotations on what is no row: passages of posts, and times. */
#include "config.h"

#include "app/session_impl.h"

enum { ROOM = 4 << 20 };

/* The message, and what was there asked for anew. */
static unsigned
finish(struct session *s, enum claque_rc rc, const struct claque_err *err, const char *done,
       struct claque_str name)
{
	session_forget(s);
	if (rc != CLAQUE_OK)
		session_fail(s, err);
	else
		session_say(s, "%s " STR_FMT, done, STR_ARG(name));
	return SESSION_REDRAW | SESSION_RELOAD;
}

/* The live highlight of this passage; id 0 if there is none. */
static enum claque_rc
highlighted(struct session *s, const struct annotation *a, struct arena *perm,
	    struct annotation *out, struct claque_err *err)
{
	int64_t there = 0;
	enum claque_rc rc = annotation_find_quote(s->store, a->target, a->quote, &there, err);

	*out = (struct annotation){ .id = 0 };
	return rc == CLAQUE_OK && there != 0 ? annotation_get(s->store, there, perm, out, err) : rc;
}

unsigned
session_highlight(struct session *s, const struct annotation *what, bool *ok)
{
	struct arena whole = arena_new(ROOM), perm = whole;
	struct annotation a = *what, there;
	struct case_context c = session_context(s, &perm);
	struct claque_err err;
	const char *done = "highlighted on";
	unsigned bits;
	enum claque_rc rc;

	a.target = session_row_subject(s, session_current(s));
	a.target_name = session_true_name(s, a.target, &perm);
	rc = highlighted(s, &a, &perm, &there, &err);
	if (rc == CLAQUE_OK && there.id != 0 && str_eq(there.word, a.word) &&
	    str_eq(there.colour, a.colour)) {
		done = "no longer highlighted on";
		rc = case_remove(&c, a.kind, a.target, a.quote, &err);
	} else if (rc == CLAQUE_OK) {
		rc = case_find_passage(s->store, a.target, a.quote, &a.first, &err);
		if (rc == CLAQUE_OK)
			rc = case_annotate(&c, &a, &err);
	}
	*ok = rc == CLAQUE_OK;
	bits = finish(s, rc, &err, done, session_subject_name(s, a.target, &perm));
	arena_free(whole);
	return bits;
}

/* What is brushed, or the period of the lens; of what the timeline is of, if it is one thing. */
static struct period
period_here(struct session *s, struct arena *perm)
{
	const struct place *p = session_here(s);
	const struct time_window *w = &p->time;
	struct period period = { p->lens.from, p->lens.to, { 0 }, STR("") };

	if (w->step > 0 && w->anchor != CLAQUE_NO_TIME) {
		period.from = w->anchor < w->at ? w->anchor : w->at;
		period.to = (w->anchor < w->at ? w->at : w->anchor) + w->step;
	}
	if (p->subject.kind == SUBJECT_cluster || p->subject.kind == SUBJECT_account) {
		period.about = p->subject;
		period.about_name = session_true_name(s, p->subject, perm);
	}
	return period;
}

unsigned
session_note_period(struct session *s, struct claque_str text)
{
	struct arena whole = arena_new(ROOM), perm = whole;
	bool tag = str_starts(text, STR("#"));
	struct annotation a = { .kind = tag ? ANNOTATION_tag : ANNOTATION_note, .text = text };
	struct case_context c = session_context(s, &perm);
	struct period period = period_here(s, &perm);
	struct claque_err err;
	unsigned bits;
	enum claque_rc rc = case_period(&c, &period, &a.target, &err);

	if (rc == CLAQUE_OK)
		rc = list_subject_name(s->store, a.target, &perm, &a.target_name, &err);
	if (rc == CLAQUE_OK)
		rc = case_annotate(&c, &a, &err);
	if (rc == CLAQUE_OK)
		session_place(s)->time.anchor = CLAQUE_NO_TIME;
	bits = finish(s, rc, &err, tag ? "tagged" : "noted on",
		      rc == CLAQUE_OK ? session_subject_name(s, a.target, &perm) : STR(""));
	arena_free(whole);
	return bits;
}

unsigned
session_open_period(struct session *s, int64_t id)
{
	struct arena whole = arena_new(ROOM), perm = whole;
	struct lens lens = session_here(s)->lens;
	struct period period;
	struct claque_err err;
	unsigned bits = SESSION_REDRAW;
	enum claque_rc rc = period_get(s->store, id, &perm, &period, &err);

	if (rc == CLAQUE_OK)
		rc = list_subject_now(s->store, &period.about, &err);
	if (rc == CLAQUE_OK) {
		lens.from = period.from;
		lens.to = period.to;
		bits = session_go_through(s, SCREEN_TIMELINE, period.about, &lens);
	} else {
		session_fail(s, &err);
	}
	arena_free(whole);
	return bits;
}
