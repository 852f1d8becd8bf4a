/*
 * utf8.h - strict UTF-8: overlong forms, surrogates and values past U+10FFFF
 * are not characters, and no byte is ever skipped silently.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/str.h"

enum { UTF8_BAD = 0xffffffffu };

/*
 * The code point at the start of s and the bytes it took in *used (at least
 * 1). An invalid sequence gives UTF8_BAD and takes exactly one byte. s.len > 0.
 */
uint32_t utf8_next(struct claque_str s, size_t *used);
/* Writes 1..4 bytes, returns how many; code must be a valid code point. */
size_t utf8_put(char out[4], uint32_t code);
bool utf8_valid(struct claque_str s);

#endif
