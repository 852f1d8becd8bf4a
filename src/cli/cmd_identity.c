/* cmd_identity.c - claque changes, twins, domains: who passes for whom. */
#include "config.h"

#include <stdio.h>

#include "app/identity_job.h"
#include "base/err.h"
#include "cli/args.h"
#include "cli/listing.h"
#include "cli/printer.h"
#include "cli/progress.h"

enum { KEY_COLUMNS = 3, LIST_ARENA = 256 << 20 };

static enum claque_rc
list_domains(const struct invocation *call, struct store *store,
	     const struct claque_progress *progress, const struct row_sink *sink,
	     struct claque_err *err)
{
	const char *path = args_value(call, "targets"), *list = args_value(call, "outlets");
	struct arena whole = arena_new(LIST_ARENA), perm = whole;
	struct outlets outlets = { .domain_count = 0 };
	struct claque_str *hosts = NULL;
	struct identity_hunt hunt = { .outlets = &outlets, .progress = progress,
		.min_score = claque_look_alike_defaults().min_score };
	enum claque_rc rc = args_real(call, "min-score", 0, 1, &hunt.min_score, err);

	if (rc == CLAQUE_OK)
		rc = outlets_read(list != NULL ? list : "", &outlets, err);
	if (rc == CLAQUE_OK && path != NULL)
		rc = identity_read_hosts(path, &perm, &hosts, &hunt.host_count, err);
	hunt.hosts = hosts;
	if (rc == CLAQUE_OK)
		rc = args_flag(call, "handles") ? identity_handles(store, &hunt, sink, err) :
		     identity_look_alikes(store, &hunt, sink, err);
	outlets_done(&outlets);
	arena_free(whole);
	return rc;
}

static enum claque_rc
list_twins(const struct invocation *call, struct store *store,
	   const struct claque_progress *progress, const struct row_sink *sink,
	   struct claque_err *err)
{
	struct claque_twins_settings settings = claque_twins_defaults();
	enum claque_rc rc = args_real(call, "min-score", 0, 1, &settings.min_score, err);

	return rc == CLAQUE_OK ? identity_twins(store, &settings, progress, sink, err) : rc;
}

static enum claque_rc
list_makeovers(const struct invocation *call, struct store *store,
	       const struct claque_progress *progress, const struct row_sink *sink,
	       struct claque_err *err)
{
	static const char *const others[] = { "cluster", "account", "lens", "sort" };
	struct claque_makeover_settings settings = claque_makeover_defaults();

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (args_value(call, others[i]) != NULL)
			return err_set(err, CLAQUE_EUSAGE, "--%s narrows the list of changes; it "
				       "does not go with --repurposed", others[i]);
	if (args_real(call, "min-score", 0, 1, &settings.min_score, err) != CLAQUE_OK)
		return CLAQUE_EUSAGE;
	return identity_makeovers(store, &settings, progress, sink, err);
}

static enum status
run(const struct invocation *call,
    enum claque_rc (*list)(const struct invocation *call, struct store *store,
			   const struct claque_progress *progress, const struct row_sink *sink,
			   struct claque_err *err))
{
	struct printer printer;
	struct row_sink sink = printer_sink(&printer);
	struct store *store = NULL;
	struct claque_progress progress;
	struct claque_err err = { 0 };
	enum claque_rc rc = printer_init(&printer, call, 0, &err);

	if (rc == CLAQUE_OK)
		rc = store_open(&store, call->args[0], STORE_READ, &err);
	if (rc != CLAQUE_OK)
		return fail(rc, &err);
	/* CSV is the plain list that other programs join on; reasons are for JSON and for people. */
	printer.csv_columns = KEY_COLUMNS;
	progress = progress_start();
	rc = list(call, store, &progress, &sink, &err);
	progress_stop();
	printer_end(&printer);
	if (rc == CLAQUE_OK && printer.out.form == OUTPUT_TABLE && printer.out.printed == 0)
		(void)fprintf(stderr, "nothing found; --min-score 0 lists all that was weighed\n");
	store_close(store);
	return rc == CLAQUE_OK ? STATUS_OK : fail(rc, &err);
}

static enum status
run_changes(const struct invocation *call)
{
	struct claque_err err;

	if (!args_flag(call, "repurposed"))
		return listing_run(call, LIST_CHANGES, 0);
	if (args_flag(call, "mask"))
		return fail(err_set(&err, CLAQUE_EUSAGE, "--repurposed has reasons in words that"
				    " --mask does not know; leave one of the two out"), &err);
	return run(call, list_makeovers);
}

