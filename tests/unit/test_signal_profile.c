/* test_signal_profile.c - what profiles alone tell: handles, pictures, creation. */
#include "config.h"

#include "crowd.h"

#include "engine/persona.h"

static void
names_are_alike_whatever_case_digits_and_dots(void **state)
{
	(void)state;
	assert_near(persona_alike(STR("Anna Lee"), STR("annalee_84")), 1);
	assert_near(persona_alike(STR("anna"), STR("bert")), 0);
	/* Pairs of the one: a, an, nn, na; of the other: a, an, nn, ne. */
	assert_near(persona_alike(STR("anna"), STR("anne")), 0.75);
	assert_near(persona_alike(STR("1234"), STR("1234")), 0);
	assert_near(persona_alike(STR(""), STR("")), 0);
	assert_near(persona_alike(STR("\xd0\x98\xd0\xb2\xd0\xb0\xd0\xbd"),
				  STR("\xd0\x98\xd0\xb2\xd0\xb0\xd0\xbd 7")), 1);
}

static void
a_default_handle_is_letters_then_four_to_eight_digits(void **state)
{
	static const char *const yes[] = { "ab1234", "John_Smith12345", "a_99999999" };
	static const char *const no[] = { "", "a1234", "ab123", "ab123456789", "ab12345x",
					  "abcdefghijklm1234", "\303\244\303\2441234" };

	(void)state;
	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
		assert_true(handle_is_default(str_of(yes[i])));
	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		assert_false(handle_is_default(str_of(no[i])));
	assert_true(handle_is_default(str_sub(STR("ab12345"), 0, 6)));
	assert_false(handle_is_default(str_sub(STR("ab12345"), 0, 5)));
}

static uint32_t
named(struct crowd *c, const char *handle, const char *name, uint64_t picture)
{
	struct claque_account a = someone();

	a.handle = str_of(handle);
	a.display_name = str_of(name);
	a.avatar = picture != 0 ? CLAQUE_AVATAR_HASH : CLAQUE_AVATAR_UNKNOWN;
	a.avatar_hash = picture;
	return crowd_add(c, a);
}

static void
personas_differ_only_if_name_and_handle_do(void **state)
{
	struct crowd c;
	struct personas p;

	(void)state;
	crowd_open(&c);
	named(&c, "bluefox", "Anna Lee", 0);
	named(&c, "annalee", "Bert Oz", 0);
	named(&c, "BlueFox99", "Cora", 0);
	named(&c, "", "Anna Lee", 0);
	named(&c, "", "", 0);
	crowd_seal(&c);
	personas_init(&p, c.ds);
	assert_true(persona_differs(&p, 0, 1));
	assert_false(persona_differs(&p, 0, 2));
	assert_false(persona_differs(&p, 0, 3));
	assert_false(persona_differs(&p, 0, 4));
	assert_true(persona_differs(&p, 1, 3));
	personas_done(&p);
	crowd_close(&c);
}

static void
a_default_handle_is_usual_as_often_as_its_platform_has_it(void **state)
{
	static const char *const handles[] = { "anna1234", "bert", "cora", "", "dora_99999",
					       "eva" };
	struct crowd c;

	(void)state;
	crowd_open(&c);
	for (int i = 0; i < 6; i++) {
		struct claque_account a = someone();

		a.handle = str_of(handles[i]);
		a.platform = i < 4 ? STR("x") : STR("telegram");
		crowd_add(&c, a);
	}
	crowd_seal(&c);
	crowd_measure(&c, &signal_handles, NULL);
	assert_near(c.out[0].value, 1);
	assert_near(c.out[1].value, 0);
	assert_near(c.out[0].expected, 1.0 / 3);
	assert_true(isnan(c.out[3].value) && isnan(c.out[3].expected));
	assert_near(c.out[4].value, 1);
	assert_near(c.out[5].expected, 0.5);
	crowd_close(&c);
}

#define PICTURE UINT64_C(0x123456789abcdef0)

