/*
 * network_coortweet.c - CooRTweet's network of a case, each of its tables with
 * that tool's columns. NA is an empty field.
 */
#include "config.h"

#include "app/network_job.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "claque/memory.h"

#include "app/peer_rows.h"
#include "app/value.h"
#include "base/buf.h"
#include "base/err.h"

enum { OBJECT_LIST_MAX = 16 << 20 };

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static const struct column edge_columns[] = {
	{ .name = "from", .form = FORM_ID }, { .name = "to", .form = FORM_ID },
	{ .name = "weight", .form = FORM_COUNT }, { .name = "avg_time_delta", .form = FORM_REAL },
	{ .name = "n_content_id", .form = FORM_COUNT },
	{ .name = "n_content_id_y", .form = FORM_COUNT },
	{ .name = "edge_symmetry_score", .form = FORM_REAL },
	{ .name = "object_ids", .form = FORM_ID },
	{ .name = "weight_threshold", .form = FORM_FLAG },
};

static const struct column fast_edge_columns[] = {
	{ .name = "from", .form = FORM_ID }, { .name = "to", .form = FORM_ID },
	{ .name = "weight_full", .form = FORM_COUNT },
	{ .name = "weight_fast", .form = FORM_COUNT },
	{ .name = "avg_time_delta_full", .form = FORM_REAL },
	{ .name = "avg_time_delta_fast", .form = FORM_REAL },
	{ .name = "n_content_id_full", .form = FORM_COUNT },
	{ .name = "n_content_id_y_full", .form = FORM_COUNT },
	{ .name = "n_content_id_fast", .form = FORM_COUNT },
	{ .name = "n_content_id_y_fast", .form = FORM_COUNT },
	{ .name = "edge_symmetry_score_full", .form = FORM_REAL },
	{ .name = "edge_symmetry_score_fast", .form = FORM_REAL },
	{ .name = "object_ids_full", .form = FORM_ID },
	{ .name = "object_ids_fast", .form = FORM_ID },
	{ .name = "weight_threshold_full", .form = FORM_FLAG },
	{ .name = "weight_threshold_fast", .form = FORM_FLAG },
};

static const struct column account_columns[] = {
	{ .name = "account_id", .form = FORM_ID }, { .name = "avg_time_delta", .form = FORM_REAL },
	{ .name = "avg_edge_symmetry_score", .form = FORM_REAL },
	{ .name = "unique_shares_count", .form = FORM_COUNT },
};

static const struct column fast_account_columns[] = {
	{ .name = "account_id", .form = FORM_ID },
	{ .name = "avg_time_delta_full", .form = FORM_REAL },
	{ .name = "avg_time_delta_fast", .form = FORM_REAL },
	{ .name = "avg_edge_symmetry_score_full", .form = FORM_REAL },
	{ .name = "avg_edge_symmetry_score_fast", .form = FORM_REAL },
	{ .name = "unique_shares_count", .form = FORM_COUNT },
};

static const struct column group_columns[] = {
	{ .name = "object_id", .form = FORM_ID }, { .name = "num_accounts", .form = FORM_COUNT },
};

static const struct column node_columns[] = {
	{ .name = "account_id", .form = FORM_ID }, { .name = "component", .form = FORM_COUNT },
	{ .name = "component_size", .form = FORM_COUNT }, { .name = "degree", .form = FORM_COUNT },
	{ .name = "strength", .form = FORM_COUNT }, { .name = "color_v", .form = FORM_FLAG },
};

/* One run, on its way out. */
struct coortweet_job {
	const struct network_coortweet *request;
	struct peer_rows rows;
	struct claque_peer_names names;
	struct claque_coortweet_result *result;
	const struct claque_progress *progress;
	const struct row_sink *sink;
};

static struct claque_coortweet_run
run_of(const struct coortweet_job *job)
{
	return (struct claque_coortweet_run){ job->rows.rows, job->rows.count, &job->names,
					      job->result };
}

static struct value
value_account(const struct coortweet_job *job, uint32_t account)
{
	return value_str(map_key(&job->rows.accounts, account));
}

static struct value
value_name(const struct coortweet_job *job, uint32_t name)
{
	return value_str(map_key(&job->rows.names, name));
}

