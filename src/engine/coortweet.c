/*
 * coortweet.c - coordinated pairs as CooRTweet 2.1.3 (Righetti and Balluff
 * 2023) defines them: detect_groups() and flag_speed_share().
 *
 * There every pair of rows of an object is built and then filtered, which
 * takes memory in the square of the hottest object. Here rows of an object lie
 * sorted by time and a window slides over them, so that only pairs that will
 * be reported are ever built; they are counted beforehand, and a run that
 * would not fit is refused at once and not after an hour.
 *
 * "Position" is the place of a row in that tool's own order, which decides
 * ties: accounts by first appearance, rows of one account as in the input.
 * Rows without a time count as activity and pair with nothing, as NA does there.
 */
#include "config.h"

#include <string.h>

#include "claque/dataset.h"
#include "claque/peer.h"

#include "base/array.h"
#include "base/err.h"
#include "base/map.h"

#include "engine/coortweet.h"
#include "engine/peer.h"
#include "engine/sort.h"

enum { MAX_PAIRS = 1 << 28 };

struct coortweet {
	const struct claque_peer_row *rows;
	size_t count;
	const struct claque_coortweet_settings *settings;
	struct ticker tick;
	uint32_t *order;	/* by position: row */
	size_t kept;
	struct peer_act *acts;	/* rows with a time, called by position */
	size_t act_count;
	struct peer_ranks names;
	size_t contents;	/* one more than the largest content number */
};

/* While pairs still hold positions: by the earlier, then the later one. */
static int
pair_cmp(const void *pa, const void *pb)
{
	const struct claque_coortweet_pair *a = pa, *b = pb;
	uint32_t a0 = a->row < a->row_y ? a->row : a->row_y, a1 = a->row ^ a->row_y ^ a0;
	uint32_t b0 = b->row < b->row_y ? b->row : b->row_y, b1 = b->row ^ b->row_y ^ b0;

	if (a0 != b0)
		return a0 < b0 ? -1 : 1;
	return (a1 > b1) - (a1 < b1);
}

static size_t
content_numbers(const struct coortweet *k)
{
	size_t most = 0;

	for (size_t i = 0; i < k->count; i++)
		if ((size_t)k->rows[i].content + 1 > most)
			most = (size_t)k->rows[i].content + 1;
	return most;
}

static enum claque_rc
check_settings(const struct coortweet *k, struct claque_err *err)
{
	const struct claque_coortweet_settings *s = k->settings;
	enum claque_rc rc = peer_check(k->count, s->window_s, err);

	if (rc != CLAQUE_OK)
		return rc;
	if (!(s->edge_weight >= 0 && s->edge_weight <= 1))
		return err_set(err, CLAQUE_EUSAGE,
			       "edge weight %g: it is a percentile, from 0 to 1", s->edge_weight);
	if (s->fast && s->fast_window_s < 0)
		return err_set(err, CLAQUE_EUSAGE, "fast window %lld s: it must not be negative",
			       (long long)s->fast_window_s);
	if (s->subgraph > 3)
		return err_set(err, CLAQUE_EUSAGE, "subgraph %u: there are 0 to 3", s->subgraph);
	if (s->subgraph == 1 && s->fast)
		return err_set(err, CLAQUE_EUSAGE, "subgraph 1 is not made with the fast tier; "
			       "2 or 3, or no fast window");
	if (s->subgraph > 1 && !s->fast)
		return err_set(err, CLAQUE_EUSAGE, "subgraph %u is cut out of the fast tier; "
			       "a fast window must be given", s->subgraph);
	return CLAQUE_OK;
}

/* The first participation filter, and the order that follows from it. */
static bool
order_rows(struct coortweet *k)
{
	size_t accounts = peer_accounts(k->rows, k->count), cap = 0;
	uint32_t *counts = ARRAY_NEW(uint32_t, accounts);
	uint32_t *next = ARRAY_NEW(uint32_t, accounts);	/* position + 1; 0 = not met yet */
	bool go_on = true;

	ARRAY_GROW(k->order, cap, k->count);
	for (size_t i = 0; i < k->count; i++)
		counts[k->rows[i].account]++;
	for (size_t i = 0; i < k->count && go_on; i++) {
		uint32_t account = k->rows[i].account;

		go_on = tick(&k->tick, 0, 2);
		if (counts[account] < k->settings->min_participation)
			continue;
		if (next[account] == 0) {
			next[account] = (uint32_t)k->kept + 1;
			k->kept += counts[account];
		}
		k->order[next[account]++ - 1] = (uint32_t)i;
	}
	array_free(counts);
	array_free(next);
	return go_on;
}

