/*
 * identity_job.h - who passes for whom in a case: twins on two platforms,
 * accounts made over into somebody else, sites under another's name.
 *
 * Each loads the case, asks the engine and hands out rows, best first.
 */
#ifndef APP_IDENTITY_JOB_H
#define APP_IDENTITY_JOB_H

#include "claque/change.h"
#include "claque/domain.h"
#include "claque/twins.h"

#include "app/network_job.h"
#include "app/outlets.h"

/* Who is imitated beside the sites of the case, and what is asked of a finding. */
struct identity_hunt {
	const struct outlets *outlets;
	const struct claque_str *hosts;		/* more domains */
	size_t host_count;
	double min_score;			/* of a site, 0..1 */
	const struct claque_progress *progress;
};

/* domain, target, score, accounts, target_accounts, expected, first_seen, last_seen, reason. */
CLAQUE_CHECKED enum claque_rc identity_look_alikes(struct store *store,
	const struct identity_hunt *hunt, const struct row_sink *sink, struct claque_err *err);
/* account_id, handle, target, expected, reason: by the handles of the outlets. */
CLAQUE_CHECKED enum claque_rc identity_handles(struct store *store,
	const struct identity_hunt *hunt, const struct row_sink *sink, struct claque_err *err);

/* account_id, changed_at, score, reason: one row an event. */
CLAQUE_CHECKED enum claque_rc identity_makeovers(struct store *store,
	const struct claque_makeover_settings *settings, const struct claque_progress *progress,
	const struct row_sink *sink, struct claque_err *err);

/* account_id, twin_account_id, score, reason. */
CLAQUE_CHECKED enum claque_rc identity_twins(struct store *store,
	const struct claque_twins_settings *settings, const struct claque_progress *progress,
	const struct row_sink *sink, struct claque_err *err);

/*
 * Reads a list of host names, one a line; # begins a comment. EIO with the
 * path, ELIMIT past 16 MB. The views are good as long as *perm.
 */
CLAQUE_CHECKED enum claque_rc identity_read_hosts(const char *path, struct arena *perm,
	struct claque_str **out, size_t *count, struct claque_err *err);

#endif
