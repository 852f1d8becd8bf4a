/*
 * peer_rows.c - see peer_rows.h.
 *
 * Objects and contents share one numbering of strings, because CooRTweet drops
 * a pair whose content is the object itself. A case keeps the id of a post
 * once, so strings are looked up by row id while scanning.
 */
#include "config.h"

#include "app/peer_rows.h"

#include <stdlib.h>

#include "app/row_numbers.h"
#include "store/scan.h"

struct scan {
	struct peer_rows *out;
	struct row_numbers accounts, sources, posts;
	enum toolkit_network network;
	bool empty_url;
};

static bool
take_account(void *ctx, const struct scan_account *row)
{
	struct scan *scan = ctx;

	row_numbers_set(&scan->accounts, row->id, map_add(&scan->out->accounts, row->account.id, NULL));
	return true;
}

static bool
take_source(void *ctx, const struct scan_source *row)
{
	struct scan *scan = ctx;

	row_numbers_set(&scan->sources, row->id, map_add(&scan->out->names, row->key, NULL));
	return true;
}

static bool
take_post_name(void *ctx, const struct scan_post *row)
{
	struct scan *scan = ctx;

	row_numbers_set(&scan->posts, row->id, map_add(&scan->out->names, row->native_id, NULL));
	return true;
}

static void
add_row(struct scan *scan, uint32_t object, int64_t account_id, uint32_t content, int64_t at)
{
	struct peer_rows *out = scan->out;

	GROW(out->rows, out->cap, out->count + 1);
	out->rows[out->count++] = (struct claque_peer_row){
		.object = object, .account = row_numbers_get(&scan->accounts, account_id),
		.content = content, .at = at,
	};
}

static bool
take_share(void *ctx, const struct scan_share *row)
{
	struct scan *scan = ctx;

	if (row->act != CLAQUE_ACT_reply)
		add_row(scan, row_numbers_get(&scan->sources, row->source_id), row->account_id,
			row_numbers_get(&scan->posts, row->post_id), row->at);
	return true;
}

static void
add_urls(struct scan *scan, const struct scan_post *row, uint32_t message)
{
	struct claque_str rest = row->urls, url;

	if (row->urls.p == NULL)
		return;
	if (row->urls.len == 0 && scan->empty_url)
		add_row(scan, map_add(&scan->out->names, STR(""), NULL), row->account_id, message,
			row->at);
	while (str_cut(&rest, ' ', &url))
		if (url.len > 0 || scan->empty_url)
			add_row(scan, map_add(&scan->out->names, url, NULL), row->account_id,
				message, row->at);
}

static bool
take_message(void *ctx, const struct scan_post *row)
{
	struct scan *scan = ctx;
	uint32_t message = map_add(&scan->out->names, row->native_id, NULL);

	switch (scan->network) {
	case TOOLKIT_CO_RETWEET:
		if (row->reshare_of != 0)
			add_row(scan, row_numbers_get(&scan->sources, row->reshare_of), row->account_id, message,
				row->at);
		break;
	case TOOLKIT_CO_REPLY:
		if (row->reshare_of == 0 && row->reply_to != 0)
			add_row(scan, row_numbers_get(&scan->sources, row->reply_to), row->account_id, message,
				row->at);
		break;
	case TOOLKIT_CO_LINK:
		if (row->reshare_of == 0)
			add_urls(scan, row, message);
		break;
	case TOOLKIT_CO_POST:
	case TOOLKIT_NETWORK_COUNT:
		add_row(scan, map_add(&scan->out->names, STR(""), NULL), row->account_id, message,
			row->at);
		break;
	}
	return true;
}

static void
scan_done(struct scan *scan)
{
	row_numbers_done(&scan->accounts);
	row_numbers_done(&scan->sources);
	row_numbers_done(&scan->posts);
}

static enum claque_rc
scan_names(struct store *store, struct scan *scan, struct claque_err *err)
{
	enum claque_rc rc;

	*scan->out = (struct peer_rows){ 0 };
	/* A network that no row takes part in is an array of none, not no array. */
	GROW(scan->out->rows, scan->out->cap, 1);
	rc = scan_accounts(store, take_account, scan, err);
	return rc == CLAQUE_OK ? scan_sources(store, take_source, scan, err) : rc;
}

enum claque_rc
peer_rows_coortweet(struct store *store, struct peer_rows *out, struct claque_err *err)
{
	struct scan scan = { .out = out };
	enum claque_rc rc = scan_names(store, &scan, err);

	if (rc == CLAQUE_OK)
		rc = scan_posts(store, take_post_name, &scan, err);
	if (rc == CLAQUE_OK)
		rc = scan_shares(store, take_share, &scan, err);
	scan_done(&scan);
	if (rc != CLAQUE_OK)
		peer_rows_done(out);
	return rc;
}

enum claque_rc
peer_rows_toolkit(struct store *store, enum toolkit_network network, bool empty_url,
		  struct peer_rows *out, struct claque_err *err)
{
	struct scan scan = { .out = out, .network = network, .empty_url = empty_url };
	enum claque_rc rc = scan_names(store, &scan, err);

	if (rc == CLAQUE_OK)
		rc = scan_posts(store, take_message, &scan, err);
	scan_done(&scan);
	if (rc != CLAQUE_OK)
		peer_rows_done(out);
	return rc;
}

void
peer_rows_done(struct peer_rows *p)
{
	free(p->rows);
	map_done(&p->accounts);
	map_done(&p->names);
	*p = (struct peer_rows){ 0 };
}

static struct claque_str
account_name(const void *ctx, uint32_t account)
{
	const struct peer_rows *p = ctx;

	return map_key(&p->accounts, account);
}

struct claque_peer_names
peer_rows_names(const struct peer_rows *p)
{
	return (struct claque_peer_names){ p, account_name };
}
