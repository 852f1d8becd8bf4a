/*
 * twin_compare.c - one pair, part by part: the level of agreement, and how
 * often strangers would agree on just this.
 */
#include "config.h"

#include <math.h>

#include "engine/twin_pair.h"

#define DAY_MS (INT64_C(24) * 3600 * 1000)

enum { STEM_MIN = 4, STEM_START_MIN = 5 };

/* Accounts but these two that have it, and half a one that was never seen. */
static double
others(uint32_t count)
{
	return count > 2 ? count - 1.5 : 0.5;
}

static void
set_rare(struct twin_pair *pair, enum claque_twin_part part, double u)
{
	pair->rare[part] = true;
	pair->ln_u[part] = (float)log(u < 1 ? u : 1);
}

static double
accounts(const struct twin_pairs *p)
{
	return p->ds->account_names.count;
}

/* --- name */

struct shared_words {
	unsigned shared, left_a, left_b;	/* words in both, and only in one */
	uint32_t words[NAME_WORDS_MAX];		/* the shared ones */
	uint32_t together;		/* accounts with the two rarest shared words */
	double u;			/* a stranger's name holds the shared ones */
	bool initials;			/* what is left could be short for the other's */
};

static bool
is_start(struct claque_str a, struct claque_str b)
{
	return str_starts(a, b) || str_starts(b, a);
}

static bool
has_word(const struct profile *x, uint32_t word)
{
	for (size_t i = 0; i < x->word_count; i++)
		if (x->words[i] == word)
			return true;
	return false;
}

/* Every word that only a has begins, or is begun by, one that only b has. */
static bool
has_initials(const struct profiles *p, const struct profile *a, const struct profile *b)
{
	for (size_t i = 0; i < a->word_count; i++) {
		bool found = has_word(b, a->words[i]);

		for (size_t j = 0; j < b->word_count && !found; j++)
			found = !has_word(a, b->words[j]) &&
				is_start(map_key(&p->words.known, a->words[i]),
					 map_key(&p->words.known, b->words[j]));
		if (!found)
			return false;
	}
	return true;
}

/* The words of a name depend on each other: two are counted together, not multiplied. */
static void
count_together(const struct twin_pairs *p, struct shared_words *s)
{
	double apart = 1;

	s->together = UINT32_MAX;
	for (size_t i = 0; i < s->shared; i++) {
		apart *= others(p->profiles.words.count[s->words[i]]) / accounts(p);
		for (size_t j = i + 1; j < s->shared; j++) {
			uint32_t n = twin_name_count(p, s->words[i], s->words[j]);

			s->together = n < s->together ? n : s->together;
		}
	}
	if (s->shared < 2)
		s->u = apart;
	else
		s->u = s->together > 2 ? (s->together - 2) / accounts(p)
				       : fmax(fmin(apart, 0.5 / accounts(p)), 0.1 / accounts(p));
}

static struct shared_words
share_words(const struct twin_pairs *p, const struct profile *a, const struct profile *b)
{
	struct shared_words s = { .u = 1 };

	for (size_t i = 0; i < a->word_count; i++)
		if (has_word(b, a->words[i]))
			s.words[s.shared++] = a->words[i];
	count_together(p, &s);
	s.left_a = a->word_count - s.shared;
	s.left_b = b->word_count - s.shared;
	s.initials = has_initials(&p->profiles, a, b) || has_initials(&p->profiles, b, a);
	return s;
}

/* Of those who share the two rarest words, how many share the whole name. */
static double
whole_name_rate(const struct twin_pairs *p, const struct shared_words *s, uint32_t same)
{
	double more = same > 2 ? same - 2 : 0;

	if (s->shared < 2)
		return (more + 0.5) / accounts(p);
	return s->together > 2 ? s->u * (more + 0.5) / (s->together - 1) : s->u;
}

