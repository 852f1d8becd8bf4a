/*
 * claque/timeline.h - a network per period, its communities, and which of them
 * is which from period to period (after Greene, Doyle and Cunningham 2010):
 * births, deaths, mergers, splits, and a change of targets by the same people.
 *
 * A community keeps its track number for as long as it is seen at least every
 * `gap` periods. It is compared with where each of its accounts was last seen,
 * so that a week of silence is no death.
 */
#ifndef CLAQUE_TIMELINE_H
#define CLAQUE_TIMELINE_H

#include "claque/cluster.h"

/* Two accounts act together in a period. */
struct claque_period_link {
	uint32_t period;
	struct claque_link link;	/* accounts and weight > 0 */
};

/* An account turns to a target in a period: an author reshared, a site linked. */
struct claque_period_use {
	uint32_t period, account, target;
};

struct claque_timeline_input {
	uint32_t periods, accounts;		/* numbers below these */
	const struct claque_period_link *links;	/* in order of period */
	size_t link_count;
	const struct claque_period_use *uses;	/* in order of period; repeats count once */
	size_t use_count;
};

struct claque_timeline_settings {
	struct claque_cluster_settings clusters;
	uint32_t min_accounts;		/* smallest community followed; at least 2 */
	double min_jaccard;		/* least overlap of the same one; CLAQUE_MATCH_MIN */
	uint32_t gap;			/* periods until a silent track is dead; at least 1 */
	/*
	 * Retargeting: at least `stay` of the members of both periods are the same,
	 * and their targets, min_targets or more then and now, overlap less than
	 * `turn` times as much as those of the whole file between the same two periods.
	 */
	double stay, turn;
	uint32_t min_targets;
};

/* Modularity, 3 accounts, CLAQUE_MATCH_MIN, gap 2, stay 0.3, turn 0.5, 3 targets. */
struct claque_timeline_settings claque_timeline_defaults(void);

/* One community in one period. */
struct claque_period_cluster {
	uint32_t period, track;		/* tracks are 0, 1, 2 ... in order of birth */
	enum claque_cluster_change change;	/* KEPT, BORN or SPLIT */
	uint32_t since;			/* period that it is compared with; UINT32_MAX if BORN */
	uint32_t from;			/* SPLIT: the track it came from; else UINT32_MAX */
	size_t first;			/* its accounts: members[first .. first + size] */
	uint32_t size;
	double jaccard;			/* of the members, with then; 0 if BORN */
	/* Targets of two or more members, now; their Jaccard overlap with then, and
	   that of targets of any two accounts of the file; -1: nothing to compare. */
	uint32_t targets;
	double overlap, background;
	bool retargeted;
};

/* The end of a track. */
struct claque_period_end {
	uint32_t period;		/* the first without it */
	uint32_t track;
	enum claque_cluster_change change;	/* DIED or MERGED */
	uint32_t into;			/* MERGED: track; else UINT32_MAX */
};

struct claque_timeline {
	struct claque_period_cluster *clusters;	/* by period, then size, largest first */
	size_t cluster_count;
	struct claque_period_end *ends;		/* by period, then track */
	size_t end_count;
	uint32_t *members;			/* by account within a community */
	size_t member_count;
	uint32_t tracks;
};

/* EUSAGE: numbers that are not there, rows out of order, settings out of range. */
CLAQUE_CHECKED enum claque_rc claque_cluster_weeks(const struct claque_timeline_input *in,
	const struct claque_timeline_settings *settings, const struct claque_progress *progress,
	struct claque_timeline *out, struct claque_err *err);
void claque_timeline_done(struct claque_timeline *timeline);

#endif
