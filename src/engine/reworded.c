/*
 * reworded.c - an inverted index of rare pairs of words among the groups'
 * first texts, asked once for each of them in the order of posting.
 */
#include "config.h"

#include "engine/reworded.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/rng.h"

enum {
	REACH = 6,		/* places apart that two words of a pair may stand */
	PAIR_WORDS_MAX = 64,	/* of a text: its beginning */
	PAIRS_MAX = PAIR_WORDS_MAX * REACH,
	RARE_MOST = 250,	/* texts that a rare pair stands in, at most */
	STEPS = 150,		/* links to follow for a text, on average at most */
	INDEXED = 3,		/* one pair in so many finds candidates */
	SHARED_MIN = 3,		/* of those, in common, to be one */
	CANDIDATES = 4,
	DRIFT = 2,		/* places by which words in common may have moved */
	SURE = 5, SURE_MOST = 20,	/* coincidences that make a copy */
	DECOYS = 5000, DECOYS_BAD = 1000,	/* one in so many may match */
	PHRASE_MIN = 3, PHRASE_TEXTS = 16,	/* others that have the same words */
};

#define NONE UINT32_MAX

struct word_pair {
	uint64_t key;
	uint8_t at, apart;
};

struct pair_set {
	struct word_pair pairs[PAIRS_MAX];
	size_t count;
};

/* A text that has a rare pair. */
struct link {
	uint32_t tag, group;
};

/* A pair of words in common: where in both texts. */
struct common {
	uint64_t key;
	uint8_t here, there, apart;
};

struct likeness {
	struct common pairs[PAIRS_MAX];
	size_t count;
	int offset;		/* by which the other text is shifted, for most pairs */
	unsigned words;		/* coincidences */
};

/* The beginning of a text. */
struct words {
	const uint32_t *p;
	size_t count;
};

struct work {
	const struct claque_dataset *ds;
	struct neardup *n;
	int64_t *at;		/* by text: first posting; INT64_MAX if not known */
	uint32_t *author;	/* by text: account of that */
	uint8_t *counts;	/* by hash of a pair: texts, 255 for more */
	uint64_t count_mask;
	uint64_t *from;		/* links of bucket b: links[from[b] .. from[b + 1]], by group */
	uint64_t bucket_mask;
	struct link *links;
	uint16_t *shared;	/* by group, while a text is asked about; else 0 */
	uint32_t *touched;	/* groups with shared > 0 */
	size_t touched_count, touched_cap;
	uint32_t *into;		/* by group: the one that it joins, or NONE */
	float *kept;		/* by group that joins: share of its words that it kept */
	unsigned rare;		/* texts that a rare pair stands in, at most */
	unsigned sure;		/* coincidences that make a copy */
	uint64_t steps;		/* of work, since the last tick */
};

static struct words
words_of(const struct work *w, uint32_t group)
{
	struct words text;

	text.p = texts_words(&w->ds->texts, w->n->first[group], &text.count);
	text.count = text.count < PAIR_WORDS_MAX ? text.count : PAIR_WORDS_MAX;
	return text;
}

static bool
is_indexed(uint64_t key)
{
	return key % INDEXED == 0;
}

/* All pairs of the text, or those that are indexed. */
static void
cut_pairs(struct words text, bool indexed, struct pair_set *out)
{
	out->count = 0;
	for (size_t i = 0; i < text.count; i++)
		for (size_t apart = 1; apart <= REACH && i + apart < text.count; apart++) {
			uint64_t both = (uint64_t)text.p[i] << 32 | text.p[i + apart];
			uint64_t key = hash_mix(both, apart);

			if (!indexed || is_indexed(key))
				out->pairs[out->count++] = (struct word_pair){
					key, (uint8_t)i, (uint8_t)apart };
		}
}

static bool
is_rare(const struct work *w, uint64_t key)
{
	uint8_t texts = w->counts[key & w->count_mask];

	return texts >= 2 && texts <= w->rare;
}

static void
cut_rare(const struct work *w, struct words text, bool indexed, struct pair_set *out)
{
	size_t kept = 0;

	cut_pairs(text, indexed, out);
	for (size_t i = 0; i < out->count; i++)
		__builtin_prefetch(&w->counts[out->pairs[i].key & w->count_mask]);
	for (size_t i = 0; i < out->count; i++)
		if (is_rare(w, out->pairs[i].key))
			out->pairs[kept++] = out->pairs[i];
	out->count = kept;
}

