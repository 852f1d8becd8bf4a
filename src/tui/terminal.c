/*
 * terminal.c - curses, kept behind one file: the wide interface only, rows of
 * prepared cells out, key numbers in (input.c), signals apart (guard.c).
 *
 * newterm() and not initscr(), which exits the process for an unknown TERM.
 * The title is never set; the mouse is asked for and a query sent only if the user
 * wants it (modes.c): nothing comes back on the keyboard that nobody typed. The cursor
 * stays visible and rests where the grid says, for screen readers and braille lines.
 */
#include "config.h"

#include "tui/terminal.h"

#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include "base/clock.h"
#include "base/err.h"
#include "tui/guard.h"
#include "tui/input.h"
#include "tui/modes.h"
#include "tui/terminfo.h"
#include "tui/theme.h"

/* After so many reads without a key, in a row, the other end is gone. */
enum { ESC_DELAY_MS = 25, ESC_DELAY_MAX = 1000, EMPTY_READS_MAX = 64, UNKNOWN = '?',
       NOTE_MAX = 300 };

struct brush {
	attr_t attrs;
	short pair;
};

static struct {
	SCREEN *screen;			/* NULL: not started */
	bool utf8, forget;
	struct modes modes;
	bool colored;			/* start_color() was called */
	struct brush brushes[STYLE_COUNT];
	struct cell *shown;		/* what the last paint sent */
	size_t shown_cap;
	int rows, cols;			/* of shown */
	cchar_t line[GRID_COLS_MAX + 1];
	struct buf pasted, note;
	int empty_reads;
	__attribute__((noreturn)) void (*oom_before)(void);
} tty;

static bool
locale_is_utf8(void)
{
	(void)setlocale(LC_CTYPE, "");
	return str_eq_nocase(str_of(nl_langinfo(CODESET)), STR("UTF-8"));
}

/* The terminal named, or one that most are like; then the note says so. */
static bool
open_screen(void)
{
	const char *wanted = getenv("TERM") != NULL ? getenv("TERM") : "";
	const char *const names[] = { wanted, "xterm-256color", "vt100" };
	size_t count = sizeof(names) / sizeof(names[0]), i = 0;

	while (i < count && !terminfo_knows(names[i]))
		i++;
	if (i == count)
		return false;
	if (i > 0)
		buf_addf(&tty.note, "terminal '%s' is unknown here, working as %s; install "
			 "ncurses-term, or the terminal's own terminfo entry", wanted, names[i]);
	tty.screen = newterm(names[i], stdout, stdin);
	return tty.screen != NULL;
}

/* Where no colour is wanted, curses is not asked to begin with them. */
static enum theme_depth
color_depth(enum theme theme)
{
	if (theme == THEME_MONO || !has_colors())
		return DEPTH_MONO;
	if (!tty.colored)
		tty.colored = start_color() == OK && use_default_colors() == OK;
	return tty.colored ? theme_depth(COLORS) : DEPTH_MONO;
}

static void
make_brushes(enum theme theme)
{
	static const struct { unsigned look; attr_t attr; } attrs[] = {
		{ LOOK_BOLD, A_BOLD }, { LOOK_DIM, A_DIM }, { LOOK_UNDERLINE, A_UNDERLINE },
		{ LOOK_REVERSE, A_REVERSE },
	};
	enum theme_depth depth = color_depth(theme);

	for (int style = 0; style < STYLE_COUNT; style++) {
		struct look look = theme_look(theme, (enum style)style, depth);
		int pair = look.fg < 0 && look.bg < 0 ? 0 : alloc_pair(look.fg, look.bg);

		tty.brushes[style] = (struct brush){ A_NORMAL, (short)(pair > 0 ? pair : 0) };
		for (size_t i = 0; i < sizeof(attrs) / sizeof(attrs[0]); i++)
			if ((look.attrs & attrs[i].look) != 0)
				tty.brushes[style].attrs |= attrs[i].attr;
	}
}

/* What a signal handler writes, put together while that is still possible. */
static void
arm(void)
{
	struct buf leave;

	buf_init(&leave, GUARD_LEAVE_MAX);
	modes_add_leave(&leave);
	terminfo_add(&leave, "sgr0");
	terminfo_add(&leave, "op");
	terminfo_add(&leave, "cnorm");
	terminfo_add(&leave, "rmkx");
	if (terminfo_string("rmcup")[0] == '\0')
		buf_addz(&leave, "\r\n");
	terminfo_add(&leave, "rmcup");
	guard_arm(buf_str(&leave));
	buf_done(&leave);
}

static void __attribute__((noreturn))
on_oom(void)
{
	static const char message[] = "claque: out of memory\n";

	guard_leave();
	if (write(STDERR_FILENO, message, sizeof(message) - 1) < 0)
		_exit(EXIT_FAILURE);
	tty.oom_before();
}

