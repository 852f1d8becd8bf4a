#include "config.h"

#include "app/merging.h"

#include <stdlib.h>

#include "app/merge_job.h"
#include "app/session_impl.h"

enum { SCRATCH_BYTES = 1 << 20 };
#define PLAN_BYTES (INT64_C(1) << 30)

struct merging {
	struct arena room;		/* the plan lives there */
	struct merge_plan plan;
};

void
merging_free(struct session *s)
{
	if (s->merging != NULL)
		arena_free(s->merging->room);
	free(s->merging);
	s->merging = NULL;
}

struct merge_plan *
session_merge_plan(struct session *s)
{
	return s->merging != NULL ? &s->merging->plan : NULL;
}

static enum claque_rc
make_plan(struct session *s, struct claque_str path, struct claque_err *err)
{
	struct arena whole = arena_new(SCRATCH_BYTES), perm = whole, room;
	struct case_context c = session_context(s, &perm);
	size_t cap = 0, taken;
	enum claque_rc rc;

	merging_free(s);
	GROW(s->merging, cap, 1);
	*s->merging = (struct merging){ .room = arena_new(PLAN_BYTES) };
	room = s->merging->room;
	rc = merge_job(&c, str_z(&perm, path), MERGE_LEAVE, true, &room, &s->merging->plan, &taken,
		       err);
	arena_free(whole);
	return rc;
}

unsigned
session_merge(struct session *s, struct claque_str path)
{
	const struct merge_plan *plan;
	struct claque_err err;
	enum claque_rc rc;

	jobs_begin(s, "merge " STR_FMT, STR_ARG(path));
	rc = make_plan(s, path, &err);
	plan = &s->merging->plan;
	if (rc != CLAQUE_OK) {
		session_fail(s, &err);
		merging_free(s);
	} else if (plan->states[MERGE_TAKE] + plan->states[MERGE_CONFLICT] == 0) {
		session_say(s, "nothing new: %zu annotations are there already, %zu are on what this"
			    " case has not", plan->states[MERGE_SAME], plan->states[MERGE_UNKNOWN]);
		merging_free(s);
	}
	jobs_end(s, true);
	return SESSION_REDRAW;
}

/* Conflicts that nobody has decided on. */
static size_t
left_open(const struct merge_plan *plan)
{
	size_t n = 0;

	for (size_t i = 0; i < plan->count; i++)
		n += plan->items[i].state == MERGE_CONFLICT && plan->items[i].choice == MERGE_LEAVE;
	return n;
}

static void
take_plan(struct session *s, const struct merge_plan *plan)
{
	struct arena whole = arena_new(SCRATCH_BYTES), perm = whole;
	struct case_context c = session_context(s, &perm);
	struct claque_err err;
	size_t taken;

	if (case_merge(&c, plan, &taken, &err) != CLAQUE_OK)
		session_fail(s, &err);
	else if (left_open(plan) > 0)
		session_say(s, "took %zu; open conflicts: %zu, merge again to decide", taken,
			    left_open(plan));
	else
		session_say(s, "took %zu; u takes them back one by one", taken);
	session_forget(s);
	arena_free(whole);
}

unsigned
session_merge_end(struct session *s, bool take)
{
	const struct merge_plan *plan = session_merge_plan(s);

	if (plan == NULL)
		return 0;
	if (take)
		take_plan(s, plan);
	else
		session_say(s, "nothing was taken; open conflicts: %zu, waiting besides: %zu",
			    plan->states[MERGE_CONFLICT], plan->states[MERGE_TAKE]);
	merging_free(s);
	return SESSION_REDRAW | SESSION_RELOAD;
}
