/*
 * test_hidden.c - names as people write them, next to whatever stands there: what is masked,
 * and what the search for leaks finds where nothing masked it.
 *
 * In the small case alice14 and fan_two are private; ivan142 has 8112 followers.
 */
#include "config.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>

#include "redacting.h"
#include "store/stmt.h"

enum { FAN_TWO = 8 };

/* `name` in `around` (at its '*'): is it replaced? */
static void
assert_hidden(const char *around, const char *name, bool hidden)
{
	const char *star = strchr(around, '*');
	struct claque_str text = str_fmt(&arena, "%.*s%s%s", (int)(star - around), around, name,
					 star + 1);
	struct claque_str got = redactor_text(redactor, &arena, text);

	if ((str_find(got, str_of(name), 0) == got.len) != hidden)
		fail_msg("'" STR_FMT "' comes out as '" STR_FMT "'", STR_ARG(text), STR_ARG(got));
}

static const char *const neighbours[] = {
	"*", "(*)", "see *.", "\u201c*\u201d", "\u00ab*\u00bb", "*\u2019s", "*\u2026", "\u2000*\u206f",
	"\u3000*\u301f", "\u300c*\u300d", "*\uff0c", "*\uff0f", "\uff00*", "\uff20*\uff1a",
	"\uff3b*\uff3d",
	"\uff62*\uff63", "*\u060c", "*\u0964", "*\u00b2", "*\u2070", "*\u2192", "\u2705*\u2705",
	"\U0001f600*\U0001f600", "*\u3055\u3093", "\u611f\u8c22*\u7684", "*\uc740", "\u0e04*\u0e04",
	"\xff*\xff", "\u3055\u0301*", "\u0301x\u3055*",
};

static const char *const others[] = {
	"*s", "m*", "\u0301*", "*\u00e9", "*\u0301", "*\u0436", "*\u0627", "*\uff10", "*\uff21",
};

static void
a_name_is_masked_whatever_stands_beside_it(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(neighbours) / sizeof(neighbours[0]); i++) {
		assert_hidden(neighbours[i], "alice14", true);
		assert_hidden(neighbours[i], "fan_two", true);
		assert_hidden(neighbours[i], "ivan142", false);
	}
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		assert_hidden(others[i], "alice14", false);
}

static void
a_name_of_several_words_is_masked_as_its_words_are_tied(void **state)
{
	static const char *const kept[] = { "fan two", "fan-two", "fantwo", "fan__two", "fan_ two" };

	(void)state;
	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
		assert_hidden("a * b", kept[i], false);
	assert_hidden("a * b", "fan_two", true);
	assert_hidden("a * b", "Third \U0001f600 fan", true);
	assert_hidden("a * b", "Third\U0001f600fan", true);
	assert_hidden("a * b", "Third_\U0001f600_fan", false);
}

/* fan_two shows as U+597D U+670B U+53CB; the handle of one more is made of three letters. */
static void
a_name_is_masked_in_any_case_and_form(void **state)
{
	static const char *const forms[] = {
		"ALICE14", "\uff41lice14", "\uff21\uff2c\uff29\uff23\uff25\uff11\uff14", "Fan_TWO",
		"\u597d\u670b\u53cb", "\u0436\u04307", "\u0416\u04107",
	};

	(void)state;
	assert_ok(store_exec(store, "UPDATE account SET handle = 'an7' WHERE id = 13;"
			     "UPDATE account SET handle = '\u0436\u04307' WHERE id = 12", &err), err);
	open_at(REDACTION_PSEUDONYMISED, REDACTION_FOLLOWERS);
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		assert_hidden("a * b", forms[i], true);
	assert_hidden("a * b", "AN7", true);
	assert_hidden("a * b", "jo", false);
	assert_hidden("a * b", "\u597d\u670b", false);
}

/* What several are called is nobody's name and [name], also where one of them is public. */
static void
a_name_of_several_is_that_of_whom_it_hides(void **state)
{
	(void)state;
	assert_ok(store_exec(store, "UPDATE account SET display_name = 'Anna Seltsam' WHERE id IN"
			     " (1, 12); UPDATE account SET display_name = 'Otto Ganz' WHERE id IN"
			     " (2, 3)", &err), err);
	open_at(REDACTION_PSEUDONYMISED, REDACTION_FOLLOWERS);
	assert_hidden("a * b", "Anna Seltsam", true);
	assert_str(redactor_text(redactor, &arena, STR("by Otto Ganz")), "by [name]");
}

