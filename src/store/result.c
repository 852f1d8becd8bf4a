/*
 * result.c - a run of the engine into the case, whole or not at all.
 *
 * Totals of a cluster (posts, sources) are counted here once, from its
 * members' rows, so that the list of clusters costs nothing to show. Scores of
 * the last run are kept on the accounts too: their index gives the order of
 * the list of accounts.
 */
#include "config.h"

#include "store/result.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "store/stmt.h"

enum { WHY_SIGNALS = 3, WHY_BYTES_MAX = 400 };

struct saver {
	struct store *s;
	const struct result_input *in;
	int64_t run, cluster, evidence, edge, place;
	struct claque_err *err;
};

/* A statement made and run once with what bind() puts in. */
static enum claque_rc
run_once(struct saver *v, const char *sql, void (*bind)(struct saver *v, sqlite3_stmt *st))
{
	sqlite3_stmt *st;
	enum claque_rc rc;

	rc = stmt_prepare(v->s, sql, &st, v->err);
	if (rc != CLAQUE_OK)
		return rc;
	bind(v, st);
	rc = stmt_run(v->s, st, v->err);
	(void)sqlite3_finalize(st);
	return rc;
}

/* NULL for 0, which stands for what is not told. */
static void
bind_number(sqlite3_stmt *st, int index, uint64_t n)
{
	bind_count(st, index, n == 0 ? -1 : (int64_t)n);
}

/* NULL for a mean over nothing. */
static void
bind_mean(sqlite3_stmt *st, int index, double mean, uint32_t of)
{
	if (of > 0)
		bind_real(st, index, mean);
	else
		bind_count(st, index, -1);
}

static void
bind_surrogates(sqlite3_stmt *st, int index, const struct claque_surrogates *s)
{
	bind_number(st, index, s->worlds);
	bind_number(st, index + 1, s->accounts);
	bind_mean(st, index + 2, s->groups, s->worlds);
	bind_mean(st, index + 3, s->largest, s->worlds);
}

static void
bind_run(struct saver *v, sqlite3_stmt *st)
{
	const struct claque_score_settings *set = v->in->settings;

	bind_i64(st, 1, v->in->started);
	bind_i64(st, 2, v->in->ended);
	bind_str(st, 3, STR(PACKAGE_VERSION));
	bind_real(st, 4, set->prior);
	bind_real(st, 5, set->fdr);
	bind_i64(st, 6, set->object_cap);
	bind_i64(st, 7, set->min_accounts);
	bind_real(st, 8, set->lead_score);
	bind_i64(st, 9, (int64_t)set->seed);
	bind_i64(st, 10, set->threads);
	bind_i64(st, 11, (int64_t)v->in->result->hot_objects);
	bind_i64(st, 12, (int64_t)v->in->result->hot_shares);
	bind_i64(st, 13, (int64_t)v->in->result->undated_shares);
	bind_str(st, 14, v->in->settings_json);
	bind_i64(st, 15, (int64_t)v->in->account_count);
	bind_number(st, 16, v->in->share_count);
	bind_number(st, 17, v->in->post_count);
	bind_surrogates(st, 18, &v->in->result->surrogates);
}

static void
bind_only_run(struct saver *v, sqlite3_stmt *st)
{
	bind_i64(st, 1, v->run);
}

static enum claque_rc
save_run(struct saver *v)
{
	enum claque_rc rc;

	rc = run_once(v, "INSERT INTO run(started_at, ended_at, version, prior, fdr, object_cap,"
		      " min_accounts, lead_score, seed, threads, hot_objects, hot_shares,"
		      " undated_shares, settings, accounts, shares, posts, surrogate_worlds,"
		      " surrogate_accounts, surrogate_groups, surrogate_largest) VALUES(?1, ?2,"
		      " ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,"
		      " ?19, ?20, ?21)", bind_run);
	v->run = sqlite3_last_insert_rowid(v->s->db);
	return rc;
}

static int64_t
account_id(const struct saver *v, uint32_t account)
{
	return v->in->account_ids[account];
}