static struct value
value_real_or_na(double r)
{
	return isnan(r) ? (struct value){ 0 } : value_real(r);
}

static enum claque_rc
put_pairs(struct coortweet_job *job, struct claque_err *err)
{
	const struct claque_coortweet_result *r = job->result;
	char flag[40];
	const struct column columns[] = {
		{ .name = "object_id", .form = FORM_ID },
		{ .name = "account_id", .form = FORM_ID },
		{ .name = "account_id_y", .form = FORM_ID },
		{ .name = "content_id", .form = FORM_ID },
		{ .name = "content_id_y", .form = FORM_ID },
		{ .name = "time_delta", .form = FORM_COUNT },
		{ .name = flag, .form = FORM_FLAG },	/* the fast tier's, named by its window */
	};

	(void)err;
	(void)snprintf(flag, sizeof(flag), "time_window_%lld",
		       (long long)job->request->settings.fast_window_s);
	job->sink->head(job->sink->ctx, columns, LENGTH(columns) - !r->has_fast);
	for (size_t i = 0; i < r->pair_count; i++) {
		const struct claque_peer_row *x = &job->rows.rows[r->pairs[i].row];
		const struct claque_peer_row *y = &job->rows.rows[r->pairs[i].row_y];
		const struct value values[LENGTH(columns)] = {
			value_name(job, x->object), value_account(job, x->account),
			value_account(job, y->account), value_name(job, x->content),
			value_name(job, y->content), value_int(r->pairs[i].time_delta_s),
			value_int(r->pairs[i].fast),
		};

		if (!job->sink->each(job->sink->ctx, &(struct row){ (int64_t)i, values }))
			break;
	}
	return CLAQUE_OK;
}

/* Object ids of one tier, appended to b. */
static void
join_objects(struct buf *b, const struct coortweet_job *job, const struct claque_coortweet_tier *t)
{
	for (size_t i = 0; i < t->object_count; i++) {
		if (i > 0)
			buf_addc(b, '|');
		buf_add(b, map_key(&job->rows.names, t->objects[i]));
	}
}

static bool
put_edge(struct coortweet_job *job, size_t i, struct claque_str objects)
{
	const struct claque_coortweet_edge *e = &job->result->edges[i];
	const struct claque_coortweet_tier *t = &e->full;
	const struct value values[LENGTH(edge_columns)] = {
		value_account(job, e->from), value_account(job, e->to), value_int(t->weight),
		value_real(t->avg_time_delta_s), value_int(t->n_content_id),
		value_int(t->n_content_id_y), value_real(t->edge_symmetry_score),
		value_str(objects), value_int(t->weight_threshold),
	};

	return job->sink->each(job->sink->ctx, &(struct row){ (int64_t)i, values });
}

/* fast_from: where the fast tier's part of objects begins. */
static bool
put_fast_edge(struct coortweet_job *job, size_t i, struct claque_str objects, size_t fast_from)
{
	const struct claque_coortweet_edge *e = &job->result->edges[i];
	const struct claque_coortweet_tier *t = &e->full, *f = &e->fast;
	const struct value na = { 0 };
	bool has = f->weight > 0;
	const struct value values[LENGTH(fast_edge_columns)] = {
		value_account(job, e->from), value_account(job, e->to),
		value_int(t->weight), has ? value_int(f->weight) : na,
		value_real(t->avg_time_delta_s), has ? value_real(f->avg_time_delta_s) : na,
		value_int(t->n_content_id), value_int(t->n_content_id_y),
		has ? value_int(f->n_content_id) : na, has ? value_int(f->n_content_id_y) : na,
		value_real(t->edge_symmetry_score), has ? value_real(f->edge_symmetry_score) : na,
		value_str(str_sub(objects, 0, fast_from)),
		has ? value_str(str_sub(objects, fast_from, objects.len)) : na,
		value_int(t->weight_threshold), has ? value_int(f->weight_threshold) : na,
	};

	return job->sink->each(job->sink->ctx, &(struct row){ (int64_t)i, values });
}

