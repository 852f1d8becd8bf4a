/*
 * matrix.c - sources times accounts. Each cell is two probes of the index by
 * account and source, so that a source that half the world shares costs no more
 * than one that nobody else does.
 */
#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "base/err.h"
#include "store/facet_def.h"
#include "store/picture_impl.h"

/* Of so many, by number of members, those that tell most are chosen. */
enum { RANKED_MAX = 512 };

_Static_assert(CLAQUE_OBJECT_domain == 2 && CLAQUE_OBJECT_hashtag == 3, "kinds below");

struct ranked {
	int64_t id, everybody;
	uint32_t group;
	bool common;			/* a domain or a hashtag */
	double tells;
};

struct reading {
	struct store *s;
	const struct group *group;
	const struct lens *lens;
	struct buf json;
};

void
shares_sql(struct buf *sql, const struct lens *lens, enum shares_of of)
{
	struct list_query posts = { .list = LIST_POSTS, .lens = *lens, .sort = -1 };

	buf_addf(sql, " FROM json_each(?%d) j CROSS JOIN share s ON s.account = j.value",
		 of == SHARES_OF_SECOND ? P_VALUE : P_SET);
	if (of == SHARES_OF_SOURCE)
		buf_addf(sql, " AND s.source = ?%d", P_ROW);
	if (lens->kinds != 0 || lens->lang[0] != '\0' || lens->text[0] != '\0' ||
	    lens->facet_count > 0)
		buf_addz(sql, " CROSS JOIN post p ON p.id = s.post");
	buf_addz(sql, " WHERE 1");
	if (lens->from != INT64_MIN)
		buf_addf(sql, " AND s.at >= ?%d", P_FROM);
	if (lens->to != INT64_MAX)
		buf_addf(sql, " AND s.at < ?%d", P_TO);
	if (lens->kinds != 0)
		buf_addf(sql, " AND (1 << p.kind) & ?%d", P_KINDS);
	if (lens->lang[0] != '\0')
		buf_addf(sql, " AND p.lang = ?%d", P_LANG);
	if (lens->text[0] != '\0')
		buf_addf(sql, " AND claque_match(?%d, p.text)", P_TEXT);
	facet_conditions(sql, &posts, "p.id");
}

void
shares_bind(sqlite3_stmt *st, const struct lens *lens, struct claque_str group)
{
	bind_str(st, P_SET, group);
	bind_i64(st, P_FROM, lens->from);
	bind_i64(st, P_TO, lens->to);
	bind_i64(st, P_KINDS, lens->kinds);
	bind_str(st, P_LANG, str_of(lens->lang));
	bind_str(st, P_TEXT, str_of(lens->text));
	for (unsigned i = 0; i < lens->facet_count; i++)
		bind_str(st, P_FACET + (int)i, str_of(lens->facets[i].value));
}

static int
best_first(const void *x, const void *y)
{
	const struct ranked *a = x, *b = y;

	if (a->tells != b->tells)
		return a->tells > b->tells ? -1 : 1;
	if (a->group != b->group)
		return a->group > b->group ? -1 : 1;
	return (a->id > b->id) - (a->id < b->id);
}

