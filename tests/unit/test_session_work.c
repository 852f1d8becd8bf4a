/* test_session_work.c - what an analyst leaves in a case: notes, tags, claims, decisions. */
#include "config.h"

#include "test.h"

#include <stdlib.h>

#include "app/argue.h"
#include "app/merging.h"
#include "app/events.h"
#include "small_case.h"
#include "small_session.h"

/* On posts and changes, at their time; one that is taken back is gone from there as well. */
static void
a_note_on_a_post_stands_among_the_public_events(void **state)
{
	struct session *s = fresh();
	const struct events *events;

	(void)state;
	assert_int_equal(session_events(s)->count, 0);
	(void)run(s, ACTION_SCREEN, "posts");
	(void)session_select(s, 3);
	(void)run(s, ACTION_NOTE, "first of a wave");
	events = session_events(s);
	assert_int_equal(events->count, 1);
	assert_int_equal(events->list[0].sort, EVENT_NOTE);
	assert_string_equal(events->list[0].label.p, "note: first of a wave");
	assert_int_equal(events->list[0].at, session_value(s, session_row(s, 3), "at")->i);
	(void)run(s, ACTION_UNDO, "");
	assert_int_equal(session_events(s)->count, 0);
	(void)run(s, ACTION_SCREEN, "accounts");
	(void)run(s, ACTION_NOTE, "no time of its own");
	assert_int_equal(session_events(s)->count, 0);
	session_close(s);
}

/* From its first ms to its last, so that both ends are in buckets of the period. */
static void
a_note_on_a_period_stands_at_both_its_ends(void **state)
{
	struct session *s = fresh();
	const struct events *events;

	(void)state;
	(void)run(s, ACTION_SCREEN, "timeline");
	(void)run(s, ACTION_FILTER, "2016-09-20..2016-09-22");
	(void)run(s, ACTION_PERIOD, "quiet");
	events = session_events(s);
	assert_int_equal(events->count, 2);
	assert_int_equal(events->list[0].sort, EVENT_BEGIN);
	assert_int_equal(events->list[1].sort, EVENT_END);
	assert_int_equal(events->list[1].at - events->list[0].at, INT64_C(2) * 24 * 3600 * 1000 - 1);
	assert_int_equal(events->list[0].until, events->list[1].at);
	assert_true(str_starts(events->list[0].label, STR("from note: quiet")));
	assert_true(str_starts(events->list[1].label, STR("until note: quiet")));
	session_close(s);
}

static void
a_reworded_note_stands_in_the_place_of_the_old_one(void **state)
{
	struct session *s = fresh();
	struct arena whole = arena_new(1 << 20), perm = whole;
	struct subject on;
	struct claque_str note;

	(void)state;
	(void)run(s, ACTION_SCREEN, "accounts");
	on = session_subject(s);
	assert_false(session_note(s, &perm, &note));
	(void)run(s, ACTION_NOTE, "one look");
	(void)run(s, ACTION_NOTE, "first of a wafe");
	assert_true(session_note(s, &perm, &note));
	assert_true(str_eq(note, STR("first of a wafe")));
	(void)run(s, ACTION_REWORD, "first of a wave");
	assert_int_equal(session_side_count(s, LIST_NOTES, on), 2);
	assert_true(session_note(s, &perm, &note) && str_eq(note, STR("first of a wave")));
	(void)run(s, ACTION_UNDO, "");
	assert_true(session_note(s, &perm, &note) && str_eq(note, STR("first of a wafe")));
	(void)run(s, ACTION_SCREEN, "case");
	(void)session_select(s, 0);
	(void)run(s, ACTION_REWORD, "two looks");
	assert_int_equal(session_side_count(s, LIST_NOTES, on), 2);
	arena_free(whole);
	session_close(s);
}