static bool
sort_acts(struct coortweet *k)
{
	size_t cap = 0;

	ARRAY_GROW(k->acts, cap, k->kept);
	for (size_t i = 0; i < k->kept; i++) {
		const struct claque_peer_row *row = &k->rows[k->order[i]];

		if (row->at != CLAQUE_NO_TIME)
			k->acts[k->act_count++] =
				(struct peer_act){ row->object, (uint32_t)i, row->at };
	}
	return peer_sort_acts(k->acts, k->act_count, &k->tick);
}

/* How many pairs lie within the window, before any is dropped. */
static uint64_t
count_pairs(const struct coortweet *k)
{
	uint64_t window = peer_window(k->settings->window_s), pairs = 0;
	const struct peer_act *a = k->acts;
	size_t from = 0;

	for (size_t i = 0; i < k->act_count; i++) {
		while (a[from].object != a[i].object || peer_lag(a[from].at, a[i].at) > window)
			from++;
		pairs += i - from;
	}
	return pairs;
}

static bool
is_loop(const struct claque_peer_row *a, const struct claque_peer_row *b)
{
	return a->object == a->content || b->object == b->content || a->content == b->content ||
	       a->account == b->account;
}

/* Pairs of act i with the later ones of its object. */
static bool
pair_act(struct coortweet *k, size_t i, struct owned_result *r)
{
	uint64_t window = peer_window(k->settings->window_s), lag;
	const struct peer_act *a = k->acts;
	struct claque_coortweet_result *res = &r->result;

	for (size_t j = i + 1; j < k->act_count && a[j].object == a[i].object; j++) {
		lag = peer_lag(a[i].at, a[j].at);
		if (lag > window)
			break;
		if (!tick(&k->tick, 0, 4))
			return false;
		if (!k->settings->keep_loops && is_loop(&k->rows[k->order[a[i].pos]],
							&k->rows[k->order[a[j].pos]]))
			continue;
		ARRAY_GROW(res->pairs, r->pairs_cap, res->pair_count + 1);
		res->pairs[res->pair_count++] = (struct claque_coortweet_pair){
			.row = a[i].pos, .row_y = a[j].pos,
			.time_delta_s = (int64_t)(lag / 1000) };
	}
	return tick(&k->tick, 1, 1);
}

static enum claque_rc
find_pairs(struct coortweet *k, struct owned_result *r, struct claque_err *err)
{
	static const struct sort_kind by_position = { sizeof(*r->result.pairs), pair_cmp };
	struct claque_coortweet_result *res = &r->result;
	uint64_t expected = count_pairs(k);
	size_t from = 0;

	if (expected > MAX_PAIRS)
		return err_set(err, CLAQUE_ELIMIT, "%llu pairs of shares lie within the window, "
			       "%d fit; take a shorter window or a higher minimum participation",
			       (unsigned long long)expected, MAX_PAIRS);
	for (size_t i = 0; i < k->act_count; i++) {
		if (!pair_act(k, i, r))
			return CLAQUE_STOPPED;
		if (i + 1 < k->act_count && k->acts[i].object == k->acts[i + 1].object)
			continue;
		if (res->pair_count - from > 1 &&
		    !sort_items(&by_position, res->pairs + from, res->pair_count - from, &k->tick))
			return CLAQUE_STOPPED;
		from = res->pair_count;
	}
	return CLAQUE_OK;
}

static bool
name_rows(struct coortweet *k, struct claque_coortweet_result *res)
{
	for (size_t i = 0; i < res->pair_count; i++) {
		struct claque_coortweet_pair *p = &res->pairs[i];

		p->row = k->order[p->row];
		p->row_y = k->order[p->row_y];
		if (!tick(&k->tick, 0, 16))
			return false;
	}
	return true;
}

static bool
is_within(const struct coortweet *k, const struct claque_coortweet_pair *p, uint64_t window)
{
	return peer_lag(k->rows[p->row].at, k->rows[p->row_y].at) <= window;
}

static bool
mark_contents(struct coortweet *k, const struct claque_coortweet_result *res, uint64_t window,
	      bool *in_pairs)
{
	for (size_t i = 0; i < res->pair_count; i++) {
		const struct claque_coortweet_pair *p = &res->pairs[i];

		if (is_within(k, p, window)) {
			in_pairs[k->rows[p->row].content] = true;
			in_pairs[k->rows[p->row_y].content] = true;
		}
		if (!tick(&k->tick, 0, 16))
			return false;
	}
	return true;
}

/*
 * The contents of accounts that have min_participation rows on contents that
 * occur in pairs within the window. Rows count, not contents. NULL if cancelled.
 */
