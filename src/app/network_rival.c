/*
 * network_rival.c - the networks and account scores of two published
 * detectors, for comparison with our own.
 */
#include "config.h"

#include "app/network_job.h"

#include "app/peer_traces.h"
#include "app/value.h"

static const struct column edge_columns[] = {
	{ .name = "from", .form = FORM_ID }, { .name = "to", .form = FORM_ID },
	{ .name = "weight", .form = FORM_REAL },
};

static void
put_edges(const struct peer_traces *t, const struct claque_peer_network *net,
	  const struct row_sink *sink)
{
	sink->head(sink->ctx, edge_columns, sizeof(edge_columns) / sizeof(edge_columns[0]));
	for (size_t i = 0; i < net->edge_count; i++) {
		const struct value values[] = {
			value_str(map_key(&t->accounts, net->edges[i].from)),
			value_str(map_key(&t->accounts, net->edges[i].to)),
			value_real(net->edges[i].weight) };

		if (!sink->each(sink->ctx, &(struct row){ (int64_t)i, values }))
			return;
	}
}

static void
put_accounts(const struct peer_traces *t, const struct claque_peer_network *net,
	     const struct row_sink *sink)
{
	sink->head(sink->ctx, network_score_columns, NETWORK_SCORE_COLUMNS);
	for (size_t i = 0; i < net->account_count; i++) {
		const struct value values[] = {
			value_str(map_key(&t->accounts, net->accounts[i].account)),
			value_real(net->accounts[i].score),
			value_int(net->accounts[i].component) };

		if (!sink->each(sink->ctx, &(struct row){ (int64_t)i, values }))
			return;
	}
}

static enum claque_rc
find_network(const struct peer_traces *t, enum network_rival rival,
	     const struct claque_progress *progress, struct claque_peer_network **out,
	     struct claque_err *err)
{
	struct claque_peer_names names = peer_traces_names(t);
	struct claque_peer_trace traces[CLAQUE_TRACE_COUNT];

	for (unsigned i = 0; i < CLAQUE_TRACE_COUNT; i++)
		traces[i] = (struct claque_peer_trace){ t->trace[i].rows, t->trace[i].count };
	if (rival == NETWORK_LUCERI)
		return claque_luceri(traces, &names, progress, out, err);
	return claque_osome(traces[CLAQUE_TRACE_CO_RETWEET].rows,
			    traces[CLAQUE_TRACE_CO_RETWEET].count, &names, progress, out, err);
}

enum claque_rc
network_rival(struct store *store, enum network_rival rival, bool accounts,
	      const struct claque_progress *progress, const struct row_sink *sink,
	      struct claque_err *err)
{
	struct claque_peer_network *net;
	struct peer_traces t;
	enum claque_rc rc = peer_traces_load(store, &t, err);

	if (rc != CLAQUE_OK)
		return rc;
	rc = find_network(&t, rival, progress, &net, err);
	if (rc == CLAQUE_OK && accounts)
		put_accounts(&t, net, sink);
	else if (rc == CLAQUE_OK)
		put_edges(&t, net, sink);
	claque_peer_network_free(net);
	peer_traces_done(&t);
	return rc;
}
