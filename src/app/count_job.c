#include "config.h"

#include "app/count_job.h"

#include <stdlib.h>

/* What is more than that takes a while: so much is known at once. */
enum { FIRST_CAP = 10000 };

struct count_walk {
	struct count_job *c;
	const struct pattern *pattern;
};

bool
count_row_matches(const struct pattern *p, const struct shape *shape, const struct row *row)
{
	for (size_t i = 0; i < shape->count; i++) {
		const struct value *v = &row->values[shape->columns[i]];

		if (v->type == VALUE_TEXT && pattern_find(p, v->s, 0, NULL, NULL))
			return true;
	}
	return false;
}

static bool
count_row(void *ctx, const struct row *row)
{
	struct count_walk *w = ctx;
	struct count_job *c = w->c;
	int64_t found = atomic_load(&c->found), at = atomic_load(&c->seen);

	if (task_stopping(&c->job))
		return false;
	if (count_row_matches(w->pattern, &c->q.shape, row)) {
		if (found < HITS_MAX)
			c->hits[found] = at;
		atomic_store(&c->found, found + 1);
	}
	atomic_store(&c->seen, at + 1);
	return true;
}

static enum claque_rc
count_hits(struct count_job *c, struct store *store, struct claque_err *err)
{
	struct pattern *pattern;
	struct count_walk walk = { .c = c };
	struct arena whole = arena_new(8 * sizeof(c->q.pattern)), scratch = whole;
	enum claque_rc rc;

	rc = pattern_new(&pattern, pattern_smart(&scratch, str_of(c->q.pattern)), err);
	arena_free(whole);
	if (rc != CLAQUE_OK)
		return rc;
	walk.pattern = pattern;
	rc = list_walk(store, &c->q.list, count_row, &walk, err);
	pattern_free(pattern);
	return rc;
}

static enum claque_rc
count_rows(struct count_job *c, struct store *store, struct claque_err *err)
{
	int64_t n;
	enum claque_rc rc = list_count(store, &c->q.list, FIRST_CAP, &n, err);

	if (rc == CLAQUE_OK && n > FIRST_CAP) {
		atomic_store(&c->found, FIRST_CAP);
		rc = list_count(store, &c->q.list, 0, &n, err);
	}
	if (rc == CLAQUE_OK)
		atomic_store(&c->found, n);
	return rc;
}

static enum claque_rc
run(struct task *job, struct store *store, struct claque_err *err)
{
	struct count_job *c = (struct count_job *)job;

	return c->q.pattern[0] != '\0' ? count_hits(c, store, err) : count_rows(c, store, err);
}

static void
release(struct task *job)
{
	struct count_job *c = (struct count_job *)job;

	arena_free(c->whole);
	free(c->set);
	free(c);
}

struct count_job *
count_job_new(const struct count_question *q)
{
	struct count_job *c = calloc(1, sizeof(*c));

	if (c == NULL || (c->set = malloc(q->list.set.len + 1)) == NULL)
		base_oom();
	task_init(&c->job, run, release);
	c->q = *q;
	if (q->list.set.len > 0)
		memcpy(c->set, q->list.set.p, q->list.set.len);
	c->q.list.set.p = c->set;
	c->whole = arena_new(HITS_MAX * sizeof(*c->hits));
	c->hits = (void *)c->whole.beg;
	return c;
}

static bool
same_shape(const struct shape *a, const struct shape *b)
{
	return a->count == b->count && memcmp(a->columns, b->columns, a->count) == 0;
}

bool
count_question_eq(const struct count_question *a, const struct count_question *b)
{
	return strcmp(a->pattern, b->pattern) == 0 && list_query_eq(&a->list, &b->list) &&
	       same_shape(&a->shape, &b->shape);
}

size_t
count_hits_before(const struct count_job *c, int64_t place)
{
	int64_t found = atomic_load(&c->found);
	size_t lo = 0, hi = (size_t)(found < HITS_MAX ? found : HITS_MAX);

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (c->hits[mid] < place)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}
