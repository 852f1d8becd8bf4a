/*
 * claque/change.h - accounts made over into somebody else (S8): repurposed.
 *
 * Changes of one account within 48 hours are one event. What is replaced (name,
 * handle, picture, place, bio), and whether the old shows through in the new,
 * whether it came out of a silence unusual for the account, whether its posts
 * are about other things afterwards (Jensen-Shannon divergence, Lin 1991,
 * against random splits of its own posts), and whether others were made over
 * within a day: each has a rate among events of both kinds, which are found
 * from the file by expectation-maximisation (Dempster, Laird and Rubin 1977)
 * from stated beginnings. A wedding, a new job, a campaign under one slogan
 * leave the person recognisable. No name or place is built in.
 */
#ifndef CLAQUE_CHANGE_H
#define CLAQUE_CHANGE_H

#include "claque/dataset.h"

struct claque_makeover_settings {
	double min_score;		/* 0; events below are left out */
	int64_t span_s;			/* 172,800; changes this close are one event */
	uint64_t seed;			/* of the random splits */
};

struct claque_makeover_settings claque_makeover_defaults(void);

struct claque_makeover {
	uint32_t account;
	int64_t at;			/* of the first change */
	unsigned fields;		/* bits of enum claque_field that changed */
	double score;			/* 0..1: probability that somebody else is behind it */
	double silence_s;		/* between the posts around it; NAN: not known */
	double silence_p;		/* share of the account's gaps that long; NAN */
	double topic;			/* deviations above random splits; NAN: too few posts */
	uint32_t company;		/* others made over within a day */
	double company_expected;	/* by the file's usual rate */
	char text[240];			/* one line for people; no text from data in it */
	uint32_t rows[2];		/* claque_post.row before and after, if there are such */
	size_t row_count;
};

/* By score, highest first, then account id, then time. */
struct claque_makeovers {
	struct claque_makeover *items;
	size_t count;
	uint64_t undated;		/* changes without a time: left out */
	double share;			/* of repurposed ones among the events, as estimated */
};

/* EUSAGE for settings out of range or a dataset that is not sealed. */
CLAQUE_CHECKED enum claque_rc claque_makeovers_find(const struct claque_dataset *ds,
	const struct claque_makeover_settings *settings, const struct claque_progress *progress,
	struct claque_makeovers *out, struct claque_err *err);
void claque_makeovers_done(struct claque_makeovers *found);

#endif
