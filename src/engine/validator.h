/*
 * validator.h - what the parts of validate.c share: a worker goes through its
 * accounts four times. It adds up what there is in each window, finds the pairs
 * that may stand out, judges those by the pace of what they shared, and
 * describes those that are left. Each time it walks along the account's objects
 * anew (company.h), which is cheaper than to keep what it saw.
 */
#ifndef ENGINE_VALIDATOR_H
#define ENGINE_VALIDATOR_H

#include "engine/company.h"
#include "engine/pace.h"
#include "engine/validate.h"

/* In milliseconds; see window_ms(). */
extern const int64_t window_ends[WINDOW_COUNT];

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
	uint32_t encounters;
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

static inline unsigned
window_of(int64_t lag)
{
	unsigned w = 0;

	for (unsigned i = 0; i < WINDOW_WHOLE; i++)
		w += window_ends[i] < lag;
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

static inline void
add_up_windows(struct companion *c)
{
	for (unsigned w = 1; w < WINDOW_COUNT; w++)
		c->weights[w] += c->weights[w - 1];
}

/* Turns of one worker at one rank, in this order. */
void worker_add_totals(struct worker *w, uint32_t rank);
void worker_find_candidates(struct worker *w, uint32_t rank);
void worker_judge(struct worker *w, uint32_t rank);
void worker_describe(struct worker *w, uint32_t rank);

#endif
