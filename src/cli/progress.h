/*
 * progress.h - one line on the terminal while something runs: stage, how much,
 * how fast, how long still. Quiet where stderr is no terminal. Ctrl-C cancels
 * cleanly; a second one ends the process.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "claque/types.h"

/* One in a process: SIGINT is caught from here to progress_stop(). */
struct claque_progress progress_start(void);
/* Wipes the line. */
void progress_stop(void);
/* Wipes the line before other output; it comes back with the next tick. */
void progress_hide(void);

#endif
