/*
 * list_def.h - a list as SQL: what list.c, histogram.c and subject.c compose
 * queries from. All texts are constants; everything that varies is bound.
 */
#ifndef STORE_LIST_DEF_H
#define STORE_LIST_DEF_H

#include "base/buf.h"
#include "store/list.h"
#include "store/stmt.h"

/* Parameters, the same in every query. */
enum list_parameter {
	P_SUBJECT = 1,	/* id of the subject */
	P_CLUSTER,	/* the same if it is a cluster, else 0 */
	P_FROM, P_TO, P_KINDS, P_LANG, P_TEXT,	/* of the lens */
	P_LIMIT, P_OFFSET,
	P_ROW,		/* id of a row looked for */
	P_VALUE,	/* its values in the order, LIST_KEYS_MAX of them */
	P_SET = P_VALUE + LIST_KEYS_MAX,	/* accounts of a set, as a JSON array */
	P_FACET,	/* values of the lens's facets, LENS_FACETS_MAX of them */
	P_THINGS = P_FACET + LENS_FACETS_MAX	/* sources or posts of a set, likewise */
};

/* How a kind of subject narrows a list. NULL: as in the list itself. */
struct list_narrow {
	const char *where;	/* NULL: the list does not take this kind */
	const char *from, *order, *at;
};

struct list_def {
	const char *from;	/* what the ids, conditions and order need */
	const char *joins;	/* what only columns need, "" if nothing */
	const char *joined;	/* the names of its tables, with blanks between, or NULL */
	const char *where;	/* always; NULL if nothing */
	const char *id;
	const char *order;	/* the list's own order; ties by id */
	bool descending;
	const char *at, *kind, *lang, *text;	/* what the lens applies to, or NULL */
	const char *when;	/* where `at` is NULL: what a histogram goes by, or NULL */
	/* Count of the whole list at once: rows are never deleted, ids run 1, 2, ... */
	const char *total;
	enum subject_kind subject;
	struct list_narrow by[SUBJECT_COUNT];
	const char *times[SUBJECT_COUNT];	/* FROM of the times of those rows alone, or NULL */
	const struct column *columns;
	const char *const *exprs;
	size_t column_count;
	/* Columns are made of what a subject's own `from` gives, not of the list's alone. */
	bool rows_by_subject;
};

/*
 * Whose names an account's pass for, without being the same: "@ivan142", or the value of
 * an indicator. A name that is written otherwise stands before or after its own under one
 * skeleton, so this is two look-ups a name, however many are called the same.
 */
#define ALIKE(id, order) "SELECT t.kind, t.subject FROM skeleton n CROSS JOIN skeleton t" \
	" ON t.text = n.text AND t.plain " order " n.plain AND (t.kind <> 2 OR t.subject <> " id ")" \
	" WHERE n.kind = 2 AND n.subject = " id
#define LOOKS_LIKE(id) "(SELECT CASE y.kind WHEN 2 THEN (SELECT coalesce('@' ||" \
	" nullif(ltrim(x.handle, '@'), ''), x.native_id) FROM account x WHERE x.id = y.subject)" \
	" ELSE (SELECT value FROM indicator WHERE id = y.subject) END FROM (" ALIKE(id, "<") \
	" UNION ALL " ALIKE(id, ">") ") y LIMIT 1)"
/* Those of kind 2 or 6 whose names have a skeleton that one of account ?1 has. */
#define SAME_LOOK(kind) "(SELECT t.subject FROM skeleton n CROSS JOIN skeleton t" \
	" ON t.text = n.text AND t.kind = " kind " WHERE n.kind = 2 AND n.subject = ?1)"

/*
 * Account ?1 and those with its profile picture, or with one as near as avatar-reuse takes
 * for it. Every account is looked at, within a deadline: 0.3 us each.
 */
#define SAME_PICTURE "(SELECT other.id FROM account whose CROSS JOIN account other" \
	" ON other.avatar_hash <> '' AND (other.avatar_hash = whose.avatar_hash" \
	" OR claque_apart(other.avatar_hash, whose.avatar_hash) <= 6)" \
	" WHERE whose.id = ?1 AND whose.avatar_hash <> '')"

