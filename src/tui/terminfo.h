/*
 * terminfo.h - what the database of terminals says. A file of its own, because
 * <term.h> defines a macro for every capability: columns, lines, tab, ...
 */
#ifndef TUI_TERMINFO_H
#define TUI_TERMINFO_H

#include "base/buf.h"

/* Is there an entry, and of a terminal with a screen? Before curses starts. */
bool terminfo_knows(const char *name);
/* A string of the terminal in use, by its short name ("smcup"); "" where it has none. */
const char *terminfo_string(const char *name);
/* Appends it as it is sent: without padding marks. */
void terminfo_add(struct buf *out, const char *name);

#endif
