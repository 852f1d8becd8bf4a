/*
 * copies.c - the copies among posts made into shares.
 *
 * Everything is derived anew from the prints of all posts (copies_prints.c), in the
 * transaction that refreshes the totals: a kill between undoes it whole and leaves
 * totals_stale, and neither a second import nor an original that comes late needs a rule
 * of its own. What is there already and still true keeps its row. Ids stay without gaps,
 * because the counts of a case are last ids: a new share takes the id of one that went,
 * a new source that of one that nothing shares any more, unless the analyst wrote
 * something on it.
 */
#include "config.h"

#include "store/copies.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/map.h"
#include "model/record.h"
#include "store/annotation.h"
#include "store/copies_impl.h"
#include "store/schema.h"

/* Raised when other posts become copies: cases derive theirs again at the next import. */
enum { RULES = 1 };

_Static_assert(POST_reshare == 1 && CLAQUE_OBJECT_post == 0 &&
	       CLAQUE_ACT_link == 1 && SUBJECT_source == 3, "numbers in the SQL below");

static const char make_tables[] =
	"CREATE TEMP TABLE IF NOT EXISTS copy(post INTEGER PRIMARY KEY, original INTEGER,"
	" similarity REAL);"
	"CREATE TEMP TABLE IF NOT EXISTS original(post INTEGER PRIMARY KEY, words TEXT, key TEXT,"
	" author TEXT, source INTEGER);"
	"CREATE TEMP TABLE IF NOT EXISTS gone(id INTEGER PRIMARY KEY, account INTEGER,"
	" source INTEGER);"
	"CREATE TEMP TABLE IF NOT EXISTS spare(id INTEGER PRIMARY KEY);"
	"DELETE FROM temp.copy; DELETE FROM temp.original; DELETE FROM temp.gone;"
	"DELETE FROM temp.spare";

#define OLD "FROM share s WHERE s.basis = " COPIED
#define TOP(table) "(SELECT coalesce(max(id), 0) FROM " table ")"

