/*
 * words.h - the words of the training world, and texts made of them.
 *
 * Texts come from templates with slots; the same topic and seed give the same
 * text, so that a copy of a post needs only its seed.
 */
#ifndef SCENARIO_WORDS_H
#define SCENARIO_WORDS_H

#include "base/buf.h"
#include "base/rng.h"

/* What a post is about. X(name) */
#define TOPIC_LIST(X) \
	X(LEFT) X(RIGHT) X(NEWS) X(ASIA) X(STAR) X(FASHION) X(PETS) X(DAILY) X(ACTION) \
	X(WIRE) X(COMMENT) X(CONTEST) X(SPAM) X(BOT)

#define X(name) TOPIC_##name,
enum topic { TOPIC_LIST(X) TOPIC_COUNT };
#undef X

/* Lists that profiles are made of. */
enum word_list {
	WORDS_FIRST, WORDS_LAST, WORDS_OFFICE_LAST, WORDS_INDIA_FIRST, WORDS_INDIA_LAST,
	WORDS_US_PLACE, WORDS_INDIA_PLACE, WORDS_WORLD_PLACE, WORDS_BIO, WORDS_WORD,
	WORDS_OUTLET, WORDS_ASIA_OUTLET, WORDS_STAR, WORDS_CAUSE, WORDS_TAG_LEFT, WORDS_TAG_RIGHT,
	WORDS_TAG_ASIA, WORDS_TAG_DAILY, WORDS_HOSTILE, WORDS_LIST_COUNT
};

size_t words_count(enum word_list list);
/* index is taken modulo the list's length. */
const char *words_at(enum word_list list, uint64_t index);
const char *words_pick(enum word_list list, struct rng *r);
/* Appends the text of (topic, seed). */
void words_text(enum topic topic, uint64_t seed, struct buf *out);

#endif
