#include "config.h"

#include "engine/validate.h"

#include <math.h>
#include <stdlib.h>

#include "engine/array.h"
#include "engine/null.h"

#define X(seconds) (seconds),
const int64_t window_seconds[WINDOW_COUNT] = { WINDOW_LIST(X) };
#undef X

static const char *const texts[WINDOW_COUNT] = {
	"within 10 s", "within 60 s", "within 5 min", "within an hour", "within a day",
	"in the whole period",
};

int64_t
window_ms(unsigned window)
{
	int64_t s = window_seconds[window];

	return s == CLAQUE_WINDOW_WHOLE ? INT64_MAX : s * 1000;
}

const char *
window_text(unsigned window)
{
	return texts[window];
}

struct validator {
	const struct kept *kept;
	struct validated out;
	uint8_t signal;
	double fdr;
	uint64_t seen;		/* pairs with a co-share */
	double ln_cutoff;	/* no p above it can be validated */
	struct edge_room room;
};

/* Distinct objects of the pair by window: each object by its smallest lag. */
static void
weigh(const struct kept *k, const struct pair_run *run, uint32_t weights[WINDOW_COUNT])
{
	memset(weights, 0, WINDOW_COUNT * sizeof(*weights));
	for (size_t i = 0, j; i < run->count; i = j) {
		uint32_t object = k->acts[run->events[i].i].object;
		int64_t least = INT64_MAX;
		unsigned w = 0;

		for (j = i; j < run->count; j++) {
			const struct pair_event *e = &run->events[j];
			int64_t lag = k->acts[e->j].at - k->acts[e->i].at;

			if (k->acts[e->i].object != object)
				break;
			least = lag < least ? lag : least;
		}
		while (window_ms(w) < least)
			w++;
		weights[w]++;
	}
	for (unsigned w = 1; w < WINDOW_COUNT; w++)
		weights[w] += weights[w - 1];
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

/* The window with the smallest p; a wider one with the same weight cannot win. */
static double
best_window(const struct validator *v, const struct pair_run *run, double part, unsigned *best)
{
	uint32_t weights[WINDOW_COUNT], last = 0;
	double least = 1;

	weigh(v->kept, run, weights);
	for (unsigned w = 0; w < WINDOW_COUNT; w++) {
		double ln_p;

		if (weights[w] == last)
			continue;
		last = weights[w];
		ln_p = null_poisson_tail(part * v->out.totals[w], weights[w]);
		if (ln_p < least) {
			least = ln_p;
			*best = w;
		}
	}
	return least;
}

static void
add_candidate(void *ctx, const struct pair_run *run)
{
	struct validator *v = ctx;
	double part = kept_pair_part(v->kept, run->a, run->b);
	unsigned window = 0;
	struct valid_edge *e;

	if (best_window(v, run, part, &window) > v->ln_cutoff)
		return;
	GROW(v->out.edges, v->out.cap, v->out.count + 1);
	e = &v->out.edges[v->out.count++];
	e->edge = edge_fold(v->kept, run, window_ms(window), &v->room);
	edge_judge(&e->edge, part * v->out.totals[window]);
	e->window = (uint8_t)window;
	e->signal = v->signal;
}

static enum claque_rc
find_candidates(struct validator *v, double tests, const struct claque_progress *progress)
{
	struct pairs pairs;
	enum claque_rc rc = pairs_init(&pairs, v->kept, INT64_MAX, PAIR_CEILING, progress);

	if (rc == CLAQUE_OK)
		rc = pairs_each(&pairs, v, add_totals, progress);
	/* With R of the seen pairs validated, the largest p is fdr * R / tests. */
	v->ln_cutoff = log(v->fdr) + log((double)v->seen) - log(tests);
	if (rc == CLAQUE_OK && v->seen > 0)
		rc = pairs_each(&pairs, v, add_candidate, progress);
	pairs_done(&pairs);
	free(v->room.lags);
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
validate_pairs(const struct kept *kept, enum claque_signal signal, double fdr,
	       const struct claque_progress *progress, struct validated *out)
{
	struct validator v = { .kept = kept, .signal = (uint8_t)signal, .fdr = fdr };
	double accounts = kept->active, tests = WINDOW_COUNT * accounts * (accounts - 1) / 2;
	enum claque_rc rc = find_candidates(&v, tests, progress);

	if (rc == CLAQUE_OK)
		rc = keep_valid(&v, tests, progress, out);
	free(v.out.edges);
	return rc;
}
