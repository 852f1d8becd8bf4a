#include "config.h"

#include "app/score_job.h"

#include "app/cluster_names.h"
#include "app/dataset.h"
#include "app/findings.h"
#include "base/buf.h"
#include "base/clock.h"
#include "case/case.h"
#include "store/result.h"
#include "text/json.h"

enum { JSON_BYTES_MAX = 1 << 16 };

static void
summarise(const struct dataset *d, const struct claque_result *result, struct score_summary *out)
{
	out->accounts = d->account_count;
	out->shares = d->share_count;
	out->cleared = d->cleared_count;
	out->groups = result->group_count;
	out->edges = result->edge_count;
	out->surrogates = result->surrogates;
	out->hot_objects = result->hot_objects;
	out->hot_shares = result->hot_shares;
	for (size_t i = 0; i < result->group_count; i++)
		out->leads += result->groups[i].lead;
}

static json_t *
names_of_off(const struct claque_score_settings *settings)
{
	json_t *off = json_array();

	for (unsigned i = 0; i < CLAQUE_SIGNAL_COUNT; i++)
		if (settings->off[i] &&
		    json_array_append_new(off, json_text(str_of(claque_signal_info(i)->name))) != 0)
			base_oom();
	return off;
}

/*
 * Every parameter that the result depends on: a new reference. Which accounts
 * were cleared then, the ledger's entries before this one tell.
 */
static json_t *
settings_json(const struct claque_score_settings *settings, size_t cleared)
{
	json_t *o = json_object();

	json_put(o, "cleared", json_integer((json_int_t)cleared));
	json_put(o, "fdr", json_number(settings->fdr));
	json_put(o, "lead_score", json_number(settings->lead_score));
	json_put(o, "min_accounts", json_integer(settings->min_accounts));
	json_put(o, "object_cap", json_integer(settings->object_cap));
	json_put(o, "off", names_of_off(settings));
	json_put(o, "prior", json_number(settings->prior));
	json_put(o, "seed", json_integer((json_int_t)settings->seed));
	json_put(o, "surrogates", json_integer(settings->surrogates));
	return o;
}

static enum claque_rc
write_ledger(struct store *store, const struct claque_score_settings *settings,
	     struct claque_str who, const struct score_summary *sum, struct claque_err *err)
{
	struct case_context c = { .store = store, .who = who };
	json_t *payload = settings_json(settings, sum->cleared);
	struct buf text;
	enum claque_rc rc;

	json_put(payload, "groups", json_integer((json_int_t)sum->groups));
	json_put(payload, "leads", json_integer((json_int_t)sum->leads));
	json_put(payload, "run", json_integer(sum->run));
	buf_init(&text, JSON_BYTES_MAX);
	json_canonical(&text, payload);
	rc = case_record(&c, STR("score"), str_of(store_path(store)), buf_str(&text), err);
	buf_done(&text);
	json_decref(payload);
	return rc;
}

static enum claque_rc
save(struct store *store, const struct dataset *d, const struct claque_result *result,
     const struct findings *findings, const struct claque_score_settings *settings,
     int64_t started, struct score_summary *out, struct claque_err *err)
{
	struct cluster_names names;
	json_t *json = settings_json(settings, d->cleared_count);
	struct result_input in = {
		.result = result, .settings = settings,
		.account_ids = d->account_ids, .post_ids = d->post_ids,
		.account_count = d->account_count, .share_count = d->share_count,
		.post_count = d->post_count, .started = started, .ended = clock_now(),
		.findings = *findings,
	};
	struct buf text;
	enum claque_rc rc;

	buf_init(&text, JSON_BYTES_MAX);
	json_canonical(&text, json);
	in.settings_json = buf_str(&text);
	rc = cluster_names_find(store, d->account_ids, result, &names, err);
	in.names = names.numbers;
	if (rc == CLAQUE_OK)
		rc = result_save(store, &in, &out->run, err);
	out->again = names.again;
	memcpy(out->changes, names.changes, sizeof(out->changes));
	cluster_names_done(&names);
	buf_done(&text);
	json_decref(json);
	return rc;
}

enum claque_rc
score_job(const char *case_path, const struct claque_score_settings *settings, struct claque_str who,
	  const struct claque_progress *progress, struct score_summary *out, struct claque_err *err)
{
	struct store *store = NULL;
	struct dataset d = { 0 };
	struct claque_result *result = NULL;
	struct run_findings found = { 0 };
	int64_t started = clock_now(), began = clock_ticks();
	enum claque_rc rc = store_open(&store, case_path, STORE_WRITE, err);

	*out = (struct score_summary){ 0 };
	if (rc == CLAQUE_OK)
		rc = dataset_load(store, &d, progress, err);
	if (rc == CLAQUE_OK)
		rc = claque_score(d.columns, settings, progress, &result, err);
	if (rc == CLAQUE_OK)
		rc = run_findings_make(&found, &d, settings->off, progress, err);
	if (rc == CLAQUE_OK)
		rc = save(store, &d, result, &found.rows, settings, started, out, err);
	if (rc == CLAQUE_OK) {
		summarise(&d, result, out);
		rc = write_ledger(store, settings, who, out, err);
	}
	claque_result_free(result);
	run_findings_done(&found);
	dataset_done(&d);
	store_close(store);
	out->took_ms = clock_ticks() - began;
	return rc;
}
