#include "config.h"

#include "store/desk.h"

#include "store/stmt.h"

enum claque_rc
desk_get(struct store *s, struct claque_str name, struct arena *perm, struct claque_str *out,
	 struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(s, "SELECT text FROM desk WHERE name = ?1", &st, err);

	*out = STR("");
	if (rc != CLAQUE_OK)
		return rc;
	bind_str(st, 1, name);
	rc = stmt_step(s, st, err);
	if (rc == CLAQUE_OK)
		*out = str_dup(perm, column_str(st, 0));
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

enum claque_rc
desk_set(struct store *s, struct claque_str name, struct claque_str text, struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = store_is_there(s, err);

	if (rc == CLAQUE_OK)
		rc = stmt_prepare(s, "INSERT OR REPLACE INTO desk VALUES(?1, ?2)", &st, err);
	if (rc != CLAQUE_OK)
		return rc;
	bind_str(st, 1, name);
	bind_str(st, 2, text.p != NULL ? text : STR(""));	/* NULL is no text */
	rc = stmt_run(s, st, err);
	(void)sqlite3_finalize(st);
	return rc;
}
