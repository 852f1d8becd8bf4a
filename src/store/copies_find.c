/*
 * copies_find.c - which posts say the same.
 *
 * Texts are grouped by the hash of their words; near ones are looked for by MinHash in bands of two
 * (Broder 1997; Leskovec, Rajaraman and Ullman 2014, ch. 3): texts of similarity s are
 * compared with chance 1 - (1 - s^2)^8, .97 at .6, .996 at .7. Only texts whose bucket
 * holds two platforms go on, which is a small part of what people write; each is then
 * compared, exactly, with the FIRSTS earliest of its buckets.
 *
 * SimHash was left out: on texts of twenty words one changed word moves too many bits.
 */
#include "config.h"

#include "store/copies_impl.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/radix.h"
#include "model/record.h"
#include "store/copies.h"
#include "text/fingerprint.h"

enum {
	FIRSTS = 4, SLOTS_A_TEXT = 8, SEEN_SEVERAL = 255,
};

#define DAY_MS INT64_C(86400000)

/* Posts with one text: posts[from .. to) */
struct text {
	uint32_t from, to;
	uint32_t root;		/* the earliest of those that are like it, by number */
	uint32_t bands;		/* in finder.bands: its place in the order of hashes */
	bool live;		/* may be on two platforms */
};

struct finder {
	struct copies *c;
	struct text *texts;
	uint32_t count;
	struct copy_bands *bands;	/* by text, so that they are read in a row */
	size_t bands_cap;
	uint8_t *seen;		/* by a part of the bucket: on which platform, see find_live() */
	size_t seen_slots;	/* a power of two */
	uint64_t *keys;		/* of one band: bucket << 32 | text */
	uint64_t *room;		/* to sort keys or pairs */
	size_t keys_cap, room_cap;
	uint64_t *pairs;	/* later text << 32 | earlier one */
	size_t pair_count, pairs_cap;
};

/* Nothing here depends on the order of import but posts that nothing else tells apart. */
static int
by_time(const void *a, const void *b)
{
	const struct copy_post *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->platform != y->platform)
		return x->platform < y->platform ? -1 : 1;
	return (x->post > y->post) - (x->post < y->post);
}

static int
by_text(const void *a, const void *b)
{
	const struct copy_post *x = a, *y = b;

	if (x->text != y->text)
		return x->text < y->text ? -1 : 1;
	return by_time(a, b);
}

/* 0 for texts with other numbers: the same form filled in again, by a bot or a newsroom. */
static double
likeness(const struct copy_words *a, const struct copy_words *b)
{
	size_t i = 0, j = 0, both = 0;

	if (a->numbers != b->numbers)
		return 0;
	while (i < a->count && j < b->count) {
		uint32_t x = a->shingles[i], y = b->shingles[j];

		both += x == y;
		i += x <= y;
		j += y <= x;
	}
	return a->count + b->count == both ? 0 : (double)both / (double)(a->count + b->count - both);
}

static const struct copy_post *
first_of(const struct finder *f, uint32_t text)
{
	return &f->c->posts[f->texts[text].from];
}

/* After the i-th of many steps. */
static enum claque_rc
go_on(const struct finder *f, size_t i)
{
	return i % COPY_OFTEN == 0 && copies_stopped(f->c) ? CLAQUE_STOPPED : CLAQUE_OK;
}

enum { DEAL_BITS = 11, DEALS = 1 << DEAL_BITS };

static size_t
deal_of(const struct copy_post *post)
{
	return (size_t)(post->text >> (64 - DEAL_BITS));
}

/*
 * Every post to its deal, in place (McIlroy, Bostic and McIlroy 1993, American flag sort):
 * a second array of all posts would be most of what an import takes. next: where each deal
 * begins; afterwards, where it ends.
 */
