/*
 * likeness.h - "more like these": how alike an account's habits are to those
 * of marked ones, against everybody else's in the file.
 *
 * Habits are what kinds of posts it writes, with which client programs, at
 * which hours of working days and weekends. Each is read as the shares of its
 * posts; log odds are those of a naive Bayes classifier (Maron 1961) with
 * shares shrunk to the file's, capped habit by habit, because a person's
 * posts are not independent of each other.
 */
#ifndef ENGINE_LIKENESS_H
#define ENGINE_LIKENESS_H

#include "engine/dataset.h"

/* Fewer marked accounts with posts than this show no habits. */
enum { LIKENESS_SEEDS_MIN = 10 };

/*
 * log_odds, by account number: 0 for accounts without posts, and for all
 * where too few are marked. marked: by account number.
 */
CLAQUE_CHECKED enum claque_rc likeness_find(const struct claque_dataset *ds, const bool *marked,
	const struct claque_progress *progress, double *log_odds);

#endif
