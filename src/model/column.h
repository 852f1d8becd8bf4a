/*
 * column.h - tables as every face sees them: columns with a name and a form,
 * rows of values. A screen, a CSV listing, NDJSON and an export are four ways
 * to write one of these.
 */
#ifndef MODEL_COLUMN_H
#define MODEL_COLUMN_H

#include "base/str.h"

enum value_type { VALUE_NULL, VALUE_INT, VALUE_REAL, VALUE_TEXT };

struct value {
	enum value_type type;
	int64_t i;
	double r;
	struct claque_str s;
};

/* How a value is read and shown. */
enum column_form {
	FORM_TEXT,
	FORM_ID,	/* text that is an identifier: never cut in a listing */
	FORM_NUMBER,	/* any number, exact wherever it is shown */
	FORM_COUNT,	/* integer, grouped by thousands on screen */
	FORM_SCORE,	/* 0..1, two decimals on screen */
	FORM_REAL,	/* three significant digits on screen, whole ones as counts */
	FORM_ODDS,	/* log odds: "+3.00", "-0.92" */
	FORM_PVALUE,	/* "3e-09" */
	FORM_TIME,	/* int64 UTC milliseconds: RFC 3339 in listings */
	FORM_FLAG	/* 0 or 1 */
};

struct column {
	const char *name;	/* listings, CSV header, SQL: lower_snake */
	const char *title;	/* screen; NULL: listings only */
	const char *help;	/* one line for the help and the man page */
	enum column_form form;
	int min, ideal;		/* cells on screen; ideal 0 = takes what is left */
	int priority;		/* the highest number is dropped first when it gets narrow */
};

struct row {
	int64_t id;			/* of the subject, stable within the case */
	const struct value *values;	/* one a column */
};

/* A table of rows that come one by one. */
struct rowset {
	const char *name;
	const struct column *columns;
	size_t column_count;
	void *ctx;
	/* Calls each(row_ctx, row) until it returns false (CLAQUE_STOPPED) or rows end. */
	enum claque_rc (*walk)(void *ctx, bool (*each)(void *row_ctx, const struct row *row),
			       void *row_ctx, struct claque_err *err);
	/* How many rows walk() would give, without walking; NULL: not known. */
	enum claque_rc (*count)(void *ctx, int64_t *out, struct claque_err *err);
	/*
	 * Where a walk over all of it would take long: the same rows of which these columns
	 * alone are asked for, parted by blanks, and the others null; and those with these ids,
	 * in this order. NULL, both: walk() it is.
	 */
	enum claque_rc (*walk_some)(void *ctx, const char *columns,
				    bool (*each)(void *row_ctx, const struct row *row),
				    void *row_ctx, struct claque_err *err);
	enum claque_rc (*walk_ids)(void *ctx, const int64_t *ids, size_t count,
				   bool (*each)(void *row_ctx, const struct row *row),
				   void *row_ctx, struct claque_err *err);
};

/* Index of the column with this name, or count. */
size_t column_find(const struct column *columns, size_t count, struct claque_str name);
/* Exact, for machines: RFC 3339 times, 15 digits, "" for null. */
struct claque_str value_listing(struct arena *perm, const struct column *col,
				const struct value *v);
/* Short, for people: "41.2k", "0.97", "2016-10-03 14:02". */
struct claque_str value_screen(struct arena *perm, const struct column *col,
			       const struct value *v);
/* 12,345 / 41.2k / 3.0M: at most five cells from 100,000 on. */
struct claque_str count_short(struct arena *perm, int64_t n);
/* The same in so many cells, where it can be: 1,305 in four is 1.3k, in two 1k. */
struct claque_str count_within(struct arena *perm, int64_t n, int cells);
/* 12,345,678 */
struct claque_str count_grouped(struct arena *perm, int64_t n);

#endif
