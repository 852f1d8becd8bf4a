#include "config.h"

#include "cli/help.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"

static size_t
longest_name(void)
{
	size_t longest = 0;

	for (size_t i = 0; i < command_count; i++)
		if (strlen(commands[i]->name) > longest)
			longest = strlen(commands[i]->name);
	return longest;
}

void
help_overview(void)
{
	int width = (int)longest_name();

	(void)printf("claque %s - find and document coordinated inauthentic behaviour\n\n"
		     "  claque CASE            open the workbench on a case file\n"
		     "  claque COMMAND ...     everything, without a screen\n\n", PACKAGE_VERSION);
	for (size_t i = 0; i < command_count; i++)
		(void)printf("  %-*s  %s\n", width, commands[i]->name, commands[i]->summary);
	(void)printf("\nclaque COMMAND --help tells more. New here? claque demo\n");
}

static int
option_width(const struct command *command)
{
	const struct option *o;
	size_t width = 0;

	for (size_t i = 0; (o = command_option(command, i)) != NULL; i++) {
		size_t w = strlen(o->name) + (o->arg != NULL ? strlen(o->arg) + 1 : 0);

		width = w > width ? w : width;
	}
	return (int)width + 2;
}

static void
print_options(const struct command *command)
{
	int width = option_width(command);
	const struct option *o;

	if (command->options[0].name != NULL)
		(void)printf("\nOptions\n");
	for (size_t i = 0; (o = command_option(command, i)) != NULL; i++) {
		int used = printf("  --%s%s%s", o->name, o->arg != NULL ? " " : "",
				  o->arg != NULL ? o->arg : "");

		(void)printf("%*s%s\n", width + 4 - used, "", o->help);
	}
}

static void
print_examples(const struct command *command)
{
	struct claque_str rest = str_of(command->examples), line, what;

	if (rest.len > 0)
		(void)printf("\nExamples\n");
	while (str_cut(&rest, '\n', &line)) {
		(void)str_cut(&line, '\t', &what);
		(void)printf("  " STR_FMT "\n      " STR_FMT "\n", STR_ARG(what), STR_ARG(line));
	}
}

static void
print_heading(const char *text)
{
	(void)printf("\n%s\n", text);
}

static void
print_entry(const char *term, const char *meaning)
{
	enum { TERM_COLS = 22 };

	(void)printf("  %-*s %s\n", TERM_COLS - 1, term, meaning);
}

void
help_command(const struct command *command)
{
	static const struct section_writer to_terminal = { print_heading, print_entry };

	(void)printf("claque %s %s\n%s.\n\n%s\n", command->name, command->synopsis,
		     command->summary, command->detail);
	print_options(command);
	print_examples(command);
	if (command->sections != NULL)
		command->sections(&to_terminal);
}

/* roff: a backslash, a leading dot and a hyphen of a command must be told. */
void
help_roff(struct claque_str text)
{
	bool line_start = true;

	for (size_t i = 0; i < text.len; i++) {
		if (line_start && (text.p[i] == '.' || text.p[i] == '\''))
			(void)printf("\\&");
		if (text.p[i] == '\\')
			(void)printf("\\e");
		else if (text.p[i] == '-')
			(void)printf("\\-");
		else
			(void)putchar(text.p[i]);
		line_start = text.p[i] == '\n';
	}
}

void
help_man_entries(const struct man_entry *entries, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		(void)printf(".TP\n\\fB");
		help_roff(str_of(entries[i].name));
		(void)printf("\\fR ");
		help_roff(str_of(entries[i].values));
		(void)putchar('\n');
		help_roff(str_of(entries[i].help));
		(void)putchar('\n');
	}
}

static void
roff_paragraphs(const char *text)
{
	struct claque_str rest = str_of(text), line;

	while (rest.len > 0) {
		(void)str_cut(&rest, '\n', &line);
		if (line.len > 0)
			help_roff(line);
		else
			(void)printf(".PP");
		(void)putchar('\n');
	}
}

static void
man_options(const struct command *command)
{
	const struct option *o;

	if (command->options[0].name != NULL)
		(void)printf(".SH OPTIONS\n");
	for (size_t i = 0; (o = command_option(command, i)) != NULL; i++) {
		(void)printf(".TP\n\\fB\\-\\-%s\\fR", o->name);
		if (o->arg != NULL)
			(void)printf(" \\fI%s\\fR", o->arg);
		(void)putchar('\n');
		help_roff(str_of(o->help));
		(void)putchar('\n');
	}
}

static void
man_examples(const struct command *command)
{
	struct claque_str rest = str_of(command->examples), line, what;

	if (rest.len > 0)
		(void)printf(".SH EXAMPLES\n");
	while (str_cut(&rest, '\n', &line)) {
		(void)str_cut(&line, '\t', &what);
		(void)printf(".TP\n\\fB");
		help_roff(what);
		(void)printf("\\fR\n");
		help_roff(line);
		(void)putchar('\n');
	}
}

static void
man_heading(const char *text)
{
	(void)printf(".SH \"%s\"\n", text);
}

static void
man_entry(const char *term, const char *meaning)
{
	(void)printf(".TP\n\\fB");
	help_roff(str_of(term));
	(void)printf("\\fR\n");
	help_roff(str_of(meaning));
	(void)putchar('\n');
}

