/*
 * signal_creation.c - accounts made in bulk (S7): more of those who do the
 * same as this account were made in its week, month or quarter than the file's
 * creation dates explain. The most surprising of the three counts, and pays for
 * the choice.
 *
 * Sign-ups come in surges of their own: a platform opens to a country, a
 * celebrity joins. A surge is all over the file, so the share of all its
 * accounts that were made in that week is the chance that a partner was, and a
 * surge explains itself. That the week itself stands out of the half year
 * around it is a smaller sign, and can never do alone. (Scan statistics: Naus
 * 1965; batches of registrations: Viswanath et al. 2014.)
 *
 * An account without partners whose dates are known is not assessed: what its
 * week looks like in the file tells nothing of it.
 */
#include "config.h"

#include "engine/signal.h"

#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "engine/null.h"
#include "engine/partners.h"
#include "engine/tick.h"

#define DAY_MS (INT64_C(24) * 3600 * 1000)
/* What the smooth trend is taken from: so much to either side, without the middle. */
#define TREND_MS (90 * DAY_MS)
#define LN_10 2.302585092994046
/* Figures past this say the same: certain. */
#define VALUE_MAX 12.0
/* The file's own surge counts a quarter of its surprise, and never more than 1. */
#define FILE_WEIGHT 0.25
#define FILE_MOST 1.0

enum { KNOWN_MIN = 20, PARTNERS_MIN = 2, SHARERS_MOST = 250, SCALES = 3 };

struct births {
	const struct claque_dataset *ds;
	int64_t *at;		/* known ones, rising */
	size_t count;
	int64_t near;		/* half a week, say */
};

static int
compare_times(const void *pa, const void *pb)
{
	int64_t a = *(const int64_t *)pa, b = *(const int64_t *)pb;

	return (a > b) - (a < b);
}

static void
births_init(struct births *b, const struct claque_dataset *ds, double near_days)
{
	uint32_t accounts = ds->account_names.count;

	*b = (struct births){ .ds = ds, .near = (int64_t)(near_days * (double)DAY_MS) };
	b->at = ARRAY_NEW(int64_t, accounts);
	for (uint32_t a = 0; a < accounts; a++)
		if (ds->accounts[a].created_at != CLAQUE_NO_TIME)
			b->at[b->count++] = ds->accounts[a].created_at;
	if (b->count > 1)
		array_sort(b->at, b->count, sizeof(*b->at), compare_times);
}

static size_t
count_before(const struct births *b, int64_t limit)
{
	size_t lo = 0, count = b->count;

	while (count > 0) {
		size_t half = count / 2;

		if (b->at[lo + half] < limit) {
			lo += half + 1;
			count -= half + 1;
		} else {
			count = half;
		}
	}
	return lo;
}

/* Made at least `from` and at most `to`. */
static double
count_within(const struct births *b, int64_t from, int64_t to)
{
	return (double)(count_before(b, to + 1) - count_before(b, from));
}

/* How much of `from` to `to` lies between the first and the last account, in ms. */
static double
overlap(const struct births *b, int64_t from, int64_t to)
{
	int64_t first = b->at[0], last = b->at[b->count - 1];

	from = from > first ? from : first;
	to = to < last ? to : last;
	return to > from ? (double)(to - from) : 0;
}

/* Of the others, made near this time. */
static double
others_near(const struct births *b, int64_t at, int64_t near)
{
	return count_within(b, at - near, at + near) - 1;
}

/* What the half year around it, without the middle, says should be near. */
static double
trend_near(const struct births *b, int64_t at)
{
	double around = count_within(b, at - TREND_MS, at + TREND_MS) -
			count_within(b, at - b->near, at + b->near);
	double middle = overlap(b, at - b->near, at + b->near);
	double span = overlap(b, at - TREND_MS, at + TREND_MS) - middle;

	return span > 0 ? around / span * middle : 0;
}

static double
file_term(const struct births *b, int64_t at)
{
	double odd = -null_poisson_tail(trend_near(b, at) + 0.5,
					     (uint64_t)others_near(b, at, b->near)) / LN_10;

	return fmin(FILE_WEIGHT * odd, FILE_MOST);
}

