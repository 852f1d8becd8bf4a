/* man_conf.c - claque.conf(5), and a file to begin with, from the tables of options and actions. */
#include "config.h"

#include <stdio.h>

#include "cli/help.h"
#include "tui/settings.h"

enum { CONF_ARENA = 1 << 20 };

static void
man_settings(struct arena scratch)
{
	(void)printf(".SH OPTIONS\n");
	for (unsigned i = 0; i < SETTING_COUNT; i++) {
		struct arena perm = scratch;
		const struct setting *o = setting_get((enum setting_id)i);
		struct claque_str value = setting_value(&perm, (enum setting_id)i, o->standard);

		(void)printf(".TP\n\\fBset %s\\fR ", o->name);
		if (o->choices[0] != '\0')
			help_roff(str_of(o->choices));
		else
			(void)printf("1..%d", o->max);
		(void)putchar('\n');
		help_roff(str_fmt(&perm, "%s. At first: " STR_FMT ".", o->help, STR_ARG(value)));
		(void)putchar('\n');
	}
}

static void
man_action(const struct settings *set, enum action_id id, struct arena perm)
{
	const struct action *action = action_get(id);
	struct claque_str keys = settings_keys(set, &perm, id);

	(void)printf(".TP\n\\fB");
	help_roff(settings_action_name(&perm, id));
	(void)printf("\\fR");
	if (action->args[0] != '\0')
		(void)printf(" [\\fI%s\\fR]", action->args);
	(void)putchar('\n');
	help_roff(str_fmt(&perm, "%s. Key: " STR_FMT, action->help,
			  STR_ARG(keys.len > 0 ? keys : STR("none"))));
	(void)putchar('\n');
}

static void
man_actions(struct arena scratch)
{
	struct arena perm = scratch;
	struct settings *set = ARENA_NEW(&perm, struct settings, 1);

	settings_init(set);
	for (unsigned g = 0; g < GROUP_COUNT; g++) {
		(void)printf(".SH \"ACTIONS: %s\"\n", action_group_name((enum action_group)g));
		for (unsigned i = 0; i < ACTION_COUNT; i++)
			if (action_get((enum action_id)i)->group == g)
				man_action(set, (enum action_id)i, perm);
	}
}

void
help_man_conf(void)
{
	struct arena whole = arena_new(CONF_ARENA);

	(void)printf(".TH CLAQUE.CONF 5 \"\" \"claque %s\"\n.SH NAME\n"
		     "claque.conf \\- options and keys of the workbench of claque\n"
		     ".SH SYNOPSIS\n\\fI$XDG_CONFIG_HOME\\fR/claque/claque.conf\n.br\n"
		     "\\fI~/.config\\fR/claque/claque.conf\n.SH DESCRIPTION\n"
		     "Read by claque\\-open(1) and claque\\-demo(1) when they start, and by "
		     "claque\\-screen(1) where \\fB\\-\\-config\\fR names it. It need not be there and "
		     "is never made: \\fBclaque doc conf\\fR prints one to begin with. A line is one "
		     "of\n", PACKAGE_VERSION);
	(void)printf(".TP\n\\fBset\\fR \\fIOPTION VALUE\\fR\nAn option, of the list below.\n"
		     ".TP\n\\fBmap\\fR \\fIKEY ACTION\\fR [\\fIARGUMENT\\fR]\nThe key does this, and "
		     "nothing else any more. The action is one of the lists below; an argument is "
		     "what its prompt would ask for. go\\-to needs one: \\fBmap M go\\-to matrix\\fR.\n"
		     ".TP\n\\fBunmap\\fR \\fIKEY\\fR\nThe key does nothing.\n"
		     ".TP\n\\fBlangmap\\fR \\fINAME\\fR\nThe same as set langmap: on a keyboard whose "
		     "letters are not Latin, a key does what the Latin one in its place does, in "
		     "menus and in the palette, too. What is typed as text stays as it is.\n"
		     ".TP\n\\fB#\\fR ...\nA comment, at the beginning of a line.\n"
		     ".PP\nA key is a character or <Enter>, <Tab>, <Space>, <Backspace>, <Up>, <F1>, "
		     "<F5>, <C\\-d>, <A\\-Left>, or <lt> for <. Keys within a menu are the menu's. "
		     "<Esc>, Ctrl\\-Q, Ctrl\\-S and Ctrl\\-Z cannot be bound, and the last key of "
		     "command cannot be taken: from there everything can be reached.\n"
		     ".PP\nA line that is wrong is passed over, and the status line names file, line "
		     "and remedy. In the workbench the palette takes the same lines, for the session, "
		     "and ? shows the keys as they are bound.\n"
		     ".PP\nA theme that is set goes before NO_COLOR; \\fB\\-\\-mono\\fR, "
		     "\\fB\\-\\-theme\\fR and \\fB\\-\\-ascii\\fR go before the file, and CLAQUE_ESCDELAY "
		     "before escdelay.\n");
	man_settings(whole);
	man_actions(whole);
	(void)printf(".SH EXAMPLES\n.nf\nset theme light\nlangmap ru\nmap J page\\-down\n"
		     "map M go\\-to matrix\nunmap Q\n.fi\n.SH \"SEE ALSO\"\nclaque\\-open(1)\n");
	arena_free(whole);
}

void
help_conf(void)
{
	struct arena whole = arena_new(CONF_ARENA), perm = whole;
	struct settings *set = ARENA_NEW(&perm, struct settings, 1);
	struct claque_str rest, line;
	struct buf text;

	settings_init(set);
	buf_init(&text, SETTINGS_FILE_MAX);
	settings_write(set, &text);
	(void)printf("# claque.conf: options and keys as they are; take the # off a line and "
		     "change it.\n# See claque.conf(5).\n");
	for (rest = buf_str(&text); str_cut(&rest, '\n', &line); )
		(void)printf("#" STR_FMT "\n", STR_ARG(line));
	buf_done(&text);
	arena_free(whole);
}
