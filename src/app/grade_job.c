#include "config.h"

#include "app/grade_job.h"

#include <math.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "app/grade_part.h"
#include "app/table_file.h"
#include "app/value.h"
#include "base/err.h"
#include "base/map.h"
#include "scenario/grade.h"
#include "store/annotation.h"
#include "store/list.h"

enum { ROOM = 1 << 28, COLUMNS = 5 };

static const struct column columns[COLUMNS] = {
	{ .name = "measure", .title = "measure", .form = FORM_TEXT, .min = 12, .ideal = 24 },
	{ .name = "kind", .title = "kind", .form = FORM_TEXT, .min = 8, .ideal = 14 },
	{ .name = "value", .title = "value", .form = FORM_REAL, .min = 6, .ideal = 8 },
	{ .name = "n", .title = "n", .form = FORM_COUNT, .min = 6, .ideal = 8 },
	{ .name = "of", .title = "of", .form = FORM_COUNT, .min = 6, .ideal = 8 },
};

const char grade_operation[] = "operation", grade_spam[] = "spam";

/* --- rows out */

static struct value
figure(double x)
{
	return isnan(x) ? (struct value){ 0 } : value_real(x);
}

static void
put(struct grader *g, const char *measure, struct claque_str kind, double value, uint64_t n,
    uint64_t of)
{
	struct value values[COLUMNS] = { value_str(str_of(measure)), value_str(kind),
					 figure(value) };

	if (kind.len == 0 && g->figure_count < GRADE_FIGURES)
		g->figures[g->figure_count++] = (struct grade_figure){ measure, value };
	if (of > 0) {
		values[3] = value_int((int64_t)n);
		values[4] = value_int((int64_t)of);
	}
	(void)g->sink->each(g->sink->ctx, &(struct row){ g->row++, values });
}

void
grade_put_share(struct grader *g, const char *measure, const char *kind, uint64_t n, uint64_t of)
{
	put(g, measure, str_of(kind), of > 0 ? (double)n / (double)of : (double)NAN, n, of);
}

void
grade_put_figure(struct grader *g, const char *measure, double value)
{
	put(g, measure, STR(""), value, 0, 0);
}

double
grade_find(const struct grader *g, const char *measure)
{
	for (size_t i = 0; i < g->figure_count; i++)
		if (strcmp(g->figures[i].measure, measure) == 0)
			return g->figures[i].value;
	return (double)NAN;
}

/* --- the truth, and what is said */

static enum claque_rc
take_truth(void *ctx, const struct claque_str *cells, uint64_t row, struct claque_err *err)
{
	struct grader *g = ctx;
	bool is_new;
	uint32_t n = map_add(&g->ids, cells[0], &is_new);

	if (!is_new)
		return err_set(err, CLAQUE_EINPUT, "truth, row %llu: account " STR_FMT " twice",
			       (unsigned long long)row, STR_ARG(cells[0]));
	GROW(g->accounts, g->cap, g->ids.count);
	g->accounts[n] = (struct account){
		.score = -HUGE_VAL, .cluster = MAP_NONE,
		.group = map_add(&g->groups, cells[1], NULL),
		.kind = map_add(&g->kinds, cells[2], NULL) };
	return CLAQUE_OK;
}

/* account_id, score, cluster, lead, component. Whom the truth does not know is not graded. */
static enum claque_rc
take_score(void *ctx, const struct claque_str *cells, uint64_t row, struct claque_err *err)
{
	struct grader *g = ctx;
	uint32_t n = map_get(&g->ids, cells[0]);
	struct claque_str cluster = cells[2].len > 0 ? cells[2] : cells[4];
	double score = -HUGE_VAL;

	if (cells[1].len > 0 && !str_to_double(cells[1], &score))
		return err_set(err, CLAQUE_EINPUT, "scores, row %llu: '" STR_FMT "' is no number",
			       (unsigned long long)row, STR_ARG(str_head(cells[1], 40)));
	if (n == MAP_NONE)
		return CLAQUE_OK;
	g->accounts[n].score = score;
	if (cluster.len > 0)
		g->accounts[n].cluster = map_add(&g->clusters, cluster, NULL);
	g->accounts[n].lead = str_eq(cells[3], STR("1"));
	g->has_leads |= cells[3].len > 0;
	return CLAQUE_OK;
}

