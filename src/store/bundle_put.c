/*
 * bundle_put.c - lines of a bundle into a case.
 *
 * Into an empty case rows go with their numbers, and how many lines are in is committed
 * with them: after a kill those are passed over. Into any other every row is looked up
 * first, so that doing it again from the start adds nothing. Numbers of the other case
 * are kept in memory as what they are here: 8 bytes for each account, source and post.
 *
 * A bundle comes from a stranger. Every number that names another row is looked up, rows
 * must come in their order, and words and types are the schema's (STRICT) to refuse.
 */
#include "config.h"

#include "store/bundle_def.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/err.h"
#include "store/schema.h"
#include "store/stmt.h"

enum { BATCH_ROWS = 20000, SQL_MAX = 16 << 10, TERMS_MAX = 512, FOUND = 90,
       GAPS_MAX = 1 << 20, STAND_IN_BYTES = 15 };

enum put_stmt { PUT_INSERT, PUT_FIND, PUT_FILL, PUT_KINDS };

struct term {
	char list[24], name[48];
	int64_t number;
};

struct bundle_put {
	struct store *s;
	int64_t id;				/* of the bundle's row */
	uint64_t resume, batch;			/* lines that are in; rows since the last commit */
	uint64_t line;
	sqlite3_stmt *st[BUNDLE_COUNT][PUT_KINDS], *pseudonym, *entry, *member, *cluster;
	int64_t last[BUNDLE_COUNT];		/* number of the last row, there */
	int64_t *ids[BUNDLE_COUNT];		/* here, by number there; 0: none */
	size_t ids_cap[BUNDLE_COUNT];
	struct term terms[TERMS_MAX];
	size_t term_count;
	struct bundle_totals totals;
};

static bool
has_id(const struct bundle_def *def)
{
	return str_eq(str_of(def->columns[0].name), STR("id"));
}

/* Do rows keep the number that they had? */
static bool
is_verbatim(const struct bundle_put *p, enum bundle_table table)
{
	return p->totals.whole || bundle_defs[table].of_run;
}

/* --- statements */

static enum claque_rc
prepare_insert(struct bundle_put *p, enum bundle_table table, struct claque_err *err)
{
	const struct bundle_def *def = &bundle_defs[table];
	bool first = true;
	struct buf sql;
	enum claque_rc rc;

	buf_init(&sql, SQL_MAX);
	buf_addf(&sql, "INSERT%s INTO %s(", table == BUNDLE_STATE ? " OR REPLACE" : "", def->into);
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = has_id(def) && !is_verbatim(p, table); i < def->count; i++) {
			if (def->columns[i].column == NULL)
				continue;
			buf_addz(&sql, first ? "" : ", ");
			if (pass == 0)
				buf_addz(&sql, def->columns[i].column);
			else
				buf_addf(&sql, "?%zu", i + 1);
			first = false;
		}
		buf_addz(&sql, pass == 0 ? ") VALUES(" : ")");
		first = true;
	}
	/* Of what is unique only: what the schema does not take is still a fault. */
	if (!p->totals.whole)
		buf_addz(&sql, " ON CONFLICT DO NOTHING");
	buf_addc(&sql, '\0');
	rc = stmt_prepare(p->s, sql.p, &p->st[table][PUT_INSERT], err);
	buf_done(&sql);
	return rc;
}

/*
 * Of runs that are left out: who was in a cluster, by which what was said of it finds the
 * one here that has most of them, at least half of those of either.
 */
static enum claque_rc
prepare_members(struct bundle_put *p, struct claque_err *err)
{
	enum claque_rc rc = store_exec(p->s, "CREATE TEMP TABLE IF NOT EXISTS their_member(cluster"
		" INTEGER, account INTEGER, PRIMARY KEY(cluster, account)) WITHOUT ROWID;"
		"DELETE FROM temp.their_member", err);

	if (rc == CLAQUE_OK)
		rc = stmt_prepare(p->s, "INSERT OR IGNORE INTO temp.their_member VALUES(?1, ?2)",
				  &p->member, err);
	return rc == CLAQUE_OK ? stmt_prepare(p->s, "SELECT c.id FROM temp.their_member t JOIN member m"
		" ON m.account = t.account AND m.run = (SELECT max(id) FROM run) JOIN cluster c"
		" ON c.id = m.cluster WHERE t.cluster = ?1 GROUP BY c.id HAVING 2 * count(*) >="
		" max(c.account_count, (SELECT count(*) FROM temp.their_member WHERE cluster = ?1))"
		" ORDER BY count(*) DESC, c.rank LIMIT 1", &p->cluster, err) : rc;
}

