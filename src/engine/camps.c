#include "config.h"

#include "engine/camps.h"

#include <math.h>

#include "base/array.h"

enum {
	AXES = 2,
	STEPS = 40,		/* of the power iteration */
	MEANS_STEPS = 12,
	SIDE_MIN = 3,		/* sources on a side */
	SHUFFLES = 2,
	LOOKED_AT = 3 * CUTS_MAX,	/* halves, at most */
};

/* A side that holds less of the sharing is a corner, not a camp. */
#define CAMP_LEAST 0.2
/* Sortedness below this is no cut; and it must be so many times that by chance. */
#define SORTED_LEAST 0.5
#define OVER_CHANCE 2.0

void
incidence_done(struct incidence *in)
{
	array_free(in->from);
	array_free(in->column);
	array_free(in->count);
	array_free(in->weight);
	array_free(in->row_name);
	array_free(in->column_name);
	*in = (struct incidence){ 0 };
}

static double *
column_degrees(const struct incidence *in)
{
	double *degree = ARRAY_NEW(double, in->columns);

	for (uint64_t i = 0; i < in->from[in->rows]; i++)
		degree[in->column[i]] += in->weight[i];
	return degree;
}

static double
total(const double *degree, uint32_t count)
{
	double sum = 0;

	for (uint32_t c = 0; c < count; c++)
		sum += degree[c];
	return sum;
}

/* Takes out what is the same everywhere, which is no axis, and makes the length 1. */
static void
centre(double *x, const double *degree, uint32_t count)
{
	double sum = 0, mass = total(degree, count), square = 0;

	for (uint32_t c = 0; c < count; c++)
		sum += degree[c] * x[c];
	for (uint32_t c = 0; c < count; c++) {
		x[c] -= sum / mass;
		square += degree[c] * x[c] * x[c];
	}
	for (uint32_t c = 0; c < count && square > 0; c++)
		x[c] /= sqrt(square);
}

/* Every account stands at the mean of its sources, then every source at that of its accounts. */
static void
walk(const struct incidence *in, const double *degree, double pull, double *x, double *next)
{
	for (uint32_t c = 0; c < in->columns; c++)
		next[c] = 0;
	for (uint32_t r = 0; r < in->rows; r++) {
		double sum = 0, mass = 0;

		for (uint64_t i = in->from[r]; i < in->from[r + 1]; i++) {
			sum += in->weight[i] * x[in->column[i]];
			mass += in->weight[i];
		}
		for (uint64_t i = in->from[r]; i < in->from[r + 1]; i++)
			next[in->column[i]] += in->weight[i] * sum / mass;
	}
	/* Pulled to the middle, a few odd sources are no axis (Chaudhuri et al. 2012). */
	for (uint32_t c = 0; c < in->columns; c++)
		x[c] = next[c] / (degree[c] + pull);
}

/* Takes out what an axis found before has. */
static void
deflate(double *x, const double *axis, const double *degree, uint32_t count)
{
	double product = 0;

	for (uint32_t c = 0; c < count; c++)
		product += degree[c] * x[c] * axis[c];
	for (uint32_t c = 0; c < count; c++)
		x[c] -= product * axis[c];
}

/* The axis number `known`, by power iteration away from those before it in x. */
static bool
find_axis(const struct incidence *in, const double *degree, double *x[AXES], int known,
	  struct ticker *t)
{
	double pull = total(degree, in->columns) / in->columns;
	double *next = ARRAY_NEW(double, in->columns);
	struct rng rng = rng_seeded(1);
	bool go_on = true;

	for (uint32_t c = 0; c < in->columns; c++)
		x[known][c] = rng_normal(&rng);
	centre(x[known], degree, in->columns);
	for (int step = 0; step < STEPS && go_on; step++) {
		walk(in, degree, pull, x[known], next);
		for (int k = 0; k < known; k++)
			deflate(x[known], x[k], degree, in->columns);
		centre(x[known], degree, in->columns);
		go_on = tick(t, 0, in->from[in->rows] * 4);
	}
	array_free(next);
	return go_on;
}

static void
two_means(const double *x, const double *degree, uint32_t count, uint8_t *side)
{
	double mean[2] = { HUGE_VAL, -HUGE_VAL };

	for (uint32_t c = 0; c < count; c++) {
		mean[0] = fmin(mean[0], x[c]);
		mean[1] = fmax(mean[1], x[c]);
	}
	for (int step = 0; step < MEANS_STEPS; step++) {
		double middle = (mean[0] + mean[1]) / 2, sum[2] = { 0 }, mass[2] = { 0 };

		for (uint32_t c = 0; c < count; c++) {
			side[c] = x[c] > middle;
			sum[side[c]] += degree[c] * x[c];
			mass[side[c]] += degree[c];
		}
		for (int s = 0; s < 2; s++)
			if (mass[s] > 0)
				mean[s] = sum[s] / mass[s];
	}
}

