#include "config.h"

#include "scenario/prose.h"

#include "base/map.h"
#include "base/rng.h"

#include "scenario/english.h"

enum { OWN_WORDS = 240, COMMON_WORDS = 6000, SHORTEST = 7, LONGEST = 20, HEARD_MOST = 24,
       ORIGINAL_MOST = 4096 };

/* Words of content by class letter, as the original has them. */
struct heard {
	struct claque_str words[26][HEARD_MOST];
	uint8_t count[26], used[26];
};

struct writer {
	const struct prose *prose;
	struct rng base, twist;
	struct buf *out;
	bool started;
	struct heard *heard;	/* NULL: nothing is paraphrased */
	bool listening;		/* to the original */
};

/* Both sources move on for every word, so that a reworded text keeps step with its original. */
static uint64_t
draw(struct writer *w)
{
	uint64_t original = rng_next(&w->base), other = rng_next(&w->twist);

	return rng_unit(&w->twist) < w->prose->reword ? other : original;
}

static void
put(struct writer *w, struct claque_str word)
{
	bool mark = word.len == 1 && (word.p[0] == ',' || word.p[0] == '?' || word.p[0] == ':');

	if (w->started && !mark && tongue_spaced(w->prose->tongue))
		buf_addc(w->out, ' ');
	buf_add(w->out, word);
	w->started = true;
}

/* The i-th of a list by commas, or of the language. */
static struct claque_str
draw_place(const struct writer *w, uint64_t index)
{
	struct claque_str rest = w->prose->places, place;
	uint64_t count = 1;

	if (rest.len == 0)
		return str_of(english_word('p', w->prose->topic, index));
	for (size_t i = 0; i < rest.len; i++)
		count += rest.p[i] == ',';
	index %= count;
	while (str_cut(&rest, ',', &place) && index-- > 0)
		;
	return str_trim(place);
}

static struct claque_str
draw_word(struct writer *w, char letter)
{
	struct heard *h = w->heard;
	unsigned k = (unsigned)(letter - 'a');
	struct claque_str word;

	if (h != NULL && !w->listening && h->count[k] > 0 &&
	    rng_unit(&w->twist) >= w->prose->reword)
		return h->words[k][h->used[k]++ % h->count[k]];
	word = letter == 'p' ? draw_place(w, draw(w)) :
	       str_of(english_word(letter, w->prose->topic, draw(w)));
	if (w->listening && h->count[k] < HEARD_MOST)
		h->words[k][h->count[k]++] = word;
	return word;
}

static void
put_pattern(struct writer *w, struct claque_str pattern)
{
	struct claque_str word;

	while (str_cut(&pattern, ' ', &word)) {
		if (word.len == 3 && word.p[0] == '{') {
			put(w, draw_word(w, word.p[1]));
		} else {
			uint64_t original = rng_next(&w->twist);
			bool other = rng_unit(&w->twist) < w->prose->reword &&
				     byte_is_alpha(word.p[0]);

			put(w, other ? str_of(english_word('m', w->prose->topic, original)) : word);
		}
	}
}

/* Some words are far more common than others: the square of a uniform number. */
static uint64_t
common(uint64_t x, uint64_t count)
{
	double u = (double)(x >> 11) * 0x1p-53;

	return (uint64_t)(u * u * (double)count);
}

static struct claque_str
token(struct writer *w, struct arena *perm)
{
	enum tongue t = w->prose->tongue;
	uint64_t kind = rng_below(&w->base, 100), x = draw(w);

	if (kind < 28)
		return str_of(tongue_function_word(t, w->prose->anew ? rng_next(&w->twist) : x));
	if (kind < 60)
		return tongue_word(t, hash_mix(common(x, OWN_WORDS), w->prose->topic), false, perm);
	return tongue_word(t, common(x, COMMON_WORDS), false, perm);
}

/* Paraphrased: the same words of content in another order, between others. */
static void
put_tokens(struct writer *w, size_t tokens, struct arena scratch)
{
	struct claque_str words[SHORTEST + LONGEST];

	for (size_t i = 0; i < tokens; i++) {
		size_t k = w->prose->anew ? rng_below(&w->twist, i + 1) : i;
		struct claque_str word = token(w, &scratch);

		words[i] = word;	/* k may be i */
		words[i] = words[k];
		words[k] = word;
	}
	for (size_t i = 0; i < tokens; i++)
		put(w, words[i]);
}

static void
put_sentences(struct writer *w, uint64_t count, struct rng *patterns)
{
	for (uint64_t i = 0; i < count; i++) {
		put_pattern(w, str_of(english_pattern(rng_next(patterns))));
		buf_addc(w->out, '.');
	}
}

/* Listens to the original, then says its words of content in other sentences. */
static void
put_anew(struct writer *w, uint64_t sentences)
{
	struct prose original = *w->prose;
	struct heard heard = { .count = { 0 } };
	struct buf aside;
	struct writer listener = *w;

	original.reword = 0;
	buf_init(&aside, ORIGINAL_MOST);
	listener.prose = &original;
	listener.out = &aside;
	listener.heard = w->heard = &heard;
	listener.listening = true;
	put_sentences(&listener, sentences, &listener.base);
	buf_done(&aside);
	put_sentences(w, 1 + rng_below(&w->twist, sentences + 1), &w->twist);
	w->heard = NULL;
}

void
prose_text(const struct prose *p, struct buf *out, struct arena scratch)
{
	uint64_t seed = hash_mix(p->seed, p->topic);
	struct writer w = { .prose = p, .base = rng_seeded(seed), .out = out,
			    .twist = rng_seeded(hash_mix(p->twist, seed)) };
	uint64_t sentences = 1 + rng_below(&w.base, 3);
	uint64_t length = rng_below(&w.base, LONGEST - SHORTEST);

	if (p->topic == TOPIC_COMMENT && p->tongue == TONGUE_ENGLISH)
		put_pattern(&w, str_of(english_comment(rng_next(&w.base))));
	else if (p->tongue != TONGUE_ENGLISH)
		put_tokens(&w, p->topic == TOPIC_COMMENT ? 1 + length / 3 : SHORTEST + length,
			   scratch);
	else if (p->anew)
		put_anew(&w, sentences);
	else
		put_sentences(&w, sentences, &w.base);
}
