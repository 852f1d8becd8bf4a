#include "config.h"

#include "engine/flow.h"

#include <math.h>

#include "base/array.h"
#include "engine/dataset.h"
#include "engine/odds.h"
#include "engine/pace.h"
#include "engine/tick.h"

/* See in_steps(). */
#define STEPS 0x1p31

struct timed_act {
	int64_t at;
	uint32_t group;
};

struct walk {
	const struct kept *kept;
	const uint32_t *group_of;
	struct timed_act *acts;
	size_t count, cap;
	uint64_t *stamps;
	double quick_rate;	/* on the object at hand, outside the group: see pace.h */
};

/* Pairs no more than `window` apart; acts in order of time. */
static double
pairs_within(const struct timed_act *acts, size_t count, int64_t window)
{
	double pairs = 0;

	for (size_t i = 0, j = 0; i < count; i++) {
		while (acts[i].at - acts[j].at > window)
			j++;
		pairs += (double)(i - j);
	}
	return pairs;
}

static void
read_firsts(struct walk *w, size_t run)
{
	const struct kept *k = w->kept;

	w->count = 0;
	for (uint64_t i = k->runs[run]; i < k->runs[run + 1]; i++) {
		const struct act *act = &k->acts[i];

		if (w->stamps[act->account] == run + 1)
			continue;
		w->stamps[act->account] = run + 1;
		ARRAY_GROW(w->acts, w->cap, w->count + 1);
		w->acts[w->count++] = (struct timed_act){
			act->at, w->group_of[k->ds->by_rank[act->account]],
		};
	}
}

static int
compare_groups(const void *pa, const void *pb)
{
	const struct timed_act *a = pa, *b = pb;

	if (a->group != b->group)
		return a->group < b->group ? -1 : 1;
	return (a->at > b->at) - (a->at < b->at);
}

/* Does this object go before that one where both have as many pairs? */
static bool
goes_before(const struct kept *k, size_t run, size_t other)
{
	return k->keys[k->acts[k->runs[run]].object] < k->keys[k->acts[k->runs[other]].object];
}

static void
add_object(struct flow *f, const struct walk *w, const struct timed_act *acts, size_t count,
	   size_t run)
{
	double inside = (double)count * (double)(count - 1) / 2;
	double seen = pairs_within(acts, count, window_ms(f->window));
	double quick = pairs_within(acts, count, window_ms(WINDOW_60S));

	f->objects++;
	f->seen += seen;
	f->seen_squares += seen * seen;
	f->quick += quick;
	f->quick_squares += quick * quick;
	f->others -= inside;
	f->quick_expected += in_steps(inside * w->quick_rate, STEPS);
	if (seen > f->top_seen ||
	    (seen == f->top_seen && seen > 0 && goes_before(w->kept, run, f->top_run))) {
		f->top_seen = seen;
		f->top_run = run;
	}
}

static void
add_run(struct walk *w, struct flow *flows, size_t run, double mean)
{
	double n, all, quick;

	read_firsts(w, run);
	n = (double)w->count;
	all = n * (n - 1) / 2;
	quick = pairs_within(w->acts, w->count, window_ms(WINDOW_60S));
	array_sort(w->acts, w->count, sizeof(*w->acts), compare_groups);
	for (size_t i = 0, j; i < w->count; i = j) {
		double inside, inside_quick;

		for (j = i; j < w->count && w->acts[j].group == w->acts[i].group; j++)
			;
		if (w->acts[i].group == UINT32_MAX || j - i < 2)
			continue;
		inside = (double)(j - i) * (double)(j - i - 1) / 2;
		inside_quick = pairs_within(w->acts + i, j - i, window_ms(WINDOW_60S));
		w->quick_rate = pace_rate(quick - inside_quick, all - inside, mean);
		flows[w->acts[i].group].others += all;
		add_object(&flows[w->acts[i].group], w, w->acts + i, j - i, run);
	}
}

/* The share of all pairs of first acts in the file that lie within 60 s. */
static double
mean_rate(struct walk *w)
{
	double quick = 0, all = 0;

	for (size_t r = 0; r < w->kept->run_count; r++) {
		read_firsts(w, r);
		quick += pairs_within(w->acts, w->count, window_ms(WINDOW_60S));
		all += (double)w->count * (double)(w->count - 1) / 2;
	}
	memset(w->stamps, 0, w->kept->account_count * sizeof(*w->stamps));
	return all > 0 ? quick / all : 0;
}

enum claque_rc
flow_measure(const struct kept *kept, const uint32_t *group_of, struct flow *flows,
	     const struct claque_progress *progress)
{
	struct walk w = { .kept = kept, .group_of = group_of };
	struct ticker t = { .progress = progress, .stage = "measuring groups",
			    .total = kept->run_count };
	enum claque_rc rc = CLAQUE_OK;
	double mean;

	w.stamps = ARRAY_NEW(uint64_t, kept->account_count);
	mean = mean_rate(&w);
	for (size_t r = 0; r < kept->run_count && rc == CLAQUE_OK; r++) {
		add_run(&w, flows, r, mean);
		if (!tick(&t, 1, w.count * 8 + 1))
			rc = CLAQUE_STOPPED;
	}
	array_free(w.acts);
	array_free(w.stamps);
	return rc;
}
