/*
 * network_toolkit.c - one of the toolkit's networks, with its columns.
 */
#include "config.h"

#include "app/network_job.h"

#include "claque/memory.h"

#include "app/peer_rows.h"
#include "app/value.h"
#include "base/err.h"

static const struct column toolkit_columns[] = {
	{ .name = "user_1", .form = FORM_ID }, { .name = "user_2", .form = FORM_ID },
	{ .name = "weight", .form = FORM_COUNT },
};

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static const char *const toolkit_names[] = {
#define X(id, name, help) [TOOLKIT_##id] = (name),
	TOOLKIT_NETWORK_LIST(X)
#undef X
};

enum claque_rc
toolkit_network_parse(struct claque_str name, enum toolkit_network *out, struct claque_err *err)
{
	for (unsigned i = 0; i < TOOLKIT_NETWORK_COUNT; i++)
		if (str_eq(name, str_of(toolkit_names[i]))) {
			*out = (enum toolkit_network)i;
			return CLAQUE_OK;
		}
	return err_set(err, CLAQUE_EUSAGE, "no toolkit network '" STR_FMT
		       "'; there are co_retweet, co_reply, co_link, co_post, co_tweet and "
		       "co_similar_tweet", STR_ARG(name));
}

static void
put_toolkit_edges(const struct peer_rows *p, const struct claque_toolkit_edge *edges, size_t count,
		  const struct row_sink *sink)
{
	sink->head(sink->ctx, toolkit_columns, LENGTH(toolkit_columns));
	for (size_t i = 0; i < count; i++) {
		const struct value values[] = {
			value_str(map_key(&p->accounts, edges[i].user_1)),
			value_str(map_key(&p->accounts, edges[i].user_2)),
			value_int(edges[i].weight),
		};

		if (!sink->each(sink->ctx, &(struct row){ (int64_t)i, values }))
			return;
	}
}

enum claque_rc
network_toolkit(struct store *store, const struct network_toolkit *request,
		const struct claque_progress *progress, const struct row_sink *sink,
		struct claque_err *err)
{
	struct peer_rows p;
	struct claque_toolkit_edge *edges = NULL;
	struct claque_peer_words words;
	struct claque_peer_names names;
	size_t count = 0;
	enum claque_rc rc = peer_rows_toolkit(store, request->network, request->corrected, &p, err);

	if (rc != CLAQUE_OK)
		return rc;
	names = peer_rows_names(&p);
	words = (struct claque_peer_words){ p.words, p.words_from };
	if (request->network == TOOLKIT_CO_SIMILAR_TWEET)
		rc = claque_toolkit_similar(p.rows, p.count, &words, &names, &request->settings,
					    progress, &edges, &count, err);
	else
		rc = claque_toolkit(p.rows, p.count, &names, &request->settings.network, progress,
				    &edges, &count, err);
	if (rc == CLAQUE_OK)
		put_toolkit_edges(&p, edges, count, sink);
	claque_free(edges);
	peer_rows_done(&p);
	return rc;
}
