/* cmd_events.c - claque events: public events into the case, and as a list. */
#include "config.h"

#include "app/events.h"
#include "cli/listing.h"
#include "cli/output.h"
#include "cli/who.h"

static enum status
add(const struct invocation *call)
{
	struct events_report report = { 0 };
	struct store *store = NULL;
	struct claque_err err = { 0 };
	enum claque_rc rc = store_open(&store, call->args[0], STORE_WRITE, &err);

	if (rc == CLAQUE_OK)
		rc = events_job(store, call->args[1], who(), &report, &err);
	store_close(store);
	if (rc == CLAQUE_EINPUT || rc == CLAQUE_EIO) {
		(void)fail(rc, &err);
		return STATUS_NOTHING;
	}
	if (rc != CLAQUE_OK)
		return fail(rc, &err);
	say("%s: %zu events, %zu new, %zu there already", call->args[1], report.rows, report.added,
	    report.rows - report.added);
	return STATUS_OK;
}

static enum status
run_events(const struct invocation *call)
{
	return call->arg_count > 1 ? add(call) : listing_run(call, LIST_EVENTS, 0);
}

const struct command command_events = {
	.name = "events", .synopsis = "CASE [FILE.csv]",
	.summary = "Lists public events, or adds those of a table to the case",
	.detail =
"A public event is what happened in the world outside: a debate, a leak, a deadline. The\n"
"timeline shows them as a lane, and | there counts time from the next one, so that what\n"
"each group did before and after it stands side by side. Nothing is scored by them.\n"
"\n"
"FILE.csv has the columns when (2016-09-26T21:00:00Z, or 2016-09-26 for a whole day; UTC\n"
"without a zone) and label, and may have source: where it can be read about. A table with\n"
"a row that cannot be understood is refused whole, and the message names the row. An\n"
"event with the time and label of another is that one, so the same table may be given\n"
"again when it has grown. Adding is an entry of the ledger. Without FILE.csv the events of\n"
"the case are listed.",
	.examples =
"claque events case.claque debates.csv\tadd those of a table\n"
"claque events case.claque --csv\tall of the case",
	.options = { LISTING_OPTIONS },
	.min_args = 1, .max_args = 2, .run = run_events,
};
