/*
 * describe_job.h - how the data of a case is spread, before anything is scored, and how
 * unlike the data of other cases: what is usual here, and is this background like that one?
 */
#ifndef APP_DESCRIBE_JOB_H
#define APP_DESCRIBE_JOB_H

#include "app/network_job.h"
#include "base/distribution.h"
#include "store/describe.h"

enum describe_form {
	DESCRIBE_IN_LOG,	/* numbers on a log scale */
	DESCRIBE_IN_LINEAR,	/* numbers from low to high */
	DESCRIBE_IN_HOURS,	/* 24 counts */
	DESCRIBE_IN_SHARE	/* so many of all */
};

/* X(id, name, form, low, high, what it is) */
#define DESCRIBE_LIST(X) \
	X(POSTS, "posts_per_account", LOG, 0.5, 0, "posts of each account that posted") \
	X(RESHARES, "reshares_per_source", LOG, 0.5, 0, \
	  "reshares of each post that was reshared in the case") \
	X(GAPS, "gap_s", LOG, 1e-3, 0, "seconds between one post of an account and its next") \
	X(BURSTS, "burstiness", LINEAR, -1, 1, \
	  "B of the gaps of each account with ten or more: -1 as by the clock, 0 as by chance, " \
	  "towards 1 in bursts") \
	X(RHYTHM, "hour_entropy", LINEAR, 0, 4.585, \
	  "bits, of the hours of day at which each account with 24 or more posts posts: 0 one " \
	  "hour, 4.58 all alike") \
	X(HOURS, "hours_of_day", HOURS, 0, 0, \
	  "of all posts (UTC), entropy in bits; compared after the turn that fits best, for the " \
	  "zones may differ") \
	X(COPIED, "texts_of_others", SHARE, 0, 0, \
	  "posts that are no reshare and say to the letter what another account says, of those " \
	  "of 20 bytes or more") \
	X(IS_RESHARE, "reshares", SHARE, 0, 0, "of all posts") \
	X(IS_REPLY, "replies", SHARE, 0, 0, "of all posts") \
	X(IS_QUOTE, "quotes", SHARE, 0, 0, "of all posts") \
	X(HAS_LINK, "with_link", SHARE, 0, 0, "of all posts") \
	X(HANDLE, "handle_length", LOG, 0.5, 0, \
	  "bytes of each handle; where no account has one, of published indicators") \
	X(DIGITS, "handle_digits", LOG, 0.5, 0, "digits in each handle")

enum describe_measure {
#define X(id, name, form, low, high, help) DESCRIBE_##id,
	DESCRIBE_LIST(X)
#undef X
	DESCRIBE_MEASURES
};

struct describe_measure_info {
	const char *name, *help;
	enum describe_form form;
	double low, high;
};

const struct describe_measure_info *describe_measure(enum describe_measure m);

struct description {
	struct distribution spread[DESCRIBE_MEASURES];	/* of LOG and LINEAR */
	struct { uint64_t n, of; } share[DESCRIBE_MEASURES];
	uint64_t hours[24];
};

enum { DESCRIBE_TEXTS_MAX = 1 << 20, DESCRIBE_CASES_MAX = 64 };

struct describe_order {
	const char *const *paths;	/* of cases */
	size_t count;			/* 1..DESCRIBE_CASES_MAX */
	int kind;			/* DESCRIBE_ANY_KIND, or only posts of an enum post_kind */
	size_t texts_max;		/* texts that are kept apart: DESCRIBE_TEXTS_MAX */
};

/*
 * Fills *out from a case that is only read. Memory does not depend on the size of the case:
 * when there are more than texts_max texts, every other one, by its hash, is left out of
 * texts_of_others, and again, so that all copies of one stay together.
 */
CLAQUE_CHECKED enum claque_rc describe_case(struct store *store,
	const struct describe_order *order, const struct claque_progress *progress,
	struct description *out, struct claque_err *err);

/* What a distance means. X(id, word) */
#define DESCRIBE_READING_LIST(X) \
	X(NONE, "") X(FEW, "too few") X(ALIKE, "alike") X(DIFFERS, "differs") X(UNLIKE, "unlike")

enum describe_reading {
#define X(id, word) DESCRIBE_##id,
	DESCRIBE_READING_LIST(X)
#undef X
	DESCRIBE_READINGS
};

const char *describe_reading_word(enum describe_reading r);

struct describe_distance {
	double distance;	/* by the measure's form, see below; NAN: one has nothing */
	double move;		/* 1-Wasserstein of LOG (powers of ten) and LINEAR; else NAN */
	enum describe_reading reading;
};

/*
 * Of LOG and LINEAR Kolmogorov-Smirnov's D: below 0.1 alike, from 0.3 unlike. Of HOURS the
 * Jensen-Shannon divergence in bits after the best turn: 0.02, 0.1. Of a SHARE Cohen's h:
 * 0.2 (small), 0.5 (medium). "too few": two samples of the same would be unlike by chance
 * once in twenty times.
 */
struct describe_distance describe_compare(enum describe_measure m, const struct description *a,
					  const struct description *b);

enum { DESCRIBE_SHORT = 11 };	/* columns that a terminal has room for */

/*
 * A row for each measure and case: measure, case, n, value (mean, entropy or share), p10,
 * median, p90, p99, most, distance from the first case, reading, then by (ks, js, h), move,
 * gini. Cells that say nothing are empty.
 */
CLAQUE_CHECKED enum claque_rc describe_job(const struct describe_order *order,
	const struct claque_progress *progress, const struct row_sink *sink,
	struct claque_err *err);

#endif
