#include "config.h"

#include "app/network_job.h"

#include "app/dataset.h"
#include "app/value.h"
#include "base/buf.h"

static const struct column columns[] = {
	{ .name = "a", .form = FORM_ID }, { .name = "b", .form = FORM_ID },
	{ .name = "weight", .form = FORM_COUNT }, { .name = "pairs", .form = FORM_COUNT },
	{ .name = "expected", .form = FORM_REAL }, { .name = "p", .form = FORM_PVALUE },
	{ .name = "q", .form = FORM_PVALUE },
	{ .name = "first_seen", .form = FORM_TIME }, { .name = "last_seen", .form = FORM_TIME },
	{ .name = "median_lag_s", .form = FORM_COUNT }, { .name = "leader", .form = FORM_ID },
	{ .name = "timing_expected", .form = FORM_REAL },
	{ .name = "timing_p", .form = FORM_PVALUE },
};

enum { COLUMN_COUNT = sizeof(columns) / sizeof(columns[0]) };

const struct column network_score_columns[NETWORK_SCORE_COLUMNS] = {
	{ .name = "account_id", .form = FORM_ID }, { .name = "score", .form = FORM_REAL },
	{ .name = "component", .form = FORM_COUNT },
};

void
network_put(const struct network_names *names, const struct claque_network *net,
	    const struct row_sink *sink)
{
	sink->head(sink->ctx, columns, COLUMN_COUNT);
	for (size_t i = 0; i < net->edge_count; i++) {
		const struct claque_edge *e = &net->edges[i];
		const struct value values[COLUMN_COUNT] = {
			value_str(names->id(names->ctx, e->a)),
			value_str(names->id(names->ctx, e->b)),
			value_int(e->weight), value_int(e->pairs),
			value_real(e->expected), value_real(e->p), value_real(e->q),
			value_int(e->first_seen), value_int(e->last_seen),
			value_int(e->median_lag_s),
			e->leader == CLAQUE_NO_LEADER ? (struct value){ 0 } :
				value_str(names->id(names->ctx, e->leader)),
			value_real(e->timing_expected), value_real(e->timing_p),
		};

		if (!sink->each(sink->ctx, &(struct row){ (int64_t)i, values }))
			return;
	}
}

static struct claque_str
id_in_dataset(const void *ctx, uint32_t account)
{
	return claque_dataset_account_id(ctx, account);
}

enum claque_rc
network_signal(struct store *store, const struct claque_network_settings *settings,
	       const struct claque_progress *progress, const struct row_sink *sink,
	       struct claque_err *err)
{
	struct dataset d;
	struct claque_network net = { 0 };
	const struct claque_signal_info *signal = claque_signal_info(settings->signal);
	enum claque_rc rc = signal != NULL && signal->shares_suffice ?
		dataset_load_shares(store, signal, &d, progress, err) :
		dataset_load(store, &d, progress, err);

	if (rc != CLAQUE_OK)
		return rc;
	rc = claque_network_build(d.columns, settings, progress, &net, err);
	if (rc == CLAQUE_OK)
		network_put(&(struct network_names){ d.columns, id_in_dataset }, &net, sink);
	claque_network_done(&net);
	dataset_done(&d);
	return rc;
}
