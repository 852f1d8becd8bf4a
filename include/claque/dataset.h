/*
 * claque/dataset.h - the columns that the engine reads.
 *
 * Rows come from anywhere (a case file, a CSV stream, a generator): the caller
 * adds accounts and objects, gets dense numbers back, and adds acts of sharing
 * that name those numbers. claque_dataset_seal() sorts and closes it; a sealed
 * dataset is read-only and may be used by several threads.
 *
 * A share costs 24 bytes; 100 million fit in 2.4 GB.
 */
#ifndef CLAQUE_DATASET_H
#define CLAQUE_DATASET_H

#include "claque/types.h"

/* A time that is not known. */
#define CLAQUE_NO_TIME INT64_MIN

/* What is shared. X(name, what it is) */
#define CLAQUE_OBJECT_LIST(X) \
	X(post, "a post, by its native id or status link") \
	X(url, "a canonical URL") \
	X(domain, "a host name") \
	X(hashtag, "a hashtag, lower case, without #") \
	X(media, "a picture or video, by hash") \
	X(object, "an object whose nature the input does not tell")

#define X(name, help) CLAQUE_OBJECT_##name,
enum claque_object_kind { CLAQUE_OBJECT_LIST(X) CLAQUE_OBJECT_COUNT };
#undef X

/* How it is shared. X(name, what it is) */
#define CLAQUE_ACT_LIST(X) \
	X(reshare, "a native reshare, retweet or forward") \
	X(link, "a post that carries the link or object") \
	X(tag, "a post that carries the hashtag") \
	X(media, "a post that carries the picture or video") \
	X(quote, "a quotation with own text") \
	X(reply, "a reply to the post")

#define X(name, help) CLAQUE_ACT_##name,
enum claque_act { CLAQUE_ACT_LIST(X) CLAQUE_ACT_COUNT };
#undef X

/* Profile fields whose change is evidence. X(name) */
#define CLAQUE_FIELD_LIST(X) \
	X(handle) X(display_name) X(location) X(avatar_hash) X(bio) X(url) X(lang) X(other)

#define X(name) CLAQUE_FIELD_##name,
enum claque_field { CLAQUE_FIELD_LIST(X) CLAQUE_FIELD_COUNT };
#undef X

/* Strings are copied. Unknown text is the empty view, unknown counts are -1. */
struct claque_account {
	struct claque_str id;		/* unique on its platform */
	struct claque_str platform;	/* "" where there is only one */
	struct claque_str handle;
	int64_t created_at;		/* or CLAQUE_NO_TIME */
	int64_t followers;
	int verified;			/* 1, 0, or -1 unknown */
};

struct claque_share {
	int64_t at;			/* when this account shared it */
	uint32_t account, object;	/* numbers from the calls below */
	uint32_t row;			/* the caller's name for this act: comes back in evidence */
	uint8_t act;			/* enum claque_act */
};

struct claque_change {
	int64_t at;
	uint32_t account;
	enum claque_field field;
};

struct claque_dataset;

CLAQUE_CHECKED enum claque_rc claque_dataset_new(struct claque_dataset **out,
	struct claque_err *err);
void claque_dataset_free(struct claque_dataset *ds);	/* takes NULL */

/*
 * Numbers run 0, 1, 2, ... in the order of these calls; an id that is known
 * gives its number again (and an account keeps what it was first given).
 * ELIMIT past 2^32 - 2, or for an id of more than 8192 bytes; EINPUT for a
 * time outside the years 1 to 9999.
 */
CLAQUE_CHECKED enum claque_rc claque_dataset_add_account(struct claque_dataset *ds,
	const struct claque_account *account, uint32_t *out, struct claque_err *err);
CLAQUE_CHECKED enum claque_rc claque_dataset_add_object(struct claque_dataset *ds,
	enum claque_object_kind kind, struct claque_str id, uint32_t *out, struct claque_err *err);
/* EUSAGE for a number that was never given. */
CLAQUE_CHECKED enum claque_rc claque_dataset_add_share(struct claque_dataset *ds,
	const struct claque_share *share, struct claque_err *err);
CLAQUE_CHECKED enum claque_rc claque_dataset_add_change(struct claque_dataset *ds,
	const struct claque_change *change, struct claque_err *err);
/*
 * Sorts by (object, time, account, row). EUSAGE if already sealed. After
 * CLAQUE_STOPPED it may be called again.
 */
CLAQUE_CHECKED enum claque_rc claque_dataset_seal(struct claque_dataset *ds,
	const struct claque_progress *progress, struct claque_err *err);

uint32_t claque_dataset_accounts(const struct claque_dataset *ds);
uint32_t claque_dataset_objects(const struct claque_dataset *ds);
uint64_t claque_dataset_shares(const struct claque_dataset *ds);
/* Views, good until the next call that adds; once sealed, as long as the dataset lives. */
struct claque_str claque_dataset_account_id(const struct claque_dataset *ds, uint32_t account);
struct claque_str claque_dataset_object_id(const struct claque_dataset *ds, uint32_t object);

#endif
