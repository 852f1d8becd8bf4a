/*
 * test_lists.c - lists at a terminal: sorted by several columns, arranged,
 * narrowed by facets, pivoted from what is marked, saved as views, exported.
 * The case is the one of small_case.h.
 */
#include "config.h"

#include "../unit/test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../unit/small_case.h"
#include "sitting.h"

static void
facets_narrow_and_one_key_drops_them(void **state)
{
	struct pty *p = sitting_fresh(36, 120);

	(void)state;
	pty_keys(p, "2f");
	assert_screen(p, "FACETS");
	assert_screen(p, "platform 1");
	pty_keys(p, "<Enter>");
	assert_screen(p, "LENS account.cluster:C001");
	assert_screen(p, "6 of 14 accounts");
	pty_keys(p, "jj<Enter>");
	assert_screen(p, "9 of 14 accounts");
	pty_keys(p, "<Tab>");
	assert_screen(p, "facets (Tab)");
	pty_keys(p, "4");
	assert_screen(p, "42 of 87 posts");
	pty_keys(p, "x");
	assert_screen(p, "30 of 87 posts");
	pty_keys(p, "x");
	assert_screen(p, "87 of 87 posts");
	sitting_end(p);
}

static void
marked_accounts_lead_to_what_they_share(void **state)
{
	struct pty *p = sitting_fresh(24, 80);

	(void)state;
	pty_keys(p, "2<Space><Space><Space>o");
	assert_screen(p, "pivot: 3 accounts");
	pty_keys(p, "<Tab>");
	assert_screen(p, "pivot: @karen12");
	pty_keys(p, "<Tab>=");
	assert_screen(p, "@ivan142 › Compare");
	assert_screen(p, "@olga795");
	pty_keys(p, "<lt>of");
	assert_screen(p, "3 accounts › First movers");
	pty_keys(p, "<lt>os");
	assert_screen(p, "3 accounts › Sources");
	pty_keys(p, "_<Enter>");
	assert_screen(p, "Posts");
	pty_signal(p, SIGKILL);
	assert_killed(p, SIGKILL);
	pty_free(p);
	p = sitting_open(24, 80);
	pty_keys(p, "<lt>");
	assert_screen(p, "3 accounts › Sources");
	assert_screen(p, "5 of 5 sources");
	sitting_end(p);
}

static void
columns_and_order_are_there_the_next_day(void **state)
{
	struct pty *p = sitting_fresh(36, 120);

	(void)state;
	pty_keys(p, "2snsc");
	assert_screen(p, "clus▲1");
	assert_screen(p, "name▲2");
	pty_keys(p, "Cb");
	assert_screen(p, "13 of 42 shown");
	pty_keys(p, "<Esc>");
	sitting_end(p);
	p = sitting_open(36, 120);
	assert_screen(p, "clus▲1");
	pty_keys(p, "C");
	assert_screen(p, "13 of 42 shown");
	pty_keys(p, "0");
	assert_screen(p, "14 of 42 shown");
	pty_keys(p, "<Esc>");
	sitting_end(p);
}

static void
a_view_asks_for_its_word_and_shows_the_hits(void **state)
{
	struct pty *p = sitting_fresh(24, 80);

	(void)state;
	pty_keys(p, "4Sssaid: kind:reshare text:$word<Enter>");
	assert_screen(p, "saved as said");
	pty_keys(p, "1S");
	assert_screen(p, "text:$word");
	pty_keys(p, "j<Enter>");
	assert_screen(p, "the value of $word in:");
	pty_keys(p, "never tell<Enter>");
	assert_screen(p, "LENS kind:reshare text:never tell");
	assert_screen(p, "of 87 posts");
	sitting_end(p);
}

static void
what_is_marked_is_exported(void **state)
{
	struct pty *p = sitting_fresh(24, 80);

	(void)state;
	pty_keys(p, "2<Space><Space>E");
	assert_screen(p, "2 marked accounts as shown");
	pty_keys(p, "csv two.csv<Enter>");
	assert_screen(p, "2 marked accounts with 14 columns: two.csv");
	pty_keys(p, "Ecsv two.csv<Enter>");
	assert_screen(p, "cannot make 'two.csv'");
	assert_int_equal(unlink("two.csv"), 0);
	sitting_end(p);
}

static void
a_trick_leads_to_who_else_has_it(void **state)
{
	struct pty *p = sitting_fresh(36, 120);

	(void)state;
	pty_keys(p, "4jjo");
	assert_screen(p, "Same U+200B zero width");
	pty_keys(p, "1");
	assert_screen(p, "U+200B zero width › Accounts");
	assert_screen(p, "6 of 6 accounts");
	pty_keys(p, "<lt>:go to matches<Enter>");
	assert_screen(p, "Indicator matches");
	pty_keys(p, "<Enter>");
	assert_screen(p, "1 of 1 accounts");
	sitting_end(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(facets_narrow_and_one_key_drops_them),
		cmocka_unit_test(marked_accounts_lead_to_what_they_share),
		cmocka_unit_test(columns_and_order_are_there_the_next_day),
		cmocka_unit_test(a_view_asks_for_its_word_and_shows_the_hits),
		cmocka_unit_test(what_is_marked_is_exported),
		cmocka_unit_test(a_trick_leads_to_who_else_has_it),
	};

	return sitting_run(tests);
}