/* What is refused stays with who typed it; the same again with another label is a change. */
static void
a_highlight_is_changed_or_taken_off_by_saying_it_again(void **state)
{
	struct session *s = fresh();
	struct annotation what = { .kind = ANNOTATION_highlight, .quote = STR("always tell"),
				   .colour = STR("yellow") };
	struct subject on;
	bool ok;

	(void)state;
	(void)run(s, ACTION_SCREEN, "posts");
	on = session_subject(s);
	(void)session_highlight(s, &what, &ok);
	assert_false(ok);
	what.quote = STR("never tell");
	(void)session_highlight(s, &what, &ok);
	assert_true(ok);
	what.word = STR("script");
	(void)session_highlight(s, &what, &ok);
	assert_true(ok);
	assert_int_equal(session_side_count(s, LIST_NOTES, on), 1);
	(void)session_highlight(s, &what, &ok);
	assert_true(ok);
	assert_int_equal(session_side_count(s, LIST_NOTES, on), 0);
	session_close(s);
}

/* By the name that a cluster keeps; with the colour that a tag was given. */
static void
what_was_judged_and_tagged_is_read_back(void **state)
{
	struct session *s = fresh();
	struct arena whole = arena_new(1 << 20), perm = whole;
	struct annotation verdict = { .kind = ANNOTATION_verdict, .word = STR("confirmed"),
				      .text = STR("same minute"), .confidence = STR("high") }, now;
	const struct row *row;
	bool ok;

	(void)state;
	assert_false(session_verdict(s, &perm, &now));
	(void)session_judge(s, &verdict, &ok);
	assert_true(ok && session_verdict(s, &perm, &now));
	assert_true(str_eq(now.word, verdict.word) && str_eq(now.text, verdict.text) &&
		    str_eq(now.confidence, verdict.confidence));
	(void)run(s, ACTION_TAG, "fan");
	(void)run(s, ACTION_TAG, "urgent red");
	row = session_row(s, 0);
	assert_string_equal(session_value(s, row, "tags")->s.p, "#fan #urgent");
	assert_string_equal(session_value(s, row, "tag_colours")->s.p, "- red");
	(void)run(s, ACTION_TAG, "urgent crimson");
	assert_true(session_message_is_error(s));
	arena_free(whole);
	session_close(s);
}

static void
claim_of_the_first(struct session *s)
{
	struct annotation claim = { .kind = ANNOTATION_claim, .text = STR("one hand runs them"),
				    .word = STR("likely"), .confidence = STR("moderate") };
	bool ok;

	(void)session_claim(s, &claim, &ok);
	assert_true(ok);
}

static void
add_evidence(struct session *s, const char *side, const char *text)
{
	const struct argument *argued = session_argument(s, (struct subject){ 0 });
	struct annotation a = { .kind = ANNOTATION_evidence, .word = str_of(side),
				.text = str_of(text), .about = argued->claims[0].line };
	bool ok;

	(void)session_evidence(s, &a, &ok);
	assert_true(ok);
}

/* A claim is about the row it was made on; a row of any list is evidence for or against it. */
static void
rows_of_any_list_are_evidence_for_a_claim(void **state)
{
	struct session *s = fresh();
	const struct argument *argued;
	const struct case_claim *claim;
	struct annotation refused = { .kind = ANNOTATION_claim, .text = STR("it is likely"),
				      .word = STR("certainly") };
	bool ok;

	(void)state;
	(void)session_claim(s, &refused, &ok);
	assert_false(ok);
	claim_of_the_first(s);
	(void)run(s, ACTION_SCREEN, "posts");
	add_evidence(s, "against", "an ordinary post");
	(void)run(s, ACTION_SCREEN, "accounts");
	add_evidence(s, "for", "made in the same minute");
	argued = session_argument(s, (struct subject){ 0 });
	assert_int_equal(argued->claim_count, 1);
	claim = &argued->claims[0];
	assert_int_equal(claim->said.target.kind, SUBJECT_cluster);
	assert_int_equal(claim->sides[SIDE_for], 1);
	assert_int_equal(claim->sides[SIDE_against], 1);
	assert_int_equal(claim->evidence[0].said.target.kind, SUBJECT_account);
	assert_int_equal(claim->evidence[1].said.target.kind, SUBJECT_post);

	(void)run(s, ACTION_SCREEN, "claims");
	assert_int_equal(session_length(s), 3);
	(void)session_select(s, 1);
	(void)run(s, ACTION_WITHDRAW, "");
	assert_int_equal(session_length(s), 2);
	(void)run(s, ACTION_UNDO, "");
	assert_int_equal(session_length(s), 3);
	(void)session_select(s, 1);
	(void)run(s, ACTION_OPEN, "");
	assert_int_equal(session_here(s)->subject.kind, SUBJECT_account);
	session_close(s);
}

