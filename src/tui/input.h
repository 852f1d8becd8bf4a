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

/* Of the last CK_CLICK; from 0. */
struct input_mouse {
	int row, col;
};
const struct input_mouse *input_mouse(void);
/* Has the terminal answered whether it can hold frames back, and that it can? */
bool input_has_answer(void);
bool input_answered(void);

#endif
