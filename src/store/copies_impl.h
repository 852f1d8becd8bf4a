/*
 * copies_impl.h - what the files of copies share: posts as they are compared,
 * and what came of it.
 */
#ifndef STORE_COPIES_IMPL_H
#define STORE_COPIES_IMPL_H

#include "store/stmt.h"
#include "text/print.h"

enum {
	COPY_BANDS = 8,
	COPY_TEXT_BYTES = 1 << 15,	/* of one text; longer ones are compared by these */
	COPY_SCRATCH = 1 << 24,	/* reserved, not touched */
	COPY_PLATFORMS_MAX = 1000,
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

struct copies {
	struct store *s;
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
	sqlite3_stmt *text, *put_copy, *put_original;
	struct text_print print;	/* of the text at hand */
};

/* The keys that the print's text has in common with texts nearly like it. */
struct copy_bands copies_bands(const struct text_print *print);
/*
 * Fills posts and bands, from what is kept and from the posts that came since, which are
 * kept then. Platforms are known.
 */
CLAQUE_CHECKED enum claque_rc copies_read_posts(struct copies *c, struct claque_err *err);
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
/*
 * Puts every copy into temp.copy, and the posts they are copies of into temp.original.
 * Reorders c->posts.
 */
CLAQUE_CHECKED enum claque_rc copies_find(struct copies *c, struct claque_err *err);

#endif
