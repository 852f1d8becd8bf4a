/*
 * test_normal.c - what a post says, whichever way it was written. Expected texts
 * are those of Unicode's NFKC_Casefold, written by hand.
 */
#include "config.h"

#include "test.h"

#include "base/utf8.h"
#include "text/fingerprint.h"
#include "text/normal.h"

#define A_RING	"\xc3\xa5"		/* in one code point */
#define A_AND_RING "A\xcc\x8a"		/* in two, which no table of code points knows */

static struct arena whole;

static int
setup(void **state)
{
	(void)state;
	whole = arena_new(1 << 26);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(whole);
	return 0;
}

struct pair {
	const char *text, *normal;
};

static void
check(const struct pair *pairs, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct arena a = whole;

		assert_str(text_normal(&a, str_of(pairs[i].text)).text, pairs[i].normal);
	}
}

#define CHECK(...) \
	do { \
		static const struct pair pairs[] = { __VA_ARGS__ }; \
		(void)state; \
		check(pairs, sizeof(pairs) / sizeof(pairs[0])); \
	} while (0)

static void
letters_in_costume_are_the_letters(void **state)
{
	CHECK({ "Hello World", "hello world" },
	      { "\xef\xbc\xa8\xef\xbd\x85\xef\xbd\x8c\xef\xbd\x8c\xef\xbd\x8f", "hello" },
	      { "\xf0\x9d\x90\x87\xf0\x9d\x90\xa2", "hi" },		/* bold */
	      { "\xe2\x93\x97\xe2\x93\x98", "hi" },			/* circled */
	      { "\xef\xac\x81ne", "fine" },				/* ligature */
	      { "Stra\xc3\x9f" "e", "strasse" },
	      { A_AND_RING, A_RING }, { "\xe2\x84\xab", A_RING },	/* Angstrom */
	      { "\xd0\x9f\xd0\xa0\xd0\x98", "\xd0\xbf\xd1\x80\xd0\xb8" },
	      { "\xce\xa3\xce\xb1\xcf\x82", "\xcf\x83\xce\xb1\xcf\x83" });	/* final sigma */
}

static void
what_cannot_be_seen_is_gone(void **state)
{
	CHECK({ "he\xc2\xadl\xe2\x80\x8blo", "hello" }, { "\xef\xbb\xbfhi", "hi" },
	      { "\xe2\x80\xae" "ab\xe2\x80\xac", "ab" }, { "a\x01" "b\x1b[0m", "ab[0m" },
	      { "ok\xef\xb8\x8f", "ok" }, { "a\xe2\xa0\x80" "b", "a b" },
	      { "bad\xff\xc3", "bad" }, { "\xf3\xa0\x81\xa7x", "x" });	/* a tag letter */
}

static void
white_space_is_one_blank(void **state)
{
	CHECK({ " a\t\r\n b ", "a b" }, { "a\xc2\xa0" "b\xe3\x80\x80" "c", "a b c" },
	      { "a\xe2\x80\xa8" "b", "a b" }, { "", "" }, { " \n", "" });
}

static void
links_are_left_out(void **state)
{
	CHECK({ "see https://t.co/x?a=b now", "see now" }, { "see HTTP://A.B", "see" },
	      { "(https://a.b/c)", "" }, { "here:https://a.b", "here:" },
	      { "www.a.org/x rest", "rest" }, { "pic.twitter.com/AbC rest", "rest" },
	      { "read a.org/x-y.", "read" },
	      { "\xe7\x9c\x8bhttps://t.co/x\xe8\xbf\x99", "\xe7\x9c\x8b \xe8\xbf\x99" },
	      { "and/or, 1/2, a.b", "and/or, 1/2, a.b" }, { "http is fine", "http is fine" });
}

static void
names_and_who_it_was_got_from_are_left_out(void **state)
{
	CHECK({ "RT @Bob: Hello", "hello" }, { "RT @a: RT @b: Hello", "hello" },
	      { "Hello via @bob", "hello" }, { "Hello (via @bob)", "hello" },
	      { "rt  @bob:hello", "hello" }, { ".@bob hello @a_b-c.d!", "hello" },
	      { "@bob@mastodon.social: hi", "hi" }, { "mail a@b.org", "mail a@b.org" },
	      { "rt this", "rt this" }, { "so rt", "so rt" }, { "5 @ home", "5 @ home" },
	      { "@bob\xe4\xbd\xa0\xe5\xa5\xbd", "\xe4\xbd\xa0\xe5\xa5\xbd" },
	      { "@\xe4\xbd\xa0: ok", "ok" }, { "\xef\xbc\xa0" "bob ok", "ok" },
	      { "via https://a.b", "via" });
}

