/* cmd_stealth.c - claque stealth: what is found as a network takes more care. */
#include "config.h"

#include "app/scenarios.h"
#include "app/stealth_job.h"
#include "base/err.h"
#include "cli/args.h"
#include "cli/printer.h"
#include "cli/progress.h"
#include "cli/who.h"

enum { SCRIPT_ARENA = 1 << 20, SEEDS = 3 };

static enum claque_rc
read_knob(const struct invocation *call, struct stealth_order *order, struct claque_err *err)
{
	const char *name = args_value(call, "knob");

	if (name == NULL || str_eq(str_of(name), STR("all")))
		return CLAQUE_OK;
	order->knob = stealth_knob_find(name);
	return order->knob != NULL ? CLAQUE_OK :
	       err_set(err, CLAQUE_EUSAGE, "no knob '%s'; claque help stealth lists them", name);
}

static enum claque_rc
read_order(const struct invocation *call, struct arena *perm, struct stealth_order *order,
	   struct claque_err *err)
{
	struct script *script = ARENA_NEW(perm, struct script, 1);
	int64_t posts, seeds = SEEDS;
	enum claque_rc rc = scenarios_read(call->args[0], perm, script, err);

	posts = (int64_t)script->settings.posts;
	*order = (struct stealth_order){ .script = script, .out = args_value(call, "out"),
					 .steps = str_of(args_value(call, "steps")), .who = who() };
	if (rc == CLAQUE_OK && order->out == NULL)
		rc = err_set(err, CLAQUE_EUSAGE, "stealth needs --out FOLDER");
	if (rc == CLAQUE_OK)
		rc = read_knob(call, order, err);
	if (rc == CLAQUE_OK)
		rc = args_int(call, "posts", 10000, 100000000, &posts, err);
	if (rc == CLAQUE_OK)
		rc = args_int(call, "seeds", 1, STEALTH_SEEDS_MAX, &seeds, err);
	order->posts = (uint64_t)posts;
	order->seeds = (uint32_t)seeds;
	return rc;
}

static enum status
run_stealth(const struct invocation *call)
{
	struct arena whole = arena_new(SCRIPT_ARENA), perm = whole;
	struct printer printer = { .call = call, .table_columns = STEALTH_SHORT };
	struct row_sink sink = printer_sink(&printer);
	struct stealth_order order;
	struct claque_err err = { 0 };
	enum claque_rc rc = read_order(call, &perm, &order, &err);

	if (rc == CLAQUE_OK) {
		struct claque_progress progress = progress_start();

		rc = stealth_job(&order, &progress, &sink, &err);
		progress_stop();
	}
	printer_end(&printer);
	if (rc == CLAQUE_OK)
		say_aside("%s: stealth.csv, stealth.md, stealth.svg", order.out);
	arena_free(whole);
	return rc == CLAQUE_OK ? STATUS_OK : fail(rc, &err);
}

static void
list_knobs(const struct section_writer *to)
{
	to->heading("KNOBS");
	for (size_t i = 0; i < stealth_knob_count(); i++) {
		struct arena whole = arena_new(1 << 12), perm = whole;
		const struct stealth_knob *k = stealth_knob(i);

		to->entry(k->name, str_fmt(&perm, "%s; the knob %s of claque-scenario(7), at %s",
					   k->help, k->word, k->steps).p);
		arena_free(whole);
	}
}

const struct command command_stealth = {
	.name = "stealth", .synopsis = "SCENARIO --out FOLDER",
	.summary = "Measures how stealth of a network changes what is found and who is accused",
	.detail =
"How careful must a network be to stay unseen, and does looking harder for careful ones\n"
"accuse the innocent? Worlds of a scenario (a name, or a file that ends in .conf) are\n"
"generated with one knob of its networks turned step by step, imported, scored with the\n"
"standard settings, and graded against their truth, several worlds a step that differ in\n"
"their seed. All other knobs stay as the scenario has them, so tactics that do not depend\n"
"on the knob go on giving the network away, as they would.\n"
"\n"
"A row a step: mean F1, recall and precision of the lead flag, the share of innocent\n"
"accounts that are flagged, and the average precision of the ranking, which does not depend\n"
"on any flag; --csv and --json also have the least and the most of the worlds. An empty\n"
"precision: nobody was flagged. FOLDER gets stealth.csv (a row a world), stealth.md (the\n"
"table) and stealth.svg (the curves, with the range over the worlds). The worlds themselves\n"
"are taken away again. The same scenario and options give the same bytes.",
	.examples =
"claque stealth who-is-who --out curve\teach knob in turn, three worlds a step\n"
"claque stealth hidden-cell --knob participation --posts 50000 --out curve\tone of them\n"
"claque stealth mine.conf --knob jitter --steps 1m,1h,7d --seeds 10 --out curve\tsteps of your own",
	.options = {
		{ "out", "FOLDER", "where the files go; made if absent" },
		{ "knob", "NAME", "one of those below, or all (standard)" },
		{ "steps", "LIST", "values of the knob, parted by commas, from careless to careful" },
		{ "seeds", "N", "worlds a step: the scenario's seed and those after it (3)" },
		{ "posts", "N", "of each world (as the scenario says)" },
		{ "csv", NULL, "RFC 4180 with a header, exact numbers" },
		{ "json", NULL, "one JSON object a line" },
	},
	.sections = list_knobs, .min_args = 1, .max_args = 1, .run = run_stealth,
};
