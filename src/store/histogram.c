/*
 * histogram.c - rows of a list per bucket of time. Counted here and not by
 * GROUP BY: SQLite would sort every row first to find that the index had them
 * in order already.
 */
#include "config.h"

#include "store/list.h"

#include "base/err.h"
#include "store/list_def.h"

enum { SQL_MAX = 16 << 10, HISTOGRAM_MAX = 1 << 21 };

/* Far beyond any calendar, far from overflow. */
#define TIME_MAX (INT64_C(1) << 61)

struct buckets {
	int64_t from, step;
	int64_t *counts;
};

static enum claque_rc
fill(struct store *s, sqlite3_stmt *st, const struct buckets *b, struct claque_err *err)
{
	enum claque_rc rc;

	while ((rc = stmt_step(s, st, err)) == CLAQUE_OK)
		b->counts[(sqlite3_column_int64(st, 0) - b->from) / b->step]++;
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

/* The lens cut to the buckets; false if nothing is left. */
static bool
cut_lens(struct lens *lens, int64_t from, int64_t to)
{
	if (lens->from < from)
		lens->from = from;
	if (lens->to > to)
		lens->to = to;
	return lens->from < lens->to;
}

/* Of a list that the lens's period does not apply to: when its rows were seen first. */
static const char *
list_when(enum list_id list)
{
	return list_defs[list].at != NULL ? list_defs[list].at : list_defs[list].when;
}

bool
list_has_times(enum list_id list)
{
	return list_when(list) != NULL;
}

enum claque_rc
list_histogram(struct store *s, const struct list_query *q, int64_t from, int64_t step,
	       int64_t *counts, size_t count, struct claque_err *err)
{
	const struct buckets buckets = { from, step, counts };
	const char *at = list_when(q->list);
	struct list_query cut = *q;
	int64_t span, to = 0;
	sqlite3_stmt *st;
	struct buf sql;
	enum claque_rc rc;

	if (at == NULL || step < 1 || count > HISTOGRAM_MAX || from < -TIME_MAX ||
	    __builtin_mul_overflow(step, (int64_t)count, &span) || span > TIME_MAX ||
	    __builtin_add_overflow(from, span, &to))
		return err_set(err, CLAQUE_EUSAGE, "no histogram of %s in %zu steps of %lld ms",
			       list_name(q->list), count, (long long)step);
	rc = list_check(q, err);
	if (rc != CLAQUE_OK)
		return rc;
	memset(counts, 0, count * sizeof(*counts));
	if (!cut_lens(&cut.lens, from, to))
		return CLAQUE_OK;
	buf_init(&sql, SQL_MAX);
	buf_addf(&sql, "SELECT %s", at);
	list_compose_times(&sql, &cut);
	if (list_defs[q->list].at == NULL)
		buf_addf(&sql, " AND %s >= ?%d AND %s < ?%d", at, P_FROM, at, P_TO);
	buf_addc(&sql, '\0');
	rc = list_prepare(s, &sql, &cut, &st, err);
	if (rc == CLAQUE_OK)
		rc = fill(s, st, &buckets, err);
	(void)sqlite3_finalize(st);
	buf_done(&sql);
	return rc;
}
