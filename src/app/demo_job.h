/*
 * demo_job.h - the training case: generate, import, score; once.
 *
 * It lives under the user's data folder and is kept: a second `claque demo`
 * opens it as it was left, with the notes made in it.
 */
#ifndef APP_DEMO_JOB_H
#define APP_DEMO_JOB_H

#include "app/lessons.h"

struct demo_order {
	const char *case_path;		/* or NULL */
	const struct lesson *lesson;	/* its world is made; NULL: that of the demo */
};

struct demo {
	const char *case_path;		/* in perm */
	const char *world_path;		/* folder with the generated files and the truth */
};

/*
 * case_path NULL: $XDG_DATA_HOME/claque/demo.claque, or under ~/.local/share; of a lesson
 * lesson-NAME.claque, for each leaves its own marks. The generated files stand beside it in
 * NAME-world. say() gets one line a step.
 */
CLAQUE_CHECKED enum claque_rc demo_job(const struct demo_order *order, struct arena *perm,
	void (*say)(const char *line), const struct claque_str *who,
	const struct claque_progress *progress, struct demo *out, struct claque_err *err);

#endif