static int
escape_delay(int wanted)
{
	int64_t ms;

	if (str_to_i64(str_of(getenv("CLAQUE_ESCDELAY")), &ms) && ms > 0 && ms <= ESC_DELAY_MAX)
		return (int)ms;
	return wanted > 0 ? wanted : ESC_DELAY_MS;
}

/*
 * One key a byte or a sequence, at once; no echo. Ctrl-C is a key (it cancels
 * work), Ctrl-Z and Ctrl-\ stay signals.
 */
static void
set_modes(void)
{
	struct termios modes;

	(void)cbreak();
	(void)noecho();
	(void)nonl();
	if (tcgetattr(STDIN_FILENO, &modes) == 0) {
		modes.c_cc[VINTR] = _POSIX_VDISABLE;
		(void)tcsetattr(STDIN_FILENO, TCSANOW, &modes);
		(void)def_prog_mode();
	}
	(void)intrflush(stdscr, FALSE);
	(void)leaveok(stdscr, FALSE);
	(void)scrollok(stdscr, FALSE);
	(void)idlok(stdscr, FALSE);
}

/* The kernel's size, not LINES and COLUMNS, which a resize leaves behind. */
static void
take_size(void)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0 &&
	    (size.ws_row != LINES || size.ws_col != COLS))
		(void)resizeterm(size.ws_row, size.ws_col);
	tty.forget = true;
}

static void
close_screen(void)
{
	(void)endwin();
	guard_disarm();
	delscreen(tty.screen);
	tty.screen = NULL;
	tty.colored = false;
}

/*
 * Back from the shell. Not by endwin() and refresh(): for those curses resets
 * the terminal's palette (OSC 104), which is not ours to reset.
 */
static void
enter_again(void)
{
	struct buf enter;

	buf_init(&enter, GUARD_LEAVE_MAX);
	terminfo_add(&enter, "smcup");
	terminfo_add(&enter, "smkx");
	(void)reset_prog_mode();
	modes_send(buf_str(&enter));
	buf_done(&enter);
	modes_enter(&tty.modes);
	arm();
	take_size();
	(void)clearok(curscr, TRUE);
}

/* Also after a stop behind our back (SIGSTOP): the shell has drawn on our screen. */
static void
suspend(bool stop)
{
	guard_leave();
	if (stop)
		guard_suspend();
	(void)guard_take();
	enter_again();
}

static uint32_t
key_of_events(unsigned events)
{
	if ((events & GUARD_HANGUP) != 0)
		return CK_HANGUP;
	if ((events & (GUARD_SUSPEND | GUARD_CONTINUE)) != 0)
		suspend((events & GUARD_SUSPEND) != 0);
	else if ((events & GUARD_RESIZE) != 0)
		take_size();
	else
		return 0;
	return CK_RESIZE;
}

/* True when there is something to look at; a terminal that is gone is a hangup. */
static bool
wait_input(int64_t until, bool *gone)
{
	struct pollfd fds[] = {
		{ .fd = STDIN_FILENO, .events = POLLIN }, { .fd = guard_fd(), .events = POLLIN },
	};
	int64_t left = until < 0 ? -1 : until - clock_ticks();
	int n;

	if (until >= 0 && left < 0)
		left = 0;
	n = poll(fds, 2, (int)left);
	if (n > 0 && (fds[0].revents & (POLLHUP | POLLERR | POLLNVAL)) != 0)
		*gone = true;
	if (n > 0 && (fds[0].revents & POLLIN) != 0)
		*gone = *gone || ++tty.empty_reads > EMPTY_READS_MAX;
	return n != 0;
}

static bool
same_cell(const struct cell *a, const struct cell *b)
{
	return a->ch[0] == b->ch[0] && a->ch[1] == b->ch[1] && a->ch[2] == b->ch[2] &&
	       a->style == b->style;
}

/* curses lays out by wcwidth(): what it would place otherwise is not sent. */
static bool
can_show(const struct cell *c, int width)
{
	return c->ch[0] < 0x80 || (tty.utf8 && wcwidth((wchar_t)c->ch[0]) == width);
}

static void
put_char(cchar_t *out, const struct cell *c, bool as_is)
{
	wchar_t text[4] = { as_is ? (wchar_t)c->ch[0] : UNKNOWN };
	const struct brush *brush = &tty.brushes[c->style];

	for (int i = 1, n = 1; as_is && i < 3 && c->ch[i] != 0; i++)
		if (wcwidth((wchar_t)c->ch[i]) == 0)
			text[n++] = (wchar_t)c->ch[i];
	(void)setcchar(out, text, brush->attrs, brush->pair, NULL);
}

/* The right half of a wide character is no element of the row: curses adds it. */
static int
prepare_row(const struct cell *cells, int cols)
{
	int n = 0;

	for (int col = 0; col < cols; col++) {
		bool wide = col + 1 < cols && cells[col + 1].ch[0] == 0;
		bool as_is = cells[col].ch[0] != 0 && can_show(&cells[col], wide ? 2 : 1);

		put_char(&tty.line[n++], &cells[col], as_is);
		if (wide && as_is)
			col++;
	}
	return n;
}

