/*
 * scenarios.h - where scenario files are: those named by path, those of the user, those
 * that are installed. See claque-scenario(7).
 */
#ifndef APP_SCENARIOS_H
#define APP_SCENARIOS_H

#include "app/network_job.h"
#include "scenario/script.h"

/* What of either table a terminal has room for. */
enum { SCENARIOS_LIST_SHORT = 6, SCENARIOS_EXPLAIN_SHORT = 5 };

/*
 * name: a path (it ends in .conf), or the name of a file NAME.conf in claque/scenarios/
 * under XDG_CONFIG_HOME or ~/.config, or among the installed ones (or in the folder that
 * CLAQUE_SCENARIOS names). Texts are kept in perm. ENOTFOUND; EINPUT names file and line.
 */
CLAQUE_CHECKED enum claque_rc scenarios_read(const char *name, struct arena *perm,
	struct script *out, struct claque_err *err);
/*
 * name, posts, networks, planted, innocents, title, teaches, after, file: a row for each
 * that is found; of two with one name the user's. EINPUT names the first that is wrong.
 */
CLAQUE_CHECKED enum claque_rc scenarios_list(const struct row_sink *sink, struct claque_err *err);
/* part, word, value, said, meaning, values: every word, whether the file has it or not. */
void scenarios_explain(const struct script *s, const struct row_sink *sink);

#endif
