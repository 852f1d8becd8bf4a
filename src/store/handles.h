/* handles.h - which account had which handle when, where that is not one and the same. */
#ifndef STORE_HANDLES_H
#define STORE_HANDLES_H

#include "store/store.h"

/* How it is known that an account had a handle. Appended to only. X(name, words) */
#define HANDLE_BASIS_LIST(X) \
	X(look, "a profile seen then") \
	X(change, "a change the input tells") \
	X(looks, "a change between two looks") \
	X(posts, "rows of its posts, undated") \
	X(undated, "a profile, undated")

#define X(name, words) HANDLE_BASIS_##name,
enum handle_basis { HANDLE_BASIS_LIST(X) HANDLE_BASIS_COUNT };
#undef X

/*
 * Fills the table handle_use: every account that had several handles, and every handle
 * that several accounts of a platform had; case makes no difference. Rows that stay
 * true keep their ids. Reads the changes that looks show (derive.h).
 */
CLAQUE_CHECKED enum claque_rc handles_refresh(struct store *s, struct claque_err *err);

#endif
