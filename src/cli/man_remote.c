/* man_remote.c - claque-remote(7), from the table of the mapping's words. */
#include "config.h"

#include <stdio.h>

#include "cli/help.h"
#include "remote/mapping.h"

static void
man_words(void)
{
	size_t count;
	const struct mapping_help *words = mapping_words(&count);
	struct man_entry entries[MAPPING_COUNT];

	for (size_t i = 0; i < count; i++)
		entries[i] = (struct man_entry){ words[i].word, words[i].value, words[i].help };
	(void)printf(".SH LINES\nText in UTF\\-8, a word and its value a line. Empty lines, and lines "
		     "that begin with #, say nothing.\n");
	help_man_entries(entries, count);
	(void)printf(".PP\nNames have letters, digits and _, at most %d of them. They are put in "
		     "quotes, and nothing else of the file stands in any statement. A kind or an act "
		     "that a column tells but that is none of these words takes no part.\n",
		     MAPPING_NAME_MAX);
}

static void
man_server(void)
{
	(void)printf(".SH WHAT THE SERVER MUST ALLOW\nSELECT on the table, temporary tables "
		     "(readonly 0 or 2: the limit on time is set for each statement), and KILL QUERY "
		     "for the user's own. Nothing is written but temporary tables, which go with the "
		     "session. ClickHouse 18.16 and later; datetime64 needs 20.4.\n.PP\n"
		     "The whole table must stand behind the one URL: on one server, or as a "
		     "Distributed table, where it is slower, for its shards then bring whole rows "
		     "together. Objects and accounts are told apart by cityHash64; should two share a "
		     "hash, claque says so and stops.\n");
}

void
help_man_remote(void)
{
	(void)printf(".TH CLAQUE-REMOTE 7 \"\" \"claque %s\"\n.SH NAME\n"
		     "claque\\-remote \\- mapping files: tables of shares that somebody else keeps\n"
		     ".SH SYNOPSIS\n\\fBclaque remote network\\fR \\fIURL\\fR \\fB\\-\\-mapping\\fR "
		     "\\fIFILE\\fR\n"
		     ".SH DESCRIPTION\nA row of the table is one act of sharing: who, what, when. "
		     "The file says which table that is and what its columns are called, so that "
		     "\\fBnetwork\\fR, \\fBscore\\fR and \\fBpull\\fR of \\fBclaque remote\\fR read "
		     "it as it is.\n", PACKAGE_VERSION);
	man_words();
	man_server();
	(void)printf(".SH EXAMPLE\n.nf\n"
		     "table warehouse.retweets\n"
		     "account user_id\n"
		     "object retweeted_id\n"
		     "time created_at\n"
		     "time\\-form datetime\n"
		     "platform\\-is x\n"
		     "post tweet_id\n"
		     ".fi\n.SH SEE ALSO\n.BR claque\\-remote (1),\n.BR claque\\-formats (7)\n");
}
