/*
 * dataset.h - a case as the engine's columns.
 */
#ifndef APP_DATASET_H
#define APP_DATASET_H

#include "claque/dataset.h"

#include "store/store.h"

struct dataset {
	struct claque_dataset *columns;	/* sealed */
	int64_t *account_ids;		/* dataset account number -> row id in the case */
	int64_t *post_ids;		/* claque_post.row, claque_share.row -> row id in the case */
	size_t account_count, post_count, share_count;
	size_t cleared_count;		/* accounts that the analyst has cleared */
};

/* EINPUT when the case holds no shares: there is nothing to score. */
CLAQUE_CHECKED enum claque_rc dataset_load(struct store *store, struct dataset *out,
	const struct claque_progress *progress, struct claque_err *err);
/* Likewise, of a case that may hold profiles only. */
CLAQUE_CHECKED enum claque_rc dataset_load_any(struct store *store, struct dataset *out,
	const struct claque_progress *progress, struct claque_err *err);
void dataset_done(struct dataset *d);

#endif