static void
deal_out(struct copy_post *posts, size_t next[DEALS], const size_t end[DEALS])
{
	for (size_t d = 0; d < DEALS; d++)
		while (next[d] < end[d]) {
			struct copy_post post = posts[next[d]];

			for (size_t to = deal_of(&post); to != d; to = deal_of(&post)) {
				struct copy_post other = posts[next[to]];

				posts[next[to]++] = post;
				post = other;
			}
			posts[next[d]++] = post;
		}
}

/* By text: dealt out by the first bits of their hashes, each deal fits a processor's cache. */
static void
sort_posts(struct copies *c)
{
	size_t next[DEALS] = { 0 }, end[DEALS] = { 0 }, begin = 0;

	for (size_t i = 0; i < c->count; i++)
		end[deal_of(&c->posts[i])]++;
	for (size_t d = 0; d < DEALS; d++) {
		next[d] = begin;
		begin = end[d] += begin;
	}
	deal_out(c->posts, next, end);
	for (size_t d = 0; d < DEALS; d++) {
		size_t first = d == 0 ? 0 : end[d - 1];

		if (end[d] - first > 1)
			qsort(c->posts + first, end[d] - first, sizeof(*c->posts), by_text);
	}
}

/* Where only equal texts are compared, one that is on one platform gives way to the next. */
static void
cut_texts(struct finder *f, bool near)
{
	struct copies *c = f->c;
	size_t cap = 0;

	sort_posts(c);
	for (size_t i = 0; i < c->count; i++) {
		if (i == 0 || c->posts[i].text != c->posts[i - 1].text) {
			f->count -= !near && i > 0 && !f->texts[f->count - 1].live;
			GROW(f->texts, cap, (size_t)f->count + 1);
			f->texts[f->count] = (struct text){ .from = (uint32_t)i, .bands = f->count };
			f->count++;
		}
		f->texts[f->count - 1].to = (uint32_t)i + 1;
		c->posts[i].number = first_of(f, f->count - 1)->number;
		f->texts[f->count - 1].live |=
			c->posts[i].platform != first_of(f, f->count - 1)->platform;
	}
}

static void
order_bands(struct finder *f)
{
	struct copies *c = f->c;

	GROW(f->bands, f->bands_cap, f->count);
	for (uint32_t t = 0; t < f->count; t++)
		f->bands[t] = c->bands[first_of(f, t)->number];
	free(c->bands);
	c->bands = NULL;
	c->bands_cap = 0;
}

static uint32_t
bucket_of(const struct finder *f, uint32_t text, unsigned band)
{
	return f->bands[f->texts[text].bands].keys[band];
}

/* keys[]: texts in the order of their buckets in one band; those that may be live only. */
static size_t
sort_band(struct finder *f, unsigned band, bool all)
{
	size_t n = 0;

	for (uint32_t t = 0; t < f->count; t++) {
		uint32_t bucket = bucket_of(f, t, band);

		if (!all && f->seen[bucket & (f->seen_slots - 1)] != SEEN_SEVERAL)
			continue;
		GROW(f->keys, f->keys_cap, n + 1);
		f->keys[n++] = (uint64_t)bucket << 32 | t;
	}
	GROW(f->room, f->room_cap, n + 1);
	radix_sort(f->keys, f->room, n, 32);	/* texts come in their order */
	return n;
}

static size_t
bucket_end(const struct finder *f, size_t from, size_t n)
{
	size_t to = from + 1;

	while (to < n && f->keys[to] >> 32 == f->keys[from] >> 32)
		to++;
	return to;
}

/* Most buckets have nobody from two platforms: a byte for each tells, and spares the sorting. */
static void
look_through(struct finder *f, unsigned band)
{
	memset(f->seen, 0, f->seen_slots);
	for (uint32_t t = 0; t < f->count; t++) {
		uint8_t *seen = &f->seen[bucket_of(f, t, band) & (f->seen_slots - 1)];
		uint8_t here = (uint8_t)(1 + first_of(f, t)->platform % (SEEN_SEVERAL - 1));

		*seen = f->texts[t].live || (*seen != 0 && *seen != here) ? SEEN_SEVERAL : here;
	}
}

