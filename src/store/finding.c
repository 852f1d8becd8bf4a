#include "config.h"

#include "store/finding.h"

#include "store/stmt.h"

static void
bind_twin(sqlite3_stmt *st, const struct findings *f, size_t i)
{
	bind_i64(st, 2, f->twins[i].a);
	bind_i64(st, 3, f->twins[i].b);
	bind_real(st, 4, f->twins[i].score);
	bind_str(st, 5, f->twins[i].why);
}

static void
bind_repurposed(sqlite3_stmt *st, const struct findings *f, size_t i)
{
	bind_i64(st, 2, f->repurposed[i].account);
	bind_time(st, 3, f->repurposed[i].at);
	bind_real(st, 4, f->repurposed[i].score);
	bind_str(st, 5, f->repurposed[i].why);
}

static void
bind_lookalike(sqlite3_stmt *st, const struct findings *f, size_t i)
{
	bind_str(st, 2, f->lookalikes[i].domain);
	bind_str(st, 3, f->lookalikes[i].target);
	bind_real(st, 4, f->lookalikes[i].score);
	bind_str(st, 5, f->lookalikes[i].why);
}

enum claque_rc
finding_save(struct store *s, int64_t run, const struct findings *f, struct claque_err *err)
{
	const struct {
		const char *sql;
		void (*bind)(sqlite3_stmt *st, const struct findings *f, size_t i);
		size_t count;
	} kinds[] = {
		{ "INSERT INTO twin(run, a, b, score, why) VALUES(?1, ?2, ?3, ?4, ?5)",
		  bind_twin, f->twin_count },
		{ "INSERT INTO repurposed(run, account, at, score, why)"
		  " VALUES(?1, ?2, ?3, ?4, ?5)", bind_repurposed, f->repurposed_count },
		{ "INSERT INTO lookalike(run, domain, target, score, why)"
		  " SELECT ?1, id, ?3, ?4, ?5 FROM source WHERE key = ?2 ORDER BY kind <> ("
		  " SELECT number FROM term WHERE list = 'object_kind' AND name = 'domain')"
		  " LIMIT 1", bind_lookalike, f->lookalike_count },
	};
	enum claque_rc rc = CLAQUE_OK;

	for (size_t k = 0; rc == CLAQUE_OK && k < sizeof(kinds) / sizeof(*kinds); k++) {
		sqlite3_stmt *st;

		rc = stmt_prepare(s, kinds[k].sql, &st, err);
		for (size_t i = 0; rc == CLAQUE_OK && i < kinds[k].count; i++) {
			bind_i64(st, 1, run);
			kinds[k].bind(st, f, i);
			rc = stmt_run(s, st, err);
		}
		(void)sqlite3_finalize(st);
	}
	return rc;
}
