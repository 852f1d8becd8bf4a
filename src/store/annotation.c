#include "config.h"

#include "store/annotation.h"

#include "base/err.h"
#include "store/list_def.h"
#include "store/stmt.h"

_Static_assert(SUBJECT_cluster == 1 && ANNOTATION_verdict == 3,
	       "numbers in the SQL of annotation.c");

/* A cluster is itself in every run that calls it by the same name. */
#define ON_TARGET "target_kind = ?1 AND (target = ?2 OR (target_kind = 1 AND target IN" \
	" (SELECT k.id FROM cluster c JOIN cluster k ON k.name = c.name WHERE c.id = ?2)))"
#define TEXT_COLUMNS "target_name, text, word, confidence, colour, quote, was_tag, who"
enum { TEXT_COUNT = 8 };

/* The texts of a row, in the order of TEXT_COLUMNS. */
static void
list_texts(struct annotation *a, struct claque_str *out[TEXT_COUNT])
{
	struct claque_str *const texts[TEXT_COUNT] = { &a->target_name, &a->text, &a->word,
		&a->confidence, &a->colour, &a->quote, &a->was_tag, &a->who };

	memcpy(out, texts, sizeof(texts));
}

const char *
annotation_kind_name(enum annotation_kind kind)
{
#define X(name) [ANNOTATION_##name] = #name,
	static const char *const names[] = { ANNOTATION_LIST(X) };
#undef X
	return (unsigned)kind < ANNOTATION_COUNT ? names[kind] : "unknown";
}

static struct claque_str
present(struct claque_str s)
{
	return s.p == NULL ? STR("") : s;
}

enum claque_rc
annotation_add(struct store *s, const struct annotation *a, int64_t *id, struct claque_err *err)
{
	struct annotation copy = *a;
	struct claque_str *texts[TEXT_COUNT];
	sqlite3_stmt *st;
	enum claque_rc rc;

	rc = stmt_prepare(s, "INSERT INTO annotation(kind, target_kind, target, at, live, first,"
			  " replaces, about, " TEXT_COLUMNS ") VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8,"
			  " ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)", &st, err);
	if (rc != CLAQUE_OK)
		return rc;
	bind_i64(st, 1, a->kind);
	bind_i64(st, 2, a->target.kind);
	bind_i64(st, 3, a->target.id);
	bind_i64(st, 4, a->at);
	bind_i64(st, 5, a->live);
	bind_i64(st, 6, a->first);
	bind_i64(st, 7, a->replaces);
	bind_i64(st, 8, a->about);
	list_texts(&copy, texts);
	for (int i = 0; i < TEXT_COUNT; i++)
		bind_str(st, 9 + i, present(*texts[i]));
	rc = stmt_run(s, st, err);
	*id = sqlite3_last_insert_rowid(s->db);
	(void)sqlite3_finalize(st);
	return rc;
}

static enum claque_rc
say_no_annotation(int64_t id, struct claque_err *err)
{
	return err_set(err, CLAQUE_ENOTFOUND, "no annotation %lld", (long long)id);
}

enum claque_rc
annotation_set_live(struct store *s, int64_t id, bool live, struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc;

	rc = stmt_prepare(s, "UPDATE annotation SET live = ?2 WHERE id = ?1", &st, err);
	if (rc != CLAQUE_OK)
		return rc;
	bind_i64(st, 1, id);
	bind_i64(st, 2, live);
	rc = stmt_run(s, st, err);
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_OK && sqlite3_changes(s->db) == 0 ? say_no_annotation(id, err) : rc;
}

