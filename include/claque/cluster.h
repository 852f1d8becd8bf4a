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
	 * hundred-thousandth of all weight (of modularity, 1e-5), at most 100;
	 * graphs of up to some hundred thousand links are searched further.
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

/*
 * Clusters of one run: rows (account, cluster), each once; an account may be in
 * several clusters. Its key is whatever names it in both runs, a row id of a case for one.
 */
struct claque_membership {
	const uint64_t *accounts;
	const uint32_t *clusters;	/* 0..cluster_count - 1 */
	size_t count;
	uint32_t cluster_count;
};

/* X(name, what happened) */
#define CLAQUE_CLUSTER_EVENT_LIST(X) \
	X(KEPT, "kept", "the same cluster, by largest overlap") \
	X(BORN, "born", "in no earlier cluster's place") \
	X(DIED, "died", "no later cluster took its place") \
	X(MERGED, "merged", "more than half of its members went to a cluster that is kept from another") \
	X(SPLIT, "split", "more than half of its members came from a cluster that is kept as another")

#define X(id, name, help) CLAQUE_CLUSTER_##id,
enum claque_cluster_change { CLAQUE_CLUSTER_EVENT_LIST(X) CLAQUE_CLUSTER_CHANGE_COUNT };
#undef X

const char *claque_cluster_change_name(enum claque_cluster_change change);

#define CLAQUE_NO_CLUSTER UINT32_MAX

struct claque_cluster_event {
	enum claque_cluster_change change;
	uint32_t before, after;		/* BORN has no before, DIED no after: CLAQUE_NO_CLUSTER */
	uint32_t shared;		/* members in both */
	double jaccard;			/* of the two: shared / (all members of either) */
};

/* Every later cluster is KEPT, SPLIT or BORN, every earlier one KEPT, MERGED or DIED: once each. */
struct claque_cluster_match {
	struct claque_cluster_event *events;	/* by after, then by before; those without after last */
	size_t event_count;
	uint32_t *before;	/* by later cluster: which it is kept from, or CLAQUE_NO_CLUSTER */
};

/* Below this Jaccard overlap two clusters are not the same one. */
#define CLAQUE_MATCH_MIN 0.1

/*
 * Which cluster of a run is which of the run before (after Greene, Doyle and
 * Cunningham 2010): one to one, pairs by largest Jaccard overlap first; on a
 * tie more shared members, then the lower number before, then after. Compared
 * in whole numbers, so that no machine rounds differently.
 *
 * EUSAGE: a row twice, a cluster that is not there, min outside 0..1.
 * ELIMIT: 2^31 rows.
 */
CLAQUE_CHECKED enum claque_rc claque_cluster_match(const struct claque_membership *before,
	const struct claque_membership *after, double min_jaccard,
	struct claque_cluster_match *out, struct claque_err *err);
void claque_cluster_match_done(struct claque_cluster_match *match);

/*
 * Cells inside one network: its links clustered once more, and told apart only
 * where that is clearer than chance. Chance: the same degrees with the ends of
 * the links dealt anew and the weights dealt to them (configuration model),
 * clustered the same way `rewires` times.
 */
struct claque_cell_settings {
	double resolution;		/* of modularity; 1 */
	uint64_t seed;
	uint32_t rewires;		/* 1 and more; 20 lets p fall to 1 / 21 */
	uint32_t min_accounts;		/* two cells of so many are a split; 3 */
	double max_p;			/* 0.05 */
};

struct claque_cell_settings claque_cell_defaults(void);

struct claque_cells {
	uint32_t count;			/* cells; 1: no split that chance would not give */
	double modularity;		/* of the split that was found, also where it is not kept */
	double expected, deviation;	/* of the rewired ones: mean and standard deviation */
	double p;			/* (1 + rewired ones with as much) / (1 + rewires) */
};

/* membership: cells 0.. as claque_cluster_leiden() numbers them; all 0 where count is 1. */
CLAQUE_CHECKED enum claque_rc claque_cluster_cells(uint32_t node_count,
	const struct claque_link *links, size_t link_count,
	const struct claque_cell_settings *settings, const struct claque_progress *progress,
	uint32_t *membership, struct claque_cells *out, struct claque_err *err);

/* A link and the signal that makes it; two accounts may be linked by several. */
struct claque_signal_link {
	uint32_t a, b;
	uint32_t signal;		/* below CLAQUE_LINK_SIGNALS_MAX */
};

enum { CLAQUE_LINK_SIGNALS_MAX = 32 };

struct claque_platform_input {
	uint32_t nodes, communities, platforms;
	const uint32_t *membership;	/* by node: its community, or CLAQUE_NO_CLUSTER */
	const uint32_t *platform;	/* by node */
	const struct claque_signal_link *links;
	size_t link_count;
};

/* A community across platforms. */
struct claque_community_platforms {
	uint32_t accounts, platforms;	/* platforms: that it has accounts on */
	uint32_t cross_links;		/* from one platform to another, inside it */
	uint32_t signals;		/* bits: that make such links */
	/*
	 * Bits: signals without whose cross-platform links it would be in more
	 * pieces. One bit there, and a single kind of evidence says that the
	 * accounts of several platforms belong together.
	 */
	uint32_t needed;
};

/*
 * out: one for each community. counts: accounts by community, then platform
 * (communities * platforms places); both the caller's. EUSAGE: numbers that
 * are not there.
 */
CLAQUE_CHECKED enum claque_rc claque_cluster_platforms(const struct claque_platform_input *in,
	struct claque_community_platforms *out, uint32_t *counts, struct claque_err *err);

#endif
