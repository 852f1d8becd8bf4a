/* test_signal_sides.c - camps among sources, and who passes on both. */
#include "config.h"

#include "crowd.h"

#include "base/array.h"
#include "engine/camps.h"
#include "engine/null.h"

enum { ACCOUNTS = 120, SOURCES = 24, ACTS = 10 };

/* Accounts that reshare posts of authors; each post is reshared once. */
static void
reshares(struct crowd *c, uint32_t account, uint32_t author)
{
	struct claque_share s = { .at = MONDAY + c->rows * HOUR, .account = account,
				  .act = CLAQUE_ACT_reshare, .row = c->rows };
	char post[16], name[16];

	(void)snprintf(post, sizeof(post), "p%u", c->rows++);
	(void)snprintf(name, sizeof(name), "author%u", author);
	assert_ok(claque_dataset_add_object(c->ds, CLAQUE_OBJECT_post, str_of(post), &s.object,
					    &err), err);
	assert_ok(claque_dataset_set_author(c->ds, s.object, str_of(name), &err), err);
	assert_ok(claque_dataset_add_share(c->ds, &s, &err), err);
}

/* The next of a camp's twelve authors; camps are 0 and 1. */
static void
takes(struct crowd *c, uint32_t account, uint32_t camp, uint32_t count, struct rng *r)
{
	for (uint32_t i = 0; i < count; i++)
		reshares(c, account, camp * SOURCES / 2 + (uint32_t)rng_below(r, SOURCES / 2));
}

static void
run(struct crowd *c)
{
	crowd_seal(c);
	assert_ok(workings_init(&c->w, c->ds, WORKING_TEXTS, &quiet, &err), err);
	crowd_measure(c, &signal_sides, NULL);
}

static void
finish(struct crowd *c)
{
	workings_done(&c->w);
	crowd_close(c);
}

static double
tail(uint32_t n, uint32_t k, double mean, double worth)
{
	double sum = 0;

	for (uint32_t i = k; i <= n; i++)
		sum += exp(null_beta_binomial(n, mean * worth, (1 - mean) * worth, i));
	return -log10(sum);
}

/*
 * One of 121 passes on two of the other side in ten, the others none: their
 * mean is (0.2 + 0.1) / 122; what they vary beyond ten draws each is the
 * mean of squares, 0.04 / 121, less that of the draws.
 */
static void
an_account_of_both_sides_is_as_odd_as_the_camps_are_strict(void **state)
{
	double mean = 0.3 / 122, spread = 0.04 / 121 - pow(0.2 / 121, 2) - mean * (1 - mean) / 10;
	double worth = mean * (1 - mean) / spread - 1;
	struct rng r = rng_seeded(1);
	struct crowd c;
	uint32_t mixed;

	(void)state;
	crowd_open(&c);
	for (uint32_t i = 0; i < ACCOUNTS; i++)
		takes(&c, crowd_add(&c, someone()), i % 2, ACTS, &r);
	mixed = crowd_add(&c, someone());
	takes(&c, mixed, 0, 8, &r);
	takes(&c, mixed, 1, 2, &r);
	run(&c);
	for (uint32_t i = 0; i < ACCOUNTS; i++)
		assert_near(c.out[i].value, 0);
	assert_near(c.out[mixed].value, tail(10, 2, mean, worth));
	assert_true(c.out[mixed].value > 1);
	assert_int_equal(c.out[mixed].n, 10);
	assert_near(c.out[mixed].expected, 0);
	finish(&c);
}

static void
few_acts_are_not_judged_and_own_posts_do_not_count(void **state)
{
	struct rng r = rng_seeded(1);
	struct crowd c;
	uint32_t few;

	(void)state;
	crowd_open(&c);
	for (uint32_t i = 0; i < ACCOUNTS; i++)
		takes(&c, crowd_add(&c, someone()), i % 2, ACTS, &r);
	few = crowd_add(&c, someone());
	takes(&c, few, 0, 2, &r);
	takes(&c, few, 1, 1, &r);
	run(&c);
	assert_true(isnan(c.out[few].value));
	finish(&c);
}

/* Everybody takes from everybody: there are no camps, so nobody is judged. */
static void
without_camps_nobody_is_judged(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 5; seed++) {
		struct rng r = rng_seeded(seed);
		struct crowd c;

		crowd_open(&c);
		for (uint32_t i = 0; i < ACCOUNTS; i++) {
			uint32_t a = crowd_add(&c, someone());

			for (int n = 0; n < ACTS; n++)
				takes(&c, a, (uint32_t)rng_below(&r, 2), 1, &r);
		}
		run(&c);
		for (uint32_t i = 0; i < ACCOUNTS; i++)
			assert_true(isnan(c.out[i].value));
		finish(&c);
	}
}

/* Camps are found whatever the sources are called and whoever comes first. */
static void
names_and_order_do_not_matter(void **state)
{
	double values[ACCOUNTS];

	(void)state;
	for (int turned = 0; turned < 2; turned++) {
		struct crowd c;

		crowd_open(&c);
		for (uint32_t i = 0; i < ACCOUNTS; i++)
			crowd_add(&c, someone());
		for (uint32_t n = 0; n < ACCOUNTS; n++) {
			uint32_t i = turned ? ACCOUNTS - 1 - n : n;
			struct rng r = rng_seeded(i);

			takes(&c, i, i % 2, ACTS - i / 10 % 2, &r);
			takes(&c, i, 1 - i % 2, i / 10 % 2, &r);
		}
		run(&c);
		for (uint32_t i = 0; i < ACCOUNTS; i++) {
			if (turned)
				assert_true(fabs(values[i] - c.out[i].value) < 1e-12);
			values[i] = c.out[i].value;
			assert_true(values[i] >= 0);
		}
		finish(&c);
	}
}

/* Each of the eight rows has six of the left or the right eight columns. */
static void
a_cut_parts_what_nobody_shares(void **state)
{
	struct ticker t = { .progress = &quiet, .stage = "" };
	struct incidence in = { .rows = 8, .columns = 16 };
	struct cuts cuts;

	(void)state;
	in.from = ARRAY_NEW(uint64_t, 9);
	in.column = ARRAY_NEW(uint32_t, 48);
	in.count = ARRAY_NEW(uint32_t, 48);
	in.weight = ARRAY_NEW(double, 48);
	in.row_name = ARRAY_NEW(uint32_t, 8);
	in.column_name = ARRAY_NEW(uint32_t, 16);
	for (uint32_t c = 0; c < 16; c++)
		in.column_name[c] = c;
	for (uint32_t r = 0; r < 8; r++) {
		in.from[r + 1] = in.from[r] + 6;
		for (uint32_t k = 0; k < 6; k++) {
			in.column[6 * r + k] = r % 2 * 8 + (r / 2 + k) % 8;
			in.count[6 * r + k] = 1;
			in.weight[6 * r + k] = 1;
		}
	}
	assert_true(cuts_find(&cuts, &in, &t));
	assert_int_equal(cuts.count, 1);
	assert_near(cuts.cut[0].sorted, 1);
	for (uint32_t c = 1; c < 16; c++)
		assert_int_equal(cuts.cut[0].side[c] == cuts.cut[0].side[0], c < 8);
	cuts_done(&cuts);
	incidence_done(&in);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_account_of_both_sides_is_as_odd_as_the_camps_are_strict),
		cmocka_unit_test(few_acts_are_not_judged_and_own_posts_do_not_count),
		cmocka_unit_test(without_camps_nobody_is_judged),
		cmocka_unit_test(names_and_order_do_not_matter),
		cmocka_unit_test(a_cut_parts_what_nobody_shares),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
