/* man_scenario.c - claque-scenario(7), from the table of words. */
#include "config.h"

#include <stdio.h>

#include "cli/help.h"
#include "scenario/script.h"

enum { MAN_ARENA = 1 << 16 };

/* What may be written follows the word; what holds without it, its meaning. */
static void
man_key(size_t i, struct arena perm)
{
	const struct script_key *k = script_key(i);
	struct claque_str values = script_key_values(i, &perm);

	(void)printf(".TP\n\\fB");
	help_roff(str_of(k->name));
	(void)printf("\\fR ");
	help_roff(values);
	(void)putchar('\n');
	help_roff(str_of(k->help));
	if (k->required)
		(void)printf(". It must be there");
	else if (k->knob)
		(void)printf(". Without it, what the level says");
	else if (k->standard[0] != '\0') {
		(void)printf(". Without it, ");
		help_roff(str_of(k->standard));
	}
	(void)printf(".\n");
}

static void
man_keys(enum script_scope scope, struct arena scratch)
{
	for (size_t i = 0; i < script_key_count(); i++)
		if (script_key(i)->scope == scope)
			man_key(i, scratch);
}

static void
man_lines(struct arena scratch)
{
	(void)printf(".SH LINES\nText in UTF\\-8, a word and its value a line. Empty lines, and lines "
		     "that begin with #, say nothing. What stands before the first network is about "
		     "the world. A word is written once, below its network; but for that the order "
		     "is free.\n"
		     ".TP\n\\fBscenario\\fR \\fINAME\\fR\nThe first line: small letters, digits and "
		     "\\-.\n"
		     ".TP\n\\fBnetwork\\fR \\fINAME\\fR\nA network begins, of that name in truth.csv. "
		     "A file without any has nothing to find. At most %d.\n"
		     ".SH WORLD\n", SCRIPT_NETWORKS_MAX);
	man_keys(SCRIPT_ANY, scratch);
	(void)printf(".PP\nWith model networks, also:\n");
	man_keys(SCRIPT_OPEN, scratch);
	(void)printf(".PP\nWith model demo instead:\n");
	man_keys(SCRIPT_DEMO, scratch);
	(void)printf(".SH NETWORKS\n");
	man_keys(SCRIPT_NETWORK, scratch);
}

static void
man_tactics(void)
{
	static const struct man_entry tactics[TACTIC_COUNT] = {
		[TACTIC_HANDLES] = { "handles", "", "handles as the platform proposes them" },
		[TACTIC_BURSTS] = { "bursts", "", "accounts made in batches" },
		[TACTIC_AVATARS] = { "avatars", "", "pictures out of a common stock" },
		[TACTIC_TWINS] = { "twins", "", "accounts on the other platform that look like "
				   "some of these and share one star" },
		[TACTIC_RENAMES] = { "renames", "", "new names, handles, pictures and places in one "
				     "wave, after a silence; then other sources" },
		[TACTIC_HOURS] = { "hours", "", "shifts of the zone where it works" },
		[TACTIC_CAMOUFLAGE] = { "camouflage", "", "harmless posts out of a common stock" },
		[TACTIC_BOTH_SIDES] = { "both-sides", "", "sources of both sides" },
		[TACTIC_COPIES] = { "copies", "", "posts of others as texts of one's own, also across "
				    "platforms" },
		[TACTIC_RESHARES] = { "reshares", "", "posts of others on its own platform" },
		[TACTIC_LINKS] = { "links", "", "pages of a site of its own" },
		[TACTIC_LOOKALIKES] = { "lookalikes", "", "hosts that look like those of outlets" },
		[TACTIC_REDIRECTS] = { "redirects", "", "throw-away hosts that lead to them" },
		[TACTIC_ADS] = { "ads", "", "some of the pushes are posts of the type ad, and "
			       "tell what they cost" },
		[TACTIC_PETITIONS] = { "petitions", "", "calls for signatures at sites where everybody "
				       "has petitions" },
		[TACTIC_REPLIES] = { "replies", "", "answers to one post all at once, out of few "
				     "talking points" },
		[TACTIC_RETURNS] = { "returns", "", "its accounts are removed one day, and some come "
				     "back as others" },
		[TACTIC_PARAPHRASE] = { "paraphrase", "", "texts written anew as a language model "
					"does: other sentences in another order, the same "
					"names, things and numbers" },
	};

	(void)printf(".SH TACTICS\nWhat stands behind uses. A network does at least one of copies, "
		     "reshares, links, petitions and replies.\n");
	help_man_entries(tactics, TACTIC_COUNT);
}

void
help_man_scenario(void)
{
	struct arena scratch = arena_new(MAN_ARENA);

	(void)printf(".TH CLAQUE-SCENARIO 7 \"\" \"claque %s\"\n.SH NAME\n"
		     "claque\\-scenario \\- training worlds that are written down\n"
		     ".SH SYNOPSIS\n\\fI$XDG_CONFIG_HOME\\fR/claque/scenarios/\\fINAME\\fR.conf\n.br\n"
		     "\\fBclaque generate\\fR \\fB\\-\\-scenario\\fR \\fINAME\\fR|\\fIFILE\\fR.conf "
		     "\\fB\\-\\-out\\fR \\fIFOLDER\\fR|\\fICASE\\fR\n.br\n"
		     "\\fBclaque generate\\fR \\fB\\-\\-scenarios\\fR\n.br\n"
		     "\\fBclaque generate\\fR \\fB\\-\\-explain\\fR \\fINAME\\fR|\\fIFILE\\fR.conf\n"
		     ".SH DESCRIPTION\nA scenario file says what a training world is to be like: who "
		     "is in it, which networks, how careful they are. Everybody in such a world is "
		     "synthetic. The same file and seed give the same bytes; truth.csv and its "
		     "neighbours say who is who, and no import reads them.\n"
		     ".PP\n\\fB\\-\\-posts\\fR makes the same world larger or smaller: ordinary "
		     "people and partisans grow and shrink with it, networks and innocents stay as "
		     "many as the file says, and in a smaller world networks do less.\n"
		     ".PP\nA file with a line that is not understood is refused, with its path, the "
		     "line and the remedy.\n", PACKAGE_VERSION);
	man_lines(scratch);
	man_tactics();
	(void)printf(".SH EXAMPLE\n.nf\nscenario two\\-shifts\ntitle Two shifts of one office\n"
		     "teaches to read working hours\nposts 50000\npeople 2000\npartisans 400\n"
		     "fandoms 2 of 80\n\nnetwork office\naccounts 60\nlevel 2\n"
		     "uses handles hours camouflage both\\-sides reshares copies\nzone +08:00\n"
		     "delay 20m\nparticipation 50 %%\n.fi\n"
		     ".SH ENVIRONMENT\n.TP\n\\fBCLAQUE_SCENARIOS\\fR\nA folder in place of that of "
		     "the installed scenarios.\n"
		     ".SH FILES\n%s/scenarios/*.conf\n"
		     ".SH \"SEE ALSO\"\nclaque\\-generate(1), claque\\-grade(1)\n", PKGDATADIR);
	arena_free(scratch);
}
