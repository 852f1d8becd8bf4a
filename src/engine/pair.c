#include "config.h"

#include "engine/pair.h"

#include "base/array.h"
#include "engine/tick.h"

/* Below it, insertion beats counting. */
enum { SMALL_SORT = 40 };

/*
 * How many accounts but one act on the object, if one of them does so often
 * enough for REPEATS_MAX to bite; else 0.
 */
static uint32_t
count_crowd(struct pairs *p, size_t from, size_t end)
{
	uint32_t accounts = 0;
	bool crowded = false;

	p->stamp++;
	for (size_t i = from; i < end; i++) {
		struct pair_meets *m = &p->meets[p->kept->acts[i].account];

		if (m->stamp != p->stamp) {
			*m = (struct pair_meets){ .stamp = p->stamp };
			accounts++;
		}
		crowded = crowded || ++m->acts > REPEATS_MAX;
	}
	return crowded ? accounts - 1 : 0;
}

/* Has the act at hand met this account often enough? If not, it meets it once more. */
static bool
met_enough(struct pairs *p, uint32_t account)
{
	struct pair_meets *m = &p->meets[account];

	if (m->stamp != p->stamp)
		*m = (struct pair_meets){ .stamp = p->stamp };
	if (m->acts == REPEATS_MAX)
		return true;
	p->met += ++m->acts == REPEATS_MAX;
	return false;
}

/*
 * Calls `at` for every pair of acts in the window; the heart of the sweep, so
 * it is inlined with its two bodies.
 */
static inline __attribute__((always_inline)) enum claque_rc
sweep(struct pairs *p, const struct claque_progress *progress, const char *stage,
      void (*at)(struct pairs *p, uint32_t a, uint32_t b, size_t i, size_t j))
{
	const struct kept *k = p->kept;
	struct ticker t = { .progress = progress, .stage = stage, .total = k->act_count };

	for (size_t r = 0; r < k->run_count; r++) {
		size_t end = k->runs[r + 1];
		uint32_t others = count_crowd(p, k->runs[r], end);

		for (size_t i = k->runs[r]; i < end; i++) {
			const struct act *x = &k->acts[i];
			size_t j = i + 1;

			p->stamp++;
			p->met = 0;
			for (; j < end && k->acts[j].at - x->at <= p->window_ms; j++) {
				uint32_t y = k->acts[j].account;

				if (others > 0 && p->met == others)
					break;
				if (others > 0 && y != x->account && met_enough(p, y))
					continue;
				if (x->account < y)
					at(p, x->account, y, i, j);
				else if (y < x->account)
					at(p, y, x->account, i, j);
			}
			if (!tick(&t, 1, j - i))
				return CLAQUE_STOPPED;
		}
	}
	return CLAQUE_OK;
}

static inline void
count_pair(struct pairs *p, uint32_t a, uint32_t b, size_t i, size_t j)
{
	(void)b;
	(void)i;
	(void)j;
	p->counts[a]++;
}

static inline void
place_pair(struct pairs *p, uint32_t a, uint32_t b, size_t i, size_t j)
{
	if (a >= p->lo && a < p->hi)
		p->events[p->from[a - p->lo + 1]++] =
			(struct pair_event){ b, (uint32_t)i, (uint32_t)j };
}

enum claque_rc
pairs_init(struct pairs *p, const struct kept *kept, int64_t window_ms,
	   uint64_t ceiling, const struct claque_progress *progress)
{
	enum claque_rc rc;

	*p = (struct pairs){ .kept = kept, .window_ms = window_ms, .ceiling = ceiling };
	p->counts = ARRAY_NEW(uint64_t, (size_t)kept->account_count + 1);
	p->meets = ARRAY_NEW(struct pair_meets, kept->account_count);
	rc = sweep(p, progress, "counting pairs", count_pair);
	if (rc != CLAQUE_OK)
		pairs_done(p);
	return rc;
}

