/* graph.h - an undirected weighted graph as rows of neighbours. */
#ifndef ENGINE_GRAPH_H
#define ENGINE_GRAPH_H

#include "claque/cluster.h"

struct graph {
	uint32_t count;		/* nodes */
	uint64_t *from;		/* neighbours of v: to[from[v] .. from[v + 1]], each once */
	uint32_t *to;
	double *weight;		/* of each neighbour; loops are not among them */
	double *loop;		/* weight inside each node */
	double *mass;		/* what the quality function multiplies: strength, or size */
};

/*
 * Mass is the strength, loops counted twice, if `strength`; else 1. Parallel
 * links are summed. place: the graph's node by the links'; NULL: the same.
 */
void graph_init(struct graph *g, uint32_t count, const struct claque_link *links,
		size_t link_count, bool strength, const uint32_t *place);
/* The same graph with node v numbered place[v]; order[] is the way back. */
void graph_reorder(struct graph *g, const struct graph *from, const uint32_t *order,
		   const uint32_t *place);
/* The graph whose nodes are the `parts` values of part[]; masses and weights are summed. */
void graph_fold(struct graph *g, const struct graph *fine, const uint32_t *part, uint32_t parts);
void graph_done(struct graph *g);
/*
 * Nodes 0..count - 1 by part, each part's in order; those of part c stand at
 * nodes[starts[c]] up to starts[c + 1]. starts has room for parts + 2.
 */
void graph_sort_nodes(const uint32_t *part, uint32_t count, uint32_t parts, uint32_t *nodes,
		      uint32_t *starts);
/* Connected components inside equal values of part[] (NULL: of the graph); how many. */
uint32_t graph_components(const struct graph *g, const uint32_t *part, uint32_t *out);
/* Renumbers 0.. by size, largest first, then by smallest node. */
void graph_renumber(uint32_t *part, uint32_t count, uint32_t parts);

#endif
