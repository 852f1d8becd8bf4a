/*
 * session_rows.c - what the screens ask of the case.
 *
 * A frame asks the same few dozen questions as the frame before; answers.c keeps
 * what came back. Rows come in pages, so that a list of millions costs what is on
 * the screen.
 */
#include "config.h"

#include "app/session.h"

#include "app/session_impl.h"
#include "base/clock.h"

struct list_query
session_place_query(const struct session *s, const struct place *p)
{
	const struct pane *pane = &p->panes[p->pane];
	struct list_query q = { .list = screen_get(p->screen)->lists[p->pane],
				.subject = p->subject, .lens = p->lens, .sort = pane->sort, .descending = pane->descending,
				.then_count = pane->then_count };

	memcpy(q.then, pane->then, sizeof(q.then));
	if (subject_is_set(q.subject.kind))
		q.set = session_set_ids(s, q.subject.id);
	return q;
}

struct list_query
session_query(const struct session *s)
{
	return session_place_query(s, session_here(s));
}

struct list_query
session_side_query(const struct session *s, enum list_id list, struct subject subject)
{
	struct list_query q = { .list = list, .subject = subject, .lens = session_here(s)->lens,
				.sort = -1 };

	if (subject_is_set(subject.kind))
		q.set = session_set_ids(s, subject.id);
	return q;
}

enum list_id
session_list(const struct session *s)
{
	const struct place *p = session_here(s);

	return screen_get(p->screen)->lists[p->pane];
}

const struct column *
session_columns_of(const struct session *s, enum list_id list, size_t *count)
{
	return list == LIST_NONE ? result_columns(s, count) : list_columns(list, count);
}

const struct column *
session_columns(const struct session *s, size_t *count)
{
	return session_columns_of(s, session_list(s), count);
}

/* What the case as a whole holds was counted when it was opened; -1: not that. */
static int64_t
counted_whole(const struct session *s, const struct list_query *q)
{
	if (list_is_narrowed(q))
		return -1;
	if (q->list == LIST_POSTS)
		return s->counts.posts;
	if (q->list == LIST_ACCOUNTS)
		return s->counts.accounts;
	return q->list == LIST_SOURCES ? s->counts.sources : -1;
}

static int64_t
count_of(struct session *s, const struct list_query *q, int64_t cap)
{
	struct answer question = { .kind = ANSWER_COUNT, .q = *q, .limit = cap };
	int64_t known = counted_whole(s, q);
	const struct answer *a;

	if (known >= 0)
		return known;

	question.q.sort = -1;		/* order does not change a count */
	question.q.descending = false;
	question.q.then_count = 0;
	a = session_answer(s, &question);
	return a == NULL ? -1 : a->late ? SESSION_SLOW : a->total;
}

int64_t
session_length(struct session *s)
{
	struct list_query q = session_query(s);

	if (q.list == LIST_NONE)
		return result_length(s, false);
	return count_of(s, &q, SESSION_COUNT_CAP);
}

int64_t
session_whole(struct session *s)
{
	struct list_query q = session_query(s);

	if (q.list == LIST_NONE)
		return result_length(s, false);
	q.lens = lens_open();
	return count_of(s, &q, SESSION_COUNT_CAP);
}

bool
session_lens_applies(const struct session *s)
{
	struct list_query q = session_query(s);

	q.subject = (struct subject){ 0 };
	return list_is_narrowed(&q);
}

int64_t
session_exact_length(struct session *s)
{
	struct list_query q = session_query(s);
	int64_t n = session_length(s);

	if (q.list == LIST_NONE)
		return result_length(s, true);
	return n >= 0 && n != SESSION_MANY ? n : count_of(s, &q, 0);
}

const struct row *
session_row(struct session *s, int64_t index)
{
	struct answer question = { .kind = ANSWER_ROWS, .q = session_query(s),
				   .limit = PAGE_ROWS };
	const struct answer *a;

	if (question.q.list == LIST_NONE)
		return result_row(s, index);
	if (index < 0)
		return NULL;
	question.from = index / PAGE_ROWS * PAGE_ROWS;
	a = session_answer_now(s, &question);
	s->some = a != NULL && a->late;
	return a != NULL && (size_t)(index - question.from) < a->got ?
	       &a->rows[index - question.from] : NULL;
}

