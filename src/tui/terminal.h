/*
 * terminal.h - the real terminal: curses, keys, and leaving it as it was.
 *
 * The terminal is restored on every way out: return, exit(), SIGTERM, SIGHUP,
 * SIGINT, SIGQUIT, SIGSEGV, SIGBUS, SIGABRT, SIGFPE; SIGTSTP and SIGCONT work.
 * Ctrl-C on the keyboard is a key like any other.
 * There is one terminal in a process, hence functions without a handle.
 */
#ifndef TUI_TERMINAL_H
#define TUI_TERMINAL_H

#include "tui/grid.h"
#include "tui/key.h"
#include "tui/modes.h"
#include "tui/theme.h"

struct terminal_options {
	bool ascii;	/* wanted, or the locale is not UTF-8 */
	bool mono;	/* NO_COLOR, TERM=dumb or vt100: what THEME_AUTO is then */
	bool blocks;	/* TERM=linux: its font has no braille */
	enum theme theme;
	int escape_ms;	/* 0: 25; CLAQUE_ESCDELAY goes before it */
	struct modes modes;
};

/* Fills in what locale and environment say. */
struct terminal_options terminal_detect(void);
/*
 * EIO: no terminal, or one that cannot place the cursor (TERM=dumb). An unknown
 * TERM is taken for xterm-256color or vt100, and terminal_note() says so. Sets
 * LC_CTYPE from the environment, no other part of the locale. Until
 * terminal_stop(), running out of memory restores the terminal before it dies.
 */
CLAQUE_CHECKED enum claque_rc terminal_start(const struct terminal_options *options,
					     struct claque_err *err);
/* Other options while it runs; all is painted anew with the next paint. */
void terminal_change(const struct terminal_options *options);
/* Also called at exit(); twice does no harm. */
void terminal_stop(void);
/*
 * After CK_HANGUP, when the work is saved and the terminal stopped: dies of the
 * signal that came, so that whoever waits sees it. Returns if none came. A
 * program that does not get here within 5 seconds of the signal dies of it too.
 */
void terminal_reraise(void);
/* What the user should know about the terminal, "" for nothing. May hold what TERM holds. */
struct claque_str terminal_note(void);
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
/* From any thread: terminal_key() returns now, with 0 if no key is there. */
void terminal_wake(void);
struct claque_str terminal_pasted(void);
/* Where the last CK_CLICK was. */
struct terminal_at {
	int row, col;
};
struct terminal_at terminal_clicked(void);
/*
 * Into the clipboard of the terminal, which may ignore it and never says so. false: over
 * MODES_COPY_MAX, or no terminal has been started. text holds no control characters.
 */
bool terminal_copy(struct claque_str text);

#endif
