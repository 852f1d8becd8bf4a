/*
 * help.h - what the command table says of itself: help on the terminal, man
 * pages and shell completions. None of it is written twice.
 */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "cli/command.h"

void help_overview(void);
void help_command(const struct command *command);
/* roff on stdout: claque(1), or claque-NAME(1). */
void help_man_overview(void);
void help_man(const struct command *command);
void help_bash(void);
void help_zsh(void);

/* Text for a man page. */
void help_roff(struct claque_str text);
/* A list of words there, each with what follows it and what it means. */
struct man_entry {
	const char *name, *values, *help;
};
void help_man_entries(const struct man_entry *entries, size_t count);
void help_man_conf(void);
void help_man_formats(void);
void help_man_lesson(void);
void help_man_remote(void);
void help_man_rules(void);
void help_man_scenario(void);
void help_conf(void);

#endif
