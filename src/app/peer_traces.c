#include "config.h"

#include "app/peer_traces.h"

#include <stdlib.h>

#include "app/row_numbers.h"
#include "base/buf.h"
#include "store/scan.h"

enum { SEQUENCE_MAX = 1 << 20 };

/* A post of the case, by the number of its native id; account MAP_NONE: not a post. */
struct original {
	uint32_t account;
	int64_t at;
};

struct scan {
	struct peer_traces *out;
	struct row_numbers accounts, names, kinds;	/* kinds: of sources */
	struct original *originals;
	size_t original_count, originals_cap;
	struct buf sequence;
};

static void
add(struct scan *scan, enum claque_trace trace, struct claque_peer_row row)
{
	struct peer_traces *out = scan->out;

	GROW(out->trace[trace].rows, out->trace[trace].cap, out->trace[trace].count + 1);
	out->trace[trace].rows[out->trace[trace].count++] = row;
}

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

	row_numbers_set(&scan->names, row->id, map_add(&scan->out->names, row->key, NULL));
	row_numbers_set(&scan->kinds, row->id, (uint32_t)row->kind);
	return true;
}

static void
keep_original(struct scan *scan, const struct scan_post *row)
{
	uint32_t number = map_add(&scan->out->names, row->native_id, NULL);

	GROW(scan->originals, scan->originals_cap, (size_t)number + 1);
	while (scan->original_count <= number)
		scan->originals[scan->original_count++] = (struct original){ MAP_NONE, 0 };
	if (scan->originals[number].account == MAP_NONE)
		scan->originals[number] = (struct original){
			row_numbers_get(&scan->accounts, row->account_id), row->at };
}

static bool
take_post(void *ctx, const struct scan_post *row)
{
	struct scan *scan = ctx;

	if (row->native_id.len > 0)
		keep_original(scan, row);
	if (row->reshare_of != 0 || row->tag_count == 0)
		return true;
	buf_clear(&scan->sequence);
	for (size_t i = 0; i < row->tag_count; i++) {
		buf_addc(&scan->sequence, '#');		/* no other name has one in front */
		buf_add(&scan->sequence, map_key(&scan->out->names,
			row_numbers_get(&scan->names, row->tags[i])));
	}
	if (!scan->sequence.over)
		add(scan, CLAQUE_TRACE_HASH_SEQ, (struct claque_peer_row){
			.object = map_add(&scan->out->names, buf_str(&scan->sequence), NULL),
			.account = row_numbers_get(&scan->accounts, row->account_id),
			.content = (uint32_t)row->tag_count, .at = row->at });
	return true;
}

static void
add_retweet(struct scan *scan, struct claque_peer_row row)
{
	const struct original *o = row.object < scan->original_count ?
		&scan->originals[row.object] : NULL;

	add(scan, CLAQUE_TRACE_CO_RETWEET, row);
	if (o == NULL || o->account == MAP_NONE || o->at == CLAQUE_NO_TIME ||
	    row.at == CLAQUE_NO_TIME)
		return;
	row.object = o->account;
	row.at -= o->at;
	add(scan, CLAQUE_TRACE_FAST_RETWEET, row);
}

static bool
take_share(void *ctx, const struct scan_share *row)
{
	struct scan *scan = ctx;
	struct claque_peer_row peer = {
		.object = row_numbers_get(&scan->names, row->source_id),
		.account = row_numbers_get(&scan->accounts, row->account_id), .at = row->at };

	if (row->act == CLAQUE_ACT_reshare)
		add_retweet(scan, peer);
	else if (row->act != CLAQUE_ACT_reply &&
		 row_numbers_get(&scan->kinds, row->source_id) == CLAQUE_OBJECT_url)
		add(scan, CLAQUE_TRACE_CO_URL, peer);
	return true;
}

static void
scan_done(struct scan *scan)
{
	row_numbers_done(&scan->accounts);
	row_numbers_done(&scan->names);
	row_numbers_done(&scan->kinds);
	free(scan->originals);
	buf_done(&scan->sequence);
}

enum claque_rc
peer_traces_load(struct store *store, struct peer_traces *out, struct claque_err *err)
{
	struct scan scan = { .out = out };
	enum claque_rc rc;

	*out = (struct peer_traces){ 0 };
	/* A trace that nobody left is an array of none, not no array. */
	for (unsigned t = 0; t < CLAQUE_TRACE_COUNT; t++)
		GROW(out->trace[t].rows, out->trace[t].cap, 1);
	buf_init(&scan.sequence, SEQUENCE_MAX);
	rc = scan_accounts(store, take_account, &scan, err);
	if (rc == CLAQUE_OK)
		rc = scan_sources(store, take_source, &scan, err);
	if (rc == CLAQUE_OK)
		rc = scan_posts(store, take_post, &scan, err);
	if (rc == CLAQUE_OK)
		rc = scan_shares(store, take_share, &scan, err);
	scan_done(&scan);
	if (rc != CLAQUE_OK)
		peer_traces_done(out);
	return rc;
}

void
peer_traces_done(struct peer_traces *t)
{
	for (unsigned i = 0; i < CLAQUE_TRACE_COUNT; i++)
		free(t->trace[i].rows);
	map_done(&t->accounts);
	map_done(&t->names);
	*t = (struct peer_traces){ 0 };
}

static struct claque_str
account_name(const void *ctx, uint32_t account)
{
	const struct peer_traces *t = ctx;

	return map_key(&t->accounts, account);
}

struct claque_peer_names
peer_traces_names(const struct peer_traces *t)
{
	return (struct claque_peer_names){ t, account_name };
}
