/*
 * network_peer.c - a peer's network as a table with that peer's columns.
 */
#include "config.h"

#include "app/network_job.h"

#include <stdlib.h>

#include "app/peer_rows.h"
#include "app/value.h"
#include "base/buf.h"
#include "base/err.h"

enum { OBJECT_LIST_MAX = 16 << 20 };

static const struct column pair_columns[] = {
	{ .name = "object_id", .form = FORM_ID },
	{ .name = "account_id", .form = FORM_ID }, { .name = "account_id_y", .form = FORM_ID },
	{ .name = "content_id", .form = FORM_ID }, { .name = "content_id_y", .form = FORM_ID },
	{ .name = "time_delta", .form = FORM_COUNT },
};

static const struct column edge_columns[] = {
	{ .name = "from", .form = FORM_ID }, { .name = "to", .form = FORM_ID },
	{ .name = "weight", .form = FORM_COUNT }, { .name = "avg_time_delta", .form = FORM_REAL },
	{ .name = "n_content_id", .form = FORM_COUNT },
	{ .name = "n_content_id_y", .form = FORM_COUNT },
	{ .name = "edge_symmetry_score", .form = FORM_REAL },
	{ .name = "object_ids", .form = FORM_ID },
	{ .name = "weight_threshold", .form = FORM_FLAG },
};

static const struct column toolkit_columns[] = {
	{ .name = "user_1", .form = FORM_ID }, { .name = "user_2", .form = FORM_ID },
	{ .name = "weight", .form = FORM_COUNT },
};

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static const char *const toolkit_names[] = {
#define X(id, name, help) [TOOLKIT_##id] = (name),
	TOOLKIT_NETWORK_LIST(X)
#undef X
};

enum claque_rc
toolkit_network_parse(struct claque_str name, enum toolkit_network *out, struct claque_err *err)
{
	for (unsigned i = 0; i < TOOLKIT_NETWORK_COUNT; i++)
		if (str_eq(name, str_of(toolkit_names[i]))) {
			*out = (enum toolkit_network)i;
			return CLAQUE_OK;
		}
	return err_set(err, CLAQUE_EUSAGE, "no toolkit network '" STR_FMT
		       "'; there are co_retweet, co_reply, co_link and co_post", STR_ARG(name));
}

static void
put_pairs(const struct peer_rows *p, const struct claque_coortweet_result *r,
	  const struct row_sink *sink)
{
	sink->head(sink->ctx, pair_columns, LENGTH(pair_columns));
	for (size_t i = 0; i < r->pair_count; i++) {
		const struct claque_peer_row *x = &p->rows[r->pairs[i].row];
		const struct claque_peer_row *y = &p->rows[r->pairs[i].row_y];
		const struct value values[] = {
			value_str(map_key(&p->names, x->object)),
			value_str(map_key(&p->accounts, x->account)),
			value_str(map_key(&p->accounts, y->account)),
			value_str(map_key(&p->names, x->content)),
			value_str(map_key(&p->names, y->content)),
			value_int(r->pairs[i].time_delta_s),
		};

		if (!sink->each(sink->ctx, &(struct row){ (int64_t)i, values }))
			return;
	}
}

static struct claque_str
join_objects(struct buf *b, const struct peer_rows *p, const struct claque_coortweet_edge *e)
{
	buf_clear(b);
	for (size_t i = 0; i < e->object_count; i++) {
		if (i > 0)
			buf_addc(b, '|');
		buf_add(b, map_key(&p->names, e->objects[i]));
	}
	return buf_str(b);
}

static enum claque_rc
put_coortweet_edges(const struct peer_rows *p, const struct claque_coortweet_result *r,
		    const struct row_sink *sink, struct claque_err *err)
{
	struct buf joined;
	bool go_on = true;

	buf_init(&joined, OBJECT_LIST_MAX);
	sink->head(sink->ctx, edge_columns, LENGTH(edge_columns));
	for (size_t i = 0; i < r->edge_count && go_on && !joined.over; i++) {
		const struct claque_coortweet_edge *e = &r->edges[i];
		const struct value values[] = {
			value_str(map_key(&p->accounts, e->from)),
			value_str(map_key(&p->accounts, e->to)),
			value_int(e->weight), value_real(e->avg_time_delta_s),
			value_int(e->n_content_id), value_int(e->n_content_id_y),
			value_real(e->edge_symmetry_score),
			value_str(join_objects(&joined, p, e)), value_int(e->weight_threshold),
		};

		go_on = joined.over || sink->each(sink->ctx, &(struct row){ (int64_t)i, values });
	}
	go_on = !joined.over;
	buf_done(&joined);
	return go_on ? CLAQUE_OK : err_set(err, CLAQUE_ELIMIT, "object_ids of one edge exceed %d bytes",
					   OBJECT_LIST_MAX);
}

enum claque_rc
network_coortweet(struct store *store, const struct claque_coortweet_settings *settings, bool pairs,
		  const struct claque_progress *progress, const struct row_sink *sink,
		  struct claque_err *err)
{
	struct peer_rows p;
	struct claque_coortweet_result *result = NULL;
	struct claque_peer_names names;
	enum claque_rc rc = peer_rows_coortweet(store, &p, err);

	if (rc != CLAQUE_OK)
		return rc;
	names = peer_rows_names(&p);
	rc = claque_coortweet(p.rows, p.count, &names, settings, progress, &result, err);
	if (rc == CLAQUE_OK && pairs)
		put_pairs(&p, result, sink);
	else if (rc == CLAQUE_OK)
		rc = put_coortweet_edges(&p, result, sink, err);
	claque_coortweet_free(result);
	peer_rows_done(&p);
	return rc;
}

static void
put_toolkit_edges(const struct peer_rows *p, const struct claque_toolkit_edge *edges, size_t count,
		  const struct row_sink *sink)
{
	sink->head(sink->ctx, toolkit_columns, LENGTH(toolkit_columns));
	for (size_t i = 0; i < count; i++) {
		const struct value values[] = {
			value_str(map_key(&p->accounts, edges[i].user_1)),
			value_str(map_key(&p->accounts, edges[i].user_2)),
			value_int(edges[i].weight),
		};

		if (!sink->each(sink->ctx, &(struct row){ (int64_t)i, values }))
			return;
	}
}

enum claque_rc
network_toolkit(struct store *store, enum toolkit_network network,
		const struct claque_toolkit_settings *settings, bool empty_url,
		const struct claque_progress *progress, const struct row_sink *sink,
		struct claque_err *err)
{
	struct peer_rows p;
	struct claque_toolkit_edge *edges = NULL;
	struct claque_peer_names names;
	size_t count = 0;
	enum claque_rc rc = peer_rows_toolkit(store, network, empty_url, &p, err);

	if (rc != CLAQUE_OK)
		return rc;
	names = peer_rows_names(&p);
	rc = claque_toolkit(p.rows, p.count, &names, settings, progress, &edges, &count, err);
	if (rc == CLAQUE_OK)
		put_toolkit_edges(&p, edges, count, sink);
	free(edges);
	peer_rows_done(&p);
	return rc;
}
