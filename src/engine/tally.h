/*
 * tally.h - the toolkit's weights: distinct messages of one user that met a
 * user, counted one user after the other, so that "distinct" needs a mark for
 * each partner and no table of pairs.
 */
#ifndef ENGINE_TALLY_H
#define ENGINE_TALLY_H

#include "claque/peer.h"

#include "engine/peer.h"

struct tally {
	const struct peer_ranks *names;
	const struct claque_toolkit_settings *settings;
	/* By rank, for the user at work: */
	uint32_t *weights;		/* distinct messages so far */
	uint32_t *marks;		/* last message that met this partner, numbered from 1 */
	uint32_t *touched;		/* the partners with a weight */
	size_t touched_count;
	uint32_t message_no;
	struct claque_toolkit_edge *edges;
	size_t edge_count, edge_cap;
};

void tally_init(struct tally *t, const struct peer_ranks *names,
		const struct claque_toolkit_settings *settings);
void tally_done(struct tally *t);

/* From here on it is another message of the user. */
static inline void
tally_message(struct tally *t)
{
	t->message_no++;
}

/* Whether this message has met the partner already. */
static inline bool
tally_has_met(const struct tally *t, uint32_t partner)
{
	return t->marks[partner] == t->message_no;
}

static inline void
tally_meet(struct tally *t, uint32_t partner)
{
	if (tally_has_met(t, partner))
		return;
	t->marks[partner] = t->message_no;
	if (t->weights[partner]++ == 0)
		t->touched[t->touched_count++] = partner;
}

/* Turns the counts of one user into edges, and clears them. */
CLAQUE_CHECKED enum claque_rc tally_user(struct tally *t, uint32_t rank, struct claque_err *err);

/* Hands the edges over: by the names of user_1, then user_2. */
void tally_take(struct tally *t, struct claque_toolkit_edge **out, size_t *out_count);

#endif
