/*
 * test_belief.c - traits, neighbourhoods and ties on numbers worked out by hand.
 */
#include "config.h"

#include "test.h"

#include <math.h>
#include <stdlib.h>

#include "engine/belief.h"
#include "engine/odds.h"
#include "engine/ties.h"

#define SECOND INT64_C(1000)
#define DAY (INT64_C(86400) * SECOND)

static const struct claque_progress quiet;
static struct claque_err err;

static void
assert_near(double got, double want)
{
	if (!(fabs(got - want) < 1e-9))
		fail_msg("%.12g is not %.12g", got, want);
}

enum { FILE_SIZE = 100 };

static const struct signal sign = {
	.info = { .name = "sign", .axis = CLAQUE_DECEPTION },
	.model = {
		.bins = 2, .cuts = { 0.5 }, .operation = { 0.2, 0.8 }, .share = 0.5,
		.worth = 10, .open_worth = 10, .member_cap = 5, .group_cap = 3,
	},
	.says = "show it",
};

struct example {
	struct trait trait;
	uint8_t bin[FILE_SIZE];
	uint32_t by_rank[FILE_SIZE];
	double belief[FILE_SIZE];
};

/* The first `showing` accounts show it, the last `unknown` are not known. */
static void
example_make(struct example *x, uint32_t showing, uint32_t unknown)
{
	*x = (struct example){ .trait = { .signal = &sign, .known = FILE_SIZE - unknown } };
	for (uint32_t a = 0; a < FILE_SIZE; a++) {
		x->bin[a] = a >= FILE_SIZE - unknown ? NO_BIN : a < showing;
		x->by_rank[a] = a;
	}
	x->trait.bin = x->bin;
}

/* Open: (9 + 1) of 80 + 2. Operation, before anything is known: half of 0.8, half of that. */
static void
a_trait_compares_with_the_file(void **state)
{
	double open = 10.0 / 82, usual = 0.5 * 0.8 + 0.5 * open;
	struct example x;

	(void)state;
	example_make(&x, 9, 20);
	trait_learn(&x.trait, x.belief, x.by_rank, FILE_SIZE);
	assert_near(x.trait.open[1], open);
	assert_near(x.trait.operation[1], usual);
	assert_near(trait_of(&x.trait, 0), log(usual / open));
	assert_near(trait_of(&x.trait, 50), log((1 - usual) / (1 - open)));
	assert_near(trait_of(&x.trait, FILE_SIZE - 1), 0);
}

/* Nine believed in wholly, all of them showing it: (9 + 10 usual) / 19. */
static void
a_trait_learns_from_what_is_believed(void **state)
{
	double open = 1.0 / 73, usual = 0.5 * 0.8 + 0.5 * open;
	struct example x;

	(void)state;
	example_make(&x, 9, 20);
	for (uint32_t a = 0; a < 9; a++)
		x.belief[a] = 1;
	trait_learn(&x.trait, x.belief, x.by_rank, FILE_SIZE);
	assert_near(x.trait.open[1], open);
	assert_near(x.trait.operation[1], (9 + 10 * usual) / 19);
	assert_near(trait_of(&x.trait, 0), log((9 + 10 * usual) / 19 / open));
}

static void
what_is_learnt_stays_within_limits(void **state)
{
	struct example x;

	(void)state;
	example_make(&x, 0, 0);
	for (uint32_t a = 0; a < 50; a++)
		x.belief[a] = 1;	/* fifty of an operation, none of which shows it */
	trait_learn(&x.trait, x.belief, x.by_rank, FILE_SIZE);
	assert_true(x.trait.operation[1] >= 0.4 / 3 * 0.9);
	assert_true(trait_of(&x.trait, 0) < 0);
}

static void
a_group_counts_less_than_its_members_one_by_one(void **state)
{
	uint64_t all[BIN_MAX] = { 0, 8 }, none[BIN_MAX] = { 8, 0 }, few[BIN_MAX] = { 0, 1 };
	struct example x;

	(void)state;
	example_make(&x, 9, 20);
	trait_learn(&x.trait, x.belief, x.by_rank, FILE_SIZE);
	assert_near(trait_of_group(&x.trait, all), 3);	/* the cap */
	assert_true(trait_of_group(&x.trait, few) > 0);
	assert_true(trait_of_group(&x.trait, few) < 3);
	/* Half of the operations do not show it: absence takes away at most ln 2. */
	assert_true(trait_of_group(&x.trait, none) < 0);
	assert_true(trait_of_group(&x.trait, none) >= log(0.5) - 1e-9);
}

