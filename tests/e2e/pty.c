/*
 * pty.c - see pty.h. openpty() and not forkpty(): our end of the program's
 * side stays open, so that the settings can be looked at and the last bytes
 * read after the program has ended.
 */
#include "config.h"

#include "../unit/test.h"

#include "pty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

#include "base/clock.h"
#include "tui/key.h"

#include "../perf/now.h"

enum { SCREEN_TEXT_MAX = 4 << 20, READ_BYTES = 16384, CANNOT_RUN = 127 };

struct pty {
	pid_t pid;
	int master, slave;
	int rows;
	bool ended;
	int status;
	struct termios before;
	struct screen *screen;
	struct buf raw, text;
	size_t fresh;			/* bytes that pty_pump() has not told of */
	double fresh_at;		/* when the last of them came */
};

static const struct {
	uint32_t key;
	const char *bytes;
} key_bytes[] = {
	{ CK_UP, "\033OA" }, { CK_DOWN, "\033OB" }, { CK_RIGHT, "\033OC" }, { CK_LEFT, "\033OD" },
	{ CK_HOME, "\033OH" }, { CK_END, "\033OF" }, { CK_PAGE_UP, "\033[5~" },
	{ CK_PAGE_DOWN, "\033[6~" }, { CK_ENTER, "\r" }, { CK_ESC, "\033" }, { CK_TAB, "\t" },
	{ CK_BACKTAB, "\033[Z" }, { CK_BACKSPACE, "\177" }, { CK_DELETE, "\033[3~" },
	{ CK_INSERT, "\033[2~" }, { CK_F1, "\033OP" }, { CK_F5, "\033[15~" },
	{ CK_ALT_LEFT, "\033[1;3D" }, { CK_ALT_RIGHT, "\033[1;3C" },
};

int64_t
pty_deadline(void)
{
	const char *times = getenv("PTY_PATIENCE");

	return clock_ticks() + PTY_DEADLINE_MS * (times != NULL ? strtol(times, NULL, 10) : 1);
}

static void
apply_env(const char *const *env)
{
	for (size_t i = 0; env != NULL && env[i] != NULL; i++) {
		const char *equals = strchr(env[i], '=');
		size_t len = equals != NULL ? (size_t)(equals - env[i]) : strlen(env[i]);
		char name[128];

		(void)snprintf(name, sizeof(name), "%.*s", (int)len, env[i]);
		if (equals != NULL)
			(void)setenv(name, equals + 1, 1);
		else
			(void)unsetenv(name);
	}
}

/* A script in the background and nohup ignore some of these, and exec passes that on. */
static void
default_signals(void)
{
	static const int numbers[] = {
		SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM, SIGTSTP, SIGTTIN, SIGTTOU,
	};

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		(void)signal(numbers[i], SIG_DFL);
}

/* In the child: never returns. */
static void
run(struct pty *p, const char *const *argv, const char *const *env)
{
	union { const char *const *in; char *const *out; } args = { .in = argv };

	(void)close(p->master);
	if (login_tty(p->slave) != 0)
		_exit(CANNOT_RUN);
	default_signals();
	(void)setenv("TERM", "xterm-256color", 1);
	apply_env(env);
	(void)execv(argv[0], args.out);
	_exit(CANNOT_RUN);
}

/* What is there now, within ms; false when nothing came. */
static bool
read_some(struct pty *p, int ms)
{
	struct pollfd fd = { .fd = p->master, .events = POLLIN };
	char bytes[READ_BYTES];
	ssize_t n;

	if (poll(&fd, 1, ms) <= 0)
		return false;
	n = read(p->master, bytes, sizeof(bytes));
	if (n <= 0)
		return false;
	p->fresh_at = now_ms();
	p->fresh += (size_t)n;
	buf_add(&p->raw, (struct claque_str){ bytes, (size_t)n });
	screen_feed(p->screen, (struct claque_str){ bytes, (size_t)n });
	return true;
}

static void
look_for_end(struct pty *p)
{
	if (!p->ended && waitpid(p->pid, &p->status, WNOHANG) == p->pid)
		p->ended = true;
}

