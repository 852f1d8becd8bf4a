/*
 * test_signal_open.c - what profiles tell in favour of somebody: age, followers, a mark of
 * the platform, and that he says whom he belongs to (O1 to O4).
 */
#include "config.h"

#include "crowd.h"

static void
a_mark_of_the_platform_is_told_where_it_is_known(void **state)
{
	static const int verified[] = { 1, 0, -1 };
	struct crowd c;

	(void)state;
	crowd_open(&c);
	for (int i = 0; i < 3; i++) {
		struct claque_account a = someone();

		a.verified = (int8_t)verified[i];
		crowd_add(&c, a);
	}
	crowd_seal(&c);
	crowd_measure(&c, &signal_verified, NULL);
	assert_near(c.out[0].value, 1);
	assert_near(c.out[1].value, 0);
	assert_int_equal(c.out[1].n, 1);
	assert_true(isnan(c.out[2].value));
	crowd_close(&c);
}

/* The last thing that happened is a post on 1 January 2025, 366 days after the Monday. */
static void
age_is_counted_in_years_to_the_last_post(void **state)
{
	static const int64_t created[] = { MONDAY, MONDAY + 366 * DAY, MONDAY - 3 * 366 * DAY };
	struct crowd c;

	(void)state;
	crowd_open(&c);
	for (int i = 0; i < 4; i++) {
		struct claque_account a = someone();

		a.created_at = i < 3 ? created[i] : CLAQUE_NO_TIME;
		crowd_add(&c, a);
	}
	crowd_post(&c, post_of(0, MONDAY + DAY));
	crowd_post(&c, post_of(1, MONDAY + 366 * DAY));
	crowd_seal(&c);
	crowd_measure(&c, &signal_established, NULL);
	assert_near(c.out[0].value, 366 / 365.25);
	assert_int_equal(c.out[0].n, 1);
	assert_near(c.out[1].value, 0);
	assert_near(c.out[2].value, 4 * 366 / 365.25);
	assert_true(isnan(c.out[3].value));
	crowd_close(&c);
}

static void
without_a_time_nobody_is_of_any_age(void **state)
{
	struct claque_account a = someone();
	struct crowd c;

	(void)state;
	a.created_at = MONDAY;
	crowd_open(&c);
	crowd_add(&c, a);
	crowd_seal(&c);
	crowd_measure(&c, &signal_established, NULL);
	assert_true(isnan(c.out[0].value));
	crowd_close(&c);
}

/* On x 5, 10, 10 and 20; equal ones share the middle of their places. On y one alone. */
static void
followers_rank_on_their_own_platform(void **state)
{
	static const struct { const char *platform; int64_t followers; double place; } rows[] = {
		{ "x", 20, 7.0 / 8 }, { "x", 10, 4.0 / 8 }, { "y", 1000, 0.5 }, { "x", 10, 4.0 / 8 },
		{ "x", 5, 1.0 / 8 }, { "x", -1, 0 },
	};
	struct crowd c;

	(void)state;
	crowd_open(&c);
	for (int i = 0; i < 6; i++) {
		struct claque_account a = someone();

		a.platform = str_of(rows[i].platform);
		a.followers = rows[i].followers;
		crowd_add(&c, a);
	}
	crowd_seal(&c);
	crowd_measure(&c, &signal_followed, NULL);
	for (int i = 0; i < 5; i++) {
		assert_near(c.out[i].value, rows[i].place);
		assert_int_equal(c.out[i].n, i == 2 ? 1 : 4);
	}
	assert_true(isnan(c.out[5].value));
	crowd_close(&c);
}

/*
 * Eight of two hundred share three sources. Seven of them write "lumixfans", one does not;
 * all others write words of their own.
 */
static void
a_word_that_most_partners_write_and_few_others_is_a_declaration(void **state)
{
	static const uint32_t eight[] = { 0, 1, 2, 3, 4, 5, 6, 7 };
	struct crowd c;

	(void)state;
	crowd_open(&c);
	for (int i = 0; i < 200; i++) {
		struct claque_account a = someone();
		char bio[32];

		(void)snprintf(bio, sizeof(bio), "%s", "proud Lumixfans!");
		if (i >= 7)
			(void)snprintf(bio, sizeof(bio), "%c%c%cwords abc", 'a' + i % 26,
				       'a' + i / 26, 'a' + i % 7);
		a.bio = str_of(bio);
		crowd_add(&c, a);
	}
	crowd_seal(&c);
	for (int i = 0; i < 3; i++)
		crowd_share(&c, eight, 8);
	crowd_measure(&c, &signal_declared, NULL);
	assert_near(c.out[0].value, 6.0 / 7);
	assert_near(c.out[6].value, 6.0 / 7);
	assert_near(c.out[7].value, 0);
	assert_int_equal(c.out[7].n, 7);
	assert_true(isnan(c.out[8].value));
	crowd_close(&c);
}