/* The last row there is at or before index, or 0. */
static int64_t
nearest(struct session *s, int64_t index)
{
	int64_t length;

	if (index <= 0 || session_row(s, index) != NULL)
		return index > 0 ? index : 0;
	length = session_exact_length(s);
	return length > 0 ? (index < length ? index : length - 1) : 0;
}

unsigned
session_select(struct session *s, int64_t index)
{
	struct place *p = session_place(s);
	struct pane *pane = &p->panes[p->pane];
	const struct row *row;

	pane->index = nearest(s, index);
	row = session_row(s, pane->index);
	pane->id = row != NULL ? row->id : 0;
	return SESSION_REDRAW;
}

/* What has not come yet is waited for. */
static void
follow_result(struct session *s, const struct pane *pane)
{
	bool later;
	int64_t at = result_find(s, pane->id, &later);

	if (at >= 0 || pane->id == 0 || !later)
		(void)session_select(s, at >= 0 ? at : pane->id != 0 ? 0 : pane->index);
}

/*
 * Under a new order or lens the row may stand elsewhere: it is looked up once, and given up
 * for the first one if that takes long.
 */
static void
follow_row(struct session *s, struct pane *pane)
{
	struct list_query q = session_query(s);
	struct claque_err err;
	int64_t at = -1;

	if (q.list == LIST_NONE) {
		follow_result(s, pane);
		return;
	}
	s->late_at = s->progress.tick != NULL ? clock_ticks() + SOFT_MS : 0;
	if (pane->id != 0 && list_position(s->store, &q, pane->id, &at, &err) != CLAQUE_OK)
		at = -1;
	s->late_at = 0;
	(void)session_select(s, at >= 0 ? at : pane->id != 0 ? 0 : pane->index);
}

const struct row *
session_current(struct session *s)
{
	struct place *p = session_place(s);
	struct pane *pane = &p->panes[p->pane];
	const struct row *row;

	if (screen_is_picture(p->screen))
		return NULL;		/* it shows no rows, only how many */
	row = session_row(s, pane->index);
	if (!s->some && (row == NULL || row->id != pane->id)) {
		follow_row(s, pane);
		row = session_row(s, pane->index);
	}
	return row;
}

/* The keys so far come after the new one, without it where it was among them. */
static void
push_key(struct pane *pane, int column)
{
	struct list_key keys[LIST_KEYS_MAX] = { { pane->sort, pane->descending } };
	int count = pane->sort >= 0 ? 1 + pane->then_count : 0, n = 0;

	if (count > 1)
		memcpy(keys + 1, pane->then, (size_t)pane->then_count * sizeof(*keys));
	for (int i = 0; i < count && n < LIST_KEYS_MAX - 1; i++)
		if (keys[i].column != column)
			pane->then[n++] = keys[i];
	pane->then_count = n;
}

unsigned
session_sort(struct session *s, int column, bool descending)
{
	struct place to = *session_here(s);
	struct pane *pane = &to.panes[to.pane];
	size_t count;

	(void)session_columns(s, &count);
	if (column < -1 || column >= (int)count)
		return 0;
	if (column >= 0)
		push_key(pane, column);
	else
		pane->then_count = 0;
	pane->sort = column;
	pane->descending = descending && column >= 0;
	trail_push(s, &to);
	return SESSION_REDRAW;
}

struct subject
session_row_subject(const struct session *s, const struct row *row)
{
	enum subject_kind kind = list_subject(session_list(s));

	if (session_list(s) == LIST_NONE)
		return result_subject(s, row);
	return row != NULL && kind != SUBJECT_none ? (struct subject){ kind, row->id } :
	       (struct subject){ 0 };
}

/* A cell is a source and an account: the pane says which of them is meant. */
static struct subject
cell_subject(const struct place *p)
{
	int64_t id = p->panes[p->pane].id;

	if (id == 0)
		return p->subject;
	return (struct subject){ p->pane == 0 ? SUBJECT_source : SUBJECT_account, id };
}

struct subject
session_subject(struct session *s)
{
	const struct row *row = session_current(s);
	struct subject on = session_list(s) == LIST_NONE ? result_cell(s, row) :
			    session_row_subject(s, row);

	if (session_here(s)->screen == SCREEN_ACCOUNT)
		return session_here(s)->subject;
	if (session_here(s)->screen == SCREEN_MATRIX)
		return cell_subject(session_here(s));
	return on.kind != SUBJECT_none ? on : session_here(s)->subject;
}

