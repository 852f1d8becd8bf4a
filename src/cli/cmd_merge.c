/* cmd_merge.c - annotations out of a case, and a colleague's into one. */
#include "config.h"

#include <stdio.h>

#include "app/merge_job.h"
#include "base/clock.h"
#include "base/err.h"
#include "cli/args.h"
#include "cli/output.h"
#include "cli/who.h"

enum { MERGE_ARENA = 1 << 30, SAID_BYTES = 120 };

static enum status
run_annotations(const struct invocation *call)
{
	struct store *store = NULL;
	struct claque_err err = { 0 };
	struct buf lines;
	enum claque_rc rc = store_open(&store, call->args[0], STORE_READ, &err);

	buf_init(&lines, SHARE_BYTES_MAX);
	if (rc == CLAQUE_OK)
		rc = case_share(store, &lines, &err);
	if (rc == CLAQUE_OK && (fwrite(lines.p, 1, lines.len, stdout) != lines.len ||
				fflush(stdout) != 0))
		rc = err_set(&err, CLAQUE_EIO, "standard output: cannot be written");
	buf_done(&lines);
	store_close(store);
	return rc == CLAQUE_OK ? STATUS_OK : fail(rc, &err);
}

const struct command command_annotations = {
	.name = "annotations", .synopsis = "CASE",
	.summary = "Writes notes, tags, pins, verdicts and highlights for claque merge",
	.detail =
"One JSON object a line, the oldest first, what it is about named by the platforms' own\n"
"ids: another case of the same accounts can take it. The first line tells the case and\n"
"with which hash its ledger ends. claque notes lists the same for people.",
	.examples = "claque annotations case.claque >mine.ndjson\tfor a colleague",
	.min_args = 1, .max_args = 1, .run = run_annotations,
};

static bool
parse_choice(const char *word, enum merge_choice *out)
{
	static const char *const words[] = {
		[MERGE_MINE] = "mine", [MERGE_THEIRS] = "theirs", [MERGE_BOTH] = "both",
	};

	*out = MERGE_LEAVE;
	for (unsigned i = MERGE_MINE; word != NULL && i <= MERGE_BOTH; i++)
		if (strcmp(word, words[i]) == 0)
			*out = (enum merge_choice)i;
	return word == NULL || *out != MERGE_LEAVE;
}

/* "verdict cleared on @a by nr, 2026-11-22 14:00: tour dates" */
static void
say_item(struct arena perm, const struct merge_item *item)
{
	const struct annotation *a = &item->theirs;
	struct claque_str text = str_head(a->quote.len > 0 ? a->quote : a->text, SAID_BYTES);

	say("%s: %s%s" STR_FMT " on " STR_FMT " by " STR_FMT ", " STR_FMT "%s" STR_FMT,
	    merge_state_words(item->state),
	    (unsigned)a->kind < ANNOTATION_COUNT ? annotation_kind_name(a->kind) : "?",
	    a->word.len > 0 ? " " : "", STR_ARG(a->word), STR_ARG(a->target_name), STR_ARG(a->who),
	    STR_ARG(clock_text(&perm, a->at, CLOCK_MINUTE)), text.len > 0 ? ": " : "",
	    STR_ARG(text));
	if (item->state == MERGE_CONFLICT)
		say("  here: " STR_FMT "%s" STR_FMT " by " STR_FMT, STR_ARG(item->mine.word),
		    item->mine.word.len > 0 ? ": " : "",
		    STR_ARG(str_head(item->mine.text, SAID_BYTES)), STR_ARG(item->mine.who));
}

static void
say_plan(const struct merge_plan *plan, bool dry, size_t taken, struct arena perm)
{
	for (size_t i = 0; i < plan->count; i++)
		if (plan->items[i].state != MERGE_SAME &&
		    (dry || plan->items[i].state != MERGE_TAKE))
			say_item(perm, &plan->items[i]);
	say("%zu annotations: %zu %s, %zu there already, %zu in conflict, %zu on what this case has"
	    " not, %zu not understood", plan->count, dry ? plan->states[MERGE_TAKE] : taken,
	    dry ? "to take" : "taken", plan->states[MERGE_SAME], plan->states[MERGE_CONFLICT],
	    plan->states[MERGE_UNKNOWN], plan->states[MERGE_REFUSED]);
}

static enum status
run_merge(const struct invocation *call)
{
	struct case_context c = { .who = who() };
	bool dry = args_flag(call, "dry-run");
	enum merge_choice choice;
	struct merge_plan plan;
	struct claque_err err = { 0 };
	struct arena whole, perm;
	size_t taken;
	enum claque_rc rc;

	if (!parse_choice(args_value(call, "take"), &choice))
		return fail(CLAQUE_EUSAGE, (err_set(&err, CLAQUE_EUSAGE,
						    "--take is mine, theirs or both"), &err));
	whole = perm = arena_new(MERGE_ARENA);
	rc = store_open(&c.store, call->args[0], dry ? STORE_READ : STORE_WRITE, &err);
	if (rc == CLAQUE_OK)
		rc = merge_job(&c, call->args[1], choice, dry, &perm, &plan, &taken, &err);
	if (rc == CLAQUE_OK)
		say_plan(&plan, dry, taken, perm);
	store_close(c.store);
	arena_free(whole);
	if (rc != CLAQUE_OK)
		return fail(rc, &err);
	return plan.states[MERGE_CONFLICT] > 0 && choice == MERGE_LEAVE ? STATUS_FAULT : STATUS_OK;
}

const struct command command_merge = {
	.name = "merge", .synopsis = "CASE OTHER",
	.summary = "Takes a colleague's annotations into the case",
	.detail =
"OTHER is a case, which is only read, or what claque annotations wrote. Accounts, sources,\n"
"posts and changes are found by the platforms' own ids, a cluster by its members: the one\n"
"that shares at least half of them. An act that is there already is taken once; who and\n"
"when stay what they were. Where both sides went on from what they had in common, two\n"
"verdicts that differ or a note reworded twice, it is a conflict: it is listed, and left\n"
"as it is here (exit status 1) unless --take says otherwise. Of both notes each stays; of\n"
"both verdicts theirs goes into the history and the one here counts. The ledger keeps what\n"
"was taken, every conflict and choice, and the hash of the other ledger; each act can be\n"
"undone.",
	.examples =
"claque merge --dry-run mine.claque hers.claque\twhat would be taken\n"
"claque merge --take theirs mine.claque hers.ndjson\tin a conflict hers counts",
	.options = {
		{ "dry-run", NULL, "tell what would be taken, and change nothing" },
		{ "take", "SIDE", "of a conflict: mine, theirs or both" },
	},
	.min_args = 2, .max_args = 2, .run = run_merge,
};
