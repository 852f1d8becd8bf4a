#include "config.h"

#include "test.h"

#include <math.h>

#include "app/picture.h"

/* 0 and 2 share two of two, 1 and 3 another two: worked out by hand. */
static void
like_rows_stand_beside_each_other(void **state)
{
	static const uint64_t rows[] = { 0x3, 0xc, 0x3, 0xc };
	static const uint32_t wanted[] = { 0, 2, 1, 3 };
	uint32_t order[SERIATE_MAX];

	(void)state;
	seriate(rows, 4, order);
	assert_memory_equal(order, wanted, sizeof(wanted));
	/* 0 to 2 costs nothing, 2 to 1 everything, 1 to 3 nothing. */
	assert_int_equal(seriate_length(rows, order, 4), SERIATE_FAR);
}

static void
distance_is_the_part_that_is_not_common(void **state)
{
	(void)state;
	assert_int_equal(seriate_distance(0x3, 0x3), 0);
	assert_int_equal(seriate_distance(0x3, 0xc), SERIATE_FAR);
	assert_int_equal(seriate_distance(0x7, 0x3), SERIATE_FAR / 3);
	assert_int_equal(seriate_distance(0, 0), 0);
	assert_int_equal(seriate_distance(0, 1), SERIATE_FAR);
}

/* A chain in which each row overlaps the next: whatever order it comes in. */
static void
a_chain_comes_out_in_its_order(void **state)
{
	static const uint32_t mixed[] = { 4, 1, 6, 3, 0, 5, 2 };
	uint64_t rows[7];
	uint32_t order[SERIATE_MAX];

	(void)state;
	for (size_t i = 0; i < 7; i++)
		rows[i] = UINT64_C(7) << mixed[i];
	seriate(rows, 7, order);
	for (size_t i = 0; i < 7; i++) {
		size_t place = mixed[order[0]] == 0 ? i : 6 - i;

		assert_int_equal(mixed[order[i]], place);
	}
	/* Three of three, two common: 2 of 4 differ, six times. */
	assert_int_equal(seriate_length(rows, order, 7), 6 * (SERIATE_FAR / 2));
}

/* The shortest of all 720 orders of six rows, found by trying them. */
static uint64_t
shortest(const uint64_t *rows, uint32_t *order, size_t from, size_t n)
{
	uint64_t best = UINT64_MAX;

	if (from == n)
		return seriate_length(rows, order, n);
	for (size_t i = from; i < n; i++) {
		uint32_t kept = order[from];
		uint64_t length;

		order[from] = order[i];
		order[i] = kept;
		length = shortest(rows, order, from + 1, n);
		best = length < best ? length : best;
		order[i] = order[from];
		order[from] = kept;
	}
	return best;
}

static void
small_tables_get_nearly_the_shortest_path_there_is(void **state)
{
	uint64_t rows[6], seed = 1;
	uint32_t order[SERIATE_MAX], tried[6] = { 0, 1, 2, 3, 4, 5 };
	uint64_t all = 0, least = 0;

	(void)state;
	for (int world = 0; world < 40; world++) {
		for (size_t i = 0; i < 6; i++) {
			seed = seed * 6364136223846793005U + 1442695040888963407U;
			rows[i] = seed >> 54;
		}
		seriate(rows, 6, order);
		all += seriate_length(rows, order, 6);
		least += shortest(rows, tried, 0, 6);
	}
	assert_true(all < least + least / 200);
}

static void
nothing_and_one_row_are_orders_too(void **state)
{
	static const uint64_t rows[] = { 5 };
	uint32_t order[SERIATE_MAX] = { 7 };

	(void)state;
	seriate(rows, 0, order);
	assert_int_equal(order[0], 7);
	seriate(rows, 1, order);
	assert_int_equal(order[0], 0);
}

enum { MINUTE = 60000 };

/*
 * Four accounts, three sources: 0 and 1 share sources 0 and 1 (account 1 half a
 * minute, then two minutes after account 0); 2 and 3 share source 2 at once.
 */
static void
make_blocks(struct matrix_picture *p, struct matrix_source sources[3],
	    struct matrix_account accounts[4], struct matrix_cell cells[12])
{
	*p = (struct matrix_picture){ .m = { .sources = sources, .accounts = accounts,
		.cells = cells, .source_count = 3, .account_count = 4 } };
	for (int i = 0; i < 12; i++)
		cells[i] = (struct matrix_cell){ .first = CLAQUE_NO_TIME };
	cells[0] = (struct matrix_cell){ 10 * MINUTE, 1, 1 };
	cells[1] = (struct matrix_cell){ 10 * MINUTE + 30000, 2, 1 };
	cells[4] = (struct matrix_cell){ 20 * MINUTE, 3, 1 };
	cells[5] = (struct matrix_cell){ 22 * MINUTE, 4, 5 };
	cells[10] = (struct matrix_cell){ 5 * MINUTE, 5, 1 };
	cells[11] = (struct matrix_cell){ 5 * MINUTE, 6, 1 };
	for (size_t i = 0; i < 3; i++)
		sources[i] = (struct matrix_source){ .id = (int64_t)i + 1, .group = 2,
			.leader = i < 2 ? 0 : 2, .first = cells[i < 2 ? 4 * i : 10].first };
	for (size_t i = 0; i < 4; i++)
		accounts[i] = (struct matrix_account){ .id = (int64_t)i + 1,
						       .sources = i < 2 ? 2 : 1 };
}