const struct value *
session_value(const struct session *s, const struct row *row, const char *name)
{
	size_t count;
	const struct column *columns = session_columns(s, &count);
	size_t at = column_find(columns, count, str_of(name));

	return at < count && row->values[at].type != VALUE_NULL ? &row->values[at] : NULL;
}

struct subject
session_author(struct session *s, struct subject post)
{
	struct list_query q = { .list = LIST_ACCOUNTS, .subject = post, .lens = lens_open(),
				.sort = -1 };
	struct answer question = { .kind = ANSWER_ROWS, .q = q, .limit = 1 };
	const struct answer *a;

	a = session_answer(s, &question);
	return a != NULL && a->got == 1 ?
	       (struct subject){ SUBJECT_account, a->rows[0].id } : (struct subject){ 0 };
}

struct subject
session_target(struct session *s, int64_t id)
{
	struct arena whole = arena_new(ANSWER_BYTES), perm = whole;
	struct subject target = { 0 };
	struct annotation a;
	struct claque_err err;

	if (annotation_get(s->store, id, &perm, &a, &err) == CLAQUE_OK &&
	    list_subject_now(s->store, &a.target, &err) == CLAQUE_OK)
		target = a.target;
	else
		session_fail(s, &err);
	arena_free(whole);
	return target;
}

struct side
session_side(struct session *s, enum list_id list, struct subject subject, size_t limit)
{
	struct answer question = { .kind = ANSWER_ROWS, .q = session_side_query(s, list, subject),
				   .limit = (int64_t)(limit < PAGE_ROWS ? limit : PAGE_ROWS) };
	const struct answer *a = session_answer(s, &question);

	return a != NULL ? (struct side){ a->rows, a->got, true } : (struct side){ 0 };
}

int64_t
session_side_count(struct session *s, enum list_id list, struct subject subject)
{
	struct list_query q = session_side_query(s, list, subject);

	return count_of(s, &q, SESSION_COUNT_CAP);
}

const struct facet_counts *
session_facet(struct session *s, size_t at, size_t limit)
{
	struct answer question = { .kind = ANSWER_FACET, .q = session_query(s),
				   .from = (int64_t)at, .limit = (int64_t)limit };
	const struct answer *a;
	bool was = session_soft(s, true);

	question.q.sort = -1;
	question.q.descending = false;
	question.q.then_count = 0;
	a = session_answer(s, &question);
	(void)session_soft(s, was);
	return a != NULL ? &a->facet : NULL;
}

const struct row *
session_detail(struct session *s, enum list_id list, int64_t id)
{
	struct answer question = { .kind = ANSWER_DETAIL, .from = id,
				   .q = { .list = list, .sort = -1 } };
	const struct answer *a = session_answer(s, &question);

	return a != NULL && a->got == 1 ? a->rows : NULL;
}

const int64_t *
session_buckets(struct session *s, enum list_id list, struct subject subject, int64_t from,
		int64_t step, size_t count)
{
	struct answer question = { .kind = ANSWER_BUCKETS, .q = session_side_query(s, list, subject),
				   .from = from, .step = step, .limit = (int64_t)count };
	const struct answer *a;

	question.q.lens.from = INT64_MIN;
	question.q.lens.to = INT64_MAX;
	a = session_answer(s, &question);
	return a != NULL && !a->late ? a->counts : NULL;
}

struct found_names
session_names(struct session *s, struct claque_str typed)
{
	struct answer question = { .kind = ANSWER_NAMES, .limit = NAME_HITS_MAX,
				   .q = { .list = LIST_ACCOUNTS, .lens = lens_open(), .sort = -1 } };
	const struct answer *a;

	if (typed.len < NAMES_LETTERS || typed.len > LENS_TEXT_MAX || s->mask != NULL)
		return (struct found_names){ .all = true };
	memcpy(question.q.lens.text, typed.p, typed.len);
	a = session_answer_now(s, &question);
	return a != NULL ? (struct found_names){ a->names, a->got, !a->late } :
	       (struct found_names){ 0 };
}