/* How many partners' dates are known, and how far each lies from this one. */
static uint32_t
read_gaps(const struct births *b, int64_t at, const struct partner *partners, uint32_t count,
	  int64_t gaps[PARTNERS_MAX])
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < count; i++) {
		int64_t born = b->ds->accounts[b->ds->by_rank[partners[i].account]].created_at;

		if (born != CLAQUE_NO_TIME)
			gaps[n++] = llabs(born - at);
	}
	return n;
}

/* -log10 p of as many partners within `near` by the share of the file that is. */
static double
surprise(const struct births *b, int64_t at, int64_t near, const int64_t *gaps, uint32_t n)
{
	double rate = (others_near(b, at, near) + 0.5) / (double)b->count;
	uint32_t k = 0;

	for (uint32_t i = 0; i < n; i++)
		k += gaps[i] <= near;
	return -null_binomial_tail(n, rate, k) / LN_10;
}

static void
measure_one(const struct births *b, int64_t at, const struct partner *partners, uint32_t count,
	    struct claque_trait *out)
{
	static const int64_t scales[SCALES] = { 1, 4, 12 };
	int64_t gaps[PARTNERS_MAX];
	double best = 0;

	out->n = read_gaps(b, at, partners, count, gaps);
	if (out->n < PARTNERS_MIN)
		return;
	for (int i = 0; i < SCALES; i++)
		best = fmax(best, surprise(b, at, scales[i] * b->near, gaps, out->n));
	best = fmax(best - log10(SCALES), 0);
	out->value = fmin(best + file_term(b, at), VALUE_MAX);
	out->expected = 0;
}

static enum claque_rc
measure_all(const struct births *b, struct partners *p, const struct claque_progress *progress,
	    struct claque_trait *out)
{
	struct ticker t = { .progress = progress, .stage = "comparing creation dates",
			    .total = b->ds->account_names.count };
	struct partner partners[PARTNERS_MAX];

	for (uint32_t a = 0; a < b->ds->account_names.count; a++) {
		int64_t at = b->ds->accounts[a].created_at;
		uint64_t work = 8;

		if (at != CLAQUE_NO_TIME) {
			uint32_t count = partners_of(p, b->ds->rank[a], partners, &work);

			measure_one(b, at, partners, count, &out[a]);
		}
		if (!tick(&t, 1, work * 4))
			return CLAQUE_STOPPED;
	}
	return CLAQUE_OK;
}

static enum claque_rc
measure(const struct workings *w, const double *params, const struct claque_progress *progress,
	struct claque_trait *out, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;
	struct births b;
	struct partners p;

	(void)err;
	births_init(&b, w->ds, params[0]);
	if (b.count >= KNOWN_MIN && w->source.count > 0) {
		partners_init(&p, &w->source, w->ds->account_names.count, SHARERS_MOST);
		rc = measure_all(&b, &p, progress, out);
		partners_done(&p);
	}
	array_free(b.at);
	return rc;
}

const struct signal signal_creation = {
	.info = {
		.id = "S7", .name = "creation-burst",
		.help = "made at the same time as those who do the same, more than the file's "
			"dates explain",
		.source = "Viswanath et al. 2014; scan statistics: Naus 1965",
		.unit = "-log10 p", .needs = "creation times, shared sources",
		.cost = "O(shares)",
		.axis = CLAQUE_DECEPTION, .family = CLAQUE_FAMILY_PROFILE,
		.shape = CLAQUE_ACCOUNTS,
		.params = {
			{ "near", "days", "to either side of an account's creation; four and "
			  "twelve times as much, too", 0.5, 30, 3.5 },
		},
		.param_count = 1,
	},
	.needs = WORKING_SOURCE,
	.measure = measure,
	.model = {
		/* Fans sign up in waves, too: one account's burst says little. */
		.bins = 5, .cuts = { 1, 2, 4, 8 },
		.operation = { 0.3, 0.1, 0.15, 0.15, 0.3 },
		.share = 0.6, .worth = 4, .open_worth = 6,
		.member_cap = 1, .absence_cap = 0.1, .group_cap = 2.995732273553991,
	},
	.says = "were made at one time with several of those who do the same",
};