static const char *const merge[] = {
	/* As the writer names a post: by its id, or by its account and words (import/feed.c). */
	"UPDATE temp.original SET key = coalesce(nullif(p.native_id, ''), coalesce('@' ||"
	" lower(a.handle), a.native_id) || '#' || words), author = a.native_id"
	" FROM main.post p JOIN account a ON a.id = p.account WHERE p.id = temp.original.post",
	/* +: by its key, not by the index of kinds, of which half of all sources are one. */
	"UPDATE temp.original SET source = (SELECT o.id FROM source o WHERE o.key = original.key"
	" AND +o.kind = 0)",
	/* What the input says need not be concluded. */
	"DELETE FROM temp.copy WHERE EXISTS (SELECT 1 FROM temp.original g JOIN share s"
	" ON s.source = g.source AND s.post = copy.post WHERE g.post = copy.original"
	" AND s.basis <> " COPIED ")",
	/* What is not true any more, and what is there. */
	"INSERT INTO temp.gone SELECT s.id, s.account, s.source " OLD " AND NOT EXISTS"
	" (SELECT 1 FROM temp.copy c JOIN temp.original g ON g.post = c.original"
	" WHERE c.post = s.post AND g.source = s.source AND c.similarity = s.similarity)",
	"DELETE FROM share WHERE id IN (SELECT id FROM temp.gone)",
	"DELETE FROM temp.copy WHERE post IN (SELECT s.post " OLD ")",
	/* Totals are only written where they differ. */
	"UPDATE account SET share_count = 0 WHERE id IN (SELECT account FROM temp.gone)",
	"UPDATE source SET share_count = 0, account_count = 0, first_seen = NULL,"
	" last_seen = NULL WHERE id IN (SELECT source FROM temp.gone)",
	"INSERT INTO temp.spare SELECT DISTINCT source FROM temp.gone w WHERE"
	" NOT EXISTS (SELECT 1 FROM share s WHERE s.source = w.source)"
	" AND source NOT IN (SELECT source FROM temp.original WHERE source IS NOT NULL)"
	" AND NOT EXISTS (SELECT 1 FROM annotation n WHERE n.target_kind = 3"
	" AND n.target = w.source) AND NOT EXISTS (SELECT 1 FROM period d"
	" WHERE d.about_kind = 3 AND d.about = w.source)",
	/* Sources that are not there, numbered: first the ids to spare, then new ones. */
	"CREATE TEMP TABLE named AS SELECT key, author, post, row_number() OVER (ORDER BY post)"
	" AS n FROM (SELECT key, min(author) AS author, min(post) AS post FROM temp.original"
	" WHERE source IS NULL AND post IN (SELECT original FROM temp.copy) GROUP BY key)",
	"CREATE TEMP TABLE spared AS SELECT id, row_number() OVER (ORDER BY id) AS n"
	" FROM temp.spare",
	"UPDATE source SET key = k.key, author = k.author, cluster_accounts = 0,"
	" input_file = p.input_file, row = p.row FROM temp.named k JOIN temp.spared f"
	" ON f.n = k.n JOIN post p ON p.id = k.post WHERE source.id = f.id",
	"INSERT INTO source(id, kind, key, author, input_file, row) SELECT " TOP("source")
	" + k.n - (SELECT count(*) FROM temp.spared), 0, k.key, k.author, p.input_file, p.row"
	" FROM temp.named k JOIN post p ON p.id = k.post"
	" WHERE k.n > (SELECT count(*) FROM temp.spared) ORDER BY k.n",
	"UPDATE temp.original SET source = (SELECT o.id FROM source o WHERE o.key = original.key"
	" AND +o.kind = 0) WHERE source IS NULL",
	"DROP TABLE temp.named", "DROP TABLE temp.spared",
	/* Shares: in the places of those that went, then behind the last. */
	"CREATE TEMP TABLE free AS SELECT id, row_number() OVER (ORDER BY id) AS n FROM temp.gone",
	"CREATE TEMP TABLE top AS SELECT max(" TOP("share") ", " TOP("temp.gone") ") AS id,"
	" (SELECT count(*) FROM temp.free) AS free",
	"INSERT INTO share(id, post, account, source, act, at, input_file, row, basis, similarity)"
	" SELECT coalesce(f.id, t.id + c.n - t.free), p.id, p.account, g.source, 1, p.at,"
	" p.input_file, p.row, " COPIED ", c.similarity FROM (SELECT *, row_number() OVER (ORDER BY post)"
	" AS n FROM temp.copy) c CROSS JOIN temp.top t JOIN temp.original g ON g.post = c.original"
	" JOIN post p ON p.id = c.post LEFT JOIN temp.free f ON f.n = c.n",
	/* Places left: the last shares move there. */
	"DELETE FROM temp.free WHERE n <= (SELECT count(*) FROM temp.copy)",
	"CREATE TEMP TABLE moved AS SELECT s.id, row_number() OVER (ORDER BY s.id) AS n"
	" FROM share s WHERE s.id > (SELECT id FROM temp.top) - (SELECT count(*) FROM temp.free)"
	" AND EXISTS (SELECT 1 FROM temp.free)",
	"UPDATE share SET id = f.id FROM temp.moved m JOIN (SELECT id, row_number() OVER"
	" (ORDER BY id) AS n FROM temp.free) f ON f.n = m.n WHERE share.id = m.id",
	"DROP TABLE temp.free", "DROP TABLE temp.moved", "DROP TABLE temp.top",
	"DROP TABLE temp.copy", "DROP TABLE temp.original", "DROP TABLE temp.gone",
	"DROP TABLE temp.spare",
};

static void
note_platform(struct copies *c, int64_t account, uint32_t platform)
{
	size_t had = c->platforms_cap;

	if (account < 0 || account >= UINT32_MAX || platform > COPY_PLATFORMS_MAX)
		return;
	GROW(c->platforms, c->platforms_cap, (size_t)account + 1);
	if (c->platforms_cap > had)
		memset(c->platforms + had, 0, (c->platforms_cap - had) * sizeof(*c->platforms));
	c->platforms[account] = (uint16_t)platform;
}

