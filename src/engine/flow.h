/*
 * flow.h - what the members of each group share, counted without looking at
 * pairs: an object's first acts by m members are m (m - 1) / 2 pairs, and a
 * walk along their times counts those within a window.
 *
 * Pairs on one object stand or fall together, so their number overstates how
 * much was seen. The sums of squares give the mean pairs per object, by which
 * a test must divide.
 */
#ifndef ENGINE_FLOW_H
#define ENGINE_FLOW_H

#include "engine/validate.h"

struct flow {
	unsigned window;	/* set by the caller: the group's own */
	double seen, seen_squares;	/* pairs of members by object, within it */
	double quick, quick_squares;	/* within 60 s */
	double quick_expected;	/* had they the timing of the objects' other sharers */
	double others;		/* pairs with or between others, on those objects */
	double top_seen;	/* the most pairs on one object */
	size_t top_run;		/* that object's place in kept->runs */
	uint64_t objects;	/* shared by two members or more */
};

/*
 * group_of: by account number, UINT32_MAX outside. flows: one for each group,
 * zeroed but for the window.
 */
CLAQUE_CHECKED enum claque_rc flow_measure(const struct kept *kept, const uint32_t *group_of,
	struct flow *flows, const struct claque_progress *progress);

#endif
