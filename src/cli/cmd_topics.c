/* cmd_topics.c - claque topics: what the posts of a case are about. */
#include "config.h"

#include "app/topics_job.h"
#include "cli/args.h"
#include "cli/printer.h"
#include "cli/progress.h"
#include "cli/who.h"

enum { FILES_MAX = 64 };

struct printing {
	const struct row_sink *sink;
};

/* Of v_topics; the ones that a query gives are gone with it, and a table is printed later. */
static const struct column topic_columns[] = {
	{ .name = "topic", .form = FORM_ID }, { .name = "kind", .form = FORM_ID },
	{ .name = "posts", .form = FORM_COUNT }, { .name = "accounts", .form = FORM_COUNT },
	{ .name = "pack", .form = FORM_ID }, { .name = "version", .form = FORM_ID },
	{ .name = "sha256", .form = FORM_TEXT }, { .name = "about", .form = FORM_TEXT },
};

static void
put_head(void *ctx, const struct column *columns, size_t count)
{
	const struct row_sink *sink = ((struct printing *)ctx)->sink;

	(void)columns, (void)count;
	sink->head(sink->ctx, topic_columns, sizeof(topic_columns) / sizeof(topic_columns[0]));
}

static bool
put_row(void *ctx, const struct row *row)
{
	const struct row_sink *sink = ((struct printing *)ctx)->sink;

	return sink->each(sink->ctx, row);
}

static void
say_report(const struct topics_report *r)
{
	say_aside("%zu packs, %zu topics%s: looked at %llu posts, %llu of them have a topic", r->packs,
		  r->topics, r->redone ? ", all anew" : "", (unsigned long long)r->looked,
		  (unsigned long long)r->found);
	if (r->turned > 0)
		say_aside("%llu accounts turned from some narratives to others",
			  (unsigned long long)r->turned);
	if (r->gave_up > 0)
		say_aside("%zu patterns reached their limit of steps on some posts, which count as not"
			  " matching: claque rules test FILE CASE --patterns", r->gave_up);
	if (r->leanings.keys > 0)
		say_aside("leanings of %lld domains and accounts: the sides of an account's shares"
			  " stand in its dossier", (long long)r->leanings.keys);
}

static void
say_state(const struct topic_state *state)
{
	if (state->packs == 0)
		say_aside("nobody looked at the posts yet: claque topics CASE");
	else if (!state->same)
		say_aside("the packs are not those of the last time; claque topics CASE looks at all"
			  " posts anew");
	if (state->packs > 0 && state->waiting > 0)
		say_aside("%lld of %lld posts were not looked at yet: claque topics CASE",
			  (long long)state->waiting, (long long)state->posts);
}

static enum claque_rc
look(const struct invocation *call, struct store *store, const struct packs_order *packs,
     struct claque_err *err)
{
	const struct topics_order order = { *packs, args_value(call, "leaning"), who() };
	struct claque_progress progress = progress_start();
	struct topics_report report;
	enum claque_rc rc;

	store_watch(store, &progress);
	rc = topics_job(store, &order, &progress, &report, err);
	store_unwatch(store);
	progress_stop();
	if (rc == CLAQUE_OK)
		say_report(&report);
	return rc;
}

static enum claque_rc
list_only(struct store *store, const struct packs_order *packs, struct claque_err *err)
{
	struct topic_state state;
	enum claque_rc rc = topics_look(store, packs, &state, err);

	if (rc == CLAQUE_OK)
		say_state(&state);
	return rc;
}

static enum status
run_topics(const struct invocation *call)
{
	struct claque_str files[FILES_MAX];
	const struct packs_order packs = { files, args_values(call, "rules", files, FILES_MAX),
					   args_flag(call, "only"),
					   say_warning, NULL };
	bool list = args_flag(call, "list");
	struct printer printer;
	struct row_sink sink = printer_sink(&printer);
	struct printing printing = { &sink };
	struct store *store = NULL;
	struct claque_err err = { 0 };
	enum claque_rc rc = printer_init(&printer, call, 0, &err);

	if (rc == CLAQUE_OK)
		rc = store_open(&store, call->args[0], list ? STORE_READ : STORE_WRITE, &err);
	if (rc == CLAQUE_OK)
		rc = list ? list_only(store, &packs, &err) : look(call, store, &packs, &err);
	if (rc == CLAQUE_OK) {
		rc = store_sql(store, STR("SELECT topic, kind, posts, accounts, pack, version,"
			       " sha256, about FROM v_topics"), put_head, put_row, &printing,
			       &err);
		rc = rc == CLAQUE_STOPPED ? CLAQUE_OK : rc;	/* at --limit */
	}
	printer_end(&printer);
	store_close(store);
	return rc == CLAQUE_OK ? STATUS_OK : fail(rc, &err);
}

const struct command command_topics = {
	.name = "topics", .synopsis = "CASE",
	.summary = "Finds what posts are about, by rule packs, and how shares split by leaning",
	.detail =
"Every post is held against the patterns of the rule packs (claque-rules(7)), and each\n"
"topic listed with its posts, accounts, and the pack, version and digest it comes from.\n"
"Posts that were looked at before are not looked at again unless a pack changed by a\n"
"byte; then all are. Posts imported since are looked at when this is run again; until\n"
"then the workbench shows them as not looked at. What is stopped goes on there.\n"
"\n"
"Topics are a facet and a condition of the lens (topic:pets) of posts and accounts. An\n"
"account's dossier and a cluster's summary say which share of posts is camouflage, which\n"
"narrative and on what, and of an account when its narratives became others: the moment\n"
"that parts them best, if its p is below 0.001 after all moments tried.\n"
"\n"
"--leaning takes a table of your own that says which side a source stands on. None comes\n"
"with claque. With it accounts and clusters show how their shares split, replies left out:\n"
"organic partisans share one side, networks that feed division share both.\n"
"\n"
"All of this is for the analyst's eyes. No score, rank or lead depends on it.",
	.examples =
"claque topics case.claque\tby the packs that are found\n"
"claque topics case.claque --rules mine.rules\twith a pack of your own beside them\n"
"claque topics case.claque --leaning sides.csv\tdomain_or_account,leaning,citation\n"
"claque posts case.claque --lens topic:tibet\tposts on a topic",
	.options = {
		{ "rules", "FILE", "a pack before those that are found; may be repeated" },
		{ "only", NULL, "no packs but those of --rules" },
		{ "leaning", "FILE.csv", "sides: the columns domain_or_account, leaning, citation" },
		{ "list", NULL, "only list what is there; the case is read, nothing is written" },
		{ "csv", NULL, "RFC 4180 with a header, exact numbers" },
		{ "json", NULL, "one JSON object a line" },
		{ "limit", "N", "at most N rows; 0 is all" },
	},
	.min_args = 1, .max_args = 1, .run = run_topics,
};