/* Until the program is quiet and the needle is there, or is not there. */
static bool
wait_for(struct pty *p, const char *needle, bool there)
{
	int64_t until = pty_deadline();

	while (clock_ticks() < until) {
		bool was_ended = p->ended;

		look_for_end(p);
		if (read_some(p, PTY_QUIET_MS))
			continue;
		if ((strstr(pty_screen(p), needle) != NULL) == there)
			return true;
		if (was_ended)
			return false;
	}
	return false;
}

/* Sending reads as well: what came then counts here. */
size_t
pty_pump(struct pty *p, int ms, double *at)
{
	size_t n;

	if (p->fresh == 0)
		(void)read_some(p, ms);
	n = p->fresh;
	*at = p->fresh_at;
	p->fresh = 0;
	buf_clear(&p->text);
	screen_answers(p->screen, &p->text);
	if (p->text.len > 0)
		pty_send(p, buf_str(&p->text));
	return n;
}

pid_t
pty_pid(const struct pty *p)
{
	return p->pid;
}

bool
pty_available(void)
{
	struct screen *s = screen_new(1, 1);
	bool there = s != NULL;

	screen_free(s);
	return there;
}

int
pty_skip(void)
{
	(void)puts("1..0 # SKIP built without libvterm");
	return 0;
}

struct pty *
pty_start(const char *const *argv, const char *const *env, int rows, int cols)
{
	struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };
	struct pty *p = calloc(1, sizeof(*p));

	assert_non_null(p);
	p->rows = rows;
	p->screen = screen_new(rows, cols);
	buf_init(&p->raw, PTY_RAW_MAX);
	buf_init(&p->text, SCREEN_TEXT_MAX);
	assert_int_equal(openpty(&p->master, &p->slave, NULL, NULL, &size), 0);
	assert_int_equal(tcgetattr(p->slave, &p->before), 0);
	(void)fcntl(p->master, F_SETFD, FD_CLOEXEC);
	(void)fcntl(p->master, F_SETFL, O_NONBLOCK);
	p->pid = fork();
	assert_true(p->pid >= 0);
	if (p->pid == 0)
		run(p, argv, env);
	return p;
}

void
pty_free(struct pty *p)
{
	if (p == NULL)
		return;
	look_for_end(p);
	if (!p->ended) {
		(void)kill(p->pid, SIGKILL);
		(void)waitpid(p->pid, NULL, 0);
	}
	if (p->master >= 0)
		(void)close(p->master);
	(void)close(p->slave);
	screen_free(p->screen);
	buf_done(&p->raw);
	buf_done(&p->text);
	free(p);
}

/* The program may have to be read from before it takes more. */
void
pty_send(struct pty *p, struct claque_str bytes)
{
	int64_t until = pty_deadline();

	while (bytes.len > 0 && clock_ticks() < until) {
		ssize_t n = write(p->master, bytes.p, bytes.len);

		assert_true(n > 0 || errno == EINTR || errno == EAGAIN);
		if (n > 0)
			bytes = str_sub(bytes, (size_t)n, bytes.len);
		(void)read_some(p, n > 0 ? 0 : PTY_QUIET_MS);
	}
	assert_int_equal(bytes.len, 0);
}

static const char *
bytes_of(uint32_t key)
{
	for (size_t i = 0; i < sizeof(key_bytes) / sizeof(key_bytes[0]); i++)
		if (key_bytes[i].key == key)
			return key_bytes[i].bytes;
	return NULL;
}

void
pty_keys(struct pty *p, const char *keys)
{
	struct claque_str rest = str_of(keys), before = rest;
	uint32_t key;

	while (key_parse(&rest, &key)) {
		struct claque_str as_typed = { before.p, before.len - rest.len };
		char control = (char)key;

		if (bytes_of(key) != NULL)
			pty_send(p, str_of(bytes_of(key)));
		else if (key < ' ' || key == ' ' || key == '<')
			pty_send(p, (struct claque_str){ &control, 1 });
		else
			pty_send(p, as_typed);
		before = rest;
	}
	if (rest.len > 0)
		fail_msg("no key: " STR_FMT, STR_ARG(rest));
}

