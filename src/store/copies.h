/*
 * copies.h - posts whose words stood on another platform before.
 *
 * Such a post becomes a share of the earlier one: act `link`, basis `copy`, with the
 * similarity of the two texts. What counts:
 *
 *   words    equal by text_normal(): similarity 1; or at least COPY_SIMILARITY of
 *            the 3-word shingles of both together are in both (Jaccard, the resemblance
 *            of Broder 1997, "On the resemblance and containment of documents").
 *            Resemblance, not containment: a long post that quotes a short one says
 *            something of its own and is not a copy.
 *   source   the earliest post of all that are copies of each other. A copy of a copy
 *            goes back to it, too, if COPY_CHAIN of the words are left; its similarity
 *            is that with the source, never with the copy between. Posts on the source's
 *            own platform are no copies here: there one reshares, and the engine
 *            compares texts anyway.
 *   earlier  by more than the times are exact to. After COPY_PAUSE_DAYS without the
 *            text it is new again, and the next post with it is the source of its copies.
 *   not      native reshares; texts of less than COPY_WORDS words that are no links, no
 *            @names and no hashtags; what more than COPY_COMMON accounts wrote on
 *            either platform (greetings, what a share button puts into one's mouth:
 *            nobody can tell whose post was copied), or more than COPY_PHRASE in all;
 *            what the input itself says to be a share of that post.
 *
 * All of it follows from the posts, whatever order they were imported in: an original
 * that arrives later takes over the copies of what stood in its place.
 */
#ifndef STORE_COPIES_H
#define STORE_COPIES_H

#include "store/store.h"

#define COPY_SIMILARITY	0.6
#define COPY_CHAIN	0.4
enum {
	COPY_WORDS = 8,
	COPY_PAUSE_DAYS = 90,
	COPY_COMMON = 5,
	COPY_PHRASE = 250,
	/* Above, posts are compared for equal words only: 64 bytes each, 1 GB. */
	COPY_NEAR_MAX = 1 << 24,
	/* Of prints made ahead: those of 11 million posts. */
	COPY_AHEAD_BYTES = 640 << 20,
};

/*
 * Part of what is refreshed after an import, before totals; a transaction is open. Does
 * nothing unless there are two platforms and posts that were not compared yet.
 */
CLAQUE_CHECKED enum claque_rc derive_copies(struct store *s, struct claque_err *err);
/*
 * Looks for them in a thread from now on, for the derive_copies() to come; `most`: bytes of
 * prints that are kept in memory until then, 57 for each post. Nothing happens where that
 * cannot be done. All rows are committed.
 */
void copies_ahead_start(struct store *s, size_t most);
void copies_ahead_end(struct store *s);	/* stops it */
/* Are there two platforms, or copies: may derive_copies() change shares and sources? */
CLAQUE_CHECKED enum claque_rc copies_may_change(struct store *s, bool *out,
	struct claque_err *err);

#endif
