#include "config.h"

#include "engine/pace.h"

#include <stdlib.h>

#include "engine/array.h"
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
		GROW(r->firsts, r->cap, r->count + 1);
		r->firsts[r->count++] = (uint32_t)i;
	}
}

static double
count_within(const struct reader *r, const struct kept *k, int64_t window)
{
	double pairs = 0;

	for (size_t i = 0, j = 0; i < r->count; i++) {
		while (k->acts[r->firsts[i]].at - k->acts[r->firsts[j]].at > window)
			j++;
		pairs += (double)(i - j);
	}
	return pairs;
}

static void
measure_object(struct pace *p, const struct reader *r, size_t run)
{
	double n = (double)r->count;

	p->pairs[run] = n * (n - 1) / 2;
	for (unsigned w = 0; w < p->window_count; w++) {
		double within = count_within(r, p->kept, p->windows[w]);

		p->within[run * p->window_count + w] = within;
		p->means[w] += within;
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
		pairs += p->pairs[run];
		for (size_t i = 0; i < r->count; i++)
			p->from[k->acts[r->firsts[i]].account + 2]++;
		if (!tick(&t, 1, r->count * 8 + 1))
			return CLAQUE_STOPPED;
	}
	for (unsigned w = 0; w < p->window_count; w++)
		p->means[w] = pairs > 0 ? p->means[w] / pairs : 0;
	return CLAQUE_OK;
}

static enum claque_rc
list_firsts(struct pace *p, struct reader *r, const struct claque_progress *progress)
{
	const struct kept *k = p->kept;
	struct ticker t = { .progress = progress, .stage = "listing", .total = k->run_count };

	for (size_t rank = 2; rank < (size_t)k->account_count + 2; rank++)
		p->from[rank] += p->from[rank - 1];
	p->firsts = COLUMN_NEW(struct first_act, p->from[(size_t)k->account_count + 1]);
	memset(r->stamps, 0, k->account_count * sizeof(*r->stamps));
	for (size_t run = 0; run < k->run_count; run++) {
		read_firsts(r, k, run);
		for (size_t i = 0; i < r->count; i++)
			p->firsts[p->from[k->acts[r->firsts[i]].account + 1]++] =
				(struct first_act){ (uint32_t)run, r->firsts[i] };
		if (!tick(&t, 1, r->count * 8 + 1))
			return CLAQUE_STOPPED;
	}
	return CLAQUE_OK;
}

enum claque_rc
pace_init(struct pace *p, const struct kept *kept, const int64_t *windows_ms,
	  unsigned window_count, const struct claque_progress *progress)
{
	struct reader r = { .stamps = COLUMN_NEW(uint64_t, kept->account_count) };
	enum claque_rc rc;

	*p = (struct pace){ .kept = kept, .window_count = window_count };
	memcpy(p->windows, windows_ms, window_count * sizeof(*windows_ms));
	p->within = COLUMN_NEW(double, kept->run_count * window_count);
	p->pairs = COLUMN_NEW(double, kept->run_count);
	p->from = COLUMN_NEW(uint64_t, (size_t)kept->account_count + 2);
	rc = measure_objects(p, &r, progress);
	if (rc == CLAQUE_OK)
		rc = list_firsts(p, &r, progress);
	free(r.stamps);
	free(r.firsts);
	if (rc != CLAQUE_OK)
		pace_done(p);
	return rc;
}

void
pace_done(struct pace *p)
{
	free(p->within);
	free(p->pairs);
	free(p->from);
	free(p->firsts);
	*p = (struct pace){ 0 };
}

/* Walks along what both shared. */
struct common {
	const struct first_act *x, *x_end, *y, *y_end;
};

static struct common
common_of(const struct pace *p, uint32_t a, uint32_t b)
{
	return (struct common){
		p->firsts + p->from[a], p->firsts + p->from[a + 1],
		p->firsts + p->from[b], p->firsts + p->from[b + 1],
	};
}

/* The next common object: its run and the lag between the two; false at the end. */
static bool
next_common(const struct pace *p, struct common *c, size_t *run, int64_t *lag)
{
	while (c->x < c->x_end && c->y < c->y_end) {
		const struct first_act *x = c->x, *y = c->y;

		c->x += x->run <= y->run;
		c->y += y->run <= x->run;
		if (x->run != y->run)
			continue;
		*run = x->run;
		*lag = llabs(p->kept->acts[x->act].at - p->kept->acts[y->act].at);
		return true;
	}
	return false;
}

void
pace_take_out(struct pace *p, uint32_t a, uint32_t b)
{
	struct common c = common_of(p, a, b);
	size_t run;
	int64_t lag;

	while (next_common(p, &c, &run, &lag)) {
		p->pairs[run]--;
		for (unsigned w = 0; w < p->window_count; w++)
			p->within[run * p->window_count + w] -= lag <= p->windows[w];
	}
}

struct meeting
pace_meeting(const struct pace *p, const struct pace_pair *pair, unsigned window,
	     struct pace_room *room)
{
	struct common c = common_of(p, pair->a, pair->b);
	struct meeting m = { 0 };
	size_t run;
	int64_t lag;

	while (next_common(p, &c, &run, &lag)) {
		bool hit = lag <= p->windows[window];
		double own = pair->out ? 0 : 1;
		double rate = pace_rate(p->within[run * p->window_count + window] - own * hit,
					p->pairs[run] - own, p->means[window]);

		GROW(room->rates, room->cap, (size_t)m.common + 1);
		room->rates[m.common++] = rate;
		m.hits += hit;
		m.expected += rate;
	}
	m.ln_p = m.common > 0 ? null_poisson_binomial_tail(room->rates, m.common, m.hits) : 0;
	return m;
}
