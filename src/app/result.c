/*
 * result.c - rows of a query as a list: typed and measured columns, an order, and
 * what each row is about.
 */
#include "config.h"

#include <stdlib.h>

#include "app/session_impl.h"
#include "base/clock.h"
#include "base/err.h"
#include "text/safe.h"

/* Columns are made for the first rows; later ones do not move them. A time fits the least. */
enum { MEASURED_MAX = 200, LEAST_COLS = 20, WIDEST_COLS = 60,
       MEASURE_SCRATCH = 1 << 20 };

bool
result_is_here(const struct session *s)
{
	return session_here(s)->screen == SCREEN_CONSOLE &&
	       session_here(s)->subject.kind == SUBJECT_query;
}

static struct result *
find_result(const struct session *s)
{
	for (size_t i = 0; i < RESULTS_MAX; i++)
		if (result_is_here(s) && s->console.results[i].query == session_here(s)->subject.id)
			return (struct result *)(uintptr_t)&s->console.results[i];
	return NULL;
}

static struct result *
ask(struct session *s)
{
	struct console *c = &s->console;
	struct result *r = &c->results[0];
	struct claque_str text = console_query(s);

	if (text.len == 0)
		return NULL;
	for (size_t i = 1; i < RESULTS_MAX; i++)
		if (c->results[i].last_used < r->last_used)
			r = &c->results[i];
	if (r->job != NULL) {
		task_stop(&r->job->job);
		task_release(&r->job->job);
	}
	free(r->order);
	*r = (struct result){ .query = session_here(s)->subject.id, .job = sql_job_new(text),
			      .order = malloc(SQL_ROWS_MAX * sizeof(*r->order)) };
	if (r->order == NULL)
		base_oom();
	if (c->worker == NULL)
		c->worker = worker_new(s->path);
	worker_give(c->worker, &r->job->job);
	return r;
}

static int
cols_of(struct arena scratch, const struct column *c, const struct value *v)
{
	return (int)safe_cells_upto(&scratch, value_screen(&scratch, c, v), WIDEST_COLS).columns;
}

static void
measure_value(struct arena scratch, struct column *c, const struct value *v)
{
	int cols = cols_of(scratch, c, v);

	if (v->type == VALUE_TEXT)
		c->form = FORM_TEXT;
	cols = cols < WIDEST_COLS ? cols : WIDEST_COLS;
	c->ideal = c->ideal < cols ? cols : c->ideal;
	c->min = c->ideal < LEAST_COLS ? c->ideal : LEAST_COLS;
}

static void
measure(struct result *r, size_t count)
{
	size_t columns = r->job->column_count;
	struct arena scratch;

	count = count < MEASURED_MAX ? count : MEASURED_MAX;
	if (r->columns[0].name == NULL && columns > 0)
		for (size_t i = 0; i < columns; i++) {
			r->columns[i] = r->job->columns[i];
			r->columns[i].form = FORM_NUMBER;
			r->columns[i].min = r->columns[i].ideal = 1;
			r->columns[i].priority = 1;
		}
	if (r->measured >= count)
		return;
	scratch = arena_new(MEASURE_SCRATCH);
	for (; r->measured < count; r->measured++)
		for (size_t i = 0; i < columns; i++)
			measure_value(scratch, &r->columns[i],
				      &r->job->rows[r->measured].values[i]);
	arena_free(scratch);
}

/* As SQLite orders them: nothing, numbers, texts. */
static int
value_cmp(const struct value *a, const struct value *b)
{
	int x = a->type == VALUE_NULL ? 0 : a->type == VALUE_TEXT ? 2 : 1;
	int y = b->type == VALUE_NULL ? 0 : b->type == VALUE_TEXT ? 2 : 1;
	double p, q;

	if (x != y || x == 0)
		return x - y;
	if (x == 2)
		return str_cmp(a->s, b->s);
	if (a->type == VALUE_INT && b->type == VALUE_INT)
		return (a->i > b->i) - (a->i < b->i);
	p = a->type == VALUE_INT ? (double)a->i : a->r;
	q = b->type == VALUE_INT ? (double)b->i : b->r;
	return (p > q) - (p < q);
}

static int
row_cmp(const void *a, const void *b, void *ctx)
{
	const struct result *r = ctx;
	uint32_t i = *(const uint32_t *)a, k = *(const uint32_t *)b;
	struct list_key key = { r->by.sort, r->by.descending };

	for (int n = 0; n <= r->by.then_count; n++) {
		int order = value_cmp(&r->job->rows[i].values[key.column],
				      &r->job->rows[k].values[key.column]);

		if (order != 0)
			return key.descending ? -order : order;
		if (n < r->by.then_count)
			key = r->by.then[n];
	}
	return (i > k) - (i < k);
}

static bool
same_order(const struct pane *a, const struct pane *b)
{
	return a->sort == b->sort && a->descending == b->descending &&
	       list_keys_eq(a->then, a->then_count, b->then, b->then_count);
}

/* Columns of an order that was kept, but not of this query, are of no use. */
static bool
can_sort(const struct result *r, const struct pane *by)
{
	for (int i = 0; i < by->then_count; i++)
		if (by->then[i].column >= (int)r->job->column_count)
			return false;
	return by->sort >= 0 && by->sort < (int)r->job->column_count;
}

