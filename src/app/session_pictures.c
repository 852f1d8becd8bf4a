/*
 * session_pictures.c - what the pictures ask of the case, answered once like
 * everything else that the screens ask.
 */
#include "config.h"

#include "app/picture.h"

#include <math.h>

#include "app/events.h"
#include "app/session_impl.h"

/* Accounts of a set are in the question, those of all else in the case. */
static enum claque_rc
own_group(struct session *s, const struct list_query *q, struct group *out,
	  struct claque_err *err)
{
	if (q->subject.kind != SUBJECT_set)
		return group_of(s->store, q->subject, out, err);
	group_from_json(q->set, out);
	return CLAQUE_OK;
}

/* The group itself, or its control. */
static enum claque_rc
find_group(struct session *s, const struct answer *a, struct group *out, struct claque_err *err)
{
	struct group self;
	enum claque_rc rc = own_group(s, &a->q, &self, err);

	if (rc != CLAQUE_OK || a->from == 0) {
		*out = self;
		return rc;
	}
	return group_control(s->store, &self, (uint64_t)a->from, out, err);
}

static enum claque_rc
ask_matrix(struct session *s, struct answer *a, struct claque_err *err)
{
	struct matrix_picture *p = ARENA_NEW(&a->used, struct matrix_picture, 1);
	struct group group;
	enum claque_rc rc = find_group(s, a, &group, err);

	*p = (struct matrix_picture){ 0 };
	a->picture = p;
	if (rc == CLAQUE_OK)
		rc = matrix_read(s->store, &group, &a->q.lens, MATRIX_SOURCES_MAX, &a->used, &p->m,
				 err);
	if (rc == CLAQUE_OK)
		matrix_arrange(p, (enum matrix_order)a->step);
	return rc;
}

/* Pull grows with the root of the weight: one strong tie must not swallow all others. */
static void
place_nodes(struct ego_picture *p, uint64_t seed)
{
	struct layout_link links[EGO_LINKS_MAX];
	double most = p->ego.link_count > 0 ? p->ego.links[0].weight : 1;

	for (size_t i = 0; i < p->ego.link_count; i++)
		links[i] = (struct layout_link){ p->ego.links[i].a, p->ego.links[i].b,
						 sqrt(p->ego.links[i].weight / most) };
	layout_place(links, p->ego.link_count, p->ego.node_count, p->ego.has_centre, seed, p->at);
}

static enum claque_rc
ask_ego(struct session *s, struct answer *a, struct claque_err *err)
{
	struct ego_picture *p = ARENA_NEW(&a->used, struct ego_picture, 1);
	struct ego_of of = { a->q.subject, a->q.set };
	enum claque_rc rc = ego_read(s->store, &of, EGO_NODES_MAX - 1, &a->used, &p->ego, err);

	a->picture = p;
	place_nodes(p, (uint64_t)a->from);
	return rc;
}

/* The other as a group: without one, the first control of the subject is it. */
static enum claque_rc
find_other(struct session *s, const struct answer *a, const struct group *self,
	   struct group *other, struct subject *drawn, struct claque_err *err)
{
	struct subject chosen = { (enum subject_kind)a->limit, a->from };
	enum claque_rc rc;

	*drawn = chosen;
	if (chosen.kind != SUBJECT_none)
		return group_of(s->store, chosen, other, err);
	rc = group_control(s->store, self, (uint64_t)a->step + COMPARE_CONTROLS, other, err);
	if (rc == CLAQUE_OK && other->count == 1)
		*drawn = (struct subject){ SUBJECT_account, other->accounts[0] };
	return rc;
}

static enum claque_rc
read_controls(struct session *s, const struct answer *a, const struct group *self,
	      const struct group *other, struct compare_picture *p, struct claque_err *err)
{
	struct group controls[COMPARE_CONTROLS];
	struct pair pair;
	enum claque_rc rc = group_controls(s->store, other, (uint64_t)a->step, COMPARE_CONTROLS,
					   controls, err);

	for (size_t i = 0; rc == CLAQUE_OK && i < COMPARE_CONTROLS; i++) {
		if (controls[i].count == 0 || (self->count == 1 && controls[i].count == 1 &&
					       controls[i].accounts[0] == self->accounts[0]))
			continue;
		rc = pair_read(s->store, self, &controls[i], &a->q.lens, &pair, err);
		memcpy(p->controls[p->control_count++], pair.traits, sizeof(pair.traits));
	}
	return rc;
}

static enum claque_rc
ask_compare(struct session *s, struct answer *a, struct claque_err *err)
{
	struct compare_picture *p = ARENA_NEW(&a->used, struct compare_picture, 1);
	struct group self, other = { 0 };
	enum claque_rc rc = group_of(s->store, a->q.subject, &self, err);

	*p = (struct compare_picture){ .control_count = 0 };
	a->picture = p;
	if (rc == CLAQUE_OK)
		rc = find_other(s, a, &self, &other, &p->drawn, err);
	if (rc == CLAQUE_OK)
		rc = pair_read(s->store, &self, &other, &a->q.lens, &p->pair, err);
	if (rc == CLAQUE_OK)
		rc = read_controls(s, a, &self, &other, p, err);
	compare_judge(p);
	return rc;
}

