#include "config.h"

#include "engine/listing.h"

#include "base/array.h"

struct listing
listing_by(const struct claque_dataset *ds, const uint32_t *group_of, uint32_t groups)
{
	uint32_t accounts = ds->account_names.count;
	struct listing l = { ARRAY_NEW(uint32_t, accounts),
			     ARRAY_NEW(uint64_t, (size_t)groups + 2) };

	for (uint32_t a = 0; a < accounts; a++)
		if (group_of[a] != UINT32_MAX)
			l.from[(size_t)group_of[a] + 2]++;
	for (size_t g = 2; g < (size_t)groups + 2; g++)
		l.from[g] += l.from[g - 1];
	for (uint32_t r = 0; r < accounts; r++) {
		uint32_t a = ds->by_rank[r];

		if (group_of[a] != UINT32_MAX)
			l.accounts[l.from[(size_t)group_of[a] + 1]++] = a;
	}
	return l;
}

void
listing_done(struct listing *l)
{
	array_free(l->accounts);
	array_free(l->from);
}
