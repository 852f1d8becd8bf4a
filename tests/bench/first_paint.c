/*
 * first_paint.c - how long a terminal program takes to show its first data.
 *
 *   first_paint NEEDLE COLSxROWS PROGRAM ARGS...
 *
 * Runs it on a pty and prints milliseconds from exec to the first byte and to
 * the first appearance of NEEDLE, then its peak memory in KiB; then ends it.
 */
#include "config.h"

#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { DEADLINE_MS = 60000, SEEN_MAX = 1 << 20 };

static double
now_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Reads until the needle is seen or time is up; false then. */
static bool
watch(int fd, const char *needle, double began, double *first_byte, double *found)
{
	static char seen[SEEN_MAX];
	size_t len = 0;
	struct pollfd p = { .fd = fd, .events = POLLIN };

	while (now_ms() - began < DEADLINE_MS && len < sizeof(seen) && poll(&p, 1, 1000) >= 0) {
		ssize_t n = (p.revents & POLLIN) ? read(fd, seen + len, sizeof(seen) - len) : 0;

		if (n < 0)
			return false;
		if (n > 0 && len == 0)
			*first_byte = now_ms() - began;
		len += (size_t)n;
		if (memmem(seen, len, needle, strlen(needle)) != NULL) {
			*found = now_ms() - began;
			return true;
		}
	}
	return false;
}

int
main(int argc, char **argv)
{
	struct winsize size = { 0 };
	struct rusage used;
	double began, first_byte = 0, found = 0;
	char *x;
	int fd, status;
	bool ok;
	pid_t pid;

	if (argc < 4 || (x = strchr(argv[2], 'x')) == NULL)
		return 2;
	size.ws_col = (unsigned short)strtoul(argv[2], NULL, 10);
	size.ws_row = (unsigned short)strtoul(x + 1, NULL, 10);
	began = now_ms();
	pid = forkpty(&fd, NULL, NULL, &size);
	if (pid == 0) {
		(void)execvp(argv[3], argv + 3);
		_exit(127);
	}
	if (pid < 0)
		return 1;
	ok = watch(fd, argv[1], began, &first_byte, &found);
	(void)kill(pid, SIGTERM);
	(void)wait4(pid, &status, 0, &used);
	if (!ok) {
		(void)fprintf(stderr, "'%s' never appeared\n", argv[1]);
		return 1;
	}
	(void)printf("%.1f %.1f %ld\n", first_byte, found, used.ru_maxrss);
	return 0;
}
