/* punycode.h - labels of internationalised hosts as what the reader sees (RFC 3492). */
#ifndef ENGINE_PUNYCODE_H
#define ENGINE_PUNYCODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "claque/types.h"

/*
 * s: what follows "xn--". False for what no encoder writes: digits that end too
 * early, a value past U+10FFFF or a surrogate, or more than `room` code points.
 */
bool punycode_decode(struct claque_str s, uint32_t *out, size_t room, size_t *count);

#endif
