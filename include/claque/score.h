/*
 * claque/score.h - from a dataset to leads with their evidence.
 *
 * A lead is a lead, never a verdict. Every group carries three axes:
 *   coordination  how far joint action exceeds chance;
 *   deception     how far the personas depart from what they claim;
 *   overtness     signs of open, legitimate coordination.
 * Each axis is a sum of parts in natural-log odds; every part is capped, so
 * that no one signal convicts. score = logistic(logit(prior) + sum of parts).
 * An axis is tanh(x / 2) of its own sum x (overtness: of -x), at least 0: how
 * far it moves even odds. A part whose data are missing is not there at all:
 * not assessed is not zero.
 */
#ifndef CLAQUE_SCORE_H
#define CLAQUE_SCORE_H

#include "claque/cluster.h"
#include "claque/network.h"
#include "claque/twins.h"

/* Only appended to: cases keep the numbers. */
enum claque_role {
	CLAQUE_CORE,			/* tied to its group at least as strongly as the mean */
	CLAQUE_AMPLIFIER,		/* less so */
	CLAQUE_SEED,			/* twice the mean: what the others follow */
	CLAQUE_EXPOSED,			/* carries what the group carries, deceives nobody: no lead */
	CLAQUE_ROLE_COUNT
};

struct claque_score_settings {
	double prior;			/* share of accounts in operations; 0.01 */
	double fdr;			/* Benjamini-Hochberg level for edges; 0.01 */
	uint32_t object_cap;		/* see claque_network_settings; 250 */
	uint32_t min_accounts;		/* smallest group reported; 3 */
	double lead_score;		/* a group at or above is a lead; 0.5 */
	uint64_t seed;
	bool off[CLAQUE_SIGNAL_COUNT];	/* signals to leave out */
	/* 0 = as many as there are processors; results do not depend on it. */
	unsigned threads;
	uint32_t surrogates;		/* surrogate worlds, at most 1000; 20; 0 = none */
};

/*
 * Surrogate worlds are the file's acts dealt anew, so that bursts, rhythms,
 * popularity and activity stay and coordination goes; everything is then done
 * again. With more acts, or more pairs of accounts on one object, than this (of
 * all networks together), accounts are sampled, with the seed, so that about as
 * many remain.
 */
#define CLAQUE_SURROGATE_ACTS 100000
#define CLAQUE_SURROGATE_PAIRS 250000

struct claque_score_settings claque_score_defaults(void);

/*
 * One reason. observed and expected are in `unit`; p is the chance of at least
 * `observed` under the background measured on this file; log_odds is what it
 * adds to the score (overtness and counter-evidence: negative).
 */
struct claque_evidence {
	enum claque_axis axis;
	const char *signal;		/* static: "co-reshare", "creation-burst", ... */
	const char *unit;		/* static: "edges", "accounts", ... */
	double observed, expected, p;
	uint64_t n;			/* how many it was measured on */
	double log_odds;
	double alone;			/* what it would add if its axis were not capped as a whole */
	char text[240];			/* one line for people; no text from data in it */
	uint64_t popularity;		/* acts on the object that rows show; 0 where there is none */
	uint32_t rows[8];		/* posts that show it (claque_post.row) */
	size_t row_count;
	double surrogate;		/* observed, in surrogate worlds: their mean */
	uint32_t worlds;		/* so many; 0: no surrogate was made */
};

/*
 * An innocent explanation that was tested on a group. covered is the share of
 * what pairs of members have in common that it fits, beyond what is usual in
 * the file (of friends and tools: of the members). What
 * fits joint action explains no persona, so
 *     score = covered * C / (C + D),
 * C and D the sums of the parts of coordination and of deception that speak
 * for the lead (score = covered where none does): the share of all that speaks
 * for the lead which this would account for. 1: nothing is left to explain.
 */
struct claque_innocent {
	const char *name;		/* static: "fandom", "newsroom", ... */
	const char *tests;		/* static: what it looks at, in a sentence */
	double score, covered;		/* 0..1; NAN: the data do not tell */
	uint64_t n;			/* joint posts or accounts it was measured on */
	char text[240];			/* the numbers it rests on; no text from data in it */
	char unexplained[160];		/* what it leaves unexplained; likewise */
};