static enum claque_rc
save_edges(struct saver *v)
{
	const struct claque_result *r = v->in->result;
	sqlite3_stmt *st;
	enum claque_rc rc;

	rc = stmt_prepare(v->s, "INSERT INTO edge(run, signal, window_s, a, b, weight, pairs,"
			  " expected, p, q, first_seen, last_seen, median_lag_s, leader, log10_p,"
			  " timing_expected, timing_p) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9,"
			  " ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
			  &st, v->err);
	for (size_t i = 0; rc == CLAQUE_OK && i < r->edge_count; i++) {
		const struct claque_edge *e = &r->edges[i];

		bind_i64(st, 1, v->run);
		bind_str(st, 2, str_of(claque_signal_info(r->edge_signals[i])->name));
		bind_i64(st, 3, r->edge_windows[i]);
		bind_i64(st, 4, account_id(v, e->a));
		bind_i64(st, 5, account_id(v, e->b));
		bind_i64(st, 6, e->weight);
		bind_i64(st, 7, e->pairs);
		bind_real(st, 8, e->expected);
		bind_real(st, 9, e->p);
		bind_real(st, 10, e->q);
		bind_time(st, 11, e->first_seen);
		bind_time(st, 12, e->last_seen);
		bind_i64(st, 13, e->median_lag_s);
		bind_count(st, 14, e->leader == CLAQUE_NO_LEADER ? -1 : account_id(v, e->leader));
		bind_real(st, 15, e->log10_p);
		bind_real(st, 16, e->timing_expected);
		bind_real(st, 17, e->timing_p);
		rc = stmt_run(v->s, st, v->err);
	}
	(void)sqlite3_finalize(st);
	return rc;
}

static void
bind_parts(sqlite3_stmt *st, int index, const struct claque_account_parts *parts)
{
	bind_real(st, index, (double)parts->coordination);
	bind_real(st, index + 1, (double)parts->deception);
	bind_real(st, index + 2, (double)parts->collective);
	bind_real(st, index + 3, (double)parts->overtness);
}

/* Parameters that are not bound are NULL. */
static enum claque_rc
save_scores(struct saver *v)
{
	const struct claque_account_parts *parts = v->in->result->account_parts;
	sqlite3_stmt *st;
	enum claque_rc rc;

	rc = stmt_prepare(v->s, "INSERT INTO account_score(run, account, score, coordination,"
			  " deception, collective, overtness) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
			  &st, v->err);
	for (size_t i = 0; rc == CLAQUE_OK && i < v->in->account_count; i++) {
		bind_i64(st, 1, v->run);
		bind_i64(st, 2, v->in->account_ids[i]);
		bind_real(st, 3, v->in->result->account_scores[i]);
		if (parts != NULL)
			bind_parts(st, 4, &parts[i]);
		rc = stmt_run(v->s, st, v->err);
	}
	(void)sqlite3_finalize(st);
	return rc;
}

/* NULL where there was nothing to be first on. */
static void
bind_firsts(sqlite3_stmt *st, int index, const struct claque_group *g,
	    const struct claque_member *m)
{
	bind_mean(st, index, m->firsts, g->common > 0 && m->role != CLAQUE_EXPOSED);
	bind_count(st, index + 1, g->common > 0 ? m->median_lag_s : CLAQUE_NO_LAG);
}

static enum claque_rc
save_members(struct saver *v, sqlite3_stmt *st, const struct claque_group *g)
{
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 0; rc == CLAQUE_OK && i < g->member_count; i++) {
		bind_i64(st, 1, v->cluster);
		bind_i64(st, 2, account_id(v, g->members[i].account));
		bind_i64(st, 3, v->run);
		bind_i64(st, 4, ++v->place);
		bind_real(st, 5, g->members[i].score);
		bind_i64(st, 6, g->members[i].role);
		bind_i64(st, 7, g->members[i].degree);
		bind_mean(st, 8, g->members[i].stability, g->members[i].looks);
		bind_i64(st, 9, g->members[i].cell);
		bind_number(st, 10, g->members[i].looks);
		bind_firsts(st, 11, g, &g->members[i]);
		rc = stmt_run(v->s, st, v->err);
	}
	return rc;
}

static enum claque_rc
save_examples(struct saver *v, sqlite3_stmt *st, const struct claque_evidence *e)
{
	const int64_t *ids = v->in->post_ids;
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 0; rc == CLAQUE_OK && i < e->row_count; i++) {
		bind_i64(st, 1, v->evidence);
		bind_i64(st, 2, (int64_t)i);
		bind_i64(st, 3, ids != NULL ? ids[e->rows[i]] : e->rows[i]);
		rc = stmt_run(v->s, st, v->err);
	}
	return rc;
}

