/* test_neardup.c - which texts are one: by hand, by chance, in any order. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "test.h"

#include "base/rng.h"
#include "engine/neardup.h"

enum { VOCABULARY = 5000, LENGTH = 20, TEXT_BYTES = LENGTH * 8 };

static const struct claque_progress quiet;
static struct claque_dataset *ds;
static struct claque_err err;
static struct neardup found;

static int
setup(void **state)
{
	(void)state;
	found = (struct neardup){ 0 };
	return claque_dataset_new(&ds, &err) == CLAQUE_OK ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	neardup_done(&found);
	claque_dataset_free(ds);
	return 0;
}

static void
start_again(void)
{
	(void)teardown(NULL);
	assert_int_equal(setup(NULL), 0);
}

static void
post_as(enum claque_post_kind kind, int64_t at, const char *text)
{
	static const struct claque_account nobody = {
		.id = { "a", 1 }, .created_at = CLAQUE_NO_TIME, .followers = -1, .verified = -1,
	};
	struct claque_post p = {
		.at = at, .deleted_at = CLAQUE_NO_TIME, .text = str_of(text),
		.likes = -1, .shares = -1, .replies = -1, .parent = CLAQUE_NO_OBJECT, .kind = kind,
	};

	assert_ok(claque_dataset_add_account(ds, &nobody, &p.account, &err), err);
	assert_ok(claque_dataset_add_post(ds, &p, &err), err);
}

static void
post(int64_t at, const char *text)
{
	post_as(CLAQUE_IS_original, at, text);
}

static void
find(void)
{
	const struct neardup_settings settings = neardup_defaults();

	assert_ok(claque_dataset_seal(ds, &quiet, &err), err);
	assert_ok(neardup_find(&found, ds, &settings, &quiet, &err), err);
}

/* Number of a text that was posted. */
static uint32_t
number(const char *text)
{
	uint32_t before = texts_count(&ds->texts), n = texts_add(&ds->texts, str_of(text));

	assert_true(n < before);
	return n;
}

static uint32_t
group(const char *text)
{
	return found.group[number(text)];
}

static void
similarity_is_the_share_of_common_shingles(void **state)
{
	/* 10 shingles; the last word changed: 9 in common, 11 in all. */
	const char *first = "a1 a2 a3 a4 a5 a6 a7 a8 a9 b1 b2 b3";
	const char *second = "A1, a2 a3 a4 a5 a6 a7 a8 a9 b1 b2 c3!";
	/* a5 changed: shingles 3, 4, 5 of 10 are gone: 7 in common, 13 in all. */
	const char *third = "a1 a2 a3 a4 xx a6 a7 a8 a9 b1 b2 b3";

	(void)state;
	post(1, first);
	post(2, second);
	post(3, third);
	find();
	assert_int_equal(group(first), group(second));
	assert_int_equal(group(first), group(third));
	assert_float_equal(found.similarity[number(first)], 1, 0);
	assert_float_equal(found.similarity[number(second)], 9.0 / 11, 1e-6);
	assert_float_equal(found.similarity[number(third)], 7.0 / 13, 1e-6);
	assert_int_equal(found.group_count, 1);
	assert_int_equal(found.first[0], number(first));
}

static void
below_the_threshold_is_another_group(void **state)
{
	/* a4 and a8 changed: 6 of 10 shingles are gone: 4 in common, 16 in all. */
	const char *first = "a1 a2 a3 a4 a5 a6 a7 a8 a9 b1 b2 b3";
	const char *other = "a1 a2 a3 xx a5 a6 a7 yy a9 b1 b2 b3";

	(void)state;
	post(1, first);
	post(2, other);
	find();
	assert_int_not_equal(group(first), group(other));
	assert_int_equal(found.group_count, 2);
}

static void
no_chain_joins_what_is_unlike_the_first(void **state)
{
	const char *first = "a1 a2 a3 a4 a5 a6 a7 a8 a9 b1 b2 b3";
	const char *near = "a1 a2 a3 a4 a5 a6 a7 a8 a9 c1 c2 c3";	/* 7 of 13 */
	const char *far = "a1 a2 a3 a4 a5 a6 d7 d8 d9 c1 c2 c3";	/* 4 of 16 */

	(void)state;
	post(3, far);
	post(2, near);
	post(1, first);
	find();
	assert_int_equal(group(near), group(first));
	assert_int_not_equal(group(far), group(first));
	assert_int_equal(found.first[group(near)], number(first));
}

