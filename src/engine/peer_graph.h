/*
 * peer_graph.h - components, as the peers number them, and what is made of a
 * network of ranks in the end.
 */
#ifndef ENGINE_PEER_GRAPH_H
#define ENGINE_PEER_GRAPH_H

#include "engine/peer.h"

/* Vertices by rank: in byte order of the accounts' names. */
struct peer_tie {
	uint32_t a, b;
};

struct peer_component {
	uint32_t number;	/* from 1, the largest first, then by its first vertex; 0: no tie */
	uint32_t size;
};

/* out: one a vertex. False if cancelled. */
bool peer_components(const struct peer_tie *ties, size_t count, size_t vertices,
		     struct peer_component *out, struct ticker *t)
	__attribute__((nonnull(4, 5), warn_unused_result));

/*
 * Finishes a network whose edges still hold ranks: components and scores (by
 * rank) of the accounts, then accounts instead of ranks. False if cancelled.
 */
bool peer_network_finish(struct claque_peer_network *net, const struct peer_ranks *names,
			 const double *scores, struct ticker *t)
	__attribute__((nonnull, warn_unused_result));

#endif