static void
every_signal_begins_with_the_parameters_it_tells(void **state)
{
	(void)state;
	for (unsigned s = 0; s < CLAQUE_SIGNAL_COUNT; s++) {
		const struct claque_signal_info *info = claque_signal_info((enum claque_signal)s);
		double params[CLAQUE_PARAM_MAX];

		for (int i = 0; i < CLAQUE_PARAM_MAX; i++)
			params[i] = -77;
		signal_defaults(signal_table[s], params);
		for (size_t i = 0; i < CLAQUE_PARAM_MAX; i++)
			assert_near(params[i], i < info->param_count ? info->params[i].usual : -77);
	}
}

/* --- what signals are made of */

struct stop {
	uint64_t asked, at;
	char stages[8][32];		/* in which it was asked, in their order */
	size_t stage_count;
};

static bool
stop_once(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
	struct stop *s = ctx;

	(void)done;
	(void)total;
	if (s->stage_count < 8 &&
	    (s->stage_count == 0 || strcmp(s->stages[s->stage_count - 1], stage) != 0))
		(void)snprintf(s->stages[s->stage_count++], sizeof(s->stages[0]), "%s", stage);
	return s->asked++ != s->at;
}

/* People of two platforms who write, and share what others wrote: work in every stage. */
static void
open_town(struct crowd *c)
{
	enum { PEOPLE = 3000, POSTS = 6000 };
	struct rng r = rng_seeded(3);

	crowd_open(c);
	for (int i = 0; i < PEOPLE; i++) {
		struct claque_account a = someone();
		char name[40];

		(void)snprintf(name, sizeof(name), "Name%u Family%u", (unsigned)rng_below(&r, 300),
			       (unsigned)rng_below(&r, 300));
		a.display_name = str_of(name);
		a.platform = i % 2 == 0 ? STR("x") : STR("y");
		crowd_add(c, a);
	}
	for (int i = 0; i < POSTS; i++) {
		struct claque_post p = post_of((uint32_t)rng_below(&r, PEOPLE), MONDAY + i * HOUR);
		char text[120];

		(void)snprintf(text, sizeof(text), "w%u w%u w%u w%u w%u w%u w%u w%u",
			       (unsigned)rng_below(&r, 500), (unsigned)rng_below(&r, 500),
			       (unsigned)rng_below(&r, 500), (unsigned)rng_below(&r, 500),
			       (unsigned)rng_below(&r, 500), (unsigned)rng_below(&r, 500),
			       (unsigned)rng_below(&r, 500), (unsigned)rng_below(&r, 500));
		p.text = str_of(text);
		crowd_post(c, p);
	}
	crowd_seal(c);
}

static void
a_stop_is_heard_whatever_is_still_to_be_made(void **state)
{
	const unsigned all = WORKING_TEXTS | WORKING_SOURCE | WORKING_TWINS;
	struct stop stop = { .at = UINT64_MAX };
	const struct claque_progress watched = { &stop, stop_once };
	struct workings w;
	struct crowd c;
	uint64_t asked;

	(void)state;
	open_town(&c);
	assert_ok(workings_init(&w, c.ds, all, &watched, &err), err);
	workings_done(&w);
	assert_true(stop.stage_count > 1);
	asked = stop.asked;
	assert_true(asked > 2);
	for (uint64_t at = 0; at < asked; at++) {
		stop = (struct stop){ .at = at };
		assert_int_equal(workings_init(&w, c.ds, all, &watched, &err), CLAQUE_STOPPED);
		workings_done(&w);
	}
	crowd_close(&c);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mark_of_the_platform_is_told_where_it_is_known),
		cmocka_unit_test(age_is_counted_in_years_to_the_last_post),
		cmocka_unit_test(without_a_time_nobody_is_of_any_age),
		cmocka_unit_test(followers_rank_on_their_own_platform),
		cmocka_unit_test(a_word_that_most_partners_write_and_few_others_is_a_declaration),
		cmocka_unit_test(a_stop_is_heard_whatever_is_still_to_be_made),
		cmocka_unit_test(every_signal_begins_with_the_parameters_it_tells),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
