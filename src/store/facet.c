/*
 * facet.c - the table of facets, and their counts. Of lists that are too long, a
 * sample is looked at: a facet is to orient, and must not cost a walk through
 * millions of posts. The first rows would be no sample: what was imported first is
 * of one file, one platform or one kind.
 *
 * The condition of a facet stands in the query of the list (list.c), so counts
 * and rows cannot disagree. Expressions give text: that is what is bound.
 */
#include "config.h"

#include "store/facet.h"

#include "store/facet_def.h"
#include "store/leaning_def.h"

/*
 * A sample is of runs of ids that follow each other, which lie on the same pages. Where
 * subject or lens leave a part of the rows, so many more ids are looked at.
 */
enum { SQL_MAX = 32 << 10, RUN_IDS = 50, NARROWED = 5 };

#define LAST_RUN "(SELECT max(id) FROM run)"
#define TERM(list, number) \
	"(SELECT name FROM term WHERE list = '" list "' AND term.number = " number ")"
#define CLUSTER_OF(account) "(SELECT k.name FROM member m JOIN cluster k ON k.id = m.cluster" \
	" WHERE m.account = " account " AND m.run = " LAST_RUN ")"
#define PLATFORM_OF(account) "(SELECT platform FROM account WHERE id = " account ")"
#define TAGS_ON(kind) .from = "annotation n", .key = "n.target", .expr = "n.text", \
	.where = "n.live AND n.kind = 1 AND n.target_kind = " kind

#define STATUS_OF(kind, id) { .name = "status", .expr = "coalesce(" STATUS(kind, id) ", 'new')" }

/* A cluster is itself in every run that calls it by the same name. */
#define SAME_CLUSTER "annotation n JOIN cluster k ON k.id = n.target JOIN cluster z" \
	" ON z.name = k.name AND z.run = " LAST_RUN

/* A post that nobody looked at yet is not one without a topic. */
#define POST_TOPICS "(SELECT x.post AS post, t.name AS name FROM post_topic x JOIN topic t" \
	" ON t.id = x.topic UNION ALL SELECT w.id, 'not looked at' FROM post w WHERE w.id >" \
	" (SELECT value FROM state WHERE name = 'topics_post')) y"
#define ACCOUNT_TOPICS "account_topic x JOIN topic t ON t.id = x.topic"

#define CLUSTER_FACETS { \
	{ .name = "cluster.signal", .from = "evidence e", .key = "e.cluster", \
	  .expr = "e.signal", .where = "e.kind = 'for'" }, \
	{ .name = "cluster.kind", .expr = "c.kind" }, \
	{ .name = "cluster.size", .expr = "CASE WHEN c.account_count < 10 THEN '2-9'" \
	  " WHEN c.account_count < 50 THEN '10-49' WHEN c.account_count < 200 THEN '50-199'" \
	  " ELSE '200+' END" }, \
	{ .name = "account.lang", .from = "member m JOIN account a ON a.id = m.account", \
	  .key = "m.cluster", .expr = "a.lang", .where = "m.run = " LAST_RUN }, \
	{ .name = "cluster.reviewed", .expr = "CASE WHEN EXISTS (SELECT 1 FROM annotation n" \
	  " JOIN cluster k ON k.id = n.target WHERE n.live AND n.target_kind = 1" \
	  " AND k.name = c.name) THEN 'yes' ELSE 'no' END" }, \
	{ .name = "cluster.tag", .from = SAME_CLUSTER, .key = "z.id", .expr = "n.text", \
	  .where = "n.live AND n.kind = 1 AND n.target_kind = 1" }, \
	{ .name = "status", .expr = "coalesce(" CLUSTER_STATUS("c") ", 'new')" }, \
}

