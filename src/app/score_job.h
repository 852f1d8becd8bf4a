/*
 * score_job.h - run the engine over a case and keep what it found as a run.
 */
#ifndef APP_SCORE_JOB_H
#define APP_SCORE_JOB_H

#include "claque/score.h"

#include "base/str.h"

struct score_summary {
	int64_t run;			/* row id of the run */
	uint64_t accounts, shares;	/* looked at */
	size_t groups, leads, edges;
	size_t cleared;			/* accounts that the analyst has cleared */
	bool again;				/* there was a run before */
	size_t changes[CLAQUE_CLUSTER_CHANGE_COUNT];	/* since then, clusters of each kind */
	uint64_t hot_objects, hot_shares;	/* left out: shared by more accounts than the cap */
	struct claque_surrogates surrogates;
	int64_t took_ms;
};

CLAQUE_CHECKED enum claque_rc score_job(const char *case_path,
	const struct claque_score_settings *settings, struct claque_str who,
	const struct claque_progress *progress, struct score_summary *out, struct claque_err *err);

#endif
