#include "config.h"

#include "app/sql_job.h"

#include <stdlib.h>

#include "base/clock.h"
#include "text/safe.h"

/*
 * A value has up to 16 MiB, a row a few of them; what is left over when no more is
 * taken is address space that nobody touches.
 */
enum { RESULT_BYTES = 1 << 30, RESULT_BYTES_MAX = 128 << 20, NAME_MAX = 200 };

/* X(column, what it holds) */
#define COLUMN_KIND_LIST(X) \
	X(account_id, account) X(account, account) X(handle, account) X(a, account) \
	X(b, account) X(a_handle, account) X(b_handle, account) X(leader, account) \
	X(post_id, post) X(post, post) X(cluster, cluster) X(id, cluster) \
	X(key, source) X(source, source) X(domain, source) X(hashtag, source)

static const struct {
	const char *name;
	enum subject_kind kind;
} column_kinds[] = {
#define X(name, kind) { #name, SUBJECT_##kind },
	COLUMN_KIND_LIST(X)
#undef X
};

struct taking {
	struct sql_job *j;
	struct store *store;
	size_t about[LIST_COLUMNS_MAX], about_count;	/* columns that name something */
	bool full;
};

enum subject_kind
sql_column_kind(struct claque_str name)
{
	for (size_t i = 0; i < sizeof(column_kinds) / sizeof(column_kinds[0]); i++)
		if (str_eq_nocase(name, str_of(column_kinds[i].name)))
			return column_kinds[i].kind;
	return SUBJECT_none;
}

static void
take_head(void *ctx, const struct column *columns, size_t count)
{
	struct taking *t = ctx;
	struct sql_job *j = t->j;

	j->column_count = count < LIST_COLUMNS_MAX ? count : LIST_COLUMNS_MAX;
	j->columns_left_out = count - j->column_count;
	for (size_t i = 0; i < j->column_count; i++) {
		struct claque_str name = str_head(str_of(columns[i].name), NAME_MAX);

		if (sql_column_kind(name) != SUBJECT_none)
			t->about[t->about_count++] = i;
		j->columns[i] = (struct column){
			.name = str_z(&j->perm, name), .help = "of the query",
			.title = str_z(&j->perm, safe_text(&j->perm, name)),
		};
	}
	atomic_store(&j->headed, true);
}

/* Only texts: a number in a column of such a name is a count more often than a row id. */
static enum claque_rc
subject_of(struct taking *t, const struct row *row, struct subject *out, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	*out = (struct subject){ 0 };
	for (size_t i = 0; i < t->about_count && out->kind == SUBJECT_none && rc == CLAQUE_OK;
	     i++) {
		const char *name = t->j->columns[t->about[i]].name;
		const struct value *v = &row->values[t->about[i]];

		if (v->type == VALUE_TEXT)
			rc = list_subject_named(t->store, sql_column_kind(str_of(name)), v->s, out,
						err);
	}
	return rc;
}

static struct row
copy_row(struct sql_job *j, const struct row *row)
{
	struct value *values = ARENA_NEW(&j->perm, struct value, j->column_count);

	for (size_t i = 0; i < j->column_count; i++) {
		values[i] = row->values[i];
		if (values[i].type == VALUE_TEXT)
			values[i].s = str_dup(&j->perm, values[i].s);
	}
	return (struct row){ row->id, values };
}

static bool
take_row(void *ctx, const struct row *row)
{
	struct taking *t = ctx;
	struct sql_job *j = t->j;
	size_t at = atomic_load(&j->count);
	struct claque_err err;

	if (at == SQL_ROWS_MAX || j->perm.beg - j->whole.beg > RESULT_BYTES_MAX) {
		t->full = true;
		return false;
	}
	if (task_stopping(&j->job) || subject_of(t, row, &j->subjects[at], &err) != CLAQUE_OK)
		return false;
	j->accounts[at] = j->subjects[at].kind == SUBJECT_account ? j->subjects[at].id : 0;
	if (j->subjects[at].kind == SUBJECT_post &&
	    list_author(t->store, j->subjects[at].id, &j->accounts[at], &err) != CLAQUE_OK)
		return false;
	j->rows[at] = copy_row(j, row);
	atomic_store(&j->count, at + 1);
	return true;
}

static enum claque_rc
run(struct task *job, struct store *store, struct claque_err *err)
{
	struct sql_job *j = (struct sql_job *)job;
	struct taking t = { .j = j, .store = store };
	enum claque_rc rc = store_sql(store, j->query, take_head, take_row, &t, err);

	j->more = t.full;
	j->ended_at = clock_now();
	return t.full ? CLAQUE_OK : rc;
}

static void
release(struct task *job)
{
	struct sql_job *j = (struct sql_job *)job;

	arena_free(j->whole);
	free(j);
}

struct sql_job *
sql_job_new(struct claque_str query)
{
	struct sql_job *j = calloc(1, sizeof(*j));

	if (j == NULL)
		base_oom();
	task_init(&j->job, run, release);
	j->whole = j->perm = arena_new(RESULT_BYTES);
	j->query = str_dup(&j->perm, query);
	j->rows = ARENA_NEW(&j->perm, struct row, SQL_ROWS_MAX);
	j->subjects = ARENA_NEW(&j->perm, struct subject, SQL_ROWS_MAX);
	j->accounts = ARENA_NEW(&j->perm, int64_t, SQL_ROWS_MAX);
	j->began_at = j->ended_at = clock_now();
	return j;
}
