/* list.c - queries composed from the table in lists.c; list_rows.c reads what they give. */
#include "config.h"

#include "store/list.h"

#include "base/err.h"
#include "store/facet_def.h"
#include "store/list_def.h"
#include "text/pattern.h"

static const char *const names[] = {
#define X(id, name, help) [LIST_##id] = name,
	LIST_LIST(X)
#undef X
	[LIST_NONE] = "rows",
};
static const char *const helps[] = {
#define X(id, name, help) [LIST_##id] = help,
	LIST_LIST(X)
#undef X
	[LIST_NONE] = "",
};

const char *
list_name(enum list_id list)
{
	return names[list];
}

const char *
list_help(enum list_id list)
{
	return helps[list];
}

bool
list_parse(struct claque_str name, enum list_id *out)
{
	for (unsigned i = 0; i < LIST_COUNT; i++)
		if (str_eq(name, str_of(names[i]))) {
			*out = (enum list_id)i;
			return true;
		}
	return false;
}

const struct column *
list_columns(enum list_id list, size_t *count)
{
	*count = list_defs[list].column_count;
	return list_defs[list].columns;
}

size_t
list_column(enum list_id list, struct claque_str name)
{
	return column_find(list_defs[list].columns, list_defs[list].column_count, name);
}

uint64_t
list_all_but(enum list_id list, const char *wanted)
{
	struct claque_str rest = str_of(wanted), name;
	uint64_t without = ~UINT64_C(0);

	while (str_cut(&rest, ' ', &name))
		without &= ~(UINT64_C(1) << list_column(list, name));
	return without;
}

enum subject_kind
list_subject(enum list_id list)
{
	return list_defs[list].subject;
}

bool
list_takes(enum list_id list, enum subject_kind kind)
{
	return kind == SUBJECT_none || list_defs[list].by[kind].where != NULL;
}

static const struct list_narrow *
narrow_of(const struct list_query *q)
{
	return &list_defs[q->list].by[q->subject.kind];
}

static const char *
own(const char *narrowed, const char *general)
{
	return narrowed != NULL ? narrowed : general;
}

/* Each lens condition where the list has what it is about. */
static void
add_lens(struct buf *sql, const struct list_query *q)
{
	const struct list_def *def = &list_defs[q->list];
	const char *at = own(narrow_of(q)->at, def->at);

	if (at != NULL && q->lens.from != INT64_MIN)
		buf_addf(sql, " AND %s >= ?%d", at, P_FROM);
	if (at != NULL && q->lens.to != INT64_MAX)
		buf_addf(sql, " AND %s < ?%d", at, P_TO);
	if (def->kind != NULL && q->lens.kinds != 0)
		buf_addf(sql, " AND (1 << %s) & ?%d", def->kind, P_KINDS);
	if (def->lang != NULL && q->lens.lang[0] != '\0')
		buf_addf(sql, " AND %s = ?%d", def->lang, P_LANG);
	if (def->text != NULL && q->lens.text[0] != '\0')
		buf_addf(sql, " AND claque_match(?%d, %s)", P_TEXT, def->text);
	facet_conditions(sql, q, def->id);
}

/* Is it `name`, and not the end of a longer one, that stands before this dot? */
static bool
is_table(const char *expr, const char *dot, const char *name, size_t len)
{
	const char *at = dot - len;

	return dot >= expr + len && memcmp(at, name, len) == 0 &&
	       (at == expr || (!byte_is_alpha(at[-1]) && at[-1] != '_'));
}

/* Names inside a subquery of the expression count as well: that joins too much, never too little. */
static bool
takes_from(const char *expr, const char *tables)
{
	struct claque_str rest = str_of(tables), name;

	while (str_cut(&rest, ' ', &name))
		for (const char *dot = expr; (dot = strchr(dot, '.')) != NULL; dot++)
			if (is_table(expr, dot, name.p, name.len))
				return true;
	return false;
}

