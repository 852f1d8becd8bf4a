/*
 * ties.h - links between chosen accounts by what they share, however little:
 * too weak to be validated pair by pair, but enough to tell which of the
 * accounts that were pointed at belong together.
 */
#ifndef ENGINE_TIES_H
#define ENGINE_TIES_H

#include "claque/cluster.h"

#include "engine/coact.h"

struct ties {
	struct claque_link *links;	/* a < b: ranks; by a, then b */
	size_t count, cap;
};

/*
 * chosen: by rank. Each source of d sharers that two of them shared adds
 * 1 / (d - 1) to their link (Newman 2001), so that a crowd around one post does
 * not join what rare things keep apart; on a source with many of them, each is
 * linked with the next TIES_REACH in time only.
 */
enum { TIES_REACH = 64 };

CLAQUE_CHECKED enum claque_rc ties_find(struct ties *t, const struct coact *acts,
	const bool *chosen, uint32_t accounts, const struct claque_progress *progress);
void ties_done(struct ties *t);

#endif
