/*
 * test_claims.c - what a case argues: claims with evidence for and against, the matrix of
 * competing hypotheses with its counts, fields, techniques; undone, withdrawn, and taken
 * from a colleague.
 */
#include "config.h"

#include "test.h"

#include <stdlib.h>

#include "base/buf.h"
#include "case/claims.h"
#include "case/share.h"
#include "small_case.h"
#include "store/list.h"

static struct arena room, arena;
static struct store *store;
static struct claque_err err;
static struct subject lead;

static struct case_context
context(void)
{
	return (struct case_context){ .store = store, .who = STR("nr"),
				      .command = STR("claque open mine.claque") };
}

static struct store *
open_copy(const char *name)
{
	struct store *s;

	small_case_copy(name);
	assert_ok(store_open(&s, name, STORE_WRITE, &err), err);
	return s;
}

static int
set_up(void **state)
{
	(void)state;
	room = arena_new(256 << 20);
	arena = room;
	if (setenv("CLAQUE_CLOCK", "2016-11-21T14:20:07Z", 1) != 0)
		return -1;
	store = open_copy("mine.claque");
	return list_find_subject(store, SUBJECT_cluster, STR("C001"), &lead, &err) == CLAQUE_OK ?
	       0 : -1;
}

static int
tear_down(void **state)
{
	(void)state;
	store_close(store);
	arena_free(room);
	return 0;
}

static enum claque_rc
add(struct annotation a, int64_t *id)
{
	struct case_context c = context();

	return case_annotate_id(&c, &a, id, &err);
}

static int64_t
claim(struct subject target, const char *text, const char *likelihood)
{
	int64_t id;

	assert_ok(add((struct annotation){ .kind = ANNOTATION_claim, .target = target,
			.target_name = target.kind == SUBJECT_cluster ? STR("C001") : STR(""),
					   .text = str_of(text), .word = str_of(likelihood) }, &id), err);
	return id;
}

static int64_t
evidence(int64_t of, const char *side, const char *text)
{
	int64_t id;

	assert_ok(add((struct annotation){ .kind = ANNOTATION_evidence, .about = of,
					   .word = str_of(side), .text = str_of(text),
					   .confidence = STR("B2") }, &id), err);
	return id;
}

static void
rate(int64_t of, const char *ratings)
{
	struct case_context c = context();
	struct claque_str rest = str_of(ratings), word;

	for (unsigned i = 0; str_cut(&rest, ' ', &word); i++)
		if (!str_eq(word, STR("-")))
			assert_ok(case_rate(&c, of, str_of(hypothesis_key((enum hypothesis)i)),
					    rating_find(word), &err), err);
}

static struct ach
matrix(struct subject subject)
{
	struct ach ach;

	assert_ok(case_ach(store, subject, &arena, &ach, &err), err);
	return ach;
}

static struct case_claim *
claims(struct subject subject, size_t expected)
{
	struct case_claim *list;
	size_t count;

	assert_ok(case_claims(store, subject, &arena, &list, &count, &err), err);
	assert_int_equal(count, expected);
	return list;
}

static int64_t
count(enum list_id list, struct subject subject)
{
	struct list_query q = { .list = list, .subject = subject, .lens = lens_open(), .sort = -1 };
	int64_t n = -1;

	assert_ok(list_count(store, &q, 0, &n, &err), err);
	return n;
}

static void
undo(const char *expected)
{
	struct case_context c = context();
	struct claque_str what;

	assert_ok(case_undo(&c, &arena, &what, &err), err);
	assert_str(what, expected);
}

/*
 * By hand, over the seven hypotheses:
 *            H1  H2  H3  H4  H5  H6  H7
 *   minutes  CC  I   I   II  I   II  N     spread 4: best to worst is CC to II
 *   tours    I   CC  I   I   I   N   N     spread 3
 *   all      C   C   C   C   C   C   C     spread 0: distinguishes nothing
 * inconsistent 1   1   2   2   2   1   0
 * of these II  0   0   0   1   0   1   0
 */
