/*
 * commands.c - a command of the table in a process of its own, and what it printed.
 */
#include "config.h"

#include "commands.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "snapshot.h"

enum { LINE_BYTES = 1024, SECONDS_MAX = 60 };

static const char *claque, *fault_library;
static char output[TEXT_BYTES];
static void (*enter_run)(void);

size_t
read_text(const char *path, char *out, size_t room)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t len = 0;
	ssize_t n;

	if (fd < 0)
		die(path);
	while (len < room - 1 && (n = read(fd, out + len, room - 1 - len)) > 0)
		len += (size_t)n;
	(void)close(fd);
	out[len] = '\0';
	return len;
}

/* --- the table */

/* What follows this line only reads, or asks for an empty folder again when it was killed. */
static const char readers[] = "# --- not to be killed", only[] = "# --- only read";

static bool
begins(const char *line, const char *with)
{
	return strncmp(line, with, strlen(with)) == 0;
}

static char *
name_of(char *word, struct command *c)
{
	c->goes_on = *word == '+';
	c->differs = *word == '?';
	return word + (c->goes_on || c->differs);
}

static bool
parse(char *line, struct command *c)
{
	char *p = line + strspn(line, " \t");

	*c = (struct command){ 0 };
	line[strcspn(line, "\n")] = '\0';
	if (*p == '#' || *p == '\0')
		return false;
	while (*p != '\0' && c->word_count < WORDS_MAX) {
		bool quoted = *p == '\'';
		char *word = p + quoted;

		p = word + strcspn(word, quoted ? "'" : " \t");
		if (*p != '\0')
			*p++ = '\0';
		p += strspn(p, " \t");
		if (c->name == NULL)
			c->name = name_of(word, c);
		else
			c->words[c->word_count++] = word;
	}
	return true;
}

size_t
commands_read(const char *path, struct command *commands, size_t *count)
{
	static char lines[COMMANDS_MAX][LINE_BYTES];
	FILE *table = fopen(path, "re");
	size_t writing = 0;
	bool reading = false, reads = false;

	if (table == NULL)
		die(path);
	*count = 0;
	while (*count < COMMANDS_MAX && fgets(lines[*count], LINE_BYTES, table) != NULL) {
		reading = reading || begins(lines[*count], readers);
		reads = reads || begins(lines[*count], only);
		if (!parse(lines[*count], &commands[*count]))
			continue;
		commands[(*count)++].reads = reads;
		writing = reading ? writing : *count;
	}
	(void)fclose(table);
	return writing;
}

/* --- running */

static volatile pid_t child;

static void
on_alarm(int number)
{
	(void)number;
	if (child > 0)
		(void)kill(child, SIGKILL);
}

static void
run_child(const struct command *c, const char *fault)
{
	char *words[WORDS_MAX + 2] = { (char *)(uintptr_t)claque };
	int out = open("out", O_WRONLY | O_CREAT | O_TRUNC, 0600);
	int err = open("err", O_WRONLY | O_CREAT | O_TRUNC, 0600);
	int in = open("/dev/null", O_RDONLY);

	for (int i = 0; i < c->word_count; i++)
		words[i + 1] = c->words[i];
	(void)dup2(in, 0);
	(void)dup2(out, 1);
	(void)dup2(err, 2);
	for (int fd = 3; fd < 20; fd++)
		(void)close(fd);
	if (fault != NULL) {
		(void)setenv("LD_PRELOAD", fault_library, 1);
		(void)setenv("CLAQUE_FAULT", fault, 1);
	}
	if (chdir("run") == 0) {
		enter_run();
		(void)execv(claque, words);
	}
	_exit(98);
}

/* Does it say what failed, as libc and SQLite do? */
static bool
names_fault(const char *text)
{
	static const char *const words[] = {
		"out of memory", "Cannot allocate memory", "Too many open files",
		"Input/output error", "No space left on device", "Operation not permitted",
		"disk I/O error", "database or disk is full", "unable to open database file",
		"readonly database", "database disk image is malformed",
		"unable to get the page", "Resource temporarily unavailable", "File too large",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strstr(text, words[i]) != NULL)
			return true;
	return false;
}

/* "16.0 s" is another each time. */
static uint64_t
digest_output(bool *named)
{
	size_t len = read_text("out", output, sizeof(output));
	uint64_t digest = DIGEST_START;

	*named = names_fault(output);
	for (size_t i = 0; i < len; i++) {
		size_t digits = strspn(output + i, "0123456789.");

		if (digits > 0 && strncmp(output + i + digits, " s", 2) == 0)
			i += digits;
		else
			digest = digest_bytes(digest, output + i, 1);
	}
	return digest;
}

void
command_run(const struct command *c, const char *fault, struct ending *out)
{
	child = fork();
	if (child == 0)
		run_child(c, fault);
	(void)signal(SIGALRM, on_alarm);
	(void)alarm(SECONDS_MAX);
	while (waitpid(child, &out->status, 0) < 0)
		if (errno != EINTR)
			die("waitpid");
	(void)alarm(0);
	(void)read_text("err", out->err, sizeof(out->err));
	out->out = digest_output(&out->named);
	out->named |= names_fault(out->err);
	out->left = strstr(out->err, "left behind") != NULL;
}

const char *
command_output(void)
{
	return output;
}

void
command_set_up(const struct command *c)
{
	folder_remove("run");
	(void)mkdir("run", 0700);
	for (int i = 0; i < c->word_count; i++) {
		char from[PATH_BYTES], to[PATH_BYTES];

		(void)snprintf(from, sizeof(from), "start/%s", c->words[i]);
		(void)snprintf(to, sizeof(to), "run/%s", c->words[i]);
		if (strchr(c->words[i], '/') == NULL && access(from, F_OK) == 0)
			folder_copy(from, to);
	}
}

void
commands_begin(const char *program, const char *library, void (*enter)(void))
{
	claque = program;
	fault_library = library;
	enter_run = enter;
}
