/* test_reworded.c - copies in other words join their original; what is only alike does not. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "test.h"

#include "base/rng.h"
#include "engine/neardup.h"

enum {
	LENGTH = 20, ROOM = LENGTH * 8,
	ORGANIC = 3000, WORDS = 5000,
	FAMILIES = 25, COPIES = 20,
	TEMPLATES = 20, FILLED = 40, FILLS = 20,
};

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

struct draft {
	unsigned words[LENGTH];
};

static const char *
write_draft(char room[ROOM], const struct draft *d)
{
	size_t len = 0;

	for (size_t i = 0; i < LENGTH; i++)
		len += (size_t)snprintf(room + len, ROOM - len, "w%u ", d->words[i]);
	return room;
}

/* Some words are in most texts, most words in few. */
static unsigned
draw_word(struct rng *r, unsigned words)
{
	double u = rng_unit(r);

	return (unsigned)(u * u * u * words);
}

static struct draft
draw(struct rng *r, unsigned words)
{
	struct draft d;

	for (size_t i = 0; i < LENGTH; i++)
		d.words[i] = draw_word(r, words);
	return d;
}

static struct draft
reword(struct rng *r, struct draft d, double share)
{
	for (size_t i = 0; i < LENGTH; i++)
		if (rng_unit(r) < share)
			d.words[i] = draw_word(r, WORDS);
	return d;
}

/* Number of its text. */
static uint32_t
post(int64_t at, unsigned who, const struct draft *d)
{
	char id[16], text[ROOM];
	struct claque_account a = { .created_at = CLAQUE_NO_TIME, .followers = -1, .verified = -1 };
	struct claque_post p = { .at = at, .deleted_at = CLAQUE_NO_TIME,
				 .text = str_of(write_draft(text, d)), .likes = -1, .shares = -1,
				 .replies = -1, .parent = CLAQUE_NO_OBJECT };

	(void)snprintf(id, sizeof(id), "a%u", who);
	a.id = str_of(id);
	assert_ok(claque_dataset_add_account(ds, &a, &p.account, &err), err);
	assert_ok(claque_dataset_add_post(ds, &p, &err), err);
	return ds->posts[ds->post_count - 1].text;
}

static void
post_organic(struct rng *r, unsigned words)
{
	for (unsigned i = 0; i < ORGANIC; i++) {
		struct draft d = draw(r, words);

		(void)post(i % 1000, 100000 + i, &d);
	}
}

static void
find(bool reworded)
{
	struct neardup_settings settings = neardup_defaults();

	settings.reworded = reworded;
	if (!ds->sealed)
		assert_ok(claque_dataset_seal(ds, &quiet, &err), err);
	neardup_done(&found);
	assert_ok(neardup_find(&found, ds, &settings, &quiet, &err), err);
	assert_int_equal(found.reworded, reworded);
}

struct family {
	uint32_t original, copies[COPIES];
};

static void
post_families(struct rng *r, double share, struct family out[FAMILIES])
{
	for (unsigned f = 0; f < FAMILIES; f++) {
		struct draft d = draw(r, WORDS), copy;

		out[f].original = post(500, 2 * f, &d);
		for (unsigned c = 0; c < COPIES; c++) {
			copy = reword(r, d, share);
			out[f].copies[c] = post(501 + c, 1000 + c * 31 + f, &copy);
		}
	}
}

/* Copies in the group of their original; none may be in another's. */
static unsigned
joined(const struct family families[FAMILIES])
{
	unsigned count = 0;

	for (unsigned f = 0; f < FAMILIES; f++) {
		uint32_t group = found.group[families[f].original];

		assert_int_equal(found.first[group], families[f].original);
		for (unsigned c = 0; c < COPIES; c++)
			count += found.group[families[f].copies[c]] == group;
	}
	return count;
}

