/*
 * answers.c - what is asked of the case, answered once and kept with its question
 * until something is written. The oldest answer makes room for a new one.
 *
 * Nothing keeps an analyst waiting: what is beside the work is given up after a
 * moment, rows after a shorter one. Those come as the best of some then, and the
 * workbench asks for all of them when no key is waiting.
 */
#include "config.h"

#include "app/session.h"

#include "app/session_impl.h"
#include "base/clock.h"

/* Touched beyond that, an answer's room is given back. */
enum { KEEP_BYTES = 2 << 20, QUICK_MS = 25, SOME_MS = 50 };

static bool
same_question(const struct answer *a, const struct answer *b)
{
	return a->kind == b->kind && a->covered == b->covered && a->seed == b->seed && a->from == b->from && a->step == b->step &&
	       a->limit == b->limit && list_query_eq(&a->q, &b->q);
}

static void
empty(struct answer *a)
{
	if (a->whole.beg != NULL && (size_t)(a->used.beg - a->whole.beg) > KEEP_BYTES) {
		arena_free(a->whole);
		a->whole = (struct arena){ 0 };
	}
	a->kind = ANSWER_NONE;
}

void
session_forget(struct session *s)
{
	argued_free(s);
	for (size_t i = 0; i < ANSWERS_MAX; i++)
		empty(&s->answers[i]);
	session_drop_count(s);
}

void
session_forget_all(struct session *s)
{
	for (size_t i = 0; i < ANSWERS_MAX; i++)
		arena_free(s->answers[i].whole);
}

static struct answer *
room_for(struct session *s, const struct answer *question)
{
	struct answer *oldest = &s->answers[0];
	struct arena whole;

	for (size_t i = 0; i < ANSWERS_MAX; i++) {
		struct answer *a = &s->answers[i];

		if (a->kind == ANSWER_NONE) {
			oldest = a;
			break;
		}
		if (a->last_used < oldest->last_used)
			oldest = a;
	}
	empty(oldest);
	whole = oldest->whole.beg != NULL ? oldest->whole : arena_new(ANSWER_BYTES);
	*oldest = *question;
	oldest->whole = oldest->used = whole;
	return oldest;
}

static enum claque_rc
ask(struct session *s, struct answer *a, struct claque_err *err)
{
	switch (a->kind) {
	case ANSWER_ROWS:
		return list_rows(s->store, &a->q, a->from, a->limit, &a->used, &a->rows, &a->got,
				 err);
	case ANSWER_COUNT:
		return list_count(s->store, &a->q, a->limit, &a->total, err);
	case ANSWER_DETAIL:
		a->rows = ARENA_NEW(&a->used, struct row, 1);
		a->got = 1;
		return list_row(s->store, a->q.list, a->from, &a->used, a->rows, err);
	case ANSWER_BUCKETS:
		a->counts = ARENA_NEW(&a->used, int64_t, (size_t)a->limit);
		return list_histogram(s->store, &a->q, a->from, a->step, a->counts,
				      (size_t)a->limit, err);
	case ANSWER_MATRIX:
	case ANSWER_EGO:
	case ANSWER_COMPARE:
	case ANSWER_WAVES:
	case ANSWER_CONTROL:
	case ANSWER_EVENTS:
		return session_ask_picture(s, a, err);
	case ANSWER_FACET:
		return list_facet_counts(s->store, &a->q, (size_t)a->from, (size_t)a->limit,
					 &a->used, &a->facet, err);
	case ANSWER_NAMES:
		a->names = ARENA_NEW(&a->used, struct name_hit, (size_t)a->limit);
		return names_find(s->store, str_of(a->q.lens.text), &a->used, a->names,
				  (size_t)a->limit, &a->got, err);
	case ANSWER_NONE:
		break;
	}
	return CLAQUE_OK;
}

/* A late answer will do for those who cannot wait; what they see is not all yet. */
static struct answer *
known(struct session *s, const struct answer *question)
{
	struct answer *late = NULL, *a = NULL;

	for (size_t i = 0; i < ANSWERS_MAX && a == NULL; i++)
		if (same_question(&s->answers[i], question)) {
			late = &s->answers[i];
			a = late->late ? NULL : late;
		}
	if (a == NULL && late != NULL && (s->soft || s->quick)) {
		s->owes |= s->quick;
		a = late;
	}
	if (a != NULL)
		a->last_used = s->now;
	return a;
}

/*
 * Rows that take long: the best of some, to look at until all have been asked, or, when the
 * analyst has stopped that, instead.
 */
