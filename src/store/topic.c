#include "config.h"

#include "store/topic.h"

#include <stdlib.h>

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

/* Are the packs of the case these, to the byte? Names alone would miss a changed pattern. */
static enum claque_rc
compare_packs(struct store *s, const struct topic_packs *packs, bool *same, struct claque_err *err)
{
	sqlite3_stmt *st;
	size_t i = 0;
	enum claque_rc rc = stmt_prepare(s, "SELECT name, sha256 FROM topic_pack ORDER BY id", &st,
					 err);

	if (rc != CLAQUE_OK)
		return rc;
	*same = true;
	for (; (rc = stmt_step(s, st, err)) == CLAQUE_OK; i++)
		*same = *same && i < packs->pack_count &&
			str_eq(column_str(st, 0), packs->packs[i].name) &&
			str_eq(column_str(st, 1), packs->packs[i].sha256);
	*same = *same && i == packs->pack_count;
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

enum claque_rc
topic_state(struct store *s, const struct topic_packs *packs, struct topic_state *out,
	    struct claque_err *err)
{
	const struct {
		const char *sql;
		int64_t *to;
	} numbers[] = {
		{ "SELECT count(*) FROM topic_pack", &out->packs },
		{ "SELECT value FROM state WHERE name = 'topics_post'", &out->through },
		{ "SELECT count(*) FROM post", &out->posts },
		{ "SELECT count(*) FROM post WHERE id > coalesce((SELECT value FROM state"
		  " WHERE name = 'topics_post'), 0)", &out->waiting },
	};
	enum claque_rc rc = CLAQUE_OK;

	*out = (struct topic_state){ 0 };
	for (size_t i = 0; rc == CLAQUE_OK && i < sizeof(numbers) / sizeof(numbers[0]); i++)
		rc = store_number(s, numbers[i].sql, 0, numbers[i].to, err);
	return rc == CLAQUE_OK ? compare_packs(s, packs, &out->same, err) : rc;
}

static enum claque_rc
put_packs(struct store *s, const struct topic_packs *packs, struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(s, "INSERT INTO topic_pack(id, name, version, kind, author,"
					 " source, file, sha256) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7,"
					 " ?8)", &st, err);

	for (size_t i = 0; rc == CLAQUE_OK && i < packs->pack_count; i++) {
		const struct topic_pack *p = &packs->packs[i];

		bind_i64(st, 1, (int64_t)i + 1);
		bind_str(st, 2, p->name);
		bind_str(st, 3, p->version);
		bind_str(st, 4, p->kind);
		bind_str(st, 5, p->author);
		bind_str(st, 6, p->source);
		bind_str(st, 7, p->file);
		bind_str(st, 8, p->sha256);
		rc = stmt_run(s, st, err);
	}
	(void)sqlite3_finalize(st);
	return rc;
}

static enum claque_rc
put_topics(struct store *s, const struct topic_packs *packs, struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(s, "INSERT INTO topic(id, pack, name, about)"
					 " VALUES(?1, ?2, ?3, ?4)", &st, err);

	for (size_t i = 0; rc == CLAQUE_OK && i < packs->topic_count; i++) {
		bind_i64(st, 1, (int64_t)i + 1);
		bind_i64(st, 2, (int64_t)packs->topics[i].pack + 1);
		bind_str(st, 3, packs->topics[i].name);
		bind_str(st, 4, packs->topics[i].about);
		rc = stmt_run(s, st, err);
	}
	(void)sqlite3_finalize(st);
	return rc;
}

enum claque_rc
topic_begin(struct store *s, const struct topic_packs *packs, struct claque_err *err)
{
	enum claque_rc rc = store_exec(s, "DELETE FROM post_topic; DELETE FROM account_topic;"
				       "DELETE FROM account_topics; DELETE FROM topic;"
				       "DELETE FROM topic_pack;"
				       "INSERT OR REPLACE INTO state VALUES('topics_post', 0)", err);

	if (rc == CLAQUE_OK)
		rc = put_packs(s, packs, err);
	return rc == CLAQUE_OK ? put_topics(s, packs, err) : rc;
}

struct topic_writer {
	struct store *s;
	sqlite3_stmt *put, *through;
};

enum claque_rc
topic_writer_new(struct store *s, struct topic_writer **out, struct claque_err *err)
{
	struct topic_writer *w = calloc(1, sizeof(*w));
	enum claque_rc rc;

	if (w == NULL)
		base_oom();
	*out = w;
	w->s = s;
	rc = stmt_prepare(s, "INSERT INTO post_topic(post, topic) VALUES(?1, ?2)", &w->put, err);
	return rc == CLAQUE_OK ? stmt_prepare(s, "INSERT OR REPLACE INTO state"
					      " VALUES('topics_post', ?1)", &w->through, err) : rc;
}

void
topic_writer_free(struct topic_writer *w)
{
	if (w == NULL)
		return;
	(void)sqlite3_finalize(w->put);
	(void)sqlite3_finalize(w->through);
	if (w->s->in_transaction)
		store_rollback(w->s);
	free(w);
}

enum claque_rc
topic_put(struct topic_writer *w, int64_t post, const uint32_t *topics, size_t count,
	  struct claque_err *err)
{
	enum claque_rc rc = w->s->in_transaction ? CLAQUE_OK : store_begin(w->s, err);

	for (size_t i = 0; rc == CLAQUE_OK && i < count; i++) {
		bind_i64(w->put, 1, post);
		bind_i64(w->put, 2, (int64_t)topics[i] + 1);
		rc = stmt_run(w->s, w->put, err);
	}
	return rc;
}

enum claque_rc
topic_keep(struct topic_writer *w, int64_t through, struct claque_err *err)
{
	enum claque_rc rc = w->s->in_transaction ? CLAQUE_OK : store_begin(w->s, err);

	bind_i64(w->through, 1, through);
	if (rc == CLAQUE_OK)
		rc = stmt_run(w->s, w->through, err);
	return rc == CLAQUE_OK ? store_commit(w->s, err) : rc;
}

#define KIND_OF(name) "max(k.kind = '" name "')"

static const char *const counting[] = {
	"DELETE FROM account_topic",
	"DELETE FROM account_topics",
	"INSERT INTO account_topic SELECT p.account, x.topic, count(*) FROM post_topic x"
	" JOIN post p ON p.id = x.post GROUP BY p.account, x.topic",
	"INSERT INTO account_topics(account, posts, camouflage, narrative)"
	" SELECT p.account, count(*), coalesce(sum(f.camouflage), 0),"
	" coalesce(sum(f.narrative), 0) FROM post p LEFT JOIN (SELECT x.post,"
	" " KIND_OF("camouflage") " AS camouflage, " KIND_OF("narrative") " AS narrative"
	" FROM post_topic x JOIN topic t ON t.id = x.topic JOIN topic_pack k ON k.id = t.pack"
	" GROUP BY x.post) f ON f.post = p.id WHERE p.id <= (SELECT value FROM state"
	" WHERE name = 'topics_post') GROUP BY p.account",
};

enum claque_rc
topic_count(struct store *s, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 0; rc == CLAQUE_OK && i < sizeof(counting) / sizeof(counting[0]); i++)
		rc = store_exec(s, counting[i], err);
	return rc;
}

