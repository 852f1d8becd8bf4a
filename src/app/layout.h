/*
 * layout.h - where the nodes of a small graph go.
 *
 * Forces as of Fruchterman and Reingold (1991): all nodes push each other off,
 * links pull, the heavier the harder; what may move per round shrinks. Begins
 * on a circle in the order given, shaken a little by the seed, so that the same
 * graph and seed have the same picture everywhere.
 */
#ifndef APP_LAYOUT_H
#define APP_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LAYOUT_NODES_MAX = 64 };

struct layout_link {
	uint8_t a, b;			/* numbers of nodes */
	double pull;			/* 0..1 */
};
struct layout_point {
	double x, y;			/* 0..1 */
};

/*
 * Fills out[0..n-1]; pinned: node 0 stays in the middle. All of it lies in the
 * unit square and touches its edges, one node alone is in the middle.
 */
void layout_place(const struct layout_link *links, size_t link_count, size_t n, bool pinned,
		  uint64_t seed, struct layout_point *out);

#endif
