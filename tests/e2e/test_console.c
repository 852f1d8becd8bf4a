/*
 * test_console.c - the SQL console at a terminal: type, complete, run, mend a fault,
 * open a row, come back, find the query again after reopening; and what is counted
 * while a pattern is typed.
 */
#include "config.h"

#include "../unit/test.h"

#include "../unit/small_case.h"
#include "sitting.h"

static void
write_complete_and_mend(struct pty *p)
{
	pty_keys(p, ";");
	assert_screen(p, "views, and their columns");
	pty_keys(p, "sel<Tab> hand<Tab>, count(*) nn from v_posts<Tab> grup by handle");
	assert_screen(p, "select handle, count(*) nn from v_posts grup by handle");
	pty_keys(p, "<Enter>");
	assert_screen(p, "the query, character 46: near \"by\": syntax error");
	/* The cursor stands where it is not understood. */
	pty_keys(p, "<Left><Backspace><Backspace>");
	assert_screen(p, "from v_posts gr by handle");
	pty_keys(p, "oup<Enter>");
	assert_screen(p, "14 rows");
}

static void
a_query_is_written_run_opened_and_found_again(void **state)
{
	struct pty *p = sitting_fresh(36, 120);

	(void)state;
	write_complete_and_mend(p);
	pty_keys(p, "jjj<Enter>");
	assert_screen(p, "Dossier");
	assert_screen(p, "@fan_one");
	pty_keys(p, "<lt>");
	assert_screen(p, "row 4/14");
	pty_keys(p, "]");
	assert_screen(p, "handle▼");
	pty_keys(p, "o");
	assert_screen(p, "pivot: 14 accounts");
	pty_keys(p, "p");
	assert_screen(p, "14 accounts › Posts");
	pty_keys(p, "<lt>;<C-u>select 1 one<Enter>");
	assert_screen(p, "1 of 1 rows");
	pty_keys(p, "Q");
	assert_exit(p, 0);
	pty_free(p);
	p = sitting_open(36, 120);
	assert_screen(p, "sql> select 1 one");
	pty_keys(p, ";<C-u>v_posts<C-r>");
	assert_screen(p, "sql> select handle, count(*) nn from v_posts group by handle");
	pty_keys(p, "<Down>");
	assert_screen(p, "sql> select 1 one");
	pty_keys(p, "<Up><Enter>");
	assert_screen(p, "14 of 14 rows");
	sitting_end(p);
}

static void
a_query_without_end_takes_no_key_away(void **state)
{
	struct pty *p = sitting_fresh(24, 80);

	(void)state;
	pty_keys(p, ";");
	assert_screen(p, "views, and their columns");
	pty_paste(p, "with recursive n(i) as (select 1\nunion all select i+1 from n)"
		  " select count(*) from n");
	pty_keys(p, "<Enter>");
	assert_screen(p, "asking the case (Esc stops)");
	pty_keys(p, "?");
	assert_screen(p, "q up or quit");
	pty_keys(p, "<Esc>");
	assert_screen(p, "asking the case (Esc stops)");
	pty_keys(p, "<Esc>");
	assert_screen(p, "stopped after 0 rows");
	pty_keys(p, "2");
	assert_screen(p, "Accounts");
	pty_keys(p, "<lt>");
	assert_screen(p, "stopped after 0 rows");
	pty_keys(p, ";<C-u>delete from post<Enter>");
	assert_screen(p, "only reading queries are allowed, not DELETE");
	pty_keys(p, "<Esc>");
	sitting_end(p);
}

static void
a_pattern_is_counted_while_it_is_typed(void **state)
{
	struct pty *p = sitting_fresh(24, 80);

	(void)state;
	pty_keys(p, "4/new s");
	assert_screen(p, "12 of 87 posts match");
	pty_keys(p, "(");
	assert_screen(p, "pattern, character 7: missing closing parenthesis");
	pty_keys(p, "<Backspace><Backspace>(x|S)");
	assert_screen(p, "0 of 87 posts match");
	pty_keys(p, "<Backspace><Backspace><Backspace>|s)");
	assert_screen(p, "12 of 87 posts match");
	pty_keys(p, "<Enter>");
	assert_screen(p, "hit 1 of 12");
	pty_keys(p, "nn");
	assert_screen(p, "hit 3 of 12");
	pty_keys(p, "NNN");
	assert_screen(p, "hit 12 of 12");
	pty_keys(p, "/great<Tab>");
	assert_screen(p, "LENS text:great");
	pty_keys(p, "xFkind:original");
	assert_screen(p, "would keep");
	pty_keys(p, "<Esc>");
	sitting_end(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_query_is_written_run_opened_and_found_again),
		cmocka_unit_test(a_query_without_end_takes_no_key_away),
		cmocka_unit_test(a_pattern_is_counted_while_it_is_typed),
	};

	return sitting_run(tests);
}
