/*
 * ach.h - analysis of competing hypotheses: every piece of evidence against every
 * hypothesis (Heuer 1999, chapter 8).
 *
 * What counts is what speaks against: a hypothesis is worse the more evidence is
 * inconsistent with it, however much is consistent. Evidence that is rated the same under
 * all hypotheses tells none of them from another. Ratings are not weighted by how reliable
 * a source is: that stands beside them for the reader.
 */
#ifndef MODEL_ACH_H
#define MODEL_ACH_H

#include "model/claim.h"

struct ach_hypothesis {
	struct claque_str key, text;
	int64_t id;			/* of an analyst's own, its annotation; else 0 */
	/* Of the evidence: how much is rated so under it. */
	size_t rated[ACH_RATINGS + 1];	/* [ACH_NONE]: not rated yet */
	size_t inconsistent;		/* I and II: what it is ranked by */
	size_t rank;			/* 1: fewest; the same for equals; 0: nothing is rated */
};

struct ach_evidence {
	int64_t id, claim;		/* annotations: of the evidence; the claim's first wording */
	enum claim_side side;
	struct claque_str text, target, weight;	/* weight: Admiralty code or "" */
	enum ach_rating *ratings;	/* one a hypothesis */
	size_t hypotheses;		/* under how many it is rated */
	/* Between the best and the worst of these, 0..4; 0: it distinguishes nothing. */
	int spread;
};

struct ach {
	struct ach_hypothesis *hypotheses;	/* in order of the table, own ones after it */
	size_t hypothesis_count;
	struct ach_evidence *evidence;		/* most diagnostic first, after ach_count() */
	size_t evidence_count;
	size_t *order;			/* numbers of hypotheses, fewest inconsistencies first */
};

/*
 * Counts, ranks and orders what is filled in, the order into perm. Fewest inconsistent
 * first, then fewest very inconsistent, then as they stand; those of which nothing is
 * rated come last: they were not tested.
 */
void ach_count(struct ach *ach, struct arena *perm);
/* By its key; hypothesis_count if there is none. */
size_t ach_find(const struct ach *ach, struct claque_str key);
/* "tells 3 apart", "distinguishes nothing", "not rated yet": what it is worth, in words. */
const char *ach_worth(const struct ach_evidence *evidence);

#endif
