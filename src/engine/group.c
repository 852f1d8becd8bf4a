/*
 * group.c - the sum that is a group's score.
 *
 * Coordination is capped as a whole at a little over one part's cap: however
 * surprising the co-sharing, fans share as surprisingly. From the usual prior
 * of 1 % it can lift a group to 0.21, so a lead needs signs of deception.
 */
#include "config.h"

#include "engine/group.h"

#include <stdlib.h>

#include "base/array.h"
#include "engine/odds.h"

#define HIGH_AXIS 0.5
/* A member that acts so much more than its group is what the others follow. */
#define SEED_STRENGTH 2.0

static void
add_inner_edge(struct inner *in, const struct scene *s, unsigned f, const struct valid_edge *v)
{
	uint32_t group = s->group_of[v->edge.a];
	double weight = scene_edge_weight(&v->edge);

	if (group == NO_GROUP || group != s->group_of[v->edge.b])
		return;
	in->strength[v->edge.a] += weight;
	in->strength[v->edge.b] += weight;
	in->degree[v->edge.a]++;
	in->degree[v->edge.b]++;
	in->edges[f][group]++;
	if (v->edge.first_seen < in->first_seen[group])
		in->first_seen[group] = v->edge.first_seen;
	if (v->edge.last_seen > in->last_seen[group])
		in->last_seen[group] = v->edge.last_seen;
}

/* A group without validated edges is seen when its members act. */
static void
add_acts(struct inner *in, const struct scene *s)
{
	const struct coact *c = &s->work.source;

	for (size_t i = 0; i < c->count; i++) {
		uint32_t account = s->ds->by_rank[c->acts[i].account];
		uint32_t group = s->group_of[account];

		if (group == NO_GROUP || !scene_suspects(s, account))
			continue;
		if (c->acts[i].at < in->first_seen[group])
			in->first_seen[group] = c->acts[i].at;
		if (c->acts[i].at > in->last_seen[group])
			in->last_seen[group] = c->acts[i].at;
	}
}

void
inner_init(struct inner *in, const struct scene *s)
{
	uint32_t accounts = s->ds->account_names.count;

	in->strength = ARRAY_NEW(double, accounts);
	in->degree = ARRAY_NEW(uint32_t, accounts);
	in->first_seen = ARRAY_NEW(int64_t, s->group_count);
	in->last_seen = ARRAY_NEW(int64_t, s->group_count);
	for (uint32_t g = 0; g < s->group_count; g++) {
		in->first_seen[g] = INT64_MAX;
		in->last_seen[g] = INT64_MIN;
	}
	for (unsigned f = 0; f < FUSED_COUNT; f++) {
		in->edges[f] = ARRAY_NEW(uint32_t, s->group_count);
		for (size_t e = 0; e < s->valid[f].count; e++)
			add_inner_edge(in, s, f, &s->valid[f].edges[e]);
	}
	add_acts(in, s);
}

void
inner_done(struct inner *in)
{
	array_free(in->strength);
	array_free(in->degree);
	array_free(in->first_seen);
	array_free(in->last_seen);
	for (unsigned f = 0; f < FUSED_COUNT; f++)
		array_free(in->edges[f]);
}

/* Shrinks the coordination parts that speak for it so that all of them keep the cap. */
static void
cap_coordination(struct claque_evidence *evidence, size_t count)
{
	double up = 0, down = 0;

	for (size_t i = 0; i < count; i++) {
		evidence[i].alone = evidence[i].log_odds;
		if (evidence[i].axis != CLAQUE_COORDINATION)
			continue;
		up += evidence[i].log_odds > 0 ? evidence[i].log_odds : 0;
		down += evidence[i].log_odds < 0 ? evidence[i].log_odds : 0;
	}
	if (up + down <= COORDINATION_MAX)
		return;
	for (size_t i = 0; i < count; i++)
		if (evidence[i].axis == CLAQUE_COORDINATION && evidence[i].log_odds > 0)
			evidence[i].log_odds *= (COORDINATION_MAX - down) / up;
}

static void
run_parts(const struct scene *s, const struct crew *crew, struct claque_group *out)
{
	struct claque_evidence *e = ARRAY_NEW(struct claque_evidence,
					       2 * FUSED_COUNT + s->belief.trait_count);
	size_t n = 0;

	for (unsigned f = 0; f < FUSED_COUNT; f++) {
		n += part_coshare(s, crew, f, &e[n]);
		n += part_timing(s, crew, f, &e[n]);
	}
	for (size_t t = 0; t < s->belief.trait_count; t++)
		n += part_trait(s, crew, t, &e[n]);
	cap_coordination(e, n);
	out->evidence = e;
	out->evidence_count = n;
}