/* Accounts a0, a1, ... and one post; shares at the given seconds. */
static struct claque_dataset *
file_of(uint32_t accounts, const int64_t *seconds, const uint32_t *who, size_t shares)
{
	struct claque_dataset *ds;
	uint32_t object, number;

	assert_ok(claque_dataset_new(&ds, &err), err);
	assert_ok(claque_dataset_add_object(ds, CLAQUE_OBJECT_post, STR("p"), &object, &err), err);
	for (uint32_t i = 0; i < accounts; i++) {
		char id[2] = { 'a', (char)('0' + i) };
		struct claque_account a = { .id = { id, 2 }, .created_at = i * DAY };

		assert_ok(claque_dataset_add_account(ds, &a, &number, &err), err);
	}
	for (size_t i = 0; i < shares; i++) {
		struct claque_share s = { .at = seconds[i] * SECOND, .account = who[i] };

		assert_ok(claque_dataset_add_share(ds, &s, &err), err);
	}
	assert_ok(claque_dataset_seal(ds, &quiet, &err), err);
	return ds;
}

/*
 * Three on one source, the first of whom is known: its neighbours find one of
 * two, worth 1 / log2(4) each, and the prior of 1 % as worth six.
 */
static void
neighbours_on_a_source_move_the_prior(void **state)
{
	static const int64_t seconds[] = { 0, 1, 2, 3 };
	static const uint32_t who[] = { 0, 1, 0, 2 };	/* a repeat counts once */
	struct claque_dataset *ds = file_of(3, seconds, who, 4);
	double belief[] = { 1, 0, 0 }, x[3] = { 0 };
	struct coact acts;
	struct near n;

	(void)state;
	assert_ok(coact_shares(&acts, ds, 1, 1, &quiet), err);
	near_of_acts(&n, &acts, ds);
	near_add(&n, belief, 3, 0.01, x);
	assert_near(x[0], logit(0.06 / 7) - logit(0.01));
	assert_near(x[1], logit((0.5 + 0.06) / 7) - logit(0.01));
	assert_near(x[2], x[1]);
	near_done(&n);
	coact_done(&acts);
	claque_dataset_free(ds);
}

static void
who_is_far_away_in_time_is_no_neighbour(void **state)
{
	static const int64_t seconds[] = { 0, 4 * 86400 };
	static const uint32_t who[] = { 0, 1 };
	struct claque_dataset *ds = file_of(2, seconds, who, 2);
	double belief[] = { 1, 0 }, x[2] = { 0 };
	struct coact acts;
	struct near n;

	(void)state;
	assert_ok(coact_shares(&acts, ds, 1, 1, &quiet), err);
	near_of_acts(&n, &acts, ds);
	near_add(&n, belief, 2, 0.01, x);
	assert_near(x[0], 0);
	assert_near(x[1], 0);
	near_done(&n);
	coact_done(&acts);
	claque_dataset_free(ds);
}

/* Accounts are made a day apart here, and two days is as far as it goes. */
static void
accounts_made_together_are_neighbours(void **state)
{
	struct claque_dataset *ds = file_of(5, NULL, NULL, 0);
	double belief[] = { 1, 0, 0, 0, 0 }, x[5] = { 0 };
	double worth = 1 / log2(6);
	struct near n;

	(void)state;
	near_of_births(&n, ds);
	near_add(&n, belief, 5, 0.01, x);
	/* Account 2 has all others as neighbours, 1 has three of them. */
	assert_near(x[2], logit((worth + 0.06) / (4 * worth + 6)) - logit(0.01));
	assert_near(x[1], logit((worth + 0.06) / (3 * worth + 6)) - logit(0.01));
	assert_true(x[3] < 0);
	near_done(&n);
	claque_dataset_free(ds);
}

static void
ties_add_up_what_is_shared(void **state)
{
	static const int64_t seconds[] = { 0, 1, 2, 3 };
	static const uint32_t who[] = { 0, 1, 2, 1 };
	static const bool chosen[] = { true, false, true };
	struct claque_dataset *ds = file_of(3, seconds, who, 4);
	struct coact acts;
	struct ties t;

	(void)state;
	assert_ok(coact_shares(&acts, ds, 1, 1, &quiet), err);
	assert_ok(ties_find(&t, &acts, chosen, 3, &quiet), err);
	assert_int_equal(t.count, 1);
	assert_int_equal(t.links[0].a, 0);
	assert_int_equal(t.links[0].b, 2);
	assert_near(t.links[0].weight, 0.5);	/* three sharers: 1 / log2(4) */
	ties_done(&t);
	coact_done(&acts);
	claque_dataset_free(ds);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_trait_compares_with_the_file),
		cmocka_unit_test(a_trait_learns_from_what_is_believed),
		cmocka_unit_test(what_is_learnt_stays_within_limits),
		cmocka_unit_test(a_group_counts_less_than_its_members_one_by_one),
		cmocka_unit_test(neighbours_on_a_source_move_the_prior),
		cmocka_unit_test(who_is_far_away_in_time_is_no_neighbour),
		cmocka_unit_test(accounts_made_together_are_neighbours),
		cmocka_unit_test(ties_add_up_what_is_shared),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