static void
inconsistencies_are_counted_as_by_hand(void **state)
{
	static const size_t inconsistent[] = { 1, 1, 2, 2, 2, 1, 0 }, very[] = { 0, 0, 0, 1, 0, 1, 0 };
	/* H7 with none; H1 and H2 with one; H6 with one that is II; H3, H5; H4 with one II of two. */
	static const size_t order[] = { 6, 0, 1, 5, 2, 4, 3 }, ranks[] = { 2, 2, 5, 7, 5, 4, 1 };
	int64_t of = claim(lead, "One hand runs the group", "likely"), all, minutes;
	struct ach ach;

	(void)state;
	all = evidence(of, "neutral", "All of them post in English");
	rate(all, "C C C C C C C");
	minutes = evidence(of, "for", "They share within the minute");
	rate(minutes, "CC I I II I II N");
	rate(evidence(of, "against", "Tour dates only"), "I CC I I I N N");
	ach = matrix(lead);
	assert_int_equal(ach.evidence_count, 3);
	assert_int_equal(ach.hypothesis_count, 7);
	for (size_t k = 0; k < 7; k++) {
		assert_int_equal(ach.hypotheses[k].inconsistent, inconsistent[k]);
		assert_int_equal(ach.hypotheses[k].rated[ACH_II], very[k]);
		assert_int_equal(ach.hypotheses[k].rated[ACH_NONE], 0);
		assert_int_equal(ach.order[k], order[k]);
		assert_int_equal(ach.hypotheses[k].rank, ranks[k]);
	}
	assert_int_equal(ach.evidence[0].id, minutes);
	assert_int_equal(ach.evidence[0].spread, 4);
	assert_int_equal(ach.evidence[1].spread, 3);
	assert_int_equal(ach.evidence[2].id, all);
	assert_int_equal(ach.evidence[2].spread, 0);
	assert_string_equal(ach_worth(&ach.evidence[2]), "distinguishes nothing");
	assert_int_equal(count(LIST_ACH, lead), 21);
	assert_int_equal(count(LIST_CLAIMS, lead), 4);
}

static void
what_nothing_is_rated_under_comes_last(void **state)
{
	int64_t of = claim(lead, "One hand runs the group", "");
	struct ach ach;

	(void)state;
	rate(evidence(of, "for", "Same minute"), "I - - - - - -");
	ach = matrix(lead);
	assert_int_equal(ach.order[0], HYPOTHESIS_H1);
	assert_int_equal(ach.hypotheses[HYPOTHESIS_H1].rank, 1);
	assert_int_equal(ach.hypotheses[HYPOTHESIS_H2].rank, 0);
	assert_string_equal(ach_worth(&ach.evidence[0]), "rated under one only");
}

static void
a_rating_takes_the_place_of_the_one_before_and_is_undone(void **state)
{
	struct case_context c = context();
	int64_t of = evidence(claim(lead, "One hand", ""), "for", "Same minute");

	(void)state;
	assert_ok(case_rate(&c, of, STR("h2"), ACH_C, &err), err);
	assert_ok(case_rate(&c, of, STR("H2"), ACH_II, &err), err);
	assert_int_equal(matrix(lead).evidence[0].ratings[HYPOTHESIS_H2], ACH_II);
	assert_ok(case_rate(&c, of, STR("H2"), ACH_II, &err), err);	/* no act */
	undo("undid: rating of H2 on C001");
	assert_int_equal(matrix(lead).evidence[0].ratings[HYPOTHESIS_H2], ACH_C);
	undo("undid: rating of H2 on C001");
	assert_int_equal(matrix(lead).evidence[0].ratings[HYPOTHESIS_H2], ACH_NONE);
	undo("undid: evidence \"Same minute\" on something outside");
	assert_int_equal(claims(lead, 1)[0].evidence_count, 0);
	assert_int_equal(case_rate(&c, of, STR("H2"), ACH_C, &err), CLAQUE_EUSAGE);
}

static void
evidence_and_ratings_stay_when_a_claim_is_worded_anew(void **state)
{
	int64_t of = claim(lead, "One hand", "likely"), shown = evidence(of, "for", "Same minute"), id;
	struct case_claim *list;

	(void)state;
	rate(shown, "CC");
	assert_ok(add((struct annotation){ .kind = ANNOTATION_claim, .replaces = of,
			.text = STR("One hand runs it"), .word = STR("very likely") }, &id), err);
	assert_ok(add((struct annotation){ .kind = ANNOTATION_evidence, .replaces = shown,
			.text = STR("Within the minute"), .word = STR("for") }, &id), err);
	/* Its first number is good for ever, and so for the next wording. */
	assert_ok(add((struct annotation){ .kind = ANNOTATION_claim, .replaces = of,
			.text = STR("One hand runs all"), .word = STR("likely") }, &id), err);
	list = claims(lead, 1);
	assert_str(list[0].said.text, "One hand runs all");
	assert_int_equal(list[0].line, of);
	assert_int_equal(list[0].evidence_count, 1);
	assert_str(list[0].evidence[0].said.text, "Within the minute");
	assert_str(list[0].evidence[0].reopens, "claque open mine.claque");
	assert_int_equal(matrix(lead).evidence[0].ratings[0], ACH_CC);
	assert_int_equal(count(LIST_CLAIMS, lead), 2);
	assert_int_equal(count(LIST_ACH, lead), 7);
}

