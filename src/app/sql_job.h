/*
 * sql_job.h - an analyst's query, at work beside the keys: its rows can be read as
 * they come. A result is a thing to look at, not a dump: it ends after
 * SQL_ROWS_MAX rows, and says so.
 *
 * What a row is about is told by the names of its columns, as the v_ views have
 * them: the first of account_id, handle, post_id, cluster, key, ... that holds the
 * name of something in the case.
 */
#ifndef APP_SQL_JOB_H
#define APP_SQL_JOB_H

#include "app/worker.h"
#include "store/list.h"

enum { SQL_ROWS_MAX = 10000 };

struct sql_job {
	struct task job;
	struct claque_str query;		/* its own */
	int64_t began_at;			/* UTC ms, as all */
	struct arena whole, perm;

	/* Once `headed`. Names and titles; the rest is for whoever measures the rows. */
	struct column columns[LIST_COLUMNS_MAX];
	size_t column_count, columns_left_out;
	atomic_bool headed;

	/* The first `count` of each. */
	struct row *rows;			/* id: which row it is, from 1 */
	struct subject *subjects;		/* what it is about; kind none */
	int64_t *accounts;			/* who that is, or its author; row id, or 0 */
	_Atomic size_t count;

	/* Once it has ended. */
	int64_t ended_at;
	bool more;				/* rows there were */
};

struct sql_job *sql_job_new(struct claque_str query);
/* What a column of this name holds; none where a name says nothing. */
enum subject_kind sql_column_kind(struct claque_str name);

#endif