static enum claque_rc
put_edges(struct coortweet_job *job, struct claque_err *err)
{
	const struct claque_coortweet_result *r = job->result;
	struct buf objects;
	bool go_on = true, over;

	buf_init(&objects, OBJECT_LIST_MAX);
	if (r->has_fast)
		job->sink->head(job->sink->ctx, fast_edge_columns, LENGTH(fast_edge_columns));
	else
		job->sink->head(job->sink->ctx, edge_columns, LENGTH(edge_columns));
	for (size_t i = 0; i < r->edge_count && go_on && !objects.over; i++) {
		size_t full_len;

		buf_clear(&objects);
		join_objects(&objects, job, &r->edges[i].full);
		full_len = objects.len;
		join_objects(&objects, job, &r->edges[i].fast);
		if (!objects.over)
			go_on = r->has_fast ?
				put_fast_edge(job, i, buf_str(&objects), full_len) :
				put_edge(job, i, buf_str(&objects));
	}
	over = objects.over;
	buf_done(&objects);
	return !over ? CLAQUE_OK : err_set(err, CLAQUE_ELIMIT,
		"object_ids of one edge exceed %d bytes", OBJECT_LIST_MAX);
}

static enum claque_rc
put_account_stats(struct coortweet_job *job, struct claque_err *err)
{
	struct claque_coortweet_run run = run_of(job);
	struct claque_coortweet_account *list;
	bool fast = job->result->has_fast;
	size_t count;
	enum claque_rc rc = claque_coortweet_accounts(&run, job->request->level,
		job->request->settings.corrected, job->progress, &list, &count, err);

	if (rc != CLAQUE_OK)
		return rc;
	job->sink->head(job->sink->ctx, fast ? fast_account_columns : account_columns,
			fast ? LENGTH(fast_account_columns) : LENGTH(account_columns));
	for (size_t i = 0; i < count; i++) {
		const struct claque_coortweet_account *a = &list[i];
		const struct value plain[] = {
			value_account(job, a->account), value_real(a->avg_time_delta_s),
			value_real(a->avg_edge_symmetry_score), value_int(a->unique_shares_count) };
		const struct value both[] = {
			value_account(job, a->account), value_real(a->avg_time_delta_s),
			value_real_or_na(a->avg_time_delta_fast_s),
			value_real(a->avg_edge_symmetry_score),
			value_real_or_na(a->avg_edge_symmetry_score_fast),
			value_int(a->unique_shares_count) };

		if (!job->sink->each(job->sink->ctx,
				     &(struct row){ (int64_t)i, fast ? both : plain }))
			break;
	}
	claque_free(list);
	return CLAQUE_OK;
}

/* The objects of all edges, end to end, after their ids were cut at commas. */
struct pieces {
	uint32_t *list;
	size_t count, cap;
	struct buf name;	/* the id being cut: adding a piece moves those in the map */
};

static void
cut_tier(struct coortweet_job *job, struct claque_coortweet_tier *t, struct pieces *p)
{
	size_t before = p->count;

	for (size_t i = 0; i < t->object_count; i++) {
		struct claque_str rest, piece;

		buf_clear(&p->name);
		buf_add(&p->name, map_key(&job->rows.names, t->objects[i]));
		rest = buf_str(&p->name);
		while (str_cut(&rest, ',', &piece)) {
			GROW(p->list, p->cap, p->count + 1);
			p->list[p->count++] = map_add(&job->rows.names, piece, NULL);
		}
	}
	t->object_count = p->count - before;
}

/*
 * As published: object ids were joined by commas and are cut apart at every
 * one, so that an id with a comma counts as several objects.
 */
static void
cut_objects(struct coortweet_job *job, struct pieces *p)
{
	struct claque_coortweet_result *r = job->result;
	uint32_t *at;

	buf_init(&p->name, OBJECT_LIST_MAX);
	for (size_t i = 0; i < r->edge_count; i++) {
		cut_tier(job, &r->edges[i].full, p);
		cut_tier(job, &r->edges[i].fast, p);
	}
	at = p->list;
	for (size_t i = 0; i < r->edge_count; i++) {
		r->edges[i].full.objects = at;
		at += r->edges[i].full.object_count;
		r->edges[i].fast.objects = at;
		at += r->edges[i].fast.object_count;
	}
	buf_done(&p->name);
}

