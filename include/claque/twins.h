/*
 * claque/twins.h - twins (S10): one person, or one invented persona, on two
 * platforms.
 *
 * Record linkage after Fellegi and Sunter (1969): every pair of accounts that
 * have something uncommon in common is compared in name, handle, picture, bio,
 * place, time of creation and sources shared; each comparison weighs ln(m / u),
 * where u is how often strangers of this file agree so (frequency-based: Winkler
 * 2000, so that a common name is no evidence), and m how often twins do, which
 * expectation-maximisation finds from the file without labels. Then one
 * account has one twin on another platform: Kuhn (1955) on each set of rivals.
 *
 * Honest people and operations both have twins. A twin says who is who, not
 * that anybody deceives.
 */
#ifndef CLAQUE_TWINS_H
#define CLAQUE_TWINS_H

#include "claque/dataset.h"

/* What is compared. X(id, name) */
#define CLAQUE_TWIN_LIST(X) \
	X(NAME, "name") X(HANDLE, "handle") X(PICTURE, "picture") X(BIO, "bio") \
	X(PLACE, "place") X(CREATED, "created") X(SOURCES, "sources")

#define X(id, name) CLAQUE_TWIN_##id,
enum claque_twin_part { CLAQUE_TWIN_LIST(X) CLAQUE_TWIN_PARTS };
#undef X

struct claque_twins_settings {
	double min_score;		/* 0.5; pairs below are left out */
	uint64_t seed;			/* of the strangers that are drawn */
};

struct claque_twins_settings claque_twins_defaults(void);

struct claque_twin {
	uint32_t account, twin;		/* of two platforms, by platform, then id */
	double score;			/* 0..1: probability of one persona */
	double parts[CLAQUE_TWIN_PARTS];	/* log odds of each comparison; 0: not known */
	uint32_t rivals;		/* other accounts that come into question */
	char text[200];			/* one line for people; no text from data in it */
};

/* By score, highest first, then ids. */
struct claque_twins {
	struct claque_twin *items;
	size_t count;
	uint64_t compared;		/* pairs */
	double expected;		/* twins among all pairs, as the file has them */
};

/* EUSAGE for settings out of range or a dataset that is not sealed. */
CLAQUE_CHECKED enum claque_rc claque_twins_find(const struct claque_dataset *ds,
	const struct claque_twins_settings *settings, const struct claque_progress *progress,
	struct claque_twins *out, struct claque_err *err);
void claque_twins_done(struct claque_twins *twins);

#endif
