/* cmd_check.c - claque check: is a bundle of STIX 2.1 one to the letter? */
#include "config.h"

#include <string.h>

#include "base/err.h"
#include "cli/args.h"
#include "cli/output.h"
#include "export/stix_check.h"

enum { SHOWN_MAX = 200 };

static void
tell(void *ctx, const struct stix_problem *p)
{
	size_t *told = ctx;

	if ((*told)++ < SHOWN_MAX)
		say(STR_FMT ": " STR_FMT ": " STR_FMT, STR_ARG(p->object), STR_ARG(p->property),
		    STR_ARG(p->what));
}

static enum status
run_check(const struct invocation *call)
{
	const char *flavour = args_value(call, "flavour");
	size_t told = 0;
	struct stix_checking run = { .ctx = &told, .tell = tell };
	struct claque_err err = { 0 };
	enum claque_rc rc = CLAQUE_OK;

	run.opencti = flavour != NULL && strcmp(flavour, "opencti") == 0;
	if (flavour != NULL && !run.opencti && strcmp(flavour, "strict") != 0)
		rc = err_set(&err, CLAQUE_EUSAGE, "--flavour is strict or opencti, not '%s'",
			     flavour);
	if (rc == CLAQUE_OK)
		rc = stix_check_file(call->args[0], &run, &err);
	if (rc != CLAQUE_OK)
		return fail(rc, &err);
	if (told > SHOWN_MAX)
		say("... and %zu more", told - SHOWN_MAX);
	say("%zu objects, %zu problem%s", run.objects, run.problems, run.problems == 1 ? "" : "s");
	return run.problems == 0 ? STATUS_OK : STATUS_FAULT;
}

const struct command command_check = {
	.name = "check", .synopsis = "FILE.json",
	.summary = "Checks a STIX 2.1 bundle for what other tools would refuse or misread",
	.detail =
"Each problem is a line: the object, its property, what is wrong and the remedy. Looked at\n"
"are the properties of each type, required or declared nowhere, their values, times and\n"
"the order of times, references that lead nowhere or where they may not, identifiers of\n"
"observables (UUIDv5 of what they are), the grammar of patterns, relationships between\n"
"types that the standard does not relate, extensions without definition, and defanged\n"
"values. Exit status 1: there are problems.",
	.examples = "claque check case.json\ta bundle of anybody's, or one that claque export wrote",
	.options = {
		{ "flavour", "NAME", "strict (default), or opencti: x_opencti_* and its types too" },
	},
	.min_args = 1, .max_args = 1, .run = run_check,
};
