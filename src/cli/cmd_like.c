/* cmd_like.c - claque like: more like these accounts. */
#include "config.h"

#include <stdlib.h>

#include "app/explain_job.h"
#include "base/err.h"
#include "cli/args.h"
#include "cli/printer.h"
#include "cli/progress.h"
#include "store/list.h"

enum { LIMIT_USUAL = 50 };

/* The accounts named, and those that carry the tag. */
static enum claque_rc
find_marked(const struct invocation *call, struct store *store, struct marked_accounts *out,
	    struct claque_err *err)
{
	const char *tag = args_value(call, "tag");
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 1; i < call->arg_count && rc == CLAQUE_OK; i++) {
		struct subject account;

		rc = list_find_subject(store, SUBJECT_account, str_of(call->args[i]), &account, err);
		if (rc == CLAQUE_OK)
			marked_add(out, account.id);
	}
	if (rc == CLAQUE_OK && tag != NULL)
		rc = marked_add_tag(store, str_of(tag[0] == '#' ? tag + 1 : tag), out, err);
	if (rc == CLAQUE_OK && out->count == 0)
		rc = err_set(err, CLAQUE_EUSAGE, "like whom? name accounts, or give --tag");
	return rc;
}

static enum status
run_like(const struct invocation *call)
{
	struct printer printer;
	struct row_sink sink = printer_sink(&printer);
	struct marked_accounts marked = { 0 };
	struct store *store = NULL;
	struct claque_progress progress;
	struct claque_err err = { 0 };
	enum claque_rc rc;

	rc = printer_init(&printer, call, output_form(call) == OUTPUT_TABLE ? LIMIT_USUAL : 0,
			  &err);
	if (rc == CLAQUE_OK)
		rc = store_open(&store, call->args[0], STORE_READ, &err);
	if (rc == CLAQUE_OK)
		rc = find_marked(call, store, &marked, &err);
	if (rc == CLAQUE_OK) {
		progress = progress_start();
		rc = explain_like(store, &marked, &progress, &sink, &err);
		progress_stop();
	}
	printer_end(&printer);
	free(marked.ids);
	store_close(store);
	return rc == CLAQUE_OK ? STATUS_OK : fail(rc, &err);
}

static void
write_parts(const struct section_writer *to)
{
	to->heading("PARTS");
#define X(id, name, help) to->entry(name, help);
	CLAQUE_LIKE_LIST(X)
#undef X
}

const struct command command_like = {
	.name = "like", .synopsis = "CASE [ACCOUNT...]",
	.summary = "Ranks all accounts by what they share with marked ones",
	.detail =
"More like these: give some accounts of a network, by native id or handle, or the tag that\n"
"you have put on them. Every other account gets the natural-log odds, against the rest of\n"
"the file, of each kind of evidence that it shares with them, and their sum. What many do\n"
"weighs little; common is the number of sources in common with marked accounts, expected\n"
"what its activity alone would give, p the chance of at least as many.",
	.examples =
"claque like case.claque 4021177301 @olga795 @elena806\tthe fifty likest\n"
"claque like case.claque --tag suspect --csv\tall of them, from the accounts tagged #suspect",
	.options = {
		{ "tag", "TAG", "also the accounts with this tag" },
		{ "csv", NULL, "RFC 4180 with a header, exact numbers" },
		{ "json", NULL, "one JSON object a line" },
		{ "limit", "N", "at most N rows; 0 is all (table: 50)" },
	},
	.sections = write_parts,
	.min_args = 1, .max_args = ARGUMENT_MAX, .run = run_like,
};
