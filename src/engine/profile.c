#include "config.h"

#include "engine/profile.h"

#include <math.h>

#include "base/array.h"
#include "base/utf8.h"
#include "engine/wording.h"

/* --- counting */

static uint32_t
add_term(struct terms *t, struct claque_str s)
{
	bool is_new;
	uint32_t n = map_add(&t->known, s, &is_new);

	ARRAY_GROW(t->count, t->cap, (size_t)n + 1);
	if (is_new)
		t->count[n] = 0;
	t->count[n]++;
	return n;
}

static bool
holds(const uint32_t *list, size_t count, uint32_t item)
{
	for (size_t i = 0; i < count; i++)
		if (list[i] == item)
			return true;
	return false;
}

/* A word that comes twice counts once. */
static size_t
add_words(struct terms *t, const struct wording *c, uint32_t *out, size_t room)
{
	struct claque_str rest = { c->bytes, c->len }, word;
	size_t n = 0;

	while (n < room && str_cut(&rest, ' ', &word)) {
		uint32_t known = map_get(&t->known, word);

		if (word.len == 0 || (known != MAP_NONE && holds(out, n, known)))
			continue;
		out[n++] = add_term(t, word);
	}
	return n;
}

static uint32_t
add_whole(struct terms *t, const struct wording *c)
{
	return c->len == 0 ? NO_TERM : add_term(t, (struct claque_str){ c->bytes, c->len - 1 });
}

static uint32_t
add_stem(struct terms *t, struct claque_str handle)
{
	struct wording c;
	size_t n = 0;

	wording_cut(&c, handle);
	for (size_t i = 0; i < c.len; i++)
		if (!byte_is_digit(c.bytes[i]) && c.bytes[i] != ' ')
			c.bytes[n++] = c.bytes[i];
	return n == 0 ? NO_TERM : add_term(t, (struct claque_str){ c.bytes, n });
}

static int
compare_numbers(const void *pa, const void *pb)
{
	const uint32_t *a = pa, *b = pb;

	return (*a > *b) - (*a < *b);
}

/* "News of Leeds" by Leeds News says as much as "news of": the name is compared already. */
static void
drop_name_words(struct wording *c, const struct terms *words, const struct profile *x)
{
	struct claque_str rest = { c->bytes, c->len }, word;
	size_t len = 0;

	while (str_cut(&rest, ' ', &word)) {
		uint32_t known = map_get(&words->known, word);

		if (word.len == 0 || (known != MAP_NONE && holds(x->words, x->word_count, known)))
			continue;
		memmove(c->bytes + len, word.p, word.len);
		len += word.len;
		c->bytes[len++] = ' ';
	}
	c->len = len;
}

static void
add_profile(struct profiles *p, uint32_t number)
{
	const struct account *account = &p->ds->accounts[number];
	struct profile *to = &p->items[number];
	struct wording c;

	wording_cut(&c, dataset_string(p->ds, account->name));
	to->word_count = (uint8_t)add_words(&p->words, &c, to->words, NAME_WORDS_MAX);
	to->name = add_whole(&p->names, &c);
	to->stem = add_stem(&p->stems, dataset_handle(p->ds, number));
	wording_cut(&c, dataset_string(p->ds, account->location));
	to->place = add_whole(&p->places, &c);
	wording_cut(&c, dataset_string(p->ds, account->bio));
	drop_name_words(&c, &p->words, to);
	to->bio = add_whole(&p->bios, &c);
	to->bio_count = (uint8_t)add_words(&p->bio_words, &c, to->bio_words, BIO_WORDS_MAX);
	array_sort(to->bio_words, to->bio_count, sizeof(*to->bio_words), compare_numbers);
}

static struct terms *
all_terms(struct profiles *p, size_t i)
{
	struct terms *const all[] = { &p->words, &p->names, &p->stems,
				      &p->bios, &p->bio_words, &p->places };

	return i < sizeof(all) / sizeof(all[0]) ? all[i] : NULL;
}

/* In the order of ids: numbers must not depend on the order of the input. */
void
profiles_init(struct profiles *p, const struct claque_dataset *ds)
{
	struct terms *t;

	*p = (struct profiles){ .ds = ds };
	for (size_t i = 0; (t = all_terms(p, i)) != NULL; i++)
		map_init(&t->known);
	p->items = ARRAY_NEW(struct profile, ds->account_names.count);
	for (uint32_t r = 0; r < ds->account_names.count; r++)
		add_profile(p, ds->by_rank[r]);
}

void
profiles_done(struct profiles *p)
{
	struct terms *t;

	for (size_t i = 0; (t = all_terms(p, i)) != NULL; i++) {
		map_done(&t->known);
		array_free(t->count);
	}
	array_free(p->items);
	*p = (struct profiles){ 0 };
}

/* --- comparing */

struct word
term_word(const struct terms *t, uint32_t term)
{
	struct claque_str s = term == NO_TERM ? STR("") : map_key(&t->known, term);
	struct word w = { .len = 0 };

	while (s.len > 0 && w.len < WORD_MAX) {
		size_t used;

		w.code[w.len++] = utf8_next(s, &used);
		s = str_sub(s, used, s.len);
	}
	return w;
}

/* How many bytes of the stem the word's beginning covers. */
static size_t
covered(struct claque_str stem, struct claque_str word)
{
	size_t n = 0;

	while (n < stem.len && n < word.len && stem.p[n] == word.p[n])
		n++;
	return n;
}

bool
profile_handle_of_name(const struct profiles *p, uint32_t account)
{
	const struct profile *x = &p->items[account];
	struct claque_str stem;
	size_t longest = 0;

	if (x->stem == NO_TERM)
		return false;
	stem = map_key(&p->stems.known, x->stem);
	while (stem.len > 0) {
		size_t best = 0;

		for (size_t i = 0; i < x->word_count; i++) {
			size_t n = covered(stem, map_key(&p->words.known, x->words[i]));

			best = n > best ? n : best;
		}
		if (best == 0)
			return false;
		longest = best > longest ? best : longest;
		stem = str_sub(stem, best, stem.len);
	}
	return longest >= 3;
}

static double
rareness(const struct profiles *p, uint32_t bio_word)
{
	return log(1 + (double)p->ds->account_names.count / p->bio_words.count[bio_word]);
}

double
profile_bio_likeness(const struct profiles *p, uint32_t a, uint32_t b)
{
	const struct profile *x = &p->items[a], *y = &p->items[b];
	double shared = 0, all = 0;
	size_t i = 0, j = 0;

	while (i < x->bio_count || j < y->bio_count) {
		bool left = j == y->bio_count ||
			    (i < x->bio_count && x->bio_words[i] <= y->bio_words[j]);
		bool right = i == x->bio_count ||
			     (j < y->bio_count && y->bio_words[j] <= x->bio_words[i]);
		double weight = rareness(p, left ? x->bio_words[i] : y->bio_words[j]);

		all += weight;
		shared += left && right ? weight : 0;
		i += left;
		j += right;
	}
	return all > 0 ? shared / all : 0;
}