/* Of the verdict that counts on a row; NULL if there is none. */
#define VERDICT_ON(what, kind, id) "(SELECT " what " FROM annotation n WHERE n.live" \
	" AND n.kind = 3 AND n.target_kind = " kind " AND n.target = " id \
	" ORDER BY n.id DESC LIMIT 1)"
#define STATUS(kind, id) VERDICT_ON("n.word", kind, id)
/* A cluster is itself in every run that calls it by the same name. */
#define CLUSTER_VERDICT(what, c) "(SELECT " what " FROM annotation n" \
	" JOIN cluster k ON k.id = n.target WHERE n.live AND n.kind = 3 AND n.target_kind = 1" \
	" AND k.name = " c ".name ORDER BY n.id DESC LIMIT 1)"
#define CLUSTER_STATUS(c) CLUSTER_VERDICT("n.word", c)
/* "cleared by ann on 2026-11-22: tour dates (confidence: high)" */
#define VERDICT_WORDS "n.word || ' by ' || n.who || ' on ' ||" \
	" strftime('%Y-%m-%d', n.at / 1000, 'unixepoch') || CASE n.text WHEN '' THEN ''" \
	" ELSE ': ' || n.text END || CASE n.confidence WHEN '' THEN ''" \
	" ELSE ' (confidence: ' || n.confidence || ')' END"

/* The first wording of an annotation: what others that belong to it name. */
#define LINE_OF(id) "(WITH RECURSIVE l(id) AS (SELECT " id " UNION SELECT o.replaces FROM l" \
	" JOIN annotation o ON o.id = l.id WHERE o.replaces <> 0) SELECT min(l.id) FROM l)"

extern const struct list_def list_defs[LIST_COUNT + 1];	/* the last one for LIST_NONE */

enum { LIST_SQL_MAX = 32 << 10 };	/* bytes of a query */

struct order_key {
	const char *expr;
	bool descending;
};

/* What the rows are ordered by, the id not among it; returns how many, at least 1. */
size_t list_order(const struct list_query *q, struct order_key out[LIST_KEYS_MAX]);
/* Does the order need the joins? Without, a large list is sorted in half the time. */
bool list_order_joins(const struct list_query *q);
/* FROM and WHERE of the query, with the joins if `joins`; `extra` (or NULL) is ANDed. */
void list_compose(struct buf *sql, const struct list_query *q, bool joins, const char *extra);
/* The same without joins, for who needs no more than the times of the rows. */
void list_compose_times(struct buf *sql, const struct list_query *q);
void list_bind(sqlite3_stmt *st, const struct list_query *q);
/* EINPUT for a pattern that does not compile, EUSAGE for a subject that does not fit. */
CLAQUE_CHECKED enum claque_rc list_check(const struct list_query *q, struct claque_err *err);
/* Prepares the text in sql and binds the query's parameters. */
CLAQUE_CHECKED enum claque_rc list_prepare(struct store *s, const struct buf *sql,
	const struct list_query *q, sqlite3_stmt **out, struct claque_err *err);
/*
 * The number that a query gives; `row` is bound as P_ROW and P_LIMIT, `values` from P_VALUE
 * on, LIST_KEYS_MAX of them, each NULL where there is none.
 */
CLAQUE_CHECKED enum claque_rc list_number(struct store *s, struct buf *sql,
	const struct list_query *q, int64_t row, sqlite3_value *const values[], int64_t *out,
	struct claque_err *err);
/* The SQL of a page of rows, P_LIMIT and P_OFFSET: what the tests ask SQLite to explain. */
void list_page_sql(struct buf *sql, const struct list_query *q, bool from_end);
/* Of all rows from P_OFFSET on, or of the first P_LIMIT if q->first says how many. */
void list_walk_sql(struct buf *sql, const struct list_query *q, int64_t offset);
/* Of one row, P_ROW. */
void list_row_sql(struct buf *sql, enum list_id list);

#endif
