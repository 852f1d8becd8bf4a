/*
 * names.h - accounts by letters of their names, in their order (text/fuzzy.h): what the
 * palette finds among millions while one types.
 */
#ifndef STORE_NAMES_H
#define STORE_NAMES_H

#include "store/store.h"

enum { NAME_HITS_MAX = 64 };

struct name_hit {
	int64_t account;	/* row id */
	int score;
	struct claque_str name;	/* handle or display name, whichever it was found in */
};

/*
 * The best `max` (up to NAME_HITS_MAX) accounts whose handle or display name has what is
 * typed; equals by the shorter name, then by id. Names are copied into perm. On
 * CLAQUE_STOPPED *got are the best of those looked at until then.
 */
CLAQUE_CHECKED enum claque_rc names_find(struct store *s, struct claque_str typed,
	struct arena *perm, struct name_hit *out, size_t max, size_t *got, struct claque_err *err);

#endif
