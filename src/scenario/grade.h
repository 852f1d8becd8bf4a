/*
 * grade.h - figures that compare what a method says with what is true. Pure
 * functions of arrays: no case, no world, so that any method is graded alike.
 *
 * A figure that does not exist (nothing to find, nothing to accuse) is NAN.
 */
#ifndef SCENARIO_GRADE_H
#define SCENARIO_GRADE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct grade_item {
	double score;	/* higher is more suspect; -HUGE_VAL: the method says nothing of it */
	bool positive;	/* the truth */
};

/* Highest score first. Everything below that takes items needs them so. */
void grade_sort(struct grade_item *items, size_t n);
/*
 * Chance that a positive scores higher than a negative; a tie counts half (Mann
 * and Whitney 1947).
 */
double grade_auc(const struct grade_item *items, size_t n);
/*
 * Sum over thresholds of the gain in recall times the precision there. Items of
 * one score stand or fall together, so that the order of a tie cannot matter.
 */
double grade_average_precision(const struct grade_item *items, size_t n);
/*
 * The highest recall of any threshold that flags at most `most` (0..1) of the
 * negatives. A share that allows not even one of them asks for none.
 */
double grade_recall_at(const struct grade_item *items, size_t n, double most);
/* The best F1 of any threshold. */
double grade_best_f1(const struct grade_item *items, size_t n);

struct grade_point {
	double recall, precision;
};

/*
 * Precision by recall, from the highest score on: at most room points, one where recall has
 * grown by 1 / room of all, and the last. Returns how many; 0 without positives.
 */
size_t grade_curve(const struct grade_item *items, size_t n, struct grade_point *out,
		   size_t room);

struct grade_flag {
	uint64_t hit, missed, wrong;	/* positives flagged and not, others flagged */
};

double grade_precision(struct grade_flag f);
double grade_recall(struct grade_flag f);
double grade_f1(struct grade_flag f);

/* Two labellings of the same n things; labels are any numbers. */
struct grade_pairing {
	uint32_t truth, found;
};

/*
 * Both sort the pairs. nmi: mutual information over the mean of the two
 * entropies, 0..1; 1 if both have one label only. ari: Rand index adjusted for
 * chance (Hubert and Arabie 1985), 1 the same, 0 as chance would.
 */
double grade_nmi(struct grade_pairing *pairs, size_t n);
double grade_ari(struct grade_pairing *pairs, size_t n);

#endif
