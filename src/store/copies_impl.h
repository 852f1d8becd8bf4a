/*
 * copies_impl.h - what the files of copies share: posts as they are compared,
 * and what came of it.
 */
#ifndef STORE_COPIES_IMPL_H
#define STORE_COPIES_IMPL_H

#include <stdatomic.h>

#include "base/buf.h"
#include "store/stmt.h"
#include "text/print.h"

enum {
	COPY_BANDS = 8,
	COPY_TEXT_BYTES = 1 << 15,	/* of one text; longer ones are compared by these */
	COPY_SCRATCH = 1 << 24,	/* reserved, not touched */
	COPY_PLATFORMS_MAX = 1000,
	COPY_OFTEN = 1024,
};

struct copy_post {
	uint64_t text;		/* hash of all its words */
	int64_t at;
	uint32_t post, account;		/* row ids */
	uint32_t number;	/* of its words and bands: the order of being added; then
				   that of the first post with the text */
	uint16_t platform;		/* from 1, in the order of their names */
	uint8_t precision;		/* enum time_precision */
};

struct copy_bands {
	uint32_t keys[COPY_BANDS];
};

/* Of one text, in pieces that can be compared. */
struct copy_words {
	const uint32_t *shingles;	/* ascending, each once */
	size_t count;
	uint64_t numbers;		/* of struct text_print */
};

struct copy_found {		/* a post whose words were in an earlier one */
	double similarity;
	uint32_t post, original;	/* row ids */
};

struct copy_original {
	uint64_t words;			/* text_fingerprint(): its name where it has no id */
	uint32_t post;
};

/* Only reads what the store holds; copies_keep_prints() alone writes. */
struct copies {
	struct store *s;
	const atomic_bool *stop;	/* of a thread: true stops reading and looking; or NULL */
	struct arena scratch;
	uint16_t *platforms;		/* by account row id; 0: not known */
	size_t platforms_cap;
	size_t *writers;		/* by platform: accounts of the telling at hand */
	struct copy_post *posts;
	size_t count, posts_cap;
	struct copy_bands *bands;
	size_t bands_cap;
	/* Words at hand: entries of a pool; where that of a number begins, or 0. */
	uint32_t *pool, *pool_at;
	size_t pool_count, pool_cap, pool_at_cap;
	sqlite3_stmt *text;
	struct text_print print;	/* of the text at hand */
	/* Prints that the case does not hold yet, and the first post of each row of them. */
	struct buf fresh;
	int64_t *firsts;
	size_t first_count, firsts_cap;
	int64_t printed_to, rules;	/* last post that was read for them; by which rules */
	bool anew;			/* by others than those that the case holds */
	/* What copies_find() found. */
	struct copy_found *found;
	size_t found_count, found_cap;
	struct copy_original *originals;
	size_t original_count, originals_cap;
};

/* The keys that the print's text has in common with texts nearly like it. */
struct copy_bands copies_bands(const struct text_print *print);
/* Fills posts and bands with what the case keeps. Platforms are known. */
CLAQUE_CHECKED enum claque_rc copies_read_kept(struct copies *c, struct claque_err *err);
/*
 * The same with posts that came since, whose prints are fresh, until there are no more:
 * *whole; or until there are `most` bytes of prints.
 */
CLAQUE_CHECKED enum claque_rc copies_read_new(struct copies *c, size_t most, bool *whole,
	struct claque_err *err);
/* Fresh prints to the case; a transaction is open. */
CLAQUE_CHECKED enum claque_rc copies_keep_prints(struct copies *c, struct claque_err *err);
/* Keeps the words of c->print, the text of post `number`, while there is room. */
void copies_keep_words(struct copies *c, uint32_t number);
/* The words of two posts, read again where they are not at hand; good until the next call. */
CLAQUE_CHECKED enum claque_rc copies_words(struct copies *c, const struct copy_post *a,
	const struct copy_post *b, struct copy_words out[2], struct claque_err *err);
/* Ask memory for where they are, then for them, before they are wanted. */
void copies_fetch_place(const struct copies *c, const struct copy_post *post);
void copies_fetch_words(const struct copies *c, const struct copy_post *post);
/* The text of a post, cut to what is compared; until c->text is reset. */
CLAQUE_CHECKED enum claque_rc copies_text(struct copies *c, uint32_t post, struct claque_str *out,
	struct claque_err *err);
void copies_words_done(struct copies *c);
/* Finds every copy, and the posts they are copies of. Reorders c->posts. */
CLAQUE_CHECKED enum claque_rc copies_find(struct copies *c, struct claque_err *err);

/* True when the work is to end, with CLAQUE_STOPPED; to be asked every COPY_OFTEN posts or pairs. */
bool copies_stopped(const struct copies *c);

/* Of this store: accounts and their platforms are read. *out is freed in any case. */
CLAQUE_CHECKED enum claque_rc copies_new(struct copies **out, struct store *s,
	struct claque_err *err);
/* Goes on with the connection of another, which sees the same. */
CLAQUE_CHECKED enum claque_rc copies_move(struct copies *c, struct store *to,
	struct claque_err *err);
void copies_free(struct copies *c);	/* takes NULL */
/*
 * What copies depend on, as one number: posts, which are only ever added, the shares that
 * the input told, accounts whose platform was not known, and the rules.
 */
CLAQUE_CHECKED enum claque_rc copies_state(struct store *s, int64_t *out, struct claque_err *err);

/*
 * What copies_ahead_start() led to, waited for; *out is the caller's, NULL: nothing that is
 * of use. *found: the copies, not their texts alone.
 */
CLAQUE_CHECKED enum claque_rc copies_ahead_take(struct store *s, int64_t state,
	struct copies **out, bool *found);

#endif
