/*
 * defang.h - addresses that no reader's program makes a link of: a click would tell the
 * operator who is looking.
 */
#ifndef EXPORT_DEFANG_H
#define EXPORT_DEFANG_H

#include "base/str.h"

/* Is there an address in it? A word has no blank. */
bool defang_is_address(struct claque_str word);
/*
 * What stands for the *used bytes at i of such a word: "[.]", "[:]", "hxxp". NULL, with *used
 * 0: they stay. Dots inside are in brackets, and no scheme is whole.
 */
const char *defang_at(struct claque_str word, size_t i, size_t *used);

#endif