/* --- the index */

static void
first_postings(struct work *w)
{
	const struct claque_dataset *ds = w->ds;
	size_t texts = texts_count(&ds->texts);

	w->at = ARRAY_NEW(int64_t, texts);
	w->author = ARRAY_NEW(uint32_t, texts);
	for (size_t i = 0; i < texts; i++)
		w->at[i] = INT64_MAX;
	for (size_t i = 0; i < ds->post_count; i++) {
		const struct post *p = &ds->posts[i];
		bool same = w->at[p->text] == p->at;

		if (p->kind == CLAQUE_IS_reshare || p->at == CLAQUE_NO_TIME ||
		    w->at[p->text] < p->at ||
		    (same && ds->rank[w->author[p->text]] <= ds->rank[p->account]))
			continue;
		w->at[p->text] = p->at;
		w->author[p->text] = p->account;
	}
}

static uint64_t
power_of_two(uint64_t least)
{
	uint64_t n = 64;

	while (n < least)
		n *= 2;
	return n;
}

static bool
count_pairs(struct work *w, struct ticker *t)
{
	uint64_t pairs = 0, places;
	struct pair_set r;

	for (uint32_t g = 0; g < w->n->group_count; g++)
		pairs += words_of(w, g).count * REACH;
	places = power_of_two(2 * pairs);
	w->counts = ARRAY_NEW(uint8_t, places);
	w->count_mask = places - 1;
	for (uint32_t g = 0; g < w->n->group_count; g++) {
		cut_pairs(words_of(w, g), false, &r);
		for (size_t i = 0; i < r.count; i++)
			__builtin_prefetch(&w->counts[r.pairs[i].key & w->count_mask], 1);
		for (size_t i = 0; i < r.count; i++) {
			uint8_t *place = &w->counts[r.pairs[i].key & w->count_mask];

			*place = (uint8_t)(*place + (*place < UINT8_MAX));
		}
		if (!tick(t, 0, r.count * 4))
			return false;
	}
	return true;
}

/* A file of few words has pairs that are not rare anywhere: fewer of them count. */
static void
find_rare(struct work *w)
{
	uint64_t places[UINT8_MAX + 1] = { 0 };
	double steps = 0, most = (double)STEPS * INDEXED * w->n->group_count;

	for (uint64_t i = 0; i <= w->count_mask; i++)
		places[w->counts[i]]++;
	for (w->rare = 1; w->rare < RARE_MOST; w->rare++) {
		double texts = w->rare + 1;

		steps += texts * texts * (double)places[w->rare + 1];
		if (steps > most)
			break;
	}
}

/* Calls take(w, key, group) for every pair of every group that is to be found by it. */
static bool
each_indexed(struct work *w, void (*take)(struct work *w, uint64_t key, uint32_t group),
	     struct ticker *t)
{
	struct pair_set r;

	for (uint32_t g = 0; g < w->n->group_count; g++) {
		cut_rare(w, words_of(w, g), true, &r);
		for (size_t i = 0; i < r.count; i++)
			take(w, r.pairs[i].key, g);
		if (!tick(t, 0, r.count * 8 + PAIR_WORDS_MAX))
			return false;
	}
	return true;
}

static void
count_link(struct work *w, uint64_t key, uint32_t group)
{
	(void)group;
	w->from[(key & w->bucket_mask) + 2]++;
}

static void
put_link(struct work *w, uint64_t key, uint32_t group)
{
	w->links[w->from[(key & w->bucket_mask) + 1]++] =
		(struct link){ (uint32_t)(key >> 32), group };
}

static bool
index_pairs(struct work *w, struct ticker *t)
{
	uint64_t buckets = power_of_two((w->count_mask + 1) / 16);

	w->bucket_mask = buckets - 1;
	w->from = ARRAY_NEW(uint64_t, buckets + 2);
	if (!each_indexed(w, count_link, t))
		return false;
	for (uint64_t b = 2; b < buckets + 2; b++)
		w->from[b] += w->from[b - 1];
	w->links = ARRAY_NEW(struct link, w->from[buckets + 1]);
	return each_indexed(w, put_link, t);
}

