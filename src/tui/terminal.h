/*
 * terminal.h - the real terminal: curses, keys, and leaving it as it was.
 *
 * The terminal is restored on every way out: return, exit(), SIGTERM, SIGHUP,
 * SIGINT, SIGQUIT, SIGSEGV, SIGBUS, SIGABRT, SIGFPE; SIGTSTP and SIGCONT work.
 * There is one terminal in a process, hence functions without a handle.
 */
#ifndef TUI_TERMINAL_H
#define TUI_TERMINAL_H

#include "tui/grid.h"
#include "tui/key.h"

struct terminal_options {
	bool ascii;	/* --ascii, or the locale is not UTF-8 */
	bool mono;	/* --mono, NO_COLOR, TERM=dumb or vt100 */
};

/* Fills in what locale and environment say. */
struct terminal_options terminal_detect(void);
/* EIO: no terminal, or an unknown TERM (the message says how to install it). */
CLAQUE_CHECKED enum claque_rc terminal_start(const struct terminal_options *options,
					     struct claque_err *err);
void terminal_stop(void);
void terminal_size(int *rows, int *cols);
/* Sends what changed since the last call. */
void terminal_paint(const struct grid *g);
/* Everything anew with the next paint (Ctrl-L). */
void terminal_forget(void);
/*
 * The next key, waiting up to timeout_ms (-1: for ever); 0 when the time is up. CK_RESIZE after the
 * size changed (coalesced), CK_PASTE after a bracketed paste: terminal_pasted()
 * has its text, which is never taken as keys. CK_HANGUP after SIGHUP or SIGTERM.
 */
uint32_t terminal_key(int timeout_ms);
struct claque_str terminal_pasted(void);

#endif
