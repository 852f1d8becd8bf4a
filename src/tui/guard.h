/*
 * guard.h - signals while the terminal is ours: what must leave it as it was,
 * and what the key loop has to know of.
 *
 * No curses here: a handler may call only what is safe in one, so the bytes
 * that leave the terminal are put together beforehand.
 */
#ifndef TUI_GUARD_H
#define TUI_GUARD_H

#include "base/str.h"

enum guard_event {
	GUARD_RESIZE = 1, GUARD_SUSPEND = 2, GUARD_CONTINUE = 4, GUARD_HANGUP = 8, GUARD_WAKE = 16,
};

enum { GUARD_LEAVE_MAX = 256 };

/*
 * Keeps the terminal's settings and takes the signals over; those ignored so
 * far (nohup) stay ignored. EIO: standard input is no terminal. Call it before
 * curses starts, as curses takes what nobody has.
 */
CLAQUE_CHECKED enum claque_rc guard_start(struct claque_err *err);
/* The bytes that leave the terminal, at most GUARD_LEAVE_MAX; armed from here on. */
void guard_arm(struct claque_str leave);
/* Nothing to leave any more: curses has done it. */
void guard_disarm(void);
/* Leaves now if armed; safe in a signal handler. */
void guard_leave(void);
/* Signals and terminal settings as they were before guard_start(). */
void guard_stop(void);

/* Readable when events are waiting. */
int guard_fd(void);
/* The events since the last call, or-ed; 0 for none. */
unsigned guard_take(void);
/* From any thread: an event that only wakes. */
void guard_wake(void);
/* Stops the process as Ctrl-Z does; returns when it goes on. */
void guard_suspend(void);
/* Dies of the SIGTERM or SIGHUP that GUARD_HANGUP told of, if there was one. */
void guard_reraise(void);

#endif
