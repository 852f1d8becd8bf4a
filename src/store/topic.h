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

struct topic_pack {
	struct claque_str name, version, kind, author, source, file, sha256;
};
struct topic {
	size_t pack;			/* of topic_packs.packs */
	struct claque_str name, about;
};
struct topic_packs {
	const struct topic_pack *packs;
	const struct topic *topics;	/* topic i has the id i + 1 */
	size_t pack_count, topic_count;
};

struct topic_state {
	int64_t packs;		/* 0: nobody looked at the posts yet */
	int64_t through;	/* posts up to this id were looked at */
	int64_t posts, waiting;	/* all, and those after it */
	bool same;		/* by these very packs */
};

/* packs: to tell whether they are those of the case; may hold none. */
CLAQUE_CHECKED enum claque_rc topic_state(struct store *s, const struct topic_packs *packs,
	struct topic_state *out, struct claque_err *err);
/* Forgets all topics, and names the packs and topics to come. Inside a transaction. */
CLAQUE_CHECKED enum claque_rc topic_begin(struct store *s, const struct topic_packs *packs,
	struct claque_err *err);

/* Topics of posts, by rising id, in transactions of its own. */
struct topic_writer;
CLAQUE_CHECKED enum claque_rc topic_writer_new(struct store *s, struct topic_writer **out,
	struct claque_err *err);
void topic_writer_free(struct topic_writer *w);	/* takes NULL */
/* topics: numbers as of topic_packs.topics. */
CLAQUE_CHECKED enum claque_rc topic_put(struct topic_writer *w, int64_t post,
	const uint32_t *topics, size_t count, struct claque_err *err);
/* What was put is kept; posts up to `through` count as looked at. */
CLAQUE_CHECKED enum claque_rc topic_keep(struct topic_writer *w, int64_t through,
	struct claque_err *err);

/* What accounts come to, counted anew over all posts that were looked at. In a transaction. */
CLAQUE_CHECKED enum claque_rc topic_count(struct store *s, struct claque_err *err);
/* Each narrative that a post is about, by account, then time. false ends. */
CLAQUE_CHECKED enum claque_rc topic_narratives(struct store *s,
	bool (*each)(void *ctx, int64_t account, int64_t at, int64_t topic), void *ctx,
	struct claque_err *err);
/* When the narratives of an account became others. */
CLAQUE_CHECKED enum claque_rc topic_turned(struct store *s, int64_t account, int64_t at,
	struct claque_str text, struct claque_err *err);
/* A change of a profile; at: CLAQUE_NO_TIME if there is none. */
struct topic_change {
	struct claque_str field;
	int64_t at;
};
/* The one nearest to a time, at most `within` ms away. */
CLAQUE_CHECKED enum claque_rc topic_change_near(struct store *s, int64_t account, int64_t when,
	int64_t within, struct arena *perm, struct topic_change *out, struct claque_err *err);
/* The first by which the account is called otherwise: of its handle or its name. */
CLAQUE_CHECKED enum claque_rc topic_renamed(struct store *s, int64_t account, struct arena *perm,
	struct topic_change *out, struct claque_err *err);

#endif
