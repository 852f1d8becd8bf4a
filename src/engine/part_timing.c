/*
 * part_timing.c - given that they share the same things: are the members
 * closer in time than the other sharers of those very things? Common taste
 * and viral bursts cancel.
 */
#include "config.h"

#include "engine/part.h"

#include <stdio.h>

#include "engine/null.h"
#include "engine/odds.h"

/* Fewer pairs of others on the members' objects do not show how fast others are. */
enum { OTHERS_MIN = 30 };

bool
part_timing(const struct scene *s, const struct crew *crew, unsigned f,
	    struct claque_evidence *out)
{
	const struct flow *flow;
	double per_object, ln_p;

	if (s->flows[f] == NULL)
		return false;
	flow = &s->flows[f][crew->group];
	if (crew->edges[f] == 0 || flow->others < OTHERS_MIN || flow->quick_expected <= 0)
		return false;
	per_object = flow->quick > 0 ? flow->quick_squares / flow->quick : 1;
	*out = (struct claque_evidence){
		.axis = CLAQUE_COORDINATION, .unit = "pairs", .n = flow->objects,
		.signal = fused_table[f].timing,
		.observed = flow->quick, .expected = flow->quick_expected,
	};
	ln_p = null_poisson_tail(flow->quick_expected / per_object,
				 (uint64_t)(flow->quick / per_object));
	out->p = exp(ln_p);
	out->log_odds = flow->quick > flow->quick_expected
			? -ln_p / 2 : log((flow->quick + 1) / (flow->quick_expected + 1));
	out->log_odds = cut_to(out->log_odds, PART_TIMING_MIN, PART_COORDINATION_MAX);
	(void)snprintf(out->text, sizeof(out->text),
		       "%.0f pairs of members shared a %s within 60 s of each other; at the pace "
		       "of its other sharers %.3g would have", flow->quick, fused_table[f].noun,
		       flow->quick_expected);
	return true;
}
