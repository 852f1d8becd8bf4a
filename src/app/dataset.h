/*
 * dataset.h - a case as the engine's columns.
 */
#ifndef APP_DATASET_H
#define APP_DATASET_H

#include "claque/dataset.h"
#include "claque/signal.h"

#include "app/decisions.h"
#include "store/store.h"

struct dataset {
	struct claque_dataset *columns;	/* sealed */
	int64_t *account_ids;		/* dataset account number -> row id in the case */
	int64_t *post_ids;		/* claque_post.row, claque_share.row -> row id in the case */
	size_t account_count, post_count, share_count;
	/* Decisions of the analyst: */
	size_t cleared_count;		/* accounts cleared */
	size_t allowed_count;		/* sources allowed */
	size_t allowed_unknown;		/* rows of the list about sources that are not in the case */
	uint64_t allowed_shares;	/* acts on allowed sources: left out */
	size_t prior_count;		/* accounts with a prior of their own */
	size_t prior_unknown;		/* rows of the list about accounts that are not in the case */
};

/* EINPUT when the case holds no shares: there is nothing to score. */
CLAQUE_CHECKED enum claque_rc dataset_load(struct store *store, struct dataset *out,
	const struct claque_progress *progress, struct claque_err *err);
/*
 * Likewise, but no more than a signal that shares suffice for reads: no posts, no changes, of
 * accounts their ids, of sources and shares the kinds and acts that it compares. A share's row
 * is the row id of its post in the case, and post_ids is empty.
 */
CLAQUE_CHECKED enum claque_rc dataset_load_shares(struct store *store,
	const struct claque_signal_info *signal, struct dataset *out,
	const struct claque_progress *progress, struct claque_err *err);
/* As dataset_load(), of a case that may hold profiles only. */
CLAQUE_CHECKED enum claque_rc dataset_load_any(struct store *store, struct dataset *out,
	const struct claque_progress *progress, struct claque_err *err);
/*
 * As dataset_load(), with decisions that are no tags. On OK, the decisions hold
 * those that are tags, too.
 */
struct decided {
	struct decisions *decisions;
	double prior;			/* of all; those of single accounts are held against it */
};
CLAQUE_CHECKED enum claque_rc dataset_load_decided(struct store *store,
	const struct decided *decided, struct dataset *out, const struct claque_progress *progress,
	struct claque_err *err);
void dataset_done(struct dataset *d);

#endif
