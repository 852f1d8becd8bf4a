#include "config.h"

#include "engine/validate.h"

#include <math.h>
#include <stdlib.h>

#include "base/err.h"
#include "engine/array.h"
#include "engine/null.h"
#include "engine/pace.h"

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

struct candidate {
	uint32_t a, b;		/* ranks */
	double part;		/* see kept_pair_part() */
	bool out;		/* see pace_stands_out() */
};

struct validator {
	const struct kept *kept;
	struct validated out;
	uint8_t signal;
	double fdr;
	uint64_t seen;		/* pairs with a co-share */
	double ln_cutoff;	/* no p above it can be validated */
	struct edge_room room;
	struct candidate *candidates;	/* in the order of pairs_each() */
	size_t candidate_count, candidates_cap, judged;
	struct pace pace;	/* in all windows but the whole period */
	struct pace_room pace_room;
};

static unsigned
window_of(int64_t lag)
{
	unsigned w = 0;

	while (ends_ms[w] < lag)
		w++;
	return w;
}

static int64_t
lag_of(const struct kept *k, const struct pair_event *e)
{
	return k->acts[e->j].at - k->acts[e->i].at;
}

/* Distinct objects of the pair by window: each object by its smallest lag. */
static void
weigh(const struct kept *k, const struct pair_run *run, uint32_t weights[WINDOW_COUNT])
{
	memset(weights, 0, WINDOW_COUNT * sizeof(*weights));
	for (size_t i = 0, j; i < run->count; i = j) {
		uint32_t object = k->acts[run->events[i].i].object;
		int64_t least = lag_of(k, &run->events[i]);

		for (j = i + 1; j < run->count; j++) {
			int64_t lag = lag_of(k, &run->events[j]);

			if (k->acts[run->events[j].i].object != object)
				break;
			least = lag < least ? lag : least;
		}
		weights[window_of(least)]++;
	}
	for (unsigned w = 1; w < WINDOW_COUNT; w++)
		weights[w] += weights[w - 1];
}

/* Most pairs met once. Can that be surprising? Asked of the cheaper null model of the two. */
static bool
means_nothing(const struct validator *v, const struct pair_run *run)
{
	const struct kept *k = v->kept;
	double lambda = (double)k->objects[run->a] * k->objects[run->b] * k->phi / k->pairs;

	return run->count == 1 && null_poisson_tail(lambda *
		v->out.totals[window_of(lag_of(k, &run->events[0]))], 1) > v->ln_cutoff;
}

static void
add_totals(void *ctx, const struct pair_run *run)
{
	struct validator *v = ctx;
	uint32_t weights[WINDOW_COUNT];

	weigh(v->kept, run, weights);
	for (unsigned w = 0; w < WINDOW_COUNT; w++)
		v->out.totals[w] += weights[w];
	v->seen++;
}

/*
 * A pair that passes by the pace of the file in some window is a candidate;
 * nobody else can be validated, for the pace of the pair's own objects only
 * raises what chance gives.
 */
static void
add_candidate(void *ctx, const struct pair_run *run)
{
	struct validator *v = ctx;
	struct candidate c = { .a = run->a, .b = run->b };
	uint32_t weights[WINDOW_COUNT];
	double least = 0;

	if (means_nothing(v, run))
		return;
	c.part = kept_pair_part(v->kept, run->a, run->b);
	weigh(v->kept, run, weights);
	for (unsigned w = 0; w < WINDOW_COUNT; w++) {
		double ln_p;

		if (weights[w] == 0 || (w > 0 && weights[w] == weights[w - 1]))
			continue;
		ln_p = null_poisson_tail(c.part * v->out.totals[w], weights[w]);
		least = ln_p < least ? ln_p : least;
		c.out = c.out || pace_stands_out(weights[w], ln_p);
	}
	if (c.out)
		pace_take_out(&v->pace, run->a, run->b);
	if (least > v->ln_cutoff)
		return;
	GROW(v->candidates, v->candidates_cap, v->candidate_count + 1);
	v->candidates[v->candidate_count++] = c;
}

/* One pair of accounts in one window. */
struct look {
	double lambda, ln_p;
	struct meeting meeting;
};

static struct look
look_through(struct validator *v, const struct candidate *c, unsigned w, uint32_t weight)
{
	struct pace_pair pair = { c->a, c->b, c->out };
	double lambda = c->part * v->out.totals[w], own;
	struct look look = { .meeting = { weight, weight, weight, 0 } };

	if (w != WINDOW_WHOLE) {
		look.meeting = pace_meeting(&v->pace, &pair, w, &v->pace_room);
		own = c->part * v->out.totals[WINDOW_WHOLE] * meeting_share(&look.meeting);
		lambda = own > lambda ? own : lambda;
	}
	look.lambda = lambda;
	look.ln_p = null_poisson_tail(lambda, weight);
	return look;
}

/* The most surprising window, the shorter on a tie; false if none can be validated. */
static bool
best_window(struct validator *v, const struct candidate *c, const struct pair_run *run,
	    struct valid_edge *e, struct look *best)
{
	uint32_t weights[WINDOW_COUNT];

