/*
 * modes.c - the mouse by SGR reports (1006) and not by curses, which asks terminals
 * inside tmux and screen for the X10 form, where no column beyond 223 can be told.
 * Only presses and the wheel are asked for (1000), no motion.
 *
 * That a terminal can hold a frame back is in the terminfo of some ("Sync"); the
 * others may be asked (DECRQM). Asking is not the default: an answer that comes when
 * the program has left is typed into the shell.
 */
#include "config.h"

#include "tui/modes.h"

#include <curses.h>
#include <poll.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include "base/base64.h"
#include "tui/input.h"
#include "tui/terminfo.h"

#define PASTE_ON  "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
#define MOUSE_ON  "\033[?1000h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1000l"
#define FRAME_ON  "\033[?2026h"
#define FRAME_OFF "\033[?2026l"
#define FRAME_ASK "\033[?2026$p"

enum { ANSWER_MS = 200 };

static struct {
	struct modes wanted;
	bool takes_paste, knows_sync, asked;
	bool mouse;			/* is on */
} modes;

void
modes_send(struct claque_str bytes)
{
	(void)fwrite(bytes.p, 1, bytes.len, stdout);
	(void)fflush(stdout);
}

/* Screens of the xterm family take pastes, also where terminfo does not say so. */
void
modes_start(void)
{
	modes.takes_paste = terminfo_string("BE")[0] != '\0' ||
			    strstr(terminfo_string("smcup"), "?1049h") != NULL;
	modes.knows_sync = strstr(terminfo_string("Sync"), "?2026") != NULL;
	modes.asked = modes.mouse = false;
}

static bool
holds_frames(void)
{
	return (modes.wanted.sync == SYNC_AUTO && modes.knows_sync) ||
	       (modes.wanted.sync == SYNC_ASK && input_answered());
}

void
modes_enter(const struct modes *wanted)
{
	modes.wanted = *wanted;
	if (modes.takes_paste)
		modes_send(STR(PASTE_ON));
	if (wanted->mouse != modes.mouse)
		modes_send(wanted->mouse ? STR(MOUSE_ON) : STR(MOUSE_OFF));
	modes.mouse = wanted->mouse;
	if (wanted->sync == SYNC_ASK && !modes.asked && modes.takes_paste) {
		modes.asked = true;
		modes_send(STR(FRAME_ASK));
	}
}

/* An answer that is still on its way must not reach the shell. */
static void
await_answer(void)
{
	struct pollfd in = { .fd = STDIN_FILENO, .events = POLLIN };

	if (!modes.asked || input_has_answer())
		return;
	(void)poll(&in, 1, ANSWER_MS);
	(void)tcflush(STDIN_FILENO, TCIFLUSH);
}

void
modes_leave(void)
{
	struct buf out;

	await_answer();
	buf_init(&out, 200);
	modes_add_leave(&out);
	modes_send(buf_str(&out));
	buf_done(&out);
	modes.mouse = false;
}

void
modes_add_leave(struct buf *out)
{
	if (holds_frames() || modes.wanted.sync == SYNC_ASK)
		buf_addz(out, FRAME_OFF);
	if (modes.mouse)
		buf_addz(out, MOUSE_OFF);
	if (modes.takes_paste)
		buf_addz(out, PASTE_OFF);
}

void
modes_begin_frame(void)
{
	if (holds_frames())
		modes_send(STR(FRAME_ON));
}

void
modes_end_frame(void)
{
	if (holds_frames())
		modes_send(STR(FRAME_OFF));
}

bool
modes_copy(struct claque_str text)
{
	struct buf out;

	if (text.len > MODES_COPY_MAX)
		return false;
	buf_init(&out, 2 * MODES_COPY_MAX);
	buf_addz(&out, "\033]52;c;");
	base64_add(&out, text);
	buf_addz(&out, "\033\\");
	modes_send(buf_str(&out));
	buf_done(&out);
	return true;
}
