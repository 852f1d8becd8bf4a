#include "config.h"

#include "test.h"

#include <stdlib.h>
#include <unistd.h>

#include "app/argue.h"
#include "app/merging.h"
#include "app/action.h"
#include "app/events.h"
#include "app/export_job.h"
#include "app/picture.h"
#include "app/pivot.h"
#include "app/session_impl.h"
#include "small_case.h"
#include "small_session.h"
#include "tui/key.h"

static void
back_restores_screen_lens_and_cursor(void **state)
{
	struct session *s = fresh();
	int64_t third;

	(void)state;
	(void)run(s, ACTION_SCREEN, "accounts");
	(void)session_select(s, 3);
	third = session_current(s)->id;
	(void)run(s, ACTION_OPEN, "");
	assert_int_equal(session_here(s)->screen, SCREEN_ACCOUNT);
	assert_int_equal(session_here(s)->subject.id, third);
	(void)run(s, ACTION_FILTER, "kind:reshare");
	(void)run(s, ACTION_BACK, "");
	assert_int_equal(session_here(s)->screen, SCREEN_ACCOUNT);
	assert_true(lens_is_open(&session_here(s)->lens));
	(void)run(s, ACTION_BACK, "");
	assert_int_equal(session_here(s)->screen, SCREEN_ACCOUNTS);
	assert_true(lens_is_open(&session_here(s)->lens));
	assert_int_equal(session_current(s)->id, third);
	(void)run(s, ACTION_FORWARD, "");
	(void)run(s, ACTION_FORWARD, "");
	assert_int_equal(session_here(s)->screen, SCREEN_ACCOUNT);
	assert_false(lens_is_open(&session_here(s)->lens));
	session_close(s);
}

static void
a_lens_follows_through_pivots(void **state)
{
	struct session *s = fresh();
	struct lens lens;

	(void)state;
	(void)run(s, ACTION_FILTER, "2016-09-20..2016-09-24 kind:reshare");
	lens = session_here(s)->lens;
	(void)run(s, ACTION_SCREEN, "posts");
	assert_true(lens_eq(&session_here(s)->lens, &lens));
	assert_true(session_length(s) < session_whole(s));
	(void)run(s, ACTION_DROP, "");
	assert_int_equal(session_here(s)->lens.kinds, 0);
	(void)run(s, ACTION_CLEAR, "");
	assert_int_equal(session_length(s), session_whole(s));
	session_close(s);
}

static void
forward_follows_the_last_way_taken(void **state)
{
	struct session *s = fresh();

	(void)state;
	(void)run(s, ACTION_SCREEN, "accounts");
	(void)run(s, ACTION_SCREEN, "posts");
	(void)run(s, ACTION_BACK, "");
	(void)run(s, ACTION_SCREEN, "sources");
	assert_int_equal(session_steps(s), 3);
	assert_non_null(action_missing(s, ACTION_FORWARD));
	session_close(s);
}

static void
the_cursor_stays_on_its_row_when_the_order_changes(void **state)
{
	struct session *s = fresh();
	int64_t id;

	(void)state;
	(void)run(s, ACTION_SCREEN, "accounts");
	(void)session_select(s, 2);
	id = session_current(s)->id;
	(void)run(s, ACTION_SORT, "handle");
	assert_int_equal(session_current(s)->id, id);
	(void)run(s, ACTION_SORT, "handle");
	assert_int_equal(session_current(s)->id, id);
	assert_true(session_here(s)->panes[0].descending);
	session_close(s);
}