static void
what_is_withdrawn_is_told_no_longer_and_comes_back(void **state)
{
	struct case_context c = context();
	int64_t of = claim(lead, "One hand", "");

	(void)state;
	(void)evidence(of, "for", "Same minute");
	assert_ok(case_withdraw(&c, of, &err), err);
	(void)claims(lead, 0);
	assert_int_equal(count(LIST_CLAIMS, lead), 0);
	assert_int_equal(matrix(lead).evidence_count, 0);
	assert_int_equal(case_withdraw(&c, of, &err), CLAQUE_ENOTFOUND);
	undo("undid: withdraw \"One hand\" on C001");
	assert_int_equal(claims(lead, 1)[0].evidence_count, 1);
}

/* Not where it was undone or done again. */
static void
evidence_reopens_where_it_was_found(void **state)
{
	struct case_context c = context();
	struct claque_str what;

	(void)state;
	(void)evidence(claim(lead, "One hand", ""), "for", "Same minute");
	c.command = STR("claque open elsewhere.claque");
	assert_ok(case_undo(&c, &arena, &what, &err), err);
	assert_ok(case_redo(&c, &arena, &what, &err), err);
	assert_str(claims(lead, 1)[0].evidence[0].reopens, "claque open mine.claque");
}

static void
own_hypotheses_stand_beside_the_seven(void **state)
{
	struct case_context c = context();
	struct subject other;
	int64_t id, of = evidence(claim(lead, "One hand", ""), "for", "Same minute");

	(void)state;
	assert_ok(list_find_subject(store, SUBJECT_cluster, STR("C002"), &other, &err), err);
	assert_int_equal(case_rate(&c, of, STR("H8"), ACH_I, &err), CLAQUE_EUSAGE);
	assert_ok(add((struct annotation){ .kind = ANNOTATION_hypothesis, .word = STR("H8"),
					   .text = STR("a game's share button") }, &id), err);
	assert_ok(add((struct annotation){ .kind = ANNOTATION_hypothesis, .word = STR("H9"),
			.target = other, .text = STR("another's") }, &id), err);
	assert_ok(case_rate(&c, of, STR("H8"), ACH_I, &err), err);
	assert_int_equal(case_rate(&c, of, STR("H9"), ACH_I, &err), CLAQUE_EUSAGE);
	assert_int_equal(matrix(lead).hypothesis_count, 8);
	assert_str(matrix(lead).hypotheses[7].text, "a game's share button");
	assert_int_equal(matrix(lead).hypotheses[7].inconsistent, 1);
	assert_int_equal(matrix(other).hypothesis_count, 9);
	assert_int_equal(count(LIST_ACH, lead), 8);
	assert_int_equal(add((struct annotation){ .kind = ANNOTATION_hypothesis, .word = STR("h3"),
						  .text = STR("x") }, &id), CLAQUE_EUSAGE);
}

