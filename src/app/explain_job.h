/*
 * explain_job.h - asking the engine about accounts of a case: why one is in a
 * group or in none, and who is like marked ones.
 */
#ifndef APP_EXPLAIN_JOB_H
#define APP_EXPLAIN_JOB_H

#include "claque/explain.h"

#include "app/dataset.h"
#include "app/network_job.h"

struct explained {
	struct dataset data;
	struct claque_score_settings settings;	/* those of the last run */
	struct claque_explanation *why;
};

/*
 * Scores the case again with the settings and decisions of its last run, and
 * what was tagged as cleared since. account: row id. ENOTFOUND before the first
 * run.
 */
CLAQUE_CHECKED enum claque_rc explain_account(struct store *store, int64_t account,
	const struct claque_progress *progress, struct explained *out, struct claque_err *err);
void explained_done(struct explained *e);

/* Row ids of marked accounts, each once; free() it. */
struct marked_accounts {
	int64_t *ids;
	size_t count, cap;
};

void marked_add(struct marked_accounts *m, int64_t id);
/* Adds the accounts with this tag, without #. */
CLAQUE_CHECKED enum claque_rc marked_add_tag(struct store *store, struct claque_str tag,
	struct marked_accounts *m, struct claque_err *err);

/*
 * All other accounts, the likest first: account_id, platform, handle, total,
 * a column for each part (CLAQUE_LIKE_LIST), common, expected, p.
 */
CLAQUE_CHECKED enum claque_rc explain_like(struct store *store,
	const struct marked_accounts *marked, const struct claque_progress *progress,
	const struct row_sink *sink, struct claque_err *err);

#endif
