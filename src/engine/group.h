/* group.h - one group scored: parts, axes, members. */
#ifndef ENGINE_GROUP_H
#define ENGINE_GROUP_H

#include "engine/part.h"

/* Most that coordination gives as a whole, in log odds. */
#define COORDINATION_MAX 3.3	/* ln 20 + 0.3 */

/* What the validated edges inside a group give each account and the group. */
struct inner {
	double *strength;	/* by account number: weight inside its group */
	uint32_t *degree;	/* neighbours inside its group */
	int64_t *first_seen, *last_seen;	/* by group */
	uint32_t *edges[FUSED_COUNT];	/* by group */
};

void inner_init(struct inner *in, const struct scene *s);
void inner_done(struct inner *in);

/* The accounts of a group by id: its own, then those exposed to it. */
struct roster {
	const uint32_t *own, *exposed;
	uint32_t own_count, exposed_count;
};

/* Fills *out; what it points to belongs to it. */
void group_score(const struct scene *s, const struct inner *in, uint32_t group,
		 const struct roster *roster, struct claque_group *out);

#endif
