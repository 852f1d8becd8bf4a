/*
 * coortweet.h - the two halves of CooRTweet's definition: coortweet.c finds
 * the pairs (detect_groups(), flag_speed_share()), coortweet_net.c makes edges
 * of them (generate_coordinated_network()).
 */
#ifndef ENGINE_COORTWEET_H
#define ENGINE_COORTWEET_H

#include "claque/peer.h"

#include "engine/peer.h"

/* The public part first, so that one pointer names both. */
struct owned_result {
	struct claque_coortweet_result result;
	uint32_t *objects;	/* of all edges and tiers, end to end */
	size_t pairs_cap, edges_cap, objects_cap, object_count;
};

/* What the second half needs of the first. */
struct coortweet_input {
	const struct claque_peer_row *rows;
	const struct peer_ranks *names;
	const struct claque_coortweet_settings *settings;
	struct ticker *tick;
};

/* Fills the edges and thresholds of *r from its pairs. False if cancelled. */
bool coortweet_edges(const struct coortweet_input *in, struct owned_result *r)
	__attribute__((nonnull, warn_unused_result));

#endif