static enum claque_rc
find_live(struct store *s, const char *sql, const struct annotation *like, int64_t *id,
	  struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc;

	*id = 0;
	rc = stmt_prepare(s, sql, &st, err);
	if (rc != CLAQUE_OK)
		return rc;
	bind_i64(st, 1, like->target.kind);
	bind_i64(st, 2, like->target.id);
	bind_i64(st, 3, like->kind);
	bind_str(st, 4, present(like->text));
	rc = stmt_step(s, st, err);
	if (rc == CLAQUE_OK)
		*id = column_i64(st, 0, 0);
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

#define LIVE_ONE(text) "SELECT id FROM annotation WHERE " ON_TARGET " AND kind = ?3 AND " text \
	" = ?4 AND live ORDER BY id LIMIT 1"

enum claque_rc
annotation_find(struct store *s, enum annotation_kind kind, struct subject target,
		struct claque_str text, int64_t *id, struct claque_err *err)
{
	struct annotation like = { .kind = kind, .target = target, .text = text };

	return find_live(s, LIVE_ONE("text"), &like, id, err);
}

enum claque_rc
annotation_find_quote(struct store *s, struct subject target, struct claque_str quote,
		      int64_t *id, struct claque_err *err)
{
	struct annotation like = { .kind = ANNOTATION_highlight, .target = target, .text = quote };

	return find_live(s, LIVE_ONE("quote"), &like, id, err);
}

enum claque_rc
annotation_in_place(struct store *s, const struct annotation *like, bool by_text, int64_t *id,
		    struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc;

	*id = 0;
	rc = stmt_prepare(s, "SELECT id FROM annotation WHERE " ON_TARGET " AND kind = ?3 AND live"
			  " AND about = ?5 AND CASE ?6 WHEN 0 THEN word ELSE text END = ?4"
			  " ORDER BY id DESC LIMIT 1", &st, err);
	if (rc != CLAQUE_OK)
		return rc;
	bind_i64(st, 1, like->target.kind);
	bind_i64(st, 2, like->target.id);
	bind_i64(st, 3, like->kind);
	bind_str(st, 4, present(by_text ? like->text : like->word));
	bind_i64(st, 5, like->about);
	bind_i64(st, 6, by_text);
	rc = stmt_step(s, st, err);
	if (rc == CLAQUE_OK)
		*id = column_i64(st, 0, 0);
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

enum claque_rc
annotation_said(struct store *s, const struct annotation *like, int64_t *id, struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(s, "SELECT id FROM annotation WHERE kind = ?1 AND at = ?2"
					 " AND who = ?3 AND text = ?4 ORDER BY id LIMIT 1", &st, err);

	*id = 0;
	if (rc != CLAQUE_OK)
		return rc;
	bind_i64(st, 1, like->kind);
	bind_i64(st, 2, like->at);
	bind_str(st, 3, present(like->who));
	bind_str(st, 4, present(like->text));
	rc = stmt_step(s, st, err);
	if (rc == CLAQUE_OK)
		*id = column_i64(st, 0, 0);
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

static enum claque_rc
number_of(struct store *s, const char *sql, int64_t id, int64_t *out, struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(s, sql, &st, err);

	*out = 0;
	if (rc != CLAQUE_OK)
		return rc;
	bind_i64(st, 1, id);
	rc = stmt_step(s, st, err);
	if (rc == CLAQUE_OK)
		*out = column_i64(st, 0, 0);
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

enum claque_rc
annotation_line(struct store *s, int64_t id, int64_t *line, struct claque_err *err)
{
	return number_of(s, "SELECT " LINE_OF("?1"), id, line, err);
}

enum claque_rc
annotation_standing(struct store *s, int64_t line, int64_t *id, struct claque_err *err)
{
	return number_of(s, "WITH RECURSIVE w(id) AS (SELECT ?1 UNION SELECT n.id FROM w"
			 " JOIN annotation n ON n.replaces = w.id AND n.replaces <> 0)"
			 " SELECT max(n.id) FROM w JOIN annotation n ON n.id = w.id WHERE n.live",
			 line, id, err);
}

enum claque_rc
annotation_tagged(struct store *s, enum subject_kind kind, struct claque_str tag,
		  bool (*each)(void *ctx, int64_t id), void *ctx, struct claque_err *err)
{
	sqlite3_stmt *st;
	bool go = true;
	enum claque_rc rc = stmt_prepare(s, "SELECT DISTINCT target FROM annotation WHERE live AND"
					 " kind = ?1 AND target_kind = ?2 AND text = ?3 COLLATE NOCASE"
					 " ORDER BY target", &st, err);

	if (rc != CLAQUE_OK)
		return rc;
	bind_i64(st, 1, ANNOTATION_tag);
	bind_i64(st, 2, kind);
	bind_str(st, 3, tag);
	while (go && (rc = stmt_step(s, st, err)) == CLAQUE_OK)
		go = each(ctx, column_i64(st, 0, 0));
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc == CLAQUE_OK ? CLAQUE_STOPPED : rc;
}

#define ANNOTATION_QUERY "SELECT id, kind, target_kind, target, at, live, first, replaces," \
	" about, " TEXT_COLUMNS " FROM annotation"

/* Texts are SQLite's, good until the next step. */
static void
look_at(sqlite3_stmt *st, struct annotation *out)
{
	struct claque_str *texts[TEXT_COUNT];

	*out = (struct annotation){ .id = column_i64(st, 0, 0),
		.kind = (enum annotation_kind)column_i64(st, 1, 0),
		.target = { (enum subject_kind)column_i64(st, 2, 0), column_i64(st, 3, 0) },
		.at = column_i64(st, 4, 0), .live = column_i64(st, 5, 0) != 0,
		.first = column_i64(st, 6, 0), .replaces = column_i64(st, 7, 0),
		.about = column_i64(st, 8, 0) };
	list_texts(out, texts);
	for (int i = 0; i < TEXT_COUNT; i++)
		*texts[i] = column_str(st, 9 + i);
}

static void
read_annotation(sqlite3_stmt *st, struct arena *perm, struct annotation *out)
{
	struct claque_str *texts[TEXT_COUNT];

	look_at(st, out);
	list_texts(out, texts);
	for (int i = 0; i < TEXT_COUNT; i++)
		*texts[i] = str_dup(perm, *texts[i]);
}

static enum claque_rc
walk(struct store *s, const char *sql, struct subject target,
     bool (*each)(void *ctx, const struct annotation *a), void *ctx, struct claque_err *err)
{
	sqlite3_stmt *st;
	bool go = true;
	enum claque_rc rc = stmt_prepare(s, sql, &st, err);

	if (rc != CLAQUE_OK)
		return rc;
	if (target.kind != SUBJECT_none) {
		bind_i64(st, 1, target.kind);
		bind_i64(st, 2, target.id);
	}
	while (go && (rc = stmt_step(s, st, err)) == CLAQUE_OK) {
		struct annotation a;

		look_at(st, &a);
		go = each(ctx, &a);
	}
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc == CLAQUE_OK ? CLAQUE_STOPPED : rc;
}

enum claque_rc
annotation_walk(struct store *s, struct subject target,
		bool (*each)(void *ctx, const struct annotation *a), void *ctx,
		struct claque_err *err)
{
	return walk(s, target.kind == SUBJECT_none ? ANNOTATION_QUERY " WHERE live ORDER BY id" :
		    ANNOTATION_QUERY " WHERE " ON_TARGET " AND live ORDER BY id", target, each, ctx,
		    err);
}

enum claque_rc
annotation_walk_all(struct store *s, struct subject target,
		    bool (*each)(void *ctx, const struct annotation *a), void *ctx,
		    struct claque_err *err)
{
	return walk(s, target.kind == SUBJECT_none ? ANNOTATION_QUERY " ORDER BY id" :
		    ANNOTATION_QUERY " WHERE " ON_TARGET " ORDER BY id", target, each, ctx, err);
}

enum claque_rc
annotation_get(struct store *s, int64_t id, struct arena *perm, struct annotation *out,
	       struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc;

	rc = stmt_prepare(s, ANNOTATION_QUERY " WHERE id = ?1", &st, err);
	if (rc != CLAQUE_OK)
		return rc;
	bind_i64(st, 1, id);
	rc = stmt_step(s, st, err);
	if (rc == CLAQUE_OK)
		read_annotation(st, perm, out);
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? say_no_annotation(id, err) : rc;
}

enum claque_rc
annotation_verdicts(struct store *s, struct subject target, struct arena *perm,
		    struct annotation *out, size_t room, size_t *got, struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(s, ANNOTATION_QUERY " WHERE " ON_TARGET
					 " AND kind = 3 AND live ORDER BY id DESC", &st, err);

	*got = 0;
	if (rc != CLAQUE_OK)
		return rc;
	bind_i64(st, 1, target.kind);
	bind_i64(st, 2, target.id);
	while (*got < room && (rc = stmt_step(s, st, err)) == CLAQUE_OK)
		read_annotation(st, perm, &out[(*got)++]);
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

enum claque_rc
annotation_verdict(struct store *s, struct subject target, struct arena *perm,
		   struct annotation *out, struct claque_err *err)
{
	size_t got;

	*out = (struct annotation){ .id = 0 };
	return annotation_verdicts(s, target, perm, out, 1, &got, err);
}

enum claque_rc
ledger_append(struct store *s, const struct ledger_entry *entry, struct claque_err *err)
{
	const struct claque_str texts[] = { entry->who, entry->action, entry->target, entry->lens,
		entry->command, entry->payload, entry->previous, entry->hash };
	sqlite3_stmt *st;
	enum claque_rc rc;

	rc = stmt_prepare(s, "INSERT INTO ledger(seq, at, who, action, target, lens, command,"
			  " payload, previous, hash) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8,"
			  " ?9, ?10)",
			  &st, err);
	if (rc != CLAQUE_OK)
		return rc;
	bind_i64(st, 1, entry->seq);
	bind_i64(st, 2, entry->at);
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		bind_str(st, (int)i + 3, present(texts[i]));
	rc = stmt_run(s, st, err);
	(void)sqlite3_finalize(st);
	return rc;
}

#define LEDGER_QUERY "SELECT seq, at, who, action, target, lens, command, payload, previous, hash" \
	" FROM ledger"

static struct ledger_entry
read_entry(sqlite3_stmt *st)
{
	return (struct ledger_entry){ column_i64(st, 0, 0), column_i64(st, 1, 0), column_str(st, 2),
		column_str(st, 3), column_str(st, 4), column_str(st, 5), column_str(st, 6),
		column_str(st, 7), column_str(st, 8), column_str(st, 9) };
}

static void
copy_entry(struct arena *perm, struct ledger_entry *e)
{
	struct claque_str *const texts[] = { &e->who, &e->action, &e->target, &e->lens, &e->command,
		&e->payload, &e->previous, &e->hash };

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		*texts[i] = str_dup(perm, *texts[i]);
}

enum claque_rc
ledger_get(struct store *s, int64_t seq, struct arena *perm, struct ledger_entry *out,
	   struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc;

	rc = stmt_prepare(s, LEDGER_QUERY " WHERE seq = CASE ?1 WHEN 0 THEN"
			  " (SELECT max(seq) FROM ledger) ELSE ?1 END", &st, err);
	if (rc != CLAQUE_OK)
		return rc;
	bind_i64(st, 1, seq);
	rc = stmt_step(s, st, err);
	if (rc == CLAQUE_OK) {
		*out = read_entry(st);
		copy_entry(perm, out);
	}
	(void)sqlite3_finalize(st);
	if (rc == CLAQUE_DONE)
		return seq == 0 ? err_set(err, CLAQUE_ENOTFOUND, "the ledger is empty")
				: err_set(err, CLAQUE_ENOTFOUND, "no ledger entry %lld",
					  (long long)seq);
	return rc;
}

enum claque_rc
ledger_walk(struct store *s, bool (*each)(void *ctx, const struct ledger_entry *entry), void *ctx,
	    struct claque_err *err)
{
	sqlite3_stmt *st;
	bool go = true;
	enum claque_rc rc;

	rc = stmt_prepare(s, LEDGER_QUERY " ORDER BY seq", &st, err);
	while (rc == CLAQUE_OK && go && (rc = stmt_step(s, st, err)) == CLAQUE_OK) {
		struct ledger_entry entry = read_entry(st);

		go = each(ctx, &entry);
	}
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc == CLAQUE_OK ? CLAQUE_STOPPED : rc;
}
