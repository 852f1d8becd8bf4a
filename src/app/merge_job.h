/* merge_job.h - a colleague's annotations, from another case or a file of them. */
#ifndef APP_MERGE_JOB_H
#define APP_MERGE_JOB_H

#include "case/share.h"

/*
 * Reads OTHER (a case, which is only read, or lines of claque annotations), plans the merge
 * into perm, and unless `dry` does it, with `choice` for every conflict; *taken counts acts.
 */
CLAQUE_CHECKED enum claque_rc merge_job(const struct case_context *c, const char *other,
	enum merge_choice choice, bool dry, struct arena *perm, struct merge_plan *plan,
	size_t *taken, struct claque_err *err);

#endif