static int
compare_evidence(const void *pa, const void *pb)
{
	const struct claque_evidence *a = pa, *b = pb;
	double x = fabs(a->log_odds), y = fabs(b->log_odds);

	if (x < y || x > y)
		return x > y ? -1 : 1;
	return strcmp(a->signal, b->signal);
}

/* An axis is how far its sum lies above even odds: 0 at or below, 0.9 at ln 20. */
static double
axis_of(double sum)
{
	return sum > 0 ? tanh(sum / 2) : 0;
}

static const char *
kind_of(const struct claque_group *g, bool personas_assessed)
{
	if (g->lead)
		return "lead";
	if (g->axes[CLAQUE_COORDINATION] < HIGH_AXIS ||
	    (g->axes[CLAQUE_DECEPTION] >= HIGH_AXIS && g->axes[CLAQUE_OVERTNESS] < HIGH_AXIS))
		return "weak";
	return personas_assessed ? "open coordination" : "unassessed coordination";
}

static void
sum_up(const struct scene *s, bool suspects, struct claque_group *out)
{
	double sums[CLAQUE_AXIS_COUNT] = { 0 }, all = logit(s->settings->prior);
	unsigned assessed = 0;

	array_sort(out->evidence, out->evidence_count, sizeof(*out->evidence), compare_evidence);
	for (size_t i = 0; i < out->evidence_count; i++) {
		sums[out->evidence[i].axis] += out->evidence[i].log_odds;
		all += out->evidence[i].log_odds;
		assessed |= 1u << out->evidence[i].axis;
	}
	out->axes[CLAQUE_COORDINATION] = axis_of(sums[CLAQUE_COORDINATION]);
	out->axes[CLAQUE_DECEPTION] = axis_of(sums[CLAQUE_DECEPTION]);
	out->axes[CLAQUE_OVERTNESS] = axis_of(-sums[CLAQUE_OVERTNESS]);
	out->score = logistic(all);
	out->lead = suspects && out->score >= s->settings->lead_score;
	out->kind = kind_of(out, (assessed >> CLAQUE_DECEPTION & 1) != 0);
}

static int
compare_members(const void *pa, const void *pb, void *ctx)
{
	const struct claque_member *a = pa, *b = pb;
	const struct claque_dataset *ds = ctx;

	if (a->score < b->score || a->score > b->score)
		return a->score > b->score ? -1 : 1;
	return ds->rank[a->account] < ds->rank[b->account] ? -1 : 1;
}

static enum claque_role
role_of(double strength, double mean)
{
	if (strength > 0 && strength >= SEED_STRENGTH * mean)
		return CLAQUE_SEED;
	return strength >= mean * (1 - 1e-12) ? CLAQUE_CORE : CLAQUE_AMPLIFIER;
}

static void
list_members(const struct scene *s, const struct inner *in, const struct roster *r,
	     struct claque_group *out)
{
	double total = 0;
	size_t n = 0;

	out->members = ARRAY_NEW(struct claque_member, r->own_count + r->exposed_count);
	for (uint32_t i = 0; i < r->own_count; i++)
		total += in->strength[r->own[i]];
	for (uint32_t i = 0; i < r->own_count; i++)
		out->members[n++] = (struct claque_member){
			.account = r->own[i], .degree = in->degree[r->own[i]],
			.role = role_of(in->strength[r->own[i]], total / r->own_count),
			.score = s->belief.at[r->own[i]],
		};
	for (uint32_t i = 0; i < r->exposed_count; i++)
		out->members[n++] = (struct claque_member){
			.account = r->exposed[i], .role = CLAQUE_EXPOSED,
			.score = s->belief.at[r->exposed[i]],
		};
	out->member_count = n;
	out->exposed_count = r->exposed_count;
	qsort_r(out->members, n, sizeof(*out->members), compare_members, (void *)(uintptr_t)s->ds);
}

void
group_score(const struct scene *s, const struct inner *in, uint32_t group,
	    const struct roster *roster, struct claque_group *out)
{
	struct crew crew = { .group = group, .accounts = roster->own, .count = roster->own_count };

	*out = (struct claque_group){
		.first_seen = in->first_seen[group], .last_seen = in->last_seen[group],
	};
	for (unsigned f = 0; f < FUSED_COUNT; f++)
		crew.edges[f] = in->edges[f][group];
	run_parts(s, &crew, out);
	sum_up(s, scene_suspects(s, roster->own[0]), out);
	list_members(s, in, roster, out);
}
