/*
 * describe.h - scans for figures of a case as a whole (app/describe_job.h): each reads no
 * more than it must, one row at a time. Accounts and sources by their row ids. false from
 * each() stops with CLAQUE_STOPPED.
 */
#ifndef STORE_DESCRIBE_H
#define STORE_DESCRIBE_H

#include "store/store.h"

/* Posts of every kind; else an enum post_kind. */
enum { DESCRIBE_ANY_KIND = -1 };

struct describe_time {
	int64_t account, at;		/* at: UTC ms or CLAQUE_NO_TIME */
};
/* Every post of the kind, in the order of account and time: those without a time come first. */
CLAQUE_CHECKED enum claque_rc describe_times(struct store *s, int kind,
	bool (*each)(void *ctx, const struct describe_time *row), void *ctx,
	struct claque_err *err);

struct describe_post {
	int64_t account;
	int kind;			/* enum post_kind */
	struct claque_str text;
	bool has_link;
};
/* Every post of the kind, in the order of import. */
CLAQUE_CHECKED enum claque_rc describe_posts(struct store *s, int kind,
	bool (*each)(void *ctx, const struct describe_post *row), void *ctx,
	struct claque_err *err);

/* The source of every reshare, in the order of sources. */
CLAQUE_CHECKED enum claque_rc describe_reshares(struct store *s,
	bool (*each)(void *ctx, int64_t source), void *ctx, struct claque_err *err);

/* The handle of every account that has one; where no account has, of published indicators. */
CLAQUE_CHECKED enum claque_rc describe_handles(struct store *s,
	bool (*each)(void *ctx, struct claque_str handle), void *ctx, struct claque_err *err);

#endif
