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

struct account {
	int64_t created_at;	/* or CLAQUE_NO_TIME */
	int64_t followers;	/* or -1 */
	uint32_t handle;	/* number in dataset.words; the empty word if unknown */
	uint32_t platform;
	int verified;		/* 1, 0, -1 */
	uint32_t id_len;	/* of its id, the first part of its key in account_names */
};

struct claque_dataset {
	struct map account_names, object_names;	/* account: id, NUL, platform; object: kind byte, id */
	struct map words;			/* handles and platforms */
	struct account *accounts;		/* by number */
	size_t accounts_cap;
	struct claque_share *shares;
	size_t share_count, shares_cap;
	struct claque_change *changes;
	size_t change_count, changes_cap;
	bool sealed;
	/* Once sealed: shares of object o are shares[object_from[o] .. object_from[o + 1]]. */
	uint64_t *object_from;
	uint32_t *rank, *by_rank;	/* account number to rank, and back */
	uint64_t *change_from;		/* as object_from, by account number */
};

static inline enum claque_object_kind
dataset_object_kind(const struct claque_dataset *ds, uint32_t object)
{
	return (enum claque_object_kind)map_key(&ds->object_names, object).p[0];
}

static inline struct claque_str
dataset_handle(const struct claque_dataset *ds, uint32_t account)
{
	return map_key(&ds->words, ds->accounts[account].handle);
}

#endif
