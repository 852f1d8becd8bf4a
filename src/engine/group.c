/*
 * group.c - the sum that is a group's score.
 *
 * Coordination is capped as a whole at a little over one part's cap: however
 * surprising the co-sharing, fans share as surprisingly. From the usual prior
 * of 1 % it can lift a group to 0.21, so a lead needs signs of deception.
 */
#include "config.h"

#include "engine/group.h"

#include <math.h>
#include <stdlib.h>

#include "engine/array.h"
#include "engine/dataset.h"
#include "engine/odds.h"
#include "engine/scene.h"

#define COORDINATION_MAX 3.3	/* ln 20 + 0.3 */
#define HIGH_AXIS 0.5
/* What showing, or not showing, a sign of deception that the group shows is worth to a member. */
#define MEMBER_SIGN 0.5
/* Neighbours after which more of them say no more about a member. */
enum { DEGREE_FULL = 6 };

static void
add_inner_edge(struct inner *in, const struct scene *s, const struct valid_edge *v)
{
	uint32_t group = s->group_of[v->edge.a];
	double weight = scene_edge_weight(&v->edge);

	if (group == UINT32_MAX || group != s->group_of[v->edge.b])
		return;
	in->strength[v->edge.a] += weight;
	in->strength[v->edge.b] += weight;
	in->degree[v->edge.a]++;
	in->degree[v->edge.b]++;
	in->edges[v->signal][group]++;
	if (v->edge.first_seen < in->first_seen[group])
		in->first_seen[group] = v->edge.first_seen;
	if (v->edge.last_seen > in->last_seen[group])
		in->last_seen[group] = v->edge.last_seen;
}

void
inner_init(struct inner *in, const struct scene *s)
{
	uint32_t accounts = s->ds->account_names.count;

	in->strength = COLUMN_NEW(double, accounts);
	in->degree = COLUMN_NEW(uint32_t, accounts);
	in->first_seen = COLUMN_NEW(int64_t, s->group_count);
	in->last_seen = COLUMN_NEW(int64_t, s->group_count);
	for (uint32_t g = 0; g < s->group_count; g++) {
		in->first_seen[g] = INT64_MAX;
		in->last_seen[g] = INT64_MIN;
	}
	for (unsigned i = 0; i < CLAQUE_SIGNAL_COUNT; i++) {
		in->edges[i] = COLUMN_NEW(uint32_t, s->group_count);
		for (size_t e = 0; e < s->valid[i].count; e++)
			add_inner_edge(in, s, &s->valid[i].edges[e]);
	}
}

void
inner_done(struct inner *in)
{
	free(in->strength);
	free(in->degree);
	free(in->first_seen);
	free(in->last_seen);
	for (unsigned i = 0; i < CLAQUE_SIGNAL_COUNT; i++)
		free(in->edges[i]);
}

/* Shrinks the coordination parts that speak for it so that all of them keep the cap. */
static void
cap_coordination(struct claque_evidence *evidence, size_t count)
{
	double up = 0, down = 0;

	for (size_t i = 0; i < count; i++) {
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

/* Adds to each member what its own signs say, beside those of its group. */
static void
add_member_signs(const struct part *part, const int8_t *shows, double log_odds, uint32_t count,
		 double *signs)
{
	if (part->axis != CLAQUE_DECEPTION || log_odds <= 0)
		return;
	for (uint32_t i = 0; i < count; i++)
		if (shows[i] >= 0)
			signs[i] += shows[i] > 0 ? MEMBER_SIGN : -MEMBER_SIGN;
}

static void
run_parts(struct scene *s, struct crew *crew, struct claque_group *out, double *signs)
{
	int8_t *shows = COLUMN_NEW(int8_t, crew->count);

	out->evidence = COLUMN_NEW(struct claque_evidence, part_count);
	for (size_t p = 0; p < part_count; p++) {
		const struct part *part = &part_table[p];
		struct claque_evidence *e = &out->evidence[out->evidence_count];

		memset(shows, -1, crew->count);
		*e = (struct claque_evidence){
			.axis = part->axis, .signal = part->name, .unit = part->unit, .p = 1,
		};
		if (!part->run(part, s, crew, e, shows))
			continue;
		e->log_odds = cut_to(e->log_odds, part->least, part->most);
		add_member_signs(part, shows, e->log_odds, crew->count, signs);
		out->evidence_count++;
	}
	cap_coordination(out->evidence, out->evidence_count);
	free(shows);
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
sum_up(const struct scene *s, struct claque_group *out)
{
	double sums[CLAQUE_AXIS_COUNT] = { 0 }, all = logit(s->settings->prior);
	unsigned assessed = 0;

	qsort(out->evidence, out->evidence_count, sizeof(*out->evidence), compare_evidence);
	for (size_t i = 0; i < out->evidence_count; i++) {
		sums[out->evidence[i].axis] += out->evidence[i].log_odds;
		all += out->evidence[i].log_odds;
		assessed |= 1u << out->evidence[i].axis;
	}
	out->axes[CLAQUE_COORDINATION] = axis_of(sums[CLAQUE_COORDINATION]);
	out->axes[CLAQUE_DECEPTION] = axis_of(sums[CLAQUE_DECEPTION]);
	out->axes[CLAQUE_OVERTNESS] = axis_of(-sums[CLAQUE_OVERTNESS]);
	out->score = logistic(all);
	out->lead = out->score >= s->settings->lead_score;
	out->kind = kind_of(out, (assessed >> CLAQUE_DECEPTION & 1) != 0);
}

/* A member with few ties to its group may be one it reached, not one of it. */
static double
tie_discount(uint32_t degree, uint32_t members)
{
	double full = members - 1 < DEGREE_FULL ? members - 1 : DEGREE_FULL;

	return degree < full ? log(degree / full) : 0;
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

static void
list_members(const struct scene *s, const struct inner *in, const struct crew *crew,
	     const double *signs, struct claque_group *out)
{
	double base = logit(cut_to(out->score, 1e-12, 1 - 1e-12)), total = 0;

	out->members = COLUMN_NEW(struct claque_member, crew->count);
	out->member_count = crew->count;
	for (uint32_t i = 0; i < crew->count; i++)
		total += in->strength[crew->accounts[i]];
	for (uint32_t i = 0; i < crew->count; i++) {
		uint32_t account = crew->accounts[i], degree = in->degree[account];
		bool core = in->strength[account] * crew->count >= total * (1 - 1e-12);

		out->members[i] = (struct claque_member){
			.account = account, .degree = degree,
			.role = core ? CLAQUE_CORE : CLAQUE_AMPLIFIER,
			.score = logistic(base + signs[i] + tie_discount(degree, crew->count)),
		};
	}
	qsort_r(out->members, crew->count, sizeof(*out->members), compare_members,
		(void *)(uintptr_t)s->ds);
}

void
group_score(struct scene *s, const struct inner *in, uint32_t group, const uint32_t *accounts,
	    uint32_t count, struct claque_group *out)
{
	struct crew crew = {
		.group = group, .accounts = accounts, .count = count,
		.first_seen = in->first_seen[group],
	};
	double *signs = COLUMN_NEW(double, count);

	*out = (struct claque_group){
		.first_seen = in->first_seen[group], .last_seen = in->last_seen[group],
	};
	for (unsigned i = 0; i < CLAQUE_SIGNAL_COUNT; i++)
		crew.edges[i] = in->edges[i][group];
	crew.in_burst = COLUMN_NEW(bool, count);
	run_parts(s, &crew, out, signs);
	sum_up(s, out);
	list_members(s, in, &crew, signs, out);
	free(crew.in_burst);
	free(signs);
}
