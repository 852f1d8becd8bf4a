/*
 * spent.c - what a command takes: seconds by the clock and of processors, peak memory.
 *
 *   spent SECONDS FILE COMMAND...
 *
 * FILE gets one line: wall, user + system, KiB, and how it ended: ok, "> SECONDS s" or
 * failed. Like time(1), but that it ends the command with all its children when time is
 * up, and when it is told to end itself: so an interrupted bench leaves nothing running.
 * Children that the command has waited for count as its own.
 */
#include "config.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "seconds.h"

static double
seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

/* SIGCHLD: it has ended; another: end it; 0: time is up. */
static int
wait_until(const sigset_t *set, double deadline)
{
	double left;

	while ((left = deadline - seconds_of(CLOCK_MONOTONIC)) > 0) {
		struct timespec t = { (time_t)left, (long)((left - (double)(time_t)left) * 1e9) };
		int got = sigtimedwait(set, NULL, &t);

		if (got > 0)
			return got;
	}
	return 0;
}

static pid_t
start(char **command, const sigset_t *blocked)
{
	pid_t pid = fork();

	if (pid != 0)
		return pid;
	(void)setpgid(0, 0);
	(void)sigprocmask(SIG_UNBLOCK, blocked, NULL);
	(void)execvp(command[0], command);
	_exit(127);
}

int
main(int argc, char **argv)
{
	double began = seconds_of(CLOCK_MONOTONIC), wall, limit;
	struct rusage used;
	sigset_t set;
	FILE *out;
	pid_t pid;
	int got, status;

	if (argc < 4 || (limit = strtod(argv[1], NULL)) <= 0)
		return 2;
	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGCHLD);
	(void)sigaddset(&set, SIGINT);
	(void)sigaddset(&set, SIGTERM);
	(void)sigaddset(&set, SIGHUP);
	(void)sigprocmask(SIG_BLOCK, &set, NULL);
	pid = start(argv + 3, &set);
	if (pid < 0)
		return 1;
	(void)setpgid(pid, pid);	/* whoever of the two comes first */
	got = wait_until(&set, began + limit);
	if (got != SIGCHLD)
		(void)kill(-pid, SIGKILL);
	if (wait4(pid, &status, 0, &used) != pid || (got != 0 && got != SIGCHLD))
		return 1;
	wall = seconds_of(CLOCK_MONOTONIC) - began;
	out = fopen(argv[2], "w");
	if (out == NULL)
		return 1;
	(void)fprintf(out, "%.3f %.3f %ld ", wall, seconds(used.ru_utime) + seconds(used.ru_stime),
		      used.ru_maxrss);
	if (got == 0)
		(void)fprintf(out, "> %.0f s\n", limit);
	else
		(void)fprintf(out, "%s\n", WIFEXITED(status) && WEXITSTATUS(status) == 0 ? "ok" :
			      "failed");
	return fclose(out) == 0 ? 0 : 1;
}
