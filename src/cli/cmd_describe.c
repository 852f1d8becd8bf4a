/* cmd_describe.c - claque describe: how the data of a case is spread, beside other cases. */
#include "config.h"

#include "app/describe_job.h"
#include "base/err.h"
#include "cli/args.h"
#include "cli/printer.h"
#include "cli/progress.h"
#include "model/record.h"

static enum claque_rc
read_kind(const struct invocation *call, int *out, struct claque_err *err)
{
	const char *name = args_value(call, "kind");
	enum post_kind kind = POST_original;

	*out = DESCRIBE_ANY_KIND;
	if (name == NULL)
		return CLAQUE_OK;
	if (!post_kind_parse(str_of(name), &kind))
		return err_set(err, CLAQUE_EUSAGE, "'%s' is no kind of post: original, reshare, "
			       "reply, quote, ad or petition", name);
	*out = (int)kind;
	return CLAQUE_OK;
}

static enum status
run_describe(const struct invocation *call)
{
	struct describe_order order = { .paths = call->args, .count = call->arg_count,
					.texts_max = DESCRIBE_TEXTS_MAX };
	struct printer printer;
	struct row_sink sink = printer_sink(&printer);
	struct claque_err err = { 0 };
	enum claque_rc rc = printer_init(&printer, call, 0, &err);

	printer.table_columns = DESCRIBE_SHORT;
	if (rc == CLAQUE_OK)
		rc = read_kind(call, &order.kind, &err);
	if (rc == CLAQUE_OK) {
		struct claque_progress progress = progress_start();

		rc = describe_job(&order, &progress, &sink, &err);
		progress_stop();
	}
	printer_end(&printer);
	return rc == CLAQUE_OK ? STATUS_OK : fail(rc, &err);
}

static void
list_measures(const struct section_writer *to)
{
	to->heading("MEASURES");
	for (unsigned m = 0; m < DESCRIBE_MEASURES; m++)
		to->entry(describe_measure((enum describe_measure)m)->name,
			  describe_measure((enum describe_measure)m)->help);
}

const struct command command_describe = {
	.name = "describe", .synopsis = "CASE...",
	.summary = "Tells how the data of a case is spread, and how unlike that of other cases",
	.detail =
"What is usual in this data, before anything is scored: posts per account, reshares per\n"
"source, gaps, hours, copied texts, kinds of posts, handles. Of several cases each is\n"
"compared with the first: is the background of this collection like that one, has a\n"
"collection changed, is a training world like the real thing? A row for each measure and\n"
"case; value is the mean, of hours_of_day the entropy, of a share the share. Cases are only\n"
"read, and of any size: numbers are counted in bins, so quantiles are within 2.2 %.\n"
"\n"
"distance is, of numbers, the greatest difference of the two distribution functions (D of\n"
"Kolmogorov and Smirnov): below 0.1 alike, from 0.3 unlike, between them it differs. Of\n"
"hours_of_day it is the divergence of Jensen and Shannon (Lin 1991) in bits: 0.02 and 0.1.\n"
"Of shares it is Cohen's h (1988): 0.2 and 0.5. \"too few\": samples so small are unlike by\n"
"chance. --csv and --json also have by (ks, js or h), move (how far numbers would have to go\n"
"on average, the 1-Wasserstein distance; on a log scale in powers of ten) and gini (0: all\n"
"have the same, towards 1: one has everything).\n"
"\n"
"A distance says that two collections differ, not why: a search for one word, a sample of\n"
"an hour or of a few accounts gives other spreads than a whole platform does.",
	.examples =
"claque describe case.claque\twhat is usual here\n"
"claque describe real.claque world.claque --csv\tis the world like the real thing\n"
"claque describe shares.claque world.claque --kind reshare\tof a collection that has reshares only",
	.options = {
		{ "kind", "KIND", "of posts, only those: original, reshare, reply, quote, ad, petition" },
		{ "csv", NULL, "RFC 4180 with a header, exact numbers" },
		{ "json", NULL, "one JSON object a line" },
		{ "limit", "N", "at most N rows; 0 is all" },
	},
	.sections = list_measures, .min_args = 1, .max_args = DESCRIBE_CASES_MAX,
	.run = run_describe,
};
