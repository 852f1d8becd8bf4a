#include "config.h"

#include "engine/pace.h"

#include <stdlib.h>

#include "base/array.h"
#include "engine/null.h"
#include "engine/tick.h"

/* What reading the objects one by one needs. */
struct reader {
	uint64_t *stamps;	/* by rank: the last run that saw it, plus 1 */
	uint32_t *firsts;	/* acts of the object at hand that are their account's first */
	size_t count, cap;
};

static void
read_firsts(struct reader *r, const struct kept *k, size_t run)
{
	r->count = 0;
	for (uint64_t i = k->runs[run]; i < k->runs[run + 1]; i++) {
		uint32_t rank = k->acts[i].account;

		if (r->stamps[rank] == run + 1)
			continue;
		r->stamps[rank] = run + 1;
		ARRAY_GROW(r->firsts, r->cap, r->count + 1);
		r->firsts[r->count++] = (uint32_t)i;
	}
}

static int64_t
count_within(const struct reader *r, const struct pace *p, int64_t window)
{
	const struct act *acts = p->kept->acts;
	int64_t pairs = 0;

	for (size_t i = 0, j = 0; i < r->count; i++) {
		while (acts[r->firsts[i]].at - acts[r->firsts[j]].at > window ||
		       r->firsts[i] - r->firsts[j] > p->reach)
			j++;
		pairs += (int64_t)(i - j);
	}
	return pairs;
}

static void
measure_object(struct pace *p, const struct reader *r, size_t run)
{
	p->pairs[run] = count_within(r, p, INT64_MAX);
	for (unsigned w = 0; w < p->window_count; w++) {
		int64_t within = count_within(r, p, p->windows[w]);

		p->within[run * p->window_count + w] = within;
		p->means[w] += (double)within;
	}
}

static enum claque_rc
measure_objects(struct pace *p, struct reader *r, const struct claque_progress *progress)
{
	const struct kept *k = p->kept;
	struct ticker t = { .progress = progress, .stage = "pacing", .total = k->run_count };
	double pairs = 0;

	for (size_t run = 0; run < k->run_count; run++) {
		read_firsts(r, k, run);
		measure_object(p, r, run);
		pairs += (double)p->pairs[run];
		if (!tick(&t, 1, r->count * 8 + 1))
			return CLAQUE_STOPPED;
	}
	for (unsigned w = 0; w < p->window_count; w++)
		p->means[w] = pairs > 0 ? p->means[w] / pairs : 0;
	return CLAQUE_OK;
}

static struct reader
reader_new(const struct kept *k)
{
	return (struct reader){ .stamps = ARRAY_NEW(uint64_t, k->account_count) };
}

static void
reader_done(struct reader *r)
{
	array_free(r->stamps);
	array_free(r->firsts);
}

enum claque_rc
pace_init(struct pace *p, const struct kept *kept, const struct pace_range *range,
	  const struct claque_progress *progress)
{
	struct reader r = reader_new(kept);
	enum claque_rc rc;

	*p = (struct pace){ .kept = kept, .window_count = range->window_count,
			    .reach = range->reach };
	memcpy(p->windows, range->windows_ms, range->window_count * sizeof(*p->windows));
	p->within = ARRAY_NEW(int64_t, kept->run_count * range->window_count);
	p->pairs = ARRAY_NEW(int64_t, kept->run_count);
	rc = measure_objects(p, &r, progress);
	reader_done(&r);
	if (rc != CLAQUE_OK)
		pace_done(p);
	return rc;
}

void
pace_done(struct pace *p)
{
	array_free(p->within);
	array_free(p->pairs);
	*p = (struct pace){ 0 };
}

void
pace_take_out_of(struct pace *p, size_t run, int64_t lag_ms)
{
	__atomic_fetch_sub(&p->pairs[run], 1, __ATOMIC_RELAXED);
	for (unsigned w = 0; w < p->window_count; w++)
		if (lag_ms <= p->windows[w])
			__atomic_fetch_sub(&p->within[run * p->window_count + w], 1,
					   __ATOMIC_RELAXED);
}

static int
compare_rates(const void *pa, const void *pb)
{
	double a = *(const double *)pa, b = *(const double *)pb;

	return (a > b) - (a < b);
}

/* Rates come in order more or less, or few; where moving them takes too long, qsort() does it. */
static void
sort_rates(double *rates, size_t count)
{
	enum { MOVES = 16 };	/* for each rate, on average */
	size_t moves = 0;

	for (size_t i = 1; i < count && moves <= MOVES * count; i++) {
		double rate = rates[i];
		size_t j = i;

		for (; j > 0 && rates[j - 1] > rate; j--)
			rates[j] = rates[j - 1];
		rates[j] = rate;
		moves += i - j;
	}
	if (moves > MOVES * count)
		array_sort(rates, count, sizeof(*rates), compare_rates);
}

struct meeting
meeting_of(double *rates, uint32_t common, uint32_t hits)
{
	struct meeting m = { .common = common, .hits = hits };

	sort_rates(rates, common);
	for (uint32_t i = 0; i < common; i++)
		m.expected += rates[i];
	m.ln_p = common > 0 ? null_poisson_binomial_tail(rates, common, hits) : 0;
	return m;
}

struct meeting
pace_meeting(const struct pace *p, const struct common *list, uint32_t count,
	     const struct pace_view *view)
{
	uint32_t hits = 0;

	for (uint32_t i = 0; i < count; i++) {
		bool hit = list[i].lag_ms <= p->windows[view->window];

		view->rates[i] = pace_rate_at(p, list[i].run, view->window, hit, view->out);
		hits += hit;
	}
	return meeting_of(view->rates, count, hits);
}
