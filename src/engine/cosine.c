#include "config.h"

#include "engine/cosine.h"

#include <math.h>

#include "base/array.h"

#include "engine/sort.h"

static int
cell_cmp(const void *pa, const void *pb)
{
	const struct cosine_cell *a = pa, *b = pb;

	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	return (a->feature > b->feature) - (a->feature < b->feature);
}

static int
rank_cmp(const void *pa, const void *pb)
{
	const uint32_t *a = pa, *b = pb;

	return (*a > *b) - (*a < *b);
}

bool
cosine_count(struct cosine *c, const struct claque_peer_row *rows, size_t count,
	     const uint32_t *ranks, struct ticker *t)
{
	static const struct sort_kind by_rank = { sizeof(*c->cells), cell_cmp };
	size_t kept = 0;

	*c = (struct cosine){ .cells = ARRAY_NEW(struct cosine_cell, count), .count = count };
	for (size_t i = 0; i < count; i++) {
		c->cells[i] = (struct cosine_cell){ .rank = ranks[rows[i].account],
						    .feature = rows[i].object, .count = 1 };
		if ((size_t)rows[i].object + 1 > c->features)
			c->features = (size_t)rows[i].object + 1;
	}
	if (!sort_items(&by_rank, c->cells, count, t))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (kept > 0 && cell_cmp(&c->cells[kept - 1], &c->cells[i]) == 0)
			c->cells[kept - 1].count++;
		else
			c->cells[kept++] = c->cells[i];
	}
	c->count = kept;
	return true;
}

void
cosine_keep(struct cosine *c, bool (*keep)(const void *ctx, const struct cosine_cell *cell),
	    const void *ctx)
{
	size_t kept = 0;

	for (size_t i = 0; i < c->count; i++)
		if (keep(ctx, &c->cells[i]))
			c->cells[kept++] = c->cells[i];
	c->count = kept;
}

uint32_t *
cosine_users(const struct cosine *c)
{
	uint32_t *users = ARRAY_NEW(uint32_t, c->features);

	for (size_t i = 0; i < c->count; i++)
		users[c->cells[i].feature]++;
	return users;
}

size_t
cosine_accounts(const struct cosine *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->count; i++)
		n += i == 0 || c->cells[i].rank != c->cells[i - 1].rank;
	return n;
}

static void
scale_rows(struct cosine *c)
{
	for (size_t r = 0; r < c->ranks; r++) {
		double length = 0;

		for (uint64_t i = c->cells_from[r]; i < c->cells_from[r + 1]; i++)
			length += c->cells[i].weight * c->cells[i].weight;
		for (uint64_t i = c->cells_from[r]; i < c->cells_from[r + 1]; i++)
			c->cells[i].weight /= sqrt(length);
	}
}

void
cosine_weigh(struct cosine *c, size_t n, size_t ranks)
{
	uint32_t *users = cosine_users(c);
	uint64_t *next = ARRAY_NEW(uint64_t, c->features + 1);

	c->ranks = ranks;
	c->cells_from = ARRAY_NEW(uint64_t, ranks + 1);
	c->columns_from = ARRAY_NEW(uint64_t, c->features + 1);
	c->columns = ARRAY_NEW(uint32_t, c->count);
	c->sums = ARRAY_NEW(double, ranks);
	c->touched = ARRAY_NEW(uint32_t, ranks);
	for (size_t i = 0; i < c->count; i++) {
		struct cosine_cell *cell = &c->cells[i];

		cell->weight *= log((1 + (double)n) / (1 + (double)users[cell->feature])) + 1;
		c->cells_from[cell->rank + 1]++;
	}
	for (size_t r = 0; r < ranks; r++)
		c->cells_from[r + 1] += c->cells_from[r];
	for (size_t f = 0; f < c->features; f++)
		next[f + 1] = c->columns_from[f + 1] = c->columns_from[f] + users[f];
	for (size_t i = 0; i < c->count; i++)
		c->columns[next[c->cells[i].feature]++] = (uint32_t)i;
	scale_rows(c);
	array_free(users);
	array_free(next);
}

/* Where in a feature's list the accounts from `least` on begin. */
static uint64_t
column_from(const struct cosine *c, uint32_t feature, uint32_t least)
{
	uint64_t low = c->columns_from[feature], high = c->columns_from[feature + 1];

	while (low < high) {
		uint64_t mid = low + (high - low) / 2;

		if (c->cells[c->columns[mid]].rank < least)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

bool
cosine_sum(struct cosine *c, uint32_t rank, uint32_t least, struct ticker *t)
{
	for (uint64_t i = c->cells_from[rank]; i < c->cells_from[rank + 1]; i++) {
		const struct cosine_cell *own = &c->cells[i];
		uint64_t end = c->columns_from[own->feature + 1];
		uint64_t from = column_from(c, own->feature, least);

		for (uint64_t k = from; k < end; k++) {
			const struct cosine_cell *other = &c->cells[c->columns[k]];

			if (other->rank == rank)
				continue;
			if (c->sums[other->rank] <= 0)
				c->touched[c->touched_count++] = other->rank;
			c->sums[other->rank] += own->weight * other->weight;
		}
		if (!tick(t, 0, 4 * (end - from) + 1))
			return false;
	}
	if (c->touched_count > 0)
		array_sort(c->touched, c->touched_count, sizeof(*c->touched), rank_cmp);
	return tick(t, 1, 8 * c->touched_count);
}

void
cosine_clear(struct cosine *c)
{
	for (size_t i = 0; i < c->touched_count; i++)
		c->sums[c->touched[i]] = 0;
	c->touched_count = 0;
}

void
cosine_done(struct cosine *c)
{
	array_free(c->cells);
	array_free(c->cells_from);
	array_free(c->columns);
	array_free(c->columns_from);
	array_free(c->sums);
	array_free(c->touched);
	*c = (struct cosine){ 0 };
}
