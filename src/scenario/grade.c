#include "config.h"

#include "scenario/grade.h"

#include <math.h>
#include <stdlib.h>

static int
higher_first(const void *pa, const void *pb)
{
	const struct grade_item *a = pa, *b = pb;

	return (a->score < b->score) - (a->score > b->score);
}

void
grade_sort(struct grade_item *items, size_t n)
{
	if (n > 0)
		qsort(items, n, sizeof(*items), higher_first);
}

struct tally {
	size_t positives, negatives;
};

static struct tally
count_all(const struct grade_item *items, size_t n)
{
	struct tally t = { 0 };

	for (size_t i = 0; i < n; i++) {
		t.positives += items[i].positive;
		t.negatives += !items[i].positive;
	}
	return t;
}

/* Takes the items from *at on that have one score; false at the end. */
static bool
next_tie(const struct grade_item *items, size_t n, size_t *at, struct tally *tie)
{
	size_t i = *at;

	*tie = (struct tally){ 0 };
	for (; i < n && !(items[i].score < items[*at].score); i++) {
		tie->positives += items[i].positive;
		tie->negatives += !items[i].positive;
	}
	*at = i;
	return tie->positives + tie->negatives > 0;
}

double
grade_auc(const struct grade_item *items, size_t n)
{
	struct tally all = count_all(items, n), tie;
	double won = 0, below = (double)all.negatives;

	if (all.positives == 0 || all.negatives == 0)
		return (double)NAN;
	for (size_t at = 0; next_tie(items, n, &at, &tie);) {
		below -= (double)tie.negatives;
		won += (double)tie.positives * (below + (double)tie.negatives / 2);
	}
	return won / ((double)all.positives * (double)all.negatives);
}

double
grade_average_precision(const struct grade_item *items, size_t n)
{
	struct tally all = count_all(items, n), tie;
	double hits = 0, flagged = 0, sum = 0;

	if (all.positives == 0)
		return (double)NAN;
	for (size_t at = 0; next_tie(items, n, &at, &tie);) {
		hits += (double)tie.positives;
		flagged += (double)(tie.positives + tie.negatives);
		sum += (double)tie.positives * hits / flagged;
	}
	return sum / (double)all.positives;
}

double
grade_recall_at(const struct grade_item *items, size_t n, double most)
{
	struct tally all = count_all(items, n), tie;
	double hits = 0, wrong = 0;

	if (all.positives == 0)
		return (double)NAN;
	for (size_t at = 0; next_tie(items, n, &at, &tie);) {
		wrong += (double)tie.negatives;
		if (wrong > most * (double)all.negatives)
			break;
		hits += (double)tie.positives;
	}
	return hits / (double)all.positives;
}

double
grade_best_f1(const struct grade_item *items, size_t n)
{
	struct tally all = count_all(items, n), tie;
	double hits = 0, flagged = 0, best = 0;

	if (all.positives == 0)
		return (double)NAN;
	for (size_t at = 0; next_tie(items, n, &at, &tie);) {
		hits += (double)tie.positives;
		flagged += (double)(tie.positives + tie.negatives);
		best = fmax(best, 2 * hits / (flagged + (double)all.positives));
	}
	return best;
}

size_t
grade_curve(const struct grade_item *items, size_t n, struct grade_point *out, size_t room)
{
	struct tally all = count_all(items, n), tie;
	double hits = 0, flagged = 0;
	size_t count = 0;

	for (size_t at = 0; all.positives > 0 && next_tie(items, n, &at, &tie);) {
		double recall;

		hits += (double)tie.positives;
		flagged += (double)(tie.positives + tie.negatives);
		recall = hits / (double)all.positives;
		if (tie.positives > 0 && count < room &&
		    (recall >= 1 || count == 0 ||
		     recall - out[count - 1].recall >= 1 / (double)room))
			out[count++] = (struct grade_point){ recall, hits / flagged };
	}
	return count;
}

static double
share(uint64_t part, uint64_t whole)
{
	return whole == 0 ? (double)NAN : (double)part / (double)whole;
}

double
grade_precision(struct grade_flag f)
{
	return share(f.hit, f.hit + f.wrong);
}

double
grade_recall(struct grade_flag f)
{
	return share(f.hit, f.hit + f.missed);
}

double
grade_f1(struct grade_flag f)
{
	return share(2 * f.hit, 2 * f.hit + f.missed + f.wrong);
}

/* --- two labellings */

static int
by_truth(const void *pa, const void *pb)
{
	const struct grade_pairing *a = pa, *b = pb;

	if (a->truth != b->truth)
		return a->truth < b->truth ? -1 : 1;
	return (a->found > b->found) - (a->found < b->found);
}

static int
by_found(const void *pa, const void *pb)
{
	const struct grade_pairing *a = pa, *b = pb;

	return (a->found > b->found) - (a->found < b->found);
}

/* Sums of f over the sizes of cells, rows and columns of the table of both labels. */
struct sums {
	double cells, rows, columns;
};

static double
sum_runs(const struct grade_pairing *p, size_t n,
	 bool (*same)(const struct grade_pairing *a, const struct grade_pairing *b),
	 double (*f)(double count, double n))
{
	double sum = 0;

	for (size_t i = 0, from = 0; i < n; i++) {
		if (i + 1 < n && same(&p[i], &p[i + 1]))
			continue;
		sum += f((double)(i + 1 - from), (double)n);
		from = i + 1;
	}
	return sum;
}

static bool
same_cell(const struct grade_pairing *a, const struct grade_pairing *b)
{
	return a->truth == b->truth && a->found == b->found;
}

static bool
same_truth(const struct grade_pairing *a, const struct grade_pairing *b)
{
	return a->truth == b->truth;
}

static bool
same_found(const struct grade_pairing *a, const struct grade_pairing *b)
{
	return a->found == b->found;
}

static struct sums
sum_table(struct grade_pairing *pairs, size_t n, double (*f)(double count, double n))
{
	struct sums s;

	qsort(pairs, n, sizeof(*pairs), by_truth);
	s.cells = sum_runs(pairs, n, same_cell, f);
	s.rows = sum_runs(pairs, n, same_truth, f);
	qsort(pairs, n, sizeof(*pairs), by_found);
	s.columns = sum_runs(pairs, n, same_found, f);
	return s;
}

static double
entropy_of(double count, double n)
{
	return -count / n * log(count / n);
}

static double
pairs_of(double count, double n)
{
	(void)n;
	return count * (count - 1) / 2;
}

double
grade_nmi(struct grade_pairing *pairs, size_t n)
{
	struct sums h;
	double mean;

	if (n == 0)
		return (double)NAN;
	h = sum_table(pairs, n, entropy_of);
	mean = (h.rows + h.columns) / 2;
	return mean > 0 ? fmax((h.rows + h.columns - h.cells) / mean, 0) : 1;
}

double
grade_ari(struct grade_pairing *pairs, size_t n)
{
	double all = pairs_of((double)n, 0), expected, most;
	struct sums s;

	if (n == 0)
		return (double)NAN;
	s = sum_table(pairs, n, pairs_of);
	expected = n > 1 ? s.rows * s.columns / all : 0;
	most = (s.rows + s.columns) / 2;
	return most - expected > 0 ? (s.cells - expected) / (most - expected) : 1;
}
