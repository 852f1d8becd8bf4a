/*
 * finder.h - many strings looked for in a text at once, by one step a byte: the
 * automaton of Aho and Corasick, "Efficient String Matching: An Aid to
 * Bibliographic Search" (1975).
 */
#ifndef TEXT_FINDER_H
#define TEXT_FINDER_H

#include "base/str.h"

struct finder;

/* Never NULL. finder_free() takes NULL. */
struct finder *finder_new(void);
void finder_free(struct finder *f);
/* Before finder_seal(); of valid UTF-8. `number` is what finder_run() tells of it. False: too many bytes. */
bool finder_add(struct finder *f, struct claque_str s, uint32_t number);
void finder_seal(struct finder *f);
/* Sets the bit of each number whose string is in the text. Nothing is folded here. */
void finder_run(const struct finder *f, struct claque_str text, uint64_t *bits);

#endif
