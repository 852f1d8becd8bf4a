/*
 * matching.h - which published indicators something in the case matches, and how.
 */
#ifndef STORE_MATCHING_H
#define STORE_MATCHING_H

#include "model/record.h"
#include "store/store.h"

/*
 * How something matches, the strongest first. X(name, words, what it is short of)
 * Appended to only: the numbers stand in cases.
 */
#define MATCH_HOW_LIST(X) \
	X(same, "the same", "") \
	X(subdomain, "subdomain", "") \
	X(text, "in the text", "") \
	X(page, "linked", "a link to its page, not the account itself; ") \
	X(profile, "in profile", "") \
	X(former, "former", "a handle that the account no longer has; ") \
	X(elsewhere, "elsewhere", "only the handle, and on another platform; ") \
	X(near, "near", "near, not equal; ")

#define X(name, words, caution) MATCH_##name,
enum match_how { MATCH_HOW_LIST(X) MATCH_HOW_COUNT };
#undef X

/* The caveat of model/record.h. */
#define MATCH_CAVEAT_SQL "'" MATCH_CAVEAT_OF("''") "'"

/*
 * Fills the tables indicator_match and match_hit anew; rows that stay true keep their
 * ids. One pass over indicators, sources, accounts and, for titles and addresses, posts:
 * what takes time is the case, however many indicators there are.
 */
CLAQUE_CHECKED enum claque_rc matching_refresh(struct store *s, struct claque_err *err);

#endif