static void
paint_row(const struct grid *g, int row)
{
	const struct cell *cells = &g->cells[(size_t)row * (size_t)g->cols];
	struct cell *shown = &tty.shown[(size_t)row * (size_t)g->cols];
	bool same = !tty.forget;

	for (int col = 0; same && col < g->cols; col++)
		same = same_cell(&cells[col], &shown[col]);
	if (same)
		return;
	memcpy(shown, cells, (size_t)g->cols * sizeof(*cells));
	(void)mvadd_wchnstr(row, 0, tty.line, prepare_row(cells, g->cols));
}

struct terminal_options
terminal_detect(void)
{
	return (struct terminal_options){ .ascii = !locale_is_utf8(), .mono = theme_mono_wanted(),
		.theme = THEME_AUTO,
		.blocks = str_starts(str_of(getenv("TERM")), STR("linux")) };
}

void
terminal_change(const struct terminal_options *options)
{
	bool mono = options->theme == THEME_AUTO && options->mono;

	tty.utf8 = locale_is_utf8() && !options->ascii;
	(void)set_escdelay(escape_delay(options->escape_ms));
	make_brushes(mono ? THEME_MONO : options->theme);
	tty.forget = true;
	tty.modes = options->modes;
	modes_enter(&tty.modes);
	arm();
}

enum claque_rc
terminal_start(const struct terminal_options *options, struct claque_err *err)
{
	enum claque_rc rc;

	if (isatty(STDIN_FILENO) == 0 || isatty(STDOUT_FILENO) == 0)
		return err_set(err, CLAQUE_EIO, "standard input and output must be a terminal; "
			       "to use a screen without one, have it printed");
	buf_init(&tty.note, NOTE_MAX);
	buf_init(&tty.pasted, INPUT_PASTE_MAX);
	rc = guard_start(err);
	if (rc != CLAQUE_OK)
		return rc;
	if (!open_screen() || terminfo_string("cup")[0] == '\0') {
		terminal_stop();
		return err_set(err, CLAQUE_EIO, "the terminal (TERM) cannot place the cursor or is "
			       "unknown; --linear works on any; else install ncurses-term, or"
			       " set TERM=xterm-256color");
	}
	modes_start();
	set_modes();
	input_define();
	terminal_change(options);
	take_size();
	(void)refresh();
	tty.oom_before = base_oom;
	base_oom = on_oom;
	(void)atexit(terminal_stop);
	return CLAQUE_OK;
}

void
terminal_stop(void)
{
	if (tty.screen != NULL) {
		modes_leave();
		close_screen();
	}
	guard_stop();
	if (tty.oom_before != NULL)
		base_oom = tty.oom_before;
	tty.oom_before = NULL;
	free(tty.shown);
	tty.shown = NULL;
	tty.shown_cap = 0;
	buf_done(&tty.pasted);
	buf_done(&tty.note);
}

void
terminal_reraise(void)
{
	guard_reraise();
}

struct claque_str
terminal_note(void)
{
	return buf_str(&tty.note);
}

void
terminal_size(int *rows, int *cols)
{
	*rows = LINES;
	*cols = COLS;
}

void
terminal_paint(const struct grid *g)
{
	if (g->rows != tty.rows || g->cols != tty.cols)
		tty.forget = true;
	tty.rows = g->rows;
	tty.cols = g->cols;
	GROW(tty.shown, tty.shown_cap, (size_t)g->rows * (size_t)g->cols);
	modes_begin_frame();
	if (tty.forget)
		(void)erase();
	for (int row = 0; row < g->rows && row < LINES; row++)
		paint_row(g, row);
	tty.forget = false;
	(void)move(g->cursor_row, g->cursor_col);
	(void)refresh();
	modes_end_frame();
}

void
terminal_forget(void)
{
	tty.forget = true;
	(void)clearok(curscr, TRUE);
}

void
terminal_wake(void)
{
	guard_wake();
}

uint32_t
terminal_key(int timeout_ms)
{
	int64_t until = timeout_ms < 0 ? -1 : clock_ticks() + timeout_ms;
	bool gone = false;

	for (;;) {
		unsigned events = guard_take();
		uint32_t key = key_of_events(events);

		if (key == 0)
			key = input_next(&tty.pasted);
		if (key != 0 && key != CK_RESIZE)
			tty.empty_reads = 0;
		if (key != 0 || (events & GUARD_WAKE) != 0)
			return key;
		if (gone)
			return CK_HANGUP;
		if (!wait_input(until, &gone))
			return 0;
	}
}

struct claque_str
terminal_pasted(void)
{
	return buf_str(&tty.pasted);
}

struct terminal_at
terminal_clicked(void)
{
	return (struct terminal_at){ input_mouse()->row, input_mouse()->col };
}

bool
terminal_copy(struct claque_str text)
{
	return tty.screen != NULL && modes_copy(text);
}
