/*
 * grade_tables.c - twins, changes and domains: each a table of what was found
 * against a truth of its own.
 */
#include "config.h"

#include "app/grade_part.h"

#include <math.h>
#include <stdlib.h>

#include "app/identity_job.h"
#include "app/table_file.h"
#include "app/value.h"
#include "base/err.h"
#include "scenario/grade.h"

/* Rows of what the engine finds in the case, as those of a file. */
struct found {
	struct table_file table;
	size_t at[2];		/* its columns among those of the rows */
	const struct column *columns;
	size_t count;
	struct arena perm;
	enum claque_rc rc;
	struct claque_err *err;
};

static void
found_head(void *ctx, const struct column *columns, size_t count)
{
	struct found *f = ctx;

	f->columns = columns;
	f->count = count;
	for (size_t i = 0; i < 2; i++)
		f->at[i] = column_find(columns, count, str_of(f->table.columns[i]));
}

static bool
found_row(void *ctx, const struct row *row)
{
	struct found *f = ctx;
	struct arena scratch = f->perm;
	struct claque_str cells[TABLE_FILE_COLUMNS] = { 0 };

	for (size_t i = 0; i < 2 && f->at[i] < f->count; i++)
		cells[i] = value_listing(&scratch, &f->columns[f->at[i]], &row->values[f->at[i]]);
	f->rc = f->table.each(f->table.ctx, cells, (uint64_t)row->id + 1, f->err);
	return f->rc == CLAQUE_OK;
}

static enum claque_rc
find_twins(struct store *store, const struct claque_progress *progress,
	   const struct row_sink *sink, struct claque_err *err)
{
	struct claque_twins_settings settings = claque_twins_defaults();

	return identity_twins(store, &settings, progress, sink, err);
}

/* Ranked whole: all that was weighed. */
static enum claque_rc
find_makeovers(struct store *store, const struct claque_progress *progress,
	       const struct row_sink *sink, struct claque_err *err)
{
	struct claque_makeover_settings settings = claque_makeover_defaults();

	settings.min_score = 0;
	return identity_makeovers(store, &settings, progress, sink, err);
}

static enum claque_rc
find_look_alikes(struct store *store, const struct claque_progress *progress,
		 const struct row_sink *sink, struct claque_err *err)
{
	struct outlets outlets = { .domain_count = 0 };
	struct identity_hunt hunt = { .outlets = &outlets, .progress = progress };

	return identity_look_alikes(store, &hunt, sink, err);
}

/* What was found: from a table if there is one, else from the case. */
struct finder {
	const char *path;	/* of the table; NULL: none */
	enum claque_rc (*find)(struct store *store, const struct claque_progress *progress,
			       const struct row_sink *sink, struct claque_err *err);
};

static enum claque_rc
read_found(struct grader *g, const struct grade_request *request, const struct finder *finder,
	   const struct table_file *table, struct claque_err *err)
{
	struct found found = { .table = *table, .perm = g->perm, .err = err };
	struct row_sink sink = { .ctx = &found, .head = found_head, .each = found_row };
	enum claque_rc rc;

	found.table.path = finder->path;
	if (finder->path != NULL)
		return table_file_read(&found.table, err);
	rc = finder->find(g->store, request->progress, &sink, err);
	return found.rc != CLAQUE_OK ? found.rc : rc;
}

/* A report asks for all that the case can tell. */
static bool
is_asked(const struct grader *g, const struct grade_request *request, const char *path)
{
	return path != NULL || (request->report != NULL && g->store != NULL);
}

struct pairs {
	struct arena perm;
	struct map map;		/* keys */
	double *scores;		/* by key; not used for twins */
	bool *wanted, *found;
	size_t caps[3];
};

static void
pairs_room(struct pairs *p)
{
	size_t need = p->map.count;

	GROW(p->scores, p->caps[0], need);
	GROW(p->wanted, p->caps[1], need);
	GROW(p->found, p->caps[2], need);
}

static uint32_t
pairs_add(struct pairs *p, struct claque_str key)
{
	bool is_new;
	uint32_t n = map_add(&p->map, key, &is_new);

	if (is_new) {
		pairs_room(p);
		p->scores[n] = -HUGE_VAL;
		p->wanted[n] = p->found[n] = false;
	}
	return n;
}

static void
pairs_done(struct pairs *p)
{
	map_done(&p->map);
	free(p->scores);
	free(p->wanted);
	free(p->found);
}

/* A pair is the same either way round. */
static struct claque_str
pair_key(struct arena *perm, const struct claque_str *cells)
{
	bool in_order = str_cmp(cells[0], cells[1]) < 0;

	return str_fmt(perm, STR_FMT "\n" STR_FMT, STR_ARG(cells[in_order ? 0 : 1]),
		       STR_ARG(cells[in_order ? 1 : 0]));
}

static enum claque_rc
take_true_twin(void *ctx, const struct claque_str *cells, uint64_t row, struct claque_err *err)
{
	struct pairs *p = ctx;
	struct arena scratch = p->perm;
	uint32_t n = pairs_add(p, pair_key(&scratch, cells));

	(void)row;
	(void)err;
	p->wanted[n] = true;
	return CLAQUE_OK;
}

static enum claque_rc
take_found_twin(void *ctx, const struct claque_str *cells, uint64_t row, struct claque_err *err)
{
	struct pairs *p = ctx;
	struct arena scratch = p->perm;
	uint32_t n = pairs_add(p, pair_key(&scratch, cells));

	(void)row;
	(void)err;
	p->found[n] = true;
	return CLAQUE_OK;
}

