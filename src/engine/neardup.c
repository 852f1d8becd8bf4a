/*
 * neardup.c - candidates from MinHash bands among first texts, one pass in
 * the order of posting. Only first texts stand in the bands: a text that has
 * joined a group is never asked again, which is what makes a template that a
 * hundred thousand posts vary cost no more than the posts.
 */
#include "config.h"

#include "engine/neardup.h"

#include "base/array.h"
#include "base/err.h"
#include "base/rng.h"
#include "engine/reworded.h"
#include "engine/sort.h"

enum {
	SHINGLE_WORDS = 3,
	BANDS = 16, ROWS = 2, HASHES = BANDS * ROWS,
	BUCKET_MAX = 16,
	CANDIDATES_MAX = BANDS * BUCKET_MAX,
};

/* A text that is compared. */
struct entry {
	int64_t at;	/* first posting; INT64_MAX if not known */
	uint64_t print;
	uint32_t text;
	bool may_have_partner;
};

struct shingles {
	uint32_t hashes[TEXT_WORDS_MAX];	/* ascending, each once */
	size_t count;
};

/* 2 bits for each place: how many texts have a shingle there; 2 is two or more. */
struct sieve {
	uint8_t *counts;
	uint64_t mask;
};

struct slot {
	uint32_t tag;		/* of band and minima */
	uint32_t leader;	/* number + 1; 0 is empty */
};

/* First texts that others may be like. */
struct leaders {
	uint32_t *groups;
	uint64_t *from;		/* shingles of leader l: hashes[from[l] .. from[l + 1]] */
	uint32_t *hashes;
	size_t groups_cap, from_cap, hashes_cap;
	uint32_t count;
	struct slot *slots;
	uint64_t mask;
};

struct work {
	const struct claque_dataset *ds;
	const struct neardup_settings *settings;
	struct neardup *out;
	struct entry *entries;
	size_t count, compared;	/* compared: those that may have a partner */
	struct sieve sieve;
	struct leaders leaders;
	uint64_t factors[HASHES], terms[HASHES];
	size_t first_cap;
};

struct neardup_settings
neardup_defaults(void)
{
	return (struct neardup_settings){ .words_min = 5, .similarity_min = 0.45,
					    .reworded = true };
}

static uint32_t
shingle(const uint32_t *words)
{
	return (uint32_t)(hash_mix((uint64_t)words[0] << 32 | words[1], words[2]) >> 32);
}

/* Shell sort: short columns, nearly all of fewer than 40. */
static void
sort_hashes(uint32_t *hashes, size_t count)
{
	static const size_t gaps[] = { 57, 23, 10, 4, 1 };

	for (size_t g = 0; g < sizeof(gaps) / sizeof(gaps[0]); g++)
		for (size_t i = gaps[g]; i < count; i++) {
			uint32_t hash = hashes[i];
			size_t j = i;

			for (; j >= gaps[g] && hashes[j - gaps[g]] > hash; j -= gaps[g])
				hashes[j] = hashes[j - gaps[g]];
			hashes[j] = hash;
		}
}

static void
cut_shingles(const struct texts *texts, uint32_t text, struct shingles *out)
{
	size_t count, kept = 0;
	const uint32_t *words = texts_words(texts, text, &count);

	out->count = count - SHINGLE_WORDS + 1;
	for (size_t i = 0; i < out->count; i++)
		out->hashes[i] = shingle(words + i);
	sort_hashes(out->hashes, out->count);
	for (size_t i = 0; i < out->count; i++)
		if (i == 0 || out->hashes[i] != out->hashes[i - 1])
			out->hashes[kept++] = out->hashes[i];
	out->count = kept;
}

/* Of two ascending columns: shared by all. */
static double
jaccard(const struct shingles *a, const uint32_t *b, size_t b_count)
{
	size_t i = 0, j = 0, both = 0;

	while (i < a->count && j < b_count) {
		uint32_t x = a->hashes[i], y = b[j];

		both += x == y;
		i += x <= y;
		j += y <= x;
	}
	return (double)both / (double)(a->count + b_count - both);
}