static struct answer *
some_rows(struct session *s, struct answer *a)
{
	bool stopped = !s->late;
	struct claque_err err;

	a->used = a->whole;
	a->q.among = SESSION_FIRST;
	s->late_at = clock_ticks() + SOME_MS;
	if (list_rows(s->store, &a->q, a->from, a->limit, &a->used, &a->rows, &a->got, &err) !=
	    CLAQUE_OK)
		a->got = 0;
	s->late_at = 0;
	a->q.among = 0;
	a->late = !stopped;
	s->owes |= a->late;
	workshop_answer(s, a);
	if (stopped)
		session_say(s, "stopped: the best of the first %d rows; F5 asks again", SESSION_FIRST);
	return a;
}

/* Counts that take long: those of a sample, which says that it is one. */
static enum claque_rc
ask_sample(struct session *s, struct answer *a, struct claque_err *err)
{
	enum claque_rc rc;

	a->used = a->whole;
	a->q.among = FACET_SAMPLE;
	s->late = false;
	s->late_at = clock_ticks() + SOFT_MS;
	rc = ask(s, a, err);
	a->q.among = 0;
	return rc;
}

struct answer *
session_answer(struct session *s, const struct answer *asked)
{
	struct answer covered = *asked, *question = &covered, *a;
	struct claque_err err;
	enum claque_rc rc;
	int64_t began;

	s->now++;
	covered.covered = session_covers(s);
	a = known(s, question);
	if (a != NULL)
		return a;
	if (s->hurry || s->gave_way) {
		s->owes = true;
		return NULL;
	}
	a = room_for(s, question);
	a->last_used = s->now;
	s->late = false;
	s->late_at = s->soft ? clock_ticks() + SOFT_MS : s->quick ? clock_ticks() + QUICK_MS : 0;
	began = clock_ticks();
	rc = ask(s, a, &err);
	if (rc == CLAQUE_STOPPED && s->late && !s->gave_way && a->kind == ANSWER_FACET)
		rc = ask_sample(s, a, &err);
	s->late_at = 0;
	jobs_note(s, list_name(a->q.list), began, rc == CLAQUE_OK);
	if (rc == CLAQUE_STOPPED && !s->gave_way && a->kind == ANSWER_ROWS)
		return some_rows(s, a);
	if (rc == CLAQUE_OK) {
		workshop_answer(s, a);
		return a;
	}
	a->facet.got = 0;
	if (a->kind != ANSWER_NAMES)	/* of them some are as good as all */
		a->got = 0;
	s->owes |= s->quick && s->late;
	if (s->gave_way) {		/* it is asked again when there is time */
		empty(a);
		s->owes = true;
		return NULL;
	}
	a->late = a->facet.late = s->late;
	if (s->late)
		return a;
	if (rc == CLAQUE_STOPPED)
		session_say(s, "stopped; F5 asks again");
	else if (rc != CLAQUE_ENOTFOUND)
		session_fail(s, &err);
	return a;
}

struct answer *
session_answer_now(struct session *s, const struct answer *question)
{
	bool hurry = s->hurry;
	struct answer *a;

	s->hurry = false;
	s->quick = s->progress.tick != NULL && !s->patient;
	a = session_answer(s, question);
	s->hurry = hurry;
	s->quick = false;
	return a;
}

void
session_hurry(struct session *s, bool on)
{
	s->hurry = on;
	s->owes = s->gave_way = false;
}

bool
session_patient(struct session *s, bool on)
{
	bool was = s->patient;

	s->patient = on;
	return was;
}

bool
session_shows_some(const struct session *s)
{
	return s->some;
}

void
session_give_way(struct session *s)
{
	s->gave_way = true;
}

bool
session_soft(struct session *s, bool on)
{
	bool was = s->soft;

	s->soft = on;
	return was;
}

bool
session_owes(const struct session *s)
{
	return s->owes;
}

/* A soft question ends when its time is over; any, when the analyst says so. */
static bool
watch(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
	struct session *s = ctx;

	if (s->late_at != 0 && clock_ticks() >= s->late_at) {
		s->late = true;
		return false;
	}
	return s->progress.tick == NULL || s->progress.tick(s->progress.ctx, stage, done, total);
}

void
session_on_wait(struct session *s, const struct claque_progress *progress)
{
	s->progress = progress != NULL ? (struct claque_progress){ s, jobs_tick } :
		      (struct claque_progress){ 0 };
	s->outer = progress != NULL ? *progress : (struct claque_progress){ 0 };
	s->watch = (struct claque_progress){ s, watch };
	if (progress != NULL)
		store_watch(s->store, &s->watch);
	else
		store_unwatch(s->store);
}
