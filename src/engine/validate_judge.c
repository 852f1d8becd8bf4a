/*
 * validate_judge.c - who may be validated: the pairs that stand out by the pace
 * of the file, then by that of what they shared.
 */
#include "config.h"

#include "engine/validator.h"

#include <math.h>

#include "base/array.h"
#include "engine/null.h"

static inline void
note(void *ctx, const struct encounter *e)
{
	struct worker *w = ctx;
	struct companion *c = &w->row[e->with];

	if (c->stamp != w->stamp) {
		*c = (struct companion){ .stamp = w->stamp };
		w->met[w->met_count++] = e->with;
	}
	(void)meet(c, e);
}

/* Fills the row with everybody of larger rank whom this one meets. */
static void
fill_row(struct worker *w, uint32_t rank)
{
	w->stamp++;
	w->met_count = 0;
	company_walk(&w->v->company, rank, w, note);
	for (size_t i = 0; i < w->met_count; i++)
		add_up_windows(&w->row[w->met[i]]);
}

void
worker_add_totals(struct worker *w, uint32_t rank)
{
	fill_row(w, rank);
	for (size_t i = 0; i < w->met_count; i++)
		for (unsigned n = 0; n < WINDOW_COUNT; n++)
			w->totals[n] += w->row[w->met[i]].weights[n];
	w->seen += w->met_count;
}

/* Most pairs met once. Can that be surprising? Asked of the cheaper null model of the two. */
static bool
means_nothing(const struct validator *v, uint32_t a, uint32_t b, const struct companion *c)
{
	const struct kept *k = v->kept;
	double lambda = (double)k->objects[a] * k->objects[b] * k->phi / k->pairs;
	unsigned window = c->last & ((1u << WINDOW_BITS) - 1);

	return c->weights[WINDOW_WHOLE] == 1 &&
	       null_poisson_tail(lambda * v->totals[window], 1) > v->ln_cutoff;
}

/*
 * A pair that passes by the pace of the file in some window is a candidate;
 * nobody else can be validated, for the pace of the pair's own objects only
 * raises what chance gives. False if it stands out too little to be noted.
 */
static bool
sift(const struct validator *v, const struct companion *c, struct candidate *out)
{
	double least = 0;

	out->part = kept_pair_part(v->kept, out->a, out->b);
	for (unsigned w = 0; w < WINDOW_COUNT; w++) {
		double ln_p;

		if (c->weights[w] == 0 || (w > 0 && c->weights[w] == c->weights[w - 1]))
			continue;
		ln_p = null_poisson_tail(out->part * v->totals[w], c->weights[w]);
		least = ln_p < least ? ln_p : least;
		out->out = out->out || pace_stands_out(c->weights[w], ln_p);
	}
	return least <= v->ln_cutoff;
}

static inline void
take_out(void *ctx, const struct encounter *e)
{
	struct worker *w = ctx;
	struct companion *c = &w->row[e->with];

	if (c->stamp == w->stamp && meet(c, e))
		pace_take_out_of(&w->v->pace, e->run, e->lag_ms);
}

/* Keeps the candidates among those met, and takes who stands out out of the pace. */
void
worker_find_candidates(struct worker *w, uint32_t rank)
{
	bool any_out = false;

	fill_row(w, rank);
	for (size_t i = 0; i < w->met_count; i++) {
		struct companion *c = &w->row[w->met[i]];
		struct candidate pair = { .a = rank, .b = w->met[i] };

		if (!means_nothing(w->v, rank, pair.b, c) && sift(w->v, c, &pair)) {
			ARRAY_GROW(w->candidates, w->candidates_cap, w->candidate_count + 1);
			w->candidates[w->candidate_count++] = pair;
		}
		*c = (struct companion){ .stamp = pair.out ? w->stamp + 1 : 0 };
		any_out = any_out || pair.out;
	}
	w->stamp++;
	if (any_out)
		company_walk(&w->v->company, rank, w, take_out);
}

static inline void
expect(void *ctx, const struct encounter *e)
{
	struct worker *w = ctx;
	const struct pace *p = &w->v->pace;
	struct companion *c = &w->row[e->with];
	struct claim *claim = &w->claims[e->with];
	double *expected;

	if (c->stamp != w->stamp)
		return;
	claim->encounters++;
	if (!meet(c, e))
		return;
	expected = w->expected[claim->number];
	for (unsigned n = 0; n < WINDOW_WHOLE; n++)
		expected[n] += pace_rate_at(p, e->run, n, e->lag_ms <= window_ends[n],
					    w->candidates[w->judged + claim->number].out);
}

/* The most surprising window, the shorter on a tie; none if none can be validated. */
static struct look
best_look(const struct validator *v, const struct candidate *pair, const struct companion *c,
	  const double *expected)
{
	struct look best = { 0 };

	for (unsigned w = 0; w < WINDOW_COUNT; w++) {
		double lambda = pair->part * v->totals[w], own, ln_p;

		if (c->weights[w] == 0)
			continue;
		own = w == WINDOW_WHOLE ? 0 : pair->part * v->totals[WINDOW_WHOLE] * expected[w] /
						      c->weights[WINDOW_WHOLE];
		lambda = own > lambda ? own : lambda;
		ln_p = null_poisson_tail(lambda, c->weights[w]);
		if (ln_p > v->ln_cutoff)
			continue;
		if (best.windows == 0 || ln_p < best.ln_p)
			best = (struct look){ w, best.windows, c->weights[w], lambda, ln_p };
		best.windows |= 1u << w;
	}
	return best;
}

/* Those of the candidates of this rank that may be validated. */
void
worker_judge(struct worker *w, uint32_t rank)
{
	size_t end = w->judged;

	w->stamp++;
	for (; end < w->candidate_count && w->candidates[end].a == rank; end++) {
		uint32_t b = w->candidates[end].b;

		w->row[b] = (struct companion){ .stamp = w->stamp };
		w->claims[b] = (struct claim){ (uint32_t)(end - w->judged), 0 };
	}
	if (end == w->judged)
		return;
	ARRAY_GROW(w->expected, w->expected_cap, end - w->judged);
	memset(w->expected, 0, (end - w->judged) * sizeof(*w->expected));
	company_walk(&w->v->company, rank, w, expect);
	for (size_t i = w->judged; i < end; i++) {
		struct find f = { .pair = w->candidates[i] };
		struct companion *c = &w->row[f.pair.b];

		add_up_windows(c);
		f.encounters = w->claims[f.pair.b].encounters;
		f.look = best_look(w->v, &f.pair, c, w->expected[i - w->judged]);
		if (f.look.windows == 0)
			continue;
		ARRAY_GROW(w->finds, w->finds_cap, w->find_count + 1);
		w->finds[w->find_count++] = f;
	}
	w->judged = end;
}