/* What speaks against counts; one of the analyst's own has the next key. */
static void
hypotheses_are_ranked_by_what_speaks_against_them(void **state)
{
	struct session *s = fresh();
	struct subject all = { 0 };
	const struct ach *ach;

	(void)state;
	claim_of_the_first(s);
	add_evidence(s, "for", "made in the same minute");
	(void)run(s, ACTION_HYPOTHESIS, "one agency for several parties");
	ach = &session_argument(s, all)->ach;
	assert_int_equal(ach->hypothesis_count, HYPOTHESIS_COUNT + 1);
	assert_true(str_eq(ach->hypotheses[HYPOTHESIS_COUNT].key, STR("H8")));
	(void)session_rate(s, ach->evidence[0].id, STR("H1"), ACH_II);
	(void)session_rate(s, session_argument(s, all)->ach.evidence[0].id, STR("H8"), ACH_CC);
	ach = &session_argument(s, all)->ach;
	assert_int_equal(ach->order[0], HYPOTHESIS_COUNT);
	assert_int_equal(ach->order[1], HYPOTHESIS_H1);
	assert_int_equal(ach->hypotheses[HYPOTHESIS_H1].inconsistent, 1);
	assert_true(ach->evidence[0].spread > 0);
	(void)run(s, ACTION_UNDO, "");
	ach = &session_argument(s, all)->ach;
	assert_int_equal(ach->hypotheses[HYPOTHESIS_COUNT].rank, 0);
	session_close(s);
}

static void
a_suggested_technique_is_confirmed_and_taken_back(void **state)
{
	struct session *s = fresh();
	struct subject group;
	const struct argument *argued;

	(void)state;
	group = session_subject(s);
	argued = session_argument(s, group);
	assert_true(argued->technique_count > 0);
	assert_int_equal(argued->techniques[0].confirmed.id, 0);
	(void)session_technique(s, &argued->techniques[0]);
	argued = session_argument(s, group);
	assert_int_not_equal(argued->techniques[0].confirmed.id, 0);
	(void)session_technique(s, &argued->techniques[0]);
	assert_int_equal(session_argument(s, group)->techniques[0].confirmed.id, 0);
	session_close(s);
}

static struct claque_str
word_of_the_first(struct session *s, struct arena *perm)
{
	struct annotation now;

	return session_verdict(s, perm, &now) ? now.word : STR("");
}