/* Share of side 1 in all that is passed on. */
static double
share_of_side(const struct incidence *in, const double *degree, const uint8_t *side)
{
	double mass = 0;

	for (uint32_t c = 0; c < in->columns; c++)
		mass += side[c] == 1 ? degree[c] : 0;
	return mass / total(degree, in->columns);
}

/*
 * Two sources of one account lie on one side so much more often than two of
 * anybody's: 0 as by chance, 1 always. An account counts once.
 */
static double
sortedness(const struct incidence *in, const double *degree, const uint8_t *side)
{
	double p = share_of_side(in, degree, side), chance = p * p + (1 - p) * (1 - p);
	double sum = 0;

	for (uint32_t r = 0; r < in->rows; r++) {
		double n[2] = { 0, 0 }, all;

		for (uint64_t i = in->from[r]; i < in->from[r + 1]; i++)
			n[side[in->column[i]]]++;
		all = n[0] + n[1];
		sum += (n[0] * (n[0] - 1) + n[1] * (n[1] - 1)) / (all * (all - 1));
	}
	return chance < 1 ? (sum / in->rows - chance) / (1 - chance) : 0;
}

static bool
is_balanced(const struct incidence *in, const double *degree, const uint8_t *side)
{
	double share = share_of_side(in, degree, side);

	return fmin(share, 1 - share) >= CAMP_LEAST;
}

/* A cut across one axis. */
struct half {
	uint8_t *side;
	double sorted;
	bool balanced;
};

/* Between a corner and two camps, two camps. */
static bool
is_better(const struct half *a, const struct half *b)
{
	bool camps_a = a->balanced && a->sorted >= SORTED_LEAST;
	bool camps_b = b->balanced && b->sorted >= SORTED_LEAST;

	return camps_a != camps_b ? camps_a : a->sorted > b->sorted;
}

/* Cuts in two across the best of the first axes; best->side is the caller's. False if stopped. */
static bool
halve(const struct incidence *in, struct half *best, struct ticker *t)
{
	double *degree = column_degrees(in), *x[AXES] = { NULL };
	struct half half = { .side = ARRAY_NEW(uint8_t, in->columns) };
	bool go_on = true;

	best->sorted = -1;
	best->balanced = false;
	for (int k = 0; k < AXES && go_on; k++) {
		x[k] = ARRAY_NEW(double, in->columns);
		go_on = find_axis(in, degree, x, k, t);
		two_means(x[k], degree, in->columns, half.side);
		half.sorted = sortedness(in, degree, half.side);
		half.balanced = is_balanced(in, degree, half.side);
		if (!is_better(&half, best))
			continue;
		best->sorted = half.sorted;
		best->balanced = half.balanced;
		memcpy(best->side, half.side, in->columns);
	}
	for (int k = 0; k < AXES; k++)
		array_free(x[k]);
	array_free(degree);
	array_free(half.side);
	return go_on;
}

/* The same sources dealt out at random: as many to each account, as often each. */
static bool
sorted_by_chance(const struct incidence *in, double *most, struct ticker *t)
{
	uint64_t entries = in->from[in->rows];
	struct incidence dealt = *in;
	struct half half = { .side = ARRAY_NEW(uint8_t, in->columns) };
	bool go_on = true;

	*most = 0;
	dealt.column = ARRAY_NEW(uint32_t, entries);
	memcpy(dealt.column, in->column, entries * sizeof(*in->column));
	for (int s = 0; s < SHUFFLES && go_on; s++) {
		struct rng rng = rng_seeded((uint64_t)s + 1);

		for (uint64_t i = entries - 1; i > 0; i--) {
			uint64_t j = rng_below(&rng, i + 1);
			uint32_t swap = dealt.column[i];

			dealt.column[i] = dealt.column[j];
			dealt.column[j] = swap;
		}
		go_on = halve(&dealt, &half, t);
		*most = fmax(*most, half.sorted);
	}
	array_free(dealt.column);
	array_free(half.side);
	return go_on;
}