static enum status
run_twins(const struct invocation *call)
{
	return run(call, list_twins);
}

static enum status
run_domains(const struct invocation *call)
{
	return run(call, list_domains);
}

#define FORM_OPTIONS \
	{ "csv", NULL, "RFC 4180 with a header, exact numbers: the first three columns" }, \
	{ "json", NULL, "one JSON object a line, with the reason" }, \
	{ "limit", "N", "at most N rows; 0 is all" }

const struct command command_changes = {
	.name = "changes", .synopsis = "CASE",
	.summary = "Lists profile changes in time order, or who was made over",
	.detail =
"Who changed which field of the profile, from what to what, and how many others changed\n"
"something about the same time.\n"
"\n"
"--repurposed lists events instead (changes of one account within 48 hours), the surest\n"
"first. The score is the probability that somebody else is behind the account afterwards:\n"
"name, handle, picture, place and bio replaced so that nothing of the old shows through, a\n"
"silence unusual for the account, other topics afterwards, others made over on the same\n"
"day. A wedding, a new job or a slogan that many put into their names rank low.",
	.examples =
"claque changes case.claque --account @x\tall changes of one account\n"
"claque changes case.claque --repurposed --csv\taccount_id,changed_at,score",
	.options = {
		{ "repurposed", NULL, "events, by how surely the account was made over" },
		{ "min-score", "P", "with --repurposed: leave out events below (0)" },
		LISTING_OPTIONS,
		{ "cluster", "ID", "only of this cluster, C001" },
		{ "account", "NAME", "only of this account: native id or @handle" },
	},
	.min_args = 1, .max_args = 1, .run = run_changes,
};

const struct command command_twins = {
	.name = "twins", .synopsis = "CASE",
	.summary = "Lists accounts of two platforms that look like one persona",
	.detail =
"Accounts of two platforms are compared in name, handle, picture, bio, place, time of\n"
"creation and sources. What counts is how rare an agreement is in the case: two John Smiths\n"
"are no evidence. The score is the probability of one persona, given who else comes into\n"
"question; nobody has two twins on one platform. Honest people have accounts on two\n"
"platforms, too: a twin says who is who, not that anybody deceives.",
	.examples =
"claque twins case.claque\twith the weight of each comparison, in natural-log odds\n"
"claque twins case.claque --csv\taccount_id,twin_account_id,score",
	.options = {
		{ "min-score", "P", "leave out pairs below (0.5)" },
		FORM_OPTIONS,
	},
	.min_args = 1, .max_args = 1, .run = run_twins,
};

const struct command command_domains = {
	.name = "domains", .synopsis = "CASE",
	.summary = "Lists linked sites whose name passes for another site's",
	.detail =
"Every linked site is held against every better established one in the case (more accounts,\n"
"more pages): same name under another suffix, letters that look like others, one or two\n"
"slips, an affix, or the whole domain inside another. The score is the probability that it\n"
"is an imitation rather than a sister site or chance; the suffixes usual in the case, how\n"
"few pages its links go to, how short a time they span, and whether the same accounts link\n"
"other imitations weigh in. A high score is a reason to look, not a verdict.\n"
"\n"
"Sites that nobody in the case linked are imitated, too: outlets.csv lists domains and\n"
"handles of news outlets (columns domain, handle, name, country, source). Yours is\n"
"claque/rules/outlets.csv under ~/.config, or FILE. A listed site imitates nothing.\n"
"--handles lists accounts whose handle is that close to a listed one, unless more than\n"
"0.1 of the accounts in the case would have such a handle by chance.",
	.examples =
"claque domains case.claque --lookalike --csv\tdomain,target,score\n"
"claque domains case.claque --targets sites.txt\talso against a list of your own\n"
"claque domains case.claque --handles\taccounts that pass for listed outlets",
	.options = {
		{ "lookalike", NULL, "look-alikes (what is listed in any case)" },
		{ "targets", "FILE", "further sites that may be imitated, one host a line" },
		{ "outlets", "FILE", "a list of outlets in CSV, before those that are there" },
		{ "handles", NULL, "accounts by their handles instead of sites" },
		{ "min-score", "P", "leave out findings below (0.5)" },
		FORM_OPTIONS,
	},
	.min_args = 1, .max_args = 1, .run = run_domains,
};