#define OBJECT_FACETS { \
	{ .name = "source.kind", .expr = TERM("object_kind", "o.kind") }, \
	{ .name = "source.clustered", .expr = "CASE WHEN o.cluster_accounts > 0 THEN 'yes'" \
	  " ELSE 'no' END" }, \
	{ .name = "source.tag", TAGS_ON("3") }, \
	STATUS_OF("3", "o.id"), \
	{ .name = "source.leaning", .expr = LEANING_OF_SOURCE }, \
}

#define NAMED_FACETS { \
	{ .name = "source.clustered", .expr = "CASE WHEN o.cluster_accounts > 0 THEN 'yes'" \
	  " ELSE 'no' END" }, \
	{ .name = "source.tag", TAGS_ON("3") }, \
	STATUS_OF("3", "o.id"), \
	{ .name = "source.leaning", .expr = LEANING_OF_SOURCE }, \
}

/* Of lists whose rows are accounts, by the id of one. */
#define GROUP_FACETS(account) { \
	{ .name = "account.cluster", .expr = CLUSTER_OF(account) }, \
	{ .name = "account.platform", .expr = PLATFORM_OF(account) }, \
	{ .name = "account.look", .expr = "CASE WHEN " LOOKS_LIKE(account) " IS NOT NULL" \
	  " THEN 'like another' END" }, \
	{ .name = "account.tag", TAGS_ON("2") }, \
	STATUS_OF("2", account), \
}

#define INDICATOR_CONDITIONS \
	{ .name = "indicator.kind", .expr = TERM("indicator_kind", "i.kind") }, \
	{ .name = "indicator.platform", .expr = "i.platform" }, \
	{ .name = "indicator.tactic", .expr = "i.tactic" }, \
	{ .name = "indicator.file", .expr = \
	  "(SELECT path FROM input_file WHERE id = i.input_file)" },

#define INDICATOR_FACETS { INDICATOR_CONDITIONS }

#define HANDLE_FACETS { \
	{ .name = "handle.basis", .expr = TERM("handle_basis", "u.basis") }, \
	{ .name = "handle.between", .expr = "CASE WHEN u.gap < 0 THEN 'overlap'" \
	  " WHEN u.gap >= 0 THEN 'gap' END" }, \
	{ .name = "account.cluster", .expr = CLUSTER_OF("u.account") }, \
	{ .name = "account.platform", .expr = "u.platform" }, \
}