static size_t
count_of_leaks(struct claque_str text)
{
	FILE *f = fopen("out.txt", "wb");
	enum claque_rc rc;

	assert_non_null(f);
	assert_int_equal(fwrite(text.p, 1, text.len, f), text.len);
	assert_int_equal(fclose(f), 0);
	rc = leaks_find(leaks, "out.txt", "out.txt", &(struct claque_progress){ NULL, NULL }, &err);
	if (rc == CLAQUE_OK)
		return 0;
	assert_int_equal(rc, CLAQUE_EUSAGE);
	return (size_t)strtoul(err.msg, NULL, 10);
}

static struct claque_str
beside(const char *around, const char *name)
{
	const char *star = strchr(around, '*');

	return str_fmt(&arena, "%.*s%s%s", (int)(star - around), around, name, star + 1);
}

static void
a_leak_is_found_whatever_stands_beside_it(void **state)
{
	(void)state;
	assert_ok(leaks_new(&leaks, redactor, store, &err), err);
	for (size_t i = 0; i < sizeof(neighbours) / sizeof(neighbours[0]); i++)
		if (count_of_leaks(beside(neighbours[i], "alice14")) != 1 ||
		    count_of_leaks(beside(neighbours[i], "fan_two")) != 1 ||
		    count_of_leaks(beside(neighbours[i], "ivan142")) != 0)
			fail_msg("'%s': %s", neighbours[i], err.msg);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		assert_int_equal(count_of_leaks(beside(others[i], "alice14")), 0);
}

static void
what_begins_like_an_escape_and_is_none_is_what_it_says(void **state)
{
	(void)state;
	assert_ok(leaks_new(&leaks, redactor, store, &err), err);
	assert_int_equal(count_of_leaks(STR("%20alice14%")), 2);	/* in its decoded form, too */
	assert_int_equal(count_of_leaks(STR("100%alice14")), 1);
	assert_int_equal(count_of_leaks(STR("%81alice14")), 0);
	assert_int_equal(count_of_leaks(STR("%8alice14")), 0);
	assert_int_equal(count_of_leaks(STR("alice14%2")), 1);
	assert_int_equal(count_of_leaks(STR("alice14%")), 1);
	assert_int_equal(count_of_leaks(STR("@\u3055Alice")), 0);	/* behind another word */
	assert_int_equal(count_of_leaks(STR("\u3055@Alice")), 1);
}

/* Who only reshared a cluster is named by no export, nor are their posts. */
static void
exposed_users_are_hidden_at_every_level(void **state)
{
	const struct claque_str post = STR("7831000000201"), another = STR("7831000000100");

	(void)state;
	assert_ok(store_exec(store, "UPDATE member SET role = 3 WHERE account = 8", &err), err);
	open_at(REDACTION_FULL, REDACTION_FOLLOWERS);
	assert_int_equal(redactor_hidden(redactor), 1);
	assert_true(redactor_hides(redactor, FAN_TWO));
	assert_false(redactor_is_idle(redactor));
	assert_hidden("by @* again", "fan_two", true);
	assert_hidden("by @* again", "alice14", false);
	assert_str(redactor_text(redactor, &arena, another), another.p);
	assert_int_equal(redactor_text(redactor, &arena, post).len, strlen("p_") + 12);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_name_is_masked_whatever_stands_beside_it),
		TEST(a_name_of_several_words_is_masked_as_its_words_are_tied),
		TEST(a_name_is_masked_in_any_case_and_form),
		TEST(a_name_of_several_is_that_of_whom_it_hides),
		TEST(a_leak_is_found_whatever_stands_beside_it),
		TEST(what_begins_like_an_escape_and_is_none_is_what_it_says),
		TEST(exposed_users_are_hidden_at_every_level),
	};

	return cmocka_run_group_tests(tests, small_case_set_up, small_case_tear_down);
}
