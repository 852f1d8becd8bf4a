/* cmd_verify.c - claque verify: is a case whole, is a bag? */
#include "config.h"

#include <sys/stat.h>

#include "base/err.h"
#include "case/bag.h"
#include "case/case.h"
#include "cli/args.h"
#include "cli/output.h"
#include "cli/progress.h"

enum { TEXT_BYTES = 1 << 12 };

/* --- a case */

static void
say_tables(const struct verify_report *report)
{
	switch (report->tables) {
	case VERIFY_TABLES_HOLD:
		say("tables: %lld rows read against their digests in the ledger",
		    (long long)report->rows);
		break;
	case VERIFY_TABLES_PARTLY:
		say("tables: an import was interrupted: only posts and rows of before it are covered, "
		    "%lld; run it again", (long long)report->rows);
		break;
	case VERIFY_TABLES_NOT_COVERED:
		say("tables: not covered (imported by an older version): claque import CASE FILE, also "
		    "of a file that it has, covers them as they are then");
	}
}

static enum status
say_case(const struct verify_report *report)
{
	if (report->erased > 0)
		say("ledger: %lld entries say less than they did: entries `forget` tell by whom, when and "
		    "why (claque ledger)", (long long)report->erased);
	say("ledger: %lld entries hold; input files: %lld unchanged, "
	    "%lld not there any more, %lld changed",
	    (long long)report->entries, (long long)report->inputs_same,
	    (long long)report->inputs_missing, (long long)report->inputs_changed);
	if (report->inputs_unread > 0)
		say("input files that could not be read, and were not compared: %lld; %s",
		    (long long)report->inputs_unread, report->unread);
	say_tables(report);
	if (report->foreign_ledgers > 0)
		say("ledgers of other cases, which came with bundles: %lld, of %lld entries",
		    (long long)report->foreign_ledgers, (long long)report->foreign_entries);
	if (report->foreign_interrupted > 0)
		say("    the import of a bundle was interrupted: its ledger is not vouched for; run it again");
	if (report->entries > 0)
		say("last entry: %lld %s (kept elsewhere, --last shows by it that nothing was cut off)",
		    (long long)report->entries, report->last_hash);
	if (report->fault[0] == '\0') {
		say("whole");
		return STATUS_OK;
	}
	say("FAULT: %s", report->fault);
	return STATUS_FAULT;
}

static enum status
verify_case(const struct invocation *call)
{
	struct verify_report report;
	struct store *store = NULL;
	struct claque_progress progress;
	struct claque_err err = { 0 };
	enum claque_rc rc = CLAQUE_OK;

	if (args_value(call, "key") != NULL)
		rc = err_set(&err, CLAQUE_EUSAGE, "--key is for a bag: a case is not signed");
	if (rc == CLAQUE_OK)
		rc = store_open(&store, call->args[0], STORE_READ, &err);
	if (rc != CLAQUE_OK)
		return fail(rc, &err);
	progress = progress_start();
	rc = case_verify(store, str_of(args_value(call, "last")), &progress, &report, &err);
	progress_stop();
	store_close(store);
	return rc == CLAQUE_OK ? say_case(&report) : fail(rc, &err);
}

/* --- a bag */

static void
say_signature(const struct bag_report *report, const struct bag_wish *wish, struct arena scratch)
{
	if (!report->is_signed) {
		say("signature: %s", report->when[0] == '\0' ? "none" : "there, and does not hold");
		return;
	}
	say("signature: holds, by %s on %s", report->who, report->when);
	say("  key " STR_FMT "%s", STR_ARG(sign_public_text(&scratch, report->key)),
	    wish->key == NULL ? " (whose it is, only its owner can tell; --key compares)" : "");
}

static void
say_stamp(const struct bag_report *report, const char *folder)
{
	if (report->response)
		say("time stamp: response.tsr lies in it, not looked at here; OpenSSL checks it:");
	else if (report->request)
		say("time stamp: asked for in request.tsq, no answer in it");
	if (report->response)
		say("  openssl ts -verify -in %s/response.tsr -data %s/tagmanifest-sha256.txt -CAfile CA.pem",
		    folder, folder);
}

static enum status
say_bag(const struct bag_report *report, const struct bag_wish *wish, const char *folder,
	struct arena scratch)
{
	say("data/: %lld files as the manifest has them; ledger: %s",
	    (long long)report->files, report->entries == 0 ? "none in it" :
	    str_fmt(&scratch, "%lld entries hold%s", (long long)report->entries,
		    report->exact ? "" : " together, redacted: their contents are the case's to prove").p);
	say_signature(report, wish, scratch);
	say_stamp(report, folder);
	for (size_t i = 0; i < report->faults && i < BAG_FAULTS_MAX; i++)
		say("FAULT: %s", report->fault[i]);
	if (report->faults > BAG_FAULTS_MAX)
		say("... and %zu more", report->faults - BAG_FAULTS_MAX);
	if (report->faults > 0)
		return STATUS_FAULT;
	say("whole");
	return STATUS_OK;
}

static enum status
verify_bag(const struct invocation *call)
{
	const char *told = args_value(call, "key");
	unsigned char key[SIGN_PUBLIC_BYTES];
	struct bag_wish wish = { told != NULL ? key : NULL, str_of(args_value(call, "last")) };
	struct arena whole;
	struct claque_progress progress;
	struct bag_report report;
	struct claque_err err = { 0 };
	enum status status;
	enum claque_rc rc = told != NULL ? sign_public_read(told, key, &err) : CLAQUE_OK;

	if (rc != CLAQUE_OK)
		return fail(rc, &err);
	progress = progress_start();
	rc = bag_verify(call->args[0], &wish, &progress, &report, &err);
	progress_stop();
	if (rc != CLAQUE_OK)
		return fail(rc, &err);
	whole = arena_new(TEXT_BYTES);
	status = say_bag(&report, &wish, call->args[0], whole);
	arena_free(whole);
	return status;
}

static enum status
run_verify(const struct invocation *call)
{
	struct stat st;

	return stat(call->args[0], &st) == 0 && S_ISDIR(st.st_mode) ? verify_bag(call) :
								       verify_case(call);
}

const struct command command_verify = {
	.name = "verify", .synopsis = "CASE|BAG",
	.summary = "Proves that ledger, database and input files are whole, or that a bag is",
	.detail =
"Of a case it recomputes the hash chain of the ledger, lets SQLite check the database,\n"
"compares every note and verdict with the entry that made it and every row that was imported\n"
"or found with the digests that the ledger has of its table, and hashes the input files again\n"
"where they still are. What is made anew from those rows (totals, matches, topics) is not\n"
"covered, nor is what was imported before there were digests: the next import covers them as\n"
"they are then. Of a bag (claque export --to bag) it\n"
"checks the signature, every file against the manifests (changed, added, missing) and the\n"
"chain of the ledger in it. Exit status 1 names what is wrong, the first fault first.\n"
"\n"
"A ledger whose end was cut off, with all that it made, is whole again: keep the hash of the\n"
"last entry elsewhere and give it to --last. A signature shows that the bag is what somebody\n"
"signed: with --key, that it was who you think.",
	.examples =
"claque verify case.claque --last HASH\tas it was then, or longer\n"
"claque verify case-bag --key their.pem\tsigned by them, and whole",
	.options = {
		{ "last", "HASH", "an entry with this hash must be in the ledger" },
		{ "key", "KEY", "of a bag: signed by this public key (base64, or a PEM file)" },
	},
	.min_args = 1, .max_args = 1, .run = run_verify,
};
