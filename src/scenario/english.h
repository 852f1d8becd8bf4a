/*
 * english.h - patterns and word classes of English prose.
 */
#ifndef SCENARIO_ENGLISH_H
#define SCENARIO_ENGLISH_H

#include <stdint.h>

#include "scenario/words.h"

/*
 * A sentence: words apart by spaces, of which {n} noun, {v} verb of the past,
 * {a} adjective, {t} noun of the topic, {m} adverb of time or manner, {p} place,
 * {d} number, {w} person are drawn.
 */
const char *english_pattern(uint64_t index);
const char *english_comment(uint64_t index);
/* A word of a class letter; any index. */
const char *english_word(char letter, enum topic topic, uint64_t index);

#endif