static enum said
said_by(struct claque_str status)
{
	if (str_eq(status, STR("confirmed")) || str_eq(status, STR("shared")))
		return SAID_ACCUSED;
	return str_eq(status, STR(VERDICT_CLEARED)) ? SAID_CLEARED : SAID_NOTHING;
}

/* id, status of a cluster. */
static enum claque_rc
take_cluster(struct grader *g, const struct claque_str *cells)
{
	enum said said = said_by(cells[1]);

	if (said != SAID_NOTHING)
		(void)map_add(said == SAID_ACCUSED ? &g->accused : &g->cleared, cells[0], NULL);
	return CLAQUE_OK;
}

/* account_id, status, cluster: one's own verdict before that of the cluster. */
static void
take_status(struct grader *g, const struct claque_str *cells)
{
	uint32_t n = map_get(&g->ids, cells[0]);
	enum said said = said_by(cells[1]);

	if (n == MAP_NONE)
		return;
	if (said == SAID_NOTHING && map_get(&g->accused, cells[2]) != MAP_NONE)
		said = SAID_ACCUSED;
	if (said == SAID_NOTHING && map_get(&g->cleared, cells[2]) != MAP_NONE)
		said = SAID_CLEARED;
	g->accounts[n].said = said;
}

static const char *const score_columns[] = { "account_id", "score", "cluster", "lead",
					     "component" };

static const char *const status_columns[] = { "account_id", "status", "cluster" };
static const char *const cluster_columns[] = { "id", "status" };

enum { CELLS = 5 };

struct walk {
	struct grader *grader;
	enum list_id list;
	const struct column *columns;
	size_t count;
	struct claque_err *err;
	enum claque_rc rc;
};

static void
pick_cells(const struct walk *w, const struct row *row, const char *const *names, size_t n,
	   struct arena *perm, struct claque_str cells[CELLS])
{
	for (size_t i = 0; i < n; i++) {
		size_t c = column_find(w->columns, w->count, str_of(names[i]));

		cells[i] = c < w->count ? value_listing(perm, &w->columns[c], &row->values[c]) :
					  STR("");
	}
}

static bool
take_listed(void *ctx, const struct row *row)
{
	struct walk *w = ctx;
	struct arena perm = w->grader->perm;
	struct claque_str cells[CELLS] = { 0 };

	if (w->list == LIST_CLUSTERS) {
		pick_cells(w, row, cluster_columns, 2, &perm, cells);
		w->rc = take_cluster(w->grader, cells);
		return w->rc == CLAQUE_OK;
	}
	pick_cells(w, row, score_columns, CELLS, &perm, cells);
	w->rc = take_score(w->grader, cells, (uint64_t)row->id, w->err);
	pick_cells(w, row, status_columns, 3, &perm, cells);
	take_status(w->grader, cells);
	return w->rc == CLAQUE_OK;
}

static enum claque_rc
read_list(struct grader *g, enum list_id list, struct claque_err *err)
{
	struct list_query query = { .list = list, .sort = -1 };
	struct walk walk = { .grader = g, .list = list, .err = err };
	enum claque_rc rc;

	walk.columns = list_columns(list, &walk.count);
	rc = list_walk(g->store, &query, take_listed, &walk, err);
	return walk.rc != CLAQUE_OK ? walk.rc : rc;
}

static enum claque_rc
read_case(struct grader *g, const char *path, struct claque_err *err)
{
	enum claque_rc rc = store_open(&g->store, path, STORE_READ, err);

	if (rc == CLAQUE_OK)
		rc = read_list(g, LIST_CLUSTERS, err);
	return rc == CLAQUE_OK ? read_list(g, LIST_ACCOUNTS, err) : rc;
}

