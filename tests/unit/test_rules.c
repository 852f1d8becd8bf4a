/*
 * test_rules.c - rule packs: what is refused and where, which posts have which
 * topics, and that searching for strings first never loses a match.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "text/literal.h"
#include "text/pattern.h"
#include "text/rules.h"

#include "test.h"

#define HEAD "pack test\nversion 1\nkind narrative\nauthor me\nsource none\n"
#define EXAMPLES "yes en a cat\nno en a dog\n"

static struct rules *
read_pack(const char *text)
{
	struct rules *r = rules_new();
	struct claque_err err = { 0 };

	if (rules_add(r, STR("t.rules"), str_of(text), &err) != CLAQUE_OK)
		fail_msg("%s", err.msg);
	return r;
}

static void
refused(const char *text, const char *message)
{
	struct rules *r = rules_new();
	struct claque_err err = { 0 };

	assert_int_equal(rules_add(r, STR("t.rules"), str_of(text), &err), CLAQUE_EINPUT);
	if (strstr(err.msg, message) == NULL)
		fail_msg("'%s' is not in '%s'", message, err.msg);
	rules_free(r);
}

static void
a_slip_is_told_with_line_and_column(void **state)
{
	(void)state;
	refused("topic pets\n", "t.rules:1:1: the first line");
	refused(HEAD "topic Pets\n", "t.rules:6:7: 'Pets' is no name");
	refused(HEAD "topic pets\nmatch en ca(t\n" EXAMPLES, "t.rules:7:14: pattern");
	refused(HEAD "topic pets\nmatch en \n", "t.rules:7:9: no pattern");
	refused(HEAD "topic pets\nmatch english cat\n", "t.rules:7:7: 'english' is no language");
	refused(HEAD "topic pets\nmatch en (?:cat)?\n", "t.rules:7:10: the pattern matches the empty");
	refused(HEAD "match en cat\n", "t.rules:6:1: this belongs to a topic");
	refused(HEAD "topic pets\nmatch en cat\nyes en a cat\ntopic b\n", "needs examples");
	refused(HEAD "topic pets\n" EXAMPLES, "has no match line");
	refused(HEAD, "t.rules: no topic");
	refused("", "holds no pack");
	refused("pack test\nkind both\n", "t.rules:2:6: kind 'both'");
	refused("pack test\nkind narrative\ntopic a\nmatch en b\n" EXAMPLES, "has a version");
	refused(HEAD "pets\n", "t.rules:6:1: 'pets': nothing");
	refused(HEAD "beasts all\n", "t.rules:6:1: 'beasts' is no word");
	refused(HEAD "about \xff\n", "t.rules:6:1: no valid UTF-8");
}

static void
a_pattern_too_long_is_refused(void **state)
{
	static char text[RULES_PATTERN_MAX + 200] = HEAD "topic a\nmatch en ";
	size_t len = strlen(text);

	(void)state;
	memset(text + len, 'a', RULES_PATTERN_MAX + 1);
	refused(text, "write several match lines");
}

static void
of_two_packs_of_one_name_the_first_counts(void **state)
{
	struct rules *r = read_pack(HEAD "topic a\nmatch en cat\n" EXAMPLES);
	struct claque_err err = { 0 };

	(void)state;
	assert_int_equal(rules_add(r, STR("other.rules"), STR("pack test\nrubbish"), &err), CLAQUE_OK);
	assert_int_equal(rules_packs(r), 1);
	assert_string_equal(rules_pack_at(r, 0)->path.p, "t.rules");
	rules_free(r);
}

static size_t
topics_of(struct rules_scan *s, const char *text, const char *lang)
{
	const uint32_t *topics;

	return rules_scan_text(s, str_of(text), str_of(lang), &topics);
}

static void
patterns_speak_their_language(void **state)
{
	struct rules *r = read_pack(HEAD "topic a\nmatch en \\bgift\\b\nmatch any #gift\\b\n" EXAMPLES
				    "topic b\nmatch de \\bgift\\b\n" EXAMPLES);
	struct rules_scan *s = rules_scan_new(r, false);

	(void)state;
	assert_int_equal(topics_of(s, "a Gift", "en-US"), 1);
	assert_int_equal(topics_of(s, "das GIFT", "de"), 1);
	assert_int_equal(topics_of(s, "gift", ""), 2);
	assert_int_equal(topics_of(s, "gift", "und"), 2);
	assert_int_equal(topics_of(s, "gift", "qme"), 2);
	assert_int_equal(topics_of(s, "gift", "Norwegian"), 2);
	assert_int_equal(topics_of(s, "gift", "no"), 0);
	assert_int_equal(topics_of(s, "#gift", "no"), 1);
	assert_int_equal(topics_of(s, "gifts", "en"), 0);
	rules_scan_free(s);
	rules_free(r);
}

static void
a_topic_is_told_once(void **state)
{
	struct rules *r = read_pack(HEAD "topic a\nmatch en cat\nmatch en dog\n" EXAMPLES);
	struct rules_scan *quick = rules_scan_new(r, false), *all = rules_scan_new(r, true);

	(void)state;
	assert_int_equal(topics_of(quick, "cat and dog", "en"), 1);
	assert_int_equal(topics_of(all, "cat and dog", "en"), 1);
	assert_int_equal(rules_scan_tally(quick, 1).hits, 0);
	assert_int_equal(rules_scan_tally(all, 1).hits, 1);
	rules_scan_free(quick);
	rules_scan_free(all);
	rules_free(r);
}

static void
a_pattern_that_gives_up_is_counted_and_then_let_be(void **state)
{
	struct rules *r = read_pack(HEAD "topic a\nmatch en (?:x+x+)+[yq]\n" EXAMPLES);
	struct rules_scan *s = rules_scan_new(r, false);
	char text[60];

	(void)state;
	memset(text, 'x', sizeof(text) - 2);
	memcpy(text + sizeof(text) - 2, "z", 2);
	for (int i = 0; i < 3; i++)
		assert_int_equal(topics_of(s, text, "en"), 0);
	assert_int_equal(rules_scan_tally(s, 0).gave_up, 3);
	assert_int_equal(topics_of(s, "xxy", "en"), 1);
	rules_scan_free(s);
	rules_free(r);
}

static void
required(const char *pattern, const char *wanted)
{
	struct arena whole = arena_new(16 << 20), perm = whole;
	struct claque_str *found = ARENA_NEW(&perm, struct claque_str, LITERALS_MAX);
	size_t count = literal_required(str_of(pattern), &perm, found), len = 0;
	char line[400] = "";

	for (size_t i = 0; i < count; i++)
		len += (size_t)snprintf(line + len, sizeof(line) - len, "%s" STR_FMT, i > 0 ? " " : "",
					STR_ARG(found[i]));
	assert_string_equal(line, wanted);
	arena_free(whole);
}

static void
strings_that_a_match_must_hold(void **state)
{
	(void)state;
	required("\\b(?:cat|Dogs?)\\b", "cat dog");
	required("gun (?:control|lawyers)", "control lawyers");
	required("(?:super|hyper)(?:market)?", "super hyper");
	required("ab*cd+e{0,2}fgh", "fgh");
	required("vaccin(?:e|es)?", "vaccin");
	required("Ärger|ДОМ|猫", "ärger дом 猫");
	required("(?=later)now", "now");
	required("(?<!not )here", "here");
	required("[abc]def", "def");
	required("(?:cat|)", "");
	required("cat|\\w+", "");
	required("c.t", "");
	required("(?x)c a t", "");
	required("(cat)(?1)", "");
	required("\\Qa+b\\E", "");
	required("cat\\x41", "");
	required("a\\.b\\.c", "a.b.c");
}

/* PCRE2 has these two equal: then folding must have, too, or a match would be lost. */
static void
check_letter(uint32_t code, struct claque_str all)
{
	char text[12];
	struct pattern *p;
	struct claque_err err = { 0 };
	size_t at = 0, len, used;
	bool known;
	uint32_t folded = literal_fold(code, &known);

	if (!known || code == 0)
		return;
	(void)snprintf(text, sizeof(text), "\\x{%x}", code);
	assert_int_equal(pattern_new(&p, str_of(text), &err), CLAQUE_OK);
	for (; pattern_find(p, all, at, &at, &len); at += len) {
		uint32_t other = utf8_next(str_sub(all, at, 4), &used);
		bool other_known;

		if (literal_fold(other, &other_known) != folded)
			fail_msg("U+%04X and U+%04X are equal to PCRE2 only", code, other);
	}
	pattern_free(p);
}

