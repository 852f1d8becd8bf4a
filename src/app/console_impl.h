/*
 * console_impl.h - the queries of a session and their rows, for the files of the
 * session. Nobody else includes it.
 */
#ifndef APP_CONSOLE_IMPL_H
#define APP_CONSOLE_IMPL_H

#include "app/console.h"
#include "app/sql_job.h"

enum { RESULTS_MAX = 4 };

struct query {
	int64_t id;
	char *text;
	size_t len;
};

/* Rows of one query, as far as they are there, and how they are looked at. */
struct result {
	int64_t query;				/* 0: nothing is here */
	struct sql_job *job;
	struct column columns[LIST_COLUMNS_MAX];
	size_t measured;			/* rows that columns are made for */
	uint32_t *order;			/* rows in the order of the pane */
	size_t ordered;
	struct pane by;
	uint64_t last_used;
};

struct console {
	struct query queries[QUERIES_MAX];	/* the oldest first */
	size_t query_count;
	struct result results[RESULTS_MAX];
	uint64_t now;
	struct worker *worker;			/* NULL before the first query */
	struct arena schema_whole;
	struct schema schema;
};

void console_load(struct session *s);
void console_free(struct session *s);
/* Rows are asked for again when they are wanted. */
void console_forget(struct session *s);
/* The text of a query; "" if it is not remembered. */
struct claque_str console_text(const struct session *s, int64_t id);
int64_t console_keep(struct session *s, struct claque_str text);
void console_finish(struct session *s);

/* --- result.c: rows of the place's query; NULL or 0 where the place has none */
bool result_is_here(const struct session *s);
const struct column *result_columns(const struct session *s, size_t *count);
int64_t result_length(struct session *s, bool exact);
const struct row *result_row(struct session *s, int64_t index);
/* Where the row with this id stands, or -1; *later: it may still come. */
int64_t result_find(struct session *s, int64_t id, bool *later);
struct subject result_subject(const struct session *s, const struct row *row);
/* What the chosen column of the row says, or else the row. */
struct subject result_cell(struct session *s, const struct row *row);
/* All of them in order, while each() says so. */
void result_walk(struct session *s, bool (*each)(void *ctx, const struct row *row), void *ctx);

#endif
