/*
 * test_said.c - what may be said of a subject, at every edge of the rules: the last thing
 * that is taken and the first that is refused, and that the refusal names the remedy.
 */
#include "config.h"

#include "test.h"

#include <stdio.h>

#include "base/utf8.h"
#include "case/ledger.h"

static struct arena room, arena;
static struct claque_err err;

static const struct subject someone = { SUBJECT_account, 142 }, group = { SUBJECT_cluster, 17 },
			    site = { SUBJECT_source, 4 };

static int
set_up(void **state)
{
	(void)state;
	room = arena_new(8 << 20);
	arena = room;
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	arena_free(room);
	return 0;
}

static const char *
filled(size_t n)
{
	char *p = ARENA_NEW(&arena, char, n + 1);

	memset(p, 'x', n);
	return p;
}

/* What a row says, by name: rows are read on their own. */
#define NOTE .kind = ANNOTATION_note
#define TAG .kind = ANNOTATION_tag
#define HIGHLIGHT .kind = ANNOTATION_highlight, .target = { SUBJECT_post, 3 }
#define VERDICT .kind = ANNOTATION_verdict
#define CLAIM .kind = ANNOTATION_claim
#define EVIDENCE .kind = ANNOTATION_evidence
#define HYPOTHESIS .kind = ANNOTATION_hypothesis
#define RATING .kind = ANNOTATION_rating
#define FIELD .kind = ANNOTATION_field
#define TECHNIQUE .kind = ANNOTATION_technique
#define IN(literal) { "" literal, sizeof(literal) - 1 }

struct said_row {
	struct annotation what;
	enum claque_rc rc;
	const char *says;	/* what the refusal holds */
};

static void
check_rows(const struct said_row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct annotation a = rows[i].what;

		err.msg[0] = '\0';
		if (case_check(&a, &err) != rows[i].rc)
			fail_msg("row %zu: '" STR_FMT "' '" STR_FMT "': %s", i, STR_ARG(a.word),
				 STR_ARG(a.text), err.msg);
		if (rows[i].says != NULL && strstr(err.msg, rows[i].says) == NULL)
			fail_msg("row %zu: '%s' does not say '%s'", i, err.msg, rows[i].says);
	}
}

#define CHECK(rows) check_rows(rows, sizeof(rows) / sizeof((rows)[0]))

static enum claque_rc
tag_with(uint32_t code)
{
	char text[8] = "a";
	size_t len = 1 + utf8_put(text + 1, code);
	struct annotation a = { TAG, .target = someone };

	text[len++] = 'b';
	a.text = (struct claque_str){ text, len };
	return case_check(&a, &err);
}

static void
a_tag_has_no_blank_and_nothing_unseen_at_any_edge_of_their_blocks(void **state)
{
	static const uint32_t refused[] = {
		0x01, 0x20, 0x7f, 0x9b, 0xa0, 0x1680, 0x2000, 0x200f, 0x2028, 0x202f, 0x205f, 0x206f,
		0x3000, 0xfeff,
	}, taken[] = {
		0x21, 0x7e, 0xa1, 0x167f, 0x1681, 0x1fff, 0x2010, 0x2027, 0x2030, 0x205e, 0x2070,
		0x2fff, 0x3001, 0xfefe, 0xff00,
	};

	(void)state;
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
		if (tag_with(refused[i]) != CLAQUE_EUSAGE)
			fail_msg("U+%04X is taken", refused[i]);
	for (size_t i = 0; i < sizeof(taken) / sizeof(taken[0]); i++)
		if (tag_with(taken[i]) != CLAQUE_OK)
			fail_msg("U+%04X is refused: %s", taken[i], err.msg);
}

