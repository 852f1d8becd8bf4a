/* man_rules.c - claque-rules(7), from the tables of words and kinds. */
#include "config.h"

#include <stdio.h>

#include "cli/help.h"
#include "text/rules.h"

static void
man_words(void)
{
	static const struct man_entry words[] = {
#define X(name, values, help) { #name, values, help },
		RULES_WORD_LIST(X)
#undef X
	};
	static const struct man_entry kinds[] = {
#define X(name, help) { #name, "", help },
		RULES_KIND_LIST(X)
#undef X
	};

	(void)printf(".SH LINES\nText in UTF\\-8, a word and its value a line. Empty lines, and lines "
		     "that begin with #, say nothing. What stands before the first topic is about "
		     "the pack; match, yes and no belong to the topic above them, which has at "
		     "least one of each.\n");
	help_man_entries(words, sizeof(words) / sizeof(words[0]));
	(void)printf(".SH KINDS\n");
	help_man_entries(kinds, sizeof(kinds) / sizeof(kinds[0]));
}

static void
man_matching(void)
{
	(void)printf(".SH MATCHING\nA post has every topic of which a pattern matches its text as the "
		     "case has it, links and hashtags included. A pattern speaks a language (en, "
		     "zh) or any: of a post that names its language only patterns of that one and "
		     "of any are tried, of a post that names none all. Languages are as the input "
		     "gives them; en\\-US is en.\n.PP\n"
		     "Letters of one word are told from those inside another by \\eb on both "
		     "sides: \\eb(?:cat|cats)\\eb. Chinese has no blanks between words, so there "
		     "patterns go without.\n.PP\n"
		     "A pattern stops after a million steps and then counts as not matching. One "
		     "that did so on %d posts is no longer tried; commands say so, and "
		     "\\fBclaque rules test\\fR \\fB\\-\\-patterns\\fR tells which it was. "
		     "Patterns are quick where each of their alternatives has letters in a row that "
		     "every match must have: those are searched for first, all at once.\n"
		     ".SH LIMITS\nA pack has up to %d KiB, a pattern %d bytes, an example %d; all "
		     "packs together %d topics, %d patterns and %d examples.\n",
		     RULES_GIVE_UPS_MAX, RULES_BYTES_MAX >> 10, RULES_PATTERN_MAX, RULES_TEXT_MAX,
		     RULES_TOPICS_MAX, RULES_PATTERNS_MAX, RULES_EXAMPLES_MAX);
}

void
help_man_rules(void)
{
	(void)printf(".TH CLAQUE-RULES 7 \"\" \"claque %s\"\n.SH NAME\n"
		     "claque\\-rules \\- rule packs: what posts are about\n"
		     ".SH SYNOPSIS\n\\fI$XDG_CONFIG_HOME\\fR/claque/rules/\\fINAME\\fR.rules\n.br\n"
		     "\\fBclaque rules test\\fR \\fIFILE\\fR [\\fIPOSTS\\fR|\\fICASE\\fR]\n.br\n"
		     "\\fBclaque topics\\fR \\fICASE\\fR [\\fB\\-\\-rules\\fR \\fIFILE\\fR]\n"
		     ".SH DESCRIPTION\nA rule pack tells topics by PCRE2 patterns, and is tested by "
		     "examples that it holds itself. Packs in claque/rules under XDG_CONFIG_HOME (or "
		     "~/.config) and those that are installed are used together; of two with one "
		     "name yours counts.\n.PP\n"
		     "A topic says what a post speaks of, never what it says about it: both sides of "
		     "a dispute have the same topics. Topics and leanings are facts for the analyst's "
		     "eyes. They do not enter any score: the engine knows no list of topics, outlets "
		     "or sides.\n.PP\n"
		     "A pack with a line that is not understood is refused, with its path, the line, "
		     "the column and the remedy.\n", PACKAGE_VERSION);
	man_words();
	man_matching();
	(void)printf(".SH EXAMPLE\n.nf\npack harbour\nversion 2026.1\nkind narrative\n"
		     "author J. Doe, Example Desk\nsource coverage of the harbour vote, 2026\n\n"
		     "topic harbour\\-vote\nabout the vote on the new harbour\n"
		     "match en \\eb(?:harbou?r (?:vote|bill)|port referendum)\\eb\n"
		     "match es \\eb(?:refer\u00e9ndum|voto) (?:del|por el) puerto\\eb\n"
		     "yes en The harbour vote is on Sunday.\nno en The ship left the harbour.\n.fi\n"
		     ".SH ENVIRONMENT\n.TP\n\\fBCLAQUE_RULES\\fR\nA folder in place of that of the "
		     "installed packs.\n"
		     ".SH FILES\n%s/rules/*.rules\n"
		     ".SH \"SEE ALSO\"\nclaque\\-rules(1), claque\\-topics(1), pcre2pattern(3)\n",
		     PKGDATADIR);
}