/* --- which texts are compared, and in which order */

static int64_t *
first_postings(const struct claque_dataset *ds, uint8_t *posted)
{
	int64_t *at = ARRAY_NEW(int64_t, texts_count(&ds->texts));

	for (size_t i = 0; i < ds->post_count; i++) {
		const struct post *p = &ds->posts[i];
		int64_t when = p->at == CLAQUE_NO_TIME ? INT64_MAX : p->at;

		if (p->kind == CLAQUE_IS_reshare)
			continue;
		if (!posted[p->text] || when < at[p->text])
			at[p->text] = when;
		posted[p->text] = 1;
	}
	return at;
}

static int
compare_entries(const void *pa, const void *pb)
{
	const struct entry *a = pa, *b = pb;

	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	return (a->print > b->print) - (a->print < b->print);
}

static bool
list_entries(struct work *w, struct ticker *t)
{
	static const struct sort_kind by_posting = { sizeof(struct entry), compare_entries };
	const struct texts *texts = &w->ds->texts;
	uint8_t *posted = ARRAY_NEW(uint8_t, texts_count(texts));
	int64_t *at = first_postings(w->ds, posted);

	w->entries = ARRAY_NEW(struct entry, texts_count(texts));
	for (uint32_t text = 0; text < texts_count(texts); text++)
		if (posted[text] &&
		    texts->from[text + 1] - texts->from[text] >= w->settings->words_min)
			w->entries[w->count++] = (struct entry){
				.at = at[text], .print = texts->prints[text], .text = text,
			};
	array_free(posted);
	array_free(at);
	t->total = 3 * w->count;
	return sort_items(&by_posting, w->entries, w->count, t);
}

/* --- the sieve: shingles that two texts or more have */

static unsigned
sieve_count(const struct sieve *s, uint32_t hash)
{
	uint64_t place = hash & s->mask;

	return s->counts[place >> 2] >> (place & 3) * 2 & 3;
}

static void
sieve_add(struct sieve *s, uint32_t hash)
{
	uint64_t place = hash & s->mask;

	if (sieve_count(s, hash) < 2)
		s->counts[place >> 2] = (uint8_t)(s->counts[place >> 2] + (1 << (place & 3) * 2));
}

static uint64_t
power_of_two(uint64_t least)
{
	uint64_t n = 64;

	while (n < least)
		n *= 2;
	return n;
}

/* A text that repeats itself counts twice: that only keeps it in. */
static bool
fill_sieve(struct work *w, struct ticker *t)
{
	const struct texts *texts = &w->ds->texts;
	uint64_t places = power_of_two(2 * texts->from[texts_count(texts)]);

	places = places > UINT64_C(1) << 32 ? UINT64_C(1) << 32 : places;
	w->sieve.counts = ARRAY_NEW(uint8_t, places / 4);
	w->sieve.mask = places - 1;
	for (size_t i = 0; i < w->count; i++) {
		size_t count;
		const uint32_t *words = texts_words(texts, w->entries[i].text, &count);

		for (size_t s = 0; s + SHINGLE_WORDS <= count; s++)
			sieve_add(&w->sieve, shingle(words + s));
		if (!tick(t, 1, count * 4))
			return false;
	}
	return true;
}

static bool
may_have_partner(const struct work *w, const struct shingles *s)
{
	size_t common = 0;

	for (size_t i = 0; i < s->count; i++)
		common += sieve_count(&w->sieve, s->hashes[i]) > 1;
	return (double)common >= w->settings->similarity_min * (double)s->count;
}

static bool
use_sieve(struct work *w, struct ticker *t)
{
	struct shingles s;

	for (size_t i = 0; i < w->count; i++) {
		cut_shingles(&w->ds->texts, w->entries[i].text, &s);
		w->entries[i].may_have_partner = may_have_partner(w, &s);
		w->compared += w->entries[i].may_have_partner;
		if (!tick(t, 1, s.count * 8))
			return false;
	}
	return true;
}

