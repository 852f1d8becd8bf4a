/*
 * trail.c - the steps of a session as a tree. They lie in the order in which they
 * were taken, so a step always comes after the one that led to it: loading,
 * drawing and dropping are single passes over an array.
 */
#include "config.h"

#include "app/trail.h"

#include "app/session_impl.h"
#include "base/clock.h"

enum { GONE_SCRATCH = 1 << 20 };

void
trail_note(struct session *s)
{
	struct trail_step *here = &s->steps[s->at];
	bool hurry = s->hurry, owes = s->owes;
	int64_t rows, whole;

	s->hurry = true;
	rows = session_length(s);
	whole = session_whole(s);
	s->hurry = hurry;
	s->owes = owes;
	here->rows = rows >= 0 ? rows : here->rows;
	here->whole = whole >= 0 ? whole : here->whole;
}

void
trail_keep(struct session *s)
{
	trail_note(s);
	session_save(s);
}

static bool
same_orders(const struct place *a, const struct place *b)
{
	for (int i = 0; i < SESSION_PANES; i++) {
		const struct pane *x = &a->panes[i], *y = &b->panes[i];

		if (x->sort != y->sort || x->descending != y->descending ||
		    x->then_count != y->then_count)
			return false;
		for (int k = 0; k < x->then_count; k++)
			if (x->then[k].column != y->then[k].column ||
			    x->then[k].descending != y->then[k].descending)
				return false;
	}
	return true;
}

static bool
same_subject(const struct place *a, const struct place *b)
{
	return a->screen == b->screen && a->subject.kind == b->subject.kind &&
	       a->subject.id == b->subject.id;
}

/* What a comparison is with is only chosen after going there: each is a step. */
static bool
same_step(const struct place *a, const struct place *b)
{
	return a->screen != SCREEN_COMPARE && same_subject(a, b) && same_orders(a, b) &&
	       lens_eq(&a->lens, &b->lens);
}

/* Where one is, what was already gone to from here, or step_count. */
static size_t
taken_before(const struct session *s, const struct place *p)
{
	if (same_step(&s->steps[s->at].place, p))
		return s->at;
	for (size_t i = s->at + 1; i < s->step_count; i++)
		if (s->steps[i].parent == s->at && same_step(&s->steps[i].place, p))
			return i;
	return s->step_count;
}

/* Two passes: first only what nothing came of. */
static size_t
least_missed(const struct session *s)
{
	bool leads[TRAIL_MAX] = { false };

	for (size_t i = s->step_count; i-- > 1; )
		leads[s->steps[i].parent] = true;
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 1; i < s->step_count; i++)
			if (i != s->at && !s->steps[i].pinned && s->steps[i].name[0] == '\0' &&
			    (pass > 0 || !leads[i]))
				return i;
	return s->at != 1 ? 1 : 2;
}

/* What came of it comes of what it came of. */
static void
drop(struct session *s, size_t gone)
{
	size_t parent = s->steps[gone].parent;

	s->step_count--;
	memmove(s->steps + gone, s->steps + gone + 1,
		(s->step_count - gone) * sizeof(*s->steps));
	for (size_t i = 0; i < s->step_count; i++) {
		struct trail_step *step = &s->steps[i];

		step->parent = step->parent == gone ? parent : step->parent - (step->parent > gone);
		step->next = step->next == gone ? 0 : step->next - (step->next > gone);
	}
	s->at -= s->at > gone;
}

static size_t
add(struct session *s, const struct place *p)
{
	if (s->step_count == TRAIL_MAX)
		drop(s, least_missed(s));
	s->steps[s->step_count] = (struct trail_step){
		.place = *p, .parent = s->at, .taken_at = clock_now(), .rows = -1, .whole = -1,
	};
	return s->step_count++;
}

/* A cursor that comes along is where one looks: it goes before the one of old. */
void
trail_push(struct session *s, const struct place *p)
{
	size_t to;

	trail_note(s);
	to = taken_before(s, p);
	if (to == s->step_count)
		to = add(s, p);
	for (int i = 0; i < SESSION_PANES; i++)
		if (p->panes[i].id != 0)
			s->steps[to].place.panes[i] = p->panes[i];
	if (to != s->at)
		s->steps[s->at].next = to;
	s->at = to;
	session_save(s);
}

/* Not onto what is not in the case any more. */
static bool
enter(struct session *s, size_t to)
{
	struct arena whole = arena_new(GONE_SCRATCH);
	bool there = step_is_there(s, whole, &s->steps[to].place.subject);

	if (there) {
		trail_note(s);
		s->at = to;
		session_save(s);
	} else {
		session_say(s, "what step %zu stood on is not in the case any more", to + 1);
	}
	arena_free(whole);
	return there;
}

