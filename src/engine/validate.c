#include "config.h"

#include "engine/validate.h"

#include <math.h>
#include <stdlib.h>

#include "base/err.h"
#include "engine/array.h"
#include "engine/company.h"
#include "engine/null.h"
#include "engine/pace.h"
#include "engine/parallel.h"
#include "engine/sort.h"
#include "engine/tick.h"

#define X(seconds) (seconds),
const int64_t window_seconds[WINDOW_COUNT] = { WINDOW_LIST(X) };
#undef X

static const char *const texts[WINDOW_COUNT] = {
	"within 10 s", "within 60 s", "within 5 min", "within an hour", "within a day",
	"in the whole period",
};

#define X(seconds) (seconds) == CLAQUE_WINDOW_WHOLE ? INT64_MAX : INT64_C(1000) * (seconds),
static const int64_t ends_ms[WINDOW_COUNT] = { WINDOW_LIST(X) };
#undef X

int64_t
window_ms(unsigned window)
{
	return ends_ms[window];
}

const char *
window_text(unsigned window)
{
	return texts[window];
}

/* Ranks are given out to workers in blocks of so many, in turn. */
enum { BLOCK = 16 };

struct candidate {
	uint32_t a, b;		/* ranks */
	double part;		/* see kept_pair_part() */
	bool out;		/* see pace_stands_out() */
};

/* What the account at hand has with another one. Half a cache line: many are met. */
struct companion {
	uint32_t stamp;		/* of the worker when it was begun */
	uint32_t last;		/* object on which they last met, plus 1, and the shortest window */
	uint32_t weights[WINDOW_COUNT];	/* objects by shortest window; at last, within each */
};

_Static_assert(WINDOW_COUNT <= 8, "a window takes three bits of companion.last");
_Static_assert(sizeof(struct companion) == 32, "a companion is half a cache line");

enum { WINDOW_BITS = 3, RUNS_MAX = UINT32_MAX >> WINDOW_BITS };

/* And if it is a candidate. */
struct claim {
	uint32_t number, encounters;
};

/* One pair of accounts in its most surprising window. */
struct look {
	unsigned window;
	uint32_t windows, weight;	/* windows: see struct valid_edge */
	double lambda, ln_p;
};

/* A pair that may be validated. */
struct find {
	struct candidate pair;
	struct look look;
	double ln_q;
};

/* One that is: its encounters, and its rates in the best window. */
struct sketch {
	const struct find *find;
	size_t events, event_count, rates, common, hits;
};

/* What one thread needs and finds. */
struct worker {
	struct validator *v;
	uint32_t stamp;		/* three for each rank at most, of which there are fewer than 2^30 */
	struct companion *row;	/* by rank */
	struct claim *claims;	/* by rank: of companions that are candidates or found */
	uint32_t *met;		/* ranks that have a companion with this stamp */
	size_t met_count;
	double totals[WINDOW_COUNT];
	uint64_t seen;		/* pairs with a co-share */
	struct candidate *candidates;	/* by a */
	size_t candidate_count, candidates_cap, judged;
	double (*expected)[WINDOW_WHOLE];	/* hits of the candidates at hand */
	struct find *finds;
	size_t find_count;
	struct sketch *sketches;	/* of the finds at hand */
	struct pair_event *events;
	double *rates;
	size_t expected_cap, finds_cap, sketches_cap, events_cap, rates_cap;
	struct edge_room room;
};

struct validator {
	const struct validation *how;
	const struct kept *kept;
	struct company company;
	struct pace pace;	/* in all windows but the whole period */
	double totals[WINDOW_COUNT];
	double ln_cutoff;	/* no p above it can be validated */
	struct find *valid;	/* by a, then b */
	size_t valid_count;
	size_t *valid_from;	/* of rank a: valid[valid_from[a] .. valid_from[a + 1]] */
	struct valid_edge *edges;	/* of valid */
	struct worker *workers;
	unsigned worker_count;
	void (*turn)(struct worker *w, uint32_t rank);	/* what they are at */
};

static unsigned
window_of(int64_t lag)
{
	unsigned w = 0;

	for (unsigned i = 0; i < WINDOW_WHOLE; i++)
		w += ends_ms[i] < lag;
	return w;
}

