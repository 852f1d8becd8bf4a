/*
 * histogram.c - rows of a list per bucket of time. SQLite sums by bucket
 * number, so that only buckets travel, however many rows there are.
 */
#include "config.h"

#include "store/list.h"

#include "base/err.h"
#include "store/list_def.h"

enum { SQL_MAX = 16 << 10, HISTOGRAM_MAX = 1 << 20 };

static enum claque_rc
fill(struct store *s, sqlite3_stmt *st, int64_t *counts, struct claque_err *err)
{
	enum claque_rc rc;

	while ((rc = stmt_step(s, st, err)) == CLAQUE_OK)
		counts[column_i64(st, 0, 0)] = column_i64(st, 1, 0);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

/* The lens cut to the buckets; false if nothing is left. */
static bool
cut_lens(struct lens *lens, int64_t from, int64_t step, size_t count)
{
	int64_t span, to;

	if (__builtin_mul_overflow(step, (int64_t)count, &span) ||
	    __builtin_add_overflow(from, span, &to))
		to = INT64_MAX - 1;
	if (lens->from < from)
		lens->from = from;
	if (lens->to > to)
		lens->to = to;
	return lens->from < lens->to;
}

enum claque_rc
list_histogram(struct store *s, const struct list_query *q, int64_t from, int64_t step,
	       int64_t *counts, size_t count, struct claque_err *err)
{
	const char *at = list_defs[q->list].at;
	struct list_query cut = *q;
	sqlite3_stmt *st;
	struct buf sql;
	enum claque_rc rc;

	if (at == NULL || step < 1 || count > HISTOGRAM_MAX)
		return err_set(err, CLAQUE_EUSAGE, "no histogram of %s in %zu steps of %lld ms",
			       list_name(q->list), count, (long long)step);
	rc = list_check(q, err);
	if (rc != CLAQUE_OK)
		return rc;
	memset(counts, 0, count * sizeof(*counts));
	if (!cut_lens(&cut.lens, from, step, count))
		return CLAQUE_OK;
	buf_init(&sql, SQL_MAX);
	buf_addf(&sql, "SELECT (%s - ?%d) / ?%d AS bucket, count(*)", at, P_OFFSET, P_LIMIT);
	list_compose(&sql, &cut, false, NULL);
	buf_addz(&sql, " GROUP BY bucket");
	buf_addc(&sql, '\0');
	rc = list_prepare(s, &sql, &cut, &st, err);
	if (rc == CLAQUE_OK) {
		bind_i64(st, P_OFFSET, from);
		bind_i64(st, P_LIMIT, step);
		rc = fill(s, st, counts, err);
	}
	(void)sqlite3_finalize(st);
	buf_done(&sql);
	return rc;
}
