/*
 * meet.h - what of the case an id from outside means: for files that tell of accounts
 * and posts which must be there already.
 */
#ifndef STORE_MEET_H
#define STORE_MEET_H

#include "model/record.h"
#include "store/store.h"

/* A post and its account, or an account alone. */
struct meeting {
	struct claque_str platform, account_id;
	struct claque_str post_id;	/* of an account: missing */
	int64_t at;			/* of the post, or CLAQUE_NO_TIME */
	enum time_precision precision;
	enum post_kind kind;
};

/*
 * The account with this native id, else the one with this handle (with or without @); an
 * empty platform is any. In perm. ENOTFOUND: none; EUSAGE: several, and which it is
 * nobody tells. The message is a clause.
 */
CLAQUE_CHECKED enum claque_rc meet_account(struct store *s, struct claque_str platform,
	struct claque_str name, struct arena *perm, struct meeting *out, struct claque_err *err);
/* The post with this native id, likewise. */
CLAQUE_CHECKED enum claque_rc meet_post(struct store *s, struct claque_str platform,
	struct claque_str id, struct arena *perm, struct meeting *out, struct claque_err *err);
/* Keys of the media that are known by hash or id, in the order in which they came. */
CLAQUE_CHECKED enum claque_rc meet_media(struct store *s,
	void (*each)(void *ctx, struct claque_str key), void *ctx, struct claque_err *err);

#endif
