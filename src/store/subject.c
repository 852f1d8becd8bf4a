/*
 * subject.c - from what an analyst types to a row, and from a row to what it
 * is called.
 */
#include "config.h"

#include "store/list.h"

#include "base/err.h"
#include "store/stmt.h"
#include "text/trick.h"

/* "2016-09-20..2016-10-12T06:00:00Z of C017" */
#define PERIOD_END(ms) "replace(strftime('%Y-%m-%dT%H:%M:%SZ', " ms " / 1000, 'unixepoch')," \
	" 'T00:00:00Z', '')"
#define PERIOD_NAME PERIOD_END("from_at") " || '..' || " PERIOD_END("to_at") \
	" || CASE about_kind WHEN 0 THEN '' ELSE ' of ' || about_name END"
#define LAST_RUN "(SELECT max(id) FROM run)"

/*
 * by_text: ids whose name is exactly ?1, tried in turn. near: the next name in
 * byte order after ?1. name: what ?1, a row id, is called.
 */
static const struct subject_sql {
	const char *by_text[2], *exists, *near, *name;
} subjects[SUBJECT_COUNT] = {
	[SUBJECT_cluster] = {
		{ "SELECT id FROM cluster WHERE name = ?1 COLLATE NOCASE AND run = " LAST_RUN,
		  NULL },
		"SELECT id FROM cluster WHERE CAST(substr(name, 2) AS INTEGER) = ?1 AND run = "
		LAST_RUN,
		"SELECT name FROM cluster WHERE run = " LAST_RUN
		" ORDER BY name < ?1, rank LIMIT 1",
		"SELECT name FROM cluster WHERE id = ?1" },
	[SUBJECT_account] = {
		{ "SELECT id FROM account WHERE native_id = ?1 LIMIT 1",
		  "SELECT id FROM account WHERE handle = ltrim(?1, '@') OR"
		  " handle = '@' || ltrim(?1, '@') LIMIT 1" },
		"SELECT id FROM account WHERE id = ?1",
		"SELECT coalesce((SELECT handle FROM account WHERE handle >= ltrim(?1, '@')"
		" ORDER BY handle LIMIT 1), (SELECT native_id FROM account WHERE native_id >= ?1"
		" ORDER BY native_id LIMIT 1))",
		"SELECT coalesce('@' || nullif(ltrim(handle, '@'), ''), native_id)"
		" FROM account WHERE id = ?1" },
	[SUBJECT_source] = {
		{ "SELECT id FROM source WHERE key = ?1 LIMIT 1", NULL },
		"SELECT id FROM source WHERE id = ?1",
		"SELECT key FROM source WHERE key >= ?1 ORDER BY key LIMIT 1",
		"SELECT CASE WHEN kind = 3 THEN '#' || key ELSE key END FROM source"
		" WHERE id = ?1" },
	[SUBJECT_post] = {
		{ "SELECT id FROM post WHERE native_id = ?1 LIMIT 1", NULL },
		"SELECT id FROM post WHERE id = ?1",
		"SELECT native_id FROM post WHERE native_id >= ?1 ORDER BY native_id LIMIT 1",
		"SELECT 'post ' || coalesce(nullif(native_id, ''), id) FROM post WHERE id = ?1" },
	[SUBJECT_change] = {
		{ NULL, NULL }, "SELECT id FROM profile_change WHERE id = ?1", NULL,
		"SELECT h.field || ' of ' || coalesce('@' || nullif(ltrim(a.handle, '@'), ''),"
		" a.native_id) FROM profile_change h JOIN account a ON a.id = h.account"
		" WHERE h.id = ?1" },
	[SUBJECT_indicator] = {
		{ "SELECT id FROM indicator WHERE value = ?1 LIMIT 1", NULL },
		"SELECT id FROM indicator WHERE id = ?1",
		"SELECT value FROM indicator WHERE value >= ?1 ORDER BY value LIMIT 1",
		"SELECT coalesce(value, raw, 'indicator ' || id) FROM indicator WHERE id = ?1" },
	[SUBJECT_look] = {
		{ NULL, NULL }, "SELECT id FROM account WHERE id = ?1", NULL,
		"SELECT 'names like ' || coalesce('@' || nullif(ltrim(handle, '@'), ''), native_id)"
		" FROM account WHERE id = ?1" },
	[SUBJECT_portrait] = {
		{ NULL, NULL }, "SELECT id FROM account WHERE id = ?1 AND avatar_hash <> ''", NULL,
		"SELECT 'profile pictures like that of ' || coalesce('@' ||"
		" nullif(ltrim(handle, '@'), ''), native_id) FROM account WHERE id = ?1" },
	[SUBJECT_period] = {
		{ "SELECT id FROM period WHERE " PERIOD_NAME " = ?1", NULL },
		"SELECT id FROM period WHERE id = ?1",
		"SELECT " PERIOD_NAME " FROM period ORDER BY from_at LIMIT 1",
		"SELECT " PERIOD_NAME " FROM period WHERE id = ?1" },
	[SUBJECT_handle] = {
		{ NULL, NULL }, "SELECT id FROM handle_use WHERE id = ?1", NULL,
		"SELECT 'who had @' || ltrim(handle, '@') FROM handle_use WHERE id = ?1" },
	[SUBJECT_match] = {
		{ NULL, NULL }, "SELECT id FROM indicator_match WHERE id = ?1", NULL,
		"SELECT coalesce(i.value, i.raw, 'indicator ' || i.id) FROM indicator_match x"
		" JOIN indicator i ON i.id = x.indicator WHERE x.id = ?1" },
	[SUBJECT_evidence] = {
		{ NULL, NULL }, "SELECT id FROM evidence WHERE id = ?1", NULL,
		"SELECT e.signal || ' of ' || c.name FROM evidence e JOIN cluster c"
		" ON c.id = e.cluster WHERE e.id = ?1" },
};
_Static_assert(CLAQUE_OBJECT_hashtag == 3 && SUBJECT_period == 14,
	       "numbers in the SQL of subject.c and lists.c");