static void
an_ellipsis_at_the_end_is_a_cut(void **state)
{
	struct arena a = whole;
	struct normal n = text_normal(&a, STR("The whole sto\xe2\x80\xa6 https://t.co/x"));

	(void)state;
	assert_str(n.text, "the whole sto");
	assert_true(n.cut);
	n = text_normal(&a, STR("wait ..."));
	assert_str(n.text, "wait");
	assert_true(n.cut);
	n = text_normal(&a, STR("so... what.."));
	assert_str(n.text, "so... what..");
	assert_false(n.cut);
	n = text_normal(&a, STR("..."));
	assert_str(n.text, "");
	assert_true(n.cut);
}

/* Behind a letter in two code points the same text goes through ICU as a whole. */
static void
with_icu_and_without_it_comes_the_same(void **state)
{
	static const char *const texts[] = {
		"Plain ASCII, 12:30!", "\xc3\x84rger \xc5\x81\xc3\xb3l\xc5\xba",
		"\xd0\x97\xd0\xb4\xd1\x80\xd0\xb0\xd0\xb2", "\xe4\xb8\xad\xe6\x96\x87\xef\xbc\x8c\xe5\xa5\xbd",
		"\xed\x95\x9c\xea\xb5\xad", "x \xf0\x9f\x98\x80 y", "\xef\xbc\xa1\xe2\x84\xa1",
		"a\xc2\xa0\xe2\x80\x8b \xe1\xba\x9e", "RT @x: \xe2\x80\x9cq\xe2\x80\x9d", "\xc8\xba\xc8\xbe",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct arena a = whole;
		struct claque_str alone = text_normal(&a, str_of(texts[i])).text;
		struct claque_str both = text_normal(&a,
			str_fmt(&a, A_AND_RING " %s", texts[i])).text;

		assert_str(both, str_z(&a, str_fmt(&a, A_RING " " STR_FMT, STR_ARG(alone))));
	}
}

/* text repeated to so many bytes; after which the time taken tells only by its growth. */
static struct normal
of_many(struct arena *a, struct claque_str piece, size_t bytes)
{
	size_t count = bytes / piece.len;
	char *p = ARENA_NEW(a, char, count * piece.len);

	for (size_t i = 0; i < count; i++)
		memcpy(p + i * piece.len, piece.p, piece.len);
	return text_normal(a, (struct claque_str){ p, count * piece.len });
}

static void
stacked_marks_are_cut_to_thirty(void **state)
{
	struct arena a = whole;
	struct claque_str few = text_normal(&a, STR("\xcc\x96\xcc\x81")).text, many;

	(void)state;
	assert_int_equal(few.len, 4);
	many = of_many(&a, STR("\xcc\x81\xcc\x96"), 100 << 10).text;
	assert_int_equal(many.len, 60);
	assert_true(utf8_valid(many));
}

/* Were any of these quadratic, the test would take minutes. */
static void
long_and_nested_texts_take_their_length(void **state)
{
	static const char *const pieces[] = { "http://", "h", "(@a", "@", "/x@a", "http://)",
		"http://\xe4\xbd\xa0", "rt ", "rt @", "www.", "a.b/", "\xef\xb7\xba", "\xff", "." };

	(void)state;
	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		struct arena a = whole;
		struct claque_str out = of_many(&a, str_of(pieces[i]), 100 << 10).text;

		assert_true(utf8_valid(out));
		assert_true(out.len <= 40 * (100 << 10));
	}
}

/*
 * A stored share names its target by this number (import/feed.c). If one of these
 * changes, what is imported tomorrow does not meet what was imported today.
 */
static void
fingerprints_that_cases_keep_stay_as_they_are(void **state)
{
	struct arena a = whole;

	(void)state;
	assert_true(text_fingerprint(&a, STR("Hello, World https://t.co/x @bob")) ==
		    UINT64_C(0x98a937464fe6d155));
	assert_true(text_fingerprint(&a, STR("\xd0\x9f\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82 "
					     "stra\xc3\x9f" "e\xe2\x80\xa6")) == UINT64_C(0x2df702fbb03ee593));
	assert_true(text_fingerprint(&a, STR("")) == 0);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_in_costume_are_the_letters),
		cmocka_unit_test(what_cannot_be_seen_is_gone),
		cmocka_unit_test(white_space_is_one_blank),
		cmocka_unit_test(links_are_left_out),
		cmocka_unit_test(names_and_who_it_was_got_from_are_left_out),
		cmocka_unit_test(an_ellipsis_at_the_end_is_a_cut),
		cmocka_unit_test(with_icu_and_without_it_comes_the_same),
		cmocka_unit_test(stacked_marks_are_cut_to_thirty),
		cmocka_unit_test(long_and_nested_texts_take_their_length),
		cmocka_unit_test(fingerprints_that_cases_keep_stay_as_they_are),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
