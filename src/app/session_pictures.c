/*
 * session_pictures.c - what the pictures ask of the case, answered once like
 * everything else that the screens ask.
 */
#include "config.h"

#include "app/picture.h"
#include "app/session_impl.h"

/* The group itself, or its control. */
static enum claque_rc
find_group(struct session *s, const struct answer *a, struct group *out, struct claque_err *err)
{
	struct group self;
	enum claque_rc rc = group_of(s->store, a->q.subject, &self, err);

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

enum claque_rc
session_ask_picture(struct session *s, struct answer *a, struct claque_err *err)
{
	return ask_matrix(s, a, err);
}

const struct matrix_picture *
session_matrix(struct session *s, struct subject subject, uint64_t seed, enum matrix_order order)
{
	struct answer question = { .kind = ANSWER_MATRIX, .from = (int64_t)seed, .step = order,
				   .q = session_side_query(s, LIST_SOURCES, subject) };
	const struct answer *a = session_answer(s, &question);

	return a != NULL ? a->picture : NULL;
}
