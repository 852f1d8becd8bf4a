/*
 * copies_words.c - texts in pieces: shingles of three words, and what MinHash keeps of
 * them.
 *
 * A text is compared with several others, so its shingles stay in memory once they
 * were made: 80 bytes for a text of twenty words. The room for that is bounded; when it
 * is full it is emptied, and texts are read again as they are asked for.
 */
#include "config.h"

#include "store/copies_impl.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/map.h"

/*
 * HEAD: of an entry of the pool, its count and its numbers. EAGER: as far as entries are
 * made while posts are read; behind that is room for what is compared only.
 */
enum { SHINGLE = 3, ROWS = 2, HEAD = 3, ENTRY_MAX = HEAD + TEXT_PRINT_WORDS,
       POOL_EAGER = 1 << 24, POOL_MAX = 1 << 25 };

static uint32_t
shingle_at(const struct text_print *print, size_t i)
{
	uint64_t h = 0;

	for (size_t k = 0; k < SHINGLE; k++)
		h = hash_mix(h, print->words[i + k]);
	return (uint32_t)(h >> 32);
}

struct copy_bands
copies_bands(const struct text_print *print)
{
	struct copy_bands out;
	uint64_t least[COPY_BANDS * ROWS];

	memset(least, 0xff, sizeof(least));
	for (size_t i = 0; i + SHINGLE <= print->count; i++) {
		uint32_t shingle = shingle_at(print, i);

		for (size_t k = 0; k < COPY_BANDS * ROWS; k++) {
			uint64_t h = hash_mix(shingle, k + 1);

			if (h < least[k])
				least[k] = h;
		}
	}
	for (size_t b = 0; b < COPY_BANDS; b++)
		out.keys[b] = (uint32_t)(hash_mix(least[ROWS * b], least[ROWS * b + 1]) >> 32);
	return out;
}

static int
by_item(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Shingles of c->print, sorted, each once; how many. */
static uint32_t
make_shingles(const struct copies *c, uint32_t *out)
{
	uint32_t count = 0, kept = 0;

	for (size_t i = 0; i + SHINGLE <= c->print.count; i++)
		out[count++] = shingle_at(&c->print, i);
	qsort(out, count, sizeof(*out), by_item);
	for (uint32_t i = 0; i < count; i++)
		if (i == 0 || out[i] != out[kept - 1])
			out[kept++] = out[i];
	return kept;
}

static void
note_place(struct copies *c, uint32_t number, size_t place)
{
	size_t had = c->pool_at_cap;

	GROW(c->pool_at, c->pool_at_cap, (size_t)number + 1);
	if (c->pool_at_cap > had)
		memset(c->pool_at + had, 0, (c->pool_at_cap - had) * sizeof(*c->pool_at));
	c->pool_at[number] = (uint32_t)place;
}

static void
add_entry(struct copies *c, uint32_t number)
{
	uint32_t *entry;

	c->pool_count += c->pool_count == 0;	/* 0: no place */
	GROW(c->pool, c->pool_cap, c->pool_count + ENTRY_MAX);
	entry = c->pool + c->pool_count;
	note_place(c, number, c->pool_count);
	entry[0] = make_shingles(c, entry + HEAD);
	entry[1] = (uint32_t)c->print.numbers;
	entry[2] = (uint32_t)(c->print.numbers >> 32);
	c->pool_count += HEAD + entry[0];
}

void
copies_keep_words(struct copies *c, uint32_t number)
{
	if (c->pool_count + ENTRY_MAX <= POOL_EAGER)
		add_entry(c, number);
}

void
copies_fetch_place(const struct copies *c, const struct copy_post *post)
{
	if (post->number < c->pool_at_cap)
		__builtin_prefetch(&c->pool_at[post->number]);
}

void
copies_fetch_words(const struct copies *c, const struct copy_post *post)
{
	if (post->number < c->pool_at_cap)
		__builtin_prefetch(c->pool + c->pool_at[post->number]);
}

static bool
is_at_hand(const struct copies *c, const struct copy_post *post)
{
	return post->number < c->pool_at_cap && c->pool_at[post->number] != 0;
}

enum claque_rc
copies_text(struct copies *c, uint32_t post, struct claque_str *out, struct claque_err *err)
{
	enum claque_rc rc;

	bind_i64(c->text, 1, post);
	rc = stmt_step(c->s, c->text, err);
	if (rc == CLAQUE_DONE)
		return err_set(err, CLAQUE_EINPUT, "%s: post %u was removed by another program;"
			       " import the inputs into a new case", c->s->path, (unsigned)post);
	*out = str_head(column_str(c->text, 0), COPY_TEXT_BYTES);
	return rc;
}

static enum claque_rc
read_words(struct copies *c, const struct copy_post *post, struct claque_err *err)
{
	struct claque_str text;
	enum claque_rc rc;

	if (is_at_hand(c, post))
		return CLAQUE_OK;
	rc = copies_text(c, post->post, &text, err);
	if (rc == CLAQUE_OK) {
		text_print(c->scratch, text, &c->print);
		add_entry(c, post->number);
	}
	(void)sqlite3_reset(c->text);
	return rc;
}

static struct copy_words
words_of(const struct copies *c, const struct copy_post *post)
{
	const uint32_t *entry = c->pool + c->pool_at[post->number];

	return (struct copy_words){ entry + HEAD, entry[0], entry[1] | (uint64_t)entry[2] << 32 };
}

enum claque_rc
copies_words(struct copies *c, const struct copy_post *a, const struct copy_post *b,
	     struct copy_words out[2], struct claque_err *err)
{
	enum claque_rc rc;

	if (c->pool_count + 2 * (size_t)ENTRY_MAX > POOL_MAX) {
		memset(c->pool_at, 0, c->pool_at_cap * sizeof(*c->pool_at));
		c->pool_count = 0;
	}
	rc = read_words(c, a, err);
	if (rc == CLAQUE_OK)
		rc = read_words(c, b, err);
	if (rc == CLAQUE_OK) {
		out[0] = words_of(c, a);
		out[1] = words_of(c, b);
	}
	return rc;
}

void
copies_words_done(struct copies *c)
{
	free(c->pool);
	free(c->pool_at);
}
