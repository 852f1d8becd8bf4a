/*
 * posts_of.h - the posts of some accounts, found as is cheaper: account by account where
 * they wrote few of all, else in one pass over an index that holds no texts.
 */
#ifndef APP_POSTS_OF_H
#define APP_POSTS_OF_H

#include "base/buf.h"
#include "store/list.h"

struct posts_of {
	struct buf ids;		/* of the accounts, as a JSON array without its end */
	int64_t posts;		/* of theirs */
};

void posts_of_init(struct posts_of *p);
void posts_of_done(struct posts_of *p);
/* By row id; how many posts it has. */
void posts_of_add(struct posts_of *p, int64_t account, int64_t posts);
/*
 * Gives each() the posts that they wrote, and may give it others' as well, in no order; of
 * the columns of LIST_POSTS post_id, account_id and platform alone.
 */
CLAQUE_CHECKED enum claque_rc posts_of_walk(struct posts_of *p, struct store *store,
	bool (*each)(void *ctx, const struct row *row), void *ctx, struct claque_err *err);

#endif
