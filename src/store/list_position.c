/*
 * list_position.c - where a row stands under an order, so that the cursor stays
 * on it whatever the order: counted, not walked to.
 */
#include "config.h"

#include "store/list_def.h"

/* Rows of q that also meet the condition, which is used up. */
static enum claque_rc
count_where(struct store *s, const struct list_query *q, struct buf *condition, int64_t row,
	    sqlite3_value *const values[], int64_t *total, struct claque_err *err)
{
	struct buf sql;
	int64_t n;
	enum claque_rc rc;

	buf_addc(condition, '\0');
	buf_init(&sql, LIST_SQL_MAX);
	buf_addz(&sql, "SELECT count(*)");
	list_compose(&sql, q, list_order_joins(q), condition->p);
	rc = list_number(s, &sql, q, row, values, &n, err);
	buf_done(&sql);
	buf_clear(condition);
	*total += n;
	return rc;
}

/*
 * Rows before by key `at`, with the same values in the keys before it. Each
 * condition is counted apart, because each is a range of an index and their OR
 * is not.
 */
static enum claque_rc
count_by(struct store *s, const struct list_query *q, size_t at, int64_t id,
	 sqlite3_value *const values[], int64_t *out, struct claque_err *err)
{
	bool is_null = sqlite3_value_type(values[at]) == SQLITE_NULL;
	struct order_key keys[LIST_KEYS_MAX];
	struct buf condition, equal;
	enum claque_rc rc = CLAQUE_OK;
	bool down;

	(void)list_order(q, keys);
	down = keys[at].descending;
	buf_init(&equal, LIST_SQL_MAX);
	buf_init(&condition, LIST_SQL_MAX);
	for (size_t i = 0; i < at; i++)
		buf_addf(&equal, "%s IS ?%d AND ", keys[i].expr, P_VALUE + (int)i);
	buf_addc(&equal, '\0');
	if (is_null)
		buf_addf(&condition, "%s%s IS NOT NULL", equal.p, keys[at].expr);
	else
		buf_addf(&condition, "%s%s %c ?%d", equal.p, keys[at].expr, down ? '>' : '<',
			 P_VALUE + (int)at);
	if (!is_null || down)
		rc = count_where(s, q, &condition, id, values, out, err);
	buf_clear(&condition);
	buf_addf(&condition, "%s%s IS NULL", equal.p, keys[at].expr);
	if (rc == CLAQUE_OK && !is_null && !down)
		rc = count_where(s, q, &condition, id, values, out, err);
	buf_done(&condition);
	buf_done(&equal);
	return rc;
}

static enum claque_rc
count_before(struct store *s, const struct list_query *q, int64_t id,
	     sqlite3_value *const values[], int64_t *out, struct claque_err *err)
{
	struct order_key keys[LIST_KEYS_MAX];
	size_t count = list_order(q, keys);
	struct buf condition;
	enum claque_rc rc;

	buf_init(&condition, LIST_SQL_MAX);
	for (size_t i = 0; i < count; i++)
		buf_addf(&condition, "%s IS ?%d AND ", keys[i].expr, P_VALUE + (int)i);
	buf_addf(&condition, "%s < ?%d", list_defs[q->list].id, P_ROW);
	rc = count_where(s, q, &condition, id, values, out, err);
	buf_done(&condition);
	for (size_t i = 0; i < count && rc == CLAQUE_OK; i++)
		rc = count_by(s, q, i, id, values, out, err);
	return rc;
}

/* The values that the row is ordered by, to be freed; CLAQUE_DONE: it is not there. */
static enum claque_rc
read_values(struct store *s, const struct list_query *q, int64_t id,
	    sqlite3_value *values[LIST_KEYS_MAX], struct claque_err *err)
{
	struct order_key keys[LIST_KEYS_MAX];
	size_t count = list_order(q, keys);
	struct buf sql, condition;
	sqlite3_stmt *st = NULL;
	enum claque_rc rc;

	buf_init(&sql, LIST_SQL_MAX);
	buf_init(&condition, LIST_SQL_MAX);
	buf_addf(&condition, "%s = ?%d", list_defs[q->list].id, P_ROW);
	buf_addc(&condition, '\0');
	for (size_t i = 0; i < count; i++)
		buf_addf(&sql, "%s%s", i > 0 ? ", " : "SELECT ", keys[i].expr);
	list_compose(&sql, q, list_order_joins(q), condition.p);
	buf_addc(&sql, '\0');
	rc = list_prepare(s, &sql, q, &st, err);
	if (rc == CLAQUE_OK) {
		bind_i64(st, P_ROW, id);
		rc = stmt_step(s, st, err);
	}
	for (size_t i = 0; i < count && rc == CLAQUE_OK; i++)
		values[i] = sqlite3_value_dup(sqlite3_column_value(st, (int)i));
	(void)sqlite3_finalize(st);
	buf_done(&condition);
	buf_done(&sql);
	return rc;
}

enum claque_rc
list_position(struct store *s, const struct list_query *q, int64_t id, int64_t *out,
	      struct claque_err *err)
{
	sqlite3_value *values[LIST_KEYS_MAX] = { NULL };
	enum claque_rc rc;

	*out = -1;
	rc = list_check(q, err);
	if (rc == CLAQUE_OK)
		rc = read_values(s, q, id, values, err);
	if (rc == CLAQUE_OK) {
		*out = 0;
		rc = count_before(s, q, id, values, out, err);
	}
	for (size_t i = 0; i < LIST_KEYS_MAX; i++)
		sqlite3_value_free(values[i]);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}
