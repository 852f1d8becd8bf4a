/*
 * peer_rows.h - a case as the rows that other tools read: their column
 * meanings, in the order of import.
 */
#ifndef APP_PEER_ROWS_H
#define APP_PEER_ROWS_H

#include "claque/peer.h"

#include "app/network_job.h"
#include "base/map.h"
#include "store/store.h"

struct peer_rows {
	struct claque_peer_row *rows;
	size_t count, cap;
	struct map accounts;	/* native ids by row.account */
	struct map names;	/* object and content ids by row.object, row.content */
	/* co_similar_tweet only: the words of each row. */
	uint32_t *words;
	uint64_t *words_from;
	size_t words_cap, words_from_cap;
};

/* CooRTweet: one row an act of sharing, replies left out. */
CLAQUE_CHECKED enum claque_rc peer_rows_coortweet(struct store *store, struct peer_rows *out,
	struct claque_err *err);
/* The toolkit: one row a message and key of the network; corrected as in network_job.h. */
CLAQUE_CHECKED enum claque_rc peer_rows_toolkit(struct store *store, enum toolkit_network network,
	bool corrected, struct peer_rows *out, struct claque_err *err);
void peer_rows_done(struct peer_rows *p);
/* For the engine's sorting. Good as long as p lives unchanged. */
struct claque_peer_names peer_rows_names(const struct peer_rows *p);

#endif