static void
find_live(struct finder *f, unsigned band)
{
	size_t n, to;

	look_through(f, band);
	n = sort_band(f, band, false);
	for (size_t from = 0; from < n; from = to) {
		const struct copy_post *first = first_of(f, (uint32_t)f->keys[from]);
		bool mixed = false;

		to = bucket_end(f, from, n);
		for (size_t i = from; i < to && !mixed; i++) {
			uint32_t t = (uint32_t)f->keys[i];

			mixed = f->texts[t].live || first_of(f, t)->platform != first->platform;
		}
		for (size_t i = from; i < to && mixed && to - from > 1; i++)
			f->texts[(uint32_t)f->keys[i]].live = true;
	}
}

static enum claque_rc
find_all_live(struct finder *f)
{
	enum claque_rc rc = CLAQUE_OK;


	for (f->seen_slots = 1; f->seen_slots < SLOTS_A_TEXT * (size_t)f->count; f->seen_slots *= 2)
		;
	f->seen = calloc(f->seen_slots, 1);
	if (f->seen == NULL)
		base_oom();
	for (unsigned band = 0; rc == CLAQUE_OK && band < COPY_BANDS; band++) {
		find_live(f, band);
		rc = go_on(f, 0);
	}
	free(f->seen);
	return rc;
}

static int
by_first(const void *a, const void *b, void *ctx)
{
	const struct copy_post *posts = ctx;
	const struct text *x = a, *y = b;

	if (x->live != y->live)
		return x->live ? -1 : 1;
	if (posts[x->from].at != posts[y->from].at)
		return posts[x->from].at < posts[y->from].at ? -1 : 1;
	return (x->from > y->from) - (x->from < y->from);
}

/* Those that are live, in the order of their first posting; the others are forgotten. */
static void
order_texts(struct finder *f)
{
	uint32_t live = 0;

	for (uint32_t t = 0; t < f->count; t++)
		if (f->texts[t].live)
			f->texts[live++] = f->texts[t];
	f->count = live;
	if (live > 0)
		qsort_r(f->texts, live, sizeof(*f->texts), by_first, f->c->posts);
	for (uint32_t t = 0; t < live; t++)
		f->texts[t].root = t;
}

static void
pair_up(struct finder *f, unsigned band)
{
	size_t n = sort_band(f, band, true), to;

	for (size_t from = 0; from < n; from = to) {
		to = bucket_end(f, from, n);
		for (size_t i = from + 1; i < to; i++)
			for (size_t e = from; e < i && e < from + FIRSTS; e++) {
				GROW(f->pairs, f->pairs_cap, f->pair_count + 1);
				f->pairs[f->pair_count++] = f->keys[i] << 32 |
							    (uint32_t)f->keys[e];
			}
	}
}

/* Similarity of the texts of two posts. */
static enum claque_rc
compare(struct copies *c, const struct copy_post *a, const struct copy_post *b, double *out,
	struct claque_err *err)
{
	struct copy_words words[2];
	enum claque_rc rc = copies_words(c, a, b, words, err);

	*out = rc == CLAQUE_OK ? likeness(&words[0], &words[1]) : 0;
	return rc;
}

/* Whether t belongs to the family of a text that it is or is not like. */
static enum claque_rc
join(struct finder *f, uint32_t t, uint32_t earlier, struct claque_err *err)
{
	uint32_t root = f->texts[earlier].root;
	double like, left;
	const struct copy_post *post = first_of(f, t);
	enum claque_rc rc = compare(f->c, post, first_of(f, earlier), &like, err);

	if (rc != CLAQUE_OK || like < COPY_SIMILARITY)
		return rc;
	left = like;
	if (root != earlier)
		rc = compare(f->c, post, first_of(f, root), &left, err);
	if (rc == CLAQUE_OK && left >= COPY_CHAIN)
		f->texts[t].root = root;
	return rc;
}

/*
 * Every comparison is with a text somewhere in memory, found by way of three tables: what
 * each says is fetched some comparisons before it is asked for.
 */