static void
put_in_order(struct result *r, size_t count, const struct pane *by)
{
	if (r->ordered == count && same_order(&r->by, by))
		return;
	r->by = *by;
	r->ordered = count;
	for (size_t i = 0; i < count; i++)
		r->order[i] = (uint32_t)i;
	if (count > 1 && can_sort(r, by))
		qsort_r(r->order, count, sizeof(*r->order), row_cmp, r);
}

/*
 * Of the place, with what has come by now in its order; NULL where there is no query, and
 * while people look on: a query tells names in forms that no mask knows.
 */
static struct result *
look(struct session *s)
{
	struct result *r = find_result(s);
	bool ended;

	if (s->mask != NULL)
		return NULL;
	if (r == NULL)
		r = result_is_here(s) ? ask(s) : NULL;
	if (r == NULL)
		return NULL;
	r->last_used = ++s->console.now;
	ended = task_ended(&r->job->job);
	s->unsettled = s->unsettled || !ended;
	if (atomic_load(&r->job->headed)) {
		size_t count = atomic_load(&r->job->count);

		measure(r, count);
		put_in_order(r, count, &session_here(s)->panes[0]);
	}
	return r;
}

const struct column *
result_columns(const struct session *s, size_t *count)
{
	const struct result *r = find_result(s);

	*count = r != NULL && r->columns[0].name != NULL ? r->job->column_count : 0;
	return r != NULL ? r->columns : NULL;
}

int64_t
result_length(struct session *s, bool exact)
{
	const struct result *r = look(s);

	if (r == NULL)
		return 0;
	return !exact && task_ended(&r->job->job) && r->job->more ? SESSION_MANY :
	       (int64_t)r->ordered;
}

const struct row *
result_row(struct session *s, int64_t index)
{
	const struct result *r = look(s);

	return r != NULL && index >= 0 && index < (int64_t)r->ordered ?
	       &r->job->rows[r->order[index]] : NULL;
}

int64_t
result_find(struct session *s, int64_t id, bool *later)
{
	const struct result *r = look(s);

	*later = r != NULL && !task_ended(&r->job->job);
	for (size_t i = 0; r != NULL && i < r->ordered; i++)
		if (r->job->rows[r->order[i]].id == id)
			return (int64_t)i;
	return -1;
}

struct subject
result_subject(const struct session *s, const struct row *row)
{
	const struct result *r = find_result(s);

	return r != NULL && row != NULL ? r->job->subjects[row->id - 1] : (struct subject){ 0 };
}

struct subject
result_cell(struct session *s, const struct row *row)
{
	int column = session_here(s)->panes[0].column;
	struct subject cell = { 0 };
	struct claque_err err;
	size_t count;
	const struct column *columns = result_columns(s, &count);
	enum subject_kind kind;

	if (row == NULL || column < 0 || column >= (int)count ||
	    row->values[column].type != VALUE_TEXT)
		return result_subject(s, row);
	kind = sql_column_kind(str_of(columns[column].name));
	if (kind != SUBJECT_none &&
	    list_subject_named(s->store, kind, row->values[column].s, &cell, &err) != CLAQUE_OK)
		session_fail(s, &err);
	return cell.kind != SUBJECT_none ? cell : result_subject(s, row);
}

void
result_walk(struct session *s, bool (*each)(void *ctx, const struct row *row), void *ctx)
{
	const struct result *r = look(s);

	for (size_t i = 0; r != NULL && i < r->ordered; i++)
		if (!each(ctx, &r->job->rows[r->order[i]]))
			return;
}

struct console_state
console_look(struct session *s)
{
	const struct result *r = look(s);
	struct console_state state = { 0 };
	const struct sql_job *j;

	if (r == NULL)
		return state;
	j = r->job;
	state.running = !task_ended(&r->job->job);
	state.rows = (int64_t)r->ordered;
	state.took_ms = (state.running ? clock_now() : j->ended_at) - j->began_at;
	if (state.running)
		return state;
	state.more = j->more;
	state.columns_left_out = j->columns_left_out;
	state.stopped = j->job.rc == CLAQUE_STOPPED;
	state.failed = j->job.rc != CLAQUE_OK && !state.stopped;
	state.fault = str_of(state.failed ? j->job.err.msg : "");
	return state;
}

/* Ids of those rows that are about this kind, 0 for the others. */
static struct subject
set_of_kind(struct session *s, const struct result *r, enum subject_kind kind,
	    enum subject_kind set)
{
	int64_t *ids = malloc(r->ordered * sizeof(*ids));
	struct subject of;

	if (ids == NULL)
		base_oom();
	for (size_t i = 0; i < r->ordered; i++)
		ids[i] = r->job->subjects[i].kind == kind ? r->job->subjects[i].id : 0;
	of = session_set_of(s, set, ids, r->ordered);
	free(ids);
	return of;
}

size_t
console_sets(struct session *s, struct subject out[SESSION_SETS])
{
	const struct result *r = look(s);
	size_t n = 0;

	if (r == NULL || r->ordered == 0)
		return 0;
	out[n] = session_set_of(s, SUBJECT_set, r->job->accounts, r->ordered);
	n += out[n].kind != SUBJECT_none;
	out[n] = set_of_kind(s, r, SUBJECT_post, SUBJECT_posts);
	n += out[n].kind != SUBJECT_none;
	out[n] = set_of_kind(s, r, SUBJECT_source, SUBJECT_sources);
	return n + (out[n].kind != SUBJECT_none);
}