static enum claque_rc
prepare_all(struct bundle_put *p, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	for (unsigned i = 0; rc == CLAQUE_OK && i < BUNDLE_COUNT; i++) {
		const struct bundle_def *def = &bundle_defs[i];

		rc = prepare_insert(p, (enum bundle_table)i, err);
		if (rc == CLAQUE_OK && def->find != NULL && !p->totals.whole)
			rc = stmt_prepare(p->s, def->find, &p->st[i][PUT_FIND], err);
		if (rc == CLAQUE_OK && def->fill != NULL && def->fill[0] != '\0')
			rc = stmt_prepare(p->s, def->fill, &p->st[i][PUT_FILL], err);
	}
	if (rc == CLAQUE_OK)
		rc = stmt_prepare(p->s, "INSERT OR IGNORE INTO pseudonym VALUES(?1)", &p->pseudonym,
				  err);
	if (rc == CLAQUE_OK && !p->totals.runs)
		rc = prepare_members(p, err);
	return rc == CLAQUE_OK ? stmt_prepare(p->s, "INSERT OR IGNORE INTO foreign_entry(ledger, seq,"
		" at, redacted, who, action, target, lens, command, payload, previous, hash)"
		" SELECT id, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12 FROM foreign_ledger"
		" WHERE bundle = ?13 AND number = ?1", &p->entry, err) : rc;
}

static enum claque_rc
read_terms(struct bundle_put *p, struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(p->s, "SELECT list, name, number FROM term", &st, err);

	while (rc == CLAQUE_OK && (rc = stmt_step(p->s, st, err)) == CLAQUE_OK) {
		struct claque_str list = column_str(st, 0), name = column_str(st, 1);
		struct term *t = &p->terms[p->term_count];

		if (p->term_count == TERMS_MAX || list.len >= sizeof(t->list) ||
		    name.len >= sizeof(t->name))
			continue;
		memcpy(t->list, list.p, list.len);
		memcpy(t->name, name.p, name.len);
		t->number = column_i64(st, 2, 0);
		p->term_count++;
	}
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

/* --- values */

static bool
resolve(const struct bundle_put *p, enum bundle_table table, int64_t number, int64_t *out)
{
	*out = number;
	if (number < 1 || number > p->last[table])
		return false;
	if (is_verbatim(p, table))
		return !bundle_defs[table].of_run || p->totals.runs;
	*out = p->ids[table][number];
	return *out != 0;
}

static bool
find_term(const struct bundle_put *p, const char *list, struct claque_str name, int64_t *out)
{
	for (size_t i = 0; i < p->term_count; i++)
		if (str_eq(str_of(p->terms[i].list), str_of(list)) &&
		    str_eq(str_of(p->terms[i].name), name)) {
			*out = p->terms[i].number;
			return true;
		}
	return false;
}

/* NULL, not "", of what is no string: the case refuses a row that lacks what it must have. */
static struct claque_str
text_of(const json_t *v)
{
	return json_is_string(v) ? json_string_of(v) : (struct claque_str){ 0 };
}

static enum claque_rc
wrong_value(const struct bundle_put *p, const struct bundle_column *c, const char *what,
	    struct claque_err *err)
{
	return err_set(err, CLAQUE_EINPUT, "line %llu: %s: %s", (unsigned long long)p->line, c->name,
		       what);
}

static enum claque_rc
read_value(const struct bundle_put *p, const struct bundle_column *c, const json_t *v,
	   struct value *out, struct claque_err *err)
{
	*out = (struct value){ .type = VALUE_NULL };
	if (v == NULL || json_is_null(v))
		return CLAQUE_OK;
	if (c->list != NULL) {
		out->type = VALUE_INT;
		return find_term(p, c->list, text_of(v), &out->i) ? CLAQUE_OK :
		       wrong_value(p, c, "a word that this claque does not know", err);
	}
	if (c->of != BUNDLE_COUNT) {
		out->type = VALUE_INT;
		return json_is_integer(v) && resolve(p, c->of, json_integer_value(v), &out->i) ?
		       CLAQUE_OK : wrong_value(p, c, "no row before it has this number", err);
	}
	if (json_is_string(v))
		*out = (struct value){ .type = VALUE_TEXT, .s = text_of(v) };
	else if (json_is_integer(v))
		*out = (struct value){ .type = VALUE_INT, .i = json_integer_value(v) };
	else if (json_is_real(v))
		*out = (struct value){ .type = VALUE_REAL, .r = json_real_value(v) };
	else
		return wrong_value(p, c, "neither text nor a number", err);
	return CLAQUE_OK;
}

static enum claque_rc
read_values(const struct bundle_put *p, const struct bundle_def *def, const json_t *row,
	    struct value values[BUNDLE_COLUMNS_MAX], struct claque_err *err)
{
	size_t known = 1;	/* the type */
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 0; rc == CLAQUE_OK && i < def->count; i++) {
		const json_t *v = json_object_get(row, def->columns[i].name);

		known += v != NULL;
		rc = read_value(p, &def->columns[i], v, &values[i], err);
	}
	if (rc == CLAQUE_OK && known != json_object_size(row))
		return err_set(err, CLAQUE_EINPUT, "line %llu has a key that this claque does not know:"
			       " it was made by a newer one", (unsigned long long)p->line);
	return rc;
}

