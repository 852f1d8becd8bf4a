/*
 * scan.h - the case as the engine wants it: flat scans in a fixed order.
 * Row ids of accounts, sources and posts come as they stand in the case.
 */
#ifndef STORE_SCAN_H
#define STORE_SCAN_H

#include "claque/score.h"

#include "model/lens.h"
#include "model/record.h"
#include "store/store.h"

struct scan_account {
	int64_t id;
	struct claque_account account;
};
struct scan_source {
	int64_t id;
	enum claque_object_kind kind;
	struct claque_str key, author;	/* author: native account id, or missing */
	bool cleared;			/* on the analyst's allow list */
};
struct scan_share {
	int64_t id, account_id, source_id, post_id, at;
	enum claque_act act;
};
struct scan_change {
	int64_t account_id, at;
	struct claque_str field, old_value, new_value;
};
struct scan_post {
	int64_t id, account_id, at, deleted_at;
	enum claque_post_kind kind;
	struct claque_str native_id, text, client, urls;
	int64_t likes, shares, replies;	/* or COUNT_UNKNOWN */
	int64_t reshare_of, quote_of, reply_to;	/* source row ids, or 0; the first known of several */
	const int64_t *tags;		/* source row ids of its hashtags, in the order of the row */
	size_t tag_count;
};

/* Each in order of its id, which is the order of import. false from each() stops. */
CLAQUE_CHECKED enum claque_rc scan_accounts(struct store *s,
	bool (*each)(void *ctx, const struct scan_account *row), void *ctx, struct claque_err *err);
CLAQUE_CHECKED enum claque_rc scan_sources(struct store *s,
	bool (*each)(void *ctx, const struct scan_source *row), void *ctx, struct claque_err *err);
CLAQUE_CHECKED enum claque_rc scan_shares(struct store *s,
	bool (*each)(void *ctx, const struct scan_share *row), void *ctx, struct claque_err *err);
/* Whether there is a single one. */
CLAQUE_CHECKED enum claque_rc scan_shares_told(struct store *s, bool *out, struct claque_err *err);
/* Those of these acts only: bits of enum claque_act. */
CLAQUE_CHECKED enum claque_rc scan_shares_by(struct store *s, unsigned acts,
	bool (*each)(void *ctx, const struct scan_share *row), void *ctx, struct claque_err *err);
CLAQUE_CHECKED enum claque_rc scan_changes(struct store *s,
	bool (*each)(void *ctx, const struct scan_change *row), void *ctx, struct claque_err *err);
CLAQUE_CHECKED enum claque_rc scan_posts(struct store *s,
	bool (*each)(void *ctx, const struct scan_post *row), void *ctx, struct claque_err *err);
/* Accounts and sources whose last verdict is that they are cleared, by kind and id. */
CLAQUE_CHECKED enum claque_rc scan_cleared(struct store *s,
	bool (*each)(void *ctx, enum subject_kind kind, int64_t id), void *ctx,
	struct claque_err *err);

#endif
