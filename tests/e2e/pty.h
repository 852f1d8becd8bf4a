/*
 * pty.h - a program at a terminal, for journeys: keys in, screen out.
 *
 *	struct pty *p = pty_start((const char *[]){ program, "open", NULL }, NULL, 24, 80);
 *
 *	assert_screen(p, "Clusters");
 *	pty_keys(p, "jj<Enter>");
 *	assert_screen(p, "dossier");
 *	pty_keys(p, "q");
 *	assert_exit(p, 0);
 *	assert_wire(p);
 *	pty_free(p);
 *
 * Nothing ever sleeps: every wait is for something to be on the screen and the
 * program to be quiet, or for its end, with a deadline. A wait that fails
 * prints the screen. Bytes are kept from the first to the last.
 */
#ifndef TESTS_E2E_PTY_H
#define TESTS_E2E_PTY_H

#include <sys/wait.h>

#include "base/buf.h"
#include "screen.h"
#include "wire.h"

enum {
	PTY_QUIET_MS = 10,		/* no byte for so long: the program waits for us */
	PTY_DEADLINE_MS = 20000,	/* a machine under load and a sanitizer */
	PTY_RAW_MAX = 64 << 20,
	PTY_TOGETHER_MAX = 8,		/* so many may settle together */
};

struct pty;

/*
 * The time on clock_ticks() when nothing is waited for any longer: PTY_DEADLINE_MS from now,
 * or as many times that as PTY_PATIENCE says, for tools that make programs slow.
 */
int64_t pty_deadline(void);
/* False: built without libvterm. Then return pty_skip() from main(). */
bool pty_available(void);
/* Says in TAP that the whole program is skipped; returns 0. */
int pty_skip(void);

/*
 * argv ends in NULL; argv[0] is a path. env (may be NULL) ends in NULL and
 * changes the environment of the test: "NAME=value" sets, "NAME" unsets.
 * TERM is xterm-256color unless env says otherwise. Fails the test if it
 * cannot start.
 */
struct pty *pty_start(const char *const *argv, const char *const *env, int rows, int cols);
/* Kills what still runs. Takes NULL. */
void pty_free(struct pty *p);

/* Bytes as a terminal would send them. */
void pty_send(struct pty *p, struct claque_str bytes);
/* Keys by name, as in tui/key.h: "jj<Enter><C-d><F1>"; a malformed name fails the test. */
void pty_keys(struct pty *p, const char *keys);
/* text as a bracketed paste. */
void pty_paste(struct pty *p, const char *text);
void pty_resize(struct pty *p, int rows, int cols);
void pty_signal(struct pty *p, int number);
/* The terminal goes away: its other end is closed. Only pty_wait_end() may follow. */
void pty_hang_up(struct pty *p);

/* Until the needle is on the screen and the program is quiet; false at the deadline or its end. */
bool pty_wait(struct pty *p, const char *needle);
/* Until it is not on the screen any more. */
bool pty_wait_gone(struct pty *p, const char *needle);
/* Until none of them has written anything for PTY_QUIET_MS. */
void pty_settle(struct pty *const *all, size_t count);
/* Until the program ends; its status as of waitpid(), -1 at the deadline. */
int pty_wait_end(struct pty *p);

/* One row without trailing blanks; all rows with line ends. Good until the next call of either. */
const char *pty_row(struct pty *p, int row);
const char *pty_screen(struct pty *p);
/* Row and column where the needle begins; false if it is not there. Bytes count as columns. */
bool pty_find(struct pty *p, const char *needle, int *row, int *col);
const struct screen *pty_cells(const struct pty *p);
/* All the program wrote so far. */
struct claque_str pty_raw(const struct pty *p);
/* True when the terminal has the settings it had before the program started. */
bool pty_settings_restored(const struct pty *p);

/*
 * For measuring (tests/perf): one read of what comes within ms. Returns its bytes, 0 for
 * nothing; *at is when, on clock_gettime(CLOCK_MONOTONIC), before the screen took it. What
 * the program asks its terminal is answered, which the waits above do not do.
 */
size_t pty_pump(struct pty *p, int ms, double *at);
pid_t pty_pid(const struct pty *p);

/* Prints the screen, and what a program that still runs waits for; for the macros below. */
void pty_show(struct pty *p);

#define assert_screen(p, needle) do { \
	if (!pty_wait((p), (needle))) { \
		pty_show(p); \
		fail_msg("not on the screen: %s", (needle)); \
	} \
} while (0)

/* The program ends by itself, with this exit code. */
#define assert_exit(p, code) do { \
	int status_ = pty_wait_end(p); \
	if (!WIFEXITED(status_) || WEXITSTATUS(status_) != (code)) { \
		pty_show(p); \
		fail_msg("status %x, not exit code %d", (unsigned)status_, (code)); \
	} \
} while (0)

/* The program dies of this signal. */
#define assert_killed(p, number) do { \
	int status_ = pty_wait_end(p); \
	if (!WIFSIGNALED(status_) || WTERMSIG(status_) != (number)) { \
		pty_show(p); \
		fail_msg("status %x, not signal %d", (unsigned)status_, (number)); \
	} \
} while (0)

/* Every byte so far is on the list of wire.h. */
#define assert_wire(p) do { \
	struct buf complaint_; \
	buf_init(&complaint_, 4096); \
	if (!wire_clean(pty_raw(p), &complaint_)) \
		fail_msg(STR_FMT, STR_ARG(buf_str(&complaint_))); \
	buf_done(&complaint_); \
} while (0)

#endif