static bool *
busy_contents(struct coortweet *k, const struct claque_coortweet_result *res, uint64_t window)
{
	bool *in_pairs = ARRAY_NEW(bool, k->contents), *busy = ARRAY_NEW(bool, k->contents);
	uint32_t *counts = ARRAY_NEW(uint32_t, peer_accounts(k->rows, k->count));
	bool go_on = mark_contents(k, res, window, in_pairs);

	for (size_t i = 0; i < k->kept && go_on; i++) {
		const struct claque_peer_row *row = &k->rows[k->order[i]];

		counts[row->account] += in_pairs[row->content];
		go_on = tick(&k->tick, 0, 4);
	}
	for (size_t i = 0; i < k->kept && go_on; i++) {
		const struct claque_peer_row *row = &k->rows[k->order[i]];

		if (counts[row->account] >= k->settings->min_participation)
			busy[row->content] = true;
	}
	array_free(counts);
	array_free(in_pairs);
	if (!go_on) {
		array_free(busy);
		busy = NULL;
	}
	return busy;
}

static bool
is_busy(const struct coortweet *k, const struct claque_coortweet_pair *p, const bool *busy)
{
	return busy[k->rows[p->row].content] || busy[k->rows[p->row_y].content];
}

/* The second participation filter. Once is enough: what it keeps stays busy. */
static bool
filter_pairs(struct coortweet *k, struct claque_coortweet_result *res)
{
	bool *busy = busy_contents(k, res, UINT64_MAX), go_on = busy != NULL;
	size_t kept = 0;

	for (size_t i = 0; i < res->pair_count && go_on; i++) {
		if (is_busy(k, &res->pairs[i], busy))
			res->pairs[kept++] = res->pairs[i];
		go_on = tick(&k->tick, 0, 16);
	}
	res->pair_count = kept;
	array_free(busy);
	return go_on;
}

static uint64_t
content_key(const struct coortweet *k, const struct claque_coortweet_pair *p)
{
	return (uint64_t)k->rows[p->row].content << 32 | k->rows[p->row_y].content;
}

/*
 * The fast tier: pairs within its window that the filter above leaves, and
 * with them every other pair of the same two contents, however slow.
 */
static bool
flag_fast(struct coortweet *k, struct claque_coortweet_result *res)
{
	uint64_t window = peer_window(k->settings->fast_window_s);
	bool *busy = busy_contents(k, res, window), go_on = busy != NULL;
	struct set64 marked;

	set64_init(&marked);
	for (size_t i = 0; i < res->pair_count && go_on; i++) {
		const struct claque_coortweet_pair *p = &res->pairs[i];

		if (is_within(k, p, window) && is_busy(k, p, busy))
			set64_add(&marked, content_key(k, p));
		go_on = tick(&k->tick, 0, 32);
	}
	for (size_t i = 0; i < res->pair_count && go_on; i++) {
		res->pairs[i].fast = set64_has(&marked, content_key(k, &res->pairs[i]));
		go_on = tick(&k->tick, 0, 32);
	}
	set64_done(&marked);
	array_free(busy);
	return go_on;
}

static enum claque_rc
build(struct coortweet *k, const struct claque_peer_names *names, struct owned_result *r,
      struct claque_err *err)
{
	struct coortweet_input in = { k->rows, &k->names, k->settings, &k->tick };
	enum claque_rc rc;

	if (!peer_rank_names(k->rows, k->count, names, &k->tick, &k->names) || !order_rows(k) ||
	    !sort_acts(k))
		return CLAQUE_STOPPED;
	rc = find_pairs(k, r, err);
	if (rc != CLAQUE_OK)
		return rc;
	k->contents = content_numbers(k);
	r->result.has_fast = k->settings->fast;
	if (!name_rows(k, &r->result) || !filter_pairs(k, &r->result) ||
	    (k->settings->fast && !flag_fast(k, &r->result)) || !coortweet_edges(&in, r))
		return CLAQUE_STOPPED;
	return CLAQUE_OK;
}

enum claque_rc
claque_coortweet(const struct claque_peer_row *rows, size_t count,
		 const struct claque_peer_names *names,
		 const struct claque_coortweet_settings *settings,
		 const struct claque_progress *progress, struct claque_coortweet_result **out,
		 struct claque_err *err)
{
	struct coortweet k = { .rows = rows, .count = count, .settings = settings,
			       .tick = { .progress = progress, .stage = "pairs",
					 .total = count } };
	struct owned_result *r;
	enum claque_rc rc;

	*out = NULL;
	rc = check_settings(&k, err);
	if (rc != CLAQUE_OK)
		return rc;
	r = ARRAY_NEW(struct owned_result, 1);
	rc = build(&k, names, r, err);
	if (rc == CLAQUE_OK)
		*out = &r->result;
	else
		claque_coortweet_free(&r->result);
	peer_ranks_done(&k.names);
	array_free(k.order);
	array_free(k.acts);
	return rc;
}

void
claque_coortweet_free(struct claque_coortweet_result *result)
{
	struct owned_result *r = (struct owned_result *)result;

	if (r == NULL)
		return;
	array_free(r->result.pairs);
	array_free(r->result.edges);
	array_free(r->objects);
	array_free(r);
}
