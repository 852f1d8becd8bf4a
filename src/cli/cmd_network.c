/* cmd_network.c - claque network: one co-share network, ours or a peer's. */
#include "config.h"

#include "app/network_job.h"
#include "base/err.h"
#include "cli/args.h"
#include "cli/printer.h"
#include "cli/progress.h"

static enum claque_rc
own_signal(const struct invocation *call, struct store *store, const struct claque_progress *progress,
	   const struct row_sink *sink, struct claque_err *err)
{
	const char *name = args_value(call, "signal");
	enum claque_signal signal;
	struct claque_network_settings settings;
	int64_t cap, least = 1;
	enum claque_rc rc = claque_signal_parse(str_of(name != NULL ? name : "co-reshare"), &signal, err);

	if (rc != CLAQUE_OK)
		return rc;
	settings = claque_network_defaults(signal);
	cap = settings.object_cap;
	rc = args_duration(call, "window", &settings.window_s, err);
	if (rc == CLAQUE_OK)
		rc = args_int(call, "object-cap", 0, UINT32_MAX, &cap, err);
	if (rc == CLAQUE_OK)
		rc = args_int(call, "min-weight", 1, UINT32_MAX, &least, err);
	if (rc == CLAQUE_OK)
		rc = args_real(call, "max-q", 0, 1, &settings.max_q, err);
	if (rc != CLAQUE_OK)
		return rc;
	settings.object_cap = (uint32_t)cap;
	settings.min_weight = (uint32_t)least;
	return network_signal(store, &settings, progress, sink, err);
}

/* Which of its tables: the edges unless an option asks for another. */
static enum claque_rc
coortweet_table(const struct invocation *call, struct network_coortweet *out,
		struct claque_err *err)
{
	static const char *const levels[] = {
		[CLAQUE_LEVEL_NONE] = "none", [CLAQUE_LEVEL_FULL] = "full",
		[CLAQUE_LEVEL_FAST] = "fast" };
	const char *stats = args_value(call, "stats"), *level = args_value(call, "level");

	out->table = args_flag(call, "pairs") ? COORTWEET_PAIRS :
		     args_flag(call, "nodes") ? COORTWEET_NODES :
		     args_flag(call, "accounts") ? COORTWEET_SCORES : COORTWEET_EDGES;
	if (stats != NULL && strcmp(stats, "accounts") == 0)
		out->table = COORTWEET_ACCOUNT_STATS;
	else if (stats != NULL && strcmp(stats, "groups") == 0)
		out->table = COORTWEET_GROUP_STATS;
	else if (stats != NULL)
		return err_set(err, CLAQUE_EUSAGE, "--stats takes accounts or groups, not '%s'",
			       stats);
	if (level == NULL)
		return CLAQUE_OK;
	for (unsigned i = 0; i < sizeof(levels) / sizeof(levels[0]); i++)
		if (strcmp(level, levels[i]) == 0) {
			out->level = (enum claque_coortweet_level)i;
			return CLAQUE_OK;
		}
	return err_set(err, CLAQUE_EUSAGE, "--level takes none, full or fast, not '%s'", level);
}

static enum claque_rc
as_coortweet(const struct invocation *call, struct store *store,
	     const struct claque_progress *progress, const struct row_sink *sink,
	     struct claque_err *err)
{
	struct network_coortweet request = { .settings = {
		.window_s = 10, .edge_weight = 0.5, .keep_loops = args_flag(call, "loops"),
		.fast = args_value(call, "fast") != NULL,
		.corrected = args_flag(call, "corrected"),
	} };
	struct claque_coortweet_settings *settings = &request.settings;
	int64_t participation = 2, subgraph = 0;
	enum claque_rc rc = coortweet_table(call, &request, err);