static void
a_picture_of_two_names_tells_more_than_one_of_many(void **state)
{
	static const char *const names[] = { "anna", "bert", "cora", "dodo" };
	struct crowd c;

	(void)state;
	crowd_open(&c);
	named(&c, "quill", "Quill", PICTURE);
	named(&c, "zebra", "Zebra", PICTURE ^ 0x8001800180008000);	/* 6 bits */
	for (int i = 0; i < 4; i++)
		named(&c, names[i], names[i], ~PICTURE);
	named(&c, "moon", "Moon", 0x0f0f0f0f0f0f0f0f);
	named(&c, "moon_2", "The moon", 0x0f0f0f0f0f0f0f0f);
	named(&c, "nobody", "Nobody", 0);
	crowd_seal(&c);
	crowd_measure(&c, &signal_avatar, NULL);
	assert_near(c.out[0].value, 1);
	assert_near(c.out[1].value, 1);
	assert_int_equal(c.out[0].n, 1);
	assert_near(c.out[2].value, 0.5);
	assert_near(c.out[6].value, 0);
	assert_near(c.out[7].value, 0);
	assert_true(isnan(c.out[8].value));
	crowd_measure(&c, &signal_avatar, (double[]){ 5 });
	assert_near(c.out[0].value, 0);
	crowd_close(&c);
}

static void
a_picture_of_one_colour_and_the_default_one_are_no_pictures(void **state)
{
	struct claque_account a = someone();
	struct crowd c;

	(void)state;
	crowd_open(&c);
	named(&c, "anna", "Anna", 7);
	named(&c, "bert", "Bert", 7);
	a.avatar = CLAQUE_AVATAR_DEFAULT;
	a.avatar_hash = PICTURE;
	crowd_add(&c, a);
	crowd_seal(&c);
	crowd_measure(&c, &signal_avatar, NULL);
	assert_true(isnan(c.out[0].value) && isnan(c.out[1].value) && isnan(c.out[2].value));
	crowd_close(&c);
}

/* Letters only, so that no two names are alike. */
static void
odd_name(uint32_t n, char out[8])
{
	for (int i = 0; i < 6; i++, n /= 26)
		out[i] = (char)('a' + (n * 7 + (uint32_t)i * 11) % 26);
	out[6] = '\0';
}

static void
a_crowd_of_holders_counts_whole(void **state)
{
	struct crowd c;

	(void)state;
	crowd_open(&c);
	for (uint32_t i = 0; i < 1024; i++) {
		char name[8];

		odd_name(i, name);
		named(&c, name, "", PICTURE);
	}
	crowd_seal(&c);
	crowd_measure(&c, &signal_avatar, NULL);
	assert_near(c.out[0].value, 0.1);
	assert_int_equal(c.out[1023].n, 1023);
	crowd_close(&c);
}

/* Clusters of pictures that differ by 0 to 10 random bits. */
static uint64_t
random_picture(struct rng *r, uint64_t *centre)
{
	uint64_t hash;

	if (rng_below(r, 4) == 0)
		*centre = rng_next(r);
	hash = *centre;
	for (uint64_t i = rng_below(r, 11); i > 0; i--)
		hash ^= UINT64_C(1) << rng_below(r, 64);
	return hash;
}

static void
looking_up_quarters_finds_what_comparing_all_pairs_finds(void **state)
{
	enum { COUNT = 300 };
	struct rng r = rng_seeded(5);
	uint64_t pictures[COUNT], centre = 0;
	struct crowd c;
	struct personas p;

	(void)state;
	crowd_open(&c);
	for (uint32_t i = 0; i < COUNT; i++) {
		char name[8];

		odd_name(i, name);
		pictures[i] = random_picture(&r, &centre);
		named(&c, name, "", pictures[i]);
	}
	crowd_seal(&c);
	personas_init(&p, c.ds);
	for (int apart = 0; apart <= 7; apart++) {
		crowd_measure(&c, &signal_avatar, (double[]){ apart });
		for (uint32_t i = 0; i < COUNT; i++) {
			uint32_t others = 0;

			for (uint32_t j = 0; j < COUNT; j++)
				others += i != j && persona_differs(&p, i, j) &&
					  __builtin_popcountll(pictures[i] ^ pictures[j]) <= apart;
			if (!isnan(c.out[i].value))
				assert_int_equal(c.out[i].n, others);
		}
	}
	personas_done(&p);
	crowd_close(&c);
}

static uint32_t
born(struct crowd *c, int64_t at)
{
	struct claque_account a = someone();

	a.created_at = at;
	return crowd_add(c, a);
}

