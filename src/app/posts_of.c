#include "config.h"

#include "app/posts_of.h"

#include "app/id_list.h"

/* A post found by its account costs so many that an index passes by. */
enum { IDS_BYTES_MAX = 64 << 20, COST_OF_ONE = 8 };

void
posts_of_init(struct posts_of *p)
{
	buf_init(&p->ids, IDS_BYTES_MAX);
	p->posts = 0;
}

void
posts_of_done(struct posts_of *p)
{
	buf_done(&p->ids);
}

void
posts_of_add(struct posts_of *p, int64_t account, int64_t posts)
{
	id_list_add(&p->ids, account);
	p->posts += posts;
}

enum claque_rc
posts_of_walk(struct posts_of *p, struct store *store,
	      bool (*each)(void *ctx, const struct row *row), void *ctx, struct claque_err *err)
{
	struct list_query q = { .list = LIST_POSTS, .lens = lens_open(), .sort = -1,
				.unordered = true };
	struct claque_str ids;
	int64_t all;
	enum claque_rc rc;

	if (p->ids.len == 0)
		return CLAQUE_OK;
	rc = list_count(store, &q, 0, &all, err);
	ids = id_list_end(&p->ids);
	if (rc == CLAQUE_OK && p->posts < all / COST_OF_ONE && !p->ids.over) {
		q.subject.kind = SUBJECT_set;
		q.set = ids;
	}
	q.without = list_all_but(LIST_POSTS, "post_id account_id platform");
	return rc == CLAQUE_OK ? list_walk(store, &q, each, ctx, err) : rc;
}