static void
a_tag_loses_one_hash_and_cleared_is_a_verdict_without_a_colour(void **state)
{
	struct annotation a = { TAG, .target = someone, .text = STR("##fan"), .colour = STR("red") };

	(void)state;
	assert_ok(case_check(&a, &err), err);
	assert_str(a.text, "#fan");
	assert_str(a.colour, "red");
	a.text = STR("#CLEARED");
	assert_ok(case_check(&a, &err), err);
	assert_int_equal(a.kind, ANNOTATION_verdict);
	assert_str(a.word, "cleared");
	assert_str(a.text, "tagged cleared");
	assert_str(a.colour, "");
}

static void
texts_are_taken_up_to_their_bounds(void **state)
{
	struct annotation note = { NOTE, .target = someone, .text = { filled(NOTE_BYTES_MAX + 1), 0 } },
			  tag = { TAG, .target = someone, .text = { filled(TAG_BYTES_MAX + 1), 0 } },
			  mark = { HIGHLIGHT, .quote = STR("q"), .word = { tag.text.p, 0 } };

	(void)state;
	note.text.len = NOTE_BYTES_MAX;
	tag.text.len = mark.word.len = TAG_BYTES_MAX;
	assert_ok(case_check(&note, &err), err);
	assert_ok(case_check(&tag, &err), err);
	assert_ok(case_check(&mark, &err), err);
	note.text.len++;
	tag.text.len++;
	mark.word.len++;
	assert_int_equal(case_check(&note, &err), CLAQUE_ELIMIT);
	assert_non_null(strstr(err.msg, "note: 65537 bytes; up to 65536"));
	assert_int_equal(case_check(&tag, &err), CLAQUE_ELIMIT);
	assert_int_equal(case_check(&mark, &err), CLAQUE_ELIMIT);
	assert_non_null(strstr(err.msg, "label: 65 bytes; up to 64"));
}

static void
a_highlight_is_a_passage_of_a_post_and_all_its_texts_are_text(void **state)
{
	static const struct said_row rows[] = {
		{ { HIGHLIGHT, .quote = IN("q"), .first = 0, .colour = IN("cyan") },
		  CLAQUE_OK, NULL },
		{ { HIGHLIGHT, .quote = IN("q"), .first = -1 }, CLAQUE_EUSAGE, "no passage" },
		{ { HIGHLIGHT, .quote = IN("") }, CLAQUE_EUSAGE, "no passage" },
		{ { HIGHLIGHT, .quote = IN("\xff") }, CLAQUE_EINPUT, "passage: not valid" },
		{ { HIGHLIGHT, .quote = IN("q"), .text = IN("a\0b") },
		  CLAQUE_EINPUT, "note: holds a NUL" },
		{ { HIGHLIGHT, .quote = IN("q"), .word = IN("\xff") },
		  CLAQUE_EINPUT, "label: not" },
		{ { HIGHLIGHT, .quote = IN("q"), .colour = IN("mauve") }, CLAQUE_EUSAGE,
		  "'mauve'; there are red yellow green cyan blue magenta" },
		{ { .kind = ANNOTATION_highlight, .target = { SUBJECT_account, 1 }, .quote = IN("q") },
		  CLAQUE_EUSAGE, "only the text of a post" },
	};

	(void)state;
	CHECK(rows);
}

static void
likelihood_and_confidence_are_not_of_one_sentence(void **state)
{
	static const char *const ends[] = { ". ", "! ", "? ", "\n" };
	static const char *const likely[] = { "likely", "probably", "almost no chance",
		"almost certain", "roughly even", "remote", "nearly certain" };
	static const char *const sure[] = { "low confidence", "moderate confidence",
		"high confidence", "Low-confidence", "Moderate-confidence", "High-Confidence" };

	(void)state;
	for (size_t i = 0; i < sizeof(likely) / sizeof(likely[0]); i++)
		assert_true(case_mixes_likelihood(str_fmt(&arena, "So. %s, with high confidence",
							  likely[i])));
	for (size_t i = 0; i < sizeof(sure) / sizeof(sure[0]); i++) {
		assert_true(case_mixes_likelihood(str_fmt(&arena, "likely, %s", sure[i])));
		assert_true(case_says_confidence(str_fmt(&arena, "with %s", sure[i])));
	}
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		assert_false(case_mixes_likelihood(str_fmt(&arena, "It is likely%sHigh confidence.",
							   ends[i])));
	assert_false(case_says_confidence(STR("we are confident")));
}

