#include "config.h"

#include "../unit/test.h"

#include "measure.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../e2e/pty.h"
#include "now.h"

enum { QUIET_MS = 40, ANSWER_MS = 2000, PATH_BYTES = 4096, TREE_MAX = 64, KEYS_MAX = 1000,
       LOOK_MS = 1000, LOADED_MS = 50, FIRST_ROW_MS = 180000 };

struct tree {
	pid_t pids[TREE_MAX];
	size_t count;
};

static bool
find_program(const char *name, char out[PATH_BYTES])
{
	struct claque_str rest = str_of(getenv("PATH") != NULL ? getenv("PATH") : ""), folder;

	if (strchr(name, '/') != NULL)
		return snprintf(out, PATH_BYTES, "%s", name) > 0 && access(out, X_OK) == 0;
	while (str_cut(&rest, ':', &folder)) {
		(void)snprintf(out, PATH_BYTES, STR_FMT "/%s", STR_ARG(folder), name);
		if (access(out, X_OK) == 0)
			return true;
	}
	return false;
}

bool
measure_installed(const char *program)
{
	char path[PATH_BYTES];

	return find_program(program, path);
}

/* A program and its children, theirs, and so on. */
static void
add_tree(struct tree *t, pid_t pid)
{
	char path[64], line[4096];
	const char *at = line;
	FILE *f;

	if (t->count == TREE_MAX)
		return;
	t->pids[t->count++] = pid;
	(void)snprintf(path, sizeof(path), "/proc/%d/task/%d/children", (int)pid, (int)pid);
	f = fopen(path, "r");
	if (f == NULL)
		return;
	if (fgets(line, sizeof(line), f) == NULL)
		line[0] = '\0';
	(void)fclose(f);
	for (;;) {
		char *end;
		long child = strtol(at, &end, 10);

		if (end == at)
			return;
		add_tree(t, (pid_t)child);
		at = end;
	}
}

/* Clock ticks that the tree has used so far. */
static unsigned long
ticks_of(const struct tree *t)
{
	unsigned long sum = 0;

	for (size_t i = 0; i < t->count; i++) {
		char path[64], line[1024], *at;
		FILE *f;

		(void)snprintf(path, sizeof(path), "/proc/%d/stat", (int)t->pids[i]);
		f = fopen(path, "r");
		if (f == NULL)
			continue;
		at = fgets(line, sizeof(line), f) != NULL ? strrchr(line, ')') : NULL;
		(void)fclose(f);
		for (int field = 2; at != NULL && field < 13; field++)
			at = strchr(at + 1, ' ');
		if (at == NULL)
			continue;
		sum += strtoul(at, &at, 10);	/* utime, then stime */
		sum += strtoul(at, &at, 10);
	}
	return sum;
}

static double
busy_ms(struct pty *p)
{
	struct tree t = { .count = 0 };

	add_tree(&t, pty_pid(p));
	return (double)ticks_of(&t) * 1000.0 / (double)sysconf(_SC_CLK_TCK);
}

/* Seconds until it is idle, from when it began. */
static double
wait_loaded(struct pty *p, double began, int wait_s)
{
	double from = now_ms(), used = busy_ms(p), at;

	while (now_ms() - began < wait_s * 1000.0) {
		(void)pty_pump(p, QUIET_MS, &at);
		if (now_ms() - from < LOOK_MS)
			continue;
		if (busy_ms(p) - used < LOADED_MS)
			return (from - began) / 1000;
		from = now_ms();
		used = busy_ms(p);
	}
	return -1;
}

struct pty *
measure_open(const char *const *argv, const char *file, const char *needle, int wait_s,
	     struct opening *out)
{
	static const char *const env[] = { "LINES", "COLUMNS", "LESS", "LESSOPEN", "NO_COLOR", NULL };
	const char *args[RIVAL_ARGS] = { NULL };
	char program[PATH_BYTES];
	struct pty *p;
	double began, at;

