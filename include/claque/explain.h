/*
 * claque/explain.h - why an account is in a group or in none, and who is like
 * the accounts that an analyst has marked.
 *
 * Both look at a sealed dataset with the settings of a run; the same dataset
 * and settings give the same figures as claque_score().
 */
#ifndef CLAQUE_EXPLAIN_H
#define CLAQUE_EXPLAIN_H

#include "claque/score.h"

/* Where an account stands. X(id, name, what it means) */
#define CLAQUE_STANDING_LIST(X) \
	X(MEMBER, "member", "it is in a group") \
	X(EXPOSED, "exposed", "it carries what a group of suspects carries; no suspect itself") \
	X(CLEARED, "cleared", "cleared by the analyst: in no lead, whatever it shows") \
	X(NO_ACTS, "no acts", "it shared, linked or copied nothing with a known time") \
	X(HOT_ONLY, "hot objects only", "all it acted on is shared by more accounts than the cap") \
	X(ALONE, "alone", "nobody else acted on what it acted on") \
	X(NO_EDGE, "no edge", "no pair with it is surprising enough, and it is no suspect") \
	X(OTHER_SIDE, "other side", "its edges lead to suspects only, and it is none, or the " \
	  "other way round") \
	X(SMALL, "too small", "it is linked, but to fewer accounts than a group has")

#define X(id, name, help) CLAQUE_STANDING_##id,
enum claque_standing { CLAQUE_STANDING_LIST(X) CLAQUE_STANDING_COUNT };
#undef X

/* "too small"; and its meaning in a sentence. */
const char *claque_standing_name(enum claque_standing standing);
const char *claque_standing_help(enum claque_standing standing);

/* What one trait says of the account. */
struct claque_trait_part {
	enum claque_signal signal;
	struct claque_trait measure;	/* value, expected, n, row */
	double log_odds;		/* in the score */
	unsigned bin, bins;		/* which of so many, from 0; lowest values first */
	/* The share of everybody else in the file that falls into this bin. */
	double share;
};

/* What the accounts next to it say. */
struct claque_near_part {
	const char *name;		/* static: "co-source", "creation", "changes" */
	double log_odds;
};

/* A threshold, and what the account reached of it. */
struct claque_threshold {
	const char *name;		/* static: "score of a suspect", "p of an edge", ... */
	double reached, needed;
	bool passed;
	bool below;			/* what is reached must be at most what is needed */
};

/* Another account that acted on the same, in the network and window that surprise most. */
struct claque_neighbour {
	uint32_t account;
	enum claque_signal signal;
	int64_t window_s;
	uint32_t weight;		/* objects in common */
	double expected, p;		/* as of best below */
	bool validated;
	double score;			/* of that account, 0..1 */
};

enum { CLAQUE_THRESHOLDS = 4, CLAQUE_NEAR_PARTS = 8, CLAQUE_NEIGHBOURS = 8 };

struct claque_explanation {
	uint32_t account;
	enum claque_standing standing;
	uint32_t group;			/* in the result's order; CLAQUE_NO_GROUP */
	enum claque_role role;		/* in that group */
	uint32_t group_accounts;	/* of that group, the exposed not counted */
	double group_score;
	bool group_leads;

	/* score = logistic(sum of all of these); 0 if cleared. Natural-log odds. */
	double score;
	double prior;			/* of the file */
	double own_prior;		/* given for this account: claque_account.prior */
	double ties;			/* for standing in a validated network, or not */
	double deception, overtness;	/* sums of traits */
	double like;			/* habits like those of leads */
	double near;			/* sum of near_parts, which are cut one by one */
	struct claque_trait_part *traits;	/* by |log_odds|, largest first */
	size_t trait_count;
	struct claque_near_part near_parts[CLAQUE_NEAR_PARTS];
	size_t near_count;

	uint64_t acts, hot_acts;	/* that count, and on objects over the cap */
	uint32_t objects;		/* distinct ones that count */
	uint32_t partners;		/* accounts that acted on the same */
	uint32_t edges;			/* validated, with anybody */
	/*
	 * Its most surprising pair. validated: as scored. Otherwise p is by the pace
	 * of the file, which that of the pair's own objects only raises; q is then
	 * that of a pair which would come right after all validated ones: at least so
	 * much. leader, lags and times of an edge that is not validated are not told.
	 * Only if partners > 0.
	 */
	bool best_validated;
	struct claque_edge best;
	enum claque_signal best_signal;
	int64_t best_window_s;
	struct claque_neighbour neighbours[CLAQUE_NEIGHBOURS];	/* by p, then id */
	size_t neighbour_count;
	/* The nearest to be passed first; those passed last. */
	struct claque_threshold thresholds[CLAQUE_THRESHOLDS];
	size_t threshold_count;
	char text[400];			/* all of it in a sentence or two; no text from data */
};

#define CLAQUE_NO_GROUP UINT32_MAX

/*
 * Scores the dataset and explains one account. *out is the caller's, freed by
 * claque_explanation_free(). EUSAGE: no such account, settings out of range.
 */
CLAQUE_CHECKED enum claque_rc claque_explain(const struct claque_dataset *ds,
	const struct claque_score_settings *settings, uint32_t account,
	const struct claque_progress *progress, struct claque_explanation **out,
	struct claque_err *err);
void claque_explanation_free(struct claque_explanation *explanation);	/* takes NULL */

/* What makes an account like the marked ones. X(id, name, what is compared) */
#define CLAQUE_LIKE_LIST(X) \
	X(SOURCES, "sources", "posts reshared, quoted, linked or copied, each as rare as it is") \
	X(URLS, "urls", "pages linked") \
	X(MEDIA, "media", "pictures and videos posted") \
	X(TAGS, "tags", "sequences of hashtags") \
	X(TEXTS, "texts", "the same words, beyond what the sources tell") \
	X(HABITS, "habits", "kinds of posts, programs, hours; from 10 marked accounts on") \
	X(CREATION, "creation", "made within two days of a marked one") \
	X(PICTURES, "pictures", "the same profile picture")

#define X(id, name, help) CLAQUE_LIKE_##id,
enum claque_like_part { CLAQUE_LIKE_LIST(X) CLAQUE_LIKE_PARTS };
#undef X

const char *claque_like_name(enum claque_like_part part);

struct claque_alike {
	uint32_t account;
	double total;			/* sum of parts: natural-log odds against the rest of the file */
	double parts[CLAQUE_LIKE_PARTS];	/* each capped; 0: nothing, or not known */
	uint32_t common;		/* sources in common with marked accounts */
	double expected, p;		/* of that, by the activity of all; p of at least as many */
};

struct claque_alikes {
	struct claque_alike *items;	/* all unmarked accounts: by total, then id */
	size_t count;
};

/*
 * Ranks all accounts by the evidence that they share with the marked ones
 * ("more like these"): a naive Bayes sum of capped parts. What everybody
 * shares weighs nothing: a common thing counts by the share of those who
 * acted on it that are marked, and the sum is held against what the account's
 * activity alone would give (compound Poisson). object_cap as in
 * claque_score_settings. EUSAGE: nobody marked, or an account that is not there.
 */
CLAQUE_CHECKED enum claque_rc claque_like(const struct claque_dataset *ds,
	const uint32_t *marked, size_t marked_count, uint32_t object_cap,
	const struct claque_progress *progress, struct claque_alikes *out, struct claque_err *err);
void claque_alikes_done(struct claque_alikes *alikes);

#endif
