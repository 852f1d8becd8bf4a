/*
 * neardup.h - texts that say the same in nearly the same words.
 *
 * 3-word shingles, MinHash in bands for candidates (Broder 1997; Leskovec,
 * Rajaraman and Ullman 2014, ch. 3), then the true Jaccard similarity.
 *
 * Compared are the texts of posts that are not native reshares: a reshare's
 * words are somebody else's. Texts come in the order of their first posting
 * (the fingerprint where that is the same or not known), and each joins the
 * group of the earliest *first* text that it is similar enough to, or founds
 * one: no chains, and nothing depends on the order of the input.
 *
 * A pair of Jaccard similarity s is a candidate with chance
 * 1 - (1 - s^2)^16: .973 at .45, .990 at .5, .9992 at .6. A text that shares
 * less than similarity_min of its shingles with all other texts together
 * cannot have a partner and is not looked at further, which spares most of
 * what people write. Buckets hold the 16 earliest, so that 100,000 variants
 * of a template cost no more than as many other texts.
 *
 * Memory while it runs: 48 bytes a text; beside that, for texts that may have
 * a partner, up to 350 bytes and 4 a word.
 */
#ifndef ENGINE_NEARDUP_H
#define ENGINE_NEARDUP_H

#include "engine/dataset.h"

#define NO_TEXT_GROUP UINT32_MAX

struct neardup_settings {
	uint32_t words_min;	/* shorter texts are not compared; 3 to 128 */
	double similarity_min;	/* Jaccard, 0.2 to 1 */
	bool reworded;		/* whether to look for reworded copies: see reworded.h */
};

struct neardup {
	/* By text number: its group; NO_TEXT_GROUP for texts too short to compare. */
	uint32_t *group;
	/*
	 * Of the text with its group's first, 1 for that one. In a reworded copy, and
	 * times that in what is like the copy, the share of its words that were kept.
	 */
	float *similarity;
	uint32_t *first;	/* by group: the text that the others are like */
	uint32_t group_count;
	/* Reworded copies were looked for: not past NEARDUP_REWORDED_MAX different texts. */
	bool reworded;
};

enum { NEARDUP_REWORDED_MAX = 4000000 };

/* 5 words, 0.45, reworded copies too. */
struct neardup_settings neardup_defaults(void);
/* EUSAGE for settings out of range. *n is empty unless OK is returned. */
CLAQUE_CHECKED enum claque_rc neardup_find(struct neardup *n, const struct claque_dataset *ds,
	const struct neardup_settings *settings, const struct claque_progress *progress,
	struct claque_err *err);
void neardup_done(struct neardup *n);

#endif