	if (rc == CLAQUE_OK)
		rc = args_duration(call, "window", &settings->window_s, err);
	if (rc == CLAQUE_OK)
		rc = args_duration(call, "fast", &settings->fast_window_s, err);
	if (rc == CLAQUE_OK)
		rc = args_int(call, "min-participation", 1, UINT32_MAX, &participation, err);
	if (rc == CLAQUE_OK)
		rc = args_int(call, "subgraph", 0, 3, &subgraph, err);
	if (rc == CLAQUE_OK)
		rc = args_real(call, "edge-weight", 0, 1, &settings->edge_weight, err);
	if (rc != CLAQUE_OK)
		return rc;
	settings->min_participation = (uint32_t)participation;
	settings->subgraph = (unsigned)subgraph;
	return network_coortweet(store, &request, progress, sink, err);
}

static enum claque_rc
as_toolkit(const struct invocation *call, struct store *store, const struct claque_progress *progress,
	   const struct row_sink *sink, struct claque_err *err)
{
	const char *name = args_value(call, "network");
	struct network_toolkit request = {
		.settings = { .network = { .window_s = 60 }, .similarity = 0.8 },
		.corrected = args_flag(call, "corrected") || args_flag(call, "no-empty-url"),
	};
	struct claque_toolkit_settings *network = &request.settings.network;
	int64_t least = 1, words = 1;
	enum claque_rc rc = toolkit_network_parse(str_of(name != NULL ? name : "co_retweet"),
						  &request.network, err);

	if (rc == CLAQUE_OK)
		rc = args_duration(call, "window", &network->window_s, err);
	if (rc == CLAQUE_OK)
		rc = args_int(call, "min-weight", 1, UINT32_MAX, &least, err);
	if (rc == CLAQUE_OK)
		rc = args_real(call, "similarity", 0, 1, &request.settings.similarity, err);
	if (rc == CLAQUE_OK)
		rc = args_int(call, "min-document-size", 0, UINT32_MAX, &words, err);
	if (rc != CLAQUE_OK)
		return rc;
	network->min_weight = (uint32_t)least;
	network->self_loops = args_flag(call, "self-loops") || args_flag(call, "csv");
	request.settings.min_document_size = (uint32_t)words;
	return network_toolkit(store, &request, progress, sink, err);
}

static enum claque_rc
build(const struct invocation *call, struct store *store, const struct claque_progress *progress,
      const struct row_sink *sink, struct claque_err *err)
{
	const char *as = args_value(call, "as");

	if (as == NULL)
		return own_signal(call, store, progress, sink, err);
	if (strcmp(as, "coortweet") == 0)
		return as_coortweet(call, store, progress, sink, err);
	if (strcmp(as, "toolkit") == 0)
		return as_toolkit(call, store, progress, sink, err);
	if (strcmp(as, "osome") == 0 || strcmp(as, "luceri") == 0)
		return network_rival(store, as[0] == 'o' ? NETWORK_OSOME : NETWORK_LUCERI,
				     args_flag(call, "accounts"), progress, sink, err);
	return err_set(err, CLAQUE_EUSAGE, "--as takes coortweet, toolkit, osome or luceri, "
		       "not '%s'", as);
}

static enum status
run_network(const struct invocation *call)
{
	struct printer printer;
	struct row_sink sink = printer_sink(&printer);
	struct store *store = NULL;
	struct claque_progress progress;
	struct claque_err err = { 0 };
	enum claque_rc rc = printer_init(&printer, call, 0, &err);

	if (rc == CLAQUE_OK)
		rc = store_open(&store, call->args[0], STORE_READ, &err);
	if (rc != CLAQUE_OK)
		return fail(rc, &err);
	progress = progress_start();
	rc = build(call, store, &progress, &sink, &err);
	progress_stop();
	printer_end(&printer);
	store_close(store);
	return rc == CLAQUE_OK ? STATUS_OK : fail(rc, &err);
}

