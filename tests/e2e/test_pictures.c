/*
 * test_pictures.c - the pictures at a terminal: each is reached as an analyst
 * reaches it, walked over, and left for what is behind it. The case is the one
 * of small_case.h.
 */
#include "config.h"

#include "../unit/test.h"

#include <stdio.h>
#include <stdlib.h>

#include "../unit/small_case.h"
#include "sitting.h"

static void
a_cell_of_the_matrix_leads_to_its_posts_and_back(void **state)
{
	struct pty *p = sitting_fresh(36, 120);

	(void)state;
	pty_keys(p, "om");
	assert_screen(p, "C001 › Sources x accounts");
	assert_screen(p, "control, seed 1");
	pty_keys(p, "jl");
	assert_screen(p, "@olga795 x https://blog[.]example/p/9");
	pty_keys(p, "R");
	assert_screen(p, "control drawn by seed 2");
	pty_keys(p, "s");
	assert_screen(p, "order: first to share first");
	pty_keys(p, "w");
	assert_screen(p, "8 or more");
	pty_keys(p, "<Enter>");
	assert_screen(p, "› Posts");
	assert_screen(p, "6 of 6 posts");
	pty_keys(p, "<lt>");
	assert_screen(p, "8 or more");
	assert_screen(p, "control, seed 2");
	sitting_end(p);
}

/* Picture and list, then only the list where there is no room for both. */
static void
the_ego_graph_leads_to_the_account_and_on_to_its_own(void **state)
{
	struct pty *p = sitting_fresh(24, 80);

	(void)state;
	pty_keys(p, "og");
	assert_screen(p, "C001 › Ego graph");
	assert_screen(p, "3 drawn");
	assert_screen(p, ">1");
	pty_keys(p, "j");
	assert_screen(p, ">2");
	pty_keys(p, "<Enter>");
	assert_screen(p, "Dossier");
	pty_keys(p, "og");
	assert_screen(p, "2 drawn");
	assert_screen(p, "by chance");
	pty_resize(p, 20, 60);
	assert_screen(p, "surprise");
	pty_keys(p, "<lt><lt>");
	assert_screen(p, "C001 › Ego graph");
	sitting_end(p);
}

static void
two_marked_accounts_are_compared_beside_random_pairs(void **state)
{
	struct pty *p = sitting_fresh(36, 120);

	(void)state;
	pty_keys(p, "2<Space><Space>");
	assert_screen(p, "marks 2");
	pty_keys(p, "=");
	assert_screen(p, "@elena806 › Compare");
	assert_screen(p, "FOR one hand");
	assert_screen(p, "sources in common      5       1  0/20");
	assert_screen(p, "AGAINST");
	pty_keys(p, "R");
	assert_screen(p, "seed 2");
	pty_keys(p, "=");
	assert_screen(p, "@olga795");
	pty_keys(p, "j<Enter>");
	assert_screen(p, "› Posts");
	pty_keys(p, "<lt>");
	assert_screen(p, "seed 2");
	sitting_end(p);
}

static void
a_wave_of_changes_shows_who_changed_what_within_minutes(void **state)
{
	struct pty *p = sitting_fresh(36, 120);

	(void)state;
	pty_keys(p, "oh");
	assert_screen(p, "C001 › Profile changes");
	assert_screen(p, "+3 min  2 of 6 accounts");
	assert_screen(p, "bio 1, lang 2");
	assert_screen(p, "-soccer");
	assert_screen(p, "+father.");
	assert_screen(p, "1 other within 6 h");
	pty_keys(p, "<Enter>");
	assert_screen(p, "› Accounts");
	assert_screen(p, "olga795");
	pty_keys(p, "<lt>");
	assert_screen(p, "-soccer");
	sitting_end(p);
}

static void
the_timeline_has_a_control_beside_the_cluster(void **state)
{
	struct pty *p = sitting_fresh(36, 120);

	(void)state;
	pty_keys(p, "ot");
	assert_screen(p, "C001 › Timeline");
	assert_screen(p, "random control");
	assert_screen(p, "80 %   control");
	pty_keys(p, "j");
	assert_screen(p, "hour x weekday (UTC): random control");
	pty_keys(p, "<Enter>");
	assert_screen(p, "the control only measures");
	pty_keys(p, "R");
	assert_screen(p, "control drawn by seed 2");
	pty_keys(p, "k<Enter>");
	assert_screen(p, "› Posts");
	sitting_end(p);
}

static void
add_events(const char *name)
{
	const char *argv[] = { sitting_program(), "events", "copy.claque", name, NULL };
	const char *env[] = { "CLAQUE_WHO=nr", NULL };
	struct pty *p = pty_start(argv, env, 24, 80);

	assert_screen(p, "3 events, 3 new");
	assert_exit(p, 0);
	pty_free(p);
}

static struct pty *
open_again(void)
{
	const char *argv[] = { sitting_program(), "open", "copy.claque", "--screen", "clusters", NULL };
	const char *env[] = { "CLAQUE_WHO=nr", NULL };
	struct pty *p = pty_start(argv, env, 36, 120);

	assert_screen(p, "Clusters");
	return p;
}

/* From a table of the analyst's to a timeline that counts from what happened. */
static void
public_events_are_a_lane_that_time_is_aligned_on(void **state)
{
	FILE *f = fopen("debates.csv", "wb");
	struct pty *p;

	(void)state;
	assert_non_null(f);
	assert_true(fputs("when,label\n2016-09-26T21:00:00Z,first debate\n"
			  "2016-10-07T20:32:00Z,leak published\n"
			  "2016-10-11,registration ends\n", f) >= 0);
	assert_int_equal(fclose(f), 0);
	small_case_copy("copy.claque");
	p = open_again();
	pty_keys(p, "6|");
	assert_screen(p, "there are no public events: claque events");
	sitting_end(p);
	add_events("debates.csv");
	p = open_again();
	pty_keys(p, "6");
	assert_screen(p, "A 2016-09-26 21:00 first debate");
	assert_screen(p, "C 2016-10-11 registration ends");
	pty_keys(p, "|");
	assert_screen(p, "time counts from: first debate");
	assert_screen(p, "+6 d");
	assert_screen(p, "event 0");
	pty_keys(p, "hh");
	assert_screen(p, "event -24 h");
	pty_keys(p, "ll|");
	assert_screen(p, "by the calendar again");
	pty_keys(p, "|");
	assert_screen(p, "time counts from: leak published");
	pty_keys(p, "<Enter>");
	assert_screen(p, "› Posts");
	sitting_end(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_cell_of_the_matrix_leads_to_its_posts_and_back),
		cmocka_unit_test(two_marked_accounts_are_compared_beside_random_pairs),
		cmocka_unit_test(a_wave_of_changes_shows_who_changed_what_within_minutes),
		cmocka_unit_test(the_timeline_has_a_control_beside_the_cluster),
		cmocka_unit_test(public_events_are_a_lane_that_time_is_aligned_on),
		cmocka_unit_test(the_ego_graph_leads_to_the_account_and_on_to_its_own),
	};

	return sitting_run(tests);
}