static void
letters_that_pcre2_has_equal_fold_to_one(void **state)
{
	enum { CODES = 0x20000, SURROGATES = 0xd800, AFTER = 0xe000 };
	char *all = malloc(4 * CODES);
	size_t len = 0;

	(void)state;
	assert_non_null(all);
	for (uint32_t c = 1; c < CODES; c++)
		if (c < SURROGATES || c >= AFTER)
			len += utf8_put(all + len, c);
	/* Scripts of one case are long and all alike: some of each are enough. */
	for (uint32_t c = 1; c < 0x590; c++)
		check_letter(c, (struct claque_str){ all, len });
	for (uint32_t c = 0x590; c < AFTER; c += 997)
		check_letter(c, (struct claque_str){ all, len });
	free(all);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_slip_is_told_with_line_and_column),
		cmocka_unit_test(a_pattern_too_long_is_refused),
		cmocka_unit_test(of_two_packs_of_one_name_the_first_counts),
		cmocka_unit_test(patterns_speak_their_language),
		cmocka_unit_test(a_topic_is_told_once),
		cmocka_unit_test(a_pattern_that_gives_up_is_counted_and_then_let_be),
		cmocka_unit_test(strings_that_a_match_must_hold),
		cmocka_unit_test(letters_that_pcre2_has_equal_fold_to_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
