/*
 * workings.h - what several signals are worked out from, made once: which
 * texts say the same, which pictures are alike, which posts, links and
 * copies go back to one source, and who has a twin.
 */
#ifndef ENGINE_WORKINGS_H
#define ENGINE_WORKINGS_H

#include "claque/twins.h"

#include "engine/coact.h"
#include "engine/neardup.h"

enum {
	WORKING_TEXTS = 1,	/* workings.texts */
	WORKING_SOURCE = 2,	/* workings.source; implies texts */
	WORKING_TWINS = 4,	/* workings.twins */
};

struct workings {
	const struct claque_dataset *ds;
	unsigned have;
	struct neardup texts;
	struct coact source;	/* acts on sources: reshares, links to posts, quotes, copies */
	bool platforms;		/* with twins: there are several */
	struct claque_twins twins;	/* with a score of WORKING_TWIN_LEAST or more */
};

#define WORKING_TWIN_LEAST 0.1

CLAQUE_CHECKED enum claque_rc workings_init(struct workings *w, const struct claque_dataset *ds,
	unsigned needs, const struct claque_progress *progress, struct claque_err *err);
void workings_done(struct workings *w);

#endif
