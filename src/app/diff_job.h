/*
 * diff_job.h - what two cases have differently: what two teams found.
 */
#ifndef APP_DIFF_JOB_H
#define APP_DIFF_JOB_H

#include "app/network_job.h"

/*
 * Both are only read. Rows what, where (first, second, both), name, first, second, detail:
 * inputs by digest, accounts and posts by the platforms' ids (a count, then the first few),
 * the settings of the last runs, their groups matched by common members (Jaccard), leads
 * that only one has, verdicts that differ, and annotations that only one has. What is the
 * same gives no row; *rows counts them.
 */
CLAQUE_CHECKED enum claque_rc diff_job(struct store *first, struct store *second,
	const struct row_sink *sink, size_t *rows, struct claque_err *err);

#endif
