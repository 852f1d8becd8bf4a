/* leiden.h - Leiden iterations on one graph; cluster.c says how many. */
#ifndef ENGINE_LEIDEN_H
#define ENGINE_LEIDEN_H

#include "base/rng.h"
#include "engine/graph.h"

/*
 * The quality of a partition is here
 *     sum over parts of (weight inside - penalty * mass^2 / 2).
 */
struct leiden_input {
	uint32_t nodes;
	const struct claque_link *links;	/* not looked at after leiden_new() */
	size_t link_count;
	double weight;		/* of all links */
	bool strength;		/* is the mass of a node; else that is 1 */
	double penalty;
	double gain_min;	/* a gain of less is rounding: moving for it could go on for ever */
	uint64_t seed;
};

struct leiden;

/* Each node a part of its own. The progress must outlive it. */
struct leiden *leiden_new(const struct leiden_input *in, const struct claque_progress *progress);
void leiden_free(struct leiden *work);
/* Pairs of nodes that are linked. */
uint64_t leiden_links(const struct leiden *work);
/* One iteration. STOPPED leaves some partition. */
CLAQUE_CHECKED enum claque_rc leiden_iterate(struct leiden *work);
double leiden_quality(struct leiden *work);
/* Keeps the partition as it is; goes back to it; dissolves this share of its parts. */
void leiden_keep(struct leiden *work);
void leiden_back(struct leiden *work);
void leiden_shake(struct leiden *work, double share);
/*
 * The partition by node, what iterating left unconnected split (quality can
 * only rise by it); how many parts.
 */
uint32_t leiden_membership(struct leiden *work, uint32_t *part);

#endif
