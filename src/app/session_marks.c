/*
 * session_marks.c - marks, the search, and the analyst's work on them.
 */
#include "config.h"

#include "app/session.h"

#include <stdlib.h>

#include "app/session_impl.h"
#include "base/err.h"
#include "case/case.h"

enum { WORK_SCRATCH = 1 << 20 };

static int
subject_cmp(struct subject a, struct subject b)
{
	if (a.kind != b.kind)
		return a.kind < b.kind ? -1 : 1;
	return (a.id > b.id) - (a.id < b.id);
}

/* Where it stands, or should stand. */
static size_t
mark_place(const struct session *s, struct subject subject)
{
	size_t lo = 0, hi = s->mark_count;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (subject_cmp(s->marks[mid], subject) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

bool
session_marked(const struct session *s, struct subject subject)
{
	size_t at = mark_place(s, subject);

	return at < s->mark_count && subject_cmp(s->marks[at], subject) == 0;
}

size_t
session_mark_count(const struct session *s)
{
	return s->mark_count;
}

const struct subject *
session_marks(const struct session *s)
{
	return s->marks;
}

static void
unmark_at(struct session *s, size_t at)
{
	s->mark_count--;
	memmove(s->marks + at, s->marks + at + 1, (s->mark_count - at) * sizeof(*s->marks));
}

static bool
mark_at(struct session *s, size_t at, struct subject subject)
{
	if (s->mark_count == SESSION_MARKS_MAX) {
		session_say(s, "%d marks are the most there can be", SESSION_MARKS_MAX);
		return false;
	}
	GROW(s->marks, s->mark_cap, s->mark_count + 1);
	memmove(s->marks + at + 1, s->marks + at, (s->mark_count - at) * sizeof(*s->marks));
	s->marks[at] = subject;
	s->mark_count++;
	return true;
}

unsigned
session_mark_toggle(struct session *s, struct subject subject)
{
	size_t at = mark_place(s, subject);

	if (subject.kind == SUBJECT_none)
		return 0;
	if (session_marked(s, subject))
		unmark_at(s, at);
	else
		(void)mark_at(s, at, subject);
	return SESSION_REDRAW;
}

struct mark_walk {
	struct session *s;
	bool invert;
};

static bool
mark_row(void *ctx, const struct row *row)
{
	struct mark_walk *w = ctx;
	struct subject subject = session_row_subject(w->s, row);
	size_t at = mark_place(w->s, subject);

	if (subject.kind == SUBJECT_none)
		return true;
	if (!session_marked(w->s, subject))
		return mark_at(w->s, at, subject);
	if (w->invert)
		unmark_at(w->s, at);
	return true;
}

unsigned
session_mark_all(struct session *s, bool invert)
{
	struct list_query q = session_query(s);
	struct mark_walk walk = { s, invert };
	struct claque_err err;
	enum claque_rc rc;

	if (q.list == LIST_NONE) {
		result_walk(s, mark_row, &walk);
		return SESSION_REDRAW;
	}
	if (list_subject(q.list) == SUBJECT_none) {
		session_say(s, "these rows cannot be marked");
		return SESSION_REDRAW;
	}
	rc = list_walk(s->store, &q, mark_row, &walk, &err);
	if (rc != CLAQUE_OK && rc != CLAQUE_STOPPED)
		session_fail(s, &err);
	return SESSION_REDRAW;
}

unsigned
session_mark_none(struct session *s)
{
	s->mark_count = 0;
	return SESSION_REDRAW;
}

enum claque_rc
session_set_pattern(struct session *s, struct claque_str source, struct claque_err *err)
{
	struct pattern *pattern = NULL;
	struct arena whole, scratch;
	enum claque_rc rc;

	if (source.len > sizeof(s->pattern_bytes))
		return err_set(err, CLAQUE_EINPUT, "a pattern takes up to %zu bytes",
			       sizeof(s->pattern_bytes));
	if (source.len > 0) {
		rc = pattern_new(&pattern, source, err);
		pattern_free(pattern);	/* as it was typed, for the place of what is wrong */
		if (rc != CLAQUE_OK)
			return rc;
		whole = scratch = arena_new(WORK_SCRATCH);
		rc = pattern_new(&pattern, pattern_smart(&scratch, source), err);
		arena_free(whole);
		if (rc != CLAQUE_OK)
			return rc;
		memmove(s->pattern_bytes, source.p, source.len);
	}
	pattern_free(s->pattern);
	s->pattern = pattern;
	s->pattern_source = (struct claque_str){ s->pattern_bytes, source.len };
	return CLAQUE_OK;
}

struct claque_str
session_pattern(const struct session *s)
{
	return s->pattern_source;
}

bool
session_match(const struct session *s, struct claque_str text, size_t from, size_t *at,
	      size_t *len)
{
	return s->pattern != NULL && pattern_find(s->pattern, text, from, at, len);
}

enum { ROWS_BETWEEN_TICKS = 512 };

struct hunt {
	const struct session *s;
	struct shape shape;
	int64_t index;			/* of the row at hand */
	int64_t end;			/* to look at no row from here on */
	bool last;			/* the last hit is wanted, not the first */
	int64_t hit;			/* or -1 */
	bool stopped;			/* by the analyst */
};

static bool
hunt_goes_on(struct hunt *h)
{
	const struct claque_progress *p = &h->s->progress;
	int64_t total = h->end < INT64_MAX ? h->end : h->index;	/* not known: all so far */

	if (p->tick == NULL || h->index % ROWS_BETWEEN_TICKS != 0 || h->index == 0)
		return true;
	h->stopped = !p->tick(p->ctx, "searching", (uint64_t)h->index, (uint64_t)total);
	return !h->stopped;
}

static bool
hunt_row(void *ctx, const struct row *row)
{
	struct hunt *h = ctx;

	if (h->index == h->end || !hunt_goes_on(h))
		return false;
	if (h->s->pattern != NULL && count_row_matches(h->s->pattern, &h->shape, row))
		h->hit = h->index;
	h->index++;
	return h->hit < 0 || h->last;
}

uint64_t
session_not_searched(const struct session *s, const struct shape *shape)
{
	size_t count;
	const struct column *columns = session_columns(s, &count);
	uint64_t searched = 0;

	for (size_t i = 0; i < shape->count; i++)
		if (columns[shape->columns[i]].form == FORM_TEXT ||
		    columns[shape->columns[i]].form == FORM_ID)
			searched |= UINT64_C(1) << shape->columns[i];
	return s->mask == NULL ? ~searched : 0;
}

static bool
hunt_row_at(struct hunt *h, const struct row *row)
{
	return row != NULL && hunt_row(h, row);
}

/* The first or last hit among the rows from..to-1, or -1; false if that is not known. */
static bool
hunt(struct session *s, int64_t from, int64_t to, bool last, int64_t *hit)
{
	struct hunt h = { .s = s, .index = from, .end = to, .last = last, .hit = -1 };
	struct list_query q = session_query(s);
	struct claque_err err = { 0 };
	enum claque_rc rc;

	h.shape = desk_shape(s, session_list(s));
	if (q.list == LIST_NONE) {
		while (hunt_row_at(&h, result_row(s, h.index)))
			;
		*hit = h.hit;
		return true;
	}
	q.without = session_not_searched(s, &h.shape);
	rc = list_walk_from(s->store, &q, from, hunt_row, &h, &err);
	*hit = h.hit;
	if (rc == CLAQUE_OK || (rc == CLAQUE_STOPPED && !h.stopped &&
				(h.index == to || h.hit >= 0)))
		return true;
	if (rc == CLAQUE_STOPPED)
		session_say(s, "the search was stopped; n goes on from the cursor");
	else
		session_fail(s, &err);
	return false;
}

static unsigned
go_to_hit(struct session *s, int64_t hit, bool around, bool forward)
{
	if (hit < 0) {
		session_say(s, "no other row matches " STR_FMT, STR_ARG(s->pattern_source));
		return SESSION_REDRAW;
	}
	if (around)
		session_say(s, forward ? "no hit below: went on from the top" :
			    "no hit above: went on from the end");
	return session_select(s, hit);
}

/* From the cursor to the end of the list, then from its other end to the cursor. */
static unsigned
find_row(struct session *s, bool forward)
{
	int64_t start, hit;
	bool around = false, known;

	(void)session_current(s);
	start = session_here(s)->panes[session_here(s)->pane].index;
	if (session_known_hit(s, start, forward, &hit))
		return go_to_hit(s, hit, hit >= 0 && (forward ? hit < start : hit > start), forward);
	known = forward ? hunt(s, start + 1, INT64_MAX, false, &hit) :
		hunt(s, 0, start, true, &hit);
	if (known && hit < 0) {
		around = true;
		known = forward ? hunt(s, 0, start, false, &hit) :
			hunt(s, start + 1, INT64_MAX, true, &hit);
	}
	return known ? go_to_hit(s, hit, around, forward) : SESSION_REDRAW;
}

unsigned
session_find_row(struct session *s, bool forward)
{
	unsigned bits;

	jobs_begin(s, "find " STR_FMT, STR_ARG(s->pattern_source));
	bits = find_row(s, forward);
	jobs_end(s, false);
	return bits;
}

struct case_context
session_context(struct session *s, struct arena *perm)
{
	return (struct case_context){
		.store = s->store, .who = s->who,
		.lens = lens_text(perm, &session_here(s)->lens),
		.command = session_command(s, perm),
	};
}

/* Applies to the marks of these rows if there are any, and says how many it was. */
struct work {
	struct annotation what;
	bool remove;
	const char *done;		/* "pinned", "tagged" ... */
	bool ok;
};

static enum claque_rc
work_on(struct session *s, const struct work *w, struct subject subject, struct arena scratch,
	struct claque_err *err)
{
	struct case_context c = session_context(s, &scratch);
	struct annotation what = w->what;

	what.target = subject;
	what.target_name = session_true_name(s, subject, &scratch);
	if (!w->remove)
		return case_annotate(&c, &what, err);
	return case_remove(&c, what.kind, subject, what.text, err);
}

/* Marks of other kinds, made on other screens, are not what the analyst looks at. */
static enum subject_kind
worked_kind(struct session *s)
{
	enum list_id list = session_list(s);

	return list == LIST_NONE ? session_subject(s).kind : list_subject(list);
}

size_t
session_marks_worked(struct session *s)
{
	enum subject_kind kind = worked_kind(s);
	size_t n = 0;

	for (size_t i = 0; i < s->mark_count; i++)
		n += s->marks[i].kind == kind;
	return n;
}

/* What is not on one of several marks is not missed there. */
static enum claque_rc
work_on_marks(struct session *s, const struct work *w, struct arena scratch,
	      struct claque_err *err)
{
	enum subject_kind kind = worked_kind(s);
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 0; i < s->mark_count && rc == CLAQUE_OK; i++) {
		if (s->marks[i].kind == kind)
			rc = work_on(s, w, s->marks[i], scratch, err);
		if (w->remove && rc == CLAQUE_ENOTFOUND)
			rc = CLAQUE_OK;
	}
	return rc;
}

static unsigned
work(struct session *s, struct work *w)
{
	size_t marks = w->what.kind != ANNOTATION_note ? session_marks_worked(s) : 0;
	struct arena whole = arena_new(WORK_SCRATCH), perm = whole;
	struct subject one = session_subject(s);
	struct claque_err err;
	enum claque_rc rc;

	if (marks == 0 && (subject_is_set(one.kind) || one.kind == SUBJECT_trick ||
			   one.kind == SUBJECT_look || one.kind == SUBJECT_query ||
			   one.kind == SUBJECT_portrait)) {
		session_say(s, "choose a row, or mark some: a %s is no thing of the case",
			    subject_kind_name(one.kind));
		arena_free(whole);
		return SESSION_REDRAW;
	}
	rc = marks > 0 ? work_on_marks(s, w, whole, &err) : work_on(s, w, one, whole, &err);
	session_forget(s);
	w->ok = rc == CLAQUE_OK;
	if (rc != CLAQUE_OK)
		session_fail(s, &err);
	else if (marks > 0)
		session_say(s, "%s %zu marked", w->done, marks);
	else
		session_say(s, "%s " STR_FMT, w->done,
			    STR_ARG(session_subject_name(s, one, &perm)));
	arena_free(whole);
	return SESSION_REDRAW | SESSION_RELOAD;
}

/* "urgent red": a tag has no blanks, so what follows one is its colour. */
unsigned
session_annotate(struct session *s, enum annotation_kind kind, struct claque_str text)
{
	struct work w;
	static const char *const done[ANNOTATION_COUNT] = {
		[ANNOTATION_note] = "noted on", [ANNOTATION_tag] = "tagged",
		[ANNOTATION_pin] = "pinned",
	};

	w = (struct work){ .what = { .kind = kind, .text = text }, .done = done[kind] };
	if (kind == ANNOTATION_tag && str_cut(&text, ' ', &w.what.text))
		w.what.colour = str_trim(text);
	return work(s, &w);
}

unsigned
session_judge(struct session *s, const struct annotation *verdict, bool *ok)
{
	struct arena whole = arena_new(WORK_SCRATCH), perm = whole;
	struct work w = { .what = *verdict };
	unsigned bits;

	w.done = str_fmt(&perm, STR_FMT ":", STR_ARG(verdict->word)).p;
	bits = work(s, &w);
	*ok = w.ok;
	arena_free(whole);
	return bits;
}

unsigned
session_untag(struct session *s, struct claque_str tag)
{
	return work(s, &(struct work){ .what = { .kind = ANNOTATION_tag, .text = tag },
				       .remove = true, .done = "took the tag off" });
}

static unsigned
unwind(struct session *s, enum claque_rc (*how)(const struct case_context *c, struct arena *perm,
						struct claque_str *what, struct claque_err *err))
{
	struct arena whole = arena_new(WORK_SCRATCH), perm = whole;
	struct case_context c = session_context(s, &perm);
	struct claque_str what;
	struct claque_err err;
	size_t undo, redo;

	if (how(&c, &perm, &what, &err) != CLAQUE_OK ||
	    case_undo_depth(s->store, &undo, &redo, &err) != CLAQUE_OK)
		session_fail(s, &err);
	else
		session_say(s, STR_FMT "   (%zu more to undo, %zu to redo)", STR_ARG(what), undo, redo);
	session_forget(s);
	arena_free(whole);
	return SESSION_REDRAW | SESSION_RELOAD;
}

unsigned
session_undo(struct session *s)
{
	return unwind(s, case_undo);
}

unsigned
session_redo(struct session *s)
{
	return unwind(s, case_redo);
}