/* --- bands */

/* Fixed: the same texts give the same groups everywhere. */
static void
draw_hashes(struct work *w)
{
	struct rng r = rng_seeded(3);

	for (size_t h = 0; h < HASHES; h++) {
		w->factors[h] = rng_next(&r) | 1;
		w->terms[h] = rng_next(&r);
	}
}

static void
band_keys(const struct work *w, const struct shingles *s, uint64_t keys[BANDS])
{
	for (size_t b = 0; b < BANDS; b++) {
		uint32_t least[ROWS];

		for (size_t r = 0; r < ROWS; r++) {
			uint64_t factor = w->factors[b * ROWS + r], term = w->terms[b * ROWS + r];

			least[r] = UINT32_MAX;
			for (size_t i = 0; i < s->count; i++) {
				uint32_t h = (uint32_t)((factor * s->hashes[i] + term) >> 32);

				least[r] = h < least[r] ? h : least[r];
			}
		}
		keys[b] = hash_mix((uint64_t)least[0] << 32 | least[1], b);
	}
}

/* Room for all texts from `from` on at a load of three quarters. */
static void
open_leaders(struct leaders *l, size_t texts)
{
	uint64_t slots = power_of_two((uint64_t)texts * BANDS / 3 * 4 + 1);

	l->slots = ARRAY_NEW(struct slot, slots);
	l->mask = slots - 1;
	ARRAY_GROW(l->from, l->from_cap, 1);
	l->from[0] = 0;
}

static size_t
collect(const struct leaders *l, const uint64_t keys[BANDS], uint32_t out[CANDIDATES_MAX])
{
	size_t count = 0;

	for (size_t b = 0; b < BANDS; b++)
		__builtin_prefetch(&l->slots[keys[b] & l->mask]);
	for (size_t b = 0; b < BANDS; b++) {
		size_t full = count + BUCKET_MAX;

		for (uint64_t i = keys[b] & l->mask; l->slots[i].leader != 0 && count < full;
		     i = (i + 1) & l->mask)
			if (l->slots[i].tag == (uint32_t)(keys[b] >> 32))
				out[count++] = l->slots[i].leader - 1;
	}
	return count;
}

/* Gives back how many slots were looked at. */
static uint64_t
enter(struct leaders *l, const uint64_t keys[BANDS])
{
	uint64_t slots = BANDS;

	for (size_t b = 0; b < BANDS; b++) {
		uint32_t tag = (uint32_t)(keys[b] >> 32);
		uint64_t i = keys[b] & l->mask;
		size_t same = 0;

		for (; l->slots[i].leader != 0; i = (i + 1) & l->mask) {
			same += l->slots[i].tag == tag;
			slots++;
		}
		if (same < BUCKET_MAX)
			l->slots[i] = (struct slot){ tag, l->count + 1 };
	}
	return slots;
}

static void
add_leader(struct leaders *l, uint32_t group, const struct shingles *s)
{
	uint64_t end = l->from[l->count];

	ARRAY_GROW(l->groups, l->groups_cap, (size_t)l->count + 1);
	ARRAY_GROW(l->from, l->from_cap, (size_t)l->count + 2);
	ARRAY_GROW(l->hashes, l->hashes_cap, end + s->count);
	array_copy(l->hashes + end, s->hashes, s->count, sizeof(*s->hashes));
	l->groups[l->count] = group;
	l->from[++l->count] = end + s->count;
}

/* --- grouping */

static uint32_t
found_group(struct work *w, uint32_t text)
{
	struct neardup *n = w->out;

	ARRAY_GROW(n->first, w->first_cap, (size_t)n->group_count + 1);
	n->first[n->group_count] = text;
	n->group[text] = n->group_count;
	n->similarity[text] = 1;
	return n->group_count++;
}

