/* cmd_grade.c - claque grade: a run, or anybody's scores, against the truth. */
#include "config.h"

#include "app/grade_job.h"
#include "base/err.h"
#include "cli/args.h"
#include "cli/printer.h"
#include "cli/progress.h"
#include "export/sheet.h"

static enum claque_rc
check_request(const struct grade_request *request, struct claque_err *err)
{
	if (request->truth == NULL)
		return err_set(err, CLAQUE_EUSAGE, "grade needs --truth FOLDER or --truth FILE");
	if ((request->case_path == NULL) == (request->scores == NULL))
		return err_set(err, CLAQUE_EUSAGE, "grade takes a case or --scores FILE, one of them");
	if (request->report != NULL && !sheet_is_name(request->report))
		return err_set(err, CLAQUE_EUSAGE, "--report %s: a report ends in .html or .md",
			       request->report);
	return CLAQUE_OK;
}

static enum status
run_grade(const struct invocation *call)
{
	struct printer printer = { .call = call };
	struct row_sink sink = printer_sink(&printer);
	struct claque_progress progress = progress_start();
	struct grade_request request = {
		.case_path = call->arg_count > 0 ? call->args[0] : NULL,
		.scores = args_value(call, "scores"), .truth = args_value(call, "truth"),
		.twins = args_value(call, "twins"), .changes = args_value(call, "changes"),
		.domains = args_value(call, "domains"),
		.report = args_value(call, "report"), .progress = &progress,
	};
	struct claque_err err = { 0 };
	enum claque_rc rc = check_request(&request, &err);

	if (rc == CLAQUE_OK)
		rc = grade_job(&request, &sink, &err);
	progress_stop();
	printer_end(&printer);
	return rc == CLAQUE_OK ? STATUS_OK : fail(rc, &err);
}

const struct command command_grade = {
	.name = "grade", .synopsis = "[CASE] --truth FOLDER|FILE",
	.summary = "Compares scores and leads with the truth of a training world",
	.detail =
"Of the last run of a case, or of any table of scores, so that methods can be compared:\n"
"AUC, average precision, the recall at which 0.1 and 1 % of everybody else would be accused,\n"
"precision and recall of the lead flag, who of each kind of account is flagged, and how\n"
"well the groups found are the networks that were planted (NMI, ARI). Accounts that the\n"
"scores leave out count as least suspect. Spam rings are neither to be found nor to be\n"
"spared: they count in no figure but that of their own kind.\n"
"\n"
"--twins, --changes and --domains take the tables of other commands and are compared with\n"
"truth_twins.csv, truth_changes.csv and truth_domains.csv beside the truth.\n"
"\n"
"--report writes one page of it: precision and recall of the leads and of the learner's own\n"
"verdicts (confirmed or shared, on accounts or on their cluster), the curve of the ranking,\n"
"each network with the lead that holds most of it, and who was accused wrongly, by sort.\n"
"For it twins, changes and sites of a case are looked for where no table tells them.",
	.examples =
"claque grade demo.claque --truth demo-world\tthe last run\n"
"claque grade my.claque --truth demo-world --report grade.html\tone page, with one's own verdicts\n"
"claque grade --scores rival.csv --truth world --csv\tanother method's account_id,score",
	.options = {
		{ "truth", "PATH", "truth.csv of the world, or its folder" },
		{ "scores", "FILE", "CSV account_id,score, and if known cluster or component, lead" },
		{ "twins", "FILE", "CSV account_id,twin_account_id" },
		{ "changes", "FILE", "CSV account_id,score: how surely the account was repurposed" },
		{ "domains", "FILE", "CSV domain,score: how surely it is a look-alike" },
		{ "report", "FILE", "also writes a page, .html or .md; a new file" },
		{ "csv", NULL, "RFC 4180 with a header, exact numbers" },
		{ "json", NULL, "one JSON object a line" },
	},
	.max_args = 1, .run = run_grade,
};