const struct command command_network = {
	.name = "network", .synopsis = "CASE",
	.summary = "Prints one co-share network, ours or by another tool's definition",
	.detail =
"Without --as: edges of one signal and window, each with its weight (distinct sources that\n"
"both shared within the window), the weight expected by chance, p, and q (its false\n"
"discovery rate over all pairs).\n"
"\n"
"--as coortweet gives what CooRTweet 2.1.3 gives for the same rows, edge for edge, and\n"
"--as toolkit what the coordination-network-toolkit gives, so that a published result can\n"
"be checked. What is wrong in them is reproduced where it is part of their result:\n"
"n_content_id counts older and n_content_id_y newer posts, not those of one account; in\n"
"--stats accounts edges that agree in all their values count once; --stats groups counts\n"
"only the accounts at the `from` ends of the edges of an object, and cuts an object id at\n"
"its commas; in co_link messages without any link co-link with each other, and in co_tweet\n"
"those of which nothing is left without @names. --corrected puts all of that right. With\n"
"--fast, a field without a fast pair (NA there) is empty.\n"
"\n"
"--as osome is the co-retweet network of Pacheco et al. (2021): accounts with more than ten\n"
"retweets, TF-IDF, cosines, the 100 nearest of each, the top half per cent of these edges.\n"
"--as luceri is the fused network of Luceri et al. (2024): cosines of what accounts retweet,\n"
"link, tag in the same order, and retweet within ten seconds, merged by the largest, without\n"
"a threshold. Its fifth trace, similar texts, needs sentence embeddings and is left out.\n"
"Neither has options.\n"
"\n"
"--accounts gives each account of a peer's network a score, for comparison: coortweet the\n"
"weight of its heaviest edge over the threshold, osome its largest cosine, luceri its\n"
"eigenvector centrality. Components are counted over the same edges.",
	.examples =
"claque network case.claque --signal co-reshare --window 60s --csv\tour network\n"
"claque network case.claque --as coortweet --window 60s --min-participation 2 --edge-weight 0.5 --csv\tCooRTweet's\n"
"claque network case.claque --as toolkit --network co_retweet --window 60s --min-weight 2 --csv\tthe toolkit's",
	.options = {
		{ "signal", "NAME", "co-reshare (default) or co-url" },
		{ "as", "PEER", "coortweet, toolkit, osome or luceri" },
		{ "network", "NAME", "toolkit: co_retweet, co_reply, co_link, co_post, co_tweet or"
			" co_similar_tweet" },
		{ "window", "TIME", "60s, 5m, 1h, 1d, whole; inclusive (60s; coortweet 10s)" },
		{ "min-weight", "N", "leave out edges below (1)" },
		{ "min-participation", "N", "coortweet: least rows of an account (2)" },
		{ "edge-weight", "P", "coortweet: percentile of weights that is the threshold (0.5)" },
		{ "fast", "TIME", "coortweet: a second, faster tier with this window" },
		{ "subgraph", "N", "coortweet: 0 all edges, 1 those over the threshold; with --fast:"
			" 2 those over the fast threshold, 3 their neighbourhood" },
		{ "pairs", NULL, "coortweet: the pairs of posts instead of the edges" },
		{ "nodes", NULL, "coortweet: the accounts with component, degree and strength;"
			" color_v, the core, with --subgraph 3" },
		{ "stats", "TABLE", "coortweet: accounts (account_stats) or groups (group_stats)" },
		{ "level", "LEVEL", "--stats: none all edges (default), full those over the"
			" threshold, fast those over the fast one" },
		{ "accounts", NULL, "coortweet, osome, luceri: account_id, score and component"
			" instead of the edges" },
		{ "corrected", NULL, "the definition without its known errors, see above" },
		{ "loops", NULL, "coortweet: keep loops" },
		{ "self-loops", NULL, "toolkit: keep self-loops (the default with --csv)" },
		{ "no-empty-url", NULL, "toolkit, co_link: messages without a link do not co-link"
			" (as --corrected)" },
		{ "similarity", "J", "toolkit, co_similar_tweet: least Jaccard similarity (0.8)" },
		{ "min-document-size", "N", "toolkit, co_similar_tweet: least words of a post (1)" },
		{ "object-cap", "N", "leave out sources shared by more accounts (250); 0 is none" },
		{ "max-q", "Q", "leave out edges above this false discovery rate (1)" },
		{ "csv", NULL, "RFC 4180 with a header, exact numbers" },
		{ "json", NULL, "one JSON object a line" },
		{ "limit", "N", "at most N rows; 0 is all" },
	},
	.min_args = 1, .max_args = 1, .run = run_network,
};
