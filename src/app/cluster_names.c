#include "config.h"

#include "app/cluster_names.h"

#include <stdlib.h>

#include "base/arena.h"
#include "store/result.h"

struct rows {
	uint64_t *accounts;
	uint32_t *clusters;
	size_t count, account_cap, cluster_cap;
	uint32_t *names;	/* by cluster */
	size_t name_cap;
	uint32_t cluster_count;
};

static void
add_row(struct rows *r, int64_t account, uint32_t cluster)
{
	GROW(r->accounts, r->account_cap, r->count + 1);
	GROW(r->clusters, r->cluster_cap, r->count + 1);
	r->accounts[r->count] = (uint64_t)account;
	r->clusters[r->count++] = cluster;
}

static bool
take_member(void *ctx, const struct result_member *member)
{
	struct rows *r = ctx;

	if (member->rank > r->cluster_count) {
		r->cluster_count = member->rank;
		GROW(r->names, r->name_cap, r->cluster_count);
	}
	r->names[member->rank - 1] = member->name;
	add_row(r, member->account, member->rank - 1);
	return true;
}

static void
take_groups(struct rows *r, const int64_t *account_ids, const struct claque_result *result)
{
	r->cluster_count = (uint32_t)result->group_count;
	for (uint32_t g = 0; g < r->cluster_count; g++)
		for (size_t i = 0; i < result->groups[g].member_count; i++)
			add_row(r, account_ids[result->groups[g].members[i].account], g);
}

static struct claque_membership
membership(const struct rows *r)
{
	return (struct claque_membership){ r->accounts, r->clusters, r->count, r->cluster_count };
}

/* New ones take the numbers after `last` in the order of their ranks. */
static void
give_names(const struct claque_cluster_match *match, const struct rows *before, uint32_t groups,
	   uint32_t last, struct cluster_names *out)
{
	size_t cap = 0;

	GROW(out->numbers, cap, groups);
	for (uint32_t g = 0; g < groups; g++) {
		uint32_t from = match->before[g];

		out->numbers[g] = from != CLAQUE_NO_CLUSTER ? before->names[from] : ++last;
	}
	for (size_t i = 0; i < match->event_count; i++)
		out->changes[match->events[i].change]++;
}

enum claque_rc
cluster_names_find(struct store *store, const int64_t *account_ids,
		   const struct claque_result *result, struct cluster_names *out,
		   struct claque_err *err)
{
	struct rows old = { 0 }, new = { 0 };
	struct claque_cluster_match match = { 0 };
	struct claque_membership before, after;
	uint32_t last = 0;
	enum claque_rc rc;

	*out = (struct cluster_names){ 0 };
	rc = result_members(store, take_member, &old, err);
	if (rc == CLAQUE_OK)
		rc = result_last_name(store, &last, err);
	if (rc == CLAQUE_OK) {
		take_groups(&new, account_ids, result);
		before = membership(&old);
		after = membership(&new);
		rc = claque_cluster_match(&before, &after, CLAQUE_MATCH_MIN, &match, err);
	}
	if (rc == CLAQUE_OK)
		give_names(&match, &old, new.cluster_count, last, out);
	out->again = old.cluster_count > 0;
	claque_cluster_match_done(&match);
	for (unsigned i = 0; i < 2; i++) {
		struct rows *r = i == 0 ? &old : &new;

		free(r->accounts);
		free(r->clusters);
		free(r->names);
	}
	return rc;
}

void
cluster_names_done(struct cluster_names *names)
{
	free(names->numbers);
	*names = (struct cluster_names){ 0 };
}
