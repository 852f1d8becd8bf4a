#include "config.h"

#include "engine/kept.h"

#include "base/array.h"
#include "engine/dataset.h"
#include "engine/tick.h"

#define WEEK_MS (INT64_C(7) * 24 * 3600 * 1000)

/* Room to count with, gone when kept_init() returns. */
struct tally {
	const struct coact *from;
	uint32_t cap;
	uint64_t *stamps;	/* by rank: the last object, or object and week, that saw it */
	uint64_t stamp;
	uint64_t *meets;	/* (rank << 32 | week) of each first act in a week */
	size_t meet_count, meets_cap;
	int64_t first_week;
	uint32_t week_count;
	double *week_total, *week_square;	/* K_b and sum of d (d - 1) */
	double total, square;
};

static int64_t
week_of(int64_t at)
{
	return at / WEEK_MS - (at % WEEK_MS < 0);
}

static bool
first_time(struct tally *t, uint32_t rank)
{
	if (t->stamps[rank] == t->stamp)
		return false;
	t->stamps[rank] = t->stamp;
	return true;
}

static void
find_weeks(struct tally *t)
{
	int64_t lo = INT64_MAX, hi = INT64_MIN;

	for (size_t i = 0; i < t->from->count; i++) {
		int64_t at = t->from->acts[i].at;

		lo = at < lo ? at : lo;
		hi = at > hi ? at : hi;
	}
	t->first_week = lo <= hi ? week_of(lo) : 0;
	t->week_count = lo <= hi ? (uint32_t)(week_of(hi) - t->first_week + 1) : 1;
}

/* Copies an object's acts; gives back how many accounts they are of. */
static uint32_t
take_acts(struct kept *k, struct tally *t, uint32_t object)
{
	uint32_t degree = 0;

	t->stamp++;
	for (uint64_t i = t->from->from[object]; i < t->from->from[object + 1]; i++) {
		const struct coact_act *a = &t->from->acts[i];

		degree += first_time(t, a->account);
		ARRAY_GROW(k->acts, k->acts_cap, k->act_count + 1);
		ARRAY_GROW(k->rows, k->rows_cap, k->act_count + 1);
		k->acts[k->act_count] = (struct act){ a->at, a->account, object };
		k->rows[k->act_count++] = a->row;
	}
	return degree;
}

static void
close_week(struct tally *t, uint32_t week, double degree)
{
	t->week_total[week] += degree;
	t->week_square[week] += degree * (degree - 1);
}

/* Adds one object's acts [from, end) to the degrees of weeks and accounts. */
static void
add_degrees(struct kept *k, struct tally *t, size_t from)
{
	uint32_t week = 0, degree = 0;

	for (size_t i = from; i < k->act_count; i++) {
		const struct act *act = &k->acts[i];
		uint32_t at = (uint32_t)(week_of(act->at) - t->first_week);

		if (i == from || at != week) {
			close_week(t, week, degree);
			t->stamp++;
			week = at;
			degree = 0;
		}
		if (!first_time(t, act->account))
			continue;
		degree++;
		ARRAY_GROW(t->meets, t->meets_cap, t->meet_count + 1);
		t->meets[t->meet_count++] = (uint64_t)act->account << 32 | week;
	}
	close_week(t, week, degree);
}

static void
add_totals(struct kept *k, struct tally *t, size_t from, double degree)
{
	t->total += degree;
	t->square += degree * (degree - 1);
	t->stamp++;
	for (size_t i = from; i < k->act_count; i++)
		k->objects[k->acts[i].account] += first_time(t, k->acts[i].account);
}

static void
take_object(struct kept *k, struct tally *t, uint32_t object)
{
	size_t from = k->act_count;
	uint32_t degree = take_acts(k, t, object);

	if (degree == 0)
		return;
	if (t->cap > 0 && degree > t->cap) {
		k->hot_objects++;
		k->hot_shares += k->act_count - from;
		k->act_count = from;
		return;
	}
	add_degrees(k, t, from);
	add_totals(k, t, from, degree);
	if (degree == 1) {
		k->act_count = from;
		return;
	}
	ARRAY_GROW(k->runs, k->runs_cap, k->run_count + 2);
	k->runs[k->run_count++] = from;
}

static int
compare_meets(const void *pa, const void *pb)
{
	uint64_t a = *(const uint64_t *)pa, b = *(const uint64_t *)pb;

	return (a > b) - (a < b);
}

/* Sorts the meetings by account with one counting pass, then each account's few. */
static void
sort_meets(struct kept *k, struct tally *t)
{
	uint64_t *from = ARRAY_NEW(uint64_t, (size_t)k->account_count + 2), *sorted;

	sorted = ARRAY_NEW(uint64_t, t->meet_count);
	for (size_t i = 0; i < t->meet_count; i++)
		from[(t->meets[i] >> 32) + 2]++;
	for (size_t r = 2; r < (size_t)k->account_count + 2; r++)
		from[r] += from[r - 1];
	for (size_t i = 0; i < t->meet_count; i++)
		sorted[from[(t->meets[i] >> 32) + 1]++] = t->meets[i];
	for (size_t r = 0; r < k->account_count; r++)
		if (from[r + 1] - from[r] > 1)
			array_sort(sorted + from[r], from[r + 1] - from[r], sizeof(*sorted),
			      compare_meets);
	array_free(t->meets);
	t->meets = sorted;
	array_free(from);
}

