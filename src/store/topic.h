/*
 * topic.h - what posts are about: topics that rule packs found in them, and how far
 * the posts were looked at. Which pack gave what is kept with its version and
 * digest, so that a reader of the case knows whose words a topic rests on.
 */
#ifndef STORE_TOPIC_H
#define STORE_TOPIC_H

#include "store/store.h"

struct topic_post {
	int64_t id;
	struct claque_str text, lang;
};

/* Posts with an id above `after`, by rising id. false from each() ends with CLAQUE_OK. */
CLAQUE_CHECKED enum claque_rc topic_scan(struct store *s, int64_t after,
	bool (*each)(void *ctx, const struct topic_post *post), void *ctx, struct claque_err *err);
/* "file:row" of a post. */
CLAQUE_CHECKED enum claque_rc topic_origin(struct store *s, int64_t post, struct arena *perm,
	struct claque_str *out, struct claque_err *err);

#endif