/*
 * One account a month for 40 months, three on one day between two of them and one just half a
 * week before, which is still near; one undated.
 */
static void
months_and_a_batch(struct crowd *c, uint32_t batch[4])
{
	crowd_open(c);
	for (int i = 0; i < 40; i++)
		born(c, MONDAY + i * 30 * DAY);
	for (int i = 0; i < 4; i++)
		batch[i] = born(c, MONDAY + 615 * DAY - (i == 3 ? 84 * HOUR : 0));
	born(c, CLAQUE_NO_TIME);
	crowd_seal(c);
}

static void
a_batch_of_partners_has_the_odds_of_the_binomial_tail(void **state)
{
	uint32_t batch[4];
	struct crowd c;
	double trend, tail;

	(void)state;
	months_and_a_batch(&c, batch);
	crowd_share(&c, batch, 4);
	crowd_measure(&c, &signal_creation, NULL);
	/* Three of three partners, each near with a chance of 3.5 in 44; three widths tried. */
	trend = 6.0 / 173 * 7 + 0.5;
	tail = 1 - exp(-trend) * (1 + trend + trend * trend / 2);
	assert_near(c.out[batch[0]].value, -3 * log10(3.5 / 44) - log10(3) -
		    0.25 * log10(tail));
	assert_int_equal(c.out[batch[0]].n, 3);
	assert_true(isnan(c.out[0].value));
	assert_true(isnan(c.out[44].value));
	crowd_close(&c);
}

/* 300 accounts of one week, in a file of 1,500, who share with accounts of any age. */
/* Made over two months: no week stands out, twelve weeks do. */
static void
a_slow_batch_is_seen_in_a_wider_window(void **state)
{
	uint32_t batch[5];
	struct crowd c;

	(void)state;
	crowd_open(&c);
	for (int i = 0; i < 395; i++)
		born(&c, MONDAY + i * 5 * DAY);
	for (int i = 0; i < 5; i++)
		batch[i] = born(&c, MONDAY + (600 + i * 8) * DAY + HOUR);
	crowd_seal(&c);
	crowd_share(&c, batch, 5);
	crowd_measure(&c, &signal_creation, NULL);
	/* The middle one: all four partners within 42 days, as 16 + 4 of the 400 are. */
	assert_true(c.out[batch[2]].value > -4 * log10(21.5 / 400) - log10(3));
	crowd_close(&c);
}

static void
a_surge_of_sign_ups_explains_itself(void **state)
{
	struct rng r = rng_seeded(3);
	struct crowd c;
	uint32_t high = 0;

	(void)state;
	crowd_open(&c);
	for (int i = 0; i < 1500; i++)
		born(&c, MONDAY + (i < 300 ? 500 * DAY + (int64_t)rng_below(&r, 3 * (uint64_t)DAY) :
				   (int64_t)rng_below(&r, 1000 * (uint64_t)DAY)));
	crowd_seal(&c);
	for (int o = 0; o < 1500; o++) {
		uint32_t sharers[6];

		for (int i = 0; i < 6; i++)
			sharers[i] = (uint32_t)rng_below(&r, 1500);
		crowd_share(&c, sharers, 6);
	}
	crowd_measure(&c, &signal_creation, NULL);
	for (int i = 0; i < 300; i++)
		high += c.out[i].value >= 3;
	assert_true(c.out[0].value >= 1);
	assert_true(high <= 6);
	crowd_close(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_alike_whatever_case_digits_and_dots),
		cmocka_unit_test(a_default_handle_is_letters_then_four_to_eight_digits),
		cmocka_unit_test(personas_differ_only_if_name_and_handle_do),
		cmocka_unit_test(a_default_handle_is_usual_as_often_as_its_platform_has_it),
		cmocka_unit_test(a_picture_of_two_names_tells_more_than_one_of_many),
		cmocka_unit_test(a_picture_of_one_colour_and_the_default_one_are_no_pictures),
		cmocka_unit_test(a_crowd_of_holders_counts_whole),
		cmocka_unit_test(looking_up_quarters_finds_what_comparing_all_pairs_finds),
		cmocka_unit_test(a_batch_of_partners_has_the_odds_of_the_binomial_tail),
		cmocka_unit_test(a_slow_batch_is_seen_in_a_wider_window),
		cmocka_unit_test(a_surge_of_sign_ups_explains_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
