#include "config.h"

#include "engine/stability.h"

#include <limits.h>

#include "base/array.h"
#include "base/map.h"
#include "engine/parallel.h"

struct looks {
	const struct scene *scene;
	uint32_t *community[STABILITY_LOOKS];	/* by rank */
	uint32_t count[STABILITY_LOOKS];
};

static enum claque_rc
look_once(void *ctx, size_t job, const struct claque_progress *progress, struct claque_err *err)
{
	struct looks *l = ctx;
	const struct scene *s = l->scene;
	struct grouping_look look = { 1u << job, job == WINDOW_WHOLE, s->settings->seed };

	if (job >= WINDOW_COUNT)
		look = (struct grouping_look){ UINT_MAX, true, hash_mix(s->settings->seed, job) };
	return grouping_communities(s, &look, progress, l->community[job], &l->count[job], err);
}

/* The community that holds more than half of the group's own members, or NO_GROUP. */
static uint32_t
main_community(const struct scene *s, const struct claque_group *g, const uint32_t *community,
	       uint32_t *votes)
{
	uint32_t best = NO_GROUP, own = (uint32_t)(g->member_count - g->exposed_count);

	for (size_t m = 0; m < g->member_count; m++) {
		uint32_t c = community[s->ds->rank[g->members[m].account]];

		if (g->members[m].role != CLAQUE_EXPOSED && c != NO_GROUP && 2 * ++votes[c] > own)
			best = c;
	}
	for (size_t m = 0; m < g->member_count; m++) {
		uint32_t c = community[s->ds->rank[g->members[m].account]];

		if (c != NO_GROUP)
			votes[c] = 0;
	}
	return best;
}

static void
count_look(const struct looks *l, size_t job, struct claque_result *result)
{
	uint32_t *votes = ARRAY_NEW(uint32_t, l->count[job]);

	for (size_t g = 0; g < result->group_count; g++) {
		struct claque_group *group = &result->groups[g];
		uint32_t home = main_community(l->scene, group, l->community[job], votes);

		for (size_t m = 0; m < group->member_count; m++) {
			struct claque_member *member = &group->members[m];
			uint32_t c = l->community[job][l->scene->ds->rank[member->account]];

			if (member->role == CLAQUE_EXPOSED)
				continue;
			member->looks = STABILITY_LOOKS;
			member->stability += home != NO_GROUP && c == home
					     ? 1.0 / STABILITY_LOOKS : 0;
		}
	}
	array_free(votes);
}

enum claque_rc
stability_fill(const struct scene *s, const struct claque_progress *progress,
	       struct claque_result *result, struct claque_err *err)
{
	struct looks l = { .scene = s };
	struct jobs jobs = { &l, STABILITY_LOOKS, look_once };
	enum claque_rc rc;

	if (s->group_count == 0)
		return CLAQUE_OK;
	for (size_t i = 0; i < STABILITY_LOOKS; i++)
		l.community[i] = ARRAY_NEW(uint32_t, s->ds->account_names.count);
	rc = parallel_run(&jobs, s->threads, progress, err);
	for (size_t i = 0; i < STABILITY_LOOKS; i++) {
		if (rc == CLAQUE_OK)
			count_look(&l, i, result);
		array_free(l.community[i]);
	}
	return rc;
}
