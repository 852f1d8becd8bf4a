/* cmd_why.c - claque why: the evidence card of one lead, for and against. */
#include "config.h"

#include "cli/args.h"
#include "cli/card.h"
#include "cli/output.h"

enum { CARD_ARENA = 64 << 20 };

static enum status
run_why(const struct invocation *call)
{
	struct arena whole = arena_new(CARD_ARENA);
	struct card card = { .perm = whole };
	struct claque_err err = { 0 };
	enum claque_rc rc = store_open(&card.store, call->args[0], STORE_READ, &err);

	if (rc == CLAQUE_OK)
		rc = list_find_subject(card.store, SUBJECT_cluster, str_of(call->args[1]), &card.cluster, &err);
	if (rc == CLAQUE_OK)
		rc = list_row(card.store, LIST_CLUSTERS, card.cluster.id, &card.perm, &card.head, &err);
	if (rc == CLAQUE_OK)
		rc = args_flag(call, "json") ? card_print_json(&card, &err) :
		     card_print(&card, &err);
	store_close(card.store);
	arena_free(whole);
	return rc == CLAQUE_OK ? STATUS_OK : fail(rc, &err);
}

const struct command command_why = {
	.name = "why", .synopsis = "CASE LEAD",
	.summary = "Says what a lead's score is made of, for and against",
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
"Lines are as wide as the terminal, or as COLUMNS says.",
	.examples = "claque why case.claque C001\tthe card\nclaque why case.claque C001 --json\tall of it, for programs",
	.options = { { "json", NULL, "one JSON object: evidence with its posts, innocents, members, pairs, shared, weeks" } },
	.min_args = 2, .max_args = 2, .run = run_why,
};
