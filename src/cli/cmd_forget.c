/* cmd_forget.c - claque forget: a person out of the case, for good. */
#include "config.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/forget_job.h"
#include "base/clock.h"
#include "base/err.h"
#include "cli/args.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/who.h"
#include "store/annotation.h"

enum { TIME_ROOM = 256 };

static void
say_note(void *ctx, const struct annotation *a)
{
	const bool *dry = ctx;

	if (*dry)
		say("  %s of " STR_FMT " on " STR_FMT ": " STR_FMT, annotation_kind_name(a->kind),
		    STR_ARG(a->who), STR_ARG(a->target_name), STR_ARG(a->text));
}

static void
say_input(void *ctx, struct claque_str path, struct claque_str sha256)
{
	(void)ctx;
	say("  still in the file " STR_FMT " (SHA-256 " STR_FMT "), which claque leaves alone",
	    STR_ARG(path), STR_ARG(sha256));
}

/* A bundle's entries of the ledger name them even where no row does. */
static void
say_left(void *ctx, const struct forget_export *e)
{
	struct arena whole = arena_new(TIME_ROOM), perm = whole;
	struct claque_str when = clock_text(&perm, e->at, CLOCK_MINUTE);

	(void)ctx;
	say("  may be in the export " STR_FMT " (" STR_FMT "%s%s" STR_FMT ", " STR_FMT ", entry %lld of the"
	    " ledger): call it back from whoever has it", STR_ARG(e->path), STR_ARG(e->format),
	    str_eq(e->format, STR("bundle")) ? " with the ledger" : "",
	    e->redaction.len > 0 ? ", " : "", STR_ARG(e->redaction), STR_ARG(when),
	    (long long)e->seq);
	arena_free(whole);
}

static void
say_gone(const struct forget_report *r, bool dry)
{
	const struct forget_counts *n = &r->gone.rows;
	const struct {
		const char *what;
		int64_t count;
	} lines[] = {
		{ "accounts", n->accounts }, { "posts", n->posts }, { "looks at a profile", n->profiles },
		{ "profile changes", n->changes }, { "shares", n->shares },
		{ "sources that named them", n->sources }, { "rows of what runs found", n->found },
		{ "other rows of theirs, and prints", n->others },
		{ "texts of others that named them", n->texts }, { "notes, tags, verdicts", r->gone.notes },
		{ "entries of the ledger that named them", r->gone.entries },
	};

	say("%s", dry ? "would be forgotten:" : "forgotten:");
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		if (lines[i].count > 0)
			say("  %lld %s", (long long)lines[i].count, lines[i].what);
	if (n->foreign > 0)
		say("STILL THERE: %lld entries of other cases' ledgers, which came with bundles, name them: "
		    "import the inputs into a new case, without the bundle", (long long)n->foreign);
	if (r->was_found)
		say("runs rest on rows that %s gone: score again (claque score)", dry ? "would be" : "are");
}

/* No undo, so it is asked for once more where somebody can be asked. */
static enum claque_rc
confirm(const struct invocation *call, struct claque_err *err)
{
	char answer[8] = "";

	if (args_flag(call, "yes") || args_flag(call, "dry-run"))
		return CLAQUE_OK;
	if (!isatty(STDIN_FILENO))
		return err_set(err, CLAQUE_EUSAGE, "what is forgotten cannot be had back: --dry-run shows "
			       "what would go, --yes does it");
	(void)fprintf(stderr, "What is forgotten cannot be had back, not by undo either. Forget? (yes) ");
	if (fgets(answer, sizeof(answer), stdin) == NULL || strcmp(answer, "yes\n") != 0)
		return err_set(err, CLAQUE_STOPPED, "nothing was forgotten");
	return CLAQUE_OK;
}

static enum claque_rc
read_request(const struct invocation *call, struct claque_str *names, struct forget_request *q,
	     struct claque_err *err)
{
	const char *notes = args_value(call, "notes");

	q->count = call->arg_count - 1;
	for (size_t i = 0; i < q->count && i < FORGET_ACCOUNTS_MAX; i++)
		names[i] = str_of(call->args[i + 1]);
	q->accounts = names;
	q->reason = str_of(args_value(call, "reason"));
	q->dry_run = args_flag(call, "dry-run");
	q->replace_notes = notes != NULL;
	if (notes != NULL && strcmp(notes, "replace") != 0)
		return err_set(err, CLAQUE_EUSAGE, "--notes takes replace, not '%s'", notes);
	return confirm(call, err);
}

static enum status
run_forget(const struct invocation *call)
{
	static struct claque_str names[FORGET_ACCOUNTS_MAX];
	struct forget_request request = { .who = who(), .note = say_note, .input = say_input,
					  .left = say_left };
	struct forget_report report = { .was_found = false };
	struct claque_progress progress;
	struct claque_err err = { 0 };
	struct store *store = NULL;
	enum claque_rc rc = read_request(call, names, &request, &err);

	request.ctx = &request.dry_run;
	if (rc == CLAQUE_OK)
		rc = store_open(&store, call->args[0], STORE_WRITE, &err);
	if (rc == CLAQUE_OK) {
		progress = progress_start();
		rc = forget_job(store, &request, &progress, &report, &err);
		progress_stop();
	}
	store_close(store);
	if (rc != CLAQUE_OK)
		return fail(rc, &err);
	say_gone(&report, request.dry_run);
	if (!request.dry_run && report.verified.fault[0] == '\0')
		say("the case is whole; exports and copies that were made before still name them");
	else if (!request.dry_run)
		say("not whole: %s", report.verified.fault);
	return report.verified.fault[0] == '\0' && report.gone.rows.foreign == 0 ? STATUS_OK :
	       STATUS_FAULT;
}

const struct command command_forget = {
	.name = "forget", .synopsis = "CASE ACCOUNT...",
	.summary = "Takes a person out of the case for good, and records that it was done",
	.detail =
"What is kept of the accounts goes: profiles and what they were before, changes, posts, shares,\n"
"prints, what runs found of them, rows of the ledger as far as they name them. Texts of others\n"
"stay without the names; of a post that reshares one of theirs the text goes. The row of an\n"
"account or post stays, empty, as numbers refer to it. The file is then made anew, so that no\n"
"deleted bytes are left in it or its journal, and verified.\n"
"\n"
"The ledger says by whom, when, why and how many rows, and names nobody. Entries that named\n"
"them keep number, hash and place in the chain; what they say now is vouched for by the entry\n"
"forget, and claque verify says how many they are. A digest with a key of this case stays, by\n"
"which an import refuses them: whoever has the case can test a guess by it.\n"
"\n"
"Notes, tags and verdicts that are on them or name them are yours: without --notes replace\n"
"nothing is done while there are any. Input files, exports, bags and copies of the case are\n"
"outside of it: the input files that hold them are named, and each export of the ledger that was\n"
"made since they came in and is no aggregate. There is no undo. If it is cut off while the file is\n"
"made anew, the next command that writes to the case does that first. The rest, and what cannot be\n"
"found, is in claque-privacy(7).",
	.examples =
"claque forget case.claque @anna_p --dry-run\twhat would go\n"
"claque forget case.claque @anna_p --reason 'her request of 3 May' --notes replace",
	.options = {
		{ "dry-run", NULL, "shows what would go, and changes nothing" },
		{ "reason", "TEXT", "for the ledger; names of theirs in it are left out" },
		{ "notes", "replace", "puts [forgotten] in place of notes on them" },
		{ "yes", NULL, "does not ask" },
	},
	.min_args = 2, .max_args = ARGUMENT_MAX, .run = run_forget,
};
