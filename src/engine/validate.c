#include "config.h"

#include "engine/validate.h"

#include <math.h>

#include "base/array.h"
#include "base/err.h"
#include "engine/null.h"
#include "engine/parallel.h"
#include "engine/sort.h"
#include "engine/tick.h"
#include "engine/validator.h"

#define X(seconds) (seconds),
const int64_t window_seconds[WINDOW_COUNT] = { WINDOW_LIST(X) };
#undef X

static const char *const texts[WINDOW_COUNT] = {
	"within 10 s", "within 60 s", "within 5 min", "within an hour", "within a day",
	"in the whole period",
};

#define X(seconds) (seconds) == CLAQUE_WINDOW_WHOLE ? INT64_MAX : INT64_C(1000) * (seconds),
const int64_t window_ends[WINDOW_COUNT] = { WINDOW_LIST(X) };
#undef X

int64_t
window_ms(unsigned window)
{
	return window_ends[window];
}

const char *
window_text(unsigned window)
{
	return texts[window];
}

/* Ranks are given out to workers in blocks of so many, in turn. */
enum { BLOCK = 16 };

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
	const struct pace_range range = { window_ends, WINDOW_WHOLE, VALIDATE_REACH };

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
	v->valid = ARRAY_NEW(struct find, count);
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
	ln_p = ARRAY_NEW(double, v->valid_count);
	ln_q = ARRAY_NEW(double, v->valid_count);
	for (size_t i = 0; i < v->valid_count; i++)
		ln_p[i] = v->valid[i].look.ln_p;
	null_bh(ln_p, v->valid_count, tests, ln_q);
	for (size_t i = 0; i < v->valid_count; i++) {
		v->valid[i].ln_q = ln_q[i];
		kept += exp(ln_q[i]) <= v->how->fdr;
	}
	v->valid_count = kept;
	array_free(ln_p);
	array_free(ln_q);
	return sort_finds(v, compare_pairs, progress) ? CLAQUE_OK : CLAQUE_STOPPED;
}

static void
place_valid(struct validator *v, struct validated *out)
{
	uint32_t ranks = v->kept->account_count;

	v->valid_from = ARRAY_NEW(size_t, (size_t)ranks + 1);
	for (size_t i = 0; i < v->valid_count; i++)
		v->valid_from[(size_t)v->valid[i].pair.a + 1]++;
	for (uint32_t r = 0; r < ranks; r++)
		v->valid_from[r + 1] += v->valid_from[r];
	ARRAY_GROW(out->edges, out->cap, out->count + v->valid_count);
	v->edges = out->edges + out->count;
}

static enum claque_rc
find_edges(struct validator *v, double tests, const struct claque_progress *progress,
	   struct validated *out, struct claque_err *err)
{
	enum claque_rc rc = take_turns(v, worker_find_candidates, progress, err);

	if (rc == CLAQUE_OK)
		rc = take_turns(v, worker_judge, progress, err);
	if (rc == CLAQUE_OK)
		rc = keep_valid(v, tests, progress);
	if (rc != CLAQUE_OK)
		return rc;
	place_valid(v, out);
	rc = take_turns(v, worker_describe, progress, err);
	out->count += rc == CLAQUE_OK ? v->valid_count : 0;
	return rc;
}

static enum claque_rc
validate_all(struct validator *v, const struct claque_progress *progress,
	     struct validated *out, struct claque_err *err)
{
	double accounts = v->kept->active, tests = WINDOW_COUNT * accounts * (accounts - 1) / 2;
	enum claque_rc rc = take_turns(v, worker_add_totals, progress, err);

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

	v->workers = ARRAY_NEW(struct worker, v->worker_count);
	for (unsigned i = 0; i < v->worker_count; i++)
		v->workers[i] = (struct worker){
			.v = v, .row = ARRAY_NEW(struct companion, accounts),
			.claims = ARRAY_NEW(struct claim, accounts),
			.met = ARRAY_NEW(uint32_t, accounts),
		};
}

static void
dismiss(struct validator *v)
{
	for (unsigned i = 0; i < v->worker_count; i++) {
		struct worker *w = &v->workers[i];

		array_free(w->row);
		array_free(w->claims);
		array_free(w->met);
		array_free(w->candidates);
		array_free(w->expected);
		array_free(w->finds);
		array_free(w->sketches);
		array_free(w->events);
		array_free(w->rates);
		array_free(w->room.lags);
	}
	array_free(v->workers);
	array_free(v->valid);
	array_free(v->valid_from);
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
