/*
 * demo_job.h - the training case: generate, import, score; once.
 *
 * It lives under the user's data folder and is kept: a second `claque demo`
 * opens it as it was left, with the notes made in it.
 */
#ifndef APP_DEMO_JOB_H
#define APP_DEMO_JOB_H

#include "base/str.h"

struct demo {
	const char *case_path;		/* in perm */
	const char *world_path;		/* folder with the generated files and the truth */
};

/*
 * case_path NULL: $XDG_DATA_HOME/claque/demo.claque, or under ~/.local/share. The
 * generated files stand beside it in NAME-world. say() gets one line a step.
 */
__attribute__((warn_unused_result, nonnull(2, 3, 4, 5, 6, 7))) enum claque_rc
demo_job(const char *case_path, struct arena *perm, void (*say)(const char *line),
	 const struct claque_str *who, const struct claque_progress *progress, struct demo *out,
	 struct claque_err *err);

#endif
