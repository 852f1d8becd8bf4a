/*
 * world_job.h - a training world, generated and imported into a case.
 */
#ifndef APP_WORLD_JOB_H
#define APP_WORLD_JOB_H

#include "base/str.h"
#include "scenario/generate.h"

/* The folder of the generated files: NAME-world beside NAME.claque. */
const char *world_folder(const char *case_path, struct arena *perm);
/*
 * Generates into the world's folder, unless it is there whole, and imports from it
 * all but the truth, which is for grading and never goes into a case. *out is
 * zero where the world was there.
 */
CLAQUE_CHECKED enum claque_rc world_job(const char *case_path,
	const struct scenario_settings *settings, const struct claque_str *who,
	const struct claque_progress *progress, struct scenario_counts *out, struct claque_err *err);
/*
 * The same without a file of the world's tables: they are made as they are read. The truth
 * goes to the folder, with inputs.sha256: the digests that the case has of its inputs, which
 * are those of the files that scenario_generate() would write. They are made twice, for a
 * batch of rows can only be committed under the digest of the whole. EINPUT if the folder
 * holds another world.
 */
CLAQUE_CHECKED enum claque_rc world_job_straight(const char *case_path,
	const struct scenario_settings *settings, const struct claque_str *who,
	const struct claque_progress *progress, struct scenario_counts *out, struct claque_err *err);

#endif