static enum claque_rc
read_ranked(struct reading *r, struct ranked *out, size_t *count, struct claque_err *err)
{
	int64_t all = 0;
	sqlite3_stmt *st = NULL;
	struct buf sql;
	enum claque_rc rc = store_number(r->s, "SELECT max(id) FROM account", 0, &all, err);

	*count = 0;
	buf_init(&sql, PICTURE_SQL_MAX);
	buf_addz(&sql, "SELECT o.id, g.n, o.account_count, o.kind FROM (SELECT s.source AS source,"
		 " count(DISTINCT s.account) AS n");
	shares_sql(&sql, r->lens, SHARES_OF_SET);
	buf_addf(&sql, " GROUP BY s.source ORDER BY n DESC, s.source LIMIT %d) g"
		 " CROSS JOIN source o ON o.id = g.source", RANKED_MAX);
	buf_addc(&sql, '\0');
	if (rc == CLAQUE_OK)
		rc = stmt_prepare(r->s, sql.p, &st, err);
	if (rc == CLAQUE_OK)
		shares_bind(st, r->lens, buf_str(&r->json));
	while (rc == CLAQUE_OK && *count < RANKED_MAX &&
	       (rc = stmt_step(r->s, st, err)) == CLAQUE_OK) {
		struct ranked *next = &out[(*count)++];
		int64_t kind = column_i64(st, 3, 0), everybody = column_i64(st, 2, 1);

		*next = (struct ranked){
			.id = column_i64(st, 0, 0), .group = (uint32_t)column_i64(st, 1, 0),
			.everybody = everybody,
			.common = kind == CLAQUE_OBJECT_domain || kind == CLAQUE_OBJECT_hashtag,
		};
		next->tells = next->group * log((double)(all + 1) /
						(double)(everybody > 0 ? everybody : 1));
	}
	(void)sqlite3_finalize(st);
	buf_done(&sql);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

/* Best first, at most limit; returns how many. */
static size_t
choose(struct ranked *all, size_t count, size_t limit)
{
	bool other = false;
	size_t kept = 0;

	for (size_t i = 0; i < count; i++)
		other |= !all[i].common && all[i].group >= 2;
	for (size_t i = 0; i < count; i++)
		if (!other || !all[i].common)
			all[kept++] = all[i];
	qsort(all, kept, sizeof(*all), best_first);
	return kept < limit ? kept : limit;
}

static enum claque_rc
read_cells(struct reading *r, struct matrix *m, struct claque_err *err)
{
	sqlite3_stmt *st = NULL;
	struct buf sql;
	enum claque_rc rc;

	buf_init(&sql, PICTURE_SQL_MAX);
	buf_addz(&sql, "SELECT s.account, min(s.at), s.post, count(*)");
	shares_sql(&sql, r->lens, SHARES_OF_SOURCE);
	buf_addz(&sql, " GROUP BY s.account");
	buf_addc(&sql, '\0');
	rc = stmt_prepare(r->s, sql.p, &st, err);
	buf_done(&sql);
	for (size_t i = 0; rc == CLAQUE_OK && i < m->source_count; i++) {
		shares_bind(st, r->lens, buf_str(&r->json));
		bind_i64(st, P_ROW, m->sources[i].id);
		while ((rc = stmt_step(r->s, st, err)) == CLAQUE_OK) {
			size_t at = group_find(r->group, column_i64(st, 0, 0));

			if (at == m->account_count)
				continue;
			m->cells[i * m->account_count + at] = (struct matrix_cell){
				column_i64(st, 1, CLAQUE_NO_TIME), column_i64(st, 2, 0),
				(uint32_t)column_i64(st, 3, 0) };
		}
		rc = rc == CLAQUE_DONE ? CLAQUE_OK : rc;
		(void)sqlite3_reset(st);
	}
	(void)sqlite3_finalize(st);
	return rc;
}

/* Who was first, who shared how many: from the cells. */
static void
sum_up(struct matrix *m)
{
	for (size_t i = 0; i < m->source_count; i++) {
		struct matrix_source *source = &m->sources[i];

		source->first = CLAQUE_NO_TIME;
		source->leader = m->account_count;
		for (size_t k = 0; k < m->account_count; k++) {
			const struct matrix_cell *c = &m->cells[i * m->account_count + k];

			m->accounts[k].sources += c->shares > 0;
			if (c->shares > 0 && c->first != CLAQUE_NO_TIME &&
			    (source->first == CLAQUE_NO_TIME || c->first < source->first)) {
				source->first = c->first;
				source->leader = k;
			}
		}
	}
}

static enum claque_rc
name_all(struct store *s, struct matrix *m, struct arena *perm, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 0; rc == CLAQUE_OK && i < m->source_count; i++)
		rc = list_subject_name(s, (struct subject){ SUBJECT_source, m->sources[i].id },
				       perm, &m->sources[i].key, err);
	for (size_t i = 0; rc == CLAQUE_OK && i < m->account_count; i++)
		rc = list_subject_name(s, (struct subject){ SUBJECT_account, m->accounts[i].id },
				       perm, &m->accounts[i].name, err);
	return rc;
}

static void
set_up(struct matrix *m, const struct group *group, const struct ranked *ranked, size_t count,
       struct arena *perm)
{
	*m = (struct matrix){ .source_count = count, .account_count = group->count,
			      .account_whole = group->whole };
	m->sources = ARENA_NEW(perm, struct matrix_source, count + 1);
	m->accounts = ARENA_NEW(perm, struct matrix_account, group->count + 1);
	m->cells = ARENA_NEW(perm, struct matrix_cell, count * group->count + 1);
	for (size_t i = 0; i < count; i++)
		m->sources[i] = (struct matrix_source){ .id = ranked[i].id,
							.everybody = ranked[i].everybody,
							.group = ranked[i].group };
	for (size_t i = 0; i < group->count; i++)
		m->accounts[i] = (struct matrix_account){ .id = group->accounts[i] };
	for (size_t i = 0; i < count * group->count; i++)
		m->cells[i] = (struct matrix_cell){ .first = CLAQUE_NO_TIME };
}

enum claque_rc
matrix_read(struct store *s, const struct group *group, const struct lens *lens, size_t limit,
	    struct arena *perm, struct matrix *out, struct claque_err *err)
{
	struct reading r = { .s = s, .group = group, .lens = lens };
	struct ranked *ranked = calloc(RANKED_MAX, sizeof(*ranked));
	size_t count;
	enum claque_rc rc;

	*out = (struct matrix){ 0 };
	if (ranked == NULL)
		base_oom();
	buf_init(&r.json, GROUP_JSON_MAX);
	group_json(&r.json, group);
	rc = read_ranked(&r, ranked, &count, err);
	if (rc == CLAQUE_OK) {
		count = choose(ranked, count, limit < MATRIX_SOURCES_MAX ? limit :
			       MATRIX_SOURCES_MAX);
		set_up(out, group, ranked, count, perm);
		rc = read_cells(&r, out, err);
	}
	if (rc == CLAQUE_OK) {
		sum_up(out);
		rc = name_all(s, out, perm, err);
	}
	buf_done(&r.json);
	free(ranked);
	return rc;
}
