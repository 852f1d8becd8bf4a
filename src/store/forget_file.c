/* forget_file.c - a case's file without the bytes of what was forgotten. */
#include "config.h"

#include "store/forget.h"

#include "base/err.h"
#include "store/stmt.h"

enum claque_rc
forget_begin(struct store *s, struct claque_err *err)
{
	return store_exec(s, "PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY", err);
}

enum claque_rc
forget_compact(struct store *s, struct claque_err *err)
{
	int64_t busy = 1;
	enum claque_rc rc;

	(void)sqlite3_limit(s->db, SQLITE_LIMIT_ATTACHED, 1);	/* VACUUM is one */
	/* What it makes is as large as the case, and holds only what stays. */
	rc = store_exec(s, "PRAGMA temp_store = DEFAULT; VACUUM", err);
	(void)sqlite3_limit(s->db, SQLITE_LIMIT_ATTACHED, 0);
	if (rc == CLAQUE_OK)
		rc = store_number(s, "PRAGMA wal_checkpoint(TRUNCATE)", 1, &busy, err);
	if (rc == CLAQUE_OK && busy != 0)
		rc = err_set(err, CLAQUE_EBUSY, "%s: somebody reads the case, and the journal beside it "
			     "keeps what was forgotten until it is closed everywhere and opened again "
			     "for writing", s->path);
	return rc == CLAQUE_OK ? store_exec(s, "DELETE FROM state WHERE name = '" FORGET_UNCLEAN "'", err) :
	       rc;
}

enum claque_rc
forget_finish(struct store *s, struct claque_err *err)
{
	int64_t unclean = 0;
	struct claque_err why;
	enum claque_rc rc = store_number(s, "SELECT value FROM state WHERE name = '" FORGET_UNCLEAN "'", 0,
					 &unclean, err);

	if (rc != CLAQUE_OK || unclean == 0)
		return rc;
	store_say(s, "what a forgetting that was cut off left in the file is removed, which may take a "
		  "minute");
	rc = forget_begin(s, &why);
	if (rc == CLAQUE_OK)
		rc = forget_compact(s, &why);
	if (rc != CLAQUE_OK)
		store_say(s, why.msg);
	return CLAQUE_OK;
}
