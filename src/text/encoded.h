/*
 * encoded.h - runs of a text that stand for another one: percent-encoding (RFC 3986) and
 * base64, plain or for URLs (RFC 4648), as links and the parameters of trackers have them.
 *
 * Whatever looks for names in a text looks there, too. Only what decodes to printable
 * UTF-8 counts, so that ids and digests, which are of the same letters, are none.
 */
#ifndef TEXT_ENCODED_H
#define TEXT_ENCODED_H

#include "base/str.h"

enum { ENCODED_MAX = 4096, ENCODED_LEAST = 8 };	/* bytes of a run of base64; of any run at most */

struct encoded {
	size_t at, end;			/* of the run in the text */
	struct claque_str text;		/* decoded, in perm */
};

/*
 * The first one at or after `from` that begins before `until`; false if there is none, and
 * out->end tells where to go on looking.
 */
bool encoded_next(struct claque_str s, size_t from, size_t until, struct arena *perm,
		  struct encoded *out);

#endif