void
pty_paste(struct pty *p, const char *text)
{
	pty_send(p, STR("\033[200~"));
	pty_send(p, str_of(text));
	pty_send(p, STR("\033[201~"));
}

void
pty_resize(struct pty *p, int rows, int cols)
{
	struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };

	p->rows = rows;
	screen_resize(p->screen, rows, cols);
	(void)ioctl(p->master, TIOCSWINSZ, &size);
}

void
pty_signal(struct pty *p, int number)
{
	(void)kill(p->pid, number);
}

void
pty_hang_up(struct pty *p)
{
	(void)close(p->master);
	p->master = -1;
}

bool
pty_wait(struct pty *p, const char *needle)
{
	return wait_for(p, needle, true);
}

bool
pty_wait_gone(struct pty *p, const char *needle)
{
	return wait_for(p, needle, false);
}

void
pty_settle(struct pty *const *all, size_t count)
{
	int64_t until = pty_deadline();
	struct pollfd fds[PTY_TOGETHER_MAX];

	assert_true(count <= PTY_TOGETHER_MAX);
	for (size_t i = 0; i < count; i++)
		fds[i] = (struct pollfd){ .fd = all[i]->master, .events = POLLIN };
	while (clock_ticks() < until && poll(fds, count, PTY_QUIET_MS) > 0)
		for (size_t i = 0; i < count; i++)
			if (fds[i].revents != 0)
				(void)read_some(all[i], 0);
}

int
pty_wait_end(struct pty *p)
{
	int64_t until = pty_deadline();

	while (!p->ended && clock_ticks() < until) {
		if (!read_some(p, PTY_QUIET_MS))
			look_for_end(p);
	}
	while (read_some(p, 0))
		;
	return p->ended ? p->status : -1;
}

const char *
pty_row(struct pty *p, int row)
{
	buf_clear(&p->text);
	screen_row(p->screen, row, &p->text);
	buf_addc(&p->text, '\0');
	return p->text.p;
}

const char *
pty_screen(struct pty *p)
{
	buf_clear(&p->text);
	for (int row = 0; row < p->rows; row++) {
		screen_row(p->screen, row, &p->text);
		buf_addc(&p->text, '\n');
	}
	buf_addc(&p->text, '\0');
	return p->text.p;
}

bool
pty_find(struct pty *p, const char *needle, int *row, int *col)
{
	for (*row = 0; *row < p->rows; (*row)++) {
		const char *text = pty_row(p, *row);
		const char *hit = strstr(text, needle);

		if (hit != NULL) {
			*col = (int)(hit - text);
			return true;
		}
	}
	return false;
}

const struct screen *
pty_cells(const struct pty *p)
{
	return p->screen;
}

struct claque_str
pty_raw(const struct pty *p)
{
	return buf_str(&p->raw);
}

bool
pty_settings_restored(const struct pty *p)
{
	struct termios now;

	return tcgetattr(p->slave, &now) == 0 && now.c_iflag == p->before.c_iflag &&
	       now.c_oflag == p->before.c_oflag && now.c_lflag == p->before.c_lflag &&
	       now.c_cflag == p->before.c_cflag &&
	       memcmp(now.c_cc, p->before.c_cc, sizeof(now.c_cc)) == 0;
}

/* What the kernel says a process waits for; nothing where it does not say. */
static void
show_waiting(pid_t pid, const char *what)
{
	char path[64], text[256];
	FILE *f;
	size_t n;

	(void)snprintf(path, sizeof(path), "/proc/%ld/%s", (long)pid, what);
	f = fopen(path, "rb");
	if (f == NULL)
		return;
	n = fread(text, 1, sizeof(text) - 1, f);
	(void)fclose(f);
	text[n] = '\0';
	print_message("%s: %s\n", what, text);
}

void
pty_show(struct pty *p)
{
	/* By rows: cmocka cuts a message at 1,024 bytes. */
	for (int row = 0; row < p->rows; row++)
		print_message("%s\n", pty_row(p, row));
	if (p->ended)
		return;
	show_waiting(p->pid, "stat");
	show_waiting(p->pid, "wchan");
	show_waiting(p->pid, "syscall");
}
