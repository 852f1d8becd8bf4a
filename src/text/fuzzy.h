/*
 * fuzzy.h - typed letters found in a name in their order, others between them: "mgi" in
 * "maple_ginger". Every typed word has to be found; ASCII letters are case-blind.
 *
 * Scores are as fzf has them (Choi, 2015, algo.go): letters that follow each other and
 * those at the start of words are worth more, gaps cost.
 */
#ifndef TEXT_FUZZY_H
#define TEXT_FUZZY_H

#include "base/str.h"

/* Of a name only so many bytes are looked at, of what is typed as well. */
enum { FUZZY_NAME_MAX = 256, FUZZY_TYPED_MAX = 63 };

struct fuzzy {
	char typed[FUZZY_TYPED_MAX + 1];	/* lower case, words apart by one blank */
	size_t len;
};

void fuzzy_read(struct fuzzy *f, struct claque_str typed);
/* Are all words in the name? What nothing is typed for is in every name. */
bool fuzzy_in(const struct fuzzy *f, struct claque_str name);
/* The higher the better; -1 where fuzzy_in() says no. */
int fuzzy_score(const struct fuzzy *f, struct claque_str name);

#endif
