#include "config.h"

#include "store/topic.h"

#include "store/stmt.h"

enum claque_rc
topic_scan(struct store *s, int64_t after, bool (*each)(void *ctx, const struct topic_post *post),
	   void *ctx, struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(s, "SELECT id, text, lang FROM post WHERE id > ?1"
					 " ORDER BY id", &st, err);

	if (rc != CLAQUE_OK)
		return rc;
	bind_i64(st, 1, after);
	while ((rc = stmt_step(s, st, err)) == CLAQUE_OK) {
		struct topic_post post = { .id = sqlite3_column_int64(st, 0),
					   .text = column_str(st, 1), .lang = column_str(st, 2) };

		if (!each(ctx, &post))
			break;
	}
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

enum claque_rc
topic_origin(struct store *s, int64_t post, struct arena *perm, struct claque_str *out,
	     struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(s, "SELECT f.path || ':' || p.row FROM post p"
					 " JOIN input_file f ON f.id = p.input_file"
					 " WHERE p.id = ?1", &st, err);

	*out = (struct claque_str){ 0 };
	if (rc != CLAQUE_OK)
		return rc;
	bind_i64(st, 1, post);
	rc = stmt_step(s, st, err);
	if (rc == CLAQUE_OK)
		*out = str_dup(perm, column_str(st, 0));
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}