static enum claque_rc
save_evidence(struct saver *v, sqlite3_stmt *st, const struct claque_evidence *e)
{
	enum claque_rc rc;

	bind_i64(st, 1, v->cluster);
	bind_i64(st, 2, e->axis);
	bind_str(st, 3, str_of(e->signal));
	bind_str(st, 4, str_of(e->unit));
	bind_real(st, 5, e->observed);
	bind_real(st, 6, e->expected);
	bind_real(st, 7, e->p);
	bind_i64(st, 8, (int64_t)e->n);
	bind_real(st, 9, e->log_odds);
	bind_str(st, 10, str_of(e->text));
	bind_number(st, 11, e->popularity);
	bind_mean(st, 12, e->surrogate, e->worlds);
	bind_str(st, 13, e->log_odds < 0 ? STR("against") : STR("for"));
	bind_number(st, 14, e->worlds);
	rc = stmt_run(v->s, st, v->err);
	v->evidence = sqlite3_last_insert_rowid(v->s->db);
	return rc;
}

/* SQLite stores a score that is not a number as NULL: not tested. */
static enum claque_rc
save_innocents(struct saver *v, sqlite3_stmt *st, const struct claque_group *g)
{
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 0; rc == CLAQUE_OK && i < g->innocent_count; i++) {
		const struct claque_innocent *e = &g->innocents[i];

		bind_i64(st, 1, v->cluster);
		bind_i64(st, 2, CLAQUE_COORDINATION);
		bind_str(st, 3, str_of(e->name));
		bind_real(st, 4, e->score);
		bind_i64(st, 5, (int64_t)e->n);
		bind_str(st, 6, str_of(e->text));
		bind_str(st, 7, str_of(e->tests));
		bind_real(st, 8, e->covered);
		bind_str(st, 9, str_of(e->unexplained));
		rc = stmt_run(v->s, st, v->err);
	}
	return rc;
}

/* Names of up to WHY_SIGNALS reasons on one side of the balance, strongest first. */
static void
add_signals(struct buf *out, const struct claque_group *g, bool speaks_for, const char *lead)
{
	unsigned named = 0;

	for (size_t i = 0; i < g->evidence_count && named < WHY_SIGNALS; i++)
		if ((g->evidence[i].log_odds > 0) == speaks_for) {
			buf_addf(out, "%s%s", named++ == 0 ? lead : ", ", g->evidence[i].signal);
		}
}

/* "creation-burst, co-reshare, profile-wave ! established" */
static struct claque_str
why_line(struct buf *out, const struct claque_group *g)
{
	buf_clear(out);
	add_signals(out, g, true, "");
	add_signals(out, g, false, out->len > 0 ? " ! " : "! ");
	return buf_str(out);
}

static void
bind_leader(const struct saver *v, sqlite3_stmt *st, int index, const struct claque_group *g)
{
	bool known = g->common > 0;

	bind_number(st, index, g->worlds);
	bind_number(st, index + 1, g->common);
	bind_count(st, index + 2, known && g->leader != CLAQUE_NO_LEADER ? account_id(v, g->leader) : -1);
	bind_count(st, index + 3, known ? g->median_lag_s : CLAQUE_NO_LAG);
}

/* Figures of a split that was looked for; p 1 where there was none to test. */
static void
bind_cells(sqlite3_stmt *st, int index, const struct claque_cells *c)
{
	bind_number(st, index, c->count);
	bind_mean(st, index + 1, c->modularity, c->count);
	bind_mean(st, index + 2, c->expected, c->count);
	bind_mean(st, index + 3, c->deviation, c->count);
	bind_mean(st, index + 4, c->p, c->count);
}

enum { CROSS_LISTS = 2, CROSS_BYTES_MAX = 1000 };

struct cross {
	struct buf names[CROSS_LISTS];	/* of all such signals; of those needed */
};

/* Names of the signals whose bits are set; NULL for none. */
static void
bind_signals(sqlite3_stmt *st, int index, uint32_t bits, struct buf *names)
{
	buf_init(names, CROSS_BYTES_MAX);
	for (unsigned i = 0; i < CLAQUE_SIGNAL_COUNT; i++)
		if ((bits >> i & 1) != 0)
			buf_addf(names, "%s%s", names->len > 0 ? ", " : "",
				 claque_signal_info((enum claque_signal)i)->name);
	bind_str(st, index, names->len > 0 ? buf_str(names) : (struct claque_str){ 0 });
}

static void
bind_platforms(sqlite3_stmt *st, int index, const struct claque_community_platforms *p,
	       struct cross *signals)
{
	bind_number(st, index, p->platforms);
	bind_count(st, index + 1, p->platforms > 0 ? (int64_t)p->cross_links : -1);
	bind_signals(st, index + 2, p->signals, &signals->names[0]);
	bind_signals(st, index + 3, p->needed, &signals->names[1]);
}

