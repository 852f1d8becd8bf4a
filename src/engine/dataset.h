/*
 * dataset.h - the columns of a sealed dataset, for the rest of the engine.
 */
#ifndef ENGINE_DATASET_H
#define ENGINE_DATASET_H

#include "claque/dataset.h"

#include "base/map.h"

struct claque_dataset {
	struct map account_names, object_names;	/* object: kind byte, then id */
	struct claque_account *accounts;	/* strings in `text` */
	size_t accounts_cap;
	struct arena text;
	uint8_t *object_kinds;
	size_t objects_cap;
	struct claque_share *shares;
	size_t share_count, shares_cap;
	struct claque_change *changes;
	size_t change_count, changes_cap;
	bool sealed;
	/* Once sealed: shares of object o are shares[object_from[o] .. object_from[o + 1]]. */
	uint64_t *object_from;
};

#endif