static void
a_pivot_counts_the_rows_that_it_then_shows(void **state)
{
	static const struct subject from[] = { { SUBJECT_cluster, 1 }, { SUBJECT_account, 1 },
					       { SUBJECT_source, 1 }, { SUBJECT_indicator, 1 },
					       { SUBJECT_trick, 0x200b }, { SUBJECT_trick, -6 },
					       { SUBJECT_set, 1 }, { SUBJECT_sources, 2 },
					       { SUBJECT_posts, 3 }, { SUBJECT_evidence, 1 } };
	struct subject sets[SESSION_SETS];
	struct session *s = fresh();
	size_t checked = 0;

	(void)state;
	(void)run(s, ACTION_SCREEN, "accounts");
	(void)run(s, ACTION_MARK_ALL, "");
	(void)run(s, ACTION_SCREEN, "sources");
	(void)run(s, ACTION_MARK_ALL, "");
	(void)session_mark_toggle(s, (struct subject){ SUBJECT_post, 1 });
	(void)session_mark_toggle(s, (struct subject){ SUBJECT_post, 2 });
	(void)run(s, ACTION_SCREEN, "accounts");
	assert_int_equal(session_marked_sets(s, sets), 3);
	for (int64_t i = 0; i < SESSION_SETS; i++)
		assert_int_equal(sets[i].id, i + 1);
	(void)run(s, ACTION_FILTER, "2016-09-20..2016-09-28");
	for (size_t i = 0; i < sizeof(from) / sizeof(from[0]); i++) {
		struct pivot pivots[PIVOT_MAX];
		size_t count = pivot_list(s, from[i], pivots);

		for (size_t k = 0; k < count; k++) {
			int64_t rows = 0, counted;

			if (!pivot_is_counted(&pivots[k]))
				continue;
			counted = pivot_count(s, &pivots[k]);
			(void)session_go(s, pivots[k].screen, pivots[k].subject);
			while (session_row(s, rows) != NULL)
				rows++;
			assert_int_equal(rows, counted);
			assert_int_equal(session_length(s), rows);
			(void)session_back(s);
			checked++;
		}
	}
	assert_true(checked >= 60);
	session_close(s);
}

static void
marks_are_a_set_kept_across_screens(void **state)
{
	struct session *s = fresh();

	(void)state;
	(void)run(s, ACTION_SCREEN, "accounts");
	(void)run(s, ACTION_MARK, "");
	(void)run(s, ACTION_MARK, "");
	assert_int_equal(session_mark_count(s), 2);
	assert_int_equal(session_here(s)->panes[0].index, 2);
	(void)session_select(s, 0);
	(void)run(s, ACTION_MARK, "");
	assert_int_equal(session_mark_count(s), 1);
	(void)session_select(s, 0);
	(void)run(s, ACTION_MARK, "");
	(void)run(s, ACTION_MARK_INVERT, "");
	assert_int_equal(session_mark_count(s), 12);
	(void)run(s, ACTION_MARK_ALL, "");
	assert_int_equal(session_mark_count(s), 14);
	(void)run(s, ACTION_SCREEN, "clusters");
	assert_int_equal(session_mark_count(s), 14);
	(void)run(s, ACTION_MARK_NONE, "");
	assert_int_equal(session_mark_count(s), 0);
	session_close(s);
}

/* Marked accounts and members of a marked cluster are one thing, also in the next session. */
static void
what_is_marked_is_a_place_to_stand_on(void **state)
{
	struct session *s = fresh();
	struct subject set;

	(void)state;
	(void)run(s, ACTION_SCREEN, "accounts");
	(void)session_mark_toggle(s, (struct subject){ SUBJECT_account, 1 });
	assert_int_equal(session_marked_set(s).kind, SUBJECT_none);
	(void)session_mark_toggle(s, (struct subject){ SUBJECT_account, 2 });
	(void)session_mark_toggle(s, (struct subject){ SUBJECT_cluster, 1 });
	set = session_marked_set(s);
	assert_int_equal(set.kind, SUBJECT_set);
	assert_int_equal(session_set_size(s, set.id), 6);
	assert_int_equal(session_marked_set(s).id, set.id);
	(void)session_go(s, SCREEN_SOURCES, set);
	assert_int_equal(session_length(s), 5);
	assert_int_equal(session_value(s, session_row(s, 0), "cluster_accounts")->i, 6);
	(void)session_go(s, SCREEN_MOVERS, set);
	assert_int_equal(session_length(s), 6);
	assert_int_equal(session_row(s, 0)->id, 1);
	assert_int_equal(session_value(s, session_row(s, 0), "firsts")->i, 5);
	(void)run(s, ACTION_MARK_NONE, "");
	session_close(s);
	s = open_case(false);
	assert_int_equal(session_here(s)->screen, SCREEN_MOVERS);
	assert_int_equal(session_length(s), 6);
	(void)run(s, ACTION_BACK, "");
	assert_int_equal(session_length(s), 5);
	session_close(s);
}

