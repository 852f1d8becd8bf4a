#include "config.h"

#include "engine/near.h"

#include <math.h>

#include "base/array.h"
#include "engine/odds.h"

/* See in_steps(). */
#define STEPS 0x1p40

#define DAY_MS (INT64_C(24) * 3600 * 1000)

static void
open_sequence(struct near *n)
{
	ARRAY_GROW(n->from, n->from_cap, n->sequences + 2);
	n->from[n->sequences++] = n->count;
	n->from[n->sequences] = n->count;
}

static void
add_place(struct near *n, int64_t at, uint32_t account)
{
	ARRAY_GROW(n->places, n->cap, n->count + 1);
	n->places[n->count++] = (struct near_place){ at, account };
	n->from[n->sequences] = n->count;
}

void
near_of_acts(struct near *n, const struct coact *acts, const struct claque_dataset *ds)
{
	uint32_t *seen = ARRAY_NEW(uint32_t, ds->account_names.count);

	*n = (struct near){ .name = "co-source", .reach = 10, .span_ms = 3 * DAY_MS,
			    .most = 4.5, .least = -2 };
	ARRAY_GROW(n->from, n->from_cap, 1);
	n->from[0] = 0;
	for (uint32_t o = 0; o < acts->object_count; o++) {
		if (acts->from[o + 1] - acts->from[o] < 2)
			continue;
		open_sequence(n);
		for (uint64_t i = acts->from[o]; i < acts->from[o + 1]; i++) {
			const struct coact_act *a = &acts->acts[i];

			if (seen[a->account] == o + 1)
				continue;
			seen[a->account] = o + 1;
			add_place(n, a->at, ds->by_rank[a->account]);
		}
	}
	array_free(seen);
}

static int
compare_places(const void *pa, const void *pb)
{
	const struct near_place *a = pa, *b = pb;

	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	return (a->account > b->account) - (a->account < b->account);
}

/* The numbers of `account` are ranks here, so that ties do not follow the input. */
static void
close_sequence(struct near *n, const struct claque_dataset *ds)
{
	array_sort(n->places, n->count, sizeof(*n->places), compare_places);
	for (size_t i = 0; i < n->count; i++)
		n->places[i].account = ds->by_rank[n->places[i].account];
}

void
near_of_births(struct near *n, const struct claque_dataset *ds)
{
	*n = (struct near){ .name = "creation", .reach = 10, .span_ms = 2 * DAY_MS,
			    .most = 2, .least = -0.5 };
	open_sequence(n);
	for (uint32_t a = 0; a < ds->account_names.count; a++)
		if (ds->accounts[a].created_at != CLAQUE_NO_TIME)
			add_place(n, ds->accounts[a].created_at, ds->rank[a]);
	close_sequence(n, ds);
}

void
near_of_changes(struct near *n, const struct claque_dataset *ds)
{
	*n = (struct near){ .name = "changes", .reach = 10, .span_ms = DAY_MS,
			    .most = 2, .least = -0.5 };
	open_sequence(n);
	for (uint32_t a = 0; a < ds->account_names.count; a++) {
		int64_t last = CLAQUE_NO_TIME;

		for (uint64_t i = ds->change_from[a]; i < ds->change_from[a + 1]; i++) {
			int64_t at = ds->changes[i].at;

			if (at == CLAQUE_NO_TIME ||
			    (last != CLAQUE_NO_TIME && at - last < DAY_MS))
				continue;
			add_place(n, at, ds->rank[a]);
			last = at;
		}
	}
	close_sequence(n, ds);
}

void
near_done(struct near *n)
{
	array_free(n->places);
	array_free(n->from);
	*n = (struct near){ 0 };
}

/* Shares of an operation among neighbours; what is known of them beforehand. */
static const double shares[] = { 0, 0.03, 0.08, 0.2, 0.4, 0.65, 0.9 };
enum { SHARES = sizeof(shares) / sizeof(shares[0]) };
/* Most neighbourhoods hold no operation. */
#define NONE_BEFORE 0.9

