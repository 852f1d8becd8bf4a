/*
 * input.h - what curses reads, as key numbers.
 */
#ifndef TUI_INPUT_H
#define TUI_INPUT_H

#include "base/buf.h"

enum { INPUT_PASTE_MAX = 64 << 10 };

/*
 * Teaches curses the sequences that terminfo misses: both forms of the arrows,
 * the variants of Home and End, bracketed paste. After newterm().
 */
void input_define(void);
/*
 * The next key that is already there, without waiting longer than a sequence
 * takes; 0 for none. CK_PASTE: its text is in *pasted (line ends as LF).
 */
uint32_t input_next(struct buf *pasted);

#endif
