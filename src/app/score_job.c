#include "config.h"

#include "app/score_job.h"

#include "claque/memory.h"

#include "app/cluster_names.h"
#include "app/dataset.h"
#include "app/findings.h"
#include "app/score_basis.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/sha256.h"
#include "case/case.h"
#include "store/digest.h"
#include "store/result.h"
#include "text/json.h"

enum { JSON_BYTES_MAX = 64 << 20 };

static void
summarise(const struct dataset *d, const struct claque_result *result, struct score_summary *out)
{
	out->accounts = d->account_count;
	out->shares = d->share_count;
	out->cleared = d->cleared_count;
	out->allowed = d->allowed_count;
	out->allowed_shares = d->allowed_shares;
	out->priors = d->prior_count;
	out->priors_unknown = d->prior_unknown;
	out->allowed_unknown = d->allowed_unknown;
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

/* Every parameter that the result depends on, and how many decisions: a new reference. */
static json_t *
settings_json(const struct claque_score_settings *settings, const struct dataset *d)
{
	json_t *o = json_object();

	json_put(o, "allowed", json_integer((json_int_t)d->allowed_count));
	json_put(o, "allowed_shares", json_integer((json_int_t)d->allowed_shares));
	json_put(o, "cleared", json_integer((json_int_t)d->cleared_count));
	json_put(o, "fdr", json_number(settings->fdr));
	json_put(o, "lead_score", json_number(settings->lead_score));
	json_put(o, "min_accounts", json_integer(settings->min_accounts));
	json_put(o, "object_cap", json_integer(settings->object_cap));
	json_put(o, "off", names_of_off(settings));
	json_put(o, "own_priors", json_integer((json_int_t)d->prior_count));
	json_put(o, "prior", json_number(settings->prior));
	json_put(o, "seed", json_integer((json_int_t)settings->seed));
	json_put(o, "surrogates", json_integer(settings->surrogates));
	return o;
}

/* The same with the decisions themselves, as the run keeps them. */
static enum claque_rc
write_settings(const struct claque_score_settings *settings, const struct dataset *d,
	       const struct decisions *decisions, struct buf *out, struct claque_err *err)
{
	json_t *json = settings_json(settings, d);

	decisions_put(decisions, json);
	json_canonical(out, json);
	json_decref(json);
	return out->over ? err_set(err, CLAQUE_ELIMIT, "priors, allowed sources and cleared accounts "
				   "fill more than %d bytes; shorten the lists", JSON_BYTES_MAX)
			 : CLAQUE_OK;
}

struct scored {
	struct store *store;
	struct dataset data;
	struct claque_result *result;
	struct run_findings found;
	struct decisions decisions;
	struct buf settings;		/* canonical JSON */
	struct score_basis basis;
	int64_t started;
};

/* The lists stand in the run; their digest, with all of its settings, stands here. */
static enum claque_rc
write_ledger(const struct scored *s, const struct score_order *order,
	     const struct score_summary *sum, struct claque_err *err)
{
	struct case_context c = { .store = s->store, .who = order->who };
	struct digests *digests = digests_new();
	json_t *payload = settings_json(&order->settings, &s->data);
	struct buf text;
	enum claque_rc rc;

	json_put(payload, "groups", json_integer((json_int_t)sum->groups));
	json_put(payload, "leads", json_integer((json_int_t)sum->leads));
	json_put(payload, "rests_on", json_text(str_of(s->basis.sha256)));
	json_put(payload, "run", json_integer(sum->run));
	json_put(payload, "settings_sha256", json_text(str_of(sum->settings_sha256)));
	buf_init(&text, JSON_BYTES_MAX);
	json_canonical(&text, payload);
	rc = digests_take(digests, s->store, DIGEST_RUNS, err);
	if (rc == CLAQUE_OK)
		rc = case_record_tables_inside(&c, "score", buf_str(&text), digests, err);
	digests_free(digests);
	buf_done(&text);
	json_decref(payload);
	return rc;
}

static enum claque_rc
save(const struct scored *s, const struct score_order *order, struct score_summary *out,
     struct claque_err *err)
{
	struct cluster_names names;
	struct result_input in = {
		.result = s->result, .settings = &order->settings,
		.account_ids = s->data.account_ids, .post_ids = s->data.post_ids,
		.account_count = s->data.account_count, .share_count = s->data.share_count,
		.post_count = s->data.post_count, .started = s->started, .ended = clock_now(),
		.findings = s->found.rows, .settings_json = buf_str(&s->settings),
	};
	enum claque_rc rc;

	sha256_text(in.settings_json, out->settings_sha256);
	rc = cluster_names_find(s->store, s->data.account_ids, s->result, &names, err);
	in.names = names.numbers;
	if (rc == CLAQUE_OK)
		rc = result_save(s->store, &in, &out->run, err);
	out->again = names.again;
	memcpy(out->changes, names.changes, sizeof(out->changes));
	cluster_names_done(&names);
	return rc;
}

/* A run and what the ledger says of it are there together, or neither. */
static enum claque_rc
save_all(const struct scored *s, const struct score_order *order, struct score_summary *out,
	 struct claque_err *err)
{
	enum claque_rc rc = digest_mark(s->store, DIGEST_RUNS, err);

	if (rc == CLAQUE_OK)
		rc = store_begin(s->store, err);
	if (rc == CLAQUE_OK)
		rc = save(s, order, out, err);
	if (rc == CLAQUE_OK) {
		summarise(&s->data, s->result, out);
		rc = write_ledger(s, order, out, err);
	}
	if (rc == CLAQUE_OK)
		rc = store_commit(s->store, err);
	if (rc != CLAQUE_OK)
		store_rollback(s->store);
	return rc;
}

static enum claque_rc
score(struct scored *s, const struct score_order *order, const struct claque_progress *progress,
      struct claque_err *err)
{
	struct decided decided = { &s->decisions, order->settings.prior };
	struct run_made made = { .data = &s->data, .off = order->settings.off };
	enum claque_rc rc = dataset_load_decided(s->store, &decided, &s->data, progress, err);

	if (rc == CLAQUE_OK)
		rc = write_settings(&order->settings, &s->data, &s->decisions, &s->settings, err);
	if (rc == CLAQUE_OK)
		rc = claque_score(s->data.columns, &order->settings, progress, &s->result, err);
	made.result = s->result;
	if (rc == CLAQUE_OK)
		rc = run_findings_make(&s->found, &made, progress, err);
	return rc;
}

/* Reads what is decided, and what the run would rest on: if that is asked, whether one does. */
static enum claque_rc
look_before(struct scored *s, const struct score_order *order, struct score_summary *out,
	    struct claque_err *err)
{
	struct dataset none = { 0 };
	struct score_basis last = { 0 };
	struct buf settings;
	enum claque_rc rc = decisions_read(&s->decisions, &order->files, err);

	buf_init(&settings, JSON_BYTES_MAX);
	if (rc == CLAQUE_OK)
		rc = write_settings(&order->settings, &none, &s->decisions, &settings, err);
	if (rc == CLAQUE_OK)
		rc = score_basis_now(s->store, buf_str(&settings), &s->basis, err);
	buf_done(&settings);
	if (rc != CLAQUE_OK || !order->if_changed)
		return rc;
	rc = score_basis_last(s->store, &last, err);
	out->run = last.run;
	out->stands = s->basis.sha256[0] != '\0' && strcmp(s->basis.sha256, last.sha256) == 0;
	return rc;
}

static enum claque_rc
look_and_score(struct scored *s, const struct score_order *order,
	       const struct claque_progress *progress, struct score_summary *out,
	       struct claque_err *err)
{
	enum claque_rc rc = look_before(s, order, out, err);

	if (rc != CLAQUE_OK || out->stands)
		return rc;
	rc = score(s, order, progress, err);
	return rc == CLAQUE_OK ? save_all(s, order, out, err) : rc;
}

enum claque_rc
score_job(const char *case_path, const struct score_order *order,
	  const struct claque_progress *progress, struct score_summary *out, struct claque_err *err)
{
	struct scored s = { .started = clock_now() };
	int64_t began = clock_ticks();
	enum claque_rc rc = store_open(&s.store, case_path, STORE_WRITE, err);

	*out = (struct score_summary){ 0 };
	decisions_init(&s.decisions);
	buf_init(&s.settings, JSON_BYTES_MAX);
	if (rc == CLAQUE_OK && order->memory_bytes > 0)
		rc = store_limit_memory(s.store, order->memory_bytes, err);
	if (rc == CLAQUE_OK)
		rc = look_and_score(&s, order, progress, out, err);
	claque_result_free(s.result);
	run_findings_done(&s.found);
	dataset_done(&s.data);
	decisions_done(&s.decisions);
	buf_done(&s.settings);
	store_close(s.store);
	out->in_files = claque_memory_in_files();
	out->took_ms = clock_ticks() - began;
	return rc;
}