/* --- candidates */

/* Counts one more pair in common for each group before `end` that has it. */
static void
add_sharers(struct work *w, uint64_t key, uint32_t end)
{
	uint64_t bucket = key & w->bucket_mask;

	if (!is_indexed(key))
		return;
	w->steps += w->from[bucket + 1] - w->from[bucket];
	for (uint64_t l = w->from[bucket]; l < w->from[bucket + 1]; l++) {
		const struct link *link = &w->links[l];

		if (link->group >= end)
			break;
		if (link->tag != (uint32_t)(key >> 32))
			continue;
		if (w->shared[link->group]++ == 0) {
			ARRAY_GROW(w->touched, w->touched_cap, w->touched_count + 1);
			w->touched[w->touched_count++] = link->group;
		}
	}
}

static void
forget_sharers(struct work *w)
{
	for (size_t i = 0; i < w->touched_count; i++)
		w->shared[w->touched[i]] = 0;
	w->touched_count = 0;
}

/* More pairs in common first, then the earlier. */
static bool
is_better(const struct work *w, uint32_t a, uint32_t b)
{
	return w->shared[a] != w->shared[b] ? w->shared[a] > w->shared[b] : a < b;
}

/* The groups before `end` with most pairs in common, best first. */
static size_t
find_candidates(struct work *w, const struct pair_set *r, uint32_t end, uint32_t out[CANDIDATES])
{
	size_t count = 0;

	for (size_t i = 0; i < r->count; i++)
		__builtin_prefetch(&w->from[r->pairs[i].key & w->bucket_mask]);
	for (size_t i = 0; i < r->count; i++)
		add_sharers(w, r->pairs[i].key, end);
	for (size_t i = 0; i < w->touched_count; i++) {
		uint32_t group = w->touched[i];
		size_t j = count;

		if (w->shared[group] < SHARED_MIN)
			continue;
		for (; j > 0 && is_better(w, group, out[j - 1]); j--)
			if (j < CANDIDATES)
				out[j] = out[j - 1];
		if (j < CANDIDATES)
			out[j] = group;
		count += count < CANDIDATES;
	}
	forget_sharers(w);
	return count;
}

/* --- likeness */

/* Most pairs are shifted by this; the least shift on a tie. */
static int
find_offset(const struct likeness *l)
{
	unsigned votes[2 * PAIR_WORDS_MAX] = { 0 };
	int best = PAIR_WORDS_MAX;

	for (size_t i = 0; i < l->count; i++)
		votes[l->pairs[i].there - l->pairs[i].here + PAIR_WORDS_MAX]++;
	for (int o = 0; o < 2 * PAIR_WORDS_MAX; o++)
		if (votes[o] > votes[best])
			best = o;
	return best - PAIR_WORDS_MAX;
}

static void
keep_unshifted(struct likeness *l)
{
	size_t kept = 0;

	l->offset = find_offset(l);
	for (size_t i = 0; i < l->count; i++)
		if (abs(l->pairs[i].there - l->pairs[i].here - l->offset) <= DRIFT)
			l->pairs[kept++] = l->pairs[i];
	l->count = kept;
}

/* Fewest words that every pair has one of: by degree, which is near enough. */
static unsigned
cover(const struct likeness *l)
{
	bool done[PAIRS_MAX] = { false };
	unsigned words = 0;

	for (;;) {
		unsigned degree[PAIR_WORDS_MAX] = { 0 };
		size_t best = 0;

		for (size_t i = 0; i < l->count; i++)
			if (!done[i]) {
				degree[l->pairs[i].here]++;
				degree[l->pairs[i].here + l->pairs[i].apart]++;
			}
		for (size_t p = 1; p < PAIR_WORDS_MAX; p++)
			best = degree[p] > degree[best] ? p : best;
		if (degree[best] == 0)
			return words;
		words++;
		for (size_t i = 0; i < l->count; i++)
			done[i] = done[i] || l->pairs[i].here == best ||
				(size_t)l->pairs[i].here + l->pairs[i].apart == best;
	}
}

