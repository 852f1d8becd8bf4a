/*
 * part_coshare.c - the members share more of the same than their activity
 * explains (S2, S4), in the window in which most of their pairs stand out.
 *
 * The group was put together from surprising pairs, so it cannot but surprise:
 * half of -ln p counts, and coordination as a whole is capped where it alone
 * makes no lead.
 */
#include "config.h"

#include "engine/part.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "engine/array.h"
#include "engine/dataset.h"
#include "engine/null.h"

static double
pairs_by_chance(const struct part *part, const struct scene *s, const struct crew *crew,
		unsigned window)
{
	const struct kept *k = &s->kept[part->signal];
	uint32_t *ranks = COLUMN_NEW(uint32_t, crew->count);
	double expected;

	for (uint32_t i = 0; i < crew->count; i++)
		ranks[i] = s->ds->rank[crew->accounts[i]];
	expected = kept_group_part(k, ranks, crew->count) * s->valid[part->signal].totals[window];
	free(ranks);
	return expected;
}

/* The first members' acts on the object that most of them shared together. */
static void
show_rows(const struct part *part, const struct scene *s, const struct crew *crew,
	  const struct flow *f, struct claque_evidence *out)
{
	const struct kept *k = &s->kept[part->signal];
	size_t room = sizeof(out->rows) / sizeof(out->rows[0]);

	for (uint64_t i = k->runs[f->top_run]; i < k->runs[f->top_run + 1]; i++) {
		uint32_t account = s->ds->by_rank[k->acts[i].account];

		if (s->group_of[account] == crew->group && out->row_count < room)
			out->rows[out->row_count++] = k->rows[i];
	}
}

bool
part_coshare(const struct part *part, const struct scene *s, struct crew *crew,
	     struct claque_evidence *out, int8_t *shows)
{
	const struct flow *f = &s->flows[part->signal][crew->group];
	double per_object, ln_p;

	(void)shows;
	if (crew->edges[part->signal] == 0 || f->seen <= 0)
		return false;
	per_object = f->seen_squares / f->seen;
	out->n = f->objects;
	out->observed = f->seen;
	out->expected = pairs_by_chance(part, s, crew, f->window);
	ln_p = null_poisson_tail(out->expected / per_object, (uint64_t)(f->seen / per_object));
	out->p = exp(ln_p);
	out->log_odds = -ln_p / 2;
	show_rows(part, s, crew, f, out);
	(void)snprintf(out->text, sizeof(out->text),
		       "%.0f pairs of members shared the same %s %s; expected %.3g by chance "
		       "(%llu common objects, %u pairs of accounts stand out)",
		       f->seen, part->signal == CLAQUE_SIGNAL_CO_URL ? "URL" : "post",
		       window_text(f->window), out->expected, (unsigned long long)f->objects,
		       crew->edges[part->signal]);
	return true;
}
