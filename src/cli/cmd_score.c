/* cmd_score.c - claque score: run the engine over a case. */
#include "config.h"

#include "app/score_job.h"
#include "cli/args.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/who.h"
#include "store/annotation.h"

static enum claque_rc
read_off(const struct invocation *call, struct claque_score_settings *s, struct claque_err *err)
{
	struct claque_str names[CLAQUE_SIGNAL_COUNT];
	size_t count = args_values(call, "without", names, CLAQUE_SIGNAL_COUNT);
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 0; i < count && rc == CLAQUE_OK; i++) {
		enum claque_signal signal;

		rc = claque_signal_parse(names[i], &signal, err);
		if (rc == CLAQUE_OK)
			s->off[signal] = true;
	}
	return rc;
}

static enum claque_rc
read_settings(const struct invocation *call, struct claque_score_settings *s, struct claque_err *err)
{
	int64_t seed = (int64_t)s->seed, cap = s->object_cap, least = s->min_accounts;
	int64_t threads = s->threads, surrogates = s->surrogates;
	enum claque_rc rc = args_int(call, "seed", 0, INT64_MAX, &seed, err);

	if (rc == CLAQUE_OK)
		rc = args_int(call, "object-cap", 0, UINT32_MAX, &cap, err);
	if (rc == CLAQUE_OK)
		rc = args_int(call, "min-accounts", 2, UINT32_MAX, &least, err);
	if (rc == CLAQUE_OK)
		rc = args_real(call, "prior", 1e-9, 0.5, &s->prior, err);
	if (rc == CLAQUE_OK)
		rc = args_real(call, "fdr", 1e-12, 1, &s->fdr, err);
	if (rc == CLAQUE_OK)
		rc = args_int(call, "threads", 0, 1024, &threads, err);
	if (rc == CLAQUE_OK)
		rc = args_int(call, "surrogates", 0, 1000, &surrogates, err);
	if (rc == CLAQUE_OK)
		rc = read_off(call, s, err);
	s->seed = (uint64_t)seed;
	s->threads = (unsigned)threads;
	s->surrogates = (uint32_t)surrogates;
	s->object_cap = (uint32_t)cap;
	s->min_accounts = (uint32_t)least;
	return rc;
}

static void
tell_of_surrogates(const struct score_summary *sum)
{
	const struct claque_surrogates *s = &sum->surrogates;

	if (s->worlds == 0)
		return;
	say("%u surrogate worlds of %s %llu accounts: %.3g groups in each, the largest of %.3g accounts",
	    s->worlds, s->accounts < sum->accounts ? "a sample of" : "all",
	    (unsigned long long)s->accounts, s->groups, s->largest);
}

static void
say_decisions(const struct score_summary *sum)
{
	if (sum->cleared > 0)
		say("kept out of every lead (cleared): %zu accounts", sum->cleared);
	if (sum->allowed > 0)
		say("left out as allowed (--allow, cleared): %zu sources with %llu shares",
		    sum->allowed, (unsigned long long)sum->allowed_shares);
	if (sum->priors > 0)
		say("with a prior of their own (--prior-file): %zu accounts", sum->priors);
	if (sum->priors_unknown + sum->allowed_unknown > 0)
		say("not in the case: %zu accounts with a prior, %zu allowed sources",
		    sum->priors_unknown, sum->allowed_unknown);
}

