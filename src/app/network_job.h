/*
 * network_job.h - one co-share network of a case, edges out: our own signals
 * with their expected-by-chance figure, or a peer's definition exactly.
 */
#ifndef APP_NETWORK_JOB_H
#define APP_NETWORK_JOB_H

#include "claque/network.h"
#include "claque/peer.h"

#include "model/column.h"
#include "store/store.h"

/* The toolkit's networks. X(id, name, what two messages share) */
#define TOOLKIT_NETWORK_LIST(X) \
	X(CO_RETWEET, "co_retweet", "the reshared post") \
	X(CO_REPLY, "co_reply", "the post replied to, reshares left out") \
	X(CO_LINK, "co_link", "a URL as written, reshares left out") \
	X(CO_POST, "co_post", "nothing but the time") \
	X(CO_TWEET, "co_tweet", "the text in lower case, without @names; reshares left out") \
	X(CO_SIMILAR_TWEET, "co_similar_tweet", "most of the words of the text")

enum toolkit_network {
#define X(id, name, help) TOOLKIT_##id,
	TOOLKIT_NETWORK_LIST(X)
#undef X
	TOOLKIT_NETWORK_COUNT
};

CLAQUE_CHECKED enum claque_rc toolkit_network_parse(struct claque_str name,
	enum toolkit_network *out, struct claque_err *err);

/* Where the rows go: head once, then each; false stops. */
struct row_sink {
	void *ctx;
	void (*head)(void *ctx, const struct column *columns, size_t count);
	bool (*each)(void *ctx, const struct row *row);
};

/* Whom the numbers of a network's accounts stand for. */
struct network_names {
	const void *ctx;
	struct claque_str (*id)(const void *ctx, uint32_t account);
};
/* The edges of one of our networks as rows. */
void network_put(const struct network_names *names, const struct claque_network *net,
	const struct row_sink *sink);

CLAQUE_CHECKED enum claque_rc network_signal(struct store *store,
	const struct claque_network_settings *settings, const struct claque_progress *progress,
	const struct row_sink *sink, struct claque_err *err);

/* account_id, score, component: how a peer would rank accounts, for comparisons. */
enum { NETWORK_SCORE_COLUMNS = 3 };
extern const struct column network_score_columns[NETWORK_SCORE_COLUMNS];

enum coortweet_table {
	COORTWEET_EDGES,
	COORTWEET_PAIRS,
	COORTWEET_NODES,
	COORTWEET_ACCOUNT_STATS,
	COORTWEET_GROUP_STATS,
	/* Score: the weight of the account's heaviest edge over the threshold. Ours. */
	COORTWEET_SCORES,
	COORTWEET_TABLE_COUNT
};

struct network_coortweet {
	struct claque_coortweet_settings settings;
	enum coortweet_table table;
	enum claque_coortweet_level level;	/* of the statistics */
};

CLAQUE_CHECKED enum claque_rc network_coortweet(struct store *store,
	const struct network_coortweet *request, const struct claque_progress *progress,
	const struct row_sink *sink, struct claque_err *err);

struct network_toolkit {
	enum toolkit_network network;
	struct claque_similar_settings settings;	/* co_similar_tweet's contain the others' */
	/*
	 * A message without a link carries the link "" there (its issue 46), and all
	 * texts that are empty once @names are gone are the same text: so that they
	 * match each other. corrected: nothing matches nothing.
	 */
	bool corrected;
};

CLAQUE_CHECKED enum claque_rc network_toolkit(struct store *store,
	const struct network_toolkit *request, const struct claque_progress *progress,
	const struct row_sink *sink, struct claque_err *err);

/* accounts: their scores instead of the edges. */
enum network_rival { NETWORK_OSOME, NETWORK_LUCERI };
CLAQUE_CHECKED enum claque_rc network_rival(struct store *store, enum network_rival rival,
	bool accounts, const struct claque_progress *progress, const struct row_sink *sink,
	struct claque_err *err);

#endif
