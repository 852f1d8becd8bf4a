/*
 * dataset.h - the columns of a sealed dataset, for the rest of the engine.
 *
 * Everywhere inside the engine an account goes by its *rank*: its place in the
 * byte order of ids. Then "a before b" is a comparison of numbers, and results
 * do not depend on the order in which rows came in.
 */
#ifndef ENGINE_DATASET_H
#define ENGINE_DATASET_H

#include "claque/dataset.h"

#include "base/map.h"
#include "engine/host.h"
#include "engine/texts.h"

struct account {
	int64_t created_at;	/* or CLAQUE_NO_TIME */
	int64_t followers;	/* or -1 */
	uint64_t avatar_hash;
	uint32_t handle;	/* number in dataset.strings; the empty one if unknown */
	uint32_t platform, name, location, bio;	/* likewise */
	uint32_t id_len;	/* of its id, the first part of its key in account_names */
	int8_t verified;	/* 1, 0, -1 */
	uint8_t avatar;		/* enum claque_avatar */
	uint8_t mark;		/* enum claque_mark */
	float prior;		/* natural-log odds of its own, 0 for none */
};

/* A post without its words. */
struct post {
	int64_t at;		/* or CLAQUE_NO_TIME */
	int64_t deleted_at;	/* or CLAQUE_NO_TIME */
	uint32_t account, row;
	uint32_t object;	/* that this post is, or CLAQUE_NO_OBJECT */
	uint32_t parent;	/* or CLAQUE_NO_OBJECT */
	uint32_t text;		/* in dataset.texts */
	uint32_t client;	/* in dataset.strings */
	uint32_t tags;		/* in dataset.strings */
	int32_t likes, shares, replies;	/* -1 unknown; no more than INT32_MAX */
	uint8_t kind;		/* enum claque_post_kind */
};

struct change {
	int64_t at;
	uint32_t account, old_value, new_value;	/* values in dataset.strings */
	enum claque_field field;
};

/* An author who is not known. */
#define NO_AUTHOR UINT32_MAX

struct claque_dataset {
	struct map account_names, object_names;	/* account: id, NUL, platform; object: kind byte, id */
	struct map strings;			/* profile fields, clients, tags */
	struct map author_names;		/* native ids of objects' authors */
	struct account *accounts;		/* by number */
	size_t accounts_cap;
	struct claque_share *shares;
	size_t share_count, shares_cap;
	struct change *changes;
	size_t change_count, changes_cap;
	struct post *posts;
	size_t post_count, posts_cap;
	struct texts texts;
	uint32_t *object_author;		/* by object: number in author_names, or NO_AUTHOR */
	size_t object_author_cap;
	uint32_t *object_post;			/* by object: the post that it is, or NO_POST; once sealed */
	struct suffixes suffixes;
	bool sealed;
	/* Once sealed: shares of object o are shares[object_from[o] .. object_from[o + 1]]. */
	uint64_t *object_from;
	uint32_t *rank, *by_rank;	/* account number to rank, and back */
	uint64_t *change_from;		/* as object_from, by account number */
	uint64_t *post_from;		/* likewise; posts of an account by time, then row */
};

#define NO_POST UINT32_MAX

static inline enum claque_object_kind
dataset_object_kind(const struct claque_dataset *ds, uint32_t object)
{
	return (enum claque_object_kind)map_key(&ds->object_names, object).p[0];
}

static inline struct claque_str
dataset_string(const struct claque_dataset *ds, uint32_t number)
{
	return map_key(&ds->strings, number);
}

static inline struct claque_str
dataset_handle(const struct claque_dataset *ds, uint32_t account)
{
	return map_key(&ds->strings, ds->accounts[account].handle);
}

#endif