static void
bind_values(sqlite3_stmt *st, const struct value *values, size_t count)
{
	int most = sqlite3_bind_parameter_count(st);

	for (int i = 0; i < most && (size_t)i < count; i++)
		switch (values[i].type) {
		case VALUE_NULL:
			(void)sqlite3_bind_null(st, i + 1);
			break;
		case VALUE_INT:
			bind_i64(st, i + 1, values[i].i);
			break;
		case VALUE_REAL:
			bind_real(st, i + 1, values[i].r);
			break;
		case VALUE_TEXT:
			bind_str(st, i + 1, values[i].s);
			break;
		}
}

/* --- rows */

/* The number of a row whose others name it: rising, and of some tables without a gap. */
static enum claque_rc
take_number(struct bundle_put *p, enum bundle_table table, const json_t *row,
	    struct claque_err *err)
{
	const struct bundle_def *def = &bundle_defs[table];
	const json_t *v = json_object_get(row, "id");
	int64_t number = json_is_integer(v) ? json_integer_value(v) : 0;
	int64_t most = def->dense ? p->last[table] + 1 : 4 * (int64_t)p->line + GAPS_MAX;

	if (number <= p->last[table] || number > most)
		return err_set(err, CLAQUE_EINPUT, "line %llu: %s %lld comes after %lld: a line was "
			       "lost or moved", (unsigned long long)p->line, bundle_type(table),
			       (long long)number, (long long)p->last[table]);
	if (!is_verbatim(p, table)) {
		GROW(p->ids[table], p->ids_cap[table], (size_t)number + 1);
		for (int64_t i = p->last[table] + (p->last[table] > 0); i <= number; i++)
			p->ids[table][i] = 0;
	}
	p->last[table] = number;
	return CLAQUE_OK;
}

/* What the schema refuses is the line's fault. */
static enum claque_rc
run(struct bundle_put *p, sqlite3_stmt *st, struct claque_err *err)
{
	enum claque_rc rc = stmt_run(p->s, st, err);

	if (rc != CLAQUE_OK && (sqlite3_errcode(p->s->db) & 0xff) == SQLITE_CONSTRAINT)
		return err_set(err, CLAQUE_EINPUT, "line %llu cannot be stored: %s",
			       (unsigned long long)p->line, sqlite3_errmsg(p->s->db));
	return rc;
}

