/*
 * test_journey.c - the work of an analyst at a terminal, from the program's
 * start to its end and on in the next session. The case is the one of
 * small_case.h.
 */
#include "config.h"

#include "../unit/test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../unit/small_case.h"
#include "sitting.h"

/* Cluster, its sources, the posts of one, an author, their changes; and all the way back. */
static void
pivot_there_and_back(struct pty *p)
{
	assert_screen(p, "Clusters");
	assert_screen(p, "C001");
	pty_keys(p, "o");
	assert_screen(p, "pivot: C001");
	pty_keys(p, "s");
	assert_screen(p, "C001 › Sources");
	pty_keys(p, "<Enter>");
	assert_screen(p, "› Posts");
	pty_keys(p, "Fkind:reshare<Enter>");
	assert_screen(p, "LENS kind:reshare");
	pty_keys(p, "<Enter>");
	assert_screen(p, "Dossier");
	assert_screen(p, "LENS kind:reshare");
	pty_keys(p, "oh");
	assert_screen(p, "Profile changes");
	assert_screen(p, "LENS kind:reshare");
	pty_keys(p, "<lt>");
	assert_screen(p, "Dossier");
	pty_keys(p, "<lt>");
	assert_screen(p, "› Posts");
	assert_screen(p, "LENS kind:reshare");
	pty_keys(p, "<lt><lt>");
	assert_screen(p, "C001 › Sources");
	assert_screen(p, "LENS open");
}

/* Hostile characters take more room on a line than bytes. */
static void
paste_four_kilobytes(struct pty *p)
{
	char text[1300 * 3 + 1];

	for (size_t i = 0; i + 3 < sizeof(text); i += 3)
		memcpy(text + i, "\xe2\x80\xae", 3);
	text[sizeof(text) - 1] = '\0';
	pty_keys(p, "/");
	pty_paste(p, text);
	assert_screen(p, "<202E>");
	pty_keys(p, "<Esc>");
	assert_screen(p, "› Posts");
}

static void
search_tag_and_undo(struct pty *p)
{
	pty_keys(p, "4");
	assert_screen(p, "C001 › Posts");
	pty_keys(p, "/never<Enter>");
	assert_screen(p, "/never");
	assert_screen(p, "n hit");
	pty_keys(p, "tkept<Enter>");
	assert_screen(p, "tagged");
	pty_keys(p, "twrong<Enter>");
	assert_screen(p, "tagged");
	pty_keys(p, "u");
	assert_screen(p, "wrong");
	pty_paste(p, "qqq");
	assert_screen(p, "pasted text is not taken as keys");
	paste_four_kilobytes(p);
}

/* Names and texts that would move the cursor, reorder and hide: assert_wire() sees the bytes. */
static void
walk_over_hostile_rows(struct pty *p)
{
	pty_keys(p, "gr");
	assert_screen(p, "revealed");
	for (int i = 0; i < 12; i++)
		pty_keys(p, "j");
	pty_keys(p, "r2");
	assert_screen(p, "C001 › Accounts");
	for (int i = 0; i < 5; i++) {
		pty_keys(p, "<Enter>");
		assert_screen(p, "Dossier");
		pty_keys(p, "o");
		assert_screen(p, "pivot");
		pty_keys(p, "<Esc><lt>j");
		assert_screen(p, "C001 › Accounts");
	}
	pty_keys(p, "<lt>");
	assert_screen(p, "C001 › Posts");
}

static void
export_the_case(struct pty *p)
{
	pty_keys(p, "E");
	assert_screen(p, "case FORMAT PATH");
	pty_keys(p, "case markdown out.md<Enter>");
	assert_screen(p, "exported as markdown to out.md");
	assert_int_equal(unlink("out.md"), 0);
}

static void
look_at_what_is_kept(struct pty *p)
{
	assert_screen(p, "C001 › Posts");
	pty_keys(p, "9");
	assert_screen(p, "Case file");
	assert_screen(p, "kept");
	assert_screen(p, "export");
	pty_keys(p, "<lt>");
	assert_screen(p, "C001 › Posts");
}

static void
journey(int rows, int cols)
{
	struct pty *p;

	small_case_copy("copy.claque");
	p = sitting_open(rows, cols);
	pivot_there_and_back(p);
	search_tag_and_undo(p);
	walk_over_hostile_rows(p);
	export_the_case(p);
	pty_keys(p, "Q");
	assert_exit(p, 0);
	assert_wire(p);
	assert_true(pty_settings_restored(p));
	pty_free(p);
	p = sitting_open(rows, cols);
	look_at_what_is_kept(p);
	pty_keys(p, "qqq");
	assert_exit(p, 0);
	assert_wire(p);
	pty_free(p);
	(void)unlink("copy.claque");
}

static void
an_analyst_works_and_goes_on_the_next_day_at_120x36(void **state)
{
	(void)state;
	journey(36, 120);
}

static void
an_analyst_works_and_goes_on_the_next_day_at_80x24(void **state)
{
	(void)state;
	journey(24, 80);
}

