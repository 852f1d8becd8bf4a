/* work.h - what commands that write into a case open first: the store, the analyst, a subject. */
#ifndef CLI_WORK_H
#define CLI_WORK_H

#include "case/case.h"
#include "cli/args.h"

struct work {
	struct store *store;
	struct case_context context;
	struct subject target;
	struct claque_str name;
	struct arena whole, perm;
};

/* Opens call->args[0] for writing; work_close() also after a failure. */
CLAQUE_CHECKED enum claque_rc work_open(struct work *w, const struct invocation *call,
	struct claque_err *err);
void work_close(struct work *w);
/* Target and name by "cluster" and "C017", "account" and "@ivan142", "period" and its times. */
CLAQUE_CHECKED enum claque_rc work_named(struct work *w, const char *kind, const char *name,
	struct claque_err *err);
/* "" where the option is absent. */
struct claque_str work_option(const struct invocation *call, const char *option);

#endif
