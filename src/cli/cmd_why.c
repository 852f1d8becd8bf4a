/* cmd_why.c - claque why: the evidence card of one lead, for and against. */
#include "config.h"

#include "base/err.h"
#include "cli/args.h"
#include "cli/card.h"
#include "cli/output.h"
#include "cli/why.h"
#include "store/result.h"

enum { CARD_ARENA = 64 << 20 };

/* What the analyst had decided before the run. */
static enum claque_rc
say_decisions(struct card *card, struct claque_err *err)
{
	struct claque_str decisions;
	enum claque_rc rc = result_decisions(card->store, &card->perm, &decisions, err);

	if (rc == CLAQUE_OK && decisions.len > 0)
		say(STR_FMT ".", STR_ARG(decisions));
	return rc;
}

static enum claque_rc
why_lead(const struct invocation *call, struct store *store, struct claque_err *err)
{
	struct arena whole = arena_new(CARD_ARENA);
	struct card card = { .store = store, .perm = whole };
	enum claque_rc rc;

	rc = list_find_subject(store, SUBJECT_cluster, str_of(call->args[1]), &card.cluster, err);
	if (rc == CLAQUE_OK)
		rc = list_row(store, LIST_CLUSTERS, card.cluster.id, &card.perm, &card.head, err);
	if (rc == CLAQUE_OK)
		rc = args_flag(call, "json") ? card_print_json(&card, err) : card_print(&card, err);
	if (rc == CLAQUE_OK && !args_flag(call, "json"))
		rc = say_decisions(&card, err);
	arena_free(whole);
	return rc;
}

/* The account asked about, or NULL: a lead is. */
static const char *
account_asked(const struct invocation *call)
{
	bool is_handle = call->arg_count > 1 && call->args[1][0] == '@';

	return is_handle ? call->args[1] : args_value(call, "account");
}

static enum status
run_why(const struct invocation *call)
{
	const char *account = account_asked(call);
	bool both = args_value(call, "account") != NULL && call->arg_count > 1;
	struct store *store = NULL;
	struct claque_err err = { 0 };
	enum claque_rc rc = store_open(&store, call->args[0], STORE_READ, &err);

	if (rc == CLAQUE_OK && (both || (account == NULL && call->arg_count == 1)))
		rc = err_set(&err, CLAQUE_EUSAGE, "why what? give either a lead (claque leads %s) or an "
			     "account, as @handle or with --account", call->args[0]);
	if (rc == CLAQUE_OK)
		rc = account != NULL ? why_account(call, store, account, &err)
				     : why_lead(call, store, &err);
	store_close(store);
	return rc == CLAQUE_OK ? STATUS_OK : fail(rc, &err);
}

const struct command command_why = {
	.name = "why", .synopsis = "CASE [LEAD|@ACCOUNT]",
	.summary = "Says what a lead's score is made of, or why an account is in no group",
	.detail =
"The evidence card. Each reason comes with what it adds to the score, what was observed, on\n"
"how many (n), what chance would give on this file, its p-value, what the same measure gives\n"
"in surrogate worlds (mean of so many), how often anybody shared the object of its examples,\n"
"and examples as file:row. Then the innocent explanations that were tested, each with the\n"
"share of what speaks for the lead that it would account for and what it leaves unexplained,\n"
"and what would disprove the lead.\n"
"The network: who had most of the common objects first and how long the others took; how\n"
"many members stay in it when only one time window counts, or with another seed; cells,\n"
"where its edges split more clearly than those of rewired networks of the same degrees;\n"
"platforms, and the signals without whose edges it would fall apart there. The strongest\n"
"pairs, with the objects in common beside those expected by chance; what the group shares,\n"
"with how many others do; posts from week to week; and the members by score.\n"
"Lines are as wide as the terminal, or as COLUMNS says.\n"
"\n"
"Of an account: which groups it is in and as what, or which filter keeps it out; what its\n"
"score is the sum of; its nearest neighbours, the most surprising pair first; the thresholds\n"
"that it passed and missed, the nearest first. This scores the case again, with the settings\n"
"and decisions of the last run.",
	.examples =
"claque why case.claque C001\tthe card\n"
"claque why case.claque C001 --json\tall of it, for programs\n"
"claque why case.claque @olga795\twhy she is in a group, or in none",
	.options = {
		{ "account", "ID", "one account, by native id or handle, instead of a lead" },
		{ "json", NULL, "one JSON object: evidence with its posts, innocents, members, pairs, "
				"shared, weeks; or all that is said of the account" },
	},
	.min_args = 1, .max_args = 2, .run = run_why,
};