/* Texts that are not the first of their group. */
static unsigned
members(void)
{
	unsigned count = 0;

	for (uint32_t t = 0; t < texts_count(&ds->texts); t++)
		count += found.group[t] != NO_TEXT_GROUP && found.first[found.group[t]] != t;
	return count;
}

/* Of 500 copies. The header says what 100,000 texts around them give. */
static void
most_copies_join_their_original(void **state)
{
	static const struct {
		double share;
		unsigned least;
	} cases[] = { { 0.2, 480 }, { 0.4, 450 }, { 0.6, 225 } };
	static struct family families[FAMILIES];

	for (size_t i = 0; i < 3; i++) {
		struct rng r = rng_seeded(3);
		unsigned with, without, copies = 0;

		(void)teardown(state);
		assert_int_equal(setup(state), 0);
		post_organic(&r, WORDS);
		post_families(&r, cases[i].share, families);
		find(false);
		without = joined(families);
		find(true);
		with = joined(families);
		for (size_t f = 0; f < FAMILIES; f++)
			for (size_t c = 0; c < COPIES; c++)
				copies += families[f].copies[c] != families[f].original;
		assert_in_range(with, cases[i].least, FAMILIES * COPIES);
		assert_true(without < with / 2);
		assert_in_range(members(), 0, copies + ORGANIC / 1000);
	}
}

static void
a_copy_keeps_the_share_of_words_that_it_has_in_place(void **state)
{
	struct rng r = rng_seeded(8);
	struct draft d, copy;
	uint32_t original, reworded;

	(void)state;
	post_organic(&r, WORDS);
	d = draw(&r, WORDS);
	for (size_t i = 0; i < LENGTH; i++)
		d.words[i] = 7000 + (unsigned)i;
	copy = d;
	for (size_t i = 0; i < LENGTH; i += 2)
		copy.words[i] = 8000 + (unsigned)i;
	original = post(1, 1, &d);
	reworded = post(2, 2, &copy);
	find(true);
	assert_int_equal(found.group[reworded], found.group[original]);
	assert_float_equal(found.similarity[reworded], 0.5, 1e-6);
}

static void
nobody_copies_the_future_or_oneself(void **state)
{
	struct rng r = rng_seeded(8);
	struct draft d, copy;
	uint32_t original, same_time, own, undated, copied;

	(void)state;
	post_organic(&r, WORDS);
	for (size_t i = 0; i < LENGTH; i++)
		d.words[i] = 7000 + (unsigned)i;
	original = post(10, 1, &d);
	copy = reword(&r, d, 0.4);
	same_time = post(10, 2, &copy);
	copy = reword(&r, d, 0.4);
	own = post(11, 1, &copy);
	copy = reword(&r, d, 0.4);
	undated = post(CLAQUE_NO_TIME, 3, &copy);
	copy = reword(&r, d, 0.4);
	copied = post(12, 4, &copy);
	find(true);
	assert_int_equal(found.group[copied], found.group[original]);
	assert_int_not_equal(found.group[same_time], found.group[original]);
	assert_int_not_equal(found.group[own], found.group[original]);
	assert_int_not_equal(found.group[undated], found.group[original]);
}

/* The second has every other word of the first, the third the others of the second. */
static void
what_is_unlike_the_original_does_not_join_by_a_copy(void **state)
{
	struct rng r = rng_seeded(8);
	struct draft first, second, third;
	uint32_t numbers[3];

	(void)state;
	post_organic(&r, WORDS);
	for (unsigned i = 0; i < LENGTH; i++) {
		first.words[i] = 7000 + i;
		second.words[i] = i % 2 == 0 ? 7000 + i : 8000 + i;
		third.words[i] = i % 2 == 0 ? 9000 + i : 8000 + i;
	}
	numbers[0] = post(1, 1, &first);
	numbers[1] = post(2, 2, &second);
	numbers[2] = post(3, 3, &third);
	find(true);
	assert_int_equal(found.group[numbers[1]], found.group[numbers[0]]);
	assert_int_not_equal(found.group[numbers[2]], found.group[numbers[0]]);
	assert_int_equal(found.first[found.group[numbers[2]]], numbers[2]);
}

