/* listing.h - accounts by group, end to end. */
#ifndef ENGINE_LISTING_H
#define ENGINE_LISTING_H

#include "engine/dataset.h"

/* Those of group g, by id: accounts[from[g] .. from[g + 1]]. */
struct listing {
	uint32_t *accounts;	/* numbers */
	uint64_t *from;
};

/* group_of: by account number; UINT32_MAX: of none. */
struct listing listing_by(const struct claque_dataset *ds, const uint32_t *group_of,
			  uint32_t groups);
void listing_done(struct listing *l);

static inline uint32_t
listing_count(const struct listing *l, uint32_t group)
{
	return (uint32_t)(l->from[group + 1] - l->from[group]);
}

#endif
