/*
 * cluster_names.h - what the groups of a run are called: as in the run before
 * where they are the same, else by the next number that no cluster of the case
 * ever had. What an analyst wrote about C007 stays with C007.
 */
#ifndef APP_CLUSTER_NAMES_H
#define APP_CLUSTER_NAMES_H

#include "claque/score.h"

#include "store/store.h"

struct cluster_names {
	uint32_t *numbers;	/* by group: 7 is C007 */
	bool again;		/* there was a run before, with clusters */
	size_t changes[CLAQUE_CLUSTER_CHANGE_COUNT];	/* since then */
};

/* account_ids: row ids by account number of the result. */
CLAQUE_CHECKED enum claque_rc cluster_names_find(struct store *store, const int64_t *account_ids,
	const struct claque_result *result, struct cluster_names *out, struct claque_err *err);
void cluster_names_done(struct cluster_names *names);

#endif