static const struct facet_def facets[LIST_COUNT + 1][FACETS_MAX] = {
	[LIST_CLUSTERS] = CLUSTER_FACETS,
	[LIST_LEADS] = CLUSTER_FACETS,
	[LIST_ACCOUNTS] = {
		{ .name = "account.cluster", .expr = CLUSTER_OF("a.id") },
		{ .name = "account.platform", .expr = "a.platform" },
		{ .name = "account.lang", .expr = "a.lang" },
		{ .name = "account.created", .expr =
		  "strftime('%Y', a.created_at / 1000, 'unixepoch')" },
		{ .name = "account.verified", .expr =
		  "CASE a.verified WHEN 0 THEN 'no' WHEN 1 THEN 'yes' END" },
		{ .name = "account.trick", .expr =
		  "claque_badge(a.handle, a.display_name, a.bio, a.location)" },
		{ .name = "account.look", .expr = "CASE WHEN " LOOKS_LIKE("a.id") " IS NOT NULL"
		  " THEN 'like another' END" },
		{ .name = "account.handle", .from = "handle_use u", .key = "u.account", .expr =
		  "CASE WHEN u.holders > 1 THEN 're-used' ELSE 'several' END" },
		{ .name = "account.tag", TAGS_ON("2") },
		STATUS_OF("2", "a.id"),
		{ .name = "topic", .from = ACCOUNT_TOPICS, .key = "x.account", .expr = "t.name",
		  .where = "1" },
	},
	[LIST_SOURCES] = OBJECT_FACETS,
	[LIST_HASHTAGS] = NAMED_FACETS,
	[LIST_SITES] = NAMED_FACETS,
	[LIST_SHARERS] = GROUP_FACETS("a.id"),
	[LIST_MOVERS] = GROUP_FACETS("a.id"),
	[LIST_NEIGHBOURS] = GROUP_FACETS("n.other"),
	[LIST_MATCHES] = {
		{ .name = "match.how", .expr = TERM("match_how", "x.how") },
		INDICATOR_CONDITIONS
	},
	[LIST_REUSED] = HANDLE_FACETS,
	[LIST_HANDLES] = HANDLE_FACETS,
	[LIST_INNOCENTS] = {
		{ .name = "innocent.explanation", .expr = "e.signal" },
	},
	[LIST_EVENTS] = {
		{ .name = "event.file", .expr = "v.file" },
		{ .name = "event.year", .expr = "strftime('%Y', v.at / 1000, 'unixepoch')" },
	},
	[LIST_POSTS] = {
		{ .name = "kind", .expr = TERM("post_kind", "p.kind") },
		{ .name = "lang", .expr = "p.lang" },
		{ .name = "topic", .from = POST_TOPICS, .key = "y.post", .expr = "y.name",
		  .where = "1" },
		{ .name = "account.cluster", .expr = CLUSTER_OF("p.account") },
		{ .name = "account.platform", .expr = PLATFORM_OF("p.account") },
		{ .name = "post.client", .expr = "p.client" },
		{ .name = "post.trick", .expr = "claque_badge(p.text)" },
		{ .name = "post.tag", TAGS_ON("4") },
		STATUS_OF("4", "p.id"),
	},
	[LIST_CHANGES] = {
		{ .name = "change.field", .expr = "h.field" },
		{ .name = "change.basis", .expr =
		  "CASE WHEN h.after_at IS NULL THEN 'told' ELSE 'two looks' END" },
		{ .name = "change.trick", .expr = "claque_badge(h.new_value, h.old_value)" },
		{ .name = "account.cluster", .expr = CLUSTER_OF("h.account") },
		{ .name = "account.platform", .expr = PLATFORM_OF("h.account") },
		STATUS_OF("5", "h.id"),
	},
	[LIST_EVIDENCE] = {
		{ .name = "reason.side", .expr = "e.kind" },
		{ .name = "reason.axis", .expr = TERM("axis", "e.axis") },
		{ .name = "reason.signal", .expr = "e.signal" },
	},
	[LIST_INDICATORS] = INDICATOR_FACETS,
	[LIST_NOTES] = {
		{ .name = "note.kind", .expr = TERM("annotation_kind", "n.kind") },
		{ .name = "note.who", .expr = "n.who" },
		{ .name = "note.says", .expr = "n.word" },
		{ .name = "note.about", .expr = TERM("subject", "n.target_kind") },
		{ .name = "note.colour", .expr = "n.colour" },
	},
	[LIST_CLAIMS] = {
		{ .name = "claim.part", .expr = "CASE n.kind WHEN 5 THEN 'claim' ELSE n.word END" },
		{ .name = "claim.likelihood", .expr = "CASE n.kind WHEN 5 THEN n.word ELSE '' END" },
		{ .name = "claim.who", .expr = "n.who" },
	},
	[LIST_ACH] = {
		{ .name = "ach.hypothesis", .expr = "y.key" },
		{ .name = "ach.rating", .expr = "r.confidence" },
	},
	[LIST_LEDGER] = {
		{ .name = "act.kind", .expr = "l.action" },
		{ .name = "act.who", .expr = "l.who" },
	},
};

size_t
list_facets(enum list_id list)
{
	size_t n = 0;

	while (n < FACETS_MAX && facets[list][n].name != NULL)
		n++;
	return n;
}

const char *
list_facet_name(enum list_id list, size_t at)
{
	return facets[list][at].name;
}

const char *
list_facet_title(enum list_id list, size_t at)
{
	const char *dot = strchr(facets[list][at].name, '.');

	return dot != NULL ? dot + 1 : facets[list][at].name;
}

