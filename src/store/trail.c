#include "config.h"

#include "store/trail.h"

#include "store/stmt.h"

enum claque_rc
trail_get(struct store *s, struct arena *perm, struct claque_str *out, struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(s, "SELECT steps FROM trail WHERE id = 1", &st, err);

	*out = STR("");
	if (rc != CLAQUE_OK)
		return rc;
	rc = stmt_step(s, st, err);
	if (rc == CLAQUE_OK)
		*out = str_dup(perm, column_str(st, 0));
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

enum claque_rc
trail_set(struct store *s, struct claque_str steps, struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = store_is_there(s, err);

	if (rc == CLAQUE_OK)
		rc = stmt_prepare(s, "INSERT OR REPLACE INTO trail VALUES(1, ?1)", &st, err);
	if (rc != CLAQUE_OK)
		return rc;
	bind_str(st, 1, steps);
	rc = stmt_run(s, st, err);
	(void)sqlite3_finalize(st);
	return rc;
}