static enum claque_rc
read_scores(struct grader *g, const char *path, struct claque_err *err)
{
	struct table_file table = { .path = path, .required = 2, .ctx = g, .each = take_score };

	for (size_t i = 0; i < sizeof(score_columns) / sizeof(*score_columns); i++)
		table.columns[i] = score_columns[i];
	return table_file_read(&table, err);
}

/* --- accounts */

bool
grade_is_kind(const struct grader *g, uint32_t account, const char *kind)
{
	return str_eq(map_key(&g->kinds, g->accounts[account].kind), str_of(kind));
}

size_t
grade_items(const struct grader *g, struct grade_item **out)
{
	struct grade_item *items = NULL;
	size_t n = 0, cap = 0;

	GROW(items, cap, (size_t)g->ids.count + 1);
	for (uint32_t i = 0; i < g->ids.count; i++)
		if (!grade_is_kind(g, i, grade_spam))
			items[n++] = (struct grade_item){ g->accounts[i].score,
				grade_is_kind(g, i, grade_operation) };
	grade_sort(items, n);
	*out = items;
	return n;
}

static void
grade_scores(struct grader *g)
{
	struct grade_item *items;
	size_t n = grade_items(g, &items);

	grade_put_figure(g, "auc", grade_auc(items, n));
	grade_put_figure(g, "average_precision", grade_average_precision(items, n));
	grade_put_figure(g, "recall_at_0.1%", grade_recall_at(items, n, 0.001));
	grade_put_figure(g, "recall_at_1%", grade_recall_at(items, n, 0.01));
	grade_put_figure(g, "best_f1", grade_best_f1(items, n));
	free(items);
}

/* All that are flagged, and of each kind who should not have been. */
static void
grade_flags(struct grader *g)
{
	struct grade_flag flag = { 0 };
	uint64_t *flagged = ARENA_NEW(&g->perm, uint64_t, g->kinds.count + 1u);
	uint64_t *all = ARENA_NEW(&g->perm, uint64_t, g->kinds.count + 1u);

	for (uint32_t i = 0; i < g->ids.count; i++) {
		all[g->accounts[i].kind]++;
		flagged[g->accounts[i].kind] += g->accounts[i].lead;
		if (grade_is_kind(g, i, grade_operation)) {
			flag.hit += g->accounts[i].lead;
			flag.missed += !g->accounts[i].lead;
		} else if (!grade_is_kind(g, i, grade_spam)) {
			flag.wrong += g->accounts[i].lead;
		}
	}
	grade_put_share(g, "lead_precision", "", flag.hit, flag.hit + flag.wrong);
	grade_put_share(g, "lead_recall", "", flag.hit, flag.hit + flag.missed);
	grade_put_figure(g, "lead_f1", grade_f1(flag));
	for (uint32_t k = 0; k < g->kinds.count; k++)
		put(g, "flagged", map_key(&g->kinds, k), (double)flagged[k] / (double)all[k],
		    flagged[k], all[k]);
}

/* Lead groups, and those of which most are neither an operation nor spam. */
static void
grade_groups(struct grader *g)
{
	int64_t *balance = ARENA_NEW(&g->perm, int64_t, g->clusters.count + 1u);
	bool *lead = ARENA_NEW(&g->perm, bool, g->clusters.count + 1u);

	for (uint32_t i = 0; i < g->ids.count; i++) {
		uint32_t cluster = g->accounts[i].cluster;

		if (cluster == MAP_NONE || !g->accounts[i].lead)
			continue;
		lead[cluster] = true;
		balance[cluster] += grade_is_kind(g, i, grade_operation) || grade_is_kind(g, i, grade_spam) ? 1 : -1;
	}
	for (uint32_t c = 0; c < g->clusters.count; c++) {
		g->lead_groups += lead[c];
		g->wrong_groups += lead[c] && balance[c] < 0;
	}
	grade_put_share(g, "wrong_lead_groups", "", g->wrong_groups, g->lead_groups);
}

