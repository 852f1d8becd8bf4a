#include "config.h"

#include "store/native.h"

#include "base/err.h"
#include "store/stmt.h"

#define LAST_RUN "(SELECT max(id) FROM run)"
#define OF_ACCOUNT "'account', a.native_id, 'platform', a.platform"
#define THIS_ACCOUNT "a.native_id = ?1 ->> 'account' AND a.platform = ?1 ->> 'platform'"
#define NUMBER(list) "(SELECT number FROM term WHERE list = '" list "' AND name = ?1 ->> 'kind')"
#define NAME(list, number) \
	"(SELECT name FROM term WHERE list = '" list "' AND term.number = " number ")"

/* of: from the row ?1. find: from the object ?1. NULL where a kind is of one case only. */
static const struct {
	const char *of, *find;
} natives[SUBJECT_COUNT] = {
	[SUBJECT_cluster] = {
		"SELECT json_object('members', json((SELECT json_group_array(json_array(platform,"
		" native_id)) FROM (SELECT a.platform, a.native_id FROM member m JOIN account a"
		" ON a.id = m.account WHERE m.cluster = c.id ORDER BY 1, 2 LIMIT 2000))),"
		" 'name', name) FROM cluster c WHERE id = ?1",
		"WITH theirs AS MATERIALIZED (SELECT a.id FROM json_each(?1, '$.members') j"
		" JOIN account a ON a.native_id = j.value ->> 1 AND a.platform = j.value ->> 0)"
		" SELECT c.id FROM theirs t JOIN member m ON m.account = t.id AND m.run = " LAST_RUN
		" JOIN cluster c ON c.id = m.cluster GROUP BY c.id"
		" HAVING 2 * count(*) >= max(c.account_count, json_array_length(?1, '$.members'))"
		" ORDER BY count(*) DESC, c.rank LIMIT 1" },
	[SUBJECT_account] = {
		"SELECT json_object(" OF_ACCOUNT ") FROM account a WHERE id = ?1",
		"SELECT a.id FROM account a WHERE " THIS_ACCOUNT " LIMIT 1" },
	[SUBJECT_source] = {
		"SELECT json_object('key', key, 'kind', " NAME("object_kind", "kind") ")"
		" FROM source WHERE id = ?1",
		"SELECT id FROM source WHERE key = ?1 ->> 'key' AND kind = "
		NUMBER("object_kind") " LIMIT 1" },
	[SUBJECT_post] = {
		"SELECT json_object(" OF_ACCOUNT ", 'post', p.native_id) FROM post p"
		" JOIN account a ON a.id = p.account WHERE p.id = ?1 AND p.native_id <> ''",
		"SELECT p.id FROM post p JOIN account a ON a.id = p.account"
		" WHERE p.native_id = ?1 ->> 'post' AND " THIS_ACCOUNT " LIMIT 1" },
	[SUBJECT_change] = {
		"SELECT json_object(" OF_ACCOUNT ", 'at', h.at, 'field', h.field, 'new', h.new_value)"
		" FROM profile_change h JOIN account a ON a.id = h.account WHERE h.id = ?1",
		"SELECT h.id FROM profile_change h JOIN account a ON a.id = h.account WHERE "
		THIS_ACCOUNT " AND h.at IS ?1 ->> 'at' AND h.field = ?1 ->> 'field'"
		" AND h.new_value IS ?1 ->> 'new' LIMIT 1" },
	[SUBJECT_indicator] = {
		"SELECT json_object('kind', " NAME("indicator_kind", "kind") ", 'value', value)"
		" FROM indicator WHERE id = ?1",
		"SELECT id FROM indicator WHERE value = ?1 ->> 'value' AND kind = "
		NUMBER("indicator_kind") " LIMIT 1" },
};
_Static_assert(NATIVE_MEMBERS_MAX == 2000, "number in the SQL of native.c");

enum claque_rc
native_of(struct store *s, struct subject subject, struct arena *perm, struct claque_str *out,
	  struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc;

	*out = STR("");
	if ((unsigned)subject.kind >= SUBJECT_COUNT || natives[subject.kind].of == NULL)
		return CLAQUE_OK;
	rc = stmt_prepare(s, natives[subject.kind].of, &st, err);
	if (rc != CLAQUE_OK)
		return rc;
	bind_i64(st, 1, subject.id);
	rc = stmt_step(s, st, err);
	if (rc == CLAQUE_OK)
		*out = str_dup(perm, column_str(st, 0));
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

enum claque_rc
native_find(struct store *s, enum subject_kind kind, struct claque_str native, struct subject *out,
	    struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc;

	*out = (struct subject){ 0 };
	if ((unsigned)kind >= SUBJECT_COUNT || natives[kind].find == NULL || native.len == 0)
		return CLAQUE_OK;
	rc = stmt_prepare(s, natives[kind].find, &st, err);
	if (rc != CLAQUE_OK)
		return rc;
	bind_str(st, 1, native);
	rc = stmt_step(s, st, err);
	if (rc == CLAQUE_OK)
		*out = (struct subject){ kind, column_i64(st, 0, 0) };
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

static enum claque_rc
period_run(struct store *s, const char *sql, const struct period *p, int64_t *id,
	   struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(s, sql, &st, err);

	*id = 0;
	if (rc != CLAQUE_OK)
		return rc;
	bind_i64(st, 1, p->from);
	bind_i64(st, 2, p->to);
	bind_i64(st, 3, p->about.kind);
	bind_str(st, 4, p->about_name.p != NULL ? p->about_name : STR(""));
	if (sqlite3_bind_parameter_count(st) > 4)
		bind_i64(st, 5, p->about.id);
	rc = stmt_step(s, st, err);
	if (rc == CLAQUE_OK)
		*id = column_i64(st, 0, 0);
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

enum claque_rc
period_find(struct store *s, const struct period *p, int64_t *id, struct claque_err *err)
{
	return period_run(s, "SELECT id FROM period WHERE from_at = ?1 AND to_at = ?2"
			  " AND about_kind = ?3 AND about_name = ?4", p, id, err);
}

enum claque_rc
period_put(struct store *s, const struct period *p, struct subject *out, struct claque_err *err)
{
	int64_t id;
	enum claque_rc rc = period_find(s, p, &id, err);

	if (rc == CLAQUE_OK && id == 0)
		rc = period_run(s, "INSERT INTO period(from_at, to_at, about_kind, about_name, about)"
				" VALUES(?1, ?2, ?3, ?4, ?5) RETURNING id", p, &id, err);
	*out = (struct subject){ SUBJECT_period, id };
	return rc;
}

enum claque_rc
period_get(struct store *s, int64_t id, struct arena *perm, struct period *out,
	   struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(s, "SELECT from_at, to_at, about_kind, about, about_name"
					 " FROM period WHERE id = ?1", &st, err);

	if (rc != CLAQUE_OK)
		return rc;
	bind_i64(st, 1, id);
	rc = stmt_step(s, st, err);
	if (rc == CLAQUE_OK)
		*out = (struct period){ column_i64(st, 0, 0), column_i64(st, 1, 0),
			{ (enum subject_kind)column_i64(st, 2, 0), column_i64(st, 3, 0) },
			str_dup(perm, column_str(st, 4)) };
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? err_set(err, CLAQUE_ENOTFOUND, "no period %lld in the case",
					   (long long)id) : rc;
}
