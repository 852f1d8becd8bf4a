#include "config.h"

#include "engine/edge.h"

#include <math.h>

#include "base/array.h"
#include "engine/dataset.h"
#include "engine/null.h"
#include "engine/sort.h"

static int64_t
lag_of(const struct kept *k, const struct pair_event *e)
{
	return k->acts[e->j].at - k->acts[e->i].at;
}

uint32_t
edge_weight(const struct kept *k, const struct pair_run *run, int64_t window_ms)
{
	uint32_t weight = 0, last = UINT32_MAX;

	for (size_t i = 0; i < run->count; i++) {
		uint32_t object = k->acts[run->events[i].i].object;

		if (object == last || lag_of(k, &run->events[i]) > window_ms)
			continue;
		weight++;
		last = object;
	}
	return weight;
}

static void
swap_lags(int64_t *a, int64_t *b)
{
	int64_t was = *a;

	*a = *b;
	*b = was;
}

/*
 * Puts the lag of this place where sorting would put it, those before it no
 * larger, those after it no smaller (Hoare 1961, FIND): sorting half a million
 * pairs' lags for their medians took an eighth of a score.
 */
static int64_t
select_lag(int64_t *lags, size_t count, size_t place)
{
	size_t lo = 0, hi = count - 1;

	while (lo < hi) {
		int64_t pivot = lags[lo + (hi - lo) / 2];
		size_t i = lo, j = hi;

		while (i <= j) {
			while (lags[i] < pivot)
				i++;
			while (pivot < lags[j])
				j--;
			if (i > j)
				break;
			swap_lags(&lags[i++], &lags[j]);
			if (j == 0)
				break;
			j--;
		}
		if (place <= j)
			hi = j;
		else if (place >= i)
			lo = i;
		else
			break;
	}
	return lags[place];
}

int64_t
edge_median_s(int64_t *lags, size_t count)
{
	int64_t high = select_lag(lags, count, count / 2), low = high;

	if (count % 2 == 0) {
		low = lags[0];
		for (size_t i = 1; i < count / 2; i++)
			low = lags[i] > low ? lags[i] : low;
	}
	return (low + (high - low) / 2) / 1000;
}

void
edge_fold(const struct kept *k, const struct pair_run *run, int64_t window_ms,
	  struct edge_room *room, struct claque_edge *out)
{
	uint32_t a_first = 0, b_first = 0;

	memset(out, 0, sizeof(*out));
	out->a = k->ds->by_rank[run->a];
	out->b = k->ds->by_rank[run->b];
	out->weight = edge_weight(k, run, window_ms);
	out->p = out->q = 1;
	out->first_seen = INT64_MAX;
	out->last_seen = INT64_MIN;
	ARRAY_GROW(room->lags, room->cap, run->count);
	for (size_t i = 0; i < run->count; i++) {
		const struct act *x = &k->acts[run->events[i].i];
		const struct act *y = &k->acts[run->events[i].j];

		if (y->at - x->at > window_ms)
			continue;
		room->lags[out->pairs++] = y->at - x->at;
		a_first += x->at < y->at && x->account == run->a;
		b_first += x->at < y->at && x->account == run->b;
		out->first_seen = x->at < out->first_seen ? x->at : out->first_seen;
		out->last_seen = y->at > out->last_seen ? y->at : out->last_seen;
	}
	out->median_lag_s = edge_median_s(room->lags, out->pairs);
	out->leader = a_first > b_first ? out->a : b_first > a_first ? out->b : CLAQUE_NO_LEADER;
}

void
edge_judge(struct claque_edge *edge, double lambda)
{
	double ln_p = null_poisson_tail(lambda, edge->weight);

	edge->expected = lambda;
	edge->log10_p = ln_p / M_LN10;
	edge->p = exp(ln_p);
}

void
edge_time(struct claque_edge *edge, const struct meeting *meeting)
{
	edge->timing_expected = meeting->expected;
	edge->timing_p = exp(meeting->ln_p);
}

void
edge_judge_within(struct claque_edge *edge, const struct meeting *meeting, double pairs,
		  double weight)
{
	double own = pairs * meeting_share(meeting);

	edge_judge(edge, edge->expected * (own > weight ? own : weight));
	edge_time(edge, meeting);
}

struct surprise {
	double ln_p;
	size_t edge;
};

static int
compare_surprise(const void *pa, const void *pb)
{
	const struct surprise *a = pa, *b = pb;

	if (a->ln_p < b->ln_p || a->ln_p > b->ln_p)
		return a->ln_p < b->ln_p ? -1 : 1;
	return (a->edge > b->edge) - (a->edge < b->edge);
}

static void
set_q(struct claque_edge *edges, const struct surprise *order, size_t count, double tests)
{
	double *ln_p = ARRAY_NEW(double, count), *ln_q = ARRAY_NEW(double, count);

	for (size_t i = 0; i < count; i++)
		ln_p[i] = order[i].ln_p;
	null_bh(ln_p, count, tests, ln_q);
	for (size_t i = 0; i < count; i++)
		edges[order[i].edge].q = exp(ln_q[i]);
	array_free(ln_p);
	array_free(ln_q);
}

enum claque_rc
edge_correct(struct claque_edge *edges, size_t count, double tests,
	     const struct claque_progress *progress)
{
	static const struct sort_kind by_surprise = { sizeof(struct surprise), compare_surprise };
	struct ticker t = { .progress = progress, .stage = "correcting", .total = count };
	struct surprise *order = ARRAY_NEW(struct surprise, count);
	bool sorted;

	for (size_t i = 0; i < count; i++)
		order[i] = (struct surprise){ edges[i].log10_p * M_LN10, i };
	sorted = sort_items(&by_surprise, order, count, &t);
	if (sorted)
		set_q(edges, order, count, tests);
	array_free(order);
	return sorted ? CLAQUE_OK : CLAQUE_STOPPED;
}

size_t
edge_drop(struct claque_edge *edges, size_t count, const struct claque_network_settings *settings)
{
	size_t left = 0;

	for (size_t i = 0; i < count; i++)
		if (edges[i].weight >= settings->min_weight && edges[i].q <= settings->max_q)
			edges[left++] = edges[i];
	return left;
}