/* *id 0: it is not there. */
static enum claque_rc
find_row(struct bundle_put *p, enum bundle_table table, const struct value *values, int64_t *id,
	 struct claque_err *err)
{
	sqlite3_stmt *find = p->st[table][PUT_FIND], *fill = p->st[table][PUT_FILL];
	enum claque_rc rc;

	*id = 0;
	if (find == NULL)
		return CLAQUE_OK;
	bind_values(find, values, bundle_defs[table].count);
	rc = stmt_step(p->s, find, err);
	if (rc == CLAQUE_OK)
		*id = column_i64(find, 0, 0);
	(void)sqlite3_reset(find);
	if (rc != CLAQUE_OK || fill == NULL)
		return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
	bind_values(fill, values, bundle_defs[table].count);
	bind_i64(fill, FOUND, *id);
	return run(p, fill, err);
}

/* Of what others write as one: only what looks like one is taken for one. */
static bool
is_stand_in(struct claque_str s)
{
	for (size_t i = 2; i < s.len; i++)
		if (!(s.p[i] >= 'a' && s.p[i] <= 'z') && !(s.p[i] >= '2' && s.p[i] <= '7'))
			return false;
	return s.len == STAND_IN_BYTES && str_starts(s, STR("u_"));
}

static enum claque_rc
note_pseudonym(struct bundle_put *p, int64_t account, const json_t *row, struct claque_err *err)
{
	if (json_object_get(row, "pseudonym") == NULL ||
	    !is_stand_in(text_of(json_object_get(row, "account_id"))))
		return CLAQUE_OK;
	bind_i64(p->pseudonym, 1, account);
	return run(p, p->pseudonym, err);
}

static enum claque_rc
insert_row(struct bundle_put *p, enum bundle_table table, const struct value *values, int64_t *id,
	   struct claque_err *err)
{
	sqlite3_stmt *st = p->st[table][PUT_INSERT];
	enum claque_rc rc;

	bind_values(st, values, bundle_defs[table].count);
	rc = run(p, st, err);
	if (rc != CLAQUE_OK)
		return rc;
	*id = sqlite3_last_insert_rowid(p->s->db);
	if (sqlite3_changes(p->s->db) > 0)
		p->totals.taken[table]++;
	else
		p->totals.there[table]++;
	return CLAQUE_OK;
}

static enum claque_rc
store_row(struct bundle_put *p, enum bundle_table table, const json_t *row,
	  struct claque_err *err)
{
	const struct bundle_def *def = &bundle_defs[table];
	struct value values[BUNDLE_COLUMNS_MAX];
	int64_t id = 0;
	enum claque_rc rc = read_values(p, def, row, values, err);

	if (rc == CLAQUE_OK)
		rc = find_row(p, table, values, &id, err);
	if (rc == CLAQUE_OK && id != 0)
		p->totals.there[table]++;
	else if (rc == CLAQUE_OK)
		rc = insert_row(p, table, values, &id, err);
	if (rc == CLAQUE_OK && has_id(def) && !is_verbatim(p, table))
		p->ids[table][p->last[table]] = id;
	return rc == CLAQUE_OK && table == BUNDLE_ACCOUNT ? note_pseudonym(p, id, row, err) : rc;
}

static enum claque_rc
set_progress(struct bundle_put *p, bool done, struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(p->s, "UPDATE bundle SET line = max(line, ?2), done = ?3,"
					 " ended_at = ?4 WHERE id = ?1", &st, err);

	if (rc != CLAQUE_OK)
		return rc;
	bind_i64(st, 1, p->id);
	bind_i64(st, 2, (int64_t)p->line);
	bind_i64(st, 3, done);
	bind_i64(st, 4, clock_now());
	rc = stmt_run(p->s, st, err);
	(void)sqlite3_finalize(st);
	return rc;
}

static enum claque_rc
close_batch(struct bundle_put *p, bool done, struct claque_err *err)
{
	enum claque_rc rc = set_progress(p, done, err);

	p->batch = 0;
	return rc == CLAQUE_OK ? store_commit(p->s, err) : rc;
}

