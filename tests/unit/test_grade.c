/* test_grade.c - figures of grading on numbers that were worked out by hand. */
#include "config.h"

#include "test.h"

#include <math.h>

#include "scenario/grade.h"

static void
assert_near(double got, double expected)
{
	if (!(fabs(got - expected) < 1e-12))
		fail_msg("%.15g instead of %.15g", got, expected);
}

/* 5+ 4.5+ 4- 3+ 2-: of six pairs of a positive and a negative, five are in order. */
static void
auc_is_the_share_of_pairs_in_order(void **state)
{
	struct grade_item items[] = { { 2, false }, { 5, true }, { 4, false }, { 4.5, true },
				      { 3, true } };

	(void)state;
	grade_sort(items, 5);
	assert_near(grade_auc(items, 5), 5.0 / 6);
}

/* Scores 3+ 2+ 2- 1-: (2 + 1.5) of 4 pairs. */
static void
a_tie_counts_half(void **state)
{
	struct grade_item items[] = { { 3, true }, { 2, true }, { 2, false }, { 1, false } };

	(void)state;
	assert_near(grade_auc(items, 4), 3.5 / 4);
}

static void
what_says_nothing_of_anyone_has_an_auc_of_one_half(void **state)
{
	struct grade_item items[] = { { -HUGE_VAL, true }, { -HUGE_VAL, false },
				      { -HUGE_VAL, false } };

	(void)state;
	grade_sort(items, 3);
	assert_near(grade_auc(items, 3), 0.5);
	assert_near(grade_average_precision(items, 3), 1.0 / 3);
	assert_near(grade_recall_at(items, 3, 0.5), 0);
}

/* Ties are one step; a point only where recall has grown by 1 / room. */
static void
the_curve_has_a_point_where_recall_grows(void **state)
{
	struct grade_item items[] = { { 5, true }, { 4, false }, { 3, true }, { 3, false },
				      { 2, true }, { 1, true }, { 0, false } };
	struct grade_point p[4];

	(void)state;
	assert_int_equal(grade_curve(items, 7, p, 4), 4);
	assert_near(p[0].recall, 0.25);
	assert_near(p[0].precision, 1);
	assert_near(p[1].recall, 0.5);
	assert_near(p[1].precision, 2.0 / 4);
	assert_near(p[3].recall, 1);
	assert_near(p[3].precision, 4.0 / 6);
	assert_int_equal(grade_curve(items, 7, p, 2), 2);
	assert_near(p[1].recall, 0.75);
	assert_int_equal(grade_curve(&items[6], 1, p, 4), 0);
}

/* + - + -: recall gains one half at precision 1, one half at 2/3. */
static void
average_precision_weighs_precision_by_the_gain_in_recall(void **state)
{
	struct grade_item items[] = { { 4, true }, { 3, false }, { 2, true }, { 1, false } };
	struct grade_item tied[] = { { 4, true }, { 3, false }, { 3, true }, { 1, false } };

	(void)state;
	assert_near(grade_average_precision(items, 4), 0.5 * 1 + 0.5 * 2 / 3);
	assert_near(grade_average_precision(tied, 4), 0.5 * 1 + 0.5 * 2 / 3);
	assert_near(grade_best_f1(items, 4), 0.8);
}

/* Four negatives: a quarter of them is one; less is none at all. */
static void
recall_stops_before_too_many_are_accused(void **state)
{
	struct grade_item items[] = { { 9, true }, { 8, false }, { 7, true }, { 6, false },
				      { 5, true }, { 4, false }, { 3, false }, { 2, true } };

	(void)state;
	assert_near(grade_recall_at(items, 8, 0.24), 0.25);
	assert_near(grade_recall_at(items, 8, 0.25), 0.5);
	assert_near(grade_recall_at(items, 8, 0.5), 0.75);
	assert_near(grade_recall_at(items, 8, 1), 1);
}

/* A tie of one positive and one negative cannot be cut through. */
static void
a_tie_is_flagged_whole_or_not_at_all(void **state)
{
	struct grade_item items[] = { { 9, true }, { 8, false }, { 8, true }, { 7, false } };

	(void)state;
	assert_near(grade_recall_at(items, 4, 0.4), 0.5);
	assert_near(grade_recall_at(items, 4, 0.5), 1);
}