static void
a_matrix_is_summed_and_its_blocks_are_counted(void **state)
{
	struct matrix_source sources[3];
	struct matrix_account accounts[4];
	struct matrix_cell cells[12];
	struct matrix_picture p;

	(void)state;
	make_blocks(&p, sources, accounts, cells);
	matrix_arrange(&p, MATRIX_LIKE);
	assert_int_equal(p.sum.cells, 12);
	assert_int_equal(p.sum.filled, 6);
	assert_int_equal(p.sum.followed, 3);
	assert_int_equal(p.sum.fast, 2);
	assert_int_equal(p.sum.lags[0], 1);	/* at once */
	assert_int_equal(p.sum.lags[1], 1);	/* half a minute */
	assert_int_equal(p.sum.lags[2], 1);	/* two minutes */
	assert_int_equal(p.sum.lags[3], 0);
	assert_int_equal(p.sum.blocks, 2);
}

static void
orders_of_a_matrix_are_by_likeness_time_or_size(void **state)
{
	struct matrix_source sources[3];
	struct matrix_account accounts[4];
	struct matrix_cell cells[12];
	struct matrix_picture p;

	(void)state;
	make_blocks(&p, sources, accounts, cells);
	matrix_arrange(&p, MATRIX_LIKE);
	assert_true(p.sources[1] != 2);			/* 0 and 1 side by side */
	assert_true(p.accounts[0] + p.accounts[1] == 1);	/* 0 and 1, in some order, first */
	matrix_arrange(&p, MATRIX_TIME);
	assert_int_equal(p.sources[0], 2);
	assert_int_equal(p.sources[1], 0);
	assert_int_equal(p.accounts[0], 2);
	assert_int_equal(p.accounts[3], 1);
	matrix_arrange(&p, MATRIX_SIZE);
	assert_int_equal(p.accounts[0], 0);
	assert_int_equal(p.accounts[3], 3);
}

/* Twenty random pairs: in trait 0 all have k, in the others nothing is known. */
static enum trait_side
judged(enum pair_trait trait, double own, double control, size_t controls)
{
	struct compare_picture p = { .control_count = controls };

	for (int i = 0; i < PAIR_TRAIT_COUNT; i++) {
		p.pair.traits[i] = (double)NAN;
		for (size_t k = 0; k < controls; k++)
			p.controls[k][i] = (double)NAN;
	}
	p.pair.traits[trait] = own;
	for (size_t k = 0; k < controls; k++)
		p.controls[k][trait] = control;
	compare_judge(&p);
	assert_int_equal(p.traits[trait == PAIR_BIO ? PAIR_HOURS : PAIR_BIO].side, TRAIT_UNKNOWN);
	return p.traits[trait].side;
}

static void
a_trait_speaks_for_it_only_if_random_pairs_do_not_have_it(void **state)
{
	(void)state;
	assert_int_equal(judged(PAIR_COMMON, 5, 0, 20), TRAIT_FOR);
	assert_int_equal(judged(PAIR_COMMON, 5, 5, 20), TRAIT_AGAINST);
	assert_int_equal(judged(PAIR_COMMON, 0, 0, 20), TRAIT_AGAINST);
	assert_int_equal(judged(PAIR_COMMON, 5, 0, 9), TRAIT_NEITHER);	/* too few to tell */
	assert_int_equal(judged(PAIR_COMMON, 5, 0, 0), TRAIT_UNKNOWN);
	assert_int_equal(judged(PAIR_CREATED, 0.1, 900, 20), TRAIT_FOR);	/* less is more alike */
	assert_int_equal(judged(PAIR_CREATED, 900, 0.1, 20), TRAIT_AGAINST);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(like_rows_stand_beside_each_other),
		cmocka_unit_test(distance_is_the_part_that_is_not_common),
		cmocka_unit_test(a_chain_comes_out_in_its_order),
		cmocka_unit_test(small_tables_get_nearly_the_shortest_path_there_is),
		cmocka_unit_test(nothing_and_one_row_are_orders_too),
		cmocka_unit_test(a_matrix_is_summed_and_its_blocks_are_counted),
		cmocka_unit_test(a_trait_speaks_for_it_only_if_random_pairs_do_not_have_it),
		cmocka_unit_test(orders_of_a_matrix_are_by_likeness_time_or_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
