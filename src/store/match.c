/*
 * match.c - the text condition of a lens, and the tricks that texts carry, looked
 * for where the rows are.
 *
 * The compiled pattern hangs on the statement as auxiliary data of its first
 * argument, so that a scan of three million posts compiles it once.
 */
#include "config.h"

#include "store/match.h"

#include "store/stmt.h"
#include "text/pattern.h"
#include "text/trick.h"

static void
drop_pattern(void *pattern)
{
	pattern_free(pattern);
}

static struct claque_str
value_str(sqlite3_value *v)
{
	const char *p = (const char *)sqlite3_value_text(v);

	return (struct claque_str){ p, p != NULL ? (size_t)sqlite3_value_bytes(v) : 0 };
}

static void
match(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	struct pattern *pattern = sqlite3_get_auxdata(ctx, 0), *fresh = NULL;
	struct claque_str text = value_str(argv[1]);
	struct claque_err err;

	(void)argc;
	if (pattern == NULL && pattern_new(&fresh, value_str(argv[0]), &err) != CLAQUE_OK) {
		sqlite3_result_error(ctx, err.msg, -1);
		return;
	}
	if (pattern == NULL)
		pattern = fresh;
	sqlite3_result_int(ctx, text.p != NULL && pattern_find(pattern, text, 0, NULL, NULL));
	if (fresh != NULL)	/* SQLite may free it at once, so last */
		sqlite3_set_auxdata(ctx, 0, fresh, drop_pattern);
}

/* claque_trick(id, text): does the text carry it? id as of a SUBJECT_trick. */
static void
trick(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	struct claque_str text = value_str(argv[1]);

	(void)argc;
	sqlite3_result_int(ctx, text.p != NULL && trick_in(sqlite3_value_int64(argv[0]), text));
}

/* claque_badge(text, ...): the worst that the first text with any is tricked with, or NULL. */
static void
badge(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	const char *word = NULL;

	for (int i = 0; i < argc && word == NULL; i++) {
		struct claque_str text = value_str(argv[i]);

		word = text.p != NULL ? trick_word(text) : NULL;
	}
	if (word != NULL)
		sqlite3_result_text(ctx, word, -1, SQLITE_STATIC);
}

enum claque_rc
match_register(struct store *s, struct claque_err *err)
{
	if (sqlite3_create_function_v2(s->db, "claque_match", 2,
				       SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY,
				       NULL, match, NULL, NULL, NULL) != SQLITE_OK)
		return stmt_fail(s, "registering claque_match", err);
	if (sqlite3_create_function_v2(s->db, "claque_trick", 2,
				       SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY,
				       NULL, trick, NULL, NULL, NULL) != SQLITE_OK)
		return stmt_fail(s, "registering claque_trick", err);
	if (sqlite3_create_function_v2(s->db, "claque_badge", -1,
				       SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY,
				       NULL, badge, NULL, NULL, NULL) != SQLITE_OK)
		return stmt_fail(s, "registering claque_badge", err);
	return CLAQUE_OK;
}