static enum claque_rc
put_group_stats(struct coortweet_job *job, struct claque_err *err)
{
	struct claque_coortweet_run run = run_of(job);
	bool corrected = job->request->settings.corrected;
	struct claque_coortweet_group *list;
	struct pieces pieces = { 0 };
	size_t count;
	enum claque_rc rc;

	if (!corrected)
		cut_objects(job, &pieces);
	rc = claque_coortweet_groups(&run, job->request->level, corrected, job->progress, &list,
				     &count, err);
	free(pieces.list);
	if (rc != CLAQUE_OK)
		return rc;
	job->sink->head(job->sink->ctx, group_columns, LENGTH(group_columns));
	for (size_t i = 0; i < count; i++) {
		const struct value values[] = { value_name(job, list[i].object),
						value_int(list[i].account_count) };

		if (!job->sink->each(job->sink->ctx, &(struct row){ (int64_t)i, values }))
			break;
	}
	claque_free(list);
	return CLAQUE_OK;
}

static enum claque_rc
put_nodes(struct coortweet_job *job, struct claque_err *err)
{
	struct claque_coortweet_run run = run_of(job);
	struct claque_coortweet_node *list;
	size_t count;
	enum claque_rc rc = claque_coortweet_nodes(&run, CLAQUE_LEVEL_NONE, job->progress, &list,
						   &count, err);

	if (rc != CLAQUE_OK)
		return rc;
	job->sink->head(job->sink->ctx, node_columns,
			LENGTH(node_columns) - (job->request->settings.subgraph != 3));
	for (size_t i = 0; i < count; i++) {
		const struct claque_coortweet_node *n = &list[i];
		const struct value values[] = {
			value_account(job, n->account), value_int(n->component),
			value_int(n->component_size), value_int(n->degree),
			value_int((int64_t)n->strength), value_int(n->core) };

		if (!job->sink->each(job->sink->ctx, &(struct row){ (int64_t)i, values }))
			break;
	}
	claque_free(list);
	return CLAQUE_OK;
}

static enum claque_rc
put_scores(struct coortweet_job *job, struct claque_err *err)
{
	struct claque_coortweet_run run = run_of(job);
	struct claque_coortweet_node *list;
	size_t count;
	enum claque_rc rc = claque_coortweet_nodes(&run, CLAQUE_LEVEL_FULL, job->progress, &list,
						   &count, err);

	if (rc != CLAQUE_OK)
		return rc;
	job->sink->head(job->sink->ctx, network_score_columns, NETWORK_SCORE_COLUMNS);
	for (size_t i = 0; i < count; i++) {
		const struct value values[] = { value_account(job, list[i].account),
						value_real(list[i].best_weight),
						value_int(list[i].component) };

		if (!job->sink->each(job->sink->ctx, &(struct row){ (int64_t)i, values }))
			break;
	}
	claque_free(list);
	return CLAQUE_OK;
}

static enum claque_rc (*const put[COORTWEET_TABLE_COUNT])(struct coortweet_job *job,
							  struct claque_err *err) = {
	[COORTWEET_EDGES] = put_edges,
	[COORTWEET_PAIRS] = put_pairs,
	[COORTWEET_NODES] = put_nodes,
	[COORTWEET_ACCOUNT_STATS] = put_account_stats,
	[COORTWEET_GROUP_STATS] = put_group_stats,
	[COORTWEET_SCORES] = put_scores,
};

enum claque_rc
network_coortweet(struct store *store, const struct network_coortweet *request,
		  const struct claque_progress *progress, const struct row_sink *sink,
		  struct claque_err *err)
{
	struct coortweet_job job = { .request = request, .progress = progress, .sink = sink };
	enum claque_rc rc = peer_rows_coortweet(store, &job.rows, err);

	if (rc != CLAQUE_OK)
		return rc;
	job.names = peer_rows_names(&job.rows);
	rc = claque_coortweet(job.rows.rows, job.rows.count, &job.names, &request->settings,
			      progress, &job.result, err);
	if (rc == CLAQUE_OK)
		rc = put[request->table](&job, err);
	claque_coortweet_free(job.result);
	peer_rows_done(&job.rows);
	return rc;
}