unsigned
trail_go(struct session *s, size_t step)
{
	if (step >= s->step_count || !enter(s, step))
		return SESSION_REDRAW;
	for (size_t i = step; i > 0; i = s->steps[i].parent)
		s->steps[s->steps[i].parent].next = i;
	session_save(s);
	return SESSION_REDRAW;
}

unsigned
session_back(struct session *s)
{
	size_t to = s->steps[s->at].parent;

	while (s->at > 0 && !enter(s, to) && to > 0)
		to = s->steps[to].parent;
	return SESSION_REDRAW;
}

unsigned
session_forward(struct session *s)
{
	if (s->steps[s->at].next > 0)
		(void)enter(s, s->steps[s->at].next);
	return SESSION_REDRAW;
}

bool
trail_up(struct session *s)
{
	size_t to = s->at;

	while (to > 0 && same_subject(&s->steps[to].place, &s->steps[s->at].place))
		to = s->steps[to].parent;
	if (same_subject(&s->steps[to].place, &s->steps[s->at].place))
		return false;
	while (!enter(s, to) && to > 0)
		to = s->steps[to].parent;
	return true;
}

static size_t
depth_of(const struct session *s, size_t step)
{
	size_t depth = 0;

	for (; step > 0; step = s->steps[step].parent)
		depth++;
	return depth;
}

size_t
session_step_at(const struct session *s)
{
	return depth_of(s, s->at);
}

size_t
session_steps(const struct session *s)
{
	size_t count = depth_of(s, s->at) + 1;

	for (size_t i = s->steps[s->at].next; i > 0; i = s->steps[i].next)
		count++;
	return count;
}

const struct place *
session_step(const struct session *s, size_t step)
{
	size_t depth = depth_of(s, s->at), at = s->at;

	for (; depth > step; depth--)
		at = s->steps[at].parent;
	for (; depth < step; depth++)
		at = s->steps[at].next;
	return &s->steps[at].place;
}

size_t
trail_way(const struct session *s, size_t step, size_t out[TRAIL_MAX])
{
	size_t n = 0, depth = depth_of(s, step);

	if (s->steps[step].pinned) {
		do {
			out[n++] = step;
			step = s->steps[step].next;
		} while (step > 0 && n < TRAIL_MAX);
		return n;
	}
	for (n = depth + 1; n > 0; step = s->steps[step].parent)
		out[--n] = step;
	return depth + 1;
}

struct side
trail_preview(struct session *s, size_t step, size_t limit)
{
	struct arena whole = arena_new(GONE_SCRATCH);
	struct place place = s->steps[step].place;
	bool there = step_is_there(s, whole, &place.subject), was;
	struct answer question = { .kind = ANSWER_ROWS, .q = session_place_query(s, &place),
				   .limit = (int64_t)limit };
	const struct answer *a = NULL;

	arena_free(whole);
	was = session_soft(s, true);
	if (there)
		a = session_answer(s, &question);
	(void)session_soft(s, was);
	return a != NULL && !a->late ? (struct side){ a->rows, a->got, true } :
	       (struct side){ .ready = !there || a != NULL };
}

size_t
trail_count(const struct session *s)
{
	return s->step_count;
}

size_t
trail_here(const struct session *s)
{
	return s->at;
}

const struct trail_step *
trail_at(const struct session *s, size_t at)
{
	return &s->steps[at];
}

size_t
trail_rows(const struct session *s, struct arena *perm, struct trail_row **out)
{
	size_t n = s->step_count, count = 0, at = 0;
	size_t *first = ARENA_NEW(perm, size_t, n), *beside = ARENA_NEW(perm, size_t, n);
	int *level = ARENA_NEW(perm, int, n);

	*out = ARENA_NEW(perm, struct trail_row, n);
	for (size_t i = n; i-- > 1; ) {
		beside[i] = first[s->steps[i].parent];
		first[s->steps[i].parent] = i;
	}
	for (size_t i = 1; i < n; i++)
		level[i] = level[s->steps[i].parent] + (beside[i] > 0);
	for (;;) {
		(*out)[count++] = (struct trail_row){ at, level[at], beside[at] > 0 };
		if (first[at] > 0) {
			at = first[at];
			continue;
		}
		while (at > 0 && beside[at] == 0)
			at = s->steps[at].parent;
		if (at == 0)
			return count;
		at = beside[at];
	}
}

unsigned
trail_name(struct session *s, size_t step, struct claque_str name)
{
	struct trail_step *named = &s->steps[step];

	name = str_head(str_trim(name), TRAIL_NAME_MAX);
	if (name.len > 0)
		memcpy(named->name, name.p, name.len);
	named->name[name.len] = '\0';
	session_save(s);
	return SESSION_REDRAW;
}

unsigned
trail_pin(struct session *s, size_t step)
{
	s->steps[step].pinned = !s->steps[step].pinned;
	session_save(s);
	return SESSION_REDRAW;
}