/* The fan page by 3 fans, the five pages by the 6 members; one of them by some others, too. */
static void
marked_sources_lead_to_those_who_shared_several_of_them(void **state)
{
	struct session *s = fresh();
	struct subject sets[SESSION_SETS];
	const struct value *shared;

	(void)state;
	(void)run(s, ACTION_SCREEN, "accounts");
	(void)session_mark_toggle(s, (struct subject){ SUBJECT_account, 1 });
	(void)session_mark_toggle(s, (struct subject){ SUBJECT_account, 7 });
	(void)run(s, ACTION_SCREEN, "sources");
	(void)run(s, ACTION_MARK_ALL, "");
	assert_int_equal(session_marked_sets(s, sets), 2);
	assert_int_equal(sets[0].kind, SUBJECT_sources);
	assert_int_equal(sets[1].kind, SUBJECT_set);
	assert_int_equal(session_marked_set(s).id, sets[0].id);
	assert_int_equal(session_set_size(s, sets[0].id), 6);
	(void)session_go(s, SCREEN_SHARERS, sets[0]);
	assert_string_equal(session_here(s)->name, "6 sources");
	assert_int_equal(session_length(s), 6);
	shared = session_value(s, session_row(s, 0), "common");
	assert_int_equal(shared->i, 5);
	assert_int_equal(session_side_count(s, LIST_ACCOUNTS, sets[0]), 14);
	assert_int_equal(session_side_count(s, LIST_CLUSTERS, sets[0]), 2);
	session_close(s);
	s = open_case(false);
	assert_int_equal(session_here(s)->subject.kind, SUBJECT_sources);
	assert_int_equal(session_length(s), 6);
	session_close(s);
}

/* Edges among the marked only, and a matrix of just these accounts. */
static void
marked_accounts_have_a_graph_and_a_matrix(void **state)
{
	struct session *s = fresh();
	const struct matrix_picture *matrix;
	const struct ego_picture *ego;
	struct subject set;

	(void)state;
	(void)session_mark_toggle(s, (struct subject){ SUBJECT_account, 1 });
	(void)session_mark_toggle(s, (struct subject){ SUBJECT_account, 2 });
	(void)session_mark_toggle(s, (struct subject){ SUBJECT_account, 10 });
	set = session_marked_set(s);
	(void)session_go(s, SCREEN_EGO, set);
	assert_int_equal(session_length(s), 2);
	ego = session_ego(s, set, 1);
	assert_int_equal(ego->ego.node_count, 2);
	assert_int_equal(ego->ego.link_count, 1);
	assert_false(ego->ego.has_centre);
	(void)session_go(s, SCREEN_MATRIX, set);
	matrix = session_matrix(s, set, 0, MATRIX_LIKE);
	assert_int_equal(matrix->m.account_whole, 3);
	assert_true(matrix->m.source_count > 0);
	assert_true(session_matrix(s, set, 1, MATRIX_LIKE)->m.account_count > 0);
	session_close(s);
}

/* "0lga" of jo passes for "Olga" of olga795; ivan142, whom a takedown names, is himself. */
static void
a_name_that_passes_for_another_leads_to_all_of_its_look(void **state)
{
	struct session *s = fresh();
	struct pivot pivot;
	const struct row *row;

	(void)state;
	(void)run(s, ACTION_SCREEN, "accounts");
	assert_int_equal(pivot_look(s, (struct subject){ SUBJECT_account, 1 }, &pivot), 0);
	assert_int_equal(pivot_look(s, (struct subject){ SUBJECT_source, 2 }, &pivot), 0);
	assert_int_equal(pivot_look(s, (struct subject){ SUBJECT_account, 2 }, &pivot), 1);
	assert_true(str_eq(pivot.trick, STR("@jo")));
	assert_int_equal(pivot_look(s, (struct subject){ SUBJECT_account, 14 }, &pivot), 1);
	assert_true(str_eq(pivot.trick, STR("@olga795")));
	assert_int_equal(pivot_count(s, &pivot), 2);
	(void)pivot_go(s, &pivot);
	assert_string_equal(session_here(s)->name, "names like @jo");
	row = session_row(s, 0);
	assert_int_equal(row->id, 2);
	assert_string_equal(session_value(s, row, "looks_like")->s.p, "@jo");
	(void)run(s, ACTION_SCREEN, "accounts");
	(void)run(s, ACTION_FILTER, "account.look:'like another'");
	assert_int_equal(session_length(s), 2);
	session_close(s);
}

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

