#include "config.h"

#include "app/score_job.h"

#include "app/cluster_names.h"
#include "app/dataset.h"
#include "base/clock.h"
#include "case/case.h"
#include "store/result.h"

enum { JOB_ARENA = 1 << 16 };

static void
summarise(const struct dataset *d, const struct claque_result *result, struct score_summary *out)
{
	out->accounts = d->account_count;
	out->shares = d->share_count;
	out->groups = result->group_count;
	out->edges = result->edge_count;
	out->hot_objects = result->hot_objects;
	out->hot_shares = result->hot_shares;
	for (size_t i = 0; i < result->group_count; i++)
		out->leads += result->groups[i].lead;
}

static enum claque_rc
write_ledger(struct store *store, const struct claque_score_settings *settings,
	     struct claque_str who, const struct score_summary *sum, struct claque_err *err)
{
	struct arena whole = arena_new(JOB_ARENA), scratch = whole;
	struct case_context c = { .store = store, .who = who };
	struct claque_str payload = str_fmt(&scratch,
		"{\"fdr\":%.15g,\"groups\":%zu,\"lead_score\":%.15g,\"leads\":%zu,\"min_accounts\":%u,"
		"\"object_cap\":%u,\"prior\":%.15g,\"run\":%lld,\"seed\":%llu}",
		settings->fdr, sum->groups, settings->lead_score, sum->leads, settings->min_accounts,
		settings->object_cap, settings->prior, (long long)sum->run,
		(unsigned long long)settings->seed);
	enum claque_rc rc = case_record(&c, STR("score"), str_of(store_path(store)), payload, err);

	arena_free(whole);
	return rc;
}

static enum claque_rc
save(struct store *store, const struct dataset *d, const struct claque_result *result,
     const struct claque_score_settings *settings, int64_t started, struct score_summary *out,
     struct claque_err *err)
{
	struct cluster_names names;
	struct result_input in = {
		.result = result, .settings = settings,
		.account_ids = d->account_ids, .post_ids = d->post_ids,
		.account_count = d->account_count,
		.started = started, .ended = clock_now(),
	};

	enum claque_rc rc = cluster_names_find(store, d->account_ids, result, &names, err);

	in.names = names.numbers;
	if (rc == CLAQUE_OK)
		rc = result_save(store, &in, &out->run, err);
	out->again = names.again;
	memcpy(out->changes, names.changes, sizeof(out->changes));
	cluster_names_done(&names);
	return rc;
}

enum claque_rc
score_job(const char *case_path, const struct claque_score_settings *settings, struct claque_str who,
	  const struct claque_progress *progress, struct score_summary *out, struct claque_err *err)
{
	struct store *store = NULL;
	struct dataset d = { 0 };
	struct claque_result *result = NULL;
	int64_t started = clock_now(), began = clock_ticks();
	enum claque_rc rc = store_open(&store, case_path, STORE_WRITE, err);

	*out = (struct score_summary){ 0 };
	if (rc == CLAQUE_OK)
		rc = dataset_load(store, &d, progress, err);
	if (rc == CLAQUE_OK)
		rc = claque_score(d.columns, settings, progress, &result, err);
	if (rc == CLAQUE_OK)
		rc = save(store, &d, result, settings, started, out, err);
	if (rc == CLAQUE_OK) {
		summarise(&d, result, out);
		rc = write_ledger(store, settings, who, out, err);
	}
	claque_result_free(result);
	dataset_done(&d);
	store_close(store);
	out->took_ms = clock_ticks() - began;
	return rc;
}
