/*
 * claque/dataset.h - the columns that the engine reads.
 *
 * Rows come from anywhere (a case file, a CSV stream, a generator): the caller
 * adds accounts and objects, gets dense numbers back, and adds acts of sharing
 * and posts that name those numbers. claque_dataset_seal() sorts and closes it;
 * a sealed dataset is read-only and may be used by several threads.
 *
 * A share costs 24 bytes; 100 million fit in 2.4 GB. A post costs 64 bytes and
 * 4 for each word of a text that no other post has; posts are asked for by
 * signals that read texts, hours and engagement, and may be left out.
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

/* What a post is. X(name, what it is) */
#define CLAQUE_POST_LIST(X) \
	X(original, "own words, links or pictures") \
	X(reshare, "a native reshare, retweet or forward: the words are somebody else's") \
	X(reply, "an answer to another post") \
	X(quote, "a quotation with own text") \
	X(other, "an ad, a signature, or what the input does not tell")

#define X(name, help) CLAQUE_IS_##name,
enum claque_post_kind { CLAQUE_POST_LIST(X) CLAQUE_POST_COUNT };
#undef X

/* What is known of a profile picture; zero is nothing. */
enum claque_avatar { CLAQUE_AVATAR_UNKNOWN, CLAQUE_AVATAR_DEFAULT, CLAQUE_AVATAR_HASH };

/* Profile fields whose change is evidence. X(name) */
#define CLAQUE_FIELD_LIST(X) \
	X(handle) X(display_name) X(location) X(avatar_hash) X(bio) X(url) X(lang) X(other)

#define X(name) CLAQUE_FIELD_##name,
enum claque_field { CLAQUE_FIELD_LIST(X) CLAQUE_FIELD_COUNT };
#undef X

/* What an analyst has decided of an account. */
enum claque_mark { CLAQUE_UNMARKED, CLAQUE_CLEARED };

/* Strings are copied. Unknown text is the empty view, unknown counts are -1. */
struct claque_account {
	struct claque_str id;		/* unique on its platform */
	struct claque_str platform;	/* "" where there is only one */
	struct claque_str handle;
	struct claque_str display_name, location, bio;
	int64_t created_at;		/* or CLAQUE_NO_TIME */
	int64_t followers;
	int verified;			/* 1, 0, or -1 unknown */
	enum claque_avatar avatar;
	uint64_t avatar_hash;		/* perceptual, 64 bits; only with CLAQUE_AVATAR_HASH */
	enum claque_mark mark;		/* cleared: part of the background, never of a lead */
	/* Natural-log odds known beforehand, added to the prior of all; -20..20, 0: none. */
	double prior;
};

#define CLAQUE_NO_OBJECT UINT32_MAX

struct claque_post {
	int64_t at;			/* or CLAQUE_NO_TIME */
	int64_t deleted_at;		/* or CLAQUE_NO_TIME */
	struct claque_str id;		/* native; an object of kind post with it is this post */
	struct claque_str text, client;
	struct claque_str tags;		/* in the order of the text, space separated, without # */
	int64_t likes, shares, replies;
	uint32_t account;
	uint32_t parent;		/* object reshared, answered or quoted; CLAQUE_NO_OBJECT */
	uint32_t row;			/* the caller's name for this post: comes back in evidence */
	enum claque_post_kind kind;
};

struct claque_share {
	int64_t at;			/* when this account shared it */
	uint32_t account, object;	/* numbers from the calls below */
	uint32_t row;			/* the caller's name for the post that does it, as in claque_post */
	uint8_t act;			/* enum claque_act */
};

struct claque_change {
	int64_t at;
	uint32_t account;
	enum claque_field field;
	struct claque_str old_value, new_value;
};

struct claque_dataset;

CLAQUE_CHECKED enum claque_rc claque_dataset_new(struct claque_dataset **out,
	struct claque_err *err);
void claque_dataset_free(struct claque_dataset *ds);	/* takes NULL */

/*
 * Numbers run 0, 1, 2, ... in the order of these calls; an id that is known
 * gives its number again (and an account keeps what it was first given).
 * ELIMIT past 2^32 - 2, or for an id of more than 8192 bytes; EINPUT for a
 * time outside the years 1 to 9999 or a prior outside its range.
 */
CLAQUE_CHECKED enum claque_rc claque_dataset_add_account(struct claque_dataset *ds,
	const struct claque_account *account, uint32_t *out, struct claque_err *err);
CLAQUE_CHECKED enum claque_rc claque_dataset_add_object(struct claque_dataset *ds,
	enum claque_object_kind kind, struct claque_str id, uint32_t *out, struct claque_err *err);
/*
 * Whose post the object is, or whose site: a native account id. Needed where
 * the object is not itself among the posts. The first author given stays.
 */
CLAQUE_CHECKED enum claque_rc claque_dataset_set_author(struct claque_dataset *ds,
	uint32_t object, struct claque_str author, struct claque_err *err);
/* EUSAGE for a number that was never given. */
CLAQUE_CHECKED enum claque_rc claque_dataset_add_share(struct claque_dataset *ds,
	const struct claque_share *share, struct claque_err *err);
/* Add the objects first: a post is matched with its object when it comes. */
CLAQUE_CHECKED enum claque_rc claque_dataset_add_post(struct claque_dataset *ds,
	const struct claque_post *post, struct claque_err *err);
CLAQUE_CHECKED enum claque_rc claque_dataset_add_change(struct claque_dataset *ds,
	const struct claque_change *change, struct claque_err *err);
/*
 * How host names end, for comparing sites: suffix(ctx, host, &hosted) gives the bytes of
 * the public suffix at the end of host (5 of "bbc.co.uk"), 0 where it cannot tell, and
 * sets *hosted where no registry gives out names under it (github.io). NULL, as at first:
 * a rule of thumb that knows co.uk and its like. ctx must live as long as the dataset.
 */
void claque_dataset_set_suffixes(struct claque_dataset *ds,
	size_t (*suffix)(void *ctx, struct claque_str host, bool *hosted), void *ctx);
/*
 * Sorts by (object, time, account, row). EUSAGE if already sealed. After
 * CLAQUE_STOPPED it may be called again.
 */
CLAQUE_CHECKED enum claque_rc claque_dataset_seal(struct claque_dataset *ds,
	const struct claque_progress *progress, struct claque_err *err);

uint32_t claque_dataset_accounts(const struct claque_dataset *ds);
uint32_t claque_dataset_objects(const struct claque_dataset *ds);
uint64_t claque_dataset_shares(const struct claque_dataset *ds);
uint64_t claque_dataset_posts(const struct claque_dataset *ds);
/* Views, good until the next call that adds; once sealed, as long as the dataset lives. */
struct claque_str claque_dataset_account_id(const struct claque_dataset *ds, uint32_t account);
struct claque_str claque_dataset_object_id(const struct claque_dataset *ds, uint32_t object);

#endif
