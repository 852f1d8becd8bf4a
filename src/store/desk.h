/*
 * desk.h - how the analyst has the workbench arranged, kept in the case: texts
 * by name that the session writes and reads.
 */
#ifndef STORE_DESK_H
#define STORE_DESK_H

#include "store/store.h"

/* "" if there is none. */
CLAQUE_CHECKED enum claque_rc desk_get(struct store *s, struct claque_str name,
	struct arena *perm, struct claque_str *out, struct claque_err *err);
CLAQUE_CHECKED enum claque_rc desk_set(struct store *s, struct claque_str name,
	struct claque_str text, struct claque_err *err);

#endif