static void
what_breaks_the_rules_is_refused_and_says_why(void **state)
{
	static const struct {
		struct annotation what;
		const char *says;
	} rows[] = {
		{ { .kind = ANNOTATION_claim, .text = { "x", 1 }, .word = { "sure", 4 } },
		  "ICD 203 has, almost no chance, very unlikely" },
		{ { .kind = ANNOTATION_claim, .text = { "With high confidence one hand", 29 },
		    .word = { "likely", 6 } }, "ICD 203 forbids" },
		{ { .kind = ANNOTATION_evidence, .text = { "x", 1 }, .word = { "for", 3 } },
		  "belongs to a claim" },
		{ { .kind = ANNOTATION_evidence, .text = { "x", 1 }, .word = { "pro", 3 } },
		  "one of for against neutral" },
		{ { .kind = ANNOTATION_evidence, .text = { "x", 1 }, .word = { "for", 3 },
		    .confidence = { "G2", 2 } }, "Admiralty" },
		{ { .kind = ANNOTATION_field, .text = { "x", 1 }, .word = { "breakout", 8 },
		    .confidence = { "7", 1 } }, "1 to 6" },
		{ { .kind = ANNOTATION_field, .text = { "on the news", 11 }, .word = { "breakout", 8 },
		    .confidence = { "4", 1 } }, "needs a citation" },
		{ { .kind = ANNOTATION_field, .text = { "a firm", 6 }, .word = { "attribution", 11 },
		    .confidence = { "technical", 9 } }, "at least two kinds" },
		{ { .kind = ANNOTATION_field, .text = { "a firm", 6 }, .word = { "attribution", 11 },
		    .confidence = { "technical,technical", 19 } }, "at least two kinds" },
		{ { .kind = ANNOTATION_field, .text = { "x", 1 }, .word = { "mood", 4 } },
		  "no such field" },
		{ { .kind = ANNOTATION_technique, .word = { "99.9", 4 } }, "no such technique" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int64_t id;

		if (add(rows[i].what, &id) != CLAQUE_EUSAGE)
			fail_msg("row %zu is taken", i);
		if (strstr(err.msg, rows[i].says) == NULL)
			fail_msg("row %zu: '%s'", i, err.msg);
	}
	assert_int_equal(count(LIST_CLAIMS, (struct subject){ 0 }), 0);
}

static void
a_field_has_one_text_and_a_category_its_citation(void **state)
{
	struct annotation fields[FIELD_COUNT];
	int64_t id;

	(void)state;
	assert_ok(add((struct annotation){ .kind = ANNOTATION_field, .word = STR("breakout"),
			.confidence = STR("4"), .text = STR("a paper took it up"),
			.quote = STR("Daily, 2016-10-02") }, &id), err);
	assert_ok(add((struct annotation){ .kind = ANNOTATION_field, .word = STR("actor"),
			.target = lead, .text = STR("unknown") }, &id), err);
	assert_ok(add((struct annotation){ .kind = ANNOTATION_field, .word = STR("actor"),
			.target = lead, .text = STR("a firm, maybe") }, &id), err);
	assert_ok(add((struct annotation){ .kind = ANNOTATION_field, .word = STR("attribution"),
			.target = lead, .text = STR("A firm is likely behind it"),
			.confidence = STR("technical, contextual") }, &id), err);
	assert_ok(case_fields(store, lead, &arena, fields, &err), err);
	assert_str(fields[FIELD_actor].text, "a firm, maybe");
	assert_int_equal(fields[FIELD_breakout].id, 0);
	assert_ok(case_fields(store, (struct subject){ 0 }, &arena, fields, &err), err);
	assert_str(fields[FIELD_breakout].quote, "Daily, 2016-10-02");
	assert_int_equal(fields[FIELD_actor].id, 0);
}

static void
a_category_is_suggested_up_to_three_by_platforms_and_communities(void **state)
{
	struct case_breakout breakout;

	(void)state;
	assert_int_equal(breakout_suggest(1, 1), 1);
	assert_int_equal(breakout_suggest(1, 5), 2);
	assert_int_equal(breakout_suggest(3, 1), 2);
	assert_int_equal(breakout_suggest(2, 2), 3);
	assert_int_equal(breakout_suggest(9, 99), 3);
	assert_ok(case_breakout(store, lead, &arena, &breakout, &err), err);
	/* All members are on x; others shared what they did, and no group has a tie to theirs. */
	assert_int_equal(breakout.platforms, 1);
	assert_int_equal(breakout.communities, 2);
	assert_int_equal(breakout.category, 2);
	assert_str(breakout.reason, "one platform and several communities, or several platforms and"
		   " one community: on 1 platform; communities reached: 2, which are itself, 0 other"
		   " groups with a tie to it, and people outside all groups");
}

static void
a_technique_is_suggested_until_it_is_confirmed(void **state)
{
	struct case_technique *list;
	size_t suggested, n;
	int64_t id;

	(void)state;
	assert_ok(case_techniques(store, lead, &arena, &list, &suggested, &err), err);
	assert_true(suggested > 0);
	assert_int_equal(list[0].confirmed.id, 0);
	assert_true(list[0].signals.len > 0);
	assert_ok(add((struct annotation){ .kind = ANNOTATION_technique, .target = lead,
					   .word = list[0].id }, &id), err);
	assert_ok(add((struct annotation){ .kind = ANNOTATION_technique, .target = lead,
					   .word = STR("9.1.1") }, &id), err);
	assert_ok(case_techniques(store, lead, &arena, &list, &n, &err), err);
	assert_int_equal(n, suggested + 1);
	assert_int_equal(list[0].confirmed.live, true);
	assert_str(list[n - 1].id, "9.1.1");
	assert_int_equal(list[n - 1].signals.len, 0);
	assert_true(strlen(list[n - 1].name) > 6);
}

/* --- a colleague's */

static void
merge_from(struct store *theirs, size_t take, size_t same, size_t conflict, enum merge_choice choice)
{
	struct case_context c = context();
	struct merge_plan plan;
	struct buf lines;
	size_t taken;

	buf_init(&lines, SHARE_BYTES_MAX);
	assert_ok(case_share(theirs, &lines, &err), err);
	assert_ok(case_merge_plan(store, buf_str(&lines), &arena, &plan, &err), err);
	for (size_t i = 0; i < plan.count; i++)
		plan.items[i].choice = choice;
	assert_int_equal(plan.states[MERGE_TAKE], take);
	assert_int_equal(plan.states[MERGE_SAME], same);
	assert_int_equal(plan.states[MERGE_CONFLICT], conflict);
	assert_int_equal(plan.states[MERGE_UNKNOWN] + plan.states[MERGE_REFUSED], 0);
	assert_ok(case_merge(&c, &plan, &taken, &err), err);
	buf_done(&lines);
}

static void
a_colleagues_claim_comes_with_its_evidence_and_ratings(void **state)
{
	struct store *mine = store, *theirs = open_copy("theirs.claque");
	int64_t of, shown, id;

	(void)state;
	/* So that numbers differ between the two cases. */
	(void)claim(lead, "Something of mine", "");
	store = theirs;
	of = claim(lead, "One hand", "likely");
	shown = evidence(of, "for", "Same minute");
	rate(shown, "CC I");
	(void)evidence(claim((struct subject){ 0 }, "The election is the aim", ""), "against", "Sport");
	assert_ok(add((struct annotation){ .kind = ANNOTATION_hypothesis, .word = STR("H8"),
					   .text = STR("a share button") }, &id), err);
	/* Worded anew: it now stands behind what belongs to it. */
	assert_ok(add((struct annotation){ .kind = ANNOTATION_claim, .replaces = of,
			.text = STR("One hand runs it"), .word = STR("likely") }, &id), err);
	store = mine;
	merge_from(theirs, 7, 0, 0, MERGE_LEAVE);
	(void)claims((struct subject){ 0 }, 3);
	assert_str(claims(lead, 2)[1].said.text, "One hand runs it");
	assert_int_equal(claims(lead, 2)[1].evidence_count, 1);
	assert_int_equal(matrix(lead).hypotheses[1].inconsistent, 1);
	assert_int_equal(matrix(lead).hypothesis_count, 8);
	merge_from(theirs, 0, 7, 0, MERGE_LEAVE);
	/* They go on: a new rating, and a rating changed; mine is as theirs was. */
	store = theirs;
	rate(shown, "C I II");
	store = mine;
	merge_from(theirs, 2, 6, 0, MERGE_LEAVE);
	assert_int_equal(matrix(lead).evidence[0].ratings[0], ACH_C);
	assert_int_equal(matrix(lead).evidence[0].ratings[2], ACH_II);
	store_close(theirs);
}

static void
a_cell_that_both_rated_is_a_conflict(void **state)
{
	struct store *mine = store, *theirs = open_copy("theirs.claque");
	int64_t shown = evidence(claim(lead, "One hand", "likely"), "for", "Same minute");

	(void)state;
	store = theirs;
	merge_from(mine, 2, 0, 0, MERGE_LEAVE);
	rate(claims(lead, 1)[0].evidence[0].line, "CC");
	store = mine;
	rate(shown, "II");
	merge_from(theirs, 0, 2, 1, MERGE_MINE);
	assert_int_equal(matrix(lead).evidence[0].ratings[0], ACH_II);
	merge_from(theirs, 0, 2, 1, MERGE_THEIRS);
	assert_int_equal(matrix(lead).evidence[0].ratings[0], ACH_CC);
	store_close(theirs);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(inconsistencies_are_counted_as_by_hand),
		TEST(what_nothing_is_rated_under_comes_last),
		TEST(a_rating_takes_the_place_of_the_one_before_and_is_undone),
		TEST(evidence_and_ratings_stay_when_a_claim_is_worded_anew),
		TEST(what_is_withdrawn_is_told_no_longer_and_comes_back),
		TEST(evidence_reopens_where_it_was_found),
		TEST(own_hypotheses_stand_beside_the_seven),
		TEST(what_breaks_the_rules_is_refused_and_says_why),
		TEST(a_field_has_one_text_and_a_category_its_citation),
		TEST(a_category_is_suggested_up_to_three_by_platforms_and_communities),
		TEST(a_technique_is_suggested_until_it_is_confirmed),
		TEST(a_colleagues_claim_comes_with_its_evidence_and_ratings),
		TEST(a_cell_that_both_rated_is_a_conflict),
	};

	return cmocka_run_group_tests(tests, small_case_set_up, small_case_tear_down);
}
