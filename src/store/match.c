/*
 * match.c - the text condition of a lens, the tricks that texts carry, and what names
 * look like, looked for where the rows are.
 *
 * The compiled pattern hangs on the statement as auxiliary data of its first
 * argument, so that a scan of three million posts compiles it once.
 */
#include "config.h"

#include "store/match.h"

#include <stdlib.h>

#include "claque/skeleton.h"

#include "base/arena.h"
#include "base/hamming.h"
#include "store/stmt.h"
#include "text/domain.h"
#include "text/fuzzy.h"
#include "text/pattern.h"
#include "text/phrase.h"
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

static void
drop_fuzzy(void *fuzzy)
{
	free(fuzzy);
}

static struct fuzzy *
fresh_fuzzy(sqlite3_value *typed)
{
	struct fuzzy *f = malloc(sizeof(*f));

	if (f == NULL)
		base_oom();
	fuzzy_read(f, value_str(typed));
	return f;
}

/*
 * claque_fuzzy(typed, name, ...): are the letters in one of them, in their order? As blobs
 * the names need not be copied to be ended, which would take longer than to look through.
 */
static void
fuzzy(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	struct fuzzy *f = sqlite3_get_auxdata(ctx, 0), *fresh = NULL;
	bool is_in = false;

	if (f == NULL)
		f = fresh = fresh_fuzzy(argv[0]);
	for (int i = 1; i < argc && !is_in; i++) {
		const char *name = sqlite3_value_blob(argv[i]);

		is_in = name != NULL && fuzzy_in(f, (struct claque_str){ name,
						 (size_t)sqlite3_value_bytes(argv[i]) });
	}
	sqlite3_result_int(ctx, is_in);
	if (fresh != NULL)
		sqlite3_set_auxdata(ctx, 0, fresh, drop_fuzzy);
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

/* A form of a name; NULL for one that is too short to have it. */
static void
name_as(sqlite3_context *ctx, sqlite3_value *name,
	size_t (*form)(const char *text, size_t len, char *out, size_t size))
{
	struct claque_str text = value_str(name);
	char out[CLAQUE_SKELETON_BYTES];
	size_t len = text.p != NULL ? form(text.p, text.len, out, sizeof(out)) : 0;

	if (len > 0)
		sqlite3_result_text64(ctx, out, len, SQLITE_TRANSIENT, SQLITE_UTF8);
}

/* claque_skeleton(name) */
static void
skeleton(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	(void)argc;
	name_as(ctx, argv[0], claque_skeleton);
}

/* claque_plain(name) */
static void
plain(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	(void)argc;
	name_as(ctx, argv[0], claque_skeleton_plain);
}

/* claque_registered(host): the registrable domain, NULL where there is none */
static void
registered(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	struct claque_str name = domain_registrable(value_str(argv[0]));

	(void)argc;
	if (name.len > 0)
		sqlite3_result_text(ctx, name.p, (int)name.len, SQLITE_TRANSIENT);
}

/* claque_apart(hash, hash): bits in which pictures of 64 bits differ; NULL: no such hashes */
static void
apart(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	enum { PLAIN_BITS = 4 };	/* so few set, or unset, are a picture of one colour */
	uint64_t bits[2];

	(void)argc;
	for (int i = 0; i < 2; i++) {
		int set;

		if (!hamming_parse(value_str(argv[i]), 1, &bits[i]))
			return;
		set = __builtin_popcountll(bits[i]);
		if (set <= PLAIN_BITS || set >= 64 - PLAIN_BITS)
			return;
	}
	sqlite3_result_int(ctx, __builtin_popcountll(bits[0] ^ bits[1]));
}

/* claque_telling(text): has it words enough to be looked for in others? */
static void
telling(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	enum { ROOM = 8 << 20, LOOKED_AT = 1 << 16 };
	struct arena whole = arena_new(ROOM), perm = whole;
	struct phrase p = phrase_of(&perm, str_head(value_str(argv[0]), LOOKED_AT));

	(void)argc;
	sqlite3_result_int(ctx, phrase_is_telling(&p));
	arena_free(whole);
}

static const struct {
	const char *name;
	int args;
	void (*call)(sqlite3_context *ctx, int argc, sqlite3_value **argv);
} functions[] = {
	{ "claque_match", 2, match }, { "claque_fuzzy", -1, fuzzy }, { "claque_trick", 2, trick }, { "claque_badge", -1, badge },
	{ "claque_skeleton", 1, skeleton }, { "claque_plain", 1, plain },
	{ "claque_registered", 1, registered }, { "claque_apart", 2, apart },
	{ "claque_telling", 1, telling },
};

enum claque_rc
match_register(struct store *s, struct claque_err *err)
{
	for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++)
		if (sqlite3_create_function_v2(s->db, functions[i].name, functions[i].args,
					       SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY,
					       NULL, functions[i].call, NULL, NULL,
					       NULL) != SQLITE_OK)
			return stmt_fail(s, "registering a function", err);
	return CLAQUE_OK;
}
