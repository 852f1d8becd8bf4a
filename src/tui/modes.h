/*
 * modes.h - what a terminal is asked for beside curses: pasted text in brackets, the
 * mouse, frames that appear whole, its clipboard. Each only if the terminal has it and,
 * but for paste, only if the user wants it. After curses has started.
 */
#ifndef TUI_MODES_H
#define TUI_MODES_H

#include "base/buf.h"

/* Frames that appear whole. AUTO: if terminfo knows it; ASK: if the terminal says so. */
enum modes_sync { SYNC_AUTO, SYNC_OFF, SYNC_ASK };

struct modes {
	bool mouse;
	enum modes_sync sync;
};

/* Past curses, between its updates. */
void modes_send(struct claque_str bytes);
/* What the terminal can do is found out. */
void modes_start(void);
/* On, and off again, as wanted; also after the terminal was somebody else's. */
void modes_enter(const struct modes *wanted);
void modes_leave(void);
/* The bytes of modes_leave(), for a signal handler. */
void modes_add_leave(struct buf *out);
/* Around what curses sends for one frame. */
void modes_begin_frame(void);
void modes_end_frame(void);
/* OSC 52, to the clipboard; false: too long. text is what was made safe, and no query. */
enum { MODES_COPY_MAX = 48 << 10 };	/* 64 KB in base64 */
bool modes_copy(struct claque_str text);

#endif
