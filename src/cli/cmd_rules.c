/* cmd_rules.c - claque rules: rule packs listed, and tested before they are used. */
#include "config.h"

#include <stdio.h>

#include "app/rules_job.h"
#include "base/err.h"
#include "cli/args.h"
#include "cli/printer.h"
#include "cli/progress.h"

enum { MILLION = 1000000, MS = 1000 };

static enum status
list(const struct invocation *call)
{
	const struct packs_order order = { .warn = say_warning };
	struct printer printer;
	struct row_sink sink = printer_sink(&printer);
	struct packs packs = { 0 };
	struct claque_err err = { 0 };
	enum claque_rc rc = printer_init(&printer, call, 0, &err);

	if (rc == CLAQUE_OK)
		rc = packs_read(&order, &packs, &err);
	if (rc == CLAQUE_OK) {
		rules_list(&packs, &sink);
		printer_end(&printer);
	}
	packs_done(&packs);
	return rc == CLAQUE_OK ? STATUS_OK : fail(rc, &err);
}

static enum status
say_checked(const struct rules_checked *checked)
{
	if (checked->failed > 0)
		say_aside("%zu of %zu examples fail: change their patterns, or the examples",
			  checked->failed, checked->examples);
	else
		say_aside("all %zu examples pass", checked->examples);
	return checked->failed > 0 ? STATUS_FAULT : STATUS_OK;
}

static void
no_head(void *ctx, const struct column *columns, size_t count)
{
	(void)ctx, (void)columns, (void)count;
}

static bool
no_row(void *ctx, const struct row *row)
{
	(void)ctx, (void)row;
	return true;
}

/* What no table says: how many posts have no topic, what it took, patterns to look at. */
static void
say_trial(const struct rules_trial *t)
{
	size_t silent, gave_up;
	double posts = t->posts > 0 ? (double)t->posts : 1, s = (double)t->ms / MS;

	rules_trial_odd(t, &silent, &gave_up);
	say_aside("%llu posts, %llu (%.1f%%) with no topic", (unsigned long long)t->posts,
		  (unsigned long long)t->none, 100 * (double)t->none / posts);
	say_aside("matching took %.1f s: %.1f s a million posts, %.0f MB/s", s,
		  s / posts * MILLION, s > 0 ? (double)t->bytes / s / MILLION : 0);
	if (silent > 0)
		say_aside("%zu of %zu patterns match no post; --patterns lists them", silent,
			  rules_patterns(t->rules));
	if (gave_up > 0)
		say_aside("%zu patterns reached their limit of steps on some posts, which count as"
			  " not matching; --patterns lists them", gave_up);
}

static enum claque_rc
try_posts(const struct invocation *call, const struct rules *rules, const struct row_sink *sink,
	  struct claque_err *err)
{
	struct claque_progress progress = progress_start();
	struct rules_trial trial;
	enum claque_rc rc = rules_try(&trial, rules, call->args[2], &progress, err);

	progress_stop();
	if (rc == CLAQUE_OK && args_flag(call, "patterns"))
		rules_trial_patterns(&trial, sink);
	else if (rc == CLAQUE_OK)
		rules_trial_topics(&trial, sink);
	if (rc == CLAQUE_OK)
		say_trial(&trial);
	rules_trial_done(&trial);
	return rc;
}

static enum status
test(const struct invocation *call)
{
	const struct claque_str file = str_of(call->args[1]);
	const struct packs_order order = { &file, 1, true, NULL, NULL };
	const struct row_sink nobody = { NULL, no_head, no_row };
	struct printer printer;
	struct row_sink sink = printer_sink(&printer);
	struct packs packs = { 0 };
	struct rules_checked checked = { 0 };
	struct claque_err err = { 0 };
	bool posts = call->arg_count > 2;
	enum claque_rc rc = printer_init(&printer, call, 0, &err);

	if (rc == CLAQUE_OK)
		rc = packs_read(&order, &packs, &err);
	if (rc == CLAQUE_OK)
		checked = rules_check(packs.rules, posts ? &nobody : &sink);
	if (rc == CLAQUE_OK && posts)
		rc = try_posts(call, packs.rules, &sink, &err);
	printer_end(&printer);
	packs_done(&packs);
	return rc == CLAQUE_OK ? say_checked(&checked) : fail(rc, &err);
}

static enum status
run_rules(const struct invocation *call)
{
	const char *what = call->args[0];
	struct claque_err err;

	if (strcmp(what, "list") == 0 && call->arg_count == 1)
		return list(call);
	if (strcmp(what, "test") == 0 && call->arg_count > 1)
		return test(call);
	return fail(err_set(&err, CLAQUE_EUSAGE, "claque rules list, or claque rules test FILE"
			    " [POSTS|CASE]"), &err);
}

const struct command command_rules = {
	.name = "rules", .synopsis = "list | test FILE [POSTS|CASE]",
	.summary = "Lists the topics of rule packs, or tests a pack",
	.detail =
"A rule pack says by patterns what posts are about: what accounts post to look like\n"
"anybody (camouflage), and what is fought over (narratives). claque-rules(7) tells how to\n"
"write one; `claque topics` looks at the posts of a case.\n"
"\n"
"list shows the topics of all packs that are found: those in claque/rules under\n"
"XDG_CONFIG_HOME (or ~/.config) and those that are installed; of two packs of one name\n"
"yours counts.\n"
"\n"
"test holds a pack against its own examples, line by line; the exit status is 1 if one\n"
"fails. With a file of posts (any that `claque import` takes) or a case it tells how many\n"
"posts each topic has, with three of them as file:row, how many have none, which patterns\n"
"match nothing (--patterns), and how long matching takes. Nothing is written.",
	.examples =
"claque rules test mine.rules\texamples, pass or FAIL\n"
"claque rules test mine.rules case.claque\tposts by topic\n"
"claque rules test mine.rules case.claque --patterns\tposts by pattern",
	.options = {
		{ "patterns", NULL, "with posts: a row for each pattern, not for each topic" },
		{ "csv", NULL, "RFC 4180 with a header, exact numbers" },
		{ "json", NULL, "one JSON object a line" },
		{ "limit", "N", "at most N rows; 0 is all" },
	},
	.min_args = 1, .max_args = 3, .run = run_rules,
};