/* Each object counts by its smallest lag. Have they met on it for the first time? */
static inline bool
meet(struct companion *c, const struct encounter *e)
{
	uint32_t w = window_of(e->lag_ms), here = e->run + 1, before;

	if (c->last >> WINDOW_BITS != here) {
		c->last = here << WINDOW_BITS | w;
		c->weights[w]++;
		return true;
	}
	before = c->last & ((1u << WINDOW_BITS) - 1);
	if (w < before) {
		c->weights[before]--;
		c->weights[w]++;
		c->last = here << WINDOW_BITS | w;
	}
	return false;
}

static void
add_up_windows(struct companion *c)
{
	for (unsigned w = 1; w < WINDOW_COUNT; w++)
		c->weights[w] += c->weights[w - 1];
}

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

static void
add_totals(struct worker *w, uint32_t rank)
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
static void
find_candidates(struct worker *w, uint32_t rank)
{
	bool any_out = false;

	fill_row(w, rank);
	for (size_t i = 0; i < w->met_count; i++) {
		struct companion *c = &w->row[w->met[i]];
		struct candidate pair = { .a = rank, .b = w->met[i] };

		if (!means_nothing(w->v, rank, pair.b, c) && sift(w->v, c, &pair)) {
			GROW(w->candidates, w->candidates_cap, w->candidate_count + 1);
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
		expected[n] += pace_rate_at(p, e->run, n, e->lag_ms <= ends_ms[n],
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
static void
judge(struct worker *w, uint32_t rank)
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
	GROW(w->expected, w->expected_cap, end - w->judged);
	memset(w->expected, 0, (end - w->judged) * sizeof(*w->expected));
	company_walk(&w->v->company, rank, w, expect);
	for (size_t i = w->judged; i < end; i++) {
		struct find f = { .pair = w->candidates[i] };
		struct companion *c = &w->row[f.pair.b];

		add_up_windows(c);
		f.look = best_look(w->v, &f.pair, c, w->expected[i - w->judged]);
		if (f.look.windows == 0)
			continue;
		GROW(w->finds, w->finds_cap, w->find_count + 1);
		w->finds[w->find_count++] = f;
	}
	w->judged = end;
}

static inline void
count_encounters(void *ctx, const struct encounter *e)
{
	struct worker *w = ctx;

	w->claims[e->with].encounters += w->row[e->with].stamp == w->stamp;
}

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
	hit = e->lag_ms <= ends_ms[window];
	s->hits += hit;
	w->rates[s->rates + s->common++] = window == WINDOW_WHOLE ? 1 :
		pace_rate_at(p, e->run, window, hit, s->find->pair.out);
}

static struct meeting
meeting_of(const struct worker *w, const struct sketch *s)
{
	const double *rates = w->rates + s->rates;
	struct meeting m = { (uint32_t)s->common, (uint32_t)s->hits, 0, 0 };

	for (size_t i = 0; i < s->common; i++)
		m.expected += rates[i];
	m.ln_p = null_poisson_binomial_tail(rates, s->common, s->hits);
	return m;
}

static void
describe_one(struct worker *w, const struct sketch *s, struct valid_edge *out)
{
	const struct find *f = s->find;
	struct pair_run run = { f->pair.a, f->pair.b, w->events + s->events, s->event_count };
	struct meeting meeting = meeting_of(w, s);

	memset(out, 0, sizeof(*out));
	out->signal = (uint8_t)w->v->how->signal;
	out->window = (uint8_t)f->look.window;
	out->windows = (uint8_t)f->look.windows;
	edge_fold(w->v->kept, &run, ends_ms[f->look.window], &w->room, &out->edge);
	edge_judge(&out->edge, f->look.lambda);
	edge_time(&out->edge, &meeting);
	out->edge.q = exp(f->ln_q);
}

/* Gives each valid pair of the rank room for what it is described by. */
static void
open_sketches(struct worker *w, const struct find *finds, size_t count)
{
	size_t events = 0;

	GROW(w->sketches, w->sketches_cap, count);
	for (size_t i = 0; i < count; i++) {
		w->sketches[i] = (struct sketch){ &finds[i], .events = events, .rates = events };
		events += w->claims[finds[i].pair.b].encounters;
	}
	GROW(w->events, w->events_cap, events);
	GROW(w->rates, w->rates_cap, events);
}

static void
describe(struct worker *w, uint32_t rank)
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
	company_walk(&v->company, rank, w, count_encounters);
	open_sketches(w, &v->valid[from], count);
	company_walk(&v->company, rank, w, collect);
	for (size_t i = 0; i < count; i++)
		describe_one(w, &w->sketches[i], &v->edges[from + i]);
}

/* One worker's turn at its blocks of ranks. */
static enum claque_rc
work(void *ctx, size_t job, const struct claque_progress *progress, struct claque_err *err)
{
	const struct validator *v = ctx;
	uint32_t ranks = v->kept->account_count;
	struct ticker t = { .progress = progress, .stage = "comparing",
			    .total = ranks / v->worker_count };

	(void)err;
	for (size_t lo = job * BLOCK; lo < ranks; lo += (size_t)BLOCK * v->worker_count)
		for (size_t rank = lo; rank < lo + BLOCK && rank < ranks; rank++) {
			uint64_t own = v->company.from[rank + 1] - v->company.from[rank];

			if (own > 0)
				v->turn(&v->workers[job], (uint32_t)rank);
			if (!tick(&t, 1, own * VALIDATE_REACH + 1))
				return CLAQUE_STOPPED;
		}
	return CLAQUE_OK;
}

static enum claque_rc
take_turns(struct validator *v, void (*turn)(struct worker *w, uint32_t rank),
	   const struct claque_progress *progress, struct claque_err *err)
{
	struct jobs jobs = { v, v->worker_count, work };

	v->turn = turn;
	return parallel_run(&jobs, v->worker_count, progress, err);
}

static enum claque_rc
open_pace(struct validator *v, const struct claque_progress *progress)
{
	const struct pace_range range = { ends_ms, WINDOW_WHOLE, VALIDATE_REACH };

	return pace_init(&v->pace, v->kept, &range, progress);
}

/* With R of the seen pairs validated, the largest p is fdr * R / tests. */
static void
set_cutoff(struct validator *v, double tests)
{
	uint64_t seen = 0;

	for (unsigned i = 0; i < v->worker_count; i++) {
		seen += v->workers[i].seen;
		for (unsigned w = 0; w < WINDOW_COUNT; w++)
			v->totals[w] += v->workers[i].totals[w];
	}
	v->ln_cutoff = log(v->how->fdr) + log((double)seen) - log(tests);
}

static int
compare_surprise(const void *x, const void *y)
{
	const struct find *a = x, *b = y;

	return (a->look.ln_p > b->look.ln_p) - (a->look.ln_p < b->look.ln_p);
}

static int
compare_pairs(const void *x, const void *y)
{
	const struct candidate *a = &((const struct find *)x)->pair;
	const struct candidate *b = &((const struct find *)y)->pair;

	return a->a != b->a ? (a->a > b->a) - (a->a < b->a) : (a->b > b->b) - (a->b < b->b);
}

static bool
sort_finds(struct validator *v, int (*compare)(const void *, const void *),
	   const struct claque_progress *progress)
{
	struct ticker t = { .progress = progress, .stage = "correcting" };
	const struct sort_kind kind = { sizeof(*v->valid), compare };

	return sort_items(&kind, v->valid, v->valid_count, &t);
}

static void
gather_finds(struct validator *v)
{
	size_t count = 0;

	for (unsigned i = 0; i < v->worker_count; i++)
		count += v->workers[i].find_count;
	v->valid = COLUMN_NEW(struct find, count);
	for (unsigned i = 0; i < v->worker_count; i++)
		for (size_t f = 0; f < v->workers[i].find_count; f++)
			v->valid[v->valid_count++] = v->workers[i].finds[f];
}

/* Of all that may be validated, keeps those that are, by rank. */
static enum claque_rc
keep_valid(struct validator *v, double tests, const struct claque_progress *progress)
{
	double *ln_p, *ln_q;
	size_t kept = 0;

	gather_finds(v);
	if (!sort_finds(v, compare_surprise, progress))
		return CLAQUE_STOPPED;
	ln_p = COLUMN_NEW(double, v->valid_count);
	ln_q = COLUMN_NEW(double, v->valid_count);
	for (size_t i = 0; i < v->valid_count; i++)
		ln_p[i] = v->valid[i].look.ln_p;
	null_bh(ln_p, v->valid_count, tests, ln_q);
	for (size_t i = 0; i < v->valid_count; i++) {
		v->valid[i].ln_q = ln_q[i];
		kept += exp(ln_q[i]) <= v->how->fdr;
	}
	v->valid_count = kept;
	free(ln_p);
	free(ln_q);
	return sort_finds(v, compare_pairs, progress) ? CLAQUE_OK : CLAQUE_STOPPED;
}

static void
place_valid(struct validator *v, struct validated *out)
{
	uint32_t ranks = v->kept->account_count;

	v->valid_from = COLUMN_NEW(size_t, (size_t)ranks + 1);
	for (size_t i = 0; i < v->valid_count; i++)
		v->valid_from[(size_t)v->valid[i].pair.a + 1]++;
	for (uint32_t r = 0; r < ranks; r++)
		v->valid_from[r + 1] += v->valid_from[r];
	GROW(out->edges, out->cap, out->count + v->valid_count);
	v->edges = out->edges + out->count;
}

static enum claque_rc
find_edges(struct validator *v, double tests, const struct claque_progress *progress,
	   struct validated *out, struct claque_err *err)
{
	enum claque_rc rc = take_turns(v, find_candidates, progress, err);

	if (rc == CLAQUE_OK)
		rc = take_turns(v, judge, progress, err);
	if (rc == CLAQUE_OK)
		rc = keep_valid(v, tests, progress);
	if (rc != CLAQUE_OK)
		return rc;
	place_valid(v, out);
	rc = take_turns(v, describe, progress, err);
	out->count += rc == CLAQUE_OK ? v->valid_count : 0;
	return rc;
}

static enum claque_rc
validate_all(struct validator *v, const struct claque_progress *progress,
	     struct validated *out, struct claque_err *err)
{
	double accounts = v->kept->active, tests = WINDOW_COUNT * accounts * (accounts - 1) / 2;
	enum claque_rc rc = take_turns(v, add_totals, progress, err);

	if (rc != CLAQUE_OK)
		return rc;
	set_cutoff(v, tests);
	memcpy(out->totals, v->totals, sizeof(out->totals));
	if (v->totals[WINDOW_WHOLE] == 0)
		return CLAQUE_OK;
	rc = open_pace(v, progress);
	if (rc == CLAQUE_OK)
		rc = find_edges(v, tests, progress, out, err);
	pace_done(&v->pace);
	return rc;
}

static void
hire(struct validator *v)
{
	uint32_t accounts = v->kept->account_count;

	v->workers = COLUMN_NEW(struct worker, v->worker_count);
	for (unsigned i = 0; i < v->worker_count; i++)
		v->workers[i] = (struct worker){
			.v = v, .row = COLUMN_NEW(struct companion, accounts),
			.claims = COLUMN_NEW(struct claim, accounts),
			.met = COLUMN_NEW(uint32_t, accounts),
		};
}

static void
dismiss(struct validator *v)
{
	for (unsigned i = 0; i < v->worker_count; i++) {
		struct worker *w = &v->workers[i];

		free(w->row);
		free(w->claims);
		free(w->met);
		free(w->candidates);
		free(w->expected);
		free(w->finds);
		free(w->sketches);
		free(w->events);
		free(w->rates);
		free(w->room.lags);
	}
	free(v->workers);
	free(v->valid);
	free(v->valid_from);
}

uint64_t
validate_bytes(const struct kept *kept, unsigned threads)
{
	uint64_t room = sizeof(struct companion) + sizeof(struct claim) + sizeof(uint32_t);

	return company_bytes(kept) + threads * kept->account_count * room;
}

enum claque_rc
validate_pairs(const struct validation *how, const struct claque_progress *progress,
	       struct validated *out, struct claque_err *err)
{
	struct validator v = { .how = how, .kept = how->kept,
			       .worker_count = how->threads > 0 ? how->threads : 1 };
	enum claque_rc rc;

	if (how->kept->run_count > RUNS_MAX)
		return err_set(err, CLAQUE_ELIMIT, "%zu objects are shared by two accounts or more, "
			       "and %u can be compared; score a shorter period",
			       how->kept->run_count, (unsigned)RUNS_MAX);
	company_init(&v.company, how->kept, VALIDATE_REACH);
	hire(&v);
	rc = validate_all(&v, progress, out, err);
	dismiss(&v);
	company_done(&v.company);
	return rc;
}