/* The earliest of the candidates that is like enough; numbers are in the order of posting. */
static bool
join_earliest(struct work *w, uint32_t text, const struct shingles *s, uint32_t *candidates,
	      size_t count)
{
	const struct leaders *l = &w->leaders;

	sort_hashes(candidates, count);
	for (size_t i = 0; i < count; i++) {
		uint32_t leader = candidates[i];
		uint64_t from = l->from[leader];
		double like;

		if (i > 0 && leader == candidates[i - 1])
			continue;
		like = jaccard(s, l->hashes + from, l->from[leader + 1] - from);
		if (like >= w->settings->similarity_min) {
			w->out->group[text] = l->groups[leader];
			w->out->similarity[text] = (float)like;
			return true;
		}
	}
	return false;
}

/* Gives back how much work it was. */
static uint64_t
place_text(struct work *w, uint32_t text)
{
	struct shingles s;
	uint64_t keys[BANDS];
	uint32_t candidates[CANDIDATES_MAX];
	size_t count;
	uint64_t slots = BANDS;

	cut_shingles(&w->ds->texts, text, &s);
	band_keys(w, &s, keys);
	count = collect(&w->leaders, keys, candidates);
	if (!join_earliest(w, text, &s, candidates, count)) {
		slots = enter(&w->leaders, keys);
		add_leader(&w->leaders, found_group(w, text), &s);
	}
	return s.count * (HASHES + count) + slots;
}

static bool
group_texts(struct work *w, struct ticker *t)
{
	draw_hashes(w);
	open_leaders(&w->leaders, w->compared);
	for (size_t i = 0; i < w->count; i++) {
		uint64_t steps = 1;

		if (w->entries[i].may_have_partner)
			steps = place_text(w, w->entries[i].text);
		else
			(void)found_group(w, w->entries[i].text);
		if (!tick(t, 1, steps))
			return false;
	}
	return true;
}

static void
done_work(struct work *w)
{
	array_free(w->entries);
	array_free(w->sieve.counts);
	array_free(w->leaders.groups);
	array_free(w->leaders.from);
	array_free(w->leaders.hashes);
	array_free(w->leaders.slots);
}

static void
start_groups(struct neardup *n, size_t texts)
{
	*n = (struct neardup){
		.group = ARRAY_NEW(uint32_t, texts), .similarity = ARRAY_NEW(float, texts),
	};
	for (size_t i = 0; i < texts; i++)
		n->group[i] = NO_TEXT_GROUP;
}

enum claque_rc
neardup_find(struct neardup *n, const struct claque_dataset *ds,
	     const struct neardup_settings *settings, const struct claque_progress *progress,
	     struct claque_err *err)
{
	struct work w = { .ds = ds, .settings = settings, .out = n };
	struct ticker t = { .progress = progress, .stage = "comparing texts" };
	bool go_on;

	*n = (struct neardup){ 0 };
	if (settings->words_min < SHINGLE_WORDS || settings->words_min > TEXT_WORDS_MAX ||
	    !(settings->similarity_min >= 0.2 && settings->similarity_min <= 1))
		return err_set(err, CLAQUE_EUSAGE, "texts of %u words and similarity %g: give %d to "
			       "%d words and 0.2 to 1", settings->words_min,
			       settings->similarity_min, SHINGLE_WORDS, TEXT_WORDS_MAX);
	start_groups(n, texts_count(&ds->texts));
	go_on = list_entries(&w, &t) && fill_sieve(&w, &t) && use_sieve(&w, &t) &&
		group_texts(&w, &t);
	done_work(&w);
	n->reworded = settings->reworded && n->group_count <= NEARDUP_REWORDED_MAX;
	if (go_on && n->reworded)
		go_on = reworded_join(n, ds, &t);
	if (go_on)
		return CLAQUE_OK;
	neardup_done(n);
	return CLAQUE_STOPPED;
}

void
neardup_done(struct neardup *n)
{
	array_free(n->group);
	array_free(n->similarity);
	array_free(n->first);
	*n = (struct neardup){ 0 };
}
