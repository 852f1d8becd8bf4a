/*
 * grade_job.h - what a run, or any table of scores, is worth against the truth
 * of a training world. The one place where a truth is read; nothing of it is
 * kept, and no engine sees it.
 */
#ifndef APP_GRADE_JOB_H
#define APP_GRADE_JOB_H

#include "app/network_job.h"

struct grade_request {
	const char *case_path;	/* its last run is graded; or NULL */
	const char *scores;	/* CSV account_id,score[,cluster or component][,lead]; or NULL */
	const char *truth;	/* truth.csv or the folder it is in */
	const char *twins;	/* CSV account_id,twin_account_id; or NULL */
	const char *changes;	/* CSV account_id,score; or NULL */
	const char *domains;	/* CSV domain,score; or NULL */
	/*
	 * NULL, or where a page of it goes, .html or .md. Of a case, what no table tells of
	 * twins, changes and domains is then asked of the engine.
	 */
	const char *report;
	const struct claque_progress *progress;	/* of that */
};

/*
 * Rows measure, kind, value, n, of: value is n / of where it is a share, empty
 * where there is nothing to measure. Accounts that the scores leave out count
 * as least suspect. Spam rings are neither to be found nor to be spared: they
 * count in no figure but that of their own kind.
 */
CLAQUE_CHECKED enum claque_rc grade_job(const struct grade_request *request,
	const struct row_sink *sink, struct claque_err *err);

#endif
