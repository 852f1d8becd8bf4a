/*
 * peer_traces.h - a case as what accounts do alike, for the detectors that
 * weigh it: whom and what they retweet, what they link, which hashtags in
 * which order, whom they retweet within seconds.
 */
#ifndef APP_PEER_TRACES_H
#define APP_PEER_TRACES_H

#include "claque/peer.h"

#include "base/map.h"
#include "store/store.h"

struct peer_traces {
	struct {
		struct claque_peer_row *rows;
		size_t count, cap;
	} trace[CLAQUE_TRACE_COUNT];
	struct map accounts;	/* native ids by row.account */
	struct map names;	/* of posts, URLs, sequences */
};

/*
 * Sequences are of hashtags as the case keeps them, in lower case. A delay is
 * only known where the original is in the case.
 */
CLAQUE_CHECKED enum claque_rc peer_traces_load(struct store *store, struct peer_traces *out,
	struct claque_err *err);
void peer_traces_done(struct peer_traces *t);
/* For the engine's sorting. Good as long as t lives unchanged. */
struct claque_peer_names peer_traces_names(const struct peer_traces *t);

#endif