/* Every other word is fixed; the rest is one of twenty each. */
static void
posts_from_a_template_stay_apart(void **state)
{
	struct rng r = rng_seeded(6);

	(void)state;
	post_organic(&r, WORDS);
	for (unsigned t = 0; t < TEMPLATES; t++) {
		struct draft d = draw(&r, WORDS);

		for (unsigned i = 0; i < FILLED; i++) {
			for (unsigned w = 0; w < LENGTH; w += 2)
				d.words[w] = 10000 + w * 100 + (unsigned)rng_below(&r, FILLS);
			(void)post((int64_t)rng_below(&r, 1000), t * FILLED + i, &d);
		}
	}
	find(true);
	assert_in_range(members(), 0, TEMPLATES * FILLED / 50);
}

/* Where everybody uses the same hundred words, words in common say little. */
static void
few_words_make_nobody_a_copy(void **state)
{
	struct rng r = rng_seeded(6);

	(void)state;
	post_organic(&r, 100);
	find(true);
	assert_in_range(members(), 0, ORGANIC / 100);
}

static void
the_order_of_rows_changes_nothing(void **state)
{
	enum { ROWS = 1200 };
	static struct draft drafts[ROWS];
	static uint32_t numbers[ROWS], firsts[ROWS];
	struct rng r = rng_seeded(12);

	for (unsigned i = 0; i < ROWS; i++)
		drafts[i] = i % 6 == 0 ? draw(&r, WORDS) : reword(&r, drafts[i / 6 * 6], 0.45);
	for (unsigned turn = 0; turn < 2; turn++) {
		(void)teardown(state);
		assert_int_equal(setup(state), 0);
		for (unsigned i = 0; i < ROWS; i++) {
			unsigned at = turn == 0 ? i : (i * 7 + 5) % ROWS;

			numbers[at] = post(at % 6 + 1, at, &drafts[at]);
		}
		find(true);
		assert_true(members() > ROWS / 2);
		for (unsigned i = 0; i < ROWS; i++) {
			unsigned first = 0;

			while (numbers[first] != found.first[found.group[numbers[i]]])
				first++;
			if (turn == 0)
				firsts[i] = first;
			assert_int_equal(firsts[i], first);
		}
	}
}

struct meter {
	uint64_t calls, most;
};

static bool
count_call(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
	struct meter *m = ctx;

	(void)stage, (void)done, (void)total;
	return ++m->calls < m->most;
}

static void
it_can_be_stopped_anywhere(void **state)
{
	const struct neardup_settings settings = neardup_defaults();
	struct rng r = rng_seeded(2);
	struct meter all = { 0, UINT64_MAX };
	struct claque_progress watched = { &all, count_call };

	(void)state;
	post_organic(&r, WORDS);
	assert_ok(claque_dataset_seal(ds, &quiet, &err), err);
	assert_ok(neardup_find(&found, ds, &settings, &watched, &err), err);
	assert_true(all.calls > 5);
	for (uint64_t most = 1; most <= all.calls; most++) {
		struct meter m = { 0, most };
		struct claque_progress stopping = { &m, count_call };

		neardup_done(&found);
		assert_int_equal(neardup_find(&found, ds, &settings, &stopping, &err),
				 CLAQUE_STOPPED);
		assert_null(found.group);
	}
}

#define ON(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON(most_copies_join_their_original),
		ON(a_copy_keeps_the_share_of_words_that_it_has_in_place),
		ON(nobody_copies_the_future_or_oneself),
		ON(what_is_unlike_the_original_does_not_join_by_a_copy),
		ON(posts_from_a_template_stay_apart),
		ON(few_words_make_nobody_a_copy),
		ON(the_order_of_rows_changes_nothing),
		ON(it_can_be_stopped_anywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