void
help_man(const struct command *command)
{
	static const struct section_writer to_man = { man_heading, man_entry };

	(void)printf(".TH CLAQUE\\-%s 1 \"\" \"claque %s\"\n.SH NAME\nclaque\\-%s \\- ",
		     command->name, PACKAGE_VERSION, command->name);
	help_roff(str_of(command->summary));
	(void)printf("\n.SH SYNOPSIS\n\\fBclaque %s\\fR ", command->name);
	help_roff(str_of(command->synopsis));
	(void)printf("\n.SH DESCRIPTION\n");
	roff_paragraphs(command->detail);
	man_options(command);
	man_examples(command);
	if (command->sections != NULL)
		command->sections(&to_man);
	(void)printf(".SH \"SEE ALSO\"\nclaque(1)\n");
}

void
help_man_overview(void)
{
	(void)printf(".TH CLAQUE 1 \"\" \"claque %s\"\n.SH NAME\n"
		     "claque \\- find and document coordinated inauthentic behaviour\n"
		     ".SH SYNOPSIS\n\\fBclaque\\fR \\fICASE\\fR\n.br\n"
		     "\\fBclaque\\fR \\fICOMMAND\\fR ...\n.SH DESCRIPTION\n"
		     "A workbench for threat investigators over a case file of accounts and posts. "
		     "One scoring engine ranks groups of accounts that act together beyond chance, "
		     "with evidence for and against. A lead is a lead, never a verdict.\n"
		     ".SH COMMANDS\n", PACKAGE_VERSION);
	for (size_t i = 0; i < command_count; i++) {
		(void)printf(".TP\n\\fB%s\\fR ", commands[i]->name);
		help_roff(str_of(commands[i]->synopsis));
		(void)putchar('\n');
		help_roff(str_of(commands[i]->summary));
		(void)printf("; see claque\\-%s(1).\n", commands[i]->name);
	}
	(void)printf(".SH \"EXIT STATUS\"\n");
#define X(id, value, help) (void)printf(".TP\n\\fB%d\\fR\n%s.\n", (value), (help));
	STATUS_LIST(X)
#undef X
	(void)printf(".SH ENVIRONMENT\n"
		     ".TP\n\\fBCLAQUE_WHO\\fR\nName of the analyst in notes and ledger; else the login name.\n"
		     ".TP\n\\fBCLAQUE_CLOCK\\fR\nAn RFC 3339 time at which the clock stands still (tests).\n"
		     ".TP\n\\fBNO_COLOR\\fR\nNo colour in the workbench; nothing is lost without it.\n"
		     ".TP\n\\fBCLAQUE_FORMATS\\fR\nA folder in place of that of the installed "
		     "formats of claque\\-formats(7).\n"
		     ".TP\n\\fBCLAQUE_RULES\\fR, \\fBCLAQUE_SCENARIOS\\fR\nThe same for the packs of "
		     "claque\\-rules(7) and the files of claque\\-scenario(7).\n"
		     ".TP\n\\fBXDG_CONFIG_HOME\\fR\nWhere claque.conf(5) is (claque/claque.conf), "
		     "and formats, rules and scenarios of your own (claque/formats/ and so on).\n"
		     ".TP\n\\fBXDG_DATA_HOME\\fR\nWhere claque demo keeps its case (claque/demo.claque).\n");
}

void
help_bash(void)
{
	(void)printf("# bash completion for claque\n_claque()\n{\n"
		     "\tlocal cur=${COMP_WORDS[COMP_CWORD]} opts=\n"
		     "\tif [ \"$COMP_CWORD\" -eq 1 ]; then\n\t\tCOMPREPLY=($(compgen -f -W \"");
	for (size_t i = 0; i < command_count; i++)
		(void)printf("%s%s", i > 0 ? " " : "", commands[i]->name);
	(void)printf("\" -- \"$cur\"))\n\t\treturn\n\tfi\n\tcase ${COMP_WORDS[1]} in\n");
	for (size_t i = 0; i < command_count; i++) {
		const struct option *o;

		(void)printf("\t%s) opts=\"--help", commands[i]->name);
		for (size_t n = 0; (o = command_option(commands[i], n)) != NULL; n++)
			(void)printf(" --%s", o->name);
		(void)printf("\" ;;\n");
	}
	(void)printf("\tesac\n\tcase $cur in\n"
		     "\t--*) COMPREPLY=($(compgen -W \"$opts\" -- \"$cur\")) ;;\n"
		     "\t*) COMPREPLY=($(compgen -f -- \"$cur\")) ;;\n\tesac\n}\n"
		     "complete -o filenames -F _claque claque\n");
}

/* zsh reads '[', ']', ':' and quotes in a description as syntax. */
static void
zsh_words(const char *text)
{
	for (; *text != '\0'; text++)
		if (strchr("[]:'\"`$\\", *text) == NULL)
			(void)putchar(*text);
}

void
help_zsh(void)
{
	(void)printf("#compdef claque\n_claque() {\n\tlocal -a commands\n\tcommands=(\n");
	for (size_t i = 0; i < command_count; i++) {
		(void)printf("\t\t'%s:", commands[i]->name);
		zsh_words(commands[i]->summary);
		(void)printf("'\n");
	}
	(void)printf("\t)\n\tif (( CURRENT == 2 )); then\n\t\t_describe command commands\n"
		     "\t\t_files\n\t\treturn\n\tfi\n\tcase $words[2] in\n");
	for (size_t i = 0; i < command_count; i++) {
		const struct option *opt;

		(void)printf("\t%s) _arguments '--help[show how it is used]'", commands[i]->name);
		for (size_t o = 0; (opt = command_option(commands[i], o)) != NULL; o++) {
			(void)printf(" '--%s[", opt->name);
			zsh_words(opt->help);
			(void)printf("]%s%s'", opt->arg != NULL ? ":" : "",
				     opt->arg != NULL ? "value:_files" : "");
		}
		(void)printf(" '*:file:_files' ;;\n");
	}
	(void)printf("\tesac\n}\n_claque \"$@\"\n");
}
