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
#include "text/words.h"

/* Room for the words of one post. */
enum { TEXT_ARENA = 1 << 30 };

struct scan {
	struct peer_rows *out;
	struct row_numbers accounts, sources, posts;
	bool (*take)(struct scan *scan, const struct scan_post *row, uint32_t message);
	bool corrected;
	struct arena room;	/* for the text of one post */
	struct map words;	/* numbers of co_similar_tweet's words */
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

static uint32_t
name_number(struct scan *scan, struct claque_str name)
{
	return map_add(&scan->out->names, name, NULL);
}

static bool
take_reshare(struct scan *scan, const struct scan_post *row, uint32_t message)
{
	if (row->reshare_of != 0)
		add_row(scan, row_numbers_get(&scan->sources, row->reshare_of), row->account_id,
			message, row->at);
	return true;
}

static bool
take_reply(struct scan *scan, const struct scan_post *row, uint32_t message)
{
	if (row->reshare_of == 0 && row->reply_to != 0)
		add_row(scan, row_numbers_get(&scan->sources, row->reply_to), row->account_id,
			message, row->at);
	return true;
}

static bool
take_urls(struct scan *scan, const struct scan_post *row, uint32_t message)
{
	struct claque_str rest = row->urls, url;

	if (row->reshare_of != 0 || row->urls.p == NULL)
		return true;
	if (row->urls.len == 0 && !scan->corrected)
		add_row(scan, name_number(scan, STR("")), row->account_id, message, row->at);
	while (str_cut(&rest, ' ', &url))
		if (url.len > 0 || !scan->corrected)
			add_row(scan, name_number(scan, url), row->account_id, message, row->at);
	return true;
}

static bool
take_time(struct scan *scan, const struct scan_post *row, uint32_t message)
{
	add_row(scan, name_number(scan, STR("")), row->account_id, message, row->at);
	return true;
}

static bool
take_line(struct scan *scan, const struct scan_post *row, uint32_t message)
{
	struct arena perm = scan->room;
	struct claque_str line;

	if (row->reshare_of != 0 || row->text.p == NULL)
		return true;
	line = words_line(&perm, row->text);
	if (line.len > 0 || !scan->corrected)
		add_row(scan, name_number(scan, line), row->account_id, message, row->at);
	return true;
}

static int
number_cmp(const void *pa, const void *pb)
{
	const uint32_t *a = pa, *b = pb;

	return (*a > *b) - (*a < *b);
}

/* Each word of the row once, rising. */
static bool
take_words(struct scan *scan, const struct scan_post *row, uint32_t message)
{
	struct peer_rows *out = scan->out;
	struct arena perm = scan->room;
	struct claque_str word;
	struct words words;
	uint32_t *list;
	size_t n = 0, kept = 0;

	if (row->reshare_of != 0 || row->text.p == NULL)
		return true;
	words_start(&words, &perm, row->text);
	list = ARENA_NEW(&perm, uint32_t, words.count);
	while (words_next(&words, &perm, &word))
		list[n++] = map_add(&scan->words, word, NULL);
	if (n > 0)
		qsort(list, n, sizeof(*list), number_cmp);
	for (size_t i = 0; i < n; i++)
		if (i == 0 || list[i] != list[i - 1])
			list[kept++] = list[i];
	add_row(scan, 0, row->account_id, message, row->at);
	GROW(out->words_from, out->words_from_cap, out->count + 1);
	out->words_from[out->count] = out->words_from[out->count - 1] + kept;
	GROW(out->words, out->words_cap, (size_t)out->words_from[out->count]);
	for (size_t i = 0; i < kept; i++)
		out->words[out->words_from[out->count - 1] + i] = list[i];
	return true;
}

static bool (*const takers[TOOLKIT_NETWORK_COUNT])(struct scan *scan, const struct scan_post *row,
						   uint32_t message) = {
	[TOOLKIT_CO_RETWEET] = take_reshare,
	[TOOLKIT_CO_REPLY] = take_reply,
	[TOOLKIT_CO_LINK] = take_urls,
	[TOOLKIT_CO_POST] = take_time,
	[TOOLKIT_CO_TWEET] = take_line,
	[TOOLKIT_CO_SIMILAR_TWEET] = take_words,
};

static bool
take_message(void *ctx, const struct scan_post *row)
{
	struct scan *scan = ctx;

	return scan->take(scan, row, name_number(scan, row->native_id));
}

static void
scan_done(struct scan *scan)
{
	row_numbers_done(&scan->accounts);
	row_numbers_done(&scan->sources);
	row_numbers_done(&scan->posts);
	map_done(&scan->words);
	arena_free(scan->room);
}

static enum claque_rc
scan_names(struct store *store, struct scan *scan, struct claque_err *err)
{
	enum claque_rc rc;

	*scan->out = (struct peer_rows){ 0 };
	scan->room = arena_new(TEXT_ARENA);
	GROW(scan->out->words_from, scan->out->words_from_cap, 1);
	scan->out->words_from[0] = 0;
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
peer_rows_toolkit(struct store *store, enum toolkit_network network, bool corrected,
		  struct peer_rows *out, struct claque_err *err)
{
	struct scan scan = { .out = out, .take = takers[network], .corrected = corrected };
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
	free(p->words);
	free(p->words_from);
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