/* Whatever their fingerprints are: twenty groups, each with the earliest first. */
static void
the_earliest_posted_is_the_first_of_its_group(void **state)
{
	char text[TEXT_BYTES], first[TEXT_BYTES];

	(void)state;
	for (unsigned g = 0; g < 20; g++)
		for (unsigned i = 4; i-- > 0;) {
			(void)snprintf(text, sizeof(text), "g%u a1 a%u a2 a%u a3 a%u a4 a5 a6 end%u",
				       g, g, g, g, i);
			post(100 * g + i, text);
		}
	find();
	for (unsigned g = 0; g < 20; g++) {
		(void)snprintf(first, sizeof(first), "g%u a1 a%u a2 a%u a3 a%u a4 a5 a6 end0", g, g,
			       g, g);
		(void)snprintf(text, sizeof(text), "g%u a1 a%u a2 a%u a3 a%u a4 a5 a6 end3", g, g,
			       g, g);
		assert_int_equal(found.first[group(text)], number(first));
	}
}

static void
short_texts_and_reshares_are_not_compared(void **state)
{
	(void)state;
	post(1, "only four words here");
	post(2, "just as many as five");
	post_as(CLAQUE_IS_reshare, 1, "somebody else's words in a reshare");
	post_as(CLAQUE_IS_reshare, 1, "words that also stand in a post");
	post(9, "words that also stand in a post");
	find();
	assert_int_equal(group("only four words here"), NO_TEXT_GROUP);
	assert_int_not_equal(group("just as many as five"), NO_TEXT_GROUP);
	assert_int_equal(group("somebody else's words in a reshare"), NO_TEXT_GROUP);
	assert_int_not_equal(group("words that also stand in a post"), NO_TEXT_GROUP);
	assert_int_equal(found.group_count, 2);
}

static void
a_file_without_posts_has_no_groups(void **state)
{
	(void)state;
	find();
	assert_int_equal(found.group_count, 0);
	assert_int_equal(found.group[0], NO_TEXT_GROUP);
}

static void
settings_out_of_range_are_refused(void **state)
{
	static const struct neardup_settings bad[] = {
		{ 2, 0.45, false }, { 129, 0.45, false }, { 5, 0.1, false }, { 5, 1.1, false },
	};

	(void)state;
	assert_ok(claque_dataset_seal(ds, &quiet, &err), err);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(neardup_find(&found, ds, &bad[i], &quiet, &err), CLAQUE_EUSAGE);
}

/* --- random texts */

struct draft {
	unsigned words[LENGTH];
};

static struct draft
draw(struct rng *r)
{
	struct draft d;

	for (size_t i = 0; i < LENGTH; i++)
		d.words[i] = (unsigned)rng_below(r, VOCABULARY);
	return d;
}

/* Each word from the vocabulary anew with this chance. */
static struct draft
reword(struct rng *r, struct draft d, double chance)
{
	for (size_t i = 0; i < LENGTH; i++)
		if (rng_unit(r) < chance)
			d.words[i] = (unsigned)rng_below(r, VOCABULARY);
	return d;
}

static const char *
write_draft(char room[TEXT_BYTES], const struct draft *d)
{
	size_t len = 0;

	for (size_t i = 0; i < LENGTH; i++)
		len += (size_t)snprintf(room + len, TEXT_BYTES - len, "w%u ", d->words[i]);
	return room;
}

/* By the definition, without sets or sorting. */
static double
similarity_of(const struct draft *a, const struct draft *b)
{
	size_t both = 0, n = LENGTH - 2;

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			both += memcmp(&a->words[i], &b->words[j], 3 * sizeof(unsigned)) == 0;
	return (double)both / (double)(2 * n - both);
}

/*
 * The chance to be a candidate is at least 1 - (1 - .6^2)^16 = .9992 each; of
 * about 1,000 pairs more than 5 lost would be a wonder.
 */
static void
nearly_all_pairs_above_six_tenths_are_found(void **state)
{
	enum { PAIRS = 2000 };
	struct rng r = rng_seeded(11);
	static struct draft one[PAIRS], two[PAIRS];
	char a[TEXT_BYTES], b[TEXT_BYTES];
	size_t close = 0, lost = 0;

	(void)state;
	for (size_t i = 0; i < PAIRS; i++) {
		one[i] = draw(&r);
		two[i] = reword(&r, one[i], 0.08);
		post(1, write_draft(a, &one[i]));
		post(2, write_draft(b, &two[i]));
	}
	find();
	for (size_t i = 0; i < PAIRS; i++) {
		double like = similarity_of(&one[i], &two[i]);
		bool together = group(write_draft(a, &one[i])) == group(write_draft(b, &two[i]));

		close += like >= 0.6;
		lost += like >= 0.6 && !together;
		if (like < 0.45)
			assert_false(together);
	}
	assert_true(close > 500);
	assert_true(lost <= 5);
}