/* An account that is in a group is asked for its own reasons, one that is in none has none. */
static void
why_an_account_is_asked_of_the_account(void **state)
{
	struct session *s = fresh();

	(void)state;
	(void)run(s, ACTION_SCREEN, "accounts");
	(void)run(s, ACTION_WHY, "");
	assert_int_equal(session_here(s)->screen, SCREEN_EVIDENCE);
	assert_int_equal(session_here(s)->subject.kind, SUBJECT_account);
	assert_int_equal(session_length(s), 4);
	assert_int_equal(session_side_count(s, LIST_EVIDENCE, (struct subject){ SUBJECT_account, 12 }),
			 0);
	assert_null(action_missing(s, ACTION_CONTROL));
	(void)run(s, ACTION_CONTROL, "");
	assert_int_equal(session_here(s)->picture.seed, 2);
	session_close(s);
}

static int64_t
notes(struct session *s)
{
	return session_side_count(s, LIST_NOTES, (struct subject){ 0 });
}

static void
a_trick_leads_to_who_else_carries_it(void **state)
{
	struct arena whole = arena_new(4 << 20), perm = whole;
	struct session *s = fresh();
	struct pivot p[TRICKS_MAX];

	(void)state;
	(void)run(s, ACTION_SCREEN, "accounts");
	assert_int_equal(pivot_tricks(s, &perm, p, TRICKS_MAX), 1);
	assert_int_equal(p[0].subject.id, 0x202e);
	assert_true(str_eq(p[0].trick, STR("U+202E bidi")));
	assert_true(pivot_count(s, &p[0]) >= 6);	/* in his name, in all members' posts */
	(void)session_select(s, 3);
	assert_int_equal(pivot_tricks(s, &perm, p, TRICKS_MAX), 1);
	assert_true(str_eq(p[0].trick, STR("mixed script")));
	assert_int_equal(pivot_count(s, &p[0]), 1);
	(void)session_select(s, 13);
	assert_int_equal(pivot_tricks(s, &perm, p, TRICKS_MAX), 0);
	session_close(s);
	arena_free(whole);
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

static void
search_goes_around_in_both_directions(void **state)
{
	struct session *s = fresh();
	int64_t first;

	(void)state;
	(void)run(s, ACTION_SCREEN, "posts");
	(void)run(s, ACTION_FIND, "never tell");
	first = session_here(s)->panes[0].index;
	assert_true(first > 0);
	(void)run(s, ACTION_FIND_NEXT, "");
	assert_true(session_here(s)->panes[0].index > first);
	(void)run(s, ACTION_FIND_PREVIOUS, "");
	assert_int_equal(session_here(s)->panes[0].index, first);
	(void)session_select(s, 0);
	(void)run(s, ACTION_FIND_PREVIOUS, "");
	assert_true(session_here(s)->panes[0].index > first);
	(void)run(s, ACTION_FIND_NEXT, "");
	(void)run(s, ACTION_FIND, "no such text");
	assert_true(session_message(s).len > 0);
	session_close(s);
}

/* Counts ticks, and says no from one on. */
struct patience {
	int ticks, most;
	bool told;		/* of a job, not of a query */
};

static bool
tick(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
	struct patience *p = ctx;

	(void)stage, (void)done;
	p->told = p->told || total > 0;
	return ++p->ticks < p->most;
}

static void
a_search_starts_at_the_cursor_and_says_when_it_goes_around(void **state)
{
	struct session *s = fresh();
	int64_t first;

	(void)state;
	(void)run(s, ACTION_SCREEN, "posts");
	(void)run(s, ACTION_FIND, "good morning");
	first = session_here(s)->panes[0].index;
	assert_true(first > 0);
	(void)session_select(s, session_exact_length(s) - 1);
	session_hush(s);
	(void)run(s, ACTION_FIND_NEXT, "");
	assert_int_equal(session_here(s)->panes[0].index, first);
	assert_true(str_eq(session_message(s), STR("no hit below: went on from the top")));
	(void)session_select(s, 0);
	session_hush(s);
	(void)run(s, ACTION_FIND_NEXT, "");
	assert_int_equal(session_message(s).len, 0);
	session_close(s);
}

static void
a_reason_opens_what_it_was_measured_on(void **state)
{
	static const enum screen_id screens[] = { SCREEN_POSTS, SCREEN_ACCOUNTS, SCREEN_CHANGES };
	struct session *s = fresh();

	(void)state;
	(void)run(s, ACTION_WHY, "");
	for (int i = 0; i < 3; i++) {
		(void)session_select(s, i);
		(void)run(s, ACTION_OPEN, "");
		assert_int_equal(session_here(s)->screen, screens[i]);
		assert_true(session_length(s) > 0);
		(void)run(s, ACTION_BACK, "");
	}
	session_close(s);
}

/* Stops at once: nothing is left behind, also no entry in the ledger. */
static void
an_export_that_is_stopped_leaves_nothing(void **state)
{
	struct patience none = { .most = 1 }, all = { .most = 1 << 20 };
	struct claque_progress stop = { &none, tick }, go = { &all, tick },
			       silent = { NULL, NULL };
	struct export_request request = { .format = STR("markdown"), .path = "out.md",
					  .who = STR("nr") };
	struct claque_err err = { 0 };
	struct store *store;

	(void)state;
	small_case_copy("copy.claque");
	assert_ok(store_open(&store, "copy.claque", STORE_WRITE, &err), err);
	assert_int_equal(export_job(store, &request, &stop, &err), CLAQUE_STOPPED);
	assert_int_equal(access("out.md", F_OK), -1);
	assert_true(none.told);
	assert_ok(export_job(store, &request, &go, &err), err);
	assert_int_equal(unlink("out.md"), 0);
	assert_ok(export_job(store, &request, &silent, &err), err);
	assert_int_equal(unlink("out.md"), 0);
	store_close(store);
}

static void
a_pattern_that_is_wrong_is_an_error_and_no_search(void **state)
{
	struct session *s = fresh();

	(void)state;
	(void)run(s, ACTION_SCREEN, "posts");
	(void)run(s, ACTION_FIND, "(");
	assert_true(session_message_is_error(s));
	assert_non_null(action_missing(s, ACTION_FIND_NEXT));
	session_close(s);
}

static void
a_session_goes_on_where_it_ended(void **state)
{
	struct session *s = fresh();
	struct place was;

	(void)state;
	(void)run(s, ACTION_FILTER, "text:they\twill 100%09");
	(void)session_go(s, SCREEN_SOURCES, (struct subject){ SUBJECT_cluster, 1 });
	(void)run(s, ACTION_CLEAR, "");
	(void)run(s, ACTION_SORT, "shares");
	(void)session_select(s, 2);
	(void)session_current(s);
	was = *session_here(s);
	session_close(s);
	s = open_case(false);
	assert_int_equal(session_steps(s), 5);
	assert_int_equal(session_here(s)->screen, SCREEN_SOURCES);
	assert_int_equal(session_here(s)->subject.id, 1);
	assert_string_equal(session_here(s)->name, was.name);
	assert_int_equal(session_here(s)->panes[0].sort, was.panes[0].sort);
	assert_int_equal(session_current(s)->id, was.panes[0].id);
	(void)run(s, ACTION_BACK, "");
	(void)run(s, ACTION_BACK, "");
	assert_string_equal(session_here(s)->lens.text, "they\twill 100%09");
	session_close(s);
}

/* A process that dies saves nothing more: its steps are in the case already. */
static void
every_step_is_saved_when_it_is_taken(void **state)
{
	struct session *s = fresh(), *other;

	(void)state;
	(void)run(s, ACTION_SCREEN, "posts");
	other = open_case(true);
	assert_int_equal(session_here(other)->screen, SCREEN_POSTS);
	session_close(other);
	session_close(s);
}

static void
a_second_session_may_read_but_not_write(void **state)
{
	struct session *s = fresh(), *other = open_case(true);

	(void)state;
	assert_false(session_writable(other));
	(void)run(other, ACTION_PIN, "");
	assert_int_equal(notes(other), 0);
	assert_true(session_message(other).len > 0);
	session_close(other);
	session_close(s);
}

static void
leaving_the_root_quits(void **state)
{
	struct session *s = fresh();

	(void)state;
	(void)run(s, ACTION_SCREEN, "posts");
	assert_false(run(s, ACTION_LEAVE, "") & SESSION_QUIT);
	assert_true(run(s, ACTION_LEAVE, "") & SESSION_QUIT);
	session_close(s);
}

/* No key may stand for two actions, and every key must be one. */
static void
every_key_means_one_thing(void **state)
{
	uint32_t seen[200];
	size_t count = 0;

	(void)state;
	for (unsigned i = 0; i < ACTION_COUNT; i++) {
		struct claque_str names = str_of(action_get((enum action_id)i)->keys), name;
		uint32_t key;

		while (str_cut(&names, ' ', &name)) {
			assert_true(key_parse(&name, &key));
			assert_int_equal(name.len, 0);
			for (size_t k = 0; k < count; k++)
				assert_int_not_equal(seen[k], key);
			seen[count++] = key;
		}
	}
	assert_true(count > 50);
}

static void
names_open_what_they_name(void **state)
{
	struct session *s = fresh();
	struct subject subject;
	struct claque_err err = { 0 };

	(void)state;
	assert_ok(session_find(s, STR("@ivan142"), &subject, &err), err);
	assert_int_equal(subject.kind, SUBJECT_account);
	assert_int_equal(session_find(s, STR("nobody-at-all"), &subject, &err), CLAQUE_ENOTFOUND);
	session_close(s);
}

static void
a_jump_goes_where_a_command_says(void **state)
{
	struct session *s = fresh();
	struct claque_err err = { 0 };

	(void)state;
	assert_ok(session_jump(s, STR("posts"), STR("C001"), STR("kind:reshare"), &err), err);
	assert_int_equal(session_here(s)->screen, SCREEN_POSTS);
	assert_int_equal(session_here(s)->subject.kind, SUBJECT_cluster);
	assert_int_equal(session_length(s), 30);
	assert_ok(session_jump(s, STR("account"), STR("account:1"), STR(""), &err), err);
	assert_string_equal(session_here(s)->name, "@ivan142");
	assert_int_equal(session_jump(s, STR("account"), STR(""), STR(""), &err), CLAQUE_EUSAGE);
	assert_int_equal(session_jump(s, STR("nowhere"), STR(""), STR(""), &err), CLAQUE_EUSAGE);
	assert_int_equal(session_jump(s, STR("posts"), STR("account:99"), STR(""), &err),
			 CLAQUE_ENOTFOUND);
	assert_int_equal(session_jump(s, STR("posts"), STR(""), STR("kind:no"), &err),
			 CLAQUE_EUSAGE);
	session_close(s);
}

static void
a_command_quotes_what_a_shell_would_take_apart(void **state)
{
	struct session *s = fresh();
	struct arena whole = arena_new(1 << 20), perm = whole;

	(void)state;
	(void)run(s, ACTION_FILTER, "text:it's $(here)");
	assert_str(session_command(s, &perm), "claque open 'copy.claque' --screen clusters "
		   "--lens 'text:it'\\''s $(here)'");
	arena_free(whole);
	session_close(s);
}

static bool
say_no(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
	uint64_t *asked = ctx;

	(void)stage, (void)total;
	*asked = done;
	return false;
}

static bool
say_yes(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
	uint64_t *asked = ctx;

	(void)stage, (void)total;
	*asked = done;
	return true;
}

static void
a_job_is_counted_given_up_and_listed_with_the_last_first(void **state)
{
	struct session *s = fresh();
	uint64_t asked = 0;
	const struct claque_progress yes = { &asked, say_yes }, no = { &asked, say_no };

	(void)state;
	assert_int_equal(jobs_count(s), 0);
	session_on_wait(s, &yes);
	jobs_begin(s, "one");
	assert_true(s->progress.tick(s->progress.ctx, "exporting", 500, 2000));
	assert_int_equal(asked, 500);
	assert_int_equal(jobs_get(s, 0)->state, JOB_RUNS);
	assert_int_equal(jobs_get(s, 0)->done, 500);
	assert_int_equal(jobs_get(s, 0)->total, 2000);
	jobs_cancel(s);
	assert_false(s->progress.tick(s->progress.ctx, "exporting", 1000, 2000));
	jobs_end(s, true);
	assert_int_equal(jobs_get(s, 0)->state, JOB_STOPPED);
	session_on_wait(s, &no);
	jobs_begin(s, "two");
	assert_false(s->progress.tick(s->progress.ctx, "exporting", 1, 0));
	jobs_end(s, true);
	session_on_wait(s, NULL);
	assert_int_equal(jobs_count(s), 2);
	assert_string_equal(jobs_get(s, 0)->name, "two");
	assert_int_equal(jobs_get(s, 0)->state, JOB_STOPPED);
	assert_string_equal(jobs_get(s, 1)->name, "one");
	for (int i = 0; i < 100; i++) {
		jobs_begin(s, "job %d", i);
		jobs_end(s, true);
	}
	assert_int_equal(jobs_count(s), JOBS_MAX);
	assert_string_equal(jobs_get(s, 0)->name, "job 99");
	assert_string_equal(jobs_get(s, JOBS_MAX - 1)->name, "job 68");
	jobs_begin(s, "short");
	jobs_end(s, false);
	assert_string_equal(jobs_get(s, 0)->name, "job 99");
	assert_string_equal(jobs_get(s, JOBS_MAX - 1)->name, "job 68");
	session_close(s);
}

static void
exports_are_jobs_that_are_done_or_have_failed(void **state)
{
	struct session *s = fresh();

	(void)state;
	(void)run(s, ACTION_EXPORT, "csv jobs.csv");
	assert_int_equal(jobs_get(s, 0)->state, JOB_DONE);
	assert_string_equal(jobs_get(s, 0)->name, "export csv");
	(void)run(s, ACTION_EXPORT, "csv /nowhere/at/all/jobs.csv");
	assert_int_equal(jobs_get(s, 0)->state, JOB_FAILED);
	assert_int_equal(jobs_count(s), 2);
	session_close(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(back_restores_screen_lens_and_cursor),
		cmocka_unit_test(a_lens_follows_through_pivots),
		cmocka_unit_test(forward_follows_the_last_way_taken),
		cmocka_unit_test(the_cursor_stays_on_its_row_when_the_order_changes),
		cmocka_unit_test(a_pivot_counts_the_rows_that_it_then_shows),
		cmocka_unit_test(marks_are_a_set_kept_across_screens),
		cmocka_unit_test(what_is_marked_is_a_place_to_stand_on),
		cmocka_unit_test(marked_sources_lead_to_those_who_shared_several_of_them),
		cmocka_unit_test(marked_accounts_have_a_graph_and_a_matrix),
		cmocka_unit_test(a_name_that_passes_for_another_leads_to_all_of_its_look),
		cmocka_unit_test(a_note_on_a_post_stands_among_the_public_events),
		cmocka_unit_test(a_note_on_a_period_stands_at_both_its_ends),
		cmocka_unit_test(a_reworded_note_stands_in_the_place_of_the_old_one),
		cmocka_unit_test(a_highlight_is_changed_or_taken_off_by_saying_it_again),
		cmocka_unit_test(what_was_judged_and_tagged_is_read_back),
		cmocka_unit_test(a_conflict_is_decided_before_anything_is_written),
		cmocka_unit_test(rows_of_any_list_are_evidence_for_a_claim),
		cmocka_unit_test(hypotheses_are_ranked_by_what_speaks_against_them),
		cmocka_unit_test(a_suggested_technique_is_confirmed_and_taken_back),
		cmocka_unit_test(why_an_account_is_asked_of_the_account),
		cmocka_unit_test(a_trick_leads_to_who_else_carries_it),
		cmocka_unit_test(marks_of_another_kind_are_left_alone),
		cmocka_unit_test(tags_go_on_what_is_marked_and_undo_takes_them_back_one_by_one),
		cmocka_unit_test(search_goes_around_in_both_directions),
		cmocka_unit_test(a_search_starts_at_the_cursor_and_says_when_it_goes_around),
		cmocka_unit_test(a_reason_opens_what_it_was_measured_on),
		cmocka_unit_test(an_export_that_is_stopped_leaves_nothing),
		cmocka_unit_test(a_pattern_that_is_wrong_is_an_error_and_no_search),
		cmocka_unit_test(a_session_goes_on_where_it_ended),
		cmocka_unit_test(every_step_is_saved_when_it_is_taken),
		cmocka_unit_test(a_second_session_may_read_but_not_write),
		cmocka_unit_test(leaving_the_root_quits),
		cmocka_unit_test(every_key_means_one_thing),
		cmocka_unit_test(names_open_what_they_name),
		cmocka_unit_test(a_jump_goes_where_a_command_says),
		cmocka_unit_test(a_command_quotes_what_a_shell_would_take_apart),
		cmocka_unit_test(a_job_is_counted_given_up_and_listed_with_the_last_first),
		cmocka_unit_test(exports_are_jobs_that_are_done_or_have_failed),
	};

	(void)setenv("CLAQUE_CLOCK", "2026-11-21T14:00:00Z", 1);
	return cmocka_run_group_tests(tests, small_case_set_up, small_case_tear_down);
}