static void
look_ahead(const struct finder *f, size_t pair)
{
	enum { STEP = 8 };

	if (pair + 4 * STEP < f->pair_count)
		__builtin_prefetch(&f->texts[(uint32_t)f->pairs[pair + 4 * STEP]]);
	if (pair + 3 * STEP < f->pair_count)
		__builtin_prefetch(first_of(f, (uint32_t)f->pairs[pair + 3 * STEP]));
	if (pair + 2 * STEP < f->pair_count)
		copies_fetch_place(f->c, first_of(f, (uint32_t)f->pairs[pair + 2 * STEP]));
	if (pair + STEP < f->pair_count)
		copies_fetch_words(f->c, first_of(f, (uint32_t)f->pairs[pair + STEP]));
}

static enum claque_rc
join_near(struct finder *f, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	for (unsigned band = 0; rc == CLAQUE_OK && band < COPY_BANDS; band++) {
		pair_up(f, band);
		rc = go_on(f, 0);
	}
	GROW(f->room, f->room_cap, f->pair_count + 1);
	radix_sort(f->pairs, f->room, f->pair_count, 0);
	for (size_t i = 0; rc == CLAQUE_OK && i < f->pair_count; i++) {
		uint32_t later = (uint32_t)(f->pairs[i] >> 32);

		look_ahead(f, i);
		if ((i == 0 || f->pairs[i] != f->pairs[i - 1]) && f->texts[later].root == later)
			rc = join(f, later, (uint32_t)f->pairs[i], err);
		if (rc == CLAQUE_OK)
			rc = go_on(f, i);
	}
	return rc;
}

/* One telling of a text: posts in the order of their times, no long pause between. */
struct telling {
	struct copies *c;
	struct copy_post *posts;
	size_t count;
	size_t writers;		/* accounts; on each platform: c->writers */
	struct copy_post source;
	bool put;		/* the source is among the originals */
};

static bool
is_surely_later(const struct copy_post *source, const struct copy_post *post)
{
	static const int64_t exact_to[] = {
		[TIME_MILLISECOND] = 1, [TIME_SECOND] = 1000, [TIME_MINUTE] = 60000,
		[TIME_DAY] = DAY_MS,
	};

	return source->at + exact_to[source->precision] <= post->at;
}

static bool
is_copy(const struct telling *t, const struct copy_post *post)
{
	return post->platform != t->source.platform && is_surely_later(&t->source, post) &&
	       (t->c->writers[t->source.platform] <= COPY_COMMON ||
		t->c->writers[post->platform] <= COPY_COMMON);
}

static enum claque_rc
put_source(struct telling *t, struct claque_err *err)
{
	struct copies *c = t->c;
	struct arena scratch = c->scratch;
	struct claque_str text;
	enum claque_rc rc;

	t->put = true;
	rc = copies_text(c, t->source.post, &text, err);
	if (rc == CLAQUE_OK) {
		GROW(c->originals, c->originals_cap, c->original_count + 1);
		c->originals[c->original_count++] = (struct copy_original){
			text_fingerprint(&scratch, text), t->source.post };
	}
	(void)sqlite3_reset(c->text);
	return rc;
}

static enum claque_rc
put_copy(struct telling *t, const struct copy_post *post, double similarity,
	 struct claque_err *err)
{
	struct copies *c = t->c;
	enum claque_rc rc = t->put ? CLAQUE_OK : put_source(t, err);

	if (rc != CLAQUE_OK)
		return rc;
	GROW(c->found, c->found_cap, c->found_count + 1);
	c->found[c->found_count++] = (struct copy_found){ similarity, post->post, t->source.post };
	return CLAQUE_OK;
}

