/*
 * bundle_job.h - a case bundle into a case.
 */
#ifndef APP_BUNDLE_JOB_H
#define APP_BUNDLE_JOB_H

#include "case/share.h"
#include "store/bundle.h"

struct bundle_report {
	bool done_before;		/* this very bundle was in the case already */
	uint64_t lines;
	char content[65];		/* SHA-256 that its end tells of what is in it */
	struct bundle_totals rows;
	size_t annotations[MERGE_STATE_COUNT], taken;	/* taken: acts of the ledger */
	size_t ledgers;			/* that came with it */
	int64_t entries;		/* of them */
	char fault[240];		/* of the first of those whose chain does not hold; "" */
};

struct bundle_request {
	const char *path;
	struct store *store;		/* open for writing; NULL: only look whether it is whole */
	struct claque_str who;
};

/*
 * EINPUT: it is not whole, and nothing was taken; or a line of it is not what a bundle may
 * hold. STOPPED, or killed: the same again goes on. What the analyst of this case says of
 * something else than theirs does stays; that is a conflict, and told.
 */
CLAQUE_CHECKED enum claque_rc bundle_job(const struct bundle_request *request,
	const struct claque_progress *progress, struct bundle_report *out,
	struct claque_err *err);

#endif
