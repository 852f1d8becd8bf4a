/*
 * test_belief.c - traits, neighbourhoods and ties on numbers worked out by hand.
 */
#include "config.h"

#include "test.h"

#include <math.h>
#include <stdlib.h>

#include "engine/belief.h"
#include "engine/likeness.h"
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
	bool seed[FILE_SIZE];
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

/*
 * Open: (9 + 1) of 80 + 2. Of operations half show the sign, and so 0.8 of
 * them, and the others look like everybody. One account that does not show it
 * loses a quarter at most.
 */
static void
a_trait_compares_with_the_file(void **state)
{
	double open = 10.0 / 82, usual = 0.5 * 0.8 + 0.5 * open;
	struct example x;

	(void)state;
	example_make(&x, 9, 20);
	trait_learn(&x.trait, x.belief, x.seed, x.by_rank, FILE_SIZE);
	assert_near(x.trait.open[1], open);
	assert_near(trait_of(&x.trait, 0), log(usual / open));
	assert_near(trait_of(&x.trait, 50), -0.25);
	assert_near(trait_of(&x.trait, FILE_SIZE - 1), 0);
}

/* Whoever is believed in an operation is no part of the background. */
static void
the_background_leaves_out_who_is_believed(void **state)
{
	struct example x;

	(void)state;
	example_make(&x, 9, 20);
	for (uint32_t a = 0; a < 9; a++)
		x.belief[a] = 1;
	trait_learn(&x.trait, x.belief, x.seed, x.by_rank, FILE_SIZE);
	assert_near(x.trait.open[1], 1.0 / 73);
}

/* Fifteen seeds that all show it weigh half as much as the model's thirty. */
static void
seeds_correct_the_model(void **state)
{
	double open = 10.0 / 82, usual = 0.5 * 0.8 + 0.5 * open;
	struct example x;

	(void)state;
	example_make(&x, 9, 20);
	for (uint32_t a = 0; a < 15; a++)
		x.seed[a] = true;	/* nine that show it, six that do not */
	trait_learn(&x.trait, x.belief, x.seed, x.by_rank, FILE_SIZE);
	assert_near(trait_of(&x.trait, 0), log((9 + 30 * usual) / 45 / open));
}

/* A sign of openness speaks against an operation; its absence says little. */
static void
overt_signs_only_clear(void **state)
{
	struct signal overt = sign;
	struct example x;

	(void)state;
	overt.info.axis = CLAQUE_OVERTNESS;
	overt.model.operation[0] = 0.999;
	overt.model.operation[1] = 0.001;
	overt.model.share = 1;
	example_make(&x, 50, 0);
	x.trait.signal = &overt;
	trait_learn(&x.trait, x.belief, x.seed, x.by_rank, FILE_SIZE);
	assert_near(trait_of(&x.trait, 0), -5);		/* the cap */
	assert_near(trait_of(&x.trait, 99), 0.25);
}