bool
list_order_joins(const struct list_query *q)
{
	const char *tables = list_defs[q->list].joined;
	struct order_key keys[LIST_KEYS_MAX];
	size_t count = list_order(q, keys);

	for (size_t i = 0; i < count && tables != NULL; i++)
		if (takes_from(keys[i].expr, tables))
			return true;
	return false;
}

/*
 * Of the rows that subject and period leave, only so many: whichever are found first.
 * Those are taken one by one by their ids.
 */
static void
add_among(struct buf *sql, const struct list_query *q)
{
	struct list_query wide = *q;

	wide.among = 0;
	wide.lens = lens_open();
	wide.lens.from = q->lens.from;
	wide.lens.to = q->lens.to;
	buf_addf(sql, " AND %s IN (SELECT %s", list_defs[q->list].id, list_defs[q->list].id);
	list_compose(sql, &wide, false, NULL);
	buf_addf(sql, " LIMIT %lld)", (long long)q->among);
}

void
list_compose(struct buf *sql, const struct list_query *q, bool joins, const char *extra)
{
	const struct list_def *def = &list_defs[q->list];
	const struct list_narrow *narrow = narrow_of(q);

	buf_addf(sql, " FROM %s%s WHERE %s", own(narrow->from, def->from), joins ? def->joins : "",
		 own(def->where, "1"));
	if (q->subject.kind != SUBJECT_none)
		buf_addf(sql, " AND %s", narrow->where);
	add_lens(sql, q);
	if (q->among > 0)
		add_among(sql, q);
	if (extra != NULL)
		buf_addf(sql, " AND %s", extra);
}

size_t
list_order(const struct list_query *q, struct order_key out[LIST_KEYS_MAX])
{
	const struct list_def *def = &list_defs[q->list];
	size_t n = 1;

	if (q->sort < 0) {
		out[0] = (struct order_key){ own(narrow_of(q)->order, def->order),
					     def->descending };
		return n;
	}
	out[0] = (struct order_key){ def->exprs[q->sort], q->descending };
	for (int i = 0; i < q->then_count; i++)
		out[n++] = (struct order_key){ def->exprs[q->then[i].column],
					       q->then[i].descending };
	return n;
}

static void
add_direction(struct buf *sql, bool descending, bool from_end)
{
	if (descending != from_end)
		buf_addz(sql, " DESC");
}

/* Ties by id: the order is total. Of a page, by the values that it was chosen by. */
static void
add_order(struct buf *sql, const struct list_query *q, bool of_page, bool from_end)
{
	struct order_key keys[LIST_KEYS_MAX];
	size_t count = list_order(q, keys);

	buf_addz(sql, " ORDER BY ");
	for (size_t i = 0; i < count; i++) {
		if (of_page)
			buf_addf(sql, "page.place%zu", i);
		else
			buf_addz(sql, keys[i].expr);
		add_direction(sql, keys[i].descending, from_end);
		buf_addz(sql, ", ");
	}
	buf_addz(sql, of_page ? "page.id" : list_defs[q->list].id);
	add_direction(sql, false, from_end);
}

static void
add_columns(struct buf *sql, enum list_id list, uint64_t without)
{
	const struct list_def *def = &list_defs[list];

	buf_addf(sql, "SELECT %s", def->id);
	for (size_t i = 0; i < def->column_count; i++)
		buf_addf(sql, ", %s", without & UINT64_C(1) << i ? "NULL" : def->exprs[i]);
}

