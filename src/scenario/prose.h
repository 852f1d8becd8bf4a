/*
 * prose.h - texts of worlds that are graded: so varied that two people who
 * write about one thing share hardly any run of three words, as in life.
 *
 * The texts of words.h come from a few dozen templates, which is enough to look
 * at and far too little for anything that compares texts: there, strangers
 * write the same sentence by chance.
 */
#ifndef SCENARIO_PROSE_H
#define SCENARIO_PROSE_H

#include "base/buf.h"

#include "scenario/tongue.h"
#include "scenario/words.h"

struct prose {
	enum tongue tongue;
	enum topic topic;
	uint64_t seed;		/* the same seed and topic, the same text */
	uint64_t twist;		/* seed of the rewording */
	double reword;		/* share of the words that it replaces by others of their class */
	bool anew;		/* paraphrased: what is the original's is its words of content */
	struct claque_str places;	/* in place of the usual ones, by commas; or "" */
};

/* Appends one to three sentences; a COMMENT is one, and short. */
void prose_text(const struct prose *p, struct buf *out, struct arena scratch);

#endif
