/*
 * session_count.c - counts that are worth nothing a moment later: while a pattern or
 * a lens is being typed. They are made in a thread beside the keys, and what was
 * asked last is all that is kept.
 */
#include "config.h"

#include "app/session_impl.h"

enum { SMART_SCRATCH = 4 << 10 };

void
session_drop_count(struct session *s)
{
	if (s->count == NULL)
		return;
	task_stop(&s->count->job);
	task_release(&s->count->job);
	s->count = NULL;
}

static struct tally
tally_of(struct session *s, const struct count_question *q)
{
	struct tally t = { 0 };

	if (s->counter == NULL)
		s->counter = worker_new(s->path);
	if (s->count == NULL || !count_question_eq(&s->count->q, q)) {
		session_drop_count(s);
		s->count = count_job_new(q);
		worker_give(s->counter, &s->count->job);
	}
	t.final = task_ended(&s->count->job);	/* before what it says: they may come after it */
	s->unsettled = s->unsettled || !t.final;
	t.failed = t.final && s->count->job.rc != CLAQUE_OK;
	t.found = atomic_load(&s->count->found);
	t.seen = atomic_load(&s->count->seen);
	return t;
}

static bool
question_of(const struct session *s, struct claque_str pattern, struct count_question *out)
{
	*out = (struct count_question){ .list = session_query(s),
					.shape = desk_shape(s, session_list(s)) };
	out->list.without = session_not_searched(s, &out->shape);
	if (pattern.len > PATTERN_BYTES_MAX || memchr(pattern.p, '\0', pattern.len) != NULL)
		return false;
	memcpy(out->pattern, pattern.p, pattern.len);
	return true;
}

/* Rows of a query are at hand, and not many. */
struct look {
	const struct count_question *q;
	const struct pattern *pattern;
	int64_t index;			/* of the cursor */
	struct tally t;
};

static bool
look_at(void *ctx, const struct row *row)
{
	struct look *l = ctx;

	if (count_row_matches(l->pattern, &l->q->shape, row)) {
		l->t.found++;
		if (l->t.seen == l->index)
			l->t.nth = l->t.found;
	}
	l->t.seen++;
	return true;
}

static struct tally
count_in_result(struct session *s, const struct count_question *q)
{
	struct look l = { .q = q, .index = session_here(s)->panes[0].index, .t = { .final = true } };
	struct arena whole = arena_new(SMART_SCRATCH), scratch = whole;
	struct pattern *pattern;
	struct claque_err err;

	l.t.failed = pattern_new(&pattern, pattern_smart(&scratch, str_of(q->pattern)), &err) !=
		     CLAQUE_OK;
	l.pattern = pattern;
	if (!l.t.failed)
		result_walk(s, look_at, &l);
	pattern_free(pattern);
	arena_free(whole);
	return l.t;
}

struct tally
session_count_hits(struct session *s, struct claque_str pattern)
{
	const struct place *here = session_here(s);
	int64_t index = here->panes[here->pane].index;
	struct count_question q;
	struct tally t;
	size_t before;

	if (pattern.len == 0 || !question_of(s, pattern, &q))
		return (struct tally){ .final = true, .failed = pattern.len > 0 };
	if (q.list.list == LIST_NONE)
		return count_in_result(s, &q);
	t = tally_of(s, &q);
	before = count_hits_before(s->count, index);
	if ((int64_t)before < t.found && before < HITS_MAX && s->count->hits[before] == index)
		t.nth = (int64_t)before + 1;
	return t;
}

struct tally
session_count_lens(struct session *s, const struct lens *lens)
{
	struct count_question q = { .list = session_query(s) };

	if (q.list.list == LIST_NONE)	/* a query looks through no lens */
		return (struct tally){ .found = session_length(s), .final = true };
	q.list.lens = *lens;
	q.list.sort = -1;
	q.list.descending = false;
	q.list.then_count = 0;
	return tally_of(s, &q);
}

bool
session_known_hit(struct session *s, int64_t start, bool forward, int64_t *hit)
{
	struct count_question q;
	size_t at, found;
	bool ended;

	if (s->count == NULL || s->pattern == NULL || !question_of(s, s->pattern_source, &q) ||
	    !count_question_eq(&s->count->q, &q))
		return false;
	ended = task_ended(&s->count->job) && s->count->job.rc == CLAQUE_OK;
	found = (size_t)atomic_load(&s->count->found);
	if (found > HITS_MAX)
		return false;
	at = count_hits_before(s->count, forward ? start + 1 : start);
	if (forward ? at < found : at > 0 && atomic_load(&s->count->seen) >= start) {
		*hit = s->count->hits[forward ? at : at - 1];
		return true;
	}
	*hit = found > 0 ? s->count->hits[forward ? 0 : found - 1] : -1;
	if (*hit == start)
		*hit = -1;
	return ended;
}

bool
session_unsettled(struct session *s)
{
	bool was = s->unsettled;

	s->unsettled = false;
	return was;
}

void
session_finish(struct session *s)
{
	if (s->count != NULL)
		worker_wait(s->counter, &s->count->job);
	console_finish(s);
}