/* Whatever writes does it in a batch. */
static enum claque_rc
open_batch(struct bundle_put *p, struct claque_err *err)
{
	return p->s->in_transaction ? CLAQUE_OK : store_begin(p->s, err);
}

static enum claque_rc
count_row(struct bundle_put *p, struct claque_err *err)
{
	return ++p->batch < BATCH_ROWS ? CLAQUE_OK : close_batch(p, false, err);
}

static int64_t
int_of(const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);

	return json_is_integer(v) ? json_integer_value(v) : 0;
}

static enum claque_rc
leave_row(struct bundle_put *p, enum bundle_table table, const json_t *row,
	  struct claque_err *err)
{
	int64_t account;

	p->totals.left[table]++;
	if (table != BUNDLE_MEMBER || !resolve(p, BUNDLE_ACCOUNT, int_of(row, "account"), &account))
		return CLAQUE_OK;
	bind_i64(p->member, 1, int_of(row, "cluster"));
	bind_i64(p->member, 2, account);
	return run(p, p->member, err);
}

enum claque_rc
bundle_put_row(struct bundle_put *p, uint64_t line, enum bundle_table table, const json_t *row,
	       struct claque_err *err)
{
	const struct bundle_def *def = &bundle_defs[table];
	enum claque_rc rc = CLAQUE_OK;

	p->line = line;
	if (has_id(def))
		rc = take_number(p, table, row, err);
	if (rc != CLAQUE_OK)
		return rc;
	if ((def->whole_only && !p->totals.whole) || (def->of_run && !p->totals.runs))
		return leave_row(p, table, row, err);
	if (p->totals.whole && line <= p->resume) {
		p->totals.taken[table]++;
		return CLAQUE_OK;
	}
	rc = open_batch(p, err);
	if (rc == CLAQUE_OK)
		rc = store_row(p, table, row, err);
	return rc == CLAQUE_OK ? count_row(p, err) : rc;
}

/* --- ledgers */

enum claque_rc
bundle_put_ledger(struct bundle_put *p, uint64_t line, const json_t *ledger,
		  struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc;

	p->line = line;
	rc = open_batch(p, err);
	if (rc == CLAQUE_OK)
		rc = stmt_prepare(p->s, "INSERT OR IGNORE INTO foreign_ledger(bundle, number, origin,"
				  " hash, entries) VALUES(?1, ?2, ?3, ?4, ?5)", &st, err);
	if (rc != CLAQUE_OK)
		return rc;
	bind_i64(st, 1, p->id);
	bind_i64(st, 2, int_of(ledger, "ledger"));
	bind_str(st, 3, text_of(json_object_get(ledger, "case")));
	bind_str(st, 4, text_of(json_object_get(ledger, "hash")));
	bind_i64(st, 5, int_of(ledger, "entries"));
	rc = run(p, st, err);
	(void)sqlite3_finalize(st);
	return rc;
}

enum claque_rc
bundle_put_entry(struct bundle_put *p, uint64_t line, const json_t *entry, struct claque_err *err)
{
	static const char *const texts[] = { "who", "action", "target", "lens", "command", "payload",
					     "previous", "hash" };
	sqlite3_stmt *st = p->entry;
	enum claque_rc rc;

	p->line = line;
	rc = open_batch(p, err);
	if (rc != CLAQUE_OK)
		return rc;
	bind_i64(st, 1, int_of(entry, "ledger"));
	bind_i64(st, 2, int_of(entry, "seq"));
	bind_i64(st, 3, int_of(entry, "at"));
	bind_i64(st, 4, int_of(entry, "redacted"));
	for (int i = 0; i < (int)(sizeof(texts) / sizeof(*texts)); i++) {
		struct claque_str text = text_of(json_object_get(entry, texts[i]));

		bind_str(st, 5 + i, text.p != NULL ? text : STR(""));
	}
	bind_i64(st, 13, p->id);
	rc = run(p, st, err);
	return rc == CLAQUE_OK ? count_row(p, err) : rc;
}

/* --- begin and end */