static enum status
run_score(const struct invocation *call)
{
	struct score_order order = {
		.settings = claque_score_defaults(), .who = who(),
		.files = { args_value(call, "prior-file"), args_value(call, "allow") },
		.if_changed = args_flag(call, "if-changed"),
	};
	struct score_summary sum;
	struct claque_progress progress;
	struct claque_err err = { 0 };
	enum claque_rc rc = read_settings(call, &order.settings, &err);

	if (rc == CLAQUE_OK)
		rc = args_size(call, "memory", &order.memory_bytes, &err);
	if (rc != CLAQUE_OK)
		return fail(rc, &err);
	progress = progress_start();
	rc = score_job(call->args[0], &order, &progress, &sum, &err);
	progress_stop();
	if (rc != CLAQUE_OK)
		return fail(rc, &err);
	if (sum.stands) {
		say("run %lld stands: nothing that it rests on has changed since (%.1f s)",
		    (long long)sum.run, (double)sum.took_ms / 1000);
		return STATUS_OK;
	}
	say("run %lld: %llu shares of %llu accounts, %zu edges beyond chance, %zu groups, %zu leads, %.1f s",
	    (long long)sum.run, (unsigned long long)sum.shares, (unsigned long long)sum.accounts,
	    sum.edges, sum.groups, sum.leads, (double)sum.took_ms / 1000);
	if (sum.again)
		say("clusters since the run before: %zu kept, %zu new, %zu split off, %zu merged, %zu gone",
		    sum.changes[CLAQUE_CLUSTER_KEPT], sum.changes[CLAQUE_CLUSTER_BORN],
		    sum.changes[CLAQUE_CLUSTER_SPLIT], sum.changes[CLAQUE_CLUSTER_MERGED],
		    sum.changes[CLAQUE_CLUSTER_DIED]);
	say_decisions(&sum);
	tell_of_surrogates(&sum);
	if (sum.hot_objects > 0)
		say("left out as too common to tell anything (--object-cap %u): %llu sources with %llu shares",
		    order.settings.object_cap, (unsigned long long)sum.hot_objects,
		    (unsigned long long)sum.hot_shares);
	if (sum.in_files > 0)
		say("beyond --memory: at most %llu MB of arrays in files beside the case",
		    (unsigned long long)(sum.in_files >> 20) + 1);
	return STATUS_OK;
}

const struct command command_score = {
	.name = "score", .synopsis = "CASE",
	.summary = "Runs the engine and stores what it found as a run",
	.detail =
"Who shares the same things, how close in time, and how surprising that is: networks over\n"
"several time windows, each edge with the weight expected by chance, groups by the Leiden\n"
"algorithm, and for each group three axes (coordination, deception, overtness) with their\n"
"evidence. The same case and settings give the same result. Older runs stay in the case.\n"
"A cluster keeps its name from run to run: C007 is the cluster with most members in common\n"
"with the C007 of the run before (Jaccard overlap, one to one), a new one gets the next\n"
"number, and no number is given twice in a case. Notes, tags and pins stay with the name.\n"
"\n"
"Your decisions count. An account with the verdict " VERDICT_CLEARED " is part of the background and\n"
"of no lead; acts on a source that you tagged so are left out, of a domain those on all its\n"
"pages. --allow takes a list of such sources (a wire agency, the page of a toolkit): a\n"
"domain, URL, post id or #hashtag a row, or @account for all its posts. --prior-file takes\n"
"priors of single accounts, more than 0, less than 1, in place of --prior. Settings and\n"
"decisions stand with the run (claque runs), so that it can be made again without the files.\n"
"\n"
"Then the acts are dealt anew some times, so that popularity, bursts, rhythms and activity\n"
"stay and coordination goes, and all is done again: how many groups as good as each one\n"
"chance makes stands beside it (surrogate). Large files are sampled by account for that.\n"
"\n"
"All of it rests on the whole case: what is usual there, what chance would give, communities.\n"
"So a day more is scored by scoring all, and says what it would have said at once; a case of\n"
"which nothing has changed need not be (--if-changed), which costs milliseconds to know.",
	.examples = "claque score case.claque\tthen: claque leads case.claque",
	.options = {
		{ "seed", "N", "seed of the clustering" },
		{ "prior", "P", "share of accounts in operations, before looking (0.01)" },
		{ "prior-file", "FILE", "CSV with account_id,prior: priors of single accounts" },
		{ "allow", "FILE", "CSV with source: what proves nothing about who shares it" },
		{ "fdr", "Q", "false discovery rate of edges (0.01)" },
		{ "object-cap", "N", "sources shared by more accounts tell nothing about a pair (250); 0 is none" },
		{ "min-accounts", "N", "smallest group reported (3)" },
		{ "without", "SIGNAL", "leave a signal out; may be repeated (claque signal lists them)" },
		{ "surrogates", "N", "worlds dealt anew to count groups by chance (20); 0 is none" },
		{ "threads", "N", "processors to use; 0 is all. The result is the same" },
		{ "if-changed", NULL, "only if posts, accounts, settings or decisions are not the last run's" },
		{ "memory", "SIZE", "arrays of more, like 4G, lie in files beside the case; half of the machine's" },
	},
	.min_args = 1, .max_args = 1, .run = run_score,
};