void
pairs_done(struct pairs *p)
{
	array_free(p->counts);
	array_free(p->meets);
	array_free(p->from);
	array_free(p->events);
	array_free(p->spare);
	*p = (struct pairs){ 0 };
}

static void
insertion_sort(struct pair_event *e, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct pair_event x = e[i];
		size_t j = i;

		for (; j > 0 && e[j - 1].b > x.b; j--)
			e[j] = e[j - 1];
		e[j] = x;
	}
}

/* One stable counting pass over the byte at `shift` of b. */
static void
radix_pass(const struct pair_event *in, struct pair_event *out, size_t n, unsigned shift)
{
	size_t at[257] = { 0 };

	for (size_t i = 0; i < n; i++)
		at[(in[i].b >> shift & 0xff) + 1]++;
	for (size_t d = 1; d < 257; d++)
		at[d] += at[d - 1];
	for (size_t i = 0; i < n; i++)
		out[at[in[i].b >> shift & 0xff]++] = in[i];
}

/* By b, keeping the order of the sweep: that of objects, then times. */
static void
sort_events(struct pairs *p, struct pair_event *e, size_t n)
{
	struct pair_event *in = e, *out;

	if (n <= SMALL_SORT) {
		insertion_sort(e, n);
		return;
	}
	ARRAY_GROW(p->spare, p->spare_cap, n);
	out = p->spare;
	for (unsigned shift = 0; shift < 32 && p->kept->account_count >> shift > 0; shift += 8) {
		struct pair_event *swap = in;

		radix_pass(in, out, n, shift);
		in = out;
		out = swap;
	}
	if (in != e)
		memcpy(e, in, n * sizeof(*e));
}

/* Loads the pairs of ranks lo.. up to the ceiling, at least one rank's. */
static enum claque_rc
load(struct pairs *p, uint32_t lo, const struct claque_progress *progress)
{
	uint32_t ranks = p->kept->account_count, hi = lo;
	uint64_t total = 0;
	enum claque_rc rc;

	while (hi < ranks && (hi == lo || total + p->counts[hi] <= p->ceiling))
		total += p->counts[hi++];
	array_free(p->from);
	p->from = ARRAY_NEW(uint64_t, (size_t)(hi - lo) + 2);
	for (uint32_t a = lo; a < hi; a++)
		p->from[a - lo + 2] = p->from[a - lo + 1] + p->counts[a];
	ARRAY_GROW(p->events, p->events_cap, total);
	p->lo = lo;
	p->hi = hi;
	rc = sweep(p, progress, "pairing", place_pair);
	for (uint32_t a = lo; a < hi && rc == CLAQUE_OK; a++)
		sort_events(p, p->events + p->from[a - lo], p->counts[a]);
	if (rc != CLAQUE_OK)
		p->lo = p->hi = 0;
	return rc;
}

static void
visit_rank(const struct pairs *p, uint32_t a, void *ctx,
	   void (*visit)(void *ctx, const struct pair_run *run))
{
	const struct pair_event *e = p->events + p->from[a - p->lo];
	size_t count = p->counts[a];

	for (size_t i = 0, j; i < count; i = j) {
		for (j = i + 1; j < count && e[j].b == e[i].b; j++)
			;
		visit(ctx, &(struct pair_run){ a, e[i].b, e + i, j - i });
	}
}

enum claque_rc
pairs_each(struct pairs *p, void *ctx, void (*visit)(void *ctx, const struct pair_run *run),
	   const struct claque_progress *progress)
{
	uint32_t ranks = p->kept->account_count;
	struct ticker t = { .progress = progress, .stage = "comparing", .total = ranks };

	for (uint32_t a = 0; a < ranks; a++) {
		if (a < p->lo || a >= p->hi) {
			enum claque_rc rc = load(p, a, progress);

			if (rc != CLAQUE_OK)
				return rc;
		}
		visit_rank(p, a, ctx, visit);
		if (!tick(&t, 1, p->counts[a] * 16 + 1))
			return CLAQUE_STOPPED;
	}
	return CLAQUE_OK;
}