struct tally {
	const struct near *near;
	const double *given;	/* by account: ln likelihood for one share */
	double *sums;		/* of `given`, before each place of the sequence at hand: first 0 */
	double *total, *weight;	/* by account */
};

/* A source that few share says more about those who do. */
static double
rarity(size_t sharers)
{
	return 1 / log2(1 + (double)sharers);
}

static void
add_sequence(struct tally *t, size_t s)
{
	const struct near_place *p = t->near->places + t->near->from[s];
	size_t count = t->near->from[s + 1] - t->near->from[s], lo = 0, hi = 0;
	double worth = rarity(count);	/* of each neighbour */

	for (size_t i = 0; i < count; i++)
		t->sums[i + 1] = t->sums[i] + t->given[p[i].account];
	for (size_t i = 0; i < count; i++) {
		uint32_t a = p[i].account;

		while (i - lo > t->near->reach || p[i].at - p[lo].at > t->near->span_ms)
			lo++;
		while (hi < count && hi <= i + t->near->reach &&
		       p[hi].at - p[i].at <= t->near->span_ms)
			hi++;
		t->total[a] += in_steps(worth * (t->sums[hi] - t->sums[lo] - t->given[a]), STEPS);
		t->weight[a] += in_steps(worth * (double)(hi - lo - 1), STEPS);
	}
}

static void
add_all(struct tally *t, uint32_t accounts)
{
	memset(t->total, 0, accounts * sizeof(*t->total));
	memset(t->weight, 0, accounts * sizeof(*t->weight));
	for (size_t s = 0; s < t->near->sequences; s++)
		if (t->near->from[s + 1] > t->near->from[s])
			add_sequence(t, s);
}

/* The mean of the shares, each as likely as the neighbours and the beginning make it. */
static double
mean_share(const double *ln_likelihood, double prior)
{
	double most = 0, sum = 0, weights = 0;

	for (int k = 0; k < SHARES; k++)
		most = ln_likelihood[k] > most ? ln_likelihood[k] : most;
	for (int k = 0; k < SHARES; k++) {
		double before = k == 0 ? NONE_BEFORE : (1 - NONE_BEFORE) / (SHARES - 1);
		double weight = before * exp(ln_likelihood[k] - most);

		sum += weight * (k == 0 ? prior : shares[k]);
		weights += weight;
	}
	return sum / weights;
}

void
near_add(const struct near *n, const double *own, uint32_t accounts, double prior,
	 double *log_odds)
{
	struct tally t = { .near = n };
	double *given = ARRAY_NEW(double, accounts), *logs, middle, none[SHARES] = { 0 };

	t.sums = ARRAY_NEW(double, n->count + 1);
	t.total = ARRAY_NEW(double, accounts);
	t.weight = ARRAY_NEW(double, accounts);
	t.given = given;
	logs = ARRAY_NEW(double, (size_t)accounts * SHARES);
	for (int k = 1; k < SHARES; k++) {
		for (uint32_t a = 0; a < accounts; a++)
			given[a] = log(1 - shares[k] + shares[k] * exp(own[a]));
		add_all(&t, accounts);
		for (uint32_t a = 0; a < accounts; a++)
			logs[(size_t)a * SHARES + (size_t)k] = t.total[a] *
				(t.weight[a] > NEAR_WORTH ? NEAR_WORTH / t.weight[a] : 1);
	}
	middle = logit(mean_share(none, prior));
	for (uint32_t a = 0; a < accounts; a++)
		if (n->sequences > 0 && t.weight[a] > 0)
			log_odds[a] += cut_to(logit(mean_share(&logs[(size_t)a * SHARES], prior)) -
					      middle, n->least, n->most);
	array_free(t.sums);
	array_free(t.total);
	array_free(t.weight);
	array_free(given);
	array_free(logs);
}