static void
compare(const struct pair_set *a, const struct pair_set *b, struct likeness *out)
{
	out->count = 0;
	for (size_t i = 0; i < a->count; i++)
		for (size_t j = 0; j < b->count && out->count < PAIRS_MAX; j++)
			if (a->pairs[i].key == b->pairs[j].key)
				out->pairs[out->count++] = (struct common){
					a->pairs[i].key, a->pairs[i].at, b->pairs[j].at,
					a->pairs[i].apart };
	keep_unshifted(out);
	out->words = cover(out);
}

/* Groups other than these two that have a third of the pairs in common: the earliest. */
static size_t
find_others(struct work *w, const struct likeness *l, const uint32_t two[2],
	    uint32_t out[PHRASE_TEXTS])
{
	size_t count = 0, indexed = 0;

	for (size_t i = 0; i < l->count; i++) {
		add_sharers(w, l->pairs[i].key, NONE);
		indexed += is_indexed(l->pairs[i].key);
	}
	for (size_t i = 0; i < w->touched_count; i++) {
		uint32_t group = w->touched[i];
		size_t j = count;

		if (group == two[0] || group == two[1] || 3u * w->shared[group] < indexed)
			continue;
		for (; j > 0 && group < out[j - 1]; j--)
			if (j < PHRASE_TEXTS)
				out[j] = out[j - 1];
		if (j < PHRASE_TEXTS)
			out[j] = group;
		count += count < PHRASE_TEXTS;
	}
	forget_sharers(w);
	return count;
}

static bool
has_pair(const struct pair_set *r, uint64_t key)
{
	for (size_t i = 0; i < r->count; i++)
		if (r->pairs[i].key == key)
			return true;
	return false;
}

/*
 * Leaves out what four in five of the others have as well: a phrase or
 * template. Copies that were reworded each in its own way differ in what they
 * have left.
 */
static void
leave_out_phrases(struct work *w, struct likeness *l, const uint32_t two[2])
{
	uint32_t others[PHRASE_TEXTS];
	uint8_t have[PAIRS_MAX] = { 0 };
	struct pair_set r;
	size_t count = find_others(w, l, two, others), kept = 0;

	if (count < PHRASE_MIN)
		return;
	for (size_t o = 0; o < count; o++) {
		cut_pairs(words_of(w, others[o]), false, &r);
		for (size_t i = 0; i < l->count; i++)
			have[i] = (uint8_t)(have[i] + has_pair(&r, l->pairs[i].key));
		w->steps += r.count * l->count;
	}
	for (size_t i = 0; i < l->count; i++)
		if (5u * have[i] < 4 * count)
			l->pairs[kept++] = l->pairs[i];
	l->count = kept;
	l->words = cover(l);
}

/* --- how many coincidences are enough in this file */

static unsigned
decoy_words(struct work *w, uint32_t group)
{
	uint32_t backwards[PAIR_WORDS_MAX], candidates[CANDIDATES];
	struct words text = words_of(w, group);
	struct pair_set mine, other;
	struct likeness like;
	unsigned most = 0;
	size_t count;

	for (size_t i = 0; i < text.count; i++)
		backwards[i] = text.p[text.count - 1 - i];
	text.p = backwards;
	cut_rare(w, text, true, &mine);
	count = find_candidates(w, &mine, w->n->group_count, candidates);
	if (count > 0)
		cut_rare(w, text, false, &mine);
	for (size_t i = 0; i < count; i++) {
		cut_pairs(words_of(w, candidates[i]), false, &other);
		compare(&mine, &other, &like);
		if (candidates[i] != group && like.words > most)
			most = like.words;
	}
	return most;
}

static bool
take_steps(struct work *w, uint64_t least, struct ticker *t)
{
	uint64_t steps = w->steps + least;

	w->steps = 0;
	return tick(t, 0, steps);
}

static bool
find_sure(struct work *w, struct ticker *t)
{
	struct rng r = rng_seeded(9);
	uint32_t groups = w->n->group_count, decoys = groups < DECOYS ? groups : DECOYS;
	uint32_t found[SURE_MOST + 1] = { 0 }, over = 0;

	for (uint32_t i = 0; i < decoys; i++) {
		unsigned words = decoy_words(w, (uint32_t)rng_below(&r, groups));

		found[words < SURE_MOST ? words : SURE_MOST]++;
		if (!take_steps(w, PAIRS_MAX, t))
			return false;
	}
	for (w->sure = SURE_MOST; w->sure > SURE; w->sure--) {
		over += found[w->sure];
		if ((over + found[w->sure - 1]) * DECOYS_BAD > decoys)
			break;
	}
	return true;
}