/* CLAQUE_DONE: not seen before. */
static enum claque_rc
find_bundle(struct bundle_put *p, const struct bundle_info *info, bool *done,
	    struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(p->s, "SELECT id, done, line, whole, runs FROM bundle"
					 " WHERE sha256 = ?1 ORDER BY done DESC, id DESC LIMIT 1",
					 &st, err);

	if (rc != CLAQUE_OK)
		return rc;
	bind_str(st, 1, str_of(info->sha256));
	rc = stmt_step(p->s, st, err);
	if (rc == CLAQUE_OK) {
		p->id = column_i64(st, 0, 0);
		*done = column_i64(st, 1, 0) != 0;
		p->resume = (uint64_t)column_i64(st, 2, 0);
		p->totals.whole = column_i64(st, 3, 0) != 0;
		p->totals.runs = column_i64(st, 4, 0) != 0;
	}
	(void)sqlite3_finalize(st);
	return rc;
}

#define ANY(table) "EXISTS(SELECT 1 FROM " table ")"

static enum claque_rc
insert_bundle(struct bundle_put *p, const struct bundle_info *info, struct claque_err *err)
{
	int64_t any, any_run;
	sqlite3_stmt *st;
	enum claque_rc rc = store_number(p->s, "SELECT " ANY("input_file") " OR " ANY("account") " OR "
		ANY("source") " OR " ANY("event") " OR " ANY("leaning") " OR " ANY("annotation")
		" OR " ANY("topic_pack") " OR " ANY("bundle WHERE line > 0"), 0, &any, err);

	if (rc == CLAQUE_OK)
		rc = store_number(p->s, "SELECT " ANY("run"), 0, &any_run, err);
	if (rc == CLAQUE_OK)
		rc = stmt_prepare(p->s, "INSERT INTO bundle(path, sha256, bytes, header, started_at,"
				  " whole, runs) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)", &st, err);
	if (rc != CLAQUE_OK)
		return rc;
	p->totals.whole = any == 0 && any_run == 0;
	p->totals.runs = any_run == 0;
	bind_str(st, 1, str_of(info->path));
	bind_str(st, 2, str_of(info->sha256));
	bind_i64(st, 3, (int64_t)info->bytes);
	bind_str(st, 4, info->header);
	bind_i64(st, 5, clock_now());
	bind_i64(st, 6, p->totals.whole);
	bind_i64(st, 7, p->totals.runs);
	rc = stmt_run(p->s, st, err);
	p->id = sqlite3_last_insert_rowid(p->s->db);
	(void)sqlite3_finalize(st);
	return rc;
}

static enum claque_rc
begin(struct bundle_put *p, const struct bundle_info *info, bool *done, struct claque_err *err)
{
	enum claque_rc rc = store_begin(p->s, err);

	if (rc == CLAQUE_OK)
		rc = find_bundle(p, info, done, err);
	if (rc == CLAQUE_DONE)
		rc = insert_bundle(p, info, err);
	if (rc == CLAQUE_OK && !*done && p->totals.whole)
		rc = schema_drop_indexes(p->s, err);
	if (rc == CLAQUE_OK && !*done)
		rc = store_exec(p->s, "INSERT OR REPLACE INTO state VALUES('undigested', 1)", err);
	p->totals.resumed_at = p->totals.whole ? p->resume : 0;
	return rc == CLAQUE_OK ? store_commit(p->s, err) : rc;
}

enum claque_rc
bundle_put_new(struct bundle_put **out, struct store *s, const struct bundle_info *info,
	       bool *done, struct claque_err *err)
{
	struct bundle_put *p = calloc(1, sizeof(*p));
	enum claque_rc rc;

	if (p == NULL)
		base_oom();
	*out = p;
	*done = false;
	p->s = s;
	/* As of an import (store/writer.c). */
	rc = store_exec(s, "PRAGMA foreign_keys = OFF; PRAGMA cache_size = -65536;"
			"PRAGMA wal_autocheckpoint = 8192", err);
	if (rc == CLAQUE_OK)
		rc = begin(p, info, done, err);
	if (rc == CLAQUE_OK && !*done)
		rc = read_terms(p, err);
	return rc == CLAQUE_OK && !*done ? prepare_all(p, err) : rc;
}

