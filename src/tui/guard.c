/*
 * guard.c - three kinds of signals. Deadly ones leave the terminal and strike
 * again with their default action. SIGTERM and SIGHUP let the program save
 * first, but only for so long: an alarm makes them deadly. The rest are notes
 * to the key loop, by a bit and a byte in a pipe.
 */
#include "config.h"

#include "tui/guard.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <termios.h>
#include <unistd.h>

#include "base/err.h"

/* Seconds a program may take to save its work; then it dies. */
enum { GRACE_SECONDS = 5, STACK_BYTES = 64 << 10 };

static struct {
	struct termios saved;
	int pipe[2];
	bool started;
	atomic_uint events;
	atomic_int hangup;		/* the signal, or 0 */
	atomic_bool armed;
	char leave[GUARD_LEAVE_MAX];
	size_t leave_len;
	stack_t old_stack;
} guard;

static char handler_stack[STACK_BYTES];

/* What write() returns does not matter here: there is nothing left to do. */
static void
write_all(int fd, const char *p, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, p, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return;
		p += n;
		len -= (size_t)n;
	}
}

static void
note(unsigned event)
{
	int saved = errno;

	atomic_fetch_or(&guard.events, event);
	write_all(guard.pipe[1], "!", 1);
	errno = saved;
}

static void
on_deadly(int number)
{
	guard_leave();
	(void)signal(number, SIG_DFL);
	(void)raise(number);
}

static void
on_hangup(int number)
{
	atomic_store(&guard.hangup, number);
	(void)alarm(GRACE_SECONDS);
	note(GUARD_HANGUP);
}

static void
on_late(int number)
{
	int hangup = atomic_load(&guard.hangup);

	on_deadly(hangup != 0 ? hangup : number);
}

static void
on_resize(int number)
{
	(void)number;
	note(GUARD_RESIZE);
}

static void
on_suspend(int number)
{
	(void)number;
	note(GUARD_SUSPEND);
}

static void
on_continue(int number)
{
	(void)number;
	note(GUARD_CONTINUE);
}

static const struct {
	int number;
	void (*handler)(int);
} caught[] = {
	{ SIGSEGV, on_deadly }, { SIGBUS, on_deadly }, { SIGABRT, on_deadly },
	{ SIGFPE, on_deadly }, { SIGILL, on_deadly }, { SIGINT, on_deadly },
	{ SIGQUIT, on_deadly }, { SIGTERM, on_hangup }, { SIGHUP, on_hangup },
	{ SIGALRM, on_late }, { SIGWINCH, on_resize }, { SIGTSTP, on_suspend },
	{ SIGCONT, on_continue },
};

enum { CAUGHT = sizeof(caught) / sizeof(caught[0]) };

static struct sigaction before[CAUGHT];

static void
catch_signals(void)
{
	for (size_t i = 0; i < CAUGHT; i++) {
		struct sigaction act = { .sa_handler = caught[i].handler,
					 .sa_flags = SA_ONSTACK | SA_RESTART };

		(void)sigemptyset(&act.sa_mask);
		if (caught[i].handler == on_deadly || caught[i].handler == on_late)
			act.sa_flags |= SA_NODEFER;
		(void)sigaction(caught[i].number, NULL, &before[i]);
		if ((before[i].sa_flags & SA_SIGINFO) != 0 || before[i].sa_handler != SIG_IGN)
			(void)sigaction(caught[i].number, &act, NULL);
	}
}

static bool
open_pipe(int fds[2])
{
	if (pipe(fds) != 0)
		return false;
	for (int i = 0; i < 2; i++) {
		(void)fcntl(fds[i], F_SETFL, O_NONBLOCK);
		(void)fcntl(fds[i], F_SETFD, FD_CLOEXEC);
	}
	return true;
}

enum claque_rc
guard_start(struct claque_err *err)
{
	stack_t stack = { .ss_sp = handler_stack, .ss_size = sizeof(handler_stack) };

	if (tcgetattr(STDIN_FILENO, &guard.saved) != 0)
		return err_set(err, CLAQUE_EIO, "standard input is not a terminal");
	if (!open_pipe(guard.pipe))
		return err_set(err, CLAQUE_EIO, "no pipe for signals: too many open files");
	atomic_store(&guard.events, 0);
	atomic_store(&guard.hangup, 0);
	(void)sigaltstack(&stack, &guard.old_stack);
	guard.started = true;
	catch_signals();
	return CLAQUE_OK;
}

void
guard_arm(struct claque_str leave)
{
	leave = str_sub(leave, 0, GUARD_LEAVE_MAX);
	memcpy(guard.leave, leave.p, leave.len);
	guard.leave_len = leave.len;
	atomic_store(&guard.armed, true);
}

void
guard_disarm(void)
{
	atomic_store(&guard.armed, false);
}

/* In the background, setting the terminal would stop us: SIGTTOU. */
void
guard_leave(void)
{
	if (!atomic_exchange(&guard.armed, false))
		return;
	(void)signal(SIGTTOU, SIG_IGN);
	write_all(STDOUT_FILENO, guard.leave, guard.leave_len);
	(void)tcsetattr(STDIN_FILENO, TCSANOW, &guard.saved);
}

void
guard_stop(void)
{
	if (!guard.started)
		return;
	guard.started = false;
	for (size_t i = 0; i < CAUGHT; i++)
		(void)sigaction(caught[i].number, &before[i], NULL);
	(void)sigaltstack(&guard.old_stack, NULL);
	(void)tcsetattr(STDIN_FILENO, TCSANOW, &guard.saved);
	(void)close(guard.pipe[0]);
	(void)close(guard.pipe[1]);
}

int
guard_fd(void)
{
	return guard.pipe[0];
}

unsigned
guard_take(void)
{
	char bytes[64];

	while (read(guard.pipe[0], bytes, sizeof(bytes)) > 0)
		;
	return atomic_exchange(&guard.events, 0);
}

void
guard_wake(void)
{
	if (guard.started)
		note(GUARD_WAKE);
}

void
guard_suspend(void)
{
	struct sigaction ours, plain = { .sa_handler = SIG_DFL };

	(void)sigemptyset(&plain.sa_mask);
	(void)sigaction(SIGTSTP, &plain, &ours);
	(void)raise(SIGTSTP);
	(void)sigaction(SIGTSTP, &ours, NULL);
}

void
guard_reraise(void)
{
	int number = atomic_load(&guard.hangup);

	if (number == 0)
		return;
	(void)signal(number, SIG_DFL);
	(void)raise(number);
}