/* --- joining */

/* Share of the text's words that stand in the other, too, nearly in place. */
static float
share_kept(struct words text, struct words other, int offset)
{
	size_t kept = 0;

	for (size_t i = 0; i < text.count; i++)
		for (int d = -DRIFT; d <= DRIFT; d++) {
			int at = (int)i + offset + d;

			if (at >= 0 && (size_t)at < other.count && other.p[at] == text.p[i]) {
				kept++;
				break;
			}
		}
	return (float)kept / (float)text.count;
}

static bool
may_copy(const struct work *w, uint32_t group, uint32_t from)
{
	uint32_t copy = w->n->first[group], original = w->n->first[from];

	return w->at[original] < w->at[copy] && w->at[copy] != INT64_MAX &&
	       w->author[original] != w->author[copy];
}

/* What it is a copy of is never a copy itself: no chains. */
static void
place_group(struct work *w, uint32_t group)
{
	struct words text = words_of(w, group);
	struct pair_set mine, other;
	struct likeness like;
	uint32_t candidates[CANDIDATES];
	unsigned most = w->sure - 1;
	size_t count;

	cut_rare(w, text, true, &mine);
	count = find_candidates(w, &mine, group, candidates);
	if (count > 0)
		cut_rare(w, text, false, &mine);
	for (size_t i = 0; i < count; i++) {
		uint32_t from = candidates[i];

		from = w->into[from] != NONE ? w->into[from] : from;
		if (!may_copy(w, group, from))
			continue;
		cut_pairs(words_of(w, from), false, &other);
		compare(&mine, &other, &like);
		if (like.words > most)
			leave_out_phrases(w, &like, (uint32_t[2]){ group, from });
		if (like.words <= most)
			continue;
		most = like.words;
		w->into[group] = from;
		w->kept[group] = share_kept(text, words_of(w, from), like.offset);
	}
}

static bool
place_groups(struct work *w, struct ticker *t)
{
	for (uint32_t g = 0; g < w->n->group_count; g++) {
		place_group(w, g);
		if (!take_steps(w, PAIRS_MAX, t))
			return false;
	}
	return true;
}

/* Groups that joined others vanish; those left keep their order. */
static void
number_anew(struct work *w)
{
	struct neardup *n = w->n;
	uint32_t *number = ARRAY_NEW(uint32_t, n->group_count), left = 0;

	for (uint32_t g = 0; g < n->group_count; g++) {
		number[g] = w->into[g] == NONE ? left : number[w->into[g]];
		if (w->into[g] == NONE)
			n->first[left++] = n->first[g];
	}
	for (uint32_t text = 0; text < texts_count(&w->ds->texts); text++) {
		uint32_t group = n->group[text];

		if (group == NO_TEXT_GROUP)
			continue;
		n->group[text] = number[group];
		if (w->into[group] != NONE)
			n->similarity[text] *= w->kept[group];
	}
	n->group_count = left;
	array_free(number);
}

static void
free_work(struct work *w)
{
	array_free(w->at);
	array_free(w->author);
	array_free(w->counts);
	array_free(w->from);
	array_free(w->links);
	array_free(w->shared);
	array_free(w->touched);
	array_free(w->into);
	array_free(w->kept);
}

bool
reworded_join(struct neardup *n, const struct claque_dataset *ds, struct ticker *t)
{
	struct work w = { .ds = ds, .n = n };
	bool go_on;

	w.shared = ARRAY_NEW(uint16_t, n->group_count);
	w.into = ARRAY_NEW(uint32_t, n->group_count);
	w.kept = ARRAY_NEW(float, n->group_count);
	for (uint32_t g = 0; g < n->group_count; g++)
		w.into[g] = NONE;
	first_postings(&w);
	go_on = count_pairs(&w, t);
	if (go_on)
		find_rare(&w);
	go_on = go_on && index_pairs(&w, t) && find_sure(&w, t) && place_groups(&w, t);
	if (go_on)
		number_anew(&w);
	free_work(&w);
	return go_on;
}
