/*
 * listing.h - any list of the case, printed: what leads, accounts, posts and
 * the rest have in common.
 */
#ifndef CLI_LISTING_H
#define CLI_LISTING_H

#include "cli/args.h"
#include "store/list.h"

/* column_count 0: every column of the list. */
CLAQUE_CHECKED enum claque_rc listing_print(const struct invocation *call, struct store *store,
	enum list_id list, size_t column_count, struct claque_err *err);

/* Opens call->args[0] for reading and prints; the whole run of a listing command. */
enum status listing_run(const struct invocation *call, enum list_id list, size_t column_count);

#endif