static void
a_verdict_has_a_reason_where_it_judges(void **state)
{
	static const struct said_row rows[] = {
		{ { VERDICT, .word = IN("new") }, CLAQUE_OK, NULL },
		{ { VERDICT, .word = IN("reviewing"), .text = IN(" ") }, CLAQUE_OK, NULL },
		{ { VERDICT, .word = IN("confirmed"), .text = IN("x") }, CLAQUE_OK, NULL },
		{ { VERDICT, .word = IN("confirmed") }, CLAQUE_EUSAGE, "confirmed wants a reason" },
		{ { VERDICT, .word = IN("cleared") }, CLAQUE_EUSAGE, "cleared wants a reason" },
		{ { VERDICT, .word = IN("shared") }, CLAQUE_EUSAGE, "shared wants a reason" },
		{ { VERDICT, .word = IN("new"), .confidence = IN("total") }, CLAQUE_EUSAGE,
		  "low, moderate or high, not 'total'" },
		{ { VERDICT, .word = IN("new"), .confidence = IN("moderate") }, CLAQUE_OK, NULL },
		{ { VERDICT, .word = IN("cleared"), .text = IN("\xff") },
		  CLAQUE_EINPUT, "reason: not" },
		{ { VERDICT, .word = IN("cleared"), .text = IN("likely, low confidence") },
		  CLAQUE_EUSAGE, "ICD 203" },
		{ { .kind = ANNOTATION_COUNT }, CLAQUE_EUSAGE, "no such kind of annotation" },
		{ { .kind = ANNOTATION_pin, .text = IN("x") }, CLAQUE_EUSAGE, "takes no text" },
	};

	(void)state;
	CHECK(rows);
}

static void
a_claim_is_of_a_lead_or_the_case_in_words_of_icd_203(void **state)
{
	static const struct said_row rows[] = {
		{ { CLAIM, .text = IN("one hand") }, CLAQUE_OK, NULL },
		{ { CLAIM, .text = IN(" \n") }, CLAQUE_EUSAGE, "claim: there is no text" },
		{ { CLAIM, .text = IN("x"), .target = { SUBJECT_post, 3 } }, CLAQUE_EUSAGE,
		  "a cluster, an account, a source or the whole case" },
		{ { CLAIM, .text = IN("x"), .word = IN("sure") },
		  CLAQUE_EUSAGE, "no such likelihood" },
		{ { CLAIM, .text = IN("with high confidence") }, CLAQUE_OK, NULL },
		{ { CLAIM, .text = IN("with high confidence"), .word = IN("likely") },
		  CLAQUE_EUSAGE, "claim: one sentence" },
		{ { CLAIM, .text = IN("likely, low confidence") },
		  CLAQUE_EUSAGE, "say confidence apart" },
		{ { CLAIM, .text = IN("x"), .confidence = IN("very") },
		  CLAQUE_EUSAGE, "not 'very'" },
		{ { EVIDENCE, .text = IN("x"), .word = IN("against") }, CLAQUE_OK, NULL },
		{ { EVIDENCE, .text = IN("x"), .word = IN("for"), .confidence = IN("A1") },
		  CLAQUE_OK, NULL },
		{ { EVIDENCE, .text = IN("x"), .word = IN("for"), .confidence = IN("F6") },
		  CLAQUE_OK, NULL },
		{ { EVIDENCE, .text = IN("x"), .word = IN("for"), .confidence = IN("A7") },
		  CLAQUE_EUSAGE, "not 'A7'" },
		{ { EVIDENCE, .text = IN("x"), .word = IN("pro") }, CLAQUE_EUSAGE, "not 'pro'" },
		{ { EVIDENCE, .word = IN("for") }, CLAQUE_EUSAGE, "evidence: there is no text" },
	};
	const struct subject good[] = { someone, group, site };

	(void)state;
	CHECK(rows);
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct annotation a = { CLAIM, .target = good[i], .text = STR("  one hand "),
					.word = STR("Very LIKELY") };

		assert_ok(case_check(&a, &err), err);
		assert_str(a.text, "one hand");
		assert_str(a.word, "very likely");
	}
}

