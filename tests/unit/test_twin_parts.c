/*
 * test_twin_parts.c - how far two profiles agree, part by part, and which pairs come into
 * question at all (S10).
 */
#include "config.h"

#include "test.h"

#include <math.h>

#include "engine/twin_pair.h"

static const struct claque_progress quiet;
static struct claque_err err;

struct someone {
	const char *platform, *handle, *name;
};

static void
pairs_of(struct twin_pairs *p, struct claque_dataset **ds, const struct someone *list, size_t count)
{
	assert_ok(claque_dataset_new(ds, &err), err);
	for (size_t i = 0; i < count; i++) {
		char id = (char)('a' + i);
		struct claque_account a = {
			.id = { &id, 1 }, .platform = str_of(list[i].platform),
			.handle = str_of(list[i].handle), .display_name = str_of(list[i].name),
			.created_at = CLAQUE_NO_TIME, .followers = -1, .verified = -1,
		};
		uint32_t n;

		assert_ok(claque_dataset_add_account(*ds, &a, &n, &err), err);
	}
	assert_ok(claque_dataset_seal(*ds, &quiet, &err), err);
	assert_ok(twin_pairs_init(p, *ds, &quiet), err);
}

static void
done(struct twin_pairs *p, struct claque_dataset *ds)
{
	twin_pairs_done(p);
	claque_dataset_free(ds);
}

static struct twin_pair
compared(const struct someone *one, const struct someone *other)
{
	const struct someone both[] = { *one, *other };
	struct twin_pair pair = { .a = 0, .b = 1 };
	struct claque_dataset *ds;
	struct twin_pairs p;

	pairs_of(&p, &ds, both, 2);
	twin_compare(&p, &pair);
	done(&p, ds);
	return pair;
}

static void
names_agree_by_five_levels(void **state)
{
	static const struct { const char *a, *b; unsigned level; } rows[] = {
		{ "", "Anna Lee", 0 }, { "Anna Lee", "", 0 }, { "", "", 0 },
		{ "Anna Lee", "anna LEE", 4 }, { "Anna", "Anna", 4 },
		{ "Anna Lee", "Anna Lee Smith", 3 }, { "Anna Lee Smith", "Lee Anna", 3 },
		{ "Anna L", "Anna Lee", 3 }, { "Anna Lee", "Anna Kim", 2 },
		{ "Anna Lee Kim", "Anna Lee Fox", 2 }, { "Annabella", "Annabello", 2 },
		{ "Anna", "Bert", 1 }, { "Anna Lee", "Bert Oz", 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct someone a = { "x", "", rows[i].a }, b = { "y", "", rows[i].b };
		struct twin_pair pair = compared(&a, &b);

		if (pair.level[CLAQUE_TWIN_NAME] != rows[i].level)
			fail_msg("'%s' and '%s': %u", rows[i].a, rows[i].b,
				 pair.level[CLAQUE_TWIN_NAME]);
		assert_int_equal(pair.level[CLAQUE_TWIN_HANDLE], 0);
	}
}

/* The first word of the file is "lee": it is in neither name, whatever begins like it. */
static void
a_word_of_another_name_shortens_nothing(void **state)
{
	static const struct someone list[] = {
		{ "x", "", "Lee" }, { "x", "", "Anna L" }, { "y", "", "Anna Kim" },
	};
	struct twin_pair pair = { .a = 1, .b = 2 };
	struct claque_dataset *ds;
	struct twin_pairs p;

	(void)state;
	pairs_of(&p, &ds, list, 3);
	twin_compare(&p, &pair);
	assert_int_equal(pair.level[CLAQUE_TWIN_NAME], 2);
	done(&p, ds);
}

static void
handles_agree_by_five_levels(void **state)
{
	static const struct { const char *a, *b; unsigned level; } rows[] = {
		{ "", "annalee", 0 }, { "annalee", "", 0 }, { "anna.lee1", "Anna_Lee1", 4 },
		{ "annalee1", "annalee77", 3 }, { "annalee", "annaleesmith", 2 },
		{ "annabellas", "annabellos", 2 }, { "anna", "bert", 1 }, { "12345", "12345", 4 },
		{ "12345", "12346", 1 }, { "abc1", "abc2", 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct someone a = { "x", rows[i].a, "" }, b = { "y", rows[i].b, "" };
		struct twin_pair pair = compared(&a, &b);

		if (pair.level[CLAQUE_TWIN_HANDLE] != rows[i].level)
			fail_msg("'%s' and '%s': %u", rows[i].a, rows[i].b,
				 pair.level[CLAQUE_TWIN_HANDLE]);
	}
}

/* Two accounts share the name: u is half an account that was never seen, of two. */
static void
a_name_that_nobody_else_has_is_as_rare_as_half_an_account(void **state)
{
	static const struct someone a = { "x", "", "Anna Lee" }, b = { "y", "", "Anna Lee" };
	struct twin_pair pair = compared(&a, &b);

	(void)state;
	assert_true(pair.rare[CLAQUE_TWIN_NAME]);
	assert_true(fabsf(pair.ln_u[CLAQUE_TWIN_NAME] - logf(0.0625F)) < 1e-6F);
	assert_false(pair.rare[CLAQUE_TWIN_HANDLE]);
}

static void
pairs_meet_by_the_letters_of_their_handles_alone(void **state)
{
	static const struct someone list[] = {
		{ "x", "cosmicfox1", "" }, { "y", "cosmicfox77", "" }, { "y", "quietowl", "" },
		{ "x", "", "" }, { "y", "", "" },
	};
	struct claque_dataset *ds;
	struct twin_pairs p;

	(void)state;
	pairs_of(&p, &ds, list, 5);
	assert_int_equal(p.count, 1);
	assert_int_equal(p.items[0].a, 0);
	assert_int_equal(p.items[0].b, 1);
	assert_int_equal(p.namesake_count, 0);
	assert_true(p.all == 6);	/* two of x, three of y */
	done(&p, ds);
}

/* Who shares a word with somebody of the same platform is a neighbour once, nobody's own. */
static void
namesakes_are_pairs_of_one_platform(void **state)
{
	static const struct someone list[] = {
		{ "x", "", "Quill Ashdown" }, { "x", "", "Quill Brook" }, { "y", "", "Quill Carver" },
	};
	struct claque_dataset *ds;
	struct twin_pairs p;

	(void)state;
	pairs_of(&p, &ds, list, 3);
	assert_int_equal(p.count, 2);
	assert_int_equal(p.namesake_count, 1);
	assert_int_equal(p.namesakes[0].a, 0);
	assert_int_equal(p.namesakes[0].b, 1);
	done(&p, ds);
}

static void
a_word_that_comes_twice_in_a_name_counts_once(void **state)
{
	static const struct someone list[] = { { "x", "", "Anna Lee Anna" }, { "y", "", "" } };
	struct claque_dataset *ds;
	struct twin_pairs p;

	(void)state;
	pairs_of(&p, &ds, list, 2);
	assert_int_equal(p.profiles.items[0].word_count, 2);
	assert_int_equal(p.profiles.items[1].word_count, 0);
	done(&p, ds);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_agree_by_five_levels),
		cmocka_unit_test(a_word_of_another_name_shortens_nothing),
		cmocka_unit_test(handles_agree_by_five_levels),
		cmocka_unit_test(a_name_that_nobody_else_has_is_as_rare_as_half_an_account),
		cmocka_unit_test(pairs_meet_by_the_letters_of_their_handles_alone),
		cmocka_unit_test(namesakes_are_pairs_of_one_platform),
		cmocka_unit_test(a_word_that_comes_twice_in_a_name_counts_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
