/*
 * test_words.c - posts cut into words as the coordination-network-toolkit
 * does. The expected pieces are what the toolkit's own regular expression gave.
 */
#include "config.h"

#include "test.h"

#include "text/words.h"

static struct arena whole;

static int
setup(void **state)
{
	(void)state;
	whole = arena_new(1 << 24);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(whole);
	return 0;
}

/* The pieces with | between. */
static struct claque_str
pieces(struct arena *a, const char *text)
{
	struct claque_str all = STR(""), word;
	struct words w;

	words_start(&w, a, str_of(text));
	while (words_next(&w, a, &word))
		all = str_fmt(a, STR_FMT "%s" STR_FMT, STR_ARG(all), all.len > 0 ? "|" : "",
			      STR_ARG(word));
	return all;
}

static void
a_line_is_lower_case_without_names_and_runs_of_space(void **state)
{
	struct arena a = whole;

	(void)state;
	assert_str(words_line(&a, STR("  Hello\t@Bob,\n WORLD me@x.org ok ")), "hello world me ok");
	assert_str(words_line(&a, STR("@a @b")), "");
	assert_str(words_line(&a, STR("")), "");
	assert_str(words_line(&a, STR("a\xc2\xa0" "b\xe3\x80\x80" "c")), "a b c");
}

/* The separator U+1F is white space to split at, but does not end a name. */
static void
a_name_ends_at_white_space_only(void **state)
{
	struct arena a = whole;

	(void)state;
	assert_str(words_line(&a, STR("@x\x1fy z")), "z");
	assert_str(words_line(&a, STR("p\x1fq")), "p q");
}

static void
lower_case_is_the_full_one(void **state)
{
	struct arena a = whole;

	(void)state;
	assert_str(words_line(&a, STR("\xc3\x89T\xc3\x89")), "\xc3\xa9t\xc3\xa9");	/* ETE, acute */
	assert_str(words_line(&a, STR("\xc4\xb0")), "i\xcc\x87");		/* dotted I */
	/* a sigma at the end of a word, one inside, one alone */
	assert_str(words_line(&a, STR("\xce\x9f\xce\xa3 \xce\xa3\xce\x91 \xce\xa3")),
		   "\xce\xbf\xcf\x82 \xcf\x83\xce\xb1 \xcf\x83");
	assert_str(words_line(&a, STR("\xf0\x90\x90\x80")), "\xf0\x90\x90\xa8");	/* Deseret */
}

static void
words_and_punctuation_are_pieces(void **state)
{
	struct arena a = whole;

	(void)state;
	assert_str(pieces(&a, "Hello, world!!"), "hello|,|world|!|!");
	assert_str(pieces(&a, "don't 3.14 a:b x_y 1,000"), "don't|3.14|a:b|x_y|1,000");
	assert_str(pieces(&a, "#tag http://t.co/a?b"), "#|tag|http|:|/|/|t.co|/|a|?|b");
	assert_str(pieces(&a, " \n "), "");
}

/* What is behind a boundary is swallowed: blanks, then one apostrophe. */
static void
an_apostrophe_at_a_boundary_is_swallowed(void **state)
{
	struct arena a = whole;

	(void)state;
	assert_str(pieces(&a, "'orange' x"), "orange|x");
	assert_str(pieces(&a, "a''b"), "a|b");
	assert_str(pieces(&a, "l'amour aujourd'hui l'a'b"), "l'amour|aujourd'hui|l'a'b");
}

static void
other_scripts_and_pictures_are_cut_as_there(void **state)
{
	struct arena a = whole;

	(void)state;
	/* Katakana stays together, each ideograph is a piece, Thai is not looked up */
	assert_str(pieces(&a, "\xe3\x83\x84\xe3\x82\xa4\xe6\x97\xa5\xe6\x9c\xac"),
		   "\xe3\x83\x84\xe3\x82\xa4|\xe6\x97\xa5|\xe6\x9c\xac");
	/* a thumb with its skin, a family with its joiners */
	assert_str(pieces(&a, "\xf0\x9f\x91\x8d\xf0\x9f\x8f\xbd\xf0\x9f\x91\xa8\xe2\x80\x8d"
		   "\xf0\x9f\x91\xa9"), "\xf0\x9f\x91\x8d\xf0\x9f\x8f\xbd|\xf0\x9f\x91\xa8\xe2"
		   "\x80\x8d\xf0\x9f\x91\xa9");
	/* two flags; after half a flag nothing is cut */
	assert_str(pieces(&a, "\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa\xf0\x9f\x87\xab\xf0\x9f\x87\xb7x"),
		   "\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa|\xf0\x9f\x87\xab\xf0\x9f\x87\xb7|x");
	assert_str(pieces(&a, "\xf0\x9f\x87\xa9x"), "\xf0\x9f\x87\xa9x");
	/* Hebrew gershayim inside a word */
	assert_str(pieces(&a, "\xd7\x90\"\xd7\x91"), "\xd7\x90\"\xd7\x91");
}

static void
bytes_that_are_no_text_become_replacement_characters(void **state)
{
	struct arena a = whole;

	(void)state;
	assert_str(words_line(&a, STR("a\xff" "b")), "a\xef\xbf\xbd" "b");
	assert_str(pieces(&a, "\xc3"), "\xef\xbf\xbd");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_is_lower_case_without_names_and_runs_of_space),
		cmocka_unit_test(a_name_ends_at_white_space_only),
		cmocka_unit_test(lower_case_is_the_full_one),
		cmocka_unit_test(words_and_punctuation_are_pieces),
		cmocka_unit_test(an_apostrophe_at_a_boundary_is_swallowed),
		cmocka_unit_test(other_scripts_and_pictures_are_cut_as_there),
		cmocka_unit_test(bytes_that_are_no_text_become_replacement_characters),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
