/*
 * commands.h - the table of commands that are tried, and running one of them in run/.
 */
#ifndef FAULT_COMMANDS_H
#define FAULT_COMMANDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WORDS_MAX = 24, COMMANDS_MAX = 200, TEXT_BYTES = 1 << 20 };

struct command {
	char *name, *words[WORDS_MAX + 1];
	int word_count;
	bool goes_on;		/* what it was cut off in is taken up again by the next one */
	bool reads;		/* it changes no file that is there */
	bool differs;		/* it draws keys, and never leaves the same twice */
};

struct ending {
	int status;		/* of waitpid() */
	uint64_t out;		/* digest of what it printed, but for seconds */
	bool named;		/* it says somewhere what failed */
	bool left;		/* and that something is left behind */
	char err[4096];
};

/* Returns how many of them write; they come first. Only once: the text is kept here. */
size_t commands_read(const char *path, struct command *out, size_t *count);

/*
 * claque: the program; library: what is preloaded where a fault is asked for; enter: what
 * the child does last before it becomes claque.
 */
void commands_begin(const char *claque, const char *library, void (*enter)(void));
/* run/ as the command finds it: what its words name in start/. */
void command_set_up(const struct command *c);
/* fault: of the environment; NULL: none, and nothing is counted. */
void command_run(const struct command *c, const char *fault, struct ending *out);
/* What the last one printed to stdout. */
const char *command_output(void);

/* At most room - 1 bytes of a file, which must be there, and a NUL. */
size_t read_text(const char *path, char *out, size_t room);

#endif
