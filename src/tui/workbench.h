/*
 * workbench.h - a session on a terminal, or on paper: the same screens, drawn
 * once to a person and once to a buffer.
 */
#ifndef TUI_WORKBENCH_H
#define TUI_WORKBENCH_H

#include "app/session.h"
#include "tui/settings.h"
#include "tui/terminal.h"

/*
 * Until the analyst quits or the terminal goes away. note: what to say at first, or
 * "". *demo is set if the training case is wanted instead. The caller then closes the
 * session, which saves the place, and calls terminal_reraise().
 */
CLAQUE_CHECKED enum claque_rc workbench_run(struct session *s,
	const struct terminal_options *options, const struct settings *set,
	struct claque_str note, bool *demo, struct claque_err *err);
/*
 * The screen after these keys ("jj<Enter>o"). EUSAGE for a key that is none; a
 * size outside of the grid's limits is cut to them.
 */
CLAQUE_CHECKED enum claque_rc workbench_dump(struct session *s, int rows, int cols,
	struct claque_str keys, const struct settings *set, enum dump_form form, struct buf *out,
	struct claque_err *err);

#endif