/* Posts come by their texts, so that each text is compared once. */
static enum claque_rc
put_copies(struct telling *t, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;
	double similarity = 0;

	for (size_t i = 0; rc == CLAQUE_OK && i < t->count; i++) {
		const struct copy_post *post = &t->posts[i];

		if (post->text == t->source.text)
			similarity = 1;
		else if (i == 0 || post->text != t->posts[i - 1].text)
			rc = compare(t->c, &t->source, post, &similarity, err);
		if (rc == CLAQUE_OK && similarity >= COPY_CHAIN && is_copy(t, post))
			rc = put_copy(t, post, similarity, err);
	}
	return rc;
}

static int
by_account(const void *a, const void *b)
{
	const struct copy_post *x = a, *y = b;

	return (x->account > y->account) - (x->account < y->account);
}

/* Leaves the posts in the order of their accounts. */
static void
count_writers(struct telling *t)
{
	size_t *writers = t->c->writers;

	qsort(t->posts, t->count, sizeof(*t->posts), by_account);
	for (size_t i = 0; i < t->count; i++)
		writers[t->posts[i].platform] = 0;
	for (size_t i = 0; i < t->count; i++) {
		if (i > 0 && t->posts[i].account == t->posts[i - 1].account)
			continue;
		writers[t->posts[i].platform]++;
		t->writers++;
	}
}

static enum claque_rc
take_telling(struct copies *c, struct copy_post *posts, size_t count, struct claque_err *err)
{
	struct telling t = { .c = c, .posts = posts, .count = count, .source = posts[0] };

	count_writers(&t);
	if (c->writers[t.source.platform] == t.writers || t.writers > COPY_PHRASE)
		return CLAQUE_OK;
	qsort(posts, count, sizeof(*posts), by_text);
	return put_copies(&t, err);
}

/* All posts of one family; they are sorted here. */
static enum claque_rc
take_family(struct copies *c, struct copy_post *posts, size_t count, struct claque_err *err)
{
	size_t from = 0;
	enum claque_rc rc = CLAQUE_OK;

	qsort(posts, count, sizeof(*posts), by_time);
	for (size_t i = 1; rc == CLAQUE_OK && i <= count; i++) {
		if (i < count && posts[i].at - posts[i - 1].at <= COPY_PAUSE_DAYS * DAY_MS)
			continue;
		rc = take_telling(c, posts + from, i - from, err);
		from = i;
	}
	return rc;
}

static int
by_root(const void *a, const void *b)
{
	const struct text *x = a, *y = b;

	if (x->root != y->root)
		return x->root < y->root ? -1 : 1;
	return (x->from > y->from) - (x->from < y->from);
}

static enum claque_rc
take_families(struct finder *f, struct claque_err *err)
{
	struct copy_post *family = NULL;
	size_t cap = 0, n = 0;
	enum claque_rc rc = CLAQUE_OK;

	if (f->count > 0)
		qsort(f->texts, f->count, sizeof(*f->texts), by_root);
	for (uint32_t t = 0; rc == CLAQUE_OK && t < f->count; t++) {
		size_t more = f->texts[t].to - f->texts[t].from;

		GROW(family, cap, n + more);
		memcpy(family + n, f->c->posts + f->texts[t].from, more * sizeof(*family));
		n += more;
		if (t + 1 == f->count || f->texts[t + 1].root != f->texts[t].root) {
			rc = take_family(f->c, family, n, err);
			n = 0;
		}
		if (rc == CLAQUE_OK)
			rc = go_on(f, t);
	}
	free(family);
	return rc;
}

enum claque_rc
copies_find(struct copies *c, struct claque_err *err)
{
	struct finder f = { .c = c };
	bool near = c->count <= COPY_NEAR_MAX;
	enum claque_rc rc = CLAQUE_OK;

	if (c->count < 2)
		return CLAQUE_OK;
	cut_texts(&f, near);
	if (near) {
		order_bands(&f);
		rc = find_all_live(&f);
	}
	order_texts(&f);
	if (rc == CLAQUE_OK && near)
		rc = join_near(&f, err);
	if (rc == CLAQUE_OK)
		rc = take_families(&f, err);
	free(f.bands);
	free(f.keys);
	free(f.room);
	free(f.pairs);
	free(f.texts);
	return rc;
}
