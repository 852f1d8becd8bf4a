#include "config.h"

#include "scenario/prose.h"

#include "base/map.h"
#include "base/rng.h"

#include "scenario/english.h"

enum { OWN_WORDS = 240, COMMON_WORDS = 6000, SHORTEST = 7, LONGEST = 20 };

struct writer {
	const struct prose *prose;
	struct rng base, twist;
	struct buf *out;
	bool started;
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

static void
put_pattern(struct writer *w, struct claque_str pattern)
{
	struct claque_str word;

	while (str_cut(&pattern, ' ', &word)) {
		if (word.len == 3 && word.p[0] == '{') {
			put(w, str_of(english_word(word.p[1], w->prose->topic, draw(w))));
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

static void
put_tokens(struct writer *w, size_t tokens, struct arena scratch)
{
	enum tongue t = w->prose->tongue;

	for (size_t i = 0; i < tokens; i++) {
		struct arena a = scratch;
		uint64_t kind = rng_below(&w->base, 100), x = draw(w);

		if (kind < 28)
			put(w, str_of(tongue_function_word(t, x)));
		else if (kind < 60)
			put(w, tongue_word(t, hash_mix(common(x, OWN_WORDS), w->prose->topic),
					   false, &a));
		else
			put(w, tongue_word(t, common(x, COMMON_WORDS), false, &a));
	}
}

void
prose_text(const struct prose *p, struct buf *out, struct arena scratch)
{
	uint64_t seed = hash_mix(p->seed, p->topic);
	struct writer w = { .prose = p, .base = rng_seeded(seed), .out = out,
			    .twist = rng_seeded(hash_mix(p->twist, seed)) };
	uint64_t sentences = 1 + rng_below(&w.base, 3);
	uint64_t length = rng_below(&w.base, LONGEST - SHORTEST);

	if (p->topic == TOPIC_COMMENT && p->tongue == TONGUE_ENGLISH) {
		put_pattern(&w, str_of(english_comment(rng_next(&w.base))));
		return;
	}
	if (p->tongue != TONGUE_ENGLISH) {
		put_tokens(&w, p->topic == TOPIC_COMMENT ? 1 + length / 3 : SHORTEST + length,
			   scratch);
		return;
	}
	for (uint64_t i = 0; i < sentences; i++) {
		put_pattern(&w, str_of(english_pattern(rng_next(&w.base))));
		buf_addc(out, '.');
	}
}
