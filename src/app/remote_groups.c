/*
 * remote_groups.c - communities of a network whose shares are on servers: whose posts are
 * worth bringing home.
 */
#include "config.h"

#include <stdlib.h>

#include "app/remote_job.h"
#include "app/value.h"
#include "claque/cluster.h"

static const struct column columns[] = {
	{ .name = "account_id", .form = FORM_ID }, { .name = "strength", .form = FORM_REAL },
	{ .name = "edges", .form = FORM_COUNT }, { .name = "group", .form = FORM_ID },
};

enum { COLUMN_COUNT = sizeof(columns) / sizeof(columns[0]) };

static double
strength_of(const struct claque_edge *e)
{
	return -e->log10_p < REMOTE_EDGE_CAP ? -e->log10_p : REMOTE_EDGE_CAP;
}

/* Members are the accounts with an edge, by number; places[number]: its place, plus 1. */
static void
list_members(struct remote_groups *g, const struct claque_network *net, uint32_t *places)
{
	size_t cap = 0;

	for (size_t i = 0; i < net->edge_count; i++) {
		const struct claque_edge *e = &net->edges[i];
		const uint32_t ends[] = { e->a, e->b };

		for (size_t side = 0; side < 2; side++) {
			struct remote_member *m;

			if (places[ends[side]] == 0) {
				GROW(g->members, cap, g->count + 1);
				g->members[g->count] =
					(struct remote_member){ .account = ends[side] };
				places[ends[side]] = (uint32_t)++g->count;
			}
			m = &g->members[places[ends[side]] - 1];
			m->edges++;
			m->strength += strength_of(e);
		}
	}
}

static enum claque_rc
cluster_members(struct remote_groups *g, const struct claque_network *net, const uint32_t *places,
		const struct claque_progress *progress, struct claque_err *err)
{
	static const struct claque_cluster_settings settings = { CLAQUE_MODULARITY, 1, 1, 0 };
	struct claque_link *links = NULL;
	uint32_t *membership = NULL, groups;
	size_t cap = 0, room = 0, count = 0;
	double quality;
	enum claque_rc rc;

	GROW(links, cap, net->edge_count);
	GROW(membership, room, g->count);
	for (size_t i = 0; i < net->edge_count; i++) {
		const struct claque_edge *e = &net->edges[i];

		if (strength_of(e) > 0)
			links[count++] = (struct claque_link){ places[e->a] - 1, places[e->b] - 1,
							       strength_of(e) };
	}
	rc = claque_cluster_leiden((uint32_t)g->count, links, count, &settings, progress,
				   membership, &groups, &quality, err);
	for (size_t i = 0; i < g->count && rc == CLAQUE_OK; i++)
		g->members[i].group = membership[i] + 1;
	free(links);
	free(membership);
	return rc;
}

static int
compare_members(const void *pa, const void *pb, void *counted)
{
	const struct remote_member *a = pa, *b = pb;

	if (a->group != b->group)
		return a->group < b->group ? -1 : 1;
	if (a->strength < b->strength || a->strength > b->strength)
		return a->strength > b->strength ? -1 : 1;
	return str_cmp(claque_counted_account_id(counted, a->account),
		       claque_counted_account_id(counted, b->account));
}

enum claque_rc
remote_groups_find(struct remote *r, const struct remote_network *how,
		   const struct claque_progress *progress, struct remote_groups *out,
		   struct claque_err *err)
{
	struct claque_network net;
	uint32_t *places = NULL;
	size_t cap = 0;
	enum claque_rc rc;

	*out = (struct remote_groups){ 0 };
	rc = remote_network(r, how, progress, &out->counted, &net, err);
	if (rc == CLAQUE_OK && net.edge_count > 0) {
		GROW(places, cap, claque_counted_accounts(out->counted));
		memset(places, 0, claque_counted_accounts(out->counted) * sizeof(*places));
		list_members(out, &net, places);
		rc = cluster_members(out, &net, places, progress, err);
	}
	if (rc == CLAQUE_OK && out->count > 1)
		qsort_r(out->members, out->count, sizeof(*out->members), compare_members,
			out->counted);
	free(places);
	claque_network_done(&net);
	return rc;
}

void
remote_groups_done(struct remote_groups *g)
{
	claque_counted_free(g->counted);
	free(g->members);
	*g = (struct remote_groups){ 0 };
}

void
remote_groups_put(const struct remote_groups *g, const struct row_sink *sink)
{
	sink->head(sink->ctx, columns, COLUMN_COUNT);
	for (size_t i = 0; i < g->count; i++) {
		const struct remote_member *m = &g->members[i];
		char room[32];
		struct arena name = { room, room + sizeof(room) };
		const struct value values[COLUMN_COUNT] = {
			value_str(claque_counted_account_id(g->counted, m->account)),
			value_real(m->strength), value_int(m->edges),
			value_str(str_fmt(&name, "R%u", (unsigned)m->group)),
		};

		if (!sink->each(sink->ctx, &(struct row){ (int64_t)i, values }))
			return;
	}
}
