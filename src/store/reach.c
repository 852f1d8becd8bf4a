#include "config.h"

#include "store/reach.h"

#include "claque/dataset.h"

#include "base/err.h"
#include "store/schema.h"
#include "store/stmt.h"

#define LAST_RUN "(SELECT max(id) FROM run)"
/* The cluster ?1, under its name in the last run; or, for 0, every lead. */
#define OWN "own(id) AS MATERIALIZED (SELECT c.id FROM cluster c WHERE c.run = " LAST_RUN \
	" AND CASE ?1 WHEN 0 THEN c.lead ELSE c.name = (SELECT name FROM cluster WHERE id = ?1) END)"
_Static_assert(CLAQUE_OBJECT_domain == 2 && CLAQUE_OBJECT_hashtag == 3,
	       "numbers in the SQL of reach.c");

static const char platforms_sql[] =
	"WITH " OWN " SELECT count(DISTINCT a.platform) FROM member m JOIN account a"
	" ON a.id = m.account WHERE m.cluster IN own AND m.role <> " EXPOSED;
static const char tied_sql[] =
	"WITH " OWN ", ends(one, other) AS (SELECT a, b FROM edge WHERE run = " LAST_RUN
	" UNION ALL SELECT b, a FROM edge WHERE run = " LAST_RUN ")"
	" SELECT count(DISTINCT n.cluster) FROM ends e"
	" JOIN member m ON m.run = " LAST_RUN " AND m.account = e.one AND m.cluster IN own"
	" JOIN member n ON n.run = " LAST_RUN " AND n.account = e.other"
	" WHERE n.cluster IS NOT NULL AND n.cluster NOT IN own";
static const char outside_sql[] =
	"WITH " OWN " SELECT EXISTS(SELECT 1 FROM (SELECT s.source FROM member m CROSS JOIN share s"
	" ON s.account = m.account WHERE m.cluster IN own GROUP BY s.source"
	" HAVING count(DISTINCT s.account) >= 2) g CROSS JOIN source o ON o.id = g.source"
	" WHERE o.kind NOT IN (2, 3) AND o.account_count > o.cluster_accounts)";

static enum claque_rc
number_of(struct store *s, const char *sql, struct subject subject, int64_t *out,
	  struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(s, sql, &st, err);

	*out = 0;
	if (rc != CLAQUE_OK)
		return rc;
	bind_i64(st, 1, subject.id);
	rc = stmt_step(s, st, err);
	if (rc == CLAQUE_OK)
		*out = column_i64(st, 0, 0);
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

enum claque_rc
reach_read(struct store *s, struct subject subject, struct reach *out, struct claque_err *err)
{
	int64_t platforms = 0, tied = 0, outside = 0;
	enum claque_rc rc;

	*out = (struct reach){ 0 };
	if (subject.kind != SUBJECT_none && subject.kind != SUBJECT_cluster)
		return err_set(err, CLAQUE_EUSAGE, "reach is that of a cluster or of all leads");
	rc = number_of(s, platforms_sql, subject, &platforms, err);
	if (rc == CLAQUE_OK && platforms > 0)
		rc = number_of(s, tied_sql, subject, &tied, err);
	if (rc == CLAQUE_OK && platforms > 0)
		rc = number_of(s, outside_sql, subject, &outside, err);
	*out = (struct reach){ (size_t)platforms, (size_t)tied, outside != 0 };
	return rc;
}

enum claque_rc
reach_signals(struct store *s, struct subject subject,
	      bool (*each)(void *ctx, struct claque_str signal), void *ctx, struct claque_err *err)
{
	sqlite3_stmt *st;
	bool go = true;
	enum claque_rc rc;

	if (subject.kind != SUBJECT_none && subject.kind != SUBJECT_cluster)
		return CLAQUE_OK;
	rc = stmt_prepare(s, "WITH " OWN " SELECT DISTINCT signal FROM evidence WHERE cluster IN own"
			  " AND log_odds > 0 ORDER BY signal", &st, err);
	if (rc != CLAQUE_OK)
		return rc;
	bind_i64(st, 1, subject.id);
	while (go && (rc = stmt_step(s, st, err)) == CLAQUE_OK)
		go = each(ctx, column_str(st, 0));
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc == CLAQUE_OK ? CLAQUE_STOPPED : rc;
}
