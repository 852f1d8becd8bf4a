/*
 * main.c - finds the command, hands it the rest of the line.
 */
#include "config.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/tidy.h"
#include "cli/args.h"
#include "cli/command.h"
#include "cli/help.h"
#include "cli/output.h"
#include "store/store.h"
#include "text/json.h"

enum { OTHERS = 077 };		/* everybody but the user */

const struct command *const commands[] = {
#define X(name) &command_##name,
	COMMAND_LIST(X)
#undef X
};

const size_t command_count = sizeof(commands) / sizeof(commands[0]);

const struct command *
command_find(const char *name)
{
	for (size_t i = 0; i < command_count; i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	return NULL;
}

const struct option *
command_option(const struct command *command, size_t i)
{
	const struct option *more;
	size_t fixed = 0, count;

	while (fixed < OPTION_MAX && command->options[fixed].name != NULL)
		fixed++;
	if (i < fixed)
		return &command->options[i];
	if (command->more_options == NULL)
		return NULL;
	more = command->more_options(&count);
	return i - fixed < count ? &more[i - fixed] : NULL;
}

/* A case or bag that others of this machine may read is said to be, and left as it is. */
static void
warn_of_readers(const struct invocation *call)
{
	const char *path = call->arg_count > 0 ? call->args[0] : NULL;
	struct stat st;

	if (path == NULL || strncmp(call->command->synopsis, "CASE", 4) != 0 ||
	    stat(path, &st) != 0 || (st.st_mode & OTHERS) == 0)
		return;
	if (S_ISREG(st.st_mode))
		say_aside("others on this machine may read '%s' (mode %03o): chmod 600 makes it yours "
			  "alone", path, (unsigned)st.st_mode & 0777);
	else if (S_ISDIR(st.st_mode))
		say_aside("others on this machine may read the folder '%s' (mode %03o): chmod 700 makes "
			  "it yours alone", path, (unsigned)st.st_mode & 0777);
}

static enum status
run(const struct command *command, int argc, char *const *argv)
{
	static struct invocation call;	/* too large for a stack frame */
	struct claque_err err;
	enum claque_rc rc;

	for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
			help_command(command);
			return STATUS_OK;
		}
	rc = args_parse(command, argc, argv, &call, &err);
	if (rc != CLAQUE_OK) {
		enum status status = fail(rc, &err);

		(void)fprintf(stderr, "       claque %s --help shows how it is used\n", command->name);
		return status;
	}
	warn_of_readers(&call);
	return command->run(&call);
}

/* `claque FILE` opens the workbench, so that the case is the shortest word. */
static enum status
open_or_complain(int argc, char *const *argv)
{
	struct claque_err err;

	if (access(argv[0], F_OK) == 0)
		return run(&command_open, argc, argv);
	(void)err_set(&err, CLAQUE_EUSAGE, "'%s' is neither a command nor a file; "
		      "claque help lists the commands", argv[0]);
	return fail(CLAQUE_EUSAGE, &err);
}

static void
tell_opening(const char *path, const char *line)
{
	say_aside("%s: %s", path, line);
}

/* Nothing is left to do if that fails. */
static void
put_error(const char *text)
{
	(void)!write(STDERR_FILENO, text, strlen(text));
}

static void __attribute__((noreturn))
out_of_memory(void)
{
	const char *left = tidy_all();

	put_error("claque: out of memory; what was committed to the case is kept\n");
	if (left != NULL) {
		put_error("claque: '");
		put_error(left);
		put_error("' is left behind, remove it\n");
	}
	_exit(STATUS_FAILED);
}

int
main(int argc, char **argv)
{
	const struct command *command;

	base_oom = out_of_memory;
	store_tell = tell_opening;
	json_begin();
	(void)signal(SIGXFSZ, SIG_IGN);		/* a quota is a failed write(), not a death */
	(void)setlocale(LC_CTYPE, "");
	(void)umask(OTHERS);			/* what libraries make, too */
	if (argc < 2) {
		help_overview();
		return (int)finish(STATUS_MISUSE);
	}
	if (strcmp(argv[1], "--version") == 0)
		command = &command_version;
	else if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
		command = &command_help;
	else
		command = command_find(argv[1]);
	if (command == NULL)
		return (int)finish(open_or_complain(argc - 1, argv + 1));
	return (int)finish(run(command, argc - 2, argv + 2));
}