	weigh(v->kept, run, weights);
	for (unsigned w = 0; w < WINDOW_COUNT; w++) {
		struct look look;

		if (weights[w] == 0)
			continue;
		look = look_through(v, c, w, weights[w]);
		if (look.ln_p > v->ln_cutoff)
			continue;
		if (e->windows == 0 || look.ln_p < best->ln_p) {
			*best = look;
			e->window = (uint8_t)w;
		}
		e->windows |= (uint8_t)(1u << w);
	}
	return e->windows != 0;
}

static void
judge_candidate(void *ctx, const struct pair_run *run)
{
	struct validator *v = ctx;
	const struct candidate *c = &v->candidates[v->judged];
	struct valid_edge e = { .signal = v->signal };
	struct look best;

	if (v->judged == v->candidate_count || c->a != run->a || c->b != run->b)
		return;
	v->judged++;
	if (!best_window(v, c, run, &e, &best))
		return;
	e.edge = edge_fold(v->kept, run, window_ms(e.window), &v->room);
	edge_judge(&e.edge, best.lambda);
	edge_time(&e.edge, &best.meeting);
	GROW(v->out.edges, v->out.cap, v->out.count + 1);
	v->out.edges[v->out.count++] = e;
}

static enum claque_rc
open_pace(struct validator *v, const struct claque_progress *progress)
{
	int64_t windows[WINDOW_WHOLE];

	for (unsigned w = 0; w < WINDOW_WHOLE; w++)
		windows[w] = window_ms(w);
	return pace_init(&v->pace, v->kept, windows, WINDOW_WHOLE, progress);
}

static enum claque_rc
walk_pairs(struct validator *v, struct pairs *pairs, double tests,
	   const struct claque_progress *progress)
{
	enum claque_rc rc = pairs_each(pairs, v, add_totals, progress);

	if (rc != CLAQUE_OK || v->seen == 0)
		return rc;
	/* With R of the seen pairs validated, the largest p is fdr * R / tests. */
	v->ln_cutoff = log(v->fdr) + log((double)v->seen) - log(tests);
	rc = open_pace(v, progress);
	if (rc == CLAQUE_OK)
		rc = pairs_each(pairs, v, add_candidate, progress);
	if (rc == CLAQUE_OK && v->candidate_count > 0)
		rc = pairs_each(pairs, v, judge_candidate, progress);
	pace_done(&v->pace);
	return rc;
}

static enum claque_rc
check_room(const struct pairs *pairs, uint64_t pair_bytes, struct claque_err *err)
{
	uint64_t least = pairs_most(pairs) * PAIR_BYTES;

	if (pair_bytes == 0 || least <= pair_bytes)
		return CLAQUE_OK;
	return err_set(err, CLAQUE_ELIMIT, "the pairs of acts of one account alone take %llu MB, and "
		       "the ceiling leaves %llu MB for pairs; give more memory or a lower object cap",
		       (unsigned long long)(least >> 20) + 1, (unsigned long long)pair_bytes >> 20);
}

static enum claque_rc
find_edges(struct validator *v, const struct validation *how, double tests,
	   const struct claque_progress *progress, struct claque_err *err)
{
	struct pairs pairs;
	const struct pair_range range = { INT64_MAX, VALIDATE_REACH };
	uint64_t ceiling = how->pair_bytes > 0 ? how->pair_bytes / PAIR_BYTES + 1 : PAIR_CEILING;
	enum claque_rc rc = pairs_init(&pairs, v->kept, range, ceiling, progress);

	if (rc == CLAQUE_OK)
		rc = check_room(&pairs, how->pair_bytes, err);
	if (rc == CLAQUE_OK)
		rc = walk_pairs(v, &pairs, tests, progress);
	pairs_done(&pairs);
	free(v->pace_room.rates);
	free(v->room.lags);
	free(v->candidates);
	return rc;
}

/* Appends the candidates that pass, in their order. */
static enum claque_rc
keep_valid(const struct validator *v, double tests, const struct claque_progress *progress,
	   struct validated *out)
{
	struct claque_edge *edges = COLUMN_NEW(struct claque_edge, v->out.count);
	enum claque_rc rc;

	for (size_t i = 0; i < v->out.count; i++)
		edges[i] = v->out.edges[i].edge;
	rc = edge_correct(edges, v->out.count, tests, progress);
	GROW(out->edges, out->cap, out->count + v->out.count);
	for (size_t i = 0; i < v->out.count && rc == CLAQUE_OK; i++) {
		if (edges[i].q > v->fdr)
			continue;
		out->edges[out->count] = v->out.edges[i];
		out->edges[out->count++].edge.q = edges[i].q;
	}
	memcpy(out->totals, v->out.totals, sizeof(out->totals));
	free(edges);
	return rc;
}

enum claque_rc
validate_pairs(const struct validation *how, const struct claque_progress *progress,
	       struct validated *out, struct claque_err *err)
{
	struct validator v = { .kept = how->kept, .signal = (uint8_t)how->signal,
			       .fdr = how->fdr };
	double accounts = how->kept->active, tests = WINDOW_COUNT * accounts * (accounts - 1) / 2;
	enum claque_rc rc = find_edges(&v, how, tests, progress, err);

	if (rc == CLAQUE_OK)
		rc = keep_valid(&v, tests, progress, out);
	free(v.out.edges);
	return rc;
}
