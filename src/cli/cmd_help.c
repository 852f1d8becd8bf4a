/* cmd_help.c - help, version, and the documents made from the command table. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "cli/args.h"
#include "cli/help.h"
#include "cli/output.h"

static enum status
run_help(const struct invocation *call)
{
	const struct command *command;
	struct claque_err err;

	if (call->arg_count == 0) {
		help_overview();
		return STATUS_OK;
	}
	command = command_find(call->args[0]);
	if (command == NULL)
		return fail(err_set(&err, CLAQUE_ENOTFOUND, "no command '%s'; claque help lists them",
				    call->args[0]), &err);
	help_command(command);
	return STATUS_OK;
}

static enum status
run_version(const struct invocation *call)
{
	(void)call;
	(void)printf("claque %s\n", PACKAGE_VERSION);
	return STATUS_OK;
}

static enum status
doc_man(const char *name)
{
	static const struct { const char *name; void (*print)(void); } pages[] = {
		{ "claque", help_man_overview }, { "claque.conf", help_man_conf },
		{ "formats", help_man_formats }, { "lesson-files", help_man_lesson },
		{ "mapping-files", help_man_remote }, { "rule-packs", help_man_rules },
		{ "scenario", help_man_scenario },
	};
	const struct command *command = command_find(name);
	struct claque_err err;

	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++)
		if (strcmp(name, pages[i].name) == 0) {
			pages[i].print();
			return STATUS_OK;
		}
	if (command == NULL)
		return fail(err_set(&err, CLAQUE_ENOTFOUND, "no command '%s'", name), &err);
	help_man(command);
	return STATUS_OK;
}

static enum status
run_doc(const struct invocation *call)
{
	const char *what = call->args[0];
	struct claque_err err;

	if (strcmp(what, "man") == 0)
		return doc_man(call->arg_count > 1 ? call->args[1] : "claque");
	if (strcmp(what, "commands") == 0)
		for (size_t i = 0; i < command_count; i++)
			(void)printf("%s\n", commands[i]->name);
	else if (strcmp(what, "bash") == 0)
		help_bash();
	else if (strcmp(what, "zsh") == 0)
		help_zsh();
	else if (strcmp(what, "conf") == 0)
		help_conf();
	else
		return fail(err_set(&err, CLAQUE_EUSAGE, "claque doc makes man, commands, bash, zsh or "
				    "conf, not '%s'", what), &err);
	return STATUS_OK;
}

const struct command command_help = {
	.name = "help", .synopsis = "[COMMAND]", .summary = "Lists the commands, or explains one",
	.detail = "The same text as claque COMMAND --help.",
	.max_args = 1, .run = run_help,
};

const struct command command_version = {
	.name = "version", .synopsis = "", .summary = "Prints the version",
	.detail = "One line: claque and its version.",
	.run = run_version,
};

const struct command command_doc = {
	.name = "doc", .synopsis = "man|commands|bash|zsh|conf [COMMAND]",
	.summary = "Prints a man page, a shell completion or a claque.conf, made from the tables",
	.detail = "The build uses it: what is installed cannot differ from what the program does.\n"
		  "conf is a claque.conf(5) to begin with; nothing in it changes anything yet.",
	.min_args = 1, .max_args = 2, .run = run_doc,
};