static enum claque_rc
save_cluster(struct saver *v, sqlite3_stmt *st, const struct claque_group *g, size_t rank)
{
	uint32_t number = v->in->names != NULL ? v->in->names[rank - 1] : (uint32_t)rank;
	char name[32];
	struct cross signals;
	struct buf why;
	enum claque_rc rc;

	(void)snprintf(name, sizeof(name), "C%03u", number);
	buf_init(&why, WHY_BYTES_MAX);
	bind_i64(st, 1, v->run);
	bind_i64(st, 2, (int64_t)rank);
	bind_str(st, 3, str_of(name));
	bind_real(st, 4, g->score);
	for (int i = 0; i < CLAQUE_AXIS_COUNT; i++)
		bind_real(st, 5 + i, g->axes[i]);
	bind_i64(st, 8, g->lead);
	bind_str(st, 9, str_of(g->kind));
	bind_time(st, 10, g->first_seen);
	bind_time(st, 11, g->last_seen);
	bind_i64(st, 12, (int64_t)g->shares);
	bind_i64(st, 13, (int64_t)g->member_count);
	bind_str(st, 14, why_line(&why, g));
	bind_mean(st, 15, g->surrogate, g->worlds);
	bind_str(st, 16, g->disproof[0] != '\0' ? str_of(g->disproof) : (struct claque_str){ 0 });
	bind_leader(v, st, 17, g);
	bind_cells(st, 21, &g->cells);
	bind_platforms(st, 26, &g->platforms, &signals);
	rc = stmt_run(v->s, st, v->err);
	buf_done(&why);
	for (size_t i = 0; i < CROSS_LISTS; i++)
		buf_done(&signals.names[i]);
	v->cluster = sqlite3_last_insert_rowid(v->s->db);
	return rc;
}

enum { ST_CLUSTER, ST_MEMBER, ST_EVIDENCE, ST_EXAMPLE, ST_INNOCENT, ST_COUNT };

static const char *const group_sql[ST_COUNT] = {
	[ST_CLUSTER] = "INSERT INTO cluster(run, rank, name, score, coordination, deception,"
		" overtness, lead, kind, first_seen, last_seen, shares, account_count, why,"
		" surrogate, disproof, worlds, common, leader, median_lag_s, cells,"
		" cells_modularity, cells_expected, cells_deviation, cells_p, platforms,"
		" cross_edges, cross_signals, cross_needed)"
		" VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,"
		" ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29)",
	[ST_MEMBER] = "INSERT INTO member(cluster, account, run, place, score, role, degree,"
		" stability, cell, looks, firsts, median_lag_s)"
		" VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
	[ST_EVIDENCE] = "INSERT INTO evidence(cluster, axis, signal, unit, observed, expected, p,"
		" n, log_odds, text, popularity, surrogate, kind, worlds)"
		" VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
	[ST_INNOCENT] = "INSERT INTO evidence(cluster, axis, signal, unit, observed, n, log_odds,"
		" text, tests, covered, unexplained, kind)"
		" VALUES(?1, ?2, ?3, 'score', ?4, ?5, 0, ?6, ?7, ?8, ?9, 'innocent')",
	[ST_EXAMPLE] = "INSERT INTO evidence_post(evidence, place, post) VALUES(?1, ?2, ?3)",
};

static enum claque_rc
save_group(struct saver *v, sqlite3_stmt *const *st, size_t i)
{
	const struct claque_group *g = &v->in->result->groups[i];
	enum claque_rc rc;

	rc = save_cluster(v, st[ST_CLUSTER], g, i + 1);
	if (rc == CLAQUE_OK)
		rc = save_members(v, st[ST_MEMBER], g);
	for (size_t k = 0; rc == CLAQUE_OK && k < g->evidence_count; k++) {
		rc = save_evidence(v, st[ST_EVIDENCE], &g->evidence[k]);
		if (rc == CLAQUE_OK)
			rc = save_examples(v, st[ST_EXAMPLE], &g->evidence[k]);
	}
	if (rc == CLAQUE_OK)
		rc = save_innocents(v, st[ST_INNOCENT], g);
	return rc;
}

static enum claque_rc
save_groups(struct saver *v)
{
	sqlite3_stmt *st[ST_COUNT] = { NULL };
	enum claque_rc rc = CLAQUE_OK;

	for (int i = 0; rc == CLAQUE_OK && i < ST_COUNT; i++)
		rc = stmt_prepare(v->s, group_sql[i], &st[i], v->err);
	for (size_t i = 0; rc == CLAQUE_OK && i < v->in->result->group_count; i++)
		rc = save_group(v, st, i);
	for (int i = 0; i < ST_COUNT; i++)
		(void)sqlite3_finalize(st[i]);
	return rc;
}