struct claque_member {
	uint32_t account;
	double score;			/* 0..1 */
	enum claque_role role;
	uint32_t degree;		/* validated edges inside the group, of all signals */
	/*
	 * Share of looks that put it together with more than half of its group: the
	 * edges of each time window alone, and other seeds. 0..1.
	 */
	double stability;
	uint32_t looks;			/* so many; 0: not measured */
	double firsts;			/* share of the group's common objects it had first */
	int64_t median_lag_s;		/* behind the first on the others; CLAQUE_NO_LAG: none */
	uint32_t cell;			/* 1..: of the group's cells; 0: in none */
};

#define CLAQUE_NO_LAG INT64_C(-1)


struct claque_group {
	double score, axes[CLAQUE_AXIS_COUNT];	/* each 0..1; see above */
	bool lead;
	/*
	 * static: "lead", "open coordination", "weak"; or "unassessed coordination"
	 * where the data say nothing about personas, so that nothing can be a lead.
	 */
	const char *kind;
	int64_t first_seen, last_seen;	/* of the co-shares behind it */
	uint64_t shares;		/* acts of its members */
	struct claque_member *members;	/* by score, then id */
	size_t member_count, exposed_count;	/* the exposed are among the members */
	struct claque_evidence *evidence;	/* by |log_odds|, largest first */
	size_t evidence_count;
	double surrogate;		/* groups as good as this in a surrogate world: mean */
	uint32_t worlds;		/* so many; 0: no surrogate was made */
	/* Of its validated edges; count 0: too few members are joined by them to look. */
	struct claque_cells cells;
	struct claque_community_platforms platforms;	/* likewise; signals: enum claque_signal */
	uint32_t leader;		/* had the most objects first; CLAQUE_NO_LEADER on a tie */
	uint64_t common;		/* objects that two members or more shared */
	int64_t median_lag_s;		/* behind the first on these; CLAQUE_NO_LAG: none */
	struct claque_innocent *innocents;	/* by score, highest first; untested ones last */
	size_t innocent_count;
	/* What would take its strongest parts away; no text from data. "": nothing speaks for it. */
	char disproof[600];
};

/*
 * What an account's score is the sum of, in log odds:
 * score = logistic(logit(prior) + claque_account.prior + all of these). An
 * account that was cleared has the score 0, whatever its parts.
 */
struct claque_account_parts {
	float coordination;	/* whether it stands in a validated network */
	float deception, overtness;	/* its own traits */
	float collective;	/* what its neighbours show, and how like those of leads it acts */
};

/* What surrogate worlds hold; all 0 where none was made. */
struct claque_surrogates {
	uint32_t worlds;
	uint32_t accounts;	/* sampled; all of the dataset's where nothing was left out */
	double groups, largest;	/* means over worlds: groups, accounts of the largest */
};

struct claque_result {
	struct claque_surrogates surrogates;
	struct claque_group *groups;	/* by score, then size, then smallest member id */
	size_t group_count;
	double *account_scores;		/* one for every account of the dataset */
	struct claque_account_parts *account_parts;	/* likewise; NULL: not told */
	/*
	 * The validated edges, by account ids, then signal, each in its most
	 * surprising window; q is corrected for that choice too.
	 */
	struct claque_edge *edges;
	uint8_t *edge_signals;		/* enum claque_signal of each edge */
	int64_t *edge_windows;		/* window_s of each edge */
	size_t edge_count;
	uint64_t hot_objects, hot_shares;	/* left out by object_cap, all signals */
	uint64_t undated_shares;	/* left out for want of a time, all signals */
	/* All with a score of 0.1 or more; none if that signal is off. Made on the way. */
	struct claque_twins twins;
};

CLAQUE_CHECKED enum claque_rc claque_score(const struct claque_dataset *ds,
	const struct claque_score_settings *settings, const struct claque_progress *progress,
	struct claque_result **out, struct claque_err *err);
void claque_result_free(struct claque_result *result);	/* takes NULL */

#endif