/* Labels of everybody but spam; whoever is in no group is one of a heap, or alone. */
static size_t
pair_labels(const struct grader *g, bool heap, struct grade_pairing *pairs)
{
	size_t n = 0;

	for (uint32_t i = 0; i < g->ids.count; i++) {
		const struct account *a = &g->accounts[i];
		bool found = a->cluster != MAP_NONE && (a->lead || !g->has_leads);
		uint32_t none = heap ? 0 : i + 1;

		if (grade_is_kind(g, i, grade_spam))
			continue;
		pairs[n++] = (struct grade_pairing){
			grade_is_kind(g, i, grade_operation) ? g->ids.count + 1 + a->group : none,
			found ? g->ids.count + 1 + a->cluster : none };
	}
	return n;
}

/*
 * Networks against groups found; without a lead flag every group counts. The
 * heap would make any Rand index high, for it agrees with itself; single
 * accounts would do so to mutual information.
 */
static void
grade_clusters(struct grader *g)
{
	struct grade_pairing *pairs = NULL;
	size_t cap = 0;

	if (map_get(&g->kinds, str_of(grade_operation)) == MAP_NONE) {
		grade_put_figure(g, "nmi", (double)NAN);
		grade_put_figure(g, "ari", (double)NAN);
		return;
	}
	GROW(pairs, cap, (size_t)g->ids.count + 1);
	grade_put_figure(g, "nmi", grade_nmi(pairs, pair_labels(g, true, pairs)));
	grade_put_figure(g, "ari", grade_ari(pairs, pair_labels(g, false, pairs)));
	free(pairs);
}

/* --- all of it */

const char *
grade_truth_path(const char *truth, const char *name, struct arena *perm)
{
	struct claque_str dir = str_of(truth);
	struct stat st;

	if (stat(truth, &st) == 0 && S_ISDIR(st.st_mode))
		return str_fmt(perm, "%s/%s.csv", truth, name).p;
	if (strcmp(name, "truth") == 0)
		return truth;
	while (dir.len > 0 && dir.p[dir.len - 1] != '/')
		dir.len--;
	return str_fmt(perm, STR_FMT "%s.csv", STR_ARG(dir), name).p;
}

static enum claque_rc
read_all(struct grader *g, const struct grade_request *request, struct claque_err *err)
{
	struct table_file truth = { .columns = { "account_id", "group", "kind" }, .required = 3,
				    .ctx = g, .each = take_truth };
	enum claque_rc rc;

	truth.path = grade_truth_path(request->truth, "truth", &g->perm);
	rc = table_file_read(&truth, err);
	if (rc == CLAQUE_OK && request->scores != NULL)
		return read_scores(g, request->scores, err);
	if (rc == CLAQUE_OK && request->case_path != NULL)
		return read_case(g, request->case_path, err);
	return rc;
}

enum claque_rc
grade_job(const struct grade_request *request, const struct row_sink *sink, struct claque_err *err)
{
	struct arena whole = arena_new(ROOM);
	struct grader g = { .sink = sink, .perm = whole };
	struct map *const maps[] = { &g.ids, &g.kinds, &g.groups, &g.clusters, &g.accused,
				     &g.cleared };
	enum claque_rc rc;

	for (size_t i = 0; i < sizeof(maps) / sizeof(maps[0]); i++)
		map_init(maps[i]);
	rc = read_all(&g, request, err);
	if (rc == CLAQUE_OK) {
		sink->head(sink->ctx, columns, COLUMNS);
		grade_scores(&g);
		grade_flags(&g);
		grade_groups(&g);
		grade_clusters(&g);
		rc = grade_tables(&g, request, err);
	}
	if (rc == CLAQUE_OK && request->report != NULL)
		rc = grade_sheet(&g, request, err);
	for (size_t i = 0; i < sizeof(maps) / sizeof(maps[0]); i++)
		map_done(maps[i]);
	store_close(g.store);
	free(g.accounts);
	arena_free(whole);
	return rc;
}
