/*
 * weeks_job.h - a co-share network of each week (or other period), its
 * communities, and how they go on from one to the next, as rows.
 */
#ifndef APP_WEEKS_JOB_H
#define APP_WEEKS_JOB_H

#include "claque/timeline.h"

#include "app/network_job.h"

struct weeks_settings {
	/* max_q: of the pairs over the whole case; a period shows what these did in it. */
	struct claque_network_settings network;
	struct claque_timeline_settings timeline;
	int64_t period_s;	/* weeks begin on Monday, 00:00 UTC; others are counted from one */
};

/* Co-reshares within an hour that stand out at 1 % false discovery rate, by week. */
struct weeks_settings weeks_defaults(void);

/*
 * period, track, change, since, other, accounts, jaccard, targets,
 * target_overlap, file_overlap, retargeted, cluster, members; in order of
 * period, ends of tracks after the communities. ELIMIT: too many periods.
 */
CLAQUE_CHECKED enum claque_rc weeks_run(struct store *store, const struct weeks_settings *settings,
	const struct claque_progress *progress, const struct row_sink *sink, struct claque_err *err);

#endif
