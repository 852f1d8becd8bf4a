/*
 * validate_describe.c - the edge of a validated pair: its lags, who leads, and
 * how surprising its timing is. Only for those that are left: sorting lags and
 * summing the Poisson-binomial takes longer than judging all candidates.
 */
#include "config.h"

#include "engine/validator.h"

#include <math.h>

#include "base/array.h"
#include "engine/null.h"

static inline void
collect(void *ctx, const struct encounter *e)
{
	struct worker *w = ctx;
	const struct pace *p = &w->v->pace;
	struct companion *c = &w->row[e->with];
	bool earlier = e->act < e->other, hit;
	struct sketch *s;
	unsigned window;

	if (c->stamp != w->stamp)
		return;
	s = &w->sketches[w->claims[e->with].number];
	window = s->find->look.window;
	w->events[s->events + s->event_count++] = (struct pair_event){
		e->with, earlier ? e->act : e->other, earlier ? e->other : e->act };
	if (!meet(c, e))
		return;
	hit = e->lag_ms <= window_ends[window];
	s->hits += hit;
	w->rates[s->rates + s->common++] = window == WINDOW_WHOLE ? 1 :
		pace_rate_at(p, e->run, window, hit, s->find->pair.out);
}

static void
describe_one(struct worker *w, const struct sketch *s, struct valid_edge *out)
{
	const struct find *f = s->find;
	struct pair_run run = { f->pair.a, f->pair.b, w->events + s->events, s->event_count };
	struct meeting meeting = meeting_of(w->rates + s->rates, (uint32_t)s->common,
					    (uint32_t)s->hits);

	memset(out, 0, sizeof(*out));
	out->signal = (uint8_t)w->v->how->signal;
	out->window = (uint8_t)f->look.window;
	out->windows = (uint8_t)f->look.windows;
	edge_fold(w->v->kept, &run, window_ends[f->look.window], &w->room, &out->edge);
	edge_judge(&out->edge, f->look.lambda);
	edge_time(&out->edge, &meeting);
	out->edge.q = exp(f->ln_q);
}

/* Gives each valid pair of the rank room for what it is described by. */
static void
open_sketches(struct worker *w, const struct find *finds, size_t count)
{
	size_t events = 0;

	ARRAY_GROW(w->sketches, w->sketches_cap, count);
	for (size_t i = 0; i < count; i++) {
		w->sketches[i] = (struct sketch){ &finds[i], .events = events, .rates = events };
		events += finds[i].encounters;
	}
	ARRAY_GROW(w->events, w->events_cap, events);
	ARRAY_GROW(w->rates, w->rates_cap, events);
}

void
worker_describe(struct worker *w, uint32_t rank)
{
	struct validator *v = w->v;
	size_t from = v->valid_from[rank], count = v->valid_from[rank + 1] - from;

	if (count == 0)
		return;
	w->stamp++;
	for (size_t i = 0; i < count; i++) {
		uint32_t b = v->valid[from + i].pair.b;

		w->row[b] = (struct companion){ .stamp = w->stamp };
		w->claims[b] = (struct claim){ (uint32_t)i, 0 };
	}
	open_sketches(w, &v->valid[from], count);
	company_walk(&v->company, rank, w, collect);
	for (size_t i = 0; i < count; i++)
		describe_one(w, &w->sketches[i], &v->edges[from + i]);
}
