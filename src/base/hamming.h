/*
 * hamming.h - hashes that differ in few bits, found without comparing all of them.
 *
 * Multi-index hashing (Norouzi, Punjani and Fleet 2012): of hashes that differ in d
 * bits, one of c pieces differs in d / c at most. Pieces have 16 bits, and every piece
 * with so few bits turned is looked up: nothing within the distance is missed, unless a
 * limit of hashes a bucket is set. All pieces but d % c + 1 may be one bit closer still
 * (the general pigeonhole principle: Qin et al. 2018): if none were as close as that,
 * they would differ in more than d bits together.
 *
 * Buckets hold the hashes themselves, one behind the other, for nearly all of the time
 * goes into reading them: 12 bytes a piece, beside the hash, up to twice that while there
 * are few. A hash of several words stands there folded into one; folds are never further
 * apart than what they were made of.
 */
#ifndef BASE_HAMMING_H
#define BASE_HAMMING_H

#include "base/str.h"

enum { HAMMING_WORDS_MAX = 4 };

#define HAMMING_NONE UINT32_MAX

/* Hashes of which a piece has the same value, in the order of their numbers. */
struct hamming_bucket {
	uint64_t *folds;	/* room for `room` of them, and behind it for as many numbers */
	uint32_t count, room;
};

/* Hashes of one width, numbered as they were entered, from 0. */
struct hamming {
	unsigned words, pieces, distance, bucket_max;
	uint16_t *masks;	/* fewest bits set first */
	size_t mask_count, fewer_masks;	/* for the first pieces, and for the others */
	unsigned first_pieces;
	struct hamming_bucket *buckets;	/* by piece and value */
	uint64_t *bits;		/* by hash and word */
	size_t bits_cap;
	uint32_t count;
	/* The first at or behind `from` whose fold is within the distance; else the count. */
	uint32_t (*next_near)(const struct hamming_bucket *b, uint32_t from, uint64_t fold,
			      unsigned distance);
};

/*
 * words: of 64 bits, 1..HAMMING_WORDS_MAX; distance: bits that may differ, below 16 for
 * each piece; bucket_max: hashes to be found by one piece, the earliest, or 0: all.
 */
void hamming_init(struct hamming *h, unsigned words, unsigned distance, unsigned bucket_max);
void hamming_done(struct hamming *h);	/* takes zeroed ones */
/* Its number; one that is already there is entered again. */
uint32_t hamming_add(struct hamming *h, const uint64_t *bits);
/* The earliest within the distance, or HAMMING_NONE. Adds what it took to *work. */
uint32_t hamming_find(const struct hamming *h, const uint64_t *bits, uint64_t *work);

/*
 * The most bits in which hashes may differ, `distance` at most, so that of `count`
 * random ones no more than one pair is expected to lie that close.
 */
unsigned hamming_beyond_chance(unsigned words, unsigned distance, size_t count);
unsigned hamming_apart(const uint64_t *a, const uint64_t *b, unsigned words);
/* Exactly 16 hex digits a word, the highest bit first; false otherwise. */
bool hamming_parse(struct claque_str hex, unsigned words, uint64_t *out);

#endif