void
list_page_sql(struct buf *sql, const struct list_query *q, bool from_end)
{
	const struct list_def *def = &list_defs[q->list];
	struct order_key keys[LIST_KEYS_MAX];
	size_t count = list_order(q, keys);

	buf_addz(sql, "WITH page(id");
	for (size_t i = 0; i < count; i++)
		buf_addf(sql, ", place%zu", i);
	buf_addf(sql, ") AS MATERIALIZED (SELECT %s", def->id);
	for (size_t i = 0; i < count; i++)
		buf_addf(sql, ", %s", keys[i].expr);
	list_compose(sql, q, list_order_joins(q), NULL);
	add_order(sql, q, false, from_end);
	buf_addf(sql, " LIMIT ?%d OFFSET ?%d) ", P_LIMIT, P_OFFSET);
	add_columns(sql, q->list, q->without);
	buf_addf(sql, " FROM page CROSS JOIN %s%s WHERE %s AND %s = page.id",
		 def->rows_by_subject ? own(narrow_of(q)->from, def->from) : def->from, def->joins,
		 own(def->where, "1"), def->id);
	add_order(sql, q, true, from_end);
}

void
list_walk_sql(struct buf *sql, const struct list_query *q, int64_t offset)
{
	if (q->first > 0) {
		list_page_sql(sql, q, false);
		return;
	}
	add_columns(sql, q->list, q->without);
	list_compose(sql, q, true, NULL);
	if (!q->unordered)
		add_order(sql, q, false, false);
	if (offset > 0)
		buf_addf(sql, " LIMIT -1 OFFSET ?%d", P_OFFSET);
}

void
list_row_sql(struct buf *sql, enum list_id list)
{
	const struct list_def *def = &list_defs[list];

	add_columns(sql, list, 0);
	buf_addf(sql, " FROM %s%s WHERE %s AND %s = ?%d", def->from, def->joins,
		 own(def->where, "1"), def->id, P_ROW);
}

void
list_bind(sqlite3_stmt *st, const struct list_query *q)
{
	bind_i64(st, P_SUBJECT, q->subject.id);
	bind_i64(st, P_CLUSTER, q->subject.kind == SUBJECT_cluster ? q->subject.id : 0);
	bind_i64(st, P_FROM, q->lens.from);
	bind_i64(st, P_TO, q->lens.to);
	bind_i64(st, P_KINDS, q->lens.kinds);
	bind_str(st, P_LANG, str_of(q->lens.lang));
	bind_str(st, P_TEXT, str_of(q->lens.text));
	bind_str(st, q->subject.kind == SUBJECT_set ? P_SET : P_THINGS, q->set);
	for (unsigned i = 0; i < q->lens.facet_count; i++)
		bind_str(st, P_FACET + (int)i, str_of(q->lens.facets[i].value));
}

enum claque_rc
list_check(const struct list_query *q, struct claque_err *err)
{
	struct pattern *pattern = NULL;
	enum claque_rc rc = CLAQUE_OK;

	if (q->list == LIST_NONE)
		return err_set(err, CLAQUE_EUSAGE, "these rows are no list of the case");
	if (!list_takes(q->list, q->subject.kind))
		return err_set(err, CLAQUE_EUSAGE, "the list of %s cannot be narrowed to one %s",
			       list_name(q->list), subject_kind_name(q->subject.kind));
	if (q->sort >= (int)list_defs[q->list].column_count)
		return err_set(err, CLAQUE_EUSAGE, "the list of %s has no column %d",
			       list_name(q->list), q->sort);
	for (int i = 0; i < q->then_count; i++)
		if (q->then[i].column < 0 ||
		    q->then[i].column >= (int)list_defs[q->list].column_count)
			return err_set(err, CLAQUE_EUSAGE, "the list of %s has no column %d",
				       list_name(q->list), q->then[i].column);
	if (list_defs[q->list].text != NULL && q->lens.text[0] != '\0')
		rc = pattern_new(&pattern, str_of(q->lens.text), err);
	pattern_free(pattern);
	return rc;
}

enum claque_rc
list_prepare(struct store *s, const struct buf *sql, const struct list_query *q,
	     sqlite3_stmt **out, struct claque_err *err)
{
	enum claque_rc rc;

	*out = NULL;
	rc = list_check(q, err);
	if (rc == CLAQUE_OK)
		rc = stmt_prepare(s, sql->p, out, err);
	if (rc == CLAQUE_OK)
		list_bind(*out, q);
	return rc;
}

