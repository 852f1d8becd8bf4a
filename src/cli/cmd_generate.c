/* cmd_generate.c - claque generate: a training world with a known truth. */
#include "config.h"

#include <string.h>

#include "app/scenarios.h"
#include "app/world_job.h"
#include "base/err.h"
#include "cli/args.h"
#include "cli/printer.h"
#include "cli/progress.h"
#include "cli/who.h"
#include "store/store.h"

enum { SCRIPT_ARENA = 1 << 20 };

/* The tactics of the option's values, as bits. */
static enum claque_rc
read_without(const struct invocation *call, uint32_t *bits, struct claque_err *err)
{
	struct claque_str names[TACTIC_COUNT];
	size_t count = args_values(call, "without", names, TACTIC_COUNT);

	for (size_t i = 0; i < count; i++) {
		enum tactic t = scenario_tactic(names[i].p);

		if (t == TACTIC_COUNT)
			return err_set(err, CLAQUE_EUSAGE, "no tactic '" STR_FMT "'; claque help "
				       "generate lists them", STR_ARG(names[i]));
		*bits |= 1u << t;
	}
	return CLAQUE_OK;
}

static enum claque_rc
read_stealth(const struct invocation *call, struct scenario_settings *s, struct claque_err *err)
{
	int64_t stealth = s->stealth;
	enum claque_rc rc = args_int(call, "stealth", 0, SCENARIO_STEALTH_MOST, &stealth, err);

	s->stealth = (int)stealth;
	s->vary = args_flag(call, "vary");
	s->needle = args_flag(call, "needle");
	return rc == CLAQUE_OK ? read_without(call, &s->without, err) : rc;
}

/* What a scenario says, nothing else may say. */
static enum claque_rc
read_scenario(const struct invocation *call, struct arena *perm, struct script *script,
	      struct scenario_settings *s, struct claque_err *err)
{
	static const char *const others[] = { "stealth", "vary", "needle", "without" };
	const char *name = args_value(call, "scenario");
	enum claque_rc rc;

	if (name == NULL)
		return CLAQUE_OK;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (args_flag(call, others[i]))
			return err_set(err, CLAQUE_EUSAGE, "--%s does not go with --scenario: the file"
				       " says it all; copy it, change the copy and name that",
				       others[i]);
	rc = scenarios_read(name, perm, script, err);
	if (rc == CLAQUE_OK)
		*s = script_settings(script);
	return rc;
}

static enum claque_rc
read_settings(const struct invocation *call, struct scenario_settings *s, struct claque_err *err)
{
	int64_t posts = (int64_t)s->posts, seed = (int64_t)s->seed;
	enum claque_rc rc = args_int(call, "posts", 10000, 100000000, &posts, err);

	if (rc == CLAQUE_OK)
		rc = args_int(call, "seed", 0, INT64_MAX, &seed, err);
	if (rc == CLAQUE_OK && args_value(call, "out") == NULL)
		rc = err_set(err, CLAQUE_EUSAGE, "generate needs --out FOLDER or --out NAME.claque");
	if (rc == CLAQUE_OK)
		rc = read_stealth(call, s, err);
	s->posts = (uint64_t)posts;
	s->seed = (uint64_t)seed;
	return rc;
}

/* A name that ends like a case is one: the world is made beside it and imported. */
static enum claque_rc
generate(const struct invocation *call, const struct scenario_settings *settings,
	 const struct claque_progress *progress, struct scenario_counts *counts, struct claque_err *err)
{
	const char *out = args_value(call, "out");
	bool straight = args_flag(call, "straight");
	struct claque_str analyst = who();

	if (store_stem(out).len < strlen(out))
		return (straight ? world_job_straight : world_job)(out, settings, &analyst,
								   progress, counts, err);
	if (straight)
		return err_set(err, CLAQUE_EUSAGE, "--straight goes into a case: --out NAME.claque");
	return scenario_generate(settings, out, progress, counts, err);
}

/* A table of scenarios, or of the words of one. */
static enum claque_rc
show(const struct invocation *call, struct arena *perm, struct script *script,
     struct claque_err *err)
{
	const char *name = args_value(call, "explain");
	struct printer printer;
	struct row_sink sink = printer_sink(&printer);
	enum claque_rc rc = printer_init(&printer, call, 0, err);

	printer.table_columns = name == NULL ? SCENARIOS_LIST_SHORT : SCENARIOS_EXPLAIN_SHORT;
	if (rc == CLAQUE_OK && name == NULL)
		rc = scenarios_list(&sink, err);
	else if (rc == CLAQUE_OK)
		rc = scenarios_read(name, perm, script, err);
	if (rc == CLAQUE_OK && name != NULL)
		scenarios_explain(script, &sink);
	printer_end(&printer);
	return rc;
}

static enum claque_rc
make(const struct invocation *call, struct arena *perm, struct script *script,
     struct claque_err *err)
{
	struct scenario_settings settings = scenario_defaults();
	struct scenario_counts counts;
	struct claque_progress progress;
	enum claque_rc rc = read_scenario(call, perm, script, &settings, err);

