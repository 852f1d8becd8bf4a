/*
 * leaning.h - an analyst's own list of which side sources stand on, and how the
 * shares of accounts split by it. Nothing is shipped, and nothing is scored by it.
 */
#ifndef STORE_LEANING_H
#define STORE_LEANING_H

#include "store/store.h"

enum { LEANINGS_MAX = 200000, LEANING_KEY_MAX = 255, LEANING_NAME_MAX = 40,
       LEANING_CITATION_MAX = 1000 };

struct leaning {
	struct claque_str key;		/* a domain, a handle without @ or a native id; lower case */
	struct claque_str leaning, citation;
	uint64_t row;
};

/* In place of what the case has; of two lines for one key the later one counts. In a transaction. */
CLAQUE_CHECKED enum claque_rc leaning_save(struct store *s, const struct leaning *list,
	size_t count, struct claque_str file, struct claque_err *err);
/* Shares by leaning, counted anew. Replies do not count: one replies to the other side, too. */
CLAQUE_CHECKED enum claque_rc leaning_count(struct store *s, struct claque_err *err);

struct leaning_state {
	int64_t keys;		/* of the list; 0: there is none */
	int64_t used;		/* leanings that shares were found for, each once an account */
	int64_t waiting;	/* shares that came after they were counted */
};
CLAQUE_CHECKED enum claque_rc leaning_state(struct store *s, struct leaning_state *out,
	struct claque_err *err);

#endif