/* The columns of one side, and the rows with two or more of them. */
static struct incidence
part_of(const struct incidence *in, const uint8_t *side, uint8_t which)
{
	struct incidence out = { 0 };
	uint32_t *number = ARRAY_NEW(uint32_t, in->columns);
	uint64_t end = 0;

	out.from = ARRAY_NEW(uint64_t, (size_t)in->rows + 1);
	out.column = ARRAY_NEW(uint32_t, in->from[in->rows]);
	out.count = ARRAY_NEW(uint32_t, in->from[in->rows]);
	out.weight = ARRAY_NEW(double, in->from[in->rows]);
	out.row_name = ARRAY_NEW(uint32_t, in->rows);
	out.column_name = ARRAY_NEW(uint32_t, in->columns);
	for (uint32_t c = 0; c < in->columns; c++)
		if (side[c] == which) {
			out.column_name[out.columns] = in->column_name[c];
			number[c] = out.columns++;
		}
	for (uint32_t r = 0; r < in->rows; r++) {
		uint64_t begin = end;

		for (uint64_t i = in->from[r]; i < in->from[r + 1]; i++)
			if (side[in->column[i]] == which) {
				out.column[end] = number[in->column[i]];
				out.weight[end] = in->weight[i];
				out.count[end++] = in->count[i];
			}
		if (end - begin < 2) {
			end = begin;
			continue;
		}
		out.row_name[out.rows] = in->row_name[r];
		out.from[++out.rows] = end;
	}
	array_free(number);
	return out;
}

static uint32_t
columns_of(const struct incidence *in, const uint8_t *side, uint8_t which)
{
	uint32_t n = 0;

	for (uint32_t c = 0; c < in->columns; c++)
		n += side[c] == which;
	return n;
}

static void
keep_cut(struct cuts *cuts, const struct incidence *in, const uint8_t *side, double sorted)
{
	struct cut *cut;

	if (cuts->count == CUTS_MAX)
		return;
	cut = &cuts->cut[cuts->count++];
	cut->sorted = sorted;
	cut->side = ARRAY_NEW(uint8_t, cuts->names);
	memset(cut->side, 2, cuts->names);
	for (uint32_t c = 0; c < in->columns; c++)
		cut->side[in->column_name[c]] = side[c];
}

static bool
is_worth_a_look(const struct incidence *in)
{
	return in->columns >= 2 * SIDE_MIN && in->rows >= 2 * SIDE_MIN;
}

/* Parts that are still to be looked at, the oldest first. */
struct queue {
	struct incidence parts[LOOKED_AT];
	size_t next, count;
};

static void
enqueue_sides(struct queue *q, const struct incidence *in, const uint8_t *side)
{
	for (uint8_t s = 0; s < 2 && q->count < LOOKED_AT; s++) {
		struct incidence part = part_of(in, side, s);

		if (is_worth_a_look(&part))
			q->parts[q->count++] = part;
		else
			incidence_done(&part);
	}
}

static bool
look_at(struct cuts *out, struct queue *q, const struct incidence *in, struct ticker *t)
{
	struct half half = { .side = ARRAY_NEW(uint8_t, in->columns) };
	double chance = 0;
	bool go_on = halve(in, &half, t), apart = false;

	if (go_on && half.sorted >= SORTED_LEAST) {
		go_on = sorted_by_chance(in, &chance, t);
		apart = half.sorted >= OVER_CHANCE * chance;
	}
	if (go_on && apart) {
		if (half.balanced && columns_of(in, half.side, 0) >= SIDE_MIN &&
		    columns_of(in, half.side, 1) >= SIDE_MIN)
			keep_cut(out, in, half.side, half.sorted);
		enqueue_sides(q, in, half.side);
	}
	array_free(half.side);
	return go_on;
}

bool
cuts_find(struct cuts *out, const struct incidence *in, struct ticker *t)
{
	struct queue *q = ARRAY_NEW(struct queue, 1);
	uint8_t *all = ARRAY_NEW(uint8_t, in->columns);
	bool go_on = true;

	*out = (struct cuts){ .names = in->columns };
	enqueue_sides(q, in, all);
	for (; q->next < q->count && go_on; q->next++)
		go_on = look_at(out, q, &q->parts[q->next], t);
	for (size_t i = 0; i < q->count; i++)
		incidence_done(&q->parts[i]);
	array_free(all);
	array_free(q);
	return go_on;
}

void
cuts_done(struct cuts *c)
{
	for (size_t i = 0; i < c->count; i++)
		array_free(c->cut[i].side);
	*c = (struct cuts){ 0 };
}