const struct compare_picture *
session_compare(struct session *s)
{
	const struct place *here = session_here(s);
	struct answer question = { .kind = ANSWER_COMPARE, .from = here->picture.other.id,
				   .step = here->picture.seed, .limit = here->picture.other.kind,
				   .q = session_side_query(s, LIST_SOURCES, here->subject) };
	const struct answer *a = session_answer(s, &question);

	return a != NULL ? a->picture : NULL;
}

static enum claque_rc
ask_waves(struct session *s, struct answer *a, struct claque_err *err)
{
	struct waves *p = ARENA_NEW(&a->used, struct waves, 1);
	struct group group;
	enum claque_rc rc = group_of(s->store, a->q.subject, &group, err);

	*p = (struct waves){ .count = 0 };
	a->picture = p;
	return rc == CLAQUE_OK ? waves_read(s->store, &group, &a->q.lens, &a->used, p, err) : rc;
}

const struct waves *
session_waves(struct session *s, struct subject cluster)
{
	struct answer question = { .kind = ANSWER_WAVES,
				   .q = session_side_query(s, LIST_CHANGES, cluster) };
	const struct answer *a = session_answer(s, &question);

	return a != NULL ? a->picture : NULL;
}

static enum claque_rc
ask_control(struct session *s, struct answer *a, struct claque_err *err)
{
	struct group self, control = { 0 };
	struct list_query q = a->q;
	struct buf json;
	enum claque_rc rc = own_group(s, &a->q, &self, err);

	a->counts = ARENA_NEW(&a->used, int64_t, (size_t)a->limit);
	memset(a->counts, 0, (size_t)a->limit * sizeof(*a->counts));
	if (rc == CLAQUE_OK)
		rc = group_control(s->store, &self, (uint64_t)a->seed, &control, err);
	buf_init(&json, GROUP_JSON_MAX);
	group_json(&json, &control);
	q.subject = (struct subject){ SUBJECT_set, 1 };
	q.set = buf_str(&json);
	if (rc == CLAQUE_OK)
		rc = list_histogram(s->store, &q, a->from, a->step, a->counts, (size_t)a->limit,
				    err);
	buf_done(&json);
	return rc;
}

const int64_t *
session_control_buckets(struct session *s, struct subject subject, uint64_t seed, int64_t from,
			int64_t step, size_t count)
{
	struct answer question = { .kind = ANSWER_CONTROL, .seed = (int64_t)seed,
				   .q = session_side_query(s, LIST_POSTS, subject),
				   .from = from, .step = step, .limit = (int64_t)count };
	const struct answer *a;

	question.q.lens.from = INT64_MIN;
	question.q.lens.to = INT64_MAX;
	a = session_answer(s, &question);
	return a != NULL ? a->counts : NULL;
}

static enum claque_rc
ask_events(struct session *s, struct answer *a, struct claque_err *err)
{
	struct events *p = ARENA_NEW(&a->used, struct events, 1);

	*p = (struct events){ .count = 0 };
	a->picture = p;
	return event_read(s->store, &a->used, p, err);
}

const struct events *
session_events(struct session *s)
{
	struct answer question = { .kind = ANSWER_EVENTS,
				   .q = { .list = LIST_EVENTS, .lens = lens_open(), .sort = -1 } };
	const struct answer *a = session_answer(s, &question);

	return a != NULL ? a->picture : NULL;
}

static enum claque_rc (*const asks[])(struct session *s, struct answer *a,
				      struct claque_err *err) = {
	[ANSWER_MATRIX] = ask_matrix, [ANSWER_EGO] = ask_ego, [ANSWER_COMPARE] = ask_compare,
	[ANSWER_WAVES] = ask_waves, [ANSWER_CONTROL] = ask_control,
	[ANSWER_EVENTS] = ask_events,
};

enum claque_rc
session_ask_picture(struct session *s, struct answer *a, struct claque_err *err)
{
	return asks[a->kind](s, a, err);
}

const struct ego_picture *
session_ego(struct session *s, struct subject subject, uint64_t seed)
{
	struct answer question = { .kind = ANSWER_EGO, .from = (int64_t)seed,
				   .q = session_side_query(s, LIST_NEIGHBOURS, subject) };
	const struct answer *a;

	question.q.lens = lens_open();
	a = session_answer(s, &question);

	return a != NULL ? a->picture : NULL;
}

const struct matrix_picture *
session_matrix(struct session *s, struct subject subject, uint64_t seed, enum matrix_order order)
{
	struct answer question = { .kind = ANSWER_MATRIX, .from = (int64_t)seed, .step = order,
				   .q = session_side_query(s, LIST_SOURCES, subject) };
	const struct answer *a = session_answer(s, &question);

	return a != NULL ? a->picture : NULL;
}
