/*
 * arrange.c - a matrix put in an order that can be seen. The number of blocks
 * counts which accounts hang together through any source of the picture; a
 * source that nearly all of them share ties everything, which is true as well.
 */
#include "config.h"

#include <stdlib.h>

#include "app/picture.h"

static const char *const order_names[] = {
#define X(id, words) [MATRIX_##id] = words,
	MATRIX_ORDER_LIST(X)
#undef X
};

const char *
matrix_order_name(enum matrix_order order)
{
	return order_names[order];
}

static const struct matrix_cell *
cell(const struct matrix *m, size_t source, size_t account)
{
	return &m->cells[source * m->account_count + account];
}

/* The sources of each account as bits, or the accounts of each source. */
static void
fill_bits(const struct matrix *m, bool of_sources, uint64_t bits[SERIATE_MAX])
{
	for (size_t i = 0; i < SERIATE_MAX; i++)
		bits[i] = 0;
	for (size_t i = 0; i < m->source_count; i++)
		for (size_t k = 0; k < m->account_count; k++)
			if (cell(m, i, k)->shares > 0)
				bits[of_sources ? i : k] |= UINT64_C(1) << (of_sources ? k : i);
}

static void
plain_order(uint32_t *order, size_t n)
{
	for (uint32_t i = 0; i < n; i++)
		order[i] = i;
}

struct keyed {
	int64_t key;
	uint32_t number;
};

static int
by_key(const void *x, const void *y)
{
	const struct keyed *a = x, *b = y;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return (a->number > b->number) - (a->number < b->number);
}

static void
order_by(const struct keyed *keys, size_t n, uint32_t *order)
{
	struct keyed sorted[SERIATE_MAX];

	memcpy(sorted, keys, n * sizeof(*keys));
	qsort(sorted, n, sizeof(*sorted), by_key);
	for (size_t i = 0; i < n; i++)
		order[i] = sorted[i].number;
}

/* Undated ones come last. */
static int64_t
first_of_account(const struct matrix *m, size_t account)
{
	int64_t first = INT64_MAX;

	for (size_t i = 0; i < m->source_count; i++) {
		const struct matrix_cell *c = cell(m, i, account);

		if (c->shares > 0 && c->first != CLAQUE_NO_TIME && c->first < first)
			first = c->first;
	}
	return first;
}

static void
order_by_keys(struct matrix_picture *p, bool time)
{
	const struct matrix *m = &p->m;
	struct keyed keys[SERIATE_MAX];

	for (size_t i = 0; i < m->source_count; i++)
		keys[i] = (struct keyed){ !time ? -(int64_t)m->sources[i].group :
					  m->sources[i].first != CLAQUE_NO_TIME ?
					  m->sources[i].first : INT64_MAX, (uint32_t)i };
	order_by(keys, m->source_count, p->sources);
	for (size_t i = 0; i < m->account_count; i++)
		keys[i] = (struct keyed){ time ? first_of_account(m, i) :
					  -(int64_t)m->accounts[i].sources, (uint32_t)i };
	order_by(keys, m->account_count, p->accounts);
}

/* Joins the accounts of each source; returns how many sets are left that share anything. */
static uint32_t
count_blocks(const struct matrix *m)
{
	uint64_t bits[SERIATE_MAX], left, block;
	uint32_t blocks = 0;

	fill_bits(m, true, bits);
	left = 0;
	for (size_t i = 0; i < m->source_count; i++)
		left |= bits[i];
	while (left != 0) {
		uint64_t before = 0;

		block = left & -left;
		while (block != before) {
			before = block;
			for (size_t i = 0; i < m->source_count; i++)
				block |= (bits[i] & block) != 0 ? bits[i] : 0;
		}
		left &= ~block;
		blocks++;
	}
	return blocks;
}

static size_t
lag_place(const struct matrix_cell *c, const struct matrix_source *source)
{
	static const int64_t within_ms[MATRIX_LAGS - 1] = { 10000, 60000, 600000 };
	size_t i = 0;

	if (c->first == CLAQUE_NO_TIME || source->first == CLAQUE_NO_TIME)
		return MATRIX_LAGS - 1;
	while (i < MATRIX_LAGS - 1 && c->first - source->first > within_ms[i])
		i++;
	return i;
}

static void
sum_up(struct matrix_picture *p)
{
	const struct matrix *m = &p->m;

	p->sum = (struct matrix_sum){ .cells = (uint32_t)(m->source_count * m->account_count),
				      .blocks = count_blocks(m) };
	for (size_t i = 0; i < m->source_count; i++)
		for (size_t k = 0; k < m->account_count; k++) {
			const struct matrix_cell *c = cell(m, i, k);

			p->sum.filled += c->shares > 0;
			if (c->shares == 0 || m->sources[i].leader == k)
				continue;
			p->sum.followed++;
			p->sum.lags[lag_place(c, &m->sources[i])]++;
		}
	p->sum.fast = p->sum.lags[0] + p->sum.lags[1];
}

void
matrix_arrange(struct matrix_picture *p, enum matrix_order order)
{
	uint64_t bits[SERIATE_MAX];

	_Static_assert((int)MATRIX_SOURCES_MAX <= (int)SERIATE_MAX, "sources fit into an order");
	_Static_assert((int)GROUP_MAX <= (int)SERIATE_MAX, "accounts fit into an order");
	plain_order(p->sources, p->m.source_count);
	plain_order(p->accounts, p->m.account_count);
	if (order == MATRIX_LIKE) {
		fill_bits(&p->m, true, bits);
		seriate(bits, p->m.source_count, p->sources);
		fill_bits(&p->m, false, bits);
		seriate(bits, p->m.account_count, p->accounts);
	} else {
		order_by_keys(p, order == MATRIX_TIME);
	}
	sum_up(p);
}