	if (rc == CLAQUE_OK)
		rc = read_settings(call, &settings, err);
	if (rc != CLAQUE_OK)
		return rc;
	progress = progress_start();
	rc = generate(call, &settings, &progress, &counts, err);
	progress_stop();
	if (rc != CLAQUE_OK)
		return rc;
	say("%s: %llu posts, %llu accounts (%llu planted), %llu profile changes, seed %llu; all synthetic",
	    args_value(call, "out"), (unsigned long long)counts.posts,
	    (unsigned long long)counts.accounts, (unsigned long long)counts.planted,
	    (unsigned long long)counts.changes, (unsigned long long)settings.seed);
	return CLAQUE_OK;
}

static enum status
run_generate(const struct invocation *call)
{
	struct arena whole = arena_new(SCRIPT_ARENA), perm = whole;
	struct script *script = ARENA_NEW(&perm, struct script, 1);
	bool showing = args_flag(call, "scenarios") || args_flag(call, "explain");
	struct claque_err err = { 0 };
	enum claque_rc rc = showing ? show(call, &perm, script, &err)
				    : make(call, &perm, script, &err);

	arena_free(whole);
	return rc == CLAQUE_OK ? STATUS_OK : fail(rc, &err);
}

const struct command command_generate = {
	.name = "generate", .synopsis = "--out FOLDER|CASE | --scenarios | --explain NAME|FILE",
	.summary = "Makes a training world with a planted operation and its truth",
	.detail =
"Files of the native form, all synthetic: some 4,800 fake accounts that pose as Americans\n"
"and reshare posts copied from another platform, of both sides, among ordinary accounts,\n"
"fandoms, activists and newsrooms; some of the fakes swap names, pictures and places for\n"
"Indian ones overnight. truth.csv says who is who; neither the case nor the engine ever\n"
"reads it. The same seed gives the same bytes. README.txt in the folder lists the tactics.\n"
"\n"
"--stealth makes a world for grading instead, with networks as careful as the level says\n"
"and with innocents of every sort that has been taken for one: contest hunters, people who\n"
"paste posts of another platform, honest second accounts, residents of the networks' zones,\n"
"bots that say so, a signup surge, changes of name. --vary draws from the seed the networks\n"
"with their tactics and zones, the countries they claim, tongue, platforms and base rate.\n"
"truth_twins.csv, truth_changes.csv and truth_domains.csv stand beside truth.csv. Tactics for\n"
"--without: handles, bursts, avatars, twins, renames, hours, camouflage, both-sides, copies,\n"
"reshares, links, lookalikes.\n"
"\n"
"--scenario makes the world of a scenario file, a text that says who is in it and what its\n"
"networks do: some are installed, claque-scenario(7) tells how to write one. FILE ends in\n"
".conf. --posts makes it larger or smaller: people grow and shrink with it, networks and\n"
"innocents stay as many as they are.\n"
"\n"
"--straight is for worlds whose tables are too large to keep beside their case, up to\n"
"100,000,000 posts: no CSV file is written, the rows go into the case while they are made.\n"
"The case names them as rows of the files that are not there (NAME-world/posts.csv, row\n"
"17), with the SHA-256 of those: the same command with --out FOLDER writes them, byte for\n"
"byte, and sha256sum -c NAME-world/inputs.sha256 there proves it. claque verify counts\n"
"them as not there. Cut off, the same command goes on where it stopped.",
	.examples =
"claque generate --out world\tthe demo's world\n"
"claque generate --posts 1000000 --seed 7 --out big\ta larger one\n"
"claque generate --stealth 3 --vary --seed 5 --out hard\ta world for grading\n"
"claque generate --scenarios\twhich scenarios there are\n"
"claque generate --scenario who-is-who --out w.claque\tone of them, as a case\n"
"claque generate --posts 10000000 --straight --out big.claque\tten million posts, no CSV\n"
"claque generate --explain mine.conf\twhat a file of your own comes to",
	.options = {
		{ "out", "FOLDER", "where; made if absent. NAME.claque: into that case, files in NAME-world" },
		{ "straight", NULL, "with NAME.claque: no files of the tables, only the truth in NAME-world" },
		{ "posts", "N", "about so many posts" },
		{ "seed", "N", "another world of the same kind" },
		{ "stealth", "0..5", "a world for grading; 0: no operation, 1: careless, 5: careful" },
		{ "vary", NULL, "with --stealth: everything else is drawn from the seed" },
		{ "needle", NULL, "with --stealth: 1 % of the accounts are planted, not 3 to 12 %" },
		{ "without", "TACTIC", "with --stealth: no network does this; may be repeated" },
		{ "scenario", "NAME|FILE", "the world of a scenario file; --posts and --seed go before it" },
		{ "scenarios", NULL, "lists the scenarios instead" },
		{ "explain", "NAME|FILE", "tells every word of a scenario and its value instead" },
		{ "csv", NULL, "of the two lists: RFC 4180 with a header" },
		{ "json", NULL, "of the two lists: one JSON object a line" },
		{ "limit", "N", "of the two lists: at most N rows; 0 is all" },
	},
	.max_args = 0, .run = run_generate,
};