const struct facet_def *
facet_find(enum list_id list, struct claque_str name)
{
	for (size_t i = 0; i < list_facets(list); i++)
		if (str_eq(name, str_of(facets[list][i].name)))
			return &facets[list][i];
	return NULL;
}

bool
list_facet_known(struct claque_str name)
{
	for (unsigned i = 0; i < LIST_COUNT; i++)
		if (facet_find((enum list_id)i, name) != NULL)
			return true;
	return false;
}

/* One value: the row has it, or, for "", has none. */
static void
add_value(struct buf *sql, const struct facet_def *f, const char *id, int parameter, bool none)
{
	if (f->from == NULL && none) {
		buf_addf(sql, "coalesce(%s, '') = ''", f->expr);
		return;
	}
	if (f->from == NULL) {
		buf_addf(sql, "%s = ?%d", f->expr, parameter);
		return;
	}
	buf_addf(sql, "%sEXISTS (SELECT 1 FROM %s WHERE %s = %s AND %s", none ? "NOT " : "",
		 f->from, f->key, id, f->where);
	if (none)
		buf_addf(sql, " AND %s <> '')", f->expr);
	else
		buf_addf(sql, " AND %s = ?%d)", f->expr, parameter);
}

void
facet_conditions(struct buf *sql, const struct list_query *q, const char *id)
{
	const struct lens *lens = &q->lens;

	for (unsigned i = 0; i < lens->facet_count; i++) {
		struct claque_str name = str_of(lens->facets[i].name);
		const struct facet_def *f = facet_find(q->list, name);
		bool first = true;

		for (unsigned k = 0; k < i; k++)
			first = first && !str_eq(name, str_of(lens->facets[k].name));
		if (f == NULL || !first)
			continue;
		buf_addz(sql, " AND (");
		for (unsigned k = i; k < lens->facet_count; k++) {
			if (!str_eq(name, str_of(lens->facets[k].name)))
				continue;
			buf_addz(sql, k > i ? " OR " : "");
			add_value(sql, f, id, P_FACET + (int)k, lens->facets[k].value[0] == '\0');
		}
		buf_addc(sql, ')');
	}
}

/* " o.id IN (the ids of the sample)", of a list whose highest id is this. */
static void
add_sample(struct buf *extra, const struct list_query *q, int64_t highest)
{
	int64_t ids = FACET_SAMPLE * (list_is_narrowed(q) ? NARROWED : 1);
	int64_t step = highest / (ids / RUN_IDS);

	buf_addf(extra, "%s IN (WITH RECURSIVE n(k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM n"
		 " WHERE k + 1 < %lld) SELECT 1 + k / %d * %lld + k %% %d FROM n)",
		 list_defs[q->list].id, (long long)ids, RUN_IDS,
		 (long long)(step > RUN_IDS ? step : RUN_IDS), RUN_IDS);
	buf_addc(extra, '\0');
}

/* extra: as of list_compose(). */
static void
compose_counts(struct buf *sql, const struct list_query *q, const struct facet_def *f,
	       const char *extra)
{
	buf_addf(sql, "WITH rows(i, v) AS MATERIALIZED (SELECT %s, %s", list_defs[q->list].id,
		 f->from == NULL ? f->expr : "NULL");
	list_compose(sql, q, false, extra);
	buf_addz(sql, "), ");
	if (f->from == NULL)
		buf_addz(sql, "found(i, v) AS (SELECT i, coalesce(v, '') FROM rows) ");
	else
		buf_addf(sql, "found(i, v) AS (SELECT DISTINCT rows.i, coalesce(x.v, '') FROM rows"
			 " LEFT JOIN (SELECT %s AS k, %s AS v FROM %s WHERE %s) x"
			 " ON x.k = rows.i) ",
			 f->key, f->expr, f->from, f->where);
	buf_addz(sql, "SELECT v, count(*), (SELECT count(*) FROM rows)"
		 " FROM found GROUP BY v ORDER BY 2 DESC, 1");
	buf_addc(sql, '\0');
}