static void
a_killed_session_goes_on_where_it_died(void **state)
{
	struct pty *p;

	(void)state;
	small_case_copy("copy.claque");
	p = sitting_open(24, 80);
	assert_screen(p, "Clusters");
	pty_keys(p, "2");
	assert_screen(p, "Accounts");
	pty_keys(p, "cdied here<Enter>");
	assert_screen(p, "noted on");
	pty_signal(p, SIGKILL);
	assert_killed(p, SIGKILL);
	pty_free(p);
	p = sitting_open(24, 80);
	assert_screen(p, "Accounts");
	pty_keys(p, "9");
	assert_screen(p, "died here");
	pty_keys(p, "Q");
	assert_exit(p, 0);
	pty_free(p);
}

static void
every_size_on_the_way_is_drawn(void **state)
{
	struct pty *p;

	(void)state;
	small_case_copy("copy.claque");
	p = sitting_open(24, 80);
	assert_screen(p, "Clusters");
	pty_keys(p, "6");
	assert_screen(p, "Timeline");
	pty_resize(p, 8, 30);
	assert_screen(p, "too small");
	pty_resize(p, 50, 160);
	assert_screen(p, "hour x weekday");
	pty_resize(p, 12, 40);
	assert_screen(p, "Timeline");
	pty_keys(p, "Q");
	assert_exit(p, 0);
	assert_wire(p);
	pty_free(p);
}

/* A verdict by keys, with its reason; undone, redone, and there in the next session. */
static void
a_verdict_is_given_undone_and_kept(void **state)
{
	struct pty *p = sitting_fresh(24, 80);

	(void)state;
	pty_keys(p, "2d<Down><Down><Down>");
	assert_screen(p, "verdict on @ivan142");
	pty_keys(p, "<Enter>");
	assert_screen(p, "the verdict cleared wants a reason");
	pty_keys(p, "tour dates only<Tab><Tab><Tab><Enter>");
	assert_screen(p, "cleared: @ivan142");
	pty_keys(p, "u");
	assert_screen(p, "undid: verdict cleared on @ivan142");
	assert_screen(p, "1 to redo");
	sitting_end(p);
	p = sitting_open(24, 80);
	assert_screen(p, "14 of 14 accounts");
	pty_keys(p, "<C-r>");
	assert_screen(p, "redid: verdict cleared on @ivan142");
	pty_keys(p, "Fstatus:cleared<Enter>");
	assert_screen(p, "1 of 14 accounts");
	pty_keys(p, "Xe");
	assert_screen(p, "cleared by");
	assert_screen(p, "tour dates only (confidence: high)");
	assert_screen(p, "scores it 0.97 all the same");
	sitting_end(p);
}

/* What is brushed gets a note, which stands on the timeline and leads back to these times. */
static void
a_note_on_a_period_leads_back_to_it(void **state)
{
	struct pty *p = sitting_fresh(36, 120);

	(void)state;
	pty_keys(p, "6vllP");
	assert_screen(p, "note on period:");
	pty_keys(p, "quiet days<Enter>");
	assert_screen(p, "noted on 2016-09-20T12:00:00Z..2016-09-22");
	assert_screen(p, "note: quiet days");
	pty_keys(p, "9");
	assert_screen(p, "quiet days");
	pty_keys(p, "G<Enter>");
	assert_screen(p, "LENS 2016-09-20T12:00Z..2016-09-22");
	assert_screen(p, "hour x weekday");
	sitting_end(p);
}

/* From a lead to a claim with both sides and a hypothesis that falls, the next day as well. */
static void
a_claim_is_made_weighed_and_kept(void **state)
{
	struct pty *p = sitting_fresh(24, 80);

	(void)state;
	pty_keys(p, "A<Down><Down><Down><Down><Down><Tab><Enter>");
	assert_screen(p, "write the sentence first");
	pty_keys(p, "one hand runs them<Enter>");
	assert_screen(p, "claimed");
	pty_keys(p, "eB");
	assert_screen(p, "it shows: 15 of 15 pairs");
	pty_keys(p, "<Enter>2jB<Tab><Tab><Tab><Tab>years older than the wave<Enter>");
	assert_screen(p, "added to the claim");
	pty_keys(p, ":go to claims<Enter>");
	assert_screen(p, "likely (55 to 80 per cent)   confidence: low");
	assert_screen(p, "AGAINST 1");
	pty_keys(p, ":go to ach<Enter><Enter>15");
	assert_screen(p, "very inconsistent; u takes it back");
	pty_keys(p, "<Esc>u");
	assert_screen(p, "undid: rating of H2 on C001");
	pty_keys(p, "<C-r>");
	sitting_end(p);
	p = sitting_open(24, 80);
	assert_screen(p, "Hypotheses");
	assert_screen(p, "CC   II");
	sitting_end(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_analyst_works_and_goes_on_the_next_day_at_120x36),
		cmocka_unit_test(an_analyst_works_and_goes_on_the_next_day_at_80x24),
		cmocka_unit_test(a_killed_session_goes_on_where_it_died),
		cmocka_unit_test(every_size_on_the_way_is_drawn),
		cmocka_unit_test(a_verdict_is_given_undone_and_kept),
		cmocka_unit_test(a_note_on_a_period_leads_back_to_it),
		cmocka_unit_test(a_claim_is_made_weighed_and_kept),
	};

	return sitting_run(tests);
}
