/*
 * part_coshare.c - the members share more of the same than their activity
 * explains, in the window in which most of their pairs stand out.
 *
 * The group was put together from what it shares, so it cannot but surprise:
 * half of -ln p counts, and coordination as a whole is capped where it alone
 * makes no lead.
 */
#include "config.h"

#include "engine/part.h"

#include <stdio.h>

#include "base/array.h"
#include "engine/null.h"
#include "engine/odds.h"

static double
pairs_by_chance(const struct scene *s, const struct crew *crew, unsigned f, unsigned window)
{
	const struct kept *k = &s->kept[f];
	uint32_t *ranks = ARRAY_NEW(uint32_t, crew->count);
	double expected;

	for (uint32_t i = 0; i < crew->count; i++)
		ranks[i] = s->ds->rank[crew->accounts[i]];
	expected = kept_group_part(k, ranks, crew->count) * s->valid[f].totals[window];
	array_free(ranks);
	return expected;
}

/* The first members' acts on the object that most of them shared together. */
static void
show_rows(const struct scene *s, const struct crew *crew, unsigned f, struct claque_evidence *out)
{
	const struct kept *k = &s->kept[f];
	const struct flow *flow = &s->flows[f][crew->group];
	size_t room = sizeof(out->rows) / sizeof(out->rows[0]);

	for (uint64_t i = k->runs[flow->top_run]; i < k->runs[flow->top_run + 1]; i++) {
		uint32_t account = s->ds->by_rank[k->acts[i].account];

		if (s->group_of[account] == crew->group && out->row_count < room)
			out->rows[out->row_count++] = k->rows[i];
	}
	out->popularity = k->runs[flow->top_run + 1] - k->runs[flow->top_run];
}

/* How surprising the pairs seen are; in units of pairs that come together on one object. */
static double
coshare_ln_p(const struct flow *flow, double expected)
{
	double per_object = flow->seen_squares / flow->seen;

	return null_poisson_tail(expected / per_object, (uint64_t)(flow->seen / per_object));
}

double
part_coshare_surprise(const struct scene *s, const struct crew *crew, unsigned f)
{
	const struct flow *flow;

	if (s->flows[f] == NULL || s->flows[f][crew->group].seen <= 0)
		return 0;
	flow = &s->flows[f][crew->group];
	return -coshare_ln_p(flow, pairs_by_chance(s, crew, f, flow->window));
}

bool
part_coshare(const struct scene *s, const struct crew *crew, unsigned f,
	     struct claque_evidence *out)
{
	const struct flow *flow;
	double ln_p;

	if (s->flows[f] == NULL || s->flows[f][crew->group].seen <= 0)
		return false;
	flow = &s->flows[f][crew->group];
	*out = (struct claque_evidence){
		.axis = CLAQUE_COORDINATION, .unit = "pairs", .n = flow->objects,
		.signal = signal_table[fused_table[f].signal]->info.name,
		.observed = flow->seen,
		.expected = pairs_by_chance(s, crew, f, flow->window),
	};
	ln_p = coshare_ln_p(flow, out->expected);
	out->p = exp(ln_p);
	out->log_odds = cut_to(-ln_p / 2, 0, PART_COORDINATION_MAX);
	show_rows(s, crew, f, out);
	(void)snprintf(out->text, sizeof(out->text),
		       "%.0f pairs of members shared the same %s %s; expected %.3g by chance "
		       "(%llu common ones, %u pairs of accounts stand out)",
		       flow->seen, fused_table[f].noun, window_text(flow->window), out->expected,
		       (unsigned long long)flow->objects, crew->edges[f]);
	return true;
}
