/* man_formats.c - claque-formats(7), from the tables of formats, facts and words. */
#include "config.h"

#include <stdio.h>

#include "cli/help.h"
#include "import/feed.h"
#include "import/import.h"

static void
man_words(void)
{
	static const struct man_entry words[] = {
#define X(name, values, help) { #name, values, help },
		MAP_WORD_LIST(X)
#undef X
	};

	(void)printf(".SH LINES\nThe order is free, but the shape stands before the first fact. "
		     "Empty lines, and lines that begin with #, say nothing.\n");
	help_man_entries(words, sizeof(words) / sizeof(words[0]));
	(void)printf(".TP\n\\fIFACT\\fR = \\fIPLACE\\fR [> \\fIPATH\\fR] [: \\fIHOW\\fR]\n"
		     "What stands at the place is this fact of the post or of its account. Of two "
		     "places for one fact the first that is there counts; lists grow. With a path, "
		     "the cell holds JSON and the path goes on in it. A column is one fact.\n");
}

static void
man_places(void)
{
	(void)printf(".SH PLACES\nOf a table, the name of a column; capital or small letters are the "
		     "same. Of JSON, keys with points between: \\fBuser.id\\fR. After a key, "
		     "\\fB[]\\fR goes through a list, \\fB[type=quoted]\\fR through those of its "
		     "objects that say so: \\fBentities.urls[].expanded_url\\fR. Of "
		     "\\fBa|b\\fR the first that is there counts.\n");
}

static void
man_facts(void)
{
	static const struct man_entry facts[] = {
#define X(name, help) { #name, "", help },
		FEED_ROLE_LIST(X)
#undef X
	};
	static const struct man_entry hows[] = {
#define X(name, help) { #name, "", help },
		FEED_HOW_LIST(X)
#undef X
	};

	(void)printf(".SH FACTS\nA row needs account_id or handle, and to be a post post_id and "
		     "created_at; without post_id the file is one of profiles.\n");
	help_man_entries(facts, sizeof(facts) / sizeof(facts[0]));
	(void)printf(".SH HOW\nHow it is written, if not as it is.\n");
	help_man_entries(hows, sizeof(hows) / sizeof(hows[0]));
}

static void
man_table(void)
{
	size_t count;
	const struct import_format *formats = import_formats(&count);

	(void)printf(".SH FORMATS\nThe names that \\fB\\-\\-format\\fR takes, besides those of "
		     "mapping files, and what a file of each holds.\n");
	for (size_t i = 0; i < count; i++)
		help_man_entries(&(struct man_entry){ formats[i].name, formats[i].help,
					     formats[i].columns }, 1);
}

void
help_man_formats(void)
{
	(void)printf(".TH CLAQUE-FORMATS 7 \"\" \"claque %s\"\n.SH NAME\n"
		     "claque\\-formats \\- files that claque imports, and how to teach it others\n"
		     ".SH SYNOPSIS\n\\fI$XDG_CONFIG_HOME\\fR/claque/formats/\\fINAME\\fR.map\n.br\n"
		     "\\fBclaque import\\fR \\fICASE\\fR \\fB\\-\\-format\\fR \\fIPATH\\fR.map "
		     "\\fIFILE\\fR\n"
		     ".SH DESCRIPTION\nA file's format is told by its content. Where none fits, a "
		     "mapping file says which column, or which place in JSON, is what. Those in "
		     "claque/formats under XDG_CONFIG_HOME (or ~/.config) and those that are "
		     "installed are known to every import; of two with one name yours counts. A "
		     "format that knows more of a file goes before one that knows less.\n"
		     ".PP\nA mapping file with a line that is not understood is left out, and import "
		     "warns with its path, the line and what to do; one that \\fB\\-\\-format\\fR names "
		     "ends the import instead. \\fBclaque import \\-\\-explain\\fR \\fIFILE\\fR shows what "
		     "becomes of a file without writing anything.\n", PACKAGE_VERSION);
	man_words();
	man_places();
	man_facts();
	(void)printf(".SH EXAMPLE\nPosts of a forum, as a spreadsheet has them:\n.PP\n.nf\n"
		     "name my\\-forum\nhelp posts of the forum, by its moderators\nshape table\n"
		     "platform forum\nlinks text\nneed Post No, Member, Posted\n\n"
		     "post_id = Post No\naccount_id = Member\ncreated_at = Posted : day_first\n"
		     "text = Message\nreply_id = Answers\nhashtags = Tags : semicolon\n.fi\n");
	man_table();
	(void)printf(".SH ENVIRONMENT\n.TP\n\\fBCLAQUE_FORMATS\\fR\nA folder in place of that of the "
		     "installed mapping files.\n"
		     ".SH FILES\n%s/formats/*.map\n.SH \"SEE ALSO\"\nclaque\\-import(1)\n",
		     PKGDATADIR);
}
