/*
 * test_part.c - single parts of the score on scenes made to show one thing.
 */
#include "config.h"

#include "test.h"

#include <math.h>
#include <stdlib.h>

#include "engine/dataset.h"
#include "engine/null.h"
#include "engine/part.h"

#define NOW INT64_C(1728000000000)

static const struct claque_progress quiet;
static struct claque_err err;

static void
assert_near(double got, double want)
{
	if (!(fabs(got - want) < 1e-9))
		fail_msg("%.12g is not %.12g", got, want);
}

/* One post that accounts 0.. share at these seconds. */
static struct claque_dataset *
shared_post(const int64_t *seconds, uint32_t count)
{
	struct claque_dataset *ds;
	uint32_t object, number;

	assert_ok(claque_dataset_new(&ds, &err), err);
	assert_ok(claque_dataset_add_object(ds, CLAQUE_OBJECT_post, STR("p"), &object, &err), err);
	for (uint32_t i = 0; i < count; i++) {
		char id[2] = { 'a', (char)('0' + i) };
		struct claque_account a = { .id = { id, 2 }, .created_at = CLAQUE_NO_TIME };
		struct claque_share share = { .at = NOW + seconds[i] * 1000, .account = i };

		assert_ok(claque_dataset_add_account(ds, &a, &number, &err), err);
		assert_ok(claque_dataset_add_share(ds, &share, &err), err);
	}
	assert_ok(claque_dataset_seal(ds, &quiet, &err), err);
	return ds;
}

/*
 * Shared by members 0, 1, 2 at 0, 30 and 100 s, and by two others at 110 and
 * 500 s. Pairs within 60 s: 0 and 1, and 2 with the one at 110 s: 2 of 10, of
 * which the group has 1 of 3. Others: 1 of 7, and with two pairs of the mean
 * 0.2 thrown in, (1 + 0.4) / 9.
 */
static void
flows_are_those_of_the_hand(void **state)
{
	static const int64_t seconds[] = { 0, 30, 100, 110, 500 };
	static const uint32_t group_of[] = { 0, 0, 0, NO_GROUP, NO_GROUP };
	struct claque_dataset *ds = shared_post(seconds, 5);
	struct flow f = { .window = WINDOW_60S };
	struct claque_network_settings s = claque_network_defaults(CLAQUE_SIGNAL_CO_RESHARE);
	struct kept kept;

	(void)state;
	s.object_cap = 0;
	assert_ok(signal_keep(&kept, ds, &s, &quiet, &err), err);
	assert_ok(flow_measure(&kept, group_of, &f, &quiet), err);
	assert_near(f.seen, 1);
	assert_near(f.quick, 1);
	assert_near(f.others, 7);
	assert_near(f.quick_expected, 3 * 1.4 / 9);
	assert_int_equal(f.objects, 1);
	kept_done(&kept);
	claque_dataset_free(ds);
}

static void
timing_speaks_for_the_fast_and_against_the_others_pace(void **state)
{
	struct flow f = {
		.objects = 20, .others = 100, .quick = 9, .quick_squares = 9, .quick_expected = 1,
	};
	struct scene scene = { .flows = { &f } };
	struct crew crew = { .edges = { 1 } };
	struct claque_evidence e;

	(void)state;
	assert_true(part_timing(&scene, &crew, 0, &e));
	/* e^-1 / 9! (1 + 1/10 + 1/110 + 1/1320 + ...) */
	assert_near(e.p, exp(-1) / 362880 * (1.1 + 1.0 / 110 + 1.0 / 1320));
	assert_near(e.log_odds, PART_COORDINATION_MAX);
	f.quick_squares = 81;	/* all nine on one object: as good as one */
	assert_true(part_timing(&scene, &crew, 0, &e));
	assert_near(e.p, 1 - exp(-1.0 / 9));
	assert_near(e.log_odds, -log(e.p) / 2);
	f.quick = f.quick_squares = 1;
	f.quick_expected = 9;
	assert_true(part_timing(&scene, &crew, 0, &e));
	assert_near(e.log_odds, PART_TIMING_MIN);
	f.quick_expected = 2;
	assert_true(part_timing(&scene, &crew, 0, &e));
	assert_near(e.log_odds, log(2.0 / 3));
	f.others = 5;
	assert_false(part_timing(&scene, &crew, 0, &e));
}

static void
what_is_not_shared_is_no_part(void **state)
{
	struct flow none = { .window = 0 };
	struct scene scene = { .flows = { NULL, &none } };
	struct crew crew = { .count = 3 };
	struct claque_evidence e;

	(void)state;
	assert_false(part_coshare(&scene, &crew, 0, &e));
	assert_false(part_coshare(&scene, &crew, 1, &e));
	assert_false(part_timing(&scene, &crew, 0, &e));
	assert_false(part_timing(&scene, &crew, 1, &e));
	assert_near(part_coshare_surprise(&scene, &crew, 0), 0);
	assert_near(part_coshare_surprise(&scene, &crew, 1), 0);
}

