/*
 * neardup.h - texts that say the same in nearly the same words.
 *
 * 3-word shingles, MinHash in bands for candidates (Broder 1997; Leskovec,
 * Rajaraman and Ullman 2014, ch. 3), then the true Jaccard similarity.
 */
#ifndef ENGINE_NEARDUP_H
#define ENGINE_NEARDUP_H

#include "engine/dataset.h"

#define NO_TEXT_GROUP UINT32_MAX

struct neardup {
	/* By text number: its group; NO_TEXT_GROUP for texts too short to compare. */
	uint32_t *group;
	float *similarity;	/* of the text with its group's first, 1 for that one */
	uint32_t *first;	/* by group: the text that the others are like */
	uint32_t group_count;
};

CLAQUE_CHECKED enum claque_rc neardup_find(struct neardup *n, const struct claque_dataset *ds,
	const struct claque_progress *progress, struct claque_err *err);
void neardup_done(struct neardup *n);

#endif
