/*
 * scene.h - what groups are found in and measured against: the networks, what
 * is believed of each account, and the groups. Made once a run.
 */
#ifndef ENGINE_SCENE_H
#define ENGINE_SCENE_H

#include "claque/score.h"

#include "engine/belief.h"
#include "engine/flow.h"
#include "engine/ties.h"

/*
 * The networks that scores rest on. X(signal, name of the timing part, noun):
 * co-source takes in what co-reshare and co-text see apart.
 */
#define FUSED_LIST(X) \
	X(CO_SOURCE, "co-source-timing", "source") \
	X(CO_URL, "co-url-timing", "URL") \
	X(CO_MEDIA, "co-media-timing", "picture") \
	X(TAG_SEQUENCE, "tag-sequence-timing", "sequence of hashtags")

struct fused {
	enum claque_signal signal;
	const char *timing, *noun;
};

#define X(signal, timing, noun) +1
enum { FUSED_COUNT = 0 FUSED_LIST(X) };
#undef X

extern const struct fused fused_table[FUSED_COUNT];

#define NO_GROUP UINT32_MAX

struct scene {
	const struct claque_dataset *ds;
	const struct claque_score_settings *settings;
	struct workings work;
	struct kept kept[FUSED_COUNT];
	struct validated valid[FUSED_COUNT];
	struct flow *flows[FUSED_COUNT];	/* by group; NULL where nothing is validated */
	unsigned threads;
	struct belief belief;
	struct ties ties;	/* of suspects, by what they share: every look at them rests on it */
	uint32_t *group_of;	/* by account number; NO_GROUP outside */
	uint32_t *exposed_to;	/* likewise: reached by the group, not of it */
	uint32_t group_count;
};

CLAQUE_CHECKED enum claque_rc scene_init(struct scene *s, const struct claque_dataset *ds,
	const struct claque_score_settings *settings, const struct claque_progress *progress,
	struct claque_err *err);
void scene_done(struct scene *s);
/* Frees networks and groups, which are then empty; acts and beliefs stay. */
void scene_forget_networks(struct scene *s);
/* Groups anew by what is believed now. */
CLAQUE_CHECKED enum claque_rc scene_group(struct scene *s,
	const struct claque_progress *progress, struct claque_err *err);

/* Is the account likelier than not of an operation? */
static inline bool
scene_suspects(const struct scene *s, uint32_t account)
{
	return s->belief.at[account] >= 0.5;
}

/* What an edge adds to the graph that is clustered: -log10 p, at most 12. */
double scene_edge_weight(const struct claque_edge *edge);

/* Which part of the graph is looked at, and from where the search starts. */
struct grouping_look {
	unsigned windows;	/* bits: validated edges that stand out in one of them */
	bool ties;		/* suspects' lesser links, too */
	uint64_t seed;
};

/* Communities of any size, numbered from 0, by rank; NO_GROUP for those without a link. */
CLAQUE_CHECKED enum claque_rc grouping_communities(const struct scene *s,
	const struct grouping_look *look, const struct claque_progress *progress,
	uint32_t *community, uint32_t *communities, struct claque_err *err);
/* Sets group_of, exposed_to and group_count. */
CLAQUE_CHECKED enum claque_rc grouping_find(struct scene *s,
	const struct claque_progress *progress, struct claque_err *err);

#endif
