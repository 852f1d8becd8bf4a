/*
 * reworded.h - copies with up to 60 per cent of their words replaced, which
 * share too few runs of three words for neardup.h.
 *
 * What survives rewording stands in its order and nearly in its place. So the
 * evidence is pairs of words at most six places apart with their distance
 * (skip-grams; Guthrie et al. 2006) that 2 to 250 different texts have: rare
 * enough that two texts hardly share one by chance. Counted are not the pairs,
 * of which one odd word makes many, but the fewest words that account for all
 * of them (a vertex cover): each is a coincidence of its own. Five make a copy.
 *
 * Against what is alike without being copied:
 *   phrases that few texts have - what is in common with four in five of up to
 *     16 others that have a third of the evidence is left out of it: those who
 *     reword do not all leave the same words standing;
 *   a file of few words - what is rare is set so that a text has 150 links to
 *     follow on average, which also bounds the cost; and texts are looked up
 *     backwards, too, as nobody copies: if more than one in 1,000 of a seeded
 *     sample of 5,000 finds a match, a match takes one word more, and so on.
 * A text joins only what another account posted before.
 *
 * Measured on 100,000 texts of 20 words out of 20,000 (a cubed uniform number,
 * so that the commonest are in most texts) with 40 posts copied 39 times each:
 *     words replaced    found by shingles    with this
 *     .2                .25                  1.00
 *     .4                .01                  .98
 *     .6                0                    .59
 * Of the other 100,000 texts none joined anything: of 5e9 pairs, not one. Of
 * 4,000 from 20 templates with every other word fixed and the rest one of 20
 * each, .5 % did. Out of 2,000 words, .44 of those at .6 were found; out of 300,
 * .22 of those at .4, for few pairs of words are rare there.
 *
 * Not found: rewording that changes the order of words, and copies whose
 * original is not in the file (two copies at .6 have 3 words of 20 in common).
 *
 * Memory while it runs: 300 to 600 bytes a group.
 */
#ifndef ENGINE_REWORDED_H
#define ENGINE_REWORDED_H

#include "engine/neardup.h"
#include "engine/tick.h"

/*
 * Moves groups into those that they are reworded copies of, and numbers them
 * anew. False if stopped.
 */
bool reworded_join(struct neardup *n, const struct claque_dataset *ds, struct ticker *t)
	__attribute__((nonnull, warn_unused_result));

#endif
