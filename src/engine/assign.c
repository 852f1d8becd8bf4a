/*
 * assign.c - the Hungarian method with potentials. Every row also has a column
 * of its own worth nothing, so that staying alone is an assignment like others.
 */
#include "config.h"

#include "engine/assign.h"

#include <math.h>
#include <stdbool.h>

#include "base/array.h"

/* Rows and columns are counted from 1 here; 0 is "none". */
struct hungarian {
	const double *gain;
	uint32_t rows, cols, real_cols;
	double *u, *v;		/* potentials of rows and columns */
	uint32_t *row_of;	/* by column */
	uint32_t *way;		/* by column: the column before it on the path */
	double *least;
	bool *used;
};

static double
cost(const struct hungarian *h, uint32_t row, uint32_t col)
{
	double gain;

	if (col > h->real_cols)
		return 0;
	gain = h->gain[(size_t)(row - 1) * h->real_cols + col - 1];
	return gain > 0 ? -gain : 1;	/* worse than alone */
}

/* The nearest column that is not on the tree yet; updates `least`. */
static uint32_t
next_column(struct hungarian *h, uint32_t at, double *delta)
{
	uint32_t row = h->row_of[at], next = 0;

	*delta = HUGE_VAL;
	for (uint32_t c = 1; c <= h->cols; c++) {
		double reduced;

		if (h->used[c])
			continue;
		reduced = cost(h, row, c) - h->u[row] - h->v[c];
		if (reduced < h->least[c]) {
			h->least[c] = reduced;
			h->way[c] = at;
		}
		if (h->least[c] < *delta) {
			*delta = h->least[c];
			next = c;
		}
	}
	return next;
}

static void
shift_potentials(struct hungarian *h, double delta)
{
	for (uint32_t c = 0; c <= h->cols; c++)
		if (h->used[c]) {
			h->u[h->row_of[c]] += delta;
			h->v[c] -= delta;
		} else {
			h->least[c] -= delta;
		}
}

static void
add_row(struct hungarian *h, uint32_t row)
{
	uint32_t at = 0;

	h->row_of[0] = row;
	for (uint32_t c = 0; c <= h->cols; c++) {
		h->least[c] = HUGE_VAL;
		h->used[c] = false;
	}
	do {
		double delta;
		uint32_t next;

		h->used[at] = true;
		next = next_column(h, at, &delta);
		shift_potentials(h, delta);
		at = next;
	} while (h->row_of[at] != 0);
	for (; at != 0; at = h->way[at])
		h->row_of[at] = h->row_of[h->way[at]];
}

void
assign_best(const double *gain, uint32_t rows, uint32_t cols, uint32_t *column)
{
	uint32_t all = cols + rows;
	struct hungarian h = {
		.gain = gain, .rows = rows, .cols = all, .real_cols = cols,
		.u = ARRAY_NEW(double, (size_t)rows + 1), .v = ARRAY_NEW(double, (size_t)all + 1),
		.row_of = ARRAY_NEW(uint32_t, (size_t)all + 1),
		.way = ARRAY_NEW(uint32_t, (size_t)all + 1),
		.least = ARRAY_NEW(double, (size_t)all + 1),
		.used = ARRAY_NEW(bool, (size_t)all + 1),
	};

	for (uint32_t r = 1; r <= rows; r++)
		add_row(&h, r);
	for (uint32_t r = 0; r < rows; r++)
		column[r] = NOT_ASSIGNED;
	for (uint32_t c = 1; c <= cols; c++)
		if (h.row_of[c] != 0)
			column[h.row_of[c] - 1] = c - 1;
	array_free(h.u);
	array_free(h.v);
	array_free(h.row_of);
	array_free(h.way);
	array_free(h.least);
	array_free(h.used);
}