/* Until it is chosen nothing is written; what is, can be undone and is in the ledger. */
static void
a_conflict_is_decided_before_anything_is_written(void **state)
{
	struct session *s = fresh();
	struct arena whole = arena_new(1 << 20), perm = whole;
	struct annotation verdict = { .kind = ANNOTATION_verdict, .word = STR("confirmed"),
				      .text = STR("same minute") };
	struct subject none = { 0 };
	bool ok;

	(void)state;
	small_case_colleague("hers.ndjson");
	(void)run(s, ACTION_SCREEN, "accounts");
	(void)session_judge(s, &verdict, &ok);
	(void)run(s, ACTION_MERGE, "hers.ndjson");
	assert_non_null(session_merge_plan(s));
	assert_int_equal(session_merge_plan(s)->states[MERGE_CONFLICT], 1);
	(void)session_merge_end(s, false);
	assert_null(session_merge_plan(s));
	assert_int_equal(session_side_count(s, LIST_LEDGER, none), 1);

	(void)run(s, ACTION_MERGE, "hers.ndjson");
	session_merge_plan(s)->items[0].choice = MERGE_THEIRS;
	(void)session_merge_end(s, true);
	assert_true(str_eq(word_of_the_first(s, &perm), STR("cleared")));
	assert_int_equal(session_side_count(s, LIST_LEDGER, none), 5);	/* three acts, the merge */
	for (int i = 0; i < 3; i++)
		(void)run(s, ACTION_UNDO, "");
	assert_true(str_eq(word_of_the_first(s, &perm), STR("confirmed")));
	(void)run(s, ACTION_MERGE, "nowhere.ndjson");
	assert_true(session_message_is_error(s) && session_merge_plan(s) == NULL);
	arena_free(whole);
	session_close(s);
}

static void
tags_go_on_what_is_marked_and_undo_takes_them_back_one_by_one(void **state)
{
	struct session *s = fresh();

	(void)state;
	(void)run(s, ACTION_SCREEN, "accounts");
	(void)run(s, ACTION_MARK, "");
	(void)run(s, ACTION_MARK, "");
	(void)run(s, ACTION_TAG, "#fan");
	assert_false(session_message_is_error(s));
	assert_int_equal(notes(s), 2);
	(void)run(s, ACTION_UNDO, "");
	assert_int_equal(notes(s), 1);
	(void)run(s, ACTION_REDO, "");
	assert_int_equal(notes(s), 2);
	(void)run(s, ACTION_UNTAG, "fan");
	assert_int_equal(notes(s), 0);
	session_close(s);
}

/* Accounts marked on another screen must not be confirmed when a cluster is meant. */
static void
marks_of_another_kind_are_left_alone(void **state)
{
	struct session *s = fresh();

	(void)state;
	(void)run(s, ACTION_SCREEN, "accounts");
	(void)run(s, ACTION_MARK, "");
	(void)run(s, ACTION_MARK, "");
	(void)run(s, ACTION_SCREEN, "clusters");
	assert_int_equal(session_mark_count(s), 2);
	assert_int_equal(session_marks_worked(s), 0);
	(void)run(s, ACTION_TAG, "seen");
	assert_int_equal(notes(s), 1);
	(void)run(s, ACTION_SCREEN, "accounts");
	assert_int_equal(session_marks_worked(s), 2);
	(void)run(s, ACTION_UNTAG, "seen");
	assert_int_equal(notes(s), 1);
	session_close(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_note_on_a_post_stands_among_the_public_events),
		cmocka_unit_test(a_note_on_a_period_stands_at_both_its_ends),
		cmocka_unit_test(a_reworded_note_stands_in_the_place_of_the_old_one),
		cmocka_unit_test(a_highlight_is_changed_or_taken_off_by_saying_it_again),
		cmocka_unit_test(what_was_judged_and_tagged_is_read_back),
		cmocka_unit_test(rows_of_any_list_are_evidence_for_a_claim),
		cmocka_unit_test(hypotheses_are_ranked_by_what_speaks_against_them),
		cmocka_unit_test(a_suggested_technique_is_confirmed_and_taken_back),
		cmocka_unit_test(a_conflict_is_decided_before_anything_is_written),
		cmocka_unit_test(tags_go_on_what_is_marked_and_undo_takes_them_back_one_by_one),
		cmocka_unit_test(marks_of_another_kind_are_left_alone),
	};

	(void)setenv("CLAQUE_CLOCK", "2026-11-21T14:00:00Z", 1);
	return cmocka_run_group_tests(tests, small_case_set_up, small_case_tear_down);
}