/* The first row of sql with ?1 = text, or = id where text is NULL. */
static enum claque_rc
first_row(struct store *s, const char *sql, const struct claque_str *text, int64_t id,
	  sqlite3_stmt **st, struct claque_err *err)
{
	enum claque_rc rc;

	rc = stmt_prepare(s, sql, st, err);
	if (rc != CLAQUE_OK)
		return rc;
	if (text != NULL)
		bind_str(*st, 1, *text);
	else
		bind_i64(*st, 1, id);
	return stmt_step(s, *st, err);
}

static enum claque_rc
find_id(struct store *s, const char *sql, const struct claque_str *text, int64_t id, int64_t *out,
	struct claque_err *err)
{
	sqlite3_stmt *st = NULL;
	enum claque_rc rc = first_row(s, sql, text, id, &st, err);

	if (rc == CLAQUE_OK)
		*out = column_i64(st, 0, 0);
	(void)sqlite3_finalize(st);
	return rc;
}

/* "17", or "A17" with the letter that the kind is printed with. */
static bool
parse_row_id(enum subject_kind kind, struct claque_str name, int64_t *out)
{
#define X(name, letter) [SUBJECT_##name] = letter,
	static const char *const letters[] = { SUBJECT_LIST(X) };
#undef X
	struct claque_str letter = str_of(letters[kind]);

	if (name.len > 1 && str_eq_nocase(str_sub(name, 0, 1), letter))
		name = str_sub(name, 1, name.len);
	return str_to_i64(name, out);
}

static enum claque_rc
say_not_found(struct store *s, enum subject_kind kind, struct claque_str name,
	      struct claque_err *err)
{
	const char *near = subjects[kind].near;
	sqlite3_stmt *st = NULL;
	struct claque_str hint = { 0 };
	enum claque_rc rc = CLAQUE_DONE;