/* A sign that 10 of 100 accounts show, and the trait as it is then. */
static const struct signal sign = {
	.info = { .name = "sign", .axis = CLAQUE_DECEPTION },
	.model = {
		.bins = 2, .cuts = { 0.5 }, .operation = { 0.2, 0.8 }, .share = 0.5,
		.worth = 10, .open_worth = 10, .member_cap = 1, .group_cap = 3,
	},
	.says = "show it",
};

struct example {
	struct trait trait;
	struct claque_trait measures[100];
	uint8_t bin[100];
	uint32_t by_rank[100];
	double belief[100];
	bool seed[100];
};

static void
example_make(struct example *x)
{
	*x = (struct example){ .trait = { .signal = &sign, .known = 100 } };
	for (uint32_t a = 0; a < 100; a++) {
		x->bin[a] = a < 10;
		x->by_rank[a] = a;
		x->measures[a].row = a;
	}
	x->trait.bin = x->bin;
	x->trait.measures = x->measures;
}

/* What the example's trait says of these. */
static void
learn_and_judge(const uint32_t *members, uint32_t count, struct claque_evidence *out)
{
	struct scene scene = { .belief = { .trait_count = 1 } };
	struct crew crew = { .accounts = members, .count = count };
	struct example x;

	example_make(&x);
	trait_learn(&x.trait, x.belief, x.seed, x.by_rank, 100);
	scene.belief.traits[0] = x.trait;
	assert_true(part_trait(&scene, &crew, 0, out));
}

static void
a_trait_is_read_against_the_rest_of_the_file(void **state)
{
	static const uint32_t members[] = { 0, 1, 2, 3, 50 };
	struct claque_evidence e;

	(void)state;
	learn_and_judge(members, 5, &e);
	assert_int_equal(e.n, 5);
	assert_near(e.observed, 4);
	/* (10 + 1) / 102 of all others */
	assert_near(e.expected, 5 * 11.0 / 102);
	assert_near(e.p, exp(null_binomial_tail(5, 11.0 / 102, 4)));
	assert_true(e.log_odds > 1 && e.log_odds <= 3);
	assert_int_equal(e.row_count, 4);
	assert_int_equal(e.rows[3], 3);
}

static void
of_many_who_show_a_trait_a_few_rows_are_named(void **state)
{
	static const uint32_t members[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 };
	struct claque_evidence e;

	(void)state;
	learn_and_judge(members, 10, &e);
	assert_near(e.observed, 10);
	assert_int_equal(e.row_count, sizeof(e.rows) / sizeof(e.rows[0]));
	assert_true(e.row_count < 10);
	assert_int_equal(e.rows[e.row_count - 1], e.row_count - 1);
}

static void
few_known_accounts_are_no_background(void **state)
{
	struct scene scene = { .belief = { .trait_count = 1 } };
	static const uint32_t members[] = { 0, 1, 2 };
	struct crew crew = { .accounts = members, .count = 3 };
	struct claque_evidence e;
	struct example x;

	(void)state;
	example_make(&x);
	x.trait.known = 22;
	trait_learn(&x.trait, x.belief, x.seed, x.by_rank, 100);
	scene.belief.traits[0] = x.trait;
	assert_false(part_trait(&scene, &crew, 0, &e));
	scene.belief.traits[0].known = 23;
	assert_true(part_trait(&scene, &crew, 0, &e));
	memset(x.bin, NO_BIN, sizeof(x.bin));
	assert_false(part_trait(&scene, &crew, 0, &e));
}

/* Two of four who can be asked; the fifth is neither counted nor one of the rest. */
static void
a_trait_that_not_everybody_has_says_of_how_many_who_have_it(void **state)
{
	static const struct signal asked = {
		.info = { .name = "sign", .axis = CLAQUE_DECEPTION },
		.model = {
			.bins = 2, .cuts = { 0.5 }, .operation = { 0.2, 0.8 }, .share = 0.5,
			.worth = 10, .open_worth = 10, .member_cap = 1, .group_cap = 3,
		},
		.whom = " that declare a place", .says = "show it",
	};
	struct scene scene = { .belief = { .trait_count = 1 } };
	static const uint32_t members[] = { 0, 1, 50, 51, 52 };
	struct crew crew = { .accounts = members, .count = 5 };
	struct claque_evidence e;
	struct example x;

	(void)state;
	example_make(&x);
	x.trait.signal = &asked;
	x.bin[52] = NO_BIN;
	trait_learn(&x.trait, x.belief, x.seed, x.by_rank, 100);
	scene.belief.traits[0] = x.trait;
	assert_true(part_trait(&scene, &crew, 0, &e));
	assert_int_equal(e.n, 4);
	/* (10 + 1) / 101 */
	assert_string_equal(e.text, "2 of 4 accounts that declare a place show it; 10.9 % of such"
			    " others in the file");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(flows_are_those_of_the_hand),
		cmocka_unit_test(timing_speaks_for_the_fast_and_against_the_others_pace),
		cmocka_unit_test(what_is_not_shared_is_no_part),
		cmocka_unit_test(a_trait_is_read_against_the_rest_of_the_file),
		cmocka_unit_test(of_many_who_show_a_trait_a_few_rows_are_named),
		cmocka_unit_test(few_known_accounts_are_no_background),
		cmocka_unit_test(a_trait_that_not_everybody_has_says_of_how_many_who_have_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