/* 4 equal, 3 one holds the other or shortens it, 2 a word or most letters, 1 else. */
static void
compare_names(const struct twin_pairs *p, struct twin_pair *pair, const struct shared_words *s)
{
	const struct profiles *all = &p->profiles;
	const struct profile *a = &all->items[pair->a], *b = &all->items[pair->b];
	struct word x, y;

	if (a->name == NO_TERM || b->name == NO_TERM)
		return;
	pair->level[CLAQUE_TWIN_NAME] = 1;
	if (a->name == b->name) {
		pair->level[CLAQUE_TWIN_NAME] = 4;
		set_rare(pair, CLAQUE_TWIN_NAME, whole_name_rate(p, s, all->names.count[a->name]));
	} else if (s->shared > 0) {
		pair->level[CLAQUE_TWIN_NAME] = s->left_a == 0 || s->left_b == 0 || s->initials ? 3
												: 2;
		set_rare(pair, CLAQUE_TWIN_NAME, s->u);
	} else {
		x = term_word(&all->names, a->name);
		y = term_word(&all->names, b->name);
		pair->level[CLAQUE_TWIN_NAME] = edit_similarity(&x, &y) >= 0.8 ? 2 : 1;
	}
}

/* --- handle */

static struct claque_str
stem_of(const struct profiles *p, uint32_t account)
{
	uint32_t stem = p->items[account].stem;

	return stem == NO_TERM ? STR("") : map_key(&p->stems.known, stem);
}

/* Letters and digits only, lower case. */
static bool
same_handle(struct claque_str a, struct claque_str b)
{
	size_t i = 0, j = 0;

	for (;;) {
		while (i < a.len && !byte_is_alpha(a.p[i]) && !byte_is_digit(a.p[i]))
			i++;
		while (j < b.len && !byte_is_alpha(b.p[j]) && !byte_is_digit(b.p[j]))
			j++;
		if (i == a.len || j == b.len)
			return i == a.len && j == b.len;
		if (byte_lower(a.p[i++]) != byte_lower(b.p[j++]))
			return false;
	}
}

static bool
similar_stems(const struct profiles *p, uint32_t a, uint32_t b)
{
	struct claque_str x = stem_of(p, a), y = stem_of(p, b);
	struct word v, w;

	if (x.len >= STEM_START_MIN && y.len >= STEM_START_MIN && is_start(x, y))
		return true;
	v = term_word(&p->stems, p->items[a].stem);
	w = term_word(&p->stems, p->items[b].stem);
	return v.len >= STEM_START_MIN && w.len >= STEM_START_MIN && edit_similarity(&v, &w) >= 0.8;
}

/* Three letters of a shared word stand in it. */
static bool
has_shared_word(const struct twin_pairs *p, struct claque_str stem, const struct shared_words *s)
{
	for (size_t i = 0; i < s->shared; i++) {
		struct claque_str word = map_key(&p->profiles.words.known, s->words[i]);

		if (str_find(stem, str_sub(word, 0, 3), 0) < stem.len)
			return true;
	}
	return false;
}

static unsigned
digits_of(struct claque_str s)
{
	unsigned n = 0;

	for (size_t i = 0; i < s.len && n < UINT8_MAX; i++)
		n += byte_is_digit(s.p[i]);
	return n;
}

/* 4 equal but for punctuation, 3 but for digits, 2 much alike, 1 else. */
static void
compare_handles(const struct twin_pairs *p, struct twin_pair *pair, const struct shared_words *s)
{
	const struct profiles *all = &p->profiles;
	const struct profile *a = &all->items[pair->a], *b = &all->items[pair->b];
	struct claque_str x = dataset_handle(p->ds, pair->a), y = dataset_handle(p->ds, pair->b);
	uint8_t *level = &pair->level[CLAQUE_TWIN_HANDLE];
	bool same;

	if (x.len == 0 || y.len == 0)
		return;
	same = same_handle(x, y);
	*level = same ? 4 : 1;
	if (a->stem == NO_TERM || b->stem == NO_TERM)
		return;
	if (a->stem == b->stem && stem_of(all, pair->a).len >= STEM_MIN)
		*level = same ? 4 : 3;
	else if (similar_stems(all, pair->a, pair->b))
		*level = 2;
	pair->of_name = has_shared_word(p, stem_of(all, pair->a), s) &&
			has_shared_word(p, stem_of(all, pair->b), s);
	pair->digits = (uint8_t)digits_of(x);
	if (!pair->of_name && *level >= 3)
		set_rare(pair, CLAQUE_TWIN_HANDLE, others(all->stems.count[a->stem]) / accounts(p));
}