	if (near != NULL)
		rc = first_row(s, near, &name, 0, &st, err);
	if (rc == CLAQUE_OK)
		hint = column_str(st, 0);
	if (rc == CLAQUE_OK || rc == CLAQUE_DONE)
		rc = err_set(err, CLAQUE_ENOTFOUND,
			     "no %s '" STR_FMT "' in the case%s" STR_FMT "%s",
			     subject_kind_name(kind), STR_ARG(str_sub(name, 0, 100)),
			     hint.len > 0 ? "; near it is '" : "", STR_ARG(str_sub(hint, 0, 100)),
			     hint.len > 0 ? "'" : "");
	(void)sqlite3_finalize(st);
	return rc;
}

enum claque_rc
list_find_subject(struct store *s, enum subject_kind kind, struct claque_str name,
		  struct subject *out, struct claque_err *err)
{
	const struct subject_sql *sql = &subjects[kind];
	int64_t id;
	enum claque_rc rc = CLAQUE_DONE;

	*out = (struct subject){ 0 };
	if (kind == SUBJECT_none || name.len == 0)
		return err_set(err, CLAQUE_EUSAGE, "nothing is named");
	for (size_t i = 0; rc == CLAQUE_DONE && i < 2 && sql->by_text[i] != NULL; i++)
		rc = find_id(s, sql->by_text[i], &name, 0, &out->id, err);
	if (rc == CLAQUE_DONE && sql->exists != NULL && parse_row_id(kind, name, &id))
		rc = find_id(s, sql->exists, NULL, id, &out->id, err);
	if (rc == CLAQUE_DONE)
		return say_not_found(s, kind, name, err);
	if (rc == CLAQUE_OK)
		out->kind = kind;
	return rc;
}

enum claque_rc
list_subject_named(struct store *s, enum subject_kind kind, struct claque_str name,
		   struct subject *out, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_DONE;

	*out = (struct subject){ 0 };
	for (size_t i = 0; name.len > 0 && rc == CLAQUE_DONE && i < 2 &&
	     subjects[kind].by_text[i] != NULL; i++)
		rc = find_id(s, subjects[kind].by_text[i], &name, 0, &out->id, err);
	if (rc == CLAQUE_OK)
		out->kind = kind;
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

enum claque_rc
list_author(struct store *s, int64_t post, int64_t *out, struct claque_err *err)
{
	enum claque_rc rc;

	*out = 0;
	rc = find_id(s, "SELECT account FROM post WHERE id = ?1", NULL, post, out, err);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

enum claque_rc
list_subject_now(struct store *s, struct subject *subject, struct claque_err *err)
{
	enum claque_rc rc;

	if (subject->kind != SUBJECT_cluster)
		return CLAQUE_OK;
	rc = find_id(s, "SELECT k.id FROM cluster c JOIN cluster k ON k.name = c.name"
		     " WHERE c.id = ?1 AND k.run = " LAST_RUN, NULL, subject->id, &subject->id, err);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

enum claque_rc
list_subject_name(struct store *s, struct subject subject, struct arena *perm,
		  struct claque_str *out, struct claque_err *err)
{
	sqlite3_stmt *st = NULL;
	enum claque_rc rc;

	*out = STR("");
	if (subject.kind == SUBJECT_none)
		return CLAQUE_OK;
	if (subject.kind == SUBJECT_trick || subject_is_set(subject.kind) ||
	    subject.kind == SUBJECT_query) {
		*out = subject.kind == SUBJECT_trick ? trick_name(perm, subject.id) :
		       str_fmt(perm, "%s %lld", subject_kind_name(subject.kind),
			       (long long)subject.id);
		return CLAQUE_OK;
	}
	rc = first_row(s, subjects[subject.kind].name, NULL, subject.id, &st, err);
	if (rc == CLAQUE_OK)
		*out = str_dup(perm, str_head(column_str(st, 0), SUBJECT_NAME_MAX));
	else if (rc == CLAQUE_DONE)
		rc = err_set(err, CLAQUE_ENOTFOUND, "no %s %lld in the case",
			     subject_kind_name(subject.kind), (long long)subject.id);
	(void)sqlite3_finalize(st);
	return rc;
}
