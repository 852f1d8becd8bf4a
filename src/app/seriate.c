#include "config.h"

#include "app/seriate.h"

#include <stdbool.h>
#include <string.h>

/* Turning parts round ends long before; a bound is a bound. */
enum { SWEEPS_MAX = 200 };

static unsigned
bits_of(uint64_t set)
{
	return (unsigned)__builtin_popcountll(set);
}

uint32_t
seriate_distance(uint64_t a, uint64_t b)
{
	unsigned either = bits_of(a | b);

	return either == 0 ? 0 : (uint32_t)((uint64_t)bits_of(a ^ b) * SERIATE_FAR / either);
}

uint64_t
seriate_length(const uint64_t *filled, const uint32_t *order, size_t n)
{
	uint64_t length = 0;

	for (size_t i = 1; i < n; i++)
		length += seriate_distance(filled[order[i - 1]], filled[order[i]]);
	return length;
}

static void
nearest_first(const uint64_t *filled, size_t n, uint32_t start, uint32_t *order)
{
	bool used[SERIATE_MAX] = { false };

	order[0] = start;
	used[start] = true;
	for (size_t i = 1; i < n; i++) {
		uint32_t best = UINT32_MAX;

		for (uint32_t k = 0; k < n; k++) {
			uint32_t far = seriate_distance(filled[order[i - 1]], filled[k]);

			if (!used[k] && far < best) {
				best = far;
				order[i] = k;
			}
		}
		used[order[i]] = true;
	}
}

static void
turn(uint32_t *order, size_t from, size_t to)
{
	for (; from < to; from++, to--) {
		uint32_t kept = order[from];

		order[from] = order[to];
		order[to] = kept;
	}
}

/* What turning from..to round takes off the path; negative adds. */
static int64_t
gain(const uint64_t *filled, const uint32_t *order, size_t n, size_t from, size_t to)
{
	int64_t before = 0, after = 0;

	if (from > 0) {
		before += seriate_distance(filled[order[from - 1]], filled[order[from]]);
		after += seriate_distance(filled[order[from - 1]], filled[order[to]]);
	}
	if (to + 1 < n) {
		before += seriate_distance(filled[order[to]], filled[order[to + 1]]);
		after += seriate_distance(filled[order[from]], filled[order[to + 1]]);
	}
	return before - after;
}

static bool
sweep(const uint64_t *filled, uint32_t *order, size_t n)
{
	bool better = false;

	for (size_t from = 0; from + 1 < n; from++)
		for (size_t to = from + 1; to < n; to++)
			if (gain(filled, order, n, from, to) > 0) {
				turn(order, from, to);
				better = true;
			}
	return better;
}

/* Of the two ways to read a path: the fuller end first, or else the lower number. */
static bool
is_backwards(const uint64_t *filled, const uint32_t *order, size_t n)
{
	unsigned first = bits_of(filled[order[0]]), last = bits_of(filled[order[n - 1]]);

	return first != last ? first < last : order[0] > order[n - 1];
}

void
seriate(const uint64_t *filled, size_t n, uint32_t order[SERIATE_MAX])
{
	uint32_t tried[SERIATE_MAX];
	uint64_t best = UINT64_MAX;

	for (uint32_t start = 0; start < n; start++) {
		uint64_t length;

		nearest_first(filled, n, start, tried);
		for (int i = 0; i < SWEEPS_MAX && sweep(filled, tried, n); i++)
			continue;
		length = seriate_length(filled, tried, n);
		if (length < best) {
			best = length;
			memcpy(order, tried, n * sizeof(*order));
		}
	}
	if (n > 1 && is_backwards(filled, order, n))
		turn(order, 0, n - 1);
}