static void
a_hypothesis_has_a_key_that_can_head_a_column(void **state)
{
	static const struct said_row rows[] = {
		{ { HYPOTHESIS, .word = IN("H8"), .text = IN("x") }, CLAQUE_OK, NULL },
		{ { HYPOTHESIS, .word = IN("abcdefgh-012"), .text = IN("x") }, CLAQUE_OK, NULL },
		{ { HYPOTHESIS, .word = IN("abcdefgh-0123"), .text = IN("x") }, CLAQUE_EUSAGE,
		  "up to 12 letters and digits" },
		{ { HYPOTHESIS, .word = IN(""), .text = IN("x") }, CLAQUE_EUSAGE, "its key" },
		{ { HYPOTHESIS, .word = IN("H_8"), .text = IN("x") }, CLAQUE_EUSAGE, "its key" },
		{ { HYPOTHESIS, .word = IN("H7"), .text = IN("x") },
		  CLAQUE_EUSAGE, "take another key" },
		{ { HYPOTHESIS, .word = IN("H8") }, CLAQUE_EUSAGE, "hypothesis: there is no text" },
		{ { HYPOTHESIS, .word = IN("H8"), .text = IN("x"), .target = { SUBJECT_cluster, 1 } },
		  CLAQUE_OK, NULL },
		{ { HYPOTHESIS, .word = IN("H8"), .text = IN("x"), .target = { SUBJECT_account, 1 } },
		  CLAQUE_EUSAGE, "a cluster or the whole case" },
		{ { RATING, .confidence = IN("II") }, CLAQUE_OK, NULL },
		{ { RATING, .confidence = IN("III") },
		  CLAQUE_EUSAGE, "one of CC C N I II, not 'III'" },
		{ { RATING, .confidence = IN("C"), .text = IN("\xff") },
		  CLAQUE_EINPUT, "rating: not" },
		{ { TECHNIQUE, .word = IN("5.4.2") }, CLAQUE_OK, NULL },
		{ { TECHNIQUE, .word = IN("5.4.99") }, CLAQUE_EUSAGE, "'5.4.99'" },
		{ { TECHNIQUE, .word = IN("5.4.2"), .text = IN("a\0b") },
		  CLAQUE_EINPUT, "technique: holds" },
		{ { TECHNIQUE, .word = IN("5.4.2"), .target = { SUBJECT_account, 1 } },
		  CLAQUE_EUSAGE, "a cluster or the whole case" },
	};

	(void)state;
	CHECK(rows);
}

#define BREAKOUT FIELD, .word = IN("breakout"), .text = IN("x")
#define ATTRIBUTION FIELD, .word = IN("attribution")