	*out = (struct opening){ -1, -1, -1 };
	if (!find_program(argv[0], program))
		return NULL;
	args[0] = program;
	for (size_t i = 1; i + 1 < RIVAL_ARGS && argv[i] != NULL; i++)
		args[i] = strcmp(argv[i], "%s") == 0 ? file : argv[i];
	began = now_ms();
	p = pty_start(args, env, SCREEN_ROWS, SCREEN_COLS);
	while (out->first_row < 0 && now_ms() - began < FIRST_ROW_MS) {
		if (pty_pump(p, QUIET_MS, &at) == 0)
			continue;
		if (out->first_byte < 0)
			out->first_byte = at - began;
		if (strstr(pty_screen(p), needle) != NULL)
			out->first_row = at - began;
	}
	if (wait_s > 0)
		out->loaded = wait_loaded(p, began, wait_s);
	return p;
}

void
measure_settle(struct pty *p, int quiet_ms, int limit_ms)
{
	double began = now_ms(), at;

	while (now_ms() - began < limit_ms && pty_pump(p, quiet_ms, &at) > 0)
		;
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static double
quantile(double *values, size_t count, double q)
{
	if (count == 0)
		return -1;
	qsort(values, count, sizeof(*values), by_size);
	return values[(size_t)(q * (double)(count - 1) + 0.5)];
}

/* One key; false if nothing came of it. */
static bool
press(struct pty *p, const char *key, int quiet_ms, double *first, double *whole, size_t *bytes)
{
	double began, at;
	size_t n;

	measure_settle(p, quiet_ms, ANSWER_MS);
	began = now_ms();
	pty_keys(p, key);
	n = pty_pump(p, ANSWER_MS, &at);
	if (n == 0)
		return false;
	*first = at - began;
	do {
		*bytes += n;
		*whole = at - began;
		n = pty_pump(p, quiet_ms, &at);
	} while (n > 0 && now_ms() - began < ANSWER_MS);
	return true;
}

struct keying
measure_keys(struct pty *p, const struct key_group *group)
{
	static double first[KEYS_MAX], whole[KEYS_MAX];
	int quiet = group->quiet_ms > 0 ? group->quiet_ms : QUIET_MS;
	struct keying k = { 0 };
	size_t kinds = 0, bytes = 0;

	while (kinds < 8 && group->keys[kinds] != NULL)
		kinds++;
	for (int i = 0; i < group->rounds && k.keys < KEYS_MAX; i++) {
		if (press(p, group->keys[(size_t)i % kinds], quiet, &first[k.keys], &whole[k.keys],
			  &bytes))
			k.keys++;
		else
			k.silent++;
	}
	k.bytes = k.keys > 0 ? (double)bytes / (double)k.keys : -1;
	k.first_p50 = quantile(first, k.keys, 0.5);
	k.first_p95 = quantile(first, k.keys, 0.95);
	k.whole_p50 = quantile(whole, k.keys, 0.5);
	k.whole_p95 = quantile(whole, k.keys, 0.95);
	return k;
}

double
measure_until(struct pty *p, const char *keys, const char *needle, int seconds)
{
	double began, at;

	measure_settle(p, QUIET_MS, ANSWER_MS);
	began = now_ms();
	pty_keys(p, keys);
	while (now_ms() - began < seconds * 1000.0)
		if (pty_pump(p, QUIET_MS, &at) > 0 && strstr(pty_screen(p), needle) != NULL)
			return at - began;
	return -1;
}

struct memory
measure_memory(struct pty *p)
{
	struct tree t = { .count = 0 };
	struct memory m = { 0, 0 };

	add_tree(&t, pty_pid(p));
	for (size_t i = 0; i < t.count; i++) {
		char path[64], line[256];
		FILE *f;

		(void)snprintf(path, sizeof(path), "/proc/%d/smaps_rollup", (int)t.pids[i]);
		f = fopen(path, "r");
		while (f != NULL && fgets(line, sizeof(line), f) != NULL) {
			if (strncmp(line, "Private_Clean:", 14) == 0)
				m.clean += strtol(line + 14, NULL, 10);
			if (strncmp(line, "Private_Dirty:", 14) == 0)
				m.dirty += strtol(line + 14, NULL, 10);
		}
		if (f != NULL)
			(void)fclose(f);
	}
	return m;
}

void
measure_forget_file(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	(void)fdatasync(fd);
	(void)posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
	(void)close(fd);
}