/* Totals, from the rows just written; ?1 is the run. */
static const char *const totals[] = {
	"UPDATE cluster SET post_count = t.n FROM (SELECT m.cluster, sum(a.post_count) AS n"
	" FROM member m JOIN account a ON a.id = m.account WHERE m.run = ?1 GROUP BY m.cluster) t"
	" WHERE cluster.id = t.cluster",
	"UPDATE cluster SET source_count = t.n FROM (SELECT m.cluster,"
	" count(DISTINCT s.source) AS n FROM member m CROSS JOIN share s ON s.account = m.account"
	" WHERE m.run = ?1 GROUP BY m.cluster) t WHERE cluster.id = t.cluster",
	"UPDATE source SET cluster_accounts = 0 WHERE cluster_accounts <> 0 AND ?1",
	"UPDATE source SET cluster_accounts = t.n FROM (SELECT s.source,"
	" count(DISTINCT s.account) AS n FROM member m CROSS JOIN share s ON s.account = m.account"
	" WHERE m.run = ?1 GROUP BY s.source) t WHERE source.id = t.source",
	"UPDATE account SET score = 0 WHERE score <> 0 AND NOT EXISTS"
	" (SELECT 1 FROM account_score t WHERE t.run = ?1 AND t.account = account.id)",
	"UPDATE account SET score = t.score FROM account_score t"
	" WHERE t.run = ?1 AND t.account = account.id AND account.score <> t.score",
};

static enum claque_rc
save_all(struct saver *v)
{
	enum claque_rc rc;

	rc = save_run(v);
	if (rc == CLAQUE_OK)
		rc = save_edges(v);
	if (rc == CLAQUE_OK)
		rc = save_scores(v);
	if (rc == CLAQUE_OK)
		rc = save_groups(v);
	if (rc == CLAQUE_OK)
		rc = finding_save(v->s, v->run, &v->in->findings, v->err);
	for (size_t i = 0; rc == CLAQUE_OK && i < sizeof(totals) / sizeof(*totals); i++)
		rc = run_once(v, totals[i], bind_only_run);
	return rc;
}

enum claque_rc
result_last(struct store *s, int64_t *run, struct claque_err *err)
{
	return store_number(s, "SELECT max(id) FROM run", 0, run, err);
}

enum claque_rc
result_save(struct store *s, const struct result_input *in, int64_t *run, struct claque_err *err)
{
	struct saver v = { .s = s, .in = in, .err = err };
	bool joins = s->in_transaction;
	enum claque_rc rc;

	*run = 0;
	/* Edges go into three indexes at random places, which must stay in memory. */
	rc = store_exec(s, "PRAGMA cache_size = -65536", err);
	if (rc == CLAQUE_OK && !joins)
		rc = store_begin(s, err);
	if (rc == CLAQUE_OK)
		rc = save_all(&v);
	if (rc == CLAQUE_OK && !joins)
		rc = store_commit(s, err);
	if (rc == CLAQUE_OK)
		*run = v.run;
	else if (!joins)
		store_rollback(s);
	(void)sqlite3_exec(s->db, "PRAGMA cache_size = -2000", NULL, NULL, NULL);
	return rc;
}

/* The number in a cluster's name. */
#define NAME_NUMBER "CAST(substr(name, 2) AS INTEGER)"

enum claque_rc
result_members(struct store *s, bool (*each)(void *ctx, const struct result_member *member),
	       void *ctx, struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc;
	bool go = true;

	rc = stmt_prepare(s, "SELECT m.account, c.rank, " NAME_NUMBER " FROM cluster c"
			  " JOIN member m ON m.cluster = c.id"
			  " WHERE c.run = (SELECT max(id) FROM run) ORDER BY c.rank, m.account",
			  &st, err);
	while (rc == CLAQUE_OK && go && (rc = stmt_step(s, st, err)) == CLAQUE_OK) {
		struct result_member member = { column_i64(st, 0, 0),
			(uint32_t)column_i64(st, 1, 0), (uint32_t)column_i64(st, 2, 0) };

		go = each(ctx, &member);
	}
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc == CLAQUE_OK ? CLAQUE_STOPPED : rc;
}

enum claque_rc
result_last_name(struct store *s, uint32_t *out, struct claque_err *err)
{
	int64_t last;
	enum claque_rc rc = store_number(s, "SELECT max(" NAME_NUMBER ") FROM cluster", 0, &last,
					 err);

	*out = rc == CLAQUE_OK ? (uint32_t)last : 0;
	return rc;
}
