/* test_fuzzy.c - letters of a name in their order: what is found, and what comes first. */
#include "config.h"

#include "test.h"

#include "feed.h"
#include "store/names.h"
#include "text/fuzzy.h"

static int
score(const char *typed, const char *name)
{
	struct fuzzy f;

	fuzzy_read(&f, str_of(typed));
	assert_int_equal(fuzzy_in(&f, str_of(name)), fuzzy_score(&f, str_of(name)) >= 0);
	return fuzzy_score(&f, str_of(name));
}

static void
letters_are_found_in_their_order_only(void **state)
{
	(void)state;
	assert_true(score("mgi", "maple_ginger") > 0);
	assert_true(score("MGI", "maple_Ginger") > 0);
	assert_int_equal(score("gim", "maple_ginger"), -1);
	assert_int_equal(score("mgiz", "maple_ginger"), -1);
	assert_int_equal(score("a", ""), -1);
	assert_int_equal(score("", "anything"), 0);
	assert_int_equal(score("  ", ""), 0);
}

/* 16 a letter, 8 for the start of a word, 4 for following another; 3 for a gap, 1 for each more. */
static void
scores_are_those_of_the_weights(void **state)
{
	(void)state;
	assert_int_equal(score("a", "ba"), 16);
	assert_int_equal(score("a", "a"), 16 + 8 + 8);
	assert_int_equal(score("ab", "xab"), 16 + 4 + 16);
	assert_int_equal(score("ab", "xaxb"), 16 + 16 - 3);
	assert_int_equal(score("ab", "xaxxxb"), 16 + 16 - 3 - 1 - 1);
	assert_int_equal(score("ab", "a_b"), 16 + 8 + 8 + 16 + 8 - 3);
}

static void
starts_of_words_and_runs_come_first(void **state)
{
	(void)state;
	assert_true(score("mg", "maple_ginger") > score("mg", "image"));
	assert_true(score("gin", "ginger") > score("gin", "gardening"));
	assert_true(score("mg", "mapleGinger") > score("mg", "maplesginger"));
	assert_true(score("m4", "maple48") > score("m4", "maple84"));
}

/* The best way through the name counts, not the first. */
static void
the_best_place_counts(void **state)
{
	(void)state;
	assert_int_equal(score("gin", "gxixnx_gin"), score("gin", "gxxxxx_gin"));
}

static void
every_word_has_to_be_found(void **state)
{
	(void)state;
	assert_int_equal(score("ginger maple", "maple_ginger"),
			 score("ginger", "maple_ginger") + score("maple", "maple_ginger"));
	assert_int_equal(score("ginger birch", "maple_ginger"), -1);
}

static void
long_names_and_words_are_cut(void **state)
{
	char name[4 * FUZZY_NAME_MAX];

	(void)state;
	memset(name, 'a', sizeof(name) - 2);
	name[sizeof(name) - 2] = 'z';
	name[sizeof(name) - 1] = '\0';
	assert_true(score("aaaa", name) > 0);
	assert_int_equal(fuzzy_score(&(struct fuzzy){ "z", 1 }, str_of(name)), -1);
}

/* Of a0 ... a59: where the digit begins the number, then the shorter name, then the earlier. */
static void
the_best_accounts_are_found_by_name(void **state)
{
	static const struct feed_shape shape = { .accounts = 60, .links = 10 };
	static const char *const best[] = { "a5", "a50", "a51", "a52" };
	char *path = feed_path();
	struct store *s = feed_open(path, STORE_CREATE);
	struct arena whole = arena_new(1 << 20), perm = whole;
	struct name_hit hits[4];
	struct claque_err err = { 0 };
	size_t got;

	(void)state;
	(void)feed_import(s, &shape, 600);
	assert_ok(names_find(s, STR("5"), &perm, hits, 4, &got, &err), err);
	assert_int_equal(got, 4);
	for (size_t i = 0; i < got; i++)
		assert_str(hits[i].name, best[i]);
	assert_ok(names_find(s, STR("zqx"), &perm, hits, 4, &got, &err), err);
	assert_int_equal(got, 0);
	assert_ok(names_find(s, STR(""), &perm, hits, 4, &got, &err), err);
	assert_int_equal(got, 0);
	arena_free(whole);
	store_close(s);
	feed_drop(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_are_found_in_their_order_only),
		cmocka_unit_test(scores_are_those_of_the_weights),
		cmocka_unit_test(starts_of_words_and_runs_come_first),
		cmocka_unit_test(the_best_place_counts),
		cmocka_unit_test(every_word_has_to_be_found),
		cmocka_unit_test(long_names_and_words_are_cut),
		cmocka_unit_test(the_best_accounts_are_found_by_name),
	};

	return cmocka_run_group_tests_name("fuzzy", tests, NULL, NULL);
}
