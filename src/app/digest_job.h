/*
 * digest_job.h - what was imported, digested for the ledger while indexes are built.
 *
 * Reading all new rows again takes about a tenth of a large import. What no derivation touches
 * can be read as soon as it is committed, so a thread with a reader's connection of its
 * own does that beside the writer; the rest is little.
 */
#ifndef APP_DIGEST_JOB_H
#define APP_DIGEST_JOB_H

#include "case/case.h"

struct digest_job;

/* All rows are committed. Begins to read; *out is freed in any case. */
void digest_job_start(struct digest_job **out, struct store *store);
/*
 * Totals are made: waits, reads what they changed and writes the entry of the ledger. A
 * case to which nothing was added gets an entry without digests.
 */
CLAQUE_CHECKED enum claque_rc digest_job_record(struct digest_job *job,
	const struct case_context *c, const char *action, struct claque_str payload_json,
	struct claque_err *err);
void digest_job_free(struct digest_job *job);	/* takes NULL; stops it */

/*
 * Before an import: from here on it is known what it writes to, and what was altered since
 * the last one is remembered as altered.
 */
CLAQUE_CHECKED enum claque_rc digest_job_before(struct store *store,
	const struct claque_progress *progress, struct claque_err *err);

#endif
