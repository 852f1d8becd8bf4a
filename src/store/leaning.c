#include "config.h"

#include "store/leaning.h"

#include "store/leaning_def.h"
#include "store/stmt.h"

_Static_assert(CLAQUE_ACT_reply == 5, "a number in the SQL of leaning.c");

enum claque_rc
leaning_save(struct store *s, const struct leaning *list, size_t count, struct claque_str file,
	     struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = store_exec(s, "DELETE FROM leaning", err);

	if (rc != CLAQUE_OK)
		return rc;
	rc = stmt_prepare(s, "INSERT OR REPLACE INTO leaning(key, leaning, citation, file, row)"
			  " VALUES(?1, ?2, ?3, ?4, ?5)", &st, err);
	for (size_t i = 0; rc == CLAQUE_OK && i < count; i++) {
		bind_str(st, 1, list[i].key);
		bind_str(st, 2, list[i].leaning);
		bind_str(st, 3, list[i].citation);
		bind_str(st, 4, file);
		bind_i64(st, 5, (int64_t)list[i].row);
		rc = stmt_run(s, st, err);
	}
	(void)sqlite3_finalize(st);
	return rc;
}

static const char *const counting[] = {
	"DELETE FROM account_leaning",
	"INSERT INTO account_leaning SELECT s.account, x.leaning, count(*) FROM"
	" (SELECT o.id, " LEANING_OF_SOURCE " AS leaning FROM source o WHERE o.kind IN (0, 2)) x"
	" JOIN share s ON s.source = x.id WHERE x.leaning IS NOT NULL AND s.act <> 5"
	" GROUP BY s.account, x.leaning",
	"INSERT OR REPLACE INTO state SELECT 'leaning_share', coalesce(max(id), 0) FROM share",
};

enum claque_rc
leaning_count(struct store *s, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 0; rc == CLAQUE_OK && i < sizeof(counting) / sizeof(counting[0]); i++)
		rc = store_exec(s, counting[i], err);
	return rc;
}

enum claque_rc
leaning_state(struct store *s, struct leaning_state *out, struct claque_err *err)
{
	enum claque_rc rc = store_number(s, "SELECT count(*) FROM leaning", 0, &out->keys, err);

	if (rc == CLAQUE_OK)
		rc = store_number(s, "SELECT count(*) FROM account_leaning", 0, &out->used, err);
	if (rc == CLAQUE_OK)
		rc = store_number(s, "SELECT count(*) FROM share WHERE id > (SELECT value FROM state"
				  " WHERE name = 'leaning_share')", 0, &out->waiting, err);
	return rc;
}
