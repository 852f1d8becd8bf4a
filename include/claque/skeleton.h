/*
 * claque/skeleton.h - what a name looks like, so that names which pass for each
 * other are found by looking one text up and not by comparing every pair.
 *
 * The skeleton of Unicode UTS #39 (Davis and Suignard, section 4) for the letters
 * that stand in names and pass for lower-case ASCII: Cyrillic, Greek and Latin
 * look-alikes, 0 and 1, and the pairs rn, vv and cl. Two names of one skeleton look
 * alike. Whether that is a trick tells how they are written: beside the skeleton
 * stands the plain form, in which people's spelling makes no difference (capitals,
 * accents of Latin letters, how many blanks), but another alphabet, a digit for a
 * letter and what cannot be seen do.
 */
#ifndef CLAQUE_SKELETON_H
#define CLAQUE_SKELETON_H

#include <stddef.h>

/* Of shorter names too many are alike by chance; longer ones are cut. In code points. */
enum { CLAQUE_SKELETON_LEAST = 3, CLAQUE_SKELETON_MOST = 64 };
/* Always enough for `out`. */
enum { CLAQUE_SKELETON_BYTES = 4 * CLAQUE_SKELETON_MOST };

/*
 * text: UTF-8 of len bytes, as a platform gave it; an @ before it does not count,
 * and invalid bytes are left out. Writes up to `size` bytes into the caller's out,
 * without a zero behind them. Returns how many; 0: the name is too short to say, or
 * does not fit. The same text always gives the same bytes.
 */
size_t claque_skeleton(const char *text, size_t len, char *out, size_t size);
/* The plain form, on the same terms. */
size_t claque_skeleton_plain(const char *text, size_t len, char *out, size_t size);

#endif