enum claque_rc
list_number(struct store *s, struct buf *sql, const struct list_query *q, int64_t row,
	    sqlite3_value *const values[], int64_t *out, struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc;

	buf_addc(sql, '\0');
	rc = list_prepare(s, sql, q, &st, err);
	if (rc != CLAQUE_OK)
		return rc;
	bind_i64(st, P_ROW, row);
	bind_i64(st, P_LIMIT, row);
	for (int i = 0; i < LIST_KEYS_MAX && values[i] != NULL; i++)
		(void)sqlite3_bind_value(st, P_VALUE + i, values[i]);
	rc = stmt_step(s, st, err);
	*out = rc == CLAQUE_OK ? column_i64(st, 0, 0) : 0;
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

bool
list_keys_eq(const struct list_key *a, int a_count, const struct list_key *b, int b_count)
{
	for (int i = 0; i < a_count && a_count == b_count; i++)
		if (a[i].column != b[i].column || a[i].descending != b[i].descending)
			return false;
	return a_count == b_count;
}

static bool
same_order(const struct list_query *a, const struct list_query *b)
{
	return a->sort == b->sort && a->descending == b->descending &&
	       list_keys_eq(a->then, a->then_count, b->then, b->then_count);
}

bool
list_query_eq(const struct list_query *a, const struct list_query *b)
{
	return a->list == b->list && a->subject.kind == b->subject.kind &&
	       a->subject.id == b->subject.id && same_order(a, b) && lens_eq(&a->lens, &b->lens);
}

/* By more than a period. */
static bool
lens_narrows(const struct list_query *q)
{
	const struct list_def *def = &list_defs[q->list];
	const struct lens *lens = &q->lens;

	for (unsigned i = 0; i < lens->facet_count; i++)
		if (facet_find(q->list, str_of(lens->facets[i].name)) != NULL)
			return true;
	return (def->kind != NULL && lens->kinds != 0) ||
	       (def->lang != NULL && lens->lang[0] != '\0') ||
	       (def->text != NULL && lens->text[0] != '\0');
}

bool
list_is_narrowed(const struct list_query *q)
{
	const struct lens *lens = &q->lens;

	return q->subject.kind != SUBJECT_none || lens_narrows(q) ||
	       (list_defs[q->list].at != NULL &&
		(lens->from != INT64_MIN || lens->to != INT64_MAX));
}

void
list_compose_times(struct buf *sql, const struct list_query *q)
{
	const char *times = list_defs[q->list].times[q->subject.kind];

	if (times == NULL || q->among > 0 || lens_narrows(q)) {
		list_compose(sql, q, false, NULL);
		return;
	}
	buf_addf(sql, " FROM %s WHERE 1", times);
	add_lens(sql, q);
}

enum claque_rc
list_count(struct store *s, const struct list_query *q, int64_t cap, int64_t *out,
	   struct claque_err *err)
{
	sqlite3_value *const none[LIST_KEYS_MAX] = { NULL };
	struct buf sql;
	enum claque_rc rc;

	*out = 0;
	if (q->list == LIST_NONE || !list_takes(q->list, q->subject.kind))
		return list_check(q, err);
	if (list_defs[q->list].total != NULL && !list_is_narrowed(q)) {
		rc = store_number(s, list_defs[q->list].total, 0, out, err);
		*out = cap > 0 && *out > cap ? cap + 1 : *out;
		return rc;
	}
	buf_init(&sql, LIST_SQL_MAX);
	buf_addz(&sql, cap > 0 ? "SELECT count(*) FROM (SELECT 1" : "SELECT count(*)");
	list_compose(&sql, q, false, NULL);
	if (cap > 0)
		buf_addf(&sql, " LIMIT ?%d)", P_LIMIT);
	rc = list_number(s, &sql, q, cap + 1, none, out, err);
	buf_done(&sql);
	return rc;
}