/* --- picture, bio, place, time, sources */

static void
compare_pictures(const struct twin_pairs *p, struct twin_pair *pair)
{
	const struct account *a = &p->ds->accounts[pair->a], *b = &p->ds->accounts[pair->b];
	uint32_t least = p->alike[pair->a] < p->alike[pair->b] ? p->alike[pair->a]
							       : p->alike[pair->b];
	int bits;

	if (a->avatar != CLAQUE_AVATAR_HASH || b->avatar != CLAQUE_AVATAR_HASH)
		return;
	bits = __builtin_popcountll(a->avatar_hash ^ b->avatar_hash);
	pair->level[CLAQUE_TWIN_PICTURE] = bits > 16 ? 1 : bits > 10 ? 2 : bits > 3 ? 3 : 4;
	if (bits <= 10)
		set_rare(pair, CLAQUE_TWIN_PICTURE, others(least + 1) / accounts(p));
}

static void
compare_bios(const struct twin_pairs *p, struct twin_pair *pair)
{
	const struct profile *a = &p->profiles.items[pair->a], *b = &p->profiles.items[pair->b];
	double likeness;

	if (a->bio == NO_TERM || b->bio == NO_TERM)
		return;
	likeness = profile_bio_likeness(&p->profiles, pair->a, pair->b);
	pair->level[CLAQUE_TWIN_BIO] = likeness < 0.1 ? 1 : likeness < 0.4 ? 2 :
				       likeness < 0.8 ? 3 : 4;
	if (a->bio == b->bio)
		set_rare(pair, CLAQUE_TWIN_BIO,
			 others(p->profiles.bios.count[a->bio]) / accounts(p));
}

static void
compare_places(const struct twin_pairs *p, struct twin_pair *pair)
{
	const struct profile *a = &p->profiles.items[pair->a], *b = &p->profiles.items[pair->b];

	if (a->place == NO_TERM || b->place == NO_TERM)
		return;
	pair->level[CLAQUE_TWIN_PLACE] = a->place == b->place ? 2 : 1;
	if (a->place == b->place)
		set_rare(pair, CLAQUE_TWIN_PLACE,
			 others(p->profiles.places.count[a->place]) / accounts(p));
}

static void
compare_births(const struct twin_pairs *p, struct twin_pair *pair)
{
	int64_t a = p->ds->accounts[pair->a].created_at, b = p->ds->accounts[pair->b].created_at;
	int64_t days;

	if (a == CLAQUE_NO_TIME || b == CLAQUE_NO_TIME)
		return;
	days = (a > b ? a - b : b - a) / DAY_MS;
	pair->level[CLAQUE_TWIN_CREATED] = days > 365 ? 1 : days > 90 ? 2 : days > 30 ? 3 :
					   days > 7 ? 4 : 5;
}

/* 3 two or more sources that hardly anybody shares, 2 one, 1 none. */
static void
compare_sources(const struct twin_pairs *p, struct twin_pair *pair)
{
	uint64_t i = p->source_from[pair->a], i_end = p->source_from[pair->a + 1];
	uint64_t j = p->source_from[pair->b], j_end = p->source_from[pair->b + 1];
	uint32_t last = CLAQUE_NO_OBJECT, both = 0;

	if (i == i_end || j == j_end)
		return;
	while (i < i_end && j < j_end) {
		uint32_t x = p->sources[i], y = p->sources[j];

		both += x == y && x != last;
		last = x == y ? x : last;
		i += x <= y;
		j += y <= x;
	}
	pair->level[CLAQUE_TWIN_SOURCES] = both > 1 ? 3 : both == 1 ? 2 : 1;
}

void
twin_compare(const struct twin_pairs *p, struct twin_pair *pair)
{
	struct shared_words s = share_words(p, &p->profiles.items[pair->a],
					    &p->profiles.items[pair->b]);

	compare_names(p, pair, &s);
	compare_handles(p, pair, &s);
	compare_pictures(p, pair);
	compare_bios(p, pair);
	compare_places(p, pair);
	compare_births(p, pair);
	compare_sources(p, pair);
}
