/*
 * score_job.h - run the engine over a case and keep what it found as a run.
 */
#ifndef APP_SCORE_JOB_H
#define APP_SCORE_JOB_H

#include "claque/score.h"

#include "app/decisions.h"
#include "base/sha256.h"

struct score_summary {
	int64_t run;			/* row id of the run */
	bool stands;			/* it was there: nothing that it rests on has changed */
	uint64_t accounts, shares;	/* looked at */
	size_t groups, leads, edges;
	/* Decisions of the analyst; see app/dataset.h. */
	size_t cleared, allowed, allowed_unknown, priors, priors_unknown;
	uint64_t allowed_shares;
	bool again;				/* there was a run before */
	size_t changes[CLAQUE_CLUSTER_CHANGE_COUNT];	/* since then, clusters of each kind */
	uint64_t hot_objects, hot_shares;	/* left out: shared by more accounts than the cap */
	struct claque_surrogates surrogates;
	uint64_t in_files;			/* bytes of arrays that lay in files at most */
	int64_t took_ms;
	char settings_sha256[SHA256_HEX + 1];	/* of what the run keeps of its settings */
};

struct score_order {
	struct claque_score_settings settings;
	struct decision_files files;
	struct claque_str who;
	bool if_changed;		/* not where the last run would be made again */
	uint64_t memory_bytes;		/* ceiling for the engine's arrays; 0: see store_limit_memory() */
};

CLAQUE_CHECKED enum claque_rc score_job(const char *case_path, const struct score_order *order,
	const struct claque_progress *progress, struct score_summary *out, struct claque_err *err);

#endif