/* As after a run (store/result.c): rows that were here already have them, too. */
static const char scores[] =
	"UPDATE source SET cluster_accounts = 0 WHERE cluster_accounts <> 0;"
	"UPDATE source SET cluster_accounts = t.n FROM (SELECT s.source,"
	" count(DISTINCT s.account) AS n FROM member m CROSS JOIN share s ON s.account = m.account"
	" WHERE m.run = (SELECT max(id) FROM run) GROUP BY s.source) t WHERE source.id = t.source;"
	"UPDATE account SET score = coalesce((SELECT t.score FROM account_score t WHERE"
	" t.run = (SELECT max(id) FROM run) AND t.account = account.id), 0)";

/*
 * Totals are stale from here on only: what is derived when a case is opened again would
 * take numbers that rows still to come have.
 */
enum claque_rc
bundle_put_finish(struct bundle_put *p, const struct claque_progress *progress,
		  struct claque_err *err)
{
	enum claque_rc rc = open_batch(p, err);

	if (rc == CLAQUE_OK)
		rc = store_exec(p->s, "INSERT OR REPLACE INTO state VALUES('totals_stale', 1),"
				" ('accounts_stale', 1)", err);
	if (rc == CLAQUE_OK)
		rc = close_batch(p, false, err);
	store_watch(p->s, progress);
	if (rc == CLAQUE_OK)
		rc = schema_repair(p->s, err);
	if (rc == CLAQUE_OK && !p->totals.whole)
		rc = store_exec(p->s, scores, err);
	store_unwatch(p->s);
	return rc;
}

/* 0: none is like it. */
static int64_t
like_cluster(const struct bundle_put *p, int64_t theirs)
{
	struct claque_err err;
	int64_t id = 0;

	bind_i64(p->cluster, 1, theirs);
	if (stmt_step(p->s, p->cluster, &err) == CLAQUE_OK)
		id = column_i64(p->cluster, 0, 0);
	(void)sqlite3_reset(p->cluster);
	return id;
}

struct subject
bundle_subject(const struct bundle_put *p, enum subject_kind kind, int64_t id)
{
	static const enum bundle_table tables[SUBJECT_COUNT] = {
		[SUBJECT_cluster] = BUNDLE_CLUSTER, [SUBJECT_account] = BUNDLE_ACCOUNT,
		[SUBJECT_source] = BUNDLE_SOURCE, [SUBJECT_post] = BUNDLE_POST,
		[SUBJECT_change] = BUNDLE_CHANGE, [SUBJECT_indicator] = BUNDLE_INDICATOR,
	};
	int64_t here = 0;

	if ((unsigned)kind >= SUBJECT_COUNT || tables[kind] == BUNDLE_INPUT)
		return (struct subject){ 0 };
	if (kind == SUBJECT_cluster && !p->totals.runs)
		here = like_cluster(p, id);
	else if (!resolve(p, tables[kind], id, &here))
		here = 0;
	return (struct subject){ here != 0 ? kind : SUBJECT_none, here };
}

enum claque_rc
bundle_put_done(struct bundle_put *p, struct claque_err *err)
{
	enum claque_rc rc = open_batch(p, err);

	return rc == CLAQUE_OK ? close_batch(p, true, err) : rc;
}

struct bundle_totals
bundle_put_totals(const struct bundle_put *p)
{
	return p->totals;
}

void
bundle_put_free(struct bundle_put *p)
{
	if (p == NULL)
		return;
	store_rollback(p->s);
	for (unsigned i = 0; i < BUNDLE_COUNT; i++) {
		for (unsigned k = 0; k < PUT_KINDS; k++)
			(void)sqlite3_finalize(p->st[i][k]);
		free(p->ids[i]);
	}
	(void)sqlite3_finalize(p->pseudonym);
	(void)sqlite3_finalize(p->entry);
	(void)sqlite3_finalize(p->member);
	(void)sqlite3_finalize(p->cluster);
	(void)sqlite3_exec(p->s->db, "PRAGMA foreign_keys = ON; PRAGMA cache_size = -2000;"
			   "PRAGMA wal_autocheckpoint = 1000", NULL, NULL, NULL);
	free(p);
}