static void
a_category_from_four_on_has_a_citation_and_an_attribution_two_kinds(void **state)
{
	static const struct said_row rows[] = {
		{ { BREAKOUT, .confidence = IN("1") }, CLAQUE_OK, NULL },
		{ { BREAKOUT, .confidence = IN("3") }, CLAQUE_OK, NULL },
		{ { BREAKOUT, .confidence = IN("4") }, CLAQUE_EUSAGE,
		  "category 4 (mainstream media outside of social media) is a fact outside the data" },
		{ { BREAKOUT, .confidence = IN("6") },
		  CLAQUE_EUSAGE, "category 6 (a response in policy" },
		{ { BREAKOUT, .confidence = IN("6"), .quote = IN(" \t") },
		  CLAQUE_EUSAGE, "citation" },
		{ { BREAKOUT, .confidence = IN("6"), .quote = IN("The Daily") }, CLAQUE_OK, NULL },
		{ { BREAKOUT, .confidence = IN("6"), .quote = IN("\xff") },
		  CLAQUE_EINPUT, "citation: not" },
		{ { BREAKOUT, .confidence = IN("7"), .quote = IN("x") },
		  CLAQUE_EUSAGE, "1 to 6, not '7'" },
		{ { BREAKOUT, .confidence = IN("0") }, CLAQUE_EUSAGE, "1 to 6, not '0'" },
		{ { BREAKOUT, .confidence = IN("12") }, CLAQUE_EUSAGE, "1 to 6, not '12'" },
		{ { BREAKOUT }, CLAQUE_EUSAGE, "1 to 6, not ''" },
		{ { ATTRIBUTION, .text = IN("Not assessed") }, CLAQUE_OK, NULL },
		{ { ATTRIBUTION, .text = IN("not assessed"), .confidence = IN("technical") },
		  CLAQUE_EUSAGE, "at least two kinds" },
		{ { ATTRIBUTION, .text = IN("a firm") }, CLAQUE_EUSAGE, "at least two kinds" },
		{ { ATTRIBUTION, .text = IN("a firm"), .confidence = IN("technical,occult") },
		  CLAQUE_EUSAGE, "kinds of evidence are technical behavioural contextual" },
		{ { ATTRIBUTION, .text = IN("a firm"), .confidence = IN("technical,behavioural") },
		  CLAQUE_OK, NULL },
		{ { ATTRIBUTION, .text = IN("likely a firm, low confidence"),
		    .confidence = IN("technical,behavioural") },
		  CLAQUE_EUSAGE, "attribution: one sentence" },
		{ { FIELD, .word = IN("actor"), .text = IN("x"), .confidence = IN("1") },
		  CLAQUE_EUSAGE, "field actor: only breakout" },
		{ { FIELD, .word = IN("actor"), .text = IN("likely, low confidence") },
		  CLAQUE_EUSAGE, "field: one sentence" },
		{ { FIELD, .word = IN("actor") }, CLAQUE_EUSAGE, "field: there is no text" },
		{ { FIELD, .word = IN("actor"), .text = IN("x"), .target = { SUBJECT_account, 1 } },
		  CLAQUE_EUSAGE, "a cluster or the whole case" },
		{ { FIELD, .word = IN("mood"), .text = IN("x") },
		  CLAQUE_EUSAGE, "no such field: 'mood'" },
	};

	(void)state;
	CHECK(rows);
}

static void
a_line_of_the_ledger_has_no_control_and_ends_with_a_whole_character(void **state)
{
	(void)state;
	assert_str(case_line(&arena, STR(" a\tb\x7f" "c\n"), 9), "a b c");
	assert_str(case_line(&arena, STR("a\xc2\x85" "b\u2028c\u2029d"), 9), "a b c d");
	assert_str(case_line(&arena, STR("a\xff~"), 9), "a\ufffd~");
	assert_str(case_line(&arena, STR("abcd\u00e9"), 6), "abcd\u00e9");
	assert_str(case_line(&arena, STR("abcd\u00e9"), 5), "abcd");
	assert_str(case_line(&arena, STR("abc de"), 4), "abc");
	assert_str(case_line(&arena, STR(""), 0), "");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_tag_has_no_blank_and_nothing_unseen_at_any_edge_of_their_blocks),
		TEST(a_tag_loses_one_hash_and_cleared_is_a_verdict_without_a_colour),
		TEST(texts_are_taken_up_to_their_bounds),
		TEST(a_highlight_is_a_passage_of_a_post_and_all_its_texts_are_text),
		TEST(likelihood_and_confidence_are_not_of_one_sentence),
		TEST(a_verdict_has_a_reason_where_it_judges),
		TEST(a_claim_is_of_a_lead_or_the_case_in_words_of_icd_203),
		TEST(a_hypothesis_has_a_key_that_can_head_a_column),
		TEST(a_category_from_four_on_has_a_citation_and_an_attribution_two_kinds),
		TEST(a_line_of_the_ledger_has_no_control_and_ends_with_a_whole_character),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
