/*
 * trail_diff.c - what two steps list, told apart by row ids: what the second has
 * lost, and what it has gained. Both are asked of the case as it is now, so the
 * difference is one of subject and lens, never of time.
 */
#include "config.h"

#include "app/trail.h"

#include <stdlib.h>

#include "app/session_impl.h"
#include "base/err.h"

enum { DIFF_ROWS_MAX = 1000000, THERE_SCRATCH = 1 << 20 };

struct ids {
	int64_t *p;
	size_t count, cap;
};

static bool
add_id(void *ctx, const struct row *row)
{
	struct ids *ids = ctx;

	if (ids->count == DIFF_ROWS_MAX)
		return false;
	GROW(ids->p, ids->cap, ids->count + 1);
	ids->p[ids->count++] = row->id;
	return true;
}

static int
id_cmp(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static enum claque_rc
ids_of(struct session *s, size_t step, struct ids *out, struct claque_err *err)
{
	struct arena whole = arena_new(THERE_SCRATCH);
	struct place *p = &s->steps[step].place;
	bool there = step_is_there(s, whole, &p->subject);
	struct list_query q = session_place_query(s, p);
	enum claque_rc rc;

	arena_free(whole);
	if (!there)
		return err_set(err, CLAQUE_EINPUT, "what step %zu stood on is not in the case any"
			       " more", step + 1);
	q.sort = -1;
	q.descending = false;
	q.then_count = 0;
	rc = list_walk(s->store, &q, add_id, out, err);
	if (rc == CLAQUE_STOPPED && out->count == DIFF_ROWS_MAX)
		return err_set(err, CLAQUE_EINPUT, "step %zu has more than a million rows: a lens"
			       " makes them fewer", step + 1);
	if (rc == CLAQUE_OK && out->count > 1)
		qsort(out->p, out->count, sizeof(*out->p), id_cmp);
	return rc;
}

static void
note(int64_t *ids, size_t *count, int64_t id)
{
	if (*count < TRAIL_DIFF_SHOWN)
		ids[*count] = id;
	++*count;
}

/* One pass over both, as when sorted files are merged. */
static void
tell_apart(const struct ids *a, const struct ids *b, struct trail_diff *out)
{
	size_t i = 0, k = 0;

	while (i < a->count || k < b->count) {
		if (k == b->count || (i < a->count && a->p[i] < b->p[k])) {
			note(out->lost_ids, &out->lost, a->p[i++]);
		} else if (i == a->count || b->p[k] < a->p[i]) {
			note(out->gained_ids, &out->gained, b->p[k++]);
		} else {
			out->kept++;
			i++;
			k++;
		}
	}
}

static enum list_id
list_of(const struct session *s, size_t step)
{
	const struct place *p = &s->steps[step].place;

	return screen_get(p->screen)->lists[p->pane];
}

enum claque_rc
trail_compare(struct session *s, size_t from, size_t to, struct trail_diff *out,
	      struct claque_err *err)
{
	enum list_id one = list_of(s, from), other = list_of(s, to);
	struct ids a = { 0 }, b = { 0 };
	enum claque_rc rc;

	*out = (struct trail_diff){ .from = from, .to = to, .list = other };
	if (one != other && (list_subject(one) == SUBJECT_none ||
			     list_subject(one) != list_subject(other)))
		return err_set(err, CLAQUE_EINPUT, "step %zu lists %s, step %zu %s: choose two that"
			       " list the same", from + 1, list_name(one), to + 1,
			       list_name(other));
	rc = ids_of(s, from, &a, err);
	if (rc == CLAQUE_OK)
		rc = ids_of(s, to, &b, err);
	if (rc == CLAQUE_OK)
		tell_apart(&a, &b, out);
	free(a.p);
	free(b.p);
	return rc;
}
