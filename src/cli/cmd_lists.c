/*
 * cmd_lists.c - the commands that print one list of the case. They differ by
 * the list and by what they can be narrowed to, so they are one table.
 */
#include "config.h"

#include "cli/args.h"
#include "cli/listing.h"

enum { LEAD_COLUMNS = 10, ACCOUNT_SCORE_COLUMNS = 4 };

#define BY_CLUSTER { "cluster", "ID", "only of this cluster, C001" }
#define BY_ACCOUNT { "account", "NAME", "only of this account: native id or @handle" }
#define BY_SOURCE { "source", "KEY", "only of this source: post id, URL, hashtag" }

static enum status
run_leads(const struct invocation *call)
{
	if (args_flag(call, "accounts"))
		return listing_run(call, LIST_ACCOUNTS, ACCOUNT_SCORE_COLUMNS);
	return listing_run(call, args_flag(call, "all") ? LIST_CLUSTERS : LIST_LEADS, LEAD_COLUMNS);
}

const struct command command_leads = {
	.name = "leads", .synopsis = "CASE",
	.summary = "Lists the leads of the last run, best first",
	.detail =
"A lead is a group of accounts with high coordination and high deception and little\n"
"overtness: something to look at, never a verdict. score is 0..1 and rests on the stated\n"
"prior; claque why says what it is made of. --all also lists groups that are no leads:\n"
"open coordination (fans, activists, newsrooms) and weak ones.",
	.examples =
"claque leads case.claque\tthe table\n"
"claque leads case.claque --accounts --csv\tevery account: account_id,score,cluster,lead",
	.options = {
		{ "all", NULL, "also the groups that are no leads" },
		{ "accounts", NULL, "every account of the case with score, cluster and lead flag" },
		LISTING_OPTIONS,
	},
	.min_args = 1, .max_args = 1, .run = run_leads,
};

/* X(name, list, summary, detail, options of its own...) */
#define LISTS(X) \
	X(accounts, ACCOUNTS, "Lists accounts with score and cluster", \
"Every account of the case, also those that the engine gave no score.", BY_CLUSTER, BY_SOURCE) \
	X(sources, SOURCES, "Lists what is shared, by how many accounts", \
"Reshared posts, URLs, domains, hashtags and media.", BY_CLUSTER, BY_ACCOUNT) \
	X(posts, POSTS, "Lists posts in time order", \
"Each post with its account, kind and text, and how many accounts share the same source.", \
	BY_CLUSTER, BY_ACCOUNT, BY_SOURCE) \
	X(evidence, EVIDENCE, "Lists the reasons behind the scores", \
"One row a reason, with what was observed, what chance would give, p, and what it adds to\n" \
"the score in natural-log odds; below zero it speaks against.", BY_CLUSTER) \
	X(innocents, INNOCENTS, "Lists the innocent explanations tested on clusters", \
"One row an explanation (fandom, newsroom, activists, ...): the share of what speaks for the\n" \
"lead that it would account for, 0 to 1, the numbers it rests on, and what it leaves\n" \
"unexplained. An empty score: the data do not tell.", BY_CLUSTER) \
	X(indicators, INDICATORS, "Lists published indicators in the case", \
"Domains, accounts, posts and more from takedown reports. Mind the publisher's caveat: the\n" \
"mere sharing of these links, or engaging with them, is insufficient to attribute accounts\n" \
"to a campaign without corroborating evidence.") \
	X(hashtags, HASHTAGS, "Lists hashtags by how many accounts used them", \
"With how many of these are in a cluster, and how often each account used it.", BY_CLUSTER, \
	BY_ACCOUNT) \
	X(sites, SITES, "Lists linked sites by how many accounts linked them", \
"With how many of these are in a cluster. claque domains lists those whose name passes for\n" \
"another's.", BY_CLUSTER, BY_ACCOUNT) \
	X(matches, MATCHES, "Lists the published indicators that something in the case matches", \
"Accounts of the case that a takedown report names, and domains, links, posts and hashtags\n" \
"of such reports that were shared here. A match is no attribution: the mere sharing of such\n" \
"links, or engaging with them, is insufficient without corroborating evidence.", BY_CLUSTER, \
	BY_ACCOUNT, BY_SOURCE) \
	X(reused, REUSED, "Lists handles that several accounts had, and when", \
"One row an account and handle: when it was first and last seen with it, the gap or overlap\n" \
"after the one that had it before, and who has it now. A handle goes to somebody else when\n" \
"its owner gives it up, is suspended or sells it: what stood under it then is not by whoever\n" \
"is called so now. Case makes no difference. Times are when it was seen.", BY_CLUSTER, \
	BY_ACCOUNT) \
	X(handles, HANDLES, "Lists accounts that had several handles, and when", \
"An account is its native id: a row for each handle that one id had, with when it was seen\n" \
"and how that is known. A change of case only is minor and not listed.", BY_CLUSTER, \
	BY_ACCOUNT) \
	X(movers, MOVERS, "Lists who of a group shares first", \
"Of one cluster: of the objects that two of its accounts or more shared, how many each had\n" \
"first, and how many seconds it is behind the first on average. Of one source: its accounts\n" \
"in the order in which they shared it. One of --cluster and --source is needed.", BY_CLUSTER, \
	BY_SOURCE) \
	X(inputs, INPUTS, "Lists the imported files with digest and counts", \
"Each file as it was given, its SHA-256, format, and rows taken, duplicate and refused.") \
	X(refused, REFUSED, "Lists the rows that were refused, with the reason", \
"File, row as a spreadsheet numbers it (the header is row 1), and why.") \
	X(notes, NOTES, "Lists notes, tags and pins", \
"What the analysts wrote; undone ones are not shown.") \
	X(claims, CLAIMS, "Lists claims, each with its evidence", \
"A claim, and under it what speaks for it, against it, and what does neither; number is what\n" \
"claque weigh, rate and withdraw take. claque claim and claque weigh add them.", BY_CLUSTER, \
	BY_ACCOUNT, BY_SOURCE) \
	X(runs, RUNS, "Lists the runs of the engine with their settings", \
"The last run first: what it was fed, how it was set, what the analyst had decided (accounts\n" \
"cleared, sources allowed, priors of single accounts), and how much it found. --csv and\n" \
"--json give all columns; the lists of decisions stand in run.settings (claque sql).") \
	X(ledger, LEDGER, "Lists every act on the case, hash-chained", \
"Imports, runs, annotations, undos and exports, each with the hash of the one before.")

#define X(name_, list, summary_, detail_, ...) \
	static enum status \
	run_##name_(const struct invocation *call) \
	{ \
		return listing_run(call, LIST_##list, 0); \
	} \
	const struct command command_##name_ = { \
		.name = #name_, .synopsis = "CASE", .summary = summary_, .detail = detail_, \
		.options = { LISTING_OPTIONS, __VA_ARGS__ }, \
		.min_args = 1, .max_args = 1, .run = run_##name_, \
	};
LISTS(X)
#undef X
