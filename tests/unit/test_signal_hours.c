/*
 * test_signal_hours.c - hours against the declared place, on two places half a
 * day apart that no program knows.
 */
#include "config.h"

#include "crowd.h"

enum { NEIGHBOURS = 40, ACTIVE = 60 };

struct town {
	const char *name;
	int noon;		/* hour UTC */
};

static const struct town here = { "Hereford Falls", 12 }, there = { "Old There, Far", 0 };

static uint32_t
citizen(struct crowd *c, const char *declared)
{
	struct claque_account a = someone();

	a.location = str_of(declared);
	return crowd_add(c, a);
}

/* On some day within the first ten weeks. */
static void
post_at(struct crowd *c, uint32_t account, uint64_t day, int64_t hour)
{
	crowd_post(c, post_of(account, MONDAY + (int64_t)day * DAY + hour * HOUR));
}

/* Awake from five hours before to eleven hours after noon, every day. */
static uint32_t
ordinary(struct crowd *c, struct rng *r, const struct town *lives, const char *declares)
{
	uint32_t a = citizen(c, declares);

	for (int i = 0; i < ACTIVE; i++) {
		uint64_t day = rng_below(r, 70);

		post_at(c, a, day, lives->noon - 5 + (int64_t)rng_below(r, 16));
	}
	return a;
}

/* Nine to six on weekdays. */
static uint32_t
at_office(struct crowd *c, struct rng *r, const struct town *works, const char *declares)
{
	uint32_t a = citizen(c, declares);

	for (int i = 0; i < ACTIVE; i++) {
		uint64_t monday = rng_below(r, 10) * 7, day = monday + rng_below(r, 5);

		post_at(c, a, day, works->noon - 3 + (int64_t)rng_below(r, 9));
	}
	return a;
}

static void
two_towns(struct crowd *c, struct rng *r)
{
	*r = rng_seeded(11);
	crowd_open(c);
	for (int i = 0; i < NEIGHBOURS; i++) {
		ordinary(c, r, &here, here.name);
		ordinary(c, r, &there, there.name);
	}
}

static void
run(struct crowd *c)
{
	crowd_seal(c);
	crowd_measure(c, &signal_hours, NULL);
}

static void
only_the_office_of_the_other_town_stands_out(void **state)
{
	uint32_t foreign, local, away, reversed;
	struct crowd c;
	struct rng r;

	(void)state;
	two_towns(&c, &r);
	foreign = at_office(&c, &r, &there, here.name);
	local = at_office(&c, &r, &here, here.name);
	reversed = at_office(&c, &r, &here, "far");
	away = at_office(&c, &r, &there, there.name);
	run(&c);
	assert_true(c.out[foreign].value > 0.8);
	assert_true(c.out[reversed].value > 0.8);
	/* At home the block gains nothing and costs no more than it explains. */
	assert_true(c.out[local].value < 0.1);
	assert_true(c.out[away].value < 0.1);
	for (uint32_t a = 0; a < 2 * NEIGHBOURS; a++)
		assert_true(c.out[a].value < -1);
	assert_true(c.out[foreign].expected < -1);
	crowd_close(&c);
}

static void
who_declares_no_place_is_not_judged(void **state)
{
	uint32_t nowhere, blank;
	struct crowd c;
	struct rng r;

	(void)state;
	two_towns(&c, &r);
	nowhere = at_office(&c, &r, &there, "");
	blank = at_office(&c, &r, &there, " - ");
	run(&c);
	assert_true(isnan(c.out[nowhere].value));
	assert_true(isnan(c.out[blank].value));
	crowd_close(&c);
}

static void
who_declares_what_nobody_else_does_may_live_anywhere(void **state)
{
	struct crowd c;
	struct rng r;
	uint32_t rare;

	(void)state;
	two_towns(&c, &r);
	rare = at_office(&c, &r, &(struct town){ "", 6 }, "Nobody Else Is Here");
	run(&c);
	assert_true(c.out[rare].value < 0.5);
	crowd_close(&c);
}

/* What others do who say nothing of where they are bends nobody's measure. */
static void
who_declares_no_place_is_no_measure_of_those_who_do(void **state)
{
	double value[2];

	(void)state;
	for (int with = 0; with < 2; with++) {
		uint32_t foreign;
		struct crowd c;
		struct rng r;

		two_towns(&c, &r);
		foreign = at_office(&c, &r, &there, here.name);
		for (int i = 0; i < with * NEIGHBOURS; i++)
			at_office(&c, &r, &there, "");
		run(&c);
		value[with] = c.out[foreign].value;
		crowd_close(&c);
	}
	assert_near(value[1], value[0]);
}

/* Eight others would do; each of these has seven and a bit. */
static void
nobody_is_a_neighbour_of_oneself(void **state)
{
	uint32_t declared, alone;
	struct crowd c;
	struct rng r, again;

	(void)state;
	two_towns(&c, &r);
	for (int i = 0; i < 8; i++)
		ordinary(&c, &r, &here, "Small Hamlet");
	again = r;
	declared = ordinary(&c, &r, &here, "Small Hamlet");
	alone = ordinary(&c, &again, &here, "Nobody Else Is Here");
	run(&c);
	assert_near(c.out[declared].value, c.out[alone].value);
	crowd_close(&c);
}

