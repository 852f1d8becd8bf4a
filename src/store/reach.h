/* reach.h - how far groups of the last run go: what a Breakout category is counted on. */
#ifndef STORE_REACH_H
#define STORE_REACH_H

#include "model/lens.h"
#include "store/store.h"

struct reach {
	size_t platforms;	/* of accounts of the cluster, exposed ones left aside; or of all leads */
	size_t tied;		/* other groups with a tie to it; of all leads, groups that are none */
	bool outside;		/* somebody in no group shared what several accounts of groups did */
};

/* Of a cluster, or, for a subject of kind none, of all leads; EUSAGE for any other. */
CLAQUE_CHECKED enum claque_rc reach_read(struct store *s, struct subject subject,
	struct reach *out, struct claque_err *err);
/* Each signal that speaks for the cluster, or for any lead, in order of names. */
CLAQUE_CHECKED enum claque_rc reach_signals(struct store *s, struct subject subject,
	bool (*each)(void *ctx, struct claque_str signal), void *ctx, struct claque_err *err);

#endif