static void
fold_loads(struct kept *k, struct tally *t)
{
	size_t count = 0, cap = 0;

	sort_meets(k, t);
	k->load_from = ARRAY_NEW(uint64_t, (size_t)k->account_count + 1);
	ARRAY_GROW(k->loads, cap, t->meet_count);
	for (size_t i = 0; i < t->meet_count; i++) {
		bool same = i > 0 && t->meets[i] == t->meets[i - 1];

		if (same) {
			k->loads[count - 1].objects++;
			continue;
		}
		k->loads[count++] = (struct load){ (uint32_t)t->meets[i], 1 };
		k->load_from[(t->meets[i] >> 32) + 1] = count;
	}
	for (size_t r = 0; r < k->account_count; r++) {
		if (k->load_from[r + 1] == 0)
			k->load_from[r + 1] = k->load_from[r];
		k->active += k->load_from[r + 1] > k->load_from[r];
	}
}

static double
phi(double square, double total)
{
	return total > 0 ? square / (total * total) : 0;
}

static void
close_tally(struct kept *k, struct tally *t)
{
	fold_loads(k, t);
	k->week_phi = ARRAY_NEW(double, t->week_count);
	for (uint32_t w = 0; w < t->week_count; w++) {
		k->week_phi[w] = phi(t->week_square[w], t->week_total[w]);
		k->week_pairs += t->week_square[w] / 2;
	}
	k->phi = phi(t->square, t->total);
	k->pairs = t->square / 2;
	ARRAY_GROW(k->runs, k->runs_cap, k->run_count + 1);
	k->runs[k->run_count] = k->act_count;
}

static void
open_tally(struct tally *t, const struct kept *k)
{
	find_weeks(t);
	t->stamps = ARRAY_NEW(uint64_t, k->account_count);
	t->week_total = ARRAY_NEW(double, t->week_count);
	t->week_square = ARRAY_NEW(double, t->week_count);
}

static void
free_tally(struct tally *t)
{
	array_free(t->stamps);
	array_free(t->meets);
	array_free(t->week_total);
	array_free(t->week_square);
}

enum claque_rc
kept_init(struct kept *k, const struct claque_dataset *ds, const struct coact *acts,
	  uint32_t object_cap, const struct claque_progress *progress)
{
	struct tally t = { .from = acts, .cap = object_cap };
	enum claque_rc rc = CLAQUE_OK;
	struct ticker tk = { .progress = progress, .stage = "counting", .total = acts->count };

	*k = (struct kept){ .ds = ds, .account_count = ds->account_names.count,
			    .undated_shares = acts->undated };
	k->objects = ARRAY_NEW(uint32_t, k->account_count);
	k->keys = ARRAY_NEW(uint64_t, acts->object_count);
	array_copy(k->keys, acts->keys, acts->object_count, sizeof(*k->keys));
	open_tally(&t, k);
	for (uint32_t o = 0; o < acts->object_count && rc == CLAQUE_OK; o++) {
		uint64_t count = acts->from[o + 1] - acts->from[o];

		take_object(k, &t, o);
		if (!tick(&tk, count, count * 8 + 1))
			rc = CLAQUE_STOPPED;
	}
	if (rc == CLAQUE_OK)
		close_tally(k, &t);
	else
		kept_done(k);
	free_tally(&t);
	return rc;
}

void
kept_done(struct kept *k)
{
	array_free(k->acts);
	array_free(k->rows);
	array_free(k->keys);
	array_free(k->runs);
	array_free(k->objects);
	array_free(k->loads);
	array_free(k->load_from);
	array_free(k->week_phi);
	*k = (struct kept){ 0 };
}

static double
week_part(const struct kept *k, uint32_t a, uint32_t b)
{
	uint64_t i = k->load_from[a], j = k->load_from[b];
	uint64_t i_end = k->load_from[a + 1], j_end = k->load_from[b + 1];
	double sum = 0;

	while (i < i_end && j < j_end) {
		const struct load *x = &k->loads[i], *y = &k->loads[j];

		if (x->week == y->week)
			sum += (double)x->objects * y->objects * k->week_phi[x->week];
		i += x->week <= y->week;
		j += y->week <= x->week;
	}
	return sum;
}

/* The larger share of the two null models, each of its own pairs. */
static double
larger(const struct kept *k, double weekly, double whole)
{
	weekly = k->week_pairs > 0 ? weekly / k->week_pairs : 0;
	whole = k->pairs > 0 ? whole / k->pairs : 0;
	return weekly > whole ? weekly : whole;
}

double
kept_pair_part(const struct kept *k, uint32_t a, uint32_t b)
{
	return larger(k, week_part(k, a, b), (double)k->objects[a] * k->objects[b] * k->phi);
}

/* sum over i < j of k_i k_j = ((sum of k)^2 - sum of k^2) / 2, in every week. */
double
kept_group_part(const struct kept *k, const uint32_t *ranks, size_t count)
{
	size_t weeks = 0;
	double *sum, total = 0, squares = 0, weekly = 0;

	for (size_t i = 0; i < count; i++)
		for (uint64_t l = k->load_from[ranks[i]]; l < k->load_from[ranks[i] + 1]; l++)
			if (k->loads[l].week >= weeks)
				weeks = (size_t)k->loads[l].week + 1;
	sum = ARRAY_NEW(double, weeks);
	for (size_t i = 0; i < count; i++) {
		double objects = k->objects[ranks[i]];

		total += objects;
		squares += objects * objects;
		for (uint64_t l = k->load_from[ranks[i]]; l < k->load_from[ranks[i] + 1]; l++) {
			double n = k->loads[l].objects;

			weekly -= n * n * k->week_phi[k->loads[l].week] / 2;
			sum[k->loads[l].week] += n;
		}
	}
	for (size_t w = 0; w < weeks; w++)
		weekly += sum[w] * sum[w] * k->week_phi[w] / 2;
	array_free(sum);
	return larger(k, weekly, (total * total - squares) / 2 * k->phi);
}
