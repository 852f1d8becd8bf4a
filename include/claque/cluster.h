/*
 * claque/cluster.h - communities of a weighted graph by the Leiden algorithm
 * (Traag, Waltman and van Eck 2019), with modularity (Newman and Girvan 2004,
 * resolution after Reichardt and Bornholdt 2006) or the constant Potts model
 * (CPM; Traag, Van Dooren and Nesterov 2011) as quality function.
 *
 * Every community is connected. The same graph, settings and seed give the
 * same partition on every machine.
 */
#ifndef CLAQUE_CLUSTER_H
#define CLAQUE_CLUSTER_H

#include "claque/types.h"

struct claque_link {
	uint32_t a, b;		/* nodes; a self-loop is weight inside, and twice in strength */
	double weight;		/* > 0 */
};

enum claque_quality { CLAQUE_MODULARITY, CLAQUE_CPM };

struct claque_cluster_settings {
	enum claque_quality quality;
	double resolution;	/* > 0; 1 is the usual for modularity */
	uint64_t seed;
	/*
	 * Iterations at the most; 0 = until two in a row each gain less than a
	 * hundred-thousandth of all weight (of modularity, 1e-5), at most 100.
	 */
	uint32_t rounds;
};

/*
 * membership: node_count entries, the caller's; communities are numbered 0..
 * by size (largest first), then by their smallest node. *communities and
 * *quality (the final value of the quality function) are set.
 */
CLAQUE_CHECKED enum claque_rc claque_cluster_leiden(uint32_t node_count,
	const struct claque_link *links, size_t link_count,
	const struct claque_cluster_settings *settings, const struct claque_progress *progress,
	uint32_t *membership, uint32_t *communities, double *quality, struct claque_err *err);

/* Both: EUSAGE for a node that is not there or a weight that is not above 0. */

/* Connected components, numbered likewise. */
CLAQUE_CHECKED enum claque_rc claque_cluster_components(uint32_t node_count,
	const struct claque_link *links, size_t link_count,
	uint32_t *membership, uint32_t *components, struct claque_err *err);

#endif