static enum claque_rc
read_counts(struct store *s, sqlite3_stmt *st, size_t limit, struct arena *perm,
	    struct facet_counts *out, struct claque_err *err)
{
	enum claque_rc rc;

	out->values = ARENA_NEW(perm, struct facet_value, limit);
	while ((rc = stmt_step(s, st, err)) == CLAQUE_OK) {
		out->distinct += column_str(st, 0).len > 0;
		out->rows = column_i64(st, 2, 0);
		if (out->got == limit)
			continue;
		out->values[out->got].value = str_dup(perm, column_str(st, 0));
		out->values[out->got++].count = column_i64(st, 1, 0);
	}
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

/* Of the whole list where it is a table; that is told at once. */
static enum claque_rc
highest_id(struct store *s, const struct list_query *q, int64_t *out, struct claque_err *err)
{
	sqlite3_value *const none[LIST_KEYS_MAX] = { NULL };
	struct list_query whole = *q;
	struct buf sql;
	enum claque_rc rc;

	if (!list_defs[q->list].rows_by_subject) {
		whole.subject = (struct subject){ SUBJECT_none, 0 };
		whole.lens = lens_open();
	}
	buf_init(&sql, SQL_MAX);
	buf_addf(&sql, "SELECT max(%s)", list_defs[q->list].id);
	list_compose(&sql, &whole, false, NULL);
	rc = list_number(s, &sql, &whole, 0, none, out, err);
	buf_done(&sql);
	return rc;
}

/* Are there more rows than are counted? With `among`, nobody waits for the answer. */
static enum claque_rc
is_too_long(struct store *s, const struct list_query *q, bool *out, struct claque_err *err)
{
	int64_t rows = FACET_ROWS_MAX + 1;
	enum claque_rc rc = CLAQUE_OK;

	if (q->among == 0)
		rc = list_count(s, q, FACET_ROWS_MAX, &rows, err);
	*out = rows > FACET_ROWS_MAX;
	return rc;
}

static enum claque_rc
count_values(struct store *s, const struct list_query *q, const struct facet_def *f,
	     const char *extra, size_t limit, struct arena *perm, struct facet_counts *out,
	     struct claque_err *err)
{
	sqlite3_stmt *st;
	struct buf sql;
	enum claque_rc rc;

	buf_init(&sql, SQL_MAX);
	compose_counts(&sql, q, f, extra);
	rc = list_prepare(s, &sql, q, &st, err);
	if (rc == CLAQUE_OK)
		rc = read_counts(s, st, limit, perm, out, err);
	(void)sqlite3_finalize(st);
	buf_done(&sql);
	return rc;
}

enum claque_rc
list_facet_counts(struct store *s, const struct list_query *q, size_t at, size_t limit,
		  struct arena *perm, struct facet_counts *out, struct claque_err *err)
{
	const struct facet_def *f = &facets[q->list][at];
	struct list_query others = *q;
	int64_t highest = 0;
	struct buf extra;
	bool sample;
	enum claque_rc rc;

	*out = (struct facet_counts){ .all = true };
	lens_without(&others.lens, str_of(f->name));
	others.sort = -1;
	rc = is_too_long(s, &others, &sample, err);
	others.among = 0;
	if (rc == CLAQUE_OK && sample)
		rc = highest_id(s, &others, &highest, err);
	if (rc != CLAQUE_OK)
		return rc;
	buf_init(&extra, SQL_MAX);
	if (sample)
		add_sample(&extra, &others, highest);
	rc = count_values(s, &others, f, sample ? extra.p : NULL, limit, perm, out, err);
	out->all = !sample;
	buf_done(&extra);
	return rc;
}