enum claque_rc
topic_narratives(struct store *s, bool (*each)(void *ctx, int64_t account, int64_t at,
					       int64_t topic), void *ctx, struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(s, "SELECT p.account, p.at, x.topic FROM post_topic x"
					 " JOIN post p ON p.id = x.post JOIN topic t ON t.id = x.topic"
					 " JOIN topic_pack k ON k.id = t.pack"
					 " WHERE k.kind = 'narrative' AND p.at IS NOT NULL"
					 " ORDER BY p.account, p.at, x.post, x.topic", &st, err);

	if (rc != CLAQUE_OK)
		return rc;
	while ((rc = stmt_step(s, st, err)) == CLAQUE_OK)
		if (!each(ctx, sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 1),
			  sqlite3_column_int64(st, 2)))
			break;
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

enum claque_rc
topic_turned(struct store *s, int64_t account, int64_t at, struct claque_str text,
	     struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(s, "UPDATE account_topics SET turned_at = ?2, turned = ?3"
					 " WHERE account = ?1", &st, err);

	if (rc != CLAQUE_OK)
		return rc;
	bind_i64(st, 1, account);
	bind_i64(st, 2, at);
	bind_str(st, 3, text);
	rc = stmt_run(s, st, err);
	(void)sqlite3_finalize(st);
	return rc;
}

static enum claque_rc
read_change(struct store *s, sqlite3_stmt *st, struct arena *perm, struct topic_change *out,
	    struct claque_err *err)
{
	enum claque_rc rc = stmt_step(s, st, err);

	*out = (struct topic_change){ .at = CLAQUE_NO_TIME };
	if (rc == CLAQUE_OK)
		*out = (struct topic_change){ str_dup(perm, column_str(st, 0)),
					      sqlite3_column_int64(st, 1) };
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

enum claque_rc
topic_change_near(struct store *s, int64_t account, int64_t when, int64_t within,
		  struct arena *perm, struct topic_change *out, struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(s, "SELECT field, at FROM profile_change WHERE account = ?1"
					 " AND at BETWEEN ?2 - ?3 AND ?2 + ?3"
					 " ORDER BY abs(at - ?2), id LIMIT 1", &st, err);

	if (rc != CLAQUE_OK)
		return rc;
	bind_i64(st, 1, account);
	bind_i64(st, 2, when);
	bind_i64(st, 3, within);
	return read_change(s, st, perm, out, err);
}

enum claque_rc
topic_renamed(struct store *s, int64_t account, struct arena *perm, struct topic_change *out,
	      struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(s, "SELECT field, at FROM profile_change WHERE account = ?1"
					 " AND field IN ('handle', 'display_name') AND at IS NOT NULL"
					 " ORDER BY at, id LIMIT 1", &st, err);

	if (rc != CLAQUE_OK)
		return rc;
	bind_i64(st, 1, account);
	return read_change(s, st, perm, out, err);
}
