/*
 * handout.h - a lesson on paper: its tasks, each with the screen that it begins at, as the
 * workbench would show it.
 */
#ifndef CLI_HANDOUT_H
#define CLI_HANDOUT_H

#include "app/lesson_run.h"
#include "tui/settings.h"

struct handout {
	const struct lesson *lesson;
	bool html;		/* a page of its own; else Markdown */
	bool presenter;		/* with hints, answers, checks, keys and notes */
};

/*
 * s: on the case whose screens are shown, or NULL for none. A place that the case has not
 * is left out. Whoever looks on or not is as `set` says.
 */
__attribute__((warn_unused_result, nonnull(1, 3, 4, 5))) enum claque_rc
handout_write(const struct handout *h, struct session *s,
	      const struct settings *set, struct buf *out, struct claque_err *err);

#endif
