/*
 * wording.h - short texts as words in ASCII spelling: lower case, accents off,
 * Cyrillic and Greek as people spell them in handles; other scripts as they are.
 */
#ifndef ENGINE_WORDING_H
#define ENGINE_WORDING_H

#include "base/str.h"

enum { WORDING_MAX = 512 };

struct wording {
	char bytes[WORDING_MAX];	/* each word ended by a space */
	size_t len;
	bool inside;			/* while cutting */
};

/* What is longer is cut off. */
void wording_cut(struct wording *c, struct claque_str text);
/* How many words both have, and how many there are in all. */
void wording_compare(const struct wording *a, const struct wording *b, unsigned *shared,
		     unsigned *all);

#endif
