/* cmd_retention.c - claque retention: what of whom is kept, and since when. */
#include "config.h"

#include "base/clock.h"
#include "base/err.h"
#include "cli/args.h"
#include "cli/printer.h"
#include "store/retention.h"

enum { DAYS_MAX = 100000, SHORT = 8 };	/* a table has no room for digests */

static enum status
run_retention(const struct invocation *call)
{
	struct printer printer;
	struct row_sink sink = printer_sink(&printer);
	struct store *store = NULL;
	struct claque_err err = { 0 };
	int64_t days = 0;
	enum claque_rc rc = printer_init(&printer, call, 0, &err);

	printer.table_columns = SHORT;
	if (rc == CLAQUE_OK)
		rc = args_int(call, "older-than", 0, DAYS_MAX, &days, &err);
	if (rc == CLAQUE_OK)
		rc = store_open(&store, call->args[0], STORE_READ, &err);
	if (rc == CLAQUE_OK) {
		sink.head(sink.ctx, retention_columns, RETENTION_COLUMNS);
		rc = retention_walk(store, clock_now(), days, sink.each, sink.ctx, &err);
	}
	printer_end(&printer);
	store_close(store);
	return rc == CLAQUE_OK ? STATUS_OK : fail(rc, &err);
}

static void
list_columns_of(const struct section_writer *to)
{
	to->heading("COLUMNS");
	for (size_t i = 0; i < RETENTION_COLUMNS; i++)
		to->entry(retention_columns[i].name, retention_columns[i].help);
}

const struct command command_retention = {
	.name = "retention", .synopsis = "CASE",
	.summary = "Tells what personal data the case keeps, of how many people and since when",
	.detail =
"A row for each sort of data: of how many people, the first and last time that it tells of,\n"
"and for how long it is in the case; then one for each input file. newest of annotations and\n"
"ledger is when somebody last worked on the case: that it was only looked at leaves no trace.\n"
"published are accounts that others published; found is what runs say of accounts; forgotten\n"
"counts how often somebody was (claque forget). Nothing is deleted by this or by itself: how\n"
"long is right is yours to decide, and claque-privacy(7) says where to look.",
	.examples =
"claque retention case.claque\n"
"claque retention case.claque --older-than 365 --csv\tinputs of more than a year ago",
	.options = {
		{ "older-than", "DAYS", "of the input files, those that came so long ago" },
		{ "csv", NULL, "RFC 4180 with a header, exact numbers, UTC times" },
		{ "json", NULL, "one JSON object a line" },
		{ "limit", "N", "at most N rows; 0 is all" },
	},
	.sections = list_columns_of, .min_args = 1, .max_args = 1, .run = run_retention,
};
