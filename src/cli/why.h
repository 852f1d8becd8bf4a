/* why.h - claque why for one account. */
#ifndef CLI_WHY_H
#define CLI_WHY_H

#include "cli/args.h"
#include "store/store.h"

/* Scores again, and prints what is said of the account as text or, with --json, one object. */
CLAQUE_CHECKED enum claque_rc why_account(const struct invocation *call, struct store *store,
	const char *name, struct claque_err *err);

#endif
