/*
 * wire.h - every byte a program wrote to its terminal, against a list of what
 * it may write: harmless text, cursor, erasing, SGR, the modes we set, and the
 * charset switches of terminfo. Anything else fails: titles, links, queries,
 * mouse modes, device strings, C1, bidi controls, broken UTF-8.
 */
#ifndef TESTS_E2E_WIRE_H
#define TESTS_E2E_WIRE_H

#include "base/buf.h"

/*
 * True if all of raw is on the list. If not, *complaint gets one line: the
 * byte's offset, what is wrong, and the bytes around it, escaped.
 */
bool wire_clean(struct claque_str raw, struct buf *complaint);
/* May this character stand on a terminal as it is? Written apart from text/safe. */
bool wire_harmless(uint32_t code);

#endif