/* Numbers that do not depend on which platform was imported first. */
static enum claque_rc
name_platforms(struct copies *c, struct map *names, struct claque_err *err)
{
	sqlite3_stmt *st = NULL;
	enum claque_rc rc = stmt_prepare(c->s, "SELECT DISTINCT platform FROM account"
					 " WHERE platform <> '' ORDER BY platform", &st, err);

	while (rc == CLAQUE_OK && (rc = stmt_step(c->s, st, err)) == CLAQUE_OK)
		(void)map_add(names, column_str(st, 0), NULL);
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

static enum claque_rc
read_accounts(struct copies *c, struct claque_err *err)
{
	struct map names;
	sqlite3_stmt *st = NULL;
	enum claque_rc rc;

	map_init(&names);
	rc = name_platforms(c, &names, err);
	if (rc == CLAQUE_OK)
		rc = stmt_prepare(c->s, "SELECT id, platform FROM account WHERE platform <> ''",
				  &st, err);
	while (rc == CLAQUE_OK && (rc = stmt_step(c->s, st, err)) == CLAQUE_OK)
		note_platform(c, column_i64(st, 0, 0), map_get(&names, column_str(st, 1)) + 1);
	(void)sqlite3_finalize(st);
	map_done(&names);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

static enum claque_rc
prepare(struct copies *c, struct claque_err *err)
{
	return stmt_prepare(c->s, "SELECT text FROM post WHERE id = ?1", &c->text, err);
}

enum claque_rc
copies_new(struct copies **out, struct store *s, struct claque_err *err)
{
	struct copies *c = calloc(1, sizeof(*c));
	size_t writers_cap = 0;
	enum claque_rc rc;

	if (c == NULL)
		base_oom();
	*out = c;
	c->s = s;
	c->scratch = arena_new(COPY_SCRATCH);
	buf_init(&c->fresh, SIZE_MAX);
	GROW(c->writers, writers_cap, COPY_PLATFORMS_MAX + 1);
	rc = prepare(c, err);
	if (rc == CLAQUE_OK)
		rc = read_accounts(c, err);
	return rc == CLAQUE_OK ? copies_read_kept(c, err) : rc;
}

enum claque_rc
copies_move(struct copies *c, struct store *to, struct claque_err *err)
{
	(void)sqlite3_finalize(c->text);
	c->text = NULL;
	c->s = to;
	c->stop = NULL;
	return prepare(c, err);
}

bool
copies_stopped(const struct copies *c)
{
	return c->stop != NULL ? atomic_load(c->stop) : !store_tick(c->s);
}

void
copies_free(struct copies *c)
{
	if (c == NULL)
		return;
	(void)sqlite3_finalize(c->text);
	free(c->platforms);
	free(c->writers);
	free(c->posts);
	free(c->bands);
	free(c->firsts);
	free(c->found);
	free(c->originals);
	buf_done(&c->fresh);
	copies_words_done(c);
	arena_free(c->scratch);
	free(c);
}

/* Prints go to the case piece by piece: all of them would be most of what an import takes. */
static enum claque_rc
find_all(struct copies *c, struct claque_err *err)
{
	enum { PIECE = 16 << 20 };
	bool whole = false;
	enum claque_rc rc = copies_keep_prints(c, err);

	while (rc == CLAQUE_OK && !whole) {
		rc = copies_read_new(c, PIECE, &whole, err);
		if (rc == CLAQUE_OK)
			rc = copies_keep_prints(c, err);
	}
	return rc == CLAQUE_OK ? copies_find(c, err) : rc;
}

static enum claque_rc
put_found(struct copies *c, struct claque_err *err)
{
	sqlite3_stmt *st = NULL;
	enum claque_rc rc = stmt_prepare(c->s, "INSERT OR REPLACE INTO temp.copy VALUES(?1, ?2, ?3)",
					 &st, err);

	for (size_t i = 0; rc == CLAQUE_OK && i < c->found_count; i++) {
		bind_i64(st, 1, c->found[i].post);
		bind_i64(st, 2, c->found[i].original);
		bind_real(st, 3, c->found[i].similarity);
		rc = stmt_run(c->s, st, err);
	}
	(void)sqlite3_finalize(st);
	return rc;
}

static enum claque_rc
put_originals(struct copies *c, struct claque_err *err)
{
	sqlite3_stmt *st = NULL;
	enum claque_rc rc = stmt_prepare(c->s, "INSERT OR IGNORE INTO temp.original(post, words)"
					 " VALUES(?1, format('%016llx', ?2))", &st, err);

	for (size_t i = 0; rc == CLAQUE_OK && i < c->original_count; i++) {
		bind_i64(st, 1, c->originals[i].post);
		bind_i64(st, 2, (int64_t)c->originals[i].words);
		rc = stmt_run(c->s, st, err);
	}
	(void)sqlite3_finalize(st);
	return rc;
}

static enum claque_rc
put_all(struct copies *c, struct claque_err *err)
{
	enum claque_rc rc = store_exec(c->s, make_tables, err);

	if (rc == CLAQUE_OK)
		rc = put_found(c, err);
	return rc == CLAQUE_OK ? put_originals(c, err) : rc;
}

/* What a thread found meanwhile need not be looked for. */
static enum claque_rc
find_or_take(struct copies **c, struct store *s, int64_t state, struct claque_err *err)
{
	bool found;
	enum claque_rc rc = copies_ahead_take(s, state, c, &found);

	if (rc != CLAQUE_OK)
		return rc;
	rc = *c != NULL ? copies_move(*c, s, err) : copies_new(c, s, err);
	if (rc != CLAQUE_OK)
		return rc;
	return found ? copies_keep_prints(*c, err) : find_all(*c, err);
}

static enum claque_rc
derive(struct store *s, int64_t state, struct claque_err *err)
{
	struct copies *c;
	enum claque_rc rc = find_or_take(&c, s, state, err);

	if (rc == CLAQUE_OK)
		rc = put_all(c, err);
	copies_free(c);
	for (size_t i = 0; rc == CLAQUE_OK && i < sizeof(merge) / sizeof(merge[0]); i++)
		rc = store_exec(s, merge[i], err);
	return rc;
}

enum claque_rc
copies_state(struct store *s, int64_t *out, struct claque_err *err)
{
	static const char *const parts[] = {
		"SELECT max(id) FROM post", "SELECT max(id) FROM share",
		"SELECT count(*) FROM account WHERE platform = ''",
	};
	uint64_t h = RULES;
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 0; rc == CLAQUE_OK && i < sizeof(parts) / sizeof(parts[0]); i++) {
		int64_t n = 0;

		rc = store_number(s, parts[i], 0, &n, err);
		h = hash_mix(h, (uint64_t)n + 1);
	}
	*out = (int64_t)h;
	return rc;
}

static enum claque_rc
write_state(struct store *s, struct claque_err *err)
{
	sqlite3_stmt *st = NULL;
	int64_t state;
	enum claque_rc rc = copies_state(s, &state, err);

	if (rc == CLAQUE_OK)
		rc = stmt_prepare(s, "INSERT OR REPLACE INTO state VALUES('copies_of', ?1)", &st,
				  err);
	if (rc == CLAQUE_OK) {
		bind_i64(st, 1, state);
		rc = stmt_run(s, st, err);
	}
	(void)sqlite3_finalize(st);
	return rc;
}

enum claque_rc
copies_may_change(struct store *s, bool *out, struct claque_err *err)
{
	int64_t several = 0;
	enum claque_rc rc = store_number(s, "SELECT (SELECT count(DISTINCT platform) FROM account"
		" WHERE platform <> '') > 1 OR EXISTS (SELECT 1 " OLD ")", 0, &several, err);

	*out = several != 0;
	return rc;
}

enum claque_rc
derive_copies(struct store *s, struct claque_err *err)
{
	int64_t before = 0, now = 0;
	bool several;
	enum claque_rc rc = copies_may_change(s, &several, err);

	if (rc != CLAQUE_OK || !several)
		return rc;
	rc = store_number(s, "SELECT value FROM state WHERE name = 'copies_of'", 0, &before, err);
	if (rc == CLAQUE_OK)
		rc = copies_state(s, &now, err);
	if (rc != CLAQUE_OK || before == now)
		return rc;
	rc = derive(s, now, err);
	return rc == CLAQUE_OK ? write_state(s, err) : rc;
}
