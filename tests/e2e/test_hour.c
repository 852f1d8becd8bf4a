/*
 * test_hour.c - an analyst's hour, from a lead to the report that others read:
 * why it is one, two fans cleared, the cluster confirmed, a claim with evidence
 * for and against it, and all of that found again on paper.
 */
#include "config.h"

#include "../unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../unit/small_case.h"
#include "sitting.h"

enum { REPORT_BYTES = 1 << 20 };

#define REPORT "hour.md"

/* What speaks for the first lead, and what against it. */
static void
ask_why(struct pty *p)
{
	assert_screen(p, "C001");
	pty_keys(p, "e");
	assert_screen(p, "15 of 15 pairs link the same pages within 60 s");
	assert_screen(p, "AGAINST");
	pty_keys(p, "<lt>");
	assert_screen(p, "2 of 2 clusters");
}

static void
clear_two_fans(struct pty *p)
{
	pty_keys(p, "2jjjjjj<Space><Space>");
	assert_screen(p, "marks 2");
	pty_keys(p, "d<Down><Down><Down><Down>tour dates only<Tab><Tab><Tab><Enter>");
	assert_screen(p, "cleared: 2");
	pty_keys(p, "Fstatus:cleared<Enter>");
	assert_screen(p, "2 of 14 accounts");
	assert_screen(p, "fan_two");
	pty_keys(p, "X");
}

static void
confirm_the_cluster(struct pty *p)
{
	pty_keys(p, "1gd<Down><Down>same five pages within a minute<Tab><Tab><Enter>");
	assert_screen(p, "confirmed: C001");
}

/* Likely, low; what was shared speaks for it, the old member against it. */
static void
claim_it(struct pty *p)
{
	pty_keys(p, "Aone hand runs these accounts<Down><Down><Down><Down><Down><Tab><Tab><Enter>");
	assert_screen(p, "claimed");
	pty_keys(p, "BB2 same page within 60 s, 15 of 15 pairs<Enter>");
	assert_screen(p, "added to the claim");
	pty_keys(p, "2gB<Tab>posted for years before the first wave<Enter>");
	assert_screen(p, "added to the claim");
	pty_keys(p, ":go to claims<Enter>");
	assert_screen(p, "one hand runs these accounts");
	assert_screen(p, "same page within 60 s");
	assert_screen(p, "posted for years");
	pty_keys(p, "1");
}

static void
write_the_report(struct pty *p)
{
	pty_keys(p, "Ecase markdown " REPORT "<Enter>");
	assert_screen(p, "exported as markdown to " REPORT);
}

static struct claque_str
read_report(struct arena *perm)
{
	char *text = ARENA_NEW(perm, char, REPORT_BYTES);
	FILE *f = fopen(REPORT, "rb");
	size_t n;

	assert_non_null(f);
	n = fread(text, 1, REPORT_BYTES, f);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(unlink(REPORT), 0);
	return (struct claque_str){ text, n };
}

/* Everything that was judged and claimed, each in the words of the analyst. */
static void
read_it_through(struct claque_str report)
{
	static const char *const told[] = {
		"Of the leads the analyst confirmed 1 and cleared 0.",
		"verdict **confirmed** (confidence: moderate) on C001",
		"> same five pages within a minute",
		"verdict **cleared** (confidence: high) on @fan\\_one",
		"verdict **cleared** (confidence: high) on @fan\\_two",
		"> tour dates only",
		"one hand runs these accounts",
		"same page within 60 s, 15 of 15 pairs",
		"posted for years before the first wave",
		"15 of 15 pairs link the same pages within 60 s; 0.02 expected",
		"Attribution", "ot assessed",
	};

	for (size_t i = 0; i < sizeof(told) / sizeof(told[0]); i++)
		if (str_find(report, str_of(told[i]), 0) == report.len)
			fail_msg("the report does not say: %s", told[i]);
}

static void
a_lead_becomes_a_report_in_an_hour(void **state)
{
	struct arena whole = arena_new(2 * REPORT_BYTES), perm = whole;
	struct pty *p = sitting_fresh(36, 120);
	struct claque_str report;

	(void)state;
	ask_why(p);
	clear_two_fans(p);
	confirm_the_cluster(p);
	claim_it(p);
	write_the_report(p);
	sitting_end(p);
	report = read_report(&perm);
	read_it_through(report);
	arena_free(whole);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_lead_becomes_a_report_in_an_hour),
	};

	return sitting_run(tests);
}
