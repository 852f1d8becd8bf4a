/* cmd_diff.c - claque diff: what two cases have differently. */
#include "config.h"

#include "app/diff_job.h"
#include "cli/args.h"
#include "cli/printer.h"

static enum status
run_diff(const struct invocation *call)
{
	struct printer printer = { .call = call };
	struct row_sink sink = printer_sink(&printer);
	struct store *first = NULL, *second = NULL;
	struct claque_err err = { 0 };
	size_t rows = 0;
	enum claque_rc rc = store_open(&first, call->args[0], STORE_READ, &err);

	if (rc == CLAQUE_OK)
		rc = store_open(&second, call->args[1], STORE_READ, &err);
	if (rc == CLAQUE_OK)
		rc = diff_job(first, second, &sink, &rows, &err);
	printer_end(&printer);
	store_close(first);
	store_close(second);
	if (rc != CLAQUE_OK)
		return fail(rc, &err);
	return rows > 0 ? STATUS_FAULT : STATUS_OK;
}

const struct command command_diff = {
	.name = "diff", .synopsis = "CASE CASE",
	.summary = "Tells what two cases have differently: what two teams found",
	.detail =
"Both are only read; a bundle is imported into a new case first. Inputs are told apart by\n"
"their digest, accounts and posts by the platforms' ids: the first five that only one has,\n"
"and how many there are. Of the last runs every setting and total that differs. Each group\n"
"is matched with the one there that shares most members (Jaccard: those in both, of those\n"
"in either), and it is told who moved; a lead that has no match, or whose match is none, is\n"
"one that only one team has. Then verdicts that differ in word, reason or analyst, and\n"
"annotations that only one has; of a group, as its match is called in the first case.\n"
"\n"
"The exit status is 0 where nothing differs, and 1 where something does.",
	.examples =
"claque diff mine.claque hers.claque\tside by side\n"
"claque diff mine.claque hers.claque --csv >differences.csv\tfor a spreadsheet",
	.options = {
		{ "csv", NULL, "RFC 4180 with a header, exact numbers" },
		{ "json", NULL, "one JSON object a line" },
	},
	.min_args = 2, .max_args = 2, .run = run_diff,
};