static void
an_hour_counts_once_and_too_few_hours_are_not_judged(void **state)
{
	uint32_t few, flood, once;
	struct crowd c;
	struct rng r;

	(void)state;
	two_towns(&c, &r);
	few = citizen(&c, here.name);
	flood = citizen(&c, here.name);
	once = citizen(&c, here.name);
	for (int i = 0; i < 20; i++) {
		post_at(&c, once, (uint64_t)i, i % 7);
		for (int j = 0; j < 5; j++) {
			post_at(&c, flood, (uint64_t)i, i % 7);
			post_at(&c, few, (uint64_t)(i % 7), i % 7);
		}
	}
	crowd_post(&c, post_of(few, CLAQUE_NO_TIME));
	run(&c);
	assert_true(isnan(c.out[few].value));
	assert_int_equal(c.out[once].n, 20);
	assert_int_equal(c.out[flood].n, 20);
	/* Each is among the other's neighbours, alike: so they see the same. */
	assert_near(c.out[flood].value, c.out[once].value);
	crowd_close(&c);
}

/* The same file, its clock set forward by so many hours. */
static void
shifted_values(int64_t hours, double *values, uint32_t count)
{
	struct town h = here, t = there;
	struct crowd c;
	struct rng r = rng_seeded(7);

	h.noon += (int)hours;
	t.noon += (int)hours;
	crowd_open(&c);
	for (uint32_t i = 0; i < count; i++) {
		if (i % 7 == 0)
			at_office(&c, &r, &t, h.name);
		else
			ordinary(&c, &r, i % 2 == 0 ? &h : &t, i % 2 == 0 ? h.name : t.name);
	}
	run(&c);
	for (uint32_t i = 0; i < count; i++)
		values[i] = c.out[i].value;
	crowd_close(&c);
}

/* Whole days only shift weekends, so those weeks are shifted as a whole. */
static void
no_zone_is_built_in(void **state)
{
	enum { COUNT = 70 };
	double at_0[COUNT], at_week[COUNT];

	(void)state;
	shifted_values(0, at_0, COUNT);
	shifted_values(168, at_week, COUNT);
	for (int i = 0; i < COUNT; i++)
		assert_near(at_0[i], at_week[i]);
	for (int64_t by = 1; by < 24; by += 5) {
		double found = 0;

		shifted_values(by, at_week, COUNT);
		for (int i = 0; i < COUNT; i += 7)
			found += at_week[i] > 0.5;
		assert_true(found >= 9);
	}
}

/* 1 / (24 x 0.5 x 0.002): the block that people choose least, alone. */
static void
no_account_is_sure_by_its_hours_alone(void **state)
{
	struct crowd c;
	struct rng r;
	uint32_t foreign;

	(void)state;
	two_towns(&c, &r);
	foreign = citizen(&c, here.name);
	for (uint64_t i = 0; i < 1400; i++)
		post_at(&c, foreign, i % 7 + 7 * (i / 63), there.noon - 3 + (int64_t)(i / 7 % 9));
	run(&c);
	assert_true(c.out[foreign].value <= log10(1 / (24 * 0.5 * 0.002)));
	crowd_close(&c);
}

/* One posts at three in the neighbours' night, every day; one around the clock. */
static void
programs_keep_no_office_hours(void **state)
{
	uint32_t daily, always;
	struct crowd c;
	struct rng r;

	(void)state;
	two_towns(&c, &r);
	daily = citizen(&c, here.name);
	always = citizen(&c, here.name);
	for (uint64_t i = 0; i < 60; i++) {
		post_at(&c, daily, i, here.noon + 15);
		post_at(&c, always, i, (int64_t)(i * 5 % 24));
	}
	run(&c);
	assert_true(c.out[daily].value < 0);
	assert_true(c.out[always].value < -1);
	crowd_close(&c);
}

static void
without_posts_nobody_is_judged(void **state)
{
	struct crowd c;

	(void)state;
	crowd_open(&c);
	citizen(&c, here.name);
	run(&c);
	assert_true(isnan(c.out[0].value));
	crowd_close(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_the_office_of_the_other_town_stands_out),
		cmocka_unit_test(who_declares_no_place_is_not_judged),
		cmocka_unit_test(who_declares_what_nobody_else_does_may_live_anywhere),
		cmocka_unit_test(who_declares_no_place_is_no_measure_of_those_who_do),
		cmocka_unit_test(nobody_is_a_neighbour_of_oneself),
		cmocka_unit_test(an_hour_counts_once_and_too_few_hours_are_not_judged),
		cmocka_unit_test(no_zone_is_built_in),
		cmocka_unit_test(no_account_is_sure_by_its_hours_alone),
		cmocka_unit_test(programs_keep_no_office_hours),
		cmocka_unit_test(without_posts_nobody_is_judged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