static void
put_twins(struct grader *g, const struct pairs *p)
{
	struct grade_flag f = { 0 };

	for (uint32_t i = 0; i < p->map.count; i++) {
		f.hit += p->wanted[i] && p->found[i];
		f.missed += p->wanted[i] && !p->found[i];
		f.wrong += !p->wanted[i] && p->found[i];
	}
	grade_put_share(g, "twins_precision", "", f.hit, f.hit + f.wrong);
	grade_put_share(g, "twins_recall", "", f.hit, f.hit + f.missed);
	grade_put_figure(g, "twins_f1", grade_f1(f));
}

/* A truth with a label in its last column: wanted is the one, some labels are left out. */
struct labelled {
	struct pairs *pairs;
	const char *wanted;
	const char *neither[2];
};

static enum claque_rc
take_label(void *ctx, const struct claque_str *cells, uint64_t row, struct claque_err *err)
{
	struct labelled *l = ctx;
	uint32_t n;

	(void)row;
	(void)err;
	if (str_eq(cells[1], str_of(l->neither[0])) || str_eq(cells[1], str_of(l->neither[1])))
		return CLAQUE_OK;
	n = pairs_add(l->pairs, cells[0]);
	l->pairs->wanted[n] |= str_eq(cells[1], str_of(l->wanted));
	return CLAQUE_OK;
}

/* The highest score of several rows counts; what the truth does not list is not graded. */
static enum claque_rc
take_key_score(void *ctx, const struct claque_str *cells, uint64_t row, struct claque_err *err)
{
	struct pairs *p = ctx;
	uint32_t n = map_get(&p->map, cells[0]);
	double score;

	if (!str_to_double(cells[1], &score))
		return err_set(err, CLAQUE_EINPUT, "row %llu: '" STR_FMT "' is no score",
			       (unsigned long long)row, STR_ARG(str_head(cells[1], 40)));
	if (n != MAP_NONE)
		p->scores[n] = fmax(p->scores[n], score);
	return CLAQUE_OK;
}

static void
put_scored(struct grader *g, const char *auc, const char *precision, const struct pairs *p)
{
	struct grade_item *items = NULL;
	size_t cap = 0, n = p->map.count;

	GROW(items, cap, n + 1);
	for (uint32_t i = 0; i < n; i++)
		items[i] = (struct grade_item){ p->scores[i], p->wanted[i] };
	grade_sort(items, n);
	grade_put_figure(g, auc, grade_auc(items, n));
	grade_put_figure(g, precision, grade_average_precision(items, n));
	free(items);
}

static enum claque_rc
grade_twins(struct grader *g, const struct grade_request *request, struct claque_err *err)
{
	struct pairs pairs = { .perm = g->perm };
	struct table_file truth = { .columns = { "account_id", "twin_account_id" }, .required = 2,
				    .ctx = &pairs, .each = take_true_twin };
	const struct finder finder = { request->twins, find_twins };
	struct table_file found = { .columns = { "account_id", "twin_account_id" }, .required = 2,
				    .ctx = &pairs, .each = take_found_twin };
	enum claque_rc rc;

	map_init(&pairs.map);
	truth.path = grade_truth_path(request->truth, "truth_twins", &pairs.perm);
	rc = table_file_read(&truth, err);
	if (rc == CLAQUE_OK)
		rc = read_found(g, request, &finder, &found, err);
	if (rc == CLAQUE_OK)
		put_twins(g, &pairs);
	pairs_done(&pairs);
	return rc;
}

/* A table of things with scores, against their labels. */
struct scored_table {
	const char *truth;
	struct finder finder;
	const char *key, *wanted, *auc, *precision;
	const char *neither[2];
};

static enum claque_rc
grade_table(struct grader *g, const struct grade_request *request, const struct scored_table *t,
	    struct claque_err *err)
{
	struct pairs pairs = { .perm = g->perm };
	struct labelled labels = { &pairs, t->wanted, { t->neither[0], t->neither[1] } };
	struct table_file truth = { .columns = { t->key, "label" }, .required = 2, .ctx = &labels,
				    .each = take_label };
	struct table_file found = { .columns = { t->key, "score" }, .required = 2, .ctx = &pairs, .each = take_key_score };
	enum claque_rc rc;

	map_init(&pairs.map);
	truth.path = grade_truth_path(request->truth, t->truth, &pairs.perm);
	rc = table_file_read(&truth, err);
	if (rc == CLAQUE_OK)
		rc = read_found(g, request, &t->finder, &found, err);
	if (rc == CLAQUE_OK)
		put_scored(g, t->auc, t->precision, &pairs);
	pairs_done(&pairs);
	return rc;
}

enum claque_rc
grade_tables(struct grader *g, const struct grade_request *request, struct claque_err *err)
{
	const struct scored_table changes = {
		"truth_changes", { request->changes, find_makeovers }, "account_id", grade_operation, "renames_auc",
		"renames_average_precision", { grade_spam, grade_spam } };
	const struct scored_table domains = {
		"truth_domains", { request->domains, find_look_alikes }, "domain", "lookalike", "domains_auc",
		"domains_average_precision", { "campaign", grade_spam } };
	enum claque_rc rc = CLAQUE_OK;

	if (is_asked(g, request, request->twins))
		rc = grade_twins(g, request, err);
	if (rc == CLAQUE_OK && is_asked(g, request, request->changes))
		rc = grade_table(g, request, &changes, err);
	if (rc == CLAQUE_OK && is_asked(g, request, request->domains))
		rc = grade_table(g, request, &domains, err);
	return rc;
}