static void
flags_have_precision_recall_and_f1(void **state)
{
	struct grade_flag f = { .hit = 6, .missed = 2, .wrong = 4 }, none = { 0, 3, 0 };

	(void)state;
	assert_near(grade_precision(f), 0.6);
	assert_near(grade_recall(f), 0.75);
	assert_near(grade_f1(f), 12.0 / 18);
	assert_true(isnan(grade_precision(none)));
	assert_near(grade_recall(none), 0);
	assert_near(grade_f1(none), 0);
}

static void
nothing_to_find_has_no_figure(void **state)
{
	struct grade_item items[] = { { 2, false }, { 1, false } };
	struct grade_flag f = { 0 };

	(void)state;
	assert_true(isnan(grade_auc(items, 2)));
	assert_true(isnan(grade_auc(items, 0)));
	assert_true(isnan(grade_average_precision(items, 2)));
	assert_true(isnan(grade_recall_at(items, 2, 1)));
	assert_true(isnan(grade_best_f1(items, 2)));
	assert_true(isnan(grade_recall(f)));
	assert_true(isnan(grade_nmi(NULL, 0)));
	assert_true(isnan(grade_ari(NULL, 0)));
}

static void
the_same_groups_under_other_names_are_the_same(void **state)
{
	struct grade_pairing pairs[] = { { 1, 70 }, { 2, 5 }, { 1, 70 }, { 3, 9 }, { 2, 5 } };

	(void)state;
	assert_near(grade_nmi(pairs, 5), 1);
	assert_near(grade_ari(pairs, 5), 1);
}

/*
 * Truth aaabbb, found xxyyyy. Pairs: cells 1 + 0 + 3 = 4 (a-x 2, a-y 1, b-y 3),
 * rows 3 + 3, columns 1 + 6, all 15: expected 6*7/15 = 2.8, mean 6.5.
 */
static void
rand_index_is_adjusted_for_chance(void **state)
{
	struct grade_pairing pairs[] = { { 1, 1 }, { 1, 1 }, { 1, 2 }, { 2, 2 }, { 2, 2 }, { 2, 2 } };

	(void)state;
	assert_near(grade_ari(pairs, 6), (4 - 2.8) / (6.5 - 2.8));
}

/* The same: entropies ln 2 and those of 1/3, 2/3; joint of 2/6, 1/6, 3/6. */
static void
mutual_information_is_over_the_mean_entropy(void **state)
{
	struct grade_pairing pairs[] = { { 2, 2 }, { 1, 1 }, { 1, 2 }, { 2, 2 }, { 1, 1 }, { 2, 2 } };
	double rows = log(2), columns = log(3) - 2 * log(2) / 3;
	double cells = log(3) / 3 + log(6) / 6 + log(2) / 2;

	(void)state;
	assert_near(grade_nmi(pairs, 6), (rows + columns - cells) / ((rows + columns) / 2));
}

/* One label says nothing of two. */
static void
one_heap_tells_nothing(void **state)
{
	struct grade_pairing pairs[] = { { 1, 1 }, { 1, 1 }, { 2, 1 }, { 2, 1 } };

	(void)state;
	assert_near(grade_nmi(pairs, 4), 0);
	assert_near(grade_ari(pairs, 4), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(auc_is_the_share_of_pairs_in_order),
		cmocka_unit_test(a_tie_counts_half),
		cmocka_unit_test(what_says_nothing_of_anyone_has_an_auc_of_one_half),
		cmocka_unit_test(the_curve_has_a_point_where_recall_grows),
		cmocka_unit_test(average_precision_weighs_precision_by_the_gain_in_recall),
		cmocka_unit_test(recall_stops_before_too_many_are_accused),
		cmocka_unit_test(a_tie_is_flagged_whole_or_not_at_all),
		cmocka_unit_test(flags_have_precision_recall_and_f1),
		cmocka_unit_test(nothing_to_find_has_no_figure),
		cmocka_unit_test(the_same_groups_under_other_names_are_the_same),
		cmocka_unit_test(rand_index_is_adjusted_for_chance),
		cmocka_unit_test(mutual_information_is_over_the_mean_entropy),
		cmocka_unit_test(one_heap_tells_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
