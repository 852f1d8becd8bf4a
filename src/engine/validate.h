/*
 * validate.h - the pairs of accounts that share more than chance explains, over
 * several time windows at once.
 *
 * Each pair is judged by its most surprising window; as it had a choice of
 * WINDOW_COUNT, it is held to that many times as many tests.
 *
 * In a window shorter than the period, what chance would give is the larger of
 * two: at the pace of the file, and at the pace of what the pair shared
 * (pace.h). Where things go round in bursts the first is too little, and two
 * strangers who follow the same news would stand out.
 */
#ifndef ENGINE_VALIDATE_H
#define ENGINE_VALIDATE_H

#include "engine/edge.h"

/* X(seconds): 10 s to a day, rising, and the whole period last. */
#define WINDOW_LIST(X) X(10) X(60) X(300) X(3600) X(86400) X(CLAQUE_WINDOW_WHOLE)

#define X(seconds) +1
enum { WINDOW_COUNT = 0 WINDOW_LIST(X), WINDOW_60S = 1, WINDOW_DAY = 4, WINDOW_WHOLE = 5 };
#undef X

extern const int64_t window_seconds[WINDOW_COUNT];
/* In milliseconds; INT64_MAX for the whole period. */
int64_t window_ms(unsigned window);
/* "within 60 s", "in the whole period". */
const char *window_text(unsigned window);

/*
 * An act is compared with so many that follow it on its object: who shares a
 * popular thing weeks after somebody else is no company, and all pairs of 250
 * sharers are 30,000. What chance gives is measured on the same pairs.
 */
enum { VALIDATE_REACH = 64 };

struct valid_edge {
	struct claque_edge edge;
	uint8_t window, signal;
	uint8_t windows;	/* bits: those in which it would stand out by itself */
};

struct validated {
	struct valid_edge *edges;	/* by account ids */
	size_t count, cap;
	double totals[WINDOW_COUNT];	/* co-shares of all pairs by window */
};

struct validation {
	const struct kept *kept;
	enum claque_signal signal;	/* for the edges */
	double fdr;
	unsigned threads;	/* 0 is 1; the result is the same with any number */
};

/* Appends to *out the pairs at this false discovery rate. */
CLAQUE_CHECKED enum claque_rc validate_pairs(const struct validation *how,
	const struct claque_progress *progress, struct validated *out, struct claque_err *err);

#endif
