/* cmd_weeks.c - claque weeks: the communities of each week, followed. */
#include "config.h"

#include "app/weeks_job.h"
#include "base/err.h"
#include "cli/args.h"
#include "cli/printer.h"
#include "cli/progress.h"

static enum claque_rc
read_settings(const struct invocation *call, struct weeks_settings *s, struct claque_err *err)
{
	const char *name = args_value(call, "signal");
	int64_t least = s->timeline.min_accounts, gap = s->timeline.gap, cap;
	enum claque_signal signal;
	enum claque_rc rc = claque_signal_parse(str_of(name != NULL ? name : "co-reshare"), &signal,
						err);

	if (rc == CLAQUE_OK && claque_signal_info(signal)->shape != CLAQUE_EDGES)
		rc = err_set(err, CLAQUE_EUSAGE, "%s measures accounts and makes no network", name);
	if (rc != CLAQUE_OK)
		return rc;
	if (name != NULL) {
		struct claque_network_settings usual = claque_network_defaults(signal);

		usual.window_s = s->network.window_s;
		usual.max_q = s->network.max_q;
		s->network = usual;
	}
	cap = s->network.object_cap;
	rc = args_duration(call, "window", &s->network.window_s, err);
	if (rc == CLAQUE_OK)
		rc = args_duration(call, "period", &s->period_s, err);
	if (rc == CLAQUE_OK && s->period_s < 1)
		rc = err_set(err, CLAQUE_EUSAGE, "--period takes a time above 0: 7d, 1d, 6h");
	if (rc == CLAQUE_OK)
		rc = args_real(call, "max-q", 0, 1, &s->network.max_q, err);
	if (rc == CLAQUE_OK)
		rc = args_int(call, "object-cap", 0, UINT32_MAX, &cap, err);
	if (rc == CLAQUE_OK)
		rc = args_int(call, "min-accounts", 2, UINT32_MAX, &least, err);
	if (rc == CLAQUE_OK)
		rc = args_int(call, "gap", 1, 1000, &gap, err);
	s->network.object_cap = (uint32_t)cap;
	s->timeline.min_accounts = (uint32_t)least;
	s->timeline.gap = (uint32_t)gap;
	return rc;
}

static enum status
run_weeks(const struct invocation *call)
{
	struct printer printer;
	struct row_sink sink = printer_sink(&printer);
	struct weeks_settings settings = weeks_defaults();
	struct store *store = NULL;
	struct claque_progress progress;
	struct claque_err err = { 0 };
	enum claque_rc rc = read_settings(call, &settings, &err);

	if (rc == CLAQUE_OK)
		rc = printer_init(&printer, call, 0, &err);
	if (rc == CLAQUE_OK)
		rc = store_open(&store, call->args[0], STORE_READ, &err);
	if (rc != CLAQUE_OK)
		return fail(rc, &err);
	progress = progress_start();
	rc = weeks_run(store, &settings, &progress, &sink, &err);
	progress_stop();
	printer_end(&printer);
	store_close(store);
	return rc == CLAQUE_OK ? STATUS_OK : fail(rc, &err);
}

const struct command command_weeks = {
	.name = "weeks", .synopsis = "CASE",
	.summary = "Follows the communities of each week through time",
	.detail =
"One network a week, of what the pairs that stand out over the whole case did together in\n"
"that week (its weight: distinct sources); communities in each; and which is which from week to week, by largest overlap of members (Greene, Doyle\n"
"and Cunningham 2010). A track is born, kept, splits off another, merges into another, or\n"
"dies once it was not seen for --gap weeks. Nothing of it is stored.\n"
"\n"
"retargeted is 1 where the members stayed and their targets (authors reshared, sites\n"
"linked) did not: of three targets or more, target_overlap is less than half of\n"
"file_overlap, which is what all accounts of the case did between the same weeks. Only\n"
"what two members turned to is a target. Weeks begin on Monday, 00:00 UTC.",
	.examples =
"claque weeks case.claque\ta row a community and week\n"
"claque weeks case.claque --period 1d --csv\tby day, with the members' ids",
	.options = {
		{ "signal", "NAME", "signal of the network (co-reshare); claque signal lists them" },
		{ "period", "TIME", "length of a period: 7d, 1d, 6h (7d)" },
		{ "window", "TIME", "60s, 5m, 1h, 1d, whole; inclusive (1h)" },
		{ "max-q", "Q", "leave out pairs above this false discovery rate, over the whole case (0.01)" },
		{ "object-cap", "N", "leave out sources shared by more accounts (250); 0 is none" },
		{ "min-accounts", "N", "smallest community (3)" },
		{ "gap", "N", "periods without it until a track is dead (2)" },
		{ "csv", NULL, "RFC 4180 with a header, exact numbers" },
		{ "json", NULL, "one JSON object a line" },
		{ "limit", "N", "at most N rows; 0 is all" },
	},
	.min_args = 1, .max_args = 1, .run = run_weeks,
};
