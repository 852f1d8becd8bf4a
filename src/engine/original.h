/*
 * original.h - what is known of the post that is reshared: its author, its time.
 */
#ifndef ENGINE_ORIGINAL_H
#define ENGINE_ORIGINAL_H

#include "engine/dataset.h"

/* The post itself, or NULL if it is not in the file. */
static inline const struct post *
original_post(const struct claque_dataset *ds, uint32_t object)
{
	return ds->object_post[object] == NO_POST ? NULL : &ds->posts[ds->object_post[object]];
}

/* Native id of its author; empty if nothing tells. */
static inline struct claque_str
original_author(const struct claque_dataset *ds, uint32_t object)
{
	const struct post *p = original_post(ds, object);

	if (p != NULL)
		return claque_dataset_account_id(ds, p->account);
	return ds->object_author[object] == NO_AUTHOR ? (struct claque_str){ NULL, 0 } :
		map_key(&ds->author_names, ds->object_author[object]);
}

#endif
