/*
 * workings.h - what several signals are worked out from, made once: which
 * texts say the same, which pictures are alike, and which posts, links and
 * copies go back to one source.
 */
#ifndef ENGINE_WORKINGS_H
#define ENGINE_WORKINGS_H

#include "engine/coact.h"
#include "engine/neardup.h"

enum {
	WORKING_TEXTS = 1,	/* workings.texts */
	WORKING_SOURCE = 2,	/* workings.source; implies texts */
};

struct workings {
	const struct claque_dataset *ds;
	unsigned have;
	struct neardup texts;
	struct coact source;	/* acts on sources: reshares, links to posts, quotes, copies */
};

CLAQUE_CHECKED enum claque_rc workings_init(struct workings *w, const struct claque_dataset *ds,
	unsigned needs, const struct claque_progress *progress, struct claque_err *err);
void workings_done(struct workings *w);

#endif
