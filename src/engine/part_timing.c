/*
 * part_timing.c - given that they share the same things: are the members
 * closer in time than the other sharers of those very things? Common taste
 * and viral bursts cancel.
 */
#include "config.h"

#include "engine/part.h"

#include <math.h>
#include <stdio.h>

#include "engine/null.h"

/* Fewer pairs of others on the members' objects do not show how fast others are. */
enum { OTHERS_MIN = 30 };

bool
part_timing(const struct part *part, const struct scene *s, struct crew *crew,
	    struct claque_evidence *out, int8_t *shows)
{
	const struct flow *f = &s->flows[part->signal][crew->group];
	double per_object, ln_p;

	(void)shows;
	if (crew->edges[part->signal] == 0 || f->others < OTHERS_MIN || f->quick_expected <= 0)
		return false;
	per_object = f->quick > 0 ? f->quick_squares / f->quick : 1;
	out->n = f->objects;
	out->observed = f->quick;
	out->expected = f->quick_expected;
	ln_p = null_poisson_tail(f->quick_expected / per_object,
				 (uint64_t)(f->quick / per_object));
	out->p = exp(ln_p);
	out->log_odds = f->quick > f->quick_expected
			? -ln_p / 2 : log((f->quick + 1) / (f->quick_expected + 1));
	(void)snprintf(out->text, sizeof(out->text),
		       "%.0f pairs of members shared a %s within 60 s of each other; at the pace "
		       "of its other sharers %.3g would have", f->quick,
		       part->signal == CLAQUE_SIGNAL_CO_URL ? "URL" : "post", f->quick_expected);
	return true;
}
