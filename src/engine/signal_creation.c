/*
 * signal_creation.c - accounts made in bulk (S7): more of those who do the
 * same as this account were made in its week than the file's creation dates
 * explain.
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

#include "engine/array.h"
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

enum { KNOWN_MIN = 20, PARTNERS_MIN = 2, SHARERS_MOST = 250 };

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
	b->at = COLUMN_NEW(int64_t, accounts);
	for (uint32_t a = 0; a < accounts; a++)
		if (ds->accounts[a].created_at != CLAQUE_NO_TIME)
			b->at[b->count++] = ds->accounts[a].created_at;
	if (b->count > 1)
		qsort(b->at, b->count, sizeof(*b->at), compare_times);
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
others_near(const struct births *b, int64_t at)
{
	return count_within(b, at - b->near, at + b->near) - 1;
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
	double surprise = -null_poisson_tail(trend_near(b, at) + 0.5,
					     (uint64_t)others_near(b, at)) / LN_10;

	return fmin(FILE_WEIGHT * surprise, FILE_MOST);
}

/* Partners whose date is known, and how many of them were made near this one. */
static void
count_partners(const struct births *b, int64_t at, const struct partner *partners, uint32_t count,
	       struct claque_trait *out, uint32_t *near)
{
	*near = 0;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t other = b->ds->by_rank[partners[i].account];
		int64_t born = b->ds->accounts[other].created_at;

		if (born == CLAQUE_NO_TIME)
			continue;
		out->n++;
		*near += llabs(born - at) <= b->near;
	}
}

static void
measure_one(const struct births *b, int64_t at, const struct partner *partners, uint32_t count,
	    struct claque_trait *out)
{
	double rate = (others_near(b, at) + 0.5) / (double)b->count;
	uint32_t near;

	count_partners(b, at, partners, count, out, &near);
	if (out->n < PARTNERS_MIN)
		return;
	out->value = fmin(-null_binomial_tail(out->n, rate, near) / LN_10 + file_term(b, at),
			  VALUE_MAX);
	/* -log10 of an even p has this mean, half of it when most counts are 0. */
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
	free(b.at);
	return rc;
}

const struct signal signal_creation = {
	.info = {
		.id = "S7", .name = "creation-burst",
		.help = "made in the same week as those who do the same, more than the file's dates "
			"explain",
		.source = "Viswanath et al. 2014; scan statistics: Naus 1965",
		.unit = "-log10 p", .needs = "creation times, shared sources",
		.cost = "O(shares)",
		.axis = CLAQUE_DECEPTION, .family = CLAQUE_FAMILY_PROFILE,
		.shape = CLAQUE_ACCOUNTS,
		.params = {
			{ "near", "days", "to either side of an account's creation", 0.5, 30, 3.5 },
		},
		.param_count = 1,
	},
	.needs = WORKING_SOURCE,
	.measure = measure,
	.model = {
		.bins = 4, .cuts = { 1, 2, 4 },
		.operation = { 0.35, 0.15, 0.2, 0.3 },
		.share = 0.6, .worth = 4, .open_worth = 20,
		.member_cap = 1.5, .group_cap = 2.995732273553991,
	},
	.says = "were made in one week with several of those who do the same",
};
