/*
 * trail.h - where the last session was and how it got there, as text that only
 * app/ understands. One row; it is no part of the ledger.
 */
#ifndef STORE_TRAIL_H
#define STORE_TRAIL_H

#include "store/store.h"

/* "" where there is none. */
CLAQUE_CHECKED enum claque_rc trail_get(struct store *s, struct arena *perm,
	struct claque_str *out, struct claque_err *err);
CLAQUE_CHECKED enum claque_rc trail_set(struct store *s, struct claque_str steps,
	struct claque_err *err);

#endif