static void
a_group_counts_less_than_its_members_one_by_one(void **state)
{
	uint64_t all[BIN_MAX] = { 0, 8 }, none[BIN_MAX] = { 8, 0 }, few[BIN_MAX] = { 0, 1 };
	struct example x;

	(void)state;
	example_make(&x, 9, 20);
	trait_learn(&x.trait, x.belief, x.seed, x.by_rank, FILE_SIZE);
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

/* ln of the mean over the grid of shares, as near.c makes it, for one neighbour of `own`. */
static double
moved_by(double weight, double own)
{
	static const double shares[] = { 0.03, 0.08, 0.2, 0.4, 0.65, 0.9 };
	double weights = 0.9, sum = 0.9 * 0.01, before = 0.9 + 0.1, middle = 0.9 * 0.01;

	for (int k = 0; k < 6; k++) {
		double w = 0.1 / 6 * exp(weight * log(1 - shares[k] + shares[k] * exp(own)));

		weights += w;
		sum += w * shares[k];
		middle += 0.1 / 6 * shares[k];
	}
	return logit(sum / weights) - logit(middle / before);
}

/*
 * Three on one source: each has two neighbours there, worth 1 / log2(4) each.
 * The first shows signs of 2, the others none: likelihood 1, logarithm 0.
 */
static void
neighbours_on_a_source_move_the_prior(void **state)
{
	static const int64_t seconds[] = { 0, 1, 2, 3 };
	static const uint32_t who[] = { 0, 1, 0, 2 };	/* a repeat counts once */
	struct claque_dataset *ds = file_of(3, seconds, who, 4);
	double own[] = { 2, 0, 0 }, x[3] = { 0 };
	struct coact acts;
	struct near n;

	(void)state;
	assert_ok(coact_shares(&acts, ds, 1, 1, &quiet), err);
	near_of_acts(&n, &acts, ds);
	near_add(&n, own, 3, 0.01, x);
	assert_near(x[0], 0);
	assert_near(x[1], moved_by(0.5, 2));
	assert_near(x[2], x[1]);
	assert_true(x[1] > 0);
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
	double own[] = { 3, 3 }, x[2] = { 0 };
	struct coact acts;
	struct near n;

	(void)state;
	assert_ok(coact_shares(&acts, ds, 1, 1, &quiet), err);
	near_of_acts(&n, &acts, ds);
	near_add(&n, own, 2, 0.01, x);
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
	double own[] = { 2, 0, 0, 0, 0 }, x[5] = { 0 };
	struct near n;

	(void)state;
	near_of_births(&n, ds);
	near_add(&n, own, 5, 0.01, x);
	assert_near(x[1], moved_by(1 / log2(6), 2));
	assert_near(x[2], x[1]);
	assert_near(x[3], 0);
	near_done(&n);
	claque_dataset_free(ds);
}

/* Forty accounts post once each: the even ones at one time, the odd ones at another. */
static struct claque_dataset *
habits(int64_t even, int64_t odd, bool marked[40])
{
	struct claque_dataset *ds;
	uint32_t number;

	assert_ok(claque_dataset_new(&ds, &err), err);
	for (uint32_t i = 0; i < 40; i++) {
		char id[2] = { (char)('a' + i / 10), (char)('0' + i % 10) };
		struct claque_account a = { .id = { id, 2 }, .created_at = CLAQUE_NO_TIME };
		struct claque_post p = {
			.at = (i % 2 == 0 ? even : odd) * 3600 * SECOND, .account = i,
			.deleted_at = CLAQUE_NO_TIME, .parent = CLAQUE_NO_OBJECT,
			.likes = -1, .shares = -1, .replies = -1,
		};

		assert_ok(claque_dataset_add_account(ds, &a, &number, &err), err);
		assert_ok(claque_dataset_add_post(ds, &p, &err), err);
		marked[i] = i % 2 == 0 && i < 36;
	}
	assert_ok(claque_dataset_seal(ds, &quiet, &err), err);
	return ds;
}

/* Some at three in the morning, others at noon. */
static void
more_like_these_have_their_habits(void **state)
{
	bool marked[40];
	struct claque_dataset *ds = habits(3, 12, marked);
	double x[40];

	(void)state;
	assert_ok(likeness_find(ds, marked, &quiet, x), err);
	assert_true(x[38] > 0.5);	/* as early as they, though not marked */
	assert_true(x[39] < 0);
	assert_near(x[38], x[0]);
	memset(marked, 0, sizeof(marked));
	marked[0] = true;		/* one account has no habits to go by */
	assert_ok(likeness_find(ds, marked, &quiet, x), err);
	assert_near(x[38], 0);
	claque_dataset_free(ds);
}

/* At noon all of them: on Saturday and on Monday, of 1970 and of the week before it. */
static void
weekends_are_another_habit(void **state)
{
	static const int64_t days[][2] = { { 2, 4 }, { 3, 1 }, { -5, -3 }, { -4, -2 } };
	bool marked[40];
	double x[40];

	(void)state;
	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		struct claque_dataset *ds = habits(days[i][0] * 24 + 12, days[i][1] * 24 + 12, marked);

		assert_ok(likeness_find(ds, marked, &quiet, x), err);
		assert_true(x[38] > 0.5);
		assert_true(x[39] < 0);
		claque_dataset_free(ds);
	}
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
	assert_near(t.links[0].weight, 0.5);	/* three sharers: 1 / 2 */
	ties_done(&t);
	coact_done(&acts);
	claque_dataset_free(ds);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_trait_compares_with_the_file),
		cmocka_unit_test(the_background_leaves_out_who_is_believed),
		cmocka_unit_test(seeds_correct_the_model),
		cmocka_unit_test(overt_signs_only_clear),
		cmocka_unit_test(a_group_counts_less_than_its_members_one_by_one),
		cmocka_unit_test(neighbours_on_a_source_move_the_prior),
		cmocka_unit_test(who_is_far_away_in_time_is_no_neighbour),
		cmocka_unit_test(accounts_made_together_are_neighbours),
		cmocka_unit_test(more_like_these_have_their_habits),
		cmocka_unit_test(weekends_are_another_habit),
		cmocka_unit_test(ties_add_up_what_is_shared),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