/* The group's first text is what a group is, in any order of rows. */
static void
the_order_of_rows_changes_nothing(void **state)
{
	enum { TEXTS = 300 };
	static char rows[TEXTS][TEXT_BYTES], firsts[TEXTS][TEXT_BYTES];
	static float likes[TEXTS];
	uint32_t groups = 0;

	(void)state;
	for (unsigned turn = 0; turn < 2; turn++) {
		struct rng r = rng_seeded(5);
		struct draft d = draw(&r), e;

		start_again();
		for (size_t i = 0; i < TEXTS; i++) {
			if (i % 10 == 0)
				d = draw(&r);
			e = reword(&r, d, 0.04);
			(void)write_draft(rows[i], &e);
		}
		for (size_t i = 0; i < TEXTS; i++) {
			size_t at = turn == 0 ? i : TEXTS - 1 - i;

			post((int64_t)(at * 7 % 5), rows[at]);
		}
		find();
		for (size_t i = 0; i < TEXTS; i++) {
			uint32_t n = number(rows[i]), first = found.first[found.group[n]];
			size_t which = 0;

			while (number(rows[which]) != first)
				which++;
			if (turn == 0) {
				memcpy(firsts[i], rows[which], TEXT_BYTES);
				likes[i] = found.similarity[n];
			}
			assert_string_equal(firsts[i], rows[which]);
			assert_float_equal(likes[i], found.similarity[n], 0);
		}
		if (turn == 0)
			groups = found.group_count;
		assert_int_equal(groups, found.group_count);
	}
	assert_in_range(groups, TEXTS / 10, TEXTS / 2);
}

/* A template with two gaps: like each other, and many. */
static void
variants_of_a_template_are_one_group(void **state)
{
	enum { VARIANTS = 20000 };
	char text[TEXT_BYTES];

	(void)state;
	for (unsigned i = 0; i < VARIANTS; i++) {
		(void)snprintf(text, sizeof(text), "w%u we all want the same thing and that is a "
			       "country for all of us %u", i, i * 31);
		post(1, text);
	}
	find();
	assert_int_equal(found.group_count, 1);
}

/* As many steps for each of many variants that are too unlike to be one group. */
struct meter {
	uint64_t calls;
	bool stop;
};

static bool
count_call(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
	struct meter *m = ctx;

	assert_non_null(stage);
	assert_true(done <= total);
	m->calls++;
	return !m->stop;
}

static uint64_t
calls_for(unsigned variants)
{
	struct neardup_settings settings = neardup_defaults();
	struct meter m = { 0 };
	struct claque_progress watched = { &m, count_call };
	struct rng r = rng_seeded(2);
	char text[TEXT_BYTES];

	settings.reworded = false;
	start_again();
	for (unsigned i = 0; i < variants; i++) {
		size_t len = (size_t)snprintf(text, sizeof(text), "the same seven words in all of them");

		for (unsigned w = 0; w < 9; w++)
			len += (size_t)snprintf(text + len, sizeof(text) - len, " w%u",
						(unsigned)rng_below(&r, 40));
		post(1, text);
	}
	assert_ok(claque_dataset_seal(ds, &quiet, &err), err);
	assert_ok(neardup_find(&found, ds, &settings, &watched, &err), err);
	return m.calls;
}

static void
unlike_variants_of_a_template_cost_in_proportion(void **state)
{
	uint64_t few, many;

	(void)state;
	few = calls_for(4000);
	many = calls_for(16000);
	assert_true(few > 3);
	assert_true(many < 6 * few);
}

static void
stopping_leaves_nothing(void **state)
{
	const struct neardup_settings settings = neardup_defaults();
	struct meter m = { .stop = true };
	struct claque_progress stopping = { &m, count_call };
	struct rng r = rng_seeded(2);
	char text[TEXT_BYTES];

	(void)state;
	for (unsigned i = 0; i < 5000; i++) {
		struct draft d = draw(&r);

		post(1, write_draft(text, &d));
	}
	assert_ok(claque_dataset_seal(ds, &quiet, &err), err);
	assert_int_equal(neardup_find(&found, ds, &settings, &stopping, &err), CLAQUE_STOPPED);
	assert_int_equal(m.calls, 1);
	assert_null(found.group);
}

#define ON(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON(similarity_is_the_share_of_common_shingles),
		ON(below_the_threshold_is_another_group),
		ON(no_chain_joins_what_is_unlike_the_first),
		ON(the_earliest_posted_is_the_first_of_its_group),
		ON(short_texts_and_reshares_are_not_compared),
		ON(a_file_without_posts_has_no_groups),
		ON(settings_out_of_range_are_refused),
		ON(nearly_all_pairs_above_six_tenths_are_found),
		ON(the_order_of_rows_changes_nothing),
		ON(variants_of_a_template_are_one_group),
		ON(unlike_variants_of_a_template_cost_in_proportion),
		ON(stopping_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
